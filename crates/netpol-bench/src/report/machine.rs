//! Where it was measured.

use std::env::consts::{ARCH, OS};
use std::fs;
use std::process::Command;
use std::thread;

use super::table;

/// The machine, the compiler, the browser.
pub(super) fn section(browser: Option<&str>) -> String {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let mut facts = vec![format!("{cores} cores"), processor(), format!("{OS} on {ARCH}")];
    facts.extend(compiler());
    facts.extend(browser.map(str::to_owned));
    facts.retain(|fact| !fact.is_empty());
    table::section(
        "Machine",
        &[&format!(
            "{}. All of it uses one core, but for reading in the command, which uses all.",
            facts.join(", ")
        )],
    )
}

/// The processor's name, where the system tells.
fn processor() -> String {
    let known = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name = known.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    name.map(|(_, name)| name.trim().to_owned()).unwrap_or_default()
}

fn compiler() -> Option<String> {
    let output = Command::new("rustc").arg("--version").output().ok()?;
    let said = String::from_utf8_lossy(&output.stdout);
    Some(said.split_whitespace().take(2).collect::<Vec<_>>().join(" "))
}
