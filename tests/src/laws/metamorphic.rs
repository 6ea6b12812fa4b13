//! Changes with a known effect, most of them none.

use netpol::view::{Answer, SideView, Verdict};
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};

use super::answers::{Answers, PORTS, answers, answers_in, path, read};
use super::cases;
use super::generate::{Cluster, NAMESPACES, Pods, cluster, policy, rule};
use super::model::{is_refused, types};
use super::text::Form;

proptest! {
    #![proptest_config(cases(100))]

    #[test]
    fn the_form_of_the_text_changes_nothing(cluster in cluster(Pods::Any)) {
        let manifests = cluster.manifests();
        let first = answers(&manifests);
        for form in Form::ALL {
            prop_assert_eq!(&answers_in(&manifests, form), &first, "{:?}", form);
        }
    }

    #[test]
    fn order_changes_nothing((cluster, shuffled) in cluster(Pods::Any).prop_flat_map(|cluster| {
        let mut policies = cluster.policies.clone();
        for policy in &mut policies {
            reverse_lists(&mut policy["spec"]);
        }
        let turned = Cluster { policies, ..cluster.clone() };
        (Just(cluster), Just(turned.manifests()).prop_shuffle())
    })) {
        prop_assert_eq!(answers(&shuffled), answers(&cluster.manifests()));
    }

    #[test]
    fn a_rule_for_a_restricted_direction_never_denies(
        cluster in cluster(Pods::Any),
        which in any::<Index>(),
        way in any::<Index>(),
        rules in (rule("from"), rule("to")),
    ) {
        let mut changed = cluster.clone();
        let policy = which.get_mut(&mut changed.policies);
        let types: Vec<String> = types(policy).into_iter().map(str::to_owned).collect();
        let (field, rule) = match way.get(&types).as_str() {
            "Ingress" => ("ingress", rules.0),
            _ => ("egress", rules.1),
        };
        policy["spec"]["policyTypes"] = types.into();
        match policy["spec"][field].as_array_mut() {
            Some(rules) => rules.push(rule),
            None => policy["spec"][field] = json!([rule]),
        }
        // A rule that has the policy refused takes its other rules away.
        if is_refused(policy) {
            return Ok(());
        }
        for (pair, before, after) in compared(&cluster.manifests(), &changed.manifests()) {
            let lost = before == Verdict::Allowed && after != Verdict::Allowed
                || before != Verdict::Denied && after == Verdict::Denied;
            prop_assert!(!lost, "{pair:?}: {before}, with the rule {after}");
        }
    }

    /// Policies add up: a side lets pass what those that isolate its pod let pass, each alone.
    #[test]
    fn a_policy_allows_what_its_own_rules_do_and_no_more(
        cluster in cluster(Pods::Addressed),
        mut policy in policy(),
    ) {
        policy["metadata"]["name"] = json!("added");
        let with = |policies: Vec<Value>| {
            let cluster = Cluster { policies, ..cluster.clone() };
            read(&cluster.manifests(), Form::Flow)
        };
        let before = with(cluster.policies.clone());
        let alone = with(vec![policy.clone()]);
        let after = with([cluster.policies.clone(), vec![policy]].concat());
        let pairs = answers(&cluster.manifests()).cells.into_keys();
        for (pair, port) in pairs.zip(PORTS.into_iter().cycle()) {
            let paths = [&before, &alone, &after].map(|it| path(it, &pair, port));
            let [Some(before), Some(alone), Some(after)] = paths else { continue };
            let sides = [
                (before.egress, alone.egress, after.egress),
                (before.ingress, alone.ingress, after.ingress),
            ];
            for (before, alone, after) in sides {
                let expected = added_up(&before, &alone);
                prop_assert_eq!(after.passes, expected, "{:?} {:?}", pair, port);
                prop_assert_eq!(after.isolated, before.isolated || alone.isolated);
            }
        }
    }

    #[test]
    fn a_policy_that_selects_nothing_changes_nothing(
        cluster in cluster(Pods::Any),
        mut policy in policy(),
        elsewhere in any::<bool>(),
    ) {
        policy["metadata"]["name"] = json!("idle");
        if elsewhere {
            policy["metadata"]["namespace"] = json!("empty");
        } else {
            policy["spec"]["podSelector"] = json!({"matchLabels": {"app": "nobody"}});
        }
        let mut changed = cluster.clone();
        changed.policies.push(policy);
        prop_assert_eq!(answers(&changed.manifests()), answers(&cluster.manifests()));
    }

    #[test]
    fn splitting_a_policy_changes_nothing(
        cluster in cluster(Pods::Any),
        which in any::<Index>(),
        at in any::<Index>(),
    ) {
        let mut changed = cluster.clone();
        let policy = which.get_mut(&mut changed.policies);
        if is_refused(policy) {
            return Ok(());
        }
        policy["spec"]["policyTypes"] = types(policy).into();
        let mut rest = policy.clone();
        rest["metadata"]["name"] = json!("rest");
        for field in ["ingress", "egress"] {
            let rules = policy["spec"][field].as_array().cloned().unwrap_or_default();
            let (first, second) = rules.split_at(at.index(rules.len() + 1));
            policy["spec"][field] = first.into();
            rest["spec"][field] = second.into();
        }
        changed.policies.push(rest);
        prop_assert_eq!(answers(&changed.manifests()), answers(&cluster.manifests()));
    }

    #[test]
    fn renaming_a_namespace_changes_nothing(
        cluster in cluster(Pods::Addressed),
        name in prop::sample::select(&NAMESPACES[..2]),
    ) {
        const NEW: &str = "zz";
        let mut manifests = cluster.manifests();
        for manifest in &mut manifests {
            rename(manifest, name, NEW);
            if manifest["kind"] == "Namespace" && manifest["metadata"]["name"] == name {
                manifest["metadata"]["name"] = NEW.into();
            }
        }
        let expected = answers(&cluster.manifests()).renamed(|id| match id.split_once('/') {
            Some((namespace, pod)) if namespace == name => format!("{NEW}/{pod}"),
            _ => id,
        });
        prop_assert_eq!(answers(&manifests), expected);
    }

    #[test]
    fn pods_that_are_alike_have_the_same_rows_and_columns(
        cluster in cluster(Pods::Any),
        which in any::<Index>(),
    ) {
        let mut changed = cluster.clone();
        let pods = || cluster.others.iter().filter(|manifest| manifest["kind"] == "Pod");
        let pod = pods().nth(which.index(pods().count())).unwrap();
        // No block of the generator's tells these addresses apart.
        for (name, address) in [("twin1", "10.0.1.201"), ("twin2", "10.0.1.202")] {
            let mut twin = pod.clone();
            twin["metadata"]["name"] = name.into();
            twin["status"] = json!({"podIP": address});
            changed.others.push(twin);
        }
        let namespace = pod["metadata"]["namespace"].as_str().unwrap();
        let (first, second) = (format!("{namespace}/twin1"), format!("{namespace}/twin2"));
        let swapped = |id: String| match id {
            id if id == first => second.clone(),
            id if id == second => first.clone(),
            id => id,
        };
        let answers: Answers = answers(&changed.manifests());
        prop_assert!(answers.cells.contains_key(&(first.clone(), second.clone())));
        prop_assert_eq!(self::answers(&changed.manifests()).renamed(swapped), answers);
    }
}

