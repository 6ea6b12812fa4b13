//! The scenario that everyone starts from: everything is denied, and seven policies open doors.

use expect_test::expect;

use super::*;

#[test]
fn both_ends_of_a_denied_connection() {
    allow(
        BOOKSTORE,
        "bookstore/storefront bookstore/postgres 5432",
        3,
        &expect![[r#"
            1. let storefront leave for postgres, and let it in
               policy bookstore/allow-storefront-egress (t.yaml:157): a new rule
                  157 +   - to:
                  158 +     - podSelector:
                  159 +         matchLabels:
                  160 +           app: postgres
                  161 +     ports:
                  162 +     - {protocol: TCP, port: 5432}
               policy bookstore/allow-catalog-to-postgres (t.yaml:89): one more sender in rule 1
                   89 +     - podSelector:
                   90 +         matchLabels:
                   91 +           app: storefront
               changes no other connection
            2. let storefront leave for postgres, and let it in
               policy bookstore/allow-storefront-egress (t.yaml:157): a new rule
                  157 +   - to:
                  158 +     - podSelector:
                  159 +         matchLabels:
                  160 +           app: postgres
                  161 +     ports:
                  162 +     - {protocol: TCP, port: 5432}
               policy bookstore/allow-catalog-to-postgres (t.yaml:91): a new rule
                   91 +   - from:
                   92 +     - podSelector:
                   93 +         matchLabels:
                   94 +           app: storefront
                   95 +     ports:
                   96 +     - {protocol: TCP, port: 5432}
               changes no other connection
            3. let storefront leave for postgres, and let it in
               policy bookstore/allow-storefront-egress-to-postgres (t.yaml:462): a new policy
                  462 + ---
                  463 + apiVersion: networking.k8s.io/v1
                  464 + kind: NetworkPolicy
                  465 + metadata:
                  466 +   name: allow-storefront-egress-to-postgres
                  467 +   namespace: bookstore
                  468 + spec:
                  469 +   podSelector:
                  470 +     matchLabels:
                  471 +       app: storefront
                  472 +   policyTypes: [Egress]
                  473 +   egress:
                  474 +   - to:
                  475 +     - podSelector:
                  476 +         matchLabels:
                  477 +           app: postgres
                  478 +     ports:
                  479 +     - {protocol: TCP, port: 5432}
               policy bookstore/allow-catalog-to-postgres (t.yaml:89): one more sender in rule 1
                   89 +     - podSelector:
                   90 +         matchLabels:
                   91 +           app: storefront
               changes no other connection
        "#]],
    );
}

#[test]
fn an_intruder() {
    allow(
        BOOKSTORE,
        "bookstore/intruder bookstore/catalog 8080",
        2,
        &expect![[r#"
            1. let intruder leave for catalog, and let it in
               policy bookstore/allow-intruder-egress-to-catalog (t.yaml:462): a new policy
                  462 + ---
                  463 + apiVersion: networking.k8s.io/v1
                  464 + kind: NetworkPolicy
                  465 + metadata:
                  466 +   name: allow-intruder-egress-to-catalog
                  467 +   namespace: bookstore
                  468 + spec:
                  469 +   podSelector:
                  470 +     matchLabels:
                  471 +       app: intruder
                  472 +   policyTypes: [Egress]
                  473 +   egress:
                  474 +   - to:
                  475 +     - podSelector:
                  476 +         matchLabels:
                  477 +           app: catalog
                  478 +     ports:
                  479 +     - {protocol: TCP, port: 8080}
               policy bookstore/allow-storefront-to-apis (t.yaml:70): one more sender in rule 1
                 it also applies to another pod or workload
                   70 +     - podSelector:
                   71 +         matchLabels:
                   72 +           app: intruder
               changes no other connection
            2. let intruder leave for catalog, and let it in
               policy bookstore/allow-intruder-egress-to-catalog (t.yaml:462): a new policy
                  462 + ---
                  463 + apiVersion: networking.k8s.io/v1
                  464 + kind: NetworkPolicy
                  465 + metadata:
                  466 +   name: allow-intruder-egress-to-catalog
                  467 +   namespace: bookstore
                  468 + spec:
                  469 +   podSelector:
                  470 +     matchLabels:
                  471 +       app: intruder
                  472 +   policyTypes: [Egress]
                  473 +   egress:
                  474 +   - to:
                  475 +     - podSelector:
                  476 +         matchLabels:
                  477 +           app: catalog
                  478 +     ports:
                  479 +     - {protocol: TCP, port: 8080}
               policy bookstore/allow-storefront-to-apis (t.yaml:72): a new rule
                 it also applies to another pod or workload
                   72 +   - from:
                   73 +     - podSelector:
                   74 +         matchLabels:
                   75 +           app: intruder
                   76 +     ports:
                   77 +     - {protocol: TCP, port: 8080}
               changes no other connection
        "#]],
    );
}

#[test]
fn a_pod_that_only_broad_policies_select() {
    allow(
        BOOKSTORE,
        "bookstore/catalog bookstore/redis 6379",
        2,
        &expect![[r#"
            1. let catalog leave for redis, and let it in
               policy bookstore/allow-backend-egress (t.yaml:135): a new rule
                 it also applies to another pod or workload
                  135 +   - to:
                  136 +     - podSelector:
                  137 +         matchLabels:
                  138 +           app: redis
                  139 +     ports:
                  140 +     - {protocol: TCP, port: 6379}
               policy bookstore/allow-catalog-to-redis (t.yaml:462): a new policy
                  462 + ---
                  463 + apiVersion: networking.k8s.io/v1
                  464 + kind: NetworkPolicy
                  465 + metadata:
                  466 +   name: allow-catalog-to-redis
                  467 +   namespace: bookstore
                  468 + spec:
                  469 +   podSelector:
                  470 +     matchLabels:
                  471 +       app: redis
                  472 +   policyTypes: [Ingress]
                  473 +   ingress:
                  474 +   - from:
                  475 +     - podSelector:
                  476 +         matchLabels:
                  477 +           app: catalog
                  478 +     ports:
                  479 +     - {protocol: TCP, port: 6379}
               changes no other connection
            2. let catalog leave for redis, and let it in
               policy bookstore/allow-catalog-egress-to-redis (t.yaml:462): a new policy
                  462 + ---
                  463 + apiVersion: networking.k8s.io/v1
                  464 + kind: NetworkPolicy
                  465 + metadata:
                  466 +   name: allow-catalog-egress-to-redis
                  467 +   namespace: bookstore
                  468 + spec:
                  469 +   podSelector:
                  470 +     matchLabels:
                  471 +       app: catalog
                  472 +   policyTypes: [Egress]
                  473 +   egress:
                  474 +   - to:
                  475 +     - podSelector:
                  476 +         matchLabels:
                  477 +           app: redis
                  478 +     ports:
                  479 +     - {protocol: TCP, port: 6379}
               policy bookstore/allow-catalog-to-redis (t.yaml:462): a new policy
                  462 + ---
                  463 + apiVersion: networking.k8s.io/v1
                  464 + kind: NetworkPolicy
                  465 + metadata:
                  466 +   name: allow-catalog-to-redis
                  467 +   namespace: bookstore
                  468 + spec:
                  469 +   podSelector:
                  470 +     matchLabels:
                  471 +       app: redis
                  472 +   policyTypes: [Ingress]
                  473 +   ingress:
                  474 +   - from:
                  475 +     - podSelector:
                  476 +         matchLabels:
                  477 +           app: catalog
                  478 +     ports:
                  479 +     - {protocol: TCP, port: 6379}
               changes no other connection
        "#]],
    );
}

#[test]
fn another_port_of_the_same_pods() {
    allow(
        BOOKSTORE,
        "bookstore/catalog kube-system/coredns 9153",
        2,
        &expect![[r#"
            1. let catalog leave for coredns
               policy bookstore/allow-catalog-egress-to-coredns (t.yaml:462): a new policy
                  462 + ---
                  463 + apiVersion: networking.k8s.io/v1
                  464 + kind: NetworkPolicy
                  465 + metadata:
                  466 +   name: allow-catalog-egress-to-coredns
                  467 +   namespace: bookstore
                  468 + spec:
                  469 +   podSelector:
                  470 +     matchLabels:
                  471 +       app: catalog
                  472 +   policyTypes: [Egress]
                  473 +   egress:
                  474 +   - to:
                  475 +     - namespaceSelector:
                  476 +         matchLabels:
                  477 +           kubernetes.io/metadata.name: kube-system
                  478 +       podSelector:
                  479 +         matchLabels:
                  480 +           k8s-app: kube-dns
                  481 +     ports:
                  482 +     - {protocol: TCP, port: 9153}
               changes no other connection
            2. let catalog leave for coredns
               policy bookstore/allow-backend-egress (t.yaml:135): a new rule
                 it also applies to another pod or workload
                  135 +   - to:
                  136 +     - namespaceSelector:
                  137 +         matchLabels:
                  138 +           kubernetes.io/metadata.name: kube-system
                  139 +       podSelector:
                  140 +         matchLabels:
                  141 +           k8s-app: kube-dns
                  142 +     ports:
                  143 +     - {protocol: TCP, port: 9153}
               also changes one pair:
                 bookstore/orders -> kube-system/coredns: +TCP/9153
        "#]],
    );
}

#[test]
fn an_outside_address() {
    allow(
        BOOKSTORE,
        "bookstore/storefront external/internet 443",
        2,
        &expect![[r#"
            1. let storefront leave for internet
               policy bookstore/allow-storefront-egress (t.yaml:157): a new rule
                  157 +   - to:
                  158 +     - ipBlock:
                  159 +         cidr: 203.0.113.80/32
                  160 +     ports:
                  161 +     - {protocol: TCP, port: 443}
               changes no other connection
            2. let storefront leave for internet
               policy bookstore/allow-storefront-egress-to-internet (t.yaml:462): a new policy
                  462 + ---
                  463 + apiVersion: networking.k8s.io/v1
                  464 + kind: NetworkPolicy
                  465 + metadata:
                  466 +   name: allow-storefront-egress-to-internet
                  467 +   namespace: bookstore
                  468 + spec:
                  469 +   podSelector:
                  470 +     matchLabels:
                  471 +       app: storefront
                  472 +   policyTypes: [Egress]
                  473 +   egress:
                  474 +   - to:
                  475 +     - ipBlock:
                  476 +         cidr: 203.0.113.80/32
                  477 +     ports:
                  478 +     - {protocol: TCP, port: 443}
               changes no other connection
        "#]],
    );
}

#[test]
fn name_resolution_without_its_policy() {
    let start = BOOKSTORE.find("# 2. Every pod").unwrap();
    let end = BOOKSTORE.find("# 3. The ingress").unwrap();
    let text = [&BOOKSTORE[..start], &BOOKSTORE[end..]].concat();
    allow(
        &text,
        "bookstore/storefront kube-system/coredns 53/UDP",
        2,
        &expect![[r#"
            1. let storefront leave for coredns
               policy bookstore/allow-storefront-egress (t.yaml:136): a new rule
                  136 +   - to:
                  137 +     - namespaceSelector:
                  138 +         matchLabels:
                  139 +           kubernetes.io/metadata.name: kube-system
                  140 +       podSelector:
                  141 +         matchLabels:
                  142 +           k8s-app: kube-dns
                  143 +     ports:
                  144 +     - {protocol: UDP, port: 53}
               changes no other connection
            2. let storefront leave for coredns
               policy bookstore/allow-storefront-egress-to-coredns (t.yaml:441): a new policy
                  441 + ---
                  442 + apiVersion: networking.k8s.io/v1
                  443 + kind: NetworkPolicy
                  444 + metadata:
                  445 +   name: allow-storefront-egress-to-coredns
                  446 +   namespace: bookstore
                  447 + spec:
                  448 +   podSelector:
                  449 +     matchLabels:
                  450 +       app: storefront
                  451 +   policyTypes: [Egress]
                  452 +   egress:
                  453 +   - to:
                  454 +     - namespaceSelector:
                  455 +         matchLabels:
                  456 +           kubernetes.io/metadata.name: kube-system
                  457 +       podSelector:
                  458 +         matchLabels:
                  459 +           k8s-app: kube-dns
                  460 +     ports:
                  461 +     - {protocol: UDP, port: 53}
               changes no other connection
        "#]],
    );
}

#[test]
fn a_service() {
    allow(
        BOOKSTORE,
        "bookstore/orders service:bookstore/postgres 5432",
        2,
        &expect![[r#"
            1. let postgres admit orders
               policy bookstore/allow-catalog-to-postgres (t.yaml:89): one more sender in rule 1
                   89 +     - podSelector:
                   90 +         matchLabels:
                   91 +           app: orders
               changes no other connection
            2. let postgres admit orders
               policy bookstore/allow-catalog-to-postgres (t.yaml:91): a new rule
                   91 +   - from:
                   92 +     - podSelector:
                   93 +         matchLabels:
                   94 +           app: orders
                   95 +     ports:
                   96 +     - {protocol: TCP, port: 5432}
               changes no other connection
        "#]],
    );
}

#[test]
fn one_sender_of_two_is_no_longer_admitted() {
    deny(
        BOOKSTORE,
        "bookstore/storefront bookstore/catalog 8080",
        3,
        &expect![[r#"
            1. keep storefront out of catalog
               policy bookstore/allow-storefront-to-apis (t.yaml:63): no longer applies to catalog
                   63 -     - {key: app, operator: In, values: [catalog, orders]}
                   63 +     - {key: app, operator: In, values: [orders]}
               changes no other connection
            2. keep storefront from leaving for catalog
               policy bookstore/allow-storefront-egress (t.yaml:149): without that receiver in rule 1
                  149 -     - podSelector:
                  150 -         matchLabels:
                  151 -           app: catalog
               changes no other connection
            3. keep storefront out of catalog
               policy bookstore/allow-storefront-to-apis (t.yaml:65): without rule 1
                   65 -   ingress:
                   66 -   - from:
                   67 -     - podSelector:
                   68 -         matchLabels:
                   69 -           app: storefront
                   70 -     ports:
                   71 -     - {protocol: TCP, port: 8080}
                   65 +   ingress: []
               also changes one pair:
                 bookstore/storefront -> bookstore/orders: -TCP/8080
        "#]],
    );
}

#[test]
fn a_whole_namespace_is_admitted() {
    deny(
        BOOKSTORE,
        "ingress-nginx/controller bookstore/orders 8080",
        5,
        &expect![[r#"
            1. keep controller out of orders
               policy bookstore/allow-ingress-to-http-tiers (t.yaml:44): no longer applies to orders
                   44 -     - {key: app, operator: In, values: [storefront, catalog, orders]}
                   44 +     - {key: app, operator: In, values: [storefront, catalog]}
               changes no other connection
            2. keep controller out of orders
               policy bookstore/allow-ingress-to-http-tiers (t.yaml:51): an exception in rule 1
                   51 +       podSelector:
                   52 +         matchExpressions:
                   53 +         - {key: app.kubernetes.io/name, operator: NotIn, values: [ingress-nginx]}
               also changes 2 pairs:
                 ingress-nginx/controller -> bookstore/catalog: -TCP/8080
                 ingress-nginx/controller -> bookstore/storefront: -TCP/8080
            3. keep controller out of orders
               policy bookstore/allow-ingress-to-http-tiers (t.yaml:46): without rule 1
                   46 -   ingress:
                   47 -   - from:
                   48 -     - namespaceSelector:
                   49 -         matchLabels:
                   50 -           kubernetes.io/metadata.name: ingress-nginx
                   51 -     ports:
                   52 -     - {protocol: TCP, port: 8080}  # the pod's port, not the Service's
                   46 +   ingress: []
               also changes 2 pairs:
                 ingress-nginx/controller -> bookstore/catalog: -TCP/8080
                 ingress-nginx/controller -> bookstore/storefront: -TCP/8080
        "#]],
    );
}

#[test]
fn one_port_of_two() {
    deny(
        BOOKSTORE,
        "bookstore/redis kube-system/coredns 53/UDP",
        3,
        &expect![[r#"
            1. keep redis from leaving for coredns
               policy bookstore/allow-dns-egress (t.yaml:21): no longer applies to redis
                   21 -   podSelector: {}
                   21 +   podSelector: {matchExpressions: [{key: app, operator: NotIn, values: [redis]}]}
               also changes one pair:
                 bookstore/redis -> kube-system/coredns: -TCP/53
            2. keep redis from leaving for coredns
               policy bookstore/allow-dns-egress (t.yaml:32): without that port in rule 1
                   32 -     - {protocol: UDP, port: 53}
               also changes 6 pairs:
                 bookstore/catalog -> kube-system/coredns: -UDP/53
                 bookstore/intruder -> kube-system/coredns: -UDP/53
                 bookstore/orders -> kube-system/coredns: -UDP/53
                 bookstore/postgres -> kube-system/coredns: -UDP/53
                 bookstore/rabbitmq -> kube-system/coredns: -UDP/53
                 bookstore/storefront -> kube-system/coredns: -UDP/53
            3. keep redis from leaving for coredns
               policy bookstore/allow-dns-egress (t.yaml:23): without rule 1
                   23 -   egress:
                   24 -   - to:
                   25 -     - namespaceSelector:  # one list item: this namespace and, in it, these pods
                   26 -         matchLabels:
                   27 -           kubernetes.io/metadata.name: kube-system
                   28 -       podSelector:
                   29 -         matchLabels:
                   30 -           k8s-app: kube-dns
                   31 -     ports:
                   32 -     - {protocol: UDP, port: 53}
                   33 -     - {protocol: TCP, port: 53}
                   23 +   egress: []
               also changes 7 pairs:
                 bookstore/catalog -> kube-system/coredns: -TCP/53 -UDP/53
                 bookstore/intruder -> kube-system/coredns: -TCP/53 -UDP/53
                 bookstore/orders -> kube-system/coredns: -TCP/53 -UDP/53
                 bookstore/postgres -> kube-system/coredns: -TCP/53 -UDP/53
                 bookstore/rabbitmq -> kube-system/coredns: -TCP/53 -UDP/53
                 bookstore/redis -> kube-system/coredns: -TCP/53
                 bookstore/storefront -> kube-system/coredns: -TCP/53 -UDP/53
        "#]],
    );
}
