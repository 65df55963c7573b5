use super::*;
use crate::case::trial::*;
use crate::fact::*;
use crate::words::Words;
use jiff::civil::time;
use proptest::prelude::*;

const ADDRESS: &str = "12 Withheld Row, Anytown";
const NUMBER: &str = "07700 900123";

fn look(story: &Story, grant: &Grant) -> CaseView {
    let terms = terms();
    let moment = Moment {
        at: story.when(),
        terms: &terms,
        elsewhere: &[],
    };
    cut(&story.case(), grant, &moment)
}

fn told_home(withheld: bool) -> Fact {
    Fact::HomeTold(HomeTold {
        address: Some(words(ADDRESS)),
        withheld,
        tenure: Tenure::Sole,
        tenancy: Some(words("T-0099")),
        perpetrator_lives_there: YesNo::No,
        children_live_there: YesNo::No,
    })
}

fn wishes() -> Fact {
    Fact::ContactWishesTold(ContactWishesTold {
        person: Some(SURVIVOR),
        say_we_are: Some(words("the library")),
        code_word: Some(words("marmalade")),
        duress_word: Some(words("thunder")),
        if_duress: Some(words("call 999")),
        ..ContactWishesTold::default()
    })
}

#[test]
fn the_banner_shows_the_number_only_while_it_may_be_used() {
    let word = SafeContactAgreed {
        hours: hours(&[], time(12, 0, 0, 0), time(16, 30, 0, 0)),
        ..said(MOBILE, Way::Call, Verdict::Safe)
    };
    let story = open().then(Fact::SafeContactAgreed(word));
    // The story stands at 15:00.
    let now = look(&story, &Grant::WORKER).banner;
    assert_eq!(now.ways[0].value, Some(words(NUMBER)));
    let later = look(&story.then(note("a")).then(note("b")), &Grant::WORKER).banner;
    assert_eq!(
        (later.ways[0].value.clone(), later.ways[0].ending.as_deref()),
        (None, Some("123"))
    );
    assert!(matches!(later.state, BannerState::NotNow { .. }));
}

#[test]
fn the_banner_says_what_is_never_used_and_what_is_not_known() {
    let story = open()
        .then(safe(MOBILE, Way::Call))
        .then(unsafe_(MOBILE, Way::Text));
    let banner = look(&story, &Grant::WORKER).banner;
    assert_eq!(banner.never[0].ways, [Way::Text]);
    assert_eq!(banner.unknown[0].ways, [Way::Voicemail]);
    assert!(look(&open(), &Grant::WORKER).banner.state == BannerState::NoSafeWay);
}

#[test]
fn a_code_word_is_never_in_a_page_and_opens_only_with_its_grant() {
    let story = open().then(wishes());
    for grant in [Grant::WORKER, Grant::MANAGER, Grant::LEAD, Grant::OFFICER] {
        let shown = serde_json::to_string(&look(&story, &grant)).expect("a view serialises");
        assert!(
            !shown.contains("marmalade") && !shown.contains("thunder"),
            "{grant:?}"
        );
    }
    let banner = look(&story, &Grant::WORKER).banner;
    assert!(banner.has_code_word && banner.has_duress_word);
    let opened = code_word(&story.case(), &Grant::WORKER).expect("a worker has the grant");
    assert_eq!(opened.code_word, Some(words("marmalade")));
    assert_eq!(code_word(&story.case(), &Grant::MANAGER), None);
}

#[test]
fn a_withheld_address_needs_its_grant_and_an_open_one_does_not() {
    let address = |withheld, grant| {
        look(&open().then(told_home(withheld)), grant)
            .home
            .and_then(|home| home.address)
    };
    assert_eq!(address(true, &Grant::WORKER), Some(words(ADDRESS)));
    assert_eq!(address(true, &Grant::MANAGER), None);
    assert_eq!(address(false, &Grant::MANAGER), Some(words(ADDRESS)));
}

#[test]
fn an_officer_sees_the_reference_and_nothing_of_the_case() {
    let story = open()
        .then(told_home(false))
        .then(note("he came back"))
        .then(safe(MOBILE, Way::Call));
    let view = look(&story, &Grant::OFFICER);
    assert!(view.header.reference.is_some());
    assert!(
        view.people.is_empty()
            && view.timeline.is_empty()
            && view.home.is_none()
            && view.banner.ways.is_empty()
    );
}

