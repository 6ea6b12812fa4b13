//! The codes of all findings of this crate.

/// A document or a list's item that is not a mapping.
pub(crate) const NOT_AN_OBJECT: &str = "not-an-object";
/// No `apiVersion`.
pub(crate) const MISSING_API_VERSION: &str = "missing-api-version";
/// No `kind`.
pub(crate) const MISSING_KIND: &str = "missing-kind";
/// A known kind in a version that does not have it.
pub(crate) const UNKNOWN_VERSION: &str = "unknown-version";
/// A kind that nobody knows but that looks like a known one.
pub(crate) const UNKNOWN_KIND: &str = "unknown-kind";
/// A field that the kind does not have.
pub(crate) const UNKNOWN_FIELD: &str = "unknown-field";
/// A value of the wrong type.
pub(crate) const WRONG_TYPE: &str = "wrong-type";
/// Two objects of the same kind, namespace and name.
pub(crate) const DUPLICATE_OBJECT: &str = "duplicate-object";

/// A name or namespace that the API server refuses.
pub(crate) const INVALID_NAME: &str = "invalid-name";
/// Other metadata that the API server refuses.
pub(crate) const INVALID_METADATA: &str = "invalid-metadata";
/// The key or value of a label that the API server refuses.
pub(crate) const INVALID_LABEL: &str = "invalid-label";
/// An expression of a selector that the API server refuses.
pub(crate) const INVALID_SELECTOR: &str = "invalid-selector";
/// A protocol other than TCP, UDP and SCTP.
pub(crate) const INVALID_PROTOCOL: &str = "invalid-protocol";
/// A port's number or name.
pub(crate) const INVALID_PORT: &str = "invalid-port";
/// The end of a range of ports.
pub(crate) const INVALID_END_PORT: &str = "invalid-end-port";
/// A peer that means nobody, or two things at once.
pub(crate) const INVALID_PEER: &str = "invalid-peer";
/// A block of addresses.
pub(crate) const INVALID_CIDR: &str = "invalid-cidr";
/// An entry of `policyTypes`.
pub(crate) const INVALID_POLICY_TYPE: &str = "invalid-policy-type";
/// A block of addresses in an unusual form, which the API server warns of.
pub(crate) const UNUSUAL_CIDR: &str = "unusual-cidr";

/// An address that is none.
pub(crate) const INVALID_ADDRESS: &str = "invalid-address";
/// One end of an expected connection.
pub(crate) const INVALID_ENDPOINT: &str = "invalid-endpoint";
/// A word that is no verdict.
pub(crate) const INVALID_VERDICT: &str = "invalid-verdict";
/// A value of our settings.
pub(crate) const INVALID_SETTING: &str = "invalid-setting";
