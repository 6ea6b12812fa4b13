//! Policies and what the API server's own code says about them: `captured/validation.txt`, printed
//! by the decoder and the validators of `k8s.io/apimachinery` 0.35.

use netpol::view::FieldValidation;
use netpol::{Sources, analyse};

use super::reading::as_json;
use super::tally::Tally;

/// Compares what is sent, decoded and validated, each text by text and in its order.
pub(super) fn suite(text: &str) -> Tally {
    let mut tally = Tally::default();
    for block in text.split("##### \n").filter(|block| !block.is_empty()) {
        let (policy, results) = block.split_once("\n=> ").expect("a policy and its results");
        tally.cases += 1;
        for result in results.split("\n=> ") {
            compare(policy, result, &mut tally);
        }
    }
    tally
}

fn compare(policy: &str, result: &str, tally: &mut Tally) {
    let name = policy.lines().next().unwrap_or_default();
    let (kind, printed) = result.split_once(':').expect("KIND: OUTPUT");
    let what = format!("{name}: {kind}");
    let printed = printed.trim();
    match kind {
        "json" => tally.compare(&what, &Ok(printed.to_owned()), &as_json(policy)),
        "SERVER DECODE(strict json)" => {
            let output = output(policy, "1.36", FieldValidation::Strict);
            let said = output.first().and_then(|line| line.split_once("as a NetworkPolicy: "));
            let said = said.map(|(_, text)| text.to_owned());
            tally.compare(&what, &Some(printed.to_owned()), &said);
        }
        // kubectl never sends YAML.
        "SERVER DECODE(strict yaml body)" => {}
        "INVALID strictCIDR=true" => compare_causes(policy, "1.36", printed, &what, tally),
        "INVALID strictCIDR=false" => compare_causes(policy, "1.35", printed, &what, tally),
        "stored spec" => {
            let analysis = analyse(Sources::single("policy.yaml", policy));
            let lines = analysis.stored("default", "x").expect("an accepted policy");
            let spec = lines.iter().skip_while(|line| line.text != "spec:").skip(1);
            let spec: Vec<&str> = spec.filter_map(|line| line.text.strip_prefix("  ")).collect();
            let mut printed: Vec<&str> = printed.lines().collect();
            // We show a direction that is named twice once.
            printed.dedup();
            tally.compare(&what, &printed, &spec);
        }
        other => panic!("`{other}` is no result"),
    }
}

/// Compares what kubectl makes of the causes. Unknown fields are dropped: the capture goes on
/// behind them.
fn compare_causes(policy: &str, version: &str, printed: &str, what: &str, tally: &mut Tally) {
    let causes: Vec<&str> =
        printed.lines().filter_map(|line| line.trim_start().strip_prefix("* ")).collect();
    let start = "The NetworkPolicy \"x\" is invalid: ";
    let expected = match causes.as_slice() {
        [one] => vec![format!("{start}{one}")],
        several => {
            let lines = several.iter().map(|cause| format!("* {cause}"));
            [start.to_owned()].into_iter().chain(lines).collect()
        }
    };
    tally.compare(what, &expected, &output(policy, version, FieldValidation::Ignore));
}

/// What kubectl prints about a policy.
pub(super) fn output(policy: &str, version: &str, mode: FieldValidation) -> Vec<String> {
    let settings = format!(
        "{{apiVersion: netpol/v1, kind: Settings, spec: {{kubernetesVersion: '{version}'}}}}\n---\n"
    );
    let analysis = analyse(Sources::single("policy.yaml", settings + policy));
    analysis.validate(Some(mode)).results.into_iter().flat_map(|it| it.output).collect()
}
