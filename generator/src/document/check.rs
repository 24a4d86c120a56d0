//! Holding a whole document against the specification.
//!
//! In goes a document; out go reports of keys that the specification does not define, of values of
//! another type, of required keys that are missing, and of keys beside `$ref`. Examples, default
//! values and extensions are not looked into. Nothing is changed: a document with reports is read
//! as far as it can be.

use indexmap::IndexSet;

use super::fit::{Fit, element, fit};
use super::kinds::{Key, Kind, Shape};
use super::node::NodeRef;
use super::{Document, NodeId, Version};
use crate::diag::{Code, Diag, Diags, nearest};

/// Extensions with this prefix are the generator's own.
const RESERVED: &str = "x-bindery-";

/// What may stand beside `$ref` in a Reference Object from OpenAPI 3.1 on.
const WORDS: [&str; 2] = ["summary", "description"];

/// Reports whatever in `document` is not as the specification of its version has it. Each node is
/// looked at once, also what only references lead to.
///
/// A document of Swagger 2.0 was held against its specification when it was read, before it was upgraded:
/// this is said here.
pub fn check(document: &Document, diags: &Diags) {
    match &document.found {
        Some(found) => found.iter().for_each(|diag| diags.report(diag.clone())),
        None => check_nodes(document, diags),
    }
}

/// The same for the nodes as they are.
pub(super) fn check_nodes(document: &Document, diags: &Diags) {
    let mut check = Check {
        document,
        diags,
        seen: IndexSet::new(),
        pending: vec![(document.root(), Kind::OpenApi)],
        referenced: Vec::new(),
        nullable: false,
    };
    loop {
        while let Some((node, kind)) = check.pending.pop() {
            check.object(node, kind);
        }
        // What references lead to has a place of its own as a rule, and is known by now.
        let Some((node, kind)) = check.referenced.pop() else {
            return;
        };
        if let Some(target) = node.resolve(diags)
            && target.is_object()
        {
            check.pending.push((target, kind));
        }
    }
}

