//! The reader of schemas.
//!
//! In goes the node of a Schema Object; out goes a [`Schema`], shaped like JSON Schema 2020-12. The forms
//! of OpenAPI 3.0 are read *up* into it, so nothing of later versions has to be squeezed into an older
//! form. Sub-schemas stay nodes, which may be references.

mod more;
mod type_set;

use super::Version;
use super::fit::{Fit, element, fit};
use super::kinds::{Key, Kind, Shape, Spec};
use super::node::NodeRef;
use super::number::Number;
use crate::diag::{Code, Diag, Diags, nearest};

pub use self::more::More;
pub use self::type_set::TypeSet;

/// A Schema Object, one level of it.
#[derive(Debug, Clone)]
pub struct Schema<'d> {
    /// The node that was read.
    pub node: NodeRef<'d>,
    /// `type`. `nullable` adds `null`, but only beside a `type`, as OpenAPI 3.0.3 wants it; a list of
    /// values in `enum` may still lack `null`. Without `type` an object is inferred from its keywords,
    /// and so is an array.
    pub types: TypeSet,
    /// Whether there is no `type`, so that other keywords had to tell what is in [`types`](Self::types).
    pub inferred: bool,
    /// Whether `null` is asked for, also where the specification gives `nullable` no effect because
    /// there is no `type` beside it. Documents mean it, and services send it.
    pub nullable: bool,
    /// `format`.
    pub format: Option<&'d str>,
    /// `title`.
    pub title: Option<&'d str>,
    /// `description`, in CommonMark.
    pub description: Option<&'d str>,
    /// Whether nothing is allowed: the schema `false`.
    pub never: bool,
    /// `$ref` with something beside it, from OpenAPI 3.1 on: the schema to which it leads, which holds as
    /// well. `all_of` begins with the text that leads there, so whoever reads those knows of it.
    pub reference: Option<NodeRef<'d>>,
    /// `enum`: the only values that are allowed. A `const` is an `enum` of one value.
    pub enumeration: Option<Vec<NodeRef<'d>>>,
    /// `const`: the only value that is allowed. OpenAPI 3.0 doesn't have it.
    pub constant: Option<NodeRef<'d>>,
    /// `default`.
    pub default: Option<NodeRef<'d>>,
    /// `example`, and from OpenAPI 3.1 on `examples`.
    pub examples: Vec<NodeRef<'d>>,
    /// `properties`, in their order: schemas or references.
    pub properties: Vec<(&'d str, NodeRef<'d>)>,
    /// `required`, each name once.
    pub required: Vec<&'d str>,
    /// `additionalProperties`.
    pub additional: Additional<'d>,
    /// `items`: a schema or a reference.
    pub items: Option<NodeRef<'d>>,
    /// `prefixItems`. OpenAPI 3.0 doesn't have it.
    pub prefix_items: Vec<NodeRef<'d>>,
    /// What else OpenAPI 3.1 has to say of values.
    pub more: More<'d>,
    /// `allOf`: schemas or references; before them the texts of `$ref` and `$dynamicRef`, which are
    /// references as well, if something stands beside these.
    pub all_of: Vec<NodeRef<'d>>,
    /// `oneOf`: schemas or references.
    pub one_of: Vec<NodeRef<'d>>,
    /// `anyOf`: schemas or references.
    pub any_of: Vec<NodeRef<'d>>,
    /// `not`: a schema or a reference.
    pub not: Option<NodeRef<'d>>,
    /// `discriminator`.
    pub discriminator: Option<Discriminator<'d>>,
    /// `readOnly`. Default: false.
    pub read_only: bool,
    /// `writeOnly`. Default: false.
    pub write_only: bool,
    /// `deprecated`. Default: false.
    pub deprecated: bool,
    /// The limits on values.
    pub limits: Limits<'d>,
    /// `externalDocs`, an object.
    pub external_docs: Option<NodeRef<'d>>,
    /// `xml`, an object.
    pub xml: Option<NodeRef<'d>>,
    /// Keys that begin with `x-`, in their order.
    pub extensions: Vec<(&'d str, NodeRef<'d>)>,
}

