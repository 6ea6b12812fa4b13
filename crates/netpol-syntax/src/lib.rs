//! YAML and JSON text to a tree in which every node knows its place in the text.
//!
//! Manifests are read the way `kubectl` reads them: YAML with 1.1 scalars (`yes` is a boolean,
//! `0120` is 80), the last duplicate key wins, several documents in one text. Broken text is
//! data, not failure: [`parse`] always returns what could be read, and [`Finding`]s for the rest.
//!
//! This crate knows no Kubernetes.
#![deny(clippy::disallowed_methods, clippy::disallowed_types)]

mod advice;
mod alias;
mod block;
mod chunk;
mod context;
mod edit;
mod finding;
mod go;
mod json;
mod key;
mod list;
mod mapping;
mod parse;
mod reader;
mod refused;
mod scalar;
mod softer;
mod source;
mod span;
mod syntax_error;
mod tabs;
mod tag;
mod tree;
mod yaml;

pub use chunk::chunks;
pub use edit::apply;
pub use finding::{Finding, Fix, MOST_FINDINGS, Severity, TextEdit, add_finding};
pub use list::List;
pub use parse::{Parsed, parse, too_large};
pub use reader::{Part, Reader};
pub use source::{Location, Source, Sources};
pub use span::{FileId, Span};
pub use tree::{Document, Entry, Mapping, Node, Value};
