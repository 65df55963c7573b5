//! Accounts: who can sign in, with which post and roles. What reads cases takes two people, and an administrator never
//! becomes somebody who does. Whoever may not keep accounts sees nothing of all this.

use crate::accounts::{AccountRow, AccountsPage};
use crate::app::{Posted, Shared, Signed, answer, answer_form, back_with, due_words, frame, redraw};
use crate::forms::answers::words;
use crate::forms::{Button, Choice, Errors, Field, FieldError, Form, FormPage, Kind, Link, Note, Values};
use crate::routes::Routes;
use crate::signs::{TimeTag, Tone};
use crate::team::ApprovalRow;
use axum::extract::{Path, State};
use axum::response::Response;
use fanlight_casework::people::password::Password;
use fanlight_casework::{NewAccount, OwnPassword, Problem, Proposal, StaffRow, Who};
use fanlight_core::access::{Action, Role};
use fanlight_core::ids::{AccountId, Position};
use fanlight_core::landlord::{AccountClosed, Proposed, RoleTaken};
use fanlight_core::words::Words;
use jiff::Timestamp;

pub(super) fn routes() -> Routes<Shared> {
    Routes::default()
        .get("/accounts", accounts)
        .get("/accounts/new", new_form)
        .post("/accounts/new", new)
        .get("/accounts/waiting/{proposal}", answer_form_page)
        .post("/accounts/waiting/{proposal}", answer_proposal)
        .get("/accounts/waiting/{proposal}/code", code)
        .get("/accounts/{account}/close", close_form)
        .post("/accounts/{account}/close", close)
        .get("/accounts/{account}/role", role_form)
        .post("/accounts/{account}/role", propose_role)
        .get("/accounts/{account}/take", take_form)
        .post("/accounts/{account}/take", take)
        .get("/accounts/{account}/password", password_form)
        .post("/accounts/{account}/password", propose_password)
        .get("/password", own_form)
        .post("/password", own)
}

const NAME_AT_MOST: usize = 200;
const REASON_AT_MOST: usize = 2_000;

fn must(who: &Who, actions: &[Action]) -> Result<(), Problem> {
    actions
        .iter()
        .any(|action| who.may(*action))
        .then_some(())
        .ok_or(Problem::NotAllowed)
}

fn name_of(who: &Who, account: AccountId) -> Words {
    who.room
        .landlord
        .members
        .get(&account)
        .map(|member| member.name.clone())
        .unwrap_or_default()
}

/// A role with its team, in words: the part of its label before the colon.
fn role_words(who: &Who, role: Role, team: Option<&str>) -> String {
    let label = role.label().split(':').next().unwrap_or_default();
    match team {
        Some(team) if who.room.pack.access.teams.len() > 1 => format!("{label}, {}", spaced(team)),
        _ => label.to_owned(),
    }
}

fn spaced(code: &str) -> String {
    let mut text = code.replace(['-', '_'], " ");
    if let Some(first) = text.get_mut(0..1) {
        first.make_ascii_uppercase();
    }
    text
}

fn what_words(who: &Who, what: &Proposed) -> String {
    match what {
        Proposed::Role { role, team } => role_words(who, *role, team.as_deref()),
        Proposed::Password => "A new password".into(),
    }
}

/// A proposal as a row.
pub(super) fn approval(signed: &Signed, proposal: &Proposal, now: Timestamp) -> ApprovalRow {
    let who = &signed.who;
    let by = proposal
        .by
        .map(|account| name_of(who, account))
        .unwrap_or_default();
    ApprovalRow {
        what: what_words(who, &proposal.what),
        about: name_of(who, proposal.about),
        reason: proposal.reason.clone(),
        asked: format!("{}, {}", by.reveal(), due_words(proposal.at, now)),
        go: proposal
            .can_answer
            .then(|| Link::new("Answer", format!("/accounts/waiting/{}", proposal.position.0))),
        not_you: if proposal.can_answer {
            String::new()
        } else if proposal.by == Some(who.account) || proposal.about == who.account {
            "Somebody else has to answer".into()
        } else {
            "For the lead or a manager".into()
        },
    }
}

async fn accounts(State(app): State<Shared>, signed: Signed) -> Response {
    answer(draw_accounts(&app, &signed))
}

