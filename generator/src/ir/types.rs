//! Types: an arena of shapes.

use super::Doc;

/// The place of a type in [`super::Api::types`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(u32);

impl TypeId {
    /// The id of the type at `index`.
    ///
    /// # Panics
    ///
    /// When there are more than `u32::MAX` types, which the node budget of a document rules out.
    pub fn new(index: usize) -> Self {
        Self(u32::try_from(index).expect("fewer types than the node budget of a document"))
    }

    /// The index into [`super::Api::types`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A type and where it comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct TypeDef {
    /// JSON Pointer of the schema: the identity of the type from one run to the next.
    pub pointer: String,
    /// What its name is made from, or that it needs none.
    pub naming: Naming,
    /// What is emitted for it.
    pub shape: Shape,
    /// Its prose.
    pub doc: Doc,
    /// What the document demands of a value, for readers: it is never enforced on replies.
    pub constraints: Vec<Constraint>,
    /// Values that the document gives as examples, as JSON.
    pub examples: Vec<serde_json::Value>,
}

impl TypeDef {
    /// What tells the type from all others, from one run to the next: its place, and the form that it
    /// has there.
    pub fn identity(&self) -> String {
        let Naming::Item { path, .. } = &self.naming else {
            return self.pointer.clone();
        };
        match path.last() {
            Some(Segment::Input) => format!("{} input", self.pointer),
            Some(Segment::Base) => format!("{} base", self.pointer),
            Some(Segment::Kind(kind)) => format!("{} {}", self.pointer, kind.to_lowercase()),
            _ => self.pointer.clone(),
        }
    }
}

/// Whether a type is an item of the emitted crate, and what its name is made from.
#[derive(Clone, Debug, PartialEq)]
pub enum Naming {
    /// Written where it is used: `Vec<String>`, `bool`.
    Anonymous,
    /// An item, named after its place in the document.
    Item {
        /// The named thing that the place begins with.
        root: TypeRoot,
        /// The way from there; empty for a named schema itself.
        path: Vec<Segment>,
        /// The name that `x-rust-name` pins.
        pin: Option<String>,
    },
}

/// Where the place of an item begins.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TypeRoot {
    /// A schema of `components.schemas`, by its key.
    Schema(String),
    /// An operation, by its id.
    Operation(String),
    /// A variable of servers, by its name.
    ServerVariable(String),
}

/// A step from a named thing to a type within it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segment {
    /// A property, by its key.
    Property(String),
    /// The items of an array.
    Item,
    /// An item of a tuple, by its position, which begins with 1.
    Position(usize),
    /// A schema that another one holds to be referred to, by its key.
    Definition(String),
    /// The values of a map.
    Value,
    /// The body of a request.
    Body,
    /// The body of a reply, by its status as written in the document.
    Reply(String),
    /// A parameter, by its name.
    Parameter(String),
    /// A header of a reply, by its name.
    Header(String),
    /// A callback, by its key.
    Callback(String),
    /// An alternative of a union, by what it is called there.
    Variant(String),
    /// A kind of value, of several that a schema lists as its types.
    Kind(String),
    /// What all that inherit from a schema have in common: the schema's own properties.
    Base,
    /// The form for requests, of a schema that has another one for replies.
    Input,
}

