//! `netpol diff`: what a change of the manifests allows and forbids.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use netpol::report;

use crate::args::Input;
use crate::exit::{Exit, Failure, say};
use crate::{output, session};

/// List the connections that a change of the manifests adds, removes and changes
///
/// Both inputs are judged as `netpol reach` lists them, and compared pair by pair and port by port.
/// Differences do not change the exit status.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  netpol diff --before main/manifests --after manifests
  kubectl get -A ns,pods,svc,netpol -o yaml | netpol diff --before - --after planned/ --format md")]
pub(crate) struct Diff {
    /// The manifests as they were: a file, a folder, or `-` for standard input
    #[arg(long, value_name = "PATH")]
    before: PathBuf,

    /// The manifests as they are to be
    #[arg(long, value_name = "PATH")]
    after: PathBuf,

    /// How to print the answer
    #[arg(long, value_enum, default_value_t = DiffFormat::Text)]
    format: DiffFormat,

    /// Show also the findings that are only worth knowing
    #[arg(long)]
    verbose: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum DiffFormat {
    /// For people
    Text,
    /// One JSON object
    Json,
    /// Comma-separated values
    Csv,
    /// A Markdown table
    Md,
}

impl Diff {
    pub(super) fn run(self) -> Result<Exit, Failure> {
        let [before, after] = [self.before, self.after].map(|path| Input { files: vec![path] });
        let answer = session::compare(&before, &after, self.verbose, netpol::diff)?;
        let view = &answer.view;
        if view.connections.is_empty() {
            say("no connection differs");
        }
        if view.undecided_before + view.undecided_after > 0 {
            say(format_args!(
                "{} pairs before and {} after connect with some network plugins only, which counts \
                 as not connected; name yours in the Settings",
                view.undecided_before, view.undecided_after
            ));
        }
        match self.format {
            DiffFormat::Text => output::text(report::diff(view))?,
            DiffFormat::Json => output::json("diff", view)?,
            DiffFormat::Csv => output::text(report::diff_csv(view))?,
            DiffFormat::Md => output::text(report::diff_markdown(view))?,
        }
        Ok(answer.exit())
    }
}
