//! What leaves: only what the gate has cleared, at the moment of sending.
//!
//! A queue holds [`Outbound`] messages, which cannot be sent. A sender takes a [`Cleared`] one, which only [`clear`]
//! makes, which carries the number the case has *now*, and which goes stale within a minute.

use super::{Answer, Ask, Elsewhere, Sender, may_we};
use crate::case::{Case, Terms};
use crate::fact::{RouteKind, Way};
use crate::ids::RouteId;
use crate::words::Words;
use jiff::{SignedDuration, Timestamp};

/// For how long a cleared message may be held before it must be cleared again.
const HELD_AT_MOST: SignedDuration = SignedDuration::from_secs(60);

/// A message that waits. It names a route, and holds no number.
#[derive(Clone, Debug, PartialEq)]
pub struct Outbound<M> {
    /// By which route.
    pub route: RouteId,
    /// In which way.
    pub way: Way,
    /// Who sends.
    pub sender: Sender,
    /// What is sent.
    pub message: M,
}

/// A message that may leave now.
#[derive(Debug)]
pub struct Cleared<M> {
    to: Words,
    kind: RouteKind,
    way: Way,
    from: Timestamp,
    until: Timestamp,
    message: M,
}

/// A cleared message was held too long: ask the gate again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this was cleared too long ago: the gate must be asked again")]
pub struct TooLate;

/// Asks the gate for a message that is about to leave. When the answer is no, the message comes back with it.
pub fn clear<M>(
    case: &Case,
    elsewhere: &[Elsewhere],
    message: Outbound<M>,
    at: Timestamp,
    terms: &Terms,
) -> Result<Cleared<M>, (Outbound<M>, Answer)> {
    let ask = Ask {
        route: message.route,
        way: message.way,
        at,
        sender: message.sender,
    };
    let answer = may_we(case, elsewhere, &ask, terms);
    // To ask first is for a live call: no message can do that.
    let (Answer::Yes { until, .. }, Some(route)) = (&answer, case.route(message.route)) else {
        return Err((message, answer));
    };
    let soon = at.saturating_add(HELD_AT_MOST).unwrap_or(at);
    Ok(Cleared {
        to: route.told.fact.value.clone(),
        kind: route.told.fact.kind,
        way: message.way,
        from: at,
        until: until.map_or(soon, |until| until.min(soon)),
        message: message.message,
    })
}

impl<M> Cleared<M> {
    /// The kind of route and the way.
    pub fn by(&self) -> (RouteKind, Way) {
        (self.kind, self.way)
    }

    /// Opens it for sending at this moment: where to, and what.
    pub fn send_at(self, now: Timestamp) -> Result<(Words, M), TooLate> {
        if self.from <= now && now < self.until {
            Ok((self.to, self.message))
        } else {
            Err(TooLate)
        }
    }
}
