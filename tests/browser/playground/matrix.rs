//! The table of who to whom.

use serde::Deserialize;

use crate::harness::Page;

/// A cell of the table.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct Cell {
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) verdict: String,
    pub(crate) ports: String,
}

fn selector(from: &str, to: &str) -> String {
    format!("[data-testid=cell][data-from='{from}'][data-to='{to}']")
}

impl Page {
    /// All cells.
    #[track_caller]
    pub(crate) fn cells(&self) -> Vec<Cell> {
        self.elements("[data-testid=cell]")
    }

    /// The verdict of a cell.
    #[track_caller]
    pub(crate) fn cell(&self, from: &str, to: &str) -> String {
        self.attribute(&selector(from, to), "data-verdict").unwrap_or_default()
    }

    /// Makes the table about a port; about those that each receiver declares if it is empty.
    #[track_caller]
    pub(crate) fn set_matrix_port(&self, port: &str, protocol: &str) {
        self.fill("[data-testid=matrix-port]", port);
        self.choose("[data-testid=matrix-protocol]", protocol);
        self.wait_until_ready();
    }

    /// Clicks a cell.
    #[track_caller]
    pub(crate) fn click_cell(&self, from: &str, to: &str) {
        self.click(&format!("{} button", selector(from, to)));
        self.wait_until_ready();
    }
}
