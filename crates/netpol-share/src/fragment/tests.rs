use proptest::prelude::*;

use super::*;
use crate::{Key, LARGEST_TEXT};

/// Links of every format that was ever released, and what they open. Lines are only added.
const GOLDEN: [(&str, &str); 5] = [
    (include_str!("../../golden/1/empty.link"), include_str!("../../golden/1/empty.txt")),
    (include_str!("../../golden/1/np-demo.link"), include_str!("../../golden/1/np-demo.txt")),
    (include_str!("../../golden/1/policy.link"), include_str!("../../golden/1/policy.txt")),
    (include_str!("../../golden/1/unicode.link"), include_str!("../../golden/1/unicode.txt")),
    (include_str!("../../golden/1/noise.link"), include_str!("../../golden/1/noise.txt")),
];

fn text_of(link: &str) -> Result<String, ReadError> {
    match Fragment::read(link)?.content {
        Content::Text(text) => Ok(text),
        other => panic!("{other:?} instead of a text"),
    }
}

#[test]
fn links_of_every_format_open_for_ever() {
    for (link, text) in GOLDEN {
        assert_eq!(text_of(link).as_deref(), Ok(text));
    }
}

#[test]
fn a_change_of_any_character_is_seen() {
    let characters = (' '..='~').chain(['\n', '\0', 'é', '…', '🙂']);
    let characters: Vec<_> = characters.map(String::from).collect();
    for (link, _) in GOLDEN {
        let link = link.trim_end();
        // What is the hundredth character is as good as what is the thousandth.
        for place in (0..link.len()).filter(|place| *place < 100 || place + 20 > link.len()) {
            for changed in characters.iter().filter(|changed| **changed != link[place..=place]) {
                let damaged = format!("{}{changed}{}", &link[..place], &link[place + 1..]);
                assert!(Fragment::read(&damaged).is_err(), "{damaged}");
            }
        }
    }
}

#[test]
fn a_lost_doubled_or_swapped_character_is_seen() {
    for (link, _) in GOLDEN {
        let link = link.trim_end();
        for place in 0..link.len() {
            let lost = format!("{}{}", &link[..place], &link[place + 1..]);
            assert!(Fragment::read(&lost).is_err(), "{lost}");
            let doubled = format!("{}{}", &link[..=place], &link[place..]);
            assert!(Fragment::read(&doubled).is_err(), "{doubled}");
            if let Some([one, two]) = link.as_bytes().get(place..place + 2).filter(|p| p[0] != p[1])
            {
                let (one, two) = (char::from(*one), char::from(*two));
                let swapped = format!("{}{two}{one}{}", &link[..place], &link[place + 2..]);
                assert!(Fragment::read(&swapped).is_err(), "{swapped}");
            }
        }
    }
}

#[test]
fn a_cut_at_any_length_is_seen() {
    for (link, _) in GOLDEN {
        for length in 1..link.trim_end().len() {
            let expected = match &link[..length] {
                "1" => ReadError::NotALink,
                cut if cut.ends_with('z') => ReadError::Damaged,
                _ => ReadError::Cut,
            };
            assert_eq!(Fragment::read(&link[..length]), Err(expected), "{}", &link[..length]);
        }
    }
}

#[test]
fn what_is_wrong_is_named() {
    let check = |link, expected| assert_eq!(Fragment::read(link), Err(expected), "{link}");
    check("2.dAAAAz", ReadError::NewerFormat);
    check("4000000000.x", ReadError::NewerFormat);
    check("99999999999.d", ReadError::NewerFormat);
    check("01.dAwA8QfRqz", ReadError::NotALink);
    check("0.dAwA8QfRqz", ReadError::NotALink);
    check("v1.dAwA8QfRqz", ReadError::NotALink);
    check("pako:eNo", ReadError::NotALink);
    check("section-3", ReadError::NotALink);
    check("1.pAwA8QfRqz", ReadError::UnknownCodec('p'));
    check("1.dAwA8+fRqz", ReadError::Alphabet { found: '+', place: 8 });
    check("1.dAwA8Qf=z", ReadError::Alphabet { found: '=', place: 10 });
    check("1.dAwA8QfRq", ReadError::Cut);
    check("1.dz", ReadError::Damaged);
    check("1.dAwA9QfRqz", ReadError::Damaged);
    check(&format!("1.d{}z", "A".repeat(LONGEST_FRAGMENT)), ReadError::TooLong);
}

