//! A story told to a real house: each line done as it stands, with what came of it.

use super::sentence::{Does, SENTENCES, read};
use crate::house::House;
use fanlight_casework::*;
use fanlight_core::fact::*;
use fanlight_core::ids::{CaseId, PersonId, Position, RouteId};
use fanlight_core::obligation::{Obligation, State};
use fanlight_core::words::Words;
use jiff::civil::Date;
use jiff::fmt::strtime;
use jiff::{Timestamp, tz::TimeZone};
use std::fmt::Write as _;
use std::sync::Arc;

/// A line that cannot be told, and why.
#[derive(Debug)]
pub(super) struct Untold {
    pub(super) says: String,
}

struct Teller {
    house: Arc<House>,
    /// Whoever acted last writes down what somebody says.
    hand: String,
    case: Option<CaseId>,
    reference: Option<String>,
    person: PersonId,
    route: RouteId,
    tried: Position,
}

/// Tells a story, and gives its transcript.
pub(super) async fn tell(file: &str, story: &str) -> Result<String, Untold> {
    let mut transcript = String::new();
    let mut teller: Option<Teller> = None;
    for (number, line) in story.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            let _ = writeln!(transcript, "{line}");
            continue;
        }
        let untold = |why: String| Untold {
            says: format!("{file}, line {}: {why}\n  {line}", number + 1),
        };
        let Some((does, filled)) = read(line) else {
            let known: Vec<&str> = SENTENCES.iter().map(|(sentence, _)| *sentence).collect();
            let known = known.join("\n  ");
            return Err(untold(format!(
                "this is no known sentence. Known are:\n  {known}\nIt says"
            )));
        };
        let _ = writeln!(transcript, "{line}");
        if does == Does::Landlord {
            teller = Some(Teller::of(&filled[0]).await);
            continue;
        }
        let Some(teller) = teller.as_mut() else {
            return Err(untold(
                "a story begins with its landlord: \"landlord settle\"".into(),
            ));
        };
        let said = teller.line(does, &filled).await.map_err(untold)?;
        for line in said.lines() {
            let _ = writeln!(transcript, "    {line}");
        }
    }
    Ok(transcript)
}

impl Teller {
    async fn of(landlord: &str) -> Teller {
        let house = Arc::new(House::of(landlord).await);
        let (person, route) = (house.casework.new_command().0, house.casework.new_command().0);
        Teller {
            house,
            hand: "joan".into(),
            case: None,
            reference: None,
            person: PersonId(person),
            route: RouteId(route),
            tried: Position(0),
        }
    }

