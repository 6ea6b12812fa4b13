//! Which of the things that were there before may still be there.

/// For each of `count` new things the old one that it may be. Old and new are taken to differ in one
/// place, or each for itself.
pub(super) fn align<T>(
    old: Vec<T>,
    count: usize,
    same: impl Fn(&T, usize) -> bool,
) -> Vec<Option<T>> {
    let shared = old.len().min(count);
    let front = old.iter().zip(0..shared).take_while(|(it, new)| same(it, *new)).count();
    let back = old.iter().rev().zip((front..count).rev());
    let back = back.take(shared - front).take_while(|(it, new)| same(it, *new)).count();
    let old_middle = old.len() - front - back;
    let new_middle = count - front - back;
    let mut old = old.into_iter();
    let mut aligned: Vec<Option<T>> = old.by_ref().take(front).map(Some).collect();
    aligned.extend(old.by_ref().take(old_middle.min(new_middle)).map(Some));
    aligned.resize_with(front + new_middle, || None);
    aligned.extend(old.skip(old_middle.saturating_sub(new_middle)).map(Some));
    aligned
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(old: &str, new: &str, expected: &str) {
        let letters: Vec<char> = new.chars().collect();
        let aligned = align(old.chars().collect(), letters.len(), |it, at| *it == letters[at]);
        let shown: String = aligned.into_iter().map(|it| it.unwrap_or('.')).collect();
        assert_eq!(shown, expected, "{old} {new}");
    }

    #[test]
    fn what_stays_keeps_its_place() {
        check("", "", "");
        check("", "ab", "..");
        check("ab", "", "");
        check("abc", "abc", "abc");
        check("abc", "axc", "abc");
        check("abc", "ac", "ac");
        check("ac", "abc", "a.c");
        check("abcd", "xd", "ad");
        check("aa", "aaa", "aa.");
        check("abcd", "xbyd", "abcd");
    }
}
