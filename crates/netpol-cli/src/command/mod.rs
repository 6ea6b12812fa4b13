//! The verbs.

mod explain;
mod matrix;
mod reach;
mod stats;
mod test;

use clap::Subcommand;

use crate::exit::{Exit, Failure};

/// A verb with its arguments.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Explain(explain::Explain),
    Reach(reach::Reach),
    Matrix(matrix::Matrix),
    Stats(stats::Stats),
    Test(test::Test),
}

impl Command {
    /// Does it.
    pub(crate) fn run(self) -> Result<Exit, Failure> {
        match self {
            Self::Explain(explain) => explain.run(),
            Self::Reach(reach) => reach.run(),
            Self::Matrix(matrix) => matrix.run(),
            Self::Stats(stats) => stats.run(),
            Self::Test(test) => test.run(),
        }
    }
}
