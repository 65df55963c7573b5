//! One invented case, told step by step through the same functions that the pages use.

use super::house::House;
use super::order::Turn;
use anyhow::{Context, Result};
use fanlight_casework::{Done, Form, NewReport, When, Who};
use fanlight_core::fact::*;
use fanlight_core::ids::{CaseId, PersonId, Position, RouteId};
use fanlight_core::words::Words;
use jiff::Timestamp;
use jiff::civil::{Date, Time, Weekday};
use std::sync::Arc;

/// Somebody's words.
pub(super) fn words(text: &str) -> Words {
    Words::new(text)
}

/// The same where they may be missing.
pub(super) fn some(text: &str) -> Option<Words> {
    Some(Words::new(text))
}

/// A report as it is told in a story.
pub(super) struct Told {
    pub(super) channel: Channel,
    pub(super) from: ReporterKind,
    pub(super) words: &'static str,
    pub(super) danger: Danger,
    /// Whether anybody involved works for the landlord.
    pub(super) works_here: YesNo,
    /// When it reached the landlord, if it was typed in later.
    pub(super) received: Option<Timestamp>,
    /// Who told us, if they said.
    pub(super) reporter: Option<&'static str>,
}

impl Told {
    /// By telephone, by the person, with no danger known.
    pub(super) fn by_telephone(words: &'static str) -> Self {
        Told {
            channel: Channel::Telephone,
            from: ReporterKind::Survivor,
            words,
            danger: Danger::No,
            works_here: YesNo::No,
            received: None,
            reporter: None,
        }
    }

    /// By somebody else, in another way.
    pub(super) fn by(channel: Channel, from: ReporterKind, words: &'static str) -> Self {
        Told {
            channel,
            from,
            ..Told::by_telephone(words)
        }
    }

    pub(super) fn danger(self, danger: Danger) -> Self {
        Told { danger, ..self }
    }

    pub(super) fn report(&self) -> NewReport {
        NewReport {
            channel: self.channel,
            from: self.from,
            words: words(self.words),
            reporter: self.reporter.map(words),
            survivor_knows: if self.from == ReporterKind::Survivor {
                YesNo::Yes
            } else {
                YesNo::NotKnown
            },
            danger: DangerAnswered {
                danger: self.danger,
                advice_given: self.danger != Danger::No,
                done: None,
            },
            connection: Some(StaffConnectionAnswered {
                answer: self.works_here,
                who: None,
            }),
            received: self.received.map(When::at).unwrap_or_default(),
        }
    }
}

/// A case in the making.
pub(super) struct Story {
    pub(super) house: Arc<House>,
    turn: Turn,
    /// Who acts, until said otherwise.
    by: &'static str,
    pub(super) case: CaseId,
    seen: Position,
    pub(super) survivor: PersonId,
    when: When,
}

impl Story {
    /// A report reaches the landlord, and `by` takes it.
    pub(super) async fn begin(
        house: &Arc<House>,
        turn: &Turn,
        at: Timestamp,
        by: &'static str,
        told: Told,
    ) -> Result<Story> {
        turn.at(at).await?;
        let who = house.who(by)?;
        let receipt = house
            .casework
            .take_report(who, house.form(None), told.report())
            .await?;
        Ok(Self::of(house, turn, by, receipt.report))
    }

    /// A report reaches the landlord through the page that anybody can use.
    pub(super) async fn begin_in_public(
        house: &Arc<House>,
        turn: &Turn,
        at: Timestamp,
        told: Told,
    ) -> Result<Story> {
        turn.at(at).await?;
        let room = house
            .casework
            .room(&house.landlord)
            .await?
            .context("the landlord is there")?;
        let mut report = told.report();
        report.connection = None;
        let receipt = house
            .casework
            .take_public_report(&room, house.form(None), report)
            .await?;
        Ok(Self::of(house, turn, "lead", receipt.report))
    }

    fn of(house: &Arc<House>, turn: &Turn, by: &'static str, case: CaseId) -> Story {
        Story {
            house: house.clone(),
            turn: turn.clone(),
            by,
            case,
            seen: Position(0),
            survivor: house.casework.new_person(Part::Survivor).person,
            when: When::default(),
        }
    }

    /// From now on somebody else acts.
    pub(super) fn by(&mut self, by: &'static str) -> &mut Self {
        self.by = by;
        self
    }

    /// Time goes on.
    pub(super) async fn at(&self, moment: Timestamp) -> Result<()> {
        self.turn.at(moment).await
    }

