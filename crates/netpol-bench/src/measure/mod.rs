//! What is measured, each kind by its means.

mod browser;
pub(crate) mod harness;
pub(crate) mod native;
pub(crate) mod process;
pub(crate) mod size;
pub(crate) mod worker;

use native::Native;
use size::Size;
use worker::Worker;

/// All that was measured.
#[derive(Debug, Default)]
pub(crate) struct Measured {
    pub(crate) native: Option<Native>,
    pub(crate) worker: Option<Worker>,
    pub(crate) size: Option<Size>,
}
