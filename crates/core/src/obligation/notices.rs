//! Whom to warn before a promise falls due, and whom to tell after.

use super::clock::Clock;
use super::day::{opening_of, same_clock_time};
use super::state::{Notice, NoticeKind, State};
use crate::calendar::london_date;
use crate::pack::{NoticeAt, NoticeRule, Span, SpanUnit};
use jiff::{SignedDuration, Timestamp, ToSpan};

/// The notices of one time of a clock, in order. Once it is done or ended, only those that came before remain.
pub(super) fn notices(
    clock: &Clock<'_>,
    base: Timestamp,
    due: Option<Timestamp>,
    state: &State,
    now: Timestamp,
) -> Vec<Notice> {
    let Some(due) = due else { return Vec::new() };
    let until = over_at(clock, state);
    let all = |rules: &[NoticeRule], kind: NoticeKind| -> Vec<Notice> {
        let one = |rule: &NoticeRule| {
            let at = moment(clock, base, due, rule.at, kind);
            Notice {
                at,
                kind,
                roles: rule.tell.clone(),
                passed: at <= now,
            }
        };
        rules.iter().map(one).collect()
    };
    let mut notices = all(&clock.rule.warn, NoticeKind::Warn);
    notices.extend(all(&clock.rule.escalate, NoticeKind::Escalate));
    notices.retain(|notice| until.is_none_or(|until| notice.at < until));
    notices.sort();
    notices
}

/// When there was nothing left to warn of; nothing while there still is.
fn over_at(clock: &Clock<'_>, state: &State) -> Option<Timestamp> {
    let recorded = |position| {
        clock
            .world
            .facts
            .iter()
            .find(|fact| fact.position == position)
            .map(|fact| fact.times.recorded)
    };
    match state {
        State::Open | State::Paused { .. } => None,
        State::Met { by, .. } | State::Excused { by, .. } | State::Lapsed { by, .. } => recorded(*by),
        State::Missed {
            kept_late, ended_by, ..
        } => {
            let over = kept_late.as_ref().map(|late| late.by).or(*ended_by);
            over.and_then(recorded)
        }
    }
}

fn moment(clock: &Clock<'_>, base: Timestamp, due: Timestamp, at: NoticeAt, kind: NoticeKind) -> Timestamp {
    match at {
        NoticeAt::Share(100) => super::day::second_after(due),
        NoticeAt::Share(share) => {
            let whole = i128::from(due.as_second()) - i128::from(base.as_second());
            let second = i128::from(base.as_second()) + whole * i128::from(share) / 100;
            i64::try_from(second)
                .ok()
                .and_then(|second| Timestamp::from_second(second).ok())
                .unwrap_or(Timestamp::MAX)
        }
        NoticeAt::Offset(span) => match kind {
            NoticeKind::Warn => shifted(clock, due, span, -1).max(base),
            NoticeKind::Escalate => shifted(clock, due, span, 1),
        },
    }
}

/// So long before or after the due time. Working days end at the opening of the office, when somebody is there.
fn shifted(clock: &Clock<'_>, due: Timestamp, span: Span, sign: i64) -> Timestamp {
    let n = i64::from(span.n) * sign;
    let elapsed = |seconds: i64| {
        due.saturating_add(SignedDuration::from_secs(seconds))
            .unwrap_or(due)
    };
    match span.unit {
        SpanUnit::Minutes => elapsed(n * 60),
        SpanUnit::Hours => elapsed(n * 3600),
        SpanUnit::Days => same_clock_time(due, n),
        SpanUnit::Weeks => same_clock_time(due, n * 7),
        SpanUnit::Months => {
            let date = london_date(due);
            let days = (date.saturating_add(n.months()) - date).get_days();
            same_clock_time(due, i64::from(days))
        }
        SpanUnit::WorkingDays => {
            let date = clock.world.nth_working_day(london_date(due), n);
            opening_of(&clock.calendar, date)
        }
    }
}
