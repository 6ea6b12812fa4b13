//! `netpol completions`: what a shell needs to complete calls.

use clap::{Args, CommandFactory as _};
use clap_complete::Shell;

use crate::args::Cli;
use crate::exit::{Exit, Failure};
use crate::output;

/// Print a script that lets a shell complete calls of this command
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  netpol completions bash >~/.local/share/bash-completion/completions/netpol
  netpol completions zsh >~/.zfunc/_netpol
  netpol completions fish >~/.config/fish/completions/netpol.fish")]
pub(crate) struct Completions {
    /// The shell
    shell: Shell,
}

impl Completions {
    pub(super) fn run(&self) -> Result<Exit, Failure> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), "netpol", &mut script);
        output::text(String::from_utf8_lossy(&script))?;
        Ok(Exit::Well)
    }
}
