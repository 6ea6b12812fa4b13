//! What only Chromium and its driver understand: its flags, its log, and its commands for developers.

use fantoccini::Client;
use fantoccini::error::CmdError;
use fantoccini::wd::{Capabilities, WebDriverCompatibleCommand};
use http::Method;
use serde_json::{Value, json};
use url::{ParseError, Url};

use super::Setup;
use super::browser::LogEntry;
use super::driver::Program;

/// What drives Chromium.
pub(super) const DRIVER: Program = Program {
    variable: "CHROMEDRIVER",
    name: "chromedriver",
    arguments: &["--port=0"],
    listens: "successfully on port ",
};

/// A browser that shows nothing, keeps nothing, and cannot reach any other machine.
pub(super) fn capabilities(proxy: &str, setup: &Setup) -> Capabilities {
    let proxy = format!("--proxy-server={proxy}");
    let arguments = [
        "--headless=new",
        // Chromium's sandbox refuses to run as root, as which containers usually run.
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        "--disable-extensions",
        "--disable-default-apps",
        "--disable-features=AutofillServerCommunication,NetworkTimeServiceQuerying,OptimizationHints",
        // All that is not on this machine.
        &proxy,
    ];
    // As in the settings that a visitor sees: 1 allows, 2 blocks.
    let javascript = if setup.scripts { 1 } else { 2 };
    let capabilities = json!({
        "goog:chromeOptions": {
            "args": arguments,
            "prefs": { "profile.default_content_setting_values.javascript": javascript },
        },
        "goog:loggingPrefs": { "browser": "ALL" },
    });
    capabilities.as_object().cloned().unwrap_or_default()
}

/// Whom the browser calls itself, whatever page is open.
pub(super) const OWN_CALLS: [&str; 6] = [
    "accounts.google.com",
    "clients2.google.com",
    "content-autofill.googleapis.com",
    "optimizationguide-pa.googleapis.com",
    "redirector.gvt1.com",
    "update.googleapis.com",
];

/// Makes the browser what `setup` asks for, before it opens anything.
pub(super) async fn prepare(client: &Client, setup: &Setup) -> Result<(), CmdError> {
    let (width, height) = setup.screen.size();
    let feature = |name: &str, value: &str| json!({ "name": name, "value": value });
    let features = [
        feature("prefers-color-scheme", if setup.dark { "dark" } else { "light" }),
        feature(
            "prefers-reduced-motion",
            if setup.reduced_motion { "reduce" } else { "no-preference" },
        ),
    ];
    let commands = [
        (
            "Emulation.setDeviceMetricsOverride",
            json!({
                "width": width,
                "height": height,
                "deviceScaleFactor": 1,
                "mobile": setup.screen.is_phone(),
            }),
        ),
        ("Emulation.setEmulatedMedia", json!({ "features": features })),
        ("Page.addScriptToEvaluateOnNewDocument", json!({ "source": setup.before })),
    ];
    for (command, parameters) in commands {
        self::command(client, command, parameters).await?;
    }
    Ok(())
}

/// Gives a command as the browser's own tools do.
pub(super) async fn command(
    client: &Client,
    command: &'static str,
    parameters: Value,
) -> Result<Value, CmdError> {
    client.issue_cmd(DevTools { command, parameters }).await
}

/// Makes pages look as on another medium; none: as on the screen.
pub(super) async fn emulate_media(client: &Client, medium: &str) -> Result<(), CmdError> {
    let parameters = json!({ "media": medium });
    command(client, "Emulation.setEmulatedMedia", parameters).await?;
    Ok(())
}

/// What the console has said since this was asked last.
pub(super) async fn console(client: &Client) -> Result<Vec<LogEntry>, CmdError> {
    let entries = client.issue_cmd(Log("browser")).await?;
    Ok(serde_json::from_value(entries)?)
}

/// A command of the protocol that the browser's own tools speak:
/// <https://chromedevtools.github.io/devtools-protocol/>.
#[derive(Debug)]
struct DevTools {
    command: &'static str,
    parameters: Value,
}

impl WebDriverCompatibleCommand for DevTools {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!("session/{}/goog/cdp/execute", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        let body = json!({ "cmd": self.command, "params": self.parameters });
        (Method::POST, Some(body.to_string()))
    }
}

/// Asks for the entries of a log, each of them once.
#[derive(Debug)]
struct Log(&'static str);

impl WebDriverCompatibleCommand for Log {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!("session/{}/se/log", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(json!({ "type": self.0 }).to_string()))
    }
}
