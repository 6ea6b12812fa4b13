//! Edits that would flip a verdict, as lines that go and lines that come.

use std::fmt::{self, Display, Formatter};

use crate::view::{OtherChanges, PairChange, PolicyChange, Suggestion};

/// Each suggestion with its changes, policy by policy, and what else it changes.
pub fn suggestions(suggestions: &[Suggestion]) -> impl Display {
    fmt::from_fn(move |f| {
        (1..).zip(suggestions).try_for_each(|(number, view)| suggestion(f, number, view))
    })
}

fn suggestion(f: &mut Formatter<'_>, number: usize, view: &Suggestion) -> fmt::Result {
    writeln!(f, "{number}. {}", view.title)?;
    view.changes.iter().try_for_each(|change| policy(f, change))?;
    view.notes.iter().try_for_each(|note| writeln!(f, "   note: {note}"))?;
    others(f, &view.others)
}

fn policy(f: &mut Formatter<'_>, change: &PolicyChange) -> fmt::Result {
    let PolicyChange { namespace, name, summary, file, .. } = change;
    let line = change.diff.first().map_or(1, |line| line.line);
    writeln!(f, "   policy {namespace}/{name} ({file}:{line}): {summary}")?;
    match change.applies_to_others {
        0 => {}
        1 => writeln!(f, "     it also applies to another pod or workload")?,
        others => writeln!(f, "     it also applies to {others} other pods and workloads")?,
    }
    change.diff.iter().try_for_each(|line| {
        let sign = if line.added { '+' } else { '-' };
        writeln!(f, "     {:>4} {sign} {}", line.line, line.text)
    })
}

fn others(f: &mut Formatter<'_>, others: &OtherChanges) -> fmt::Result {
    match others.total {
        0 => return writeln!(f, "   changes no other connection"),
        1 => writeln!(f, "   also changes one pair:")?,
        total => writeln!(f, "   also changes {total} pairs:")?,
    }
    for PairChange { from, to, added, removed } in &others.pairs {
        write!(f, "     {from} -> {to}:")?;
        added.iter().try_for_each(|port| write!(f, " +{port}"))?;
        removed.iter().try_for_each(|port| write!(f, " -{port}"))?;
        writeln!(f)?;
    }
    match others.total - others.pairs.len().min(others.total) {
        0 => Ok(()),
        more => writeln!(f, "     and {more} more"),
    }
}