    async fn line(&mut self, does: Does, filled: &[String]) -> Result<String, String> {
        let word = |at: usize| filled.get(at).cloned().unwrap_or_default();
        let words = |at: usize| Words::new(word(at));
        let now = When::default();
        let house = self.house.clone();
        let cw = &house.casework;
        match does {
            Does::Landlord => Ok(String::new()),
            Does::At => {
                self.house.set_to(instant(&word(0))?);
                Ok(String::new())
            }
            Does::Report | Does::ReportReceived | Does::ReportOfColleague => {
                self.hand = person(&word(0))?;
                let who = self.house.who(&self.hand).await;
                let last = words(filled.len() - 1);
                let received = match does {
                    Does::ReportReceived => When::at(instant(&word(3))?),
                    _ => When::default(),
                };
                let connected = match does {
                    Does::ReportOfColleague => YesNo::Yes,
                    _ => YesNo::No,
                };
                let report = NewReport {
                    channel: code(Channel::ALL, &word(1), |code| code.label())?,
                    from: code(ReporterKind::ALL, &word(2), |code| code.label())?,
                    connection: Some(StaffConnectionAnswered {
                        answer: connected,
                        who: None,
                    }),
                    received,
                    words: last,
                    ..self.house.new_report("")
                };
                let receipt = cw.take_report(&who, self.house.form(), report).await;
                match receipt {
                    Ok(receipt) => {
                        self.case = Some(receipt.report);
                        self.reference = Some(receipt.reference);
                        Ok("A receipt, with the reference REF.".into())
                    }
                    Err(problem) => Ok(problem_says(&problem)),
                }
            }
            Does::Connected => {
                let who = self.house.who(&person(&word(0))?).await;
                let other = [self.house.account(&person(&word(1))?)];
                let done = cw
                    .name_connected(&who, self.house.form(), self.case()?, &other, words(2))
                    .await;
                Ok(says(done))
            }
            Does::Open => {
                let (who, form) = self.deciding(&word(0)).await?;
                let survivor = PersonTold {
                    name: Some(words(1)),
                    ..PersonTold::unknown(self.person, Part::Survivor)
                };
                let team = who.room.first_team().to_owned();
                Ok(says(cw.open_case(&who, form, self.case()?, survivor, team).await))
            }
            Does::Telephone => {
                let who = self.acting(&word(0)).await?;
                let told = RouteTold {
                    route: self.route,
                    person: self.person,
                    kind: RouteKind::Telephone,
                    value: words(2),
                    shared_with: None,
                };
                Ok(says(
                    cw.tell_route(&who, self.house.form(), self.case()?, now, told)
                        .await,
                ))
            }
            Does::SafeAlways | Does::SafeOn | Does::NotSafe => {
                let hours = match does {
                    Does::SafeOn => vec![SafeHours {
                        days: vec![weekday(&word(1))?],
                        from: clock(&word(2))?,
                        until: clock(&word(3))?,
                    }],
                    _ => Vec::new(),
                };
                let agreed = SafeContactAgreed {
                    route: self.route,
                    way: Way::Call,
                    verdict: if does == Does::NotSafe {
                        Verdict::Unsafe
                    } else {
                        Verdict::Safe
                    },
                    hours,
                    said_by: SaidBy::Person,
                    professional: None,
                    recheck_on: None,
                };
                let who = self.house.who(&self.hand).await;
                let form = self.house.form();
                Ok(says(
                    cw.agree_safe_contact(&who, form, self.case()?, now, agreed).await,
                ))
            }
            Does::Try => {
                let who = self.acting(&word(0)).await?;
                let tried = ContactTried {
                    with: With::Survivor,
                    person: Some(self.person),
                    route: Some(self.route),
                    way: Way::Call,
                    end: code(TryEnd::ALL, &word(1), |code| code.label())?,
                    words: None,
                    gate: not_asked(),
                };
                Ok(says(
                    cw.record_try(&who, self.house.form(), self.case()?, now, tried)
                        .await,
                ))
            }
            Does::Speak | Does::SpokeBefore | Does::Calls => {
                let (name, when) = match does {
                    Does::Calls => (word(1), now),
                    Does::SpokeBefore => (word(0), When::at(instant(&word(2))?)),
                    _ => (word(0), now),
                };
                let who = self.acting(&name).await?;
                let spoke = ContactMade {
                    words: words(filled.len() - 1),
                    direction: if does == Does::Calls {
                        Direction::In
                    } else {
                        Direction::Out
                    },
                    ..self.house.spoke(self.person, self.route)
                };
                Ok(says(
                    cw.record_contact(&who, self.house.form(), self.case()?, when, spoke)
                        .await,
                ))
            }
            Does::AskGate => {
                let who = self.acting(&word(0)).await?;
                let asked = cw.ask_gate(&who, self.case()?, self.route, Way::Call).await;
                Ok(match asked.map(Looked::into_view) {
                    Ok((_, choice)) => choice.says,
                    Err(problem) => problem_says(&problem),
                })
            }
            Does::NoSafeWay => {
                let who = self.acting(&word(0)).await?;
                let none = NoSafeRouteFound {
                    words: words(2),
                    review_on: date(&word(1))?,
                };
                Ok(says(
                    cw.say_no_safe_route(&who, self.house.form(), self.case()?, now, none)
                        .await,
                ))
            }
            Does::NoSafeWayExplains => {
                let (who, form) = self.deciding(&word(0)).await?;
                let excused = ObligationExcused {
                    rule: word(1).replace(' ', "-"),
                    item: None,
                    ground: ExcuseGround::NoSafeRoute,
                    reason: words(2),
                    new_date: None,
                };
                Ok(says(cw.excuse(&who, form, self.case()?, now, excused).await))
            }
            Does::Rhythm => {
                let (who, form) = self.deciding(&word(0)).await?;
                let agreed = RhythmAgreed {
                    every_days: word(2).parse().map_err(|_| "how many days?".to_owned())?,
                    how: words(4),
                    until: None,
                    review_on: date(&word(3))?,
                };
                Ok(says(cw.agree_rhythm(&who, form, self.case()?, now, agreed).await))
            }
            Does::Lead => {
                let (who, form) = self.deciding(&word(0)).await?;
                let worker = WorkerNamed {
                    account: Some(self.house.account(&person(&word(1))?)),
                    part: WorkerPart::Lead,
                    wish: WishMet::NoWish,
                    reason: None,
                };
                Ok(says(cw.name_worker(&who, form, self.case()?, worker).await))
            }
            Does::ShutOut | Does::IsShutOut => {
                let (by, other, why) = match does {
                    Does::IsShutOut => ("The manager".into(), word(0), Words::new("Connected")),
                    _ => (word(0), word(1), words(2)),
                };
                let (who, form) = self.deciding(&by).await?;
                let shut = ShutOut {
                    account: self.house.account(&person(&other)?),
                    suspected: true,
                    line_too: false,
                    reason: why,
                };
                Ok(says(cw.shut_out(&who, form, self.case()?, shut).await))
            }
            Does::Search => {
                let who = self.house.who(&person(&word(0))?).await;
                let typed = match (word(1).as_str(), &self.reference) {
                    ("REF", Some(reference)) => Words::new(reference),
                    _ => words(1),
                };
                let found = cw.search(&who, &typed).await.map(Looked::into_view);
                Ok(match found {
                    Ok(rows) if rows.is_empty() => "Nothing was found.".into(),
                    Ok(rows) => format!("Found: {}.", vec!["REF"; rows.len()].join(", ")),
                    Err(problem) => problem_says(&problem),
                })
            }
            Does::LookAt => {
                let who = self.house.who(&person(&word(0))?).await;
                let page = cw.case_page(&who, self.case()?).await.map(Looked::into_view);
                Ok(match page {
                    Ok(page) => format!("The page of REF: {}.", page.view.header.stage),
                    Err(problem) => problem_says(&problem),
                })
            }
            Does::LifeAtRisk => {
                let who = self.acting(&word(0)).await?;
                let tried = LifeAtRiskTried {
                    person: self.person,
                    route: self.route,
                    way: Way::Call,
                    reason: words(2),
                    script: Words::new("About the water"),
                    agreed_by: Some(self.house.account(&person(&word(1))?)),
                    told: None,
                };
                let done = cw
                    .try_life_at_risk(&who, self.house.form(), self.case()?, tried)
                    .await;
                if let Ok(done) = &done {
                    self.tried = done.position;
                }
                Ok(says(done))
            }
            Does::LooksAtTry => {
                let who = self.acting(&word(0)).await?;
                let review = LifeAtRiskReviewed {
                    of: self.tried,
                    words: words(1),
                };
                Ok(says(
                    cw.review_life_at_risk(&who, self.house.form(), self.case()?, now, review)
                        .await,
                ))
            }
            Does::Note => {
                let who = self.acting(&word(0)).await?;
                let note = NoteWritten { words: words(1) };
                Ok(says(
                    cw.write_note(&who, self.house.form(), self.case()?, now, note)
                        .await,
                ))
            }
            Does::Plan => {
                let who = self.acting(&word(0)).await?;
                let plan = ActionPlanAgreed {
                    with: AgreedWith::Survivor,
                    words: words(2),
                    review_on: None,
                };
                Ok(says(
                    cw.agree_plan(&who, self.house.form(), self.case()?, now, plan)
                        .await,
                ))
            }
            Does::Close => {
                let (who, form) = self.deciding(&word(0)).await?;
                let closed = CaseClosed {
                    outcome: who
                        .room
                        .terms
                        .outcomes
                        .first()
                        .cloned()
                        .unwrap_or("closed".into()),
                    words: words(2),
                    survivors_word: SurvivorsWord::Said {
                        words: Words::new("It can close"),
                        satisfied: true,
                    },
                    approved_by: Some(self.house.account(&person(&word(1))?)),
                };
                Ok(says(cw.close(&who, form, self.case()?, closed).await))
            }
            Does::Return => {
                let who = self.house.who(&self.hand).await;
                let returned = CaseReturned { words: words(1) };
                Ok(says(
                    cw.return_to(&who, self.house.form(), self.case()?, now, returned)
                        .await,
                ))
            }
            Does::Work => {
                let who = self.house.who(&person(&word(0))?).await;
                let work = cw.my_work(&who, None).await.map(Looked::into_view);
                Ok(match work {
                    Ok(work) if work.rows.is_empty() => "Nothing to do.".into(),
                    Ok(work) => {
                        // What is due at one moment comes in no order of its own.
                        let mut rows = work.rows;
                        rows.sort_by_key(|row| (row.due.is_none(), row.due, row.title.clone()));
                        rows.iter().map(work_line).collect::<Vec<_>>().join("\n")
                    }
                    Err(problem) => problem_says(&problem),
                })
            }
            Does::Promises => {
                let lead = self.house.who("lead").await;
                let page = cw.case_page(&lead, self.case()?).await.map(Looked::into_view);
                Ok(match page {
                    Ok(page) => page
                        .promises
                        .iter()
                        .map(promise_line)
                        .collect::<Vec<_>>()
                        .join("\n"),
                    Err(problem) => problem_says(&problem),
                })
            }
            Does::Counts => {
                let lead = self.house.who("lead").await;
                let kept = cw
                    .promises_kept(&lead)
                    .await
                    .map_err(|problem| problem.to_string())?;
                let lines = kept.iter().map(|promise| {
                    let tally = promise.tally;
                    format!(
                        "{}: kept {}, kept and recorded late {}, missed {}, missed for want of a safe way {}, open {}",
                        promise.rule,
                        tally.kept,
                        tally.kept_recorded_late,
                        tally.missed,
                        tally.missed_no_safe_route,
                        tally.not_due_yet + tally.open_without_due,
                    )
                });
                Ok(lines.collect::<Vec<_>>().join("\n"))
            }
            Does::Looks => {
                let lead = self.house.who("lead").await;
                let page = cw
                    .looks_page(&lead, self.case()?, None)
                    .await
                    .map(Looked::into_view);
                Ok(match page {
                    Ok(page) => {
                        let row = |row: &LookRow| {
                            let who = row.who.and_then(|account| lead.room.member(account));
                            let who = who
                                .map_or("The program".to_owned(), |member| member.name.reveal().to_owned());
                            format!(
                                "{who}: {}{}",
                                row.saw.label(),
                                if row.refused { ", refused" } else { "" }
                            )
                        };
                        let mut rows: Vec<String> = page.rows.iter().map(row).collect();
                        rows.dedup();
                        rows.join("\n")
                    }
                    Err(problem) => problem_says(&problem),
                })
            }
            Does::Timeline => {
                let lead = self.house.who("lead").await;
                let page = cw.case_page(&lead, self.case()?).await.map(Looked::into_view);
                Ok(match page {
                    Ok(page) => {
                        let row = |row: &fanlight_core::view::TimelineRow| {
                            let late = if row.recorded_late { ", recorded late" } else { "" };
                            let against = if row.against_gate {
                                ", against what the gate said"
                            } else {
                                ""
                            };
                            format!("{} {}{late}{against}", shown(row.times.happened), row.title)
                        };
                        page.view.timeline.iter().map(row).collect::<Vec<_>>().join("\n")
                    }
                    Err(problem) => problem_says(&problem),
                })
            }
        }
    }

