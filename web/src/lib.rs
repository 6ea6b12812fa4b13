//! The page's state and its conversation with the engine, without a browser.
//!
//! [`model`] holds the state and its one reducer, [`protocol`] what page and worker say to each
//! other, [`wire`] how they write it, [`engine`] the worker's half, [`json`] what is stored. The binaries `page` and
//! `worker` add the browser.
#![deny(clippy::disallowed_methods, clippy::disallowed_types)]

pub mod engine;
pub mod json;
pub mod measure;
pub mod model;
pub mod protocol;
pub mod shortcuts;
pub mod stretch;
pub mod test_ids;
pub mod text;
pub mod wire;
pub mod words;
pub mod zoom;
