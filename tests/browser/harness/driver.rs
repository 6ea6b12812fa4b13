//! The program between a test and its browser.

use std::env;
use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

/// A running driver. Dropping it ends it.
pub(super) struct Driver {
    process: Child,
    /// Where it listens.
    pub(super) url: String,
    /// All that driver and browser write, the browser's profile too.
    _folder: TempDir,
}

/// So often a driver may find its port taken.
const ATTEMPTS: usize = 10;

impl Driver {
    /// Starts the driver that `CHROMEDRIVER` names, on a port of its own choice.
    pub(super) fn start() -> Self {
        let mut said = String::new();
        for _ in 0..ATTEMPTS {
            match Self::try_to_start() {
                Ok(driver) => return driver,
                Err(complaint) => said = complaint,
            }
            // It chooses a free port of IPv6 and then wants the same of IPv4, which another of the
            // drivers that run at the same time may have by then.
            if !said.contains("port not available") {
                break;
            }
        }
        panic!("the driver ended, saying: {said}");
    }

    /// An error is what it says before it ends.
    fn try_to_start() -> Result<Self, String> {
        let program = env::var_os("CHROMEDRIVER").unwrap_or_else(|| "chromedriver".into());
        let folder = TempDir::new().unwrap();
        let mut process = Command::new(&program)
            .arg("--port=0")
            .env("TMPDIR", folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("cannot start {}: {error}", program.display()));
        let mut stdout = BufReader::new(process.stdout.take().unwrap());
        let mut said = String::new();
        let port = loop {
            let start = said.len();
            if stdout.read_line(&mut said).unwrap() == 0 {
                process.wait().unwrap();
                return Err(said);
            }
            if let Some(port) = port(&said[start..]) {
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
