//! What the specification defines: the keys of each kind of object and what is under them.
//!
//! It is a table, read by the [check](super::check()), by the typed [views](super::NodeRef::view) and by
//! the reader of schemas, so that they can't disagree. Each version of the specification has a file;
//! each row is named after the subsection of the specification that it is taken from. A newer version
//! says only in what it differs from the one before, and Swagger 2.0 in what it differs from OpenAPI 3.0.

mod openapi30;
mod openapi31;
mod openapi32;
mod swagger20;

use super::Version;
use crate::diag::Severity;

/// A kind of object that the specification defines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// OpenAPI Object, the root of a document.
    OpenApi,
    /// Info Object.
    Info,
    /// Contact Object.
    Contact,
    /// License Object.
    License,
    /// Server Object.
    Server,
    /// Server Variable Object.
    ServerVariable,
    /// Components Object.
    Components,
    /// Paths Object.
    Paths,
    /// Path Item Object.
    PathItem,
    /// Operation Object.
    Operation,
    /// External Documentation Object.
    ExternalDocs,
    /// Parameter Object.
    Parameter,
    /// Request Body Object.
    RequestBody,
    /// Media Type Object.
    MediaType,
    /// Encoding Object.
    Encoding,
    /// Responses Object.
    Responses,
    /// Response Object.
    Response,
    /// Callback Object.
    Callback,
    /// Example Object.
    Example,
    /// Link Object.
    Link,
    /// Header Object.
    Header,
    /// Tag Object.
    Tag,
    /// Schema Object.
    Schema,
    /// Discriminator Object.
    Discriminator,
    /// Items Object of Swagger 2.0: the schema of a parameter's or header's items.
    Items,
    /// XML Object.
    Xml,
    /// Security Scheme Object.
    SecurityScheme,
    /// OAuth Flows Object.
    OAuthFlows,
    /// OAuth Flow Object of the implicit flow.
    ImplicitFlow,
    /// OAuth Flow Object of the password flow and of the client credentials flow.
    TokenFlow,
    /// OAuth Flow Object of the authorization code flow.
    CodeFlow,
    /// OAuth Flow Object of the device authorization flow, from OpenAPI 3.2 on.
    DeviceFlow,
    /// Security Requirement Object.
    SecurityRequirement,
}

/// What may be under a key.
#[derive(Debug, Clone, Copy)]
pub(super) enum Shape {
    /// Any value. It is not looked into.
    Any,
    /// A string.
    Text,
    /// A boolean.
    Flag,
    /// A whole number, zero or more.
    Count,
    /// A number.
    Number,
    /// One of these strings.
    OneOf(&'static [&'static str]),
    /// A style that suits the `in` beside it.
    Style,
    /// An array of strings. Another value counts as an empty one: a security scheme is required
    /// even if its scopes can't be read.
    Scopes,
    /// An object of this kind.
    Object(Kind),
    /// An object of this kind or a reference to one.
    Ref(Kind),
    /// A boolean, a schema, or a reference to one.
    FlagOrSchema,
    /// A schema of OpenAPI 3.1: an object or a boolean.
    Schema,
    /// The same, or an array of them, which older versions of JSON Schema have for tuples.
    SchemaOrList,
    /// An array.
    List(&'static Shape),
    /// An object with any keys.
    Map(&'static Shape),
}

/// What is said of one key.
#[derive(Debug, Clone, Copy)]
pub(super) struct Key {
    pub(super) name: &'static str,
    pub(super) shape: Shape,
    pub(super) required: bool,
    /// What it costs to ignore the key if its value can't be read: nothing that changes a type, a
    /// type, or the whole item.
    pub(super) loss: Severity,
}

/// What one version of the specification says of one kind of object.
#[derive(Debug)]
pub(super) struct Row {
    /// The name of the subsection.
    name: &'static str,
    /// The fixed fields.
    keys: &'static [Key],
    /// The patterned fields.
    patterned: Option<Patterned>,
    /// Whether it says all there is; otherwise what older versions say of other keys holds as well.
    replaces: bool,
}

/// What is said of all keys that follow a pattern.
#[derive(Debug)]
pub(super) struct Patterned {
    matches: fn(&str) -> bool,
    /// What is said of them, under the name that the specification has for the pattern.
    key: Key,
}

/// What is said of one kind of object: rows, the newest first.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spec {
    rows: [Option<&'static Row>; 3],
}

impl Spec {
    /// The rows that count.
    fn rows(self) -> impl Iterator<Item = &'static Row> {
        self.rows.into_iter().flatten()
    }

    /// The name of the subsection.
    pub(super) fn name(self) -> &'static str {
        self.rows().next().map_or("object", |row| row.name)
    }

    /// The fixed fields.
    pub(super) fn keys(self) -> impl Iterator<Item = &'static Key> {
        self.rows().enumerate().flat_map(move |(position, row)| {
            row.keys.iter().filter(move |key| {
                let newer = self.rows().take(position);
                !newer
                    .flat_map(|row| row.keys)
                    .any(|new| new.name == key.name)
            })
        })
    }

    /// What is said of the key `name`, fixed or patterned.
    pub(super) fn key(self, name: &str) -> Option<&'static Key> {
        let fixed = |row: &'static Row| row.keys.iter().find(|key| key.name == name);
        self.rows().find_map(fixed).or_else(|| {
            let patterned = self.patterned()?;
            (patterned.matches)(name).then_some(&patterned.key)
        })
    }

    /// Whether keys beyond the fixed fields have a meaning, if they follow a pattern.
    pub(super) fn is_patterned(self) -> bool {
        self.patterned().is_some()
    }

    fn patterned(self) -> Option<&'static Patterned> {
        self.rows().find_map(|row| row.patterned.as_ref())
    }
}

