//! Open cases: where no number is stated, whatever is not done yet stays owed.

use super::super::order::Turn;
use super::House;
use super::story::*;
use anyhow::Result;
use fanlight_core::fact::*;
use std::sync::Arc;

pub(super) async fn no_safe_way_known_yet(house: Arc<House>, turn: Turn) -> Result<()> {
    let t = &house.almanac;
    let told = Told::by(
        Channel::Colleague,
        ReporterKind::Colleague,
        "At a tenancy check he answered every question for her. She looked at the door when he named the date.",
    )
    .danger(Danger::Unknown);
    let mut s = Story::begin(&house, &turn, t.working(2, "16:20"), "ada", told).await?;
    s.at(t.working(1, "09:30")).await?;
    s.by("bisi")
        .open(|her| {
            her.name = some("Rosalind Peatling");
            her.sex = Sex::Female;
        })
        .await?;
    s.given_to("bisi", WishMet::NoWish).await?;
    s.route(
        s.survivor,
        RouteKind::Telephone,
        "01632 960187",
        Some("The home telephone; he answers it"),
    )
    .await?;
    s.say_no_safe_route(NoSafeRouteFound {
        words: words(
            "Only the home telephone is known. The check is done again next week by two colleagues.",
        ),
        review_on: t.date(5),
    })
    .await?;
    Ok(())
}

pub(super) async fn lunch_hours_only(house: Arc<House>, turn: Turn) -> Result<()> {
    let t = &house.almanac;
    let told =
        Told::by_telephone("She says that he checks where her car has been and that he has hit her twice.")
            .danger(Danger::Soon);
    let mut s = Story::begin(&house, &turn, t.day(21, "12:15"), "bisi", told).await?;
    s.open(|her| {
        her.name = some("Anneke Stillwater");
        her.called = some("Ann");
        her.sex = Sex::Female;
        her.worker_wish = WorkerWish::Woman;
    })
    .await?;
    s.given_to("bisi", WishMet::Met).await?;
    let phone = s
        .route(
            s.survivor,
            RouteKind::Telephone,
            "07700 900212",
            Some("He sees the messages"),
        )
        .await?;
    s.safe(
        phone,
        Way::Call,
        hours(WEEKDAYS, "12:00", "13:00"),
        Some(t.date(30)),
    )
    .await?;
    s.never(phone, Way::Text).await?;
    s.tell_contact_wishes(ContactWishesTold {
        person: Some(s.survivor),
        say_we_are: some("The opticians"),
        if_somebody_else: some("Say that it was a wrong number"),
        code_word: some("lantern"),
        duress_word: some("umbrella"),
        if_duress: some("Say goodbye and call 999"),
        no_contact: false,
        more: None,
    })
    .await?;
    s.at(t.day(21, "12:40")).await?;
    s.spoke(phone, "Spoke in her lunch hour. She wants to stay in the home.")
        .await?;
    s.dash("high", 14, 3, "Two injuries, and he follows her car.")
        .await?;
    s.safety_plan(Taken::Yes).await?;
    s.at(t.day(9, "12:20")).await?;
    s.no_longer_in_danger().await?;
    s.spoke(
        phone,
        "A tracker was found and taken off by the police. New locks are wished for.",
    )
    .await?;
    s.plan(
        "She: drives with her colleague. We: locks, a lockable letterbox with the police.",
        t.date(10),
    )
    .await?;
    Ok(())
}

