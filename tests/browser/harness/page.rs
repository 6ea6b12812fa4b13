//! A page in a browser: reading it, waiting for it, pictures of it. What is on the page is in the
//! modules of `playground`.

use std::cell::RefCell;
use std::fs;
use std::panic::Location;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::wd::WindowHandle;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use netpol_tests::workspace_root;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tokio::runtime::{self, Runtime};

use super::browser::{Browser, LogEntry};
use super::chromium;
use super::driver::Driver;
use super::elsewhere::Elsewhere;
use super::{PATIENCE, Setup};

/// How often to look.
const LOOK: Duration = Duration::from_millis(15);

/// A browser with the page. Its methods fail the test when the browser refuses something.
pub(crate) struct Page {
    pub(super) runtime: Runtime,
    pub(super) client: Client,
    browser: Browser,
    address: String,
    /// Everything that the console has said.
    console: RefCell<Vec<LogEntry>>,
    elsewhere: Elsewhere,
    // Lives as long as the browser that it drives.
    driver: Driver,
}

impl Page {
    /// A browser that is about to open `address`.
    pub(super) fn new(address: &str, setup: &Setup) -> Self {
        let browser = Browser::chosen();
        let driver = Driver::start(&browser.driver());
        let elsewhere = Elsewhere::new();
        let runtime = runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(browser.capabilities(&elsewhere.address(), setup));
        let client = runtime.block_on(builder.connect(&driver.url)).expect("the browser starts");
        Self {
            runtime,
            client,
            browser,
            address: address.to_owned(),
            console: RefCell::default(),
            elsewhere,
            driver,
        }
    }

    pub(super) fn open(&self, setup: &Setup) {
        self.wait_for(self.browser.prepare(&self.client, setup));
        let is_whole = setup.address.starts_with("about:");
        let before = if is_whole { "" } else { self.address.as_str() };
        self.wait_for(self.client.goto(&format!("{before}{}", setup.address)));
    }

    pub(super) fn close(self) {
        // A browser that has crashed cannot be closed; the test has failed by then.
        let _ = self.runtime.block_on(self.client.close());
    }

    /// Opens the page once more.
    #[track_caller]
    pub(crate) fn reload(&self) {
        self.wait_for(self.client.refresh());
    }

    #[track_caller]
    pub(super) fn wait_for<T>(&self, command: impl Future<Output = Result<T, CmdError>>) -> T {
        match self.runtime.block_on(command) {
            Ok(value) => value,
            Err(error) => panic!("the browser refuses: {error}"),
        }
    }

    /// Runs a function of JavaScript on the page: `arguments` are its parameters.
    #[track_caller]
    pub(crate) fn script<T: DeserializeOwned>(&self, script: &str, arguments: &[Value]) -> T {
        let value = self.wait_for(self.client.execute(script, arguments.to_vec()));
        read(value, script)
    }

    /// Runs a function of JavaScript on the page, whose last parameter takes its result.
    #[track_caller]
    pub(crate) fn script_async<T: DeserializeOwned>(&self, script: &str) -> T {
        let value = self.wait_for(self.client.execute_async(script, Vec::new()));
        read(value, script)
    }

    /// What Chromium answers to a command that its own tools give.
    #[track_caller]
    pub(crate) fn developers(&self, command: &'static str) -> Value {
        self.wait_for(chromium::command(&self.client, command, json!({})))
    }

    /// Opens the page once more, in another tab of the browser, and goes there. Says the name of the
    /// tab that is left.
    #[track_caller]
    pub(crate) fn open_tab(&self) -> WindowHandle {
        self.open_link(&self.address)
    }

    /// Follows a link, in another tab of the browser. Says the name of the tab that is left.
    #[track_caller]
    pub(crate) fn open_link(&self, link: &str) -> WindowHandle {
        let left = self.wait_for(self.client.window());
        let new = self.wait_for(self.client.new_window(true));
        self.wait_for(self.client.switch_to_window(new.handle));
        self.wait_for(self.client.goto(link));
        left
    }

    /// The page's address.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// Goes to another page in the same tab.
    #[track_caller]
    pub(crate) fn go(&self, url: &str) {
        self.wait_for(self.client.goto(url));
    }

    /// Does something in a frame, which a script returns as soon as it is there.
    #[track_caller]
    pub(crate) fn within<T>(&self, script: &str, action: impl FnOnce() -> T) -> T {
        let id = self.until("a frame", || {
            let found: Value = self.script(script, &[]);
            let id = found.as_object().and_then(|it| it.values().next()?.as_str());
            id.map(str::to_owned).ok_or_else(|| format!("`{script}` gives none"))
        });
        let frame = Element::from_element_id(self.client.clone(), id.into());
        self.wait_for(frame.enter_frame());
        let result = action();
        self.wait_for(self.client.clone().enter_parent_frame());
        result
    }

    /// Shows the page as it would be printed, or not.
    #[track_caller]
    pub(crate) fn print_preview(&self, on: bool) {
        self.wait_for(self.browser.emulate_media(&self.client, if on { "print" } else { "" }));
    }

    /// Goes to another tab of the browser. Says the name of the one that is left.
    #[track_caller]
    pub(crate) fn go_to_tab(&self, tab: &WindowHandle) -> WindowHandle {
        let left = self.wait_for(self.client.window());
        self.wait_for(self.client.switch_to_window(tab.clone()));
        left
    }

