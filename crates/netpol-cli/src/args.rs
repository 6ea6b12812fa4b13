//! The arguments that verbs share, and what is said when they cannot be understood.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::error::ErrorKind;
use clap::{Parser, ValueEnum};
use netpol::view::{PortSpec, Protocol};

use crate::command::Command;
use crate::exit::{Exit, Failure};

/// Who can talk to whom under these network policies, and which line says so
///
/// Reads manifests (policies, pods, workloads, namespaces, services) as kubectl does and answers
/// from them alone: no cluster is asked.
#[derive(Debug, Parser)]
#[command(name = "netpol", version, subcommand_required = true, arg_required_else_help = true)]
#[command(after_help = "Exit status:
  0  all well
  1  an expectation failed, or a manifest has an error; the answer is printed all the same
  2  the input or the call could not be used")]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What verbs read.
#[derive(Debug, clap::Args)]
pub(crate) struct Input {
    /// Manifests: files, folders (searched for .yaml, .yml and .json), or `-` for standard input
    #[arg(value_name = "FILE", required = true)]
    pub(crate) files: Vec<PathBuf>,
}

/// What verbs read whose answer is not about findings.
#[derive(Debug, clap::Args)]
pub(crate) struct Common {
    #[command(flatten)]
    pub(crate) input: Input,

    /// Show also the findings that are only worth knowing
    #[arg(long)]
    pub(crate) verbose: bool,
}

/// How an answer is printed by verbs that have no other form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Text,
    /// One JSON object
    Json,
}

/// Reads a port: a number, or a name that the receiver gives it.
pub(crate) fn port(text: &str) -> Result<PortSpec, String> {
    match PortSpec::parse(text) {
        Some(PortSpec::Name(name)) if !may_be_port_name(&name) => None,
        port => port,
    }
    .ok_or_else(|| {
        "a port is a number from 1 to 65535, or a name of lower-case letters, digits and `-`"
            .to_owned()
    })
}

/// What container ports (`IANA_SVC_NAME`) and service ports (`DNS_LABEL`) have in common, and
/// `80/TCP` has not: the protocol is an option of its own.
fn may_be_port_name(name: &str) -> bool {
    name.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
        && name.bytes().any(|byte| byte.is_ascii_lowercase())
}

/// Reads a protocol in upper or lower case.
pub(crate) fn protocol() -> impl TypedValueParser<Value = Protocol> {
    PossibleValuesParser::new(Protocol::ALL.map(Protocol::as_str)).map(|word| {
        let named = |protocol: &Protocol| protocol.as_str().eq_ignore_ascii_case(&word);
        Protocol::ALL.into_iter().find(named).unwrap_or_default()
    })
}

/// Reads a protocol that one connection can have: ICMP, too.
pub(crate) fn protocol_or_icmp() -> impl TypedValueParser<Value = Protocol> {
    let all = || Protocol::ALL.into_iter().chain([Protocol::Icmp]);
    let words: Vec<&str> = all().map(Protocol::as_str).collect();
    PossibleValuesParser::new(words).map(move |word| {
        let named = |protocol: &Protocol| protocol.as_str().eq_ignore_ascii_case(&word);
        all().find(named).unwrap_or_default()
    })
}

/// Prints the help that was asked for, or in one line why the arguments cannot be used.
pub(crate) fn answer(refusal: &clap::Error) -> Exit {
    match refusal.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            // Whoever closes the pipe early has read enough.
            let _ = refusal.print();
            Exit::Well
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let _ = refusal.print();
            Exit::Unusable
        }
        _ => Failure::new(one_line(&refusal.to_string())).report(),
    }
}

/// The parser's message without its frame of usage and pointers to the help.
fn one_line(message: &str) -> String {
    let message = message.strip_prefix("error: ").unwrap_or(message);
    let paragraphs = message.split("\n\n").take_while(|text| !text.starts_with("Usage:"));
    let lines = paragraphs.map(|text| {
        let words: Vec<_> = text.split_whitespace().collect();
        words.join(" ")
    });
    let lines: Vec<_> = lines.filter(|line| !line.starts_with("For more information")).collect();
    lines.join("; ")
}
