//! What a picture consists of, placed: plain data that a page or a file turns into SVG.
//!
//! All measures are CSS pixels of a drawing at its natural size, rounded to tenths.

use netpol::view::{Direction, Verdict};
use serde::{Deserialize, Serialize};

/// A placed picture. Draw the frames first, then the edges, then the cards.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Scene {
    /// The width; that of the options, or more if that is too narrow for one card, or if there are
    /// many cards.
    pub width: f64,
    /// The height; as much as the picture needs.
    pub height: f64,
    /// Namespaces, and the area of what is outside the cluster.
    pub frames: Vec<Frame>,
    /// Pods, workloads, and outside addresses.
    pub cards: Vec<Card>,
    /// Flows between them.
    pub edges: Vec<Edge>,
    /// The left side of each column of cards.
    pub columns: Vec<f64>,
    /// The upper side of each row of cards.
    pub rows: Vec<f64>,
}

/// A place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// From the left.
    pub x: f64,
    /// From the top.
    pub y: f64,
}

/// An area.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Rect {
    /// The left side.
    pub x: f64,
    /// The upper side.
    pub y: f64,
    /// How wide it is.
    pub width: f64,
    /// How high it is.
    pub height: f64,
}

/// Which point of a line of text is placed; the words of SVG's `text-anchor`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Anchor {
    /// Its beginning.
    Start,
    /// Its middle.
    Middle,
    /// Its end.
    End,
}

impl Anchor {
    /// The word of SVG.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Middle => "middle",
            Self::End => "end",
        }
    }
}

/// One line of text, clipped to the room that it has.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Text {
    /// What it says.
    pub text: String,
    /// Where its base line begins, is in the middle, or ends.
    pub at: Point,
    /// Which of these.
    pub anchor: Anchor,
}

/// What a frame is around.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FrameKind {
    /// A namespace of the manifests.
    Namespace,
    /// A namespace that no manifest declares.
    Inferred,
    /// Addresses outside the cluster.
    Outside,
    /// All folded namespaces.
    Folded,
}

/// An area with a title around cards.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Frame {
    /// The namespace's name; empty for what is outside the cluster, `folded:` for the folded
    /// namespaces. Stable: use it as a key.
    pub id: String,
    /// What it is around.
    pub kind: FrameKind,
    /// Its area.
    pub rect: Rect,
    /// Its title, perhaps clipped.
    pub title: Text,
    /// What holds for all that is in it, such as: default deny, both ways.
    pub subtitle: Option<Text>,
}

/// What a card stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CardKind {
    /// A pod.
    Pod,
    /// All pods of a workload.
    Workload,
    /// A named address outside the cluster.
    External,
    /// An address that flows name.
    Address,
    /// Pods that nothing tells apart.
    Pods,
    /// A folded namespace.
    Namespace,
    /// Pods for which there is no room.
    More,
}

impl CardKind {
    /// Whether it stands for what could be cards of their own.
    pub fn is_stack(self) -> bool {
        matches!(self, Self::Pods | Self::Namespace | Self::More)
    }
}

/// A box for one end of flows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Card {
    /// The id of the node, or of the first of several pods; `external/NAME`, an address,
    /// `namespace:NAME` or `more:NAMESPACE`. Stable: use it as a key.
    pub id: String,
    /// What it stands for.
    pub kind: CardKind,
    /// Its full name, for a tooltip and for those who cannot see.
    pub name: String,
    /// The ids of the first nodes that share it; empty if it stands for itself.
    pub members: Vec<String>,
    /// Its area.
    pub rect: Rect,
    /// Its name, in one line or two.
    pub title: Vec<Text>,
    /// Labels or addresses.
    pub lines: Vec<Text>,
    /// What is special about it.
    pub badges: Vec<Badge>,
    /// On its left, where flows enter: there if it is isolated for ingress.
    pub ingress_gate: Option<Gate>,
    /// On its right, where flows leave: there if it is isolated for egress.
    pub egress_gate: Option<Gate>,
}

/// What is special about a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BadgeKind {
    /// It stands for several pods.
    Replicas,
    /// It shares its node's network: policies do not select it.
    HostNetwork,
    /// No manifest declares it, every cluster has it.
    Implied,
    /// It cannot talk to anyone: not started, or finished.
    Silent,
}

/// A small mark with a word in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Badge {
    /// What it says, for its colour.
    pub kind: BadgeKind,
    /// Its area, on the card's lower side.
    pub rect: Rect,
    /// Its word.
    pub text: Text,
    /// The whole sentence, for a tooltip.
    pub about: String,
}

/// An upright bar on a card's side: policies decide what passes here.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Gate {
    /// Its middle.
    pub at: Point,
    /// How long it is.
    pub length: f64,
}

/// All flows between two cards with the same verdict that end at the same place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Edge {
    /// The two ends and the verdict. Stable: use it as a key.
    pub id: String,
    /// The sender's card.
    pub from: String,
    /// The receiver's card.
    pub to: String,
    /// What becomes of the flows.
    pub verdict: Verdict,
    /// The sides that stop them; empty unless denied. `cross` is at the first of them.
    pub stops_at: Vec<Direction>,
    /// What became of them before the last edit, if that is something else.
    pub was: Option<Verdict>,
    /// How many flows there are.
    pub count: u64,
    /// The way that the flows travel, as SVG path data from the sender to the receiver or to
    /// the gate that stops them.
    pub path: String,
    /// How long `path` is.
    pub length: f64,
    /// The rest of the way, which they never travel; it shows whom they were for.
    pub beyond: Option<String>,
    /// Where they leave the sender.
    pub egress: Passage,
    /// Where they enter, or would enter, the receiver.
    pub ingress: Passage,
    /// Where they end, if they are denied.
    pub cross: Option<Point>,
    /// Their ports.
    pub label: Label,
    /// The places of the first of them in [`netpol::view::Flows::flows`], ascending.
    pub flows: Vec<usize>,
}

/// What happens to an edge on one side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum GateState {
    /// There is no gate: the card is not isolated in this direction.
    Absent,
    /// Isolated, and the flows pass.
    Open,
    /// Isolated, and the flows are stopped.
    Shut,
}

/// The point where an edge crosses the side of a card.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Passage {
    /// Where.
    pub at: Point,
    /// What happens to it there.
    pub gate: GateState,
}

/// The ports of an edge.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Label {
    /// Such as `8080`, `53 UDP+TCP`; clipped after a few.
    pub text: String,
    /// Where its base line begins, is in the middle, or ends.
    pub at: Point,
    /// Which of these.
    pub anchor: Anchor,
    /// The area of the text, for something plain behind it: it is on the edge's line.
    pub rect: Rect,
    /// There is no free room for it: show it only when its edge is chosen.
    pub crowded: bool,
}
