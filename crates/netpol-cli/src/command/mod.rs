//! The verbs.

mod completions;
mod diff;
mod explain;
mod graph;
mod lint;
mod matrix;
mod reach;
mod share;
mod stats;
mod test;
mod validate;

use clap::Subcommand;

use crate::exit::{Exit, Failure};

/// A verb with its arguments.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Explain(explain::Explain),
    Reach(reach::Reach),
    Matrix(matrix::Matrix),
    Graph(graph::Graph),
    Stats(stats::Stats),
    Validate(validate::Validate),
    Lint(lint::Lint),
    Test(test::Test),
    Diff(diff::Diff),
    Share(share::Share),
    Open(share::Open),
    Completions(completions::Completions),
}

impl Command {
    /// Does it.
    pub(crate) fn run(self) -> Result<Exit, Failure> {
        match self {
            Self::Explain(explain) => explain.run(),
            Self::Reach(reach) => reach.run(),
            Self::Matrix(matrix) => matrix.run(),
            Self::Graph(graph) => graph.run(),
            Self::Stats(stats) => stats.run(),
            Self::Validate(validate) => validate.run(),
            Self::Lint(lint) => lint.run(),
            Self::Test(test) => test.run(),
            Self::Diff(diff) => diff.run(),
            Self::Share(share) => share.run(),
            Self::Open(open) => open.run(),
            Self::Completions(completions) => completions.run(),
        }
    }
}
