//! The operations that we hold ourselves to, each as somebody would do it.

use crate::house::{House, Visitor};
use crate::meter::{Cost, both, one};
use crate::story::{Dice, SURNAMES, surname};
use crate::table::{Row, Verdict};
use anyhow::{Result, bail};
use fanlight_casework::{Form, MeasureView, When};
use fanlight_core::fact::NoteWritten;
use fanlight_core::words::Words;

/// The measure that a year is counted by.
const MEASURE: &str = "first-contact";

const HALF: &str = "at most 0.5 ms";

/// What was asked of the command.
pub(crate) struct Asked {
    /// For how long each operation is measured, in seconds.
    pub(crate) seconds: f64,
    /// Only operations whose name has these words.
    pub(crate) only: Option<String>,
}

impl Asked {
    /// Whether an operation is to be measured.
    pub(crate) fn wants(&self, what: &str) -> bool {
        self.only.as_ref().is_none_or(|only| what.contains(only.as_str()))
    }
}

/// Measures everything that is measured within this process.
pub(crate) fn measure(house: &House, asked: &Asked, mut tell: impl FnMut(Row)) -> Result<()> {
    if asked.wants("open a case") {
        let (page, casework) = open_case(house, asked.seconds)?;
        tell(Row::cost(
            "open a case of 20 entries, page drawn",
            HALF,
            0.5,
            page.0,
            Some(page.1),
        ));
        tell(Row::part("  casework alone, without the page", casework, None));
    }
    if asked.wants("list of work") {
        let (page, casework) = work(house, asked.seconds)?;
        tell(Row::cost(
            "list of work, 50 rows, page drawn",
            HALF,
            0.5,
            page.0,
            Some(page.1),
        ));
        tell(Row::part("  casework alone, without the page", casework, None));
    }
    if asked.wants("search by surname") {
        let (page, casework) = search(house, asked.seconds)?;
        tell(Row::cost(
            "search by surname, newest 50: form and page",
            HALF,
            0.5,
            page.0,
            Some(page.1),
        ));
        tell(Row::part(
            "  casework alone, without draft and page",
            casework,
            None,
        ));
    }
    if asked.wants("durable note") {
        let (form, casework) = note(house, asked.seconds)?;
        tell(Row::cost(
            "durable note, from form to answer",
            HALF,
            0.5,
            form.0,
            Some(form.1),
        ));
        tell(Row::part("  casework alone", casework, None));
    }
    if asked.wants("yearly") {
        let (ours, bare) = yearly(house, asked.seconds)?;
        tell(Row::cost(
            "yearly first contact in one working day",
            "at most 1 ms",
            1.0,
            ours,
            Some(bare),
        ));
        if house.filled.cases <= 10_000 {
            tell(recomputed(house)?);
        }
    }
    Ok(())
}

type Both = ((Cost, Cost), Cost);

/// Opens a case as its worker does.
pub(crate) fn open_case(house: &House, seconds: f64) -> Result<Both> {
    let case = |run: usize| house.cases[run * 7 % house.cases.len()];
    let me = house.worker.who.account.0;
    let page = both(
        seconds,
        |run| {
            let path = format!("/case/{}", case(run));
            house
                .runtime
                .block_on(House::page(&house.router, &house.worker, &path))
                .map(|_| ())
        },
        |run| house.bare.open_case(me, case(run).0).map(|_| ()),
    )?;
    let casework = one(seconds / 2.0, |run| {
        house
            .runtime
            .block_on(house.casework.case_page(&house.worker.who, case(run)))?;
        Ok(())
    })?;
    Ok((page, casework))
}

/// Opens My work.
pub(crate) fn work(house: &House, seconds: f64) -> Result<Both> {
    let worker = &house.worker;
    let rows = house
        .runtime
        .block_on(house.casework.my_work(&worker.who, None))?
        .view()
        .rows
        .len();
    if rows < 50 && house.filled.cases >= 10_000 {
        bail!("the list of work has only {rows} rows");
    }
    let page = both(
        seconds,
        |_| {
            house
                .runtime
                .block_on(House::page(&house.router, worker, "/work"))
                .map(|_| ())
        },
        |_| house.bare.work(worker.who.account.0).map(|_| ()),
    )?;
    let casework = one(seconds / 2.0, |_| {
        house
            .runtime
            .block_on(house.casework.my_work(&worker.who, None))?;
        Ok(())
    })?;
    Ok((page, casework))
}

