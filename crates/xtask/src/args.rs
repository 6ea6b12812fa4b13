//! The command line of `cargo xtask`.

use anyhow::{Result, bail};
use lexopt::prelude::*;

use crate::bench;
use crate::test::Part;

pub(crate) const DEFAULT_PORT: u16 = 8080;

pub(crate) const HELP: &str = "\
The project's own commands.

Usage: cargo xtask COMMAND [OPTIONS]

Commands:
  serve           Install what is missing, build the page and serve it on this machine
    --port PORT     listen on PORT (default 8080; 0 takes any free one)
    --watch         build again whenever a source file changes
  build           The same without serving: the page is in `dist/`
  dist            Make the folder to host, `site/`: works offline, with compressed files beside
  test [PART...]  Run the tests, all parts but the last two or the named ones, in this order:
    fmt             the Rust code is formatted
    clippy          no warning from Clippy, for this machine and for WebAssembly
    docs            the documentation builds without a warning
    editor          the editor's TypeScript has no type errors
    unit            unit, integration and documentation tests of every crate
    conformance     the conformance cases, and the repository's own rules
    package         the npm package in Node.js
    browser         the built page in a real Chromium, and the main path in Firefox
    mdbook          a site of mdBook, which is built and installed for it
    docusaurus      a site of Docusaurus, which npm installs for it
  package         Make the npm package `netpol-share`: it is in `artifacts/netpol-share`
  bench           Measure how fast and how large everything is: `docs/benchmarks.md`
    --native        only print how fast the engine is on this machine
    --wasm          only print how fast it is in a browser's worker
    --page          only print how long people wait for the page
    --size          only print how large the page is
  mutants [MODULE...]
                  Plant small errors in the evaluation, and see whether the tests notice
  help            Show this text

Examples:
  cargo xtask serve
  cargo xtask serve --port 3000 --watch
  cargo xtask test
  cargo xtask test fmt clippy unit
  cargo xtask mutants peer port";

/// What the command line asks for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Command {
    Help,
    Serve {
        port: u16,
        watch: bool,
    },
    Build,
    Dist,
    Package,
    /// Called by Trunk while it builds, hence not in the help.
    FinishPage,
    Test(Vec<Part>),
    /// The parts; none: all.
    Bench(Vec<bench::Part>),
    /// Parts of the modules' paths.
    Mutants(Vec<String>),
}

/// Reads the arguments after the program's name.
pub(crate) fn parse(mut args: lexopt::Parser) -> Result<Command> {
    let mut command = match args.next()? {
        None | Some(Short('h') | Long("help")) => return Ok(Command::Help),
        Some(Value(name)) => match name.string()?.as_str() {
            "help" => return Ok(Command::Help),
            "serve" => Command::Serve { port: DEFAULT_PORT, watch: false },
            "build" => Command::Build,
            "dist" => Command::Dist,
            "package" => Command::Package,
            "finish-page" => Command::FinishPage,
            "test" => Command::Test(Vec::new()),
            "bench" => Command::Bench(Vec::new()),
            "mutants" => Command::Mutants(Vec::new()),
            other => bail!("there is no command `{other}`"),
        },
        Some(other) => return Err(other.unexpected().into()),
    };
    while let Some(arg) = args.next()? {
        match (&mut command, arg) {
            (_, Short('h') | Long("help")) => return Ok(Command::Help),
            (Command::Serve { port, .. }, Long("port")) => *port = args.value()?.parse()?,
            (Command::Serve { watch, .. }, Long("watch")) => *watch = true,
            (Command::Bench(parts), Long(name)) => match bench::Part::named(name) {
                Some(part) => parts.push(part),
                None => bail!("there is no option `--{name}` of `bench`"),
            },
            (Command::Test(parts), Value(name)) => parts.push(part(&name.string()?)?),
            (Command::Mutants(modules), Value(name)) => modules.push(name.string()?),
            (_, arg) => return Err(arg.unexpected().into()),
        }
    }
    Ok(command)
}

fn part(name: &str) -> Result<Part> {
    match Part::ALL.into_iter().find(|part| part.name() == name) {
        Some(part) => Ok(part),
        None => bail!(
            "there is no part `{name}`: the parts are {}",
            Part::ALL.map(Part::name).join(", ")
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expected: Result<Command, &str>) {
        let parsed = parse(lexopt::Parser::from_args(line.split_whitespace()));
        assert_eq!(
            parsed.map_err(|error| error.to_string()),
            expected.map_err(str::to_owned),
            "{line}"
        );
    }

    #[test]
    fn command_lines() {
        check("", Ok(Command::Help));
        check("--help", Ok(Command::Help));
        check("serve --help", Ok(Command::Help));
        check("build", Ok(Command::Build));
        check("dist", Ok(Command::Dist));
        check("package", Ok(Command::Package));
        check("serve", Ok(Command::Serve { port: 8080, watch: false }));
        check("serve --watch --port=3000", Ok(Command::Serve { port: 3000, watch: true }));
        check("test", Ok(Command::Test(vec![])));
        check("mutants peer", Ok(Command::Mutants(vec!["peer".to_owned()])));
        check("bench", Ok(Command::Bench(vec![])));
        check("bench --size", Ok(Command::Bench(vec![bench::Part::Size])));
        check("test unit fmt", Ok(Command::Test(vec![Part::Unit, Part::Fmt])));
    }

    #[test]
    fn refused_command_lines() {
        check("sevre", Err("there is no command `sevre`"));
        check("serve now", Err("unexpected argument \"now\""));
        check("bench --sizes", Err("there is no option `--sizes` of `bench`"));
        check("build --port 1", Err("invalid option '--port'"));
        check(
            "serve --port 70000",
            Err("cannot parse argument \"70000\": number too large to fit in target type"),
        );
        check(
            "test units",
            Err(
                "there is no part `units`: the parts are fmt, clippy, docs, editor, unit, conformance, package, browser, mdbook, docusaurus",
            ),
        );
    }

    #[test]
    fn the_help_names_every_part() {
        for part in Part::ALL {
            assert!(HELP.contains(&format!("\n    {} ", part.name())), "{}", part.name());
        }
        for part in bench::Part::ALL {
            assert!(HELP.contains(&format!("\n    --{} ", part.name())), "{}", part.name());
        }
    }
}
