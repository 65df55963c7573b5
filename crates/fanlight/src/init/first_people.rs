//! The people an installation starts from: an administrator, a domestic abuse lead, and a manager if there is one.
//!
//! Asked on the terminal for whatever the command does not say. Passwords are typed twice and not shown, or come from
//! a file or descriptor: never from the command line, which others on the machine can read.

use anyhow::{Context, Result, anyhow, bail};
use clap::Args;
use fanlight_casework::people::password::Password;
use fanlight_core::access::Role;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, IsTerminal, Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

/// Who the first people are.
#[derive(Args)]
pub(super) struct PeopleArgs {
    /// The administrator's name.
    #[arg(long, value_name = "NAME")]
    admin_name: Option<String>,
    /// What the administrator signs in with.
    #[arg(long, value_name = "SIGN-IN")]
    admin_sign_in: Option<String>,
    /// The domestic abuse lead's name.
    #[arg(long, value_name = "NAME")]
    lead_name: Option<String>,
    /// What the domestic abuse lead signs in with.
    #[arg(long, value_name = "SIGN-IN")]
    lead_sign_in: Option<String>,
    /// A manager's name, if there is to be one from the beginning.
    #[arg(long, value_name = "NAME", requires = "manager_sign_in")]
    manager_name: Option<String>,
    /// What the manager signs in with.
    #[arg(long, value_name = "SIGN-IN", requires = "manager_name")]
    manager_sign_in: Option<String>,
    /// Reads the passwords from here, a line each: the administrator's, the lead's, the manager's. `-` is standard input.
    #[arg(long, value_name = "FILE")]
    password_file: Option<PathBuf>,
}

/// Somebody to start from.
pub(super) struct FirstPerson {
    pub(super) role: Role,
    pub(super) name: String,
    pub(super) sign_in: String,
    pub(super) password: Password,
}

/// The longest password file that is read.
const LONGEST_FILE: u64 = 16 * 1024;

impl PeopleArgs {
    /// The people, asked for whatever the command did not say.
    pub(super) fn ask(self, output: &mut dyn Write) -> Result<Vec<FirstPerson>> {
        let mut from_file = match &self.password_file {
            Some(file) => Some(passwords_in(file)?.into_iter()),
            None => None,
        };
        let mut wanted = vec![
            (
                Role::Administrator,
                "administrator",
                "--admin",
                self.admin_name,
                self.admin_sign_in,
            ),
            (
                Role::Lead,
                "domestic abuse lead",
                "--lead",
                self.lead_name,
                self.lead_sign_in,
            ),
        ];
        if self.manager_name.is_some() {
            wanted.push((
                Role::Manager,
                "manager",
                "--manager",
                self.manager_name,
                self.manager_sign_in,
            ));
        }
        let mut people: Vec<FirstPerson> = Vec::new();
        for (role, who, flag, name, sign_in) in wanted {
            let name = said_or_asked(
                name,
                &format!("The {who}'s name"),
                &format!("{flag}-name"),
                output,
            )?;
            let sign_in = said_or_asked(sign_in, "  signs in as", &format!("{flag}-sign-in"), output)?;
            if people
                .iter()
                .any(|other| other.sign_in.to_lowercase() == sign_in.to_lowercase())
            {
                bail!(
                    "the administrator, the lead and the manager are different people: give each a sign-in name of their own"
                );
            }
            let password = match &mut from_file {
                Some(lines) => Password::new(lines.next().with_context(|| {
                    format!("the password file has no line for the {who}: one line each, in the order administrator, lead, manager")
                })?),
                None => typed_twice(who)?,
            };
            password
                .can_be_set()
                .map_err(|why| anyhow!("the {who}'s password: {why}"))?;
            people.push(FirstPerson {
                role,
                name,
                sign_in,
                password,
            });
        }
        Ok(people)
    }
}

fn said_or_asked(said: Option<String>, question: &str, flag: &str, output: &mut dyn Write) -> Result<String> {
    let answer = match said {
        Some(said) => said,
        None if std::io::stdin().is_terminal() => {
            write!(output, "{question}: ")?;
            output.flush()?;
            let mut line = String::new();
            std::io::stdin()
                .lock()
                .read_line(&mut line)
                .context("reading the answer")?;
            line
        }
        None => bail!("nobody is at the terminal to be asked: give {flag}"),
    };
    let answer = answer.trim();
    if answer.is_empty() {
        bail!("{flag} is empty: give it, or answer when asked");
    }
    Ok(answer.to_owned())
}

fn typed_twice(who: &str) -> Result<Password> {
    if !std::io::stdin().is_terminal() {
        bail!("nobody is at the terminal to type the {who}'s password: give --password-file");
    }
    loop {
        let first = rpassword::prompt_password(format!("  password of the {who}, at least 12 characters: "))
            .context("reading a password")?;
        let again = rpassword::prompt_password("  the same again: ").context("reading a password")?;
        let same = first == again;
        drop(Password::new(again));
        let password = Password::new(first);
        match (same, password.can_be_set()) {
            (true, Ok(())) => return Ok(password),
            (true, Err(why)) => say(why)?,
            (false, _) => say("The two are not the same. Type it twice again.")?,
        }
    }
}

fn say(why: &str) -> Result<()> {
    writeln!(std::io::stderr(), "  {why}").context("writing to the terminal")
}

fn passwords_in(file: &Path) -> Result<Vec<String>> {
    let reading = || format!("reading the passwords from {}", file.display());
    let source: Box<dyn Read> = if file == Path::new("-") {
        Box::new(std::io::stdin())
    } else {
        let about = fs::metadata(file).with_context(reading)?;
        if about.is_file() && about.permissions().mode() & 0o077 != 0 {
            bail!(
                "others can read {}: make it yours alone (chmod 600), and choose other passwords",
                file.display()
            );
        }
        Box::new(File::open(file).with_context(reading)?)
    };
    BufReader::new(source.take(LONGEST_FILE))
        .lines()
        .map(|line| line.map(|line| line.trim_end_matches('\r').to_owned()))
        .filter(|line| line.as_ref().map_or(true, |line| !line.is_empty()))
        .collect::<std::io::Result<_>>()
        .with_context(reading)
}
