//! What a test asks of its browser, and which of them answers.

use std::cell::Cell;

use fantoccini::Client;
use fantoccini::error::CmdError;
use fantoccini::wd::Capabilities;
use serde::Deserialize;

use super::driver::{Driver, Program};
use super::{Setup, chromium, firefox};

/// A browser that tests can be run in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Browser {
    Chromium,
    Firefox,
}

/// A line of the browser's console.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct LogEntry {
    pub(super) level: String,
    pub(super) message: String,
}

impl LogEntry {
    /// The level of what is wrong.
    pub(super) const SEVERE: &str = "SEVERE";
}

thread_local! {
    /// The one in which the test of this thread is run.
    static CHOSEN: Cell<Browser> = const { Cell::new(Browser::Chromium) };
}

/// Runs a test in Firefox.
pub(crate) fn in_firefox(test: fn()) {
    /// Other tests may come after this one, also if it fails.
    struct Back;
    impl Drop for Back {
        fn drop(&mut self) {
            CHOSEN.set(Browser::Chromium);
        }
    }
    let _back = Back;
    CHOSEN.set(Browser::Firefox);
    test();
}

impl Browser {
    pub(super) fn chosen() -> Self {
        CHOSEN.get()
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
        }
    }

    /// What drives it.
    pub(super) fn driver(self) -> Program {
        match self {
            Self::Chromium => chromium::DRIVER,
            Self::Firefox => firefox::DRIVER,
        }
    }

    /// One that shows nothing, keeps nothing, and cannot reach any other machine.
    pub(super) fn capabilities(self, proxy: &str, setup: &Setup) -> Capabilities {
        match self {
            Self::Chromium => chromium::capabilities(proxy, setup),
            Self::Firefox => firefox::capabilities(proxy, setup),
        }
    }

    /// Makes it what `setup` asks for, before it opens anything.
    pub(super) async fn prepare(self, client: &Client, setup: &Setup) -> Result<(), CmdError> {
        match self {
            Self::Chromium => chromium::prepare(client, setup).await,
            Self::Firefox => firefox::prepare(client, setup).await,
        }
    }

    /// Makes pages look as on another medium; none: as on the screen.
    pub(super) async fn emulate_media(self, client: &Client, medium: &str) -> Result<(), CmdError> {
        match self {
            Self::Chromium => chromium::emulate_media(client, medium).await,
            Self::Firefox => firefox::emulate_media(client, medium).await,
        }
    }

    /// What the console has said since this was asked last.
    pub(super) async fn console(
        self,
        client: &Client,
        driver: &Driver,
    ) -> Result<Vec<LogEntry>, CmdError> {
        match self {
            Self::Chromium => chromium::console(client).await,
            Self::Firefox => firefox::console(client, driver).await,
        }
    }

    /// Whom it calls itself, whatever page is open.
    pub(super) fn own_calls(self) -> &'static [&'static str] {
        match self {
            Self::Chromium => &chromium::OWN_CALLS,
            Self::Firefox => &firefox::OWN_CALLS,
        }
    }
}
