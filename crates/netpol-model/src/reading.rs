//! All texts, read part by part: a document, or an item of a long list, is read, decoded and dropped
//! before the next. After an edit only the parts that differ are read again.

mod align;
mod chunk;

use std::ops::Range;

use netpol_sort::Sort;
use netpol_syntax::{
    Document, FileId, Finding, Reader, Severity, Sources, Span, chunks, too_large,
};

use crate::decode::{Content, Rules, chosen, gather};
use crate::{FieldValidation, Objects, Reviews, decode};

use align::align;
use chunk::{Chunk, Source, Tally};
pub use chunk::{PartForm, TextPart};

/// What was read of some texts. It only has a meaning together with these texts.
#[derive(Clone, Debug)]
pub struct Reading {
    rules: Rules,
    texts: Vec<Text>,
}

/// What was read of one text.
#[derive(Clone, Debug, Default)]
struct Text {
    chunks: Vec<Chunk>,
    /// That there are more findings than are told.
    left_out: Option<Finding>,
}

impl Reading {
    /// Reads texts.
    pub fn of(sources: &Sources) -> Self {
        Self::watched(sources, &mut |_| {})
    }

    /// Reads texts and tells again and again how many bytes of all have been read. It begins anew if
    /// the texts turn out to have other rules.
    pub fn watched(sources: &Sources, watch: &mut dyn FnMut(usize)) -> Self {
        Self::by(sources, Rules::default(), watch).by_its_rules(sources, watch)
    }

    /// Reads texts that may be much like those that were read before. The result is the same as that
    /// of reading them for the first time.
    #[must_use]
    pub fn again(self, before: &Sources, sources: &Sources) -> Self {
        let rules = self.rules;
        let mut known = before.iter().map(|(_, source)| source.text()).zip(self.texts);
        let texts = sources
            .iter()
            .map(|(file, source)| read(file, source.text(), known.next(), rules, &mut |_| {}))
            .collect();
        Self { rules, texts }.by_its_rules(sources, &mut |_| {})
    }

    fn by(sources: &Sources, rules: Rules, watch: &mut dyn FnMut(usize)) -> Self {
        let mut before = 0;
        let texts = sources.iter().map(|(file, source)| {
            let text = read(file, source.text(), None, rules, &mut |here| watch(before + here));
            before += source.text().len();
            text
        });
        Self { rules, texts: texts.collect() }
    }

    /// The rules stand in the texts, often at the end: whoever was wrong about them reads again.
    fn by_its_rules(self, sources: &Sources, watch: &mut dyn FnMut(usize)) -> Self {
        let chosen = chosen(self.contents());
        if chosen == self.rules {
            return self;
        }
        drop(self);
        Self::by(sources, chosen, watch)
    }

    fn chunks(&self) -> impl DoubleEndedIterator<Item = &Chunk> {
        self.texts.iter().flat_map(|text| &text.chunks)
    }

    fn contents(&self) -> impl DoubleEndedIterator<Item = &Content> {
        self.chunks().flat_map(Chunk::parts).map(|part| &part.content)
    }

    /// The objects, and what is wrong with them. Findings are in the order of their places.
    pub fn objects(&self) -> (Objects, Vec<Finding>) {
        gather(self.contents())
    }

    /// What is wrong with the texts themselves, in their order.
    pub fn syntax(&self) -> impl Iterator<Item = &Finding> {
        self.texts.iter().flat_map(|text| {
            let parts = text.chunks.iter().flat_map(Chunk::parts);
            parts.flat_map(|part| &part.syntax).chain(&text.left_out)
        })
    }

    /// What of this could not be read, so that it hides objects.
    pub fn unread(&self) -> impl Iterator<Item = &Finding> {
        self.syntax().filter(|finding| finding.severity == Severity::Error)
    }

    /// The texts with at least one document.
    pub fn texts_with_documents(&self) -> impl Iterator<Item = FileId> {
        let has_any =
            |text: &Text| text.chunks.iter().flat_map(Chunk::parts).any(|part| part.has_documents);
        let texts = self.texts.iter().zip(0..);
        texts.filter(move |(text, _)| has_any(text)).map(|(_, index)| FileId(index))
    }

    /// What the API server says about each object. Without `fields`, the Settings choose.
    pub fn review(&self, sources: &Sources, fields: Option<FieldValidation>) -> Reviews {
        let rules = Rules { fields: fields.unwrap_or(self.rules.fields), ..self.rules };
        let mut reviews =
            Reviews { version: rules.version, fields: rules.fields, ..Reviews::default() };
        self.each(sources, |documents| {
            let (objects, others) = decode::review(documents, rules);
            reviews.objects.extend(objects);
            reviews.others += others;
        });
        reviews.objects.arrange_by_key(|review| (review.span.file, review.span.start));
        reviews
    }

    /// Reads everything again, part by part, for what needs the trees.
    fn each(&self, sources: &Sources, mut visit: impl FnMut(&[Document])) {
        for ((file, source), text) in sources.iter().zip(&self.texts) {
            let mut reader = Reader::new(file, source.text());
            for chunk in &text.chunks {
                chunk.each(&mut reader, &mut visit);
            }
        }
    }

    /// Reads again the documents around some places, and the first of all. A long list among them has
    /// only the items at these places, and its first and last.
    pub fn documents_at(&self, sources: &Sources, places: &[Span]) -> Vec<Document> {
        let mut documents = Vec::new();
        for ((file, source), text) in sources.iter().zip(&self.texts) {
            let mut here: Vec<usize> =
                places.iter().filter(|it| it.file == file).map(|it| it.start as usize).collect();
            here.arrange();
            let mut reader = Reader::new(file, source.text());
            for chunk in &text.chunks {
                if documents.is_empty() || chunk.has_any(&here) {
                    documents.extend(chunk.documents_at(&mut reader, &here));
                }
            }
        }
        documents
    }

    /// The smallest part of a text around a range that can be read alone.
    pub fn part_around(&self, file: FileId, range: &Range<usize>) -> Option<TextPart> {
        self.texts.get(file.0 as usize)?.chunks.iter().find_map(|chunk| chunk.part_around(range))
    }

    /// Decodes other documents by the rules of these texts.
    pub fn decode(&self, documents: &[Document]) -> Objects {
        gather([&Content::of(documents, self.rules)].into_iter()).0
    }
}

/// Reads a text, with the help of the one that stood in its place before.
fn read(
    file: FileId,
    text: &str,
    before: Option<(&str, Text)>,
    rules: Rules,
    watch: &mut dyn FnMut(usize),
) -> Text {
    if let Some(finding) = too_large(file, text) {
        return Text { chunks: vec![Chunk::unread(finding)], left_out: None };
    }
    let is_blank = |range: &Range<usize>| text[range.clone()].trim_start().is_empty();
    let ranges: Vec<_> = chunks(text).filter(|range| !is_blank(range)).collect();
    let (old_text, old) = before.unwrap_or_default();
    let same = |old: &Chunk, new: usize| old_text[old.range()] == text[ranges[new].clone()];
    let old = align(old.chunks, ranges.len(), same);
    let reader = Reader::new(file, text);
    let mut source = Source { reader, text, old_text, rules, tally: Tally::default(), watch };
    let both = ranges.into_iter().zip(old);
    let chunks = both.map(|(range, old)| {
        let end = range.end;
        let chunk = Chunk::read(&mut source, range, old);
        (source.watch)(end);
        chunk
    });
    let chunks = chunks.collect();
    Text { chunks, left_out: source.tally.finding() }
}

#[cfg(test)]
mod tests;
