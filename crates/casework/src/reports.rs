//! Reports: taken from anybody by any channel, saved from one sentence, answered with a receipt.

use crate::Casework;
use crate::act::{NewFact, Rests};
use crate::derive::door_of;
use crate::form::{Done, Form, When};
use crate::open::Opened;
use crate::problem::Problem;
use crate::room::Room;
use crate::who::Who;
use fanlight_core::access::{Action, shut_out_accounts};
use fanlight_core::calendar::london_date;
use fanlight_core::case::{
    Case, Deciding, Stage, answer_danger, answer_staff_connection, end_report, join_case, open_case,
    receive_report, shut_out, tell_person, write_note,
};
use fanlight_core::fact::{
    Actor, CaseJoined, CaseOpened, Channel, DangerAnswered, NoteWritten, Part, PersonTold, ReportEnded,
    ReportReceived, ReporterKind, ShutOut, StaffConnectionAnswered, YesNo,
};
use fanlight_core::ids::{AccountId, CaseId, CaseReference, CommandId, PersonId};
use fanlight_core::refusal::Refusal;
use fanlight_core::words::Words;
use jiff::{SignedDuration, Timestamp};

/// A report as it was told.
#[derive(Clone, Debug)]
pub struct NewReport {
    /// By which channel.
    pub channel: Channel,
    /// Who told us.
    pub from: ReporterKind,
    /// What we were told.
    pub words: Words,
    /// Who the reporter is, if they said.
    pub reporter: Option<Words>,
    /// Whether the survivor knows.
    pub survivor_knows: YesNo,
    /// Whether anybody is in danger.
    pub danger: DangerAnswered,
    /// Whether anybody involved works for us, if it was asked.
    pub connection: Option<StaffConnectionAnswered>,
    /// When it reached us.
    pub received: When,
}

/// What whoever took a report is given: never the case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// By which the next question on the same report is asked.
    pub report: CaseId,
    /// To read aloud.
    pub reference: String,
}

/// For how long whoever took a report may add who in it works here.
const RECEIPT_HOLDS: SignedDuration = SignedDuration::from_hours(2);

impl Casework {
    /// Takes a report from a colleague. The clocks run from when it reached us, whenever it is typed in.
    pub async fn take_report(&self, who: &Who, form: Form, report: NewReport) -> Result<Receipt, Problem> {
        self.receive(&who.room, who.actor(), form, report).await
    }

    /// Takes a report from somebody without an account.
    pub async fn take_public_report(
        &self,
        room: &Room,
        form: Form,
        report: NewReport,
    ) -> Result<Receipt, Problem> {
        self.receive(room, Actor::Public, form, report).await
    }

