//! How page and worker write to each other: values one after another, without the names of fields.
//!
//! JSON would make the page's program a fifth larger, as it reads fields by name and in any order,
//! and takes several times as long. The known compact formats that leave out names, such as
//! [postcard](https://docs.rs/postcard), cannot leave out fields as the views do with
//! `skip_serializing_if`: what comes behind would be read in the place of what is not there.
//!
//! Both ends are always of the same build, so nothing need be told from its form. Numbers take seven
//! bits a byte, texts and lists follow their length, an optional value a byte, a variant its number.
//! A field that is left out when it is empty is a zero byte: that reads as no value, an empty list,
//! an empty map.
//!
//! No error says more than that there is one: the other end is our own.

mod read;
mod write;

use std::fmt;

use serde::{Deserialize, Serialize};

use read::Reader;
use write::Writer;

/// Writes a value.
pub fn to_bytes(value: &impl Serialize) -> Result<Vec<u8>, Unreadable> {
    let mut writer = Writer::default();
    value.serialize(&mut writer)?;
    Ok(writer.into_bytes())
}

/// Reads a value that [`to_bytes`] wrote.
pub fn from_bytes<'de, T: Deserialize<'de>>(bytes: &'de [u8]) -> Result<T, Unreadable> {
    let mut reader = Reader::new(bytes);
    let value = T::deserialize(&mut reader)?;
    if reader.is_empty() { Ok(value) } else { Err(Unreadable) }
}

/// These bytes are of another value, or of none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unreadable;

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the message cannot be read")
    }
}

impl std::error::Error for Unreadable {}

impl serde::ser::Error for Unreadable {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

impl serde::de::Error for Unreadable {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

#[cfg(test)]
mod tests;
