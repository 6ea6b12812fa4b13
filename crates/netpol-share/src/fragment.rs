//! The whole fragment: what is shown, and how it is looked at.

use crate::{LONGEST_FRAGMENT, Parameters, ReadError, WriteError, payload, percent};

/// What a link shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Content {
    /// Nothing of its own: only parameters.
    #[default]
    None,
    /// The manifests themselves.
    Text(String),
    /// A bundled scenario, by its name.
    Example(String),
    /// Manifests at an address, to be loaded once the visitor agrees.
    Url(String),
}

/// A fragment, without the `#`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fragment {
    /// What is shown.
    pub content: Content,
    /// How it is looked at.
    pub parameters: Parameters,
}

impl Fragment {
    /// A link to these manifests, looked at in the way that is the default.
    pub fn of_text(manifests: impl Into<String>) -> Self {
        Self { content: Content::Text(manifests.into()), parameters: Parameters::default() }
    }

    /// Reads a fragment, or the whole link: what stands before a `#` does not count. Neither do
    /// parameters that are not known, so that older versions open newer links as far as they can.
    pub fn read(link: &str) -> Result<Self, ReadError> {
        let link = link.trim();
        let fragment = match link.split_once('#') {
            Some((before, fragment)) if before.is_empty() || before.contains('/') => fragment,
            _ => link,
        };
        if fragment.len() > LONGEST_FRAGMENT {
            return Err(ReadError::TooLong);
        }
        let mut parts = fragment.split('&');
        let first = parts.next().unwrap_or_default();
        let mut parameters = Parameters::default();
        let content = if let Some(text) = payload::read(first)? {
            Content::Text(text)
        } else if let Some(name) = first.strip_prefix("example=") {
            Content::Example(percent::decode(name))
        } else if let Some(address) = first.strip_prefix("url=") {
            Content::Url(percent::decode(address))
        } else if fragment.is_empty() || parameters.read(first) {
            Content::None
        } else {
            return Err(ReadError::NotALink);
        };
        for part in parts {
            parameters.read(part);
        }
        Ok(Self { content, parameters })
    }

    /// Writes the fragment. Its last character is a letter or a digit, as programs that find links in
    /// a text take other characters for the end of the sentence.
    pub fn write(&self) -> Result<String, WriteError> {
        let mut written = String::new();
        match &self.content {
            Content::None => {}
            Content::Text(text) => written = payload::write(text)?,
            Content::Example(name) => {
                written.push_str("example=");
                percent::encode(name, &mut written);
            }
            Content::Url(address) => {
                written.push_str("url=");
                percent::encode(address, &mut written);
            }
        }
        self.parameters.write(&mut written);
        if self.content == Content::None && !written.is_empty() {
            written.remove(0);
        }
        percent::close(&mut written);
        if written.len() > LONGEST_FRAGMENT {
            return Err(WriteError::TooLong { characters: written.len() });
        }
        Ok(written)
    }
}

#[cfg(test)]
mod tests;
