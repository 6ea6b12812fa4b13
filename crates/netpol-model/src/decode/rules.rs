//! The rules by which objects are refused.

use netpol_syntax::Finding;

use super::{own, unique};
use crate::KubernetesVersion;
use crate::documents::Manifest;
use crate::kind::Kind;
use crate::place::Place;

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

impl Rules {
    /// The choice of the last Settings, and a finding for each of the others.
    pub(crate) fn of(manifests: &[Manifest], findings: &mut Vec<Finding>) -> Self {
        let mut settings = manifests.iter().rev().filter(|it| it.kind == Kind::Settings);
        let Some(last) = settings.next() else { return Self::default() };
        findings.extend(settings.map(|earlier| {
            let place = Place::root(earlier.object).headline();
            unique::replaced(place, "of several Settings the last counts")
        }));
        let chosen = own::settings(&Place::root(last.object));
        let version = chosen.kubernetes_version.as_deref().and_then(KubernetesVersion::parse);
        Self {
            version: version.unwrap_or_default(),
            fields: chosen.field_validation.unwrap_or_default(),
        }
    }
}
