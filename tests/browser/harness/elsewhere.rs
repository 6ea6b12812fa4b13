//! Every other host, as far as the browser can tell: a proxy that answers nothing and remembers who
//! was called. Unlike the records of the browser, it hears of what workers ask for.

use std::cell::RefCell;
use std::io::{BufRead, BufReader};
use std::net::{TcpListener, TcpStream};
use std::time::Duration;

/// How long a caller may take to say whom it wants. Long, because machines that run tests are busy: the
/// browser's own calls are known by what they say.
const PATIENCE: Duration = Duration::from_secs(5);

/// The proxy. Calls wait in its queue until somebody asks for them.
pub(super) struct Elsewhere {
    listener: TcpListener,
    /// Calls that were heard. Hung up on, the browser would call again.
    heard: RefCell<Vec<TcpStream>>,
}

impl Elsewhere {
    pub(super) fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        Self { listener, heard: RefCell::default() }
    }

    /// Where the browser finds it.
    pub(super) fn address(&self) -> String {
        self.listener.local_addr().unwrap().to_string()
    }

    /// The requests since this was asked last, such as `GET http://example.org/ HTTP/1.1`.
    pub(super) fn requests(&self) -> Vec<String> {
        let mut requests = Vec::new();
        while let Ok((call, _)) = self.listener.accept() {
            call.set_nonblocking(false).unwrap();
            call.set_read_timeout(Some(PATIENCE)).unwrap();
            let mut line = String::new();
            // The browser connects ahead of requests that it may never make: without a word nobody was asked for
            // anything, nor named.
            let _ = BufReader::new(&call).read_line(&mut line);
            self.heard.borrow_mut().push(call);
            requests.extend(Some(line.trim_end().to_owned()).filter(|line| !line.is_empty()));
        }
        requests
    }
}
