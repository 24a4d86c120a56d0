//! Bodies of the type `multipart/form-data` (RFC 7578).
//!
//! In: texts, JSON and files, each with the name of its part. Out: the body of a call. Contents that
//! are streams are passed on piece by piece, unread. What a name or a header may not hold is an error
//! when the call is sent. This file knows no file system: a file is bytes or a stream, and a name.

use std::collections::VecDeque;
use std::hash::{BuildHasher, RandomState};
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, HeaderMap};
use http_body::{Frame, SizeHint};
use serde::ser::Serialize;

use super::{
    Body, BodySource, Call, ParameterValue, RequestErrorKind, SharedBody, ToParameter,
    TransportError, check_media_type, header_name, header_value,
};

/// A file to send: its contents, and what is said about them.
///
/// Clones of a file that is a stream share it: the first one that is sent takes it.
#[derive(Clone, Debug)]
pub struct File {
    contents: SharedBody,
    name: Option<String>,
    content_type: Option<String>,
    headers: HeaderMap,
    /// The first thing that is wrong.
    problem: Option<RequestErrorKind>,
}

impl File {
    /// A file without a name: it is sent under the name `blob`, as browsers do, since servers take
    /// a part without one for a text.
    pub fn new(contents: impl Into<Body>) -> Self {
        Self {
            contents: SharedBody::from(contents.into()),
            name: None,
            content_type: None,
            headers: HeaderMap::new(),
            problem: None,
        }
    }

    /// The file with a name, such as `photo.png`.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// The file with a media type, in place of the one that the document gives.
    #[must_use]
    pub fn content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }

    /// The file with a header of its part, in place of one of the same name. `Content-Type` and
    /// `Content-Disposition` are the form's to write: as headers, they are errors.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        if let Err(problem) = add_header(&mut self.headers, name, value) {
            self.problem.get_or_insert(problem);
        }
        self
    }
}

impl From<Body> for File {
    fn from(contents: Body) -> Self {
        Self::new(contents)
    }
}

impl From<Bytes> for File {
    fn from(contents: Bytes) -> Self {
        Self::new(contents)
    }
}

impl From<Vec<u8>> for File {
    fn from(contents: Vec<u8>) -> Self {
        Self::new(contents)
    }
}

impl From<String> for File {
    fn from(contents: String) -> Self {
        Self::new(contents)
    }
}

impl From<&'static str> for File {
    fn from(contents: &'static str) -> Self {
        Self::new(contents)
    }
}

/// A form of parts. They are sent in the order in which they were added.
#[derive(Clone, Debug, Default)]
pub struct Multipart {
    parts: Vec<Part>,
    /// Headers for all parts of a name.
    headers: Vec<(&'static str, HeaderMap)>,
    /// The first thing that is wrong.
    problem: Option<RequestErrorKind>,
}

#[derive(Clone, Debug)]
struct Part {
    name: &'static str,
    file_name: Option<String>,
    content_type: Option<String>,
    headers: HeaderMap,
    contents: SharedBody,
}

impl Multipart {
    /// A form without parts.
    pub fn new() -> Self {
        Self::default()
    }

    /// The form without the parts of a name, so that others can take their place.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.parts.retain(|part| part.name != name);
        self
    }

    /// Adds a text. An array becomes a part for each item, an object is written with commas.
    #[must_use]
    pub fn text(self, name: &'static str, value: &(impl ToParameter + ?Sized)) -> Self {
        let value = value.to_parameter();
        if let Some(message) = value.problem() {
            return self.fail(RequestErrorKind::InvalidParameter {
                name: name.to_owned(),
                message: message.to_owned(),
            });
        }
        match &value {
            ParameterValue::Array(items) => items.iter().fold(self, |form, item| {
                form.part(name, None, item.text().into_owned())
            }),
            ParameterValue::Primitive(_)
            | ParameterValue::Object(_)
            | ParameterValue::Invalid(_) => self.part(name, None, value.text().into_owned()),
        }
    }

    /// Adds a text of a media type.
    #[must_use]
    pub fn typed_text(
        self,
        name: &'static str,
        content_type: &'static str,
        text: impl Into<String>,
    ) -> Self {
        self.part(name, Some(content_type), text.into())
    }

