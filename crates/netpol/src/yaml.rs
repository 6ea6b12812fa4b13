//! Manifests of our own making, as block YAML.

use std::fmt::Display;

use crate::edit::write::scalar;
use crate::view::StoredLine;

/// What is written under a key.
pub(crate) enum Yaml {
    /// As it is written.
    Scalar(String),
    /// One below the other.
    List(Vec<Self>),
    /// Keys with their values, in this order.
    Map(Vec<Field>),
}

/// A key with its value.
pub(crate) struct Field {
    pub(crate) key: String,
    pub(crate) value: Yaml,
    /// Whether it is a default that nobody wrote.
    pub(crate) filled_in: bool,
}

/// A text.
pub(crate) fn text(text: &str) -> Yaml {
    Yaml::Scalar(scalar(text))
}

/// A value under its key.
pub(crate) fn field(key: &str, value: Yaml) -> Field {
    Field { key: scalar(key), value, filled_in: false }
}

/// A number or a truth value under its key.
pub(crate) fn plain(key: &str, value: &dyn Display) -> Field {
    field(key, Yaml::Scalar(value.to_string()))
}

/// A list under its key, unless it is empty.
pub(crate) fn list(key: &str, items: Vec<Yaml>) -> Option<Field> {
    (!items.is_empty()).then(|| field(key, Yaml::List(items)))
}

/// A mapping under its key, unless it is empty.
pub(crate) fn map(key: &str, fields: Vec<Field>) -> Option<Field> {
    (!fields.is_empty()).then(|| field(key, Yaml::Map(fields)))
}

impl Yaml {
    /// Without the defaults that nobody wrote.
    pub(crate) fn into_written(self) -> Self {
        match self {
            Self::Map(fields) => {
                let written = fields.into_iter().filter(|field| !field.filled_in);
                let written = written.map(|it| Field { value: it.value.into_written(), ..it });
                Self::Map(written.collect())
            }
            Self::List(items) => Self::List(items.into_iter().map(Self::into_written).collect()),
            scalar @ Self::Scalar(_) => scalar,
        }
    }

    /// The lines of a document.
    pub(crate) fn document(&self) -> String {
        let mut lines = Vec::new();
        self.write(0, &mut lines);
        lines.into_iter().flat_map(|line| [line.text, "\n".to_owned()]).collect()
    }

    /// Writes a mapping as block YAML. Lists stand as far in as their key, as kubectl writes them.
    pub(crate) fn write(&self, depth: usize, lines: &mut Vec<StoredLine>) {
        match self {
            Self::Map(fields) => fields.iter().for_each(|field| field.write(depth, lines)),
            Self::List(items) => items.iter().for_each(|item| item.write_item(depth, lines)),
            Self::Scalar(text) => lines.push(line(depth, text)),
        }
    }

    fn write_item(&self, depth: usize, lines: &mut Vec<StoredLine>) {
        if let Some(flow) = self.in_line() {
            lines.push(line(depth, &format!("- {flow}")));
            return;
        }
        let first = lines.len();
        self.write(depth + 1, lines);
        if let Some(line) = lines.get_mut(first) {
            line.text.replace_range(2 * depth..2 * depth + 2, "- ");
        }
    }

    /// What is short enough to follow a key or a dash.
    fn in_line(&self) -> Option<&str> {
        match self {
            Self::Scalar(text) => Some(text),
            Self::Map(fields) if fields.is_empty() => Some("{}"),
            Self::List(items) if items.is_empty() => Some("[]"),
            Self::Map(_) | Self::List(_) => None,
        }
    }
}

impl Field {
    fn write(&self, depth: usize, lines: &mut Vec<StoredLine>) {
        let first = lines.len();
        match (self.value.in_line(), &self.value) {
            (Some(flow), _) => lines.push(line(depth, &format!("{}: {flow}", self.key))),
            (None, value) => {
                lines.push(line(depth, &format!("{}:", self.key)));
                let within = depth + usize::from(matches!(value, Yaml::Map(_)));
                value.write(within, lines);
            }
        }
        if self.filled_in {
            lines[first..].iter_mut().for_each(|line| line.filled_in = true);
        }
    }
}

fn line(depth: usize, text: &str) -> StoredLine {
    StoredLine { text: format!("{:1$}{text}", "", 2 * depth), filled_in: false }
}
