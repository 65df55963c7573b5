//! An installation from the command to the first sign-in, and everything that is refused on the way.

use super::*;
use clap::Parser;
use fanlight_casework::people::password::Password;
use fanlight_casework::{Visit, Who};

#[derive(Parser)]
struct Init {
    #[command(flatten)]
    args: InitArgs,
}

#[derive(Parser)]
struct Landlord {
    #[command(flatten)]
    args: LandlordCommandArgs,
}

const LINES: &str = "green kettle monday\nblue ladder tuesday\n";

struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Place {
        let place = Place(tempfile::tempdir().expect("a temporary folder"));
        place.passwords("passwords", LINES);
        place
    }

    fn at(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn passwords(&self, name: &str, lines: &str) {
        let mut file = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(true)
            .mode(0o600)
            .open(self.at(name))
            .expect("a file");
        file.write_all(lines.as_bytes()).expect("written");
    }

    /// `fanlight init` for settle with two people, and these arguments besides.
    fn init(&self, more: &[&str]) -> (Result<()>, String) {
        let mut words = self.words("init", "settle", ["ada", "lin"]);
        words.extend(["--recovery".to_owned(), self.at("recovery").display().to_string()]);
        words.extend(more.iter().map(|word| (*word).to_owned()));
        let args = Init::try_parse_from(words)
            .expect("the command is understood")
            .args;
        let mut output = Vec::new();
        let outcome = init(args, &mut output);
        (outcome, String::from_utf8(output).expect("text"))
    }

    /// `fanlight landlord add` for bpha.
    fn add(&self, sign_in: [&str; 2]) -> Result<()> {
        let mut words = self.words("landlord", "bpha", sign_in);
        words.insert(1, "add".to_owned());
        let args = Landlord::try_parse_from(words)
            .expect("the command is understood")
            .args;
        landlord(args, &mut Vec::new())
    }

    fn words(&self, command: &str, landlord: &str, sign_in: [&str; 2]) -> Vec<String> {
        let folder = |name: &str| self.at(name).display().to_string();
        let (data, keys, passwords) = (folder("data"), folder("keys"), folder("passwords"));
        [
            command,
            "--data",
            &data,
            "--keys",
            &keys,
            "--landlord",
            landlord,
            "--admin-name",
            "Ada Example",
            "--admin-sign-in",
            sign_in[0],
            "--lead-name",
            "Lin Example",
            "--lead-sign-in",
            sign_in[1],
            "--password-file",
            &passwords,
        ]
        .map(str::to_owned)
        .to_vec()
    }

    /// Opens the installation again and lets somebody in.
    fn roles_of(&self, sign_in: &str, password: &str) -> Vec<Role> {
        let opened = Casework::open_installation(&self.at("data"), &self.at("keys"), clock::real())
            .expect("it opens again");
        let runtime = serve::runtime().expect("a runtime");
        let who: Option<Who> = runtime.block_on(async {
            let typed = Password::new(password.to_owned());
            let signed_in = opened.casework.sign_in(sign_in, typed, None).await.ok()?;
            match opened.casework.visit(&signed_in.session).await.ok()? {
                Visit::Awake { who, .. } => Some(who),
                Visit::Asleep { .. } | Visit::Nobody => None,
            }
        });
        let roles = who.map(|who| who.roles().iter().map(|(role, _)| *role).collect());
        roles.unwrap_or_default()
    }
}

fn refused(outcome: Result<()>) -> String {
    format!("{:#}", outcome.expect_err("it is refused"))
}

#[test]
fn an_installation_that_was_made_opens_again_and_its_first_people_sign_in() {
    let place = Place::new();
    let (outcome, said) = place.init(&[]);
    outcome.expect("it is made");
    let key = said
        .lines()
        .find_map(|line| line.trim().strip_prefix("checkpoint key "));
    let public = fs::read_to_string(place.at("keys/checkpoint.pub")).expect("the public half");
    assert_eq!(key, Some(public.trim()));
    assert_eq!(
        place.roles_of("ada", "green kettle monday"),
        [Role::Administrator]
    );
    assert_eq!(place.roles_of("lin", "blue ladder tuesday"), [Role::Lead]);
    assert!(place.roles_of("lin", "green kettle monday").is_empty());
}

#[test]
fn the_recovery_copy_is_its_owners_alone_and_stands_nowhere_else() {
    let place = Place::new();
    let (outcome, said) = place.init(&[]);
    outcome.expect("it is made");
    let paper = fs::read_to_string(place.at("recovery")).expect("the recovery copy");
    let first = paper
        .lines()
        .find(|line| line.starts_with("1 "))
        .expect("its first line");
    assert!(!said.contains(first));
    let about = fs::metadata(place.at("recovery")).expect("the file");
    assert_eq!(
        std::os::unix::fs::PermissionsExt::mode(&about.permissions()) & 0o777,
        0o600
    );
}

