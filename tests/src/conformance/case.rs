//! The format of the cases.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

/// A file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Suite {
    #[serde(rename = "suite")]
    _name: String,
    #[serde(rename = "origin")]
    _origin: Value,
    pub(super) worlds: BTreeMap<String, World>,
    pub(super) cases: Vec<Case>,
}

/// A cluster without policies.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct World {
    pub(super) namespaces: BTreeMap<String, BTreeMap<String, String>>,
    pub(super) pods: BTreeMap<String, Pod>,
    #[serde(default)]
    pub(super) services: Vec<Service>,
    #[serde(default)]
    pub(super) externals: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Pod {
    pub(super) labels: BTreeMap<String, String>,
    pub(super) ip: Option<String>,
    /// `NUMBER/PROTOCOL=NAME`, the name optional.
    #[serde(default)]
    pub(super) ports: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Service {
    pub(super) namespace: String,
    pub(super) name: String,
    pub(super) selector: Value,
    pub(super) ports: Value,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Case {
    pub(super) id: String,
    #[serde(rename = "source")]
    _source: String,
    pub(super) world: String,
    pub(super) policies: Vec<Value>,
    #[serde(default)]
    pub(super) requires: Vec<Requirement>,
    pub(super) tables: Vec<Table>,
}

/// What a source assumes.
#[derive(Deserialize, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Requirement {
    /// Address blocks are compared with pods' addresses.
    IpblockMatchesPodIp,
    /// IPv6.
    Ipv6,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Table {
    pub(super) ports: Vec<String>,
    pub(super) from: Vec<String>,
    pub(super) to: Vec<String>,
    pub(super) rows: Vec<String>,
}
