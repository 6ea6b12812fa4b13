//! Questions that Kubernetes leaves open: what each answer leads to, and which plugins give it.

use netpol_eval::{Evidence, PLUGINS, Plugin, Topic, World};
use netpol_model::Options;
use netpol_sort::Sort;

use super::notes;
use crate::connect::{self, Judged, Path, SeenAs};
use crate::view::{AnswerView, BranchView, PluginView, QuestionView, Section, Verdict};

/// The questions that the verdict about a pair of ends hinges on. `paths` are the ways in which
/// policies may see it.
pub(super) fn questions(world: &World, paths: &[&Path]) -> Vec<QuestionView> {
    let question = |topic: Topic| {
        let option = topic.option()?;
        let answer = |value: bool| {
            let mut options = *world.options();
            topic.answer(&mut options, value);
            AnswerView {
                value: topic.words()[usize::from(value)].to_owned(),
                verdict: under(world, &options, paths),
            }
        };
        Some(QuestionView {
            summary: notes::question(topic).to_owned(),
            option: option.to_owned(),
            answers: [true, false].map(answer).to_vec(),
            section: section(topic),
        })
    };
    topics(paths).into_iter().filter_map(question).collect()
}

/// Which plugins make what of it. Nobody needs to know if the settings name a plugin.
pub(super) fn branches(world: &World, paths: &[&Path]) -> Vec<BranchView> {
    let topics = topics(paths);
    let is_open = topics.iter().any(|topic| topic.option().is_some());
    if !is_open || world.plugin() != &PLUGINS[0] {
        return Vec::new();
    }
    let settings = world.objects().settings.as_ref();
    let written = settings.map(|settings| settings.options).unwrap_or_default();
    let enforcing = || PLUGINS.iter().skip(1).filter(|plugin| plugin.enforces);
    let verdicts: Vec<(&Plugin, Verdict)> = enforcing()
        .map(|plugin| (plugin, under(world, &plugin.complete(written), paths)))
        .collect();
    let branch = |verdict| {
        let with = verdicts.iter().filter(|(_, it)| *it == verdict);
        let plugins = with.map(|(plugin, _)| PluginView {
            id: plugin.id.to_owned(),
            title: plugin.title.to_owned(),
            reported: verdict != Verdict::ImplementationDefined && is_reported(plugin, &topics),
        });
        BranchView { verdict, plugins: plugins.collect() }
    };
    let branches = Verdict::ALL.into_iter().map(branch);
    branches.filter(|branch| !branch.plugins.is_empty()).collect()
}

fn is_reported(plugin: &Plugin, topics: &[Topic]) -> bool {
    let facts = topics.iter().filter_map(|topic| plugin.fact(*topic));
    facts.into_iter().any(|(_, evidence)| evidence == Evidence::Reported)
}

/// The questions that some of the paths raise, and whose address policies see if that decides.
fn topics(paths: &[&Path]) -> Vec<Topic> {
    if paths.iter().all(|path| path.joint != Verdict::ImplementationDefined) {
        return Vec::new();
    }
    let judged = paths.iter().filter_map(|path| path.judged.as_ref().ok());
    let mut topics: Vec<Topic> = judged.flat_map(Judged::open_topics).collect();
    if paths.iter().any(|path| path.seen_as != SeenAs::Itself) {
        topics.push(Topic::ClientIpForExternalTraffic);
    }
    topics.arrange();
    topics.dedup();
    topics
}

/// The verdict with these answers.
fn under(world: &World, options: &Options, paths: &[&Path]) -> Verdict {
    let is_seen = |path: &&&Path| match options.client_ip_preserved {
        Some(preserved) if paths.len() > 1 => (path.seen_as == SeenAs::Itself) == preserved,
        _ => true,
    };
    let verdicts: Vec<Verdict> = paths
        .iter()
        .filter(is_seen)
        .filter_map(|path| path.judged.as_ref().ok())
        .map(|judged| judged.under(world, options).verdict())
        .collect();
    connect::joint(options, &verdicts)
}

/// Where a question is explained.
pub(super) fn section(topic: Topic) -> Section {
    match topic {
        Topic::IpBlockMatchesPods => Section::IpBlockMatchesPods,
        Topic::IpBlockMatchesNodes => Section::IpBlockMatchesNodes,
        Topic::HostNetworkPods => Section::HostNetworkPods,
        Topic::HairpinViaService => Section::HairpinViaService,
        Topic::EgressToOwnNode => Section::EgressToOwnNode,
        Topic::ClientIpForExternalTraffic => Section::ClientIp,
        Topic::Icmp => Section::Icmp,
        Topic::UnknownAddress => Section::UnknownAddress,
    }
}

#[cfg(test)]
mod tests {
    use netpol_syntax::Sources;

    use crate::view::{ConnectionQuery, PathView, PortSpec, Protocol, Verdict};
    use crate::{Analysis, analyse};

