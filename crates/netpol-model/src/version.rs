//! The Kubernetes version whose rules are applied.

use std::fmt;

/// A Kubernetes version, 1.0 or newer. Patch releases do not change rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct KubernetesVersion {
    minor: u16,
}

impl Default for KubernetesVersion {
    fn default() -> Self {
        Self { minor: 36 }
    }
}

impl KubernetesVersion {
    /// Reads `1.36`, `v1.36` or `1.36.2`; `None` if it is something else.
    ///
    /// ```
    /// use netpol_model::KubernetesVersion;
    ///
    /// assert_eq!(KubernetesVersion::parse("v1.36.2"), Some(KubernetesVersion::default()));
    /// assert_eq!(KubernetesVersion::parse("36"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.strip_prefix('v').unwrap_or(text);
        let mut parts = text.strip_prefix("1.")?.splitn(2, '.');
        let minor = parts.next()?.parse().ok()?;
        Some(Self { minor })
    }

    /// The versions between which rules differ, the newest first.
    pub fn known() -> impl Iterator<Item = Self> {
        (Self::OLDEST..=Self::default().minor).rev().map(|minor| Self { minor })
    }

    /// Before this one nothing that is judged here was different.
    const OLDEST: u16 = 23;

    /// Whether NetworkPolicy had a `status`, an experiment that was taken back.
    pub(crate) fn has_policy_status(self) -> bool {
        (24..=27).contains(&self.minor)
    }

    /// Whether blocks of addresses must be well-formed (`StrictIPCIDRValidation`, KEP-4858).
    pub(crate) fn has_strict_cidrs(self) -> bool {
        self.minor >= 36
    }

    /// Whether the API server warns of unusual blocks of addresses (KEP-4858).
    pub(crate) fn warns_of_cidrs(self) -> bool {
        self.minor >= 33
    }

    /// Whether bad values are printed as JSON rather than as Go.
    pub(crate) fn prints_json(self) -> bool {
        self.minor >= 34
    }

    /// Whether messages speak of label keys and bytes rather than of qualified names and
    /// characters.
    pub(crate) fn speaks_of_label_keys(self) -> bool {
        self.minor >= 35
    }
}

impl fmt::Display for KubernetesVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "1.{}", self.minor)
    }
}
