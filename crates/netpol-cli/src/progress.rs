//! What a slow run is doing, for a person who waits.

use std::io::{self, IsTerminal, Write};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// Quicker runs show nothing.
const DELAY: Duration = Duration::from_secs(1);
const REFRESH: Duration = Duration::from_millis(250);

/// A line on standard error, if that is a terminal, that goes away with this value.
#[derive(Debug)]
pub(crate) struct Progress(Option<(Sender<&'static str>, JoinHandle<()>)>);

impl Progress {
    pub(crate) fn start() -> Self {
        if !io::stderr().is_terminal() {
            return Self(None);
        }
        let (sender, receiver) = mpsc::channel();
        Self(Some((sender, thread::spawn(move || show(&receiver)))))
    }

    /// Says what is being done now.
    pub(crate) fn enter(&self, stage: &'static str) {
        if let Some((sender, _)) = &self.0 {
            // The thread only ends when the sender is gone.
            let _ = sender.send(stage);
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((sender, thread)) = self.0.take() {
            drop(sender);
            // It cannot panic, and a missing line of progress would be no reason to stop.
            let _ = thread.join();
        }
    }
}

fn show(stages: &Receiver<&'static str>) {
    let start = Instant::now();
    let mut stage = "";
    let mut shown = false;
    loop {
        let wait = if shown { REFRESH } else { DELAY.saturating_sub(start.elapsed()) };
        match stages.recv_timeout(wait) {
            Ok(next) => stage = next,
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
        if start.elapsed() >= DELAY {
            draw(&format!("netpol: {stage} … {} s", start.elapsed().as_secs()));
            shown = true;
        }
    }
    if shown {
        draw("");
    }
}

/// Replaces the line; plain carriage returns work on every terminal.
fn draw(line: &str) {
    let mut stderr = io::stderr().lock();
    let _ = write!(stderr, "\r{line:<40}");
    if line.is_empty() {
        let _ = write!(stderr, "\r");
    }
    let _ = stderr.flush();
}