struct Check<'d> {
    document: &'d Document,
    diags: &'d Diags,
    /// The objects that were looked at.
    seen: IndexSet<NodeId>,
    /// Objects to be looked at.
    pending: Vec<(NodeRef<'d>, Kind)>,
    /// Reference Objects and what they should lead to.
    referenced: Vec<(NodeRef<'d>, Kind)>,
    /// Whether a `nullable` left over from OpenAPI 3.0 was reported.
    nullable: bool,
}

impl<'d> Check<'d> {
    fn object(&mut self, node: NodeRef<'d>, kind: Kind) {
        if !self.seen.insert(node.id()) {
            return;
        }
        let spec = kind.spec(self.document.version());
        if matches!(kind, Kind::Schema | Kind::PathItem) {
            // What stands beside the reference counts, and so does what it leads to.
            for key in ["$ref", "$dynamicRef"] {
                let target = node.referenced(key, self.diags);
                self.pending.extend(target.map(|target| (target, kind)));
            }
        }
        for (name, child) in node.entries() {
            if name.starts_with(RESERVED) {
                let message = format!("`{name}`: keys with `{RESERVED}` are the generator's own");
                let diag = Diag::new(Code::InvalidExtension, child.key_place(), message);
                self.diags.report(diag.help("remove the key"));
            } else if let Some(key) = spec.key(name) {
                self.leftover(name, child, kind);
                self.value(child, kind, key);
            } else if !name.starts_with("x-") && !spec.is_patterned() {
                self.unknown(name, child, kind);
            }
        }
        let missing = |key: &&'static Key| key.required && node.get(key.name).is_none();
        for key in spec.keys().filter(missing) {
            let message = format!("the {} has no `{}`", spec.name(), key.name);
            let help = format!("add `{}`: the specification requires it", key.name);
            self.diags
                .report(Diag::new(Code::MissingKey, node.place(), message).help(help));
        }
    }

    /// Looks at what is under a key that the specification defines.
    fn value(&mut self, node: NodeRef<'d>, kind: Kind, key: &Key) {
        let Fit::Exact = fit(node, kind, key, self.diags) else {
            return;
        };
        match key.shape {
            Shape::Object(kind) => self.pending.push((node, kind)),
            Shape::Ref(kind) if node.reference().is_some() => self.reference(node, kind),
            Shape::Ref(kind) => self.pending.push((node, kind)),
            Shape::FlagOrSchema | Shape::Schema | Shape::SchemaOrList if node.is_object() => {
                self.value(node, kind, &element(key, Shape::Ref(Kind::Schema)));
            }
            Shape::SchemaOrList => {
                for item in node.items() {
                    self.value(item, kind, &element(key, Shape::Schema));
                }
            }
            Shape::List(shape) => {
                for item in node.items() {
                    self.value(item, kind, &element(key, *shape));
                }
            }
            Shape::Map(shape) => {
                for (_, child) in node.entries() {
                    self.value(child, kind, &element(key, *shape));
                }
            }
            Shape::Scopes => {
                for item in node.items() {
                    self.value(item, kind, &element(key, Shape::Text));
                }
            }
            Shape::Any
            | Shape::Text
            | Shape::Flag
            | Shape::Count
            | Shape::Number
            | Shape::OneOf(_)
            | Shape::Style
            | Shape::FlagOrSchema
            | Shape::Schema => {}
        }
    }

    /// Reports what another version allows and this one doesn't, although it is understood.
    fn leftover(&mut self, name: &str, child: NodeRef<'d>, kind: Kind) {
        match self.document.version() {
            Version::Swagger20 => return self.ahead(name, child, kind),
            Version::OpenApi30 => return,
            Version::OpenApi31 | Version::OpenApi32 => {}
        }
        if (kind, name) == (Kind::Schema, "nullable") && !self.nullable {
            // A document that has it once has it everywhere.
            self.nullable = true;
            let message = "`nullable` belongs to OpenAPI 3.0; here and elsewhere it is understood";
            let diag = Diag::new(Code::UnknownKey, child.key_place(), message);
            self.diags
                .report(diag.help("write `type: [string, 'null']`"));
        }
        if (kind, name) == (Kind::ServerVariable, "enum") && child.is_array() && child.is_empty() {
            let message = "`enum` is empty, so no value is allowed; it is ignored";
            self.diags
                .report(Diag::new(Code::WrongType, child.place(), message));
        }
    }

    /// Reports what only OpenAPI 3.0 allows, in a document of Swagger 2.0.
    fn ahead(&self, name: &str, child: NodeRef<'d>, kind: Kind) {
        if (kind, name) == (Kind::Schema, "discriminator") && child.as_str().is_none() {
            let (code, what) = match child.is_object() {
                true => (Code::WrongType, "belongs to OpenAPI 3.0; it is understood"),
                false => (Code::UnsupportedSchema, "is no string; it is ignored"),
            };
            let message = format!("`discriminator` as {} {what}", child.type_name());
            self.diags
                .report(Diag::new(code, child.key_place(), message));
        }
        let newer = [
            "oneOf",
            "anyOf",
            "not",
            "nullable",
            "writeOnly",
            "deprecated",
        ];
        if kind == Kind::Schema && newer.contains(&name) {
            let message = format!("`{name}` belongs to OpenAPI 3.0; it is understood");
            self.diags
                .report(Diag::new(Code::UnknownKey, child.key_place(), message));
        }
    }

    fn reference(&mut self, node: NodeRef<'d>, kind: Kind) {
        let has_words = self.document.version() >= Version::OpenApi31;
        let is_older = self.document.version() < Version::OpenApi30;
        let counts = |name| {
            name == "$ref"
                || has_words && WORDS.contains(&name)
                || is_older && kind == Kind::Schema && name == "x-nullable"
        };
        let siblings: Vec<_> = node.entries().filter(|&(name, _)| !counts(name)).collect();
        if let Some((_, first)) = siblings.first() {
            let names: Vec<_> = siblings
                .iter()
                .map(|(name, _)| format!("`{name}`"))
                .collect();
            let have = if names.len() == 1 { "has" } else { "have" };
            let message = format!("{} beside `$ref` {have} no effect", names.join(", "));
            let diag = Diag::new(Code::ReferenceSiblings, first.key_place(), message);
            self.diags.report(match kind {
                Kind::Schema => diag.help("wrap the reference: `allOf: [{$ref: …}]`"),
                _ => diag.help("remove what is beside it, or write the object out"),
            });
        }
        self.referenced.push((node, kind));
    }

    fn unknown(&self, name: &str, child: NodeRef<'d>, kind: Kind) {
        let version = self.document.version();
        let spec = kind.spec(version);
        let nearest = nearest(name, spec.keys().map(|key| key.name));
        // Any word may be an annotation (JSON Schema Core 2020-12, section 6.5).
        let annotation = kind == Kind::Schema && version >= Version::OpenApi31;
        if annotation && nearest.is_none() {
            return;
        }
        let message = format!("`{name}` is no key of the {}; it is ignored", spec.name());
        let diag = Diag::new(Code::UnknownKey, child.key_place(), message);
        let later = [Version::OpenApi30, Version::OpenApi31, Version::OpenApi32]
            .into_iter()
            .find(|&later| later > version && kind.spec(later).key(name).is_some());
        self.diags.report(match nearest {
            _ if later.is_some() => {
                let later = later.map_or("", Version::name);
                diag.help(format!("the key belongs to {later}"))
            }
            Some(nearest) => diag.help(format!("`{nearest}` may have been meant")),
            None => diag.help("give extensions a name that begins with `x-`"),
        });
    }
}
