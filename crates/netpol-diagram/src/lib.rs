//! A placed picture of a cluster: who is there, and what becomes of the flows between them.
//!
//! [`scene`] turns a topology and its flows into plain data that a page draws as SVG. The same
//! input gives the same picture on every platform, a changed label or verdict moves nothing.
#![deny(clippy::disallowed_methods, clippy::disallowed_types)]

mod scene;

pub use scene::{
    Anchor, Badge, BadgeKind, Card, CardKind, Edge, Frame, FrameKind, Gate, GateState, Label,
    Passage, Point, Rect, Scene, Text,
};

use netpol::view::{Flows, Topology};

/// What a picture is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// The room that there is, in CSS pixels. The picture is laid out for it: namespaces side by
    /// side on a wide screen, one below the other on a phone.
    pub width: u32,
}

/// Places a topology and flows.
///
/// The picture holds every node of the topology, every named outside address, and every other
/// address that flows name. Use [`filtered_scene`] to show some of the flows without moving
/// anything.
pub fn scene(topology: &Topology, flows: &Flows, options: Options) -> Scene {
    filtered_scene(topology, flows, flows, options)
}

/// Like [`scene`], placed by all flows, but showing only those of `shown`.
///
/// Edges refer to `shown`. A flow of `shown` that has an end which is neither in the topology nor
/// in `all` is left out.
pub fn filtered_scene(topology: &Topology, all: &Flows, shown: &Flows, options: Options) -> Scene {
    let _ = (topology, all, shown);
    Scene { width: f64::from(options.width), ..Scene::default() }
}
