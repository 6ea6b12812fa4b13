//! Words for values of the wrong type.

use std::fmt;

use netpol_syntax::Value;

use crate::place::Place;
use crate::schema::Type;

/// Source: `k8s.io/apimachinery/pkg/api/resource`.
pub(super) const QUANTITY: &str =
    "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

/// What Go's messages call a value where a type was wanted: a number is spelt out only where a
/// number was wanted.
pub(super) fn go_value(ty: &Type, value: &Value) -> String {
    match (ty, value) {
        (Type::Int32 | Type::Int64 | Type::IntOrString, Value::Integer(number)) => {
            format!("number {number}")
        }
        (Type::Int32 | Type::Int64 | Type::IntOrString, Value::Float(number)) => {
            format!("number {number}")
        }
        _ => value.json_type().to_owned(),
    }
}

/// What a value of a type is, in plain words.
pub(super) fn plain(ty: &Type) -> &'static str {
    match ty {
        Type::String | Type::Named(_) => "text",
        Type::Bool => "`true` or `false`",
        Type::Int32 | Type::Int64 => "a whole number",
        Type::IntOrString => "a port's number or name",
        Type::Quantity => "an amount such as `100m` or `2`",
        Type::Any => "anything",
        Type::Struct(_) | Type::Map(_) => "a mapping",
        Type::List(_) => "a list",
    }
}

/// How a number becomes text.
fn quote(number: impl fmt::Display) -> String {
    format!("put what is written in quotes: without them it is the number {number}")
}

/// What to write instead.
pub(super) fn help(ty: &Type, value: &Value, place: &Place) -> String {
    let name = place.field_name().unwrap_or("value");
    match (ty, value) {
        (Type::Named("v1.Protocol"), _) => "write `TCP`, `UDP` or `SCTP`".to_owned(),
        (Type::String | Type::Named(_), Value::Bool(value)) => format!(
            "quote the value, as in `\"{value}\"`: without quotes YAML reads words such as `true`, `yes`, `on` and `y` as a boolean"
        ),
        // What is written may look otherwise: 0120 is 80, and 1.30 is 1.3.
        (Type::String | Type::Named(_), Value::Integer(number)) => quote(number),
        (Type::String | Type::Named(_), Value::Float(number)) => quote(number),
        (Type::Int32 | Type::Int64, Value::String(text)) if text.parse::<i32>().is_ok() => {
            format!("remove the quotes: `{name}: {text}`")
        }
        (Type::Int32 | Type::IntOrString, Value::Integer(_)) => {
            "write a number between -2147483648 and 2147483647".to_owned()
        }
        (Type::List(_), Value::Mapping(_)) => {
            format!("`{name}` is a list: start each of its items with `- `")
        }
        (Type::List(Type::String | Type::Named(_)), Value::String(text)) => {
            format!("`{name}` is a list: `{name}: [{text}]`")
        }
        (Type::Struct(it), Value::String(text)) if it.name == "LabelSelector" => {
            match text.split_once('=') {
                Some((key, value)) => {
                    format!("write a selector: `{name}: {{matchLabels: {{{key}: {value}}}}}`")
                }
                None => format!("write a selector: `{name}: {{matchLabels: {{KEY: VALUE}}}}`"),
            }
        }
        (Type::Map(_), Value::Sequence(_)) => {
            format!("`{name}` is a mapping: write `KEY: VALUE` pairs, without `- ` before them")
        }
        (Type::Struct(_), Value::Sequence(_)) => {
            format!("`{name}` is a mapping: write its fields without `- ` before them")
        }
        _ => format!("write {}", plain(ty)),
    }
}
