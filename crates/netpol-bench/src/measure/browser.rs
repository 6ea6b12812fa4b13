//! A Chromium that does what a script says.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::wd::{TimeoutConfiguration, WebDriverCompatibleCommand};
use fantoccini::{Client, ClientBuilder};
use http::Method;
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::runtime::{self, Runtime};
use url::{ParseError, Url};

/// How long a script may run.
const PATIENCE: Duration = Duration::from_mins(5);

/// A running browser. Dropping it ends it.
pub(super) struct Browser {
    runtime: Runtime,
    client: Client,
    version: String,
    // Lives as long as the browser that it drives.
    _driver: Driver,
}

impl Browser {
    pub(super) fn start(driver: &Path) -> Result<Self> {
        let driver = Driver::start(driver)?;
        let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
        let arguments = [
            "--headless=new",
            // Chromium's sandbox refuses to run as root, as which containers usually run.
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-extensions",
            "--no-first-run",
        ];
        let capabilities = json!({ "goog:chromeOptions": { "args": arguments } });
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(capabilities.as_object().cloned().unwrap_or_default());
        let client =
            runtime.block_on(builder.connect(&driver.url)).context("the browser does not start")?;
        let patience = TimeoutConfiguration::new(Some(PATIENCE), Some(PATIENCE), None);
        runtime.block_on(client.update_timeouts(patience))?;
        let version = runtime
            .block_on(client.execute("return navigator.userAgent", Vec::new()))?
            .as_str()
            .and_then(|agent| agent.split(' ').find(|word| word.contains("Chrome/")))
            .unwrap_or("Chromium")
            .replace("HeadlessChrome/", "Chromium ");
        Ok(Self { runtime, client, version, _driver: driver })
    }

    /// Its name and version.
    pub(super) fn version(&self) -> &str {
        &self.version
    }

    pub(super) fn open(&self, url: &str) -> Result<()> {
        Ok(self.runtime.block_on(self.client.goto(url))?)
    }

    /// Runs a function of JavaScript, which calls its last argument with what it returns.
    pub(super) fn run(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        Ok(self.runtime.block_on(self.client.execute_async(script, arguments))?)
    }
}

impl Browser {
    /// Presses a key.
    pub(super) fn press(&self, key: char) -> Result<()> {
        let actions = KeyActions::new("keyboard".to_owned());
        let actions =
            actions.then(KeyAction::Down { value: key }).then(KeyAction::Up { value: key });
        Ok(self.runtime.block_on(self.client.perform_actions(actions))?)
    }

    /// Presses a key while another one is held.
    pub(super) fn chord(&self, held: char, key: char) -> Result<()> {
        let actions = KeyActions::new("keyboard".to_owned())
            .then(KeyAction::Down { value: held })
            .then(KeyAction::Down { value: key })
            .then(KeyAction::Up { value: key })
            .then(KeyAction::Up { value: held });
        Ok(self.runtime.block_on(self.client.perform_actions(actions))?)
    }

    /// Runs a command of the protocol that the browser's own tools speak:
    /// <https://chromedevtools.github.io/devtools-protocol/>.
    pub(super) fn devtools(&self, command: &'static str, parameters: Value) -> Result<Value> {
        let command = DevTools { command, parameters };
        Ok(self.runtime.block_on(self.client.issue_cmd(command))?)
    }
}

/// A command of that protocol, as Chromium's driver takes it.
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

impl Drop for Browser {
    fn drop(&mut self) {
        // One that has crashed cannot be closed, and need not.
        let _ = self.runtime.block_on(self.client.clone().close());
    }
}

/// The program between us and the browser. Dropping it ends it.
struct Driver {
    process: Child,
    url: String,
    /// All that driver and browser write, the browser's profile too.
    _folder: TempDir,
}

impl Driver {
    /// Starts it on a port of its own choice.
    fn start(program: &Path) -> Result<Self> {
        let folder = TempDir::new()?;
        let mut process = Command::new(program)
            .arg("--port=0")
            .env("TMPDIR", folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| format!("cannot start `{}`", program.display()))?;
        let mut stdout = BufReader::new(process.stdout.take().context("the driver is mute")?);
        let port = loop {
            let mut line = String::new();
            if stdout.read_line(&mut line)? == 0 {
                bail!("`{}` ended without a port", program.display());
            }
            if let Some(port) = port(&line) {
                break port;
            }
        };
        // Whatever else it says must not fill the pipe, or it would wait for ever.
        std::thread::spawn(move || stdout.read_to_end(&mut Vec::new()));
        Ok(Self { process, url: format!("http://127.0.0.1:{port}"), _folder: folder })
    }
}

/// The port in `ChromeDriver was started successfully on port 9515.`
fn port(line: &str) -> Option<u16> {
    line.split_once("successfully on port ")?.1.trim_end().trim_end_matches('.').parse().ok()
}

impl Drop for Driver {
    fn drop(&mut self) {
        // Both fail only if it has ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
