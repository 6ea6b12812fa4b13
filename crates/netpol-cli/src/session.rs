//! One run: read, analyse, ask, and tell what is wrong with the manifests.

use std::fmt::Display;
use std::time::{Duration, Instant};

use netpol::Analysis;
use netpol::view::QueryError;
use serde::Serialize;

use crate::args::Common;
use crate::exit::{Exit, Failure};
use crate::progress::Progress;
use crate::{findings, input, output};

/// An answer, and how it came to be.
#[derive(Debug)]
pub(crate) struct Answer<T> {
    pub(crate) view: T,
    /// The stages in their order, and how long each took.
    pub(crate) stages: Vec<(&'static str, Duration)>,
    faulty: bool,
}

/// Answers a question about the manifests. Their errors and warnings go to standard error.
pub(crate) fn ask<T>(
    common: &Common,
    question: impl FnOnce(&Analysis) -> Result<T, QueryError>,
) -> Result<Answer<T>, Failure> {
    let progress = Progress::start();
    let mut stages = Vec::new();
    let sources = timed(&progress, &mut stages, "read", || input::read(&common.files))?;
    let analysis = timed(&progress, &mut stages, "analyse", || netpol::analyse(sources));
    let view = timed(&progress, &mut stages, "judge", || question(&analysis));
    let found = timed(&progress, &mut stages, "lint", || analysis.findings());
    drop(progress);
    let faulty = findings::print(analysis.sources(), &found, common.verbose);
    Ok(Answer { view: view?, stages, faulty })
}

fn timed<T>(
    progress: &Progress,
    stages: &mut Vec<(&'static str, Duration)>,
    stage: &'static str,
    work: impl FnOnce() -> T,
) -> T {
    progress.enter(stage);
    let start = Instant::now();
    let done = work();
    stages.push((stage, start.elapsed()));
    done
}

impl<T: Serialize> Answer<T> {
    /// Prints the answer as the verb `name` gives it; `text` is its form for people.
    pub(crate) fn print(
        &self,
        common: &Common,
        name: &str,
        text: impl Display,
    ) -> Result<Exit, Failure> {
        output::print(common.format, name, &self.view, text)?;
        Ok(if self.faulty { Exit::Found } else { Exit::Well })
    }
}
