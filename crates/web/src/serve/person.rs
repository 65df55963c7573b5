//! What we were told about a person or the home. Each telling is whole, and starts from what is known; what this looker
//! may not see stays as it was.

use super::agree::maybe_day;
use super::ways::*;
use crate::app::{App, Posted, Shared, Signed, answer, answer_form, back_with, redraw};
use crate::choices_of;
use crate::forms::answers::{choice, maybe_choice, maybe_number, maybe_words};
use crate::forms::when::{Asked, Bound, local};
use crate::forms::{
    Button, CaseFormPage, Choice, Errors, Field, FieldError, Form, FormState, Kind, Note, Values,
};
use crate::routes::Routes;
use axum::extract::{Path, State};
use axum::response::Response;
use fanlight_casework::{CasePage, Problem, When};
use fanlight_core::access::Action;
use fanlight_core::fact::{HomeTold, Part, PersonTold, Relationship, Sex, Tenure, WorkerWish, YesNo};
use fanlight_core::ids::PersonId;
use fanlight_core::view::{PersonRow, WITHHELD};
use fanlight_core::words::Words;
use jiff::civil::Date;

pub(super) fn routes() -> Routes<Shared> {
    Routes::default()
        .get("/case/{case}/person", new_form)
        .post("/case/{case}/person", tell_new)
        .get("/case/{case}/person/{person}", change_form)
        .post("/case/{case}/person/{person}", tell_change)
        .get("/case/{case}/home", home_form)
        .post("/case/{case}/home", tell_home)
}

async fn new_form(State(app): State<Shared>, signed: Signed, Path(case): Path<String>) -> Response {
    answer(draw_person(&app, &signed, &case, None).await)
}

async fn change_form(
    State(app): State<Shared>,
    signed: Signed,
    Path((case, person)): Path<(String, String)>,
) -> Response {
    answer(draw_person(&app, &signed, &case, Some(&person)).await)
}

/// Whom a form is about, if it is somebody of the case.
fn row_of<'a>(page: &'a CasePage, person: &str) -> Option<&'a PersonRow> {
    let person = PersonId::parse(person)?;
    page.view.people.iter().find(|row| row.person == person)
}

async fn draw_person(
    app: &App,
    signed: &Signed,
    case: &str,
    person: Option<&str>,
) -> Result<CaseFormPage, Problem> {
    let page = open_form(app, signed, case, Action::RecordContact).await?;
    let base = format!("/case/{}", page.case);
    let row = match person {
        Some(person) => Some(row_of(&page, person).ok_or(Problem::Unseen)?),
        None => None,
    };
    let mut state = redraw(app, signed, page.view.seen).await?;
    if is_fresh(&state) {
        match row {
            Some(row) => prefill(&mut state, row),
            None => {
                if let Some(part) = signed.asked("part").and_then(Part::parse) {
                    state.values.set("part", part.code());
                }
            }
        }
    }
    let part = row
        .map(|row| row.part)
        .or_else(|| Part::parse(state.value("part")));
    let form = Form {
        action: row.map_or_else(
            || format!("{base}/person"),
            |row| format!("{base}/person/{}", row.person),
        ),
        state,
        title: if row.is_some() {
            "Change what we know".into()
        } else {
            "Add a person".into()
        },
        lead: vec!["Nothing here is compulsory but the part. Leave blank what is not known.".into()],
        fields: person_fields(signed, &page, row, part),
        buttons: vec![Button::new("Save")],
        leave: leave(format!("{base}/people")),
    };
    let notes = vec![Note::new(
        "Facts, not guesses",
        "Write what you were told or saw, and who said it. Ask; never assume.",
    )];
    Ok(form_page(app, signed, &page, form, notes))
}