    fn case(&self) -> Result<CaseId, String> {
        self.case.ok_or_else(|| "there is no report yet".to_owned())
    }

    async fn acting(&mut self, name: &str) -> Result<Who, String> {
        self.hand = person(name)?;
        Ok(self.house.who(&self.hand).await)
    }

    /// Somebody who decides on the case as it stands: they have it open, if they may.
    async fn deciding(&mut self, name: &str) -> Result<(Who, Form), String> {
        let who = self.acting(name).await?;
        let page = self.house.casework.case_page(&who, self.case()?).await;
        let seen = page.ok().and_then(|page| page.view().view.seen);
        let form = match seen {
            Some(seen) => self.house.form_seen(seen),
            None => self.house.form(),
        };
        Ok((who, form))
    }
}

fn person(name: &str) -> Result<String, String> {
    match name {
        "Joan" => Ok("joan".into()),
        "Ruth" => Ok("ruth".into()),
        "The manager" | "the manager" => Ok("manager".into()),
        "The lead" | "the lead" => Ok("lead".into()),
        "A colleague" | "a colleague" => Ok("colleague".into()),
        "The administrator" | "the administrator" => Ok("admin".into()),
        _ => Err(format!(
            "{name} does not work here: known are Joan, Ruth, the manager, the lead, a colleague, the administrator"
        )),
    }
}

