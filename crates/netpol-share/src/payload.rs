//! Format 1: `1.d`, base64url of the packed text and its checksum, and `z`.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use crc::{CRC_32_ISO_HDLC, Crc, NoTable};

use crate::deflate::{self, Unpacked};
use crate::{LARGEST_TEXT, ReadError, WriteError};

const FORMAT: &str = "1";

/// Deflate, against the dictionary of format 1.
const CODEC: char = 'd';

/// The last character: without it the end is missing. A letter, as GitHub's Markdown takes an `_` at the
/// end of a link for punctuation.
const END: char = 'z';

/// Over what is transmitted, so that it finds every error within 32 bits: each changed character.
const CHECKSUM: Crc<u32, NoTable> = Crc::<u32, NoTable>::new(&CRC_32_ISO_HDLC);

const CHECKSUM_LENGTH: usize = 4;

/// What the sentence around a link may leave at its end.
const PUNCTUATION: &[char] = &['.', ',', ';', ':', '!', '?', ')', ']', '}', '>', '*', '"', '\''];

pub(crate) fn write(text: &str) -> Result<String, WriteError> {
    if text.len() > LARGEST_TEXT {
        return Err(WriteError::TooLarge { bytes: text.len() });
    }
    Ok(frame(deflate::pack(text.as_bytes())))
}

pub(crate) fn frame(mut bytes: Vec<u8>) -> String {
    let checksum = checksum(&bytes);
    bytes.extend(checksum);
    format!("{FORMAT}.{CODEC}{}{END}", BASE64_URL_SAFE_NO_PAD.encode(bytes))
}

/// The text behind a payload; none if this is not the beginning of one.
pub(crate) fn read(payload: &str) -> Result<Option<String>, ReadError> {
    let Some((number, rest)) = payload.split_once('.') else { return Ok(None) };
    if number.is_empty() || !number.bytes().all(|digit| digit.is_ascii_digit()) {
        return Ok(None);
    }
    match number {
        FORMAT => read_format_1(rest, number.len() + 1).map(Some),
        // No format has the number 0, nor one that begins with it.
        _ if number.starts_with('0') => Err(ReadError::NotALink),
        _ => Err(ReadError::NewerFormat),
    }
}

/// `before` is how many characters of the fragment stand before `rest`.
fn read_format_1(rest: &str, before: usize) -> Result<String, ReadError> {
    let mut characters = rest.chars();
    match characters.next() {
        Some(CODEC) => {}
        Some(codec) => return Err(ReadError::UnknownCodec(codec)),
        None => return Err(ReadError::Cut),
    }
    let body = characters.as_str().trim_end_matches(PUNCTUATION);
    if let Some((index, found)) = body.chars().enumerate().find(|(_, found)| !in_alphabet(*found)) {
        return Err(ReadError::Alphabet { found, place: before + 1 + index + 1 });
    }
    let body = body.strip_suffix(END).ok_or(ReadError::Cut)?;
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(body).map_err(|_| ReadError::Damaged)?;
    let (packed, found) = bytes.split_last_chunk::<CHECKSUM_LENGTH>().ok_or(ReadError::Damaged)?;
    if *found != checksum(packed) {
        return Err(ReadError::Damaged);
    }
    match deflate::unpack(packed, LARGEST_TEXT) {
        Unpacked::Bytes(bytes) => String::from_utf8(bytes).map_err(|_| ReadError::Malformed),
        Unpacked::TooLarge => Err(ReadError::TooLarge),
        Unpacked::Malformed => Err(ReadError::Malformed),
    }
}

fn in_alphabet(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '-' | '_')
}

fn checksum(packed: &[u8]) -> [u8; CHECKSUM_LENGTH] {
    CHECKSUM.checksum(packed).to_le_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_dictionary_of_format_1_is_never_changed() {
        // Every link of the format would open something else.
        assert_eq!(CHECKSUM.checksum(deflate::DICTIONARY), 0xbe34_222d);
    }

    #[test]
    fn a_bomb_is_stopped_at_the_limit() {
        let bomb = frame(deflate::pack(&vec![b' '; LARGEST_TEXT + 1]));
        assert!(bomb.len() < 20_000, "{}", bomb.len());
        assert_eq!(read(&bomb), Err(ReadError::TooLarge));
    }

    #[test]
    fn a_checksum_makes_no_document() {
        let read = |packed: &[u8]| read(&frame(packed.to_vec()));
        assert_eq!(read(&[]), Err(ReadError::Malformed), "nothing");
        assert_eq!(read(&[0b111]), Err(ReadError::Malformed), "no such block");
        assert_eq!(read(&[3]), Err(ReadError::Malformed), "a block without its end");
        assert_eq!(read(&[3, 0, 0]), Err(ReadError::Malformed), "something after the end");
        assert_eq!(read(&deflate::pack(b"\xff")), Err(ReadError::Malformed), "no text");
        assert_eq!(read(&[3, 0]), Ok(Some(String::new())));
    }

    #[test]
    fn each_byte_sequence_is_written_in_one_way() {
        // The last character of `AwA8QfRq` is full; of 5 bytes, two bits of it count for nothing.
        let link = frame(deflate::pack(b"a"));
        let body = link.len() - 1;
        let others = ('A'..='Z').filter(|other| !link[..body].ends_with(*other));
        for other in others {
            let changed = format!("{}{other}z", &link[..body - 1]);
            assert_eq!(read(&changed), Err(ReadError::Damaged), "{changed}");
        }
    }
}
