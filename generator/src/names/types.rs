//! The items of `types`: their names, their modules, their members.

use std::collections::BTreeMap;

use super::case::Case;
use super::plan::Namer;
use super::{Name, Request, TypeNames};
use crate::ir::{Api, Naming, Segment, Shape, TypeDef, TypeId, TypeRoot};

/// Names that emitted files use as they are: of the prelude, and imported from the runtime. No
/// emitted item may be called like one, so that every file reads as one written by hand.
pub(super) const RESERVED: &[&str] = &[
    "Self",
    "Option",
    "Some",
    "None",
    "Result",
    "Ok",
    "Err",
    "Box",
    "Vec",
    "String",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "PartialEq",
    "Eq",
    "PartialOrd",
    "Ord",
    "Hash",
    "From",
    "Into",
    "AsRef",
    "Display",
    "Iterator",
    "IntoIterator",
    "IntoFuture",
    "Future",
    "Send",
    "Sync",
    "Sized",
    "Drop",
    "Fn",
    "FnMut",
    "FnOnce",
    "ToString",
    "ToOwned",
    "TryFrom",
    "TryInto",
    "Serialize",
    "Serializer",
    "Deserialize",
    "Deserializer",
    "Object",
    "FieldAccess",
    "ObjectWriter",
    "UnknownValue",
    "BTreeMap",
    "Value",
    "Client",
    "ClientBuilder",
    "Credentials",
    "Error",
    "AnyError",
    "Response",
    "Call",
    "Method",
    "OperationInfo",
    "Duration",
    "BoxFuture",
    "Secret",
    "AccessKey",
    "ToParameter",
    "ParameterValue",
    "Patch",
];

/// Names that a file cannot have on every system, or that stand for a module of ours.
pub(super) const RESERVED_FILES: &[&str] = &[
    "mod", "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7",
    "com8", "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// The largest number of required fields that are positional arguments of `new`.
pub const MAX_POSITIONAL: usize = 3;

/// A type that is an item: its id and definition, where its place begins and goes on, its pin.
type Item<'a> = (
    TypeId,
    &'a TypeDef,
    &'a TypeRoot,
    &'a [Segment],
    Option<&'a str>,
);

/// Names every item of `types`.
pub(super) fn type_names(namer: &mut Namer<'_>) -> BTreeMap<TypeId, TypeNames> {
    let api = namer.api;
    let items: Vec<Item<'_>> = api
        .types
        .iter()
        .enumerate()
        .filter_map(|(index, def)| match &def.naming {
            Naming::Anonymous => None,
            Naming::Item { root, path, pin } => Some((
                TypeId::new(index),
                def,
                root,
                path.as_slice(),
                pin.as_deref(),
            )),
        })
        .collect();
    let mut scope = namer.scope("types", "", Case::Type, RESERVED);
    // What is derived from a type is named first: a schema `TagRequired` that is added later must
    // not rename what belongs to `Tag`.
    let derived = items
        .iter()
        .filter(|(_, def, ..)| needs_required(api, def))
        .map(|&(id, def, root, path, pin)| Request {
            key: id,
            text: format!(
                "{} Required",
                pin.map_or_else(|| text(root, path), str::to_owned)
            ),
            fallbacks: vec![format!("{} RequiredFields", text(root, path))],
            pin: None,
            identity: format!("{} required", def.identity()),
            pointer: &def.pointer,
        });
    let mut required = namer.assign(&mut scope, derived.collect());
    let wanted = items.iter().map(|&(id, def, root, path, pin)| Request {
        key: id,
        text: text(root, path),
        fallbacks: fallbacks(root, path, def),
        pin,
        identity: def.identity(),
        pointer: &def.pointer,
    });
    let names = namer.assign(&mut scope, wanted.collect());
    let modules = modules(namer, &items, &names);
    items
        .iter()
        .filter_map(|&(id, _, root, ..)| {
            let members = namer.members(id);
            let names = TypeNames {
                name: names.get(&id)?.clone(),
                required: required.remove(&id),
                module: modules.get(root)?.clone(),
                fields: members.fields,
                rest: members.rest,
                variants: members.variants,
            };
            Some((id, names))
        })
        .collect()
}

