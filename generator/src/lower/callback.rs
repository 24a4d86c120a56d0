//! Callbacks and webhooks: the types of what a service sends by itself. Nothing listens for them.

use super::Lowering;
use super::media::{self, Family};
use crate::diag::{Code, Diag};
use crate::document::{NodeRef, Version};
use crate::ir::{Callback, Method, TypeId};

impl<'d> Lowering<'d> {
    /// The callbacks of the operation at `node`.
    pub(super) fn callbacks(&mut self, node: NodeRef<'d>) -> Vec<Callback> {
        let mut callbacks = Vec::new();
        let Some(declared) = node.get("callbacks") else {
            return callbacks;
        };
        for (name, node) in declared.entries() {
            if name.starts_with("x-") {
                continue;
            }
            let Some(node) = node.resolve(self.diags) else {
                continue;
            };
            for (url, item) in node.entries().filter(|(url, _)| !url.starts_with("x-")) {
                let Some(item) = item.resolve(self.diags) else {
                    continue;
                };
                for (method, node) in self.operations_of(item) {
                    callbacks.push(self.callback(name, url, method, node));
                }
            }
        }
        if !callbacks.is_empty() {
            let message = "of callbacks only the types are emitted: nothing listens for them";
            let diag = Diag::new(Code::UnsupportedFeature, declared.key_place(), message);
            self.diags.report(diag);
        }
        callbacks
    }

    /// The operations of the webhooks, by the names of these.
    fn found_webhooks(&self, root: NodeRef<'d>) -> Vec<(&'d str, Method, NodeRef<'d>)> {
        let mut found = Vec::new();
        if self.document.version() == Version::OpenApi30 {
            return found;
        }
        let declared = root.get("webhooks").into_iter().flat_map(NodeRef::entries);
        for (name, item) in declared.filter(|(name, _)| !name.starts_with("x-")) {
            if let Some(item) = item.resolve(self.diags) {
                let operations = self.operations_of(item).into_iter();
                found.extend(operations.map(|(method, node)| (name, method, node)));
            }
        }
        found
    }

    /// Gives each request of a webhook what its types are named after.
    pub(super) fn find_webhook_ids(&mut self, root: NodeRef<'d>) {
        for (name, _, node) in self.found_webhooks(root) {
            let id = node.get("operationId").and_then(NodeRef::as_str);
            let id = id.filter(|id| !id.trim().is_empty()).unwrap_or(name);
            self.operation_ids.entry(node).or_insert(id.to_owned());
        }
    }

    /// What the service sends by itself, whatever was called.
    pub(super) fn webhooks(&mut self, root: NodeRef<'d>) -> Vec<Callback> {
        let found = self.found_webhooks(root).into_iter();
        let webhooks: Vec<Callback> = found
            .map(|(name, method, node)| self.callback(name, "", method, node))
            .collect();
        if let Some(declared) = root.get("webhooks").filter(|_| !webhooks.is_empty()) {
            let message = "of webhooks only the types are emitted: nothing listens for them";
            let diag = Diag::new(Code::UnsupportedFeature, declared.key_place(), message);
            self.diags.report(diag);
        }
        webhooks
    }

    fn callback(&mut self, name: &str, url: &str, method: Method, node: NodeRef<'d>) -> Callback {
        let body = node
            .get("requestBody")
            .and_then(|body| body.resolve(self.diags));
        let received = body.map(|body| self.json_types(body)).unwrap_or_default();
        let mut answered = Vec::new();
        for (_, reply) in node
            .get("responses")
            .into_iter()
            .flat_map(NodeRef::entries)
            .filter(|(status, _)| !status.starts_with("x-"))
        {
            if let Some(reply) = reply.resolve(self.diags) {
                answered.extend(self.json_types(reply));
            }
        }
        let text = |key: &str| node.get(key).and_then(NodeRef::as_str);
        Callback {
            name: name.to_owned(),
            method,
            url: url.to_owned(),
            description: text("summary")
                .or_else(|| text("description"))
                .map(str::to_owned),
            received,
            answered,
        }
    }

    /// The types of the JSON that stands under `content` of `node`, each once.
    fn json_types(&mut self, node: NodeRef<'d>) -> Vec<TypeId> {
        let mut types = Vec::new();
        for (name, media) in self.contents(node) {
            let json = media::family(name) == Some(Family::Json);
            if let Some(schema) = media.get("schema").filter(|_| json) {
                let ty = self.type_of(schema);
                if !types.contains(&ty) {
                    types.push(ty);
                }
            }
        }
        types
    }
}
