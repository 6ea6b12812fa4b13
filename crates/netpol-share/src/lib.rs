//! A playground document as the fragment of a link, and back: `…/#1.dXXXX&view=matrix`.
//!
//! `docs/link-format.md` specifies the format. A link once made opens for ever: a format number keeps
//! its decoder, its dictionary and its golden links, and whatever has to change gets the next number.
//!
//! ```
//! use netpol_share::{Content, Fragment};
//!
//! let link = Fragment::of_text("kind: Namespace\n");
//! let written = link.write()?;
//! assert!(written.starts_with("1.d"));
//! assert_eq!(Fragment::read(&written)?.content, Content::Text("kind: Namespace\n".to_owned()));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
#![deny(clippy::disallowed_methods, clippy::disallowed_types)]

mod deflate;
mod error;
mod fragment;
mod parameters;
mod payload;
mod percent;

pub use error::{ReadError, WriteError};
pub use fragment::{Content, Fragment};
pub use parameters::{Key, Parameters};

/// The longest fragment that is read or written, in characters. Browsers take a little more.
pub const LONGEST_FRAGMENT: usize = 512 * 1024;

/// The largest text that a link holds, in bytes.
pub const LARGEST_TEXT: usize = 8 * 1024 * 1024;

/// How long a message may be in common chat programs, in characters: longer links are cut there.
pub const CHAT_LIMIT: usize = 2_000;

/// The length from which mail programs and proxies begin to cut links, in characters.
pub const MAIL_LIMIT: usize = 8_000;
