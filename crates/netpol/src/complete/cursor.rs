//! Where a cursor is in a manifest that is being written: which kind, which field, what is typed.
//!
//! What is being written seldom parses, so this reads lines and brackets, from the beginning of the
//! document to the cursor. Where it is wrong, the worst is a proposal that does not fit.

/// A step on the way from an object to a place in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Into a field.
    Field(String),
    /// Into an item of a list.
    Item,
}

impl Step {
    fn field(&self) -> Option<&str> {
        match self {
            Self::Field(name) => Some(name),
            Self::Item => None,
        }
    }
}

/// A place in a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Cursor {
    /// The document's `kind`.
    pub(super) kind: Option<String>,
    /// The way to the mapping or value that the cursor is in.
    pub(super) path: Vec<Step>,
    /// The key whose value is being written, if it is a value.
    pub(super) is_value: bool,
    /// Where the word at the cursor begins.
    pub(super) start: usize,
    /// The column of the line's own content, behind all dashes.
    pub(super) column: usize,
    /// Whether it is between brackets.
    pub(super) in_flow: bool,
    /// Keys of the same mapping, with their values as written.
    pub(super) siblings: Vec<(String, String)>,
}

/// A part of the path that is open at a line.
#[derive(Clone, Debug)]
struct Open {
    column: usize,
    step: Step,
}

impl Cursor {
    /// The place of a byte of `text`.
    pub(super) fn at(text: &str, offset: usize) -> Self {
        let offset = text.floor_char_boundary(offset.min(text.len()));
        let (start, end) = document_around(text, offset);
        let document = text.get(start..end).unwrap_or_default();
        let mut cursor = read(document, offset - start);
        cursor.kind = value_of_line(document, "kind");
        cursor.start += start;
        cursor
    }

    /// The fields on the way, without list items.
    pub(super) fn fields(&self) -> Vec<&str> {
        self.path.iter().filter_map(Step::field).collect()
    }
}

/// The document between two lines of dashes.
fn document_around(text: &str, offset: usize) -> (usize, usize) {
    let mut range = (0, text.len());
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let end = at + line.len();
        if line.starts_with("---") && line.get(3..).is_none_or(|rest| rest.trim().is_empty()) {
            if end <= offset {
                range.0 = end;
            } else if at > offset {
                range.1 = at;
                break;
            }
        }
        at = end;
    }
    range
}

/// The value of a field of the object itself.
fn value_of_line(document: &str, key: &str) -> Option<String> {
    document.lines().find_map(|line| {
        let value = line.strip_prefix(key)?.strip_prefix(':')?;
        let value = without_comment(value).trim().trim_matches(['"', '\'']);
        (!value.is_empty()).then(|| value.to_owned())
    })
}

fn read(document: &str, offset: usize) -> Cursor {
    let before = document.get(..offset).unwrap_or_default();
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let mut open: Vec<Open> = Vec::new();
    let mut flow = String::new();
    let mut scalar = None;
    for line in before.get(..line_start).unwrap_or_default().lines() {
        take_line(line, &mut open, &mut flow, &mut scalar);
    }
    let line = before.get(line_start..).unwrap_or_default();
    if !flow.is_empty() {
        flow.push_str(line);
        return in_flow(&open, &flow, offset);
    }
    let (column, rest) = enter(line, &mut open);
    close(&mut open, column);
    let all: Vec<&str> = document.lines().collect();
    let number = before.matches('\n').count();
    let base = Cursor {
        path: open.iter().map(|it| it.step.clone()).collect(),
        column,
        siblings: siblings(&all, number, column),
        ..Cursor::default()
    };
    match key_and_value(rest) {
        Some((key, value)) => {
            open.push(Open { column, step: Step::Field(key.to_owned()) });
            if value.trim_start().starts_with(['{', '[']) {
                return in_flow(&open, value.trim_start(), offset);
            }
            let path = open.iter().map(|it| it.step.clone()).collect();
            Cursor { path, is_value: true, start: offset - value.trim_start().len(), ..base }
        }
        None if rest.starts_with(['{', '[']) => in_flow(&open, rest, offset),
        None => Cursor { start: offset - rest.len(), ..base },
    }
}

