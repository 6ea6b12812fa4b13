//! A small server for files.

use std::future::IntoFuture;
use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::path::PathBuf;

use anyhow::{Result, anyhow};
use axum::Router;
use axum::handler::HandlerWithoutStateExt;
use axum::http::{HeaderValue, header};
use tokio::runtime::{Builder, Runtime};
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;

/// A folder that is being served, until this is dropped.
pub(crate) struct Served {
    _runtime: Runtime,
    url: String,
}

impl Served {
    /// Answers those who connect to `listener` with the files in `folder`.
    pub(crate) fn start(listener: TcpListener, folder: PathBuf) -> Result<Served> {
        let url = format!("http://{}/", listener.local_addr()?);
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
        listener.set_nonblocking(true)?;
        let listener = {
            let _inside = runtime.enter();
            tokio::net::TcpListener::from_std(listener)?
        };
        runtime.spawn(axum::serve(listener, files(folder)).into_future());
        Ok(Served { _runtime: runtime, url })
    }

    /// The page's address.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }
}

/// Browsers show a page of their own where nothing is said.
async fn missing() -> &'static str {
    "there is no such file\n"
}

fn files(folder: PathBuf) -> Router {
    let always =
        |name, value| SetResponseHeaderLayer::overriding(name, HeaderValue::from_static(value));
    Router::new()
        .fallback_service(ServeDir::new(folder).not_found_service(missing.into_service()))
        .layer(always(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        // Not every name carries a hash, and on one's own machine asking again costs nothing.
        .layer(always(header::CACHE_CONTROL, "no-cache"))
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
        fs::write(folder.path().join("web_bg.wasm"), "").unwrap();
        let served = Served::start(listen(0).unwrap(), folder.path().to_path_buf()).unwrap();

        let page = ask(&served, "GET /?x=1");
        assert!(page.starts_with("HTTP/1.1 200 "), "{page}");
        for part in [
            "content-type: text/html\r\n",
            "x-content-type-options: nosniff\r\n",
            "cache-control: no-cache\r\n",
            "\r\n\r\n<p>hello</p>",
        ] {
            assert!(page.contains(part), "{part} in {page}");
        }
        let head = ask(&served, "HEAD /");
        assert!(head.starts_with("HTTP/1.1 200 ") && !head.contains("hello"), "{head}");
        // Browsers refuse WebAssembly that comes under another name.
        let program = ask(&served, "GET /web_bg.wasm");
        assert!(program.contains("content-type: application/wasm\r\n"), "{program}");
        let missing = ask(&served, "GET /none.css");
        assert!(missing.starts_with("HTTP/1.1 404 "), "{missing}");
        assert!(missing.ends_with("\r\n\r\nthere is no such file\n"), "{missing}");
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
