//! Operations: what is sent, and to where.

use std::collections::BTreeSet;

use super::{DEFAULT_TAG, Lowering, extension, external_docs};
use crate::diag::{Code, Diag};
use crate::document::{Kind, NodeRef};
use crate::ir::{Body, Content, Doc, Method, Operation, Payload};

/// An operation's place: the path and its node, the method, the operation's own node.
struct Found<'d> {
    path: &'d str,
    item: NodeRef<'d>,
    method: Method,
    node: NodeRef<'d>,
}

impl<'d> Lowering<'d> {
    /// Every operation of the document, in its order.
    fn found(&self, root: NodeRef<'d>) -> Vec<Found<'d>> {
        let mut found = Vec::new();
        for (path, item) in root.get("paths").into_iter().flat_map(NodeRef::entries) {
            if path.starts_with("x-") {
                continue;
            }
            let Some(item) = item.resolve(self.diags) else {
                continue;
            };
            for (key, method) in Method::ALL {
                if let Some(node) = item.get(key).filter(|node| node.is_object()) {
                    found.push(Found {
                        path,
                        item,
                        method,
                        node,
                    });
                }
            }
        }
        found
    }

    /// Gives each operation an id before anything is named after it. An id that occurs twice, or is
    /// missing, is made from method and path.
    pub(super) fn find_operation_ids(&mut self, root: NodeRef<'d>) {
        let found = self.found(root);
        let mut taken: BTreeSet<String> = BTreeSet::new();
        for Found {
            path, method, node, ..
        } in found
        {
            let derived = |taken: &BTreeSet<String>| free_id(method, path, taken);
            let id = match node.get("operationId").and_then(NodeRef::as_str) {
                Some(id) if !id.trim().is_empty() => {
                    if taken.insert(id.to_owned()) {
                        id.to_owned()
                    } else {
                        let derived = derived(&taken);
                        let message = format!(
                            "another operation has the id `{id}` already: this one is called `{derived}`"
                        );
                        let at = node.get("operationId").unwrap_or(node).place();
                        self.diags
                            .report(Diag::new(Code::DuplicateOperationId, at, message));
                        derived
                    }
                }
                Some(_) | None => {
                    let derived = derived(&taken);
                    let message =
                        format!("the operation has no `operationId`: it is called `{derived}`");
                    self.diags.report(Diag::new(
                        Code::MissingOperationId,
                        node.key_place(),
                        message,
                    ));
                    derived
                }
            };
            taken.insert(id.clone());
            self.operation_ids.insert(node, id);
        }
    }

    /// Every operation that can be sent as the document asks.
    pub(super) fn operations(&mut self, root: NodeRef<'d>) -> Vec<Operation> {
        let mut operations = Vec::new();
        let mut lowered = Vec::new();
        for found in self.found(root) {
            if let Some(operation) = self.operation(&found) {
                operations.push(operation);
                lowered.push(found.node);
            }
        }
        self.links(&mut operations, &lowered);
        operations
    }

    fn operation(&mut self, found: &Found<'d>) -> Option<Operation> {
        let Found {
            path,
            item,
            method,
            node,
        } = *found;
        let view = node.view::<openapiv3::Operation>(Kind::Operation, self.diags)?;
        let id = self.operation_ids.get(&node)?.clone();
        if !path.starts_with('/') {
            let message =
                format!("a path begins with `/`, this one is `{path}`: the operation is left out");
            self.diags
                .report(Diag::new(Code::InvalidPath, item.key_place(), message));
            return None;
        }
        let parameters = self.parameters(path, item, node)?;
        let body = match node.get("requestBody") {
            Some(body) => self.body(body)?,
            None => None,
        };
        let replies = self.replies(node)?;
        if let Some(callbacks) = node
            .get("callbacks")
            .filter(|callbacks| !callbacks.is_empty())
        {
            let message = "callbacks are not supported yet: nothing is emitted for them";
            let diag = Diag::new(Code::UnsupportedFeature, callbacks.key_place(), message);
            self.diags.report(diag);
        }
        let auth = self.auth(node)?;
        let server = self.server_of(item, node);
        let mut tags = view.tags;
        if tags.is_empty() {
            tags.push(DEFAULT_TAG.to_owned());
        }
        self.add_tag(&tags[0]);
        Some(Operation {
            id,
            method,
            path: path.to_owned(),
            parameters,
            body,
            replies,
            auth,
            server,
            tags,
            doc: Doc {
                title: view.summary,
                description: view.description,
                external: node.get("externalDocs").and_then(external_docs),
                deprecated: view.deprecated,
            },
            permission: extension::permission(node, self.diags),
            pin: extension::rust_name(node, self.diags),
            pointer: node.pointer(),
        })
    }

    /// The request body at `node`. The outer `None` skips the operation.
    fn body(&mut self, node: NodeRef<'d>) -> Option<Option<Body>> {
        let Some(node) = node.resolve(self.diags) else {
            let message = "the operation is left out: nobody knows what its body is";
            let diag = Diag::new(Code::UnreadableObject, node.place(), message);
            self.diags.report(diag);
            return None;
        };
        let view = node.view::<openapiv3::RequestBody>(Kind::RequestBody, self.diags)?;
        let content: Vec<_> = node
            .get("content")
            .into_iter()
            .flat_map(NodeRef::entries)
            .collect();
        let Some(&(media_type, media)) = content.iter().find(|(name, _)| is_json(name)) else {
            let Some((name, media)) = content.first() else {
                return Some(None);
            };
            let message = format!(
                "a request body of `{name}` is not supported yet: the operation is left out"
            );
            self.diags.report(Diag::new(
                Code::UnsupportedMediaType,
                media.key_place(),
                message,
            ));
            return None;
        };
        let ty = match media.get("schema") {
            Some(schema) => self.body_type(schema),
            None => self.add_anonymous(media, crate::ir::Shape::Any),
        };
        self.note_other_media(&content, media_type);
        let doc = Doc {
            description: view.description,
            ..Doc::default()
        };
        Some(Some(Body {
            required: view.required,
            contents: vec![Content {
                media_type: media_type.to_owned(),
                payload: Payload::Json(ty),
                example: self.example(media),
            }],
            doc,
        }))
    }

    /// The type of a body, null included where it may be that.
    pub(super) fn body_type(&mut self, schema: NodeRef<'d>) -> crate::ir::TypeId {
        self.element(schema)
    }

    /// Notes the media types beside the one that is used.
    pub(super) fn note_other_media(&self, content: &[(&'d str, NodeRef<'d>)], used: &str) {
        for (name, media) in content.iter().filter(|(name, _)| *name != used) {
            let message = format!("`{name}` is not used beside `{used}`");
            let diag = Diag::new(Code::UnsupportedFeature, media.key_place(), message);
            self.diags.report(diag);
        }
    }

    /// The example of a media type: `example`, or the first of `examples`.
    fn example(&self, media: NodeRef<'d>) -> Option<serde_json::Value> {
        if let Some(example) = media.get("example") {
            return Some(example.to_json());
        }
        let (_, first) = media.get("examples")?.entries().next()?;
        Some(first.resolve(self.diags)?.get("value")?.to_json())
    }
}

/// Whether a media type is JSON (RFC 8259; the suffix of RFC 6839, section 3.1).
pub(super) fn is_json(media_type: &str) -> bool {
    let essence = media_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    essence == "application/json" || essence.ends_with("+json") || essence == "text/json"
}

/// An id made from method and path that no operation has yet.
fn free_id(method: Method, path: &str, taken: &BTreeSet<String>) -> String {
    let id = derived_id(method, path);
    let numbered = (2_u32..).map(|n| format!("{id}_{n}"));
    let mut free = [id.clone()].into_iter().chain(numbered);
    free.find(|id| !taken.contains(id)).unwrap_or(id)
}

/// An id made from method and path: `get /v2/{id}/tags` is `get_v2_by_id_tags`.
fn derived_id(method: Method, path: &str) -> String {
    let mut id = method.as_str().to_lowercase();
    for part in path.split('/').filter(|part| !part.is_empty()) {
        id.push('_');
        let word = part.replace('{', "by_").replace('}', "");
        id.push_str(&word);
    }
    id
}
