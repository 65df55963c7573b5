//! `fanlight demo`: both landlords with their packs, invented staff in every role, and invented cases in several states.
//!
//! Everything is made by the functions that the pages use, under a clock that is moved through the last weeks.

/// Adds stories to a telling, each under its own name.
macro_rules! add_each {
    ($house:ident, $telling:ident: $($folder:ident::$story:ident),+ $(,)?) => {
        $($telling.add(stringify!($story), $folder::$story($house.clone(), $telling.turn()));)+
    };
}
use add_each;

mod almanac;
mod bpha;
mod house;
mod order;
mod settle;
mod staff;
mod story;

use crate::clock::{self, MovedClock};
use crate::log;
use crate::serve;
use almanac::Almanac;
use anyhow::{Context, Result, bail};
use clap::Args;
use fanlight_casework::Casework;
use fanlight_casework::people::password::Password;
use fanlight_web::app::Settings;
use house::House;
use jiff::Timestamp;
use order::Telling;
use staff::{BPHA, PASSWORD, Person, SETTLE};
use std::fs;
use std::io::Write;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub(crate) const EXAMPLES: &str = "Examples:
  fanlight demo
  fanlight demo --port 8080 --data ./demo-data

Without --data it works in a temporary folder, which is removed when it ends. With --data \
the folder is kept, and shown again the next time. A folder that holds anything else is refused.

It listens on this machine alone, and stops at Ctrl-C.

Exit status: 0 when it was told to stop, 1 if it cannot start or go on, 2 if the command is not understood.";

/// A landlord of the demonstration: its pack, its people and its cases.
struct Landlord {
    name: &'static str,
    people: &'static [Person],
    add_stories: fn(&Arc<House>, &mut Telling),
}

const LANDLORDS: &[Landlord] = &[
    Landlord {
        name: "settle",
        people: SETTLE,
        add_stories: settle::add_stories,
    },
    Landlord {
        name: "bpha",
        people: BPHA,
        add_stories: bpha::add_stories,
    },
];

/// The file that says that a folder is a demonstration's. It is written last.
const INVENTED: &str = "INVENTED.txt";

/// The arguments of `fanlight demo`.
#[derive(Args)]
pub(crate) struct DemoArgs {
    /// The port to listen on; a free one if it is left out.
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    port: u16,
    /// The folder to keep the demonstration in; a temporary one if it is left out.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// How the log on standard error is written.
    #[arg(long, value_enum, default_value_t = log::Format::Plain, env = "FANLIGHT_LOG_FORMAT")]
    log_format: log::Format,
}

/// Runs `fanlight demo`.
pub(crate) fn run(args: DemoArgs, output: &mut dyn Write) -> Result<()> {
    log::start(args.log_format);
    // Held until the end, and removed with it.
    let temporary = match args.data {
        Some(_) => None,
        None => Some(
            tempfile::Builder::new()
                .prefix("fanlight-demo-")
                .tempdir()
                .context("making a temporary folder")?,
        ),
    };
    let folder = match (&args.data, &temporary) {
        (Some(folder), _) => folder.clone(),
        (None, Some(folder)) => folder.path().to_owned(),
        (None, None) => bail!("there is no folder to work in"),
    };
    serve::runtime()?.block_on(async {
        // Before the cases are made: whoever is told that the port is taken has not waited for nothing.
        let listener = serve::listen(SocketAddr::from((Ipv4Addr::LOCALHOST, args.port))).await?;
        let stop = serve::told_to_stop()?;
        let casework = if folder.join(INVENTED).exists() {
            open(&folder)?
        } else {
            make(&folder, clock::now()).await?
        };
        say(&listener.local_addr()?.to_string(), args.data.as_deref(), output)?;
        let settings = Settings {
            secure: false,
            demo: true,
        };
        serve::until_told_to_stop(listener, casework, settings, stop).await
    })
}

fn open(folder: &Path) -> Result<Arc<Casework>> {
    let opened = Casework::open_installation(&folder.join("data"), &folder.join("keys"), clock::real())
        .context("opening the demonstration")?;
    Ok(Arc::new(opened.casework))
}

/// Makes the demonstration in a folder that is absent or empty. Its stories lead up to `now`.
async fn make(folder: &Path, now: Timestamp) -> Result<Arc<Casework>> {
    let taken = fs::read_dir(folder).is_ok_and(|mut inside| inside.next().is_some());
    if taken {
        bail!(
            "{} holds something that is no whole demonstration: give an empty folder, or remove it",
            folder.display()
        );
    }
    let clock = MovedClock::new();
    let made = Casework::make_installation(&folder.join("data"), &folder.join("keys"), clock.as_clock())
        .context("making the demonstration")?;
    let casework = Arc::new(made.casework);
    tell(&casework, &clock, now).await?;
    fs::write(
        folder.join(INVENTED),
        "A demonstration of Fanlight. Everybody and everything in it is invented.\n",
    )
    .context("marking the folder as a demonstration")?;
    Ok(casework)
}

/// Tells every story, in the order in which things happened, and lets the clock go.
async fn tell(casework: &Arc<Casework>, clock: &MovedClock, now: Timestamp) -> Result<()> {
    let almanac = Almanac::from(now);
    clock.set(almanac.day(90, "09:00"));
    let hash = casework
        .hash_first_password(Password::new(PASSWORD.to_owned()))
        .await?;
    let mut telling = Telling::new();
    for landlord in LANDLORDS {
        let house = House::make(casework, &almanac, landlord.name, landlord.people, &hash).await?;
        (landlord.add_stories)(&house, &mut telling);
    }
    telling.tell(clock, almanac.now()).await?;
    clock.let_go();
    casework.tick().await?;
    Ok(())
}

/// Says where it is, who may sign in with what, and that all of it is invented.
fn say(address: &str, kept_in: Option<&Path>, output: &mut dyn Write) -> Result<()> {
    writeln!(
        output,
        "Fanlight, a demonstration. Everybody, every case and every figure in it is invented.\n"
    )?;
    writeln!(output, "Open http://{address}/ and sign in as one of these:\n")?;
    writeln!(
        output,
        "  {:<18}  {:<20}{:<42}  what comes first",
        "sign in as", "password", "who"
    )?;
    for landlord in LANDLORDS {
        writeln!(output)?;
        for person in landlord.people {
            let who = format!("{}: {}", landlord.name, person.role_says);
            writeln!(
                output,
                "  {:<18}  {PASSWORD:<18}  {who:<42}  {}",
                person.sign_in, person.first_sees
            )?;
        }
    }
    writeln!(output, "\nAnybody can pass on a concern without signing in.")?;
    match kept_in {
        Some(folder) => writeln!(output, "It is kept in {}.", folder.display())?,
        None => writeln!(output, "It is gone when this ends.")?,
    }
    writeln!(output, "Press Ctrl-C to end it.")?;
    output.flush()?;
    Ok(())
}

#[cfg(test)]
mod tests;