/// Goes on by a whole line.
fn take_line(line: &str, open: &mut Vec<Open>, flow: &mut String, scalar: &mut Option<usize>) {
    if !flow.is_empty() {
        flow.push_str(without_comment(line));
        flow.push('\n');
        if brackets(flow) <= 0 {
            flow.clear();
        }
        return;
    }
    if line.trim().is_empty() || line.trim_start().starts_with('#') {
        return;
    }
    let indent = line.len() - line.trim_start().len();
    if scalar.is_some_and(|of| indent > of) {
        return;
    }
    *scalar = None;
    let (column, rest) = enter(line, open);
    close(open, column);
    let rest = without_comment(rest);
    let value = match key_and_value(rest) {
        Some((key, value)) => {
            open.push(Open { column, step: Step::Field(key.to_owned()) });
            value.trim()
        }
        None => rest.trim(),
    };
    if value.starts_with(['{', '[']) && brackets(value) > 0 {
        flow.push_str(value);
        flow.push('\n');
    } else if value.starts_with(['|', '>']) {
        *scalar = Some(indent);
    }
}

/// Goes into the list items that a line begins with: the column behind them, and the rest.
fn enter<'a>(line: &'a str, open: &mut Vec<Open>) -> (usize, &'a str) {
    let mut rest = line.trim_start_matches(' ');
    let mut column = line.len() - rest.len();
    while let Some(behind) =
        rest.strip_prefix('-').filter(|it| it.is_empty() || it.starts_with(' '))
    {
        // A list may stand in the column of its own key.
        open.retain(|it| it.column < column || (it.column == column && it.step != Step::Item));
        open.push(Open { column, step: Step::Item });
        let next = behind.trim_start_matches(' ');
        column += rest.len() - next.len();
        rest = next;
    }
    (column, rest)
}

/// Leaves what a line in this column is not in.
fn close(open: &mut Vec<Open>, column: usize) {
    open.retain(|it| it.column < column);
}

/// `key: value`, as far as it is written.
fn key_and_value(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|c: char| c == ':' || c.is_whitespace() || "{[\"'#".contains(c));
    let (quoted, rest) = match text.strip_prefix('"').and_then(|it| it.split_once('"')) {
        Some((key, rest)) => (key, rest),
        None => text.split_at(end?),
    };
    let value = rest.strip_prefix(':')?;
    (value.is_empty() || value.starts_with([' ', '\t'])).then_some((quoted, value))
}

/// Without a comment, as far as one line tells.
fn without_comment(line: &str) -> &str {
    line.split(" #").next().unwrap_or(line)
}

/// How many brackets are open.
fn brackets(text: &str) -> i32 {
    text.chars().fold(0, |depth, c| match c {
        '{' | '[' => depth + 1,
        '}' | ']' => depth - 1,
        _ => depth,
    })
}

/// An open bracket: how long the path to it is, whether it is a list, and the keys in it.
type Bracket = (usize, bool, Vec<(String, String)>);

/// A cursor at the end of `flow`, which begins with a bracket.
fn in_flow(open: &[Open], flow: &str, offset: usize) -> Cursor {
    let mut path: Vec<Step> = open.iter().map(|it| it.step.clone()).collect();
    let mut levels: Vec<Bracket> = Vec::new();
    let mut word = String::new();
    for c in flow.chars() {
        match c {
            '{' | '[' => {
                if c == '[' {
                    path.push(Step::Item);
                }
                levels.push((path.len(), c == '[', Vec::new()));
                word.clear();
            }
            '}' | ']' | ',' => {
                if let Some((length, _, keys)) = levels.last_mut() {
                    if path.len() > *length
                        && let Some(Step::Field(key)) = path.get(*length)
                    {
                        keys.push((key.clone(), word.trim().trim_matches(['"', '\'']).to_owned()));
                    }
                    path.truncate(*length);
                }
                if c != ',' {
                    let left = levels.pop();
                    if left.is_some_and(|(_, is_list, _)| is_list) {
                        path.pop();
                    }
                }
                word.clear();
            }
            ':' if levels
                .last()
                .is_some_and(|(length, list, _)| !list && path.len() == *length) =>
            {
                path.push(Step::Field(word.trim().trim_matches(['"', '\'']).to_owned()));
                word.clear();
            }
            _ => word.push(c),
        }
    }
    let typed = word.trim_start();
    let (length, is_list, siblings) = levels.pop().unwrap_or_default();
    Cursor {
        is_value: is_list || path.len() > length,
        start: offset - typed.len(),
        in_flow: true,
        path,
        siblings,
        ..Cursor::default()
    }
}