fn draw_accounts(app: &Shared, signed: &Signed) -> Result<AccountsPage, Problem> {
    let who = &signed.who;
    must(who, &[Action::ProposeRole, Action::KeepAccounts])?;
    let now = app.casework.now();
    let waiting = match app.casework.proposals(who) {
        Ok(waiting) => waiting.iter().map(|one| approval(signed, one, now)).collect(),
        Err(Problem::NotAllowed) => Vec::new(),
        Err(other) => return Err(other),
    };
    let mut staff = app.casework.staff(who);
    staff.sort_by_key(|row| !row.open);
    Ok(AccountsPage {
        frame: frame(app, signed, "Accounts", "/accounts"),
        sub: "A role that reads cases, and a new password for whoever holds one, takes two people. What closes a door \
              takes one."
            .into(),
        rows: staff.iter().map(|row| account_row(who, row)).collect(),
        waiting,
        add: who
            .may(Action::KeepAccounts)
            .then(|| Link::new("Open an account", "/accounts/new")),
    })
}

fn account_row(who: &Who, row: &StaffRow) -> AccountRow {
    let at = |text: &str, what: &str| Link::new(text, format!("/accounts/{}/{what}", row.account));
    let mut links = Vec::new();
    if row.open && who.may(Action::ProposeRole) {
        links.push(at("Give a role", "role"));
        if !row.roles.is_empty() {
            links.push(at("Take a role away", "take"));
        }
        links.push(at("New password", "password"));
    }
    if row.open && who.may(Action::KeepAccounts) {
        links.push(at("Close", "close"));
    }
    AccountRow {
        name: row.name.clone(),
        post: row.post.clone(),
        roles: if row.roles.is_empty() && row.open {
            vec!["Colleague".into()]
        } else {
            row.roles
                .iter()
                .map(|(role, team)| role_words(who, *role, team.as_deref()))
                .collect()
        },
        reports_to: row
            .reports_to
            .map(|above| name_of(who, above))
            .unwrap_or_default(),
        state: if row.open {
            TimeTag::new(Tone::Kept, "Open")
        } else {
            TimeTag::new(Tone::Nothing, "Closed")
        },
        links,
    }
}

struct Asking {
    title: String,
    lead: Vec<String>,
    fields: Vec<Field>,
    button: Button,
    notes: Vec<Note>,
}

async fn draw(app: &Shared, signed: &Signed, asking: Asking) -> Result<FormPage, Problem> {
    Ok(FormPage {
        frame: frame(app, signed, "Accounts", "/accounts"),
        back: Some(Link::new("Accounts", "/accounts")),
        form: Form {
            action: signed.path.clone(),
            state: redraw(app, signed, None).await?,
            title: asking.title,
            lead: asking.lead,
            fields: asking.fields,
            buttons: vec![asking.button],
            leave: None,
        },
        steps: Vec::new(),
        notes: asking.notes,
    })
}

fn password(name: &str, label: &str, autocomplete: &'static str) -> Field {
    Field::ask(name, label, Kind::Password { autocomplete })
}

/// The new password, typed twice.
fn new_password(values: &Values) -> Result<Password, FieldError> {
    let typed = values.text("new-password");
    if typed.is_empty() {
        return Err(FieldError::new("new-password", "Type the new password"));
    }
    if typed != values.text("password-again") {
        return Err(FieldError::new(
            "password-again",
            "The two are not the same. Type the new password in both",
        ));
    }
    let password = Password::new(typed.to_owned());
    match password.can_be_set() {
        Ok(()) => Ok(password),
        Err(says) => Err(FieldError::new("new-password", says)),
    }
}

fn password_fields() -> Vec<Field> {
    vec![
        password("new-password", "New password", "new-password")
            .hint("At least 12 characters. Three words that do not belong together are good."),
        password("password-again", "The same again", "new-password"),
    ]
}

fn reason_field(label: &str) -> Field {
    Field::ask(
        "reason",
        label,
        Kind::Words {
            rows: 3,
            limit: REASON_AT_MOST,
        },
    )
    .hint("It stays on the record.")
}

fn reason_of(values: &Values) -> Result<Words, FieldError> {
    words(values, "reason", "Write why", REASON_AT_MOST)
}

/// The open account of an address.
fn account_of(who: &Who, text: &str) -> Result<AccountId, Problem> {
    AccountId::parse(text)
        .filter(|account| who.room.member(*account).is_some())
        .ok_or(Problem::Unseen)
}

async fn new_form(State(app): State<Shared>, signed: Signed) -> Response {
    answer(draw_new(&app, &signed).await)
}