    /// The next step happened earlier than it is written down.
    pub(super) fn happened(&mut self, moment: Timestamp) -> &mut Self {
        self.when = When::at(moment);
        self
    }

    fn who(&self) -> Result<&Who> {
        self.house.who(self.by)
    }

    fn form(&self) -> Form {
        self.house.form(Some(self.seen))
    }

    fn when(&mut self) -> When {
        std::mem::take(&mut self.when)
    }

    fn done(&mut self, done: Done) -> Position {
        self.seen = done.position;
        done.position
    }

    /// Whoever acts opens the case, and sees how far it is.
    pub(super) async fn look(&mut self) -> Result<()> {
        let page = self.house.casework.case_page(self.who()?, self.case).await?;
        self.seen = page.view().view.seen.context("a case has entries")?;
        Ok(())
    }

    /// Opens the case, with what is known of the survivor.
    pub(super) async fn open(&mut self, know: impl FnOnce(&mut PersonTold)) -> Result<()> {
        self.look().await?;
        let mut told = PersonTold::unknown(self.survivor, Part::Survivor);
        know(&mut told);
        let team = self.house.team.clone();
        let done = self
            .house
            .casework
            .open_case(self.who()?, self.form(), self.case, told, team)
            .await?;
        self.done(done);
        Ok(())
    }

    /// A manager gives the case to a lead worker.
    pub(super) async fn given_to(&mut self, worker: &'static str, wish: WishMet) -> Result<()> {
        let by = std::mem::replace(&mut self.by, "manager");
        self.name_worker(worker, WorkerPart::Lead, wish).await?;
        self.by = by;
        Ok(())
    }

    /// Names a worker.
    pub(super) async fn name_worker(
        &mut self,
        worker: &'static str,
        part: WorkerPart,
        wish: WishMet,
    ) -> Result<()> {
        let named = WorkerNamed {
            account: Some(self.house.account(worker)?),
            part,
            wish,
            reason: None,
        };
        let done = self
            .house
            .casework
            .name_worker(self.who()?, self.form(), self.case, named)
            .await?;
        self.done(done);
        Ok(())
    }

    /// We are told about somebody in the case.
    pub(super) async fn person(
        &mut self,
        part: Part,
        know: impl FnOnce(&mut PersonTold),
    ) -> Result<PersonId> {
        let mut told = self.house.casework.new_person(part);
        know(&mut told);
        let person = told.person;
        self.tell_person(told).await?;
        Ok(person)
    }

    /// We are told of a way to reach somebody.
    pub(super) async fn route(
        &mut self,
        person: PersonId,
        kind: RouteKind,
        value: &str,
        shared_with: Option<&str>,
    ) -> Result<RouteId> {
        let route = RouteId(self.house.casework.new_command().0);
        self.tell_route(RouteTold {
            route,
            person,
            kind,
            value: words(value),
            shared_with: shared_with.map(words),
        })
        .await?;
        Ok(route)
    }

    /// The danger question is answered again: not now, as far as is known.
    pub(super) async fn no_longer_in_danger(&mut self) -> Result<()> {
        self.answer_danger(DangerAnswered {
            danger: Danger::No,
            advice_given: true,
            done: None,
        })
        .await
        .map(|_| ())
    }

    /// The survivor's telephone.
    pub(super) async fn phone(&mut self, number: &str) -> Result<RouteId> {
        self.route(self.survivor, RouteKind::Telephone, number, None)
            .await
    }

    /// The person said that a way is safe.
    pub(super) async fn safe(
        &mut self,
        route: RouteId,
        way: Way,
        hours: Vec<SafeHours>,
        recheck_on: Option<Date>,
    ) -> Result<()> {
        self.agree_safe_contact(SafeContactAgreed {
            route,
            way,
            verdict: Verdict::Safe,
            hours,
            said_by: SaidBy::Person,
            professional: None,
            recheck_on,
        })
        .await
        .map(|_| ())
    }

    /// The person said that a way is not safe.
    pub(super) async fn never(&mut self, route: RouteId, way: Way) -> Result<()> {
        self.agree_safe_contact(SafeContactAgreed {
            route,
            way,
            verdict: Verdict::Unsafe,
            hours: Vec::new(),
            said_by: SaidBy::Person,
            professional: None,
            recheck_on: None,
        })
        .await
        .map(|_| ())
    }

    /// We spoke with the survivor.
    pub(super) async fn spoke(&mut self, route: RouteId, said: &str) -> Result<Position> {
        self.contact(Some(route), Way::Call, Direction::Out, said).await
    }

