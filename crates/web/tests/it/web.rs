//! A house with its application: one landlord, its staff, a clock that the test moves, and browsers that keep cookies,
//! read pages by their headings and labels, and send a form as it was drawn.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, header};
use fanlight_casework::people::password::Password;
use fanlight_casework::*;
use fanlight_core::access::Role;
use fanlight_core::fact::*;
use fanlight_core::ids::*;
use fanlight_core::words::Words;
use fanlight_web::app::{Settings, app};
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use tower::ServiceExt as _;

/// The password of everybody in tests.
pub(crate) const PASSWORD: &str = "green kettle monday";

/// One landlord's house, its application, and a clock.
pub(crate) struct Web {
    pub(crate) casework: Arc<Casework>,
    router: Router,
    /// Where everything is kept, for as long as the house stands.
    _folder: tempfile::TempDir,
    time: Arc<AtomicI64>,
    staff: BTreeMap<&'static str, AccountId>,
    sessions: tokio::sync::Mutex<BTreeMap<&'static str, (String, String)>>,
    landlord: LandlordId,
}

/// Roles, each with its team.
type Roles = Vec<(Role, Option<String>)>;

/// A case that the test made.
pub(crate) struct MadeCase {
    pub(crate) id: CaseId,
    pub(crate) reference: String,
    pub(crate) survivor: PersonId,
    /// A telephone number of the survivor, of which nothing has been said yet.
    pub(crate) route: RouteId,
}

impl Web {
    /// settle's house, on a Monday afternoon.
    pub(crate) async fn new() -> Web {
        Web::of("settle").await
    }

    /// Another landlord's house.
    pub(crate) async fn of(landlord: &str) -> Web {
        Web::with(landlord, "").await
    }

    /// Another landlord's house, whose pack says this besides.
    pub(crate) async fn with(landlord: &str, besides: &str) -> Web {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let time = Arc::new(AtomicI64::new(at("2026-11-16T16:40:00Z").as_millisecond()));
        let told = time.clone();
        let clock = Clock::new(move || {
            Timestamp::from_millisecond(told.load(Ordering::SeqCst)).expect("a time within reach")
        });
        let made =
            Casework::make_installation(&folder.path().join("data"), &folder.path().join("keys"), clock)
                .expect("an installation");
        let casework = Arc::new(made.casework);
        let landlord = LandlordId(landlord.to_owned());
        let mut files = pack_files(&landlord.0);
        files.insert("besides.toml".to_owned(), besides.to_owned());
        let new = NewLandlord {
            id: landlord.clone(),
            files,
            from: jiff::civil::date(2026, 10, 1),
        };
        casework.add_landlord(new).await.expect("a landlord");
        let mut web = Web {
            router: app(casework.clone(), Settings::default()),
            casework,
            _folder: folder,
            time,
            staff: BTreeMap::new(),
            sessions: tokio::sync::Mutex::default(),
            landlord,
        };
        web.add_staff().await;
        web
    }

    async fn add_staff(&mut self) {
        let room = self
            .casework
            .room(&self.landlord)
            .await
            .expect("read")
            .expect("there");
        let team = Some(room.first_team().to_owned());
        let people: [(&'static str, Option<&'static str>, Roles); 7] = [
            ("lead", None, vec![(Role::Lead, None)]),
            ("manager", Some("lead"), vec![(Role::Manager, team.clone())]),
            ("joan", Some("manager"), vec![(Role::Caseworker, team.clone())]),
            ("ruth", Some("manager"), vec![(Role::Caseworker, team)]),
            ("admin", None, vec![(Role::Administrator, None)]),
            ("colleague", Some("manager"), vec![]),
            ("board", None, vec![(Role::Board, None)]),
        ];
        // A hash takes its time on purpose: one serves everybody in tests.
        let hash = self
            .casework
            .hash_first_password(Password::new(PASSWORD.into()))
            .await
            .expect("a hash");
        let mut accounts = Vec::new();
        for (name, above, roles) in people {
            let account = self.casework.new_account();
            let new = FirstAccount {
                account,
                name: Words::new(name),
                post: Words::new("Post"),
                sign_in: Words::new(format!("{name}.{}", self.landlord.0)),
                hash: hash.clone(),
                reports_to: above.and_then(|above| self.staff.get(above).copied()),
                roles,
            };
            self.staff.insert(name, account);
            accounts.push(new);
        }
        self.casework
            .add_hashed_accounts(&self.landlord, accounts)
            .await
            .expect("accounts");
    }

