//! Which parts of the runtime an API needs.
//!
//! Before: any API. After: each part that emitted code will name is known, so that the others can
//! be left out of it.

use std::collections::BTreeSet;

use crate::ir::{
    Api, Encoding, EnumValues, FormField, Operation, PartKind, Payload, Presence, ReplyBody,
    Scalar, SchemeKind, Shape, Style, Styled, TypeId,
};

/// A part of the runtime that not every API needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Objects with known properties.
    Object,
    /// Objects that keep properties which are not listed.
    Rest,
    /// Properties that may be absent and may be null.
    Patch,
    /// Open enumerations of strings.
    TextEnum,
    /// Open enumerations of whole numbers.
    IntegerEnum,
    /// Open enumerations of any values.
    MixedEnum,
    /// Unions.
    Union,
    /// Unions whose tag a variant does not write itself.
    Tagged,
    /// A scalar that the language does not have.
    Scalar(Scalar),
    /// Styles of parameters beside `simple` and `form`.
    Styles,
    /// Parameters that may have reserved characters.
    Reserved,
    /// Parameters of any type.
    Serialized,
    /// Forms.
    Form,
    /// Bodies with parts.
    Multipart,
    /// Bodies whose media type the caller names.
    Payload,
    /// Replies that are not always JSON.
    ReplyMedia,
    /// Replies whose bytes are read as they come.
    ByteStream,
    /// Replies and bodies of JSON values one after the other.
    JsonStream,
    /// Replies that are streams of events.
    EventStream,
    /// Typed headers of replies.
    HeaderText,
    /// Request signing by `SDK-HMAC-SHA256`.
    SdkHmacSha256,
}

/// What `api` uses.
pub(super) fn uses(api: &Api) -> BTreeSet<Part> {
    let mut uses = BTreeSet::new();
    for def in &api.types {
        of_shape(api, &def.shape, &mut uses);
    }
    for operation in &api.operations {
        of_operation(api, operation, &mut uses);
    }
    for scheme in &api.security_schemes {
        match scheme.kind {
            SchemeKind::Signing { .. } => {
                uses.insert(Part::SdkHmacSha256);
            }
            SchemeKind::ApiKeyHeader { .. }
            | SchemeKind::ApiKeyQuery { .. }
            | SchemeKind::ApiKeyCookie { .. }
            | SchemeKind::Basic
            | SchemeKind::Bearer
            | SchemeKind::MutualTls => {}
        }
    }
    uses
}

fn of_shape(api: &Api, shape: &Shape, uses: &mut BTreeSet<Part>) {
    match shape {
        Shape::Struct { fields, rest } => {
            uses.insert(Part::Object);
            if rest.is_some() {
                uses.insert(Part::Rest);
            }
            let patch = |presence| presence == Presence::OptionalNullable;
            if fields.iter().any(|field| patch(field.presence)) {
                uses.insert(Part::Patch);
            }
        }
        Shape::Enum(EnumValues::Texts(_)) => {
            uses.insert(Part::TextEnum);
        }
        Shape::Enum(EnumValues::Integers(_)) => {
            uses.insert(Part::IntegerEnum);
        }
        Shape::Enum(EnumValues::Mixed(_)) => {
            uses.insert(Part::MixedEnum);
        }
        Shape::Union {
            tag,
            variants,
            fallback,
        } => {
            uses.insert(Part::Union);
            let silent = |tag: &String| {
                let mut variants = variants.iter().enumerate();
                variants.any(|(index, variant)| {
                    *fallback != Some(index) && !api.writes_tag(variant.ty, tag)
                })
            };
            if tag.as_ref().is_some_and(silent) {
                uses.insert(Part::Tagged);
            }
        }
        Shape::Newtype(scalar) | Shape::Scalar(scalar) => {
            uses.insert(Part::Scalar(*scalar));
        }
        Shape::Wrapper(_)
        | Shape::Alias(_)
        | Shape::Nullable(_)
        | Shape::Array(_)
        | Shape::Tuple(_)
        | Shape::Map(_)
        | Shape::Any => {}
    }
}

