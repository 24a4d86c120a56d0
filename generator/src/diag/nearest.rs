//! "Did you mean": the known word that is nearest to a misspelt one.

/// Words longer than this are not compared: nobody misspells them, and a hostile key may be huge.
const LONGEST: usize = 64;

/// The one of `known` that is nearest to `word`, if it is near enough to have been meant: at most
/// one edit in three letters, where an edit inserts, removes or replaces a letter or swaps two
/// neighbours. Case counts as no difference. Of equally near words the first is taken.
pub fn nearest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let letters = |text: &str| -> Vec<char> { text.chars().flat_map(char::to_lowercase).collect() };
    if word.len() > LONGEST {
        return None;
    }
    let word = letters(word);
    let edits = |candidate: &'k str| {
        let length = candidate.chars().count();
        let most = word.len().max(length) / 3;
        if candidate.len() > LONGEST || word.len().abs_diff(length) > most {
            return None;
        }
        let distance = distance(&word, &letters(candidate));
        (distance <= most).then_some((distance, candidate))
    };
    let near = known.into_iter().filter_map(edits);
    near.min_by_key(|&(distance, _)| distance)
        .map(|(_, candidate)| candidate)
}

/// The optimal string alignment distance: edits, where no part is edited twice.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before = vec![0; b.len() + 1];
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let replaced = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            row[j] = replaced.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        before = last;
        last = row;
    }
    last[b.len()]
}
