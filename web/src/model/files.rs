//! Several files as one text.

use serde::Deserialize;

/// A file from the person's disk.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct OpenedFile {
    /// Its path in the folder that was opened, or its name.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// A name for the files together, and their text: one after another, each below a comment with its
/// path. `None` if there are none.
pub fn join_files(files: &[OpenedFile]) -> Option<(String, String)> {
    let (first, rest) = files.split_first()?;
    let (folder, _) = first.path.split_once('/').unwrap_or_default();
    let in_folder = |file: &OpenedFile| {
        file.path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
    };
    if rest.is_empty() {
        return Some((stem(&first.path).to_owned(), first.text.clone()));
    }
    let name = if !folder.is_empty() && files.iter().all(in_folder) {
        folder.to_owned()
    } else {
        format!("{} and {} more", stem(&first.path), rest.len())
    };
    Some((name, files.iter().map(section).collect()))
}

/// `policies/web.yaml` is `web`.
fn stem(path: &str) -> &str {
    let file = path.rsplit('/').next().unwrap_or(path);
    file.rsplit_once('.').map_or(file, |(stem, _)| stem)
}

fn section(file: &OpenedFile) -> String {
    // A mark at the beginning of a file is allowed, one in the middle of a text is not.
    let text = file.text.trim_start_matches('\u{feff}');
    let text =
        text.strip_prefix("---").filter(|rest| rest.starts_with(['\r', '\n'])).unwrap_or(text);
    let text = text.trim_matches(['\r', '\n']);
    let path: String = file.path.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    format!("---\n# {path}\n{text}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, text: &str) -> OpenedFile {
        OpenedFile { path: path.to_owned(), text: text.to_owned() }
    }

    #[test]
    fn one_file_stays_as_it_is() {
        let joined = join_files(&[file("web.yaml", "a: 1")]);
        assert_eq!(joined, Some(("web".to_owned(), "a: 1".to_owned())));
        assert_eq!(join_files(&[]), None);
    }

    #[test]
    fn several_files_are_told_apart_by_comments() {
        let files = [
            file("shop/a.yaml", "---\nkind: Pod\n...\n"),
            file("shop/b/b.json", "\u{feff}{\"kind\": \"Pod\"}"),
        ];
        let (name, text) = join_files(&files).unwrap();
        assert_eq!(name, "shop");
        assert_eq!(
            text,
            "---\n# shop/a.yaml\nkind: Pod\n...\n---\n# shop/b/b.json\n{\"kind\": \"Pod\"}\n"
        );
    }

    #[test]
    fn files_without_a_common_folder_are_called_by_the_first() {
        let name = |paths: &[&str]| {
            let files: Vec<_> = paths.iter().map(|path| file(path, "")).collect();
            join_files(&files).unwrap().0
        };
        assert_eq!(name(&["a.yaml", "b.yaml", "c.yaml"]), "a and 2 more");
        assert_eq!(name(&["a/x.yaml", "ab/y.yaml"]), "x and 1 more");
    }
}
