//! Objects as people have them: in block YAML or in JSON.

use serde_json::Value;

/// How objects are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Documents in block YAML.
    Yaml,
    /// Documents in JSON, one to a line.
    Json,
}

impl Form {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Yaml, Self::Json];

    /// Its name in the tables and among the results of the harness.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Yaml => "yaml",
            Self::Json => "json",
        }
    }

    /// Writes objects as one text of several documents.
    pub fn write(self, objects: &[Value]) -> String {
        let document = |object: &Value| match self {
            // Neither fails on such values: their keys are texts.
            Self::Yaml => serde_yaml::to_string(object).unwrap_or_default(),
            Self::Json => format!("{object}\n"),
        };
        objects.iter().map(document).collect::<Vec<_>>().join("---\n")
    }
}
