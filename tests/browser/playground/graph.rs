//! The picture of the flows.

use fantoccini::key::Key;
use serde::Deserialize;
use serde_json::json;

use crate::harness::Page;

/// An edge of the picture.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Edge {
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) ports: String,
    pub(crate) verdict: String,
    /// `egress`, `ingress` or both, where a denied flow stops.
    pub(crate) stops_at: String,
    /// The verdict before the last edit, if that was another one.
    pub(crate) was: Option<String>,
    /// How many flows it stands for.
    pub(crate) count: String,
    /// Whether it is the explained one: `true` or `false`.
    pub(crate) chosen: String,
}

/// A selector for the edges from one end to the other.
fn edge(from: &str, to: &str) -> String {
    format!("[data-testid=edge][data-from='{from}'][data-to='{to}']")
}

/// A pod or address of the picture.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct Card {
    pub(crate) id: String,
    /// Such as `pod`, or `namespace` if that is folded.
    pub(crate) kind: String,
    /// `isolated` or `open`.
    pub(crate) ingress: String,
    pub(crate) egress: String,
}

impl Page {
    /// Clicks on a card.
    #[track_caller]
    pub(crate) fn click_card(&self, id: &str) {
        self.click(&format!("[data-testid=card][data-id='{id}']"));
    }

    /// The middle of a card on the screen.
    #[track_caller]
    pub(crate) fn card_middle(&self, id: &str) -> (f64, f64) {
        self.middle(&format!("[data-testid=card][data-id='{id}'] .card-box"))
    }

    /// All edges.
    #[track_caller]
    pub(crate) fn edges(&self) -> Vec<Edge> {
        self.elements("[data-testid=edge]")
    }

    /// The verdicts of the edges from one end to the other, each with its ports.
    #[track_caller]
    pub(crate) fn flows(&self, from: &str, to: &str) -> Vec<(String, String)> {
        let edges: Vec<Edge> = self.elements(&edge(from, to));
        edges.into_iter().map(|edge| (edge.ports, edge.verdict)).collect()
    }

    /// All pods and addresses.
    #[track_caller]
    pub(crate) fn cards(&self) -> Vec<Card> {
        self.elements("[data-testid=card]")
    }

    /// The names of all pods and addresses.
    #[track_caller]
    pub(crate) fn card_ids(&self) -> Vec<String> {
        let mut ids: Vec<String> = self.cards().into_iter().map(|card| card.id).collect();
        ids.sort();
        ids
    }

    /// Clicks on the line of an edge, where nothing covers it.
    #[track_caller]
    pub(crate) fn click_edge(&self, from: &str, to: &str) {
        let selector = edge(from, to);
        let point = self.until(&format!("a free point of `{selector}`"), || {
            let point: Option<(f64, f64)> = self.script(
                "const edge = document.querySelector(arguments[0]);
                if (!edge) return null;
                edge.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
                const line = edge.querySelector('path.line');
                const length = line.getTotalLength();
                for (let at = 0; at < length; at += 2) {
                    const point = line.getPointAtLength(at).matrixTransform(line.getScreenCTM());
                    // A mouse stands on whole pixels.
                    const [x, y] = [Math.round(point.x), Math.round(point.y)];
                    const there = document.elementFromPoint(x, y);
                    if (!there) continue;
                    if (edge.contains(there) || there.dataset.reach === edge.dataset.id) return [x, y];
                }
                return null",
                &[json!(selector)],
            );
            point.ok_or_else(|| "it is covered or not there".to_owned())
        });
        self.click_at(point);
        self.wait_until_ready();
    }

    /// Types filters into the search box.
    #[track_caller]
    pub(crate) fn filter(&self, words: &str) {
        self.click("[data-testid=search]");
        self.type_text(words);
        self.press([Key::Enter]);
        self.wait_until_ready();
    }

    /// The filters that are set.
    #[track_caller]
    pub(crate) fn chips(&self) -> Vec<String> {
        self.script(
            "return [...document.querySelectorAll('[data-testid=chip]')].map((it) => it.dataset.chip)",
            &[],
        )
    }

    /// The filters on offer.
    #[track_caller]
    pub(crate) fn offers(&self) -> Vec<String> {
        self.script(
            "return [...document.querySelectorAll('[data-testid=offer] code')].map((it) => it.textContent)",
            &[],
        )
    }

    /// The flows of the line that is listed.
    #[track_caller]
    pub(crate) fn flow_list(&self) -> Vec<String> {
        self.text("[data-testid=flow-list]");
        self.script(
            "return [...document.querySelectorAll('[data-testid=listed-flow]')].map((it) => it.textContent)",
            &[],
        )
    }

    /// How many animations of the page are under way.
    #[track_caller]
    pub(crate) fn running_animations(&self) -> usize {
        self.script(
            "return document.getAnimations().filter((it) => it.playState === 'running').length",
            &[],
        )
    }
}
