//! Assurance: every clause of the policy, how it is kept, how it stands now, and the way to its proof.

use super::figures::{beside, share, shown};
use crate::app::{Shared, Signed, answer, frame};
use crate::assurance::{
    ClausePage, ClauseRow, ClausesPage, FilterBox, FilterGroup, KeptTotal, Particular, Proof,
};
use crate::forms::Link;
use crate::forms::when::{full_day, local};
use crate::guide::{Section, TextPage};
use crate::routes::Routes;
use crate::signs::{TimeTag, Tone};
use axum::extract::{Path, State};
use axum::response::Response;
use fanlight_casework::{Assured, Problem};
use fanlight_core::access::Action;
use fanlight_core::assurance::{self, ClauseFilter, ClauseState, WayRow, totals};
use fanlight_core::measure::ShownTally;
use fanlight_core::obligation::Strength;
use fanlight_core::pack::{Asks, Counted, Kept};

pub(super) fn routes() -> Routes<Shared> {
    Routes::default()
        .get("/assurance", clauses)
        .get("/assurance/proofs", proofs)
        .get("/assurance/{clause}", clause)
}

async fn clauses(State(app): State<Shared>, signed: Signed) -> Response {
    answer(draw_clauses(&app, &signed).await)
}

async fn draw_clauses(app: &Shared, signed: &Signed) -> Result<ClausesPage, Problem> {
    let assured = app.casework.assurance(&signed.who).await?;
    let wanted: Vec<&str> = signed.all_asked("show").collect();
    let (kept, states, strengths) = chosen(&wanted);
    let rows: Vec<ClauseRow> = assured
        .rows
        .iter()
        .filter(|row| {
            (kept.is_empty() || kept.contains(&row.kept))
                && (states.is_empty() || states.contains(&row.state))
                && (strengths.is_empty() || strengths.contains(&row.strength))
        })
        .map(|row| clause_row(signed, &assured, row))
        .collect();
    let pack = &signed.who.room.pack;
    let all = assured.rows.len();
    Ok(ClausesPage {
        frame: frame(app, signed, "Assurance", "/assurance"),
        sub: format!(
            "{}, {}. {all} clauses. Figures: {} to today.",
            pack.landlord.name,
            pack.landlord.policy,
            full_day(local(assured.from).date())
        ),
        policy: particulars(app, signed),
        totals: totals(&assured.rows)
            .into_iter()
            .map(|(kept, count)| KeptTotal {
                kind: match kept {
                    Kept::NotYet => "notyet".into(),
                    other => other.key().into(),
                },
                words: kept_words(kept).into(),
                count,
            })
            .collect(),
        filters: filters(&assured, &wanted),
        shown: if rows.len() == all {
            format!("All {all}")
        } else {
            format!("{} of {all}", rows.len())
        },
        rows,
        next: None,
        links: vec![
            Link::new("Measures", "/assurance/measures"),
            Link::new("Registers", "/registers"),
            Link::new("What the landlord has done", "/registers/record"),
        ],
    })
}

fn chosen(wanted: &[&str]) -> (Vec<Kept>, Vec<ClauseState>, Vec<Strength>) {
    let of = |kind: &str| -> Vec<String> {
        wanted
            .iter()
            .filter_map(|one| one.strip_prefix(kind).and_then(|rest| rest.strip_prefix('.')))
            .map(str::to_owned)
            .collect()
    };
    let (kept, state, strength) = (of("kept"), of("state"), of("strength"));
    (
        KEPT.into_iter()
            .filter(|one| kept.iter().any(|key| key == one.key()))
            .collect(),
        ClauseState::ALL
            .into_iter()
            .filter(|one| state.iter().any(|key| key == one.key()))
            .collect(),
        STRENGTHS
            .into_iter()
            .filter(|one| strength.iter().any(|key| key == one.key()))
            .collect(),
    )
}

const KEPT: [Kept; 5] = [
    Kept::Enforced,
    Kept::Measured,
    Kept::Recorded,
    Kept::Published,
    Kept::NotYet,
];
const STRENGTHS: [Strength; 4] = [
    Strength::Will,
    Strength::AimsTo,
    Strength::WherePracticable,
    Strength::States,
];

