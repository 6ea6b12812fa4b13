//! Where kubectl's parser differs from ours, and what is made of that.

use std::ops::Range;

use granit_parser::{ErrorKind, Event, ScalarStyle, ScanError, Span as Marks, StructureStyle};

use super::{Builder, Content, Fatal, Problem, range};
use crate::softer::{self, Softer};
use crate::{Finding, refused, syntax_error, tabs};

impl Builder<'_, '_, '_> {
    /// What the parser says, or what to read in the place of what it refuses.
    pub(super) fn problem(&self, error: &ScanError) -> Problem {
        if let Some(softer) = self.softer(error) {
            return Problem::Softer(softer);
        }
        let before = error.marker().byte_offset().unwrap_or_default();
        let finding = self.check_gap_for_breaks(before).err().or_else(|| {
            let alias = refused::alias_key(self.chunk.get(before..)?)?;
            Some(Box::new(refused::no_space(self.span(before..before + alias))))
        });
        Problem::Fatal(finding.unwrap_or_else(|| {
            Box::new(syntax_error::finding(self.context, self.base, self.chunk, error))
        }))
    }

    /// The text to read where the parser refuses what kubectl's takes.
    fn softer(&self, error: &ScanError) -> Option<Softer> {
        if self.attempt.left == 0 {
            return None;
        }
        let at = error.marker().byte_offset()?;
        let flows = self.open.iter().filter(|it| it.style == StructureStyle::Flow).count();
        let column = self.content_column();
        let softer = match error.kind() {
            ErrorKind::CommentNotSeparated => return softer::comment(self.chunk, at),
            ErrorKind::InvalidQuotedScalarIndent => softer::quoted(self.chunk, self.last.end, at),
            ErrorKind::SimpleKeyExpected if flows == 0 => {
                softer::header(self.chunk, at, column.saturating_sub(1))
            }
            ErrorKind::ExpectedFlowMappingSeparator | ErrorKind::ExpectedFlowSequenceSeparator => {
                softer::colon(self.chunk, self.last.start)
            }
            ErrorKind::PlainScalarStartsWithDashFlowIndicator => Some(softer::dash(self.chunk, at)),
            _ => None,
        };
        softer.or_else(|| {
            let tab = syntax_error::tab_at(self.chunk, error)?;
            let text = tabs::softened(self.chunk, self.last.end, (flows, column), tab)?;
            Some(Softer { text, said: None })
        })
    }

    fn is_in_flow(&self) -> bool {
        self.open.last().is_some_and(|open| open.style == StructureStyle::Flow)
    }

    /// The column from which on a plain scalar goes on over lines.
    fn content_column(&self) -> usize {
        let column = |at: usize| at - self.chunk[..at].rfind('\n').map_or(0, |line| line + 1);
        let block = self.open.iter().rfind(|open| open.style == StructureStyle::Block);
        block.map_or(0, |open| column(open.start) + 1)
    }

    /// Where what stands before an event ends, which starts there: of the document's end, what stands
    /// before the end of the chunk.
    fn gap_end(&self, event: &Event<'_>, start: usize) -> usize {
        if *event != Event::DocumentEnd {
            return start;
        }
        let from = self.last.end;
        self.chunk[from..].find("\n...").map_or(self.chunk.len(), |end| from + end)
    }

    /// kubectl's parser refuses more tabs between tokens than ours.
    pub(super) fn check_gap(&mut self, event: &Event<'_>, marks: &Marks) -> Result<(), Fatal> {
        if !self.has_tabs {
            return Ok(());
        }
        let Range { start, end } = range(marks);
        let gap = self.chunk.get(self.looked..self.gap_end(event, start)).unwrap_or_default();
        let tab = tabs::in_gap(gap, self.looked == 0, self.content);
        if let Some(tab) = tab.filter(|_| !self.is_in_flow()) {
            let at = self.looked + tab;
            return Err(Box::new(syntax_error::tab(self.span(at..at + 1))));
        }
        let is_end = matches!(event, Event::MappingEnd | Event::SequenceEnd);
        if !gap.is_empty() || !is_end {
            self.content = None;
        }
        if matches!(event, Event::Scalar(_, ScalarStyle::Plain, ..)) && start < end {
            let content = self.content_column();
            if let Some(tab) = tabs::in_plain(&self.chunk[start..end], content) {
                return Err(Box::new(syntax_error::tab(self.span(start + tab..start + tab + 1))));
            }
            self.content = Some(content);
        }
        self.looked = self.looked.max(end);
        Ok(())
    }

    /// What kubectl's parser refuses in a scalar or reads otherwise than ours.
    pub(super) fn check_scalar(
        &mut self,
        text: &str,
        style: ScalarStyle,
        range: Range<usize>,
    ) -> Result<(), Problem> {
        let place = |at: usize| self.span(range.start + at..range.start + at + 1);
        let written = &self.chunk[range.start..];
        let refused = match style {
            ScalarStyle::Literal | ScalarStyle::Folded if self.has_tabs => {
                tabs::in_block_scalar(written).map(|tab| syntax_error::tab(place(tab)))
            }
            ScalarStyle::Plain if self.is_in_flow() && !range.is_empty() => {
                if self.attempt.left > 0
                    && refused::is_false_colon(&self.chunk[range.end..])
                    && let Some(softer) = softer::colon(self.chunk, range.start)
                {
                    return Err(Problem::Softer(softer));
                }
                self.refused_in_flow(text, range.start)
            }
            ScalarStyle::DoubleQuoted => refused::escape(self.context, self.span(range.clone())),
            _ => None,
        };
        refused.map_or(Ok(()), |finding| Err(Problem::Fatal(Box::new(finding))))
    }

    /// What kubectl's parser refuses in a plain scalar in a flow collection.
    fn refused_in_flow(&self, text: &str, start: usize) -> Option<Finding> {
        let written = &self.chunk[start..];
        if written.starts_with(':') {
            return Some(refused::leading_colon(self.span(start..start + 1)));
        }
        let at = start + written.find('?').filter(|_| text.contains('?'))?;
        let content = self.open.last().map(|open| &open.content);
        let is_list = matches!(content, Some(Content::Sequence(_)));
        Some(refused::question_mark(self.span(at..at + 1), is_list))
    }

    /// kubectl's parser wants a key and its colon on one line, in flow collections, too.
    pub(super) fn check_key(&mut self, range: Range<usize>) -> Result<(), Fatal> {
        if range.is_empty() || !self.is_in_flow() || self.awaited_key().is_none() {
            return Ok(());
        }
        let is_explicit = self.chunk[..range.start].trim_end().ends_with('?');
        let colon = refused::colon_behind(self.chunk, range.end).filter(|_| !is_explicit);
        let key = colon.map(|colon| &self.chunk[range.start..colon]);
        if key.is_none_or(|key| !key.contains('\n')) {
            return Ok(());
        }
        Err(Box::new(refused::long_key(self.span(range))))
    }

    /// kubectl's parser wants the names of anchors to be words, and white space behind tags.
    pub(super) fn check_properties(&self, anchor: usize, marks: &Marks) -> Result<(), Fatal> {
        if let Some(tag) = marks.tag_span().map(|tag| range(&tag))
            && (self.chunk[tag.end..].starts_with(|c: char| !c.is_whitespace())
                || self.chunk[tag.clone()].contains('#'))
        {
            return Err(Box::new(refused::tag(self.span(tag))));
        }
        let start = range(marks).start;
        let gap = self.chunk.get(self.last.end..start).filter(|_| anchor != 0);
        match gap.and_then(refused::in_anchor) {
            Some((at, c)) => {
                let at = self.last.end + at;
                Err(Box::new(refused::anchor(self.span(at..at + c.len_utf8()))))
            }
            None => Ok(()),
        }
    }

    /// kubectl's parser knows more line breaks than ours.
    pub(super) fn check_line_breaks(
        &mut self,
        event: &Event<'_>,
        marks: &Marks,
    ) -> Result<(), Fatal> {
        if !self.has_line_breaks {
            return Ok(());
        }
        let Range { start, end } = range(marks);
        self.check_gap_for_breaks(self.gap_end(event, start))?;
        if let Event::Scalar(_, style, ..) = event
            && let Some(at) = refused::line_break(&self.chunk[start..end], *style)
        {
            return Err(Box::new(self.line_break(start + at)));
        }
        self.looked_for_breaks = self.looked_for_breaks.max(end);
        Ok(())
    }

    /// Between tokens, up to a place.
    fn check_gap_for_breaks(&self, until: usize) -> Result<(), Fatal> {
        let gap = self.chunk.get(self.looked_for_breaks..until).unwrap_or_default();
        match gap.find(refused::LINE_BREAKS) {
            Some(at) => Err(Box::new(self.line_break(self.looked_for_breaks + at))),
            None => Ok(()),
        }
    }

    fn line_break(&self, at: usize) -> Finding {
        let found = self.chunk[at..].chars().next().unwrap_or_default();
        refused::line_break_at(self.span(at..at + found.len_utf8()), found)
    }
}
