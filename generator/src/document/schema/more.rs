//! The keywords that schemas have from OpenAPI 3.1 on.
//!
//! It is a record of nodes and texts. [`read_schema`](super::read_schema) fills it in.

use super::Additional;
use crate::document::NodeRef;

/// What schemas have from OpenAPI 3.1 on, as far as it has no place in an older form (JSON Schema Core
/// 2020-12, sections 8 to 11, and JSON Schema Validation 2020-12, sections 6 and 8).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct More<'d> {
    /// `$defs` and `definitions`: schemas that are there to be referred to.
    pub definitions: Vec<(&'d str, NodeRef<'d>)>,
    /// `patternProperties`: the schemas of properties whose names match a regular expression.
    pub pattern_properties: Vec<(&'d str, NodeRef<'d>)>,
    /// `propertyNames`: the schema of the names of properties.
    pub property_names: Option<NodeRef<'d>>,
    /// `unevaluatedProperties`: of properties that neither the schema lists nor what it is composed of.
    pub unevaluated_properties: Additional<'d>,
    /// `unevaluatedItems`: of items of which nothing else speaks.
    pub unevaluated_items: Additional<'d>,
    /// `contains`: the schema of one item at least.
    pub contains: Option<NodeRef<'d>>,
    /// `minContains`: so many items match `contains`.
    pub min_contains: Option<u64>,
    /// `maxContains`: no more items match `contains`.
    pub max_contains: Option<u64>,
    /// `if`: a schema that decides whether `then` or `else` holds.
    pub condition: Option<NodeRef<'d>>,
    /// `then`.
    pub then: Option<NodeRef<'d>>,
    /// `else`.
    pub otherwise: Option<NodeRef<'d>>,
    /// `dependentRequired`: what is required if a property is there.
    pub dependent_required: Vec<(&'d str, Vec<&'d str>)>,
    /// `dependentSchemas`: what holds if a property is there.
    pub dependent_schemas: Vec<(&'d str, NodeRef<'d>)>,
    /// `contentEncoding`: how bytes are written as a string, `base64`.
    pub content_encoding: Option<&'d str>,
    /// `contentMediaType`: what the string holds.
    pub content_media_type: Option<&'d str>,
    /// `contentSchema`: the schema of what the string holds.
    pub content_schema: Option<NodeRef<'d>>,
}

impl More<'_> {
    /// Nothing more.
    pub(super) const NOTHING: Self = More {
        definitions: Vec::new(),
        pattern_properties: Vec::new(),
        property_names: None,
        unevaluated_properties: Additional::Unstated,
        unevaluated_items: Additional::Unstated,
        contains: None,
        min_contains: None,
        max_contains: None,
        condition: None,
        then: None,
        otherwise: None,
        dependent_required: Vec::new(),
        dependent_schemas: Vec::new(),
        content_encoding: None,
        content_media_type: None,
        content_schema: None,
    };
}