/// The words of a row that its form shows, by field.
fn words_of(row: &PersonRow) -> [(&'static str, &Option<Words>); 7] {
    [
        ("name", &row.name),
        ("called", &row.called),
        ("pronoun", &row.pronoun),
        ("own_word", &row.own_word),
        ("interpreter", &row.interpreter),
        ("access_needs", &row.access_needs),
        ("more", &row.more),
    ]
}

fn is_withheld(words: &Option<Words>) -> bool {
    words.as_ref().is_some_and(|words| words.reveal() == WITHHELD)
}

fn prefill(state: &mut FormState, row: &PersonRow) {
    let values = &mut state.values;
    values.set("part", row.part.code());
    for (field, words) in words_of(row) {
        if let Some(words) = words.as_ref().filter(|words| words.reveal() != WITHHELD) {
            values.set(field, words.reveal());
        }
    }
    values.set("sex", row.sex.code());
    values.set("lives_in_home", row.lives_in_home.code());
    values.set("can_get_in", row.can_get_in.code());
    values.set("worker_wish", row.worker_wish.code());
    if let Some(relationship) = row.relationship {
        values.set("relationship", relationship.code());
    }
    match (row.born, row.age) {
        (Some(born), _) => set_day(state, "born", born),
        (None, Some(age)) => state.values.set("age", age.to_string()),
        (None, None) => {}
    }
}

fn yes_no() -> Vec<Choice> {
    vec![
        Choice::new("yes", "Yes"),
        Choice::new("no", "No"),
        Choice::new("not_known", "Not known"),
    ]
}

/// What is asked depends on the part. Without one yet, everything that any part is asked.
fn person_fields(
    signed: &Signed,
    page: &CasePage,
    row: Option<&PersonRow>,
    part: Option<Part>,
) -> Vec<Field> {
    let room = &signed.who.room;
    let is = |of: &[Part]| part.is_none_or(|part| of.contains(&part));
    let hint = |field: &str, usual: &str| {
        let unseen = row.is_some_and(|row| {
            words_of(row)
                .iter()
                .any(|(name, words)| *name == field && is_withheld(words))
        });
        if unseen {
            "Something stands here that you may not see. Leave it blank to keep it.".to_owned()
        } else {
            usual.to_owned()
        }
    };
    let mut fields = Vec::new();
    match (row, part) {
        // The person whose case it is keeps that part.
        (Some(row), _) if row.part == Part::Survivor => fields.push(Field::hidden("part", row.part.code())),
        _ => {
            let has_survivor = survivor(&page.view).is_some();
            let parts = Part::ALL
                .iter()
                .filter(|part| !(has_survivor && **part == Part::Survivor))
                .map(|part| Choice::new(part.code(), part_words(*part, room)))
                .collect();
            fields.push(Field::radios(
                "part",
                "Which part has the person in this case?",
                parts,
            ));
        }
    }
    fields.push(Field::text("name", "Full name").hint(hint("name", "If it is known")));
    fields.push(Field::text("called", "Likes to be called").hint(hint("called", "")));
    fields.push(
        Field::text("pronoun", "She, he, they, or another word").hint(hint("pronoun", "As the person uses")),
    );
    if is(&[Part::Survivor]) {
        fields.push(Field::text("own_word", "The person’s own word").hint(hint(
            "own_word",
            "What the person calls herself or himself in this: survivor, victim, neither",
        )));
    }
    if is(&[
        Part::Perpetrator,
        Part::Household,
        Part::Trusted,
        Part::AdultAtRisk,
        Part::Child,
    ]) {
        let mut relations = choices_of!(Relationship);
        relations.insert(0, Choice::new("", "Not asked yet"));
        fields.push(Field::ask(
            "relationship",
            format!("What he or she is to the {}", room.pack.word("survivor")),
            Kind::Select(relations),
        ));
    }
    fields.push(Field::ask("born", "Date of birth", Kind::Date).hint("Or only the age, below"));
    fields.push(Field::ask("age", "Age", Kind::Number));
    if is(&[
        Part::Survivor,
        Part::Perpetrator,
        Part::Child,
        Part::AdultAtRisk,
        Part::Household,
    ]) {
        fields.push(Field::ask(
            "lives_in_home",
            "Lives in the home?",
            Kind::Inline(yes_no()),
        ));
    }
    if is(&[Part::Perpetrator]) {
        fields.push(
            Field::ask("can_get_in", "Can get in?", Kind::Inline(yes_no())).hint("A key, a code, a way"),
        );
    }
    fields.push(
        Field::text("interpreter", "Interpreter needed, and for which language").hint(hint(
            "interpreter",
            "Leave it blank if none. Never a relative or somebody of the household",
        )),
    );
    fields.push(
        Field::text("access_needs", "Anything else needed to take part").hint(hint(
            "access_needs",
            "Large print, a signer, a step-free place, more time",
        )),
    );
    if is(&[Part::Survivor]) {
        fields.push(Field::radios(
            "worker_wish",
            "Whom would the person like as a worker?",
            choices_of!(WorkerWish),
        ));
    }
    fields.push(
        Field::ask("sex", "Sex, for counting only", Kind::Select(sexes())).hint("Asked, never assumed"),
    );
    fields.push(
        Field::ask(
            "more",
            "Anything else",
            Kind::Words {
                rows: 3,
                limit: 10_000,
            },
        )
        .hint(hint("more", "")),
    );
    fields
}

fn sexes() -> Vec<Choice> {
    let mut all = choices_of!(Sex);
    // What stands first is what holds if nobody has chosen.
    all.rotate_right(1);
    all
}

async fn tell_new(State(app): State<Shared>, Path(case): Path<String>, posted: Posted) -> Response {
    tell(&app, &case, None, &posted).await
}

async fn tell_change(
    State(app): State<Shared>,
    Path((case, person)): Path<(String, String)>,
    posted: Posted,
) -> Response {
    tell(&app, &case, Some(&person), &posted).await
}

async fn tell(app: &App, case: &str, person: Option<&str>, posted: &Posted) -> Response {
    let page = match stand_on(app, posted, case, Action::RecordContact).await {
        Ok(page) => page,
        Err(answer) => return answer,
    };
    let row = match person {
        None => None,
        Some(person) => match row_of(&page, person) {
            Some(row) => Some(row),
            None => return crate::routes::see_other("/nothing-here"),
        },
    };
    let start = match row {
        Some(row) => PersonTold::unknown(row.person, row.part),
        None => app.casework.new_person(Part::Household),
    };
    let told = match read_person(&posted.values, start, row, local(page.now).date()) {
        Ok(told) => told,
        Err(errors) => return back_with(app, posted, errors).await,
    };
    let done = app
        .casework
        .tell_person(&posted.who, posted.form, page.case, When::default(), told)
        .await;
    answer_form(app, posted, "part", done, |done| {
        format!("/case/{}/people?done=person", done.case)
    })
    .await
}

const BORN: Asked = Asked {
    field: "born",
    noun: "date of birth",
};

fn read_person(
    values: &Values,
    mut told: PersonTold,
    row: Option<&PersonRow>,
    today: Date,
) -> Result<PersonTold, Errors> {
    let mut errors = Errors::default();
    if let Some(part) = errors.take(choice(
        values,
        "part",
        "Choose which part the person has in this case",
        Part::parse,
    )) {
        told.part = part;
    }
    let mut text = |field: &str, limit: usize| {
        let typed = errors.take(maybe_words(values, field, limit)).flatten();
        let unseen = row.is_some_and(|row| {
            words_of(row)
                .iter()
                .any(|(name, words)| *name == field && is_withheld(words))
        });
        typed.or_else(|| unseen.then(|| Words::new(WITHHELD)))
    };
    told.name = text("name", 300);
    told.called = text("called", 300);
    told.pronoun = text("pronoun", 100);
    told.own_word = text("own_word", 300);
    told.interpreter = text("interpreter", 300);
    told.access_needs = text("access_needs", 2_000);
    told.more = text("more", 10_000);
    told.born = maybe_day(values, BORN, today, Bound::TodayOrEarlier, &mut errors);
    let age = errors.take(maybe_number(values, "age", "age", 0, 120)).flatten();
    told.age = age
        .filter(|_| told.born.is_none())
        .and_then(|age| u8::try_from(age).ok());
    let wrong = "Choose one of the answers";
    told.sex = errors
        .take(maybe_choice(values, "sex", wrong, Sex::parse))
        .flatten()
        .unwrap_or(Sex::NotAsked);
    told.relationship = errors
        .take(maybe_choice(values, "relationship", wrong, Relationship::parse))
        .flatten();
    let mut yes_no = |field: &str| {
        errors
            .take(maybe_choice(values, field, wrong, YesNo::parse))
            .flatten()
            .unwrap_or(YesNo::NotKnown)
    };
    told.lives_in_home = yes_no("lives_in_home");
    told.can_get_in = yes_no("can_get_in");
    told.worker_wish = errors
        .take(maybe_choice(values, "worker_wish", wrong, WorkerWish::parse))
        .flatten()
        .unwrap_or(WorkerWish::NotAsked);
    if errors.is_empty() { Ok(told) } else { Err(errors) }
}

async fn home_form(State(app): State<Shared>, signed: Signed, Path(case): Path<String>) -> Response {
    answer(draw_home(&app, &signed, &case).await)
}

async fn draw_home(app: &App, signed: &Signed, case: &str) -> Result<CaseFormPage, Problem> {
    let page = open_form(app, signed, case, Action::RecordContact).await?;
    let base = format!("/case/{}", page.case);
    let mut state = redraw(app, signed, page.view.seen).await?;
    let home = page.view.home.as_ref();
    if is_fresh(&state)
        && let Some(home) = home
    {
        let values = &mut state.values;
        for (field, words) in [("address", &home.address), ("tenancy", &home.tenancy)] {
            if let Some(words) = words.as_ref().filter(|words| words.reveal() != WITHHELD) {
                values.set(field, words.reveal());
            }
        }
        values.set("tenure", home.tenure.code());
        values.set("withheld", if home.withheld { "yes" } else { "no" });
        values.set("perpetrator_lives_there", home.perpetrator_lives_there.code());
        values.set("children_live_there", home.children_live_there.code());
    }
    let hidden = home.is_some_and(|home| home.address_hidden || is_withheld(&home.address));
    let form = Form {
        action: format!("{base}/home"),
        state,
        title: "The home".into(),
        lead: vec!["Leave blank what is not known.".into()],
        fields: vec![
            Field::ask(
                "address",
                "Address",
                Kind::Words {
                    rows: 3,
                    limit: 1_000,
                },
            )
            .hint(if hidden {
                "An address stands here that you may not see. Leave it blank to keep it."
            } else {
                "If it is known"
            }),
            Field::radios(
                "withheld",
                "Must the address be kept from others?",
                vec![
                    Choice::new("yes", "Yes: only those who need it see it")
                        .hint("A new home, a refuge, or when it is not known who may look."),
                    Choice::new("no", "No: it is known already"),
                ],
            ),
            Field::radios("tenure", "In what way is it held?", choices_of!(Tenure)),
            Field::text("tenancy", "Tenancy reference").hint(if hidden {
                "If one stands here, you may not see it. Leave it blank to keep it."
            } else {
                "It leads to the address, and is kept with it"
            }),
            Field::ask(
                "perpetrator_lives_there",
                format!("Does a {} live there?", signed.who.room.pack.word("perpetrator")),
                Kind::Inline(yes_no()),
            ),
            Field::ask(
                "children_live_there",
                "Do children live there?",
                Kind::Inline(yes_no()),
            ),
        ],
        buttons: vec![Button::new("Save")],
        leave: leave(format!("{base}/people")),
    };
    Ok(form_page(app, signed, &page, form, Vec::new()))
}

async fn tell_home(State(app): State<Shared>, Path(case): Path<String>, posted: Posted) -> Response {
    let page = match stand_on(&app, &posted, &case, Action::RecordContact).await {
        Ok(page) => page,
        Err(answer) => return answer,
    };
    let told = match read_home(&posted.values, &page) {
        Ok(told) => told,
        Err(errors) => return back_with(&app, &posted, errors).await,
    };
    let done = app
        .casework
        .tell_home(&posted.who, posted.form, page.case, When::default(), told)
        .await;
    answer_form(&app, &posted, "address", done, |done| {
        format!("/case/{}/people?done=home", done.case)
    })
    .await
}

fn read_home(values: &Values, page: &CasePage) -> Result<HomeTold, Errors> {
    let mut errors = Errors::default();
    let home = page.view.home.as_ref();
    let hidden = home.is_some_and(|home| home.address_hidden || is_withheld(&home.address));
    let hides_tenancy = hidden || home.is_some_and(|home| is_withheld(&home.tenancy));
    let mut text = |field: &str, limit: usize, unseen: bool| {
        let typed = errors.take(maybe_words(values, field, limit)).flatten();
        typed.or_else(|| unseen.then(|| Words::new(WITHHELD)))
    };
    let address = text("address", 1_000, hidden);
    let tenancy = text("tenancy", 200, hides_tenancy);
    let withheld = match values.text("withheld") {
        "yes" => true,
        "no" => false,
        // Nobody has said that it may be seen.
        "" => true,
        _ => {
            errors.push(FieldError::new("withheld", "Choose one of the answers"));
            true
        }
    };
    if hidden && !withheld {
        errors.push(FieldError::new(
            "withheld",
            "Only somebody who may see the address can say that it need not be kept from others",
        ));
    }
    let wrong = "Choose one of the answers";
    let tenure = errors
        .take(maybe_choice(values, "tenure", wrong, Tenure::parse))
        .flatten()
        .unwrap_or(Tenure::NotKnown);
    let mut yes_no = |field: &str| {
        errors
            .take(maybe_choice(values, field, wrong, YesNo::parse))
            .flatten()
            .unwrap_or(YesNo::NotKnown)
    };
    let told = HomeTold {
        address,
        withheld,
        tenure,
        tenancy,
        perpetrator_lives_there: yes_no("perpetrator_lives_there"),
        children_live_there: yes_no("children_live_there"),
    };
    if errors.is_empty() { Ok(told) } else { Err(errors) }
}
