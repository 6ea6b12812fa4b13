//! What only the finished page can say about itself.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

/// Stands in the page's Content-Security-Policy for the inline scripts, which Trunk writes.
const HASHES: &str = "__INLINE_SCRIPT_HASHES__";

/// The worker's binary. Trunk puts no hash into the names of a worker's files.
const WORKER: &str = "worker";

/// Puts a hash into the names of the worker's files, and the new name into the page: a worker that
/// a browser kept from an earlier build then never meets a newer page, wherever the page is served.
pub(super) fn name_worker_by_content(folder: &Path, html: &str) -> Result<String> {
    let old = [format!("{WORKER}.js"), format!("{WORKER}_bg.wasm")].map(|name| folder.join(name));
    if !old.iter().all(|file| file.is_file()) {
        return Ok(html.to_owned());
    }
    let mut hash = Sha256::new();
    for file in &old {
        hash.update(fs::read(file).with_context(|| format!("cannot read `{}`", file.display()))?);
    }
    let name = format!("{WORKER}-{}", &BASE64_URL_SAFE_NO_PAD.encode(hash.finalize())[..16]);
    let new = [format!("{name}.js"), format!("{name}_bg.wasm")].map(|name| folder.join(name));
    for (old, new) in old.iter().zip(&new) {
        fs::rename(old, new).with_context(|| format!("cannot rename `{}`", old.display()))?;
    }
    Ok(html.replace(&format!("./{WORKER}.js"), &format!("./{name}.js")))
}

/// Stands in the page for what a first visit begins with.
const FIRST_VIEW: &str = "__FIRST_VIEW__";

/// Puts the drawn first view into the page.
pub(super) fn begin_with(first_view: &str, html: &str) -> Result<String> {
    ensure!(html.contains(FIRST_VIEW), "`index.html` has no place for the first view");
    ensure!(!first_view.is_empty(), "the page drew no first view");
    Ok(html.replacen(FIRST_VIEW, first_view, 1))
}

/// Our own scripts, which Trunk copies as they are.
const SCRIPTS: [&str; 3] = ["start.js", "engine.js", "editor/browser.js"];

/// The extension of the files with what the engine answers about the first view.
const ANSWERS: &str = "bin";

/// Puts a hash into the names of our own scripts and of what the first view is made from, as
/// [`name_worker_by_content`] does for the worker.
pub(super) fn name_by_content(folder: &Path, html: &str) -> Result<String> {
    let mut files: Vec<String> = SCRIPTS.map(str::to_owned).into();
    for file in fs::read_dir(folder).context("cannot list the page's files")? {
        let name = PathBuf::from(file.context("cannot list the page's files")?.file_name());
        if name.extension().is_some_and(|it| it == ANSWERS) {
            files.push(name.display().to_string());
        }
    }
    files.iter().try_fold(html.to_owned(), |html, name| {
        let old = folder.join(name);
        let Ok(content) = fs::read(&old) else { return Ok(html) };
        let hash = BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(content));
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
        let new = format!("{stem}-{}.{extension}", &hash[..16]);
        fs::rename(&old, folder.join(&new))
            .with_context(|| format!("cannot rename `{}`", old.display()))?;
        Ok(html.replace(&format!("./{name}"), &format!("./{new}")))
    })
}

