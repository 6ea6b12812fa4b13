//! What a popular recipe promises, and what a cluster does: an empty list of peers admits everybody
//! (<https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/>), and who may not
//! leave cannot arrive.

use crate::lesson::{Lesson, Step};

const CLUSTER: &str = part!("check-a-tutorial/cluster");
const DENY_ALL: &str = part!("check-a-tutorial/deny-all");
const ALLOW_ALL: &str = part!("check-a-tutorial/allow-all");
const ALLOW_SHOP: &str = part!("check-a-tutorial/allow-shop");
const PROMISED: &str = part!("check-a-tutorial/promised");
const NAMES_EXPECTED: &str = part!("check-a-tutorial/names-expected");
const OUTSIDE_EXPECTED: &str = part!("check-a-tutorial/outside-expected");

pub(crate) const CHECK_A_TUTORIAL: Lesson = Lesson {
    id: "check-a-tutorial",
    title: "Check a tutorial",
    summary: "A recipe that many copy: deny everything, then open a web server. Neither of its promises holds.",
    steps: &[
        Step {
            title: "Two promises",
            text: "A recipe found in many places: deny all traffic of a namespace, then open port 80 of its web server. \
                It ends with two promises. Who calls from inside the namespace gets a page; who calls from outside \
                waits for ever.\n\n\
                Both are wrong, and it is the other way round. The tab Tests shows it, and the explanation says why.",
            flow: "shop/inside>service:shop/nginx:80",
            start: &[DENY_ALL, ALLOW_ALL, CLUSTER, PROMISED],
            solution: &[],
        },
        Step {
            title: "From nobody means from everybody",
            text: "An empty list reads like nobody. To Kubernetes a rule whose `from` is empty or missing says nothing \
                about peers, so it admits all of them, from other namespaces and from outside the cluster, too.\n\n\
                Admit the pods of the namespace `shop`, and no others.",
            flow: "elsewhere/outside>service:shop/nginx:80",
            start: &[DENY_ALL, ALLOW_ALL, CLUSTER, OUTSIDE_EXPECTED],
            solution: &[DENY_ALL, ALLOW_SHOP, CLUSTER, OUTSIDE_EXPECTED],
        },
        Step {
            title: "Who may not leave cannot arrive",
            text: "The first policy isolates every pod of the namespace for `Egress` as well. The web server admits \
                `inside`, but `inside` may not send: not to the web server, and not to the DNS that would tell it where \
                that is. A connection needs both its ends.\n\n\
                Let the pods of `shop` connect to each other, and ask `kube-dns` in `kube-system` on port 53.",
            flow: "shop/inside>service:shop/nginx:80",
            start: &[DENY_ALL, ALLOW_SHOP, CLUSTER, PROMISED, NAMES_EXPECTED],
            solution: &[
                DENY_ALL,
                ALLOW_SHOP,
                part!("check-a-tutorial/leave"),
                CLUSTER,
                PROMISED,
                NAMES_EXPECTED,
            ],
        },
    ],
};