    /// The account of one of the staff.
    pub(crate) fn account(&self, name: &str) -> AccountId {
        self.staff[name]
    }

    /// Moves the clock.
    pub(crate) fn set(&self, time: &str) {
        self.time.store(at(time).as_millisecond(), Ordering::SeqCst);
    }

    /// One of the staff, as casework knows them.
    pub(crate) async fn who(&self, name: &'static str) -> Who {
        let (session, _) = self.session(name).await;
        match self.casework.visit(&session).await.expect("a visit") {
            Visit::Awake { who, .. } => who,
            Visit::Asleep { .. } | Visit::Nobody => panic!("{name} has just signed in"),
        }
    }

    /// A session that is awake, and the browser's own mark. Who has signed in does so again only after falling asleep.
    async fn session(&self, name: &'static str) -> (String, String) {
        let mut kept = self.sessions.lock().await;
        if let Some(held) = kept.get(name)
            && let Visit::Awake { .. } = self.casework.visit(&held.0).await.expect("a visit")
        {
            return held.clone();
        }
        let sign_in = format!("{name}.{}", self.landlord.0);
        let signed = self
            .casework
            .sign_in(&sign_in, Password::new(PASSWORD.into()), None)
            .await
            .unwrap_or_else(|why| panic!("{name} signs in: {why:?}"));
        let new = (signed.session, signed.device);
        kept.insert(name, new.clone());
        new
    }

    /// A press of a form that no page drew: for setting a scene.
    pub(crate) fn form(&self, seen: Option<Position>) -> Form {
        Form {
            command: self.casework.new_command(),
            body: [7; 32],
            seen,
        }
    }

    /// The whole case as its page shows it to somebody.
    pub(crate) async fn view(&self, name: &'static str, case: CaseId) -> CasePage {
        let who = self.who(name).await;
        self.casework
            .case_page(&who, case)
            .await
            .expect("opens")
            .into_view()
    }

    /// A case with a survivor and her telephone number, of which nobody has said yet whether it is safe.
    pub(crate) async fn case(&self, worker: &'static str, survivor: &str) -> MadeCase {
        let who = self.who(worker).await;
        let report = NewReport {
            channel: Channel::Telephone,
            from: ReporterKind::Survivor,
            words: Words::new("He took my telephone and the keys"),
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
        };
        let receipt = self
            .casework
            .take_report(&who, self.form(None), report)
            .await
            .expect("a report");
        let mut told = self.casework.new_person(Part::Survivor);
        told.name = Some(Words::new(survivor));
        let person = told.person;
        let seen = self.view(worker, receipt.report).await.view.seen;
        let team = who.room.first_team().to_owned();
        self.casework
            .open_case(&who, self.form(seen), receipt.report, told, team)
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
            .tell_route(&who, self.form(None), receipt.report, When::default(), told)
            .await
            .expect("a route");
        MadeCase {
            id: receipt.report,
            reference: receipt.reference,
            survivor: person,
            route,
        }
    }

    /// Calls a way of the survivor's number safe (in these hours; none means at any time) or not.
    pub(crate) async fn say(
        &self,
        worker: &'static str,
        case: &MadeCase,
        way: Way,
        verdict: Verdict,
        hours: Vec<SafeHours>,
    ) {
        let who = self.who(worker).await;
        let agreed = SafeContactAgreed {
            route: case.route,
            way,
            verdict,
            hours,
            said_by: SaidBy::Person,
            professional: None,
            recheck_on: None,
        };
        self.casework
            .agree_safe_contact(&who, self.form(None), case.id, When::default(), agreed)
            .await
            .expect("said");
    }

    /// Somebody's browser, signed in.
    pub(crate) async fn browser(&self, name: &'static str) -> Browser {
        let (session, device) = self.session(name).await;
        Browser {
            router: self.router.clone(),
            cookie: format!("fanlight={session}; fanlight-device={device}"),
        }
    }

    /// A browser that has not signed in.
    pub(crate) fn nobody(&self) -> Browser {
        Browser {
            router: self.router.clone(),
            cookie: String::new(),
        }
    }
}

/// A browser without JavaScript.
pub(crate) struct Browser {
    router: Router,
    cookie: String,
}

impl Browser {
    /// Looks at a page, and follows nothing.
    pub(crate) async fn get(&self, path: &str) -> Page {
        let request = Request::get(path)
            .header(header::COOKIE, &self.cookie)
            .body(Body::empty())
            .expect("a request");
        self.send(request).await
    }

