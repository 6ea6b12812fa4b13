//! Several files as one text.

/// A file from the person's disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenedFile {
    /// Its path in the folder that was opened, or its name.
    pub path: String,
    /// Its text.
    pub text: String,
}

impl OpenedFile {
    /// A file with these bytes, without the mark that some begin with. What is no text is shown as such.
    pub fn new(path: String, bytes: Vec<u8>) -> Self {
        let lossy = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let mut text = String::from_utf8(bytes).unwrap_or_else(|error| lossy(error.as_bytes()));
        if text.starts_with(MARK) {
            text.drain(..MARK.len_utf8());
        }
        Self { path, text }
    }
}

/// May stand at the beginning of a file and belongs to no text.
const MARK: char = '\u{feff}';

/// A name for the files together, and their text: one after another, each below a comment with its
/// path. `None` if there are none.
pub fn join_files(mut files: Vec<OpenedFile>) -> Option<(String, String)> {
    if let [_] = &*files {
        return files.pop().map(|file| (stem(&file.path).to_owned(), file.text));
    }
    let (first, rest) = files.split_first()?;
    let (folder, _) = first.path.split_once('/').unwrap_or_default();
    let in_folder = |file: &OpenedFile| {
        file.path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
    };
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
    let text = &*file.text;
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
        OpenedFile::new(path.to_owned(), text.into())
    }

    #[test]
    fn one_file_stays_as_it_is() {
        let joined = join_files(vec![file("web.yaml", "a: 1")]);
        assert_eq!(joined, Some(("web".to_owned(), "a: 1".to_owned())));
        assert_eq!(join_files(Vec::new()), None);
    }

    #[test]
    fn what_is_no_text_is_shown_and_marks_of_files_are_not() {
        let text = |bytes: &[u8]| OpenedFile::new(String::new(), bytes.into()).text;
        assert_eq!(text(b"\xef\xbb\xbfa: 1"), "a: 1");
        assert_eq!(text(b"a: \xff"), "a: \u{fffd}");
    }

    #[test]
    fn several_files_are_told_apart_by_comments() {
        let files = [
            file("shop/a.yaml", "---\nkind: Pod\n...\n"),
            file("shop/b/b.json", "\u{feff}{\"kind\": \"Pod\"}"),
        ];
        let (name, text) = join_files(files.into()).unwrap();
        assert_eq!(name, "shop");
        assert_eq!(
            text,
            "---\n# shop/a.yaml\nkind: Pod\n...\n---\n# shop/b/b.json\n{\"kind\": \"Pod\"}\n"
        );
    }

    #[test]
    fn files_without_a_common_folder_are_called_by_the_first() {
        let name = |paths: &[&str]| {
            join_files(paths.iter().map(|path| file(path, "")).collect()).unwrap().0
        };
        assert_eq!(name(&["a.yaml", "b.yaml", "c.yaml"]), "a and 2 more");
        assert_eq!(name(&["a/x.yaml", "ab/y.yaml"]), "x and 1 more");
    }
}
