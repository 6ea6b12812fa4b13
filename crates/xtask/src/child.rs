//! Running other programs: quietly while they do well, in full when they fail.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, IsTerminal, Read, Write};
use std::process::{Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::say;

/// How often a person is told that a long step is still going, where a line cannot be redrawn.
const HEARTBEAT: Duration = Duration::from_secs(20);
/// As much of a line as fits beside the time on a narrow terminal.
const LINE: usize = 66;
const REDRAW: Duration = Duration::from_millis(500);

/// Runs `command` to its end, showing its newest line and the time that has passed; its whole
/// output only if it fails.
pub(crate) fn run(command: &mut Command) -> Result<Duration> {
    let start = Instant::now();
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start `{}`", shown(command)))?;
    let (lines, received) = mpsc::channel();
    for stream in
        [child.stdout.take().map(boxed), child.stderr.take().map(boxed)].into_iter().flatten()
    {
        let lines = lines.clone();
        thread::spawn(move || {
            for line in BufReader::new(stream).split(b'\n').map_while(Result::ok) {
                // The receiver lives until every sender is gone.
                let _ = lines.send(String::from_utf8_lossy(&line).trim_end().to_owned());
            }
        });
    }
    drop(lines);

    let output = watch(&received, start);
    let status = child.wait()?;
    if !status.success() {
        for line in output {
            eprintln!("    {line}");
        }
        bail!("`{}` failed ({status})", shown(command));
    }
    Ok(start.elapsed())
}

/// Collects lines until the program has closed both streams.
fn watch(received: &mpsc::Receiver<String>, start: Instant) -> Vec<String> {
    let terminal = std::io::stdout().is_terminal();
    let interval = if terminal { REDRAW } else { HEARTBEAT };
    let mut output = Vec::new();
    let mut next = start + interval;
    loop {
        match received.recv_timeout(next.saturating_duration_since(Instant::now())) {
            Ok(line) if line.is_empty() => {}
            Ok(line) => output.push(line),
            Err(RecvTimeoutError::Timeout) => {
                let newest: String =
                    output.last().map_or("", String::as_str).trim().chars().take(LINE).collect();
                let time = say::elapsed(start.elapsed());
                if terminal {
                    print!("\r\x1b[2K    {time}  {newest}");
                    // Only a picture of progress: nothing is lost if the terminal is.
                    let _ = std::io::stdout().flush();
                } else {
                    println!("    {time}  {newest}");
                }
                next = Instant::now() + interval;
            }
            Err(RecvTimeoutError::Disconnected) => break,
        }
    }
    if terminal {
        print!("\r\x1b[2K");
    }
    output
}

fn boxed(stream: impl Read + Send + 'static) -> Box<dyn Read + Send> {
    Box::new(stream)
}

/// What `command` prints, or nothing if it cannot be started or fails.
pub(crate) fn output(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Whether `command` can be started and ends well, whatever it prints.
pub(crate) fn succeeds(command: &mut Command) -> bool {
    output(command).is_some()
}

/// A command as a person would type it.
pub(crate) fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ")
}
