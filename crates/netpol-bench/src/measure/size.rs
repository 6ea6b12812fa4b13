//! How large things are: what a browser fetches before the first view is seen, and before it can be used, and links.

use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result};
use netpol_lessons::{SCENARIOS, Scenario};
use netpol_share::Fragment;

/// The files of the page, and the links to scenarios.
#[derive(Debug)]
pub(crate) struct Size {
    pub(crate) files: Vec<File>,
    pub(crate) links: Vec<Link>,
}

/// A link that holds a scenario.
#[derive(Debug)]
pub(crate) struct Link {
    pub(crate) scenario: &'static str,
    /// What stands behind the `#`, in characters.
    pub(crate) length: usize,
}

/// One file.
#[derive(Debug)]
pub(crate) struct File {
    pub(crate) name: String,
    pub(crate) bytes: usize,
    /// Compressed as a web server does that keeps compressed files: Brotli at its best.
    pub(crate) brotli: usize,
}

impl File {
    pub(crate) fn is_wasm(&self) -> bool {
        self.has_extension("wasm")
    }

    /// Whether the first view is not seen without it. The page has its picture and its explanation from the build:
    /// that takes no program but the script that says whether this is a first visit.
    pub(crate) fn is_first(&self) -> bool {
        self.name == "start.js" || ["html", "css", "svg"].iter().any(|it| self.has_extension(it))
    }

    fn has_extension(&self, wanted: &str) -> bool {
        Path::new(&self.name).extension().is_some_and(|extension| extension == wanted)
    }
}

impl Size {
    /// What it takes to see the first view, compressed.
    pub(crate) fn first(&self) -> usize {
        self.sum(File::is_first)
    }

    /// The WebAssembly among that.
    pub(crate) fn first_wasm(&self) -> usize {
        self.sum(|file| file.is_first() && file.is_wasm())
    }

    /// What it takes to use it: all files together, compressed.
    pub(crate) fn total(&self) -> usize {
        self.sum(|_| true)
    }

    fn sum(&self, counts: impl Fn(&File) -> bool) -> usize {
        self.files.iter().filter(|file| counts(file)).map(|file| file.brotli).sum()
    }
}

/// The editor's modules.
const EDITOR: &str = "editor";

/// What the names begin with of modules that are loaded when they are wanted, and of what belongs to other pages.
const LATER: [&str; 5] = ["extras-", "png-", "embed.", "load.html", "semantics.html"];

/// Measures the files of the built page that a first visit needs. The worker's are among them: it answers.
pub(crate) fn measure(dist: &Path) -> Result<Size> {
    let mut files = files(dist)?;
    let editor = dist.join(EDITOR);
    if editor.is_dir() {
        files.extend(self::files(&editor)?);
    }
    files.sort_by(|a, b| (b.brotli, &a.name).cmp(&(a.brotli, &b.name)));
    let links = SCENARIOS.iter().map(link).collect::<Result<_>>()?;
    Ok(Size { files, links })
}

fn link(scenario: &Scenario) -> Result<Link> {
    let link = Fragment::of_text(scenario.manifests).write()?;
    Ok(Link { scenario: scenario.id, length: link.len() })
}

fn files(folder: &Path) -> Result<Vec<File>> {
    let mut files = Vec::new();
    let entries =
        fs::read_dir(folder).with_context(|| format!("cannot read `{}`", folder.display()))?;
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let left_out = name.starts_with('.') || LATER.iter().any(|later| name.starts_with(later));
        if left_out || !entry.file_type()?.is_file() {
            continue;
        }
        let content = fs::read(entry.path())?;
        files.push(File {
            name: without_hash(&name),
            bytes: content.len(),
            brotli: brotli(&content)?,
        });
    }
    Ok(files)
}

fn brotli(content: &[u8]) -> Result<usize> {
    let mut compressor = brotli::CompressorWriter::new(Vec::new(), 4096, 11, 22);
    compressor.write_all(content)?;
    Ok(compressor.into_inner().len())
}

/// The names of most files carry a hash of what they hold, which differs from build to build.
fn without_hash(name: &str) -> String {
    let hash = |part: &str| {
        part.len() == 16
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
    };
    // A name may have more of these signs, and a hash, too.
    let found = name.match_indices('-').find_map(|(at, _)| {
        let (part, rest) = name[at + 1..].split_at_checked(16)?;
        (hash(part) && rest.starts_with(['.', '_'])).then_some((&name[..at], rest))
    });
    found.map_or_else(|| name.to_owned(), |(start, rest)| format!("{start}{rest}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_left_out() {
        let check = |name, expected| assert_eq!(without_hash(name), expected);
        check("page-8c3f6f0b5a6de1f2_bg.wasm", "page_bg.wasm");
        check("worker-aB_-cD12eF34gH56.js", "worker.js");
        check("editor.js", "editor.js");
        check("a-b.css", "a-b.css");
        check("first-on-phone-TRSB1KdrlpPSg68J.bin", "first-on-phone.bin");
    }

    #[test]
    fn the_first_view_needs_no_program_and_its_use_needs_the_worker() {
        let folder = tempfile::tempdir().unwrap();
        for (name, content) in [
            ("index.html", "<p>"),
            ("page_bg.wasm", "12345"),
            ("worker_bg.wasm", "1"),
            (".made-from", "x"),
            ("start-aB_-cD12eF34gH56.js", "let a"),
            ("tokens-aB_-cD12eF34gH56.css", "a {}"),
        ] {
            fs::write(folder.path().join(name), content).unwrap();
        }
        let size = measure(folder.path()).unwrap();
        assert_eq!(size.files.len(), 5);
        fs::create_dir(folder.path().join("editor")).unwrap();
        for name in ["editor.js", "chunk-ABC.js", "extras-DEF.js", "png-GHI.js"] {
            fs::write(folder.path().join("editor").join(name), "js").unwrap();
        }
        assert_eq!(measure(folder.path()).unwrap().files.len(), 7);
        let mut first: Vec<&str> =
            size.files.iter().filter(|file| file.is_first()).map(|file| &*file.name).collect();
        first.sort_unstable();
        assert_eq!(first, ["index.html", "start.js", "tokens.css"]);
        assert!(size.first() > 0 && size.first() < size.total() && size.first_wasm() == 0);
    }
}
