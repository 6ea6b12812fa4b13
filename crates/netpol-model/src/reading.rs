//! All texts, read part by part: a document, or an item of a long list, is read, decoded and dropped
//! before the next. After an edit only the parts that differ are read again.

mod ahead;
mod align;
mod chunk;

use std::ops::Range;

use netpol_sort::Sort;
use netpol_syntax::{
    Document, FileId, Finding, Reader, Severity, Sources, Span, chunks, too_large,
};

use crate::decode::{Content, Rules, chosen, gather};
use crate::{FieldValidation, Objects, Reviews, decode};

pub use ahead::Share;
use ahead::{Ahead, Help};
use align::align;
use chunk::{Chunk, Source, Tally};
pub use chunk::{PartForm, TextPart};

/// So many bytes are worth to be read by another thread: a tenth of a millisecond's work or more.
const JOB: usize = 32 << 10;

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
        Self::anew(sources, None, &mut |_| {})
    }

    /// Reads long texts: parts of them at once, as far as `share` has threads, and tells again and again
    /// how many bytes of all have been read. It begins anew if the texts turn out to have other rules.
    pub fn shared(sources: &Sources, share: Share<'_>, watch: &mut dyn FnMut(usize)) -> Self {
        Self::anew(sources, Some(Help::new(share, JOB)), watch)
    }

    fn anew(sources: &Sources, help: Option<Help<'_>>, watch: &mut dyn FnMut(usize)) -> Self {
        let rules = Rules::default();
        Self::by(sources, How { rules, help }, watch).by_its_rules(sources, help, watch)
    }

    /// Reads texts that may be much like those that were read before. The result is the same as that
    /// of reading them for the first time.
    #[must_use]
    pub fn again(self, before: &Sources, sources: &Sources) -> Self {
        let rules = self.rules;
        let mut known = before.iter().map(|(_, source)| source.text()).zip(self.texts);
        let texts = sources
            .iter()
            .map(|(file, source)| {
                let how = How { rules, help: None };
                read(file, source.text(), known.next(), how, &mut |_| {})
            })
            .collect();
        Self { rules, texts }.by_its_rules(sources, None, &mut |_| {})
    }

    fn by(sources: &Sources, how: How<'_>, watch: &mut dyn FnMut(usize)) -> Self {
        let mut before = 0;
        let texts = sources.iter().map(|(file, source)| {
            let text = read(file, source.text(), None, how, &mut |here| watch(before + here));
            before += source.text().len();
            text
        });
        Self { rules: how.rules, texts: texts.collect() }
    }

    /// The rules stand in the texts, often at the end: whoever was wrong about them reads again.
    fn by_its_rules(
        self,
        sources: &Sources,
        help: Option<Help<'_>>,
        watch: &mut dyn FnMut(usize),
    ) -> Self {
        let chosen = chosen(self.contents());
        if chosen == self.rules {
            return self;
        }
        drop(self);
        Self::by(sources, How { rules: chosen, help }, watch)
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

/// How texts are read.
#[derive(Clone, Copy)]
struct How<'a> {
    rules: Rules,
    help: Option<Help<'a>>,
}

/// Reads a text, with the help of the one that stood in its place before.
fn read(
    file: FileId,
    text: &str,
    before: Option<(&str, Text)>,
    how: How<'_>,
    watch: &mut dyn FnMut(usize),
) -> Text {
    if let Some(finding) = too_large(file, text) {
        return Text { chunks: vec![Chunk::unread(finding)], left_out: None };
    }
    let is_blank = |range: &Range<usize>| text[range.clone()].trim_start().is_empty();
    let ranges: Vec<_> = chunks(text).filter(|range| !is_blank(range)).collect();
    // What is read ahead stood in this text.
    let (old_text, old) = before.unwrap_or_else(|| (text, Text::default()));
    let same = |old: &Chunk, new: usize| old_text[old.range()] == text[ranges[new].clone()];
    let old = align(old.chunks, ranges.len(), same);
    let reader = Reader::new(file, text);
    let anew = reader.anew();
    // A longer one may be a list, whose items are shared when its turn comes.
    let most = how.help.map_or(0, Help::job);
    let alone = |number: usize| {
        let range = ranges[number].clone();
        (range.len() <= most).then(|| Chunk::alone(anew.anew(), text, how.rules, range))
    };
    let ahead = Ahead::new(how.help, &ranges, &alone);
    let mut source = Source { reader, text, old_text, how, tally: Tally::default(), watch };
    let all = ranges.iter().zip(old).zip(ahead);
    let chunks = all.map(|((range, old), ahead)| {
        let chunk = Chunk::read(&mut source, range.clone(), old.or(ahead));
        (source.watch)(range.end);
        chunk
    });
    let chunks = chunks.collect();
    Text { chunks, left_out: source.tally.finding() }
}

#[cfg(test)]
mod tests;
