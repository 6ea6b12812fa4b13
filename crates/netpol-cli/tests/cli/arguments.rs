//! Calls that cannot be used, and the help.

use expect_test::expect;

use crate::support::{check, fixtures, run};

#[test]
fn a_bad_call_is_answered_in_one_line() {
    for (arguments, stderr) in [
        ("reach", "the following required arguments were not provided: <FILE>..."),
        ("reech x", "unrecognized subcommand 'reech'; tip: a similar subcommand exists: 'reach'"),
        (
            "reach x --formt json",
            "unexpected argument '--formt' found; tip: a similar argument exists: '--format'",
        ),
        (
            "matrix x --format xml",
            "invalid value 'xml' for '--format <FORMAT>' [possible values: text, json]",
        ),
        (
            "reach x --protocol icmp",
            "invalid value 'icmp' for '--protocol <PROTOCOL>' [possible values: TCP, UDP, SCTP]",
        ),
        (
            "explain x --from a/b --to a/c",
            "the following required arguments were not provided: --port <PORT>",
        ),
    ] {
        let run = run(&fixtures(), arguments, "");
        assert_eq!(run.stderr, format!("netpol: {stderr}\n"));
        assert_eq!((run.stdout, run.status), (vec![], 2), "{arguments}");
    }
}

#[test]
fn a_bad_port_is_refused() {
    for port in ["0", "65536", "80/TCP", "80.5", "-1", "HTTP"] {
        let run = run(&fixtures(), &format!("reach x --port={port}"), "");
        let stderr = format!(
            "netpol: invalid value '{port}' for '--port <PORT>': a port is a number from 1 to \
             65535, or a name of lower-case letters, digits and `-`\n"
        );
        assert_eq!(run.stderr, stderr);
        assert_eq!((run.stdout, run.status), (vec![], 2), "{port}");
    }
}

#[test]
fn without_arguments_the_help_is_shown() {
    check(
        "",
        &expect![[r#"
            --- standard error
            Who can talk to whom under these network policies, and which line says so

            Usage: netpol <COMMAND>

            Commands:
              explain      Say whether one connection is allowed, and which lines decide
              reach        List who can reach whom, and on which ports
              matrix       Show who can reach whom as a table
              graph        Draw who can talk to whom, as an SVG
              stats        Count objects, and pairs of pods that may and may not talk
              validate     Say what the API server would refuse, in its own words
              lint         Show everything that is wrong with the manifests or worth knowing
              test         Check the connections that `kind: Expectation` documents expect
              diff         List the connections that a change of the manifests adds, removes and changes
              share        Print a link that opens these manifests in the playground
              open         Print the manifests that a link holds
              completions  Print a script that lets a shell complete calls of this command
              help         Print this message or the help of the given subcommand(s)

            Options:
              -h, --help     Print help (see more with '--help')
              -V, --version  Print version

            Exit status:
              0  all well
              1  an expectation failed, or a manifest has an error; the answer is printed all the same
              2  the input or the call could not be used
            --- exit status 2
        "#]],
    );
}

const VERBS: [&str; 9] =
    ["explain", "reach", "matrix", "stats", "validate", "lint", "test", "diff", "completions"];

#[test]
fn every_verb_has_help_with_examples() {
    for verb in VERBS {
        let run = run(&fixtures(), &format!("{verb} --help"), "");
        let help = String::from_utf8(run.stdout).unwrap();
        assert!(help.contains("\nExamples:\n"), "{help}");
        assert_eq!((run.stderr.as_str(), run.status), ("", 0));
    }
}

#[test]
fn shells_complete_every_verb() {
    for shell in ["bash", "zsh", "fish"] {
        let run = run(&fixtures(), &format!("completions {shell}"), "");
        let script = String::from_utf8(run.stdout).unwrap();
        for verb in VERBS {
            assert!(script.contains(verb), "{shell}: {verb}");
        }
        assert!(script.contains("sarif"), "{shell}: values of options");
        assert_eq!((run.stderr.as_str(), run.status), ("", 0));
    }
}
