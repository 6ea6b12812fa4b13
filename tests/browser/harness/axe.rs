//! What axe finds: <https://github.com/dequelabs/axe-core>.

use std::fs;

use netpol_tests::workspace_root;

use super::Page;

impl Page {
    /// Which rules of accessibility the page as it is now breaks, and where.
    #[track_caller]
    pub(crate) fn complaints(&self) -> Vec<String> {
        if !self.script::<bool>("return 'axe' in window", &[]) {
            let axe = workspace_root().join("web/editor/node_modules/axe-core/axe.min.js");
            let script = fs::read_to_string(&axe).unwrap_or_else(|error| {
                panic!("{}: {error}; `cargo xtask test browser` fetches it", axe.display())
            });
            self.script::<()>(&script, &[]);
        }
        self.script_async(
            "const done = arguments[arguments.length - 1];
            const told = ({id, nodes}) => nodes.slice(0, 3).map(({html, failureSummary}) =>
                `${id}: ${html.slice(0, 300)}: ${failureSummary}`);
            axe.run(document, {resultTypes: ['violations']})
                .then(({violations}) => done(violations.flatMap(told)), (error) => done([String(error)]))",
        )
    }
}
