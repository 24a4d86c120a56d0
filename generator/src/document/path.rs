//! The paths in references: which file one means.
//!
//! In go the path of the file in which a reference stands, and the part of the reference before its
//! `#`; out goes a path below the folder of the document, or what is wrong with it. Nothing is opened
//! here, and nothing is known of what there is.

use std::borrow::Cow;

/// Why a reference is not to a file below the folder of the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// It has a scheme or a host.
    Remote,
    /// It is no path, not a relative one, or one that leads out.
    Outside,
}

/// The file that `reference` means in the file `base`, which is a path below the folder of the
/// document. `/` separates the parts of both, and none is empty, `.` or `..`.
///
/// Encoded letters count as what they stand for (RFC 3986, section 2.1). Backslashes separate on some
/// systems, so they do on all.
pub(super) fn join(base: &str, reference: &str) -> Result<String, Refusal> {
    if has_authority_or_scheme(reference) {
        return Err(Refusal::Remote);
    }
    let path = percent_decoded(reference).ok_or(Refusal::Outside)?;
    if path.starts_with(['/', '\\']) {
        return Err(Refusal::Outside);
    }
    let folder = base.rsplit_once('/').map(|(folder, _)| folder.split('/'));
    let mut parts: Vec<&str> = folder.into_iter().flatten().collect();
    for part in path.split(['/', '\\']) {
        match part {
            ".." => {
                parts.pop().ok_or(Refusal::Outside)?;
            }
            "" | "." => {}
            _ if is_drive(part) => return Err(Refusal::Outside),
            _ => parts.push(part),
        }
    }
    Ok(parts.join("/"))
}

/// Whether a reference names a host or has a scheme (RFC 3986, section 3).
fn has_authority_or_scheme(reference: &str) -> bool {
    let is_scheme = |scheme: &str| {
        // One letter is a drive, not a scheme.
        scheme.len() > 1
            && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    };
    reference.starts_with("//")
        || reference
            .split_once(':')
            .is_some_and(|(scheme, _)| is_scheme(scheme))
}

/// Whether a part of a path leads to a drive, wherever it stands.
fn is_drive(part: &str) -> bool {
    part.as_bytes().get(1) == Some(&b':')
}

/// A path as pointers show it: with `#`, which would end it, and `%` encoded.
pub(super) fn shown(path: &str) -> String {
    path.replace('%', "%25").replace('#', "%23")
}

/// A text with its percent-encoding (RFC 3986, section 2.1) undone, if that gives UTF-8.
pub(super) fn percent_decoded(text: &str) -> Option<Cow<'_, str>> {
    let mut parts = text.split('%');
    let first = parts.next().filter(|first| first.len() < text.len());
    let Some(first) = first else {
        return Some(Cow::Borrowed(text));
    };
    let mut bytes = first.as_bytes().to_vec();
    for part in parts {
        let digits = part
            .get(..2)
            .filter(|d| d.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        bytes.extend_from_slice(&part.as_bytes()[2..]);
    }
    String::from_utf8(bytes).ok().map(Cow::Owned)
}
