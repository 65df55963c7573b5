//! The invented cases of bpha's demonstration.

mod endings;
mod open;
mod reports;

use super::house::House;
use super::order::Telling;
use super::story;
use std::sync::Arc;

/// Adds every story.
pub(super) fn add_stories(house: &Arc<House>, telling: &mut Telling) {
    super::add_each!(house, telling:
        reports::danger_tonight,
        reports::seen_by_an_operative,
        reports::a_neighbour_at_night,
        reports::passed_on,
        open::no_safe_way_known_yet,
        open::lunch_hours_only,
        open::another_agencys_dash_is_not_enough,
        open::a_grown_up_son,
        open::two_who_harm_and_a_joint_tenancy,
        open::a_man,
        open::past_its_recheck_date,
        open::life_at_risk,
        open::a_colleague_shut_out,
        open::the_line_above_is_shut_out,
        open::an_entry_corrected,
        endings::closed_with_her_word,
        endings::closed_without_it,
        endings::came_back,
    );
}