#[test]
fn every_error_says_what_to_do() {
    let error = |link: &str| Fragment::read(link).unwrap_err().to_string();
    let long = format!("1.d{}z", "A".repeat(LONGEST_FRAGMENT));
    let bomb = payload::frame(crate::deflate::pack(&vec![b' '; LARGEST_TEXT + 1]));
    expect_test::expect![[r"
        the link was made by a newer version: update this one, or open the link at the address that it names
        the link contains `)` at character 10, which no link contains: copy it again from where it was made
        the link contains `\n` at character 10, which no link contains: copy it again from where it was made
        the end of the link is missing, as if a program had cut it: copy all of it from where it was made
        a character of the link was changed or lost, its checksum does not fit: copy it again from where it was made
        the link has more than 524288 characters, which is more than is read: ask who sent it for the manifests as a file
        the link holds more than 8 MiB of text, which is more than is read: ask who sent it for the manifests as a file"]]
    .assert_eq(
        &["2.d", "1.dAwA8Qf)z", "1.dAwA8Qf\nRqz", "1.dAw", "1.dAwA9QfRqz", &long, &bomb]
            .map(error)
            .join("\n"),
    );
}

#[test]
fn a_text_that_is_too_large_becomes_no_link() {
    let error = Fragment::of_text(" ".repeat(LARGEST_TEXT + 1)).write();
    assert_eq!(error, Err(WriteError::TooLarge { bytes: LARGEST_TEXT + 1 }));
}

#[test]
fn a_link_that_is_too_long_is_none() {
    let mut state = 1_u64;
    let noise = std::iter::repeat_with(|| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        char::from(b' ' + (state >> 33) as u8 % 95)
    });
    let error = Fragment::of_text(noise.take(600_000).collect::<String>()).write();
    assert!(matches!(error, Err(WriteError::TooLong { .. })), "{error:?}");
}

#[test]
fn the_whole_link_may_be_pasted() {
    let policy = GOLDEN[2];
    for link in [
        format!("#{}", policy.0),
        format!("https://example.com/play/?a=b#{}", policy.0),
        format!("  https://example.com/#{}&view=matrix&later=x\n", policy.0.trim_end()),
    ] {
        assert_eq!(text_of(&link).as_deref(), Ok(policy.1));
    }
}

#[test]
fn what_programs_make_of_a_link_is_forgiven() {
    let link = Fragment::of_text("kind: Pod").write().unwrap();
    for around in [".", ")", ">", ").", "\"", "**"] {
        assert_eq!(text_of(&format!("{link}{around}")).as_deref(), Ok("kind: Pod"), "{around}");
    }
    let escaped = Fragment::read(&format!("{link}&amp;view=matrix&amp;amp;tab=tests")).unwrap();
    assert_eq!(escaped.parameters.get(Key::View), Some("matrix"));
    assert_eq!(escaped.parameters.get(Key::Tab), None);
}

#[test]
fn parameters_ride_after_the_content() {
    let mut link =
        Fragment { content: Content::Example("np-demo".to_owned()), ..Fragment::default() };
    link.parameters.set(Key::Flow, "np-demo/frontend>np-demo/web:8080/TCP");
    link.parameters.set(Key::View, "matrix");
    link.parameters.set(Key::Readonly, "");
    let written = link.write().unwrap();
    assert_eq!(
        written,
        "example=np-demo&view=matrix&flow=np-demo/frontend%3Enp-demo/web:8080/TCP&readonly"
    );
    assert_eq!(Fragment::read(&written), Ok(link.clone()));
    let by_hand =
        "#example=np-demo&flow=np-demo/frontend>np-demo/web:8080/TCP&new=1&readonly&view=matrix";
    assert_eq!(Fragment::read(by_hand), Ok(link.clone()), "as a person writes it");
    link.content = Content::None;
    assert!(link.write().unwrap().starts_with("view=matrix&flow="));
    assert_eq!(Fragment::read(&link.write().unwrap()), Ok(link));
    assert_eq!(Fragment::read(""), Ok(Fragment::default()));
}

#[test]
fn bundled_scenarios_keep_their_budgets() {
    for (id, budget) in [("bookstore", 1_200), ("np-demo", 450)] {
        let scenario = netpol_lessons::scenario(id).unwrap();
        let length = Fragment::of_text(scenario.manifests).write().unwrap().len();
        assert!(length < budget, "{id}: {length}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_was_written_is_read(
        text in "(kind: NetworkPolicy\n|  [a-z]{1,9}: [a-z0-9]{0,9}\n|\\PC{0,20}\r?\n){0,2000}",
        name in "\\PC{0,20}",
        filter in proptest::option::of("[ -~]{0,20}"),
    ) {
        let mut link = Fragment::of_text(text);
        link.parameters.set(Key::Name, name);
        if let Some(filter) = filter {
            link.parameters.set(Key::Filter, filter);
        }
        let written = link.write().unwrap();
        prop_assert!(written.ends_with(|last: char| last.is_ascii_alphanumeric()));
        let safe = |letter: char| letter.is_ascii_alphanumeric() || "-._/:,%&=".contains(letter);
        prop_assert!(written.chars().all(safe), "{}", written);
        prop_assert_eq!(Fragment::read(&written), Ok(link));
    }

    #[test]
    fn nothing_that_is_pasted_breaks_reading(link in "(1\\.d)?[A-Za-z0-9_-]{0,400}z?(&\\PC{0,20})?") {
        if let Ok(link) = Fragment::read(&link) {
            prop_assert!(link.write().is_ok());
        }
    }
}
