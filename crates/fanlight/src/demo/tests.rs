//! The demonstration, made once and looked at by everybody in it.

use super::*;
use fanlight_casework::{StageKept, Visit, WayIs, Who, WorkRow};
use fanlight_core::access::{Action, Role};
use fanlight_core::words::Words;
use std::collections::{BTreeMap, BTreeSet};

struct Made {
    folder: tempfile::TempDir,
    casework: Arc<Casework>,
    /// Who has signed in so far: a password takes its time to check.
    inside: tokio::sync::Mutex<BTreeMap<String, Who>>,
}

impl Made {
    async fn new() -> Made {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let casework = make(folder.path(), clock::now())
            .await
            .expect("the demonstration");
        Made::of(folder, casework)
    }

    fn of(folder: tempfile::TempDir, casework: Arc<Casework>) -> Made {
        Made {
            folder,
            casework,
            inside: Default::default(),
        }
    }

    async fn who(&self, sign_in: &str) -> Who {
        let mut inside = self.inside.lock().await;
        if let Some(who) = inside.get(sign_in) {
            return who.clone();
        }
        let who = self.sign_in(sign_in).await;
        inside.insert(sign_in.to_owned(), who.clone());
        who
    }

    async fn sign_in(&self, sign_in: &str) -> Who {
        let typed = Password::new(PASSWORD.into());
        let signed_in = self.casework.sign_in(sign_in, typed, None).await;
        let signed_in = signed_in.unwrap_or_else(|why| panic!("{sign_in} signs in: {why:?}"));
        match self.casework.visit(&signed_in.session).await.expect("a visit") {
            Visit::Awake { who, .. } => who,
            Visit::Asleep { .. } | Visit::Nobody => panic!("{sign_in} has just signed in"),
        }
    }

    async fn work(&self, sign_in: &str) -> Vec<WorkRow> {
        let who = self.who(sign_in).await;
        let page = self.casework.my_work(&who, None).await;
        page.expect("my work").into_view().rows
    }

    /// References of all cases in the list of somebody who reads cases.
    async fn listed(&self, who: &Who) -> BTreeSet<String> {
        let stages = [
            StageKept::Report,
            StageKept::Ended,
            StageKept::Joined,
            StageKept::Open,
            StageKept::Closed,
        ];
        let page = self
            .casework
            .cases(who, &stages, None)
            .await
            .expect("cases")
            .into_view();
        assert_eq!(page.total, page.rows.len() as u64, "all of them are on one page");
        page.rows.into_iter().map(|row| row.reference).collect()
    }