    /// The survivor called us.
    pub(super) async fn called_us(&mut self, said: &str) -> Result<Position> {
        self.contact(None, Way::Call, Direction::In, said).await
    }

    /// A contact with the survivor.
    pub(super) async fn contact(
        &mut self,
        route: Option<RouteId>,
        way: Way,
        direction: Direction,
        said: &str,
    ) -> Result<Position> {
        let made = ContactMade {
            with: With::Survivor,
            person: Some(self.survivor),
            route,
            way,
            direction,
            sure_it_was: YesNo::Yes,
            still_safe: YesNo::Yes,
            present: None,
            words: words(said),
            gate: not_asked(),
        };
        self.record_contact(made).await
    }

    /// A contact with somebody else.
    pub(super) async fn contact_with(&mut self, with: With, way: Way, said: &str) -> Result<()> {
        let made = ContactMade {
            with,
            person: None,
            route: None,
            way,
            direction: Direction::Out,
            sure_it_was: YesNo::Yes,
            still_safe: YesNo::NotKnown,
            present: None,
            words: words(said),
            gate: not_asked(),
        };
        self.record_contact(made).await.map(|_| ())
    }

    async fn record_contact(&mut self, made: ContactMade) -> Result<Position> {
        let (form, when) = (self.house.form(None), self.when());
        let done = self
            .house
            .casework
            .record_contact(self.who()?, form, self.case, when, made)
            .await?;
        Ok(self.done(done))
    }

    /// We tried, and did not reach the survivor.
    pub(super) async fn tried(&mut self, route: RouteId, way: Way, end: TryEnd, said: &str) -> Result<()> {
        let tried = ContactTried {
            with: With::Survivor,
            person: Some(self.survivor),
            route: Some(route),
            way,
            end,
            words: some(said),
            gate: not_asked(),
        };
        let (form, when) = (self.house.form(None), self.when());
        let done = self
            .house
            .casework
            .record_try(self.who()?, form, self.case, when, tried)
            .await?;
        self.done(done);
        Ok(())
    }

    pub(super) async fn note(&mut self, said: &str) -> Result<Position> {
        self.write_note(NoteWritten { words: words(said) }).await
    }

    pub(super) async fn wants(&mut self, said: &str) -> Result<Position> {
        self.tell_wishes(WishesTold { words: words(said) }).await
    }

    pub(super) async fn says_of_danger(&mut self, said: &str) -> Result<Position> {
        self.tell_own_view(OwnViewOfDangerTold::Told { words: words(said) })
            .await
    }

    /// Our own DASH.
    pub(super) async fn dash(&mut self, level: &str, yes: u8, unknown: u8, why: &str) -> Result<Position> {
        self.assess_risk(RiskAssessed {
            instrument: "dash".into(),
            by: AssessedBy::Us,
            agency: None,
            evidence: Evidence::Own,
            yes: Some(yes),
            unknown: Some(unknown),
            level: level.into(),
            reason: some(why),
            seen_by: None,
            answered: None,
        })
        .await
    }

    /// A DASH of another agency.
    pub(super) async fn dash_of(
        &mut self,
        agency: &str,
        level: &str,
        evidence: Evidence,
    ) -> Result<Position> {
        self.assess_risk(RiskAssessed {
            instrument: "dash".into(),
            by: AssessedBy::OtherAgency,
            agency: some(agency),
            evidence,
            yes: None,
            unknown: None,
            level: level.into(),
            reason: None,
            seen_by: None,
            answered: None,
        })
        .await
    }

    /// A plan agreed with the survivor.
    pub(super) async fn plan(&mut self, says: &str, review_on: Date) -> Result<Position> {
        self.agree_plan(ActionPlanAgreed {
            with: AgreedWith::Survivor,
            words: words(says),
            review_on: Some(review_on),
        })
        .await
    }

    pub(super) async fn safety_plan(&mut self, taken: Taken) -> Result<Position> {
        self.offer_safety_plan(SafetyPlanOffered { taken, words: None })
            .await
    }

    /// Puts another fact in the place of one that was wrong.
    pub(super) async fn correct(&mut self, position: Position, fact: Fact) -> Result<()> {
        let form = self.form();
        let done = self
            .house
            .casework
            .correct(self.who()?, form, self.case, position, fact, When::default())
            .await?;
        self.done(done);
        Ok(())
    }

