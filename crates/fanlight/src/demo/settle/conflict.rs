//! Cases in which somebody who works here is, or may be, involved.

use super::super::order::Turn;
use super::House;
use super::story::*;
use anyhow::Result;
use fanlight_core::fact::*;
use std::sync::Arc;

pub(super) async fn a_colleague_shut_out(house: Arc<House>, turn: Turn) -> Result<()> {
    let t = &house.almanac;
    let mut told = Told::by_telephone(
        "She says that her former partner has a brother who works for us and who must not know.",
    );
    told.works_here = YesNo::Yes;
    let mut s = Story::begin(&house, &turn, t.day(9, "11:10"), "nell", told).await?;
    s.at(t.day(9, "11:25")).await?;
    s.by("lead").look().await?;
    s.shut_out(
        "colin",
        false,
        "Brother of the man she is afraid of. She named him herself.",
    )
    .await?;
    s.open(|her| {
        her.name = some("Bryony Wintermoss");
        her.sex = Sex::Female;
    })
    .await?;
    s.given_to("joan", WishMet::NoWish).await?;
    s.by("joan");
    let phone = s.phone("07700 900139").await?;
    s.safe(phone, Way::Call, Vec::new(), Some(t.date(40))).await?;
    s.at(t.day(9, "12:15")).await?;
    s.spoke(
        phone,
        "Told her that Colin sees nothing of it, in no list and no search.",
    )
    .await?;
    s.person(Part::Perpetrator, |him| {
        him.name = some("Craig Tarnside");
        him.relationship = Some(Relationship::FormerPartner);
        him.lives_in_home = YesNo::No;
        him.can_get_in = YesNo::NotKnown;
    })
    .await?;
    s.dash(
        "medium",
        9,
        3,
        "Threats since they parted; he may still have a key.",
    )
    .await?;
    Ok(())
}

pub(super) async fn restricted(house: Arc<House>, turn: Turn) -> Result<()> {
    let t = &house.almanac;
    let told = Told::by(
        Channel::Colleague,
        ReporterKind::Colleague,
        "A colleague in another department says that she herself is afraid to go home. She lives in one of our flats.",
    )
    .danger(Danger::Soon);
    let mut s = Story::begin(&house, &turn, t.day(12, "15:30"), "joan", told).await?;
    s.by("lead")
        .open(|her| {
            her.name = some("Honor Millwater");
            her.sex = Sex::Female;
        })
        .await?;
    s.restrict(
        &["lead", "joan", "outside"],
        "She works here. Only those she agreed to may open it.",
    )
    .await?;
    s.name_worker("joan", WorkerPart::Lead, WishMet::NoWish).await?;
    s.by("joan");
    let phone = s.phone("07700 900156").await?;
    s.safe(
        phone,
        Way::Call,
        hours(WEEKDAYS, "12:00", "14:00"),
        Some(t.date(30)),
    )
    .await?;
    s.at(t.day(12, "16:10")).await?;
    s.contact(
        None,
        Way::Visit,
        Direction::Out,
        "Spoke in a room outside the office. She wants nobody in her department to know.",
    )
    .await?;
    s.dash(
        "high",
        14,
        2,
        "He waits for her after work and has her house key.",
    )
    .await?;
    s.at(t.day(3, "12:40")).await?;
    s.spoke(phone, "She is at her cousin's. The plan is agreed.")
        .await?;
    s.plan(
        "She: stays at her cousin's. We: another flat is looked for under a neutral reference.",
        t.date(11),
    )
    .await?;
    Ok(())
}

pub(super) async fn somebody_here_but_not_said_who(house: Arc<House>, turn: Turn) -> Result<()> {
    let mut told = Told::by(
        Channel::Telephone,
        ReporterKind::Anonymous,
        "A caller says that a woman in Weavers Yard is being hurt by somebody who works for us. No name was given.",
    )
    .danger(Danger::Unknown);
    told.works_here = YesNo::Yes;
    Story::begin(&house, &turn, house.almanac.ago(170), "nell", told).await?;
    Ok(())
}