#[test]
fn who_is_shut_out_is_seen_only_by_those_who_may() {
    let shut = Fact::ShutOut(ShutOut {
        account: COLLEAGUE,
        suspected: true,
        line_too: false,
        reason: words("his brother"),
    });
    let story = open().then(shut);
    let shows = |grant: &Grant| {
        serde_json::to_string(&look(&story, grant))
            .expect("a view serialises")
            .contains("his brother")
    };
    assert!(shows(&Grant::LEAD) && shows(&Grant::MANAGER) && !shows(&Grant::WORKER));
}

#[test]
fn what_was_corrected_is_opened_by_the_lead_alone() {
    let story = open().then(note("first text")).correcting(5, note("second text"));
    for grant in [Grant::WORKER, Grant::LEAD] {
        let shown = serde_json::to_string(&look(&story, &grant)).expect("a view serialises");
        assert!(!shown.contains("first text") && shown.contains("second text"));
    }
    let case = story.case();
    let place = crate::ids::Position(5);
    assert!(earlier(&case, &Grant::WORKER, place).is_empty());
    assert_eq!(
        earlier(&case, &Grant::LEAD, place)[0].row.lines[0].words,
        words("first text")
    );
}

#[test]
fn what_is_not_known_is_still_to_be_asked() {
    let asks = |story: &Story| look(story, &Grant::WORKER).still_to_ask;
    assert_eq!(asks(&open())[..2], [StillToAsk::Danger, StillToAsk::HowToAnswer]);
    let danger = |danger| {
        Fact::DangerAnswered(DangerAnswered {
            danger,
            advice_given: true,
            done: None,
        })
    };
    assert!(asks(&open().then(danger(Danger::Unknown))).contains(&StillToAsk::Danger));
    assert!(!asks(&open().then(danger(Danger::No))).contains(&StillToAsk::Danger));
}

#[test]
fn the_persons_own_view_and_wish_for_a_worker_stay_to_be_asked_until_they_are_told() {
    let asks = |story: &Story, what| look(story, &Grant::WORKER).still_to_ask.contains(&what);
    let view = |view| Fact::OwnViewOfDangerTold(view);
    let not_yet = view(OwnViewOfDangerTold::NotYet {
        because: words("He stood beside her."),
    });
    let told = view(OwnViewOfDangerTold::Told {
        words: words("He will kill me."),
    });
    assert!(asks(&open(), StillToAsk::OwnView));
    assert!(asks(&open().then(not_yet.clone()), StillToAsk::OwnView));
    assert!(!asks(&open().then(not_yet).then(told), StillToAsk::OwnView));

    let wish = |wish| {
        Fact::PersonTold(PersonTold {
            worker_wish: wish,
            ..PersonTold::unknown(SURVIVOR, Part::Survivor)
        })
    };
    assert!(asks(
        &open().then(wish(WorkerWish::NotAsked)),
        StillToAsk::WorkerWish
    ));
    assert!(!asks(
        &open().then(wish(WorkerWish::Woman)),
        StillToAsk::WorkerWish
    ));
}

#[test]
fn a_count_of_risk_says_what_it_could_be() {
    let assessed = one_of_each()
        .into_iter()
        .find(|fact| matches!(fact, Fact::RiskAssessed(_)));
    let story = open().then(assessed.expect("one of each has an assessment"));
    let row = look(&story, &Grant::WORKER)
        .risk
        .others
        .expect("another agency's");
    assert_eq!((row.yes, row.could_be), (Some(9), Some(16)));
}

#[test]
fn views_do_not_show_in_debug() {
    let shown = format!(
        "{:?}",
        look(&open().then(told_home(false)).then(wishes()), &Grant::LEAD)
    );
    for text in [ADDRESS, NUMBER, "marmalade", "library", "He came back."] {
        assert!(!shown.contains(text), "{text}");
    }
}

