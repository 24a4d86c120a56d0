//! Replies and their links.

use super::Lowering;
use super::operation::is_json;
use crate::diag::{Code, Diag};
use crate::document::{Kind, NodeRef};
use crate::ir::{Doc, Link, Operation, Reply, ReplyBody, ReplyContent, Shape, Status};

impl<'d> Lowering<'d> {
    /// The documented replies of an operation; none of it where its successes differ in what they
    /// hold, which cannot be expressed yet.
    pub(super) fn replies(&mut self, operation: NodeRef<'d>) -> Option<Vec<Reply>> {
        let mut replies: Vec<Reply> = Vec::new();
        for (key, node) in operation
            .get("responses")
            .into_iter()
            .flat_map(NodeRef::entries)
        {
            if key.starts_with("x-") {
                continue;
            }
            let Some(status) = status(key) else {
                let message = format!("`{key}` is no status: the reply is not documented further");
                let help = "a status is `200`, `2XX` or `default`";
                let diag = Diag::new(Code::InvalidStatus, node.key_place(), message).help(help);
                self.diags.report(diag);
                continue;
            };
            if replies.iter().any(|reply| reply.status == status) {
                let message = format!("`{key}` is there twice: the first one is taken");
                let diag = Diag::new(Code::InvalidStatus, node.key_place(), message);
                self.diags.report(diag);
                continue;
            }
            replies.push(self.reply(status, node));
        }
        let mut successes = replies.iter().filter(|reply| reply.status.is_success());
        if let Some(first) = successes.next()
            && successes.any(|other| other.contents != first.contents)
        {
            let message = "successes that hold different things are not supported yet: the operation is left out";
            let at = operation.get("responses").unwrap_or(operation).key_place();
            self.diags
                .report(Diag::new(Code::UnsupportedMediaType, at, message));
            return None;
        }
        Some(replies)
    }

    /// One reply; of any body where it cannot be read, since that it is documented is known.
    fn reply(&mut self, status: Status, node: NodeRef<'d>) -> Reply {
        let readable = node.resolve(self.diags).and_then(|target| {
            let view = target.view::<openapiv3::Response>(Kind::Response, self.diags)?;
            Some((target, view))
        });
        let Some((node, view)) = readable else {
            let any = ReplyContent {
                media_type: "application/json".to_owned(),
                body: ReplyBody::Json(self.add_anonymous(node, Shape::Any)),
            };
            return Reply {
                status,
                contents: vec![any],
                headers: Vec::new(),
                doc: Doc::default(),
                links: Vec::new(),
            };
        };
        let content: Vec<_> = node
            .get("content")
            .into_iter()
            .flat_map(NodeRef::entries)
            .collect();
        let contents = match content.iter().find(|(name, _)| is_json(name)) {
            Some((name, media)) => {
                self.note_other_media(&content, name);
                let body = ReplyBody::Json(match media.get("schema") {
                    Some(schema) => self.body_type(schema),
                    None => self.add_anonymous(*media, Shape::Any),
                });
                vec![ReplyContent {
                    media_type: (*name).to_owned(),
                    body,
                }]
            }
            None => {
                if let Some((name, media)) = content.first() {
                    let message =
                        format!("a reply of `{name}` is not supported yet: its body is not read");
                    self.diags.report(Diag::new(
                        Code::UnsupportedResponse,
                        media.key_place(),
                        message,
                    ));
                }
                Vec::new()
            }
        };
        let description = Some(view.description).filter(|text| !text.trim().is_empty());
        Reply {
            status,
            contents,
            headers: Vec::new(),
            doc: Doc {
                description,
                ..Doc::default()
            },
            links: Vec::new(),
        }
    }

    /// Fills in the links of replies, once every operation is known. Only a link that says which
    /// value of the body goes where is of use to a caller.
    pub(super) fn links(&self, operations: &mut [Operation], nodes: &[NodeRef<'d>]) {
        for index in 0..operations.len() {
            let responses = nodes[index].get("responses");
            for (key, node) in responses.into_iter().flat_map(NodeRef::entries) {
                let Some(status) = status(key) else { continue };
                let Some(node) = node.resolve(self.diags) else {
                    continue;
                };
                let links: Vec<Link> = node
                    .get("links")
                    .into_iter()
                    .flat_map(NodeRef::entries)
                    .filter_map(|(_, link)| self.link(link, operations))
                    .collect();
                let reply = operations[index]
                    .replies
                    .iter_mut()
                    .find(|reply| reply.status == status);
                if let Some(reply) = reply {
                    reply.links = links;
                }
            }
        }
    }

    fn link(&self, node: NodeRef<'d>, operations: &[Operation]) -> Option<Link> {
        let node = node.resolve(self.diags)?;
        let id = node.get("operationId").and_then(NodeRef::as_str)?;
        let Some(operation) = operations.iter().position(|operation| operation.id == id) else {
            let message = format!("there is no operation `{id}` to link to");
            let at = node.get("operationId").unwrap_or(node).place();
            self.diags
                .report(Diag::new(Code::UnsupportedFeature, at, message));
            return None;
        };
        Some(Link {
            operation,
            value: body_value(node)?,
            description: node
                .get("description")
                .and_then(NodeRef::as_str)
                .map(str::to_owned),
        })
    }
}

/// The first value of the reply's body that a link passes on, as a JSON Pointer: what follows
/// `$response.body#` in an expression (OpenAPI 3.0.3, section 4.7.20.3).
fn body_value(link: NodeRef<'_>) -> Option<String> {
    let mut open: Vec<NodeRef<'_>> = [link.get("requestBody"), link.get("parameters")]
        .into_iter()
        .flatten()
        .collect();
    while let Some(node) = open.pop() {
        if let Some(pointer) = node
            .as_str()
            .and_then(|text| text.strip_prefix("$response.body#"))
        {
            return Some(pointer.to_owned());
        }
        open.extend(node.entries().map(|(_, child)| child));
        open.extend(node.items());
    }
    None
}

/// A key of `responses` as a status (OpenAPI 3.0.3, section 4.7.16.2).
fn status(key: &str) -> Option<Status> {
    if key == "default" {
        return Some(Status::Default);
    }
    let digits = key.as_bytes();
    let [first @ b'1'..=b'5', rest @ ..] = digits else {
        return None;
    };
    match rest {
        [b'X' | b'x', b'X' | b'x'] => Some(Status::Range(u16::from(first - b'0'))),
        [b'0'..=b'9', b'0'..=b'9'] => key.parse().ok().map(Status::Code),
        _ => None,
    }
}
