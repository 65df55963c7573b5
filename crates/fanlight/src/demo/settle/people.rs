//! Who is in a case: several who harm, a joint home, a man, a son, an interpreter, and an entry put right.

use super::super::order::Turn;
use super::House;
use super::story::*;
use anyhow::Result;
use fanlight_core::fact::*;
use std::sync::Arc;

pub(super) async fn two_perpetrators(house: Arc<House>, turn: Turn) -> Result<()> {
    let t = &house.almanac;
    let told = Told::by_telephone(
        "She says that her husband and his brother keep her papers and do not let her out alone.",
    )
    .danger(Danger::Soon);
    let mut s = Story::begin(&house, &turn, t.day(11, "13:10"), "tom", told).await?;
    s.by("joan")
        .open(|her| {
            her.name = some("Zainab Merrifield-Oak");
            her.sex = Sex::Female;
            her.interpreter = some("Urdu, a woman from outside the town");
            her.worker_wish = WorkerWish::Woman;
        })
        .await?;
    s.given_to("joan", WishMet::Met).await?;
    let phone = s
        .route(
            s.survivor,
            RouteKind::Telephone,
            "07700 900125",
            Some("Her husband pays the bill"),
        )
        .await?;
    s.safe(
        phone,
        Way::Call,
        hours(WEEKDAYS, "13:00", "14:30"),
        Some(t.date(30)),
    )
    .await?;
    s.never(phone, Way::Text).await?;
    s.at(t.day(11, "13:40")).await?;
    s.spoke(
        phone,
        "Spoke with an interpreter. Both men are out between one and half past two.",
    )
    .await?;
    for (name, relationship, at_home) in [
        ("Imtiaz Merrifield-Oak", Relationship::Spouse, YesNo::Yes),
        ("Waqar Merrifield-Oak", Relationship::InLaw, YesNo::Yes),
    ] {
        let him = s
            .person(Part::Perpetrator, |him| {
                him.name = some(name);
                him.relationship = Some(relationship);
                him.lives_in_home = at_home;
                him.can_get_in = YesNo::Yes;
                him.sex = Sex::Male;
            })
            .await?;
        if relationship == Relationship::Spouse {
            s.route(him, RouteKind::Telephone, "07700 900126", None).await?;
        }
    }
    for (name, born) in [
        ("Hana", jiff::civil::date(2014, 3, 8)),
        ("Yusuf", jiff::civil::date(2019, 11, 21)),
    ] {
        s.person(Part::Child, |child| {
            child.name = some(name);
            child.born = Some(born);
            child.lives_in_home = YesNo::Yes;
        })
        .await?;
    }
    s.person(Part::Trusted, |friend| {
        friend.name = some("Her friend Saira, who knows; speak with her only in person");
    })
    .await?;
    s.tell_home(HomeTold {
        address: some("22 Kiln Street, Millbeck, QX4 8TD"),
        withheld: false,
        tenure: Tenure::HouseholdMember,
        tenancy: None,
        perpetrator_lives_there: YesNo::Yes,
        children_live_there: YesNo::Yes,
    })
    .await?;
    s.dash(
        "high",
        17,
        5,
        "Two men in the home, no way out alone, her papers are kept from her.",
    )
    .await?;
    s.safety_plan(Taken::NotNow).await?;
    Ok(())
}

pub(super) async fn a_joint_tenancy(house: Arc<House>, turn: Turn) -> Result<()> {
    let t = &house.almanac;
    let told = Told::by(
        Channel::Letter,
        ReporterKind::Survivor,
        "A letter handed in: both our names are on the tenancy and he runs up the rent. He has threatened me.",
    );
    let mut s = Story::begin(&house, &turn, t.day(15, "10:30"), "nell", told).await?;
    s.at(t.day(15, "14:30")).await?;
    s.by("ruth")
        .open(|her| {
            her.name = some("Sheila Cobblewood");
            her.sex = Sex::Female;
        })
        .await?;
    s.given_to("joan", WishMet::NoWish).await?;
    s.by("joan");
    let phone = s.phone("07700 900174").await?;
    s.safe(
        phone,
        Way::Call,
        hours(WEEKDAYS, "09:00", "12:00"),
        Some(t.date(30)),
    )
    .await?;
    s.at(t.day(14, "09:40")).await?;
    s.spoke(
        phone,
        "She does not want to give notice before she knows what becomes of the home.",
    )
    .await?;
    s.person(Part::Perpetrator, |him| {
        him.name = some("Barry Cobblewood");
        him.relationship = Some(Relationship::Spouse);
        him.lives_in_home = YesNo::No;
        him.can_get_in = YesNo::Yes;
    })
    .await?;
    s.tell_home(HomeTold {
        address: some("7 Pump Lane, Millbeck, QX4 1RR"),
        withheld: false,
        tenure: Tenure::Joint,
        tenancy: some("T-118240"),
        perpetrator_lives_there: YesNo::No,
        children_live_there: YesNo::No,
    })
    .await?;
    s.dash(
        "standard",
        6,
        3,
        "Threats about money; he lives elsewhere and has a key.",
    )
    .await?;
    Ok(())
}

