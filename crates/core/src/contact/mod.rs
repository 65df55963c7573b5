//! The contact gate: may we, by this route, in this way, now?
//!
//! A route that the person has not called safe is not used; unknown means no (safety rule 1). The gate is asked
//! when a message leaves, never when it is queued: what leaves is a [`Cleared`] message, and only the gate makes one.
//!
//! The gate never stops a *record*: what has happened can always be written down. It opens no journal, and it knows
//! nothing of who may read a case.

mod answer;
mod gate;
mod hours;
mod instead;
mod key;

#[cfg(test)]
mod oracle;
mod outbound;
#[cfg(test)]
mod tests;

mod word;

pub use answer::{Answer, Never, PersonOnly, Unknown, Warning};
pub(crate) use gate::shared_with_perpetrator;
pub use gate::{Ask, Elsewhere, Sender, called_unsafe, may_we};
pub use hours::{hours_are_sound, london, midnight};
pub(crate) use instead::answers_for;
pub use instead::{BestWay, Instead, best_way, best_way_may_change_at, best_way_to, what_to_do_instead};
pub use key::RouteKey;
pub(crate) use key::letters;
pub use outbound::{Cleared, Outbound, TooLate, clear};
pub use word::{Standing, standing};
