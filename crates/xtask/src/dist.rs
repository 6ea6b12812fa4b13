//! The folder to host: the page, kept by browsers for offline use, with its files compressed beside.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use crate::repo::Repo;
use crate::{child, page, say};

/// What other pages load, under a name that stays: browsers ask for it each time.
const FOR_OTHERS: [&str; 2] = ["embed.js", "embed.d.ts"];

/// What compresses well.
const TEXTS: [&str; 9] = ["bin", "css", "html", "js", "json", "svg", "ts", "wasm", "webmanifest"];

/// Builds the page and makes the folder `site/` from it.
pub(crate) fn run(repo: &Repo) -> Result<()> {
    page::build(repo)?;
    let folder = repo.root.join("site");
    make(repo, &folder)?;
    compress(repo, &folder)?;
    say::step("folder to host", &format!("{}", folder.display()));
    Ok(())
}

/// Copies the built page into `folder`, and adds what makes it work offline and be installed.
pub(crate) fn make(repo: &Repo, folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)
            .with_context(|| format!("cannot empty `{}`", folder.display()))?;
    }
    let dist = repo.dist();
    for file in files(&dist)? {
        let to = folder.join(&file);
        fs::create_dir_all(to.parent().context("a file without a folder")?)?;
        fs::copy(dist.join(&file), &to)
            .with_context(|| format!("cannot copy `{}`", file.display()))?;
    }
    let icon = files(folder)?.into_iter().map(|file| slashes(&file));
    let icon = icon.into_iter().find(|file| file.starts_with("icon-")).unwrap_or_default();
    fs::write(folder.join("manifest.webmanifest"), manifest(&icon))?;
    let index = folder.join("index.html");
    let html = fs::read_to_string(&index).context("cannot read the page")?;
    fs::write(&index, offline(&html))?;
    let worker = fs::read_to_string(repo.root.join("web/offline.js"))
        .context("cannot read the service worker")?;
    fs::write(folder.join("offline.js"), complete(&worker, folder)?)?;
    Ok(())
}

/// The page, with its manifest and the word that there is a service worker.
fn offline(html: &str) -> String {
    let head = concat!(
        r#"<link rel="manifest" href="./manifest.webmanifest">"#,
        r#"<meta name="netpol-offline" content="./offline.js"></head>"#
    );
    html.replacen("</head>", head, 1)
}

fn manifest(icon: &str) -> String {
    format!(
        r##"{{
  "name": "Netpol Playground",
  "short_name": "Netpol",
  "description": "Who can talk to whom under these Kubernetes NetworkPolicies, and which line says so?",
  "id": "./",
  "start_url": "./",
  "scope": "./",
  "display": "standalone",
  "background_color": "#f6f7f9",
  "theme_color": "#3451d1",
  "icons": [{{ "src": "./{icon}", "type": "image/svg+xml", "sizes": "any" }}]
}}
"##
    )
}

