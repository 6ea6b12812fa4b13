//! The built page, in a real Chromium, used as people use it.

use std::time::Duration;

use anyhow::{Context, Result};
use netpol_bench::shape::{COMPANY, Cluster, Content, Form, Mesh, Shape};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::browser::Browser;
use super::milliseconds;
use crate::args;

/// What is put into the page.
const SCRIPT: &str = include_str!("page.js");

/// When the first view was seen, and when the page has taken its place.
const FIRST_VIEW: &str = "
    const done = arguments[0];
    const look = () => {
        if (document.documentElement.dataset.shown === undefined) return requestAnimationFrame(look);
        const [{ startTime: seen }] = performance.getEntriesByName('first-contentful-paint');
        requestAnimationFrame(() => setTimeout(() => done({ seen, usable: performance.now() })));
    };
    look();";

/// So many first visits, each of a browser that has never seen the page.
const VISITS: usize = 5;

/// So many times each document is opened, each time in a browser of its own.
const ROUNDS: usize = 3;

/// So many keys are pressed in each document.
const KEYS: usize = 40;

/// The end of each document: a pod whose label is typed.
const TYPED: &str = "
---
apiVersion: v1
kind: Pod
metadata:
  name: typed
  namespace: default
  labels:
    app: typed";

/// Two hundred flows, as many as are drawn, each with a line of its own that moves.
const MESH: Shape = Shape { name: "", content: Content::Mesh(Mesh { callers: 10, listeners: 20 }) };

/// The documents, small ones first.
const DOCUMENTS: [(&str, Option<Shape>); 5] = [
    ("Bookstore", None),
    ("10 pods to each of 20", Some(MESH)),
    ("50 pods", Some(cluster(10, 50, 60))),
    ("500 pods", Some(cluster(55, 500, 1_250))),
    ("5,413 pods", Some(COMPANY)),
];

const fn cluster(namespaces: usize, pods: usize, policies: usize) -> Shape {
    let content = Content::Cluster(Cluster { namespaces, pods, policies, copies: 1 });
    Shape { name: "", content }
}

/// What was measured.
#[derive(Debug)]
pub(crate) struct Page {
    /// The browser's name and version.
    pub(crate) browser: String,
    /// First visits with a processor at a quarter of its speed.
    pub(crate) visits: Vec<Visit>,
    /// How long the page's thread works until the first view can be used, at full speed.
    pub(crate) works: Vec<Duration>,
    /// The documents.
    pub(crate) documents: Vec<Document>,
}

/// A first visit; in milliseconds.
#[derive(Debug, Deserialize)]
pub(crate) struct Visit {
    seen: f64,
    usable: f64,
}

impl Visit {
    /// Until the first view is seen.
    pub(crate) fn seen(&self) -> Duration {
        milliseconds(self.seen)
    }

    /// Until it can be used.
    pub(crate) fn usable(&self) -> Duration {
        milliseconds(self.usable)
    }
}

/// One document, in several rounds: whatever else the machine does makes some of them slower.
#[derive(Debug)]
pub(crate) struct Document {
    pub(crate) name: &'static str,
    pub(crate) rounds: Vec<Opened>,
}

/// One document, opened and typed into once.
#[derive(Debug)]
pub(crate) struct Opened {
    /// From dropping the file to the drawn picture.
    pub(crate) open: Waited,
    /// From pressing keys to the drawn picture.
    pub(crate) keys: Vec<Waited>,
    pub(crate) frames: Frames,
    /// What still moves when people want less motion.
    pub(crate) moving_when_reduced: usize,
}

/// How long a person waited; in milliseconds.
#[derive(Debug, Deserialize)]
pub(crate) struct Waited {
    time: f64,
    /// The tasks of more than 50 ms on the page's thread meanwhile.
    tasks: Vec<f64>,
}

/// What the browser drew.
#[derive(Debug, Deserialize)]
pub(crate) struct Frames {
    pub(crate) moving: usize,
    /// Frames a second.
    pub(crate) rate: f64,
}

impl Waited {
    pub(crate) fn time(&self) -> Duration {
        milliseconds(self.time)
    }

    /// The longest task, if one took more than 50 ms.
    pub(crate) fn longest_task(&self) -> Option<Duration> {
        self.tasks.iter().copied().map(milliseconds).max()
    }
}

impl Opened {
    /// The time within which the result of so many of a hundred keys is drawn.
    pub(crate) fn key_percentile(&self, percent: usize) -> Duration {
        let mut times: Vec<_> = self.keys.iter().map(Waited::time).collect();
        times.sort();
        let rank = (times.len() * percent).div_ceil(100).saturating_sub(1);
        times.get(rank).copied().unwrap_or(Duration::MAX)
    }

    /// The longest task while keys were pressed, if one took more than 50 ms.
    pub(crate) fn longest_task_of_keys(&self) -> Option<Duration> {
        self.keys.iter().filter_map(Waited::longest_task).max()
    }

