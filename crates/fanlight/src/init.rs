//! `fanlight init` and `fanlight landlord add`: the two folders, a landlord with its pack, and the people it starts from.
//!
//! Everything that can be refused is asked and checked before the first file is written.

mod first_people;

use crate::clock;
use crate::policy;
use crate::serve::{self, Folders};
use anyhow::{Context, Result, anyhow, bail};
use clap::{Args, Subcommand};
use fanlight_casework::{Casework, InstallProblem, NewAccount, NewLandlord, Problem, RecoveryCopy};
use fanlight_core::access::Role;
use fanlight_core::calendar::london_date;
use fanlight_core::ids::LandlordId;
use fanlight_core::pack::Pack;
use fanlight_core::words::Words;
use first_people::{FirstPerson, PeopleArgs};
use jiff::civil::Date;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

pub(crate) const INIT_EXAMPLES: &str = "Examples:
  fanlight init --data /var/lib/fanlight --keys /etc/fanlight/keys --landlord settle
asks for the names and passwords of the first two people. With nobody at the keyboard:
  fanlight init --data /var/lib/fanlight --keys /etc/fanlight/keys --landlord settle \\
    --admin-name 'Ada Example' --admin-sign-in ada \\
    --lead-name 'Lin Example' --lead-sign-in lin \\
    --recovery recovery.txt --password-file /dev/fd/3 3< passwords.txt

The administrator keeps accounts and never sees a case. The domestic abuse lead reads cases, and \
agrees whenever somebody else is to read them. They are two people, and one cannot become the other \
alone.

Two things leave this machine at once: the recovery copy, on paper, in a safe; and the checkpoint \
key that is printed at the end, to whoever is to check the record one day. The key folder is never \
put into a backup of the data.

Exit status: 0 when it is made, 1 if something was refused, 2 if the command is not understood.";

pub(crate) const ADD_EXAMPLES: &str = "Example, with `fanlight serve` stopped:
  fanlight landlord add --data /var/lib/fanlight --keys /etc/fanlight/keys --landlord bpha

Landlords of one installation see nothing of each other. A sign-in name stands once in the whole installation.

Exit status: 0 when it is made, 1 if something was refused, 2 if the command is not understood.";

/// The arguments of `fanlight init`.
#[derive(Args)]
pub(crate) struct InitArgs {
    #[command(flatten)]
    folders: Folders,
    #[command(flatten)]
    landlord: LandlordArgs,
    /// Writes the recovery copy into this new file, for its owner alone, and not to the terminal.
    #[arg(long, value_name = "FILE")]
    recovery: Option<PathBuf>,
    #[command(flatten)]
    people: PeopleArgs,
}

/// The arguments of `fanlight landlord`.
#[derive(Args)]
#[command(arg_required_else_help = true)]
pub(crate) struct LandlordCommandArgs {
    #[command(subcommand)]
    command: LandlordCommand,
}

#[derive(Subcommand)]
enum LandlordCommand {
    /// Add another landlord to an installation.
    #[command(after_long_help = ADD_EXAMPLES)]
    Add(AddArgs),
    /// Set the telephone number on a landlord's public page, or take it off.
    Telephone(TelephoneArgs),
}

#[derive(Args)]
struct TelephoneArgs {
    #[command(flatten)]
    folders: Folders,
    /// The landlord's short name.
    #[arg(long, value_name = "NAME")]
    landlord: String,
    /// The number as it is to be read. If left out, the page gives none.
    #[arg(long, value_name = "NUMBER")]
    number: Option<String>,
}

#[derive(Args)]
struct AddArgs {
    #[command(flatten)]
    folders: Folders,
    #[command(flatten)]
    landlord: LandlordArgs,
    #[command(flatten)]
    people: PeopleArgs,
}

