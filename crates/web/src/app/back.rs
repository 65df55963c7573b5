//! Coming back to a form with every answer kept: answers and errors wait in a sealed draft, and the address carries
//! nothing but the draft's random name.

use super::{App, Posted, Signed, broken};
use crate::forms::{Errors, FieldError, FormState, Values};
use crate::no_room::Typed;
use crate::routes::see_other;
use axum::response::Response;
use fanlight_casework::Problem;
use fanlight_core::ids::Position;
use fanlight_core::words::Words;
use serde::{Deserialize, Serialize};

#[derive(Default, Serialize, Deserialize)]
struct Draft {
    path: String,
    pairs: Vec<(String, String)>,
    errors: Vec<(String, String, String)>,
}

/// A form as it came back.
#[derive(Default)]
pub struct Back {
    /// The answers.
    pub values: Values,
    /// What is wrong with them.
    pub errors: Errors,
}

/// Keeps a form as a draft and gives the address at which it is drawn again.
pub(super) async fn keep<const LIMIT: usize>(
    app: &App,
    posted: &Posted<LIMIT>,
    errors: &Errors,
) -> Result<String, Problem> {
    let draft = Draft {
        path: posted.path.clone(),
        pairs: posted
            .values
            .pairs()
            .iter()
            // A password is never kept, and what belongs to the old drawing is drawn afresh.
            .filter(|(name, _)| {
                !name.contains("password") && !["csrf", "command", "seen"].contains(&name.as_str())
            })
            .cloned()
            .collect(),
        errors: errors
            .iter()
            .map(|error| (error.field.clone(), error.target.clone(), error.message.clone()))
            .collect(),
    };
    let bytes = serde_json::to_vec(&draft).map_err(|_| Problem::Unreadable("a draft"))?;
    app.casework
        .keep_draft(&posted.who, posted.form.command, bytes)
        .await?;
    Ok(format!("{}?again={}", posted.path, posted.form.command))
}

/// Sends somebody back to the form with these errors.
pub async fn back_with<const LIMIT: usize>(app: &App, posted: &Posted<LIMIT>, errors: Errors) -> Response {
    match keep(app, posted, &errors).await {
        Ok(at) => see_other(&at),
        Err(problem) => broken(&problem),
    }
}

/// "Keep for later": nothing is checked, and the form can be found again from My work.
pub async fn kept_for_later<const LIMIT: usize>(app: &App, posted: &Posted<LIMIT>) -> Option<Response> {
    if posted.values.text("do") != "keep" {
        return None;
    }
    Some(match keep(app, posted, &Errors::default()).await {
        Ok(_) => see_other("/work?done=kept"),
        Err(problem) => broken(&problem),
    })
}

/// The state in which a form is drawn: as it came back, or empty; always with a fresh command.
pub async fn redraw(app: &App, signed: &Signed, seen: Option<Position>) -> Result<FormState, Problem> {
    let back = match signed.again {
        Some(id) => app
            .casework
            .draft(&signed.who, id)
            .await?
            .map(|bytes| read(&bytes))
            .unwrap_or_default(),
        None => Back::default(),
    };
    Ok(FormState {
        command: app.casework.new_command().to_string(),
        csrf: signed.csrf.clone(),
        seen: seen.map(|position| position.0),
        errors: back.errors,
        values: back.values,
    })
}

/// What was typed into a form that could not be saved, to be shown and sent again as it is.
pub async fn typed(app: &App, signed: &Signed) -> Result<Option<Typed>, Problem> {
    let Some(id) = signed.again else {
        return Ok(None);
    };
    let Some(bytes) = app.casework.draft(&signed.who, id).await? else {
        return Ok(None);
    };
    let draft: Draft = serde_json::from_slice(&bytes).unwrap_or_default();
    // A choice's code means nothing to whoever reads it; words do.
    let is_code = |value: &str| {
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_/:.".contains(&byte);
        value.len() < 40 && value.bytes().all(plain)
    };
    let words = draft.pairs.iter().map(|(_, value)| value.trim());
    let words = words.filter(|value| !value.is_empty() && !is_code(value));
    Ok(Some(Typed {
        action: draft.path.clone(),
        csrf: signed.csrf.clone(),
        command: id.to_string(),
        words: words.map(Words::new).collect(),
        answers: draft
            .pairs
            .iter()
            .map(|(name, value)| (name.clone(), Words::new(value.as_str())))
            .collect(),
    }))
}

fn read(bytes: &[u8]) -> Back {
    let draft: Draft = serde_json::from_slice(bytes).unwrap_or_default();
    let mut errors = Errors::default();
    for (field, target, message) in draft.errors {
        errors.push(FieldError {
            field,
            target,
            message,
        });
    }
    Back {
        values: Values::new(draft.pairs),
        errors,
    }
}
