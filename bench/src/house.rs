//! The installation that is measured: made in a folder of its own, filled, and then used as its people would use it.

use crate::bare::{Bare, PlainCase, PlainObligation};
use crate::story::{Plot, SURNAMES, facts, surname};
use anyhow::{Context, Result, anyhow, bail};
use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use fanlight_casework::people::password::Password;
use fanlight_casework::{Casework, Clock, NewAccount, NewLandlord, Room, Visit, When, Who};
use fanlight_core::access::Role;
use fanlight_core::coded::coded;
use fanlight_core::fact::{Actor, Entry, Fact, Recorded};
use fanlight_core::ids::{AccountId, CaseId, LandlordId, Position};
use fanlight_core::obligation::{Obligation, obligations};
use fanlight_core::times::Times;
use fanlight_core::words::Words;
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Instant;
use tokio::runtime::Runtime;
use tower::ServiceExt as _;

const PASSWORD: &str = "green kettle monday";
/// Over how many days the reports came in.
const DAYS: i64 = 730;
/// How many cases at most are still open: a landlord's past grows, the work in hand does not.
const OPEN: usize = 1000;
/// Among how many caseworkers they are shared.
const WORKERS: usize = 10;
/// Cases that are written at once.
const BATCH: usize = 50;

/// An installation with its cases.
pub(crate) struct House {
    /// What runs it.
    pub(crate) runtime: Runtime,
    /// All that can be done.
    pub(crate) casework: Arc<Casework>,
    /// The pages.
    pub(crate) router: Router,
    /// The bare copy.
    pub(crate) bare: Bare,
    /// A caseworker, signed in.
    pub(crate) worker: Visitor,
    /// The lead, signed in.
    pub(crate) lead: Visitor,
    /// The cases that the caseworker leads and that are open.
    pub(crate) cases: Vec<CaseId>,
    /// Where it is.
    pub(crate) folder: PathBuf,
    /// What filling it took and left.
    pub(crate) filled: Filled,
    clock: Arc<AtomicI64>,
}

/// Somebody who is signed in, as a browser and as casework know them.
pub(crate) struct Visitor {
    /// As casework knows them.
    pub(crate) who: Who,
    /// The session's cookie.
    pub(crate) cookie: String,
    /// What forms send back.
    pub(crate) csrf: String,
}

/// What filling took and left.
#[derive(Clone, Copy, Default)]
pub(crate) struct Filled {
    /// Cases.
    pub(crate) cases: usize,
    /// Bytes of all entries as plain JSON.
    pub(crate) text: u64,
    /// Bytes of our database before anybody had read anything, its log brought in.
    pub(crate) disk: u64,
    /// Bytes of its log before that.
    pub(crate) log: u64,
    /// Bytes of the bare database.
    pub(crate) bare_disk: u64,
    /// How long it took, in seconds.
    pub(crate) seconds: f64,
}

/// The clock of the machine, for as long as nobody has moved it.
#[expect(
    clippy::disallowed_methods,
    reason = "this is the clock of a program, as in the binary"
)]
pub(crate) fn real_time() -> Timestamp {
    Timestamp::now()
}

fn clock_over(moved: &Arc<AtomicI64>) -> Clock {
    let moved = Arc::clone(moved);
    Clock::new(move || match moved.load(Ordering::SeqCst) {
        0 => real_time(),
        ms => Timestamp::from_millisecond(ms).unwrap_or_default(),
    })
}

/// Where data and keys of an installation in this folder lie.
pub(crate) fn data_and_keys(folder: &Path) -> (PathBuf, PathBuf) {
    (folder.join("data"), folder.join("keys"))
}

impl House {
    /// Makes an installation with so many cases.
    pub(crate) fn build(folder: &Path, cases: usize, pack: &Path) -> Result<House> {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        let clock = Arc::new(AtomicI64::new(0));
        let (data, keys) = data_and_keys(folder);
        let made = Casework::make_installation(&data, &keys, clock_over(&clock))?;
        let casework = Arc::new(made.casework);
        let mut bare = Bare::create(&folder.join("bare.db"))?;
        let now = real_time();
        let landlord = LandlordId("settle".to_owned());
        let people = runtime.block_on(open_doors(&casework, &landlord, pack, now))?;
        let began = Instant::now();
        let mut filled = Filled {
            cases,
            ..Filled::default()
        };
        let mine = runtime.block_on(fill(
            &casework,
            &landlord,
            &clock,
            &mut bare,
            (cases, now),
            &people,
            &mut filled,
        ))?;
        clock.store(0, Ordering::SeqCst);
        runtime.block_on(casework.tick())?;
        filled.seconds = began.elapsed().as_secs_f64();
        // What is kept beside the journals was made in the invented past. Lists make it again where its time has run
        // out, once for each case: that is no cost of a list, so it is done before.
        for room in runtime.block_on(casework.rooms())? {
            runtime.block_on(casework.rebuild(&room))?;
        }
        filled.log = size(&data.join("fanlight.db-wal"));
        filled.disk = crate::bare::bytes_at_rest(&data.join("fanlight.db"))?;
        filled.bare_disk = bare.bytes()?;
        let router = fanlight_web::app::app(Arc::clone(&casework), fanlight_web::app::Settings::default());
        let worker = runtime.block_on(sign_in(&casework, "worker0"))?;
        let lead = runtime.block_on(sign_in(&casework, "lead"))?;
        Ok(House {
            runtime,
            casework,
            router,
            bare,
            worker,
            lead,
            cases: mine,
            folder: folder.to_owned(),
            filled,
            clock,
        })
    }

