//! The manifests that the arguments name.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use netpol::{Source, Sources};

use crate::exit::Failure;

/// What standard input is called in messages.
const STDIN: &str = "<stdin>";

/// The file types that a folder is searched for.
const EXTENSIONS: [&str; 3] = ["yaml", "yml", "json"];

/// Reads files, folders and, for `-`, standard input, in the order of the arguments.
pub(crate) fn read(arguments: &[PathBuf]) -> Result<Sources, Failure> {
    let mut sources = Sources::default();
    for argument in arguments {
        if argument.as_os_str() == "-" {
            sources.add(read_text(STDIN, io::stdin().lock())?);
            continue;
        }
        for path in files(argument)? {
            let name = path.display().to_string();
            let file = File::open(&path).map_err(|error| unreadable(&name, &error))?;
            sources.add(read_text(&name, file)?);
        }
    }
    Ok(sources)
}

/// The file itself, or the manifests in and below a folder.
fn files(argument: &Path) -> Result<Vec<PathBuf>, Failure> {
    if !argument.is_dir() {
        return Ok(vec![argument.to_owned()]);
    }
    let mut found = Vec::new();
    search(argument, &mut found)?;
    if found.is_empty() {
        let folder = argument.display();
        let message = format_args!("{folder}: the folder holds no .yaml, .yml or .json file");
        return Err(Failure::new(message));
    }
    Ok(found)
}

/// Collects manifests in the order of their names. Like ripgrep, it leaves hidden entries alone;
/// like `kubectl apply --recursive`, it does not follow links to folders, which may form a loop.
fn search(folder: &Path, found: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let failed = |error| unreadable(&folder.display().to_string(), &error);
    let entries: io::Result<Vec<_>> = fs::read_dir(folder).map_err(failed)?.collect();
    let mut entries = entries.map_err(failed)?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        if entry.file_name().as_encoded_bytes().starts_with(b".") {
            continue;
        }
        if entry.file_type().map_err(failed)?.is_dir() {
            search(&path, found)?;
        } else if is_manifest(&path) && path.is_file() {
            found.push(path);
        }
    }
    Ok(())
}

fn is_manifest(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|it| EXTENSIONS.iter().any(|known| it.eq_ignore_ascii_case(known)))
}

fn read_text(name: &str, mut reader: impl Read) -> Result<Source, Failure> {
    let mut bytes = Vec::new();
    reader.read_to_end(&mut bytes).map_err(|error| unreadable(name, &error))?;
    if u32::try_from(bytes.len()).is_err() {
        return Err(Failure::new(format_args!("{name}: larger than 4 GiB; split it")));
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        not_utf8(name, error.as_bytes(), valid)
    })?;
    Ok(Source::new(name, text))
}

fn unreadable(name: &str, error: &io::Error) -> Failure {
    match error.kind() {
        io::ErrorKind::NotFound => Failure::new(format_args!("{name}: no such file or folder")),
        _ => Failure::new(format_args!("{name}: cannot be read: {error}")),
    }
}

/// Says where a text stops being UTF-8: byte `valid` is the first one that cannot be read.
fn not_utf8(name: &str, bytes: &[u8], valid: usize) -> Failure {
    let before = String::from_utf8_lossy(&bytes[..valid]);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    // A byte order mark of UTF-16: Windows' PowerShell redirects output like this.
    let what = match bytes {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => "the text is UTF-16".to_owned(),
        _ => format!("byte {valid} is not UTF-8"),
    };
    Failure::new(format_args!("{name}:{line}:{column}: {what}; save the file as UTF-8"))
}
