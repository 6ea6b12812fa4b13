//! The results that Criterion has left.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result};
use serde::Deserialize;

/// The results of a run of `benches/engine.rs`.
#[derive(Debug)]
pub(crate) struct Results {
    folder: PathBuf,
}

/// Criterion's `sample.json`: how often the work was done in each sample, and in what time.
#[derive(Deserialize)]
struct Samples {
    iters: Vec<f64>,
    times: Vec<f64>,
}

impl Results {
    pub(crate) fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned() }
    }

    /// How long the work takes in the fastest sample: on a machine that also does something else,
    /// the others tell more about that.
    pub(crate) fn time(&self, group: &str, name: &str) -> Result<Duration> {
        let file = self.folder.join(group).join(name).join("new/sample.json");
        let text = fs::read_to_string(&file)
            .with_context(|| format!("the harness has left no `{}`", file.display()))?;
        let Samples { iters, times } = serde_json::from_str(&text)?;
        let nanoseconds = times.iter().zip(&iters).map(|(time, iterations)| time / iterations);
        Ok(Duration::from_secs_f64(nanoseconds.fold(f64::INFINITY, f64::min) / 1e9))
    }
}