/// The verdicts before and after a change, pair by pair and port by port.
fn compared(before: &[Value], after: &[Value]) -> Vec<((String, String), Verdict, Verdict)> {
    let (before, mut after) = (answers(before), answers(after));
    let mut all = Vec::new();
    for (pair, cells) in before.cells {
        let changed = after.cells.remove(&pair).unwrap();
        let verdicts = cells.iter().zip(&changed).map(|(old, new)| (old.verdict, new.verdict));
        all.extend(verdicts.map(|(old, new)| (pair.clone(), old, new)));
    }
    all
}

/// What a side lets pass under the policies of both.
fn added_up(one: &SideView, other: &SideView) -> Answer {
    match (one.isolated, other.isolated) {
        (true, true) => one.passes.max(other.passes),
        (true, false) => one.passes,
        (false, _) => other.passes,
    }
}

/// Turns all lists around.
fn reverse_lists(value: &mut Value) {
    match value {
        Value::Array(items) => {
            items.reverse();
            items.iter_mut().for_each(reverse_lists);
        }
        Value::Object(fields) => fields.values_mut().for_each(reverse_lists),
        _ => {}
    }
}

/// Renames a namespace wherever a manifest names it.
fn rename(value: &mut Value, old: &str, new: &str) {
    const LABEL: &str = "kubernetes.io/metadata.name";
    let replace = |name: &mut Value| {
        if name == old {
            *name = new.into();
        }
    };
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| rename(item, old, new)),
        Value::Object(fields) => {
            if fields.get("key").is_some_and(|key| key == LABEL) {
                let values = fields.get_mut("values").and_then(Value::as_array_mut);
                values.into_iter().flatten().for_each(replace);
            }
            for (name, field) in fields {
                match name.as_str() {
                    LABEL | "namespace" => replace(field),
                    _ => rename(field, old, new),
                }
            }
        }
        _ => {}
    }
}
