//! Complete documents, each with the expectations that it meets.

/// A document to start from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scenario {
    /// Its name in links and commands, in kebab case.
    pub id: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// One sentence: what there is to see.
    pub summary: &'static str,
    /// The document.
    pub manifests: &'static str,
}

/// All scenarios; the first is the default.
pub const SCENARIOS: &[Scenario] = &[
    Scenario {
        id: "bookstore",
        title: "Bookstore",
        summary: "A namespace that denies everything, and the seven policies that open exactly \
                  what a shop needs.",
        manifests: include_str!("../scenarios/bookstore.yaml"),
    },
    Scenario {
        id: "np-demo",
        title: "np-demo: one door",
        summary: "A web server that only the frontend may call, chosen by label.",
        manifests: include_str!("../scenarios/np-demo.yaml"),
    },
];

/// The scenario with that id.
pub fn scenario(id: &str) -> Option<&'static Scenario> {
    SCENARIOS.iter().find(|scenario| scenario.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_find_their_scenario() {
        for expected in SCENARIOS {
            assert_eq!(scenario(expected.id), Some(expected), "ids are unique");
        }
        assert_eq!(scenario("no-such-scenario"), None);
    }
}
