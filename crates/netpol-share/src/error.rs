//! Why a link cannot be read or written.

use std::error::Error;
use std::fmt;

use crate::{LARGEST_TEXT, LONGEST_FRAGMENT};

/// Why a fragment cannot be read. Each is told with what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReadError {
    /// It begins like nothing that this crate writes.
    NotALink,
    /// Made by a later version.
    NewerFormat,
    /// A codec that the format does not have.
    UnknownCodec(char),
    /// A character that no payload contains.
    Alphabet {
        /// What stands there.
        found: char,
        /// Which character of the fragment it is, counted from 1.
        place: usize,
    },
    /// The mark at the payload's end is not there.
    Cut,
    /// The checksum does not fit.
    Damaged,
    /// The checksum fits, and yet there is no document behind it: whoever wrote it made a mistake.
    Malformed,
    /// Longer than [`LONGEST_FRAGMENT`].
    TooLong,
    /// Its text is larger than [`LARGEST_TEXT`].
    TooLarge,
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotALink => write!(
                f,
                "this is no playground link: one goes on with `#1.d…`, `#example=NAME` or \
                 `#url=https://…`"
            ),
            Self::NewerFormat => write!(
                f,
                "the link was made by a newer version: update this one, or open the link at the \
                 address that it names"
            ),
            Self::UnknownCodec(codec) => write!(
                f,
                "the link is packed in a way that format 1 does not have, `{codec}`: copy it again \
                 from where it was made"
            ),
            Self::Alphabet { found, place } => write!(
                f,
                "the link contains `{}` at character {place}, which no link contains: copy it \
                 again from where it was made",
                found.escape_debug()
            ),
            Self::Cut => write!(
                f,
                "the end of the link is missing, as if a program had cut it: copy all of it from \
                 where it was made"
            ),
            Self::Damaged => write!(
                f,
                "a character of the link was changed or lost, its checksum does not fit: copy it \
                 again from where it was made"
            ),
            Self::Malformed => write!(
                f,
                "the link is whole, but holds no document: the program that made it does not \
                 follow the format"
            ),
            Self::TooLong => write!(
                f,
                "the link has more than {LONGEST_FRAGMENT} characters, which is more than is read: \
                 ask who sent it for the manifests as a file"
            ),
            Self::TooLarge => write!(
                f,
                "the link holds more than {} MiB of text, which is more than is read: ask who \
                 sent it for the manifests as a file",
                LARGEST_TEXT >> 20
            ),
        }
    }
}

impl Error for ReadError {}

/// Why a document does not become a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WriteError {
    /// The text has more bytes than [`LARGEST_TEXT`].
    TooLarge {
        /// How many it has.
        bytes: usize,
    },
    /// The link would be longer than [`LONGEST_FRAGMENT`].
    TooLong {
        /// How many characters it would have.
        characters: usize,
    },
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge { bytes } => write!(
                f,
                "the manifests have {bytes} bytes, and a link holds at most {LARGEST_TEXT}"
            ),
            Self::TooLong { characters } => write!(
                f,
                "the link would have {characters} characters, and browsers take about \
                 {LONGEST_FRAGMENT}"
            ),
        }
    }
}

impl Error for WriteError {}