    /// Adds `value` as JSON, of a media type that is JSON.
    #[must_use]
    pub fn json<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        content_type: &'static str,
        value: &T,
    ) -> Self {
        match serde_json::to_vec(value) {
            Ok(json) => self.part(name, Some(content_type), json),
            Err(error) => self.fail(RequestErrorKind::InvalidBody {
                message: error.to_string(),
            }),
        }
    }

    /// Adds a file. `content_type` is its media type unless the file has one of its own.
    #[must_use]
    pub fn file(mut self, name: &'static str, content_type: &'static str, file: File) -> Self {
        if let Some(problem) = file.problem {
            return self.fail(problem);
        }
        self.parts.push(Part {
            name,
            file_name: Some(file.name.unwrap_or_else(|| "blob".to_owned())),
            content_type: file.content_type.or_else(|| Some(content_type.to_owned())),
            headers: file.headers,
            contents: file.contents,
        });
        self
    }

    /// Adds files as parts of the same name.
    #[must_use]
    pub fn files(
        self,
        name: &'static str,
        content_type: &'static str,
        files: impl IntoIterator<Item = File>,
    ) -> Self {
        let add = |form: Self, file| form.file(name, content_type, file);
        files.into_iter().fold(self, add)
    }

    /// Adds a header to all parts of the name `part`, whether they are there already or are added
    /// later. A header that a file has itself comes before it. `Content-Type` and
    /// `Content-Disposition` are the form's to write: as headers, they are errors.
    #[must_use]
    pub fn header(mut self, part: &'static str, header: &'static str, value: &str) -> Self {
        let known = self.headers.iter().position(|(name, _)| *name == part);
        let place = known.unwrap_or_else(|| {
            self.headers.push((part, HeaderMap::new()));
            self.headers.len() - 1
        });
        match add_header(&mut self.headers[place].1, header, value) {
            Ok(()) => self,
            Err(problem) => self.fail(problem),
        }
    }

    fn part(
        mut self,
        name: &'static str,
        content_type: Option<&'static str>,
        contents: impl Into<Body>,
    ) -> Self {
        self.parts.push(Part {
            name,
            file_name: None,
            content_type: content_type.map(str::to_owned),
            headers: HeaderMap::new(),
            contents: SharedBody::from(contents.into()),
        });
        self
    }

    /// Keeps `problem`, unless there was one before.
    fn fail(mut self, problem: RequestErrorKind) -> Self {
        self.problem.get_or_insert(problem);
        self
    }

    /// The form as a body, between lines of `boundary`.
    fn write(mut self, boundary: &str) -> Result<SharedBody, RequestErrorKind> {
        if let Some(problem) = self.problem {
            return Err(problem);
        }
        let mut pieces: Vec<SharedBody> = Vec::with_capacity(2 * self.parts.len() + 1);
        let mut line = format!("--{boundary}\r\n").into_bytes();
        for part in &mut self.parts {
            let common = self.headers.iter().filter(|(name, _)| *name == part.name);
            for (name, value) in common.flat_map(|(_, headers)| headers) {
                part.headers.entry(name).or_insert_with(|| value.clone());
            }
            part.write_head(&mut line)?;
            pieces.push(Body::from(std::mem::take(&mut line)).into());
            pieces.push(part.contents.clone());
            line.extend_from_slice(format!("\r\n--{boundary}\r\n").as_bytes());
        }
        // The last line ends in two hyphens (RFC 2046, section 5.1.1).
        line.truncate(line.len() - 2);
        line.extend_from_slice(b"--\r\n");
        pieces.push(Body::from(line).into());
        let bytes: Option<Vec<&[u8]>> = pieces
            .iter()
            .map(|piece| piece.as_bytes().map(|bytes| &**bytes))
            .collect();
        Ok(match bytes {
            Some(bytes) => Body::from(bytes.concat()).into(),
            None => SharedBody::new(Pieces(pieces)),
        })
    }

    /// A boundary that cannot be foreseen and is in none of the contents that are at hand.
    fn boundary(&self) -> String {
        loop {
            // The keys of the hash are random; the hash shows nothing of them.
            let random = || RandomState::new().hash_one("boundary");
            let boundary = format!("form-{:016x}{:016x}", random(), random());
            let mut contents = self
                .parts
                .iter()
                .filter_map(|part| part.contents.as_bytes());
            if !contents.any(|bytes| contains(bytes, boundary.as_bytes())) {
                return boundary;
            }
        }
    }
}

