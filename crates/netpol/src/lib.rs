//! Who may talk to whom under network policies of Kubernetes, and which line says so: manifests in,
//! plain data out.
//!
//! ```text
//! texts ──parse, decode──▶ objects ──resolve──▶ world ──judge──▶ traces ──explain──▶ views
//! ```
//!
//! [`analyse`] runs the pipeline. An [`Analysis`] then answers questions, each with a type of
//! [`view`], which is also what `netpol … --format json` prints and what the page's worker sends.
//! [`report`] prints views for people, [`mod@edit`] changes manifests in place, [`redact()`] writes them
//! anew under other names, [`minimise()`] only those that decide about one connection.
//!
//! # One connection
//!
//! ```
//! use netpol::view::{ConnectionQuery, PortSpec, Protocol, Verdict};
//! use netpol::{Sources, analyse, report};
//!
//! # let manifests = "
//! # {apiVersion: v1, kind: Pod, metadata: {name: web, namespace: shop, labels: {app: web}}}
//! # ---
//! # {apiVersion: v1, kind: Pod, metadata: {name: db, namespace: shop, labels: {app: db}}}
//! # ---
//! # apiVersion: networking.k8s.io/v1
//! # kind: NetworkPolicy
//! # metadata: {name: db, namespace: shop}
//! # spec:
//! #   podSelector: {matchLabels: {app: db}}
//! #   ingress:
//! #   - from: [{podSelector: {matchLabels: {app: api}}}]
//! # ";
//! let analysis = analyse(Sources::single("shop.yaml", manifests));
//! let query = ConnectionQuery {
//!     from: "shop/web".to_owned(),
//!     to: "shop/db".to_owned(),
//!     port: PortSpec::Number(5432),
//!     protocol: Protocol::Tcp,
//! };
//! let explanation = analysis.explain(&query)?;
//! assert_eq!(explanation.verdict, Verdict::Denied);
//! assert_eq!(explanation.summary, "No policy of db lets web in.");
//! print!("{}", report::explanation(&explanation)); // rule by rule, with places in the text
//!
//! // The smallest edits that turn the verdict, each applied and judged again.
//! let suggestions = analysis.suggest(&query, Verdict::Allowed)?;
//! assert_eq!(suggestions[0].title, "let db admit web");
//! assert_eq!(suggestions[0].others.total, 0);
//! # Ok::<(), netpol::view::QueryError>(())
//! ```
//!
//! # All connections
//!
//! ```
//! use netpol::view::{MatrixQuery, ReachQuery};
//! use netpol::{Sources, analyse, report};
//!
//! # let manifests = "
//! # {apiVersion: v1, kind: Pod, metadata: {name: web, namespace: shop}}
//! # ---
//! # {apiVersion: v1, kind: Pod, metadata: {name: db, namespace: shop}}
//! # ";
//! let analysis = analyse(Sources::single("shop.yaml", manifests));
//! for entry in analysis.reach(&ReachQuery::default())?.connections {
//!     println!("{} -> {}: {}", entry.from, entry.to, entry.ports.join(", "));
//! }
//! let matrix = analysis.matrix(&MatrixQuery { limit: 100, ..MatrixQuery::default() })?;
//! print!("{}", report::matrix(&matrix));
//! assert_eq!(analysis.stats().pairs.allowed, 2);
//! # Ok::<(), netpol::view::QueryError>(())
//! ```
//!
//! # What is wrong with the manifests
//!
//! ```
//! use netpol::view::Severity;
//! use netpol::{Sources, analyse, report};
//!
//! let analysis = analyse(Sources::single("web.yaml", "
//! apiVersion: networking.k8s.io/v1
//! kind: NetworkPolicy
//! metadata: {name: web}
//! spec: {podSelecter: {}}
//! "));
//! let findings = analysis.findings();
//! let finding = findings.iter().find(|it| it.severity == Severity::Error).unwrap();
//! assert_eq!(finding.message, "unknown field \"spec.podSelecter\"");
//! assert_eq!((finding.place.line, finding.place.column), (5, 8));
//! assert_eq!(finding.help.as_deref(), Some("did you mean `podSelector`?"));
//!
//! // What `kubectl apply` would print.
//! let validation = analysis.validate(None);
//! assert_eq!((validation.accepted, validation.refused), (0, 1));
//! print!("{}", report::validation(&validation));
//! ```
//!
//! # Tests and changes
//!
//! ```
//! use netpol::{Sources, analyse, diff, report};
//!
//! let pods = "
//! {apiVersion: v1, kind: Pod, metadata: {name: web}}
//! ---
//! {apiVersion: v1, kind: Pod, metadata: {name: db}}
//! ---
//! apiVersion: netpol/v1
//! kind: Expectation
//! metadata: {name: nobody-calls-web}
//! spec: {connections: [{from: default/db, to: default/web, port: 80, verdict: denied}]}
//! ";
//! let policy = "
//! {apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: deny}, spec: {}}
//! ";
//! let before = analyse(Sources::single("before.yaml", pods));
//! let after = analyse(Sources::single("after.yaml", format!("{pods}---{policy}")));
//! assert!(!before.test().results[0].ok);
//! assert!(after.test().results[0].ok);
//! print!("{}", report::diff(&diff(&before, &after)?)); // what the policy allows and forbids
//! # Ok::<(), netpol::view::QueryError>(())
//! ```
//!
//! # What can be relied on
//!
//! - **No input panics, and none hangs.** Broken input is data: what is wrong with the texts is among
//!   the findings, and the rest is judged. Only a question can be refused, with a [`view::QueryError`]:
//!   it names something that is not there. The workspace's `tests/src/fuzz` tries hostile texts with
//!   every question in each test run, `tests/fuzz` searches for longer.
//! - **The same input gives the same bytes**, on every platform: no clock, no randomness, no files.
//! - **Answers grow.** Types that only this crate makes are `#[non_exhaustive]` where fields are likely
//!   to come; the JSON keeps its fields, as `docs/json.md` promises. Enums can be matched exhaustively,
//!   so that a new word is a breaking change that the compiler shows.
//! - There are no Cargo features.
#![deny(clippy::disallowed_methods, clippy::disallowed_types)]

mod analysis;
pub mod complete;
mod connect;
mod connectivity;
mod diff;
pub mod edit;
mod endpoint;
mod explain;
mod fix;
mod flow;
mod flow_log;
mod folded;
mod lint;
pub mod lookup;
mod minimise;
mod outside;
mod party;
mod place;
mod redact;
pub mod report;
mod stored;
mod table;
mod topology;
mod validation;
pub mod view;
mod yaml;

pub use analysis::{Analysis, analyse, analyse_shared};
pub use diff::diff;
pub use flow_log::flow_log;
pub use minimise::minimise;
pub use netpol_model::Share;
pub use netpol_syntax::{Source, Sources};
pub use redact::{Redacted, redact};