    /// The same browser, holding this cookie and no other.
    pub(crate) fn with_cookie(&self, cookie: &str) -> Browser {
        Browser {
            router: self.router.clone(),
            cookie: cookie.to_owned(),
        }
    }

    /// Sends these fields to a path, as a form would.
    pub(crate) async fn post(&self, path: &str, fields: &[(String, String)]) -> Page {
        self.post_as(path, fields, "same-origin").await
    }

    /// Sends these fields as a form on somebody else's page would.
    pub(crate) async fn post_from_elsewhere(&self, path: &str, fields: &[(String, String)]) -> Page {
        self.post_as(path, fields, "cross-site").await
    }

    async fn post_as(&self, path: &str, fields: &[(String, String)], site: &str) -> Page {
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        let request = Request::post(path)
            .header(header::COOKIE, &self.cookie)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", site)
            .body(Body::from(body))
            .expect("a request");
        self.send(request).await
    }

    async fn send(&self, request: Request<Body>) -> Page {
        let answer = self.router.clone().oneshot(request).await.expect("an answer");
        let status = answer.status().as_u16();
        let at = answer
            .headers()
            .get(header::LOCATION)
            .map_or_else(String::new, |at| at.to_str().expect("plain").to_owned());
        let cookie = answer
            .headers()
            .get(header::SET_COOKIE)
            .map_or_else(String::new, |line| line.to_str().expect("plain").to_owned());
        let forgets = answer
            .headers()
            .get("clear-site-data")
            .map_or_else(String::new, |line| line.to_str().expect("plain").to_owned());
        let bytes = to_bytes(answer.into_body(), 24 << 20).await.expect("a body");
        Page {
            status,
            at,
            cookie,
            forgets,
            html: String::from_utf8(bytes.to_vec()).expect("text"),
        }
    }

    /// Opens the page at `path`, answers its form, presses its main button. Gives the answer to the POST, which is a 303.
    pub(crate) async fn fill(&self, path: &str, answers: &[(&str, &str)]) -> Page {
        let page = self.get(path).await;
        assert_eq!(page.status, 200, "{path}: {} {}", page.at, page.text());
        self.answer(&page, answers).await
    }

    /// Sends the main form of a page that has been opened: everything it held, with these answers in place of its own.
    /// A checkbox or a radio button that is answered must be on the page.
    pub(crate) async fn answer(&self, page: &Page, answers: &[(&str, &str)]) -> Page {
        let form = page.form();
        let mut fields: Vec<(String, String)> = form
            .fields
            .iter()
            .filter(|(name, _)| !answers.iter().any(|(answered, _)| answered == name))
            .cloned()
            .collect();
        for (name, value) in answers {
            assert!(
                form.offers(name, value),
                "the form does not ask {name} = {value}: {:?}",
                form.names
            );
            fields.push(((*name).to_owned(), (*value).to_owned()));
        }
        let answer = self.post(&form.action, &fields).await;
        assert_eq!(answer.status, 303, "every POST ends in a 303");
        answer
    }

    /// The same, and looks at where the answer leads.
    pub(crate) async fn fill_and_follow(&self, path: &str, answers: &[(&str, &str)]) -> Page {
        let answer = self.fill(path, answers).await;
        self.get(&answer.at).await
    }
}

/// What a browser was answered.
pub(crate) struct Page {
    pub(crate) status: u16,
    /// Where it leads, if it is a 303.
    pub(crate) at: String,
    /// What it sets in the browser; empty for nothing.
    pub(crate) cookie: String,
    /// What it asks the browser to let go of; empty for nothing.
    pub(crate) forgets: String,
    pub(crate) html: String,
}

/// A form as a page drew it.
pub(crate) struct Drawn {
    pub(crate) action: String,
    /// Names and values that would be sent as it stands.
    pub(crate) fields: Vec<(String, String)>,
    /// What can be answered: names, and for choices their values.
    names: Vec<(String, Option<String>)>,
}

impl Drawn {
    fn offers(&self, name: &str, value: &str) -> bool {
        self.names
            .iter()
            .any(|(held, choice)| held == name && choice.as_ref().is_none_or(|choice| choice == value))
    }
}

impl Page {
    /// The title of the page.
    pub(crate) fn title(&self) -> String {
        between(&self.html, "<title>", "</title>")
            .map(unescaped)
            .unwrap_or_default()
    }

