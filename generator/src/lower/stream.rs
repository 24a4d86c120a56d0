//! Bodies of items that come one after the other: what the type of an item is.
//!
//! `itemSchema` describes an item (OpenAPI 3.2.0, section 4.14); before it was there, documents wrote the
//! schema of an item, or of a list of them, as `schema`.

use std::collections::BTreeMap;

use super::Lowering;
use super::media::{Family, family};
use super::multipart::target;
use crate::diag::{Code, Diag};
use crate::document::{NodeRef, Version};
use crate::ir::{EnumValues, ReplyBody, Scalar, Shape, TypeId};

/// The properties of an event beside its data (HTML, section 9.2.6).
const FIELDS: [&str; 4] = ["event", "id", "retry", "comment"];

/// How many schemas are looked at to find the data of events: nobody composes more.
const LOOKED_AT: usize = 200;

/// What the data may be, by the schemas that were looked at.
type Seen<'d> = BTreeMap<NodeRef<'d>, Vec<Option<Data<'d>>>>;

/// What the data of an event is.
#[derive(Clone, Copy, PartialEq)]
enum Data<'d> {
    /// JSON of a schema.
    Json(NodeRef<'d>),
    /// JSON of which nothing is said.
    Any(NodeRef<'d>),
    /// Text.
    Text,
}

impl<'d> Lowering<'d> {
    /// `itemSchema` of a media type, where the document may have one.
    pub(super) fn items_of(&self, media: NodeRef<'d>) -> Option<NodeRef<'d>> {
        let newest = self.document.version() >= Version::OpenApi32;
        media.get("itemSchema").filter(|_| newest)
    }

    /// Says that the items of a body are not told apart.
    pub(super) fn note_items(&self, items: NodeRef<'d>) {
        let message = "the items are not told apart: there is a type for them, and the whole is text \
                       or bytes";
        let diag = Diag::new(Code::UnsupportedFeature, items.key_place(), message);
        self.diags.report(diag);
    }

    /// The type of one JSON value of many: any where nothing is said of it, or that it is text.
    pub(super) fn item_type(&mut self, media: NodeRef<'d>) -> TypeId {
        if let Some(items) = self.items_of(media) {
            return self.element(items);
        }
        let Some(schema) = media.get("schema") else {
            return self.add_anonymous(media, Shape::Any);
        };
        let ty = self.element(schema);
        match self.types[target(&self.types, ty).index()].shape {
            Shape::Array(item) => item,
            Shape::Scalar(Scalar::String) | Shape::Newtype(Scalar::String) => {
                self.add_anonymous(schema, Shape::Any)
            }
            _ => ty,
        }
    }

    /// What the events of a reply hold.
    pub(super) fn events(&mut self, media: NodeRef<'d>) -> ReplyBody {
        if let Some(items) = self.items_of(media) {
            let mut seen = Vec::new();
            if is_event(items, self, &mut seen, false) {
                return self.event_data(items);
            }
            return self.data_of(items);
        }
        match media.get("schema") {
            Some(schema) if !schema.is_empty() => {
                if is_event(schema, self, &mut Vec::new(), true) {
                    return self.event_data(schema);
                }
                self.data_of(schema)
            }
            Some(_) | None => ReplyBody::TextEvents,
        }
    }

    /// Data of the schema at `node`, or of its items.
    fn data_of(&mut self, node: NodeRef<'d>) -> ReplyBody {
        let ty = self.element(node);
        let shape = |lowering: &Self, ty| {
            let target = target(&lowering.types, ty);
            lowering.types[target.index()].shape.clone()
        };
        let item = match shape(self, ty) {
            Shape::Array(item) => item,
            _ => ty,
        };
        match is_text(&shape(self, item)) {
            true => ReplyBody::TextEvents,
            false => ReplyBody::Events(item),
        }
    }

    /// The data of events that the schema at `node` describes: of one type, or else text.
    fn event_data(&mut self, node: NodeRef<'d>) -> ReplyBody {
        let found = self.data_alternatives(node, &mut Seen::new());
        let mut found: Vec<Data<'d>> = found
            .into_iter()
            .map(|data| data.unwrap_or(Data::Text))
            .collect();
        found.dedup();
        match found.as_slice() {
            [Data::Json(schema)] => ReplyBody::Events(self.element(*schema)),
            [Data::Any(at)] => ReplyBody::Events(self.add_anonymous(*at, Shape::Any)),
            [] | [Data::Text] => ReplyBody::TextEvents,
            several => {
                // Whoever reads the data by himself has a type for it.
                for data in several {
                    if let Data::Json(schema) = data {
                        self.element(*schema);
                    }
                }
                let message = "the data of these events differs: it is text, and there are types for \
                               what it holds";
                let diag = Diag::new(Code::UnsupportedFeature, node.key_place(), message);
                self.diags.report(diag);
                ReplyBody::TextEvents
            }
        }
    }

    /// What the data may be in the alternatives that the schema at `node` has, each once; nothing where
    /// it does not say.
    fn data_alternatives(
        &mut self,
        node: NodeRef<'d>,
        seen: &mut Seen<'d>,
    ) -> Vec<Option<Data<'d>>> {
        if let Some(known) = seen.get(&node) {
            return known.clone();
        }
        if seen.len() > LOOKED_AT {
            return vec![None];
        }
        seen.insert(node, vec![None]);
        let data = node.get("properties").and_then(|all| all.get("data"));
        let mut own = data.map(|data| self.data(data));
        let mut several = Vec::new();
        let parts = node.referenced("$ref", self.diags).into_iter();
        let all_of = node.get("allOf").into_iter().flat_map(NodeRef::items);
        for part in parts.chain(all_of) {
            match self.data_alternatives(part, seen).as_slice() {
                [only] => own = more_telling(own, *only),
                more => several.extend_from_slice(more),
            }
        }
        for key in ["oneOf", "anyOf"] {
            for part in node.get(key).into_iter().flat_map(NodeRef::items) {
                several.extend(self.data_alternatives(part, seen));
            }
        }
        let mut found = Vec::new();
        let alternatives = several.into_iter().map(|data| more_telling(own, data));
        for data in alternatives {
            if !found.contains(&data) {
                found.push(data);
            }
        }
        if found.is_empty() {
            found.push(own);
        }
        seen.insert(node, found.clone());
        found
    }

    /// What the schema at `node`, of the property `data`, says.
    fn data(&mut self, node: NodeRef<'d>) -> Data<'d> {
        let schema = node.resolve(self.diags).unwrap_or(node);
        let media_type = schema.get("contentMediaType").and_then(NodeRef::as_str);
        let is_json = media_type.is_none_or(|text| family(text) == Some(Family::Json));
        match schema.get("contentSchema") {
            Some(content) if is_json => {
                return Data::Json(content.resolve(self.diags).unwrap_or(content));
            }
            Some(_) => return Data::Text,
            None if media_type.is_some() && is_json => return Data::Any(node),
            None => {}
        }
        let ty = self.type_of(node);
        let target = target(&self.types, ty);
        match &self.types[target.index()].shape {
            Shape::Any => Data::Text,
            shape if is_text(shape) => Data::Text,
            _ => Data::Json(schema),
        }
    }
}

/// Of two things that are said of the same data the one that says more.
fn more_telling<'d>(a: Option<Data<'d>>, b: Option<Data<'d>>) -> Option<Data<'d>> {
    match (a, b) {
        (Some(Data::Json(_) | Data::Any(_)), Some(Data::Text) | None) => a,
        (_, Some(_)) => b,
        (_, None) => a,
    }
}

/// Whether the schema at `node` is that of events and not of their data: it has one of their
/// properties, and none but these where `strict`.
fn is_event<'d>(
    node: NodeRef<'d>,
    lowering: &Lowering<'d>,
    seen: &mut Vec<NodeRef<'d>>,
    strict: bool,
) -> bool {
    if seen.contains(&node) || seen.len() > LOOKED_AT {
        return false;
    }
    seen.push(node);
    let names = || {
        node.get("properties")
            .into_iter()
            .flat_map(NodeRef::entries)
    };
    let known = |name: &str| name == "data" || FIELDS.contains(&name);
    let (has_data, has_others) = (
        names().any(|(name, _)| name == "data"),
        names().any(|(name, _)| FIELDS.contains(&name)),
    );
    let own = match strict {
        true => has_data && has_others && names().all(|(name, _)| known(name)),
        false => has_data || has_others,
    };
    let parts = node.referenced("$ref", lowering.diags).into_iter();
    let composed = ["allOf", "oneOf", "anyOf"].into_iter();
    let composed = composed.flat_map(|key| node.get(key).into_iter().flat_map(NodeRef::items));
    own || parts
        .chain(composed)
        .any(|part| is_event(part, lowering, seen, strict))
}

/// Whether values of a shape are text and not JSON where they are the data of an event.
fn is_text(shape: &Shape) -> bool {
    match shape {
        Shape::Scalar(scalar) | Shape::Newtype(scalar) => scalar.is_text(),
        Shape::Enum(EnumValues::Texts(_)) => true,
        Shape::Enum(EnumValues::Integers(_) | EnumValues::Mixed(_))
        | Shape::Struct { .. }
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
