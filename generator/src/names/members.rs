//! What is in a type: fields with their setters, and variants.

use super::case::{Case, spelled_out};
use super::plan::Namer;
use super::{FieldNames, Name, Request};
use crate::diag::reference_to;
use crate::ir::{EnumValues, Field, Presence, Shape, TypeDef, TypeId, Variant};

/// Methods that every model has, of its own or by a trait that people call it by, and those that would
/// be taken for an operator (Clippy's `should_implement_trait`).
const MODEL_METHODS: &[&str] = &[
    "new", "default", "clone", "add", "bitand", "bitor", "bitxor", "div", "mul", "rem", "shl",
    "shr", "sub",
];

/// What the field is called that holds properties which are not listed.
const REST: &str = "additional_properties";

/// The names of what is in a type.
#[derive(Default)]
pub(super) struct Members {
    pub(super) fields: Vec<FieldNames>,
    pub(super) rest: Option<Name>,
    pub(super) variants: Vec<Name>,
}

impl<'a> Namer<'a> {
    /// The names of what is in the type `id`.
    pub(super) fn members(&mut self, id: TypeId) -> Members {
        let def = self.api.ty(id);
        match &def.shape {
            Shape::Struct { fields, rest } => self.fields(def, fields, rest.is_some()),
            Shape::Enum(values) => self.values(def, values),
            Shape::Union { variants, .. } => self.alternatives(def, variants),
            Shape::Newtype(_)
            | Shape::Wrapper(_)
            | Shape::Alias(_)
            | Shape::Nullable(_)
            | Shape::Array(_)
            | Shape::Tuple(_)
            | Shape::Map(_)
            | Shape::Scalar(_)
            | Shape::Any => Members::default(),
        }
    }

    fn fields(&mut self, def: &'a TypeDef, fields: &'a [Field], rest: bool) -> Members {
        let of = format!("`{}`", reference_to(&def.identity()));
        let reserved: &[&str] = if rest { &[REST] } else { &[] };
        let requests = fields.iter().enumerate().map(|(index, field)| Request {
            key: index,
            text: field.key.clone(),
            fallbacks: vec![spelled_out(&field.key)],
            pin: field.pin.as_deref(),
            identity: format!("{} {}", def.identity(), field.key),
            pointer: &field.pointer,
        });
        let names = self.list("fields", &of, Case::Value, reserved, requests.collect());
        // A setter is called like its field, unless methods of ours are. The one for null comes after
        // all that set values.
        let setter = |index: usize, null: bool| {
            let (field, name) = (&fields[index], &names[index]);
            let suffix = if null { " null" } else { "" };
            Request {
                key: (null, index),
                text: format!("{}{suffix}", name.plain()),
                fallbacks: vec![format!("with {}{suffix}", name.plain())],
                pin: None,
                identity: format!("{} {}{suffix}", def.identity(), field.key),
                pointer: &field.pointer,
            }
        };
        let mut scope = self.scope("setters", &of, Case::Value, MODEL_METHODS);
        let values = (0..fields.len())
            .map(|index| setter(index, false))
            .collect();
        let mut setters = self.assign(&mut scope, values);
        let nulls = (0..fields.len())
            .filter(|&index| fields[index].presence == Presence::OptionalNullable)
            .map(|index| setter(index, true))
            .collect();
        setters.extend(self.assign(&mut scope, nulls));
        let fields = names.iter().enumerate().filter_map(|(index, field)| {
            Some(FieldNames {
                field: field.clone(),
                setter: setters.get(&(false, index))?.clone(),
                null: setters.get(&(true, index)).cloned(),
            })
        });
        Members {
            fields: fields.collect(),
            rest: rest.then(|| Name(REST.to_owned())),
            variants: Vec::new(),
        }
    }

    fn values(&mut self, def: &'a TypeDef, values: &EnumValues) -> Members {
        let pointer = format!("{}/enum", def.pointer);
        let texts = values.texts();
        let requests = texts.iter().enumerate().map(|(index, text)| Request {
            key: index,
            text: text.clone(),
            fallbacks: vec![spelled_out(text), format!("{text} value")],
            pin: None,
            identity: format!("{}/enum {text}", def.identity()),
            pointer: &pointer,
        });
        let of = format!("`{}`", reference_to(&def.identity()));
        let requests = requests.collect();
        Members {
            variants: self.list("variants", &of, Case::Type, &["Unknown"], requests),
            ..Members::default()
        }
    }

    fn alternatives(&mut self, def: &'a TypeDef, variants: &'a [Variant]) -> Members {
        let requests = variants.iter().enumerate().map(|(index, variant)| Request {
            key: index,
            text: variant.label.clone(),
            fallbacks: vec![
                spelled_out(&variant.label),
                format!("{} variant", variant.label),
            ],
            pin: variant.pin.as_deref(),
            identity: format!("{} {}", def.identity(), variant.pointer),
            pointer: &variant.pointer,
        });
        let of = format!("`{}`", reference_to(&def.identity()));
        let requests = requests.collect();
        Members {
            variants: self.list("variants", &of, Case::Type, &["Unknown"], requests),
            ..Members::default()
        }
    }
}