fn code<T: Copy>(all: &[T], said: &str, label: impl Fn(T) -> &'static str) -> Result<T, String> {
    let plain = |text: &str| text.to_lowercase();
    all.iter()
        .copied()
        .find(|code| plain(label(*code)) == plain(said))
        .ok_or_else(|| {
            let known: Vec<&str> = all.iter().map(|code| label(*code)).collect();
            format!("\"{said}\" is not known here: {}", known.join("; "))
        })
}

fn london() -> TimeZone {
    TimeZone::get("Europe/London").unwrap()
}

fn instant(text: &str) -> Result<Timestamp, String> {
    let wrong = || format!("\"{text}\" is no day and time, such as Monday 16 November 2026 16:40");
    let (said, rest) = text.split_once(' ').ok_or_else(wrong)?;
    let time = strtime::parse("%d %B %Y %H:%M", rest)
        .and_then(|parsed| parsed.to_datetime())
        .map_err(|_| wrong())?;
    let day = format!("{:?}", time.date().weekday());
    if said != day {
        return Err(format!("that day is a {day}"));
    }
    london()
        .to_ambiguous_timestamp(time)
        .compatible()
        .map_err(|fault| fault.to_string())
}

fn date(text: &str) -> Result<Date, String> {
    instant(&format!("{text} 00:00")).map(|at| london().to_datetime(at).date())
}