    /// Stops the clock where it is, so that what is made twice is made at the same instant.
    pub(crate) fn stop_clock(&self) {
        self.clock.store(real_time().as_millisecond(), Ordering::SeqCst);
    }

    /// Asks for a page, and gives its status, its text and where it leads.
    pub(crate) async fn ask(router: &Router, request: Request<Body>) -> Result<(StatusCode, usize, String)> {
        let answer = router.clone().oneshot(request).await?;
        let status = answer.status();
        let to = answer
            .headers()
            .get(header::LOCATION)
            .and_then(|to| to.to_str().ok())
            .unwrap_or_default()
            .to_owned();
        let body = axum::body::to_bytes(answer.into_body(), 16 << 20).await?;
        Ok((status, body.len(), to))
    }

    /// Asks for a page that must be there.
    pub(crate) async fn page(router: &Router, visitor: &Visitor, path: &str) -> Result<usize> {
        let request = Request::get(path)
            .header(header::COOKIE, &visitor.cookie)
            .body(Body::empty())?;
        let (status, bytes, to) = House::ask(router, request).await?;
        if status != StatusCode::OK {
            bail!("{path} answered {status} {to}");
        }
        Ok(bytes)
    }

    /// Sends a form, and gives where the answer leads.
    pub(crate) async fn send(
        router: &Router,
        visitor: &Visitor,
        path: &str,
        command: &str,
        fields: &str,
    ) -> Result<String> {
        let body = format!("csrf={}&command={command}&{fields}", visitor.csrf);
        let request = Request::post(path)
            .header(header::COOKIE, &visitor.cookie)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(body))?;
        let (status, _, to) = House::ask(router, request).await?;
        if status != StatusCode::SEE_OTHER {
            bail!("{path} answered {status}");
        }
        Ok(to)
    }
}

/// Size of a file, or nothing where there is none.
pub(crate) fn size(path: &Path) -> u64 {
    std::fs::metadata(path).map_or(0, |file| file.len())
}

async fn open_doors(
    casework: &Casework,
    landlord: &LandlordId,
    pack: &Path,
    now: Timestamp,
) -> Result<Vec<AccountId>> {
    let mut files = BTreeMap::new();
    for file in std::fs::read_dir(pack).with_context(|| format!("reading the pack {}", pack.display()))? {
        let path = file?.path();
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        files.insert(name, std::fs::read_to_string(&path)?);
    }
    let from = fanlight_core::calendar::london_date(now - SignedDuration::from_hours(24 * (DAYS + 30)));
    let new = NewLandlord {
        id: landlord.clone(),
        files,
        from,
    };
    casework.add_landlord(new).await?;
    let team = Some("domestic-abuse".to_owned());
    let lead = casework.new_account();
    let account = |name: String, roles, reports_to| NewAccount {
        name: Words::new(name.clone()),
        post: Words::new("Post"),
        sign_in: Words::new(name),
        password: Password::new(PASSWORD.to_owned()),
        reports_to,
        roles,
    };
    let mut accounts = vec![(lead, account("lead".into(), vec![(Role::Lead, None)], None))];
    let mut workers = Vec::new();
    for number in 0..WORKERS {
        let id = casework.new_account();
        workers.push(id);
        let roles = vec![(Role::Caseworker, team.clone())];
        accounts.push((id, account(format!("worker{number}"), roles, Some(lead))));
    }
    casework.add_first_accounts(landlord, accounts).await?;
    Ok(workers)
}