pub(super) async fn another_agencys_dash_is_not_enough(house: Arc<House>, turn: Turn) -> Result<()> {
    let t = &house.almanac;
    let mut told = Told::by(
        Channel::Agency,
        ReporterKind::Agency,
        "The hospital's adviser refers a customer with her consent; a DASH was done there.",
    );
    told.reporter = Some("Fergus Lindenhall, adviser at the hospital");
    let mut s = Story::begin(&house, &turn, t.day(8, "15:10"), "hanna", told).await?;
    s.open(|her| {
        her.name = some("Cecily Broadmere");
        her.sex = Sex::Female;
    })
    .await?;
    s.given_to("hanna", WishMet::NoWish).await?;
    s.dash_of("The hospital's adviser", "high", Evidence::Told)
        .await?;
    let phone = s.phone("07700 900233").await?;
    s.agree_safe_contact(SafeContactAgreed {
        route: phone,
        way: Way::Call,
        verdict: Verdict::Safe,
        hours: Vec::new(),
        said_by: SaidBy::Professional,
        professional: some("Fergus Lindenhall, who asked her in the ward"),
        recheck_on: Some(t.date(14)),
    })
    .await?;
    s.at(t.day(7, "10:05")).await?;
    s.spoke(
        phone,
        "She goes to her daughter's from the ward. Our own DASH is to be done there, with her daughter out.",
    )
    .await?;
    Ok(())
}

pub(super) async fn a_grown_up_son(house: Arc<House>, turn: Turn) -> Result<()> {
    let t = &house.almanac;
    let told = Told::by(
        Channel::HomeVisit,
        ReporterKind::Survivor,
        "During a visit about arrears he said that his son takes his pension and has pushed him.",
    );
    let mut s = Story::begin(&house, &turn, t.day(16, "10:50"), "bisi", told).await?;
    s.open(|him| {
        him.name = some("Wilfred Kestrelby");
        him.age = Some(78);
        him.pronoun = some("he");
        him.sex = Sex::Male;
        him.access_needs = some("Hard of hearing: face to face, or a loud telephone");
    })
    .await?;
    s.given_to("bisi", WishMet::NoWish).await?;
    let church = s
        .route(s.survivor, RouteKind::Place, "The Tuesday lunch club", None)
        .await?;
    s.safe(church, Way::Visit, Vec::new(), Some(t.date(60))).await?;
    s.person(Part::Perpetrator, |son| {
        son.name = some("Gordon Kestrelby");
        son.relationship = Some(Relationship::AdultChild);
        son.lives_in_home = YesNo::Yes;
    })
    .await?;
    s.at(t.day(14, "12:30")).await?;
    s.contact(
        Some(church),
        Way::Visit,
        Direction::Out,
        "Met at the lunch club. He wants his son to have help, and his money back.",
    )
    .await?;
    s.dash(
        "medium",
        8,
        6,
        "Pushed once, money taken each week, they live together.",
    )
    .await?;
    Ok(())
}

pub(super) async fn two_who_harm_and_a_joint_tenancy(house: Arc<House>, turn: Turn) -> Result<()> {
    let t = &house.almanac;
    let told =
        Told::by_telephone("She says that her husband and his mother take her wages and lock the kitchen.");
    let mut s = Story::begin(&house, &turn, t.day(13, "09:35"), "hanna", told).await?;
    s.open(|her| {
        her.name = some("Parveen Ashlock");
        her.sex = Sex::Female;
        her.interpreter = some("Punjabi, not from her own town");
    })
    .await?;
    s.given_to("hanna", WishMet::NoWish).await?;
    let phone = s.phone("07700 900241").await?;
    s.safe(
        phone,
        Way::Call,
        hours(WEEKDAYS, "09:00", "10:30"),
        Some(t.date(30)),
    )
    .await?;
    s.at(t.day(13, "10:00")).await?;
    s.spoke(phone, "Spoke with an interpreter while they were out.")
        .await?;
    for (name, relationship) in [
        ("Nasir Ashlock", Relationship::Spouse),
        ("Mumtaz Ashlock", Relationship::InLaw),
    ] {
        s.person(Part::Perpetrator, |one| {
            one.name = some(name);
            one.relationship = Some(relationship);
            one.lives_in_home = YesNo::Yes;
        })
        .await?;
    }
    s.tell_home(HomeTold {
        address: some("31 Ferry Row, Ousebank, QX7 3NP"),
        withheld: false,
        tenure: Tenure::Joint,
        tenancy: some("B-55102"),
        perpetrator_lives_there: YesNo::Yes,
        children_live_there: YesNo::No,
    })
    .await?;
    s.wants("A place of my own, and my wages.").await?;
    s.at(t.day(4, "09:20")).await?;
    s.tried(
        phone,
        Way::Call,
        TryEnd::SomebodyElse,
        "A woman answered. Said that it was a wrong number.",
    )
    .await?;
    Ok(())
}

