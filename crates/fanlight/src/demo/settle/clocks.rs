//! Promises missed, kept and recorded late, agreed otherwise, and kept all along.

use super::super::order::Turn;
use super::House;
use super::story::*;
use anyhow::Result;
use fanlight_core::fact::*;
use std::sync::Arc;

pub(super) async fn first_contact_missed(house: Arc<House>, turn: Turn) -> Result<()> {
    let t = &house.almanac;
    let told = Told::by(
        Channel::Portal,
        ReporterKind::Survivor,
        "She writes that he broke the hall window when she would not let him in. She can talk in the afternoon.",
    );
    let mut s = Story::begin(&house, &turn, t.working(4, "12:10"), "nell", told).await?;
    s.at(t.working(3, "14:00")).await?;
    s.by("joan")
        .open(|her| {
            her.name = some("Kirsty Fallowby");
            her.sex = Sex::Female;
        })
        .await?;
    s.given_to("joan", WishMet::NoWish).await?;
    let phone = s.phone("07700 900152").await?;
    s.safe(
        phone,
        Way::Call,
        hours(WEEKDAYS, "13:00", "16:30"),
        Some(t.date(60)),
    )
    .await?;
    s.at(t.working(3, "15:10")).await?;
    s.tried(
        phone,
        Way::Call,
        TryEnd::NoAnswer,
        "Rang out. No message left: she has not said that voicemail is safe.",
    )
    .await?;
    s.at(t.working(2, "14:05")).await?;
    s.tried(
        phone,
        Way::Call,
        TryEnd::NotSafeToTalk,
        "She said it was a bad moment and rang off.",
    )
    .await?;
    Ok(())
}

pub(super) async fn kept_but_recorded_late(house: Arc<House>, turn: Turn) -> Result<()> {
    let t = &house.almanac;
    let told = Told::by_telephone(
        "She says that her former husband sends forty messages a day and knows where she has been.",
    );
    let mut s = Story::begin(&house, &turn, t.working(8, "10:20"), "tom", told).await?;
    s.open(|her| {
        her.name = some("Meera Hollowell-Birch");
        her.sex = Sex::Female;
    })
    .await?;
    s.given_to("colin", WishMet::NoWish).await?;
    s.by("colin");
    let phone = s.phone("07700 900136").await?;
    s.safe(phone, Way::Call, Vec::new(), Some(t.date(50))).await?;
    s.at(t.working(5, "09:10")).await?;
    s.happened(t.working(7, "11:30"))
        .spoke(
            phone,
            "Spoke from the car park of another visit; written down when the network was back.",
        )
        .await?;
    s.note("She will have her car and telephone looked at for trackers.")
        .await?;
    s.dash("medium", 10, 2, "He watches her; no injury since they parted.")
        .await?;
    Ok(())
}

pub(super) async fn a_weekly_rhythm(house: Arc<House>, turn: Turn) -> Result<()> {
    let t = &house.almanac;
    let told = Told::by_telephone("He locked her out in her nightclothes. A neighbour took her in.")
        .danger(Danger::Soon);
    let mut s = Story::begin(&house, &turn, t.day(27, "09:15"), "joan", told).await?;
    s.open(|her| {
        her.name = some("Chidinma Overbeck");
        her.called = some("Chi");
        her.sex = Sex::Female;
        her.worker_wish = WorkerWish::NoPreference;
    })
    .await?;
    s.given_to("joan", WishMet::NoWish).await?;
    let phone = s.phone("07700 900110").await?;
    s.safe(phone, Way::Call, Vec::new(), Some(t.date(60))).await?;
    s.safe(phone, Way::Text, Vec::new(), Some(t.date(60))).await?;
    s.at(t.day(27, "11:00")).await?;
    s.spoke(
        phone,
        "She is with the neighbour. She has her passport and medicine.",
    )
    .await?;
    s.look().await?;
    s.agree_rhythm(RhythmAgreed {
        every_days: 7,
        how: words("On the telephone: once a week is right for me until the hearing."),
        until: None,
        review_on: t.date(20),
    })
    .await?;
    s.dash(
        "high",
        14,
        3,
        "He has the keys, and has said that he will find her.",
    )
    .await?;
    for (day, said) in [
        (
            20,
            "She is back in the home; he has gone to his brother's. Locks were changed on Tuesday.",
        ),
        (13, "The hearing is in three weeks. She sleeps better."),
        (
            6,
            "Her solicitor has the photographs. She asks for a letter about the rent.",
        ),
    ] {
        s.at(t.day(day, "10:45")).await?;
        s.spoke(phone, said).await?;
        if day == 20 {
            s.no_longer_in_danger().await?;
            s.plan(
                "She: keeps a diary at work. We: locks, a letter about the rent.",
                t.date(10),
            )
            .await?;
        }
    }
    Ok(())
}

