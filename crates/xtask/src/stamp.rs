//! Knowing that a step need not be done again.
//!
//! A folder that a step makes carries a stamp of what it was made from, written last: a folder
//! without it, or with another one, was made from something else or never finished.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use anyhow::{Context, Result};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

const NAME: &str = ".made-from";

/// Whether `folder` was made from what `stamp` stands for.
pub(crate) fn matches(folder: &Path, stamp: &str) -> bool {
    fs::read_to_string(folder.join(NAME)).is_ok_and(|written| written == stamp)
}

/// Records that `folder` is finished.
pub(crate) fn write(folder: &Path, stamp: &str) -> Result<()> {
    let file = folder.join(NAME);
    fs::write(&file, stamp).with_context(|| format!("cannot write `{}`", file.display()))
}

/// Stands for the content of a text.
pub(crate) fn of_text(text: &str) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(text))
}

/// Stands for the state of files and folders: their names, sizes and times of change, which is
/// quick enough to be asked twice a second. Paths that do not exist count as such; `skipped` are
/// left out with all below them.
pub(crate) fn of_files(paths: &[PathBuf], skipped: &[PathBuf]) -> Result<String> {
    let mut hash = Sha256::new();
    for path in paths {
        add(&mut hash, path, skipped)
            .with_context(|| format!("cannot read `{}`", path.display()))?;
    }
    Ok(BASE64_URL_SAFE_NO_PAD.encode(hash.finalize()))
}

fn add(hash: &mut Sha256, path: &Path, skipped: &[PathBuf]) -> io::Result<()> {
    if skipped.iter().any(|skip| skip == path) {
        return Ok(());
    }
    let metadata = match fs::metadata(path) {
        // A file may vanish between listing and looking: an editor saves that way.
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        result => result?,
    };
    if metadata.is_dir() {
        let mut entries = fs::read_dir(path)?
            .map(|entry| entry.map(|entry| entry.path()))
            .collect::<io::Result<Vec<_>>>()?;
        entries.sort();
        return entries.iter().try_for_each(|entry| add(hash, entry, skipped));
    }
    let changed = metadata.modified()?.duration_since(UNIX_EPOCH).unwrap_or_default();
    hash.update(format!("{}\0{}\0{}\n", path.display(), metadata.len(), changed.as_nanos()));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_fresh_only_with_its_own_stamp() {
        let folder = tempfile::tempdir().unwrap();
        assert!(!matches(folder.path(), "a"));
        write(folder.path(), "a").unwrap();
        assert!(matches(folder.path(), "a"));
        assert!(!matches(folder.path(), "b"));
    }

    #[test]
    fn every_change_of_a_file_shows() {
        let folder = tempfile::tempdir().unwrap();
        let source = folder.path().join("src");
        fs::create_dir_all(source.join("build")).unwrap();
        let skipped = [source.join("build")];
        let stamp = || of_files(std::slice::from_ref(&source), &skipped).unwrap();

        let mut stamps = vec![stamp()];
        fs::write(source.join("a.rs"), "fn a() {}").unwrap();
        stamps.push(stamp());
        fs::write(source.join("a.rs"), "fn a() { }").unwrap();
        stamps.push(stamp());
        fs::rename(source.join("a.rs"), source.join("b.rs")).unwrap();
        stamps.push(stamp());
        fs::remove_file(source.join("b.rs")).unwrap();
        fs::write(source.join("c.rs"), "").unwrap();
        stamps.push(stamp());
        for (index, stamp) in stamps.iter().enumerate() {
            assert!(!stamps[..index].contains(stamp), "change {index} does not show");
        }

        fs::write(source.join("build/out.js"), "").unwrap();
        assert_eq!(Some(&stamp()), stamps.last());
    }
}
