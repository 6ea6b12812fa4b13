//! The project's own commands, started as `cargo xtask COMMAND`: everything that the README asks a
//! person to run, from an empty machine to a served page and a verdict of all tests.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command speaks on its standard streams"
)]
#![expect(
    clippy::disallowed_methods,
    reason = "the outermost layer: files and the environment are its business"
)]

mod args;
mod bench;
mod child;
mod dist;
mod lockfile;
mod mutants;
mod package;
mod page;
mod repo;
mod say;
mod serve;
mod setup;
mod stamp;
mod test;

use std::process::ExitCode;

use args::Command;
use repo::Repo;

fn main() -> ExitCode {
    let command = match args::parse(lexopt::Parser::from_env()) {
        Ok(command) => command,
        Err(error) => {
            eprintln!("error: {error}\n\n{}", args::HELP);
            return ExitCode::from(2);
        }
    };
    match run(command) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> anyhow::Result<ExitCode> {
    let repo = Repo::find()?;
    match command {
        Command::Help => println!("{}", args::HELP),
        Command::Serve { port, watch } => serve::run(&repo, port, watch)?,
        Command::Build => page::build(&repo)?,
        Command::Dist => dist::run(&repo)?,
        Command::Package => {
            package::build(&repo)?;
        }
        Command::FinishPage => page::finish_staged()?,
        Command::Bench(parts) => bench::run(&repo, &parts)?,
        Command::Mutants(modules) => mutants::run(&repo, &modules)?,
        Command::Test(parts) => return Ok(test::run(&repo, &parts)),
    }
    Ok(ExitCode::SUCCESS)
}
