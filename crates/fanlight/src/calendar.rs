//! `fanlight calendar`: due times and bank holidays, for somebody who wants to check us.

mod lines;

use anyhow::{Context, Result, anyhow, bail};
use clap::{Args, Subcommand, ValueEnum};
use fanlight_core::calendar::{
    CALENDAR_VERSION, ClockTime, DayHours, FIRST_YEAR, LAST_YEAR, Nation, OpeningHours, Rule,
    WorkingCalendar, WorkingWeek, holidays_in_year, local_text, moment_words, parse_date,
};
use jiff::Timestamp;
use jiff::civil::Date;
use std::io::{BufRead, Write};
use std::process::ExitCode;

/// The arguments of `fanlight calendar`.
#[derive(Args)]
#[command(arg_required_else_help = true)]
pub(crate) struct CalendarArgs {
    #[command(subcommand)]
    command: CalendarCommand,
}

#[derive(Subcommand)]
enum CalendarCommand {
    /// Say when something is due, and how that was worked out.
    #[command(after_long_help = DUE_EXAMPLES)]
    Due(Box<DueArgs>),
    /// List the bank holidays of a nation in a year.
    #[command(after_long_help = HOLIDAYS_EXAMPLES)]
    Holidays(HolidaysArgs),
}

const DUE_EXAMPLES: &str = r#"Examples:
  Within one working day of a report on Tuesday afternoon:
    fanlight calendar due --nation england-and-wales --from 2026-11-24T16:00:00Z \
        --rule working_days_end_of_day --n 1

  Four office hours, in an office that shuts at noon on a Friday it works short:
    fanlight calendar due --nation scotland --from 2026-11-27T10:00:00Z \
        --rule business_hours --n 4 --opening-hours 08:30-12:00

  The third fortnightly review, moved to the next working day:
    fanlight calendar due --nation scotland --from 2026-11-02T10:00:00Z \
        --rule every_weeks_kth --n 2 --k 3 --roll next

  As it was counted before a bank holiday was announced:
    fanlight calendar due --nation scotland --from 2026-06-12T10:00:00+01:00 \
        --rule working_days_end_of_day --n 1 --known-on 2026-02-24

Many at once: with --jsonl, one JSON object a line comes in and one answer a line goes out, in order.
    {"id": 1, "nation": "scotland", "from": "2026-06-12T10:00:00+01:00",
     "rule": {"type": "working_days_end_of_day", "n": 1}}             (on one line)
  gives
    {"id": 1, "due": "2026-06-16T22:59:59Z", "due_local": "2026-06-16T23:59:59+01:00", "explanation": [...]}
  and a line that cannot be answered gives {"id": ..., "error": "line 3: ..."}; the rest go on.
  Besides id, nation, from and rule a line may hold:
    "opening_hours"   ["09:00", "17:00"], or a map by weekday such as {"monday": ["09:00", "17:00"]};
                      working days that a map leaves out have no office hours
    "working_week"    ["monday", "tuesday", "wednesday", "thursday", "friday"]
    "extra_closures"  ["2026-12-29", "2026-12-30"]; they always apply
    "known_on"        "2026-02-24": only holidays announced by that day, itself included

Rules:
  n                  working_days_end_of_day, working_days_close_of_business,
                     working_days_same_clock_time, business_hours, elapsed_hours,
                     elapsed_minutes, same_clock_time_days
  n and roll         calendar_days_end_of_day, weeks_end_of_day, months_end_of_day
  n, k and roll      every_weeks_kth, every_months_kth
  nothing else       same_calendar_day, same_working_day
  roll is none (if left out), next or previous.

Exit status: 0 if every question was answered, 1 if some line was not, 2 if the command itself was wrong."#;

const HOLIDAYS_EXAMPLES: &str = "Examples:
  fanlight calendar holidays --nation scotland --year 2026
  fanlight calendar holidays --nation england-and-wales --year 2022 --known-on 2022-09-08
  fanlight calendar holidays --nation northern-ireland --year 2027 --format json";

