//! Does a tree fit its kind? Types first, then fields that the kind does not have.
//!
//! Source of the texts: Go's `encoding/json` for types, `sigs.k8s.io/json` for unknown fields.

mod fields;
mod types;

pub(crate) use fields::similar_name;

#[cfg(test)]
#[expect(clippy::needless_raw_string_hashes, reason = "expect-test writes them")]
mod tests;

use netpol_sort::Sort;
use netpol_syntax::{Entry, Finding, Node, Value};

use crate::kind::Kind;
use crate::place::{Place, whole_number};
use crate::schema::{self, Struct, Type};
use crate::{KubernetesVersion, code};

/// What the API server refuses before it looks at the meaning: wrong types, or else unknown
/// fields. A wrong type hides the unknown fields, as it does there. They are in the order in which
/// the server meets them: kubectl sends the fields of an object sorted by name.
pub(crate) fn check(kind: Kind, object: &Node, version: KubernetesVersion) -> Vec<Finding> {
    let root = Place::root(object);
    let frame = Frame { it: schema::of(kind), place: &root, outer: None };
    let mut walk = Walk { kind, version, wrong_types: Vec::new(), unknown_fields: Vec::new() };
    walk.fields(&frame);
    if walk.wrong_types.is_empty() { walk.unknown_fields } else { walk.wrong_types }
}

/// A struct on the way from the root to where the walk is.
#[derive(Clone, Copy)]
struct Frame<'a, 'n> {
    it: &'static Struct,
    place: &'a Place<'a, 'n>,
    outer: Option<&'a Frame<'a, 'n>>,
}

struct Walk {
    kind: Kind,
    version: KubernetesVersion,
    wrong_types: Vec<Finding>,
    unknown_fields: Vec<Finding>,
}

impl Walk {
    fn fields(&mut self, frame: &Frame) {
        let entries = frame.place.entries();
        if entries.is_sorted_by(|a, b| a.key <= b.key) {
            for entry in entries {
                self.field(entry, frame);
            }
        } else {
            let mut sorted: Vec<&Entry> = entries.iter().collect();
            sorted.arrange_by(|a, b| a.key.cmp(&b.key));
            for entry in sorted {
                self.field(entry, frame);
            }
        }
    }

    fn field(&mut self, entry: &Entry, frame: &Frame) {
        match frame.it.field(&entry.key) {
            Some(ty) => self.value(ty, &frame.place.field_of(entry), frame),
            None => self.unknown_field(entry, frame),
        }
    }

    fn value(&mut self, ty: &'static Type, place: &Place, frame: &Frame) {
        let Some(value) = place.value() else { return };
        match (ty, value) {
            (Type::Struct(it), Value::Mapping(_)) => {
                self.fields(&Frame { it, place, outer: Some(frame) });
            }
            (Type::List(item), Value::Sequence(_)) => {
                for place in place.items() {
                    self.value(item, &place, frame);
                }
            }
            (Type::Map(value), Value::Mapping(_)) => {
                for place in place.values() {
                    self.value(value, &place, frame);
                }
            }
            _ if fits(ty, value) => {}
            _ => self.wrong_types.push(self.wrong_type(ty, value, place, frame)),
        }
    }

    fn wrong_type(&self, ty: &Type, value: &Value, place: &Place, frame: &Frame) -> Finding {
        let message = match ty {
            _ if self.kind.is_own() => format!("`{place}` must be {}", types::plain(ty)),
            Type::Quantity => types::QUANTITY.to_owned(),
            _ => format!(
                "json: cannot unmarshal {} into Go struct field {}.{} of type {}",
                types::go_value(ty, value),
                frame.it.name,
                place.go_path(),
                ty.go_name()
            ),
        };
        let finding = Finding::error(code::WRONG_TYPE, place.span, message);
        finding.with_help(types::help(ty, value, place))
    }

    fn unknown_field(&mut self, entry: &Entry, frame: &Frame) {
        let is_policy = self.kind == Kind::NetworkPolicy && frame.outer.is_none();
        if is_policy && entry.key == "status" && self.version.has_policy_status() {
            return;
        }
        let message = format!("unknown field \"{}\"", frame.place.field_of(entry));
        let mut finding = Finding::error(code::UNKNOWN_FIELD, entry.key_span, message);
        let advice = fields::advice(entry, frame);
        finding.help = Some(advice.help);
        finding.fix = advice.fix;
        self.unknown_fields.push(finding);
    }
}

/// Whether a value that is no container is of a type. Null is of every type.
fn fits(ty: &Type, value: &Value) -> bool {
    match (ty, value) {
        (_, Value::Null)
        | (Type::Any, _)
        | (Type::String | Type::Named(_) | Type::IntOrString | Type::Quantity, Value::String(_))
        | (Type::Quantity, Value::Integer(_) | Value::Float(_))
        | (Type::Bool, Value::Bool(_)) => true,
        (Type::Int32 | Type::IntOrString, value) => {
            whole_number(value).is_some_and(|number| i32::try_from(number).is_ok())
        }
        (Type::Int64, value) => whole_number(value).is_some(),
        _ => false,
    }
}
