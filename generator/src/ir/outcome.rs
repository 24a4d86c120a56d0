//! What the replies of an operation come to, and the arguments that its method takes.
//!
//! Both names and code follow from these, so both ask here.

use super::{
    Api, Content, Operation, Parameter, Reply, ReplyBody, ReplyHeader, Scalar, Shape, Status,
    TypeId,
};

/// How deep types without a name are compared.
const DEPTH: usize = 64;

/// One thing that a success may hold.
#[derive(Clone, Debug, PartialEq)]
pub struct Success<'a> {
    /// The reply, by its index.
    pub reply: usize,
    /// The statuses that it stands for; [`Status::Default`] where any success does.
    pub status: Status,
    /// What it holds; nothing where there is no body.
    pub body: Option<ReplyBody>,
    /// The media types in which it holds this.
    pub media_types: Vec<&'a str>,
    /// Whether a reply of these statuses may also hold something else.
    pub several: bool,
}

/// A header that replies have, of whichever status.
#[derive(Clone, Debug, PartialEq)]
pub struct CommonHeader<'a> {
    /// The header, as the first reply has it.
    pub header: &'a ReplyHeader,
    /// Its type; none where replies differ in it, so that only its text is known.
    pub ty: Option<TypeId>,
}

impl Operation {
    /// The parameters that are arguments of the method, with their indices: what a caller must give
    /// and the client does not have. Those of the path come in the order of the template.
    pub fn arguments(&self) -> impl Iterator<Item = (usize, &Parameter)> {
        let parameters = self.parameters.iter().enumerate();
        parameters.filter(|(_, parameter)| parameter.required && parameter.client.is_none())
    }

    /// How many arguments the method takes, its body included.
    pub fn argument_count(&self) -> usize {
        let body = self.body.as_ref().is_some_and(|body| body.required);
        self.arguments().count() + usize::from(body)
    }

    /// The media types of the request body.
    pub fn contents(&self) -> &[Content] {
        self.body.as_ref().map_or(&[], |body| &body.contents)
    }

    /// The headers that replies have, each once, in the order of the document.
    pub fn reply_headers(&self, api: &Api) -> Vec<CommonHeader<'_>> {
        let mut common: Vec<CommonHeader<'_>> = Vec::new();
        for reply in &self.replies {
            for header in &reply.headers {
                let known = common
                    .iter_mut()
                    .find(|known| known.header.name.eq_ignore_ascii_case(&header.name));
                match known {
                    Some(known) => {
                        let same = known.header.encoding == header.encoding
                            && known.ty.is_some_and(|ty| api.same_type(ty, header.ty));
                        known.ty = known.ty.filter(|_| same);
                    }
                    None => common.push(CommonHeader {
                        header,
                        ty: Some(header.ty),
                    }),
                }
            }
        }
        common
    }
}

impl Reply {
    /// What the body of an error holds: of several media types JSON, else the first; nothing where
    /// there is none.
    pub fn error_body(&self) -> Option<ReplyBody> {
        let contents = self.contents.iter();
        let mut bodies = contents.map(|content| content.body.as_whole());
        let json = |body: &ReplyBody| body.ty().is_some();
        let first = bodies.clone().next();
        bodies.find(json).or(first)
    }
}

