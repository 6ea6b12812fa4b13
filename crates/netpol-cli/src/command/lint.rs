//! `netpol lint`: all findings.

use clap::{Args, ValueEnum};
use netpol::report;
use netpol::view::LintReport;

use crate::args::Input;
use crate::exit::{Exit, Failure};
use crate::{findings, output, session};

/// Show everything that is wrong with the manifests or worth knowing
///
/// That is what the API server would refuse, and what it accepts though it is likely a mistake,
/// such as a policy that selects no pod.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  netpol lint manifests/
  netpol lint manifests/ --format sarif >netpol.sarif")]
pub(crate) struct Lint {
    #[command(flatten)]
    input: Input,

    /// How to print the answer
    #[arg(long, value_enum, default_value_t = LintFormat::Text)]
    format: LintFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum LintFormat {
    /// For people
    Text,
    /// One JSON object
    Json,
    /// SARIF 2.1.0, for code hosts
    Sarif,
}

impl Lint {
    pub(super) fn run(self) -> Result<Exit, Failure> {
        let (view, text) = session::inspect(&self.input, |analysis| {
            let view = LintReport::from(analysis.findings());
            let is_text = self.format == LintFormat::Text;
            let text = is_text.then(|| findings::styled(analysis, &view.findings));
            (view, text.unwrap_or_default())
        })?;
        match self.format {
            LintFormat::Text => {
                output::styled(&text)?;
                output::text(report::finding_counts(&view))?;
            }
            LintFormat::Json => output::json("lint", &view)?,
            LintFormat::Sarif => output::foreign_json(&report::sarif(&view.findings))?,
        }
        Ok(if view.errors > 0 { Exit::Found } else { Exit::Well })
    }
}
