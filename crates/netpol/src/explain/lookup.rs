//! The lookup of a name in sentences.

use netpol_model::Protocol;

use super::{Context, path_view, summary};
use crate::connect::Lookup;
use crate::view::{LookupStep, LookupView, Section, Verdict};

/// The lookup as an explanation shows it.
pub(super) fn view(context: Context<'_>, lookup: &Lookup) -> LookupView {
    let steps = lookup.steps.iter().map(|(protocol, paths)| LookupStep {
        protocol: (*protocol).into(),
        verdict: paths.verdict(),
        summary: summary(context.world, &paths.all),
        paths: paths.all.iter().map(|path| path_view(context, path)).collect(),
    });
    let steps: Vec<LookupStep> = steps.collect();
    // Clients ask over UDP first, and give up if nobody answers.
    let verdict = steps.first().map_or(Verdict::NotApplicable, |step| step.verdict);
    LookupView {
        name: lookup.name.clone(),
        verdict,
        summary: sentence(&lookup.name, &steps),
        section: Section::Lookup,
        steps,
    }
}

fn sentence(name: &str, steps: &[LookupStep]) -> String {
    let [udp, tcp] = steps else { return String::new() };
    let over = Protocol::Tcp.as_str();
    match (udp.verdict, tcp.verdict) {
        (Verdict::Allowed, Verdict::Allowed) => {
            format!("The name `{name}` can be looked up, over UDP and TCP.")
        }
        (Verdict::Allowed, _) => format!(
            "The name `{name}` can be looked up, but not if the answer is too long for UDP: over \
             {over} it is {}.",
            tcp.verdict
        ),
        (Verdict::Denied, _) => {
            format!("The name `{name}` cannot be looked up: {}", uncapitalised(&udp.summary))
        }
        _ => format!(
            "Looking up the name `{name}` is {} over UDP: {}",
            udp.verdict,
            uncapitalised(&udp.summary)
        ),
    }
}

/// A sentence as a part of another one; names of pods stay as they are.
fn uncapitalised(sentence: &str) -> String {
    let mut chars = sentence.chars();
    chars.next().map_or_else(String::new, |first| {
        format!("{}{}", first.to_ascii_lowercase(), chars.as_str())
    })
}

#[cfg(test)]
mod tests {
    use netpol_syntax::Sources;

    use crate::analyse;
    use crate::view::{ConnectionQuery, PortSpec, Protocol};

    /// The lookup by `app`, whose policy has these egress rules.
    #[track_caller]
    fn check(egress: &str, more: &str, expected: &[&str]) {
        let text = format!(
            "
{{apiVersion: v1, kind: Service, metadata: {{name: web, namespace: shop}}, spec: {{type: ExternalName, externalName: example.com}}}}
---
{{apiVersion: v1, kind: Pod, metadata: {{name: app}}}}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {{name: out}}
spec: {{policyTypes: [Egress], egress: {egress}}}
---
{more}
"
        );
        let query = ConnectionQuery {
            from: "default/app".to_owned(),
            to: "service:shop/web".to_owned(),
            port: PortSpec::Number(443),
            protocol: Protocol::Tcp,
        };
        let explanation = analyse(Sources::single("x.yaml", text)).explain(&query).unwrap();
        let said: Vec<String> = explanation
            .lookup
            .iter()
            .flat_map(|lookup| [lookup.verdict.to_string(), lookup.summary.clone()])
            .collect();
        assert_eq!(said, expected);
    }

    const ALLOWED: [&str; 2] =
        ["allowed", "The name `web.shop.svc` can be looked up, over UDP and TCP."];

    #[test]
    fn a_name_is_looked_up_over_udp_and_tcp() {
        check("[{}]", "", &ALLOWED);
        check(
            "[]",
            "",
            &[
                "denied",
                "The name `web.shop.svc` cannot be looked up: no policy lets app leave for coredns.",
            ],
        );
        check(
            "[{ports: [{port: 53, protocol: UDP}]}]",
            "",
            &[
                "allowed",
                "The name `web.shop.svc` can be looked up, but not if the answer is too long for \
                 UDP: over TCP it is denied.",
            ],
        );
        check(
            "[{ports: [{port: 53}]}]",
            "",
            &[
                "denied",
                "The name `web.shop.svc` cannot be looked up: no policy lets app leave for coredns.",
            ],
        );
    }

    #[test]
    fn nobody_to_ask() {
        let settings =
            "{apiVersion: netpol/v1, kind: Settings, spec: {options: {implicitDNS: false}}}";
        check("[]", settings, &[]);
    }

    /// The Service of OpenShift's DNS has port 53, its pods have 5353.
    #[test]
    fn the_port_is_that_of_the_dns_pods() {
        let dns = "
{apiVersion: v1, kind: Pod, metadata: {name: dns, namespace: openshift-dns, labels: {dns: default}}}
---
apiVersion: v1
kind: Service
metadata: {name: dns-default, namespace: openshift-dns}
spec:
  selector: {dns: default}
  ports: [{name: dns, port: 53, targetPort: 5353, protocol: UDP}, {name: dns-tcp, port: 53, targetPort: 5353}]
";
        let ports = |number: u16| {
            format!("[{{ports: [{{port: {number}, protocol: UDP}}, {{port: {number}}}]}}]")
        };
        check(&ports(5353), dns, &ALLOWED);
        check(
            &ports(53),
            dns,
            &[
                "denied",
                "The name `web.shop.svc` cannot be looked up: no policy lets app leave for dns.",
            ],
        );
    }
}