fn filters(assured: &Assured, wanted: &[&str]) -> Vec<FilterGroup> {
    let one = |value: String, text: &str, filter: ClauseFilter| FilterBox {
        ticked: wanted.contains(&value.as_str()),
        count: assured.rows.iter().filter(|row| filter.passes(row)).count(),
        text: text.to_owned(),
        value,
    };
    let group = |legend: &str, boxes: Vec<FilterBox>| FilterGroup {
        name: "show".into(),
        legend: legend.into(),
        boxes: boxes
            .into_iter()
            .filter(|one| one.count > 0 || one.ticked)
            .collect(),
    };
    vec![
        group(
            "State now",
            ClauseState::ALL
                .into_iter()
                .map(|state| {
                    let filter = ClauseFilter {
                        state: Some(state),
                        ..ClauseFilter::default()
                    };
                    one(format!("state.{}", state.key()), state.label(), filter)
                })
                .collect(),
        ),
        group(
            "How it is kept",
            KEPT.into_iter()
                .map(|kept| {
                    let filter = ClauseFilter {
                        kept: Some(kept),
                        ..ClauseFilter::default()
                    };
                    one(format!("kept.{}", kept.key()), kept_words(kept), filter)
                })
                .collect(),
        ),
        group(
            "How strong",
            STRENGTHS
                .into_iter()
                .map(|strength| {
                    let filter = ClauseFilter {
                        strength: Some(strength),
                        ..ClauseFilter::default()
                    };
                    one(
                        format!("strength.{}", strength.key()),
                        strength_words(strength),
                        filter,
                    )
                })
                .collect(),
        ),
    ]
}

/// The policy's own head: an overdue review of the policy itself is the first thing to see.
fn particulars(app: &Shared, signed: &Signed) -> Vec<Particular> {
    let pack = &signed.who.room.pack;
    let told = &pack.landlord;
    let plain = |label: &str, value: String| Particular {
        label: label.into(),
        value,
        state: None,
    };
    let today = local(app.casework.now()).date();
    let owner = told.owner.as_deref().map_or_else(
        || "Not stated".to_owned(),
        |post| {
            pack.role(post)
                .map_or_else(|| post.to_owned(), |role| role.title.clone())
        },
    );
    let mut all = vec![
        plain("Version", told.version.clone()),
        plain("In force since", full_day(told.adopted_from)),
        Particular {
            label: "To be reviewed by".into(),
            value: told.review_due.map_or_else(|| "Not stated".to_owned(), full_day),
            state: told.review_due.map(|due| {
                let days = (due - today).get_days();
                match days {
                    ..=-1 => TimeTag::new(Tone::Late, format!("{} days overdue", -days)),
                    0 => TimeTag::new(Tone::Today, "Due today"),
                    1..=60 => TimeTag::new(Tone::Today, format!("{days} days left")),
                    _ => TimeTag::new(Tone::Plain, format!("{days} days left")),
                }
            }),
        },
        plain("Owner", owner),
    ];
    if let Some(by) = &told.approved_by {
        all.push(plain("Approved by", by.clone()));
    }
    all
}

/// "7.1" of "SETTLE-7.1": short enough for a column, and what people say.
pub(super) fn place_in_policy(id: &str) -> &str {
    id.split_once('-').map_or(id, |(_, place)| place)
}

/// How it is kept, in words.
fn kept_words(kept: Kept) -> &'static str {
    match kept {
        Kept::Enforced => "Enforced",
        Kept::Measured => "Measured",
        Kept::Recorded => "Recorded",
        Kept::Published => "Published",
        Kept::NotYet => "Not yet",
    }
}

/// How strongly it promises, in words.
pub(super) fn strength_words(strength: Strength) -> &'static str {
    match strength {
        Strength::Will => "Will",
        Strength::AimsTo => "Aims to",
        Strength::WherePracticable => "Where practicable",
        Strength::States => "States a fact",
    }
}

fn state_tag(state: ClauseState) -> TimeTag {
    let tone = match state {
        ClauseState::Missed | ClauseState::Overdue => Tone::Late,
        ClauseState::NeverChecked => Tone::Today,
        ClauseState::Kept => Tone::Kept,
        ClauseState::NothingToShow => Tone::Plain,
        ClauseState::NotBuilt => Tone::Nothing,
    };
    TimeTag::new(tone, state.label())
}