pub(super) async fn a_man(house: Arc<House>, turn: Turn) -> Result<()> {
    let t = &house.almanac;
    let told = Told::by(
        Channel::Text,
        ReporterKind::Survivor,
        "A text: my ex knows my address and posts things through the door. I am a man. Can I talk to a man?",
    );
    let mut s = Story::begin(&house, &turn, t.working(2, "10:15"), "ada", told).await?;
    s.at(t.working(2, "13:15")).await?;
    s.by("hanna")
        .open(|him| {
            him.name = some("Emlyn Harbourside");
            him.sex = Sex::Male;
            him.worker_wish = WorkerWish::Man;
        })
        .await?;
    s.given_to("luke", WishMet::Met).await?;
    s.by("luke");
    let phone = s.phone("07700 900226").await?;
    s.safe(phone, Way::Call, Vec::new(), Some(t.date(60))).await?;
    s.safe(phone, Way::Text, Vec::new(), Some(t.date(60))).await?;
    s.at(t.working(1, "11:00")).await?;
    s.spoke(
        phone,
        "He lives alone. His former partner, a man, knows the address.",
    )
    .await?;
    Ok(())
}

pub(super) async fn past_its_recheck_date(house: Arc<House>, turn: Turn) -> Result<()> {
    let t = &house.almanac;
    let told =
        Told::by_telephone("She says that he follows her to the bus and that it has gone on since spring.");
    let mut s = Story::begin(&house, &turn, t.day(50, "14:40"), "bisi", told).await?;
    s.open(|her| {
        her.name = some("Theodora Linnet");
        her.sex = Sex::Female;
    })
    .await?;
    s.given_to("bisi", WishMet::NoWish).await?;
    let phone = s.phone("07700 900249").await?;
    s.safe(phone, Way::Call, Vec::new(), Some(t.date(-6))).await?;
    s.at(t.day(50, "15:05")).await?;
    s.spoke(phone, "Spoke. She has told her employer.").await?;
    s.dash("standard", 6, 2, "No threat told; he lives in another town.")
        .await?;
    s.at(t.day(28, "15:00")).await?;
    s.spoke(
        phone,
        "It has been quiet. She would like to hear from us each month.",
    )
    .await?;
    s.look().await?;
    s.agree_rhythm(RhythmAgreed {
        every_days: 30,
        how: words("She said so on the telephone: once a month."),
        until: None,
        review_on: t.date(30),
    })
    .await?;
    Ok(())
}

pub(super) async fn life_at_risk(house: Arc<House>, turn: Turn) -> Result<()> {
    let t = &house.almanac;
    let told = Told::by(
        Channel::Telephone,
        ReporterKind::HouseholdMember,
        "Her eldest says that he has poured petrol in the hall and that mother is upstairs with headphones on.",
    )
    .danger(Danger::Now);
    let mut s = Story::begin(&house, &turn, t.day(5, "18:05"), "luke", told).await?;
    s.open(|her| {
        her.name = some("Marguerite Fenlow");
        her.sex = Sex::Female;
    })
    .await?;
    let phone = s.phone("07700 900218").await?;
    s.try_life_at_risk(LifeAtRiskTried {
        person: s.survivor,
        route: phone,
        way: Way::Call,
        reason: words("Petrol in the hall. 999 has been called; she does not know and is upstairs."),
        script: words("Please go out by the back stairs now, and say nothing."),
        agreed_by: None,
        told: Some(house.account("manager")?),
    })
    .await?;
    s.at(t.day(5, "18:07")).await?;
    s.tried(phone, Way::Call, TryEnd::NoAnswer, "Rang out.").await?;
    s.at(t.day(5, "18:25")).await?;
    s.contact_with(
        With::Professional,
        Way::Call,
        "The fire brigade has everybody out, and unhurt. He was arrested.",
    )
    .await?;
    s.at(t.day(4, "09:30")).await?;
    s.given_to("luke", WishMet::NoWish).await?;
    Ok(())
}

