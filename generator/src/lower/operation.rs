//! Operations: what is sent, and to where.

use std::collections::BTreeSet;

use super::{DEFAULT_TAG, Lowering, extension, external_docs, media};
use crate::diag::{Code, Diag, Diags};
use crate::document::{Kind, NodeRef, Version};
use crate::ir::{Doc, Method, Operation};

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
        for (path, item) in self.path_items(root) {
            for (method, node) in self.operations_of(item) {
                found.push(Found {
                    path,
                    item,
                    method,
                    node,
                });
            }
        }
        found
    }

    /// The path items, by their paths.
    fn path_items(&self, root: NodeRef<'d>) -> impl Iterator<Item = (&'d str, NodeRef<'d>)> {
        let paths = root.get("paths").into_iter().flat_map(NodeRef::entries);
        let paths = paths.filter(|(path, _)| !path.starts_with("x-"));
        paths.filter_map(|(path, item)| Some((path, item.resolve(self.diags)?)))
    }

    /// The operations of a path item, its own and those of the item to which its `$ref` leads.
    pub(super) fn operations_of(&self, item: NodeRef<'d>) -> Vec<(Method, NodeRef<'d>)> {
        let mut operations: Vec<(Method, NodeRef<'d>)> = Vec::new();
        let newest = self.document.version() >= Version::OpenApi32;
        for part in item_parts(item, self.diags) {
            let mut add = |method: Method, node: NodeRef<'d>| {
                let known = operations.iter().any(|(known, _)| *known == method);
                if !known && node.is_object() {
                    operations.push((method, node));
                }
            };
            for (key, method) in Method::KEYED {
                if let Some(node) = part.get(key).filter(|_| newest || method != Method::Query) {
                    add(method, node);
                }
            }
            for (token, node) in self.additional_operations(part) {
                match other_method(token) {
                    Ok(method) => add(method, node),
                    Err(reason) => {
                        let message = format!("{reason}: the operation is left out");
                        let diag = Diag::new(Code::UnsupportedMethod, node.key_place(), message);
                        self.diags.report(diag);
                    }
                }
            }
        }
        operations
    }

    /// What stands under `additionalOperations` of a path item, from OpenAPI 3.2 on.
    fn additional_operations(
        &self,
        item: NodeRef<'d>,
    ) -> impl Iterator<Item = (&'d str, NodeRef<'d>)> + use<'d> {
        let newest = self.document.version() >= Version::OpenApi32;
        let others = item.get("additionalOperations").filter(|_| newest);
        others.into_iter().flat_map(NodeRef::entries)
    }

    /// The JSON Pointers of all operations, those with a method that cannot be sent included.
    pub(super) fn documented(&self, root: NodeRef<'d>) -> Vec<String> {
        let mut nodes: BTreeSet<NodeRef<'d>> = self.operation_ids.keys().copied().collect();
        for (_, item) in self.path_items(root) {
            for part in item_parts(item, self.diags) {
                let others = self.additional_operations(part);
                nodes.extend(others.map(|(_, node)| node).filter(|node| node.is_object()));
            }
        }
        nodes.into_iter().map(NodeRef::pointer).collect()
    }

    /// Gives each operation an id before anything is named after it. An id that occurs twice, or is
    /// missing, is made from method and path.
    pub(super) fn find_operation_ids(&mut self, root: NodeRef<'d>) {
        let found = self.found(root);
        let declared = |node: NodeRef<'d>| {
            let id = node.get("operationId").and_then(NodeRef::as_str);
            id.filter(|id| !id.trim().is_empty())
        };
        // What a document declares is never taken by what is made up.
        let mut taken: BTreeSet<String> = found
            .iter()
            .filter_map(|found| declared(found.node))
            .map(str::to_owned)
            .collect();
        let mut given: BTreeSet<&str> = BTreeSet::new();
        for Found {
            path, method, node, ..
        } in found
        {
            let id = match declared(node) {
                Some(id) if given.insert(id) => id.to_owned(),
                Some(id) => {
                    let derived = free_id(&method, path, &taken);
                    let message = format!(
                        "another operation has the id `{id}` already: this one is called `{derived}`"
                    );
                    let at = node.get("operationId").unwrap_or(node).place();
                    self.diags
                        .report(Diag::new(Code::DuplicateOperationId, at, message));
                    derived
                }
                None => {
                    let derived = free_id(&method, path, &taken);
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
        } = found;
        let (item, node) = (*item, *node);
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
        let replies = self.replies(method, node);
        let callbacks = self.callbacks(node);
        let auth = self.auth(node)?;
        let server = self.server_of(item, node);
        let mut tags = view.tags;
        if tags.is_empty() {
            tags.push(DEFAULT_TAG.to_owned());
        }
        self.add_tag(&tags[0]);
        Some(Operation {
            id,
            method: method.clone(),
            path: (*path).to_owned(),
            parameters,
            body,
            replies,
            callbacks,
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
}

/// A path item, and the one to which its `$ref` leads if something stands beside that.
pub(super) fn item_parts<'d>(
    item: NodeRef<'d>,
    diags: &Diags,
) -> impl Iterator<Item = NodeRef<'d>> {
    [Some(item), item.referenced("$ref", diags)]
        .into_iter()
        .flatten()
}

/// The method of a key of `additionalOperations`, or why there is none.
fn other_method(token: &str) -> Result<Method, String> {
    let mut keyed = Method::KEYED.into_iter();
    if let Some((key, _)) = keyed.find(|(key, _)| token.eq_ignore_ascii_case(key)) {
        return Err(format!(
            "an operation with the method `{token}` belongs under `{key}`"
        ));
    }
    if token.eq_ignore_ascii_case("connect") {
        return Err(format!("`{token}` opens a tunnel and has no reply to read"));
    }
    if !media::is_token(token) {
        return Err(format!("`{token}` cannot be the name of a method"));
    }
    Ok(Method::Other(token.to_owned()))
}

/// An id made from method and path that no operation has yet: as short as can be, then with the signs
/// spelled out that the short one passes over, and numbered if all else fails.
fn free_id(method: &Method, path: &str, taken: &BTreeSet<String>) -> String {
    let id = derived_id(method, path);
    let spelled = derived_id(method, &spelled(path));
    let numbered = (2_u32..).map(|n| format!("{id}_{n}"));
    let mut free = [id.clone(), spelled].into_iter().chain(numbered);
    free.find(|id| !taken.contains(id)).unwrap_or(id)
}

/// An id made from method and path: `get /v2/{id}/tags` is `get_v2_by_id_tags`.
fn derived_id(method: &Method, path: &str) -> String {
    let mut id = method.as_str().to_lowercase();
    for part in path.split('/').filter(|part| !part.is_empty()) {
        id.push('_');
        let word = part.replace('{', "by_").replace('}', "");
        id.push_str(&word);
    }
    id
}

/// A path with words for the signs in which it may differ from another one.
fn spelled(path: &str) -> String {
    match path.strip_suffix('/') {
        Some(rest) if path.len() > 1 => format!("{rest}/slash"),
        Some(_) | None => path.replace('_', "_underscore_"),
    }
}

#[cfg(test)]
mod tests {
    use super::{free_id, other_method};
    use crate::diag::Diags;
    use crate::document::Document;
    use crate::ir::Method;
    use crate::lower::lower;
    use std::collections::BTreeSet;

    #[test]
    fn other_methods_are_tokens_without_a_key() {
        let sent = |token| {
            other_method(token)
                .ok()
                .map(|method| method.as_str().to_owned())
        };
        for token in ["PURGE", "purge", "M-SEARCH", "~"] {
            assert_eq!(sent(token).as_deref(), Some(token));
        }
        for token in ["", "A B", "A\r\nB", "\u{e9}", "GET", "Query", "CONNECT"] {
            assert_eq!(sent(token), None, "{token:?}");
        }
    }

    /// An operation that cannot be sent counts as one of the document's all the same.
    #[test]
    fn operations_with_any_method_are_documented() {
        let text = "openapi: 3.2.0\ninfo: {title: T, version: '1'}\npaths:\n  /a:\n    \
                    additionalOperations: {PURGE: {}, A B: {}}\n    get: {}\n";
        let diags = Diags::new();
        let document = Document::from_text("a.yaml", text.to_owned(), &diags).expect("it is read");
        let api = lower(&document, &diags).expect("a model");
        assert_eq!(api.operations.len(), 2);
        assert_eq!(
            api.documented,
            [
                "/paths/~1a/additionalOperations/PURGE",
                "/paths/~1a/additionalOperations/A B",
                "/paths/~1a/get"
            ]
        );
    }

    /// Paths that differ in signs alone have ids that say in which.
    #[test]
    fn ids_are_told_apart_by_words() {
        let mut taken = BTreeSet::new();
        let mut id = |path: &str| {
            let id = free_id(&Method::Get, path, &taken);
            taken.insert(id.clone());
            id
        };
        assert_eq!(id("/users"), "get_users");
        assert_eq!(id("/users/"), "get_users_slash");
        assert_eq!(id("/users/{id}"), "get_users_by_id");
        assert_eq!(id("/users_by/id"), "get_users_underscore_by_id");
        assert_eq!(id("/"), "get");
        assert_eq!(id("//"), "get_slash");
        assert_eq!(id("///"), "get_2");
    }
}
