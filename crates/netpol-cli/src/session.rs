//! One run: read, analyse, ask, and tell what is wrong with the manifests.

use std::fmt::Display;
use std::time::{Duration, Instant};

use netpol::view::QueryError;
use netpol::{Analysis, Source};
use rayon::prelude::*;
use serde::Serialize;

use crate::args::{Common, Format, Input};
use crate::exit::{Exit, Failure, say};
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
    let mut stages = Vec::new();
    let (analysis, view) = run(&common.input, &mut stages, question)?;
    let faulty = findings::print(&analysis, common.verbose);
    check_objects(&analysis)?;
    Ok(Answer { view: view?, stages, faulty })
}

/// Answers a question about two inputs. Errors and warnings of both go to standard error.
pub(crate) fn compare<T>(
    before: &Input,
    after: &Input,
    verbose: bool,
    question: impl FnOnce(&Analysis, &Analysis) -> Result<T, QueryError>,
) -> Result<Answer<T>, Failure> {
    let mut stages = Vec::new();
    let (before, ()) = run(before, &mut stages, |_| ())?;
    let (after, view) = run(after, &mut stages, |after| question(&before, after))?;
    let mut faulty = false;
    for analysis in [&before, &after] {
        faulty |= findings::print(analysis, verbose);
        check_objects(analysis)?;
    }
    Ok(Answer { view: view?, stages, faulty })
}

/// Answers a question whose answer tells what is wrong with the manifests.
pub(crate) fn inspect<T>(
    input: &Input,
    question: impl FnOnce(&Analysis) -> T,
) -> Result<T, Failure> {
    let (analysis, view) = run(input, &mut Vec::new(), question)?;
    check_objects(&analysis)?;
    Ok(view)
}

fn run<T>(
    input: &Input,
    stages: &mut Vec<(&'static str, Duration)>,
    question: impl FnOnce(&Analysis) -> T,
) -> Result<(Analysis, T), Failure> {
    let progress = Progress::start();
    let sources = timed(&progress, stages, "reading", || input::read(&input.files))?;
    let size = sources.iter().map(|(_, source)| source.text().len()).sum();
    let mut watch = |bytes| progress.advance(bytes, size);
    let analysis = timed(&progress, stages, "analysing", || {
        netpol::analyse_shared(sources, &share, &mut watch)
    });
    let answer = timed(&progress, stages, "judging", || question(&analysis));
    Ok((analysis, answer))
}

/// Has every processor work.
fn share(count: usize, job: &(dyn Fn(usize) + Sync)) {
    (0..count).into_par_iter().for_each(job);
}

/// Says which files hold no object. If none does, there is nothing to answer about.
fn check_objects(analysis: &Analysis) -> Result<(), Failure> {
    let empty: Vec<&str> = analysis.sources_without_objects().map(Source::name).collect();
    match empty.as_slice() {
        [only] if analysis.sources().iter().count() == 1 => {
            Err(Failure::new(format_args!("{only}: holds no object")))
        }
        all if analysis.sources().iter().count() == all.len() => {
            Err(Failure::new(format_args!("none of the {} files holds an object", all.len())))
        }
        some => {
            for name in some {
                say(format_args!("{name}: holds no object"));
            }
            Ok(())
        }
    }
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

impl<T> Answer<T> {
    /// How the run ends once the answer is printed.
    pub(crate) fn exit(&self) -> Exit {
        if self.faulty { Exit::Found } else { Exit::Well }
    }
}

impl<T: Serialize> Answer<T> {
    /// Prints the answer as the verb `name` gives it; `text` is its form for people.
    pub(crate) fn print(
        &self,
        format: Format,
        name: &str,
        text: impl Display,
    ) -> Result<Exit, Failure> {
        match format {
            Format::Text => output::text(text)?,
            Format::Json => output::json(name, &self.view)?,
        }
        Ok(self.exit())
    }
}
