//! `netpol explain`: one connection.

use std::fmt::{self, Display};

use clap::{Args, ValueEnum};
use netpol::view::{
    ConnectionQuery, Explanation, PortSpec, Protocol, QueryError, Suggestion, Verdict,
};
use netpol::{Analysis, report};
use serde::Serialize;

use crate::args::{self, Common, Format};
use crate::exit::{Exit, Failure};
use crate::session;

/// Say whether one connection is allowed, and which lines decide
///
/// Both sides are judged: leaving the sender (egress) and entering the receiver (ingress). For each
/// side it lists the policies that isolate the pod, and for every rule which peers and ports match,
/// and why not where they do not. With --suggest it ends with the smallest edits of the policies that
/// turn the verdict, each with what else it would change; nothing is written.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  netpol explain shop.yaml --from shop/web --to shop/db --port 5432
  netpol explain manifests/ --from shop/web --to service:shop/api --port http
  netpol explain shop.yaml --from shop/web --to shop/db --port 5432 --suggest
  netpol explain - --from shop/web --to 203.0.113.7 --port 53 --protocol UDP <dump.yaml
  netpol explain shop.yaml --from shop/web --to shop/db --protocol ICMP")]
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
    port: Option<PortSpec>,

    /// The protocol; ICMP asks about a ping, which has no port
    #[arg(long, value_parser = args::protocol_or_icmp(), ignore_case = true, default_value = "TCP")]
    protocol: Protocol,

    /// Say also which edits would turn the verdict
    #[arg(long, value_enum, value_name = "VERDICT", num_args = 0..=1, require_equals = true)]
    #[arg(default_missing_value = "opposite")]
    suggest: Option<Wanted>,
}

/// What somebody wants to become of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Wanted {
    /// Denied if it is allowed, and otherwise allowed
    Opposite,
    /// It passes
    Allowed,
    /// It does not
    Denied,
}

impl Explain {
    pub(super) fn run(self) -> Result<Exit, Failure> {
        let Self { common, format, from, to, port, protocol, suggest } = self;
        let port = match (port, protocol) {
            (Some(_), Protocol::Icmp) => {
                return Err(Failure::new("ICMP has no ports: leave out --port"));
            }
            (None, Protocol::Icmp) => PortSpec::None,
            (None, _) => {
                let missing = "the following required arguments were not provided: --port <PORT>";
                return Err(Failure::new(missing));
            }
            (Some(port), _) => port,
        };
        let query = ConnectionQuery { from, to, port, protocol };
        let answer = session::ask(&common, |analysis| {
            let explanation = analysis.explain(&query)?;
            let advice = suggest.map(|wanted| Advice::of(analysis, &query, &explanation, wanted));
            Ok(Answer { explanation, advice })
        })?;
        answer.print(format, "explain", &answer.view)
    }
}

#[derive(Debug, Serialize)]
struct Answer {
    #[serde(flatten)]
    explanation: Explanation,
    #[serde(flatten)]
    advice: Option<Advice>,
}

/// How the verdict can be turned.
#[derive(Debug, Serialize)]
struct Advice {
    wanted: Verdict,
    suggestions: Vec<Suggestion>,
    /// Why there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    no_suggestion: Option<QueryError>,
}

impl Advice {
    fn of(
        analysis: &Analysis,
        query: &ConnectionQuery,
        explanation: &Explanation,
        wanted: Wanted,
    ) -> Self {
        let wanted = match (wanted, explanation.verdict) {
            (Wanted::Denied, _) | (Wanted::Opposite, Verdict::Allowed) => Verdict::Denied,
            (Wanted::Allowed | Wanted::Opposite, _) => Verdict::Allowed,
        };
        let (suggestions, no_suggestion) = match analysis.suggest(query, wanted) {
            Ok(suggestions) => (suggestions, None),
            Err(reason) => (Vec::new(), Some(reason)),
        };
        Self { wanted, suggestions, no_suggestion }
    }
}

impl Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        report::explanation(&self.explanation).fmt(f)?;
        let Some(Advice { wanted, suggestions, no_suggestion }) = &self.advice else {
            return Ok(());
        };
        match (no_suggestion, suggestions.as_slice()) {
            (Some(reason), _) => return writeln!(f, "\nno suggestion: {reason}"),
            (None, [_]) => writeln!(f, "\nWith this edit the connection is {wanted}:")?,
            (None, _) => writeln!(f, "\nWith any one of these edits the connection is {wanted}:")?,
        }
        report::suggestions(suggestions).fmt(f)
    }
}
