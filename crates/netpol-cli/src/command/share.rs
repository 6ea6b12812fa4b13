//! `netpol share` and `netpol open`: manifests as a link, and back.

use std::io::Read as _;

use clap::Args;
use netpol::view::{ConnectionQuery, PortSpec, Protocol};
use netpol::{Source, Sources, analyse, minimise, redact};
use netpol_share::{CHAT_LIMIT, Content, Fragment, Key, MAIL_LIMIT};

use crate::args::{self, Input};
use crate::exit::{Exit, Failure, say};
use crate::{findings, input, output};

/// Where `cargo xtask serve` shows the page. A fragment works behind the address of any copy.
const BASE_URL: &str = "http://localhost:8080/";

/// Print a link that opens these manifests in the playground
///
/// The link holds the manifests themselves, byte by byte: whoever has it can read them. Several files
/// become one, in the order of the arguments. With --from, --to and --port the page explains that
/// connection. Nothing is sent anywhere. With --redact all names, labels and addresses are others, and
/// only what decides about traffic is left; every verdict stays what it is. With --minimise only the
/// objects are left that decide about the connection.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  netpol share shop.yaml
  netpol share manifests/ --base-url https://example.org/playground/
  netpol share shop.yaml --from shop/web --to shop/db --port 5432
  netpol share shop.yaml --redact
  netpol share dump.yaml --minimise --from shop/web --to shop/db --port 5432
  kubectl get -n shop ns,pods,svc,netpol -o yaml | netpol share -")]
pub(crate) struct Share {
    #[command(flatten)]
    input: Input,

    /// The address of the page that opens the link
    #[arg(long, value_name = "URL", default_value = BASE_URL)]
    base_url: String,

    /// Give everything other names, so that the link does not tell whose manifests these are
    #[arg(long)]
    redact: bool,

    /// Leave out what does not decide about the connection to explain
    #[arg(long, alias = "minimize", requires_all = ["from", "to", "port"])]
    minimise: bool,

    /// The sender of the connection to explain: NAMESPACE/POD, NAMESPACE/WORKLOAD, external/NAME or an address
    #[arg(long, value_name = "ENDPOINT", requires_all = ["to", "port"])]
    from: Option<String>,

    /// The receiver: as --from, or service:NAMESPACE/NAME
    #[arg(long, value_name = "ENDPOINT", requires_all = ["from", "port"])]
    to: Option<String>,

    /// The port that the sender dials: a number, or a name that the receiver gives it
    #[arg(long, value_parser = args::port, requires_all = ["from", "to"])]
    port: Option<PortSpec>,

    /// The protocol
    #[arg(long, value_parser = args::protocol(), ignore_case = true, default_value = "TCP")]
    protocol: Protocol,
}

impl Share {
    pub(super) fn run(self) -> Result<Exit, Failure> {
        let sources = input::read(&self.input.files)?;
        let mut question = self.question();
        let mut text = joined(&sources);
        let mut faulty = false;
        if self.redact || question.is_some() {
            let mut analysis = analyse(sources);
            // What has an error is not in a link that is written anew.
            faulty = findings::print(&analysis, false);
            if let Some(question) = &question {
                analysis.explain(question)?;
            }
            if let Some(question) = question.as_ref().filter(|_| self.minimise) {
                text = minimise(&analysis, question)?;
                analysis = analyse(Sources::single("", text.as_str()));
            }
            if self.redact {
                let redacted = redact(&analysis, question.as_slice());
                question = redacted.questions.into_iter().next();
                text = redacted.text;
            }
        }
        let exit = if faulty { Exit::Found } else { Exit::Well };
        let mut link = Fragment::of_text(text);
        if let Some(ConnectionQuery { from, to, port, protocol }) = question {
            link.parameters.set(Key::Flow, format!("{from}>{to}:{port}/{protocol}"));
        }
        let fewer = if self.minimise {
            "share fewer objects"
        } else {
            "share fewer objects, such as those of one namespace, or with `--minimise` only what decides about one \
             connection"
        };
        let fragment = link
            .write()
            .map_err(|error| Failure::new(format_args!("{error}: {fewer}, or the file itself")))?;
        let base = self.base_url.split_once('#').map_or(self.base_url.as_str(), |(base, _)| base);
        let link = format!("{base}#{fragment}");
        output::text(format_args!("{link}\n"))?;
        let length = link.len();
        let who = match (length > CHAT_LIMIT, length > MAIL_LIMIT) {
            (false, _) => return Ok(exit),
            (true, false) => "chat programs",
            (true, true) => "chat and mail programs",
        };
        say(format_args!(
            "the link has {length} characters, and {who} cut links that long: send it in a file, or {fewer}"
        ));
        Ok(exit)
    }

    /// The connection to explain.
    fn question(&self) -> Option<ConnectionQuery> {
        let (from, to, port) = (self.from.clone()?, self.to.clone()?, self.port.clone()?);
        Some(ConnectionQuery { from, to, port, protocol: self.protocol })
    }
}

/// All texts as one.
fn joined(sources: &Sources) -> String {
    let mut joined = String::new();
    for text in sources.iter().map(|(_, source)| Source::text(source)) {
        if !joined.is_empty() {
            if !joined.ends_with('\n') {
                joined.push('\n');
            }
            joined.push_str("---\n");
        }
        joined.push_str(text);
    }
    joined
}

/// Print the manifests that a link holds
///
/// Nothing is loaded: of a link that only names an address the address is said.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  netpol open 'http://localhost:8080/#1.dG11ZNrqybHRl2ejKstGVZaMry0ZXlo2uLBtdWUa1lWUARrpkhgz'
  netpol open 'http://localhost:8080/#example=bookstore' >bookstore.yaml
  netpol open - <link.txt | netpol reach -")]
pub(crate) struct Open {
    /// The link, or what stands behind its `#`; `-` reads it from standard input
    link: String,
}

impl Open {
    pub(super) fn run(self) -> Result<Exit, Failure> {
        let link = if self.link == "-" { from_stdin()? } else { self.link };
        let text = match Fragment::read(&link).map_err(Failure::new)?.content {
            Content::Text(text) => text,
            Content::Example(id) => example(&id)?.to_owned(),
            Content::Url(address) => {
                return Err(Failure::new(format_args!(
                    "the link holds no manifests, only their address: load {address} yourself"
                )));
            }
            Content::None => return Err(Failure::new("the link holds no manifests")),
        };
        output::manifests(&text)?;
        Ok(Exit::Well)
    }
}

fn from_stdin() -> Result<String, Failure> {
    // What is longer is no link, so that nobody has to wait for its end.
    let most = netpol_share::LONGEST_FRAGMENT as u64 * 2;
    let mut link = String::new();
    std::io::stdin()
        .lock()
        .take(most)
        .read_to_string(&mut link)
        .map_err(|error| Failure::new(format_args!("<stdin>: cannot be read: {error}")))?;
    Ok(link)
}

fn example(id: &str) -> Result<&'static str, Failure> {
    netpol_lessons::scenario(id).map(|scenario| scenario.manifests).ok_or_else(|| {
        let known: Vec<&str> =
            netpol_lessons::SCENARIOS.iter().map(|scenario| scenario.id).collect();
        Failure::new(format_args!("there is no example `{id}`: there are {}", known.join(", ")))
    })
}
