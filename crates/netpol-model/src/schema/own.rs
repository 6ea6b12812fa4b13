//! Our own kinds, `netpol/v1`.

use super::meta::ObjectMeta;
use super::structs;

structs! {
    Connection { from: string, port: intOrString, protocol: string, to: string, verdict: string }
    Expectation { apiVersion: string, kind: string, metadata: ObjectMeta, spec: ExpectationSpec }
    ExpectationSpec { connections: [Connection] }
    External { apiVersion: string, kind: string, metadata: ObjectMeta, spec: ExternalSpec }
    ExternalSpec { ip: string, ips: [string] }
    Options {
        clientIPForExternalTraffic: string, denyStyle: string, egressToOwnNode: string,
        endPortSupported: bool, enforced: bool, hairpinViaService: string, hostNetworkPods: string,
        icmp: string, implicitDNS: bool, ipBlockMatchesNodes: bool, ipBlockMatchesPods: bool,
        namedPortsSupported: bool, sctpSupported: bool,
    }
    Settings { apiVersion: string, kind: string, metadata: ObjectMeta, spec: SettingsSpec }
    SettingsSpec {
        fieldValidation: string, kubernetesVersion: string, options: Options, plugin: string,
    }
}
