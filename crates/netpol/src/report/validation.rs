//! What the API server would say.

use std::fmt::{self, Display, Formatter};

use crate::view::{FindingView, ObjectReview, Validation};

/// What kubectl prints about each object that is refused or warned of, each time with the places
/// and remedies below it, and the counts.
pub fn validation(validation: &Validation) -> impl Display {
    fmt::from_fn(move |f| {
        for result in &validation.results {
            object(f, result)?;
        }
        counts(f, validation)
    })
}

fn object(f: &mut Formatter<'_>, result: &ObjectReview) -> fmt::Result {
    for line in &result.output {
        writeln!(f, "{line}")?;
    }
    for FindingView { place, help, .. } in &result.findings {
        write!(f, "  --> {}:{}:{}", place.file, place.line, place.column)?;
        match help {
            Some(help) => writeln!(f, ": {help}")?,
            None => writeln!(f)?,
        }
    }
    writeln!(f)
}

fn counts(f: &mut Formatter<'_>, validation: &Validation) -> fmt::Result {
    let Validation { kubernetes_version, accepted, refused, unchecked, .. } = validation;
    write!(f, "Kubernetes {kubernetes_version}: {accepted} accepted, {refused} refused")?;
    match unchecked {
        0 => writeln!(f),
        _ => writeln!(f, ", {unchecked} of other kinds not checked"),
    }
}