fn clause_row(signed: &Signed, assured: &Assured, row: &assurance::ClauseRow) -> ClauseRow {
    let proofs: Vec<Proof> = row
        .ways
        .iter()
        .map(|way| proof_of(signed, assured, way, row.kept))
        .collect();
    let first = proofs
        .iter()
        .find(|proof| !proof.figure.is_empty())
        .or(proofs.first());
    let (figure, figure_sub) = match first {
        _ if row.kept == Kept::NotYet => ("No proof".to_owned(), String::new()),
        Some(proof) if !proof.figure.is_empty() => (proof.figure.clone(), proof.figure_sub.clone()),
        Some(proof) => (proof.kept.clone(), String::new()),
        None => ("No proof".to_owned(), String::new()),
    };
    ClauseRow {
        reference: place_in_policy(&row.id).to_owned(),
        says: row.says.clone(),
        href: format!("/assurance/{}", row.id),
        kept: kept_words(row.kept).into(),
        strength: strength_words(row.strength).into(),
        figure,
        figure_sub,
        state: state_tag(row.state),
    }
}

async fn clause(State(app): State<Shared>, signed: Signed, Path(id): Path<String>) -> Response {
    answer(draw_clause(&app, &signed, &id).await)
}

async fn draw_clause(app: &Shared, signed: &Signed, id: &str) -> Result<ClausePage, Problem> {
    let assured = app.casework.assurance(&signed.who).await?;
    let row = assured
        .rows
        .iter()
        .find(|row| row.id == id)
        .ok_or(Problem::Unseen)?;
    let room = &signed.who.room;
    let asks = row.asks.map_or("", |asks| match asks {
        Asks::Enforce => "It asks to be enforced.",
        Asks::Measure => "It asks to be measured.",
        Asks::Record => "It asks for a record.",
        Asks::Publish => "It asks to be published.",
    });
    Ok(ClausePage {
        frame: frame(
            app,
            signed,
            &format!("Clause {}", place_in_policy(&row.id)),
            "/assurance",
        ),
        reference: format!("{} {}", room.id.0, place_in_policy(&row.id)),
        says: row.says.clone(),
        sub: format!(
            "{}, {}. {}. {}. {asks}",
            room.pack.landlord.policy,
            row.reference,
            strength_words(row.strength),
            kept_words(row.kept),
        )
        .trim()
        .to_owned(),
        state: state_tag(row.state),
        proofs: row
            .ways
            .iter()
            .map(|way| proof_of(signed, &assured, way, row.kept))
            .collect(),
        missing: match (&row.missing, row.kept) {
            (Some(missing), _) => missing.clone(),
            (None, Kept::NotYet) => "What would keep it is not built.".into(),
            (None, Kept::Enforced | Kept::Measured | Kept::Recorded | Kept::Published) => String::new(),
        },
        notes: row.note.iter().cloned().collect(),
        clocks: Vec::new(),
    })
}

