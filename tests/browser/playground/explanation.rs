//! The explanation of one connection.

use serde::Deserialize;

use crate::harness::Page;

/// What the explanation says of one connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) verdict: String,
    /// Whether it leaves the sender: `yes`, `no` or `depends`.
    pub(crate) egress: String,
    /// Whether it enters the receiver.
    pub(crate) ingress: String,
}

impl Answer {
    pub(crate) fn new(verdict: &str, egress: &str, ingress: &str) -> Self {
        Self { verdict: verdict.to_owned(), egress: egress.to_owned(), ingress: ingress.to_owned() }
    }
}

/// A rule that was looked at.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct Rule {
    pub(crate) policy: String,
    /// `yes`, `no` or `depends`.
    pub(crate) matches: String,
    pub(crate) text: String,
}

impl Page {
    /// Asks by the fields.
    #[track_caller]
    pub(crate) fn ask(&self, from: &str, to: &str, port: &str, protocol: &str) {
        self.fill("[data-testid=from]", from);
        self.fill("[data-testid=to]", to);
        self.fill("[data-testid=port]", port);
        self.choose("[data-testid=protocol]", protocol);
        self.wait_until_ready();
    }

    /// What the fields hold: sender, receiver, port, protocol.
    #[track_caller]
    pub(crate) fn question(&self) -> [String; 4] {
        self.script(
            "return ['from', 'to', 'port', 'protocol']
                .map((id) => document.querySelector(`[data-testid=${id}]`).value)",
            &[],
        )
    }

    /// The verdict, and what each side says.
    #[track_caller]
    pub(crate) fn answer(&self) -> Answer {
        let passes = |direction: &str| {
            let side = format!("[data-testid=side][data-direction={direction}]");
            self.attribute(&side, "data-passes").unwrap_or_default()
        };
        Answer {
            verdict: self.attribute("[data-testid=verdict]", "data-verdict").unwrap_or_default(),
            egress: passes("egress"),
            ingress: passes("ingress"),
        }
    }

    /// The rules that were looked at.
    #[track_caller]
    pub(crate) fn rules(&self) -> Vec<Rule> {
        self.elements("[data-testid=rule]")
    }
}
