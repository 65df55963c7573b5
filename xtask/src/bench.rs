//! The operations we hold ourselves to, measured beside bare SQL on the same data.
//!
//! The measuring itself is a program of its own, built in release and only when it is asked for: the tests and the
//! check neither build nor run it.

use std::ffi::OsString;
use std::process::Command;
use std::time::Duration;

use anyhow::{Result, bail};

use crate::place;
use crate::process::run as run_for;

const MINUTE: Duration = Duration::from_secs(60);
const A_BUILD: Duration = MINUTE.saturating_mul(30);
const A_RUN: Duration = MINUTE.saturating_mul(60);

/// Builds the program that measures, and runs it with these arguments; true only if nothing was over its figure.
pub(crate) fn run(arguments: &[OsString]) -> Result<bool> {
    let mut build = Command::new(place::cargo());
    build.args(["build", "--quiet", "--release", "--package", "fanlight-bench"]);
    if !run_for(build.current_dir(place::repository()), A_BUILD)? {
        bail!("the program that measures could not be built");
    }
    let program = place::target().join("release").join("fanlight-bench");
    let mut measure = Command::new(program);
    measure.args(arguments).current_dir(place::repository());
    run_for(&mut measure, A_RUN)
}
