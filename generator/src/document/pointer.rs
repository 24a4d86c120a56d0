//! JSON Pointers (RFC 6901).

use std::borrow::Cow;

/// Appends a reference token, escaped (section 4).
pub(super) fn push(pointer: &mut String, token: &str) {
    pointer.push('/');
    for c in token.chars() {
        match c {
            '~' => pointer.push_str("~0"),
            '/' => pointer.push_str("~1"),
            c => pointer.push(c),
        }
    }
}

/// The reference tokens of a pointer, unescaped; `None` in place of one whose escapes are invalid,
/// and in place of all if the text is not a pointer.
pub(super) fn tokens(pointer: &str) -> Option<impl Iterator<Item = Option<Cow<'_, str>>>> {
    let rest = match pointer.strip_prefix('/') {
        Some(rest) => Some(rest),
        None if pointer.is_empty() => None,
        None => return None,
    };
    Some(
        rest.into_iter()
            .flat_map(|rest| rest.split('/'))
            .map(unescape),
    )
}

fn unescape(token: &str) -> Option<Cow<'_, str>> {
    if !token.contains('~') {
        return Some(Cow::Borrowed(token));
    }
    let valid = token
        .split('~')
        .skip(1)
        .all(|part| part.starts_with(['0', '1']));
    // In this order, so that `~01` becomes `~1`.
    valid.then(|| Cow::Owned(token.replace("~1", "/").replace("~0", "~")))
}

/// The array index that a reference token stands for: digits without leading zeros (section 4).
pub(super) fn index(token: &str) -> Option<usize> {
    let digits = token.bytes().all(|byte| byte.is_ascii_digit());
    if !digits || (token.starts_with('0') && token.len() > 1) {
        return None;
    }
    token.parse().ok()
}
