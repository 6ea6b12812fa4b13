//! The texts that are read together, and line and column of a place in them.

use crate::{FileId, Span};

/// A place as a person counts it: line and column start at 1, columns count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Location {
    /// The line, from 1.
    pub line: u32,
    /// The column in characters (Unicode scalar values), from 1.
    pub column: u32,
}

/// One text with a name.
#[derive(Clone, Debug)]
pub struct Source {
    name: String,
    text: String,
    /// The byte at which each line starts; the first is 0.
    line_starts: Vec<u32>,
    /// How many characters there are before each block of bytes, so that a place in a line of
    /// megabytes is found as quickly as any other.
    characters: Vec<u32>,
}

/// The size of these blocks.
const BLOCK: usize = 1024;

/// So many lines after its start a range is first expected to end.
const NEAR_LINES: usize = 16;

impl Source {
    /// A text that is called `name` in messages: a file's path, or what a person would call it.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        let line_starts = line_starts(&text);
        let mut before = 0;
        let characters = text.as_bytes().chunks(BLOCK).map(|block| {
            let start = before;
            before += count(block);
            start
        });
        let characters = characters.collect();
        Self { name: name.into(), text, line_starts, characters }
    }

    /// How many characters start before a byte.
    fn characters_before(&self, at: usize) -> u32 {
        let block = at / BLOCK;
        let known = self.characters.get(block).copied();
        let known = known.map(|known| known + count(&self.text.as_bytes()[block * BLOCK..at]));
        known.unwrap_or_else(|| count(self.text.as_bytes()))
    }

    /// What the text is called in messages.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Line and column of a byte offset; an offset behind the end counts as the end.
    pub fn location(&self, offset: u32) -> Location {
        self.location_in(Self::line_of(&self.line_starts, offset), offset)
    }

    /// Line and column of two byte offsets, of which the second is not before the first.
    pub fn locations(&self, start: u32, end: u32) -> (Location, Location) {
        let line = Self::line_of(&self.line_starts, start);
        // Most ranges end in the line in which they start, or soon after.
        let rest = &self.line_starts[line..];
        let near = &rest[..rest.len().min(NEAR_LINES)];
        let lines = if near.last().is_some_and(|last| *last > end) { near } else { rest };
        let last = line + Self::line_of(lines, end);
        (self.location_in(line, start), self.location_in(last, end))
    }

    /// The index of the last of some lines that starts at an offset or before.
    fn line_of(starts: &[u32], offset: u32) -> usize {
        starts.partition_point(|start| *start <= offset).max(1) - 1
    }

    fn location_in(&self, line: usize, offset: u32) -> Location {
        let start = self.line_starts[line] as usize;
        let end = (offset as usize).min(self.text.len()).max(start);
        let column = if end - start < BLOCK {
            count(&self.text.as_bytes()[start..end])
        } else {
            self.characters_before(end) - self.characters_before(start)
        };
        Location { line: line as u32 + 1, column: column + 1 }
    }
}

/// How many characters start in these bytes.
fn count(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|byte| !is_continuation(**byte)).count() as u32
}

/// The byte at which each line starts; the first is 0.
pub(crate) fn line_starts(text: &str) -> Vec<u32> {
    std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at as u32 + 1)).collect()
}

/// Whether a byte is the second or a later one of a UTF-8 sequence.
fn is_continuation(byte: u8) -> bool {
    byte & 0b1100_0000 == 0b1000_0000
}

/// All texts of one analysis; [`FileId`]s index into it.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<Source>,
}

impl Sources {
    /// One text.
    pub fn single(name: impl Into<String>, text: impl Into<String>) -> Self {
        let mut sources = Self::default();
        sources.add(Source::new(name, text));
        sources
    }

    /// Adds a text and returns its number.
    pub fn add(&mut self, source: Source) -> FileId {
        self.files.push(source);
        FileId(self.files.len() as u32 - 1)
    }

    /// The text with that number, which must have come from [`Sources::add`] of this value.
    pub fn get(&self, file: FileId) -> &Source {
        &self.files[file.0 as usize]
    }

    /// All texts with their numbers, in the order in which they were added.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &Source)> {
        self.files.iter().enumerate().map(|(i, source)| (FileId(i as u32), source))
    }

    /// The characters that a span covers.
    pub fn text_of(&self, span: Span) -> &str {
        self.get(span.file).text().get(span.range()).unwrap_or_default()
    }

    /// Line and column of a span's start.
    pub fn location(&self, span: Span) -> Location {
        self.get(span.file).location(span.start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let source = Source::new("t", "ab\né: x\n");
        let at = |offset| {
            let Location { line, column } = source.location(offset);
            (line, column)
        };
        assert_eq!(at(0), (1, 1));
        assert_eq!(at(2), (1, 3));
        assert_eq!(at(3), (2, 1));
        assert_eq!(at(5), (2, 2), "é is two bytes and one character");
        assert_eq!(at(9), (3, 1));
        assert_eq!(at(99), (3, 1));
    }

    #[test]
    fn both_ends_of_a_range_are_found_wherever_it_ends() {
        let text = "ab: é
"
        .repeat(3 * NEAR_LINES);
        let source = Source::new("t", &*text);
        for start in 0..=text.len() as u32 + 1 {
            for end in start..=text.len() as u32 + 1 {
                let expected = (source.location(start), source.location(end));
                assert_eq!(source.locations(start, end), expected, "{start}..{end}");
            }
        }
    }

    #[test]
    fn long_lines_are_counted_like_short_ones() {
        for length in [BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK] {
            let text = "é".repeat(length) + "\nab" + &"x".repeat(length);
            let source = Source::new("t", &*text);
            for (index, (at, _)) in text.char_indices().enumerate() {
                let location = source.location(at as u32);
                let (line, before) = if index > length { (2, length + 1) } else { (1, 0) };
                assert_eq!(location, Location { line, column: (index - before) as u32 + 1 });
            }
        }
    }
}
