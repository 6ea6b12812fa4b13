//! How judging grows with one size.

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Result;
use netpol_bench::growth::{Curve, Step, curves};
use netpol_bench::shape::Form;
use netpol_bench::stage;

use super::process;

/// A curve and what was measured on it.
#[derive(Debug)]
pub(crate) struct Growth {
    pub(crate) curve: Curve,
    /// How long judging takes at each step.
    pub(crate) times: Vec<Duration>,
    /// How many instructions it takes at each step; `None`: not counted.
    pub(crate) instructions: Option<Vec<u64>>,
}

/// Every step of a curve has so many turns.
const ROUNDS: usize = 15;

/// Measures all curves.
pub(crate) fn measure(folder: &Path) -> Result<Vec<Growth>> {
    curves().into_iter().map(|curve| grow(curve, folder)).collect()
}

fn grow(curve: Curve, folder: &Path) -> Result<Growth> {
    eprintln!("native          {}", curve.what);
    let texts: Vec<String> =
        curve.steps.iter().map(|step| Form::Json.write(&step.objects())).collect();
    // There a few percent are promised, which is less than what time varies by.
    let is_counted = curve.steps.iter().all(|step| matches!(step, Step::Pods(_)));
    let instructions = if is_counted { count(&texts, folder)? } else { None };
    Ok(Growth { times: time(&texts), curve, instructions })
}

/// The fastest of some rounds. In each round every text has its turn, so that whatever else the machine
/// does slows all of them alike.
fn time(texts: &[String]) -> Vec<Duration> {
    let worlds: Vec<_> = texts.iter().map(|text| stage::resolve(stage::read(text))).collect();
    let mut fastest = vec![Duration::MAX; worlds.len()];
    for _ in 0..ROUNDS {
        for (world, fastest) in worlds.iter().zip(&mut fastest) {
            let start = Instant::now();
            let judged = black_box(stage::judge(world));
            *fastest = start.elapsed().min(*fastest);
            drop(judged);
        }
    }
    fastest
}

fn count(texts: &[String], folder: &Path) -> Result<Option<Vec<u64>>> {
    let file = folder.join("growth.json");
    let counted = texts.iter().map(|text| {
        fs::write(&file, text)?;
        process::instructions_of_judging(&file)
    });
    counted.collect()
}
