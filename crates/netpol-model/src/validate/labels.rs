//! Labels and label selectors.

use netpol_sort::Sort;

use super::names::{self, Wording};
use super::report::Report;
use crate::code;
use crate::place::Place;

const KEY_HELP: &str = "write a key such as `app` or `example.com/app`";
const VALUE_HELP: &str = "write letters, digits, `-`, `_` and `.`, at most 63 of them";

fn wording(report: &Report) -> Wording {
    if report.version.speaks_of_label_keys() { Wording::LabelKeys } else { Wording::QualifiedNames }
}

/// A mapping of labels. The server goes through them in random order; here they are sorted. Its
/// paths end at the mapping.
pub(super) fn labels(place: &Place, report: &mut Report) {
    let mut entries: Vec<_> = place.texts().collect();
    entries.arrange_by_key(|(entry, _)| &entry.key);
    for (entry, value) in entries {
        for text in names::key(&entry.key, wording(report)) {
            let code = code::INVALID_LABEL;
            report.invalid_text(code, place, &entry.key, &text, KEY_HELP).span = entry.key_span;
        }
        for text in names::value(value, wording(report)) {
            let code = code::INVALID_LABEL;
            report.invalid_text(code, place, value, &text, VALUE_HELP).span = entry.value.span;
        }
    }
}

/// A selector.
pub(super) fn selector(place: &Place, report: &mut Report) {
    labels(&place.field("matchLabels"), report);
    for expression in place.field("matchExpressions").items() {
        requirement(&expression, report);
    }
}

fn requirement(place: &Place, report: &mut Report) {
    let (key, operator) = (place.field("key"), place.field("operator"));
    let values = place.field("values");
    let is_empty = values.items().next().is_none();
    match operator.text_or_empty() {
        "In" | "NotIn" if is_empty => {
            report.required(
                code::INVALID_SELECTOR,
                &values,
                "must be specified when `operator` is 'In' or 'NotIn'",
                "list at least one value, or use `Exists` or `DoesNotExist`",
            );
        }
        "Exists" | "DoesNotExist" if !is_empty => {
            report.forbidden(
                code::INVALID_SELECTOR,
                &values,
                "may not be specified when `operator` is 'Exists' or 'DoesNotExist'",
                "remove `values`, or use `In` or `NotIn`",
            );
        }
        "In" | "NotIn" | "Exists" | "DoesNotExist" => {}
        other => {
            report.invalid_text(
                code::INVALID_SELECTOR,
                &operator,
                other,
                "not a valid selector operator",
                "write `In`, `NotIn`, `Exists` or `DoesNotExist`",
            );
        }
    }
    for text in names::key(key.text_or_empty(), wording(report)) {
        report.invalid_text(code::INVALID_LABEL, &key, key.text_or_empty(), &text, KEY_HELP);
    }
    for value in values.items() {
        for text in names::value(value.text_or_empty(), wording(report)) {
            let code = code::INVALID_LABEL;
            report.invalid_text(code, &value, value.text_or_empty(), &text, VALUE_HELP);
        }
    }
}
