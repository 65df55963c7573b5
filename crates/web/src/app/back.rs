//! Coming back to a form with every answer kept: answers and errors wait in a sealed draft, and the address carries
//! nothing but the draft's random name.

use super::outcome::redirect_broken;
use super::{App, Posted, Signed};
use crate::forms::{COMMAND, CSRF, DRAFT, Errors, FieldError, FormState, SEEN, Values};
use crate::no_room::Typed;
use crate::routes::see_other;
use axum::response::Response;
use fanlight_casework::Problem;
use fanlight_core::ids::{CaseId, CommandId, Position};
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

/// Keeps a form as a draft and gives the address at which it is drawn again. A form of a case goes with the case.
pub(super) async fn keep<const LIMIT: usize>(
    app: &App,
    posted: &Posted<LIMIT>,
    errors: &Errors,
) -> Result<String, Problem> {
    keep_at(app, posted, errors, &posted.path).await
}

/// Keeps a form for another page, such as one on which everything is looked at once more, and gives its address.
pub async fn draft_at<const LIMIT: usize>(
    app: &App,
    posted: &Posted<LIMIT>,
    path: &str,
) -> Result<String, Problem> {
    keep_at(app, posted, &Errors::default(), path).await
}

async fn keep_at<const LIMIT: usize>(
    app: &App,
    posted: &Posted<LIMIT>,
    errors: &Errors,
    path: &str,
) -> Result<String, Problem> {
    let bytes = sealed(posted, errors, path, &[])?;
    let (who, id) = (&posted.who, posted.form.command);
    match case_in(&posted.path) {
        Some(case) => app.casework.keep_case_draft(who, id, case, bytes).await?,
        None => app.casework.keep_draft(who, id, bytes).await?,
    }
    Ok(format!("{path}?again={}", posted.form.command))
}

fn sealed<const LIMIT: usize>(
    posted: &Posted<LIMIT>,
    errors: &Errors,
    path: &str,
    without: &[&str],
) -> Result<Vec<u8>, Problem> {
    let draft = Draft {
        path: path.to_owned(),
        pairs: posted
            .values
            .pairs()
            .iter()
            // A password is never kept, and what belongs to the old drawing is drawn afresh.
            .filter(|(name, _)| {
                let name = name.as_str();
                !name.contains("password")
                    && ![CSRF, COMMAND, SEEN].contains(&name)
                    && !without.contains(&name)
            })
            .cloned()
            .collect(),
        errors: errors
            .iter()
            .map(|error| (error.field.clone(), error.target.clone(), error.message.clone()))
            .collect(),
    };
    serde_json::to_vec(&draft).map_err(|_| Problem::Unreadable("a draft"))
}

/// The case whose form a path is.
fn case_in(path: &str) -> Option<CaseId> {
    let rest = path.strip_prefix("/case/")?;
    CaseId::parse(rest.split('/').next()?)
}

/// The address of the form that was kept, from what was kept of it.
pub fn kept_path(bytes: &[u8]) -> String {
    let draft: Draft = serde_json::from_slice(bytes).unwrap_or_default();
    draft.path
}

/// A form that has been saved needs the draft no more from which it was filled.
pub async fn drop_its_draft<const LIMIT: usize>(app: &App, posted: &Posted<LIMIT>) {
    let Some(id) = posted.values.said(DRAFT).and_then(CommandId::parse) else {
        return;
    };
    // What stays behind goes by itself in some days; what was saved is saved.
    if let Err(problem) = app.casework.drop_draft(&posted.who, id).await {
        tracing::warn!(error = %problem, "a draft that has done its work could not be dropped");
    }
}

/// Sends somebody back to the form with these errors.
pub async fn back_with<const LIMIT: usize>(app: &App, posted: &Posted<LIMIT>, errors: Errors) -> Response {
    match keep(app, posted, &errors).await {
        Ok(at) => see_other(&at),
        Err(problem) => redirect_broken(&problem),
    }
}

/// "Keep for later": nothing is checked, and the form can be found again from My work.
pub async fn kept_for_later<const LIMIT: usize>(app: &App, posted: &Posted<LIMIT>) -> Option<Response> {
    if posted.values.text("do") != "keep" {
        return None;
    }
    Some(match keep_listed(app, posted).await {
        Ok(()) => see_other("/work?done=kept"),
        Err(problem) => redirect_broken(&problem),
    })
}

/// Saved as it goes: what is typed is kept, found again from My work when a call breaks off, and a page that says so and
/// nothing else is the answer. Only a script asks for it, and sees by the address that it worked.
pub async fn saved_as_it_goes<const LIMIT: usize>(app: &App, posted: &Posted<LIMIT>) -> Option<Response> {
    if posted.values.text("do") != "save" {
        return None;
    }
    Some(match keep_listed(app, posted).await {
        Ok(()) => see_other("/kept"),
        Err(problem) => redirect_broken(&problem),
    })
}

/// Keeps a form so that My work lists it.
pub async fn keep_listed<const LIMIT: usize>(app: &App, posted: &Posted<LIMIT>) -> Result<(), Problem> {
    let bytes = sealed(posted, &Errors::default(), &posted.path, &[DRAFT, "do"])?;
    let case = case_in(&posted.path);
    app.casework
        .keep_for_later(&posted.who, posted.form.command, case, bytes)
        .await?;
    // It takes the place of the draft that it was opened from.
    if posted.values.text(DRAFT) != posted.form.command.to_string() {
        drop_its_draft(app, posted).await;
    }
    Ok(())
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
    let draft = match (back.values.said(DRAFT), signed.again) {
        (Some(first), _) => first.to_owned(),
        (None, Some(again)) => again.to_string(),
        (None, None) => String::new(),
    };
    Ok(FormState {
        draft,
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
