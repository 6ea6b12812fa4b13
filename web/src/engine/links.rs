//! Links are unpacked and packed here, where a hostile one can cost no more than the worker.

use netpol::{Analysis, Source};
use netpol_share::{Content, Fragment, Key};

use crate::protocol::{ShareQuery, Visited, VisitedContent};

/// What a fragment opens, or why it cannot be opened.
pub(super) fn open(fragment: &str) -> Result<Visited, String> {
    let link = Fragment::read(fragment).map_err(|error| error.to_string())?;
    let content = match link.content {
        Content::None => VisitedContent::Nothing,
        Content::Text(text) => VisitedContent::Text(text),
        Content::Example(name) => VisitedContent::Example(name),
        Content::Url(address) => VisitedContent::Url(address),
    };
    let parameter = |(key, value): (Key, &str)| (key.name().to_owned(), value.to_owned());
    let parameters = link.parameters.iter().map(parameter).collect();
    Ok(Visited { content, parameters })
}

/// The link to the text, or why there is none.
pub(super) fn write(analysis: &Analysis, query: &ShareQuery) -> Result<String, String> {
    let text: String = analysis.sources().iter().map(|(_, source)| Source::text(source)).collect();
    let mut link = Fragment::of_text(text);
    for (name, value) in &query.parameters {
        if let Some(key) = Key::named(name) {
            link.parameters.set(key, value.as_str());
        }
    }
    let fragment = link.write().map_err(|error| error.to_string())?;
    Ok(format!("{}#{fragment}", query.address))
}
