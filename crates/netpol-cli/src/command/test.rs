//! `netpol test`: expectations.

use clap::Args;
use netpol::report;

use crate::args::{Common, Format};
use crate::exit::{Exit, Failure, say};
use crate::session;

/// Check the connections that `kind: Expectation` documents expect
///
/// An expectation is a manifest beside the others:
///
///   apiVersion: netpol/v1
///   kind: Expectation
///   metadata: {name: only-the-frontend}
///   spec:
///     connections:
///     - {from: shop/web, to: shop/db, port: 5432, verdict: allowed}
///     - {from: shop/other, to: shop/db, port: 5432, verdict: denied}
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
#[command(after_help = "Examples:
  netpol test manifests/ expectations.yaml
  netpol test shop.yaml --format json")]
pub(crate) struct Test {
    #[command(flatten)]
    common: Common,

    /// How to print the answer
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

impl Test {
    pub(super) fn run(self) -> Result<Exit, Failure> {
        let answer = session::ask(&self.common, |analysis| Ok(analysis.test()))?;
        if answer.view.results.is_empty() {
            say("no connection is expected: the manifests hold no `kind: Expectation`");
        }
        let exit = answer.print(self.format, "test", report::tests(&answer.view))?;
        Ok(if answer.view.failed > 0 { Exit::Found } else { exit })
    }
}