    /// The longest task of all, opening and typing.
    pub(crate) fn longest_task(&self) -> Option<Duration> {
        self.open.longest_task().max(self.longest_task_of_keys())
    }
}

impl Document {
    /// What is smallest in one of the rounds.
    pub(crate) fn best<T: Ord>(&self, of: impl Fn(&Opened) -> T) -> Option<T> {
        self.rounds.iter().map(of).min()
    }

    /// What is largest in one of the rounds.
    pub(crate) fn worst<T: Ord>(&self, of: impl Fn(&Opened) -> T) -> Option<T> {
        self.rounds.iter().map(of).max()
    }
}

/// Measures first visits and all documents.
pub(crate) fn measure(means: &args::Browser) -> Result<Page> {
    eprintln!("page            first visits");
    let mut visits = Vec::new();
    let mut works = Vec::new();
    for _ in 0..VISITS {
        visits.push(first_visit(means)?);
        works.push(work(means)?);
    }
    let mut browser = String::new();
    let mut documents = DOCUMENTS.map(|(name, _)| Document { name, rounds: Vec::new() });
    // All documents take turns, as what disturbs comes and goes.
    for number in 1..=ROUNDS {
        for (document, (name, shape)) in documents.iter_mut().zip(DOCUMENTS) {
            eprintln!("page            {name}, round {number} of {ROUNDS}");
            let chromium = Browser::start(&means.driver)?;
            document.rounds.push(open(&chromium, means, shape).with_context(|| name.to_owned())?);
            chromium.version().clone_into(&mut browser);
        }
    }
    Ok(Page { browser, visits, works, documents: documents.into() })
}

fn first_visit(means: &args::Browser) -> Result<Visit> {
    let browser = Browser::start(&means.driver)?;
    browser.devtools("Emulation.setCPUThrottlingRate", json!({ "rate": 4 }))?;
    browser.open(&means.url)?;
    Ok(serde_json::from_value(browser.run(FIRST_VIEW, Vec::new())?)?)
}

/// How long the page's thread works in a first visit. What else the machine does is not in it.
fn work(means: &args::Browser) -> Result<Duration> {
    let browser = Browser::start(&means.driver)?;
    browser.devtools("Performance.enable", json!({ "timeDomain": "threadTicks" }))?;
    browser.open(&means.url)?;
    browser.run(FIRST_VIEW, Vec::new())?;
    let told = browser.devtools("Performance.getMetrics", json!({}))?;
    let metrics = told["metrics"].as_array().into_iter().flatten();
    let mut tasks = metrics.filter(|metric| metric["name"] == "TaskDuration");
    let seconds: Option<f64> = tasks.find_map(|metric| metric["value"].as_f64());
    Ok(milliseconds(seconds.context("Chromium tells no `TaskDuration`")? * 1e3))
}

fn open(browser: &Browser, means: &args::Browser, shape: Option<Shape>) -> Result<Opened> {
    browser.open(&means.url)?;
    browser.run(FIRST_VIEW, Vec::new())?;
    browser.run(&format!("{SCRIPT} arguments[0]()"), Vec::new())?;
    let text = shape.map_or_else(bookstore, |shape| Ok(shape.text(Form::Yaml)))?;
    // What hands a text over to the script is no task of the page.
    call::<Value>(browser, "hold(arguments[0])", vec![json!(text.trim_end().to_owned() + TYPED)])?;
    let open = call(browser, "open()", Vec::new())?;
    let frames = call(browser, "frames()", Vec::new())?;
    browser.chord('\u{e009}', '\u{e010}')?;
    let mut keys = Vec::new();
    for index in 0..KEYS {
        call::<Value>(browser, "expectKey()", Vec::new())?;
        // A letter more, a letter less: the pod's label is another one each time.
        browser.press(if index % 2 == 0 { 'x' } else { '\u{e003}' })?;
        keys.push(call(browser, "keyTime()", Vec::new())?);
    }
    let less = json!({ "features": [{ "name": "prefers-reduced-motion", "value": "reduce" }] });
    browser.devtools("Emulation.setEmulatedMedia", less)?;
    let moving_when_reduced = call(browser, "moving()", Vec::new())?;
    Ok(Opened { open, keys, frames, moving_when_reduced })
}

/// The text of the first scenario.
fn bookstore() -> Result<String> {
    let scenario = netpol_lessons::SCENARIOS.first().context("there is a scenario")?;
    Ok(scenario.manifests.to_owned())
}

/// Calls a function of the script.
fn call<T: DeserializeOwned>(browser: &Browser, call: &str, arguments: Vec<Value>) -> Result<T> {
    let script = format!(
        "const done = arguments[arguments.length - 1];
        (async () => window.bench.{call})().then((value) => done(value ?? null), (error) => done({{ error: String(error) }}))"
    );
    let returned = browser.run(&script, arguments)?;
    if let Some(error) = returned.get("error") {
        anyhow::bail!("in the browser: {error}");
    }
    Ok(serde_json::from_value(returned)?)
}
