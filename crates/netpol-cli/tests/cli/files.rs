//! Which files are read, and those that cannot be.

use std::fs;
use std::path::{Path, PathBuf};

use expect_test::{Expect, expect};

use crate::support::{check, run, transcript};

/// A folder of its own for one test, with these files.
fn folder(test: &str, files: &[(&str, &[u8])]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
    // Left from an earlier run, or not there.
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    for (name, content) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    folder
}

#[track_caller]
fn check_in(folder: &Path, arguments: &str, stdin: &str, expected: &Expect) {
    expected.assert_eq(&transcript(&run(folder, arguments, stdin)));
}

#[test]
fn a_missing_file_is_named() {
    check(
        "reach nothing.yaml",
        &expect![[r#"
        --- standard error
        netpol: nothing.yaml: no such file or folder
        --- exit status 2
    "#]],
    );
}

#[test]
fn text_that_is_not_utf8_is_named_with_its_place() {
    let folder = folder("not-utf8", &[("bad.yaml", b"kind: Pod\nmetadata: {name: \xe9t\xe9}\n")]);
    check_in(
        &folder,
        "reach bad.yaml",
        "",
        &expect![[r#"
        --- standard error
        netpol: bad.yaml:2:18: byte 27 is not UTF-8; save the file as UTF-8
        --- exit status 2
    "#]],
    );
}

#[test]
fn utf16_is_recognised() {
    let folder = folder("utf16", &[("bad.yaml", b"\xff\xfek\0i\0n\0d\0")]);
    check_in(
        &folder,
        "reach bad.yaml",
        "",
        &expect![[r#"
        --- standard error
        netpol: bad.yaml:1:1: the text is UTF-16; save the file as UTF-8
        --- exit status 2
    "#]],
    );
}

#[test]
fn a_folder_without_manifests_is_no_input() {
    let folder = folder("no-manifests", &[("docs/readme.md", b"# Readme\n")]);
    check_in(
        &folder,
        "reach docs",
        "",
        &expect![[r#"
        --- standard error
        netpol: docs: the folder holds no .yaml, .yml or .json file
        --- exit status 2
    "#]],
    );
}

#[test]
fn folders_are_searched_in_the_order_of_names() {
    let broken: &[u8] = b"kind: [";
    let folder = folder(
        "order",
        &[
            ("b.yaml", broken),
            ("a/z.yml", broken),
            ("a/b.JSON", broken),
            ("a/.hidden.yaml", broken),
            (".hidden/a.yaml", broken),
            ("c.txt", broken),
        ],
    );
    let run = run(&folder, "reach b.yaml . -", "kind: [");
    let places = run.stderr.lines().filter_map(|line| line.trim_start().strip_prefix("--> "));
    let files: Vec<_> = places.filter_map(|place| place.split(':').next()).collect();
    assert_eq!(files, ["b.yaml", "./a/b.JSON", "./a/z.yml", "./b.yaml", "<stdin>"]);
    assert_eq!(run.status, 1);
}