/// Which landlord, by which policy, from when.
#[derive(Args)]
struct LandlordArgs {
    /// The landlord's short name, the same as the id in its pack.
    #[arg(long, value_name = "NAME")]
    landlord: String,
    /// The pack: its folder, or the name of a shipped one. If left out, the shipped one of the landlord's name.
    #[arg(long, value_name = "PACK")]
    pack: Option<PathBuf>,
    /// The date from which the pack is in force here. If left out, today.
    #[arg(long, value_name = "DATE")]
    from: Option<Date>,
    /// The landlord's own telephone number for the public page. If left out, the page says that there is none on it.
    #[arg(long, value_name = "NUMBER")]
    telephone: Option<String>,
}

/// A landlord that can be made: its pack has been read.
struct Ready {
    new: NewLandlord,
    pack: Pack,
    telephone: Option<Words>,
}

/// Runs `fanlight init`.
pub(crate) fn init(args: InitArgs, output: &mut dyn Write) -> Result<()> {
    let landlord = args.landlord.ready()?;
    if let Some(file) = args.recovery.as_deref().filter(|file| file.exists()) {
        bail!(
            "{} is there already: give a new file for the recovery copy",
            file.display()
        );
    }
    for folder in [&args.folders.data, &args.folders.keys] {
        if fs::read_dir(folder).is_ok_and(|mut inside| inside.next().is_some()) {
            return Err(InstallProblem::NotEmpty(folder.clone()).into());
        }
    }
    let people = args.people.ask(output)?;
    let made = Casework::make_installation(&args.folders.data, &args.folders.keys, clock::real())?;
    let outcome = serve::runtime()?
        .block_on(add(&made.casework, landlord, people))
        .and_then(|()| hand_over(&made.recovery, args.recovery.as_deref(), output));
    if let Err(problem) = outcome {
        drop(made);
        // Nothing has been kept in them yet, and half an installation would be taken for one.
        for folder in [&args.folders.data, &args.folders.keys] {
            let _ = fs::remove_dir_all(folder);
        }
        return Err(problem.context("nothing was made"));
    }
    writeln!(
        output,
        "The installation is made in {}.",
        args.folders.data.display()
    )?;
    writeln!(
        output,
        "\nKeep this outside, with whoever is to check the record one day:"
    )?;
    writeln!(output, "  checkpoint key {}", made.checkpoint_key)?;
    writeln!(
        output,
        "\nStart it with\n  fanlight serve --data {} --keys {}",
        args.folders.data.display(),
        args.folders.keys.display()
    )?;
    Ok(())
}

/// Runs `fanlight landlord`.
pub(crate) fn landlord(args: LandlordCommandArgs, output: &mut dyn Write) -> Result<()> {
    let args = match args.command {
        LandlordCommand::Add(args) => args,
        LandlordCommand::Telephone(args) => return telephone(args, output),
    };
    let landlord = args.landlord.ready()?;
    let opened = Casework::open_installation(&args.folders.data, &args.folders.keys, clock::real())
        .context("opening the installation, which must not be served meanwhile")?;
    let name = landlord.new.id.clone();
    serve::runtime()?.block_on(async {
        if opened.casework.room(&name).await?.is_some() {
            bail!("{} is in this installation already", name.0);
        }
        let people = args.people.ask(output)?;
        for person in &people {
            opened.casework.sign_in_is_free(&person.sign_in).await?;
        }
        add(&opened.casework, landlord, people).await
    })?;
    writeln!(output, "{} is added.", name.0)?;
    Ok(())
}

/// Runs `fanlight landlord telephone`.
fn telephone(args: TelephoneArgs, output: &mut dyn Write) -> Result<()> {
    let opened = Casework::open_installation(&args.folders.data, &args.folders.keys, clock::real())
        .context("opening the installation, which must not be served meanwhile")?;
    let id = LandlordId(args.landlord);
    let given = args.number.is_some();
    serve::runtime()?.block_on(async {
        if opened.casework.room(&id).await?.is_none() {
            bail!("there is no landlord {} in this installation", id.0);
        }
        let number = args.number.map(Words::new);
        opened
            .casework
            .set_public_telephone(&id, number)
            .await
            .map_err(in_words)
    })?;
    let said = if given {
        "gives the number"
    } else {
        "says that there is no number on it"
    };
    writeln!(output, "The public page of {} {said}.", id.0)?;
    Ok(())
}

