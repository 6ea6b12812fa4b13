//! What only Firefox and its driver understand: its preferences, its own window, and what it writes.

use fantoccini::Client;
use fantoccini::error::CmdError;
use fantoccini::wd::{Capabilities, WebDriverCompatibleCommand};
use http::Method;
use serde_json::{Value, json};
use url::{ParseError, Url};

use super::browser::LogEntry;
use super::driver::{Driver, Program};
use super::{Screen, Setup};

/// What drives Firefox.
pub(super) const DRIVER: Program = Program {
    variable: "GECKODRIVER",
    name: "geckodriver",
    // The size of a page is a matter of the window around it.
    arguments: &["--port=0", "--allow-system-access"],
    listens: "Listening on 127.0.0.1:",
};

/// The height of the window is larger by at least this than what it shows of the page.
const BARS: u32 = 100;

/// A pointer that can hover and point at small things, and one that can do neither, as bits:
/// <https://searchfox.org/mozilla-central/search?q=primaryPointerCapabilities>.
const MOUSE: u8 = 0b110;
const FINGER: u8 = 0b001;

/// A browser that shows nothing, keeps nothing, and cannot reach any other machine.
pub(super) fn capabilities(proxy: &str, setup: &Setup) -> Capabilities {
    let pointer = if setup.screen == Screen::Phone { FINGER } else { MOUSE };
    let preferences = json!({
        "javascript.enabled": setup.scripts,
        "ui.systemUsesDarkTheme": u8::from(setup.dark),
        "ui.prefersReducedMotion": u8::from(setup.reduced_motion),
        "ui.primaryPointerCapabilities": pointer,
        "ui.allPointerCapabilities": pointer,
        // What pages and their workers write to the console is written where the driver writes; what the
        // browser has to say for itself is not.
        "devtools.console.stdout.content": true,
        "devtools.console.stdout.chrome": false,
    });
    let capabilities = json!({
        "proxy": { "proxyType": "manual", "httpProxy": proxy, "sslProxy": proxy },
        "moz:firefoxOptions": { "args": ["-headless"], "prefs": preferences },
    });
    capabilities.as_object().cloned().unwrap_or_default()
}

/// Whom the browser calls itself, whatever page is open.
pub(super) const OWN_CALLS: [&str; 1] = ["firefox.settings.services.mozilla.com"];

/// Makes the browser what `setup` asks for, before it opens anything.
pub(super) async fn prepare(client: &Client, setup: &Setup) -> Result<(), CmdError> {
    assert_eq!(setup.before, "", "no script can be run before those of the page");
    let (width, height) = setup.screen.size();
    client.set_window_size(width, height + BARS).await?;
    // No window is as narrow as a phone, but a page within it can be.
    let size = "const [width, height] = arguments;
        const { style } = gBrowser.selectedBrowser;
        Object.assign(style, { width: `${width}px`, height: `${height}px`, flex: 'none', alignSelf: 'start' })";
    let arguments = vec![json!(width), json!(height)];
    in_the_window(client, size, arguments.clone()).await?;
    let wait = "const [width, height, done] = arguments;
        const look = () => innerWidth === width && innerHeight === height ? done() : setTimeout(look, 5);
        look()";
    client.execute_async(wait, arguments).await?;
    Ok(())
}

/// Makes pages look as on another medium; none: as on the screen.
pub(super) async fn emulate_media(client: &Client, medium: &str) -> Result<(), CmdError> {
    let script = "gBrowser.selectedBrowser.browsingContext.mediumOverride = arguments[0]";
    in_the_window(client, script, vec![json!(medium)]).await
}

/// What the console has said since this was asked last.
pub(super) async fn console(client: &Client, driver: &Driver) -> Result<Vec<LogEntry>, CmdError> {
    // The page writes in the order in which it speaks: what it has said before is there when this is.
    const MARK: &str = "so far";
    client.execute("console.info(arguments[0])", vec![json!(MARK)]).await?;
    let end = format!("console.info: \"{MARK}\"");
    Ok(driver.said_until(&end).into_iter().map(entry).collect())
}

/// A line that Firefox has written.
fn entry(message: String) -> LogEntry {
    let thrown = message.strip_prefix("JavaScript error: ").is_some_and(|rest| {
        // Its own programs have troubles that are no page's.
        !rest.starts_with("resource:") && !rest.starts_with("chrome:")
    });
    let severe = thrown || message.starts_with("console.error:");
    let level = if severe { LogEntry::SEVERE } else { "INFO" };
    LogEntry { level: level.to_owned(), message }
}

/// Runs a function of JavaScript in the browser's window instead of on the page.
async fn in_the_window(
    client: &Client,
    script: &str,
    arguments: Vec<Value>,
) -> Result<(), CmdError> {
    client.issue_cmd(Context("chrome")).await?;
    client.execute(script, arguments).await?;
    client.issue_cmd(Context("content")).await?;
    Ok(())
}

/// Where scripts are run from now on: `chrome`, which is the browser's own window, or `content`.
#[derive(Debug)]
struct Context(&'static str);

impl WebDriverCompatibleCommand for Context {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!("session/{}/moz/context", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(json!({ "context": self.0 }).to_string()))
    }
}
