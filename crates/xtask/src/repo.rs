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
