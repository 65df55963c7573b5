//! Ways of reaching somebody: known, unknown, safe at some hours, vouched for, doubtful, and tried for a life.

use super::super::order::Turn;
use super::House;
use super::story::*;
use anyhow::Result;
use fanlight_core::fact::*;
use jiff::civil::Weekday;
use std::sync::Arc;

pub(super) async fn no_safe_way_known_yet(house: Arc<House>, turn: Turn) -> Result<()> {
    let t = &house.almanac;
    let told = Told::by(
        Channel::FaceToFace,
        ReporterKind::Colleague,
        "A tenant at the office counter had a bruised cheek and said she had to be quick. She left a number.",
    )
    .danger(Danger::Soon);
    let mut s = Story::begin(&house, &turn, t.working(1, "16:45"), "nell", told).await?;
    s.at(t.ago(100)).await?;
    s.by("joan")
        .open(|her| {
            her.name = some("Shirin Larkmead");
            her.sex = Sex::Female;
            her.worker_wish = WorkerWish::NotAsked;
        })
        .await?;
    s.given_to("joan", WishMet::NoWish).await?;
    s.route(
        s.survivor,
        RouteKind::Telephone,
        "07700 900164",
        Some("Not known who else answers it"),
    )
    .await?;
    s.note("Nobody has asked her whether this number is safe. The counter colleague will ask when she comes again.")
        .await?;
    Ok(())
}

pub(super) async fn mornings_only_and_no_texts(house: Arc<House>, turn: Turn) -> Result<()> {
    let t = &house.almanac;
    let told = Told::by_telephone(
        "She says her husband held her by the throat on Friday and that she sleeps badly.",
    )
    .danger(Danger::Soon);
    let mut s = Story::begin(&house, &turn, t.day(20, "10:05"), "joan", told).await?;
    s.open(|her| {
        her.name = some("Amara Tarnbrook");
        her.called = some("Amara");
        her.pronoun = some("she");
        her.own_word = some("neither word, please");
        her.born = Some(jiff::civil::date(1988, 4, 17));
        her.sex = Sex::Female;
        her.worker_wish = WorkerWish::Woman;
    })
    .await?;
    s.given_to("joan", WishMet::Met).await?;
    s.by("manager")
        .name_worker("ruth", WorkerPart::Deputy, WishMet::Met)
        .await?;
    s.by("joan");
    let phone = s
        .route(
            s.survivor,
            RouteKind::Telephone,
            "07700 900143",
            Some("Her husband looks at the messages in the evening"),
        )
        .await?;
    s.safe(
        phone,
        Way::Call,
        hours(
            &[Weekday::Monday, Weekday::Tuesday, Weekday::Thursday],
            "09:30",
            "11:30",
        ),
        Some(t.date(40)),
    )
    .await?;
    s.never(phone, Way::Text).await?;
    s.never(phone, Way::Voicemail).await?;
    let letters = s
        .route(
            s.survivor,
            RouteKind::Post,
            "14 Copse Walk, Millbeck, QX4 7AB",
            None,
        )
        .await?;
    s.never(letters, Way::Letter).await?;
    s.tell_contact_wishes(ContactWishesTold {
        person: Some(s.survivor),
        say_we_are: some("The library, about a book that has come in"),
        if_somebody_else: some("Ask for the garden centre, say sorry, and end the call"),
        code_word: some("marigold"),
        duress_word: some("parsley"),
        if_duress: some("Say that we will ring another day. Call 999 and give the address."),
        no_contact: false,
        more: some("She is at work from noon."),
    })
    .await?;
    s.at(t.day(20, "10:30")).await?;
    s.spoke(
        phone,
        "Spoke while he was at work. She wants him gone from the home, and does not want to move.",
    )
    .await?;
    s.person(Part::Perpetrator, |him| {
        him.name = some("Stefan Tarnbrook");
        him.relationship = Some(Relationship::Spouse);
        him.lives_in_home = YesNo::Yes;
        him.can_get_in = YesNo::Yes;
        him.sex = Sex::Male;
    })
    .await?;
    s.person(Part::Child, |child| {
        child.name = some("Ivy Tarnbrook");
        child.born = Some(jiff::civil::date(2017, 9, 2));
        child.lives_in_home = YesNo::Yes;
    })
    .await?;
    s.tell_home(HomeTold {
        address: some("14 Copse Walk, Millbeck, QX4 7AB"),
        withheld: false,
        tenure: Tenure::Sole,
        tenancy: some("T-204417"),
        perpetrator_lives_there: YesNo::Yes,
        children_live_there: YesNo::Yes,
    })
    .await?;
    s.wants("I want to stay in my home, with my daughter, and I want the locks changed when he has gone.")
        .await?;
    s.says_of_danger("It has got worse since the summer. I am frightened on Fridays.")
        .await?;
    s.dash(
        "high",
        15,
        4,
        "He held her by the throat; it is getting worse; he has access to the home.",
    )
    .await?;
    s.safety_plan(Taken::Yes).await?;
    s.at(t.day(15, "18:10")).await?;
    s.note("Police tell us of an order: he has to stay away until the hearing.")
        .await?;
    s.at(t.day(14, "10:10")).await?;
    s.no_longer_in_danger().await?;
    s.spoke(
        phone,
        "He has left for now. New locks wished for on Thursday, between ten and eleven.",
    )
    .await?;
    s.at(t.day(9, "16:20")).await?;
    s.plan(
        "She: keeps the bag at her sister's. We: new locks and a door viewer, a named visitor, no words on the job.",
        t.date(5),
    )
    .await?;
    s.by("ruth").look().await?;
    s.at(t.day(2, "15:05")).await?;
    s.by("manager").look().await?;
    Ok(())
}

