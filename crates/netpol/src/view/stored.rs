//! A policy as the API server keeps it.

use serde::{Deserialize, Serialize};

/// One line of a policy with its defaults filled in, as `kubectl get --output yaml` prints it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredLine {
    /// What it says, without the line break.
    pub text: String,
    /// Whether nobody wrote it: the API server fills it in.
    pub filled_in: bool,
}
