//! A small server for files.

use std::fs::File;
use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;

use anyhow::{Context, Result, anyhow};
use tiny_http::{Header, Method, Request, Response, ResponseBox, Server};

use super::file;

/// Requests that are answered at the same time.
const THREADS: usize = 4;

/// A folder that is being served, until this is dropped.
pub(crate) struct Served {
    server: Arc<Server>,
    url: String,
}

impl Served {
    /// Answers those who connect to `listener` with the files in `folder`.
    pub(crate) fn start(listener: TcpListener, folder: PathBuf) -> Result<Served> {
        let url = format!("http://{}/", listener.local_addr()?);
        let server =
            Arc::new(Server::from_listener(listener, None).map_err(|error| anyhow!(error))?);
        let folder: Arc<Path> = folder.into();
        for _ in 0..THREADS {
            let (server, folder) = (Arc::clone(&server), Arc::clone(&folder));
            thread::spawn(move || {
                while let Ok(request) = server.recv() {
                    let response = answer(&folder, &request);
                    // A browser that has gone away in the meantime misses nothing.
                    let _ = request.respond(response);
                }
            });
        }
        Ok(Served { server, url })
    }

    /// The page's address.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        for _ in 0..THREADS {
            self.server.unblock();
        }
    }
}

/// Takes a port, 0 meaning any free one, for this machine only.
pub(crate) fn listen(port: u16) -> Result<TcpListener> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(|error| refused(error, port))
}

fn refused(error: io::Error, port: u16) -> anyhow::Error {
    match error.kind() {
        io::ErrorKind::AddrInUse => {
            anyhow!(
                "port {port} is in use: choose another with `--port`, or any free one with `--port 0`"
            )
        }
        _ => anyhow!(error)
            .context(format!("cannot listen on port {port}: choose another with `--port`")),
    }
}

fn answer(folder: &Path, request: &Request) -> ResponseBox {
    if !matches!(request.method(), Method::Get | Method::Head) {
        return plain(405, "only GET and HEAD are answered here\n");
    }
    let Some(path) = file::find(folder, request.url()) else {
        return plain(404, "there is no such file\n");
    };
    match File::open(&path).context("cannot read the file") {
        Ok(content) => finished(Response::from_file(content).boxed(), file::media_type(&path)),
        Err(error) => plain(500, &format!("{error:#}\n")),
    }
}

fn plain(status: u16, text: &str) -> ResponseBox {
    finished(
        Response::from_string(text).with_status_code(status).boxed(),
        "text/plain; charset=utf-8",
    )
}

fn finished(mut response: ResponseBox, media_type: &str) -> ResponseBox {
    let headers = [
        ("Content-Type", media_type),
        ("X-Content-Type-Options", "nosniff"),
        // Not every name carries a hash, and on one's own machine asking again costs nothing.
        ("Cache-Control", "no-cache"),
    ];
    for (name, value) in headers {
        if let Ok(header) = Header::from_bytes(name, value) {
            response.add_header(header);
        }
    }
    // With a length a browser can show how far it is.
    response.with_chunked_threshold(usize::MAX)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::{Read, Write};
    use std::net::TcpStream;

    use super::*;

    fn ask(served: &Served, request: &str) -> String {
        let address = served.url().trim_start_matches("http://").trim_end_matches('/');
        let mut stream = TcpStream::connect(address).unwrap();
        write!(stream, "{request} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")
            .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    #[test]
    fn answers() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("index.html"), "<p>hello</p>").unwrap();
        let served = Served::start(listen(0).unwrap(), folder.path().to_path_buf()).unwrap();

        let page = ask(&served, "GET /?x=1");
        assert!(page.starts_with("HTTP/1.1 200 "), "{page}");
        for part in [
            "Content-Type: text/html; charset=utf-8\r\n",
            "X-Content-Type-Options: nosniff\r\n",
            "Cache-Control: no-cache\r\n",
            "\r\n\r\n<p>hello</p>",
        ] {
            assert!(page.contains(part), "{part} in {page}");
        }
        let head = ask(&served, "HEAD /");
        assert!(head.starts_with("HTTP/1.1 200 ") && !head.contains("hello"), "{head}");
        assert!(ask(&served, "GET /none.css").starts_with("HTTP/1.1 404 "));
        assert!(ask(&served, "GET /../index.html").starts_with("HTTP/1.1 404 "));
        assert!(ask(&served, "POST /").starts_with("HTTP/1.1 405 "));
    }

    #[test]
    fn a_taken_port_is_named_with_the_way_out() {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = taken.local_addr().unwrap().port();
        let error = listen(port).unwrap_err();
        let expected = format!(
            "port {port} is in use: choose another with `--port`, or any free one with `--port 0`"
        );
        assert_eq!(error.to_string(), expected);
    }
}