pub(super) async fn a_colleague_shut_out(house: Arc<House>, turn: Turn) -> Result<()> {
    let t = &house.almanac;
    let mut told =
        Told::by_telephone("She says that her husband plays football with one of our officers, called Luke.");
    told.works_here = YesNo::Yes;
    let mut s = Story::begin(&house, &turn, t.day(6, "10:10"), "ada", told).await?;
    s.at(t.day(6, "10:40")).await?;
    s.by("lead").look().await?;
    s.shut_out("luke", false, "A friend of the man she is afraid of.")
        .await?;
    s.open(|her| {
        her.name = some("Winifred Coldstream-Ash");
        her.sex = Sex::Female;
    })
    .await?;
    s.given_to("hanna", WishMet::NoWish).await?;
    s.by("hanna");
    let phone = s.phone("07700 900257").await?;
    s.safe(
        phone,
        Way::Call,
        hours(WEEKDAYS, "10:00", "12:00"),
        Some(t.date(30)),
    )
    .await?;
    s.at(t.day(6, "11:20")).await?;
    s.spoke(phone, "She knows who can see it and who cannot.").await?;
    s.dash(
        "medium",
        7,
        7,
        "Half of the questions wait until she is alone for longer.",
    )
    .await?;
    Ok(())
}

pub(super) async fn the_line_above_is_shut_out(house: Arc<House>, turn: Turn) -> Result<()> {
    let t = &house.almanac;
    let mut told = Told::by(
        Channel::Letter,
        ReporterKind::Survivor,
        "A letter, marked for the outside post: her sister's husband is close to a manager here. Please be careful.",
    );
    told.works_here = YesNo::Yes;
    let mut s = Story::begin(&house, &turn, t.day(11, "09:15"), "ada", told).await?;
    s.at(t.day(11, "11:40")).await?;
    s.by("outside").look().await?;
    s.shut_out(
        "manager",
        true,
        "Close to the man she is afraid of; the line above is shut out until it is clear.",
    )
    .await?;
    s.open(|her| {
        her.name = some("Philippa Rookwood-Lea");
        her.sex = Sex::Female;
    })
    .await?;
    s.name_worker("bisi", WorkerPart::Lead, WishMet::NoWish).await?;
    s.by("bisi");
    let phone = s.phone("07700 900264").await?;
    s.safe(phone, Way::Call, Vec::new(), Some(t.date(30))).await?;
    s.at(t.day(11, "13:10")).await?;
    s.spoke(phone, "Told her which two of us can open her case.")
        .await?;
    Ok(())
}

pub(super) async fn an_entry_corrected(house: Arc<House>, turn: Turn) -> Result<()> {
    let t = &house.almanac;
    let told = Told::by_telephone(
        "She says that her former partner changes the days on which he brings the children.",
    );
    let mut s = Story::begin(&house, &turn, t.day(17, "11:45"), "hanna", told).await?;
    s.open(|her| {
        her.name = some("Juliet Orchardson-Bay");
        her.sex = Sex::Female;
    })
    .await?;
    s.given_to("hanna", WishMet::NoWish).await?;
    let phone = s.phone("07700 900271").await?;
    s.safe(phone, Way::Call, Vec::new(), Some(t.date(60))).await?;
    s.at(t.day(17, "12:05")).await?;
    let wrong = s
        .spoke(phone, "He brings the children on Fridays at six, at the station.")
        .await?;
    s.at(t.day(15, "09:30")).await?;
    s.look().await?;
    s.correct(
        wrong,
        Fact::ContactMade(ContactMade {
            with: With::Survivor,
            person: Some(s.survivor),
            route: Some(phone),
            way: Way::Call,
            direction: Direction::Out,
            sure_it_was: YesNo::Yes,
            still_safe: YesNo::Yes,
            present: None,
            words: words(
                "He brings the children on Thursdays at six, at the station, and her sister comes along.",
            ),
            gate: GateSaid {
                answer: "not_asked".into(),
                against: false,
            },
        }),
    )
    .await?;
    s.dash("standard", 5, 1, "Pressure at hand-overs; no threat told.")
        .await?;
    Ok(())
}
