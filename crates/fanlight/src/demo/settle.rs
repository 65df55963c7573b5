//! The invented cases of settle's demonstration.

mod clocks;
mod conflict;
mod endings;
mod people;
mod reports;
mod safe_contact;

use super::house::House;
use super::order::Telling;
use super::story;
use std::sync::Arc;

/// Adds every story.
pub(super) fn add_stories(house: &Arc<House>, telling: &mut Telling) {
    super::add_each!(house, telling:
        reports::danger_now,
        reports::seen_by_an_operative,
        reports::voicemail_at_the_weekend,
        reports::told_by_a_friend_on_the_public_page,
        reports::not_about_abuse,
        reports::a_second_report_joined,
        safe_contact::no_safe_way_known_yet,
        safe_contact::mornings_only_and_no_texts,
        safe_contact::vouched_for_by_a_professional,
        safe_contact::past_its_recheck_date,
        safe_contact::she_calls_us,
        safe_contact::life_at_risk,
        safe_contact::no_safe_way_and_explained,
        clocks::first_contact_missed,
        clocks::kept_but_recorded_late,
        clocks::a_weekly_rhythm,
        clocks::plan_due_tomorrow,
        clocks::all_kept,
        clocks::eight_weeks,
        people::two_perpetrators,
        people::a_joint_tenancy,
        people::a_man,
        people::a_son_hurts_his_mother,
        people::assessed_by_another_agency,
        people::an_entry_corrected,
        conflict::a_colleague_shut_out,
        conflict::restricted,
        conflict::somebody_here_but_not_said_who,
        endings::closed_with_her_word,
        endings::closed_without_it,
        endings::came_back,
    );
}
