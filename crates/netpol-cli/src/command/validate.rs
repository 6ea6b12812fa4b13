//! `netpol validate`: what the API server would say.

use clap::{Args, ValueEnum};
use netpol::report;
use netpol::view::FieldValidation;

use crate::args::{Format, Input};
use crate::exit::{Exit, Failure};
use crate::{output, session};

/// Say what the API server would refuse, in its own words
///
/// Each object is read, decoded and validated as kubectl and the API server do it; the version is
/// that of the Settings. What they accept and is a mistake all the same is told by `netpol lint`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  netpol validate manifests/
  netpol validate shop.yaml --mode warn
  helm template chart/ | netpol validate - --format json")]
pub(crate) struct Validate {
    #[command(flatten)]
    input: Input,

    /// How to print the answer
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,

    /// What becomes of unknown fields, as `kubectl --validate` says it; by default what the Settings
    /// say (`fieldValidation`), or strict
    #[arg(long, value_enum)]
    mode: Option<Mode>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Mode {
    /// The object is refused
    Strict,
    /// They are dropped with a warning
    Warn,
    /// They are dropped
    Ignore,
}

impl From<Mode> for FieldValidation {
    fn from(mode: Mode) -> Self {
        match mode {
            Mode::Strict => Self::Strict,
            Mode::Warn => Self::Warn,
            Mode::Ignore => Self::Ignore,
        }
    }
}

impl Validate {
    pub(super) fn run(self) -> Result<Exit, Failure> {
        let mode = self.mode.map(Into::into);
        let view = session::inspect(&self.input, |analysis| analysis.validate(mode))?;
        match self.format {
            Format::Text => output::text(report::validation(&view))?,
            Format::Json => output::json("validate", &view)?,
        }
        Ok(if view.refused > 0 { Exit::Found } else { Exit::Well })
    }
}