async fn draw_new(app: &Shared, signed: &Signed) -> Result<FormPage, Problem> {
    must(&signed.who, &[Action::KeepAccounts])?;
    let mut above = vec![Choice::new("", "Nobody")];
    above.extend(
        app.casework
            .staff(&signed.who)
            .iter()
            .filter(|row| row.open)
            .map(|row| Choice::new(row.account.to_string(), row.name.reveal())),
    );
    let mut fields = vec![
        Field::text("name", "Name, as colleagues see it"),
        Field::text("post", "Post"),
        Field::ask("above", "Reports to", Kind::Select(above)).hint(
            "Whoever is shut out of a case takes the line above along, until somebody decides otherwise.",
        ),
        Field::text("sign-in", "Name to sign in with").hint("Small letters. Nobody else may have it."),
    ];
    fields.extend(password_fields());
    let asking = Asking {
        title: "Open an account".into(),
        lead: vec!["It can log a report and read the registers. Roles are given afterwards.".into()],
        fields,
        button: Button::new("Open the account"),
        notes: vec![Note::new(
            "The first password",
            "Tell it in person. Ask the colleague to change it at once, under “My password”.",
        )],
    };
    draw(app, signed, asking).await
}

async fn new(State(app): State<Shared>, posted: Posted) -> Response {
    let values = &posted.values;
    let mut errors = Errors::default();
    let name = errors.take(words(values, "name", "Write the name", NAME_AT_MOST));
    let post = errors.take(words(values, "post", "Write the post", NAME_AT_MOST));
    let sign_in = errors.take(words(
        values,
        "sign-in",
        "Write the name to sign in with",
        NAME_AT_MOST,
    ));
    let password = errors.take(new_password(values));
    let reports_to = match values.said("above") {
        None => Some(None),
        Some(text) => errors.take(
            account_of(&posted.who, text)
                .map(Some)
                .map_err(|_| FieldError::new("above", "Choose somebody of the list")),
        ),
    };
    let (Some(name), Some(post), Some(sign_in), Some(password), Some(reports_to)) =
        (name, post, sign_in, password, reports_to)
    else {
        return back_with(&app, &posted, errors).await;
    };
    if !posted.who.may(Action::KeepAccounts) {
        let no: Result<(), _> = Err(Problem::NotAllowed);
        return answer_form(&app, &posted, "name", no, |()| String::new()).await;
    }
    let account = NewAccount {
        name,
        post,
        sign_in,
        password,
        reports_to,
        roles: Vec::new(),
    };
    let done = app.casework.open_account(&posted.who, posted.form, account).await;
    answer_form(&app, &posted, "sign-in", done, |_| {
        "/accounts?done=account".into()
    })
    .await
}

async fn close_form(State(app): State<Shared>, signed: Signed, Path(id): Path<String>) -> Response {
    answer(draw_close(&app, &signed, &id).await)
}

async fn draw_close(app: &Shared, signed: &Signed, id: &str) -> Result<FormPage, Problem> {
    must(&signed.who, &[Action::KeepAccounts])?;
    let account = account_of(&signed.who, id)?;
    let asking = Asking {
        title: "Close an account".into(),
        lead: vec![
            name_of(&signed.who, account).reveal().to_owned(),
            "Its roles end and it is signed out at once. What it recorded stays.".into(),
        ],
        fields: vec![reason_field("Why?")],
        button: Button {
            warning: true,
            ..Button::new("Close the account")
        },
        notes: Vec::new(),
    };
    draw(app, signed, asking).await
}

async fn close(State(app): State<Shared>, Path(id): Path<String>, posted: Posted) -> Response {
    let mut errors = Errors::default();
    let Some(reason) = errors.take(reason_of(&posted.values)) else {
        return back_with(&app, &posted, errors).await;
    };
    let done = match account_of(&posted.who, &id) {
        Ok(account) => {
            let closed = AccountClosed { account, reason };
            app.casework.close_account(&posted.who, posted.form, closed).await
        }
        Err(problem) => Err(problem),
    };
    answer_form(&app, &posted, "reason", done, |()| {
        "/accounts?done=account".into()
    })
    .await
}

async fn role_form(State(app): State<Shared>, signed: Signed, Path(id): Path<String>) -> Response {
    answer(draw_role(&app, &signed, &id).await)
}