#[test]
fn an_installation_that_is_there_stays_as_it_is() {
    let place = Place::new();
    place.init(&[]).0.expect("it is made");
    fs::remove_file(place.at("recovery")).expect("the paper is in the safe");
    assert!(refused(place.init(&[]).0).contains("is not empty"));
    assert!(!place.at("recovery").exists());
    assert_eq!(place.roles_of("lin", "blue ladder tuesday"), [Role::Lead]);
}

#[test]
fn what_is_wrong_is_said_with_its_remedy_and_nothing_is_left_behind() {
    let place = Place::new();
    place.passwords("short", "green kettle monday\nshort\n");
    place.passwords("one", "green kettle monday\n");
    place.passwords("open", LINES);
    let open: fs::Permissions = std::os::unix::fs::PermissionsExt::from_mode(0o644);
    fs::set_permissions(place.at("open"), open).expect("a mode");
    fs::write(place.at("there"), "mine").expect("a file");
    let inside = place.at("data/keys").display().to_string();
    let file = |name: &str| place.at(name).display().to_string();
    let (short, one, open, there) = (file("short"), file("one"), file("open"), file("there"));
    let table: [(&[&str], &str); 9] = [
        (&["--pack", "setle"], "the shipped ones are settle"),
        (&["--pack", "bpha"], "give --landlord bpha"),
        (&["--password-file", &short], "at least 12 characters"),
        (
            &["--password-file", &one],
            "has no line for the domestic abuse lead",
        ),
        (&["--password-file", &open], "chmod 600"),
        (&["--lead-sign-in", " ADA"], "are different people"),
        (&["--lead-name", " "], "--lead-name is empty"),
        (&["--keys", &inside], "have to lie apart"),
        (&["--recovery", &there], "is there already"),
    ];
    for (more, says) in table {
        // An argument that is given twice counts as it is given last.
        let mut words = place.words("init", "settle", ["ada", "lin"]);
        words.extend(["--recovery".to_owned(), file("recovery")]);
        for pair in more.chunks(2) {
            let at = words.iter().position(|word| word == pair[0]);
            match at {
                Some(at) => words[at + 1] = pair[1].to_owned(),
                None => words.extend(pair.iter().map(|word| (*word).to_owned())),
            }
        }
        let args = Init::try_parse_from(words)
            .expect("the command is understood")
            .args;
        let why = refused(init(args, &mut Vec::new()));
        assert!(why.contains(says), "{more:?}: {why}");
        assert!(
            !place.at("data").exists() && !place.at("keys").exists(),
            "{more:?}"
        );
        assert!(!place.at("recovery").exists(), "{more:?}");
    }
}

#[test]
fn a_second_landlord_is_added_once_with_people_of_its_own() {
    let place = Place::new();
    place.init(&[]).0.expect("it is made");
    assert!(refused(place.add(["ada", "lou"])).contains("signs in with this name already"));
    place.add(["eve", "lou"]).expect("it is added");
    assert_eq!(place.roles_of("lou", "blue ladder tuesday"), [Role::Lead]);
    assert!(refused(place.add(["joe", "jim"])).contains("in this installation already"));
    assert_eq!(place.roles_of("lin", "blue ladder tuesday"), [Role::Lead]);
}

#[test]
fn an_installation_that_is_served_is_not_changed_under_it() {
    let place = Place::new();
    place.init(&[]).0.expect("it is made");
    let held = Casework::open_installation(&place.at("data"), &place.at("keys"), clock::real());
    let held = held.expect("it opens");
    assert!(refused(place.add(["eve", "lou"])).contains("another process holds it"));
    drop(held);
}

#[derive(Parser)]
struct Keys {
    #[command(flatten)]
    args: crate::keys::KeysArgs,
}

#[test]
fn a_lost_root_key_comes_back_from_its_paper_alone() {
    let place = Place::new();
    place.init(&[]).0.expect("it is made");
    let restore = |paper: &str| {
        let (keys, paper) = (place.at("keys"), place.at(paper));
        let words = [
            "keys".as_ref(),
            "restore".as_ref(),
            "--keys".as_ref(),
            keys.as_os_str(),
            "--recovery".as_ref(),
            paper.as_os_str(),
        ];
        let args = Keys::try_parse_from(words)
            .expect("the command is understood")
            .args;
        crate::keys::run(args, &mut Vec::new())
    };
    assert!(refused(restore("recovery")).contains("already"));
    fs::remove_file(place.at("keys/root.key")).expect("it is lost");
    let paper = fs::read_to_string(place.at("recovery")).expect("the paper");
    let slip = paper
        .lines()
        .filter(|line| !line.starts_with("2 "))
        .collect::<Vec<_>>()
        .join("\n");
    fs::write(place.at("slip"), slip).expect("a file");
    assert!(refused(restore("slip")).contains("four numbered lines"));
    restore("recovery").expect("it is back");
    assert_eq!(place.roles_of("lin", "blue ladder tuesday"), [Role::Lead]);
}
