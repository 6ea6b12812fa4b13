//! The folder to host: under any path, without a network after the first visit, and never a mixture of two
//! versions. `cargo xtask test browser` makes it and says where in `NETPOL_SITE`.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::{env, fs};

use netpol_tests::workspace_root;
use serde_json::{Value, json};

use crate::harness::{Page, Served, Setup, Site, open};

/// What docs/embedding.md says that servers are to send with a file.
struct Caching {
    /// The files that keep their names, and are asked for each time.
    lasting: Vec<String>,
    /// For all others.
    header: String,
}

impl Caching {
    fn documented() -> Self {
        let docs = fs::read_to_string(workspace_root().join("docs/embedding.md")).unwrap();
        let (_, rest) = docs.split_once("for what keeps its name: ").unwrap();
        let (names, rest) = rest.split_once(". All other names").unwrap();
        let (_, rest) = rest.split_once("kept for ever: `").unwrap();
        let (header, _) = rest.split_once('`').unwrap();
        let quoted = names.split('`').skip(1).step_by(2);
        Self { lasting: quoted.map(str::to_owned).collect(), header: header.to_owned() }
    }

    fn header(&self, file: &str) -> &str {
        let lasts = file.is_empty() || self.lasting.iter().any(|it| it == file);
        if lasts { "Cache-Control: no-cache" } else { &self.header }
    }
}

/// A server of one folder at a time, below a path of its own.
struct Host {
    site: Site,
    /// `None`: nobody answers.
    folder: Arc<Mutex<Option<PathBuf>>>,
}

const PREFIX: &str = "/docs/tools/netpol/";

impl Host {
    fn new(folder: &Path) -> Self {
        let folder = Arc::new(Mutex::new(Some(folder.to_owned())));
        let served = Arc::clone(&folder);
        let caching = Caching::documented();
        let site = Site::new(move |path| {
            let folder = served.lock().unwrap().clone()?;
            let file = path.strip_prefix(PREFIX)?;
            Some(Served::file(&folder, file)?.header(caching.header(file)))
        });
        Self { site, folder }
    }

    fn serve(&self, folder: Option<&Path>) {
        *self.folder.lock().unwrap() = folder.map(Path::to_owned);
    }

    fn url(&self) -> String {
        self.site.url(PREFIX)
    }
}

/// Waits until the browser has kept everything.
#[track_caller]
fn wait_until_kept(page: &Page) {
    let ready = "navigator.serviceWorker.ready.then((it) => arguments[0](it.active.state))";
    page.expect("the service worker", &"activated".to_owned(), || page.script_async(ready));
}

fn folder() -> Option<PathBuf> {
    let folder = env::var_os("NETPOL_SITE").map(PathBuf::from);
    if folder.is_none() {
        eprintln!("NETPOL_SITE is not set: run `cargo xtask test browser`");
    }
    folder
}

#[test]
fn after_the_first_visit_it_works_without_a_network_below_any_path() {
    let Some(folder) = folder() else { return };
    open(Setup::BLANK, |page| {
        let host = Host::new(&folder);
        page.go(&host.url());
        page.wait_until_ready();
        wait_until_kept(page);
        host.serve(None);
        page.go(&format!("{}#example=np-demo", host.url()));
        page.reload();
        page.wait_until_ready();
        page.ask("np-demo/other", "np-demo/web", "8080", "TCP");
        assert_eq!(page.answer().verdict, "denied");
        // The editor's help is loaded later than the page, and is there all the same.
        page.focus_editor();
        page.type_text("# x");
        let manifest: Value = page.script_async(
            "fetch(document.querySelector('link[rel=manifest]').href).then((it) => it.json()).then(arguments[0])",
        );
        assert_eq!(manifest["start_url"], "./");
    });
}

#[test]
fn what_may_be_kept_for_ever_has_a_hash_in_its_name() {
    let Some(folder) = folder() else { return };
    let mut names = Vec::new();
    let mut folders = vec![folder.clone()];
    while let Some(below) = folders.pop() {
        for path in fs::read_dir(below).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else {
                names.push(path.strip_prefix(&folder).unwrap().to_str().unwrap().to_owned());
            }
        }
    }
    let Caching { lasting, .. } = Caching::documented();
    let has_hash = |name: &str| {
        let (stem, _) = name.rsplit_once('.').unwrap();
        stem.split_once('-').is_some_and(|(_, hash)| hash.trim_end_matches("_bg").len() >= 8)
    };
    for name in &names {
        assert_ne!(has_hash(name), lasting.contains(name), "{name}");
    }
    assert!(lasting.iter().all(|name| names.contains(name)), "{lasting:?} in {names:?}");
}

#[test]
fn it_can_be_installed() {
    let Some(folder) = folder() else { return };
    let text = fs::read_to_string(folder.join("manifest.webmanifest")).unwrap();
    let manifest: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(manifest["name"], "Netpol Playground");
    assert_eq!(manifest["display"], "standalone");
    for path in ["id", "start_url", "scope"] {
        assert_eq!(manifest[path], "./", "{path}");
    }
    for icon in manifest["icons"].as_array().unwrap() {
        // A drawing, which has any size.
        assert_eq!((&icon["type"], &icon["sizes"]), (&json!("image/svg+xml"), &json!("any")));
        let source = icon["src"].as_str().unwrap();
        assert!(fs::read_to_string(folder.join(source)).unwrap().contains("<svg"), "{source}");
    }
    open(Setup::BLANK, |page| {
        let host = Host::new(&folder);
        page.go(&host.url());
        page.wait_until_ready();
        page.expect("nothing in the way", &json!({ "installabilityErrors": [] }), || {
            page.developers("Page.getInstallabilityErrors")
        });
    });
}

#[test]
fn a_newer_version_comes_as_a_whole() {
    let Some(folder) = folder() else { return };
    // The next version: another page, and a service worker that knows it.
    let next = tempfile::TempDir::new().unwrap();
    copy(&folder, next.path());
    let change = |name: &str, from: &str, to: &str| {
        let file = next.path().join(name);
        let text = fs::read_to_string(&file).unwrap();
        assert!(text.contains(from), "{name} has no {from}");
        fs::write(&file, text.replacen(from, to, 1)).unwrap();
    };
    change("index.html", "<title>", "<meta name=\"version\" content=\"next\"><title>");
    change("offline.js", "const VERSION = \"", "const VERSION = \"next-");
    // Chromium looks for a newer version when it has nothing better to do, and moving pictures are better.
    open(Setup { reduced_motion: true, ..Setup::BLANK }, |page| {
        let host = Host::new(&folder);
        page.go(&host.url());
        page.wait_until_ready();
        wait_until_kept(page);
        host.serve(Some(next.path()));
        let version = "return document.querySelector('meta[name=version]')?.content ?? 'first'";
        // This visit still has the first one, and brings the next.
        page.reload();
        page.wait_until_ready();
        assert_eq!(page.script::<String>(version, &[]), "first");
        let versions = "caches.keys().then((all) => navigator.serviceWorker.getRegistration().then((it) =>
            arguments[0](it.installing || it.waiting ? 'coming' : all.at(-1).includes('-next-') ? 'next' : 'first')))";
        page.expect("the next version", &"next".to_owned(), || page.script_async(versions));
        page.reload();
        page.wait_until_ready();
        assert_eq!(page.script::<String>(version, &[]), "next");
        // It is whole: the network is not needed for it, either.
        host.serve(None);
        page.reload();
        page.wait_until_ready();
        assert_eq!(page.script::<String>(version, &[]), "next");
    });
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            fs::create_dir(&target).unwrap();
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
