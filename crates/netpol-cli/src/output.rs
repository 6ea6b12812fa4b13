//! Answers on standard output.

use std::fmt::{self, Display, Write as _};
use std::io::{self, BufWriter, IsTerminal as _, Write};

use serde::Serialize;

use crate::exit::Failure;

/// What `--format json` prints.
#[derive(Debug, Serialize)]
struct Envelope<'a, T> {
    schema: String,
    #[serde(flatten)]
    answer: &'a T,
}

/// Prints an answer in its form for people, or in another one that is text.
pub(crate) fn text(text: impl Display) -> Result<(), Failure> {
    print(|out| write!(out, "{}", Visible(text)))
}

/// Prints manifests byte by byte, except that a terminal is not steered by them.
pub(crate) fn manifests(manifests: &str) -> Result<(), Failure> {
    if io::stdout().is_terminal() {
        return text(manifests);
    }
    print(|out| out.write_all(manifests.as_bytes()))
}

/// Prints an answer as the verb `name` gives it.
pub(crate) fn json<T: Serialize>(name: &str, answer: &T) -> Result<(), Failure> {
    foreign_json(&Envelope { schema: format!("netpol.{name}/v1"), answer })
}

/// Prints JSON whose form others have defined.
pub(crate) fn foreign_json<T: Serialize>(value: &T) -> Result<(), Failure> {
    print(|out| {
        serde_json::to_writer_pretty(&mut *out, value)?;
        writeln!(out)
    })
}

/// Prints what is already fit for a terminal: without its colours where they are not wanted.
pub(crate) fn styled(text: &str) -> Result<(), Failure> {
    checked(anstream::stdout().lock().write_all(text.as_bytes()))
}

fn print(
    write: impl FnOnce(&mut BufWriter<io::StdoutLock<'_>>) -> io::Result<()>,
) -> Result<(), Failure> {
    let mut out = BufWriter::new(io::stdout().lock());
    checked(write(&mut out).and_then(|()| out.flush()))
}

/// A reader who closes the pipe early has read enough: that is no failure.
fn checked(written: io::Result<()>) -> Result<(), Failure> {
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::new(format_args!("cannot write the answer: {error}")))
        }
        _ => Ok(()),
    }
}

/// A text whose control characters are escaped, so that a manifest cannot steer the terminal
/// (as in CVE-2021-25743 of kubectl).
struct Visible<T>(T);

impl<T: Display> Display for Visible<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(Escape(f), "{}", self.0)
    }
}

struct Escape<'a, 'f>(&'a mut fmt::Formatter<'f>);

impl fmt::Write for Escape<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for part in text.split_inclusive(is_dangerous) {
            let last = part.chars().next_back().filter(|last| is_dangerous(*last));
            let kept = part.len() - last.map_or(0, char::len_utf8);
            self.0.write_str(&part[..kept])?;
            if let Some(last) = last {
                write!(self.0, "{}", last.escape_default())?;
            }
        }
        Ok(())
    }
}

fn is_dangerous(character: char) -> bool {
    character.is_control() && !matches!(character, '\n' | '\t')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_shown_not_sent() {
        assert_eq!(Visible("a\x1b[31mb\n\tc\u{9b}d").to_string(), "a\\u{1b}[31mb\n\tc\\u{9b}d");
    }
}
