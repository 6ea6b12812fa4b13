//! Taking a document that is a long list apart by its looks, so that its items can be read one by one.

use std::ops::Range;

use crate::{Document, Entry, Node, Span, Value};

/// A document whose list under one of its keys was cut into items. The cut is a guess: it is right if
/// the frame and each item can be read alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List {
    /// What stands before the items.
    pub head: Range<usize>,
    /// The items, in block YAML each with its dash.
    pub items: Vec<Range<usize>>,
    /// What stands behind them.
    pub tail: Range<usize>,
    /// Where the list starts: at its bracket or its first dash.
    start: usize,
    /// Whether it is JSON.
    pub is_json: bool,
}

impl List {
    /// Cuts the part of a text between two separators at the items of the list under `key`.
    pub fn cut(text: &str, chunk: Range<usize>, key: &str) -> Option<Self> {
        let start = text[chunk.clone()].trim_start().len();
        let is_json = text[chunk.end - start..chunk.end].starts_with('{');
        let (head, items, tail) = if is_json {
            json_items(&text[..chunk.end], chunk.end - start, key)?
        } else {
            block_items(&text[..chunk.end], chunk.start, key)?
        };
        let dash = text[head..tail].len() - text[head..tail].trim_start_matches(' ').len();
        let start = if is_json { head - 1 } else { head + dash };
        Some(Self { head: chunk.start..head, items, tail: tail..chunk.end, start, is_json })
    }

    /// The cut where it is after the text before it has grown by so many bytes.
    pub fn shift(&mut self, by: i64) {
        let moved = |range: &Range<usize>| {
            let moved = |at: usize| at.saturating_add_signed(by as isize);
            moved(range.start)..moved(range.end)
        };
        self.head = moved(&self.head);
        self.tail = moved(&self.tail);
        self.items.iter_mut().for_each(|item| *item = moved(item));
        self.start = self.start.saturating_add_signed(by as isize);
    }

    /// The text without the items.
    pub(crate) fn frame(&self, text: &str) -> String {
        [&text[self.head.clone()], &text[self.tail.clone()]].concat()
    }

    /// From a place in the text without the items to one in the whole text.
    fn place(&self, at: u32) -> u32 {
        let at = at as usize;
        let place = match at.checked_sub(self.head.len()) {
            None => self.head.start + at,
            Some(behind) => self.tail.start + behind,
        };
        place as u32
    }

    /// The document that the text without items was read as, with its places in the whole text and
    /// with these items.
    pub(crate) fn fill(
        &self,
        mut frame: Document,
        key: &str,
        items: Vec<Node>,
    ) -> Option<Document> {
        move_to(&mut frame.root, &|at| self.place(at));
        let Value::Mapping(mapping) = &mut frame.root.value else { return None };
        let list = mapping.entries.iter_mut().find(|entry| entry.key == key)?;
        let is_empty = match &list.value.value {
            Value::Null => !self.is_json,
            Value::Sequence(items) => self.is_json && items.is_empty(),
            _ => false,
        };
        // Otherwise something else was cut.
        let is_here = list.value.span.start as usize + 1 == self.head.end;
        if !is_empty || !is_here {
            return None;
        }
        if let Some(last) = items.last() {
            let end = if self.is_json { self.tail.start + 1 } else { last.span.end as usize };
            list.value.span = Span::new(list.key_span.file, self.start, end);
            list.value.value = Value::Sequence(items);
            frame.root.span = frame.root.span.to(list.value.span);
        }
        frame.span = frame.root.span;
        Some(frame)
    }
}

/// Moves all places of a tree.
fn move_to(node: &mut Node, place: &impl Fn(u32) -> u32) {
    let moved = |span: Span| Span { start: place(span.start), end: place(span.end), ..span };
    node.span = moved(node.span);
    match &mut node.value {
        Value::Sequence(items) => items.iter_mut().for_each(|item| move_to(item, place)),
        Value::Mapping(mapping) => {
            for Entry { key_span, value, .. } in &mut mapping.entries {
                *key_span = moved(*key_span);
                move_to(value, place);
            }
        }
        _ => {}
    }
}