    /// Runs a function of JavaScript when the browser has drawn the page once more.
    #[track_caller]
    pub(crate) fn after_drawing<T: DeserializeOwned>(&self, script: &str) -> T {
        let script = format!(
            "const done = arguments[0];
            requestAnimationFrame(() => setTimeout(() => done((() => {{ {script} }})())))"
        );
        self.script_async(&script)
    }

    /// Looks until `probe` has an answer. What it says instead is part of the failure's message.
    #[expect(
        clippy::unused_self,
        reason = "waiting is what a page is asked for, as everything else"
    )]
    #[track_caller]
    pub(crate) fn until<T>(&self, what: &str, mut probe: impl FnMut() -> Result<T, String>) -> T {
        let start = Instant::now();
        loop {
            match probe() {
                Ok(value) => return value,
                Err(seen) if start.elapsed() > PATIENCE => {
                    panic!("waited {} s for {what}, but {seen}", PATIENCE.as_secs())
                }
                Err(_) => thread::sleep(LOOK),
            }
        }
    }

    /// Waits until what is read equals what is expected.
    #[track_caller]
    pub(crate) fn expect<T: PartialEq + std::fmt::Debug>(
        &self,
        what: &str,
        expected: &T,
        read: impl Fn() -> T,
    ) {
        self.until(what, || {
            let seen = read();
            if seen == *expected {
                Ok(())
            } else {
                Err(format!("there is {seen:#?} instead of {expected:#?}"))
            }
        });
    }

    /// How many elements there are.
    #[track_caller]
    pub(crate) fn count(&self, css: &str) -> usize {
        self.script("return document.querySelectorAll(arguments[0]).length", &[json!(css)])
    }

    /// The visible text of an element, as soon as there is one.
    #[track_caller]
    pub(crate) fn text(&self, css: &str) -> String {
        // Not the driver's way to read text, which leaves `noscript` out.
        self.script("return arguments[0].innerText.trim()", &[json!(self.element(css))])
    }

    /// The visible text of an element, as soon as it contains `part`.
    #[track_caller]
    pub(crate) fn text_with(&self, css: &str, part: &str) -> String {
        self.until(&format!("`{css}` to say {part:?}"), || {
            let text = self.text(css);
            if text.contains(part) { Ok(text) } else { Err(format!("it says {text:?}")) }
        })
    }

    /// An attribute of an element, as soon as there is one.
    #[track_caller]
    pub(crate) fn attribute(&self, css: &str, name: &str) -> Option<String> {
        self.wait_for(self.element(css).attr(name))
    }

    /// The element, as soon as there is one.
    #[track_caller]
    pub(super) fn element(&self, css: &str) -> Element {
        self.until(&format!("`{css}`"), || {
            self.runtime
                .block_on(self.client.find(Locator::Css(css)))
                .map_err(|error| error.to_string())
        })
    }

    /// The window as a picture, in PNG.
    #[track_caller]
    pub(crate) fn screenshot(&self) -> Vec<u8> {
        self.wait_for(self.client.screenshot())
    }

    /// Errors that the console has said since this was asked last.
    #[track_caller]
    pub(crate) fn take_errors(&self) -> Vec<String> {
        let entries = self.wait_for(self.browser.console(&self.client, &self.driver));
        self.console.borrow_mut().extend(entries.iter().cloned());
        let errors = entries.into_iter().filter(|entry| entry.level == LogEntry::SEVERE);
        errors.map(|entry| entry.message).collect()
    }

    #[track_caller]
    pub(super) fn assert_no_errors(&self) {
        let errors = self.take_errors();
        assert!(errors.is_empty(), "the page logged errors:\n{}", errors.join("\n"));
    }

    /// Requests to other hosts since this was asked last.
    pub(crate) fn take_foreign_requests(&self) -> Vec<String> {
        let mut requests = self.elsewhere.requests();
        requests.retain(|line| {
            !host(line).is_some_and(|host| self.browser.own_calls().contains(&host))
        });
        requests
    }

    #[track_caller]
    pub(super) fn assert_no_foreign_requests(&self) {
        let requests = self.take_foreign_requests();
        assert!(requests.is_empty(), "asked for from elsewhere:\n{}", requests.join("\n"));
    }

    /// Saves what a person would want to see of a page on which a test has failed.
    pub(super) fn keep_evidence(&self, test: &Location<'_>) {
        let file = Path::new(test.file()).file_stem().unwrap_or_default().to_string_lossy();
        let name = format!("failed-{file}-{}-{}", test.line(), self.browser.name());
        if let Ok(png) = self.runtime.block_on(self.client.screenshot()) {
            save(&format!("{name}.png"), &png);
        }
        if let Ok(entries) = self.runtime.block_on(self.browser.console(&self.client, &self.driver))
        {
            self.console.borrow_mut().extend(entries);
        }
        let console = self.console.borrow();
        let lines = console.iter().map(|entry| format!("{} {}\n", entry.level, entry.message));
        save(&format!("{name}.log"), lines.collect::<String>().as_bytes());
    }
}

/// What a script has returned.
#[track_caller]
fn read<T: DeserializeOwned>(value: Value, script: &str) -> T {
    serde_json::from_value(value).unwrap_or_else(|error| panic!("{error}, returned by {script}"))
}

/// The host in `GET http://example.org/ HTTP/1.1` or `CONNECT example.org:443 HTTP/1.1`.
fn host(request: &str) -> Option<&str> {
    let target = request.split(' ').nth(1)?;
    target.strip_prefix("http://").unwrap_or(target).split([':', '/']).next()
}

/// Writes a file for people to look at.
pub(crate) fn save(name: &str, content: &[u8]) {
    let folder = workspace_root().join("artifacts/browser");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join(name), content).unwrap();
}
