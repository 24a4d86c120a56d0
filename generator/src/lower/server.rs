//! Servers and their variables.

use super::operation::item_parts;
use super::{Lowering, extension};
use crate::diag::{Code, Diag};
use crate::document::{Kind, NodeRef, Version};
use crate::ir::{
    Doc, EnumValues, Naming, Server, ServerVariable, Shape, TypeDef, TypeId, TypeRoot,
};

impl<'d> Lowering<'d> {
    /// The document's own server, which operations are sent to that name no other: the first one
    /// of the root. Without any, the URL is for the caller to set.
    pub(super) fn root_servers(&mut self, root: NodeRef<'d>) {
        if self.first_server(root).is_none() {
            self.servers.push(Server {
                url: String::new(),
                description: None,
                variables: Vec::new(),
                others: Vec::new(),
                pin: None,
                pointer: "/servers".to_owned(),
            });
        }
    }

    /// The server of an operation: its own first one, else the path's, else the document's.
    pub(super) fn server_of(&mut self, path: NodeRef<'d>, operation: NodeRef<'d>) -> usize {
        self.first_server(operation)
            .or_else(|| item_parts(path, self.diags).find_map(|item| self.first_server(item)))
            .unwrap_or_default()
    }

    /// The first of the servers that `node` lists; the others are kept for its docs.
    fn first_server(&mut self, node: NodeRef<'d>) -> Option<usize> {
        let mut listed = node.get("servers").into_iter().flat_map(NodeRef::items);
        let first = self.server(listed.next()?)?;
        for other in listed {
            let Some(url) = other.get("url").and_then(NodeRef::as_str) else {
                continue;
            };
            let (url, description) = (url.to_owned(), self.described(other));
            let server = &mut self.servers[first];
            if url != server.url && server.others.iter().all(|(known, _)| *known != url) {
                server.others.push((url, description));
            }
        }
        Some(first)
    }

    /// What a server is: its name, from OpenAPI 3.2 on, and its description.
    fn described(&self, node: NodeRef<'d>) -> Option<String> {
        let text = |key: &str| node.get(key).and_then(NodeRef::text).map(str::trim);
        let newest = self.document.version() >= Version::OpenApi32;
        let name = text("name").filter(|name| newest && !name.is_empty());
        match (name, text("description")) {
            (Some(name), Some(description)) => Some(format!("{name}. {description}")),
            (Some(text), None) | (None, Some(text)) => Some(text.to_owned()),
            (None, None) => None,
        }
    }

    /// The index of the server at `node`; servers with one URL are one.
    fn server(&mut self, node: NodeRef<'d>) -> Option<usize> {
        let server = node.view::<openapiv3::Server>(Kind::Server, self.diags)?;
        if let Some(known) = self
            .servers
            .iter()
            .position(|known| known.url == server.url)
        {
            return Some(known);
        }
        let declared = node.get("variables");
        let mut variables = Vec::new();
        for (name, variable) in declared.into_iter().flat_map(NodeRef::entries) {
            let Some(default) = variable.get("default").and_then(NodeRef::text) else {
                let message = format!("the server variable `{name}` has no default");
                self.diags.report(Diag::new(
                    Code::UnsupportedServer,
                    variable.key_place(),
                    message,
                ));
                continue;
            };
            self.variable(name, default, variable);
            variables.push((name.to_owned(), default.to_owned()));
        }
        for name in braces(&server.url) {
            if variables.iter().all(|(known, _)| known != name) {
                let message = format!("`{{{name}}}` in the URL is not declared under `variables`");
                let at = node.get("url").unwrap_or(node).place();
                self.diags
                    .report(Diag::new(Code::UnsupportedServer, at, message));
            }
        }
        self.servers.push(Server {
            url: server.url,
            description: self.described(node),
            variables,
            others: Vec::new(),
            pin: extension::rust_name(node, self.diags),
            pointer: node.pointer(),
        });
        Some(self.servers.len() - 1)
    }

    /// Takes in a variable: one name is one setter, with the values of all servers that have it.
    fn variable(&mut self, name: &str, default: &str, node: NodeRef<'d>) {
        let listed: Vec<String> = node
            .get("enum")
            .into_iter()
            .flat_map(NodeRef::items)
            .filter_map(NodeRef::text)
            .map(str::to_owned)
            .collect();
        let description = node.get("description").and_then(NodeRef::as_str);
        match self.variables.iter().position(|known| known.name == name) {
            Some(known) => {
                if let Some(ty) = self.variables[known].ty {
                    self.add_values(ty, listed);
                }
            }
            None => {
                let ty = (!listed.is_empty()).then(|| self.variable_type(name, description, node));
                if let Some(ty) = ty {
                    self.add_values(ty, listed);
                }
                self.variables.push(ServerVariable {
                    name: name.to_owned(),
                    default: default.to_owned(),
                    description: description.map(str::to_owned),
                    ty,
                });
            }
        }
    }

    /// The open enumeration of a variable's listed values.
    fn variable_type(
        &mut self,
        name: &str,
        description: Option<&str>,
        node: NodeRef<'d>,
    ) -> TypeId {
        let def = TypeDef {
            pointer: node.pointer(),
            naming: Naming::Item {
                root: TypeRoot::ServerVariable(name.to_owned()),
                path: Vec::new(),
                pin: extension::rust_name(node, self.diags),
            },
            shape: Shape::Enum(EnumValues::Texts(Vec::new())),
            doc: Doc {
                description: description.map(str::to_owned),
                ..Doc::default()
            },
            constraints: Vec::new(),
            examples: Vec::new(),
        };
        self.add_type(def)
    }

    /// Adds values that the enumeration does not list yet.
    fn add_values(&mut self, ty: TypeId, more: Vec<String>) {
        if let Shape::Enum(EnumValues::Texts(values)) = &mut self.types[ty.index()].shape {
            for value in more {
                if !values.contains(&value) {
                    values.push(value);
                }
            }
        }
    }
}

/// The names that stand between braces.
pub(super) fn braces(template: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let mut rest = template;
    while let Some(open) = rest.find('{') {
        let Some(length) = rest[open + 1..].find('}') else {
            break;
        };
        names.push(&rest[open + 1..open + 1 + length]);
        rest = &rest[open + 1 + length + 1..];
    }
    names
}
