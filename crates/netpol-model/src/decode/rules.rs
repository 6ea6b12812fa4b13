//! The rules by which objects are refused.

use crate::KubernetesVersion;

/// What becomes of fields that a kind does not have, as kubectl's `--validate` chooses.
/// Source: <https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation>
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FieldValidation {
    /// The object is refused.
    #[default]
    Strict,
    /// They are dropped with a warning.
    Warn,
    /// They are dropped.
    Ignore,
}

impl FieldValidation {
    /// All of them.
    pub(crate) const ALL: [Self; 3] = [Self::Strict, Self::Warn, Self::Ignore];

    /// The word in manifests.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Strict => "strict",
            Self::Warn => "warn",
            Self::Ignore => "ignore",
        }
    }

    /// Reads the word in manifests.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == text)
    }
}

/// What the Settings choose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Rules {
    pub(crate) version: KubernetesVersion,
    pub(crate) fields: FieldValidation,
}