/// One module for each root: a named schema with its inline children, an operation with its own.
fn modules(
    namer: &mut Namer<'_>,
    items: &[Item<'_>],
    names: &BTreeMap<TypeId, Name>,
) -> BTreeMap<TypeRoot, Name> {
    let mut roots: BTreeMap<&TypeRoot, (String, &str)> = BTreeMap::new();
    for &(id, def, root, path, _) in items {
        let text = match (path, names.get(&id)) {
            ([], Some(name)) => name.plain().to_owned(),
            _ => root_text(root).to_owned(),
        };
        let better = path.is_empty() || !roots.contains_key(root);
        if better {
            roots.insert(root, (text, &def.pointer));
        }
    }
    let requests = roots.iter().map(|(&root, (text, pointer))| Request {
        key: root.clone(),
        text: text.clone(),
        fallbacks: vec![format!("{text} {}", root_word(root))],
        pin: None,
        identity: format!("{} {}", root_word(root), root_text(root)),
        pointer,
    });
    let mut scope = namer.scope("modules", "types", Case::Value, RESERVED_FILES);
    namer.assign(&mut scope, requests.collect())
}

/// Whether `new` takes the required fields as one struct.
fn needs_required(api: &Api, def: &TypeDef) -> bool {
    match &def.shape {
        Shape::Struct { fields, .. } => {
            let asked = fields.iter().filter(|field| api.is_argument(field));
            asked.count() > MAX_POSITIONAL
        }
        Shape::Enum(_)
        | Shape::Union { .. }
        | Shape::Newtype(_)
        | Shape::Wrapper(_)
        | Shape::Alias(_)
        | Shape::Nullable(_)
        | Shape::Array(_)
        | Shape::Tuple(_)
        | Shape::Map(_)
        | Shape::Scalar(_)
        | Shape::Any => false,
    }
}

/// The words of a type's place.
fn text(root: &TypeRoot, path: &[Segment]) -> String {
    let mut words = root_text(root).to_owned();
    for segment in path {
        words.push(' ');
        match segment {
            Segment::Property(key) => words.push_str(key),
            Segment::Parameter(name) => words.push_str(name),
            Segment::Item => words.push_str("Item"),
            Segment::Position(position) => {
                words.push_str("Item");
                words.push_str(&position.to_string());
            }
            Segment::Definition(key) => words.push_str(key),
            Segment::Value => words.push_str("Value"),
            Segment::Body => words.push_str("Body"),
            Segment::Header(name)
            | Segment::Callback(name)
            | Segment::Variant(name)
            | Segment::Kind(name) => {
                words.push_str(name);
            }
            Segment::Base => words.push_str("Base"),
            Segment::Input => words.push_str("Input"),
            Segment::Reply(status) => {
                words.push_str("Response");
                words.push_str(status);
            }
        }
    }
    words
}

/// What to try where the name is taken: the kind of thing that it is.
fn fallbacks(root: &TypeRoot, path: &[Segment], def: &TypeDef) -> Vec<String> {
    let kind = match &def.shape {
        Shape::Struct { .. } => "Object",
        Shape::Enum(_) => "Enum",
        Shape::Union { .. } => "Union",
        Shape::Newtype(_) | Shape::Scalar(_) => "Text",
        Shape::Alias(_) | Shape::Nullable(_) | Shape::Wrapper(_) | Shape::Any => "Schema",
        Shape::Array(_) | Shape::Tuple(_) => "List",
        Shape::Map(_) => "Map",
    };
    let words = text(root, path);
    vec![
        format!("{words} {}", root_word(root)),
        format!("{words} {kind}"),
    ]
}

fn root_text(root: &TypeRoot) -> &str {
    match root {
        TypeRoot::Schema(name) | TypeRoot::Operation(name) | TypeRoot::ServerVariable(name) => name,
    }
}

fn root_word(root: &TypeRoot) -> &'static str {
    match root {
        TypeRoot::Schema(_) => "Schema",
        TypeRoot::Operation(_) => "Operation",
        TypeRoot::ServerVariable(_) => "Variable",
    }
}