impl Kind {
    /// The name of the kind in a version of the specification: `Path Item Object`.
    pub fn name(self, version: Version) -> &'static str {
        self.spec(version).name()
    }

    /// What a version of the specification says of this kind.
    pub(super) fn spec(self, version: Version) -> Spec {
        let oldest = openapi30::row(self);
        let rows = match version {
            Version::Swagger20 => [None, swagger20::row(self), Some(oldest)],
            Version::OpenApi30 => [None, None, Some(oldest)],
            Version::OpenApi31 => [None, openapi31::row(self), Some(oldest)],
            Version::OpenApi32 => [openapi32::row(self), openapi31::row(self), Some(oldest)],
        };
        let mut replaced = false;
        let rows = rows.map(|row| {
            let counts = row.filter(|_| !replaced);
            replaced |= row.is_some_and(|row| row.replaces);
            counts
        });
        Spec { rows }
    }
}

/// A field that is not required, and without which nothing changes.
const fn optional(name: &'static str, shape: Shape) -> Key {
    Key {
        name,
        shape,
        required: false,
        loss: Severity::Note,
    }
}

/// A field that is required.
const fn required(name: &'static str, shape: Shape) -> Key {
    Key {
        required: true,
        ..optional(name, shape)
    }
}

impl Key {
    /// Without the field a type is freer.
    const fn shaping(self) -> Key {
        Key {
            loss: Severity::Widened,
            ..self
        }
    }

    /// Without the field the object means something else.
    const fn vital(self) -> Key {
        Key {
            loss: Severity::Skipped,
            ..self
        }
    }
}

const TEXTS: Shape = Shape::List(&Shape::Text);
const EXAMPLES: Shape = Shape::Map(&Shape::Ref(Kind::Example));
const HEADERS: Shape = Shape::Map(&Shape::Ref(Kind::Header));
const SERVERS: Shape = Shape::List(&Shape::Object(Kind::Server));
const PARAMETERS: Shape = Shape::List(&Shape::Ref(Kind::Parameter));
const OPERATION: Shape = Shape::Object(Kind::Operation);
const DOCS: Shape = Shape::Object(Kind::ExternalDocs);
const SECURITY: Shape = Shape::List(&Shape::Object(Kind::SecurityRequirement));

/// The row of a version that says all there is.
const fn whole(name: &'static str, keys: &'static [Key]) -> Row {
    Row {
        replaces: true,
        ..more(name, keys)
    }
}

/// The row of a version that only says in what it differs from the one before.
const fn more(name: &'static str, keys: &'static [Key]) -> Row {
    Row {
        name,
        keys,
        patterned: None,
        replaces: false,
    }
}

/// The styles of query parameters, and of the parts of a form.
pub(super) const QUERY_STYLES: &[&str] = &["form", "spaceDelimited", "pipeDelimited", "deepObject"];
