//! Where things are: in the repository, and in the cache of the person who builds it.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

/// The clone that the command works on.
#[derive(Debug)]
pub(crate) struct Repo {
    pub(crate) root: PathBuf,
}

impl Repo {
    /// The clone that holds this package. Cargo names it when it runs us, and the answer is better
    /// than the one at compile time: a target folder can be shared by several clones.
    pub(crate) fn find() -> Result<Repo> {
        let package =
            env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
        let root = Path::new(&package)
            .ancestors()
            .nth(2)
            .context("the package has no workspace above it")?;
        Ok(Repo { root: root.to_path_buf() })
    }

    pub(crate) fn editor(&self) -> PathBuf {
        self.root.join("web/editor")
    }

    pub(crate) fn node_modules(&self) -> PathBuf {
        self.editor().join("node_modules")
    }

    pub(crate) fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// Where cargo puts what it builds.
    pub(crate) fn target(&self) -> PathBuf {
        self.root.join(env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into()))
    }

    /// A command that runs in the clone.
    pub(crate) fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.root);
        command
    }

    /// A cargo command on the workspace, by the cargo that runs us.
    pub(crate) fn cargo(&self, args: &[&str]) -> Command {
        let cargo = env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
        let mut command = self.command(&cargo);
        command.args(args);
        command
    }
}

/// How cargo hears of the compiler's flags for the page's programs, and for no others.
const WASM_FLAGS: &str = "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS";

/// Keeps the folder in which cargo has the crates out of the programs that are published. It would be in the
/// messages of panics, so that each machine would make other programs of the same source.
pub(crate) fn without_crates_folder(command: &mut Command) -> &mut Command {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(env::home_dir()?.join(".cargo")));
    match home.and_then(|home| remapping(&home.join("registry/src"))) {
        Some(flag) => command.env(WASM_FLAGS, flag),
        None => command,
    }
}

/// The flag that leaves out a folder. Where flags are parted by spaces, there is none for a folder with one.
fn remapping(folder: &Path) -> Option<String> {
    let folder = folder.to_str().filter(|name| !name.contains(char::is_whitespace))?;
    Some(format!("--remap-path-prefix={folder}="))
}

/// The per-user folder in which tools are kept from clone to clone.
pub(crate) fn cache() -> Result<PathBuf> {
    let base = match env::var_os("XDG_CACHE_HOME").filter(|path| Path::new(path).is_absolute()) {
        Some(path) => PathBuf::from(path),
        None => {
            env::home_dir().context("there is no home folder: set `XDG_CACHE_HOME`")?.join(".cache")
        }
    };
    Ok(base.join("netpol-playground"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_crates_folder_is_left_out_where_a_flag_can_name_it() {
        assert_eq!(
            remapping(Path::new("/home/me/.cargo/registry/src")).as_deref(),
            Some("--remap-path-prefix=/home/me/.cargo/registry/src=")
        );
        assert_eq!(remapping(Path::new("/home/my name/.cargo/registry/src")), None);
    }
}
