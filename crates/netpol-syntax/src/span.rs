//! Places in a text.

/// One of the texts that are read together; an index into [`Sources`](crate::Sources).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A range of bytes in one text, end exclusive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The text that the range is in.
    pub file: FileId,
    /// The first byte.
    pub start: u32,
    /// The byte behind the last.
    pub end: u32,
}

impl Span {
    /// The range `start..end` of `file`.
    pub fn new(file: FileId, start: usize, end: usize) -> Self {
        Self { file, start: start as u32, end: end as u32 }
    }

    /// The smallest range that covers both; both must be in the same text.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        debug_assert_eq!(self.file, other.file, "spans of different texts cannot be joined");
        Self { file: self.file, start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The range where it is after the text before it has grown by so many bytes.
    #[must_use]
    #[expect(clippy::cast_sign_loss, reason = "a place in a text of at most 4 GiB")]
    pub fn moved(self, by: i64) -> Self {
        let moved = |at: u32| (i64::from(at) + by) as u32;
        Self { file: self.file, start: moved(self.start), end: moved(self.end) }
    }

    /// The empty range at this range's start.
    #[must_use]
    pub fn start_point(self) -> Self {
        Self { end: self.start, ..self }
    }

    /// The empty range behind this range's end.
    #[must_use]
    pub fn end_point(self) -> Self {
        Self { start: self.end, ..self }
    }

    /// Whether the byte offset lies in the range.
    pub fn contains(self, offset: u32) -> bool {
        self.start <= offset && offset < self.end
    }

    /// The range as indices into the text.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}
