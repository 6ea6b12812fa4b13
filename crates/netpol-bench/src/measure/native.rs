//! The engine on this machine.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Result;
use netpol_bench::shape::{Form, SHAPES, Shape};
use netpol_bench::stage;
use serde_json::Value;

use super::growth::{self, Growth};
use super::harness::Results;
use super::process::{self, Stage};
use crate::args;

/// What was measured.
#[derive(Debug)]
pub(crate) struct Native {
    /// One for each of [`SHAPES`].
    pub(crate) shapes: Vec<Row>,
    pub(crate) growth: Vec<Growth>,
}

/// One input.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) shape: Shape,
    pub(crate) counts: Counts,
    /// Bytes in YAML and JSON.
    pub(crate) bytes: [usize; 2],
    /// Reading them.
    pub(crate) read: [Duration; 2],
    /// All that comes before judging: reading YAML, resolving, findings.
    pub(crate) analyse: Duration,
    pub(crate) resolve: Duration,
    pub(crate) judge: Duration,
    pub(crate) explain: Duration,
    /// The command `netpol stats`, from its start to its end.
    pub(crate) process: Duration,
    /// Of reading YAML and judging; `None`: not counted here.
    pub(crate) instructions: Option<[u64; 2]>,
    /// At most, beyond the text; `None`: not told here.
    pub(crate) memory: Option<u64>,
    /// The naive evaluator; `None`: it takes too long.
    pub(crate) naive: Option<Duration>,
}

/// What is in an input.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Counts {
    pub(crate) namespaces: usize,
    pub(crate) pods: usize,
    pub(crate) policies: usize,
    pub(crate) identities: usize,
    pub(crate) pairs: u64,
}

/// The naive evaluator gets inputs up to so many pods.
const NAIVE: usize = 1_000;

/// Instructions are counted where judging takes less.
const COUNTED: Duration = Duration::from_secs(1);

/// Measures everything.
pub(crate) fn measure(means: &args::Native) -> Result<Native> {
    let results = Results::new(&means.results);
    let folder = tempfile::tempdir()?;
    let row = |shape: &Shape| {
        eprintln!("native          {}", shape.name);
        row(*shape, &results, means, folder.path())
    };
    let shapes = SHAPES.iter().map(row).collect::<Result<_>>()?;
    Ok(Native { shapes, growth: growth::measure(folder.path())? })
}

fn row(shape: Shape, results: &Results, means: &args::Native, folder: &Path) -> Result<Row> {
    let objects = shape.objects();
    let texts = Form::ALL.map(|form| form.write(&objects));
    let [yaml, json] = &texts;
    let files = Form::ALL.map(|form| folder.join(format!("{}.{}", shape.name, form.name())));
    for (file, text) in files.iter().zip(&texts) {
        fs::write(file, text)?;
    }
    let [yaml_file, json_file] = &files;
    let time = |group: &str| results.time(group, shape.name);
    let counts = counts(&objects, yaml);
    let naive = (counts.pods <= NAIVE).then(|| naively(yaml));
    let judge = time("judge")?;
    // Counting takes fifty times as long as doing.
    let instructions = if judge < COUNTED { process::instructions(yaml_file)? } else { None };
    Ok(Row {
        shape,
        counts,
        bytes: [yaml.len(), json.len()],
        read: [time("read-yaml")?, time("read-json")?],
        analyse: time("analyse")?,
        resolve: time("resolve")?,
        judge,
        explain: time("explain")?,
        process: process::whole(&means.netpol, &["stats"], json_file)?,
        instructions,
        memory: process::memory(Stage::Judge, yaml_file)?,
        naive,
    })
}

fn counts(objects: &[Value], text: &str) -> Counts {
    let stats = stage::analyse(text).stats();
    Counts {
        namespaces: objects.iter().filter(|object| object["kind"] == "Namespace").count(),
        pods: stats.pods,
        policies: stats.policies,
        identities: stats.identities,
        pairs: stats.pairs.total,
    }
}

fn naively(text: &str) -> Duration {
    let world = stage::resolve(stage::read(text));
    let start = Instant::now();
    std::hint::black_box(stage::judge_naively(&world));
    start.elapsed()
}
