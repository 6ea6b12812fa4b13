//! Advice for fields that a struct does not have: a slip of the pen, or a field in the wrong place.

use netpol_syntax::{Entry, Fix, TextEdit, Value};
use strsim::osa_distance;

use super::Frame;
use crate::schema::{Struct, Type};

/// What to do about an unknown field.
pub(super) struct Advice {
    pub(super) help: String,
    pub(super) fix: Option<Fix>,
}

impl From<String> for Advice {
    fn from(help: String) -> Self {
        Self { help, fix: None }
    }
}

/// Looks for what was meant, the surest guess first.
pub(super) fn advice(entry: &Entry, frame: &Frame) -> Advice {
    same_but_for_case(entry, frame.it)
        .or_else(|| other_direction(entry, frame.it))
        .or_else(|| selector_keys(entry, frame).map(Advice::from))
        .or_else(|| flattened(entry, frame).map(Advice::from))
        .or_else(|| one_level_in(entry, frame).map(Advice::from))
        .or_else(|| one_level_out(entry, frame).map(Advice::from))
        .or_else(|| similar(entry, frame.it))
        .unwrap_or_else(|| Advice::from(no_idea(entry, frame.it)))
}

fn rename(entry: &Entry, field: &str, remark: &str) -> Advice {
    let edit = TextEdit { span: entry.key_span, text: field.to_owned() };
    Advice {
        help: format!("did you mean `{field}`?{remark}"),
        fix: Some(Fix { title: format!("Rename to `{field}`"), edits: vec![edit] }),
    }
}

fn same_but_for_case(entry: &Entry, it: &Struct) -> Option<Advice> {
    let mut names = it.fields.iter().map(|(name, _)| *name);
    let field = names.find(|name| name.eq_ignore_ascii_case(&entry.key))?;
    Some(rename(entry, field, " Names of fields are case-sensitive"))
}

fn other_direction(entry: &Entry, it: &Struct) -> Option<Advice> {
    let (field, remark) = match (it.name, entry.key.as_str()) {
        ("NetworkPolicyIngressRule", "to") => ("from", " `to` is for egress rules"),
        ("NetworkPolicyEgressRule", "from") => ("to", " `from` is for ingress rules"),
        _ => return None,
    };
    Some(rename(entry, field, remark))
}

fn similar(entry: &Entry, it: &Struct) -> Option<Advice> {
    similar_name(&entry.key, it.fields.iter().map(|(name, _)| *name))
        .map(|field| rename(entry, field, ""))
}

/// The name that differs least, by at most two letters and by fewer than half of them.
pub(crate) fn similar_name<'a>(
    written: &str,
    names: impl Iterator<Item = &'a str>,
) -> Option<&'a str> {
    names
        .filter(|name| name.len().abs_diff(written.len()) <= 2)
        .map(|name| (osa_distance(written, name), name))
        .filter(|(distance, name)| *distance <= 2 && distance * 2 < name.len())
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// Labels written straight into a selector.
fn selector_keys(entry: &Entry, frame: &Frame) -> Option<String> {
    if frame.it.name != "LabelSelector" || similar(entry, frame.it).is_some() {
        return None;
    }
    let pair = match &entry.value.value {
        Value::String(value) => format!("{}: {value}", entry.key),
        _ => format!("{}: VALUE", entry.key),
    };
    Some(format!(
        "put labels under `matchLabels`: `matchLabels: {{{pair}}}`; where fields are not checked, this selector selects everything"
    ))
}

/// At the top level, what belongs under `metadata` or `spec`.
fn flattened(entry: &Entry, frame: &Frame) -> Option<String> {
    if frame.outer.is_some() {
        return None;
    }
    let homes = ["spec", "metadata"];
    let home = homes.into_iter().find(|home| has_field(frame.it.field(home), &entry.key))?;
    let remark = if frame.place.field(home).is_given() {
        ""
    } else {
        "; this text seems to have lost its indentation"
    };
    Some(format!("indent `{}`: it belongs under `{home}`{remark}", entry.key))
}

fn has_field(ty: Option<&Type>, name: &str) -> bool {
    matches!(ty, Some(Type::Struct(it)) if it.field(name).is_some())
}

/// A field of something beside it: mis-indented by one level.
fn one_level_in(entry: &Entry, frame: &Frame) -> Option<String> {
    let key = &entry.key;
    let homes: Vec<&str> = homes(frame.it, key).collect();
    let empty = |home: &&&str| {
        let place = frame.place.field(home);
        place.is_written() && !place.is_given()
    };
    let home = match homes.as_slice() {
        [] => return None,
        [home] => (*home).to_owned(),
        several => match several.iter().find(empty) {
            Some(home) => (*home).to_owned(),
            None if several.len() == 2 => several.join("` or `"),
            None => return None,
        },
    };
    Some(match frame.it.field(&home) {
        Some(Type::List(_)) => {
            format!("put `{key}` into an item of `{home}`: `{home}: [{{{key}: ...}}]`")
        }
        _ => format!("indent `{key}` one level more: it belongs under `{home}`"),
    })
}

/// The fields of a struct whose value, or whose items, have that field.
fn homes<'a>(it: &'a Struct, key: &'a str) -> impl Iterator<Item = &'static str> + 'a {
    it.fields.iter().filter_map(move |(name, ty)| {
        let ty = if let Type::List(item) = ty { *item } else { ty };
        has_field(Some(ty), key).then_some(*name)
    })
}

/// A field of what is around it, or of something there.
fn one_level_out(entry: &Entry, frame: &Frame) -> Option<String> {
    let key = &entry.key;
    let outer = frame.outer?;
    let here = frame.place.field_name().unwrap_or_default();
    if outer.outer.is_some() && outer.it.field(key).is_some() {
        return Some(format!("move `{key}` one level out, beside `{here}`"));
    }
    // Only policies are small enough for a guess that reaches further.
    let mut homes = homes(outer.it, key).filter(|home| *home != here);
    let home = homes.next().filter(|_| frame.it.name == "NetworkPolicyPeer")?;
    Some(format!("put `{key}` into an item of `{home}`, one level out, beside `{here}`"))
}

fn no_idea(entry: &Entry, it: &Struct) -> String {
    const MANY: usize = 12;
    let names: Vec<_> = it.fields.iter().map(|(name, _)| format!("`{name}`")).collect();
    match names.len() {
        0 => format!("remove `{}`: there are no fields here", entry.key),
        1..=MANY => format!("remove `{}`; known here: {}", entry.key, names.join(", ")),
        _ => format!("remove `{}` or check its spelling", entry.key),
    }
}
