//! Endpoints that are written down: `v1` Endpoints and `discovery.k8s.io/v1` `EndpointSlice`.
//!
//! Source: <https://kubernetes.io/docs/concepts/services-networking/endpoint-slices/>

use super::pod::{port_number, protocol};
use crate::place::Place;
use crate::{Endpoint, EndpointPort, EndpointSlice, Meta};

/// The label by which a slice says whose it is.
const SERVICE_NAME: &str = "kubernetes.io/service-name";

/// A slice.
pub(super) fn slice(object: &Place, meta: Meta) -> EndpointSlice {
    let endpoints = object.field("endpoints");
    let endpoints = endpoints.items().flat_map(|it| {
        // Not said means ready.
        let ready = it.field("conditions").field("ready").boolean() != Some(false);
        let node = it.field("nodeName").filled().map(str::to_owned);
        let addresses = it.field("addresses");
        let addresses: Vec<_> = addresses.items().filter_map(|it| it.address()).collect();
        // All of them lead to the same place, so that one stands for them.
        addresses.into_iter().take(1).map(move |address| Endpoint {
            address,
            ready,
            node: node.clone(),
        })
    });
    EndpointSlice {
        service: meta.labels.get(SERVICE_NAME).cloned().unwrap_or_default(),
        endpoints: endpoints.collect(),
        ports: ports(object),
        meta,
    }
}

/// The subsets of an Endpoints object, which has its Service's name.
pub(super) fn subsets(object: &Place, meta: &Meta) -> Vec<EndpointSlice> {
    let subsets = object.field("subsets");
    let subsets = subsets.items().map(|subset| {
        let ready = addresses(&subset.field("addresses"), true);
        let not_ready = addresses(&subset.field("notReadyAddresses"), false);
        EndpointSlice {
            meta: meta.clone(),
            service: meta.name.clone(),
            endpoints: ready.into_iter().chain(not_ready).collect(),
            ports: ports(&subset),
        }
    });
    subsets.collect()
}

fn addresses(list: &Place, ready: bool) -> Vec<Endpoint> {
    let endpoint = |it: Place| {
        let address = it.field("ip").address()?;
        Some(Endpoint { address, ready, node: it.field("nodeName").filled().map(str::to_owned) })
    };
    list.items().filter_map(endpoint).collect()
}

fn ports(of: &Place) -> Vec<EndpointPort> {
    let port = |it: Place| {
        Some(EndpointPort {
            name: it.field("name").filled().map(str::to_owned),
            number: port_number(&it.field("port"))?,
            protocol: protocol(&it.field("protocol"))?,
        })
    };
    of.field("ports").items().filter_map(port).collect()
}
