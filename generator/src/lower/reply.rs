//! Replies and their links.

use super::Lowering;
use super::media::{self, Family};
use crate::diag::{Code, Diag};
use crate::document::{Kind, NodeRef};
use crate::ir::{
    Doc, Encoding, Link, Method, Operation, Reply, ReplyBody, ReplyContent, ReplyHeader, Shape,
    Status, Style, Styled,
};

impl<'d> Lowering<'d> {
    /// The documented replies of an operation.
    pub(super) fn replies(&mut self, method: &Method, operation: NodeRef<'d>) -> Vec<Reply> {
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
            let reply = self.reply(method, status, node);
            replies.push(reply);
        }
        replies
    }

    /// One reply; of any body where it cannot be read, since that it is documented is known.
    fn reply(&mut self, method: &Method, status: Status, node: NodeRef<'d>) -> Reply {
        let readable = node.resolve(self.diags).and_then(|target| {
            let view = target.view::<openapiv3::Response>(Kind::Response, self.diags)?;
            Some((target, view))
        });
        let Some((node, view)) = readable else {
            let any = ReplyContent {
                media_type: "application/json".to_owned(),
                body: ReplyBody::Json(self.add_anonymous(node, Shape::Any)),
            };
            let contents = match has_body(method, status) {
                true => vec![any],
                false => Vec::new(),
            };
            return Reply {
                status,
                contents,
                headers: Vec::new(),
                doc: Doc::default(),
                links: Vec::new(),
            };
        };
        let mut contents = Vec::new();
        if has_body(method, status) {
            for (name, media) in self.contents(node) {
                contents.push(ReplyContent {
                    media_type: name.to_owned(),
                    body: self.reply_body(name, media),
                });
            }
        } else if let Some(content) = node.get("content").filter(|content| !content.is_empty()) {
            let message = "no reply to this request with this status has a body: it is not read";
            let diag = Diag::new(Code::UnsupportedFeature, content.key_place(), message);
            self.diags.report(diag);
        }
        let headers = node.get("headers").into_iter().flat_map(NodeRef::entries);
        let headers = headers.filter_map(|(name, node)| self.reply_header(name, node));
        let headers = headers.collect();
        let description = Some(view.description).filter(|text| !text.trim().is_empty());
        Reply {
            status,
            contents,
            headers,
            doc: Doc {
                description,
                ..Doc::default()
            },
            links: Vec::new(),
        }
    }

    /// What a media type of a reply holds.
    fn reply_body(&mut self, name: &str, media: NodeRef<'d>) -> ReplyBody {
        let schema = media.get("schema");
        let Some(family) = media::family(name) else {
            let message = format!("`{name}` is no media type: the body is read as bytes");
            let diag = Diag::new(Code::UnsupportedResponse, media.key_place(), message);
            self.diags.report(diag);
            return ReplyBody::Bytes;
        };
        match family {
            Family::Json => ReplyBody::Json(self.json_type(media)),
            // What has parts is written as JSON where nothing else is said.
            Family::Range if schema.is_some_and(|schema| self.is_structured(schema)) => {
                ReplyBody::Json(self.json_type(media))
            }
            Family::Text | Family::TextRange | Family::Form => {
                match schema.is_some_and(|schema| self.is_binary(schema)) {
                    true => ReplyBody::Bytes,
                    false => ReplyBody::Text,
                }
            }
            Family::Events => self.events(media),
            Family::JsonLines => ReplyBody::JsonLines(self.item_type(media)),
            Family::JsonSequence => ReplyBody::JsonSequence(self.item_type(media)),
            Family::Multipart | Family::OtherParts | Family::Bytes | Family::Range => {
                ReplyBody::Bytes
            }
        }
    }

    /// A header of a reply; none for the one that says what its body is (OpenAPI 3.0.3, section
    /// 4.7.17.1).
    fn reply_header(&mut self, name: &str, node: NodeRef<'d>) -> Option<ReplyHeader> {
        if name.eq_ignore_ascii_case("content-type") {
            return None;
        }
        if !self.is_header_name(name, node) {
            return None;
        }
        let node = node.resolve(self.diags)?;
        let view = node.view::<openapiv3::Header>(Kind::Header, self.diags)?;
        let content = self.contents(node).into_iter().next();
        let (ty, encoding) = match (node.get("schema"), content) {
            (None, Some((media_type, media))) => self.content_type_of(media_type, media),
            (Some(schema), _) => (self.type_of(schema), plain(node.get("explode"))),
            (None, None) => (self.text_type(node), plain(None)),
        };
        Some(ReplyHeader {
            name: name.to_owned(),
            ty,
            encoding,
            doc: Doc {
                description: view.description,
                deprecated: view.deprecated == Some(true),
                ..Doc::default()
            },
            pin: super::extension::rust_name(node, self.diags),
            pointer: node.pointer(),
        })
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
                    .filter_map(|(_, link)| self.link(link, operations, nodes))
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

    fn link(
        &self,
        node: NodeRef<'d>,
        operations: &[Operation],
        nodes: &[NodeRef<'d>],
    ) -> Option<Link> {
        let node = node.resolve(self.diags)?;
        let (key, found) = match (node.get("operationId"), node.get("operationRef")) {
            (Some(id), _) => {
                let found = operations
                    .iter()
                    .position(|operation| Some(operation.id.as_str()) == id.as_str());
                (id, found)
            }
            (None, Some(reference)) => {
                let target = reference.follow(reference.as_str()?, self.diags)?;
                (reference, nodes.iter().position(|node| *node == target))
            }
            (None, None) => return None,
        };
        let Some(operation) = found else {
            let text = key.as_str().unwrap_or_default();
            let message = format!("there is no operation `{text}` to link to");
            let diag = Diag::new(Code::UnsupportedFeature, key.place(), message);
            self.diags.report(diag);
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

/// Whether a reply can have a body (RFC 9110, sections 9.3.2 and 15).
fn has_body(method: &Method, status: Status) -> bool {
    match status {
        Status::Code(100..=199 | 204 | 205 | 304) | Status::Range(1) => false,
        Status::Code(_) | Status::Range(_) | Status::Default => *method != Method::Head,
    }
}

/// A header by its schema.
fn plain(explode: Option<NodeRef<'_>>) -> Encoding {
    Encoding::Styled(Styled {
        style: Style::Simple,
        explode: explode.and_then(NodeRef::as_bool) == Some(true),
        allow_reserved: false,
    })
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
