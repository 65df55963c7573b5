//! The log: on standard error, plain or as JSON, with opaque ids and never a word about a person.

use clap::ValueEnum;
use tracing_subscriber::EnvFilter;

/// How the log is written.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// A line for people.
    Plain,
    /// A JSON object a line, for a collector.
    Json,
}

/// Starts the log. `FANLIGHT_LOG` says what goes into it: `info` by default, `fanlight=debug` for more.
pub(crate) fn start(format: Format) {
    let filter = EnvFilter::try_from_env("FANLIGHT_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    // A second start, in tests, changes nothing.
    let _ = match format {
        Format::Plain => log.with_ansi(false).try_init(),
        Format::Json => log.json().try_init(),
    };
}
