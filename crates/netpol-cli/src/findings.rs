//! What is wrong with the manifests, with the lines that it is about.

use std::collections::BTreeMap;
use std::io::Write;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Origin, Renderer, Snippet};
use netpol::view::{FindingView, Severity};
use netpol::{Source, Sources};

use crate::exit::say;

/// How much of a long line is shown before and behind the place, in bytes.
const CONTEXT: usize = 60;

/// Prints errors and warnings to standard error, in colour if it is a terminal that wants it, and
/// counts the rest unless `verbose` asks for them. Returns whether there are errors.
pub(crate) fn print(sources: &Sources, findings: &[FindingView], verbose: bool) -> bool {
    let texts: BTreeMap<&str, &Source> = sources.iter().map(|(_, it)| (it.name(), it)).collect();
    let renderer = Renderer::styled().hyperlink(false);
    let mut stderr = anstream::stderr().lock();
    for finding in findings {
        if verbose || finding.severity != Severity::Info {
            let text = texts.get(finding.place.file.as_str()).map_or("", |source| source.text());
            // If nobody can hear it, the exit status still tells.
            let _ = writeln!(stderr, "{}\n", render(&renderer, text, finding));
        }
    }
    drop(stderr);
    let count = |severity| findings.iter().filter(|it| it.severity == severity).count();
    match count(Severity::Info) {
        1 if !verbose => say("1 finding that is only worth knowing; `--verbose` shows it"),
        count if count > 1 && !verbose => {
            say(format_args!(
                "{count} findings that are only worth knowing; `--verbose` shows them"
            ));
        }
        _ => {}
    }
    count(Severity::Error) > 0
}

/// A finding the way rustc shows one.
fn render(renderer: &Renderer, text: &str, finding: &FindingView) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    };
    let place = &finding.place;
    let origin = Origin::path(place.file.as_str())
        .line(place.line as usize)
        .char_column(place.column as usize);
    let (excerpt, marked) = excerpt(text, place.start as usize..place.end as usize);
    let snippet = Snippet::source(excerpt)
        .line_start(place.line as usize)
        .annotation(AnnotationKind::Primary.span(marked));
    let title = level.primary_title(finding.message.as_str()).id(finding.code.as_str());
    let help = finding.help.as_deref().map(|help| Level::HELP.message(help));
    renderer.render(&[title.element(origin).element(snippet).elements(help)])
}

/// The first line of a range, or the part of it around the range, and the range in that.
fn excerpt(text: &str, range: Range<usize>) -> (&str, Range<usize>) {
    let start = text.floor_char_boundary(range.start);
    let end = text.floor_char_boundary(range.end).max(start);
    let before = &text[text.floor_char_boundary(start.saturating_sub(CONTEXT))..start];
    let before = before.rsplit('\n').next().unwrap_or_default();
    let marked = text[start..end].lines().next().unwrap_or_default();
    let behind = &text[start + marked.len()..];
    let behind = &behind[..behind.floor_char_boundary(CONTEXT)];
    let behind = behind.lines().next().unwrap_or_default();
    let from = start - before.len();
    let to = start + marked.len() + behind.len();
    (&text[from..to], before.len()..before.len() + marked.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, range: Range<usize>, expected: (&str, &str)) {
        let (excerpt, marked) = excerpt(text, range);
        assert_eq!((excerpt, &excerpt[marked]), expected);
    }

    #[test]
    fn an_excerpt_is_the_first_line_of_the_range() {
        check("ab\ncde\nf", 4..5, ("cde", "d"));
        check("ab\ncde\nf", 4..8, ("cde", "de"));
        check("ab\r\ncd\r\nf", 0..6, ("ab", "ab"));
    }

    #[test]
    fn a_place_behind_the_end_is_the_end() {
        check("ab", 2..2, ("ab", ""));
        check("ab", 7..9, ("ab", ""));
        check("", 0..0, ("", ""));
    }

    #[test]
    fn of_a_long_line_the_surroundings_are_shown() {
        let text = format!("{}X{}", "é".repeat(1000), "é".repeat(1000));
        let around = "é".repeat(CONTEXT / 2);
        check(&text, 2000..2001, (&format!("{around}X{around}"), "X"));
    }
}