    async fn found(&self, who: &Who, typed: &str) -> BTreeSet<String> {
        let rows = self
            .casework
            .search(who, &Words::new(typed))
            .await
            .expect("a search");
        rows.into_view().into_iter().map(|row| row.reference).collect()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_demonstration_shows_what_it_promises() {
    let made = Made::new().await;
    everybody_signs_in(&made).await;
    a_caseworker_has_work_late_today_and_later(&made).await;
    where_no_number_is_stated_none_is_shown(&made).await;
    whoever_is_shut_out_finds_nothing(&made).await;
    a_restricted_case_is_not_its_managers(&made).await;
    it_opens_again_from_its_folder(made).await;
}

async fn everybody_signs_in(made: &Made) {
    let mut roles = BTreeSet::new();
    for landlord in LANDLORDS {
        for person in landlord.people {
            let who = made.who(person.sign_in).await;
            assert_eq!(who.name().reveal(), person.name);
            assert!(
                who.roles().iter().any(|(role, _)| *role == person.role),
                "{}",
                person.key
            );
            let reads = who.may(Action::OpenCase);
            let should = matches!(person.role, Role::Caseworker | Role::Manager | Role::Lead);
            assert_eq!(reads, should, "{}", person.key);
            roles.insert((landlord.name, person.role.code()));
        }
    }
    assert_eq!(
        roles.len(),
        LANDLORDS.len() * Role::ALL.len(),
        "somebody in every role"
    );
}

async fn a_caseworker_has_work_late_today_and_later(made: &Made) {
    let rows = made.work("joan.platt").await;
    let now = made.casework.now();
    let today = Almanac::from(now).date(0);
    let date = |row: &WorkRow| row.due.map(fanlight_core::calendar::london_date);
    assert!(
        rows.iter()
            .any(|row| row.missed && row.due.is_some_and(|due| due < now))
    );
    assert!(rows.iter().any(|row| date(row) == Some(today)));
    assert!(rows.iter().any(|row| date(row) == today.tomorrow().ok()));
    assert!(
        rows.iter()
            .any(|row| row.missed && row.way_says.contains("ask first")),
        "a fortnight that went by stays late, and her route is past its re-check day"
    );
    let ways: BTreeSet<&str> = rows.iter().map(|row| way(row.way)).collect();
    for expected in ["call", "find", "they contact us"] {
        assert!(ways.contains(expected), "{expected}: {ways:?}");
    }
    let due: Vec<_> = rows.iter().filter_map(|row| row.due).collect();
    assert!(due.is_sorted(), "in the order of what is due");
}

fn way(way: WayIs) -> &'static str {
    match way {
        WayIs::Call => "call",
        WayIs::Write => "write",
        WayIs::NotNow => "not now",
        WayIs::Find => "find",
        WayIs::TheyContactUs => "they contact us",
        WayIs::Died => "died",
    }
}

async fn where_no_number_is_stated_none_is_shown(made: &Made) {
    let rows = made.work("bisi.greywater").await;
    assert!(rows.len() > 4);
    for row in rows {
        assert!(row.due.is_none() && row.not_stated.is_some(), "{}", row.title);
    }
}

async fn whoever_is_shut_out_finds_nothing(made: &Made) {
    for (shut_out, worker, name, number) in [
        ("colin.tarnside", "joan.platt", "Wintermoss", "07700 900139"),
        ("luke.otterley", "hanna.quarrow", "Coldstream", "07700 900257"),
        ("carys.holmlea", "bisi.greywater", "Rookwood", "07700 900264"),
        ("gwen.thornmere", "bisi.greywater", "Rookwood", "07700 900264"),
    ] {
        let worker = made.who(worker).await;
        let hers = made.found(&worker, number).await;
        assert_eq!(hers.len(), 1, "{name} is found by whoever works on it");
        let reference = hers.first().expect("one");
        let who = made.who(shut_out).await;
        for typed in [name, number, reference] {
            assert!(
                made.found(&who, typed).await.is_empty(),
                "{shut_out} looks for {name}"
            );
        }
        assert!(!made.listed(&who).await.contains(reference), "{shut_out}");
        let rows = made.work(shut_out).await;
        assert!(rows.iter().all(|row| &row.reference != reference), "{shut_out}");
    }
}

async fn a_restricted_case_is_not_its_managers(made: &Made) {
    let joan = made.who("joan.platt").await;
    let hers = made.found(&joan, "Millwater").await;
    assert_eq!(hers.len(), 1);
    let manager = made.who("martin.reed").await;
    assert!(made.found(&manager, "Millwater").await.is_empty());
    assert!(made.listed(&manager).await.is_disjoint(&hers));
}

async fn it_opens_again_from_its_folder(made: Made) {
    let Made { folder, casework, .. } = made;
    let closed = Arc::try_unwrap(casework).unwrap_or_else(|_| panic!("somebody still holds it"));
    drop(closed);
    assert!(folder.path().join(INVENTED).exists());
    nothing_told_stands_in_clear(folder.path());
    let casework = open(folder.path()).expect("it opens again");
    let again = Made::of(folder, casework);
    assert!(!again.work("joan.platt").await.is_empty());
}

/// The sources of the stories: every text in them is planted.
const STORIES: &[&str] = &[
    include_str!("bpha/endings.rs"),
    include_str!("bpha/open.rs"),
    include_str!("bpha/reports.rs"),
    include_str!("settle/clocks.rs"),
    include_str!("settle/conflict.rs"),
    include_str!("settle/endings.rs"),
    include_str!("settle/people.rs"),
    include_str!("settle/reports.rs"),
    include_str!("settle/safe_contact.rs"),
    include_str!("staff.rs"),
];

/// How much of a text is looked for.
const PIECE: usize = 8;

fn nothing_told_stands_in_clear(folder: &Path) {
    let planted: BTreeSet<&[u8]> = STORIES
        .iter()
        .flat_map(|story| story.lines())
        .filter(|line| !line.trim_start().starts_with("//"))
        .flat_map(|line| line.split('"').skip(1).step_by(2))
        .filter_map(|text| text.as_bytes().get(..PIECE))
        .collect();
    assert!(planted.len() > 300, "{} texts are planted", planted.len());
    let mut begins = vec![false; 1 << 16];
    for text in &planted {
        begins[usize::from(u16::from_be_bytes([text[0], text[1]]))] = true;
    }
    let mut looked_at = 0;
    for inside in ["data", "keys"] {
        for file in fs::read_dir(folder.join(inside)).expect("a folder") {
            let path = file.expect("a file").path();
            let bytes = fs::read(&path).expect("a file that can be read");
            looked_at += bytes.len();
            let found = bytes.windows(PIECE).find(|piece| {
                begins[usize::from(u16::from_be_bytes([piece[0], piece[1]]))] && planted.contains(piece)
            });
            let found = found.map(String::from_utf8_lossy);
            assert_eq!(found, None, "in {}", path.display());
        }
    }
    assert!(looked_at > 1_000_000, "{looked_at} bytes were looked at");
}

#[tokio::test]
async fn a_folder_that_holds_anything_else_is_left_alone() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("letter.txt"), "mine").expect("a file");
    let why = make(folder.path(), clock::now())
        .await
        .err()
        .map(|why| format!("{why:#}"));
    assert!(why.is_some_and(|why| why.contains("give an empty folder")));
    assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 1);
}

#[test]
fn what_is_printed_says_that_it_is_invented_and_who_may_sign_in() {
    let mut printed = Vec::new();
    say("127.0.0.1:4100", None, &mut printed).expect("printed");
    let printed = String::from_utf8(printed).expect("text");
    assert!(printed.contains("invented"));
    assert!(printed.contains("http://127.0.0.1:4100/"));
    for landlord in LANDLORDS {
        for person in landlord.people {
            let line = printed
                .lines()
                .find(|line| line.contains(person.sign_in))
                .expect("a line each");
            assert!(
                line.contains(PASSWORD) && line.contains(landlord.name) && line.contains(person.role_says)
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_can_begin_at_any_hour_of_any_day() {
    // Just after midnight on a Sunday, when little of "today" has been; and a Monday on which the clocks have changed.
    for now in ["2026-11-29T00:04:00Z", "2026-03-30T08:59:00+01:00"] {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let now = now.parse().expect("a time");
        if let Err(why) = make(folder.path(), now).await {
            panic!("at {now}: {why:#}");
        }
    }
}
