//! Scalars and keys of block YAML.

use std::borrow::Cow;

use super::Reader;
use crate::scalar::{Scalar, resolve};
use crate::{Mapping, Node, Value};

/// Longer keys must be marked with `?`.
const LONGEST_KEY: usize = 1000;

/// Whether a text holds nothing that the YAML parser may take for a line break, or refuses.
pub(super) fn is_printable(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
        || text.chars().all(|c| {
            !c.is_control()
                && !matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
        })
}

impl<'t> Reader<'t, '_> {
    /// The key that starts here; what follows its colon is next. Nothing is read if it is no key.
    pub(super) fn key(&mut self) -> Option<Node> {
        let start = self.at;
        let value = match self.byte() {
            Some(b'"') => self.double_quoted(),
            Some(b'\'') => self.single_quoted(),
            _ => self.plain().and_then(meaning),
        };
        let end = self.at;
        let is_key = self.byte() == Some(b':') && self.ends_word() && end - start <= LONGEST_KEY;
        let key = value.filter(|_| is_key);
        self.at = if key.is_some() { end + 1 } else { start };
        key.map(|value| Node { span: self.context.span(start, end), value })
    }

    /// A value behind a key or a dash, inside of a collection in that column.
    pub(super) fn inline_value(&mut self, column: usize) -> Option<Node> {
        let start = self.at;
        let value = match self.byte()? {
            b'"' => self.double_quoted()?,
            b'\'' => self.single_quoted()?,
            b'{' => self.empty("{}", Value::Mapping(Mapping::default()))?,
            b'[' => self.empty("[]", Value::Sequence(Vec::new()))?,
            b'|' => return self.literal(column),
            _ => return self.plain_lines(column),
        };
        let span = self.context.span(start, self.at);
        if !self.is_line_done() {
            return None;
        }
        self.next_line()?;
        Some(Node { span, value })
    }

    fn empty(&mut self, brackets: &str, value: Value) -> Option<Value> {
        self.text[self.at..].starts_with(brackets).then(|| self.at += brackets.len())?;
        Some(value)
    }

    /// Text without quotes, up to the end of the line or a colon that ends a key.
    fn plain(&mut self) -> Option<&'t str> {
        /// What a text without quotes cannot start with.
        const INDICATORS: &[u8] = b"?:,[]{}#&*!|>'\"%@`";
        let rest = &self.text.as_bytes()[self.at..];
        let is_unusual = match rest {
            [b'-', next, ..] => b"[]{}, \n".contains(next),
            [first, ..] => INDICATORS.contains(first) || rest == b"-",
            [] => true,
        };
        if is_unusual { None } else { self.plain_line() }
    }

    /// A line of text without quotes, whatever it starts with.
    fn plain_line(&mut self) -> Option<&'t str> {
        let rest = &self.text[self.at..];
        let bytes = rest.as_bytes();
        let mut length = 0;
        let mut is_ascii = true;
        while let Some(byte) = bytes.get(length) {
            match byte {
                b'\n' => break,
                b':' if matches!(bytes.get(length + 1), None | Some(b' ' | b'\n')) => break,
                b'#' if length > 0 && bytes[length - 1] == b' ' => return None,
                b' '..=b'~' => {}
                0..0x80 => return None,
                _ => is_ascii = false,
            }
            length += 1;
        }
        let text = rest[..length].trim_end_matches(' ');
        self.at += text.len();
        (!text.is_empty() && (is_ascii || is_printable(text))).then_some(text)
    }

    /// Text without quotes that may go on in the lines below, further in than that column.
    fn plain_lines(&mut self, column: usize) -> Option<Node> {
        let start = self.at;
        let mut text = Cow::Borrowed(self.plain()?);
        let mut end = self.at;
        loop {
            if !self.is_line_done() {
                return None;
            }
            let line_end = self.at;
            self.next_line()?;
            if self.column <= Some(column) {
                break;
            }
            let between = &self.text[line_end..self.at];
            if between.contains('#') {
                return None;
            }
            match between.matches('\n').count() {
                0 | 1 => text.to_mut().push(' '),
                more => text.to_mut().extend(std::iter::repeat_n('\n', more - 1)),
            }
            text.to_mut().push_str(self.plain_line()?);
            end = self.at;
        }
        let value = match text {
            Cow::Borrowed(text) => meaning(text)?,
            Cow::Owned(text) => Value::String(text),
        };
        Some(Node { span: self.context.span(start, end), value })
    }

    /// The inside of a text in quotes that ends on its line, and where the text ends.
    fn quoted(&mut self, quote: u8) -> Option<&'t str> {
        let start = self.at + 1;
        let rest = &self.text[start..];
        let bytes = rest.as_bytes();
        let mut length = 0;
        loop {
            match *bytes.get(length)? {
                b'\\' if quote == b'"' => length += 2,
                b'\'' if quote == b'\'' && bytes.get(length + 1) == Some(&b'\'') => length += 2,
                byte if byte == quote => break,
                b'\n' => return None,
                _ => length += 1,
            }
        }
        self.at = start + length + 1;
        rest.get(..length).filter(|content| is_printable(content))
    }

    fn single_quoted(&mut self) -> Option<Value> {
        let content = self.quoted(b'\'')?;
        let text =
            if content.contains('\'') { content.replace("''", "'") } else { content.to_owned() };
        Some(Value::String(text))
    }

    fn double_quoted(&mut self) -> Option<Value> {
        let mut rest = self.quoted(b'"')?;
        let mut text = String::with_capacity(rest.len());
        while let Some((before, after)) = rest.split_once('\\') {
            text.push_str(before);
            let escape = after.chars().next()?;
            text.push(match escape {
                '"' | '\\' => escape,
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                _ => return None,
            });
            rest = &after[1..];
        }
        text.push_str(rest);
        Some(Value::String(text))
    }

    /// A text of several lines behind a `|`.
    fn literal(&mut self, column: usize) -> Option<Node> {
        let start = self.at;
        self.at += 1;
        let chomp = self.byte().filter(|byte| matches!(byte, b'-' | b'+'));
        self.at += usize::from(chomp.is_some());
        if !self.is_line_done() {
            return None;
        }
        self.at += 1;
        let mut text = String::new();
        let end = self.literal_lines(column, &mut text)?;
        match chomp {
            Some(b'+') => {}
            Some(_) => text.truncate(text.trim_end_matches('\n').len()),
            None => text.truncate(text.trim_end_matches('\n').len() + 1),
        }
        let end = start + self.text[start..end].trim_end().len();
        self.line = self.at;
        self.next_line()?;
        Some(Node { span: self.context.span(start, end), value: Value::String(text) })
    }

    /// The lines of a literal text, each with its line break. Returns where the last one ends.
    fn literal_lines(&mut self, column: usize, text: &mut String) -> Option<usize> {
        let mut indentation = None;
        let mut end = self.at;
        loop {
            let rest = self.text.get(self.at..)?;
            let Some((line, _)) = rest.split_once('\n') else {
                // A last line without a line break is too rare to know what it means.
                break rest.is_empty().then_some(end).filter(|_| indentation.is_some());
            };
            let content = line.trim_start_matches(' ');
            let spaces = line.len() - content.len();
            if content.is_empty() {
                if indentation.is_none_or(|known| spaces > known) && spaces > 0 {
                    return None;
                }
            } else {
                let known = *indentation.get_or_insert(spaces);
                if known <= column || content.starts_with('#') && spaces < known {
                    return None;
                }
                if spaces < known {
                    break Some(end);
                }
                if !is_printable(content) {
                    return None;
                }
                text.push_str(&line[known..]);
                end = self.at + line.len();
            }
            text.push('\n');
            self.at += line.len() + 1;
        }
    }
}

/// What a text without quotes means, if that has a form in JSON.
fn meaning(text: &str) -> Option<Value> {
    match resolve(text) {
        Scalar::Text if text == "<<" => None,
        Scalar::Text => Some(Value::String(text.to_owned())),
        Scalar::Null => Some(Value::Null),
        Scalar::Bool(value) => Some(Value::Bool(value)),
        Scalar::Integer(value) => Some(Value::Integer(value)),
        Scalar::Float(value) => Some(Value::Float(value)),
        Scalar::NotFinite => None,
    }
}