pub(super) async fn plan_due_tomorrow(house: Arc<House>, turn: Turn) -> Result<()> {
    let t = &house.almanac;
    let told = Told::by(
        Channel::SocialMedia,
        ReporterKind::Survivor,
        "A direct message: my girlfriend smashes things when I go out. Can somebody talk to me? I am a woman.",
    );
    let mut s = Story::begin(&house, &turn, t.day(13, "09:30"), "nell", told).await?;
    s.at(t.day(13, "11:30")).await?;
    s.by("joan")
        .open(|her| {
            her.name = some("Robin Haywater");
            her.pronoun = some("she");
            her.sex = Sex::Female;
        })
        .await?;
    s.given_to("joan", WishMet::NoWish).await?;
    let mailbox = s
        .route(s.survivor, RouteKind::Email, "robin.haywater@mail.example", None)
        .await?;
    s.safe(mailbox, Way::Email, Vec::new(), Some(t.date(45))).await?;
    let phone = s.phone("07700 900101").await?;
    s.safe(
        phone,
        Way::Call,
        hours(WEEKDAYS, "12:00", "13:00"),
        Some(t.date(45)),
    )
    .await?;
    s.at(t.day(13, "12:20")).await?;
    s.spoke(
        phone,
        "Spoke in her lunch hour. She is not ready to leave and wants to know what is possible.",
    )
    .await?;
    s.dash(
        "standard",
        4,
        9,
        "Many questions were not asked yet: she had twenty minutes.",
    )
    .await?;
    s.at(t.day(3, "12:10")).await?;
    s.spoke(
        phone,
        "Went through the choices. She thinks about it until next week.",
    )
    .await?;
    Ok(())
}

pub(super) async fn all_kept(house: Arc<House>, turn: Turn) -> Result<()> {
    let t = &house.almanac;
    let told =
        Told::by_telephone("She says that he pushed her down the stairs last winter and that he is back.");
    let mut s = Story::begin(&house, &turn, t.day(25, "15:00"), "ruth", told).await?;
    s.open(|her| {
        her.name = some("Gwenda Rushbrook");
        her.sex = Sex::Female;
        her.access_needs = some("A step-free place to meet");
    })
    .await?;
    s.given_to("ruth", WishMet::NoWish).await?;
    let phone = s.phone("07700 900199").await?;
    s.safe(phone, Way::Call, Vec::new(), Some(t.date(60))).await?;
    let cafe = s
        .route(
            s.survivor,
            RouteKind::Place,
            "The café at the leisure centre, back table",
            None,
        )
        .await?;
    s.safe(cafe, Way::Visit, Vec::new(), Some(t.date(60))).await?;
    s.at(t.day(25, "15:40")).await?;
    s.spoke(phone, "Agreed to meet on Thursday at the place she chose.")
        .await?;
    s.at(t.day(22, "11:00")).await?;
    s.contact(
        Some(cafe),
        Way::Visit,
        Direction::Out,
        "Met for an hour. DASH done together.",
    )
    .await?;
    s.dash(
        "high",
        16,
        0,
        "An injury, and he has come back after a year away.",
    )
    .await?;
    s.plan(
        "She: tells her GP. We: a camera doorbell, and a meeting with the police.",
        t.date(12),
    )
    .await?;
    s.safety_plan(Taken::NotNow).await?;
    s.at(t.day(9, "11:00")).await?;
    s.contact(
        Some(cafe),
        Way::Visit,
        Direction::Out,
        "Met again. The doorbell works. She slept at home all week.",
    )
    .await?;
    Ok(())
}

pub(super) async fn eight_weeks(house: Arc<House>, turn: Turn) -> Result<()> {
    let t = &house.almanac;
    let told = Told::by(
        Channel::HomeVisit,
        ReporterKind::Survivor,
        "During a visit about damp she said that he decides whom she may see, and that he has hit her.",
    );
    let mut s = Story::begin(&house, &turn, t.day(58, "14:20"), "joan", told).await?;
    s.open(|her| {
        her.name = some("Lorna Pikemere");
        her.sex = Sex::Female;
    })
    .await?;
    s.given_to("joan", WishMet::NoWish).await?;
    let phone = s.phone("07700 900182").await?;
    s.safe(phone, Way::Call, Vec::new(), Some(t.date(30))).await?;
    s.at(t.day(57, "10:00")).await?;
    s.spoke(phone, "Spoke for twenty minutes; she was alone.").await?;
    s.dash("high", 14, 1, "He hit her twice this year and has hurt the dog.")
        .await?;
    s.at(t.day(47, "10:30")).await?;
    s.spoke(phone, "She has told her sister. The bag is packed.")
        .await?;
    s.plan(
        "She: leaves when she is ready. We: a direct let in another town is asked for.",
        t.date(-20),
    )
    .await?;
    s.at(t.day(33, "09:50")).await?;
    s.tried(phone, Way::Call, TryEnd::NoAnswer, "Rang out twice.")
        .await?;
    s.at(t.day(29, "10:15")).await?;
    s.spoke(
        phone,
        "She was away with her sister. She has seen the other home and likes it.",
    )
    .await?;
    s.at(t.day(17, "10:00")).await?;
    s.spoke(phone, "Moved on Saturday. He does not know the address.")
        .await?;
    s.at(t.day(17, "10:45")).await?;
    s.look().await?;
    s.assess_risk(RiskAssessed {
        instrument: "dash".into(),
        by: AssessedBy::Us,
        agency: None,
        evidence: Evidence::Own,
        yes: Some(8),
        unknown: Some(1),
        level: "medium".into(),
        reason: some("She has moved, he has no access, and there has been no contact for three weeks."),
        seen_by: Some(house.account("manager")?),
        answered: None,
    })
    .await?;
    s.tell_home(HomeTold {
        address: some("3 Orchard Rise, Farmoor End, QX9 2KL"),
        withheld: true,
        tenure: Tenure::Sole,
        tenancy: some("T-318802"),
        perpetrator_lives_there: YesNo::No,
        children_live_there: YesNo::No,
    })
    .await?;
    Ok(())
}