pub(super) async fn vouched_for_by_a_professional(house: Arc<House>, turn: Turn) -> Result<()> {
    let t = &house.almanac;
    let mut told = Told::by(
        Channel::Agency,
        ReporterKind::Agency,
        "A specialist service refers a tenant with her consent. She asks that they speak for her at first.",
    );
    told.reporter = Some("Lena Wrenfield, specialist service for the north of the county");
    let mut s = Story::begin(&house, &turn, t.day(6, "11:30"), "tom", told).await?;
    s.at(t.day(6, "11:50")).await?;
    s.by("ruth")
        .open(|her| {
            her.name = some("Beatriz Holmwater");
            her.sex = Sex::Female;
            her.interpreter = some("Portuguese");
        })
        .await?;
    s.given_to("ruth", WishMet::NoWish).await?;
    let phone = s.phone("07700 900187").await?;
    s.agree_safe_contact(SafeContactAgreed {
        route: phone,
        way: Way::Call,
        verdict: Verdict::Safe,
        hours: hours(WEEKDAYS, "10:00", "15:00"),
        said_by: SaidBy::Professional,
        professional: some("Lena Wrenfield, specialist service, asked her in person"),
        recheck_on: Some(t.date(20)),
    })
    .await?;
    s.at(t.day(5, "11:15")).await?;
    s.spoke(
        phone,
        "Spoke with an interpreter from the agency list. She has been told what we can and cannot do.",
    )
    .await?;
    s.wants("To move near her work, away from him, before the school year ends.")
        .await?;
    Ok(())
}

pub(super) async fn past_its_recheck_date(house: Arc<House>, turn: Turn) -> Result<()> {
    let t = &house.almanac;
    let told = Told::by_telephone(
        "She says her partner took her bank card and the car keys, and counts her shopping.",
    );
    let mut s = Story::begin(&house, &turn, t.day(44, "09:45"), "ruth", told).await?;
    s.open(|her| {
        her.name = some("Pauline Mossbank");
        her.called = some("Pauline");
        her.sex = Sex::Female;
    })
    .await?;
    s.given_to("joan", WishMet::NoWish).await?;
    s.by("joan");
    let phone = s.phone("07700 900129").await?;
    s.safe(phone, Way::Call, Vec::new(), Some(t.date(-10))).await?;
    s.safe(phone, Way::Text, Vec::new(), Some(t.date(-10))).await?;
    s.at(t.day(44, "10:20")).await?;
    s.spoke(
        phone,
        "Went through what he controls. She opens an account of her own with another bank this week.",
    )
    .await?;
    s.dash(
        "medium",
        7,
        5,
        "No injury told. Money, telephone and car are in his hands.",
    )
    .await?;
    s.at(t.day(37, "11:00")).await?;
    s.plan(
        "She: opens the account. We: help with a claim, and look at the rent account with her.",
        t.date(-3),
    )
    .await?;
    s.at(t.day(30, "10:10")).await?;
    s.spoke(phone, "The account is open. He does not know of it.")
        .await?;
    s.at(t.day(16, "10:25")).await?;
    s.spoke(
        phone,
        "Rent is paid from her own account. She asks us to ring less in the school holidays.",
    )
    .await?;
    Ok(())
}