fn of_operation(api: &Api, operation: &Operation, uses: &mut BTreeSet<Part>) {
    for parameter in &operation.parameters {
        match &parameter.encoding {
            Encoding::Styled(styled) => {
                of_styled(*styled, uses);
                if !is_parameter(api, parameter.ty) {
                    uses.insert(Part::Serialized);
                }
            }
            Encoding::Json => {
                uses.insert(Part::Serialized);
            }
            Encoding::Form(fields) => of_form(fields, uses),
        }
    }
    for content in operation.body.iter().flat_map(|body| &body.contents) {
        match &content.payload {
            Payload::Form { fields, .. } => of_form(fields, uses),
            Payload::Multipart(parts) => {
                uses.insert(Part::Multipart);
                let text = |kind: PartKind| match kind {
                    PartKind::Text(ty) => !is_parameter(api, ty),
                    PartKind::File | PartKind::Json(_) => false,
                };
                if parts.iter().any(|part| text(part.kind)) {
                    uses.insert(Part::Serialized);
                }
            }
            Payload::AnyMultipart => {
                uses.insert(Part::Multipart);
            }
            Payload::Any => {
                uses.insert(Part::Payload);
            }
            Payload::JsonStream(_) => {
                uses.insert(Part::JsonStream);
            }
            Payload::Json(_) | Payload::Text | Payload::Bytes => {}
        }
    }
    if operation
        .replies
        .iter()
        .any(|reply| !reply.headers.is_empty())
    {
        uses.insert(Part::HeaderText);
    }
    for success in api.successes(operation) {
        uses.extend(success.body.and_then(stream));
    }
    if reads_media(api, operation) {
        uses.insert(Part::ReplyMedia);
    }
}

/// The part that reads a success as it comes.
fn stream(body: ReplyBody) -> Option<Part> {
    match body {
        ReplyBody::Bytes => Some(Part::ByteStream),
        ReplyBody::JsonLines(_) | ReplyBody::JsonSequence(_) => Some(Part::JsonStream),
        ReplyBody::Events(_) | ReplyBody::TextEvents => Some(Part::EventStream),
        ReplyBody::Json(_) | ReplyBody::Text => None,
    }
}

/// Whether replies are told apart by their media types, may be absent, or are errors in another form
/// than JSON.
fn reads_media(api: &Api, operation: &Operation) -> bool {
    let successes = api.successes(operation);
    let several = successes.iter().any(|success| success.several);
    let optional = successes.iter().any(|success| match success.body {
        Some(ReplyBody::Json(ty)) => api.is_optional(ty),
        Some(_) | None => false,
    });
    let mut errors = operation
        .replies
        .iter()
        .filter(|reply| !reply.status.is_success());
    let other = |body: Option<ReplyBody>| match body {
        Some(body) => body.ty().is_none(),
        None => false,
    };
    several || optional || errors.any(|reply| other(reply.error_body()))
}

fn of_form(fields: &[FormField], uses: &mut BTreeSet<Part>) {
    uses.insert(Part::Form);
    for field in fields {
        of_styled(field.styled, uses);
    }
}

fn of_styled(styled: Styled, uses: &mut BTreeSet<Part>) {
    if styled.allow_reserved {
        uses.insert(Part::Reserved);
    }
    match styled.style {
        Style::Simple | Style::Form => {}
        Style::Label
        | Style::Matrix
        | Style::SpaceDelimited
        | Style::PipeDelimited
        | Style::DeepObject
        | Style::Cookie => {
            uses.insert(Part::Styles);
        }
    }
}

/// Whether a value of the type is written as a parameter by itself: a scalar, or a list of them.
/// Any other is written through its serde impl.
pub fn is_parameter(api: &Api, ty: TypeId) -> bool {
    let mut here = ty;
    let mut listed = false;
    loop {
        match &api.ty(here).shape {
            Shape::Scalar(_) | Shape::Newtype(_) => return true,
            Shape::Enum(EnumValues::Texts(_) | EnumValues::Integers(_)) => return true,
            Shape::Alias(target) => here = *target,
            Shape::Array(item) if !listed => {
                listed = true;
                here = *item;
            }
            Shape::Enum(EnumValues::Mixed(_))
            | Shape::Array(_)
            | Shape::Tuple(_)
            | Shape::Struct { .. }
            | Shape::Union { .. }
            | Shape::Wrapper(_)
            | Shape::Nullable(_)
            | Shape::Map(_)
            | Shape::Any => return false,
        }
    }
}