/// Searches by surname as the page does: the form is sent, the words wait in a sealed draft, the page is drawn.
pub(crate) fn search(house: &House, seconds: f64) -> Result<Both> {
    let worker = &house.worker;
    let name = |run: usize| surname(run * 3 % SURNAMES);
    let page = both(
        seconds,
        |run| {
            house.runtime.block_on(async {
                let command = house.casework.new_command().to_string();
                let fields = format!("find={}", name(run));
                let to = House::send(&house.router, worker, "/find", &command, &fields).await?;
                House::page(&house.router, worker, &to).await.map(|_| ())
            })
        },
        |run| house.bare.search(worker.who.account.0, &name(run)).map(|_| ()),
    )?;
    let casework = one(seconds / 2.0, |run| {
        let typed = Words::new(name(run));
        house
            .runtime
            .block_on(house.casework.search(&worker.who, &typed))?;
        Ok(())
    })?;
    Ok((page, casework))
}

/// Writes a note. Each case is given few of them, so that it stays a case of about twenty entries.
fn note(house: &House, seconds: f64) -> Result<Both> {
    let worker: &Visitor = &house.worker;
    let case = |run: usize| house.cases[run * 7 % house.cases.len()];
    let text = |run: usize| Dice::new(run as u64).words(300 + run % 300);
    let form = both(
        seconds,
        |run| {
            let command = house.casework.new_command().to_string();
            let fields = format!("words={}&day=today", text(run).reveal().replace(' ', "+"));
            let path = format!("/case/{}/note", case(run));
            let sent = House::send(&house.router, worker, &path, &command, &fields);
            let to = house.runtime.block_on(sent)?;
            if !to.contains("done=note") {
                bail!("the note was not kept: {to}");
            }
            Ok(())
        },
        |run| house.bare.note(case(run).0, text(run).reveal()),
    )?;
    let casework = one(seconds / 2.0, |run| {
        let form = Form {
            command: house.casework.new_command(),
            body: [7; 32],
            seen: None,
        };
        let note = NoteWritten { words: text(run) };
        let kept = house
            .casework
            .write_note(&worker.who, form, case(run), When::default(), note);
        house.runtime.block_on(kept)?;
        Ok(())
    })?;
    Ok((form, casework))
}

fn counted(house: &House) -> Result<MeasureView> {
    let who = &house.lead.who;
    let measures = house.runtime.block_on(house.casework.measures(who))?;
    match measures.into_iter().find(|view| view.rule.id == MEASURE) {
        Some(view) => Ok(view),
        None => bail!("the pack has no such measure"),
    }
}

/// Counts a year of first contacts, from the due and met times that are kept.
pub(crate) fn yearly(house: &House, seconds: f64) -> Result<(Cost, Cost)> {
    let view = counted(house)?;
    let (from, to) = (view.from.as_millisecond(), view.to.as_millisecond());
    let who = &house.lead.who;
    both(
        seconds,
        |_| {
            house.runtime.block_on(house.casework.figure(who, MEASURE))?;
            Ok(())
        },
        |_| house.bare.yearly(MEASURE, from, to).map(|_| ()),
    )
}

/// Makes everything again from the journals, and counts again.
fn recomputed(house: &House) -> Result<Row> {
    house.stop_clock();
    let before = counted(house)?;
    let cases = house
        .runtime
        .block_on(house.casework.rebuild(&house.worker.who.room))?;
    let after = counted(house)?;
    let words = |view: &MeasureView| format!("{} of {}", view.figure.numerator, view.figure.denominator);
    Ok(Row::said(
        "  the same recomputed from the journals",
        "equal",
        format!("{}, then {} from {cases} journals", words(&before), words(&after)),
        Verdict::of(before == after),
    ))
}
