//! A place in an object: its value, if one is there, and the path that leads to it.

use std::fmt;
use std::net::IpAddr;

use netpol_sort::Gather;
use netpol_syntax::{Entry, Node, Span, Value};

use crate::Labels;

/// How a place is reached from the one around it.
#[derive(Clone, Copy, Debug)]
enum Step<'p> {
    Root,
    Field(&'p str),
    /// A free key of a mapping. Go's messages leave it out.
    Key(&'p str),
    Index(usize),
}

/// A place in an object, whether or not something is written there.
///
/// The accessors read what fits and nothing else: a value of the wrong type reads like a missing
/// one. That it has the wrong type is found elsewhere.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place<'p, 'n> {
    parent: Option<&'p Place<'p, 'n>>,
    step: Step<'p>,
    node: Option<&'n Node>,
    /// Where the value stands, or the nearest that is written around it.
    pub(crate) span: Span,
}

impl<'p, 'n> Place<'p, 'n> {
    /// A whole object.
    pub(crate) fn root(node: &'n Node) -> Self {
        Self { parent: None, step: Step::Root, node: Some(node), span: node.span }
    }

    fn child(&'p self, step: Step<'p>, node: Option<&'n Node>) -> Self {
        let span = node.map_or_else(|| self.headline(), |node| node.span);
        Self { parent: Some(self), step, node, span }
    }

    /// A short piece of text that stands for this place: of a whole object its `kind`.
    pub(crate) fn headline(&self) -> Span {
        let kind = || self.node.and_then(|node| node.get("kind"));
        match self.step {
            Step::Root => kind().map_or(self.span, |kind| kind.span),
            _ => self.span,
        }
    }

    /// The place of a field, written or not.
    pub(crate) fn field(&'p self, name: &'p str) -> Self {
        self.child(Step::Field(name), self.node.and_then(|node| node.get(name)))
    }

    /// The place of an entry's value; its key is a field's name.
    pub(crate) fn field_of(&'p self, entry: &'n Entry) -> Self {
        self.child(Step::Field(&entry.key), Some(&entry.value))
    }

    /// The places of a mapping with free keys.
    pub(crate) fn values(&'p self) -> impl Iterator<Item = Self> {
        self.entries().iter().map(|entry| self.child(Step::Key(&entry.key), Some(&entry.value)))
    }

    /// The places of a list's items; none if it is no list.
    pub(crate) fn items(&'p self) -> impl Iterator<Item = Self> {
        let items = self.node.and_then(Node::as_sequence).unwrap_or_default();
        items.iter().enumerate().map(|(i, item)| self.child(Step::Index(i), Some(item)))
    }

    /// The name of the field that leads here, or of the list whose item this is.
    pub(crate) fn field_name(&self) -> Option<&'p str> {
        match self.step {
            Step::Field(name) => Some(name),
            Step::Root => None,
            Step::Key(_) | Step::Index(_) => self.parent.and_then(Place::field_name),
        }
    }

    /// What is written here.
    pub(crate) fn value(&self) -> Option<&'n Value> {
        self.node.map(|node| &node.value)
    }

    /// Whether something is written here, even if it is null.
    pub(crate) fn is_written(&self) -> bool {
        self.node.is_some()
    }

    /// Whether something other than null is written here.
    pub(crate) fn is_given(&self) -> bool {
        self.node.is_some_and(|node| !node.is_null())
    }

    /// The entries of a mapping; none if it is no mapping.
    pub(crate) fn entries(&self) -> &'n [Entry] {
        self.node.and_then(Node::as_mapping).map_or(&[], |mapping| &mapping.entries)
    }

    /// The text, if it is text.
    pub(crate) fn text(&self) -> Option<&'n str> {
        self.node.and_then(Node::as_str)
    }

    /// The address, if it is one; an IPv4 address inside an IPv6 one is the former.
    pub(crate) fn address(&self) -> Option<IpAddr> {
        let address: IpAddr = self.text()?.parse().ok()?;
        Some(address.to_canonical())
    }

    /// The text; empty where it is missing, as Go reads it.
    pub(crate) fn text_or_empty(&self) -> &'n str {
        self.text().unwrap_or_default()
    }

    /// The text, if it is text and not empty.
    pub(crate) fn filled(&self) -> Option<&'n str> {
        self.text().filter(|text| !text.is_empty())
    }

    /// The whole number, if it is one. `80.0` is one: kubectl sends it as `80`.
    pub(crate) fn integer(&self) -> Option<i64> {
        self.value().and_then(whole_number)
    }

    /// The truth, if it is a boolean.
    pub(crate) fn boolean(&self) -> Option<bool> {
        match self.value() {
            Some(Value::Bool(value)) => Some(*value),
            _ => None,
        }
    }

    /// Keys and values of a mapping of texts; a null value reads as empty text.
    pub(crate) fn texts(&self) -> impl Iterator<Item = (&'n Entry, &'n str)> {
        self.entries().iter().filter_map(|entry| match &entry.value.value {
            Value::String(text) => Some((entry, text.as_str())),
            Value::Null => Some((entry, "")),
            _ => None,
        })
    }

    /// A mapping of texts.
    pub(crate) fn labels(&self) -> Labels {
        self.texts().map(|(entry, value)| (entry.key.clone(), value.to_owned())).gather()
    }

    /// The path as Go's messages of type errors write it: names of fields only.
    pub(crate) fn go_path(&self) -> String {
        let mut names = Vec::new();
        let mut place = Some(self);
        while let Some(Self { parent, step, .. }) = place {
            if let Step::Field(name) = step {
                names.push(*name);
            }
            place = *parent;
        }
        names.reverse();
        names.join(".")
    }
}

/// A number without fraction, as JSON would print it.
pub(crate) fn whole_number(value: &Value) -> Option<i64> {
    /// Every whole number up to here is exact as a float.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    match value {
        Value::Integer(number) => Some(*number),
        #[expect(clippy::cast_possible_truncation, reason = "whole and in range")]
        Value::Float(number) if number.fract() == 0.0 && number.abs() <= EXACT => {
            Some(*number as i64)
        }
        _ => None,
    }
}

/// `spec.ingress[0].from[1].podSelector`, as the API server writes it.
impl fmt::Display for Place<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(parent) = self.parent {
            parent.fmt(f)?;
        }
        let is_first = self.parent.is_none_or(|parent| matches!(parent.step, Step::Root));
        match self.step {
            Step::Root => Ok(()),
            Step::Field(name) | Step::Key(name) if is_first => f.write_str(name),
            Step::Field(name) | Step::Key(name) => write!(f, ".{name}"),
            Step::Index(index) => write!(f, "[{index}]"),
        }
    }
}
