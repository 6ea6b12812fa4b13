//! Large and hostile texts: an answer comes, and soon.

use super::*;

/// The codes of the findings.
fn codes(parsed: &Parsed) -> Vec<&'static str> {
    parsed.findings.iter().map(|finding| finding.code).collect()
}

/// `depth` collections inside each other, around a value.
fn nested(open: &str, close: &str, depth: usize) -> String {
    format!("{}1{}", open.repeat(depth), close.repeat(depth))
}

#[test]
fn depth_is_bounded() {
    for (open, close) in [("[", "]"), ("{a: ", "}"), ("{\"a\":", "}"), ("- ", ""), ("[{a: ", "}]")]
    {
        let levels = open.matches(['[', '{', '-']).count();
        let fits = read(&nested(open, close, 128 / levels));
        assert_eq!((fits.documents.len(), codes(&fits)), (1, vec![]), "{open}");
        for depth in [129, 300, 100_000] {
            let refused = read(&nested(open, close, depth));
            assert_eq!((refused.documents.len(), codes(&refused)), (0, vec!["too-deep"]), "{open}");
        }
        // Without the closing brackets, too.
        assert_eq!(codes(&read(&open.repeat(100_000))), ["too-deep"], "{open}");
    }
}

#[test]
fn depth_through_aliases_is_bounded() {
    let mut text = "- &a0 [1]\n".to_owned();
    for level in 1..200 {
        writeln!(text, "- &a{level} [*a{}]", level - 1).unwrap();
    }
    assert_eq!(codes(&read(&text)), ["too-deep"]);
}

#[test]
fn what_aliases_expand_to_is_bounded() {
    let mut bomb = "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n".to_owned();
    for level in 1..10 {
        let alias = format!("*a{}", level - 1);
        writeln!(bomb, "a{level}: &a{level} [{}]", [alias.as_str(); 9].join(", ")).unwrap();
    }
    let large = format!("a: &a {}\nb: [{}]\n", "x".repeat(1 << 20), "*a, ".repeat(100));
    let nested_anchors = (0..100).fold(String::new(), |text, i| text + &format!("&a{i} ["));
    let anchors = format!("{nested_anchors}{}{}", "x, ".repeat(100_000), "]".repeat(100));
    // Small documents share the limit, too.
    let many = format!("{large}---\n").repeat(20);
    for (text, refused) in [(bomb, 1), (large, 1), (anchors, 1), (many, 20)] {
        let parsed = read(&text);
        assert_eq!(codes(&parsed), vec!["alias-expansion"; refused], "{}", &text[..40]);
        assert_eq!(parsed.documents.len(), 0);
    }
    let cycle = read("a: &a [*a]\n");
    assert_eq!(codes(&cycle), ["alias-cycle"]);
}

#[test]
fn large_mappings_are_checked_for_duplicates() {
    let mut text = (0..50_000).fold(String::new(), |text, i| text + &format!("key-{i}: {i}\n"));
    text.push_str("key-0: last\n");
    let parsed = read(&text);
    assert_eq!(codes(&parsed), ["duplicate-key"]);
    assert_eq!(parsed.documents[0].root.as_mapping().unwrap().entries.len(), 50_000);
    let all_the_same = read(&"a: 1\n".repeat(50_000));
    assert_eq!(all_the_same.findings.len(), crate::MOST_FINDINGS + 1);
}

#[test]
fn a_large_paste_of_anything_is_answered() {
    const SIZE: usize = 2 << 20;
    let table = [
        ("words ", 0, 1),
        ("x", 0, 1),
        ("\t", 0, 0),
        ("\n", 0, 0),
        ("---\n", 0, 0),
        ("- ", 1, 0),
        ("[]", 0, SIZE / 2),
        ("{}\n", 0, SIZE / 3),
        ("\"", 1, 0),
        ("a: b: c\n", 1, 0),
        ("a:\n", 0, 1),
        ("# c\n", 0, 0),
        ("%", 1, 0),
        ("! ", 1, 0),
        ("| ", 1, 0),
        ("&a ", 1, 0),
        ("*a\n---\n", SIZE / 7, 0),
        ("é: [1, {a: é}\n", 1, 0),
    ];
    for (pattern, errors, documents) in table {
        let parsed = read(&pattern.repeat(SIZE / pattern.len()));
        let found = parsed.findings.iter().filter(|f| f.severity == Severity::Error).count();
        assert_eq!((found, parsed.documents.len()), (errors, documents), "{pattern:?}");
    }
}

#[test]
fn giant_numbers_are_numbers_or_text() {
    let digits = "9".repeat(300);
    assert_eq!(result(&format!("a: {digits}")).unwrap().len(), "{\"a\":}".len() + 301);
    let digits = "9".repeat(1 << 20);
    assert_eq!(result(&format!("a: {digits}")), Ok(format!("{{\"a\":\"{digits}\"}}")));
    assert_eq!(result(&format!("{{\"a\": {digits}}}")), Ok(format!("{{\"a\":\"{digits}\"}}")));
    assert_eq!(result(&format!("a: 0x{digits}")), Ok(format!("{{\"a\":\"0x{digits}\"}}")));
    let long = format!("0.{}1", "0".repeat(1 << 20));
    assert_eq!(result(&format!("a: {long}")), Ok("{\"a\":0}".to_owned()));
}

/// A text is not read over and over again, and never lost.
#[test]
fn many_comments_without_a_space() {
    let text = |count| "- 'a'#b\n".repeat(count);
    assert_eq!(read(&text(10)).documents.len(), 1);
    let parsed = read(&text(100));
    assert_eq!((parsed.documents.len(), parsed.findings.len()), (0, 1), "{parsed:?}");
}
