//! Blocks of addresses and what the API server's own code warns of or refuses:
//! `captured/cidr-warnings.txt`, printed by the validators of `k8s.io/apimachinery` 0.35.

use netpol::view::FieldValidation;

use super::decoding::output;
use super::tally::Tally;

/// Compares the words of servers that warn and of servers that refuse.
pub(super) fn suite(text: &str) -> Tally {
    let mut tally = Tally::default();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let (block, warning) = line.split_once(' ').expect("BLOCK [WARNING]");
        let warning = warning.trim_start_matches('[').trim_end_matches(']');
        let warned: Vec<String> = [warning]
            .into_iter()
            .filter(|warning| !warning.is_empty())
            .map(|warning| format!("Warning: {warning}"))
            .collect();
        let refused = lines.next_if(|line| line.starts_with(' ')).map(|line| {
            let cause = line.trim_start().trim_start_matches("strict: ");
            vec![format!("The NetworkPolicy \"x\" is invalid: {cause}")]
        });
        tally.cases += 1;
        for (version, expected) in
            [("1.35", &warned), ("1.36", refused.as_ref().unwrap_or(&warned))]
        {
            let actual = output(&policy(block), version, FieldValidation::Strict);
            tally.compare(&format!("{block} in {version}"), expected, &actual);
        }
    }
    tally
}

fn policy(block: &str) -> String {
    format!(
        "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {{name: x}}\n\
         spec: {{ingress: [{{from: [{{ipBlock: {{cidr: '{block}'}}}}]}}]}}\n"
    )
}