/// What a schema says of properties that it doesn't list: `additionalProperties`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Additional<'d> {
    /// Nothing, which allows any.
    Unstated,
    /// `true`: any are allowed.
    Allowed,
    /// `false`: none are allowed.
    Denied,
    /// They must match a schema, which may be a reference.
    Schema(NodeRef<'d>),
}

/// A Discriminator Object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Discriminator<'d> {
    /// `propertyName`: the property that holds the name of the schema.
    pub property_name: &'d str,
    /// `mapping`: values of the property, each with the name of a schema or a reference to one.
    pub mapping: Vec<(&'d str, &'d str)>,
    /// `defaultMapping`, from OpenAPI 3.2 on: the name of a schema or a reference to one, for objects
    /// without the property or with a value of it that nothing else is mapped to.
    pub default_mapping: Option<&'d str>,
}

/// Limits on values (JSON Schema Validation 2020-12, section 6). Lengths are in characters.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Limits<'d> {
    /// `minLength` of strings.
    pub min_length: Option<u64>,
    /// `maxLength` of strings.
    pub max_length: Option<u64>,
    /// `pattern` of strings, a regular expression of ECMA-262 that matches anywhere in them.
    pub pattern: Option<&'d str>,
    /// `minimum`: numbers are at least this.
    pub minimum: Option<Number>,
    /// `maximum`: numbers are at most this.
    pub maximum: Option<Number>,
    /// `exclusiveMinimum`: numbers are greater than this.
    pub exclusive_minimum: Option<Number>,
    /// `exclusiveMaximum`: numbers are less than this.
    pub exclusive_maximum: Option<Number>,
    /// `multipleOf`: numbers are multiples of this.
    pub multiple_of: Option<Number>,
    /// `minItems` of arrays.
    pub min_items: Option<u64>,
    /// `maxItems` of arrays.
    pub max_items: Option<u64>,
    /// `uniqueItems` of arrays. Default: false.
    pub unique_items: bool,
    /// `minProperties` of objects.
    pub min_properties: Option<u64>,
    /// `maxProperties` of objects.
    pub max_properties: Option<u64>,
}

/// Reads one level of a schema. The node must not be a reference: [`NodeRef::resolve`] comes first.
///
/// A keyword that can't be read is reported and left out. `None` if the node is no object, nor a
/// boolean where the version allows that, which is reported as
/// [`UnsupportedSchema`](Code::UnsupportedSchema).
pub fn read_schema<'d>(node: NodeRef<'d>, diags: &Diags) -> Option<Schema<'d>> {
    let is_older = node.document().version() < Version::OpenApi31;
    if !node.is_object() && (is_older || node.as_bool().is_none()) {
        let message = format!("a schema is an object, this is {}", node.type_name());
        diags.report(Diag::new(Code::UnsupportedSchema, node.place(), message));
        return None;
    }
    let read = Reader {
        node,
        kind: Kind::Schema,
        spec: Kind::Schema.spec(node.document().version()),
        is_older,
        diags,
    };
    let nullable = read.flag("nullable");
    let stated = read.types(nullable);
    let (minimum, exclusive_minimum) = read.bound("minimum", "exclusiveMinimum");
    let (maximum, exclusive_maximum) = read.bound("maximum", "exclusiveMaximum");
    let mut schema = Schema {
        node,
        types: stated.unwrap_or_default(),
        inferred: false,
        nullable: nullable || stated.is_some_and(|types| types.contains(TypeSet::NULL)),
        never: node.as_bool() == Some(false),
        reference: None,
        format: read.text("format"),
        title: read.text("title"),
        description: read.text("description"),
        enumeration: read.exact("enum").map(|list| list.items().collect()),
        constant: None,
        default: read.exact("default"),
        examples: read.exact("example").into_iter().collect(),
        properties: read.map("properties"),
        required: read.texts("required"),
        additional: read.additional("additionalProperties"),
        items: read.exact("items").filter(|items| !items.is_array()),
        prefix_items: Vec::new(),
        more: More::NOTHING,
        all_of: read.list("allOf"),
        one_of: read.list("oneOf"),
        any_of: read.list("anyOf"),
        not: read.exact("not"),
        discriminator: read.discriminator(),
        read_only: read.flag("readOnly"),
        write_only: read.flag("writeOnly"),
        deprecated: read.flag("deprecated"),
        limits: Limits {
            min_length: read.count("minLength"),
            max_length: read.count("maxLength"),
            pattern: read.text("pattern"),
            minimum,
            maximum,
            exclusive_minimum,
            exclusive_maximum,
            multiple_of: read.number("multipleOf"),
            min_items: read.count("minItems"),
            max_items: read.count("maxItems"),
            unique_items: read.flag("uniqueItems"),
            min_properties: read.count("minProperties"),
            max_properties: read.count("maxProperties"),
        },
        external_docs: read.exact("externalDocs"),
        xml: read.exact("xml"),
        extensions: node
            .entries()
            .filter(|(key, _)| key.starts_with("x-"))
            .collect(),
    };
    if !is_older {
        read.newer(&mut schema);
    }
    let has_type = node
        .get("type")
        .is_some_and(|node| is_older || !node.is_null());
    if stated.is_none() && !has_type {
        schema.types = inferred(&schema);
        schema.inferred = true;
    }
    Some(schema)
}

