//! Reports that are no case yet, that ended, or that belonged to another.

use super::super::order::Turn;
use super::House;
use super::story::*;
use anyhow::Result;
use fanlight_core::fact::*;
use std::sync::Arc;

pub(super) async fn danger_now(house: Arc<House>, turn: Turn) -> Result<()> {
    let told = Told::by(
        Channel::Telephone,
        ReporterKind::Neighbour,
        "Neighbour hears a man shouting and something breaking at 14 Copse Walk, and a child crying.",
    )
    .danger(Danger::Now);
    let mut s = Story::begin(&house, &turn, house.almanac.ago(35), "nell", told).await?;
    s.at(house.almanac.ago(28)).await?;
    s.by("joan");
    s.answer_danger(DangerAnswered {
        danger: Danger::Now,
        advice_given: true,
        done: some("The neighbour called 999 while we were on the line. Police are on their way."),
    })
    .await?;
    Ok(())
}

pub(super) async fn seen_by_an_operative(house: Arc<House>, turn: Turn) -> Result<()> {
    let mut told = Told::by(
        Channel::Repair,
        ReporterKind::Contractor,
        "The bathroom door was broken from outside. The tenant asked me to be gone before her husband is home.",
    )
    .danger(Danger::Soon);
    told.reporter = Some("Operative on the repair; can be reached at the depot");
    Story::begin(&house, &turn, house.almanac.working(1, "15:20"), "sam", told).await?;
    Ok(())
}

pub(super) async fn voicemail_at_the_weekend(house: Arc<House>, turn: Turn) -> Result<()> {
    let t = &house.almanac;
    let mut told = Told::by(
        Channel::Voicemail,
        ReporterKind::Survivor,
        "A woman, whispering: he has locked me out again and I am at my sister's. She left no name.",
    )
    .danger(Danger::Unknown);
    told.received = Some(t.saturday("19:40"));
    Story::begin(&house, &turn, t.ago(150), "nell", told).await?;
    Ok(())
}

pub(super) async fn told_by_a_friend_on_the_public_page(house: Arc<House>, turn: Turn) -> Result<()> {
    let told = Told::by(
        Channel::WebForm,
        ReporterKind::FriendOrFamily,
        "My friend at Tannery Court says her partner takes her wages and checks her phone each evening.",
    );
    Story::begin_in_public(&house, &turn, house.almanac.working(2, "20:15"), told).await?;
    Ok(())
}

pub(super) async fn not_about_abuse(house: Arc<House>, turn: Turn) -> Result<()> {
    let t = &house.almanac;
    let told = Told::by(
        Channel::Telephone,
        ReporterKind::Neighbour,
        "Loud voices through the wall every evening at about ten.",
    );
    let mut s = Story::begin(&house, &turn, t.working(7, "11:05"), "nell", told).await?;
    s.at(t.working(6, "10:30")).await?;
    s.by("ruth")
        .end_report(
            ReportEnd::NotAbuse,
            "Spoke with both tenants, each alone: one is hard of hearing and plays the television loudly.",
        )
        .await
}

pub(super) async fn a_second_report_joined(house: Arc<House>, turn: Turn) -> Result<()> {
    let t = &house.almanac;
    let told =
        Told::by_telephone("She says her former partner waits outside the school and follows her home.");
    let mut s = Story::begin(&house, &turn, t.day(18, "10:15"), "joan", told).await?;
    s.open(|her| {
        her.name = some("Nadia Brackenmoor");
        her.called = some("Nadia");
        her.sex = Sex::Female;
    })
    .await?;
    s.given_to("joan", WishMet::NoWish).await?;
    let phone = s.phone("07700 900118").await?;
    s.safe(phone, Way::Call, Vec::new(), None).await?;
    s.at(t.day(18, "10:40")).await?;
    s.spoke(
        phone,
        "Spoke at length. He has no key. She would like the school to know who may collect the children.",
    )
    .await?;
    s.person(Part::Perpetrator, |him| {
        him.name = some("Keith Ashdown-Vale");
        him.relationship = Some(Relationship::FormerPartner);
        him.lives_in_home = YesNo::No;
        him.can_get_in = YesNo::No;
    })
    .await?;

    let told = Told::by(
        Channel::Agency,
        ReporterKind::Police,
        "Police tell us that they were called on Sunday: Keith Ashdown-Vale was waiting in the stairwell.",
    );
    let mut second = Story::begin(&house, &turn, t.day(9, "09:20"), "ruth", told).await?;
    second.at(t.day(9, "09:50")).await?;
    second
        .join(s.case, "Same address and same man as the case of her own report.")
        .await?;
    s.at(t.day(8, "11:00")).await?;
    s.spoke(
        phone,
        "Told her that we know of Sunday. She has a crime number and wants the stairwell door mended.",
    )
    .await?;
    s.dash(
        "medium",
        8,
        3,
        "He follows her and knows the times of the school.",
    )
    .await?;
    s.plan(
        "She: tells the school. We: mend the stairwell door, ask for a marker.",
        t.date(14),
    )
    .await?;
    Ok(())
}
