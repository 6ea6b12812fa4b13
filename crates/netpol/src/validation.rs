//! What kubectl prints about objects that the API server refuses or warns of.
//!
//! Source of the texts: `k8s.io/kubectl/pkg/cmd/util/helpers.go`, and
//! `k8s.io/apimachinery/pkg/api/errors` for what the server answers.

use netpol_model::{Reading, Refusal, Review, Reviews};
use netpol_sort::Sort;
use netpol_syntax::{Finding, Severity, Sources, Span};

use crate::place;
use crate::view::{FieldValidation, ObjectReview, Validation};

/// Reviews all objects. Without a mode, the Settings choose.
pub(crate) fn validate(
    sources: &Sources,
    reading: &Reading,
    mode: Option<FieldValidation>,
) -> Validation {
    let Reviews { version, fields, objects, others } =
        reading.review(sources, mode.map(Into::into));
    let unread: Vec<&Finding> = reading.unread().collect();
    let refused = objects.iter().filter(|it| it.refusal.is_some()).count();
    let mut results: Vec<(Span, ObjectReview)> = objects
        .iter()
        .filter(|it| it.refusal.is_some() || !it.findings.is_empty())
        .map(|it| (it.span, of_object(sources, it)))
        .collect();
    results.extend(unread.iter().map(|finding| (finding.span, of_text(sources, finding))));
    results.arrange_by_key(|(span, _)| *span);
    Validation {
        kubernetes_version: version.to_string(),
        mode: fields.into(),
        accepted: objects.len() - refused,
        refused: refused + unread.len(),
        unchecked: others,
        results: results.into_iter().map(|(_, result)| result).collect(),
    }
}

fn of_object(sources: &Sources, review: &Review) -> ObjectReview {
    let place = place::place(sources, review.span);
    ObjectReview {
        api_version: review.api_version.clone(),
        kind: review.kind.clone(),
        namespace: review.namespace.clone(),
        name: review.name.clone(),
        accepted: review.refusal.is_none(),
        output: output(review, &place.file),
        findings: review.findings.iter().map(|it| place::finding(sources, it)).collect(),
        place,
    }
}

/// The server names at most so many unknown fields (`sigs.k8s.io/json`).
const MOST_FIELDS: usize = 100;

/// A document that cannot be read ends kubectl's work on the file.
fn of_text(sources: &Sources, finding: &Finding) -> ObjectReview {
    let place = place::place(sources, finding.span);
    let (file, line, message) = (&place.file, place.line, &finding.message);
    let line = match finding.code {
        // kubectl finds these before it looks at any YAML.
        "yaml-separator" => format!("error: error parsing {file}: {message}"),
        _ => format!(
            "error: error parsing {file}: error converting YAML to JSON: yaml: line {line}: {message}"
        ),
    };
    ObjectReview {
        api_version: String::new(),
        kind: String::new(),
        namespace: String::new(),
        name: String::new(),
        accepted: false,
        output: vec![line],
        findings: vec![place::finding(sources, finding)],
        place,
    }
}

fn output(review: &Review, file: &str) -> Vec<String> {
    let of = |severity: Severity| {
        let some = review.findings.iter().filter(move |it| it.severity == severity);
        some.map(|it| it.message.as_str())
    };
    let warnings = of(Severity::Warning).map(|message| format!("Warning: {message}"));
    let causes: Vec<&str> = of(Severity::Error).collect();
    let refusal = review.refusal.map(|refusal| match refusal {
        Refusal::Validation => invalid(review, &causes),
        Refusal::Mapping => vec![
            refused(review, refusal, &causes, file),
            "ensure CRDs are installed first".to_owned(),
        ],
        _ => vec![refused(review, refusal, &causes, file)],
    });
    warnings.chain(refusal.into_iter().flatten()).collect()
}

/// The server's answer 422: a line for each cause, unless there is only one.
fn invalid(review: &Review, causes: &[&str]) -> Vec<String> {
    let start = format!("The {} \"{}\" is invalid: ", review.kind, review.name);
    if let [cause] = causes {
        return vec![start + cause];
    }
    let mut lines = vec![start];
    for line in causes.iter().map(|cause| format!("* {cause}")) {
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines
}

/// What ends in one sentence: nothing was validated.
fn refused(review: &Review, refusal: Refusal, causes: &[&str], file: &str) -> String {
    let Review { api_version, kind, name, namespace, .. } = review;
    let first = causes.first().copied().unwrap_or_default();
    let version = api_version.rsplit('/').next().unwrap_or_default();
    let bad_request = format!("Error from server (BadRequest): error when creating \"{file}\": ");
    let undecodable =
        format!("{bad_request}{kind} in version \"{version}\" cannot be handled as a {kind}: ");
    match refusal {
        Refusal::Header => {
            let what = match causes {
                [one] => one.split(':').next().unwrap_or_default().to_owned(),
                several => format!("[{}]", several.join(", ")),
            };
            format!(
                "error: error validating \"{file}\": error validating data: {what}; if you choose \
                 to ignore these errors, turn validation off with --validate=false"
            )
        }
        Refusal::Mapping => format!(
            "error: resource mapping not found for name: \"{name}\" namespace: \"{namespace}\" \
             from \"{file}\": {first}"
        ),
        Refusal::Kind => {
            format!("{bad_request}no kind \"{kind}\" is registered for version \"{api_version}\"")
        }
        // The server stops at the first one.
        Refusal::Type => undecodable + first,
        Refusal::Fields | Refusal::Validation => {
            let some = &causes[..causes.len().min(MOST_FIELDS)];
            format!("{undecodable}strict decoding error: {}", some.join(", "))
        }
    }
}

impl From<FieldValidation> for netpol_model::FieldValidation {
    fn from(mode: FieldValidation) -> Self {
        match mode {
            FieldValidation::Strict => Self::Strict,
            FieldValidation::Warn => Self::Warn,
            FieldValidation::Ignore => Self::Ignore,
        }
    }
}

impl From<netpol_model::FieldValidation> for FieldValidation {
    fn from(mode: netpol_model::FieldValidation) -> Self {
        match mode {
            netpol_model::FieldValidation::Strict => Self::Strict,
            netpol_model::FieldValidation::Warn => Self::Warn,
            netpol_model::FieldValidation::Ignore => Self::Ignore,
        }
    }
}
