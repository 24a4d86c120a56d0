//! Path items and operations.

use super::body::Sent;
use super::parameter::Location;
use super::{METHODS, Upgrade, as_entry};
use crate::diag::Code;
use crate::document::arena::NodeId;

impl Upgrade<'_> {
    /// A Path Item Object. An operation whose body can't be known is taken out of it.
    pub(super) fn path_item(&mut self, item: NodeId) {
        if !self.node(item).is_object() || !self.done.insert(item) {
            return;
        }
        let inherited = self.sent(item, true);
        let authorization = self.authorization(item);
        let mut entries = self.entries(item);
        entries.retain(|(key, node)| {
            let is_method = METHODS.contains(&key.as_str());
            if is_method && self.node(*node).is_object() {
                return self.operation(*node, &inherited, authorization);
            }
            is_method || key == "parameters" || key == "$ref" || key.starts_with("x-")
        });
        if entries.len() != self.node(item).len() {
            self.set_entries(item, entries.iter().map(as_entry).collect());
        }
    }

    /// Upgrades the parameters of a path item or operation. Those that are a body or a part of one are
    /// taken out of the list and given.
    fn sent(&mut self, of: NodeId, inherited: bool) -> Vec<Sent> {
        let Some(list) = self.get(of, "parameters") else {
            return Vec::new();
        };
        let mut sent = Vec::new();
        let mut kept = Vec::new();
        let items = self.items(list);
        let count = items.len();
        for item in items {
            let target = self.resolve(item);
            let Some(target) = target.filter(|&target| self.node(target).is_object()) else {
                kept.push(item);
                continue;
            };
            let parameter = self.parameter(target);
            match parameter.location {
                Location::Elsewhere => kept.push(item),
                Location::Body | Location::Form => sent.push(Sent {
                    item,
                    target,
                    inherited,
                    parameter,
                }),
            }
        }
        if kept.len() != count {
            self.document.nodes_mut().set_items(list, kept);
        }
        sent
    }

    /// An Operation Object, and the header `Authorization` of its path item. `false` if nobody can know what
    /// its body is, which is reported.
    fn operation(
        &mut self,
        operation: NodeId,
        inherited: &[Sent],
        authorization: Option<NodeId>,
    ) -> bool {
        if self.is_full() || !self.done.insert(operation) {
            return true;
        }
        let mut sent = self.sent(operation, false);
        // What the operation says itself goes before what the path item says.
        for other in inherited {
            let same = |own: &Sent| match other.parameter.location {
                Location::Body => own.parameter.location == Location::Body,
                Location::Form | Location::Elsewhere => {
                    own.parameter.location == Location::Form
                        && own.parameter.name == other.parameter.name
                }
            };
            if !sent.iter().any(same) {
                sent.push(other.clone());
            }
        }
        if let Some(responses) = self.get(operation, "responses") {
            self.responses(responses, operation);
        }
        let Some(body) = self.request_body(operation, sent) else {
            return false;
        };
        let servers = self.operation_servers(operation);
        let authorization = self.authorization(operation).or(authorization);
        let security = authorization.and_then(|header| self.security_of(operation, header));
        let mut entries = self.entries(operation);
        let kept = [
            "tags",
            "summary",
            "description",
            "externalDocs",
            "operationId",
            "parameters",
            "responses",
            "deprecated",
            "security",
        ];
        entries.retain(|(key, _)| kept.contains(&key.as_str()) || key.starts_with("x-"));
        if let Some(security) = security {
            entries.retain(|(key, _)| key != "security");
            entries.push(("security".to_owned(), security));
        }
        entries.extend(body.map(|body| ("requestBody".to_owned(), body)));
        entries.extend(servers.map(|servers| ("servers".to_owned(), servers)));
        self.set_entries(operation, entries.iter().map(as_entry).collect());
        true
    }

    /// The body of an operation, of what is sent in it. The outer `None` is for a body of which nobody can
    /// know what it is.
    fn request_body(&mut self, operation: NodeId, sent: Vec<Sent>) -> Option<Option<NodeId>> {
        let is_body = |sent: &Sent| sent.parameter.location == Location::Body;
        let (bodies, fields): (Vec<Sent>, Vec<Sent>) = sent.into_iter().partition(is_body);
        match (bodies.as_slice(), fields.as_slice()) {
            ([], []) => Some(None),
            ([], fields) => Some(Some(self.form(fields, operation)?)),
            ([body], []) => {
                let media = self.body_media(operation);
                Some(Some(self.body(body, &media)))
            }
            ([_, second, ..], _) => {
                let message =
                    "the operation is left out: it has several bodies, and a request has one";
                self.report(Code::UnreadableObject, second.item, message);
                None
            }
            ([body], [_, ..]) => {
                let message = "the operation is left out: it has a body beside the fields of a form, \
                               which are the body";
                self.report(Code::UnreadableObject, body.item, message);
                None
            }
        }
    }
}