/// What is emitted for a type.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// An object with known properties.
    Struct {
        /// The properties, in the order of the document.
        fields: Vec<Field>,
        /// The type of properties that are not listed, where they are kept.
        rest: Option<TypeId>,
    },
    /// Known values. It stays open: a value that is not listed is kept.
    Enum(EnumValues),
    /// One of several types (`oneOf`, `anyOf`, inheritance). A value that is none of them is kept.
    Union {
        /// The property that says which, if there is one.
        tag: Option<String>,
        /// The types.
        variants: Vec<Variant>,
        /// The variant, by its index, of values without the tag or with another one than those listed.
        fallback: Option<usize>,
    },
    /// A scalar with a name of its own, so that it cannot be taken for another.
    Newtype(Scalar),
    /// A type of its own around another one that holds it: a list of itself.
    Wrapper(TypeId),
    /// Another name for a type.
    Alias(TypeId),
    /// A value or null, where no [`Presence`] says so: an item, the value of a map, a body.
    Nullable(TypeId),
    /// A list.
    Array(TypeId),
    /// A list of fixed length, of which each item has a type of its own.
    Tuple(Vec<TypeId>),
    /// An object with keys that the document does not know.
    Map(TypeId),
    /// A value of JSON that is neither object nor array.
    Scalar(Scalar),
    /// Any JSON value.
    Any,
}

impl Shape {
    /// The types that the shape names, in order.
    pub fn children(&self) -> Vec<TypeId> {
        match self {
            Self::Struct { fields, rest } => {
                let fields = fields.iter().map(|field| field.ty);
                fields.chain(*rest).collect()
            }
            Self::Union { variants, .. } => variants.iter().map(|variant| variant.ty).collect(),
            Self::Tuple(items) => items.clone(),
            Self::Wrapper(ty)
            | Self::Alias(ty)
            | Self::Nullable(ty)
            | Self::Array(ty)
            | Self::Map(ty) => vec![*ty],
            Self::Enum(_) | Self::Newtype(_) | Self::Scalar(_) | Self::Any => Vec::new(),
        }
    }

    /// The same shape with each type that it names replaced by what `change` makes of it.
    pub fn map_children(&mut self, mut change: impl FnMut(TypeId) -> TypeId) {
        match self {
            Self::Struct { fields, rest } => {
                for field in fields {
                    field.ty = change(field.ty);
                }
                if let Some(rest) = rest {
                    *rest = change(*rest);
                }
            }
            Self::Union { variants, .. } => {
                for variant in variants {
                    variant.ty = change(variant.ty);
                }
            }
            Self::Tuple(items) => {
                for item in items {
                    *item = change(*item);
                }
            }
            Self::Wrapper(ty)
            | Self::Alias(ty)
            | Self::Nullable(ty)
            | Self::Array(ty)
            | Self::Map(ty) => *ty = change(*ty),
            Self::Enum(_) | Self::Newtype(_) | Self::Scalar(_) | Self::Any => {}
        }
    }
}

/// A property of an object.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// The key on the wire.
    pub key: String,
    /// The type of the value, nullability left out.
    pub ty: TypeId,
    /// Whether it may be absent or null.
    pub presence: Presence,
    /// Its prose.
    pub doc: Doc,
    /// The value that the service assumes when it is absent, as JSON: documented, never sent.
    pub default: Option<serde_json::Value>,
    /// Whether the service alone assigns it.
    pub read_only: bool,
    /// Whether it occurs in requests only.
    pub write_only: bool,
    /// The only value that the field has, where its type does not say so: the name of the schema in
    /// the property that tells schemas apart.
    pub fixed: Option<String>,
    /// The name that `x-rust-name` pins.
    pub pin: Option<String>,
    /// JSON Pointer of the property.
    pub pointer: String,
}

/// Whether a property may be absent, null, or both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// Always there, never null.
    Required,
    /// May be absent.
    Optional,
    /// Always there, may be null.
    Nullable,
    /// May be absent, may be null.
    OptionalNullable,
}

/// The listed values of an enumeration, each once, in the order of the document.
#[derive(Clone, Debug, PartialEq)]
pub enum EnumValues {
    /// Strings.
    Texts(Vec<String>),
    /// Whole numbers of 64 bits.
    Integers(Vec<i64>),
    /// Values of other types, or of several.
    Mixed(Vec<serde_json::Value>),
}

