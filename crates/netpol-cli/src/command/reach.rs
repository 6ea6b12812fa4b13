//! `netpol reach`: everything that is possible.

use clap::Args;
use netpol::report;
use netpol::view::{PortSpec, Protocol, ReachQuery};

use crate::args::{self, Common, Format};
use crate::exit::{Exit, Failure, say};
use crate::session;

/// List who can reach whom, and on which ports
///
/// One line for each pair with an allowed port: `FROM => TO : PORTS`, sorted.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  netpol reach manifests/
  netpol reach dump.yaml --to shop/db
  netpol reach dump.yaml --port 443 --format json")]
pub(crate) struct Reach {
    #[command(flatten)]
    common: Common,

    /// How to print the answer
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,

    /// Only from here: NAMESPACE/POD, NAMESPACE/WORKLOAD or external/NAME
    #[arg(long, value_name = "ENDPOINT")]
    from: Option<String>,

    /// Only to here: as --from
    #[arg(long, value_name = "ENDPOINT")]
    to: Option<String>,

    /// Only this port: a number, or a name that the receiver gives it
    #[arg(long, value_parser = args::port)]
    port: Option<PortSpec>,

    /// Only this protocol
    #[arg(long, value_parser = args::protocol(), ignore_case = true)]
    protocol: Option<Protocol>,
}

impl Reach {
    pub(super) fn run(self) -> Result<Exit, Failure> {
        let Self { common, format, from, to, port, protocol } = self;
        let query = ReachQuery { from, to, port, protocol };
        let answer = session::ask(&common, |analysis| analysis.reach(&query))?;
        if answer.view.connections.is_empty() {
            say("no connection is possible");
        }
        answer.print(format, "reach", report::reach(&answer.view))
    }
}