async fn draw_role(app: &Shared, signed: &Signed, id: &str) -> Result<FormPage, Problem> {
    must(&signed.who, &[Action::ProposeRole])?;
    let account = account_of(&signed.who, id)?;
    let teams = &signed.who.room.pack.access.teams;
    let choices = Role::ALL
        .iter()
        .filter(|role| **role != Role::Colleague)
        .map(|role| {
            let (name, does) = role.label().split_once(": ").unwrap_or((role.label(), ""));
            let two = if role.reads_cases() {
                ". Takes two people"
            } else {
                ""
            };
            Choice::new(role.code(), name).hint(format!("{does}{two}"))
        })
        .collect();
    let mut of_team = vec![Choice::new("", "Not for a team")];
    of_team.extend(teams.iter().map(|team| Choice::new(team, spaced(team))));
    let asking = Asking {
        title: "Give a role".into(),
        lead: vec![name_of(&signed.who, account).reveal().to_owned()],
        fields: vec![
            Field::radios("role", "Which role?", choices),
            Field::ask("team", "For which team?", Kind::Select(of_team))
                .hint("Caseworkers and managers belong to a team; nobody else does."),
            reason_field("Why?"),
        ],
        button: Button::new("Propose"),
        notes: vec![Note::new(
            "Two people",
            "A role that reads cases holds when somebody who reads cases has agreed: not whoever proposes it, and not \
             whoever it is about. An administrator never agrees.",
        )],
    };
    draw(app, signed, asking).await
}

async fn propose_role(State(app): State<Shared>, Path(id): Path<String>, posted: Posted) -> Response {
    let values = &posted.values;
    let mut errors = Errors::default();
    let role = errors.take(
        values
            .said("role")
            .and_then(Role::parse)
            .filter(|role| *role != Role::Colleague)
            .ok_or_else(|| FieldError::new("role", "Choose a role")),
    );
    let reason = errors.take(reason_of(values));
    let teams = &posted.who.room.pack.access.teams;
    let team = values.said("team").map(str::to_owned);
    if team.as_ref().is_some_and(|team| !teams.contains(team)) {
        errors.push(FieldError::new("team", "Choose a team of the list"));
    }
    let (Some(role), Some(reason), true) = (role, reason, errors.is_empty()) else {
        return back_with(&app, &posted, errors).await;
    };
    let done = match account_of(&posted.who, &id) {
        Ok(account) => {
            app.casework
                .propose_role(&posted.who, posted.form, account, (role, team), reason)
                .await
        }
        Err(problem) => Err(problem),
    };
    let at = if role.reads_cases() {
        "/accounts?done=proposed"
    } else {
        "/accounts?done=role"
    };
    answer_form(&app, &posted, "team", done, |()| at.into()).await
}

async fn take_form(State(app): State<Shared>, signed: Signed, Path(id): Path<String>) -> Response {
    answer(draw_take(&app, &signed, &id).await)
}

async fn draw_take(app: &Shared, signed: &Signed, id: &str) -> Result<FormPage, Problem> {
    must(&signed.who, &[Action::ProposeRole])?;
    let account = account_of(&signed.who, id)?;
    let held = signed
        .who
        .room
        .member(account)
        .map(|member| member.roles.clone())
        .unwrap_or_default();
    let choices = held
        .iter()
        .map(|(role, team)| {
            Choice::new(
                held_value(*role, team.as_deref()),
                role_words(&signed.who, *role, team.as_deref()),
            )
        })
        .collect();
    let asking = Asking {
        title: "Take a role away".into(),
        lead: vec![
            name_of(&signed.who, account).reveal().to_owned(),
            "It holds at once. Cases that only this person works need somebody else.".into(),
        ],
        fields: vec![
            Field::radios("role", "Which role?", choices),
            reason_field("Why?"),
        ],
        button: Button::new("Take it away"),
        notes: Vec::new(),
    };
    draw(app, signed, asking).await
}

fn held_value(role: Role, team: Option<&str>) -> String {
    format!("{}/{}", role.code(), team.unwrap_or_default())
}

