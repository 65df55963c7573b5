//! The journeys through the product.
//!
//! To add one: a file here named after it, with one public function `walk(stage: &Stage<'_>) -> Result<()>`, and one
//! line in [`ALL`]. Find things by the words a person sees; end every page with `axe_finds_nothing` and
//! `no_sideways_scroll`, and walk the journey once more with `stage.without_javascript()`.

mod every_role;
mod gone_for_good;
mod report_to_closure;
mod risk_by_telephone;
mod shut_out;
mod signed_out;

use super::Journey;

/// Every journey, in the order in which they run. They share one demo, so each opens cases of its own.
pub(super) const ALL: &[Journey] = &[
    Journey {
        name: "a_report_is_carried_from_first_word_to_closure",
        walk: report_to_closure::walk,
    },
    Journey {
        name: "risk_is_asked_by_telephone_and_decided_by_a_person",
        walk: risk_by_telephone::walk,
    },
    Journey {
        name: "every_role_comes_in_and_finds_its_own_pages",
        walk: every_role::walk,
    },
    Journey {
        name: "somebody_shut_out_sees_no_trace_of_the_case",
        walk: shut_out::walk,
    },
    Journey {
        name: "what_is_redacted_or_erased_is_gone_for_good",
        walk: gone_for_good::walk,
    },
    Journey {
        name: "back_after_signing_out_shows_nothing_of_a_case",
        walk: signed_out::walk,
    },
];