    async fn receive(
        &self,
        room: &Room,
        by: Actor,
        form: Form,
        report: NewReport,
    ) -> Result<Receipt, Problem> {
        if let Some(done) = self.answer_of(room, by, form).await? {
            return Ok(Receipt {
                report: done.case,
                reference: done.reference,
            });
        }
        let now = self.now();
        let received = report.received.times(now).aware;
        let reference = CaseReference::from_random(self.random());
        let id = CaseId(self.random());
        let nothing = Opened {
            entries: Vec::new(),
            case: Case::default(),
        };
        let when = report.received;
        let told = ReportReceived {
            reference,
            channel: report.channel,
            from: report.from,
            words: report.words,
            reporter: report.reporter,
            survivor_knows: report.survivor_knows,
            out_of_hours: !is_in_hours(room, received),
        };
        let decide = |acting: &crate::act::Acting<'_>| {
            let mut facts = NewFact::all(receive_report(&acting.on, told.clone())?, when);
            // The rest of a report is decided on a report that is there.
            let mut case = Case::default();
            case.report = Case::fold(&entries_of(&facts, acting.on.by, now)).report;
            let on = Deciding {
                case: &case,
                ..acting.on
            };
            facts.extend(NewFact::all(answer_danger(&on, report.danger.clone())?, when));
            if let Some(connection) = &report.connection {
                facts.extend(NewFact::all(
                    answer_staff_connection(&on, connection.clone())?,
                    When::default(),
                ));
            }
            Ok(facts)
        };
        let done = self
            .add(room, by, form, id, nothing, Rests::OnNothing, &decide, now)
            .await?;
        Ok(Receipt {
            report: done.case,
            reference: done.reference,
        })
    }

    /// Says who in a report works here, by whoever took the report, while the receipt holds. They are shut out at
    /// once, before anybody is given the case, and with them the line above.
    pub async fn name_connected(
        &self,
        who: &Who,
        form: Form,
        report: CaseId,
        accounts: &[AccountId],
        reason: Words,
    ) -> Result<Done, Problem> {
        let now = self.now();
        let decide = |acting: &crate::act::Acting<'_>| {
            let mut facts = Vec::new();
            let mut so_far = acting.on.case.clone();
            for account in accounts {
                let shut = ShutOut {
                    account: *account,
                    suspected: true,
                    line_too: line_can_be_shut_out(acting.room, &so_far, *account),
                    reason: reason.clone(),
                };
                // Each stands on those before it, or together they could leave the person with nobody.
                let on = Deciding {
                    case: &so_far,
                    ..acting.on
                };
                match shut_out(&on, shut, &acting.room.house) {
                    Ok(more) => {
                        let more = NewFact::all(more, When::default());
                        so_far
                            .shut_out
                            .extend(Case::fold(&entries_of(&more, acting.on.by, now)).shut_out);
                        facts.extend(more);
                    }
                    Err(Refusal::AlreadyShutOut) => {}
                    Err(refusal) => return Err(refusal),
                }
            }
            Ok(facts)
        };
        for _ in 0..crate::act::TRIES {
            let opened = match self.open(&who.room, report).await {
                Ok(opened) if self.holds_receipt(who, &opened, now) => opened,
                Ok(_) | Err(Problem::Unseen) => return Err(self.refused(who, &[report], now).await),
                Err(other) => return Err(other),
            };
            let added = self.add(
                &who.room,
                who.actor(),
                form,
                report,
                opened,
                Rests::OnNothing,
                &decide,
                now,
            );
            match added.await {
                // Somebody else wrote first, and a name that was given must not be lost.
                Err(Problem::MovedOn) => {}
                result => return result,
            }
        }
        Err(Problem::MovedOn)
    }

    /// Whether the receipt of this report still lets the person add to it: whoever took it, for a while, as long as
    /// they have not been shut out themselves.
    fn holds_receipt(&self, who: &Who, opened: &Opened, now: Timestamp) -> bool {
        let took_it = opened.case.report.as_ref().is_some_and(|told| {
            told.by == who.actor() && now.duration_since(told.times.recorded) <= RECEIPT_HOLDS
        });
        took_it
            && opened.case.stage == Stage::Report
            && !who.room.shut_out(&opened.case).contains(&who.account)
    }

    /// Opens a case from a report: one survivor, of whom nothing need be known.
    pub async fn open_case(
        &self,
        who: &Who,
        form: Form,
        report: CaseId,
        survivor: PersonTold,
        team: String,
    ) -> Result<Done, Problem> {
        self.act(
            who,
            form,
            report,
            Action::TriageReport,
            Rests::OnWhatWasSeen,
            |acting| {
                let mut facts = Vec::new();
                let known = acting.on.case.person(survivor.person).is_some();
                let mut with_her = acting.on.case.clone();
                if !known {
                    facts = NewFact::all(tell_person(&acting.on, survivor.clone())?, When::default());
                    with_her.people = Case::fold(&entries_of(&facts, acting.on.by, acting.on.at)).people;
                }
                let on = Deciding {
                    case: &with_her,
                    ..acting.on
                };
                let opened = CaseOpened {
                    survivor: survivor.person,
                    team: team.clone(),
                };
                facts.extend(NewFact::all(open_case(&on, opened)?, When::default()));
                Ok(facts)
            },
        )
        .await
    }

    /// Ends a report that becomes no case, with a reason.
    pub async fn end_report(
        &self,
        who: &Who,
        form: Form,
        report: CaseId,
        end: ReportEnded,
    ) -> Result<Done, Problem> {
        self.act(
            who,
            form,
            report,
            Action::TriageReport,
            Rests::OnWhatWasSeen,
            |acting| {
                Ok(NewFact::all(
                    end_report(&acting.on, end.clone())?,
                    When::default(),
                ))
            },
        )
        .await
    }

    /// Says that a report belongs to a case that is there already. Whoever says so must be admitted to both, and the
    /// case must be open: the clocks of a report end when it is joined, so what it tells must be somebody's to act on.
    ///
    /// The case is told first: that the report was joined, who is shut out of it, and any danger it tells of, from when
    /// that reached us. Nobody who may not see the report comes to see it through the case.
    pub async fn join_case(
        &self,
        who: &Who,
        form: Form,
        report: CaseId,
        joined: CaseJoined,
    ) -> Result<Done, Problem> {
        let other = match self.open(&who.room, joined.case).await {
            Ok(other) if crate::look::admission(who, &other).is_some() => other,
            Ok(_) | Err(Problem::Unseen) => return Err(self.refused(who, &[joined.case], self.now()).await),
            Err(other) => return Err(other),
        };
        if let Some(told) = self.joinable(who, form, report, &joined).await? {
            if other.case.stage != Stage::Open {
                return Err(Refusal::NotOpen.into());
            }
            self.tell_joined(who, form, &told, &joined).await?;
        }
        self.act(
            who,
            form,
            report,
            Action::TriageReport,
            Rests::OnWhatWasSeen,
            |acting| {
                Ok(NewFact::all(
                    join_case(&acting.on, report, joined.clone())?,
                    When::default(),
                ))
            },
        )
        .await
    }

    /// The report, if this press can join it: what cannot be done is refused before the case is told of anything.
    async fn joinable(
        &self,
        who: &Who,
        form: Form,
        report: CaseId,
        joined: &CaseJoined,
    ) -> Result<Option<Case>, Problem> {
        let opened = match self.open(&who.room, report).await {
            Ok(opened) => opened,
            Err(Problem::Unseen) => return Ok(None),
            Err(other) => return Err(other),
        };
        let may = who.may(Action::TriageReport) && crate::look::admission(who, &opened).is_some();
        let as_seen = form.seen.map(|seen| seen.0 + 1) == Some(opened.next());
        let on = Deciding {
            case: &opened.case,
            terms: &who.room.terms,
            house: &who.room.house,
            by: who.actor(),
            at: self.now(),
        };
        let can = may && as_seen && join_case(&on, report, joined.clone()).is_ok();
        Ok(can.then_some(opened.case))
    }

    /// Tells a case of a report that belongs to it, under a command of its own that the press gives.
    async fn tell_joined(
        &self,
        who: &Who,
        form: Form,
        report: &Case,
        joined: &CaseJoined,
    ) -> Result<Done, Problem> {
        let mut command = form.command.0;
        command[15] ^= 0x5a;
        let beside = Form {
            command: CommandId(command),
            ..form
        };
        self.act(
            who,
            beside,
            joined.case,
            Action::TriageReport,
            Rests::OnNothing,
            |acting| {
                let mut facts = Vec::new();
                let mut so_far = acting.on.case.clone();
                for told in &report.shut_out {
                    let on = Deciding {
                        case: &so_far,
                        ..acting.on
                    };
                    match shut_out(&on, told.fact.clone(), &acting.room.house) {
                        Ok(more) => {
                            so_far.shut_out.push(told.clone());
                            facts.extend(NewFact::all(more, When::default()));
                        }
                        Err(Refusal::AlreadyShutOut) => {}
                        Err(refusal) => return Err(refusal),
                    }
                }
                let known = acting.on.case.staff_connection.as_ref();
                if let Some(told) = &report.staff_connection
                    && told.fact.answer == YesNo::Yes
                    && known.is_none_or(|known| known.fact.answer != YesNo::Yes)
                {
                    let answer = answer_staff_connection(&acting.on, told.fact.clone())?;
                    facts.extend(NewFact::all(answer, When::default()));
                }
                let note = write_note(&acting.on, joined_note(report, joined))?;
                facts.extend(NewFact::all(note, When::default()));
                if report.perhaps_in_danger_now()
                    && let Some(told) = &report.danger
                {
                    // What was done for the report says nothing to those who work on the case: they are told at once.
                    let answer = DangerAnswered {
                        done: None,
                        ..told.fact.clone()
                    };
                    let when = When {
                        happened: Some(told.times.happened),
                        aware: Some(told.times.aware),
                    };
                    facts.extend(NewFact::all(answer_danger(&acting.on, answer)?, when));
                }
                Ok(facts)
            },
        )
        .await
    }

    /// A fresh identifier for a person of a case.
    pub fn new_person(&self, part: Part) -> PersonTold {
        PersonTold::unknown(PersonId(self.random()), part)
    }
}

