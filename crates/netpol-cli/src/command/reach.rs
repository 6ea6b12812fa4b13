//! `netpol reach`: everything that is possible.

use clap::{Args, ValueEnum};
use netpol::report;
use netpol::view::{PortSpec, Protocol, ReachQuery};

use crate::args::{self, Common};
use crate::exit::{Exit, Failure, say};
use crate::{output, session};

/// List who can reach whom, and on which ports
///
/// One line for each pair with an allowed port: `FROM => TO : PORTS`, sorted. Pods go by their
/// workloads; the addresses outside are cut into ranges where the policies' blocks begin and end.
/// Forms other than JSON are those of `list` of np-guard's netpol-analyzer.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  netpol reach manifests/
  netpol reach dump.yaml --to shop/db
  netpol reach dump.yaml --from 203.0.113.7 --format csv
  netpol reach dump.yaml --port 443 --format json
  netpol reach shop.yaml --format dot | dot -Tsvg >shop.svg")]
pub(crate) struct Reach {
    #[command(flatten)]
    common: Common,

    /// How to print the answer
    #[arg(long, value_enum, default_value_t = ReachFormat::Text)]
    format: ReachFormat,

    /// Only from here: NAMESPACE/POD, NAMESPACE/WORKLOAD, external/NAME or an address
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

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ReachFormat {
    /// For people
    Text,
    /// One JSON object
    Json,
    /// Comma-separated values
    Csv,
    /// A Markdown table
    Md,
    /// A graph for Graphviz
    Dot,
    /// A flowchart for Mermaid
    Mermaid,
}

impl Reach {
    pub(super) fn run(self) -> Result<Exit, Failure> {
        let Self { common, format, from, to, port, protocol } = self;
        let query = ReachQuery { from, to, port, protocol };
        if format == ReachFormat::Json {
            let answer = session::ask(&common, |analysis| analysis.reach(&query))?;
            say_if_none(answer.view.connections.len());
            output::json("reach", &answer.view)?;
            return Ok(answer.exit());
        }
        let answer = session::ask(&common, |analysis| analysis.connectivity(&query))?;
        let view = &answer.view;
        say_if_none(view.connections.len());
        say_undecided(view.undecided);
        match format {
            ReachFormat::Text | ReachFormat::Json => output::text(report::reach(view))?,
            ReachFormat::Csv => output::text(report::reach_csv(view))?,
            ReachFormat::Md => output::text(report::reach_markdown(view))?,
            ReachFormat::Dot => output::text(report::reach_dot(view))?,
            ReachFormat::Mermaid => output::text(report::reach_mermaid(view))?,
        }
        Ok(answer.exit())
    }
}

fn say_if_none(connections: usize) {
    if connections == 0 {
        say("no connection is possible");
    }
}

/// The list has what is certain; that there is more must not be missed.
fn say_undecided(pairs: usize) {
    let (pairs, connect) = match pairs {
        0 => return,
        1 => ("1 more pair".to_owned(), "connects"),
        many => (format!("{many} more pairs"), "connect"),
    };
    say(format_args!(
        "{pairs} {connect} with some network plugins only; name yours in the Settings, or see \
         `--format json`"
    ));
}