impl LandlordArgs {
    fn ready(&self) -> Result<Ready> {
        let pack = self.pack.clone().unwrap_or_else(|| PathBuf::from(&self.landlord));
        let read = policy::load(&pack)?.map_err(|problems| {
            anyhow!(
                "the pack has {} problems: `fanlight policy check {}` lists them with their places",
                problems.len(),
                pack.display()
            )
        })?;
        if read.landlord.id != self.landlord {
            bail!(
                "the pack is {}'s: give --landlord {}, or another --pack",
                read.landlord.id,
                read.landlord.id
            );
        }
        let (files, _) = policy::files(&pack)?;
        Ok(Ready {
            new: NewLandlord {
                id: LandlordId(self.landlord.clone()),
                files: files.into_iter().collect(),
                from: self.from.unwrap_or_else(|| london_date(clock::now())),
            },
            pack: read,
            telephone: self.telephone.clone().map(Words::new),
        })
    }
}

/// Adds the landlord and the people it starts from.
async fn add(casework: &Casework, landlord: Ready, people: Vec<FirstPerson>) -> Result<()> {
    let id = landlord.new.id.clone();
    casework.add_landlord(landlord.new).await.map_err(in_words)?;
    if landlord.telephone.is_some() {
        casework
            .set_public_telephone(&id, landlord.telephone)
            .await
            .map_err(in_words)?;
    }
    let mut accounts = Vec::with_capacity(people.len());
    let mut lead = None;
    for person in people {
        let account = casework.new_account();
        if person.role == Role::Lead {
            lead = Some(account);
        }
        let team = person
            .role
            .is_of_a_team()
            .then(|| landlord.pack.access.teams.first().cloned())
            .flatten();
        accounts.push((
            account,
            NewAccount {
                name: Words::new(person.name),
                post: Words::new(post_of(&landlord.pack, person.role)),
                sign_in: Words::new(person.sign_in),
                password: person.password,
                reports_to: lead.filter(|_| person.role == Role::Manager),
                roles: vec![(person.role, team)],
            },
        ));
    }
    casework.add_first_accounts(&id, accounts).await.map_err(in_words)
}

/// The pack's own title for whoever acts in this role, or ours.
fn post_of(pack: &Pack, role: Role) -> String {
    let titled = pack
        .roles
        .iter()
        .find(|post| post.acts_as.iter().any(|code| code == role.code()))
        .map(|post| post.title.clone());
    let ours = role.label().split(':').next().unwrap_or_default().to_owned();
    titled.unwrap_or(ours)
}

fn in_words(problem: Problem) -> anyhow::Error {
    match problem {
        Problem::MovedOn => anyhow!("it is there already"),
        other => other.into(),
    }
}

/// Hands the recovery copy over once: into a file of its own, or to whoever reads the output.
fn hand_over(recovery: &RecoveryCopy, file: Option<&Path>, output: &mut dyn Write) -> Result<()> {
    let paper = |output: &mut dyn Write| -> std::io::Result<()> {
        writeln!(
            output,
            "Recovery copy of the root key. Print it, put it into a safe, and keep no file of it."
        )?;
        writeln!(
            output,
            "Whoever has it, a copy of the other key files and the data can read everything.\n"
        )?;
        writeln!(output, "{}", recovery.reveal())
    };
    let Some(file) = file else {
        return paper(output).context("printing the recovery copy");
    };
    let mut new = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(file)
        .with_context(|| format!("writing the recovery copy to {}", file.display()))?;
    paper(&mut new)
        .and_then(|()| new.sync_all())
        .with_context(|| format!("writing the recovery copy to {}", file.display()))
}

#[cfg(test)]
mod tests;
