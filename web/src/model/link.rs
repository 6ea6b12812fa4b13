//! What the page knows about its worker. One request is under way at a time, so that a newer text
//! overtakes older ones before they are sent.

/// The page's view of the worker.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Link {
    /// Whether the worker has started.
    pub ready: bool,
    /// The request that has no answer yet.
    pub in_flight: Option<InFlight>,
    /// The revision that the worker holds.
    pub holds: Option<u64>,
    /// The revision that made the worker fail; it is not sent again until somebody asks for it.
    pub refused: Option<u64>,
    /// Whether no worker could be started.
    pub dead: bool,
    /// Counts the workers; each number is another one.
    pub generation: u32,
    /// How many requests were sent.
    pub sent: u64,
}

/// A request without an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InFlight {
    /// Its number.
    pub number: u64,
    /// The text that it is about.
    pub revision: u64,
}

impl Link {
    /// Whether a revision must not be sent.
    pub fn refuses(&self, revision: u64) -> bool {
        self.dead || self.refused == Some(revision)
    }

    /// A request about a revision was sent.
    pub(super) fn sent(&mut self, revision: u64) {
        self.sent += 1;
        self.in_flight = Some(InFlight { number: self.sent, revision });
        self.holds = Some(revision);
    }

    /// The worker was ended.
    pub(super) fn stopped(&mut self, revision: u64) {
        self.refused = Some(self.in_flight.map_or(revision, |request| request.revision));
        self.in_flight = None;
        self.holds = None;
        // One that never started would fail again and again: it waits until somebody asks.
        self.dead = !self.ready;
        self.generation += u32::from(self.ready);
        self.ready = false;
    }

    /// Whatever failed may be tried once more.
    pub(super) fn try_again(&mut self) {
        self.refused = None;
        self.generation += u32::from(self.dead);
        self.dead = false;
    }
}