/// Lets the browser load the editor's modules while the page starts, so that they are there when they are wanted.
pub(super) fn preload_chunks(folder: &Path, html: &str) -> Result<String> {
    let Ok(files) = fs::read_dir(folder.join("editor")) else { return Ok(html.to_owned()) };
    let mut links = Vec::new();
    for file in files {
        let name = file.context("cannot list the editor's modules")?.file_name();
        let name = name.to_string_lossy();
        if ["editor-", "chunk-"].iter().any(|start| name.starts_with(start)) {
            links.push(format!(r#"<link rel="modulepreload" href="./editor/{name}">"#));
        }
    }
    links.sort();
    Ok(html.replacen("</head>", &format!("{}</head>", links.concat()), 1))
}

/// Allows exactly the page's own inline scripts in its Content-Security-Policy.
pub(super) fn allow_inline_scripts(html: &str) -> String {
    let sources: Vec<String> = inline_scripts(html)
        .map(|script| format!("'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(script))))
        .collect();
    html.replace(HASHES, &sources.join(" "))
}

/// Does the same in a page that Trunk only copies.
pub(super) fn allow_inline_scripts_of(file: &Path) -> Result<()> {
    let html =
        fs::read_to_string(file).with_context(|| format!("cannot read `{}`", file.display()))?;
    fs::write(file, allow_inline_scripts(&html))
        .with_context(|| format!("cannot write `{}`", file.display()))
}

/// The texts of all scripts without a `src`. Enough for a page that we and Trunk write: a hash too
/// many, of a script in a comment say, would allow nothing that runs.
fn inline_scripts(html: &str) -> impl Iterator<Item = &str> {
    html.split("<script").skip(1).filter_map(|rest| {
        let (attributes, rest) = rest.split_once('>')?;
        let (script, _) = rest.split_once("</script")?;
        let external = attributes.split_whitespace().any(|attribute| attribute.starts_with("src="));
        (!external).then_some(script)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_scripts_in_the_page_itself_count() {
        let html = r#"<script src="a.js"></script><script type="module">
import init from './web.js';
</script><p>x</p><script>alert("</p>")</script ><script async src=b.js></script>"#;
        let scripts: Vec<&str> = inline_scripts(html).collect();
        assert_eq!(scripts, ["\nimport init from './web.js';\n", r#"alert("</p>")"#]);
    }

    #[test]
    fn the_policy_names_the_hash_that_a_browser_computes() {
        // The example of https://www.w3.org/TR/CSP2/#script-src-hash-usage
        let page = |source: &str| {
            format!(
                "<meta content=\"script-src 'self' {source}\"><script>alert('Hello, world.');</script>"
            )
        };
        let expected = page("'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='");
        assert_eq!(allow_inline_scripts(&page(HASHES)), expected);
    }

    #[test]
    fn a_page_without_the_placeholder_stays_as_it_is() {
        let page = "<script>1</script>";
        assert_eq!(allow_inline_scripts(page), page);
    }

    #[test]
    fn the_worker_is_named_by_what_it_does() {
        let html = r#"<meta name="worker" content="./worker.js">"#;
        let named = |wasm: &str| {
            let folder = tempfile::tempdir().unwrap();
            fs::write(folder.path().join("worker.js"), "js").unwrap();
            fs::write(folder.path().join("worker_bg.wasm"), wasm).unwrap();
            let html = name_worker_by_content(folder.path(), html).unwrap();
            let mut files: Vec<_> = fs::read_dir(folder.path())
                .unwrap()
                .map(|entry| entry.unwrap().file_name().into_string().unwrap())
                .collect();
            files.sort();
            (html, files)
        };
        let (one, files) = named("one");
        let script = one.split('"').nth(3).unwrap();
        assert_eq!(files[0], script.strip_prefix("./").unwrap());
        assert_eq!(files[1], files[0].replace(".js", "_bg.wasm"));
        assert_ne!(one, html);
        assert_ne!(named("other").0, one);
    }

    #[test]
    fn the_first_view_has_its_place() {
        assert_eq!(begin_with("<p>a</p>", "<i>__FIRST_VIEW__</i>").unwrap(), "<i><p>a</p></i>");
        assert!(begin_with("", "__FIRST_VIEW__").is_err());
        assert!(begin_with("<p>a</p>", "<i></i>").is_err());
    }

    #[test]
    fn files_are_named_by_what_is_in_them() {
        let named = |content: &str| {
            let folder = tempfile::tempdir().unwrap();
            fs::create_dir(folder.path().join("editor")).unwrap();
            for name in SCRIPTS.iter().chain(&["first-a.bin"]) {
                fs::write(folder.path().join(name), content).unwrap();
            }
            let html = r#"<script src="./start.js"></script><script src="./editor/browser.js">
                </script><noscript data-answers="./first-a.bin"></noscript>"#;
            let html = name_by_content(folder.path(), html).unwrap();
            let names: Vec<_> =
                html.split('"').filter_map(|part| part.strip_prefix("./")).collect();
            assert_eq!(names.len(), 3);
            for name in names {
                assert_eq!(fs::read_to_string(folder.path().join(name)).unwrap(), content);
            }
            html
        };
        let one = named("one");
        assert!(one.contains("./editor/browser-") && one.contains("./first-a-"));
        assert_eq!(one, named("one"));
        assert_ne!(one, named("other"));
    }

    #[test]
    fn the_editors_modules_are_loaded_early() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("editor")).unwrap();
        for name in ["browser.js", "chunk-A.js", "editor-C.js", "extras-B.js"] {
            fs::write(folder.path().join("editor").join(name), "").unwrap();
        }
        assert_eq!(
            preload_chunks(folder.path(), "<head></head>").unwrap(),
            concat!(
                r#"<head><link rel="modulepreload" href="./editor/chunk-A.js">"#,
                r#"<link rel="modulepreload" href="./editor/editor-C.js"></head>"#
            )
        );
    }

    #[test]
    fn a_page_without_a_worker_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(name_worker_by_content(folder.path(), "./worker.js").unwrap(), "./worker.js");
    }
}
