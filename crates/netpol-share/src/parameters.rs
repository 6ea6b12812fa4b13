//! What rides beside the document as `&key=value`: how it is looked at.

use std::collections::BTreeMap;

use crate::percent;

/// A parameter that the playground knows. Their order is the order in a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Key {
    /// The document's name.
    Name,
    /// Which view is shown: `graph`, `matrix`, …
    View,
    /// Which tab of the details is open.
    Tab,
    /// The connection that is explained: `shop/frontend>shop/web:8080/TCP`.
    Flow,
    /// What the search box filters by.
    Filter,
    /// Which flows there are to see: `declared-ports`, or as the document expects.
    Flows,
    /// What the matrix is about, and what is folded in it.
    Matrix,
    /// Nodes that were moved, and whereto.
    Moved,
    /// The step of a lesson that the document is about: `first-policy:2`.
    Lesson,
    /// `light` or `dark`; otherwise as the visitor's system is.
    Theme,
    /// The document cannot be changed.
    Readonly,
    /// Parts of the page that are not shown, separated by commas.
    Hide,
    /// `off`: nothing moves.
    Motion,
    /// Policies that come without pods get some.
    Examples,
}

const KEYS: [(Key, &str); 14] = [
    (Key::Name, "name"),
    (Key::View, "view"),
    (Key::Tab, "tab"),
    (Key::Flow, "flow"),
    (Key::Filter, "filter"),
    (Key::Flows, "flows"),
    (Key::Matrix, "matrix"),
    (Key::Moved, "moved"),
    (Key::Lesson, "lesson"),
    (Key::Theme, "theme"),
    (Key::Readonly, "readonly"),
    (Key::Hide, "hide"),
    (Key::Motion, "motion"),
    (Key::Examples, "examples"),
];

impl Key {
    /// The key of that name.
    pub fn named(name: &str) -> Option<Self> {
        KEYS.iter().find(|(_, known)| *known == name).map(|(key, _)| *key)
    }

    /// Its name in links.
    pub fn name(self) -> &'static str {
        KEYS.iter().find(|(key, _)| *key == self).map_or("", |(_, name)| name)
    }
}

/// The parameters of a link. What is as it is by default is not among them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parameters(BTreeMap<Key, String>);

impl Parameters {
    /// The value of `key`, empty if it was given without one.
    pub fn get(&self, key: Key) -> Option<&str> {
        self.0.get(&key).map(String::as_str)
    }

    /// Gives `key` a value, in place of the one that it had.
    pub fn set(&mut self, key: Key, value: impl Into<String>) {
        self.0.insert(key, value.into());
    }

    /// Takes `key` away.
    pub fn remove(&mut self, key: Key) {
        self.0.remove(&key);
    }

    /// All of them, in the order of a link.
    pub fn iter(&self) -> impl Iterator<Item = (Key, &str)> {
        self.0.iter().map(|(key, value)| (*key, value.as_str()))
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The first of several values of a key counts; whether the key is known.
    pub(crate) fn read(&mut self, part: &str) -> bool {
        // Some programs take a link for HTML and escape what it joins by.
        let part = part.strip_prefix("amp;").unwrap_or(part);
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        let key = Key::named(name);
        if let Some(key) = key {
            self.0.entry(key).or_insert_with(|| percent::decode(value));
        }
        key.is_some()
    }

    /// Appends all, each after an `&`.
    pub(crate) fn write(&self, to: &mut String) {
        for (key, name) in KEYS {
            if let Some(value) = self.get(key) {
                to.push('&');
                to.push_str(name);
                if !value.is_empty() {
                    to.push('=');
                    percent::encode(value, to);
                }
            }
        }
    }
}
