//! `metadata`: names, labels, annotations.

use netpol_sort::Sort;

use super::labels;
use super::names::{self, Wording};
use super::report::Report;
use crate::code;
use crate::kind::Kind;
use crate::place::Place;

/// Annotations of one object may take so many bytes, keys included.
const MAX_ANNOTATIONS: usize = 256 * 1024;

pub(super) fn check(kind: Kind, object: &Place, report: &mut Report) {
    let metadata = object.field("metadata");
    name(kind, &metadata, report);
    let namespace = metadata.field("namespace");
    if kind.is_namespaced() && namespace.filled().is_some() {
        check_name(&namespace, names::label, report);
    }
    let generation = metadata.field("generation");
    if let Some(number) = generation.integer().filter(|number| *number < 0) {
        report.invalid(
            code::INVALID_METADATA,
            &generation,
            number,
            "must be greater than or equal to 0",
            "remove `generation`: the API server counts it",
        );
    }
    labels::labels(&metadata.field("labels"), report);
    annotations(&metadata.field("annotations"), report);
}

fn name(kind: Kind, metadata: &Place, report: &mut Report) {
    // Services may have to begin with a letter, depending on the version and a feature gate.
    let form = match kind {
        Kind::Namespace | Kind::Service => names::label,
        _ => names::subdomain,
    };
    let name = metadata.field("name");
    let prefix = metadata.field("generateName");
    if let Some(text) = prefix.filled() {
        for text in form(&with_ending(text)) {
            let (value, help) = (prefix.text_or_empty(), NAME_HELP);
            report.invalid_text(code::INVALID_NAME, &prefix, value, &text, help);
        }
    }
    if name.filled().is_some() {
        check_name(&name, form, report);
    } else if let Some(text) = prefix.filled() {
        let generated = generated(text);
        for text in form(&generated) {
            let (code, help) = (code::INVALID_NAME, NAME_HELP);
            report.invalid_text(code, &name, &generated, &text, help).span = prefix.span;
        }
    } else if kind != Kind::Settings {
        let detail = "name or generateName is required";
        report.required(code::INVALID_NAME, &name, detail, "write `metadata: {name: NAME}`");
    }
}

/// A hyphen at the end is usual: the server adds to it. Like there, whatever stands before the hyphen
/// is not looked at. Source: `maskTrailingDash` in `k8s.io/apimachinery/pkg/api/validation`.
fn with_ending(prefix: &str) -> String {
    let start = prefix.strip_suffix('-').and_then(|rest| rest.get(..rest.len().checked_sub(1)?));
    start.map_or_else(|| prefix.to_owned(), |start| format!("{start}a"))
}

/// A name as the server generates it, which ends in five random letters or digits.
fn generated(prefix: &str) -> String {
    /// More is cut off.
    const LONGEST_PREFIX: usize = 58;
    let end = prefix.floor_char_boundary(LONGEST_PREFIX);
    format!("{}xxxxx", &prefix[..end])
}

const NAME_HELP: &str = "write lower case letters, digits and `-`";

fn check_name(place: &Place, form: fn(&str) -> Vec<String>, report: &mut Report) {
    for text in form(place.text_or_empty()) {
        let value = place.text_or_empty();
        report.invalid_text(code::INVALID_NAME, place, value, &text, NAME_HELP);
    }
}

fn annotations(place: &Place, report: &mut Report) {
    let mut entries: Vec<_> = place.texts().collect();
    entries.arrange_by_key(|(entry, _)| &entry.key);
    for (entry, _) in &entries {
        for text in names::key(&entry.key.to_lowercase(), Wording::QualifiedNames) {
            let help = "write a key such as `example.com/note`";
            report.invalid_text(code::INVALID_METADATA, place, &entry.key, &text, help).span =
                entry.key_span;
        }
    }
    let size: usize = entries.iter().map(|(entry, value)| entry.key.len() + value.len()).sum();
    if size > MAX_ANNOTATIONS {
        let body = format!("Too long: may not be more than {MAX_ANNOTATIONS} bytes");
        report.error(code::INVALID_METADATA, place, &body, "shorten or remove annotations");
    }
}