    const CLUSTER: &str = "
apiVersion: networking.k8s.io/v1
kind: NetworkPolicyList
items:
- {metadata: {name: block}, spec: {podSelector: {matchLabels: {app: db}}, ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8}}]}]}}
- {metadata: {name: client}, spec: {podSelector: {matchLabels: {app: web}}, ingress: [{from: [{ipBlock: {cidr: 203.0.113.7/32}}], ports: [{port: 80}]}]}}
---
apiVersion: v1
kind: PodList
items:
- {metadata: {name: db, labels: {app: db}}, status: {podIP: 10.0.0.1}}
- {metadata: {name: web, labels: {app: web}}, spec: {nodeName: n1}, status: {podIP: 10.0.0.2}}
---
apiVersion: v1
kind: NodeList
items:
- {metadata: {name: n1}, status: {addresses: [{type: InternalIP, address: 192.0.2.1}]}}
- {metadata: {name: n2}, status: {addresses: [{type: InternalIP, address: 192.0.2.2}]}}
---
{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {type: NodePort, selector: {app: web}, ports: [{port: 80}]}}
---
";

    fn analysis(settings: &str) -> Analysis {
        let settings = format!("{{apiVersion: netpol/v1, kind: Settings, spec: {settings}}}");
        analyse(Sources::single("x.yaml", format!("{CLUSTER}{settings}")))
    }

    /// The first path of `FROM TO PORT/PROTOCOL`.
    fn ask(settings: &str, connection: &str) -> PathView {
        let words: Vec<&str> = connection.split(' ').collect();
        let protocol = if words[2] == "ping" { Protocol::Icmp } else { Protocol::Tcp };
        let query = ConnectionQuery {
            from: words[0].to_owned(),
            to: words[1].to_owned(),
            port: PortSpec::parse(words[2]).unwrap(),
            protocol,
        };
        analysis(settings).explain(&query).unwrap().paths.remove(0)
    }

    /// The plugins and the answers of one connection.
    #[track_caller]
    fn check(settings: &str, connection: &str, expected: &[&str]) {
        let path = ask(settings, connection);
        let mut said: Vec<String> = Vec::new();
        for branch in &path.branches {
            let ids: Vec<String> = branch
                .plugins
                .iter()
                .map(|it| format!("{}{}", it.id, if it.reported { "?" } else { "" }))
                .collect();
            said.push(format!("{}: {}", branch.verdict, ids.join(" ")));
        }
        for question in &path.questions {
            let answers: Vec<String> = question
                .answers
                .iter()
                .map(|answer| format!("{} {}", answer.value, answer.verdict))
                .collect();
            let section = question.section.anchor();
            said.push(format!("{} ({section}): {}", question.option, answers.join(", ")));
        }
        assert_eq!(said, expected);
    }

    #[test]
    fn plugins_take_one_branch_or_the_other() {
        check(
            "{}",
            "default/web default/db 80",
            &[
                "allowed: calico antrea ovn-kubernetes kube-router kindnet aws-vpc-cni?",
                "denied: cilium gke-dpv2? aks-cilium",
                "ipBlockMatchesPods (ipblockmatchespods): true allowed, false denied",
            ],
        );
        check(
            "{}",
            "default/db default/web ping",
            &[
                "allowed: kube-router",
                "denied: cilium ovn-kubernetes gke-dpv2? aks-cilium?",
                "implementation-defined: calico antrea kindnet aws-vpc-cni",
                "icmp (icmp): always-allowed allowed, subject denied",
            ],
        );
    }

    #[test]
    fn whom_policies_see_is_a_question_too() {
        check(
            "{}",
            "203.0.113.7 service:default/web 80",
            &[
                "implementation-defined: calico cilium antrea ovn-kubernetes kube-router kindnet \
                 aws-vpc-cni gke-dpv2 aks-cilium",
                "clientIPForExternalTraffic (clientipforexternaltraffic): preserved allowed, \
                 replaced mixed",
            ],
        );
    }

    #[test]
    fn nothing_is_open_where_the_settings_answer() {
        check("{options: {ipBlockMatchesPods: true}}", "default/web default/db 80", &[]);
        check("{plugin: cilium}", "default/web default/db 80", &[]);
        check("{}", "default/db 198.51.100.9 80", &[]);
    }

    #[test]
    fn a_branch_is_what_the_settings_would_give() {
        for connection in ["default/web default/db 80", "default/db default/web ping"] {
            let branches = ask("{}", connection).branches;
            assert!(branches.len() > 1);
            for branch in branches {
                for plugin in branch.plugins {
                    let settings = format!("{{plugin: {}}}", plugin.id);
                    let verdict = ask(&settings, connection).verdict;
                    assert_eq!(verdict, branch.verdict, "{connection}: {}", plugin.id);
                }
            }
        }
    }

    #[test]
    fn what_nobody_answers_stays_open() {
        assert_eq!(
            ask("{plugin: calico}", "default/db default/web ping").verdict,
            Verdict::ImplementationDefined
        );
        check(
            "{plugin: calico}",
            "default/db default/web ping",
            &["icmp (icmp): always-allowed allowed, subject denied"],
        );
    }
}
