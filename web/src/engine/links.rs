//! Links are unpacked and packed here, where a hostile one can cost no more than the worker.

use netpol::view::{ConnectionQuery, QueryError};
use netpol::{Analysis, Source, Sources, analyse, edit};
use netpol_share::{Content, Fragment, Key};
use netpol_sort::Gather;

use super::FILE;
use crate::protocol::{ShareCut, ShareQuery, Visited, VisitedContent, flow};

/// What a fragment opens, or why it cannot be opened.
pub(super) fn open(fragment: &str) -> Result<Visited, String> {
    let link = Fragment::read(fragment).map_err(|error| error.to_string())?;
    let content = match link.content {
        Content::None => VisitedContent::Nothing,
        Content::Text(text) if link.parameters.get(Key::Examples).is_some() => {
            VisitedContent::Text(with_examples(text))
        }
        Content::Text(text) => VisitedContent::Text(text),
        Content::Example(name) => VisitedContent::Example(name),
        Content::Url(address) => VisitedContent::Url(address),
    };
    let parameter = |(key, value): (Key, &str)| (key.name().to_owned(), value.to_owned());
    let parameters = link.parameters.iter().map(parameter).gather();
    Ok(Visited { content, parameters })
}

/// The text, with whom its policies speak of, if there is no pod in it.
fn with_examples(text: String) -> String {
    let analysis = analyse(Sources::single(FILE, text.as_str()));
    edit::with_examples(&analysis).map_or(text, |after| one_text(&after))
}

fn one_text(sources: &Sources) -> String {
    sources.iter().map(|(_, source)| Source::text(source)).collect()
}

/// What is passed on: some of the manifests, perhaps under other names.
#[derive(Debug)]
pub(super) struct Passed {
    pub(super) text: String,
    pub(super) question: Option<ConnectionQuery>,
}

impl Passed {
    pub(super) fn of(analysis: &Analysis, query: &ShareQuery) -> Result<Self, QueryError> {
        let text = one_text(analysis.sources());
        let mut passed = Self { text, question: query.question.clone() };
        let ShareCut { redact, minimise } = query.cut;
        if let Some(question) = passed.question.as_ref().filter(|_| minimise) {
            passed.text = netpol::minimise(analysis, question)?;
        }
        if redact {
            let less = minimise.then(|| passed.analysis());
            let redacted =
                netpol::redact(less.as_ref().unwrap_or(analysis), passed.question.as_slice());
            passed.text = redacted.text;
            passed.question = redacted.questions.into_iter().next();
        }
        Ok(passed)
    }

    pub(super) fn analysis(&self) -> Analysis {
        analyse(Sources::single(FILE, self.text.as_str()))
    }

    /// The link to it, or why there is none.
    pub(super) fn link(self, query: &ShareQuery) -> Result<String, String> {
        let mut link = Fragment::of_text(self.text);
        for (name, value) in &query.parameters {
            if let Some(key) = Key::named(name) {
                link.parameters.set(key, value.as_str());
            }
        }
        if let Some(question) = &self.question {
            link.parameters.set(Key::Flow, flow(question));
        }
        let fragment = link.write().map_err(|error| error.to_string())?;
        Ok(format!("{}#{fragment}", query.address))
    }
}

/// The link to the text, or why there is none.
pub(super) fn write(analysis: &Analysis, query: &ShareQuery) -> Result<String, String> {
    Passed::of(analysis, query).map_err(|error| error.to_string())?.link(query)
}

#[cfg(test)]
mod tests {
    use netpol::view::{PortSpec, Protocol};

    use super::*;

    fn link(cut: ShareCut) -> (String, Visited) {
        let text = netpol_lessons::SCENARIOS[0].manifests;
        let analysis = analyse(Sources::single(FILE, text));
        let question = ConnectionQuery {
            from: "bookstore/storefront".to_owned(),
            to: "service:bookstore/postgres".to_owned(),
            port: PortSpec::Number(5432),
            protocol: Protocol::Tcp,
        };
        let query = ShareQuery { question: Some(question), cut, ..ShareQuery::default() };
        let visited = open(&write(&analysis, &query).unwrap()).unwrap();
        let VisitedContent::Text(text) = &visited.content else { panic!("manifests") };
        (text.clone(), visited)
    }

    #[test]
    fn a_cut_link_has_less_under_other_names() {
        let (whole, visited) = link(ShareCut::default());
        let flow = |visited: &Visited| visited.parameters.get("flow").cloned().unwrap_or_default();
        assert_eq!(whole, netpol_lessons::SCENARIOS[0].manifests);
        assert_eq!(flow(&visited), "bookstore/storefront>service:bookstore/postgres:5432/TCP");

        let (least, visited) = link(ShareCut { minimise: true, redact: true });
        assert!(least.len() < whole.len() / 3 && !least.contains("bookstore"), "{least}");
        assert_eq!(flow(&visited), "ns-1/pod-2>service:ns-1/service-1:5432/TCP");
    }
}
