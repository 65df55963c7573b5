//! Cases that were closed, and one that came back.

use super::super::order::Turn;
use super::House;
use super::story::*;
use anyhow::Result;
use fanlight_core::fact::*;
use std::sync::Arc;

pub(super) async fn closed_with_her_word(house: Arc<House>, turn: Turn) -> Result<()> {
    let t = &house.almanac;
    let told =
        Told::by_telephone("She says that he broke in at night. Police have him.").danger(Danger::Soon);
    let mut s = Story::begin(&house, &turn, t.day(55, "09:10"), "ruth", told).await?;
    s.open(|her| {
        her.name = some("Ingrid Coalbrook-Hay");
        her.sex = Sex::Female;
    })
    .await?;
    s.given_to("ruth", WishMet::NoWish).await?;
    let phone = s.phone("07700 900114").await?;
    s.safe(phone, Way::Call, Vec::new(), Some(t.date(20))).await?;
    s.at(t.day(55, "09:50")).await?;
    s.spoke(phone, "She is at home with her father. The door is boarded.")
        .await?;
    s.dash("high", 14, 0, "He broke in and has said that he will come again.")
        .await?;
    s.plan(
        "She: an order through her solicitor. We: a new door today, locks, a light in the yard.",
        t.date(-41),
    )
    .await?;
    s.safety_plan(Taken::Yes).await?;
    for (day, said) in [
        (
            43,
            "The door and the locks are done. He is held until the hearing.",
        ),
        (30, "The order was made, for a year."),
        (17, "Nothing has happened since. She goes out again."),
    ] {
        s.at(t.day(day, "10:00")).await?;
        s.no_longer_in_danger().await?;
        s.spoke(phone, said).await?;
    }
    s.at(t.day(6, "14:00")).await?;
    s.spoke(
        phone,
        "Talked about closing. She would like the door viewer to stay.",
    )
    .await?;
    s.look().await?;
    s.close(
        "stayed-with-support",
        "New door, locks and light; an order for a year. She has our number, and the case opens again if she calls.",
        SurvivorsWord::Said {
            words: words("I feel safe at home again. You rang when you said you would."),
            satisfied: true,
        },
    )
    .await
}

pub(super) async fn closed_without_it(house: Arc<House>, turn: Turn) -> Result<()> {
    let t = &house.almanac;
    let told = Told::by(
        Channel::Telephone,
        ReporterKind::FriendOrFamily,
        "Her brother says that she has gone to another town with the children and that she is safe there.",
    );
    let mut s = Story::begin(&house, &turn, t.day(48, "11:20"), "tom", told).await?;
    s.open(|her| {
        her.name = some("Paloma Reedmarsh");
        her.sex = Sex::Female;
    })
    .await?;
    s.given_to("tom", WishMet::NoWish).await?;
    s.at(t.day(47, "09:40")).await?;
    s.say_no_safe_route(NoSafeRouteFound {
        words: words("Her old number is in his hands. Her brother does not want to pass anything on."),
        review_on: t.date(-33),
    })
    .await?;
    s.at(t.day(32, "10:30")).await?;
    s.contact_with(
        With::Professional,
        Way::Call,
        "The refuge service there tells us that she is with them and well.",
    )
    .await?;
    s.look().await?;
    s.close(
        "relocated-with-help",
        "Her tenancy was ended at the refuge service's request without notice to the home. They have our number.",
        SurvivorsWord::NotHad {
            because: words("We have no safe way to reach her, and the service asked us not to try."),
        },
    )
    .await
}

pub(super) async fn came_back(house: Arc<House>, turn: Turn) -> Result<()> {
    let t = &house.almanac;
    let told = Told::by_telephone(
        "She says that he shouts and throws things, and that she wants to know what we could do.",
    );
    let mut s = Story::begin(&house, &turn, t.day(52, "13:15"), "joan", told).await?;
    s.open(|her| {
        her.name = some("Delphine Ashwater");
        her.called = some("Del");
        her.sex = Sex::Female;
    })
    .await?;
    s.given_to("joan", WishMet::NoWish).await?;
    let phone = s.phone("07700 900121").await?;
    s.safe(phone, Way::Call, Vec::new(), Some(t.date(10))).await?;
    s.at(t.day(52, "13:50")).await?;
    s.spoke(phone, "She knows what we can do. She does not want anything now.")
        .await?;
    s.dash(
        "standard",
        3,
        12,
        "She chose not to go through the questions today.",
    )
    .await?;
    s.at(t.day(40, "11:00")).await?;
    s.spoke(
        phone,
        "She is living with him and asks us to close. She knows the way back.",
    )
    .await?;
    s.look().await?;
    s.close(
        "other-outcome",
        "She was told of every choice and of the way back. Nothing was promised to anybody else.",
        SurvivorsWord::Said {
            words: words("I will ring if I want you."),
            satisfied: true,
        },
    )
    .await?;
    s.at(t.day(2, "10:20")).await?;
    s.look().await?;
    s.return_to(CaseReturned {
        words: words("She rang: he has hit her for the first time. She wants to leave this month."),
    })
    .await?;
    s.called_us("Spoke straight away. She can talk before eleven.")
        .await?;
    s.safe(
        phone,
        Way::Call,
        hours(WEEKDAYS, "09:00", "11:00"),
        Some(t.date(45)),
    )
    .await?;
    Ok(())
}
