//! Another site on this machine: a page around the playground, or a host that files are loaded from.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::{fs, thread};

/// What is answered to a request.
#[derive(Clone, Debug)]
pub(crate) struct Served {
    pub(crate) media_type: &'static str,
    pub(crate) headers: Vec<String>,
    pub(crate) body: Vec<u8>,
    /// Whether the last byte never comes.
    pub(crate) stalls: bool,
}

impl Served {
    pub(crate) fn new(media_type: &'static str, body: impl Into<Vec<u8>>) -> Self {
        Self { media_type, headers: Vec::new(), body: body.into(), stalls: false }
    }

    pub(crate) fn html(body: impl Into<Vec<u8>>) -> Self {
        Self::new("text/html; charset=utf-8", body)
    }

    /// A file of a folder, if it is there.
    pub(crate) fn file(folder: &Path, path: &str) -> Option<Self> {
        let mut file = folder.join(path);
        if file.is_dir() {
            file.push("index.html");
        }
        let media_type = match file.extension()?.to_str()? {
            "html" => "text/html; charset=utf-8",
            "css" => "text/css; charset=utf-8",
            "js" => "text/javascript; charset=utf-8",
            "wasm" => "application/wasm",
            "svg" => "image/svg+xml",
            "json" => "application/json",
            "webmanifest" => "application/manifest+json",
            _ => "application/octet-stream",
        };
        Some(Self::new(media_type, fs::read(file).ok()?))
    }

    pub(crate) fn header(mut self, header: &str) -> Self {
        self.headers.push(header.to_owned());
        self
    }
}

/// A site with an origin of its own. It answers until the tests end.
pub(crate) struct Site {
    address: String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Site {
    /// Answers each path with what `answer` gives, or with 404.
    pub(crate) fn new(answer: impl Fn(&str) -> Option<Served> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (answer, told) = (Arc::new(answer), Arc::clone(&asked));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (answer, told) = (Arc::clone(&answer), Arc::clone(&told));
                thread::spawn(move || respond(stream, &*answer, &told));
            }
        });
        Self { address, asked }
    }

    /// A page at the root.
    pub(crate) fn page(html: &str) -> Self {
        let html = html.to_owned();
        Self::new(move |path| (path == "/").then(|| Served::html(html.clone())))
    }

    /// The files of a folder.
    pub(crate) fn folder(folder: &Path) -> Self {
        let folder = folder.to_owned();
        Self::new(move |path| Served::file(&folder, path.trim_start_matches('/')))
    }

    /// The address of a path that begins with a slash.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }

    /// The heads of all requests so far.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

fn respond(
    mut stream: TcpStream,
    answer: &(impl Fn(&str) -> Option<Served> + ?Sized),
    told: &Mutex<Vec<String>>,
) {
    let mut head = String::new();
    for line in BufReader::new(&stream).lines().map_while(Result::ok) {
        if line.is_empty() {
            break;
        }
        head.push_str(&line);
        head.push('\n');
    }
    let Some(target) = head.split(' ').nth(1).map(str::to_owned) else { return };
    let path = target.split(['?', '#']).next().unwrap_or_default();
    if path != "/favicon.ico" {
        told.lock().unwrap().push(head);
    }
    // Browsers ask every site for it.
    let icon = (path == "/favicon.ico").then(|| Served::new("image/svg+xml", ""));
    let found = answer(path).or(icon);
    let status = if found.is_some() { "200 OK" } else { "404 Not Found" };
    let served = found.unwrap_or_else(|| Served::new("text/plain", "there is no such file"));
    let length = served.body.len() + usize::from(served.stalls);
    let mut response = format!(
        "HTTP/1.1 {status}\r\nConnection: close\r\nContent-Type: {}\r\nContent-Length: {length}\r\n",
        served.media_type
    );
    for header in &served.headers {
        response.push_str(header);
        response.push_str("\r\n");
    }
    response.push_str("\r\n");
    // Whoever has gone away in the meantime misses nothing.
    let _ = stream.write_all(response.as_bytes()).and_then(|()| stream.write_all(&served.body));
    if served.stalls {
        thread::park();
    }
}