/// One thing that keeps a clause, with its figure now and where it can be seen.
fn proof_of(signed: &Signed, assured: &Assured, way: &WayRow, kept: Kept) -> Proof {
    let (kind, id) = way.name.split_once(':').unwrap_or((way.name.as_str(), ""));
    let title = way
        .title
        .clone()
        .unwrap_or_else(|| format!("{}: not found in this release", way.name));
    let mut proof = Proof {
        title,
        says: way.name.clone(),
        ..Proof::default()
    };
    match kind {
        "obligation" => {
            proof.kept = "A promise with a clock".into();
            proof.link = Some(Link::new("Figure", format!("/assurance/promises/{id}")));
            if let Some(tally) = tally_of_promise(assured, id) {
                proof.figure = share(&tally.share);
                proof.figure_sub = beside(&tally);
            }
        }
        "measure" => {
            proof.kept = "A measure".into();
            proof.link = Some(Link::new("Measure", format!("/assurance/measures/{id}")));
            (proof.figure, proof.figure_sub) = figure_of_measure(assured, id);
        }
        "gate" => {
            proof.kept = "A gate that the program keeps shut".into();
            proof.figure = "Holds".into();
            proof.figure_sub = "as long as the program runs".into();
        }
        "register" => {
            let (register, entry) = id.split_once('/').unwrap_or((id, ""));
            proof.kept = "An entry of a register".into();
            proof.link = Some(Link::new("Register", format!("/registers/{register}#{entry}")));
            (proof.figure, proof.figure_sub) = match (way.last_checked, way.check_due) {
                (Some(checked), due) => (
                    full_day(checked),
                    due.map_or_else(
                        || "last checked; no next check is set".to_owned(),
                        |due| format!("last checked; next by {}", full_day(due)),
                    ),
                ),
                (None, Some(due)) => (
                    "Never checked".to_owned(),
                    format!("to be checked by {}", full_day(due)),
                ),
                (None, None) if ["role", "channel", "definition"].contains(&register) => {
                    ("In the pack".to_owned(), String::new())
                }
                (None, None) => ("Never checked".to_owned(), String::new()),
            };
        }
        "page" => {
            let path = way.path.unwrap_or_default();
            let path = if path == "/help" {
                format!("/help/{}", signed.who.room.id.0)
            } else {
                path.to_owned()
            };
            proof.kept = "A page".into();
            proof.figure = "1 page".into();
            proof.figure_sub = path.clone();
            proof.link = Some(Link::new("Page", path));
        }
        "proof" => {
            proof.kept = "The program itself".into();
            proof.figure = "Holds".into();
            proof.figure_sub = "as long as the program runs".into();
            proof.link = Some(Link::new("Proof", format!("/assurance/proofs#{id}")));
        }
        _ => proof.kept = kept_words(kept).into(),
    }
    proof
}

/// Whether a promise recorded late counts as kept wherever it is shown as a share: as its measure says.
fn tally_of_promise(assured: &Assured, rule: &str) -> Option<ShownTally> {
    let promise = assured.promises.iter().find(|promise| promise.rule == rule)?;
    Some(shown(&promise.tally, true, assured.exact || !promise.about_cases))
}

fn figure_of_measure(assured: &Assured, id: &str) -> (String, String) {
    let Some(view) = assured.measures.iter().find(|view| view.rule.id == id) else {
        return (String::new(), String::new());
    };
    super::measures::figure_words(view)
}

async fn proofs(State(app): State<Shared>, signed: Signed) -> Response {
    answer(draw_proofs(&app, &signed))
}

/// What the program does by itself, whatever the landlord's settings: each with the part of it that does so.
fn draw_proofs(app: &Shared, signed: &Signed) -> Result<TextPage, Problem> {
    if !signed.who.may(Action::SeeAssurance) {
        return Err(Problem::NotAllowed);
    }
    let pack = &signed.who.room.pack;
    let section = |proof: &assurance::proofs::Proof| {
        let name = format!("proof:{}", proof.name);
        Section {
            id: proof.name.into(),
            heading: proof.says.into(),
            paragraphs: vec![format!("{}. Done by {}.", kept_words(proof.kept), proof.place)],
            list: Vec::new(),
            links: pack
                .clauses
                .iter()
                .filter(|clause| clause.by.contains(&name))
                .map(|clause| {
                    Link::new(
                        format!("{} {}", signed.who.room.id.0, place_in_policy(&clause.id)),
                        format!("/assurance/{}", clause.id),
                    )
                })
                .collect(),
        }
    };
    Ok(TextPage {
        frame: frame(app, signed, "What the program does by itself", "/assurance"),
        title: "What the program does by itself".into(),
        lead: "Whatever the landlord’s settings. Each is held by tests that fail when it is taken out."
            .into(),
        sections: assurance::proofs::PROOFS.iter().map(section).collect(),
        verbatim: String::new(),
    })
}

/// The measure that counts the clocks of a rule, if the pack has one.
pub(super) fn measure_over<'a>(signed: &'a Signed, rule: &str) -> Option<&'a str> {
    signed
        .who
        .room
        .pack
        .measures
        .iter()
        .find(|measure| measure.counts == Counted::Obligation(rule.to_owned()))
        .map(|measure| measure.id.as_str())
}
