//! `netpol stats`: counts and times.

use clap::Args;
use netpol::report;

use crate::args::{Common, Format};
use crate::exit::{Exit, Failure, say};
use crate::session;

/// Count objects, and pairs of pods that may and may not talk
///
/// Identities are classes of pods that no policy can tell apart. A pair counts as allowed when any
/// port of any protocol is. How long each stage took goes to standard error.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  netpol stats manifests/
  kubectl get -A ns,pods,svc,netpol -o yaml | netpol stats - --format json")]
pub(crate) struct Stats {
    #[command(flatten)]
    common: Common,

    /// How to print the answer
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

impl Stats {
    pub(super) fn run(self) -> Result<Exit, Failure> {
        let answer = session::ask(&self.common, |analysis| Ok(analysis.stats()))?;
        for (stage, time) in &answer.stages {
            say(format_args!("{stage} {:.1} ms", time.as_secs_f64() * 1e3));
        }
        answer.print(self.format, "stats", report::stats(&answer.view))
    }
}
