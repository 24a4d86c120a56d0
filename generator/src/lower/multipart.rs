//! Multipart bodies: the members of an object as parts (OpenAPI 3.0.3, section 4.7.14).
//!
//! The parts are those of the type that the schema becomes, so that composed schemas have them as
//! well; what `encoding` says of a part is found by its name.

use super::Lowering;
use super::media::{self, Family};
use crate::diag::{Code, Diag};
use crate::document::NodeRef;
use crate::ir::{
    Constraint, Field, Naming, Part, PartKind, Payload, Presence, Scalar, Shape, TypeDef, TypeId,
};

impl<'d> Lowering<'d> {
    /// The parts of the multipart body at `media`.
    pub(super) fn multipart(&mut self, media: NodeRef<'d>) -> Payload {
        let Some(schema) = media.get("schema") else {
            return Payload::AnyMultipart;
        };
        let ty = self.type_of(schema);
        let of = target(&self.types, ty);
        let Shape::Struct { fields, rest } = self.types[of.index()].shape.clone() else {
            if self.types[of.index()].shape != Shape::Any {
                let message = "the parts are not listed: any parts can be sent";
                let diag = Diag::new(Code::UnsupportedFeature, schema.place(), message);
                self.diags.report(diag);
            }
            return Payload::AnyMultipart;
        };
        if fields.is_empty() {
            return Payload::AnyMultipart;
        }
        if rest.is_some() {
            let message = "only the parts that are listed can be sent";
            let diag = Diag::new(Code::UnsupportedFeature, schema.place(), message);
            self.diags.report(diag);
        }
        if schema.reference().is_none() {
            // Nobody else names it, and nobody has a use for the object as a whole.
            self.types[ty.index()].naming = Naming::Anonymous;
            self.types[ty.index()].shape = Shape::Any;
        }
        let parts = fields.iter().filter(|field| !field.read_only);
        Payload::Multipart(parts.map(|field| self.part(field, media)).collect())
    }

    fn part(&self, field: &Field, media: NodeRef<'d>) -> Part {
        let encoding = media
            .get("encoding")
            .and_then(|encoding| encoding.get(&field.key));
        let content_type = encoding
            .and_then(|encoding| encoding.get("contentType"))
            .and_then(NodeRef::as_str)
            .filter(|text| text.split(',').all(|one| media::family(one).is_some()));
        let headers = encoding
            .and_then(|encoding| encoding.get("headers"))
            .into_iter()
            .flat_map(NodeRef::entries)
            // It has a place of its own (OpenAPI 3.0.3, section 4.7.15.1).
            .filter(|(name, _)| !name.eq_ignore_ascii_case("content-type"))
            .filter(|(name, node)| self.is_header_name(name, *node))
            .map(|(name, _)| name.to_owned());
        let (kind, many) = self.part_kind(field.ty, content_type);
        Part {
            name: field.key.clone(),
            kind,
            many,
            required: field.presence == Presence::Required,
            content_type: content_type.map(str::to_owned),
            headers: headers.collect(),
            doc: field.doc.clone(),
            pin: field.pin.clone(),
            pointer: field.pointer.clone(),
        }
    }

    /// Whether a header can have this name, which is reported where it cannot.
    pub(super) fn is_header_name(&self, name: &str, node: NodeRef<'d>) -> bool {
        let valid = media::is_token(name);
        if !valid {
            let message = format!("`{name}` cannot be the name of a header: it is left out");
            let diag = Diag::new(Code::UnsupportedFeature, node.key_place(), message);
            self.diags.report(diag);
        }
        valid
    }

    /// What a part of type `ty` holds, and whether there may be several of it.
    fn part_kind(&self, ty: TypeId, content_type: Option<&str>) -> (PartKind, bool) {
        let families: Vec<Family> = content_type
            .into_iter()
            .flat_map(|text| text.split(','))
            .filter_map(media::family)
            .collect();
        let json = families.first() == Some(&Family::Json);
        // Of a media type that is neither JSON nor text, the caller has the bytes.
        let bytes = families.iter().any(|family| match family {
            Family::Json | Family::Form | Family::Text | Family::TextRange | Family::Events => {
                false
            }
            Family::Multipart
            | Family::Bytes
            | Family::JsonLines
            | Family::JsonSequence
            | Family::OtherParts
            | Family::Range => true,
        });
        if json {
            return (PartKind::Json(ty), false);
        }
        let of = target(&self.types, ty);
        if let Shape::Array(item) = self.types[of.index()].shape {
            if bytes || is_binary(&self.types, item) {
                return (PartKind::File, true);
            }
            if self.is_text(item) {
                return (PartKind::Text(item), true);
            }
        }
        if bytes || is_binary(&self.types, of) {
            (PartKind::File, false)
        } else if self.is_text(of) {
            (PartKind::Text(ty), false)
        } else if families.is_empty() {
            (PartKind::Json(ty), false)
        } else {
            // Written as another type than JSON: XML, which is the caller's to write.
            (PartKind::File, false)
        }
    }

    /// Whether values of a type are one text each.
    fn is_text(&self, ty: TypeId) -> bool {
        match &self.types[target(&self.types, ty).index()].shape {
            Shape::Enum(_) | Shape::Newtype(_) | Shape::Scalar(_) => true,
            Shape::Struct { .. }
            | Shape::Union { .. }
            | Shape::Wrapper(_)
            | Shape::Alias(_)
            | Shape::Nullable(_)
            | Shape::Array(_)
            | Shape::Tuple(_)
            | Shape::Map(_)
            | Shape::Any => false,
        }
    }
}

/// The type that another name, or null, stands around.
pub(super) fn target(types: &[TypeDef], ty: TypeId) -> TypeId {
    let mut here = ty;
    // Rings are not broken yet, and a chain has no more links than there are types.
    for _ in 0..types.len() {
        match types[here.index()].shape {
            Shape::Alias(next) | Shape::Nullable(next) => here = next,
            _ => break,
        }
    }
    here
}

/// Whether values of a type are bytes: text of the format `binary`.
pub(super) fn is_binary(types: &[TypeDef], ty: TypeId) -> bool {
    let def = &types[target(types, ty).index()];
    let text = matches!(
        def.shape,
        Shape::Scalar(Scalar::String) | Shape::Newtype(Scalar::String)
    );
    text && def
        .constraints
        .iter()
        .any(|constraint| *constraint == Constraint::Format("binary".to_owned()))
}
