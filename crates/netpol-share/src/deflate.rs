//! Deflate (RFC 1951) that continues a text which both sides know: the dictionary. Whatever the document
//! has in common with it is a reference of a few bits.

use miniz_oxide::deflate::core::{
    CompressorOxide, TDEFLFlush, TDEFLStatus, compress_to_output, create_comp_flags_from_zip_params,
};
use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress, inflate_flags};

/// The dictionary of format 1, for ever.
pub(crate) const DICTIONARY: &[u8] = include_bytes!("../dictionary/1.txt");

/// The strategies of zlib that are tried: long texts have codes of their own, short ones do not repay
/// them.
const STRATEGIES: [i32; 2] = [0, 4];

/// The most thorough search that there is.
const LEVEL: i32 = 10;

/// No header of zlib.
const RAW: i32 = -15;

/// The text in as few bytes as possible.
pub(crate) fn pack(text: &[u8]) -> Vec<u8> {
    STRATEGIES
        .map(|strategy| pack_by(strategy, text))
        .into_iter()
        .min_by_key(Vec::len)
        .unwrap_or_default()
}

fn pack_by(strategy: i32, text: &[u8]) -> Vec<u8> {
    let flags = create_comp_flags_from_zip_params(LEVEL, RAW, strategy);
    let mut compressor = CompressorOxide::new(flags);
    // What the dictionary itself becomes ends at a byte's border, and is not needed.
    compress_to_output(&mut compressor, DICTIONARY, TDEFLFlush::Sync, |_| true);
    let mut packed = Vec::new();
    let (status, _) = compress_to_output(&mut compressor, text, TDEFLFlush::Finish, |bytes| {
        packed.extend_from_slice(bytes);
        true
    });
    debug_assert_eq!(status, TDEFLStatus::Done, "the output takes everything");
    packed
}

/// What [`unpack`] finds.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Unpacked {
    Bytes(Vec<u8>),
    TooLarge,
    Malformed,
}

/// The bytes that were packed. Memory is asked for as the text grows, and never for more than `limit`.
pub(crate) fn unpack(packed: &[u8], limit: usize) -> Unpacked {
    let most = DICTIONARY.len() + limit;
    let mut inflator = DecompressorOxide::new();
    let mut output = DICTIONARY.to_vec();
    let (mut read, mut written) = (0, output.len());
    loop {
        let size = (output.len() * 2).min(most);
        if size == output.len() {
            return Unpacked::TooLarge;
        }
        output.resize(size, 0);
        let (status, more_read, more_written) = decompress(
            &mut inflator,
            &packed[read..],
            &mut output,
            written,
            inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF,
        );
        read += more_read;
        written += more_written;
        match status {
            TINFLStatus::Done if read == packed.len() => {
                output.truncate(written);
                return Unpacked::Bytes(output.split_off(DICTIONARY.len()));
            }
            TINFLStatus::HasMoreOutput => {}
            _ => return Unpacked::Malformed,
        }
    }
}
