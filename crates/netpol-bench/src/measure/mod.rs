//! What is measured, each kind by its means.

mod browser;
pub(crate) mod growth;
pub(crate) mod harness;
pub(crate) mod native;
pub(crate) mod page;
pub(crate) mod process;
pub(crate) mod size;
pub(crate) mod worker;

use std::time::Duration;

use native::Native;
use page::Page;
use size::Size;
use worker::Worker;

/// All that was measured.
#[derive(Debug, Default)]
pub(crate) struct Measured {
    pub(crate) native: Option<Native>,
    pub(crate) worker: Option<Worker>,
    pub(crate) page: Option<Page>,
    pub(crate) size: Option<Size>,
}

/// What a browser's clock says.
fn milliseconds(time: f64) -> Duration {
    Duration::try_from_secs_f64(time / 1e3).unwrap_or(Duration::ZERO)
}