pub(super) async fn a_man(house: Arc<House>, turn: Turn) -> Result<()> {
    let t = &house.almanac;
    let told = Told::by_telephone("He says that his wife hits him and that nobody will believe it.");
    let mut s = Story::begin(&house, &turn, t.day(8, "16:05"), "joan", told).await?;
    s.open(|him| {
        him.name = some("Graham Ploverdale");
        him.pronoun = some("he");
        him.sex = Sex::Male;
        him.worker_wish = WorkerWish::Man;
    })
    .await?;
    s.given_to("tom", WishMet::Met).await?;
    s.by("tom");
    let phone = s.phone("07700 900108").await?;
    s.safe(
        phone,
        Way::Call,
        hours(WEEKDAYS, "08:00", "17:30"),
        Some(t.date(40)),
    )
    .await?;
    s.at(t.day(8, "16:40")).await?;
    s.spoke(
        phone,
        "Listened. Told him that help never asks for proof. He has a cut that needs to be seen.",
    )
    .await?;
    s.person(Part::Perpetrator, |her| {
        her.name = some("Denise Ploverdale");
        her.relationship = Some(Relationship::Spouse);
        her.lives_in_home = YesNo::Yes;
        her.sex = Sex::Female;
    })
    .await?;
    s.at(t.day(7, "11:10")).await?;
    s.spoke(
        phone,
        "He has been to the surgery. He would like to stay with his brother for a while.",
    )
    .await?;
    s.dash("medium", 9, 2, "Two injuries this month.").await?;
    Ok(())
}

pub(super) async fn a_son_hurts_his_mother(house: Arc<House>, turn: Turn) -> Result<()> {
    let t = &house.almanac;
    let told = Told::by(
        Channel::Agency,
        ReporterKind::Agency,
        "The school tells us that a mother came with a broken finger: her son, who is sixteen, bent it back.",
    );
    let mut s = Story::begin(&house, &turn, t.day(10, "09:40"), "ruth", told).await?;
    s.open(|her| {
        her.name = some("Yvette Dunmere");
        her.sex = Sex::Female;
    })
    .await?;
    s.given_to("ruth", WishMet::NoWish).await?;
    let phone = s.phone("07700 900193").await?;
    s.safe(
        phone,
        Way::Call,
        hours(WEEKDAYS, "09:30", "14:30"),
        Some(t.date(30)),
    )
    .await?;
    s.at(t.day(10, "10:20")).await?;
    s.spoke(
        phone,
        "She wants help for both of them. She does not want him to be sent away.",
    )
    .await?;
    s.person(Part::Perpetrator, |son| {
        son.name = some("Kian Dunmere");
        son.age = Some(16);
        son.relationship = Some(Relationship::YoungerChild);
        son.lives_in_home = YesNo::Yes;
    })
    .await?;
    s.person(Part::Child, |child| {
        child.name = some("Ella Dunmere");
        child.age = Some(8);
        child.lives_in_home = YesNo::Yes;
    })
    .await?;
    s.contact_with(
        With::Professional,
        Way::Call,
        "Spoke with the school about who is there for Kian himself.",
    )
    .await?;
    s.dash("medium", 8, 4, "An injury. His sister was in the room.")
        .await?;
    s.at(t.day(4, "13:30")).await?;
    s.plan(
        "She: a word with his uncle. We: family support, and a lock for Ella's door that opens from inside.",
        t.date(10),
    )
    .await?;
    Ok(())
}

pub(super) async fn assessed_by_another_agency(house: Arc<House>, turn: Turn) -> Result<()> {
    let t = &house.almanac;
    let told = Told::by(
        Channel::Agency,
        ReporterKind::Police,
        "Police send their notice: called to a flat of ours on Saturday, he was arrested and released.",
    )
    .danger(Danger::Soon);
    let mut s = Story::begin(&house, &turn, t.day(14, "09:05"), "tom", told).await?;
    s.by("joan")
        .open(|her| {
            her.name = some("Tamsin Goldacre-Reeve");
            her.sex = Sex::Female;
        })
        .await?;
    s.given_to("joan", WishMet::NoWish).await?;
    s.dash_of("Police, officer on the case", "high", Evidence::Seen)
        .await?;
    let phone = s.phone("07700 900165").await?;
    s.agree_safe_contact(SafeContactAgreed {
        route: phone,
        way: Way::Call,
        verdict: Verdict::Safe,
        hours: Vec::new(),
        said_by: SaidBy::Professional,
        professional: some("The officer on the case asked her on Saturday night"),
        recheck_on: Some(t.date(7)),
    })
    .await?;
    s.at(t.day(14, "11:20")).await?;
    s.spoke(
        phone,
        "She is at home; he is bailed to another address. She asked whether she may change the locks.",
    )
    .await?;
    s.safe(phone, Way::Call, Vec::new(), Some(t.date(60))).await?;
    s.says_of_danger("He rang forty times on Sunday. I think he will come.")
        .await?;
    Ok(())
}

pub(super) async fn an_entry_corrected(house: Arc<House>, turn: Turn) -> Result<()> {
    let t = &house.almanac;
    let told = Told::by_telephone(
        "She says that her partner reads her post and has told her friends that she is ill.",
    );
    let mut s = Story::begin(&house, &turn, t.day(7, "10:00"), "ruth", told).await?;
    s.open(|her| {
        her.name = some("Ottilie Sandhurst-May");
        her.sex = Sex::Female;
    })
    .await?;
    s.given_to("ruth", WishMet::NoWish).await?;
    let phone = s.phone("07700 900147").await?;
    s.safe(phone, Way::Call, Vec::new(), Some(t.date(80))).await?;
    s.at(t.day(7, "10:25")).await?;
    s.spoke(phone, "Spoke. She will think about who could take in her post.")
        .await?;
    let wrong = s
        .note("Her mother at number 9 may be told that we are helping.")
        .await?;
    s.at(t.day(6, "09:15")).await?;
    s.look().await?;
    s.correct(
        wrong,
        Fact::NoteWritten(NoteWritten {
            words: words("Her aunt at number 9 may be told. Her mother may not: she tells him everything."),
        }),
    )
    .await?;
    Ok(())
}