impl EnumValues {
    /// Each value as text: what its variant is named after.
    pub fn texts(&self) -> Vec<String> {
        match self {
            Self::Texts(texts) => texts.clone(),
            Self::Integers(integers) => integers.iter().map(i64::to_string).collect(),
            Self::Mixed(values) => values
                .iter()
                .map(|value| match value.as_str() {
                    Some(text) => text.to_owned(),
                    None => value.to_string(),
                })
                .collect(),
        }
    }

    /// How many values are listed.
    pub fn len(&self) -> usize {
        match self {
            Self::Texts(texts) => texts.len(),
            Self::Integers(integers) => integers.len(),
            Self::Mixed(values) => values.len(),
        }
    }

    /// Whether no value is listed.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// One type of a union.
#[derive(Clone, Debug, PartialEq)]
pub struct Variant {
    /// What its name is made from.
    pub label: String,
    /// The type.
    pub ty: TypeId,
    /// The values of the tag that choose it; none in a union without a tag.
    pub tags: Vec<String>,
    /// The name that `x-rust-name` pins.
    pub pin: Option<String>,
    /// JSON Pointer of the schema.
    pub pointer: String,
}

/// A JSON value that is neither object nor array.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scalar {
    /// `true` or `false`.
    Bool,
    /// An integer of 32 bits.
    I32,
    /// An integer of 64 bits; an integer without a format is one.
    I64,
    /// A whole number of 32 bits that is not negative.
    U32,
    /// A whole number of 64 bits that is not negative.
    U64,
    /// A number of single precision.
    F32,
    /// A number of double precision; a number without a format is one.
    F64,
    /// A number of any size, kept digit by digit.
    Number,
    /// Text.
    String,
    /// A point in time (RFC 3339), kept as text like those that follow.
    DateTime,
    /// A day of the calendar.
    Date,
    /// A time of day.
    Time,
    /// A span of time (ISO 8601).
    Duration,
    /// A UUID (RFC 9562).
    Uuid,
    /// A decimal number that is text on the wire.
    Decimal,
    /// A URI (RFC 3986).
    Uri,
    /// Bytes in Base64 (RFC 4648).
    Base64,
    /// Text that is never shown: a password.
    Secret,
}

impl Scalar {
    /// Whether a value is a string on the wire.
    pub fn is_text(self) -> bool {
        match self {
            Self::Bool
            | Self::I32
            | Self::I64
            | Self::U32
            | Self::U64
            | Self::F32
            | Self::F64
            | Self::Number => false,
            Self::String
            | Self::DateTime
            | Self::Date
            | Self::Time
            | Self::Duration
            | Self::Uuid
            | Self::Decimal
            | Self::Uri
            | Self::Base64
            | Self::Secret => true,
        }
    }
}

/// A demand on values, kept for the docs.
#[derive(Clone, Debug, PartialEq)]
pub enum Constraint {
    /// The `format`, where it does not choose the type.
    Format(String),
    /// How a string is encoded, and the media type of what it holds (`contentEncoding`,
    /// `contentMediaType`).
    Content(Option<String>, Option<String>),
    /// The value is one of these (`enum`, of names).
    Listed(Vec<String>),
    /// Characters at least and at most (`minLength`, `maxLength`).
    Length(Option<u64>, Option<u64>),
    /// The `pattern`, an ECMA-262 regular expression.
    Pattern(String),
    /// The least value and the greatest, each with whether it is excluded.
    Range(Option<(String, bool)>, Option<(String, bool)>),
    /// The value is a multiple of this (`multipleOf`).
    MultipleOf(String),
    /// Items at least and at most (`minItems`, `maxItems`).
    Items(Option<u64>, Option<u64>),
    /// No two items are equal (`uniqueItems`).
    Unique,
    /// Properties at least and at most (`minProperties`, `maxProperties`).
    Properties(Option<u64>, Option<u64>),
    /// What holds for the names of properties (`propertyNames`).
    Names(Vec<Constraint>),
    /// One of these sets of properties has to be there at least (`anyOf` of `required`).
    OneOfRequired(Vec<Vec<String>>),
}