/// The note by which a case knows of a report that belongs to it.
fn joined_note(report: &Case, joined: &CaseJoined) -> NoteWritten {
    let mut words = "A report was joined to this case".to_owned();
    if let Some(told) = &report.report {
        let received = london_date(told.times.aware).strftime("%-d %B %Y");
        words.push_str(&format!(
            ". Its reference is {}; it reached us on {received}, {}.",
            told.fact.reference,
            told.fact.channel.label().to_lowercase(),
        ));
        // What only named people may open is not copied to where more can read it.
        if report.restriction.is_none() {
            words.push_str(&format!(" What was told: {}", told.fact.words.reveal()));
        }
    }
    words.push_str(&format!("\nWhy it belongs here: {}", joined.reason.reveal()));
    NoteWritten {
        words: Words::new(words),
    }
}

/// Facts as entries, so that a decision can stand on what the same press adds before it.
fn entries_of(facts: &[NewFact], by: Actor, now: Timestamp) -> Vec<fanlight_core::fact::Entry> {
    facts
        .iter()
        .enumerate()
        .map(|(at, new)| fanlight_core::fact::Entry {
            position: fanlight_core::ids::Position(at as u64),
            recorded: Some(fanlight_core::fact::Recorded {
                by,
                times: new.when.times(now),
                corrects: new.corrects,
                fact: new.fact.clone(),
            }),
        })
        .collect()
}

/// Whether it would leave the person somebody to work and somebody to decide, if the line above were shut out too.
/// Where it would not, the account alone is shut out, and the rest is for a person to decide.
fn line_can_be_shut_out(room: &Room, case: &Case, account: AccountId) -> bool {
    let mut door = door_of(case, room);
    door.shut_out.push((account, true));
    let out = shut_out_accounts(&door, &room.landlord);
    let left = |of: &[AccountId]| of.iter().any(|account| !out.contains(account));
    left(&room.house.workers) && left(&room.house.deciders)
}

fn is_in_hours(room: &Room, at: Timestamp) -> bool {
    let date = london_date(at);
    room.pack
        .calendar(date)
        .opening(date)
        .is_some_and(|(opens, closes)| opens <= at && at < closes)
}
