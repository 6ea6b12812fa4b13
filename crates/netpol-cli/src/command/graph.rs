//! `netpol graph`: the page's picture as a file.

use std::fs;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use netpol::view::{FlowQuery, QueryError};
use netpol::{Analysis, analyse, edit};
use netpol_diagram::{Contents, Fold, Folding, Look, Motion, Options, Palette, Places, scene, svg};

use crate::args::Common;
use crate::exit::{Exit, Failure, say};
use crate::{output, session};

/// As on the page: a picture with more lines says nothing.
const LINES: usize = 200;
/// So many flows say who comes first.
const FLOWS: usize = 600;
/// As wide as a page of text is shown, in pixels.
const WIDTH: u32 = 960;

/// Draw who can talk to whom, as an SVG
///
/// The picture of the playground, for a README or slides: with the flows that the manifests expect or
/// else those to declared ports, moving, in light and dark colours. In large clusters identical
/// pods and the pods of a namespace share a card. Policies without any pods get examples.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  netpol graph shop.yaml --output shop.svg
  netpol graph manifests/ --theme light --motion off >shop.svg
  netpol graph dump.yaml --namespace shop --output shop.svg")]
pub(crate) struct Graph {
    #[command(flatten)]
    common: Common,

    /// Write the picture there, not to standard output
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// Only flows from or to this namespace, which is shown pod by pod; can be repeated
    #[arg(long, value_name = "NAME")]
    namespace: Vec<String>,

    /// The colours
    #[arg(long, value_enum, default_value_t = Theme::Auto)]
    theme: Theme,

    /// Whether dots travel along the flows, for whoever does not prefer reduced motion
    #[arg(long, value_enum, default_value_t = Moves::On)]
    motion: Moves,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Theme {
    /// As whoever looks at it prefers
    Auto,
    /// Light
    Light,
    /// Dark
    Dark,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Moves {
    /// They do
    On,
    /// The picture is still
    Off,
}

impl Graph {
    pub(super) fn run(self) -> Result<Exit, Failure> {
        let Self { common, output, namespace, theme, motion } = self;
        let palette = match theme {
            Theme::Auto => Palette::Auto,
            Theme::Light => Palette::Light,
            Theme::Dark => Palette::Dark,
        };
        let motion = match motion {
            Moves::On => Motion::On,
            Moves::Off => Motion::Off,
        };
        let look = Look { palette, motion };
        let answer = session::ask(&common, |analysis| match edit::with_examples(analysis) {
            Some(with) => {
                say(
                    "there are policies and no pods: a pod for each selector is drawn, and some that no rule means",
                );
                draw(&analyse(with), namespace, look)
            }
            None => draw(analysis, namespace, look),
        })?;
        let (picture, undrawn) = &answer.view;
        if *undrawn > 0 {
            say(format_args!(
                "{undrawn} flows are not drawn, as a picture has at most {LINES} lines: choose with `--namespace`"
            ));
        }
        match output {
            None => output::text(picture)?,
            Some(path) => fs::write(&path, picture).map_err(|error| {
                Failure::new(format_args!("{}: cannot be written: {error}", path.display()))
            })?,
        }
        Ok(answer.exit())
    }
}

/// The picture, and how many flows have no line in it.
fn draw(
    analysis: &Analysis,
    namespaces: Vec<String>,
    look: Look,
) -> Result<(String, u64), QueryError> {
    let topology = analysis.topology();
    let is_there = |name: &String| topology.namespaces.iter().any(|it| it.name == *name);
    if let Some(unknown) = namespaces.iter().find(|name| !is_there(name)) {
        return Err(QueryError {
            message: format!("there is no namespace `{unknown}`"),
            help: None,
        });
    }
    let open = namespaces.iter().cloned().collect();
    let fold = Fold::of(&topology, &Folding { open, ..Folding::default() });
    let query = FlowQuery { most: Some(LINES), limit: FLOWS, ..FlowQuery::default() };
    let all = analysis.bundled_flows(&query, fold.cards(), None);
    let shown = analysis.bundled_flows(&FlowQuery { namespaces, ..query }, fold.cards(), None);
    let places = Places::new();
    let contents =
        Contents { topology: &topology, fold: &fold, all: &all, shown: &shown, places: &places };
    Ok((svg(&scene(&contents, Options { width: WIDTH, height: None }), look), shown.undrawn))
}
