//! What a slow run is doing, for a person who waits.

use std::io::{self, IsTerminal, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// Quicker runs show nothing.
const DELAY: Duration = Duration::from_secs(1);
const REFRESH: Duration = Duration::from_millis(250);

/// A line on standard error, if that is a terminal, that goes away with this value.
#[derive(Debug)]
pub(crate) struct Progress {
    shown: Option<(Sender<&'static str>, JoinHandle<()>)>,
    /// How much of the stage is done; 0 if that is not known.
    percent: Arc<AtomicUsize>,
}

impl Progress {
    pub(crate) fn start() -> Self {
        let percent = Arc::default();
        if !io::stderr().is_terminal() {
            return Self { shown: None, percent };
        }
        let (sender, receiver) = mpsc::channel();
        let read = Arc::clone(&percent);
        let thread = thread::spawn(move || show(&receiver, &read));
        Self { shown: Some((sender, thread)), percent }
    }

    /// Says what is being done now.
    pub(crate) fn enter(&self, stage: &'static str) {
        self.percent.store(0, Ordering::Relaxed);
        if let Some((sender, _)) = &self.shown {
            // The thread only ends when the sender is gone.
            let _ = sender.send(stage);
        }
    }

    /// Says how much of it is done.
    pub(crate) fn advance(&self, done: usize, all: usize) {
        self.percent.store(percent(done, all), Ordering::Relaxed);
    }
}

fn percent(done: usize, all: usize) -> usize {
    // Of texts below 4 GiB each: no product overflows 64 bits.
    (done as u64 * 100).checked_div(all as u64).unwrap_or_default() as usize
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((sender, thread)) = self.shown.take() {
            drop(sender);
            // It cannot panic, and a missing line of progress would be no reason to stop.
            let _ = thread.join();
        }
    }
}

fn show(stages: &Receiver<&'static str>, percent: &AtomicUsize) {
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
            draw(&line(stage, percent.load(Ordering::Relaxed), start.elapsed()));
            shown = true;
        }
    }
    if shown {
        draw("");
    }
}

fn line(stage: &str, percent: usize, elapsed: Duration) -> String {
    let done = if percent == 0 { String::new() } else { format!(" {percent} %") };
    format!("netpol: {stage}{done} … {} s", elapsed.as_secs())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_is_shown() {
        let shown = |done, all| line("analysing", percent(done, all), Duration::from_secs(3));
        assert_eq!(shown(0, 0), "netpol: analysing … 3 s");
        assert_eq!(shown(1, 1000), "netpol: analysing … 3 s");
        assert_eq!(shown(999, 1000), "netpol: analysing 99 % … 3 s");
        assert_eq!(shown(usize::MAX / 100, usize::MAX / 100), "netpol: analysing 100 % … 3 s");
    }
}
