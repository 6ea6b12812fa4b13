//! What a process needs: this program starts itself to do some of the stages and nothing else.

use std::env;
use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use netpol_bench::stage;

/// How far a process goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    /// The text is in memory.
    Load,
    /// Objects are.
    Read,
    /// All pairs are judged.
    Judge,
}

impl Stage {
    const ALL: [Self; 3] = [Self::Load, Self::Read, Self::Judge];

    const fn name(self) -> &'static str {
        match self {
            Self::Load => "load",
            Self::Read => "read",
            Self::Judge => "judge",
        }
    }

    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.name() == name)
    }
}

/// Runs the stages on a file, and prints the most memory that the process has had.
pub(crate) fn run_stage(last: Stage, file: &Path) -> Result<()> {
    let text = fs::read_to_string(file)?;
    match last {
        Stage::Load => {
            black_box(&text);
        }
        Stage::Read => {
            black_box(stage::read(&text));
        }
        Stage::Judge => {
            let world = stage::resolve(stage::read(&text));
            black_box(stage::judge(&world));
        }
    }
    println!("{}", peak_memory().unwrap_or_default());
    Ok(())
}

/// The most memory that this process has had, in bytes, where the system tells: the line `VmHWM` of
/// <https://man7.org/linux/man-pages/man5/proc_pid_status.5.html>.
fn peak_memory() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kilobytes * 1024)
}

fn stage_command(stage: Stage, file: &Path) -> Result<Vec<PathBuf>> {
    let program = env::current_exe().context("this program does not know where it is")?;
    Ok(vec![program, "stage".into(), stage.name().into(), file.into()])
}

/// The most memory that the stages need beyond the text itself, if the system tells.
pub(crate) fn memory(stage: Stage, file: &Path) -> Result<Option<u64>> {
    let peak = |stage| -> Result<u64> {
        let words = stage_command(stage, file)?;
        let output = Command::new(&words[0]).args(&words[1..]).output()?;
        if !output.status.success() {
            bail!("the stage `{}` failed", stage.name());
        }
        Ok(String::from_utf8_lossy(&output.stdout).trim().parse()?)
    };
    let (before, after) = (peak(Stage::Load)?, peak(stage)?);
    Ok((before > 0).then(|| after.saturating_sub(before)))
}

/// How many instructions reading and judging take, if Valgrind is there to count them.
pub(crate) fn instructions(file: &Path) -> Result<Option<[u64; 2]>> {
    let mut counts = [0; 3];
    for (count, stage) in counts.iter_mut().zip(Stage::ALL) {
        let Some(counted) = counted(stage, file, &[])? else { return Ok(None) };
        *count = counted;
    }
    let [load, read, judge] = counts;
    Ok(Some([read.saturating_sub(load), judge.saturating_sub(read)]))
}

/// How many instructions judging alone takes, without resolving, if Valgrind is there to count them.
pub(crate) fn instructions_of_judging(file: &Path) -> Result<Option<u64>> {
    let judging = "--toggle-collect=netpol_bench::stage::judge";
    Ok(counted(Stage::Judge, file, &[judging])?.filter(|count| *count > 0))
}

fn counted(stage: Stage, file: &Path, options: &[&str]) -> Result<Option<u64>> {
    let words = stage_command(stage, file)?;
    let mut command = Command::new("valgrind");
    command.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]).args(options).args(&words);
    let Ok(output) = command.output() else { return Ok(None) };
    Ok(collected(&String::from_utf8_lossy(&output.stderr)))
}

/// The number in Callgrind's last words: `==123== Collected : 45678`.
fn collected(said: &str) -> Option<u64> {
    said.lines().find_map(|line| line.split_once("Collected : ")?.1.trim().parse().ok())
}

/// How long a command takes from its start to its end: the fastest of some runs. What it says is
/// thrown away.
pub(crate) fn whole(program: &Path, args: &[&str], file: &Path) -> Result<Duration> {
    const RUNS: usize = 7;
    let mut fastest = Duration::MAX;
    for _ in 0..RUNS {
        let start = Instant::now();
        let status = Command::new(program)
            .args(args)
            .arg(file)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .with_context(|| format!("cannot start `{}`", program.display()))?;
        fastest = fastest.min(start.elapsed());
        if !status.success() {
            bail!("`{} {}` failed", program.display(), args.join(" "));
        }
    }
    Ok(fastest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn callgrind_is_understood() {
        let said = "==9== Events    : Ir\n==9== Collected : 176923\n==9== \n";
        assert_eq!(collected(said), Some(176_923));
        assert_eq!(collected("valgrind: cannot"), None);
    }

    #[test]
    fn stages_have_names() {
        for stage in Stage::ALL {
            assert_eq!(Stage::named(stage.name()), Some(stage));
        }
        assert_eq!(Stage::named("stage"), None);
    }
}
