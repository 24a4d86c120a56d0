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
    /// The values of a map.
    Value,
    /// The body of a request.
    Body,
    /// The body of a reply, by its status as written in the document.
    Reply(String),
    /// A parameter, by its name.
    Parameter(String),
}

/// What is emitted for a type.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// An object with known properties.
    Struct {
        /// The properties, in the order of the document.
        fields: Vec<Field>,
    },
    /// A string with known values. It stays open: a value that is not listed is kept.
    Enum {
        /// The values, in the order of the document.
        values: Vec<EnumValue>,
    },
    /// A scalar with a name of its own, so that it cannot be taken for another.
    Newtype(Scalar),
    /// Another name for a type.
    Alias(TypeId),
    /// A list.
    Array(TypeId),
    /// An object with keys that the document does not know.
    Map(TypeId),
    /// A value of JSON that is neither object nor array.
    Scalar(Scalar),
    /// Any JSON value.
    Any,
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

/// A listed value of an enumeration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnumValue {
    /// The value on the wire.
    pub value: String,
}

/// A JSON value that is neither object nor array.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scalar {
    /// `true` or `false`.
    Bool,
    /// An integer of 32 bits.
    I32,
    /// An integer of 64 bits; an integer without a format is one.
    I64,
    /// A number of single precision.
    F32,
    /// A number of double precision; a number without a format is one.
    F64,
    /// Text.
    String,
}

/// A demand on values, kept for the docs.
#[derive(Clone, Debug, PartialEq)]
pub enum Constraint {
    /// The `format`, where it does not choose the type.
    Format(String),
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
}
