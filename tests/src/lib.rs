//! Tests that cross crates: conformance cases, the repository's own tidiness, and, behind the
//! feature `browser`, the page in real browsers.

use std::path::{Path, PathBuf};

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "reads its cases")]
mod cases;
#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "reads its cases")]
#[expect(clippy::print_stdout, reason = "tells how many of the cases agree")]
mod conformance;
#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "reads the pages that it checks")]
mod docs;
pub mod fuzz;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod lessons;
#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "reads the page that it checks, and runs Node.js")]
mod link;
#[cfg(test)]
mod scenarios;
#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "reads the files that it judges")]
mod tidy;

/// The folder of the workspace, wherever the tests are started from.
pub fn workspace_root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_path_buf).unwrap_or_default()
}
