//! `netpol explain`: one connection.

use clap::Args;
use netpol::report;
use netpol::view::{ConnectionQuery, PortSpec, Protocol};

use crate::args::{self, Common, Format};
use crate::exit::{Exit, Failure};
use crate::session;

/// Say whether one connection is allowed, and which lines decide
///
/// Both sides are judged: leaving the sender (egress) and entering the receiver (ingress). For each
/// side it lists the policies that isolate the pod, and for every rule which peers and ports match,
/// and why not where they do not.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  netpol explain shop.yaml --from shop/web --to shop/db --port 5432
  netpol explain manifests/ --from shop/web --to service:shop/api --port http
  netpol explain - --from shop/web --to 203.0.113.7 --port 53 --protocol UDP <dump.yaml")]
pub(crate) struct Explain {
    #[command(flatten)]
    common: Common,

    /// How to print the answer
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,

    /// The sender: NAMESPACE/POD, NAMESPACE/WORKLOAD, external/NAME or an address
    #[arg(long, value_name = "ENDPOINT")]
    from: String,

    /// The receiver: as --from, or service:NAMESPACE/NAME
    #[arg(long, value_name = "ENDPOINT")]
    to: String,

    /// The port that the sender dials: a number, or a name that the receiver gives it
    #[arg(long, value_parser = args::port)]
    port: PortSpec,

    /// The protocol
    #[arg(long, value_parser = args::protocol(), ignore_case = true, default_value = "TCP")]
    protocol: Protocol,
}

impl Explain {
    pub(super) fn run(self) -> Result<Exit, Failure> {
        let Self { common, format, from, to, port, protocol } = self;
        let query = ConnectionQuery { from, to, port, protocol };
        let answer = session::ask(&common, |analysis| analysis.explain(&query))?;
        answer.print(format, "explain", report::explanation(&answer.view))
    }
}
