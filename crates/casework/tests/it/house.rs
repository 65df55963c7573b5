//! A house to test in: one landlord, its staff, and a clock.

use fanlight_casework::people::password::Password;
use fanlight_casework::*;
use fanlight_core::access::Role;
use fanlight_core::fact::*;
use fanlight_core::ids::*;
use fanlight_core::words::Words;
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};

/// The password of everybody in tests.
pub(crate) const PASSWORD: &str = "green kettle monday";

/// The team that deals with abuse, in the people below; each landlord's pack has its own name for it.
const TEAM: &str = "domestic-abuse";

pub(crate) struct House {
    pub(crate) casework: Casework,
    pub(crate) folder: tempfile::TempDir,
    time: Arc<AtomicI64>,
    staff: BTreeMap<&'static str, AccountId>,
    landlord: LandlordId,
    sessions: Mutex<BTreeMap<String, String>>,
}

type Roles = Vec<(Role, Option<String>)>;
type Person = (&'static str, Option<&'static str>, Roles);

impl House {
    /// settle's house, on a Monday afternoon.
    pub(crate) async fn new() -> House {
        House::of("settle").await
    }

    pub(crate) async fn of(landlord: &str) -> House {
        House::with(landlord, &few()).await
    }

    /// settle's house with somebody in every role, and a second team.
    pub(crate) async fn full() -> House {
        let mut people = few();
        people.extend(more());
        House::with("settle", &people).await
    }

    async fn with(landlord: &str, people: &[Person]) -> House {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let time = Arc::new(AtomicI64::new(at("2026-11-16T16:40:00Z").as_millisecond()));
        let told = time.clone();
        let clock = Clock::new(move || {
            Timestamp::from_millisecond(told.load(Ordering::SeqCst)).expect("a time within reach")
        });
        let keys = fanlight_store::keys::KeyFolder::create(&folder.path().join("keys")).expect("keys");
        let settings = fanlight_store::Settings { reserve: 64 * 1024 };
        let store =
            fanlight_store::Store::create(&folder.path().join("data"), keys, settings).expect("a store");
        let casework = Casework::new(store, clock);
        let landlord = LandlordId(landlord.to_owned());
        let files = pack_files(&landlord.0);
        let team = team_of(&files);
        let from = jiff::civil::date(2026, 10, 1);
        casework
            .add_landlord(NewLandlord {
                id: landlord.clone(),
                files,
                from,
            })
            .await
            .expect("a landlord");
        let mut house = House {
            casework,
            folder,
            time,
            staff: BTreeMap::new(),
            landlord,
            sessions: Mutex::default(),
        };
        house.add_staff(people, &team).await;
        house
    }

    /// Whoever is of the team that deals with abuse is so in this landlord's own team.
    async fn add_staff(&mut self, people: &[Person], own: &str) {
        let hash = self
            .casework
            .hash_first_password(Password::new(PASSWORD.into()))
            .await
            .expect("a password that can be set");
        let mut accounts = Vec::new();
        for (name, above, roles) in people {
            let account = self.casework.new_account();
            accounts.push(FirstAccount {
                account,
                name: Words::new(*name),
                post: Words::new("Post"),
                sign_in: Words::new(format!("{name}.{}", self.landlord.0)),
                hash: hash.clone(),
                reports_to: above.and_then(|above| self.staff.get(above).copied()),
                roles: roles
                    .iter()
                    .map(|(role, team)| {
                        let team = team.as_deref().map(|team| if team == TEAM { own } else { team });
                        (*role, team.map(str::to_owned))
                    })
                    .collect(),
            });
            self.staff.insert(name, account);
        }
        self.casework
            .add_hashed_accounts(&self.landlord, accounts)
            .await
            .expect("accounts");
    }

    pub(crate) async fn who(&self, name: &str) -> Who {
        let kept = self.sessions.lock().expect("no holder panics").get(name).cloned();
        if let Some(session) = kept
            && let Visit::Awake { who, .. } = self.casework.visit(&session).await.expect("a visit")
        {
            return who;
        }
        let session = self.sign_in(name).await;
        self.sessions
            .lock()
            .expect("no holder panics")
            .insert(name.to_owned(), session.clone());
        match self.casework.visit(&session).await.expect("a visit") {
            Visit::Awake { who, .. } => who,
            Visit::Asleep { .. } | Visit::Nobody => panic!("{name} has just signed in"),
        }
    }

    pub(crate) async fn sign_in(&self, name: &str) -> String {
        let sign_in = format!("{name}.{}", self.landlord.0);
        let signed = self
            .casework
            .sign_in(&sign_in, Password::new(PASSWORD.into()), None)
            .await;
        signed
            .unwrap_or_else(|why| panic!("{name} signs in: {why:?}"))
            .session
    }

    pub(crate) fn account(&self, name: &str) -> AccountId {
        self.staff[name]
    }

    pub(crate) fn set(&self, time: &str) {
        self.set_to(at(time));
    }

    pub(crate) fn set_to(&self, time: Timestamp) {
        self.time.store(time.as_millisecond(), Ordering::SeqCst);
    }

    /// Lets some time pass.
    pub(crate) fn pass(&self, span: jiff::SignedDuration) {
        self.set_to(self.casework.now() + span);
    }

    pub(crate) fn landlord(&self) -> &LandlordId {
        &self.landlord
    }

    pub(crate) async fn room(&self) -> Arc<Room> {
        let room = self.casework.room(&self.landlord).await.expect("readable");
        room.expect("the landlord is there")
    }

