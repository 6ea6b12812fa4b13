//! Pods for policies that come without any: for each selector somebody whom it selects, and beside them
//! somebody whom no rule means.

mod cast;

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::IpNet;
use netpol_eval::World;
use netpol_model::{Direction, IpBlock, LabelSelector, NetworkPolicy, Operator, PeerSelector};

use super::{Labels, Plan, Scene, create, error};
use cast::Cast;

/// Examples are to be looked at: more manifests than this would be none.
const MOST: usize = 60;

/// Addresses that are nobody's.
/// Source: [RFC 5737](https://www.rfc-editor.org/rfc/rfc5737), [RFC 3849](https://www.rfc-editor.org/rfc/rfc3849)
const DOCUMENTATION: [IpAddr; 4] = [
    IpAddr::V4(Ipv4Addr::new(203, 0, 113, 7)),
    IpAddr::V4(Ipv4Addr::new(198, 51, 100, 7)),
    IpAddr::V4(Ipv4Addr::new(192, 0, 2, 7)),
    IpAddr::V6(Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 7)),
];

impl Scene<'_> {
    /// Adds the pods, namespaces and outside addresses that the policies speak of and that are not there.
    pub(super) fn add_examples(&self) -> Plan {
        let world = World::resolve(self.objects.clone());
        let policies: Vec<_> = self.objects.policies.iter().filter(|it| !it.rejected).collect();
        if policies.is_empty() {
            return Err(error("no policy speaks of any pods", "write a NetworkPolicy first"));
        }
        let mut cast = Cast::of(&world);
        for policy in &policies {
            cast.subject(policy);
        }
        // A namespace that comes for one rule may be what a rule before it means.
        let mut known = usize::MAX;
        while known != cast.size() {
            known = cast.size();
            for policy in &policies {
                for direction in [Direction::Ingress, Direction::Egress] {
                    peers(&mut cast, policy, direction);
                }
            }
        }
        for policy in &policies {
            cast.stranger(policy);
        }
        cast.stranger_elsewhere();
        let texts = cast.manifests();
        match texts.len() {
            0 => Err(error(
                "everyone whom the policies speak of is there",
                "add a pod of your own to try something else",
            )),
            1..=MOST => self.append(&texts),
            many => Err(error(
                format!(
                    "the policies speak of {many} pods, namespaces and addresses that are not there"
                ),
                format!("at most {MOST} examples can be looked at: keep fewer policies"),
            )),
        }
    }
}

/// Those whom a policy's rules of one direction speak of.
fn peers(cast: &mut Cast, policy: &NetworkPolicy, direction: Direction) {
    if !policy.isolates(direction) {
        return;
    }
    for rule in policy.rules(direction) {
        // Who is dialled listens.
        let listens = (direction == Direction::Egress).then_some(rule.ports.as_slice());
        for peer in &rule.peers {
            match &peer.selector {
                PeerSelector::Pods { namespaces, pods } => {
                    cast.peer(policy, namespaces.as_ref(), pods.as_ref(), listens);
                }
                PeerSelector::Block(block) => cast.outside(block),
            }
        }
    }
}

/// Labels that a selector selects; `None` where there are none.
fn labels_for(selector: &LabelSelector) -> Option<Labels> {
    let mut labels = Labels::new();
    for requirement in &selector.requirements {
        match requirement.operator {
            Operator::In => {
                let value = requirement.values.first()?;
                labels.entry(requirement.key.clone()).or_insert_with(|| value.clone());
            }
            Operator::Exists => {
                labels.entry(requirement.key.clone()).or_insert_with(|| "true".to_owned());
            }
            Operator::NotIn | Operator::DoesNotExist => {}
        }
    }
    selector.matches(&labels).then_some(labels)
}

/// An address in a block, and not in what is taken out of it.
fn address_in(block: &IpBlock) -> Option<IpAddr> {
    let after = |address: IpAddr| match address {
        IpAddr::V4(address) => u32::from(address).checked_add(1).map(|it| IpAddr::V4(it.into())),
        IpAddr::V6(address) => u128::from(address).checked_add(1).map(|it| IpAddr::V6(it.into())),
    };
    let ends = block.except.iter().map(|(except, _)| except.broadcast());
    let first = [Some(block.cidr.network()), after(block.cidr.network())];
    let own = first.into_iter().rev().chain(ends.map(after)).flatten();
    DOCUMENTATION.into_iter().chain(own).find(|address| meant_by(block, *address))
}

fn meant_by(block: &IpBlock, address: IpAddr) -> bool {
    let holds = |net: &IpNet| net.contains(&address);
    holds(&block.cidr) && !block.except.iter().any(|(except, _)| holds(except))
}
