//! What two inputs allow differently, in the forms of np-guard's netpol-analyzer.

use std::fmt::{self, Display};

use super::cells;
use super::reach::ports;
use crate::view::{Diff, DiffEntry};

/// A line for each pair under a heading; nothing if nothing differs.
pub fn diff(diff: &Diff) -> impl Display {
    fmt::from_fn(move |f| {
        if !diff.connections.is_empty() {
            writeln!(f, "Connectivity diff:")?;
        }
        for entry in &diff.connections {
            let [change, from, to, before, after, workloads] = &columns(diff, entry);
            write!(f, "diff-type: {change}, source: {from}, destination: {to}, ")?;
            write!(f, "old: {before}, new: {after}")?;
            if !workloads.is_empty() {
                write!(f, ", workloads-diff-info: {workloads}")?;
            }
            writeln!(f)?;
        }
        Ok(())
    })
}

const HEADER: [&str; 6] =
    ["diff-type", "source", "destination", "old", "new", "workloads-diff-info"];

/// A table of comma-separated values.
pub fn diff_csv(diff: &Diff) -> impl Display {
    fmt::from_fn(move |f| {
        cells::csv(f, &HEADER)?;
        let mut entries = diff.connections.iter();
        entries.try_for_each(|it| cells::csv(f, &columns(diff, it).each_ref().map(String::as_str)))
    })
}

/// A Markdown table.
pub fn diff_markdown(diff: &Diff) -> impl Display {
    fmt::from_fn(move |f| {
        cells::markdown(f, &HEADER)?;
        let rules = HEADER.map(|name| "-".repeat(name.len() + 2));
        writeln!(f, "|{}|", rules.join("|"))?;
        diff.connections.iter().try_for_each(|entry| {
            cells::markdown(f, &columns(diff, entry).each_ref().map(String::as_str))
        })
    })
}

fn columns(diff: &Diff, entry: &DiffEntry) -> [String; 6] {
    let connections = |set: &[String]| match set {
        [] => "No Connections".to_owned(),
        set => ports(set).to_string(),
    };
    let is_in = |peers: &[String], id: &String| peers.binary_search(id).is_ok();
    let mut workloads = Vec::new();
    for id in [&entry.from, &entry.to] {
        let what = if id.ends_with(']') { "workload" } else { "address" };
        if is_in(&diff.added_peers, id) {
            workloads.push(format!("{what} {id} added"));
        } else if is_in(&diff.removed_peers, id) {
            workloads.push(format!("{what} {id} removed"));
        }
    }
    [
        entry.change.as_str().to_owned(),
        entry.from.clone(),
        entry.to.clone(),
        connections(&entry.before),
        connections(&entry.after),
        workloads.join(", "),
    ]
}
