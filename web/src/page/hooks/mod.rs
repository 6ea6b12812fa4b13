//! Effects: each hook does one thing that the reducer must not.

mod arrival;
mod choice;
mod drag;
mod first_view;
mod host;
mod in_sight;
mod pieces;
mod rest;
mod room;
mod shortcuts;
mod slices;
mod store;
mod theme;
mod visible;
mod visit;
mod worker;

pub(crate) use arrival::use_arrival;
pub(crate) use choice::use_choice;
pub(crate) use drag::use_drag;
pub(crate) use first_view::use_first_view;
pub(crate) use host::use_host;
pub(crate) use in_sight::use_in_sight;
pub(crate) use pieces::use_pieces;
pub(crate) use rest::use_rest;
pub(crate) use room::use_room;
pub(crate) use shortcuts::use_shortcuts;
pub(crate) use slices::use_slices;
pub(crate) use store::use_store;
pub(crate) use theme::use_theme;
pub(crate) use visible::{seen_now, use_seen, use_visible_part};
pub(crate) use visit::use_visit;
pub(crate) use worker::use_worker;