async fn take(State(app): State<Shared>, Path(id): Path<String>, posted: Posted) -> Response {
    let mut errors = Errors::default();
    let account = account_of(&posted.who, &id);
    let held = account
        .as_ref()
        .ok()
        .and_then(|account| posted.who.room.member(*account))
        .map(|member| member.roles.clone())
        .unwrap_or_default();
    let chosen = posted.values.text("role");
    let role = errors.take(
        held.into_iter()
            .find(|(role, team)| held_value(*role, team.as_deref()) == chosen)
            .ok_or_else(|| FieldError::new("role", "Choose a role")),
    );
    let reason = errors.take(reason_of(&posted.values));
    let account = match account {
        Ok(account) => account,
        Err(problem) => {
            return answer_form(&app, &posted, "role", Err::<(), _>(problem), |()| String::new()).await;
        }
    };
    let (Some((role, team)), Some(reason)) = (role, reason) else {
        return back_with(&app, &posted, errors).await;
    };
    let taken = RoleTaken {
        account,
        role,
        team,
        reason,
    };
    let done = app.casework.take_role(&posted.who, posted.form, taken).await;
    answer_form(&app, &posted, "role", done, |()| "/accounts?done=account".into()).await
}

async fn password_form(State(app): State<Shared>, signed: Signed, Path(id): Path<String>) -> Response {
    answer(draw_password(&app, &signed, &id).await)
}

async fn draw_password(app: &Shared, signed: &Signed, id: &str) -> Result<FormPage, Problem> {
    must(&signed.who, &[Action::ProposeRole])?;
    let account = account_of(&signed.who, id)?;
    let reads = signed
        .who
        .room
        .member(account)
        .is_some_and(|member| member.reads_cases());
    let mut fields = password_fields();
    fields.push(reason_field("Why?"));
    let asking = Asking {
        title: "A new password".into(),
        lead: vec![
            name_of(&signed.who, account).reveal().to_owned(),
            if reads {
                "This account reads cases: the new password opens when a second person has agreed, with a code that only they \
                 are given.".into()
            } else {
                "It holds at once, and the account is signed out everywhere.".into()
            },
        ],
        fields,
        button: Button::new(if reads { "Propose" } else { "Set the password" }),
        notes: vec![Note::new(
            "Be sure who asks",
            "See or call the colleague yourself. A message that asks for a new password may be somebody else’s.",
        )],
    };
    draw(app, signed, asking).await
}

async fn propose_password(State(app): State<Shared>, Path(id): Path<String>, posted: Posted) -> Response {
    let mut errors = Errors::default();
    let password = errors.take(new_password(&posted.values));
    let reason = errors.take(reason_of(&posted.values));
    let (Some(password), Some(reason)) = (password, reason) else {
        return back_with(&app, &posted, errors).await;
    };
    let mut at = "/accounts?done=password";
    let done = match account_of(&posted.who, &id).and_then(|account| {
        must(&posted.who, &[Action::ProposeRole])?;
        Ok(account)
    }) {
        Ok(account) => {
            if posted
                .who
                .room
                .member(account)
                .is_some_and(|member| member.reads_cases())
            {
                at = "/accounts?done=proposed";
            }
            app.casework
                .propose_password(&posted.who, posted.form, account, password, reason)
                .await
        }
        Err(problem) => Err(problem),
    };
    answer_form(&app, &posted, "new-password", done, |()| at.into()).await
}

fn proposal_of(app: &Shared, who: &Who, text: &str) -> Result<Proposal, Problem> {
    let position = Position(text.parse().map_err(|_| Problem::Unseen)?);
    app.casework
        .proposals(who)?
        .into_iter()
        .find(|proposal| proposal.position == position && proposal.can_answer)
        .ok_or(Problem::Unseen)
}

async fn answer_form_page(State(app): State<Shared>, signed: Signed, Path(id): Path<String>) -> Response {
    answer(draw_answer(&app, &signed, &id).await)
}

async fn draw_answer(app: &Shared, signed: &Signed, id: &str) -> Result<FormPage, Problem> {
    let proposal = proposal_of(app, &signed.who, id)?;
    let row = approval(signed, &proposal, app.casework.now());
    let asking = Asking {
        title: format!("{}: {}", row.what, row.about.reveal()),
        lead: vec![
            format!("Proposed by {}.", row.asked),
            format!("Why: “{}”", proposal.reason.reveal()),
        ],
        fields: vec![Field::radios(
            "agreed",
            "Do you agree?",
            vec![
                Choice::new("yes", "Yes").hint(match proposal.what {
                    Proposed::Role { .. } => {
                        "The person can then open cases. You are given a code for the first sign-in."
                    }
                    Proposed::Password => "The new password opens only with a code, which you are given.",
                }),
                Choice::new("no", "No").hint("Nothing changes. It can be proposed again."),
            ],
        )],
        button: Button::new("Answer"),
        notes: vec![Note::new(
            "Ask first",
            "You answer for it that this colleague needs to read cases, and that it is really the colleague who asks.",
        )],
    };
    draw(app, signed, asking).await
}