#[derive(Args)]
struct DueArgs {
    /// Read one JSON question a line from the standard input, and answer each on a line of its own.
    #[arg(long, exclusive = true)]
    jsonl: bool,
    /// The rule, as packs write it, for example working_days_end_of_day.
    #[arg(long, required_unless_present = "jsonl", value_parser = Rule::NAMES)]
    rule: Option<String>,
    /// How many days, hours, weeks or months.
    #[arg(long)]
    n: Option<u32>,
    /// Which time of a rhythm: 1 is the first.
    #[arg(long)]
    k: Option<u32>,
    /// Where a date goes that is not a working day: none, next or previous.
    #[arg(long)]
    roll: Option<String>,
    /// The moment it counts from, with its offset: 2026-11-24T16:00:00Z.
    #[arg(long, required_unless_present = "jsonl", value_parser = lines::moment)]
    from: Option<Timestamp>,
    /// Whose bank holidays count: england-and-wales, scotland or northern-ireland.
    #[arg(long, required_unless_present = "jsonl", value_parser = |text: &str| text.parse::<Nation>())]
    nation: Option<Nation>,
    /// Office hours, every day the same: 09:00-17:00.
    #[arg(long, value_name = "OPENS-CLOSES", value_parser = hours)]
    opening_hours: Option<OpeningHours>,
    /// The days worked, with commas: mon,tue,wed.
    #[arg(long, value_name = "DAYS", value_parser = |text: &str| WorkingWeek::of(text.split(',').map(str::trim)))]
    working_week: Option<WorkingWeek>,
    /// A closed day of the landlord's own; may be given several times.
    #[arg(long = "closure", value_name = "DATE", value_parser = parse_date)]
    closures: Vec<Date>,
    /// Count only holidays announced by this day, itself included.
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    known_on: Option<Date>,
    /// How to print the answer.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Args)]
struct HolidaysArgs {
    /// Whose: england-and-wales, scotland or northern-ireland.
    #[arg(long, value_parser = |text: &str| text.parse::<Nation>())]
    nation: Nation,
    /// The year.
    #[arg(long)]
    year: i16,
    /// Only what was announced by this day, itself included.
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    known_on: Option<Date>,
    /// How to print the list.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

/// Runs `fanlight calendar`.
pub(crate) fn run(args: CalendarArgs, input: &mut dyn BufRead, output: &mut dyn Write) -> Result<ExitCode> {
    match args.command {
        CalendarCommand::Due(args) if args.jsonl => {
            let all_answered = lines::answer_all(input, output)?;
            Ok(if all_answered {
                ExitCode::SUCCESS
            } else {
                ExitCode::FAILURE
            })
        }
        CalendarCommand::Due(args) => due(*args, output),
        CalendarCommand::Holidays(args) => holidays(&args, output),
    }
}

fn hours(text: &str) -> Result<OpeningHours> {
    let (opens, closes) = text
        .split_once('-')
        .context("write opening and closing with a hyphen between them, for example 09:00-17:00")?;
    let (opens, closes): (ClockTime, ClockTime) = (opens.trim().parse()?, closes.trim().parse()?);
    Ok(OpeningHours::every_day(DayHours::new(opens, closes)?))
}

/// The rule that the flags spell, read by the same words as a line of JSON or a pack.
fn rule_of(args: &DueArgs) -> Result<Rule> {
    let mut words = serde_json::Map::new();
    words.insert("type".to_owned(), args.rule.clone().into());
    for (name, count) in [("n", args.n), ("k", args.k)] {
        if let Some(count) = count {
            words.insert(name.to_owned(), count.into());
        }
    }
    if let Some(roll) = &args.roll {
        words.insert("roll".to_owned(), roll.clone().into());
    }
    serde_json::from_value(words.into()).map_err(|fault| anyhow!("rule: {fault}"))
}

fn due(args: DueArgs, output: &mut dyn Write) -> Result<ExitCode> {
    let rule = rule_of(&args)?;
    let calendar = WorkingCalendar {
        opening_hours: args.opening_hours.unwrap_or_default(),
        working_week: args.working_week.unwrap_or_default(),
        extra_closures: args.closures.into_iter().collect(),
        known_on: args.known_on,
        ..WorkingCalendar::new(args.nation.context("--nation is missing")?)
    };
    let due = calendar.due(&rule, args.from.context("--from is missing")?)?;
    match args.format {
        Format::Json => {
            let answer = serde_json::json!({
                "due": due.at.to_string(),
                "due_local": local_text(due.at),
                "explanation": due.explanation,
            });
            writeln!(output, "{answer:#}")?;
        }
        Format::Text => {
            writeln!(output, "Due        {} in London", moment_words(due.at))?;
            writeln!(output, "In UTC     {}", due.at)?;
            writeln!(output)?;
            writeln!(output, "How this was worked out")?;
            for (step, number) in due.explanation.iter().zip(1..) {
                writeln!(output, "{number:3}. {step}")?;
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn holidays(args: &HolidaysArgs, output: &mut dyn Write) -> Result<ExitCode> {
    if !(FIRST_YEAR..=LAST_YEAR).contains(&args.year) {
        bail!(
            "year is {}: the calendar reaches from {FIRST_YEAR} to {LAST_YEAR}",
            args.year
        );
    }
    let listed = holidays_in_year(args.nation, args.year, args.known_on);
    match args.format {
        Format::Json => {
            let rows: Vec<_> = listed
                .iter()
                .map(|holiday| {
                    serde_json::json!({
                        "date": holiday.date.to_string(),
                        "name": holiday.name,
                        "announced": holiday.announced.map(|day| day.to_string()),
                        "computed": holiday.computed,
                    })
                })
                .collect();
            writeln!(output, "{:#}", serde_json::Value::from(rows))?;
        }
        Format::Text => {
            let known = args
                .known_on
                .map(|day| format!(", as known on {day}"))
                .unwrap_or_default();
            writeln!(
                output,
                "Bank holidays of {} in {}{known} (calendar {CALENDAR_VERSION})",
                args.nation.name(),
                args.year
            )?;
            writeln!(output)?;
            for holiday in &listed {
                let announced = holiday
                    .announced
                    .map(|day| format!(", announced {day}"))
                    .unwrap_or_default();
                let day = holiday.date.strftime("%a %Y-%m-%d");
                writeln!(output, "{day}  {}{announced}", holiday.name)?;
            }
            if listed.iter().any(|holiday| holiday.computed) {
                writeln!(output)?;
                writeln!(output, "Computed by the ordinary rules, not announced.")?;
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        calendar: CalendarArgs,
    }

    fn say(words: &str) -> Result<String> {
        let line = Line::try_parse_from(std::iter::once("calendar").chain(words.split_whitespace()))?;
        let mut output = Vec::new();
        run(line.calendar, &mut std::io::empty(), &mut output)?;
        Ok(String::from_utf8(output)?)
    }

    #[test]
    fn a_due_time_is_told_with_its_steps() {
        let told = say(
            "due --rule working_days_end_of_day --n 1 --from 2026-11-24T16:00:00Z --nation england-and-wales",
        )
        .unwrap();
        assert!(
            told.starts_with("Due        Wednesday 25 November 2026 at 23:59:59 in London\n"),
            "{told}"
        );
        assert!(
            told.contains("  1. Counted from Tuesday 24 November 2026 at 16:00.\n"),
            "{told}"
        );
        assert!(told.contains("Day 1 is Wednesday 25 November 2026."), "{told}");
    }

    #[test]
    fn every_flag_is_heard() {
        let told = say("due --rule business_hours --n 4 --from 2026-11-24T10:00:00Z --nation scotland --format json \
            --opening-hours 10:00-12:00 --working-week tue,fri,sat --closure 2026-11-27 --known-on 2026-01-01")
        .unwrap();
        let answer: serde_json::Value = serde_json::from_str(&told).unwrap();
        assert_eq!(answer["due"], "2026-11-28T12:00:00Z");
        let told = say(
            "due --rule every_weeks_kth --n 2 --k 3 --roll next --from 2026-11-14T10:00:00Z \
            --nation scotland --format json",
        )
        .unwrap();
        assert!(told.contains("2026-12-29T23:59:59+00:00"), "{told}");
    }

    #[test]
    fn wrong_flags_are_refused_with_a_remedy() {
        let base = "due --nation scotland --from 2026-11-24T10:00:00Z";
        for (words, said) in [
            (
                format!("{base} --rule fortnight"),
                "possible values: working_days_end_of_day",
            ),
            (format!("{base} --rule elapsed_hours"), "missing field `n`"),
            (
                format!("{base} --rule elapsed_hours --n 0"),
                "n is 0: give a whole number",
            ),
            (
                format!("{base} --rule elapsed_hours --n 1 --k 2"),
                "unknown field `k`",
            ),
            (
                format!("{base} --rule same_working_day --opening-hours 17:00-09:00"),
                "closing must be later",
            ),
            (
                format!("{base} --rule same_working_day --closure 29/12/2026"),
                "is not a date",
            ),
            (
                "due --rule same_working_day --nation wales".to_owned(),
                "write england-and-wales, scotland",
            ),
            ("due --jsonl --n 1".to_owned(), "cannot be used with"),
            (
                "holidays --nation scotland --year 2300".to_owned(),
                "reaches from 1980 to 2199",
            ),
        ] {
            let fault = format!("{:#}", say(&words).unwrap_err());
            assert!(fault.contains(said), "{words}: {fault}");
        }
    }

    #[test]
    fn holidays_are_listed_with_the_day_each_was_announced() {
        let told = say("holidays --nation scotland --year 2026").unwrap();
        assert!(
            told.contains("Mon 2026-06-15  World Cup, announced 2026-02-25\n"),
            "{told}"
        );
        let before = say("holidays --nation scotland --year 2026 --known-on 2026-02-24").unwrap();
        assert!(!before.contains("World Cup"), "{before}");
        let json = say("holidays --nation england-and-wales --year 2026 --format json").unwrap();
        let rows: Vec<serde_json::Value> = serde_json::from_str(&json).unwrap();
        assert_eq!(rows.len(), 8);
        assert_eq!(rows[0]["date"], "2026-01-01");
        let later = say("holidays --nation scotland --year 2031").unwrap();
        assert!(later.contains("not announced"), "{later}");
    }

    #[test]
    fn the_help_teaches_by_example() {
        let fault = say("due --help").unwrap_err().to_string();
        for word in Rule::NAMES
            .into_iter()
            .chain(["--jsonl", "known_on", "Exit status"])
        {
            assert!(fault.contains(word), "{word}");
        }
    }
}
