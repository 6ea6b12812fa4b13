//! `netpol test`: expectations.

use clap::{Args, ValueEnum};
use netpol::report;

use crate::args::Common;
use crate::exit::{Exit, Failure, say};
use crate::{junit, output, session};

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
  netpol test shop.yaml --format junit >expectations.xml")]
pub(crate) struct Test {
    #[command(flatten)]
    common: Common,

    /// How to print the answer
    #[arg(long, value_enum, default_value_t = TestFormat::Text)]
    format: TestFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum TestFormat {
    /// For people
    Text,
    /// One JSON object
    Json,
    /// JUnit XML, for continuous integration
    Junit,
}

impl Test {
    pub(super) fn run(self) -> Result<Exit, Failure> {
        let answer = session::ask(&self.common, |analysis| Ok(analysis.test()))?;
        if answer.view.results.is_empty() {
            say("no connection is expected: the manifests hold no `kind: Expectation`");
        }
        match self.format {
            TestFormat::Text => output::text(report::tests(&answer.view))?,
            TestFormat::Json => output::json("test", &answer.view)?,
            TestFormat::Junit => output::text(junit::report(&answer.view)?)?,
        }
        Ok(if answer.view.failed > 0 { Exit::Found } else { answer.exit() })
    }
}
