//! The one crate that front ends name: manifests in, plain data out.
//!
//! ```text
//! texts ──parse, decode──▶ objects ──resolve──▶ world ──judge──▶ traces ──explain──▶ views
//! ```
//!
//! [`analyse`] runs the pipeline and cannot fail: what is wrong with the texts is among the
//! findings. An [`Analysis`] then answers questions, each with a type of [`view`], which is also
//! what `netpol … --format json` prints and what the page's worker sends.
#![deny(clippy::disallowed_methods, clippy::disallowed_types)]

mod analysis;
mod connect;
mod connectivity;
mod diff;
pub mod edit;
mod endpoint;
mod explain;
mod fix;
mod flow;
mod lint;
mod outside;
mod party;
mod place;
pub mod report;
mod table;
mod topology;
mod validation;
pub mod view;

pub use analysis::{Analysis, analyse};
pub use diff::diff;
pub use netpol_syntax::{Source, Sources};
