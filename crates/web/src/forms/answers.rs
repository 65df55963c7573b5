//! One answer out of many, or the error that says how to give it.

use fanlight_core::words::Words;

use super::{FieldError, Values};

/// Words that must be there, up to a number of characters.
pub fn words(values: &Values, field: &str, missing: &str, limit: usize) -> Result<Words, FieldError> {
    match maybe_words(values, field, limit)? {
        Some(words) => Ok(words),
        None => Err(FieldError::new(field, missing)),
    }
}

/// Words that may be left out, up to a number of characters.
pub fn maybe_words(values: &Values, field: &str, limit: usize) -> Result<Option<Words>, FieldError> {
    let Some(text) = values.said(field) else {
        return Ok(None);
    };
    let length = text.chars().count();
    if length > limit {
        let over = length - limit;
        return Err(FieldError::new(
            field,
            format!(
                "This is {over} characters too long: write at most {limit}, and the rest as a second note"
            ),
        ));
    }
    Ok(Some(Words::new(text)))
}

/// One choice that must be made. `read` is the list's own `parse`.
pub fn choice<T>(
    values: &Values,
    field: &str,
    missing: &str,
    read: impl Fn(&str) -> Option<T>,
) -> Result<T, FieldError> {
    values
        .said(field)
        .and_then(read)
        .ok_or_else(|| FieldError::new(field, missing))
}

/// One choice that may be left out. Something that is not on the list is an error, never a default.
pub fn maybe_choice<T>(
    values: &Values,
    field: &str,
    wrong: &str,
    read: impl Fn(&str) -> Option<T>,
) -> Result<Option<T>, FieldError> {
    match values.said(field) {
        None => Ok(None),
        Some(text) => read(text).map(Some).ok_or_else(|| FieldError::new(field, wrong)),
    }
}

/// All choices that were ticked. Something that is not on the list is an error.
pub fn choices<T>(
    values: &Values,
    field: &str,
    wrong: &str,
    read: impl Fn(&str) -> Option<T>,
) -> Result<Vec<T>, FieldError> {
    values
        .all(field)
        .map(|text| read(text).ok_or_else(|| FieldError::new(field, wrong)))
        .collect()
}

/// A whole number within bounds that may be left out.
pub fn maybe_number(
    values: &Values,
    field: &str,
    noun: &str,
    least: u32,
    most: u32,
) -> Result<Option<u32>, FieldError> {
    let Some(text) = values.said(field) else {
        return Ok(None);
    };
    match text.parse::<u32>() {
        Ok(number) if (least..=most).contains(&number) => Ok(Some(number)),
        Ok(_) | Err(_) => Err(FieldError::new(
            field,
            format!("The {noun} must be a whole number from {least} to {most}"),
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fanlight_core::fact::Way;

    #[test]
    fn a_choice_that_is_not_on_the_list_is_no_choice() {
        let values = Values::new([("way", "carrier-pigeon"), ("ways", "call"), ("ways", "pigeon")]);
        assert!(choice(&values, "way", "Choose a way", Way::parse).is_err());
        assert!(maybe_choice(&values, "way", "Choose a way", Way::parse).is_err());
        assert!(choices(&values, "ways", "Choose ways of the list", Way::parse).is_err());
        assert_eq!(
            maybe_choice(&values, "none", "Choose a way", Way::parse).expect("left out"),
            None
        );
    }

    #[test]
    fn words_that_are_too_long_say_by_how_much() {
        let values = Values::new([("note", "ééééé")]);
        assert!(words(&values, "note", "Write something", 5).is_ok());
        let error = words(&values, "note", "Write something", 3).expect_err("two too long");
        assert!(error.message.starts_with("This is 2 characters too long"));
        assert!(!error.message.contains('é'));
        assert_eq!(
            words(&Values::default(), "note", "Write something", 3)
                .expect_err("blank")
                .message,
            "Write something"
        );
    }

    #[test]
    fn a_number_names_its_bounds() {
        let asked =
            |text: &str| maybe_number(&Values::new([("days", text)]), "days", "number of days", 1, 90);
        assert_eq!(asked("14"), Ok(Some(14)));
        assert_eq!(asked(" "), Ok(None));
        for wrong in ["0", "91", "-1", "a week", "99999999999"] {
            assert!(asked(wrong).expect_err(wrong).message.contains("from 1 to 90"));
        }
    }
}