async fn sign_in(casework: &Casework, name: &str) -> Result<Visitor> {
    let signed = casework
        .sign_in(name, Password::new(PASSWORD.to_owned()), None)
        .await
        .map_err(|_| anyhow!("{name} could not sign in"))?;
    match casework.visit(&signed.session).await? {
        Visit::Awake { who, csrf } => Ok(Visitor {
            who,
            csrf,
            cookie: format!("fanlight={}", signed.session),
        }),
        Visit::Asleep { .. } | Visit::Nobody => bail!("{name} has just signed in"),
    }
}

async fn fill(
    casework: &Arc<Casework>,
    landlord: &LandlordId,
    clock: &AtomicI64,
    bare: &mut Bare,
    (cases, now): (usize, Timestamp),
    workers: &[AccountId],
    filled: &mut Filled,
) -> Result<Vec<CaseId>> {
    let mut mine = Vec::new();
    let open_from = cases - OPEN.min(cases / 10);
    let batches = cases.div_ceil(BATCH);
    for batch in 0..batches {
        // In order of receipt, the last a week ago: whatever could be missed has been.
        let ago = SignedDuration::from_hours(24 * 7)
            + SignedDuration::from_hours(24 * DAYS) * (batches - batch) as i32 / batches as i32;
        let received = now - ago;
        let numbers: Vec<usize> = (batch * BATCH..cases.min((batch + 1) * BATCH)).collect();
        // Those reached late are recorded late: the clock stands at each of the two moments in turn.
        for late in [false, true] {
            clock.store(received.as_millisecond(), Ordering::SeqCst);
            let room = casework
                .room(landlord)
                .await?
                .context("the landlord has a room")?;
            let plots: Vec<Plot> = numbers
                .iter()
                .map(|number| Plot {
                    number: *number,
                    received,
                    open: *number >= open_from,
                    lead: workers[number % WORKERS],
                    team: room.first_team().to_owned(),
                    outcome: room.terms.outcomes.first().cloned().unwrap_or_default(),
                })
                .filter(|plot| (plot.reached_after() > SignedDuration::from_hours(1)) == late)
                .collect();
            let Some(recorded) = plots.first().map(Plot::recorded) else {
                continue;
            };
            clock.store(recorded.as_millisecond(), Ordering::SeqCst);
            let mut plain = Vec::with_capacity(plots.len());
            let mut writing = Vec::with_capacity(plots.len());
            for plot in plots {
                let story = facts(casework, &plot);
                let (casework, room) = (Arc::clone(casework), Arc::clone(&room));
                let by = Actor::Account(plot.lead);
                let told = plain_case(&room, &plot, &story, by, recorded)?;
                let task = tokio::spawn(async move { casework.carry_in(&room, by, story).await });
                writing.push((task, told, plot));
            }
            for (task, mut told, plot) in writing {
                let id = task.await??;
                told.id = id.0;
                filled.text += told.entries.iter().map(|entry| entry.len() as u64).sum::<u64>();
                plain.push(told);
                if plot.open && plot.lead == workers[0] {
                    mine.push(id);
                }
            }
            bare.fill(&plain)?;
        }
    }
    Ok(mine)
}

fn plain_case(
    room: &Room,
    plot: &Plot,
    story: &[(Fact, When)],
    by: Actor,
    recorded: Timestamp,
) -> Result<PlainCase> {
    let entries: Vec<Entry> = story
        .iter()
        .enumerate()
        .map(|(at, (fact, when))| {
            let aware = when.aware.or(when.happened).unwrap_or(recorded);
            Entry {
                position: Position(at as u64),
                recorded: Some(Recorded {
                    by,
                    times: Times {
                        happened: when.happened.unwrap_or(aware),
                        aware,
                        recorded,
                    },
                    corrects: None,
                    fact: fact.clone(),
                }),
            }
        })
        .collect();
    let owed: Vec<Obligation> = obligations(&coded(&entries), &room.packs, recorded);
    let reference = story.iter().find_map(|(fact, _)| match fact {
        Fact::ReportReceived(report) => Some(report.reference.to_string()),
        _ => None,
    });
    Ok(PlainCase {
        id: [0; 16],
        reference: reference.unwrap_or_default(),
        received: plot.received.as_millisecond(),
        open: plot.open,
        lead: plot.lead.0,
        surname: surname(plot.number % SURNAMES),
        entries: entries
            .iter()
            .filter_map(|entry| entry.recorded.as_ref())
            .map(serde_json::to_string)
            .collect::<Result<_, _>>()?,
        obligations: owed
            .iter()
            .map(|one| PlainObligation {
                rule: one.rule.clone(),
                title: one.title.clone(),
                started: one.started.at.as_millisecond(),
                due: one.due.at.map(Timestamp::as_millisecond),
                met: one.done_at().map(Timestamp::as_millisecond),
                open: one.is_owed(),
            })
            .collect(),
    })
}
