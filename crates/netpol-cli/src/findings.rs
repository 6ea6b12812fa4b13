//! What is wrong with the manifests, with the lines that it is about.

use std::collections::BTreeMap;
use std::io::Write;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Element, Level, Origin, Renderer, Snippet};
use netpol::view::{FindingView, Place, Severity};
use netpol::{Analysis, Source};

use crate::exit::say;

/// Of warnings with the same code so many are shown: a large cluster repeats itself.
const REPETITIONS: usize = 10;

/// Longer lines, in bytes, are not shown: a dump without line breaks is one line.
const LONGEST_LINE: usize = 10_000;

/// All findings, in colour.
pub(crate) fn styled(analysis: &Analysis, findings: &[FindingView]) -> String {
    let texts = texts(analysis);
    let renderer = renderer();
    findings.iter().map(|it| render(&renderer, text(&texts, it), it) + "\n\n").collect()
}

/// Prints errors and warnings to standard error, in colour if it is a terminal that wants it, and
/// counts the rest unless `verbose` asks for them. Returns whether there are errors.
pub(crate) fn print(analysis: &Analysis, verbose: bool) -> bool {
    let findings = analysis.findings();
    let texts = texts(analysis);
    let renderer = renderer();
    let mut stderr = anstream::stderr().lock();
    let mut hidden = Hidden::default();
    for finding in &findings {
        if verbose || hidden.lets_pass(finding) {
            // If nobody can hear it, the exit status still tells.
            let _ = writeln!(stderr, "{}\n", render(&renderer, text(&texts, finding), finding));
        }
    }
    drop(stderr);
    hidden.report();
    findings.iter().any(|finding| finding.severity == Severity::Error)
}

fn renderer() -> Renderer {
    Renderer::styled().hyperlink(false)
}

/// The texts by their names.
fn texts(analysis: &Analysis) -> BTreeMap<&str, &Source> {
    analysis.sources().iter().map(|(_, source)| (source.name(), source)).collect()
}

fn text<'a>(texts: &BTreeMap<&str, &'a Source>, finding: &FindingView) -> &'a str {
    texts.get(finding.place.file.as_str()).map_or("", |source| source.text())
}

/// What is not shown.
#[derive(Default)]
struct Hidden<'a> {
    /// By code: how many warnings there were.
    warnings: BTreeMap<&'a str, usize>,
    infos: usize,
}

impl<'a> Hidden<'a> {
    /// Counts a finding, and decides whether it is shown.
    fn lets_pass(&mut self, finding: &'a FindingView) -> bool {
        match finding.severity {
            Severity::Error => true,
            Severity::Warning => {
                let count = self.warnings.entry(finding.code.as_str()).or_default();
                *count += 1;
                *count <= REPETITIONS
            }
            Severity::Info => {
                self.infos += 1;
                false
            }
        }
    }

    fn report(&self) {
        for (code, count) in self.warnings.iter().filter(|(_, count)| **count > REPETITIONS) {
            let more = count - REPETITIONS;
            say(format_args!("{more} more warnings `{code}`; `--verbose` shows them"));
        }
        match self.infos {
            0 => {}
            1 => say("1 finding is only worth knowing; `--verbose` shows it"),
            many => {
                say(format_args!("{many} findings are only worth knowing; `--verbose` shows them"));
            }
        }
    }
}

/// A finding the way rustc shows one.
fn render(renderer: &Renderer, text: &str, finding: &FindingView) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    };
    let title = level.primary_title(finding.message.as_str()).id(finding.code.as_str());
    let help = finding.help.as_deref().map(|help| Level::HELP.message(help));
    renderer.render(&[title.element(place(text, &finding.place)).elements(help)])
}

fn place<'a>(text: &'a str, place: &'a Place) -> Element<'a> {
    let (line, column) = (place.line as usize, place.column as usize);
    let range = place.start as usize..place.end as usize;
    // Where a line begins is only looked for if it is near: every finding may be on the same one.
    match Some(range).filter(|_| column <= LONGEST_LINE).and_then(|range| excerpt(text, range)) {
        Some((excerpt, marked)) => Snippet::source(excerpt)
            .path(place.file.as_str())
            .line_start(line)
            .annotation(AnnotationKind::Primary.span(marked))
            .into(),
        None => Origin::path(place.file.as_str()).line(line).char_column(column).into(),
    }
}

/// The line in which a range begins, and the part of the range that is in it.
fn excerpt(text: &str, range: Range<usize>) -> Option<(&str, Range<usize>)> {
    let start = text.floor_char_boundary(range.start);
    let line_start = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
    let line = text[line_start..].lines().next().unwrap_or_default();
    let to = text.floor_char_boundary(range.end).saturating_sub(line_start).min(line.len());
    let from = (start - line_start).min(to);
    (line.len() <= LONGEST_LINE).then_some((line, from..to))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, range: Range<usize>, expected: Option<(&str, &str)>) {
        let excerpt = excerpt(text, range);
        assert_eq!(excerpt.map(|(line, marked)| (line, &line[marked])), expected);
    }

    #[test]
    fn an_excerpt_is_the_first_line_of_the_range() {
        check("ab\ncde\nf", 4..5, Some(("cde", "d")));
        check("ab\ncde\nf", 4..8, Some(("cde", "de")));
        check("ab\r\ncd\r\nf", 0..6, Some(("ab", "ab")));
    }

    #[test]
    fn a_place_behind_the_end_is_the_end() {
        check("ab", 2..2, Some(("ab", "")));
        check("ab", 7..9, Some(("ab", "")));
        check("ab\n", 3..3, Some(("", "")));
        check("", 0..0, Some(("", "")));
    }

    #[test]
    fn a_line_that_is_too_long_is_not_shown() {
        let long = "é".repeat(LONGEST_LINE);
        check(&format!("{long}\nab"), 0..2, None);
        check(&format!("{long}\nab"), long.len() - 2..long.len(), None);
        check(&format!("{long}\nab"), long.len() + 1..long.len() + 2, Some(("ab", "a")));
        check(&format!("ab\n{long}"), 1..2, Some(("ab", "b")));
    }
}