impl Part {
    /// Writes the headers of the part, and the empty line after them.
    fn write_head(&self, head: &mut Vec<u8>) -> Result<(), RequestErrorKind> {
        let mut disposition = format!("form-data; name=\"{}\"", escape(self.name));
        if let Some(name) = &self.file_name {
            disposition.push_str(&format!("; filename=\"{}\"", escape(name)));
        }
        let invalid = |name: &str, reason| RequestErrorKind::InvalidHeader {
            name: name.to_owned(),
            reason,
        };
        let disposition = header_value(&disposition)
            .map_err(|reason| invalid(CONTENT_DISPOSITION.as_str(), reason))?;
        let mut write = |name: &str, value: &[u8]| {
            for piece in [name.as_bytes(), b": ", value, b"\r\n"] {
                head.extend_from_slice(piece);
            }
        };
        write("Content-Disposition", disposition.as_bytes());
        if let Some(content_type) = &self.content_type {
            check_media_type(content_type)
                .map_err(|reason| invalid(CONTENT_TYPE.as_str(), reason))?;
            write("Content-Type", content_type.trim().as_bytes());
        }
        for (name, value) in &self.headers {
            write(name.as_str(), value.as_bytes());
        }
        head.extend_from_slice(b"\r\n");
        Ok(())
    }
}

impl Call {
    /// Sets the body: a form of parts, of the type `multipart/form-data`.
    #[must_use]
    pub fn multipart(self, form: Multipart) -> Self {
        let boundary = form.boundary();
        match form.write(&boundary) {
            Ok(body) => {
                self.shared_body(&format!("multipart/form-data; boundary={boundary}"), body)
            }
            Err(problem) => self.fail(problem),
        }
    }
}

/// Sets a header of a part, in place of one of the same name.
fn add_header(headers: &mut HeaderMap, name: &str, value: &str) -> Result<(), RequestErrorKind> {
    let read = header_name(name).and_then(|header| match header {
        CONTENT_DISPOSITION | CONTENT_TYPE => Err("of a part is written by the form"),
        header => Ok((header, header_value(value)?)),
    });
    let (header, mut value) = read.map_err(|reason| RequestErrorKind::InvalidHeader {
        name: name.to_owned(),
        reason,
    })?;
    value.set_sensitive(true);
    headers.insert(header, value);
    Ok(())
}

/// A name as it stands between quotes: line breaks and quotes are percent-encoded, and nothing else
/// is (HTML Standard, multipart form data).
fn escape(name: &str) -> String {
    name.replace('\r', "%0D")
        .replace('\n', "%0A")
        .replace('"', "%22")
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

/// A form of which some contents are streams. They are taken when the call is sent.
struct Pieces(Vec<SharedBody>);

impl BodySource for Pieces {
    fn take(&self) -> Option<Body> {
        let bodies: Option<VecDeque<Body>> = self.0.iter().map(SharedBody::take).collect();
        Some(Body::stream(Chain(bodies?)))
    }
}

/// Bodies, one after the other.
struct Chain(VecDeque<Body>);

impl http_body::Body for Chain {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        while let Some(first) = self.0.front_mut() {
            match Pin::new(first).poll_frame(context) {
                Poll::Ready(Some(Ok(frame))) if !frame.is_data() => {}
                Poll::Ready(None) => {
                    self.0.pop_front();
                }
                frame => return frame,
            }
        }
        Poll::Ready(None)
    }

    fn is_end_stream(&self) -> bool {
        self.0.iter().all(http_body::Body::is_end_stream)
    }

    fn size_hint(&self) -> SizeHint {
        let mut lower = 0_u64;
        let mut upper = Some(0_u64);
        for hint in self.0.iter().map(http_body::Body::size_hint) {
            lower = lower.saturating_add(hint.lower());
            upper = upper
                .zip(hint.upper())
                .and_then(|(sum, at)| sum.checked_add(at));
        }
        let mut hint = SizeHint::new();
        hint.set_lower(lower);
        if let Some(upper) = upper {
            hint.set_upper(upper);
        }
        hint
    }
}
