//! Effects: each hook does one thing that the reducer must not.

mod theme;
mod width;
mod worker;

pub(crate) use theme::use_theme;
pub(crate) use width::use_width;
pub(crate) use worker::use_worker;