/// The service worker with the files that it keeps, and a version that stands for what is in them.
fn complete(worker: &str, folder: &Path) -> Result<String> {
    let mut names = vec!["./".to_owned()];
    let mut hash = Sha256::new();
    hash.update(worker);
    for file in files(folder)? {
        let name = slashes(&file);
        hash.update(&name);
        hash.update(fs::read(folder.join(&file))?);
        if name != "index.html" && !FOR_OTHERS.contains(&name.as_str()) {
            names.push(format!("./{name}"));
        }
    }
    let version = BASE64_URL_SAFE_NO_PAD.encode(hash.finalize());
    let quoted: Vec<String> = names.iter().map(|name| format!("{name:?}")).collect();
    let files = format!("[{}]", quoted.join(", "));
    Ok(worker.replace("__VERSION__", &version[..16]).replace(r#""__FILES__""#, &files))
}

/// Writes a `.gz` and a `.br` beside each file that gets smaller by it, for servers that send those.
fn compress(repo: &Repo, folder: &Path) -> Result<()> {
    let is_text = |file: &PathBuf| {
        let extension = file.extension().and_then(|it| it.to_str());
        extension.is_some_and(|it| TEXTS.contains(&it))
    };
    let files = files(folder)?.into_iter().filter(is_text);
    let paths = files.map(|file| folder.join(file)).collect::<Vec<_>>();
    // Node.js has both, and the page is built with it anyway.
    let script = "const { readFileSync, writeFileSync } = require('node:fs');
        const zlib = require('node:zlib');
        for (const file of process.argv.slice(1)) {
            const content = readFileSync(file);
            for (const [end, packed] of [['.gz', zlib.gzipSync(content, { level: 9 })], ['.br', zlib.brotliCompressSync(content)]])
                if (packed.length < content.length) writeFileSync(file + end, packed);
        }";
    let took = child::run(repo.command("node").args(["-e", script]).args(paths))
        .context("cannot compress the files")?;
    say::step("files", &format!("compressed in {}", say::elapsed(took)));
    Ok(())
}

/// The files of a folder and of those in it, without hidden ones, sorted.
fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(below) = folders.pop() {
        let path = folder.join(&below);
        let entries =
            fs::read_dir(&path).with_context(|| format!("cannot list `{}`", path.display()))?;
        for entry in entries {
            let entry = entry?;
            let name = entry.file_name();
            if name.to_string_lossy().starts_with('.') {
                continue;
            }
            let kind = if entry.file_type()?.is_dir() { &mut folders } else { &mut found };
            kind.push(below.join(name));
        }
    }
    found.sort();
    Ok(found)
}

/// A path as it stands in an address.
fn slashes(path: &Path) -> String {
    let parts = path.components().map(|part| part.as_os_str().to_string_lossy().into_owned());
    parts.collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_content_is_another_version_and_what_others_load_is_not_kept() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("editor")).unwrap();
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        for name in ["index.html", "load.html", "embed.js", "editor/editor-1.js", ".made-from"] {
            write(name, "");
        }
        let worker = "const VERSION = \"__VERSION__\";\nconst FILES = \"__FILES__\";\n";
        let one = complete(worker, folder.path()).unwrap();
        assert!(one.contains(r#"FILES = ["./", "./editor/editor-1.js", "./load.html"];"#), "{one}");
        assert_eq!(complete(worker, folder.path()).unwrap(), one);
        write("index.html", "x");
        assert_ne!(complete(worker, folder.path()).unwrap(), one);
    }

    #[test]
    fn what_is_compressed_expands_to_the_same_bytes() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("editor")).unwrap();
        let text = "kind: NetworkPolicy\n".repeat(99);
        let noise: Vec<u8> = (0..9_u8).collect();
        let all = [("page.html", text.as_bytes()), ("editor/a.wasm", text.as_bytes())];
        for (name, content) in
            all.into_iter().chain([("small.js", &noise[..]), ("icon.png", text.as_bytes())])
        {
            fs::write(folder.path().join(name), content).unwrap();
        }
        let repo = Repo::find().unwrap();
        compress(&repo, folder.path()).unwrap();
        for (name, content) in all {
            for (end, expand) in [("gz", "gunzipSync"), ("br", "brotliDecompressSync")] {
                let packed = folder.path().join(format!("{name}.{end}"));
                assert!(
                    fs::metadata(&packed).unwrap().len() < content.len() as u64,
                    "{name}.{end}"
                );
                let script = format!(
                    "process.stdout.write(require('zlib').{expand}(require('fs').readFileSync(process.argv[1])))"
                );
                let expanded =
                    repo.command("node").args(["-e", &script]).arg(packed).output().unwrap();
                assert_eq!(expanded.stdout, content, "{name}.{end}");
            }
        }
        // What would become larger, and what is compressed already.
        let names = files(folder.path()).unwrap();
        assert_eq!(names.len(), 4 + 2 * all.len(), "{names:?}");
    }

    #[test]
    fn the_page_says_what_it_is() {
        let html = offline("<head></head><body></head></body>");
        assert!(html.starts_with("<head><link rel=\"manifest\""), "{html}");
        assert!(html.ends_with("</head><body></head></body>"), "{html}");
        assert!(manifest("icon-1.svg").contains("\"./icon-1.svg\""));
    }
}