    /// Shuts somebody out. They see no trace of the case.
    pub(super) async fn shut_out(&mut self, name: &'static str, line_too: bool, why: &str) -> Result<()> {
        let shut = ShutOut {
            account: self.house.account(name)?,
            suspected: false,
            line_too,
            reason: words(why),
        };
        let form = self.form();
        let done = self
            .house
            .casework
            .shut_out(self.who()?, form, self.case, shut)
            .await?;
        self.done(done);
        Ok(())
    }

    /// Opens the case to these people alone.
    pub(super) async fn restrict(&mut self, to: &[&'static str], why: &str) -> Result<()> {
        let to = to
            .iter()
            .map(|name| self.house.account(name))
            .collect::<Result<Vec<_>>>()?;
        let restricted = Restricted {
            to,
            reason: words(why),
        };
        let form = self.form();
        let done = self
            .house
            .casework
            .restrict(self.who()?, form, self.case, restricted)
            .await?;
        self.done(done);
        Ok(())
    }

    /// Decides to try an unknown route because life is at risk.
    pub(super) async fn try_life_at_risk(&mut self, tried: LifeAtRiskTried) -> Result<Position> {
        let form = self.house.form(None);
        let done = self
            .house
            .casework
            .try_life_at_risk(self.who()?, form, self.case, tried)
            .await?;
        Ok(self.done(done))
    }

    /// Ends the report without a case.
    pub(super) async fn end_report(&mut self, end: ReportEnd, why: &str) -> Result<()> {
        self.look().await?;
        let end = ReportEnded {
            end,
            reason: words(why),
        };
        let form = self.form();
        let done = self
            .house
            .casework
            .end_report(self.who()?, form, self.case, end)
            .await?;
        self.done(done);
        Ok(())
    }

    /// Finds that the report belongs to another case.
    pub(super) async fn join(&mut self, case: CaseId, why: &str) -> Result<()> {
        self.look().await?;
        let joined = CaseJoined {
            case,
            reason: words(why),
        };
        let form = self.form();
        let done = self
            .house
            .casework
            .join_case(self.who()?, form, self.case, joined)
            .await?;
        self.done(done);
        Ok(())
    }

    /// Closes the case with the survivor's word, or why it could not be had.
    pub(super) async fn close(&mut self, outcome: &str, done_for: &str, word: SurvivorsWord) -> Result<()> {
        let closed = CaseClosed {
            outcome: outcome.into(),
            words: words(done_for),
            survivors_word: word,
            approved_by: Some(self.house.account("manager")?),
        };
        let form = self.form();
        let done = self
            .house
            .casework
            .close(self.who()?, form, self.case, closed)
            .await?;
        self.done(done);
        Ok(())
    }
}

/// A step of one fact, as casework has it, by whoever acts, on what was seen last.
macro_rules! steps {
    ($($(#[$doc:meta])* $name:ident($kind:ty);)+) => {
        impl Story {
            $(
                $(#[$doc])*
                pub(super) async fn $name(&mut self, told: $kind) -> Result<Position> {
                    let (form, when) = (self.form(), self.when());
                    let done = self
                        .house
                        .casework
                        .$name(self.who()?, form, self.case, when, told)
                        .await
                        .context(stringify!($name))?;
                    Ok(self.done(done))
                }
            )+
        }
    };
}

steps! {
    answer_danger(DangerAnswered);
    tell_person(PersonTold);
    tell_home(HomeTold);
    tell_route(RouteTold);
    agree_safe_contact(SafeContactAgreed);
    tell_contact_wishes(ContactWishesTold);
    say_no_safe_route(NoSafeRouteFound);
    agree_rhythm(RhythmAgreed);
    write_note(NoteWritten);
    tell_wishes(WishesTold);
    tell_own_view(OwnViewOfDangerTold);
    assess_risk(RiskAssessed);
    offer_safety_plan(SafetyPlanOffered);
    agree_plan(ActionPlanAgreed);
    excuse(ObligationExcused);
    return_to(CaseReturned);
}

/// The gate fills this in when a contact is recorded.
fn not_asked() -> GateSaid {
    GateSaid {
        answer: "not_asked".into(),
        against: false,
    }
}

/// Safe hours: on these days, from and until.
pub(super) fn hours(days: &[Weekday], from: &str, until: &str) -> Vec<SafeHours> {
    let time = |text: &str| text.parse::<Time>().expect("the stories write times as HH:MM");
    vec![SafeHours {
        days: days.to_vec(),
        from: time(from),
        until: time(until),
    }]
}

/// Monday to Friday.
pub(super) const WEEKDAYS: &[Weekday] = &[
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
];
