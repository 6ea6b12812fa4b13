//! Everything that speaks to JavaScript. No other module has `extern` blocks.

pub(crate) mod drag;
pub(crate) mod editor;
pub(crate) mod files;
pub(crate) mod first_view;
pub(crate) mod host;
pub(crate) mod loader;
pub(crate) mod page;
pub(crate) mod resize;
pub(crate) mod store;
pub(crate) mod worker;