impl Api {
    /// What the successes of an operation hold, in the order of the document: the documented ones, or
    /// else what the reply for every other status does. None where neither is documented.
    pub fn successes<'a>(&self, operation: &'a Operation) -> Vec<Success<'a>> {
        let replies = || operation.replies.iter().enumerate();
        let mut chosen: Vec<_> = replies()
            .filter(|(_, reply)| reply.status.is_success())
            .collect();
        if chosen.is_empty() {
            chosen.extend(replies().find(|(_, reply)| reply.status == Status::Default));
        }
        let mut successes = Vec::new();
        for (index, reply) in chosen {
            let first = successes.len();
            let success = |body, media_types| Success {
                reply: index,
                status: reply.status,
                body,
                media_types,
                several: false,
            };
            if reply.contents.is_empty() {
                successes.push(success(None, Vec::new()));
            }
            for content in &reply.contents {
                let known = successes[first..]
                    .iter_mut()
                    .find(|known| self.same_body(known.body, Some(content.body)));
                match known {
                    Some(known) => known.media_types.push(&content.media_type),
                    None => successes.push(success(Some(content.body), vec![&content.media_type])),
                }
            }
            let several = successes.len() - first > 1;
            for known in &mut successes[first..] {
                known.several = several;
            }
        }
        successes
    }

    /// Whether a success of an operation may be read as it comes.
    pub fn is_streamed(&self, operation: &Operation) -> bool {
        let successes = self.successes(operation);
        let mut bodies = successes.iter().filter_map(|success| success.body);
        bodies.any(ReplyBody::is_stream)
    }

    /// Whether all of these hold the same.
    pub fn agree(&self, successes: &[Success<'_>]) -> bool {
        let mut pairs = successes.iter().zip(successes.iter().skip(1));
        pairs.all(|(a, b)| self.same_body(a.body, b.body))
    }

    /// Whether two bodies of replies are one type.
    pub fn same_body(&self, a: Option<ReplyBody>, b: Option<ReplyBody>) -> bool {
        match (a, b) {
            (Some(ReplyBody::Json(a)), Some(ReplyBody::Json(b)))
            | (Some(ReplyBody::Events(a)), Some(ReplyBody::Events(b)))
            | (Some(ReplyBody::JsonLines(a)), Some(ReplyBody::JsonLines(b)))
            | (Some(ReplyBody::JsonSequence(a)), Some(ReplyBody::JsonSequence(b))) => {
                self.same_type(a, b)
            }
            (a, b) => a == b,
        }
    }

    /// Whether a type is this scalar, by whatever name, and no type of its own.
    pub fn is_scalar(&self, ty: TypeId, scalar: Scalar) -> bool {
        let mut here = ty;
        while let Shape::Alias(target) = self.ty(here).shape {
            here = target;
        }
        self.ty(here).shape == Shape::Scalar(scalar)
    }

    /// Whether a type is an `Option`: its value may be null.
    pub fn is_optional(&self, ty: TypeId) -> bool {
        let mut here = ty;
        while let Shape::Alias(target) = self.ty(here).shape {
            here = target;
        }
        matches!(self.ty(here).shape, Shape::Nullable(_))
    }

    /// Whether a type is a list of items of another one, and no type of its own.
    pub fn is_list_of(&self, list: TypeId, item: TypeId) -> bool {
        let mut here = list;
        while let Shape::Alias(target) = self.ty(here).shape {
            here = target;
        }
        match self.ty(here).shape {
            Shape::Array(of) => self.same_type(of, item),
            Shape::Struct { .. }
            | Shape::Union { .. }
            | Shape::Enum(_)
            | Shape::Newtype(_)
            | Shape::Wrapper(_)
            | Shape::Alias(_)
            | Shape::Nullable(_)
            | Shape::Tuple(_)
            | Shape::Map(_)
            | Shape::Scalar(_)
            | Shape::Any => false,
        }
    }

    /// Whether two types are one type of Rust: another name for a type is that type.
    pub fn same_type(&self, a: TypeId, b: TypeId) -> bool {
        self.same_within(a, b, DEPTH)
    }

    fn same_within(&self, a: TypeId, b: TypeId, depth: usize) -> bool {
        let Some(depth) = depth.checked_sub(1) else {
            return false;
        };
        match (&self.ty(a).shape, &self.ty(b).shape) {
            _ if a == b => true,
            (Shape::Alias(target), _) => self.same_within(*target, b, depth),
            (_, Shape::Alias(target)) => self.same_within(a, *target, depth),
            (Shape::Array(a), Shape::Array(b))
            | (Shape::Map(a), Shape::Map(b))
            | (Shape::Nullable(a), Shape::Nullable(b)) => self.same_within(*a, *b, depth),
            (Shape::Tuple(a), Shape::Tuple(b)) => {
                let mut pairs = a.iter().zip(b);
                a.len() == b.len() && pairs.all(|(a, b)| self.same_within(*a, *b, depth))
            }
            (Shape::Scalar(a), Shape::Scalar(b)) => a == b,
            (Shape::Any, Shape::Any) => true,
            // The others have a name of their own, or are not alike.
            (_, _) => false,
        }
    }
}