    /// The words of the page, without its marks, one space between any two.
    pub(crate) fn text(&self) -> String {
        let body = self
            .html
            .split_once("<body")
            .map_or(self.html.as_str(), |(_, body)| body);
        let mut text = String::new();
        let mut inside = true;
        for letter in body.chars() {
            match letter {
                '<' => inside = true,
                '>' => {
                    inside = false;
                    text.push(' ');
                }
                letter if !inside => text.push(letter),
                _ => {}
            }
        }
        unescaped(&text).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Whether the page says these words.
    pub(crate) fn says(&self, words: &str) -> bool {
        self.text().contains(words)
    }

    /// The page's headings of all levels.
    pub(crate) fn headings(&self) -> Vec<String> {
        let mut found = Vec::new();
        for level in 1..=3 {
            for part in self.html.split(&format!("<h{level}")).skip(1) {
                if let Some((heading, _)) = part.split_once(&format!("</h{level}>")) {
                    let heading = heading.split_once('>').map_or(heading, |(_, words)| words);
                    let page = Page {
                        status: 200,
                        at: String::new(),
                        cookie: String::new(),
                        forgets: String::new(),
                        html: format!("<body>{heading}"),
                    };
                    found.push(page.text());
                }
            }
        }
        found
    }

    /// Whether somewhere on the page a link leads there.
    pub(crate) fn links_to(&self, path: &str) -> bool {
        self.html.contains(&format!("href=\"{path}\""))
    }

    /// The page's main form: the one with a command.
    pub(crate) fn form(&self) -> Drawn {
        let form = self
            .html
            .split("<form")
            .skip(1)
            .filter_map(|form| form.split_once("</form>").map(|(form, _)| form))
            .find(|form| form.contains("name=\"command\""))
            .unwrap_or_else(|| panic!("the page has a form: {}", self.text()));
        let (tag, inside) = form.split_once('>').expect("a form tag");
        let mut drawn = Drawn {
            action: attribute(tag, "action").expect("a form says where it goes"),
            fields: Vec::new(),
            names: Vec::new(),
        };
        for part in inside.split('<').skip(1) {
            let Some((tag, after)) = part.split_once('>') else {
                continue;
            };
            let name = attribute(tag, "name");
            if let ("input", Some(name)) = (tag.split_whitespace().next().unwrap_or_default(), &name) {
                let value = attribute(tag, "value").unwrap_or_default();
                let choice = matches!(attribute(tag, "type").as_deref(), Some("radio" | "checkbox"));
                drawn.names.push((name.clone(), choice.then(|| value.clone())));
                if !choice || has(tag, "checked") {
                    drawn.fields.push((name.clone(), value));
                }
            }
            if let (true, Some(name)) = (tag.starts_with("textarea"), &name) {
                drawn.names.push((name.clone(), None));
                // A browser leaves out the first line break.
                let words = unescaped(after);
                let words = words.strip_prefix('\n').unwrap_or(&words).to_owned();
                drawn.fields.push((name.clone(), words));
            }
            if let (true, Some(name)) = (tag.starts_with("select"), &name) {
                let options = inside
                    .split_once(&format!("<{tag}>"))
                    .and_then(|(_, rest)| rest.split_once("</select>"))
                    .map(|(options, _)| options)
                    .unwrap_or_default();
                let mut chosen = None;
                for option in options.split("<option").skip(1) {
                    let tag = option.split_once('>').map_or(option, |(tag, _)| tag);
                    let value = attribute(tag, "value").unwrap_or_default();
                    if has(tag, "selected") || chosen.is_none() {
                        chosen = Some(value.clone());
                    }
                    drawn.names.push((name.clone(), Some(value)));
                }
                drawn.fields.push((name.clone(), chosen.unwrap_or_default()));
            }
        }
        drawn
    }
}

fn has(tag: &str, word: &str) -> bool {
    tag.split_whitespace().any(|part| part == word)
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    between(tag, &format!(" {name}=\""), "\"").map(unescaped)
}

fn between<'a>(text: &'a str, from: &str, to: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(from)?;
    rest.split_once(to).map(|(inside, _)| inside)
}

fn unescaped(text: &str) -> String {
    text.replace("&#34;", "\"")
        .replace("&#39;", "'")
        .replace("&quot;", "\"")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&#60;", "<")
        .replace("&#62;", ">")
        .replace("&nbsp;", " ")
        .replace("&#38;", "&")
        .replace("&amp;", "&")
}

pub(crate) fn at(time: &str) -> Timestamp {
    time.parse().expect("a time")
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
