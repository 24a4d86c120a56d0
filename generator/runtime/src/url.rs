//! URLs: base URLs, path templates and percent-encoding.
//!
//! In: the templates of a document and the values of a user, none of which is trusted. Out: a
//! [`BaseUrl`], and paths in which each value stays within its own segment. This file knows nothing
//! of requests, and makes no network access.

use std::borrow::Cow;
use std::fmt;

use percent_encoding::{
    AsciiSet, CONTROLS, NON_ALPHANUMERIC, percent_decode_str, percent_encode, utf8_percent_encode,
};

/// All but the unreserved characters (RFC 3986, section 2.3).
const COMPONENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');

/// What may not stand in a path as it is (RFC 3986, section 3.3). A percent sign may: the text is
/// the document's, which encodes what it means to.
const PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// Percent-encodes all but the unreserved characters `A-Z a-z 0-9 - _ . ~` (RFC 3986, section
/// 2.3), as UTF-8, in upper case.
pub fn encode_component(text: &str) -> String {
    utf8_percent_encode(text, COMPONENT).to_string()
}

/// Like [`encode_component`], for bytes that need not be UTF-8.
pub fn encode_bytes(bytes: &[u8]) -> String {
    percent_encode(bytes, COMPONENT).to_string()
}

/// Where a server is: scheme, host, port and the beginning of the path.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct BaseUrl {
    scheme: &'static str,
    authority: String,
    path: String,
}

impl BaseUrl {
    /// Reads a base URL such as `https://api.example.com:8443/v1`.
    ///
    /// The scheme is `http` or `https`. The path may be left out; slashes at its end are dropped.
    /// A port that is the scheme's own is dropped, and the host is put into lower case.
    ///
    /// # Errors
    ///
    /// Why `text` is none, as a sentence without its subject.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let (scheme, rest) = text
            .split_once("://")
            .ok_or("has no scheme: it must begin with `https://` or `http://`")?;
        let (scheme, own_port) = match scheme.to_ascii_lowercase().as_str() {
            "https" => ("https", ":443"),
            "http" => ("http", ":80"),
            _ => return Err("has a scheme other than `https` and `http`"),
        };
        if rest.contains(['?', '#']) {
            return Err("has a query or a fragment, which a base URL cannot have");
        }
        let (authority, path) = match rest.find('/') {
            Some(slash) => rest.split_at(slash),
            None => (rest, ""),
        };
        check_authority(authority)?;
        check_base_path(path)?;
        let authority = authority.to_ascii_lowercase();
        Ok(Self {
            scheme,
            authority: match authority.strip_suffix(own_port) {
                Some(host) => host.to_owned(),
                None => authority,
            },
            path: path.trim_end_matches('/').to_owned(),
        })
    }

    /// Host and port: the value of the `Host` header (RFC 9110, section 7.2).
    pub fn authority(&self) -> &str {
        &self.authority
    }

    /// The whole URL of a request.
    pub(super) fn join(&self, path: &str, query: &str) -> String {
        let mark = if query.is_empty() { "" } else { "?" };
        format!("{self}{path}{mark}{query}")
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            scheme,
            authority,
            path,
        } = self;
        write!(formatter, "{scheme}://{authority}{path}")
    }
}

/// Whether `authority` is a host with or without a port (RFC 3986, section 3.2).
fn check_authority(authority: &str) -> Result<(), &'static str> {
    if authority.contains('@') {
        return Err("has a user name in it: give credentials to the client instead");
    }
    let (host, port) = match authority.rfind(':') {
        // The last colon of a bare IPv6 address is not a port's.
        Some(colon) if !authority.ends_with(']') => {
            let (host, port) = authority.split_at(colon);
            (host, Some(&port[1..]))
        }
        _ => (authority, None),
    };
    if port.is_some_and(|port| port.parse::<u16>().is_err() || port.starts_with('+')) {
        return Err("has a port that is not a number from 0 to 65535");
    }
    let is_host = match host.strip_prefix('[') {
        Some(address) => address
            .strip_suffix(']')
            .is_some_and(|address| address.parse::<std::net::Ipv6Addr>().is_ok()),
        None => {
            !host.is_empty()
                && host
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_'))
        }
    };
    if is_host {
        Ok(())
    } else {
        Err("has no valid host: letters, digits, `.`, `-` and `_`, or an IPv6 address in brackets")
    }
}

fn check_base_path(path: &str) -> Result<(), &'static str> {
    if utf8_percent_encode(path, PATH).to_string() != path {
        return Err("has a character in its path that must be percent-encoded");
    }
    let mut percents = path.split('%');
    percents.next();
    if !percents
        .all(|after| after.len() >= 2 && after.bytes().take(2).all(|byte| byte.is_ascii_hexdigit()))
    {
        return Err("has a `%` in its path that two hexadecimal digits do not follow");
    }
    if path
        .split('/')
        .any(|segment| dot_segment(segment).is_some())
    {
        return Err("has a segment `.` or `..` in its path");
    }
    Ok(())
}