/// A fact in whose every free field something that is withheld may have been written.
fn facts_with(text: &str) -> Vec<Fact> {
    let mut told = PersonTold::unknown(SURVIVOR, Part::Survivor);
    told.name = Some(words(text));
    told.more = Some(words(text));
    vec![
        note(text),
        Fact::PersonTold(told),
        Fact::WishesTold(WishesTold { words: words(text) }),
        Fact::OwnViewOfDangerTold(OwnViewOfDangerTold::Told { words: words(text) }),
        Fact::ContactWishesTold(ContactWishesTold {
            person: Some(SURVIVOR),
            say_we_are: Some(words(text)),
            more: Some(words(text)),
            ..ContactWishesTold::default()
        }),
        Fact::RhythmAgreed(RhythmAgreed {
            every_days: 7,
            how: words(text),
            until: None,
            review_on: jiff::civil::date(2027, 1, 1),
        }),
        route(FLAT, SURVIVOR, RouteKind::Post, text),
        safe(FLAT, Way::Letter),
        safe(FLAT, Way::Visit),
        Fact::NoSafeRouteFound(NoSafeRouteFound {
            words: words(text),
            review_on: jiff::civil::date(2027, 1, 1),
        }),
        Fact::SafetyPlanOffered(SafetyPlanOffered {
            taken: Taken::Yes,
            words: Some(words(text)),
        }),
    ]
}

fn plain(text: &str) -> String {
    crate::contact::letters(text)
}

proptest! {
    /// Rule 3: whatever is told, in whatever order, corrected or not, a withheld address and a number are in no view
    /// of somebody without the grant.
    #[test]
    fn what_is_withheld_is_in_no_view_without_its_grant(
        steps in proptest::collection::vec((0usize..32, proptest::option::of(0u64..30)), 0..25),
        in_a_sentence: bool,
    ) {
        let sentence = |text: &str| if in_a_sentence { format!("She is at {text} until Friday") } else { text.to_owned() };
        let mut facts = facts_with(&sentence("12 withheld row anytown"));
        facts.extend(facts_with(&sentence(ADDRESS)));
        facts.extend(facts_with(&sentence("07700-900123")));
        facts.extend([told_home(true), told_home(false), safe(MOBILE, Way::Call), opened()]);
        let mut story = open().then(told_home(true)).then(safe(MOBILE, Way::Call));
        for (which, corrects) in &steps {
            let fact = facts[*which % facts.len()].clone();
            // The entries that say what is withheld and which number it is stay: they are what is looked for.
            story = match corrects.filter(|place| *place > 6) {
                Some(place) => story.correcting(place, fact),
                None => story.then(fact),
            };
        }
        for grant in [Grant::MANAGER, Grant::OFFICER] {
            let shown = plain(&serde_json::to_string(&look(&story, &grant)).expect("a view serialises"));
            prop_assert!(!shown.contains(&plain(NUMBER)));
            let newest_is_open = story.case().home.is_some_and(|home| !home.fact.withheld);
            if !newest_is_open {
                prop_assert!(!shown.contains(&plain(ADDRESS)));
            }
        }
        let all = plain(&serde_json::to_string(&look(&story, &Grant::LEAD)).expect("a view serialises"));
        prop_assert!(all.contains(&plain(ADDRESS)) || story.case().home.is_none());
    }
}

#[test]
fn the_veil_falls_over_the_whole_of_what_somebody_wrote() {
    let story = open()
        .then(told_home(true))
        .then(note("moved to 12 WITHHELD row,\nanytown yesterday"));
    let manager = look(&story, &Grant::MANAGER);
    let row = manager.timeline.last().expect("the note");
    assert!(row.lines[0].words.reveal().starts_with("[withheld"));
    let worker = look(&story, &Grant::WORKER);
    let line: &Words = &worker.timeline.last().expect("the note").lines[0].words;
    assert!(line.reveal().contains("anytown"));
}

#[test]
fn the_veil_knows_a_number_in_any_spelling_and_an_address_that_was_corrected_away() {
    let shows = |story: Story, text: &str| {
        let view = look(&story, &Grant::MANAGER);
        plain(&serde_json::to_string(&view).expect("a view serialises")).contains(&plain(text))
    };
    assert!(!shows(
        open().then(note("ring +44 (0)7700 900123")),
        "7700 900123"
    ));
    let moved = Fact::HomeTold(HomeTold {
        address: Some(words("1 New Close")),
        withheld: true,
        tenure: Tenure::Sole,
        tenancy: None,
        perpetrator_lives_there: YesNo::No,
        children_live_there: YesNo::No,
    });
    let corrected = open().then(told_home(true)).correcting(5, moved);
    assert!(!shows(corrected.then(note(ADDRESS)), ADDRESS));
    let named = open()
        .then(route(OTHER_MOBILE, SURVIVOR, RouteKind::Through, "Nadia"))
        .then(note("Nadia rang"));
    assert!(shows(named, "Nadia rang"));
}