/// The keys of the block mapping that a line is in.
fn siblings(lines: &[&str], number: usize, column: usize) -> Vec<(String, String)> {
    let key = |line: &&str| {
        let rest = line.get(column..)?;
        let (key, value) = key_and_value(rest)?;
        let value = without_comment(value).trim().trim_matches(['"', '\'']);
        Some((key.to_owned(), value.to_owned()))
    };
    let indent = |line: &str| {
        let rest = line.trim_start_matches([' ', '-']);
        (line.len() - rest.len(), rest.is_empty() || rest.starts_with('#'))
    };
    let begins_item = |line: &str| {
        let dash = line.len() - line.trim_start().len();
        line.trim_start().starts_with("- ") && dash < column
    };
    let mut found = Vec::new();
    let own = lines.get(number).copied().unwrap_or_default();
    if !begins_item(own) {
        for line in lines.iter().take(number).rev() {
            match indent(line) {
                (_, true) => {}
                (at, _) if at < column => break,
                (at, _) if at == column => found.extend(key(line)),
                _ => {}
            }
            if begins_item(line) && indent(line).0 == column {
                break;
            }
        }
    }
    for line in lines.iter().skip(number + 1) {
        match indent(line) {
            (_, true) => {}
            (at, _) if at < column || begins_item(line) && at == column => break,
            (at, _) if at == column => found.extend(key(line)),
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `@` is the cursor.
    #[track_caller]
    fn check(text: &str, expected: &str) {
        let offset = text.find('@').unwrap();
        let text = text.replacen('@', "", 1);
        let cursor = Cursor::at(&text, offset);
        let steps: Vec<_> = cursor
            .path
            .iter()
            .map(|step| match step {
                Step::Field(name) => name.as_str(),
                Step::Item => "-",
            })
            .collect();
        let what = if cursor.is_value { "value" } else { "key" };
        let typed = &text[cursor.start..offset];
        let siblings: Vec<_> = cursor.siblings.iter().map(|(key, _)| key.as_str()).collect();
        let seen = format!("{what} `{typed}` of {} beside {}", steps.join("."), siblings.join(","));
        assert_eq!(seen, expected);
    }

    #[test]
    fn keys_in_blocks() {
        check("ki@", "key `ki` of  beside ");
        check("kind: Pod\nmeta@\nspec:\n  a: 1\n", "key `meta` of  beside kind,spec");
        check("spec:\n  podSelector: {}\n  po@\n", "key `po` of spec beside podSelector");
        check(
            "spec:\n  ingress:\n  - from:\n    - po@",
            "key `po` of spec.ingress.-.from.- beside ",
        );
        check(
            "spec:\n  ingress:\n  - from: []\n    po@\n  egress: []",
            "key `po` of spec.ingress.- beside from",
        );
        check("spec:\n  ingress:\n  - from: []\n  e@", "key `e` of spec beside ingress");
        check("a: 1\n---\nb: 1\nc@\n---\nd: 1\n", "key `c` of  beside b");
    }

    #[test]
    fn values_in_blocks() {
        check("kind: Po@", "value `Po` of kind beside ");
        check("spec:\n  policyTypes:\n  - In@", "key `In` of spec.policyTypes.- beside ");
        check(
            "metadata:\n  name: a # {\n  namespace: @",
            "value `` of metadata.namespace beside name",
        );
        check("a: |-\n  b: [\nc: @", "value `` of c beside a");
    }

    #[test]
    fn between_brackets() {
        check(
            "spec: {podSelector: {matchLabels: {ap@",
            "key `ap` of spec.podSelector.matchLabels beside ",
        );
        check("spec: {podSelector: {}, po@", "key `po` of spec beside podSelector");
        check("- {from: a, to: b, verdict: al@}", "value `al` of -.verdict beside from,to");
        check("spec:\n  policyTypes: [Ingress, E@]", "value `E` of spec.policyTypes.- beside ");
        check("- to: [{podSelector: {},\n    na@", "key `na` of -.to.- beside podSelector");
        check("a: {b: [c, d], @", "key `` of a beside b");
    }

    #[test]
    fn any_text_has_a_place() {
        let text = "a: {b: [}],: - é |\n\t- - x: {\n]]}}:\n---\n  : \n-\n";
        for offset in 0..text.len() + 3 {
            let cursor = Cursor::at(text, offset);
            assert!(cursor.start <= offset);
        }
    }
}
