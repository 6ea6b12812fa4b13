//! Texts before and after.

#![expect(clippy::needless_raw_string_hashes, reason = "expect-test writes them")]

mod add;
mod delete;
mod examples;
mod property;
mod relabel;
mod settings;
mod targets;
mod write_down;

use expect_test::Expect;
use netpol_model::decode;
use netpol_syntax::{FileId, Source, Sources, apply, parse};

use super::{EditCommand, Labels, Target, text_edits};

/// The text after a command, or what is said instead.
fn run(text: &str, command: &EditCommand) -> String {
    let documents = parse(FileId(0), text).documents;
    let (objects, _) = decode(&documents);
    let sources = Sources::single("t.yaml", text);
    match text_edits(&sources, &documents, &objects, command) {
        Ok(edits) => apply(text, &edits),
        Err(error) => format!("{error}\n"),
    }
}

fn check(text: &str, command: &EditCommand, after: &Expect) {
    after.assert_eq(&run(text, command));
}

/// `a=b,c=d` as labels.
fn labels(text: &str) -> Labels {
    let pairs = text.split(',').filter(|pair| !pair.is_empty());
    pairs.filter_map(|pair| pair.split_once('=')).map(|(k, v)| (k.into(), v.into())).collect()
}

/// `NAMESPACE/NODE`, `external/NAME` or a namespace.
fn target(id: &str) -> Target {
    match id.split_once('/') {
        Some(("external", name)) => Target::External { name: name.into() },
        Some((namespace, name)) => Target::Node { namespace: namespace.into(), name: name.into() },
        None => Target::Namespace { name: id.into() },
    }
}

fn relabel(id: &str, new: &str) -> EditCommand {
    EditCommand::Relabel { target: target(id), labels: labels(new) }
}

fn delete(id: &str) -> EditCommand {
    EditCommand::Delete { target: target(id) }
}
