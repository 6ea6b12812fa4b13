//! A reader of plain block YAML: what `kubectl get -o yaml` and most people write, read several times
//! faster than by the YAML parser. Whatever is only a little unusual (an anchor, a tag, a flow
//! collection with something in it, a comment behind a value) is left to that parser.

mod scalar;

use crate::context::{Context, MAX_DEPTH};
use crate::key::{Key, new_key};
use crate::{Entry, Mapping, Node, Value};

/// Reads the range of the text as one block mapping or list, at that depth of others around it.
/// `None` if it is anything else, however little: the YAML parser then says what it is, or what is
/// wrong with it. What this reader accepts, that parser reads as the same tree.
pub(crate) fn read(
    context: &mut Context<'_>,
    start: usize,
    end: usize,
    depth: usize,
) -> Option<Node> {
    let findings = context.parsed.findings.len();
    let text = &context.text[..end];
    let mut reader = Reader { text, at: start, line: start, column: None, depth, context };
    let root = reader.document();
    if root.is_none() {
        context.parsed.findings.truncate(findings);
    }
    root
}

struct Reader<'t, 'c> {
    /// The text up to the end of the range.
    text: &'t str,
    /// The next byte to read.
    at: usize,
    /// Where the line starts that `at` is in.
    line: usize,
    /// The column of the content at `at`, if that is the first of its line; `None` at the end.
    column: Option<usize>,
    depth: usize,
    context: &'c mut Context<'t>,
}

impl Reader<'_, '_> {
    fn document(&mut self) -> Option<Node> {
        self.next_line()?;
        let root = self.collection(self.column?)?;
        self.column.is_none().then_some(root)
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The byte behind the next one is white space, or there is none.
    fn ends_word(&self) -> bool {
        matches!(self.text.as_bytes().get(self.at + 1), None | Some(b' ' | b'\n'))
    }

    fn skip_spaces(&mut self) {
        let rest = &self.text.as_bytes()[self.at..];
        self.at += rest.iter().take_while(|byte| **byte == b' ').count();
    }

    /// Whether nothing but spaces is left on the line.
    fn is_line_done(&mut self) -> bool {
        self.skip_spaces();
        matches!(self.byte(), None | Some(b'\n'))
    }

    /// From the end of a line to the content of the next line that has any, over comments.
    fn next_line(&mut self) -> Option<()> {
        loop {
            self.skip_spaces();
            match self.byte() {
                None => {
                    self.column = None;
                    return Some(());
                }
                Some(b'\n') => {
                    self.at += 1;
                    self.line = self.at;
                }
                Some(b'#') => self.skip_comment()?,
                Some(b'\t' | b'\r') => return None,
                Some(_) => {
                    self.column = Some(self.at - self.line);
                    return (!self.is_marker()).then_some(());
                }
            }
        }
    }

    fn skip_comment(&mut self) -> Option<()> {
        let rest = &self.text[self.at..];
        let comment = rest.find('\n').map_or(rest, |end| &rest[..end]);
        self.at += comment.len();
        scalar::is_printable(comment).then_some(())
    }

    /// Whether a line starts like `---` or `...`.
    fn is_marker(&self) -> bool {
        let rest = &self.text[self.at..];
        self.at == self.line && (rest.starts_with("---") || rest.starts_with("..."))
    }

    fn is_item(&self) -> bool {
        self.byte() == Some(b'-') && self.ends_word()
    }

    /// The list or mapping that starts here, in that column.
    fn collection(&mut self, column: usize) -> Option<Node> {
        if self.is_item() {
            return self.nested(|reader| reader.sequence(column));
        }
        let key = self.key()?;
        self.nested(|reader| reader.mapping(column, key))
    }

    fn nested(&mut self, read: impl FnOnce(&mut Self) -> Option<Node>) -> Option<Node> {
        if self.depth == MAX_DEPTH {
            return None;
        }
        self.depth += 1;
        let node = read(self)?;
        self.depth -= 1;
        Some(node)
    }

    fn sequence(&mut self, column: usize) -> Option<Node> {
        let start = self.at;
        let mut items = Vec::new();
        loop {
            self.at += 1;
            if self.is_line_done() {
                return None;
            }
            let inner = self.at - self.line;
            if self.is_item() {
                items.push(self.nested(|reader| reader.sequence(inner))?);
            } else if let Some(key) = self.key() {
                items.push(self.nested(|reader| reader.mapping(inner, key))?);
            } else {
                items.push(self.inline_value(column)?);
            }
            match self.column {
                Some(next) if next > column => return None,
                Some(next) if next == column && self.is_item() => {}
                _ => break,
            }
        }
        items.shrink_to_fit();
        let end = items.last().map_or(start, |last| last.span.end as usize);
        Some(Node { span: self.context.span(start, end), value: Value::Sequence(items) })
    }

    /// A mapping whose first key was read, and its colon.
    fn mapping(&mut self, column: usize, first: Node) -> Option<Node> {
        let start = first.span.start as usize;
        let mut entries = Vec::new();
        let mut key = first;
        loop {
            let Ok(Key::Text(text, key_span)) = new_key(key) else { return None };
            let value = self.value(column)?;
            entries.push(Entry { key: text, key_span, value });
            match self.column {
                Some(next) if next > column => return None,
                Some(next) if next == column && !self.is_item() => key = self.key()?,
                _ => break,
            }
        }
        let end = entries.last().map_or(start, |last| last.value.span.end as usize);
        let mapping: Mapping = self.context.mapping(entries, |_| false);
        Some(Node { span: self.context.span(start, end), value: Value::Mapping(mapping) })
    }

    /// What stands behind the colon of a key in that column.
    fn value(&mut self, column: usize) -> Option<Node> {
        let colon = self.at;
        if !self.is_line_done() {
            return self.inline_value(column);
        }
        self.next_line()?;
        match self.column {
            Some(next) if next > column => self.collection(next),
            Some(next) if next == column && self.is_item() => {
                self.nested(|reader| reader.sequence(column))
            }
            _ => Some(Node { span: self.context.span(colon, colon), value: Value::Null }),
        }
    }
}

#[cfg(test)]
mod tests;