/// The dot segment that `segment` is, percent-encoded or not: URL parsers take it for a step up
/// the path (RFC 3986, section 5.2.4).
fn dot_segment(segment: &str) -> Option<&'static str> {
    match percent_decode_str(segment).decode_utf8_lossy().as_ref() {
        "." => Some("."),
        ".." => Some(".."),
        _ => None,
    }
}

/// A piece of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TemplatePiece<'template> {
    /// Text that stands for itself.
    Literal(&'template str),
    /// The name of a placeholder, without its braces.
    Placeholder(&'template str),
}

/// The pieces of a template with placeholders in braces. A brace without its pair is a literal.
pub fn template_pieces(template: &str) -> impl Iterator<Item = TemplatePiece<'_>> {
    let mut rest = template;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let open = rest.find('{').unwrap_or(rest.len());
        if open > 0 {
            let (literal, after) = rest.split_at(open);
            rest = after;
            return Some(TemplatePiece::Literal(literal));
        }
        match rest.find('}') {
            Some(close) => {
                let name = &rest[1..close];
                rest = &rest[close + 1..];
                Some(TemplatePiece::Placeholder(name))
            }
            None => Some(TemplatePiece::Literal(std::mem::take(&mut rest))),
        }
    })
}

/// Why a path could not be made of its template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathProblem {
    /// There is no value for the placeholder.
    Missing {
        /// The name of the placeholder.
        parameter: String,
    },
    /// The value would change which resource the path names.
    Refused {
        /// The name of the placeholder.
        parameter: String,
        /// What the value is, as in "is empty".
        reason: &'static str,
    },
}

/// Fills in a path template. `value` gives the percent-encoded text of a placeholder.
///
/// # Errors
///
/// A placeholder without a value, an empty value, or a segment that becomes `.` or `..`: however
/// they are encoded, URL parsers take those for steps up the path.
pub fn expand_path<'values>(
    template: &str,
    value: impl Fn(&str) -> Option<Cow<'values, str>>,
) -> Result<String, PathProblem> {
    let mut path = String::with_capacity(template.len() + 32);
    for segment in template.split_inclusive('/') {
        let start = path.len();
        let mut last = None;
        for piece in template_pieces(segment) {
            match piece {
                TemplatePiece::Literal(text) => path.extend(utf8_percent_encode(text, PATH)),
                TemplatePiece::Placeholder(name) => {
                    last = Some(name);
                    let text = value(name).ok_or_else(|| PathProblem::Missing {
                        parameter: name.to_owned(),
                    })?;
                    if text.is_empty() {
                        return Err(PathProblem::Refused {
                            parameter: name.to_owned(),
                            reason: "is empty",
                        });
                    }
                    path.push_str(&text);
                }
            }
        }
        // Some servers drop what follows a `;`, and look for dot segments after that.
        let written = path[start..].trim_end_matches('/');
        let written = written.split(';').next().unwrap_or_default();
        if let (Some(name), Some(dots)) = (last, dot_segment(written)) {
            return Err(PathProblem::Refused {
                parameter: name.to_owned(),
                reason: match dots {
                    "." => "makes the path segment `.`",
                    _ => "makes the path segment `..`",
                },
            });
        }
    }
    Ok(path)
}

/// Whether `value` may fill the server variable `name` of `template`.
///
/// A value must not lead to another host than the template means: no value may hold white space,
/// `@`, `?`, `#`, `\` or `%`, and one in the host of the template may hold no `/` either.
///
/// # Errors
///
/// Why it may not, as a sentence without its subject.
pub fn check_server_variable(template: &str, name: &str, value: &str) -> Result<(), &'static str> {
    if value.is_empty() {
        return Err("is empty");
    }
    let plain = |char: char| {
        char.is_ascii_alphanumeric()
            || matches!(char, '-' | '_' | '.' | '~' | ':' | '/' | '[' | ']')
    };
    if !value.chars().all(plain) {
        return Err("has a character that cannot stand in a server URL");
    }
    let in_host = template.split_once("://").is_some_and(|(_, rest)| {
        let host = rest.split('/').next().unwrap_or_default();
        template_pieces(host).any(|piece| piece == TemplatePiece::Placeholder(name))
    });
    if in_host && value.contains('/') {
        return Err("has a `/`, but it is part of a host name");
    }
    Ok(())
}

/// Fills in the URL template of a server. `value` gives the text of a variable.
///
/// # Errors
///
/// The name of a variable that has no value.
pub fn expand_server<'values>(
    template: &str,
    value: impl Fn(&str) -> Option<&'values str>,
) -> Result<String, String> {
    let mut url = String::with_capacity(template.len());
    for piece in template_pieces(template) {
        match piece {
            TemplatePiece::Literal(text) => url.push_str(text),
            TemplatePiece::Placeholder(name) => {
                url.push_str(value(name).ok_or_else(|| name.to_owned())?);
            }
        }
    }
    Ok(url)
}
