//! What a document says about one operation, as static data.
//!
//! In: nothing. Out: [`OperationInfo`] and its parts, which an emitted crate fills in once for each
//! operation and hands to a `Call`. No behaviour, and nothing about the API as a whole.

use http::Method;

/// An operation of the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OperationInfo {
    /// The `operationId`, or the name that stands for it.
    pub id: &'static str,
    /// The method of the request.
    pub method: Method,
    /// The path template, beginning with `/`, with placeholders in braces.
    pub template: &'static str,
    /// The tags, in the order of the document.
    pub tags: &'static [&'static str],
    /// The server: an index into [`ApiInfo::servers`](super::ApiInfo::servers).
    pub server: usize,
    /// The parameters.
    pub parameters: &'static [ParameterInfo],
    /// The security requirements: alternatives, each of which is a combination of indexes into
    /// [`ApiInfo::security_schemes`](super::ApiInfo::security_schemes). No alternative at all means
    /// that no credentials are asked for; an empty alternative means that they may be left out.
    pub auth: &'static [&'static [usize]],
    /// Whether sending the request twice has the effect of sending it once.
    pub idempotent: bool,
    /// The links of the replies to other operations.
    pub links: &'static [LinkInfo],
}

/// A parameter of an operation (OpenAPI 3.0.3, Parameter Object).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParameterInfo {
    /// The name on the wire.
    pub name: &'static str,
    /// Where the parameter stands.
    pub location: Location,
    /// How an array or an object is written.
    pub style: Style,
    /// Whether the parts of an array or object are written apart from each other.
    pub explode: bool,
    /// Whether the client holds the value, so that a call need not give it.
    pub client: bool,
}

/// Where a parameter stands: the `in` of a Parameter Object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Location {
    /// In the path template.
    Path,
    /// In the query string.
    Query,
    /// A header.
    Header,
    /// A cookie.
    Cookie,
}

impl Location {
    /// The word of the specification.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }
}

/// How the value of a parameter is written (OpenAPI 3.0.3, Parameter Object, Style Values).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Style {
    /// Values with commas between them; of paths and headers.
    Simple,
    /// Pairs of name and value; of queries and cookies.
    Form,
}

/// A link from a reply to another operation that takes one of its values (OpenAPI 3.0.3, Link
/// Object).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinkInfo {
    /// The status of the reply; nothing for any status that is not listed.
    pub status: Option<u16>,
    /// Where the value stands in the body of the reply: a JSON Pointer (RFC 6901).
    pub value: &'static str,
    /// The `operationId` of the other operation.
    pub operation: &'static str,
    /// The method of the client that calls the other operation.
    pub method: &'static str,
}
