//! A verdict as a report for others: in an issue, a pull request or a question to a colleague.

use std::fmt::{self, Display, Formatter};

use super::cells::markdown_text;
use super::explanation;
use crate::view::Explanation;

/// Markdown with the question, the verdict, its reasons rule by rule, what is assumed, and the
/// manifests; `link` leads to all of it on a page.
pub fn bug_report(
    about: &Explanation,
    assumptions: &[String],
    manifests: &str,
    link: Option<&str>,
) -> impl Display {
    fmt::from_fn(move |f| {
        let Explanation { from, to, port, protocol, verdict, summary, .. } = about;
        writeln!(f, "# {}\n", markdown_text(summary))?;
        let (from, to) = (code(&from.id), code(&to.id));
        let port = code(&format!("{port}/{protocol}"));
        writeln!(f, "**Question:** can {from} connect to {to} on {port}?\\")?;
        writeln!(f, "**Verdict:** {verdict}")?;
        if let Some(link) = link {
            writeln!(f, "\n[Open it in the playground]({link})")?;
        }
        writeln!(f, "\n## Reasons\n")?;
        fenced(f, "text", &explanation(about).to_string())?;
        writeln!(f, "\n## Assumptions\n")?;
        assumptions.iter().try_for_each(|it| writeln!(f, "- {}", markdown_text(it)))?;
        writeln!(f, "\n## Manifests\n")?;
        fenced(f, "yaml", manifests)
    })
}

/// A block of code. Its fence is longer than any in the text, so that nothing in it ends the block.
fn fenced(f: &mut Formatter<'_>, language: &str, text: &str) -> fmt::Result {
    let fence = "`".repeat(ticks(text).max(2) + 1);
    let end = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
    writeln!(f, "{fence}{language}\n{text}{end}{fence}")
}

/// A name in a line of text.
fn code(name: &str) -> String {
    let name: String = name.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let fence = "`".repeat(ticks(&name) + 1);
    let space = if name.starts_with('`') || name.ends_with('`') { " " } else { "" };
    format!("{fence}{space}{name}{space}{fence}")
}

/// The longest run of backticks.
fn ticks(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::view::{ConnectionQuery, PortSpec};
    use crate::{Sources, analyse};

    #[test]
    fn a_report_says_what_was_asked_and_why_and_holds_the_manifests() {
        let text = "# ```` and <script>
{apiVersion: v1, kind: Pod, metadata: {name: a}}
---
{apiVersion: v1, kind: Pod, metadata: {name: b}}
---
{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: p}, spec: {}}
---
{apiVersion: netpol/v1, kind: Settings, spec: {plugin: cilium, options: {icmp: subject}}}";
        let analysis = analyse(Sources::single("m.yaml", text));
        let query = ConnectionQuery {
            from: "default/a".to_owned(),
            to: "default/b".to_owned(),
            port: PortSpec::Number(80),
            protocol: crate::view::Protocol::Tcp,
        };
        let about = analysis.explain(&query).unwrap();
        let link = Some("https://example.org/#1.x");
        let report = bug_report(&about, &analysis.assumptions(), text, link).to_string();
        expect![[r"
            # No policy of b lets a in.

            **Question:** can `default/a` connect to `default/b` on `80/TCP`?\
            **Verdict:** denied

            [Open it in the playground](https://example.org/#1.x)

            ## Reasons

            ```text
            No policy of b lets a in.
            default/a -> default/b 80/TCP: denied
            note: b does not declare port 80/TCP; policies do not care who listens
            note: the network plugin drops what policies deny: the sender waits until it times out

            ✔ egress: a is not isolated for egress: no policy selects it for that direction.
              – policy p does not apply: it has neither policyTypes nor egress rules, so it is about ingress only (m.yaml:6)
            ✗ ingress: b is isolated for ingress by `p`; none of its rules admits the connection.
              ✗ policy p (m.yaml:6): has no rules: it isolates and admits nobody
            ```

            ## Assumptions

            - The network plugin is cilium.
            - No Kubernetes version is named: 1.36 is taken.
            - Single options are set in the Settings among the manifests.

            ## Manifests

            `````yaml
            # ```` and <script>
            {apiVersion: v1, kind: Pod, metadata: {name: a}}
            ---
            {apiVersion: v1, kind: Pod, metadata: {name: b}}
            ---
            {apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: p}, spec: {}}
            ---
            {apiVersion: netpol/v1, kind: Settings, spec: {plugin: cilium, options: {icmp: subject}}}
            `````
        "]].assert_eq(&report);
        assert!(!bug_report(&about, &[], text, None).to_string().contains("playground]"));
    }

    #[test]
    fn no_name_ends_its_code() {
        for (name, expected) in [
            ("shop/web", "`shop/web`"),
            ("a`b", "``a`b``"),
            ("`|<script>``", "``` `|<script>`` ```"),
            ("two\nlines", "`two lines`"),
        ] {
            assert_eq!(code(name), expected);
        }
    }
}
