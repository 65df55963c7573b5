//! Fetches the two style packages, dresses them as ours, and lays the static files out in `OUT_DIR`.
//!
//! Nothing is ever written into the source tree. `FANLIGHT_NODE_MODULES` points to a `node_modules` folder
//! that is already there; without it, npm fetches the exact versions of `package-lock.json`, whose
//! integrity hashes are checked, and runs none of their scripts.
//!
//! What the packages bring that belongs to the government alone (its typeface, its crest, its pictures)
//! is taken out, and the build fails if a trace is left: no page of a landlord may look like GOV.UK.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

const PACKAGES: [(&str, &str, &str); 2] = [
    ("govuk-frontend", "6.6.0", "notices/govuk-frontend.txt"),
    (
        "@ministryofjustice/frontend",
        "11.1.0",
        "notices/ministryofjustice-frontend.txt",
    ),
];

fn main() {
    for watched in [
        "package.json",
        "package-lock.json",
        "assets",
        "notices",
        "askama.toml",
        "templates",
    ] {
        println!("cargo:rerun-if-changed={watched}");
    }
    println!("cargo:rerun-if-env-changed=FANLIGHT_NODE_MODULES");

    let source = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo names the package folder"));
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo names the output folder"));
    let modules = node_modules(&source, &out);

    let govuk = modules.join("govuk-frontend/dist/govuk");
    let moj = modules.join("@ministryofjustice/frontend/moj");
    let mut statics = Statics::new(&out);

    let mut css = String::new();
    css.push_str(&dressed_css(&read(&govuk.join("govuk-frontend.min.css"))));
    css.push_str(&dressed_css(&read(&moj.join("moj-frontend.min.css"))));
    css.push_str(&read(&source.join("assets/fanlight.css")));
    statics.add("STYLE", "fanlight", "css", "text/css; charset=utf-8", &css);

    let govuk_url = statics.add(
        "GOVUK",
        "govuk",
        "js",
        JAVASCRIPT,
        &without_map(&read(&govuk.join("govuk-frontend.min.js"))),
    );
    let ours =
        read(&source.join("assets/fanlight.js")).replace("\"./govuk.js\"", &format!("\"{govuk_url}\""));
    assert!(
        !ours.contains("\"./"),
        "fanlight.js imports a file that this build does not lay out"
    );
    statics.add("SCRIPT", "fanlight", "js", JAVASCRIPT, &ours);
    statics.add(
        "MARK",
        "mark",
        "svg",
        "image/svg+xml",
        &read(&source.join("assets/fanlight-mark.svg")),
    );
    // A page that anybody may open carries no sign of whose program it is: an icon stays in the browser's history.
    let plain = read(&source.join("assets/plain.svg"));
    statics.add("PLAIN", "plain", "svg", "image/svg+xml", &plain);

    let mut notices = String::new();
    for (name, version, file) in PACKAGES {
        let text = read(&source.join(file));
        let _ = writeln!(notices, "{name} {version}\n\n{}\n", text.trim_end());
    }
    notices.push_str(&read(&source.join("assets/notices-rust.txt")));
    fs::write(out.join("third_party_notices.txt"), notices).expect("the output folder can be written");

    statics.finish();
    // The tests compare our components with the examples that the package carries.
    println!("cargo:rustc-env=FANLIGHT_GOVUK_DIST={}", govuk.display());
}

const JAVASCRIPT: &str = "text/javascript; charset=utf-8";

/// The folder with both packages in the versions we were tested with.
fn node_modules(source: &Path, out: &Path) -> PathBuf {
    let modules = match env::var_os("FANLIGHT_NODE_MODULES") {
        Some(folder) => PathBuf::from(folder),
        None => fetched(source, out),
    };
    for (name, version, _) in PACKAGES {
        let manifest = modules.join(name).join("package.json");
        let wanted = format!("\"version\": \"{version}\"");
        let found = fs::read_to_string(&manifest).unwrap_or_default();
        assert!(
            found.contains(&wanted),
            "\n\n{} should hold {name} {version}, and does not.\n\
             Unset FANLIGHT_NODE_MODULES to let npm fetch it, or point it to a folder made with\n  \
             npm ci --ignore-scripts --omit=dev --legacy-peer-deps\nfrom crates/web/package-lock.json.\n",
            modules.display()
        );
    }
    modules
}

