//! Cases that were closed, and one that came back.

use super::super::order::Turn;
use super::House;
use super::story::*;
use anyhow::Result;
use fanlight_core::fact::*;
use std::sync::Arc;

pub(super) async fn closed_with_her_word(house: Arc<House>, turn: Turn) -> Result<()> {
    let t = &house.almanac;
    let told = Told::by_telephone("She says that she wants to move before he comes out of prison.");
    let mut s = Story::begin(&house, &turn, t.day(57, "10:10"), "bisi", told).await?;
    s.open(|her| {
        her.name = some("Sunniva Brightwell-Orr");
        her.sex = Sex::Female;
    })
    .await?;
    s.given_to("bisi", WishMet::NoWish).await?;
    let phone = s.phone("07700 900280").await?;
    s.safe(phone, Way::Call, Vec::new(), Some(t.date(10))).await?;
    s.at(t.day(57, "10:40")).await?;
    s.spoke(
        phone,
        "Went through a management move, by date. She chose three places.",
    )
    .await?;
    s.dash(
        "high",
        15,
        0,
        "He has threatened her from prison; he is out in six weeks.",
    )
    .await?;
    s.plan(
        "She: tells nobody the place. We: a management move, and her file withheld.",
        t.date(-30),
    )
    .await?;
    s.at(t.day(24, "14:10")).await?;
    s.spoke(phone, "She has moved. The boxes are in.").await?;
    s.at(t.day(11, "14:20")).await?;
    s.spoke(phone, "She has settled in. Talked about closing.")
        .await?;
    s.look().await?;
    s.close(
        "moved",
        "A management move within five weeks. Her address is withheld. She has our number.",
        SurvivorsWord::Said {
            words: words("I can open my own front door. Thank you."),
            satisfied: true,
        },
    )
    .await
}

pub(super) async fn closed_without_it(house: Arc<House>, turn: Turn) -> Result<()> {
    let t = &house.almanac;
    let told = Told::by(
        Channel::Telephone,
        ReporterKind::Neighbour,
        "A neighbour says that a young woman ran out of number 6 with a bag and got into a taxi.",
    );
    let mut s = Story::begin(&house, &turn, t.day(45, "17:20"), "luke", told).await?;
    s.open(|her| {
        her.sex = Sex::Female;
        her.more = some("Her name is not known. She was a guest of the tenant at number 6.");
    })
    .await?;
    s.given_to("luke", WishMet::NoWish).await?;
    s.at(t.day(44, "10:00")).await?;
    s.say_no_safe_route(NoSafeRouteFound {
        words: words("Nobody but the tenant knew her, and he is not asked."),
        review_on: t.date(-30),
    })
    .await?;
    s.at(t.day(29, "10:00")).await?;
    s.note("Police were told on the day and have found nobody. The neighbour has our number for her.")
        .await?;
    s.look().await?;
    s.close(
        "cannot-be-reached",
        "Police and the specialist service have been told. If she calls, whoever answers opens this again.",
        SurvivorsWord::NotHad {
            because: words("We do not know who she is."),
        },
    )
    .await
}

pub(super) async fn came_back(house: Arc<House>, turn: Turn) -> Result<()> {
    let t = &house.almanac;
    let told = Told::by_telephone("She says that he drinks her wages and that she is tired of it.");
    let mut s = Story::begin(&house, &turn, t.day(42, "13:25"), "hanna", told).await?;
    s.open(|her| {
        her.name = some("Isolde Farrowmere");
        her.sex = Sex::Female;
    })
    .await?;
    s.given_to("hanna", WishMet::NoWish).await?;
    let phone = s.phone("07700 900293").await?;
    s.safe(phone, Way::Call, Vec::new(), Some(t.date(20))).await?;
    s.at(t.day(42, "13:50")).await?;
    s.spoke(
        phone,
        "He has moved out to his brother's. She wants nothing more at present.",
    )
    .await?;
    s.dash("standard", 4, 4, "He has gone; no threat told.").await?;
    s.look().await?;
    s.close(
        "help-no-longer-needed",
        "He has moved out. She has the number of the specialist service and ours.",
        SurvivorsWord::Said {
            words: words("It is good to know that I could ring."),
            satisfied: true,
        },
    )
    .await?;
    s.at(t.working(1, "11:30")).await?;
    s.look().await?;
    s.return_to(CaseReturned {
        words: words("She rang: he is back at the door each night and has her spare key."),
    })
    .await?;
    Ok(())
}
