//! The worker of the built page, in a real Chromium.

use std::time::Duration;

use anyhow::{Context, Result, bail};
use netpol_bench::shape::{Form, SHAPES, Shape};
use netpol_bench::stage;
use serde::Deserialize;
use serde_json::json;

use super::browser::Browser;
use super::milliseconds;
use crate::args;

/// What is run in the browser.
const SCRIPT: &str = include_str!("worker.js");

/// Each text is sent so often. The first time, the browser's compiler has not finished with the
/// program.
const ROUNDS: usize = 5;

/// What was measured.
#[derive(Debug)]
pub(crate) struct Worker {
    /// The browser's name and version.
    pub(crate) browser: String,
    /// Inputs, each in a worker of its own.
    pub(crate) rows: Vec<Row>,
}

/// One input.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) shape: Shape,
    pub(crate) form: Form,
    /// Of the text.
    pub(crate) bytes: usize,
    pub(crate) outcome: Outcome,
}

/// What the script returns; times in milliseconds.
#[derive(Debug, Deserialize)]
pub(crate) struct Outcome {
    /// From starting the worker to its first word.
    start: f64,
    pub(crate) rounds: Vec<Round>,
}

/// One text sent and asked about.
#[derive(Debug, Deserialize)]
pub(crate) struct Round {
    /// From sending the text to having what there is in it.
    read: f64,
    judge: f64,
    explain: f64,
    /// Memory of its program afterwards.
    memory: u64,
}

impl Outcome {
    pub(crate) fn start(&self) -> Duration {
        milliseconds(self.start)
    }

    /// In the first round.
    pub(crate) fn first(&self, time: impl Fn(&Round) -> f64) -> Duration {
        milliseconds(self.rounds.first().map_or(f64::INFINITY, time))
    }

    /// In the fastest round.
    pub(crate) fn fastest(&self, time: impl Fn(&Round) -> f64) -> Duration {
        milliseconds(self.rounds.iter().map(time).fold(f64::INFINITY, f64::min))
    }

    /// Memory after the first round: more is never given back.
    pub(crate) fn memory(&self) -> u64 {
        self.rounds.first().map_or(0, |round| round.memory)
    }
}

impl Round {
    pub(crate) fn read(&self) -> f64 {
        self.read
    }

    pub(crate) fn judge(&self) -> f64 {
        self.judge
    }

    pub(crate) fn explain(&self) -> f64 {
        self.explain
    }
}

/// Measures all inputs in both forms.
pub(crate) fn measure(means: &args::Browser) -> Result<Worker> {
    let browser = Browser::start(&means.driver)?;
    let mut rows = Vec::new();
    for shape in SHAPES {
        eprintln!("worker          {}", shape.name);
        for form in Form::ALL {
            let row = row(&browser, &means.url, shape, form);
            rows.push(row.with_context(|| format!("{} as {}", shape.name, form.name()))?);
        }
    }
    Ok(Worker { browser: browser.version().to_owned(), rows })
}

fn row(browser: &Browser, url: &str, shape: Shape, form: Form) -> Result<Row> {
    let text = shape.text(form);
    let questions = stage::questions(&stage::analyse(&text));
    let arguments = vec![json!(url), json!(text), json!(questions.first()), json!(ROUNDS)];
    // A page of the same origin that has no policy against what the script does, and no scripts.
    browser.open(&format!("{url}embed.js"))?;
    let returned = browser.run(SCRIPT, arguments)?;
    if let Some(error) = returned.get("error") {
        bail!("in the browser: {error}");
    }
    let outcome = serde_json::from_value(returned)?;
    Ok(Row { shape, form, bytes: text.len(), outcome })
}
