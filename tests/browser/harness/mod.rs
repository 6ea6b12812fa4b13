//! Opens the page in a browser of its own for each test, and judges how the page behaved.

mod axe;
mod browser;
mod chromium;
mod driver;
mod elsewhere;
mod firefox;
mod input;
mod page;
mod site;
mod touch;

use std::env;
use std::panic::{AssertUnwindSafe, Location, catch_unwind, resume_unwind};
use std::time::Duration;

pub(crate) use browser::in_firefox;
pub(crate) use page::{Page, save};
pub(crate) use site::{Served, Site};

/// How long to wait for anything. Long, because machines that run tests are busy.
const PATIENCE: Duration = Duration::from_secs(20);

/// How the visitor's browser is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Setup {
    /// What follows the page's address, such as `?hang-worker=hung`; or `about:blank`.
    pub(crate) address: &'static str,
    pub(crate) screen: Screen,
    pub(crate) dark: bool,
    pub(crate) reduced_motion: bool,
    /// Whether pages may run scripts.
    pub(crate) scripts: bool,
    /// A script that runs before those of the page; only Chromium can do that.
    pub(crate) before: &'static str,
}

impl Setup {
    /// The same, with no page yet.
    pub(crate) const BLANK: Self = Self { address: "about:blank", ..Self::USUAL };

    /// Light, on a laptop.
    pub(crate) const USUAL: Self = Self {
        address: "",
        screen: Screen::Laptop,
        dark: false,
        reduced_motion: false,
        scripts: true,
        before: "",
    };
}

/// What the visitor looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Screen {
    Laptop,
    Tablet,
    Phone,
}

impl Screen {
    /// Width and height in CSS pixels.
    pub(crate) fn size(self) -> (u32, u32) {
        match self {
            Self::Laptop => (1440, 900),
            Self::Tablet => (768, 1024),
            Self::Phone => (360, 740),
        }
    }

    fn is_phone(self) -> bool {
        self == Self::Phone
    }
}

/// Opens the page, waits until it shows its first verdicts, and runs a test on it.
#[track_caller]
pub(crate) fn visit(setup: Setup, test: impl FnOnce(&Page)) {
    open(setup, |page| {
        page.wait_until_ready();
        test(page);
    });
}

/// Opens the page, whatever becomes of it, and runs a test on it. The page must not log an error
/// nor ask for anything from elsewhere.
#[track_caller]
pub(crate) fn open(setup: Setup, test: impl FnOnce(&Page)) {
    let address = env::var("NETPOL_PLAYGROUND_URL")
        .expect("NETPOL_PLAYGROUND_URL is not set: run `cargo xtask test browser`");
    let caller = Location::caller();
    let page = Page::new(&address, &setup);
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        page.open(&setup);
        test(&page);
        page.assert_no_errors();
        page.assert_no_foreign_requests();
    }));
    if outcome.is_err() {
        page.keep_evidence(caller);
    }
    page.close();
    if let Err(panic) = outcome {
        resume_unwind(panic);
    }
}
