//! From the address in a request to a file in the served folder.

use std::path::{Path, PathBuf};

use percent_encoding::percent_decode_str;

/// The file that a request's target names, if it is one of those in `folder`.
pub(super) fn find(folder: &Path, target: &str) -> Option<PathBuf> {
    let folder = folder.canonicalize().ok()?;
    let mut path = folder.join(relative(target)?);
    if path.is_dir() {
        path.push("index.html");
    }
    // Links, too, must not lead out of the folder.
    let path = path.canonicalize().ok()?;
    (path.starts_with(&folder) && path.is_file()).then_some(path)
}

/// The path below the served folder. Hidden names and everything that a file system may read as
/// more than a name are refused, `..` among them.
fn relative(target: &str) -> Option<PathBuf> {
    let path = target.split(['?', '#']).next().unwrap_or_default();
    let path = percent_decode_str(path).decode_utf8().ok()?;
    let names = path.split('/').filter(|name| !name.is_empty());
    names
        .map(|name| (!name.starts_with('.') && !name.contains(['\\', ':', '\0'])).then_some(name))
        .collect()
}

/// The media type by the file's extension. Browsers refuse modules and WebAssembly that come under
/// another one.
pub(super) fn media_type(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()).unwrap_or_default() {
        "css" => "text/css; charset=utf-8",
        "html" => "text/html; charset=utf-8",
        "ico" => "image/x-icon",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" | "map" => "application/json",
        "md" | "txt" => "text/plain; charset=utf-8",
        "png" => "image/png",
        "svg" => "image/svg+xml",
        "wasm" => "application/wasm",
        "webmanifest" => "application/manifest+json",
        "woff2" => "font/woff2",
        "yaml" | "yml" => "application/yaml",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn names_below_the_folder() {
        let check = |target: &str, expected: Option<&str>| {
            assert_eq!(relative(target), expected.map(PathBuf::from), "{target}");
        };
        check("/", Some(""));
        check("/web-0a1b_bg.wasm", Some("web-0a1b_bg.wasm"));
        check("/snippets/web-1/build/editor.js?v=1#top", Some("snippets/web-1/build/editor.js"));
        check("/a%20b//c.css", Some("a b/c.css"));
        check("/../Cargo.toml", None);
        check("/a/../../Cargo.toml", None);
        check("/%2e%2e/Cargo.toml", None);
        check("/..%2fCargo.toml", None);
        check("/..%5cCargo.toml", None);
        check("/C:/Windows", None);
        check("/.made-from", None);
        check("/a%00.html", None);
        check("/%ff", None);
    }

    #[test]
    fn files_in_the_folder_only() {
        let outer = tempfile::tempdir().unwrap();
        let folder = outer.path().join("dist");
        fs::create_dir_all(folder.join("docs")).unwrap();
        for file in ["index.html", "docs/index.html", "a.css", "../secret"] {
            fs::write(folder.join(file), "").unwrap();
        }
        #[cfg(unix)]
        std::os::unix::fs::symlink(outer.path().join("secret"), folder.join("link")).unwrap();

        let folder = folder.canonicalize().unwrap();
        let check = |target: &str, expected: Option<&str>| {
            assert_eq!(find(&folder, target), expected.map(|name| folder.join(name)), "{target}");
        };
        check("/", Some("index.html"));
        check("/docs", Some("docs/index.html"));
        check("/docs/", Some("docs/index.html"));
        check("/a.css", Some("a.css"));
        check("/b.css", None);
        check("/link", None);
        check("/../secret", None);
    }

    #[test]
    fn media_types() {
        let of = |name: &str| media_type(Path::new(name));
        assert_eq!(of("web_bg.wasm"), "application/wasm");
        assert_eq!(of("web.js"), "text/javascript; charset=utf-8");
        assert_eq!(of("index.html"), "text/html; charset=utf-8");
        assert_eq!(of("LICENSE"), "application/octet-stream");
    }
}
