//! What a document says about one operation, as static data.
//!
//! In: nothing. Out: [`OperationInfo`] and its parts, which an emitted crate fills in once for each
//! operation and hands to a `Call`. No behaviour but what the data names, and nothing about the API
//! as a whole.

use super::{ParameterValue, encode_component};

/// An operation of the document.
#[derive(Clone, Debug)]
pub struct OperationInfo {
    /// The `operationId`, or the name that stands for it.
    pub id: &'static str,
    /// The method of the request, in the letters in which it is sent (RFC 9110, section 9.1).
    pub method: &'static str,
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
///
/// [`path`](Self::path), [`query`](Self::query), [`header`](Self::header) and
/// [`cookie`](Self::cookie) give what the specification assumes for the location; what a document
/// says otherwise is said by the methods that follow them.
#[derive(Clone, Copy, Debug)]
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
    /// How the texts in the value are encoded.
    pub encode: fn(&str) -> String,
}

impl ParameterInfo {
    /// A path parameter: `simple`, not exploded.
    pub const fn path(name: &'static str) -> Self {
        Self {
            name,
            location: Location::Path,
            style: Style::Simple,
            explode: false,
            client: false,
            encode: encode_component,
        }
    }

    /// A query parameter: `form`, exploded.
    pub const fn query(name: &'static str) -> Self {
        Self {
            location: Location::Query,
            style: Style::Form,
            explode: true,
            ..Self::path(name)
        }
    }

    /// A header parameter: `simple`, not exploded. Headers are not percent-encoded.
    pub const fn header(name: &'static str) -> Self {
        Self {
            location: Location::Header,
            encode: str::to_owned,
            ..Self::path(name)
        }
    }

    /// A cookie parameter: `form`, exploded.
    pub const fn cookie(name: &'static str) -> Self {
        Self {
            location: Location::Cookie,
            ..Self::query(name)
        }
    }

    /// The query as a whole (OpenAPI 3.2.0, Parameter Object): one text, percent-encoded. The name is
    /// not sent.
    pub const fn query_string(name: &'static str) -> Self {
        Self {
            location: Location::QueryString,
            ..Self::path(name)
        }
    }

    /// The query as a whole, of which the text is percent-encoded already, as that of a form is.
    pub const fn query_form(name: &'static str) -> Self {
        Self {
            encode: str::to_owned,
            ..Self::query_string(name)
        }
    }

    /// The parameter with another style. Whether it is exploded stays as it was.
    #[must_use]
    pub const fn style(mut self, style: Style) -> Self {
        self.style = style;
        self
    }

    /// The parameter, exploded or not.
    #[must_use]
    pub const fn explode(mut self, explode: bool) -> Self {
        self.explode = explode;
        self
    }

    /// The parameter as one that the client holds.
    #[must_use]
    pub const fn of_client(mut self) -> Self {
        self.client = true;
        self
    }
}

/// Where a parameter stands: the `in` of a Parameter Object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Location {
    /// In the path template.
    Path,
    /// In the query string.
    Query,
    /// As the query string: nothing else is in it.
    QueryString,
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
            Self::QueryString => "querystring",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }
}

/// How the value of a parameter is written (OpenAPI 3.0.3, Parameter Object, Style Values).
#[derive(Clone, Copy, Debug)]
pub enum Style {
    /// Values with commas between them; of paths and headers.
    Simple,
    /// Pairs of name and value; of queries and cookies.
    Form,
    /// One of the less common styles, which brings its code along.
    Other(StyleWriter),
}

/// Writes the value of a parameter: one text for a path, or pairs for a query, percent-encoded.
pub type StyleWriter = fn(&ParameterInfo, &ParameterValue) -> Vec<String>;

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