pub(super) async fn she_calls_us(house: Arc<House>, turn: Turn) -> Result<()> {
    let t = &house.almanac;
    let told = Told::by(
        Channel::FaceToFace,
        ReporterKind::Survivor,
        "She came to the office and told us that her mother-in-law and her husband watch every call and letter.",
    );
    let mut s = Story::begin(&house, &turn, t.day(12, "14:10"), "joan", told).await?;
    s.open(|her| {
        her.name = some("Farida Windlow");
        her.sex = Sex::Female;
    })
    .await?;
    s.given_to("joan", WishMet::NoWish).await?;
    s.contact(
        None,
        Way::Visit,
        Direction::In,
        "Spoke in the small room. She comes back on Wednesdays after the market.",
    )
    .await?;
    s.tell_contact_wishes(ContactWishesTold {
        person: Some(s.survivor),
        no_contact: true,
        more: some("She comes to the office on Wednesday mornings. Nobody rings or writes."),
        ..ContactWishesTold::default()
    })
    .await?;
    s.at(t.day(5, "10:05")).await?;
    s.contact(
        None,
        Way::Visit,
        Direction::In,
        "She came. The plan is written together and stays with us.",
    )
    .await?;
    s.plan(
        "She: keeps her papers with us. We: hold a place to talk each Wednesday.",
        t.date(9),
    )
    .await?;
    s.dash(
        "medium",
        9,
        6,
        "Two people in the home take part. She can come out once a week.",
    )
    .await?;
    Ok(())
}

pub(super) async fn life_at_risk(house: Arc<House>, turn: Turn) -> Result<()> {
    let t = &house.almanac;
    let told = Told::by(
        Channel::Telephone,
        ReporterKind::FriendOrFamily,
        "Her sister says that he has left the pub saying that tonight is the night, and that he has a knife in the car.",
    )
    .danger(Danger::Now);
    let mut s = Story::begin(&house, &turn, t.day(3, "16:10"), "tom", told).await?;
    s.answer_danger(DangerAnswered {
        danger: Danger::Now,
        advice_given: true,
        done: some("We called 999 at 16:08. Police were sent to the home."),
    })
    .await?;
    s.open(|her| {
        her.name = some("Jodie Saltfield");
        her.sex = Sex::Female;
    })
    .await?;
    s.given_to("tom", WishMet::NoWish).await?;
    let phone = s.phone("07700 900171").await?;
    s.at(t.day(3, "16:14")).await?;
    s.try_life_at_risk(LifeAtRiskTried {
        person: s.survivor,
        route: phone,
        way: Way::Call,
        reason: words(
            "He is on his way with a knife, police are not there yet, and she may be able to leave.",
        ),
        script: words("This is about your order. Can you go to the shop to collect it now?"),
        agreed_by: Some(house.account("ruth")?),
        told: None,
    })
    .await?;
    s.at(t.day(3, "16:17")).await?;
    s.spoke(
        phone,
        "She understood and went to a neighbour with her son. Police reached her there at 16:31.",
    )
    .await?;
    s.at(t.day(3, "17:20")).await?;
    s.dash(
        "high",
        18,
        2,
        "A threat to kill tonight, a weapon, and he went to the home.",
    )
    .await?;
    s.safety_plan(Taken::Yes).await?;
    Ok(())
}

pub(super) async fn no_safe_way_and_explained(house: Arc<House>, turn: Turn) -> Result<()> {
    let t = &house.almanac;
    let told = Told::by(
        Channel::Email,
        ReporterKind::Colleague,
        "A housing officer saw the tenant step back whenever her son spoke. The tenant asked not to be rung.",
    );
    let mut s = Story::begin(&house, &turn, t.working(5, "13:40"), "nell", told).await?;
    s.at(t.working(4, "09:30")).await?;
    s.by("ruth")
        .open(|her| {
            her.name = some("Doreen Quillmere");
            her.age = Some(71);
            her.sex = Sex::Female;
        })
        .await?;
    s.given_to("ruth", WishMet::NoWish).await?;
    let phone = s
        .route(
            s.survivor,
            RouteKind::Telephone,
            "01632 960155",
            Some("Her son answers it"),
        )
        .await?;
    s.never(phone, Way::Call).await?;
    s.at(t.working(3, "15:15")).await?;
    s.say_no_safe_route(NoSafeRouteFound {
        words: words(
            "The surgery and the day centre were asked whether she comes alone. The day centre will tell us.",
        ),
        review_on: t.date(2),
    })
    .await?;
    s.look().await?;
    s.excuse(ObligationExcused {
        rule: "first-contact".into(),
        item: None,
        ground: ExcuseGround::NoSafeRoute,
        reason: words("The only number is answered by the man who is said to harm her."),
        new_date: None,
    })
    .await?;
    Ok(())
}
