//! Effects: each hook does one thing that the reducer must not.

mod arrival;
mod choice;
mod first_view;
mod shortcuts;
mod store;
mod theme;
mod width;
mod worker;

pub(crate) use arrival::use_arrival;
pub(crate) use choice::use_choice;
pub(crate) use first_view::use_first_view;
pub(crate) use shortcuts::use_shortcuts;
pub(crate) use store::use_store;
pub(crate) use theme::use_theme;
pub(crate) use width::use_width;
pub(crate) use worker::use_worker;
