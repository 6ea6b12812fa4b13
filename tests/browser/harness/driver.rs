//! The program between a test and its browser.

use std::env;
use std::io::{self, BufRead, BufReader, PipeReader};
use std::process::{Child, Command};
use std::sync::mpsc::{self, Receiver};
use std::thread;

use tempfile::TempDir;

use super::PATIENCE;

/// A driver, as it is started.
#[derive(Clone, Copy, Debug)]
pub(super) struct Program {
    /// The variable of the environment that may name it.
    pub(super) variable: &'static str,
    /// How it is called otherwise.
    pub(super) name: &'static str,
    pub(super) arguments: &'static [&'static str],
    /// What it says before its port.
    pub(super) listens: &'static str,
}

/// A running driver. Dropping it ends it.
pub(super) struct Driver {
    process: Child,
    /// Where it listens.
    pub(super) url: String,
    /// The lines that it and its browser write.
    said: Receiver<String>,
    /// All that driver and browser keep, the browser's profile too.
    _folder: TempDir,
}

/// So often a driver may find its port taken.
const ATTEMPTS: usize = 10;

impl Driver {
    /// Starts a driver on a port of its own choice.
    pub(super) fn start(program: &Program) -> Self {
        let mut said = String::new();
        for _ in 0..ATTEMPTS {
            match Self::try_to_start(program) {
                Ok(driver) => return driver,
                Err(complaint) => said = complaint,
            }
            // Chromium's chooses a free port of IPv6 and then wants the same of IPv4, which another of the
            // drivers that run at the same time may have by then.
            if !said.contains("port not available") {
                break;
            }
        }
        panic!("the driver ended, saying: {said}");
    }

    /// An error is what it says before it ends.
    fn try_to_start(program: &Program) -> Result<Self, String> {
        let path = env::var_os(program.variable).unwrap_or_else(|| program.name.into());
        let folder = TempDir::new().unwrap();
        // One for both streams, in the order in which they are written to.
        let (reader, writer) = io::pipe().unwrap();
        let mut process = Command::new(&path)
            .args(program.arguments)
            .env("TMPDIR", folder.path())
            .stdout(writer.try_clone().unwrap())
            .stderr(writer)
            .spawn()
            .unwrap_or_else(|error| panic!("cannot start {}: {error}", path.display()));
        let lines = lines(reader);
        let mut said = String::new();
        for line in &lines {
            if let Some(port) = port(&line, program.listens) {
                let url = format!("http://127.0.0.1:{port}");
                return Ok(Self { process, url, said: lines, _folder: folder });
            }
            said.push_str(&line);
            said.push('\n');
        }
        process.wait().unwrap();
        Err(said)
    }

    /// What has been written since this was asked last, up to the line that is waited for.
    pub(super) fn said_until(&self, end: &str) -> Vec<String> {
        let mut said = Vec::new();
        loop {
            match self.said.recv_timeout(PATIENCE) {
                Ok(line) if line == end => return said,
                Ok(line) => said.push(line),
                Err(error) => panic!("the browser does not write `{end}`: {error}"),
            }
        }
    }
}

/// The lines that a program writes, read as they come: it must not wait for a reader.
fn lines(reader: PipeReader) -> Receiver<String> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        for line in BufReader::new(reader).split(b'\n').map_while(Result::ok) {
            // The program may write on when nobody listens.
            let _ = sender.send(String::from_utf8_lossy(&line).trim_end().to_owned());
        }
    });
    receiver
}

/// The port in `ChromeDriver was started successfully on port 9515.`
fn port(line: &str, before: &str) -> Option<u16> {
    line.split_once(before)?.1.trim_end_matches('.').parse().ok()
}

impl Drop for Driver {
    fn drop(&mut self) {
        // Both fail only if it has ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