fn clock(text: &str) -> Result<jiff::civil::Time, String> {
    text.parse()
        .map_err(|_| format!("\"{text}\" is no time, such as 09:30"))
}

fn weekday(text: &str) -> Result<jiff::civil::Weekday, String> {
    use jiff::civil::Weekday::*;
    [Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday]
        .into_iter()
        .find(|day| format!("{day:?}") == text)
        .ok_or_else(|| format!("\"{text}\" is no day of the week"))
}

fn shown(at: Timestamp) -> String {
    strtime::format("%a %d %b %H:%M", london().to_datetime(at)).unwrap_or_default()
}

fn not_asked() -> GateSaid {
    GateSaid {
        answer: "not_asked".into(),
        against: false,
    }
}

fn says(done: Result<Done, Problem>) -> String {
    match done {
        Ok(_) => "Recorded.".into(),
        Err(problem) => problem_says(&problem),
    }
}

fn problem_says(problem: &Problem) -> String {
    match problem {
        Problem::Refused(refusal) => format!("Not done. {}", refusal.says()),
        Problem::Unfit(says) => format!("Not done. {says}"),
        Problem::Unseen => "There is no such case.".into(),
        other => format!("Not done: {other}."),
    }
}

fn work_line(row: &WorkRow) -> String {
    let due = match (row.due, &row.not_stated) {
        (Some(due), _) => format!("due {}", shown(due)),
        (None, Some(word)) => format!("not stated: \"{word}\""),
        (None, None) => "no due time".into(),
    };
    let missed = if row.missed { ", missed" } else { "" };
    let clause = row.clause.as_deref().unwrap_or("no clause");
    format!("{} ({clause}): {due}{missed}. {}", row.title, row.way_says)
}

fn promise_line(promise: &Obligation) -> String {
    let due = match (&promise.due.local, &promise.due.not_stated) {
        (Some(due), _) => format!("due {due}"),
        (None, Some(word)) => format!("not stated: \"{word}\""),
        (None, None) => "no due time".into(),
    };
    let state = match &promise.state {
        State::Open => "open".to_owned(),
        State::Met {
            recorded_late: None, ..
        } => "kept".into(),
        State::Met {
            recorded_late: Some(seconds),
            ..
        } => format!("kept, recorded late by {} hours", seconds / 3600),
        State::Missed {
            kept_late,
            no_safe_route,
            ..
        } => {
            let late = if kept_late.is_some() { ", kept late" } else { "" };
            let why = if no_safe_route.is_some() {
                ", there was no safe way"
            } else {
                ""
            };
            format!("missed{late}{why}")
        }
        State::Excused { ground, .. } => format!("excused: {ground}"),
        State::Paused { .. } => "paused".into(),
        State::Lapsed { why, .. } => format!("ended: {why:?}"),
    };
    let clause = promise.clauses.first().map_or("no clause", String::as_str);
    format!("{} ({clause}): {due}; {state}", promise.title)
}
