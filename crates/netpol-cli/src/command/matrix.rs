//! `netpol matrix`: everyone to everyone.

use clap::Args;
use netpol::report;
use netpol::view::{MatrixQuery, PortSpec, Protocol};

use crate::args::{self, Common, Format};
use crate::exit::{Exit, Failure};
use crate::session;

/// A wider table helps nobody, and its size grows with the square.
const LIMIT: usize = 1000;

/// Show who can reach whom as a table
///
/// A row for each sender, a column for each receiver. Without --port, each receiver is asked on the
/// ports that it declares.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  netpol matrix shop.yaml
  netpol matrix manifests/ --port 8080
  netpol matrix manifests/ --port 53 --protocol UDP")]
pub(crate) struct Matrix {
    #[command(flatten)]
    common: Common,

    /// How to print the answer
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,

    /// Only this port: a number, or a name that receivers give it
    #[arg(long, value_parser = args::port)]
    port: Option<PortSpec>,

    /// Only this protocol; with --port TCP unless given
    #[arg(long, value_parser = args::protocol(), ignore_case = true)]
    protocol: Option<Protocol>,
}

impl Matrix {
    pub(super) fn run(self) -> Result<Exit, Failure> {
        let Self { common, format, port, protocol } = self;
        let query = MatrixQuery { port, protocol, limit: LIMIT };
        let answer = session::ask(&common, |analysis| analysis.matrix(&query))?;
        answer.print(format, "matrix", report::matrix(&answer.view))
    }
}
