//! The model of an API: what is emitted, one variant per thing that is emitted.
//!
//! `lower` builds it from a document, `passes` and `names` read it, `emit` prints it. It knows
//! neither documents nor tokens: a decision that depends on the document was taken before it got
//! here. Ids come first and contents after, so that cycles are ordinary.

mod api;
mod operation;
mod outcome;
mod types;

pub use api::{
    Api, ClientParameter, ErrorBody, ErrorFields, ExternalDocs, Fixed, Flow, Grant, Info,
    SchemeKind, SecurityScheme, Server, ServerVariable, SigningAlgorithm, Tag, TokenSource,
};
pub use operation::{
    Auth, Body, Callback, Content, Encoding, FormField, Link, Location, Method, Operation,
    Parameter, Part, PartKind, Payload, Permission, Reply, ReplyBody, ReplyContent, ReplyHeader,
    Status, Style, Styled,
};
pub use outcome::{CommonHeader, Success};
pub use types::{
    Constraint, EnumValues, Field, Naming, Presence, Scalar, Segment, Shape, TypeDef, TypeId,
    TypeRoot, Variant,
};

/// Prose of the document that belongs to an item, as CommonMark.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Doc {
    /// One line: `title` of a schema, `summary` of an operation.
    pub title: Option<String>,
    /// The `description`.
    pub description: Option<String>,
    /// Where to read more.
    pub external: Option<ExternalDocs>,
    /// Whether the document calls the item deprecated.
    pub deprecated: bool,
}