/// Where the head ends, the items, and where the tail starts.
type Parts = (usize, Vec<Range<usize>>, usize);

/// The items of a block list: each starts with a dash in the same column.
fn block_items(text: &str, start: usize, key: &str) -> Option<Parts> {
    let line = format!("\n{key}:\n");
    let head = if text[start..].starts_with(&line[1..]) {
        start + line.len() - 1
    } else {
        start + text[start..].find(&line)? + line.len()
    };
    let bytes = text.as_bytes();
    let column = bytes[head..].iter().take_while(|byte| **byte == b' ').count();
    let mut starts = Vec::new();
    let mut at = head;
    while at < text.len() {
        let spaces = bytes[at..].iter().take(column + 1).take_while(|byte| **byte == b' ').count();
        match (bytes.get(at + spaces), bytes.get(at + spaces + 1)) {
            (None | Some(b'\n'), _) => {}
            (Some(b'-'), Some(b' ')) if spaces == column => starts.push(at),
            _ if spaces > column => {}
            _ => break,
        }
        let line = text[at..].find('\n').map_or(&text[at..], |end| &text[at..=at + end]);
        if line.trim() == "-" {
            return None;
        }
        at += line.len();
    }
    if starts.first() != Some(&head) {
        return None;
    }
    let ends = starts[1..].iter().copied().chain([at]);
    Some((head, starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect(), at))
}

/// The items of a list in a JSON object.
fn json_items(text: &str, start: usize, key: &str) -> Option<Parts> {
    let mut scan = Scan { bytes: text.as_bytes(), at: start + 1 };
    loop {
        let name = scan.value()?;
        if scan.next()? != b':' {
            return None;
        }
        scan.at += 1;
        let is_key = text[name].strip_prefix('"').and_then(|it| it.strip_suffix('"')) == Some(key);
        if is_key && scan.next()? == b'[' {
            break;
        }
        scan.value()?;
        if scan.next()? != b',' {
            return None;
        }
        scan.at += 1;
    }
    scan.at += 1;
    let head = scan.at;
    let mut items = Vec::new();
    loop {
        items.push(scan.value()?);
        match scan.next()? {
            b',' => scan.at += 1,
            b']' => return Some((head, items, scan.at)),
            _ => return None,
        }
    }
}

/// Skips over JSON without a look at what it says.
struct Scan<'t> {
    bytes: &'t [u8],
    at: usize,
}

impl Scan<'_> {
    /// The next byte that is no white space.
    fn next(&mut self) -> Option<u8> {
        while matches!(self.bytes.get(self.at)?, b' ' | b'\t' | b'\n' | b'\r') {
            self.at += 1;
        }
        self.bytes.get(self.at).copied()
    }

    /// The place of the next text, object or list, or of a word or number.
    fn value(&mut self) -> Option<Range<usize>> {
        self.next()?;
        let start = self.at;
        let mut depth = 0_usize;
        loop {
            match self.bytes.get(self.at)? {
                b'"' => self.text()?,
                b'{' | b'[' => depth += 1,
                b'}' | b']' | b',' | b':' if depth == 0 => return None,
                b'}' | b']' => depth -= 1,
                _ => {}
            }
            self.at += 1;
            let ends = || self.bytes.get(self.at).is_none_or(|byte| b",:]} \t\r\n".contains(byte));
            if depth == 0 && ends() {
                return Some(start..self.at);
            }
        }
    }

    /// To the closing quote.
    fn text(&mut self) -> Option<()> {
        loop {
            self.at += 1;
            match self.bytes.get(self.at)? {
                b'"' => return Some(()),
                b'\\' => self.at += 1,
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests;
