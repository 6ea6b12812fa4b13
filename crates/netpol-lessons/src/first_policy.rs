//! From a namespace without policies to one door, one way out, and who keeps watch.
//! Facts: <https://kubernetes.io/docs/concepts/services-networking/network-policies/>.

use crate::lesson::{Lesson, Step};

const CLUSTER: &str = part!("first-policy/cluster");
const MONITORING: &str = part!("first-policy/monitoring");
const CLOSE: &str = part!("first-policy/close");
const DOOR: &str = part!("first-policy/door");
const LEAVE: &str = part!("first-policy/leave");
const LEAVE_BY_NAME: &str = part!("first-policy/leave-by-name");
const CLOSE_EXPECTED: &str = part!("first-policy/close-expected");
const DOOR_EXPECTED: &str = part!("first-policy/door-expected");
const DASH_EXPECTED: &str = part!("first-policy/dash-expected");
const LEAVE_EXPECTED: &str = part!("first-policy/leave-expected");

pub(crate) const FIRST_POLICY: Lesson = Lesson {
    id: "first-policy",
    title: "A first policy",
    summary: "From a namespace without policies to one door, one way out, and who keeps watch.",
    steps: &[
        Step {
            title: "Everybody may talk to everybody",
            text: "Three pods share the namespace `np-demo`, and no policy speaks of them. Kubernetes then lets every \
                pod connect to every other. Below the picture stands why: nothing restricts what `other` sends, \
                and nothing restricts what `web` receives.\n\n\
                Click another line of the picture to ask about that connection.",
            flow: "np-demo/other>np-demo/web:8080",
            start: &[CLUSTER],
            solution: &[],
        },
        Step {
            title: "Close the door",
            text: "A pod that a policy for `Ingress` selects is isolated: it receives only what some policy admits. \
                The policy in the text admits nobody, so `web` should be closed. Yet everybody still enters, because \
                its `podSelector` selects no pod.\n\n\
                Look up the labels of `web`, and correct the selector.",
            flow: "np-demo/other>np-demo/web:8080",
            start: &[part!("first-policy/close-nobody"), CLUSTER, CLOSE_EXPECTED],
            solution: &[CLOSE, CLUSTER, CLOSE_EXPECTED],
        },
        Step {
            title: "Open it for one label",
            text: "Policies only ever add: a connection is allowed as soon as one policy admits it, and no policy takes \
                that back. Here `web-closed` isolates the pod, and `web-from-frontend` opens it, but for every pod of \
                the namespace and on every port.\n\n\
                Admit only pods with the label `role: frontend`, and only on TCP port 8080.",
            flow: "np-demo/other>np-demo/web:8080",
            start: &[CLOSE, part!("first-policy/door-wide"), CLUSTER, DOOR_EXPECTED],
            solution: &[CLOSE, DOOR, CLUSTER, DOOR_EXPECTED],
        },
        Step {
            title: "One dash too many",
            text: "Prometheus collects from another namespace, so the peer needs a `namespaceSelector`, too. Two peers, \
                each after its own dash, mean: every pod of `monitoring`, or `app: prometheus` in `np-demo`. So the \
                shell beside Prometheus enters as well.\n\n\
                Make both selectors one peer, which means: `app: prometheus` in `monitoring`.",
            flow: "monitoring/shell>np-demo/web:8080",
            start: &[part!("first-policy/dash-two"), CLUSTER, MONITORING, DASH_EXPECTED],
            solution: &[part!("first-policy/dash-one"), CLUSTER, MONITORING, DASH_EXPECTED],
        },
        Step {
            title: "Who leaves needs names",
            text: "Now the frontend is isolated for `Egress`: it may call the web server, and nobody else. But it calls \
                by name, and asking the cluster's DNS for an address is a connection of its own, which \
                nothing admits. The call ends before it begins.\n\n\
                Let the frontend ask `kube-dns` in `kube-system`, on port 53 by UDP and TCP.",
            flow: "np-demo/frontend>service:np-demo/web:80",
            start: &[LEAVE, CLUSTER, LEAVE_EXPECTED],
            solution: &[LEAVE_BY_NAME, CLUSTER, LEAVE_EXPECTED],
        },
        Step {
            title: "Somebody must keep watch",
            text: "The API server stores every policy, but it stops no packet: the network plugin does, if it knows \
                policies at all. Flannel does not. With it all that you have written is kept, and everybody may talk \
                to everybody, as in the first step.\n\n\
                In the `Settings` at the top, choose a plugin that enforces policies, such as `calico`.",
            flow: "np-demo/other>np-demo/web:8080",
            start: &[part!("first-policy/flannel"), CLOSE, DOOR, CLUSTER, DOOR_EXPECTED],
            solution: &[part!("first-policy/calico"), CLOSE, DOOR, CLUSTER, DOOR_EXPECTED],
        },
    ],
};
