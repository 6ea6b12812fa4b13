//! The page in a real Chromium, used as a visitor would, and its main path in Firefox. `cargo xtask test browser`
//! builds the page, serves it, and says where in `NETPOL_PLAYGROUND_URL`; `CHROMEDRIVER` and `GECKODRIVER` name
//! the drivers to start.
//!
//! Every test has a browser of its own, fails if the page logged an error or asked another host for
//! anything, and then leaves a picture and the log in `artifacts/browser`.
#![expect(clippy::disallowed_methods, reason = "tests know the environment, clock and files")]
#![expect(clippy::print_stderr, reason = "a test that cannot run says so")]
#![expect(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "so tests fail")]

mod harness;
mod playground;

mod accessible;
mod bad_input;
mod blocks;
mod changes;
mod choosing;
mod cluster;
mod connecting;
mod documents;
mod doubt;
mod embedding;
mod export;
mod faults;
mod film;
mod filters;
mod firefox;
mod first_view;
mod fixes;
mod honesty;
mod hosts;
mod injection;
mod inspect;
mod keyboard;
mod large;
mod layout;
mod leaks;
mod lessons;
mod loading;
mod log;
mod matrix;
mod messages;
mod motion;
mod moving;
mod offline;
mod screenshots;
mod sharing;
mod shell;
mod stage;
mod theme;
mod typing;
mod verdicts;
mod worker;
mod writing;

/// The title of a scenario.
#[track_caller]
fn title(id: &str) -> &'static str {
    netpol_lessons::scenario(id).expect("a scenario of that name").title
}

/// The text of a scenario.
#[track_caller]
fn manifests(id: &str) -> &'static str {
    netpol_lessons::scenario(id).expect("a scenario of that name").manifests
}