/// The type that the keywords of a schema without `type` speak of.
fn inferred(schema: &Schema<'_>) -> TypeSet {
    let mut types = TypeSet::ANY;
    if !schema.properties.is_empty()
        || !schema.more.pattern_properties.is_empty()
        || matches!(
            schema.additional,
            Additional::Allowed | Additional::Schema(_)
        )
    {
        types = types.with(TypeSet::OBJECT);
    }
    if schema.items.is_some() || !schema.prefix_items.is_empty() {
        types = types.with(TypeSet::ARRAY);
    }
    types
}

/// The format by which OpenAPI 3.0 says the same of a string as the keywords for its content do
/// (OpenAPI 3.1.1, section 4.4.2).
fn content_format(more: &More<'_>) -> Option<&'static str> {
    match (more.content_encoding, more.content_media_type) {
        (Some(encoding), _) if encoding.eq_ignore_ascii_case("base64") => Some("byte"),
        (Some(_), _) | (None, None) => None,
        (None, Some(media_type)) => {
            let text = ["json", "xml", "text/"];
            let is_text = text.iter().any(|text| media_type.contains(text));
            (!is_text).then_some("binary")
        }
    }
}

/// Reads the keywords of one object.
struct Reader<'v, 'd> {
    node: NodeRef<'d>,
    kind: Kind,
    spec: Spec,
    /// Whether the schema is older than OpenAPI 3.1.
    is_older: bool,
    diags: &'v Diags,
}

impl<'d> Reader<'_, 'd> {
    fn key(&self, name: &str) -> Option<(NodeRef<'d>, &'static Key)> {
        Some((self.node.get(name)?, self.spec.key(name)?))
    }

    fn fit(&self, name: &str) -> Option<(NodeRef<'d>, Fit<'d>)> {
        let (node, key) = self.key(name)?;
        Some((node, fit(node, self.kind, key, self.diags)))
    }

    /// The value of a keyword that is as it should be.
    fn exact(&self, name: &str) -> Option<NodeRef<'d>> {
        match self.fit(name)? {
            (node, Fit::Exact) => Some(node),
            _ => None,
        }
    }

    fn text(&self, name: &str) -> Option<&'d str> {
        match self.fit(name)? {
            (node, Fit::Exact) => node.as_str(),
            (_, Fit::Text(text)) => Some(text),
            _ => None,
        }
    }

    fn flag(&self, name: &str) -> bool {
        match self.fit(name) {
            Some((node, Fit::Exact)) => node.as_bool() == Some(true),
            Some((_, Fit::Flag(flag))) => flag,
            _ => false,
        }
    }

    fn number(&self, name: &str) -> Option<Number> {
        match self.fit(name)? {
            (node, Fit::Exact) => node.as_number(),
            (_, Fit::Number(number)) => Some(number),
            _ => None,
        }
    }

    fn count(&self, name: &str) -> Option<u64> {
        self.number(name)?.as_u64()
    }

    fn list(&self, name: &str) -> Vec<NodeRef<'d>> {
        self.exact(name)
            .map_or_else(Vec::new, |list| list.items().collect())
    }

    /// The strings in an array, each once.
    fn texts(&self, name: &str) -> Vec<&'d str> {
        let mut texts = Vec::new();
        let (Some(list), Some((_, key))) = (self.exact(name), self.key(name)) else {
            return texts;
        };
        for item in list.items() {
            let text = self.element_text(item, key);
            texts.extend(text.filter(|text| !texts.contains(text)));
        }
        texts
    }

    fn element_text(&self, item: NodeRef<'d>, key: &Key) -> Option<&'d str> {
        match fit(item, self.kind, &element(key, Shape::Text), self.diags) {
            Fit::Exact => item.as_str(),
            Fit::Text(text) => Some(text),
            _ => None,
        }
    }

    /// `type`, if it is there and can be read. Lists and `null` are forms of OpenAPI 3.1; they are
    /// understood.
    fn types(&self, nullable: bool) -> Option<TypeSet> {
        let node = self.node.get("type")?;
        if node.is_null() && !self.is_older {
            let message = "`type` is null, not a string or a list; it is ignored";
            let diag = Diag::new(Code::WrongType, node.place(), message);
            self.diags
                .report(diag.help("write `'null'` for the type of null"));
            return None;
        }
        let later = |what: &str| {
            if !self.is_older {
                return;
            }
            let message = format!("{what} belongs to OpenAPI 3.1; it is understood");
            let help = "in OpenAPI 3.0 `nullable: true` stands for `null`";
            self.diags
                .report(Diag::new(Code::WrongType, node.place(), message).help(help));
        };
        let mut types = TypeSet::ANY;
        if node.is_array() {
            later("a list of types");
            for item in node.items() {
                types = types.with(self.one_type(item)?);
            }
        } else {
            types = self.one_type(node)?;
            if types.contains(TypeSet::NULL) {
                later("the type `null`");
            }
        }
        if nullable && !types.is_empty() {
            types = types.with(TypeSet::NULL);
        }
        Some(types)
    }

    fn one_type(&self, node: NodeRef<'d>) -> Option<TypeSet> {
        if node.is_null() && !self.is_older {
            let message = "a type is a string, not null; it is read as \"null\"";
            self.diags
                .report(Diag::new(Code::WrongType, node.place(), message));
            return Some(TypeSet::NULL);
        }
        let known = node.as_str().and_then(TypeSet::from_name);
        if known.is_none() {
            let message = match node.as_str() {
                Some(name) => format!("there is no type `{name}`; any value is accepted"),
                None => format!(
                    "a type is a string, not {}; any value is accepted",
                    node.type_name()
                ),
            };
            let diag = Diag::new(Code::UnknownType, node.place(), message);
            let names = TypeSet::NAMES.into_iter().map(|(_, name)| name);
            self.diags
                .report(match nearest(node.as_str().unwrap_or(""), names) {
                    Some(nearest) => diag.help(format!("`{nearest}` may have been meant")),
                    None => diag,
                });
        }
        known
    }

    /// A bound and the one that excludes its own value. In OpenAPI 3.0 a boolean says which of them
    /// the number is; the number of later versions is understood.
    fn bound(&self, name: &str, exclusive: &str) -> (Option<Number>, Option<Number>) {
        let bound = self.number(name);
        let Some(node) = self.node.get(exclusive) else {
            return (bound, None);
        };
        let note = |message: String| {
            self.diags
                .report(Diag::new(Code::WrongType, node.place(), message));
        };
        match (node.as_bool(), node.as_number()) {
            (Some(excluded), _) => {
                if !self.is_older {
                    note(format!(
                        "`{exclusive}` as a boolean belongs to OpenAPI 3.0; it is understood"
                    ));
                }
                if excluded {
                    (None, bound)
                } else {
                    (bound, None)
                }
            }
            (None, Some(number)) => {
                if self.is_older {
                    note(format!(
                        "`{exclusive}` as a number belongs to OpenAPI 3.1; it is understood"
                    ));
                }
                (bound, Some(number))
            }
            (None, None) => {
                let is = node.type_name();
                let wanted = if self.is_older { "boolean" } else { "number" };
                note(format!(
                    "`{exclusive}` is {is}, not a {wanted}; it is ignored"
                ));
                (bound, None)
            }
        }
    }

    /// Reads what schemas have from OpenAPI 3.1 on.
    fn newer(&self, schema: &mut Schema<'d>) {
        schema.reference = self.node.referenced("$ref", self.diags);
        let references = ["$ref", "$dynamicRef"].into_iter().filter_map(|key| {
            self.node.referenced(key, self.diags)?;
            self.node.get(key)
        });
        schema.all_of.splice(0..0, references);
        schema.constant = self.exact("const");
        if let Some(constant) = schema.constant {
            schema.enumeration = Some(vec![constant]);
        }
        schema.examples.extend(self.list("examples"));
        schema.prefix_items = self.list("prefixItems");
        if let Some(items) = self.exact("items").filter(|items| items.is_array()) {
            let message = "a list of schemas under `items` belongs to an older JSON Schema; it is \
                           understood as `prefixItems`";
            self.diags
                .report(Diag::new(Code::WrongType, items.key_place(), message));
            if schema.prefix_items.is_empty() {
                schema.prefix_items = items.items().collect();
            }
        }
        let mut definitions = self.map("$defs");
        definitions.extend(self.map("definitions"));
        let dependent = self.map("dependentRequired").into_iter();
        schema.more = More {
            definitions,
            pattern_properties: self.map("patternProperties"),
            property_names: self.exact("propertyNames"),
            unevaluated_properties: self.additional("unevaluatedProperties"),
            unevaluated_items: self.additional("unevaluatedItems"),
            contains: self.exact("contains"),
            min_contains: self.count("minContains"),
            max_contains: self.count("maxContains"),
            condition: self.exact("if"),
            then: self.exact("then"),
            otherwise: self.exact("else"),
            dependent_required: dependent
                .map(|(name, required)| {
                    (name, required.items().filter_map(NodeRef::as_str).collect())
                })
                .collect(),
            dependent_schemas: self.map("dependentSchemas"),
            content_encoding: self.text("contentEncoding"),
            content_media_type: self.text("contentMediaType"),
            content_schema: self.exact("contentSchema"),
        };
        schema.format = schema.format.or_else(|| content_format(&schema.more));
    }

    /// The entries of an object under a keyword.
    fn map(&self, name: &str) -> Vec<(&'d str, NodeRef<'d>)> {
        self.exact(name)
            .map_or_else(Vec::new, |map| map.entries().collect())
    }

    fn additional(&self, name: &str) -> Additional<'d> {
        match self.fit(name) {
            Some((node, Fit::Exact)) => match node.as_bool() {
                Some(true) => Additional::Allowed,
                Some(false) => Additional::Denied,
                None => Additional::Schema(node),
            },
            Some((_, Fit::Flag(true))) => Additional::Allowed,
            Some((_, Fit::Flag(false))) => Additional::Denied,
            _ => Additional::Unstated,
        }
    }

    fn discriminator(&self) -> Option<Discriminator<'d>> {
        let node = self.exact("discriminator")?;
        let kind = Kind::Discriminator;
        let read = Reader {
            node,
            kind,
            spec: kind.spec(node.document().version()),
            is_older: self.is_older,
            diags: self.diags,
        };
        let Some(property_name) = read.text("propertyName") else {
            if node.get("propertyName").is_none() {
                let message = "the Discriminator Object has no `propertyName`; it is ignored";
                self.diags
                    .report(Diag::new(Code::UnsupportedSchema, node.place(), message));
            }
            return None;
        };
        let mut mapping = Vec::new();
        if let (Some(map), Some((_, key))) = (read.exact("mapping"), read.key("mapping")) {
            for (value, schema) in map.entries() {
                mapping.extend(read.element_text(schema, key).map(|schema| (value, schema)));
            }
        }
        Some(Discriminator {
            property_name,
            mapping,
            default_mapping: read.text("defaultMapping"),
        })
    }
}
