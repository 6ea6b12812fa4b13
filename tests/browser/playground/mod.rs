//! The playground in its own words, for tests that read like what a visitor does and sees.

mod cluster;
mod documents;
mod editor;
mod explanation;
mod graph;
mod matrix;

use serde::Deserialize;
use serde_json::json;

use crate::harness::Page;

pub(crate) use explanation::Answer;

/// A finding in the list below the editor.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct Finding {
    pub(crate) severity: String,
    pub(crate) code: String,
    pub(crate) text: String,
}

/// What an expectation came to.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct TestResult {
    pub(crate) from: String,
    pub(crate) to: String,
    /// `true` or `false`.
    pub(crate) ok: String,
    pub(crate) text: String,
}

/// How far the page is with the text.
#[derive(Debug, PartialEq, Eq, Deserialize)]
struct Progress {
    state: String,
    /// Counts the texts.
    revision: u64,
}

impl Page {
    /// Waits until what is shown is about the text as it is.
    #[track_caller]
    pub(crate) fn wait_until_ready(&self) {
        self.wait_until(&["ready"]);
    }

    /// Waits until the page says that what is shown is about an earlier text.
    #[track_caller]
    pub(crate) fn wait_until_stale(&self) {
        self.wait_until(&["stale"]);
    }

    /// Waits until the page has finished with the text: what is shown is about it, or the page says
    /// that it is not. It may work again after that: when its room changes, or to look for the smallest edits.
    #[track_caller]
    pub(crate) fn wait_until_done(&self) {
        self.wait_until(&["ready", "stale"]);
    }

    #[track_caller]
    fn wait_until(&self, states: &[&str]) {
        self.settle();
        self.until(&format!("the page to be {}", states.join(" or ")), || {
            let seen = self.progress();
            let done = seen.as_ref().is_some_and(|it| states.contains(&it.state.as_str()));
            if done { Ok(()) } else { Err(format!("there is {seen:?}")) }
        });
    }

    /// Does something that changes the text, and waits until the page has finished with it.
    #[track_caller]
    pub(crate) fn change(&self, action: impl FnOnce()) {
        let revision = || self.progress().map_or(0, |it| it.revision);
        let before = revision();
        action();
        self.until("another text", || {
            if revision() > before { Ok(()) } else { Err(format!("it is number {before}")) }
        });
        self.wait_until_done();
    }

    fn progress(&self) -> Option<Progress> {
        self.script(
            "const app = document.querySelector('[data-testid=app]');
            const busy = document.querySelector('.graph[aria-busy]');
            return app && { state: busy ? 'drawing' : app.dataset.state, revision: Number(app.dataset.revision) }",
            &[],
        )
    }

    /// What is on some elements for tests to read, and their text.
    #[track_caller]
    pub(crate) fn elements<T: serde::de::DeserializeOwned>(&self, css: &str) -> Vec<T> {
        self.script(
            "return [...document.querySelectorAll(arguments[0])]
                .map((it) => ({ ...it.dataset, text: it.textContent.trim() }))",
            &[json!(css)],
        )
    }

    /// Starts from another scenario.
    #[track_caller]
    pub(crate) fn choose_scenario(&self, id: &str) {
        self.change(|| self.choose("[data-testid=scenario]", id));
    }

    /// The title of the scenario that is chosen.
    #[track_caller]
    pub(crate) fn scenario(&self) -> String {
        self.script(
            "return document.querySelector('[data-testid=scenario]')?.selectedOptions[0]?.textContent.trim() ?? ''",
            &[],
        )
    }

    /// Goes to a tab: `manifests`, `cluster`, `tests`, `graph`, `matrix` or `log`.
    #[track_caller]
    pub(crate) fn go_to(&self, tab: &str) {
        self.click(&format!("[data-testid=tab-{tab}]"));
        self.wait_until_done();
    }

    /// The findings about the text.
    #[track_caller]
    pub(crate) fn findings(&self) -> Vec<Finding> {
        self.elements("[data-testid=finding]")
    }

    /// The finding whose text contains `part`.
    #[track_caller]
    pub(crate) fn finding(&self, part: &str) -> Finding {
        self.until(&format!("a finding about {part}"), || {
            let all = self.findings();
            let found = all.iter().find(|finding| finding.text.contains(part)).cloned();
            found.ok_or_else(|| format!("there is {all:#?}"))
        })
    }

    /// What the expectations came to. They are on the tab `tests`.
    #[track_caller]
    pub(crate) fn results(&self) -> Vec<TestResult> {
        self.elements("[data-testid=result]")
    }

    /// The message across the page, and of which kind it is.
    #[track_caller]
    pub(crate) fn notice(&self, kind: &str) -> String {
        self.text(&format!("[data-testid=notice][data-kind={kind}] p"))
    }
}