async fn answer_proposal(State(app): State<Shared>, Path(id): Path<String>, posted: Posted) -> Response {
    let mut errors = Errors::default();
    let agreed = errors.take(match posted.values.text("agreed") {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => Err(FieldError::new("agreed", "Choose yes or no")),
    });
    let Some(agreed) = agreed else {
        return back_with(&app, &posted, errors).await;
    };
    // Not looked up first: the second press of the button finds its proposal answered, and is answered as the first.
    let done = match id.parse() {
        Ok(position) => {
            app.casework
                .answer_proposal(&posted.who, posted.form, Position(position), agreed)
                .await
        }
        Err(_) => Err(Problem::Unseen),
    };
    let at = if posted.who.may(Action::ProposeRole) {
        "/accounts?done=answered"
    } else {
        "/?done=answered"
    };
    match done {
        Ok(Some(code)) => {
            // It waits in a sealed draft of whoever answered, and stands in no address.
            let kept: Posted = Posted {
                who: posted.who.clone(),
                values: Values::new([("first", code.in_fours().as_str())]),
                form: posted.form,
                path: format!("/accounts/waiting/{id}/code"),
            };
            back_with(&app, &kept, Errors::default()).await
        }
        done => answer_form(&app, &posted, "agreed", done, |_| at.into()).await,
    }
}

/// The code for the colleague, shown once to the second person.
async fn code(State(app): State<Shared>, signed: Signed) -> Response {
    answer(draw_code(&app, &signed).await)
}

async fn draw_code(app: &Shared, signed: &Signed) -> Result<FormPage, Problem> {
    let mut state = redraw(app, signed, None).await?;
    let code = state.value("first").to_owned();
    let (Some(draft), false) = (signed.again, code.is_empty()) else {
        return Err(Problem::Unseen);
    };
    app.casework.drop_draft(&signed.who, draft).await?;
    state.values = Values::default();
    Ok(FormPage {
        frame: frame(app, signed, "Accounts", "/accounts"),
        back: Some(Link::new("Accounts", "/accounts")),
        form: Form {
            action: "/accounts".into(),
            state,
            title: "A code for the colleague".into(),
            lead: vec![
                "The old password opens nothing any more, and whoever was signed in is out. The colleague signs in with \
                 the password that was told, this code, and a new password."
                    .into(),
                "Tell it in person or by telephone, when you know the voice, and to nobody else. The administrator never \
                 needs it."
                    .into(),
            ],
            fields: vec![Field::Saved(code)],
            buttons: Vec::new(),
            leave: Some(Link::new("I have written it down", "/accounts?done=answered")),
        },
        steps: Vec::new(),
        notes: vec![Note::new(
            "Shown once",
            "If it is lost, propose a new password for the colleague: that gives a new code.",
        )],
    })
}

async fn own_form(State(app): State<Shared>, signed: Signed) -> Response {
    answer(draw_own(&app, &signed).await)
}

async fn draw_own(app: &Shared, signed: &Signed) -> Result<FormPage, Problem> {
    let mut fields = vec![password("old-password", "Present password", "current-password")];
    fields.extend(password_fields());
    Ok(FormPage {
        frame: frame(app, signed, "My password", ""),
        back: Some(Link::new("Front page", "/")),
        form: Form {
            action: "/password".into(),
            state: redraw(app, signed, None).await?,
            title: "My password".into(),
            lead: vec!["You are signed out everywhere, and sign in with the new one.".into()],
            fields,
            buttons: vec![Button::new("Change it")],
            leave: None,
        },
        steps: Vec::new(),
        notes: vec![Note::new(
            "At home too",
            "Choose one that nobody who lives with you could guess, and that you use nowhere else.",
        )],
    })
}

async fn own(State(app): State<Shared>, posted: Posted) -> Response {
    let mut errors = Errors::default();
    let old = errors.take(match posted.values.text("old-password") {
        "" => Err(FieldError::new("old-password", "Type the present password")),
        typed => Ok(Password::new(typed.to_owned())),
    });
    let new = errors.take(new_password(&posted.values));
    let (Some(old), Some(new)) = (old, new) else {
        return back_with(&app, &posted, errors).await;
    };
    let done = app
        .casework
        .change_own_password(&posted.who, OwnPassword { old, new })
        .await;
    answer_form(&app, &posted, "old-password", done, |()| {
        "/sign-in?why=password".into()
    })
    .await
}
