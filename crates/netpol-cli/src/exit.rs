//! How a run ends.

use std::fmt::Display;
use std::io::Write as _;
use std::process::ExitCode;

use netpol::view::QueryError;

/// What the exit status tells the caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// All well.
    Well = 0,
    /// An expectation failed, or there is a finding of severity error. The answer is there.
    Found = 1,
    /// The input or the call could not be used. There is no answer.
    Unusable = 2,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Why there is no answer: one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Failure(String);

impl Failure {
    pub(crate) fn new(message: impl Display) -> Self {
        Self(message.to_string())
    }

    /// Says it on standard error.
    pub(crate) fn report(self) -> Exit {
        say(self.0);
        Exit::Unusable
    }
}

impl From<QueryError> for Failure {
    fn from(error: QueryError) -> Self {
        Self::new(error)
    }
}

/// Writes a line about the run itself to standard error.
pub(crate) fn say(message: impl Display) {
    // If nobody can hear it, there is nobody to tell.
    let _ = writeln!(anstream::stderr(), "netpol: {message}");
}