fn fetched(source: &Path, out: &Path) -> PathBuf {
    let folder = out.join("npm");
    fs::create_dir_all(&folder).expect("the output folder can be written");
    let lock = read(&source.join("package-lock.json"));
    let stamp = folder.join("fetched-lock");
    let modules = folder.join("node_modules");
    if modules.is_dir() && fs::read_to_string(&stamp).is_ok_and(|kept| kept == lock) {
        return modules;
    }
    fs::copy(source.join("package.json"), folder.join("package.json")).expect("package.json is there");
    fs::write(folder.join("package-lock.json"), &lock).expect("the output folder can be written");

    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let ran = Command::new(npm)
        .args([
            "ci",
            "--ignore-scripts",
            "--omit=dev",
            "--legacy-peer-deps",
            "--no-audit",
            "--no-fund",
        ])
        .current_dir(&folder)
        .output();
    match ran {
        Ok(done) if done.status.success() => {
            fs::write(stamp, lock).expect("the output folder can be written");
            modules
        }
        Ok(done) => panic!(
            "\n\nnpm could not fetch the two style packages (govuk-frontend, @ministryofjustice/frontend):\n{}\n\
             If this machine has no way to a package registry, fetch them elsewhere and set FANLIGHT_NODE_MODULES\n\
             to the node_modules folder.\n",
            String::from_utf8_lossy(&done.stderr)
        ),
        Err(_) => panic!(
            "\n\nThe pages need two style packages from npm, and npm was not found.\n\
             Install Node.js with npm (Debian: apt-get install nodejs npm), or set FANLIGHT_NODE_MODULES to a\n\
             node_modules folder that holds govuk-frontend 6.6.0 and @ministryofjustice/frontend 11.1.0.\n"
        ),
    }
}

/// The package's stylesheet without the government's typeface and pictures.
fn dressed_css(css: &str) -> String {
    let mut css = without_map(css);
    while let Some(start) = css.find("@font-face") {
        let length = css[start..].find('}').expect("a font face has an end") + 1;
        css.replace_range(start..start + length, "");
    }
    css = css.replace("GDS Transport,arial,sans-serif", "var(--fl-font)");
    // Pictures are not shipped: a component that needs one gets ours from fanlight.css, or none.
    let mut from = 0;
    while let Some(found) = css[from..].find("url(") {
        let start = from + found;
        let length = css[start..].find(')').expect("a url has an end") + 1;
        css.replace_range(start..start + length, "none");
        from = start;
    }
    for banned in ["GDS Transport", "@font-face", "url(", "/assets/", "crown-"] {
        assert!(
            !css.contains(banned),
            "a trace of {banned} is left in a stylesheet: adapt build.rs"
        );
    }
    css.push('\n');
    css
}

fn without_map(text: &str) -> String {
    let end = text
        .find("//# sourceMappingURL")
        .or_else(|| text.find("/*# sourceMappingURL"))
        .unwrap_or(text.len());
    text[..end].trim_end().to_owned()
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("cannot read {}: {error}", path.display()))
}

/// The files to be served, and the Rust text that lists them.
struct Statics<'a> {
    out: &'a Path,
    urls: String,
    table: String,
}

impl<'a> Statics<'a> {
    fn new(out: &'a Path) -> Self {
        Statics {
            out,
            urls: String::new(),
            table: String::new(),
        }
    }

    /// Writes one file under a name that changes when a byte of it does, and returns its address.
    fn add(&mut self, constant: &str, name: &str, extension: &str, kind: &str, text: &str) -> String {
        let file = format!("{name}-{:016x}.{extension}", fnv1a(text.as_bytes()));
        fs::write(self.out.join(&file), text).expect("the output folder can be written");
        let _ = writeln!(
            self.urls,
            "/// Address of `{name}.{extension}`.\npub const {constant}: &str = \"/static/{file}\";"
        );
        let _ = writeln!(
            self.table,
            "    Asset {{ name: \"{file}\", kind: \"{kind}\", bytes: include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{file}\")) }},"
        );
        format!("/static/{file}")
    }

    fn finish(self) {
        let text = format!("{}\nstatic ASSETS: &[Asset] = &[\n{}];\n", self.urls, self.table);
        fs::write(self.out.join("statics.rs"), text).expect("the output folder can be written");
    }
}

/// A short name for some bytes. Nothing secret hangs on it: it only tells one release's file from another's.
fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
