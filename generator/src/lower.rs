//! Lowering: from a document to the model of its API.
//!
//! In goes a [`Document`] that was read and checked, out comes an [`Api`]. Every decision that needs
//! the document is taken here: what a schema becomes, what a broken part costs. It knows nothing
//! of the names of Rust items.
//!
//! What cannot be read or expressed is widened (a property, the body of a reply) or skipped (an
//! operation whose request could not be sent as the document asks), and reported.

mod body;
mod callback;
mod extension;
mod media;
mod multipart;
mod naming;
mod oauth;
mod operation;
mod parameter;
mod reply;
mod schema;
mod security;
mod server;
mod stream;

use std::collections::BTreeMap;

use crate::diag::{Diags, Failed};
use crate::document::{Document, Kind, NodeRef, Version};
use crate::ir::{Api, Doc, ExternalDocs, Info, Tag, TypeDef, TypeId};

/// The tag of operations that have none.
pub const DEFAULT_TAG: &str = "default-tag";

/// Lowers `document`.
///
/// # Errors
///
/// When something was reported as an error: an extension of ours that cannot be understood.
pub fn lower(document: &Document, diags: &Diags) -> Result<Api, Failed> {
    let mut lowering = Lowering {
        document,
        diags,
        types: Vec::new(),
        schemas: schema::Schemas::default(),
        operation_ids: BTreeMap::new(),
        servers: Vec::new(),
        variables: Vec::new(),
        security_schemes: Vec::new(),
        unsupported_schemes: BTreeMap::new(),
        client_parameters: Vec::new(),
        tags: Vec::new(),
    };
    let api = lowering.api();
    diags.finish(api)
}

/// What lowering has found so far.
struct Lowering<'d> {
    document: &'d Document,
    diags: &'d Diags,
    types: Vec<TypeDef>,
    schemas: schema::Schemas<'d>,
    /// The id of each operation, by its node: what inline schemas within it are named after.
    operation_ids: BTreeMap<NodeRef<'d>, String>,
    servers: Vec<crate::ir::Server>,
    variables: Vec<crate::ir::ServerVariable>,
    security_schemes: Vec<crate::ir::SecurityScheme>,
    /// The schemes that cannot be expressed: where each is declared, and why.
    unsupported_schemes: BTreeMap<&'d str, (NodeRef<'d>, String)>,
    client_parameters: Vec<crate::ir::ClientParameter>,
    tags: Vec<Tag>,
}

impl<'d> Lowering<'d> {
    fn api(&mut self) -> Api {
        let root = self.document.root();
        let info = self.info(root);
        self.tags(root);
        self.root_servers(root);
        self.security_schemes(root);
        self.find_operation_ids(root);
        let documented = self.documented(root);
        self.find_webhook_ids(root);
        self.schemas(root);
        let operations = self.operations(root);
        let webhooks = self.webhooks(root);
        self.report_unchecked();
        self.break_rings();
        self.name_nested();
        self.settle_nulls();
        let used = |tag: &Tag| {
            operations
                .iter()
                .any(|operation| operation.tags.first() == Some(&tag.name))
        };
        Api {
            info,
            servers: std::mem::take(&mut self.servers),
            variables: std::mem::take(&mut self.variables),
            security_schemes: std::mem::take(&mut self.security_schemes),
            client_parameters: std::mem::take(&mut self.client_parameters),
            request_id_headers: extension::request_id_headers(root, self.diags),
            error_body: extension::error_body(root, self.diags),
            types: std::mem::take(&mut self.types),
            tags: std::mem::take(&mut self.tags)
                .into_iter()
                .filter(used)
                .collect(),
            operations,
            documented,
            webhooks,
        }
    }

    fn info(&mut self, root: NodeRef<'d>) -> Info {
        let Some(node) = root.get("info") else {
            return Info::default();
        };
        let external = root.get("externalDocs").and_then(external_docs);
        let text = |key: &str| node.get(key).and_then(NodeRef::text).map(str::to_owned);
        Info {
            title: text("title").unwrap_or_default(),
            version: text("version").unwrap_or_default(),
            doc: Doc {
                title: None,
                description: text("description"),
                external,
                deprecated: false,
            },
        }
    }

    fn tags(&mut self, root: NodeRef<'d>) {
        for node in root.get("tags").into_iter().flat_map(NodeRef::items) {
            let Some(tag) = node.view::<openapiv3::Tag>(Kind::Tag, self.diags) else {
                continue;
            };
            let newest = self.document.version() >= Version::OpenApi32;
            let text = |key: &str| {
                let text = node.get(key).filter(|_| newest)?.text()?.trim();
                (!text.is_empty()).then(|| text.to_owned())
            };
            let doc = Doc {
                title: text("summary"),
                description: tag.description,
                external: node.get("externalDocs").and_then(external_docs),
                deprecated: false,
            };
            if self.tags.iter().all(|known| known.name != tag.name) {
                self.tags.push(Tag {
                    name: tag.name,
                    kind: text("kind"),
                    parents: text("parent").into_iter().collect(),
                    doc,
                });
            }
        }
        self.ancestors();
    }

    /// Gives each tag the parents of its parent, as far as they lead to no tag twice.
    fn ancestors(&mut self) {
        let parent_of = |name: &str| {
            let tag = self.tags.iter().find(|tag| tag.name == name);
            tag.and_then(|tag| tag.parents.first())
        };
        let lines = self.tags.iter().map(|tag| {
            let mut line: Vec<String> = Vec::new();
            let mut next = tag.parents.first();
            while let Some(parent) = next.filter(|name| **name != tag.name && !line.contains(name))
            {
                line.push(parent.clone());
                next = parent_of(parent);
            }
            line
        });
        let lines: Vec<Vec<String>> = lines.collect();
        for (tag, line) in self.tags.iter_mut().zip(lines) {
            tag.parents = line;
        }
    }

    /// Adds a tag that an operation has and the document does not declare.
    fn add_tag(&mut self, name: &str) {
        if self.tags.iter().all(|known| known.name != name) {
            self.tags.push(Tag {
                name: name.to_owned(),
                kind: None,
                parents: Vec::new(),
                doc: Doc::default(),
            });
        }
    }

    /// Takes a type into the arena.
    fn add_type(&mut self, def: TypeDef) -> TypeId {
        let id = TypeId::new(self.types.len());
        self.types.push(def);
        id
    }
}

/// An External Documentation Object (OpenAPI 3.0.3, section 4.7.11).
fn external_docs(node: NodeRef<'_>) -> Option<ExternalDocs> {
    Some(ExternalDocs {
        url: node.get("url")?.as_str()?.to_owned(),
        description: node
            .get("description")
            .and_then(NodeRef::as_str)
            .map(str::to_owned),
    })
}