    /// The case's last position, as somebody sees it on its page.
    pub(crate) async fn seen(&self, who: &Who, case: CaseId) -> Position {
        let page = self.casework.case_page(who, case).await.expect("admitted");
        page.view().view.seen.expect("a position")
    }

    pub(crate) fn form(&self) -> Form {
        Form {
            command: self.casework.new_command(),
            body: [7; 32],
            seen: None,
        }
    }

    pub(crate) fn form_seen(&self, position: Position) -> Form {
        Form {
            seen: Some(position),
            ..self.form()
        }
    }

    pub(crate) fn data(&self) -> &Path {
        self.folder.path()
    }

    /// A report by telephone, with danger answered, and nobody at work involved.
    pub(crate) async fn report(&self, who: &Who, words: &str) -> Receipt {
        let report = self.new_report(words);
        self.casework
            .take_report(who, self.form(), report)
            .await
            .expect("a report")
    }

    pub(crate) fn new_report(&self, words: &str) -> NewReport {
        NewReport {
            channel: Channel::Telephone,
            from: ReporterKind::Survivor,
            words: Words::new(words),
            reporter: None,
            survivor_knows: YesNo::Yes,
            danger: DangerAnswered {
                danger: Danger::No,
                advice_given: true,
                done: None,
            },
            connection: Some(StaffConnectionAnswered {
                answer: YesNo::No,
                who: None,
            }),
            received: When::default(),
        }
    }

    /// A case opened from a report, with one route that is safe to call at any time. Gives the case and its survivor.
    pub(crate) async fn case(&self, who: &Who, name: &str) -> (CaseId, PersonId, RouteId) {
        let receipt = self.report(who, "He took my telephone and the keys").await;
        let mut survivor = self.casework.new_person(Part::Survivor);
        survivor.name = Some(Words::new(name));
        let person = survivor.person;
        let page = self
            .casework
            .case_page(who, receipt.report)
            .await
            .expect("the report opens");
        let form = self.form_seen(page.view().view.seen.expect("a position"));
        self.casework
            .open_case(who, form, receipt.report, survivor, "domestic-abuse".into())
            .await
            .expect("a case");
        let route = RouteId(self.casework.new_command().0);
        let told = RouteTold {
            route,
            person,
            kind: RouteKind::Telephone,
            value: Words::new("07700 900143"),
            shared_with: None,
        };
        self.casework
            .tell_route(who, self.form(), receipt.report, When::default(), told)
            .await
            .expect("a route");
        let agreed = SafeContactAgreed {
            route,
            way: Way::Call,
            verdict: Verdict::Safe,
            hours: Vec::new(),
            said_by: SaidBy::Person,
            professional: None,
            recheck_on: None,
        };
        self.casework
            .agree_safe_contact(who, self.form(), receipt.report, When::default(), agreed)
            .await
            .expect("agreed");
        (receipt.report, person, route)
    }

    /// Spoke with the survivor.
    pub(crate) fn spoke(&self, person: PersonId, route: RouteId) -> ContactMade {
        ContactMade {
            with: With::Survivor,
            person: Some(person),
            route: Some(route),
            way: Way::Call,
            direction: Direction::Out,
            sure_it_was: YesNo::Yes,
            still_safe: YesNo::Yes,
            present: None,
            words: Words::new("She is at work and can talk until noon."),
            gate: GateSaid {
                answer: "not_asked".into(),
                against: false,
            },
        }
    }
}

/// Those without whom nothing goes on.
fn few() -> Vec<Person> {
    let team = || Some(TEAM.to_owned());
    vec![
        ("lead", None, vec![(Role::Lead, None)]),
        ("manager", Some("lead"), vec![(Role::Manager, team())]),
        ("joan", Some("manager"), vec![(Role::Caseworker, team())]),
        ("ruth", Some("manager"), vec![(Role::Caseworker, team())]),
        ("admin", None, vec![(Role::Administrator, None)]),
        ("colleague", Some("manager"), vec![]),
        ("board", None, vec![(Role::Board, None)]),
    ]
}

/// A second line in the same team, another team, and every other role.
fn more() -> Vec<Person> {
    let team = || Some(TEAM.to_owned());
    let other = || Some("lettings".to_owned());
    vec![
        ("manager2", None, vec![(Role::Manager, team())]),
        ("rhys", Some("manager2"), vec![(Role::Caseworker, team())]),
        ("other", None, vec![(Role::Caseworker, other())]),
        ("othermanager", None, vec![(Role::Manager, other())]),
        ("officer", None, vec![(Role::Officer, None)]),
        ("auditor", None, vec![(Role::Auditor, None)]),
        ("decider", None, vec![(Role::DataDecider, None)]),
        ("listed", None, vec![(Role::Colleague, None)]),
    ]
}

pub(crate) fn at(time: &str) -> Timestamp {
    time.parse().expect("a time")
}

/// The first team whose caseworkers see a case.
fn team_of(files: &BTreeMap<String, String>) -> String {
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    let pack = fanlight_core::pack::read(&files).expect("the pack is sound");
    pack.access.teams[0].clone()
}

fn pack_files(landlord: &str) -> BTreeMap<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../packs")
        .join(landlord);
    std::fs::read_dir(folder)
        .expect("the pack is there")
        .map(|file| {
            let path = file.expect("a file").path();
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            (name, std::fs::read_to_string(&path).expect("text"))
        })
        .collect()
}
