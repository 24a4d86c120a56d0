//! The values of parameters, and how they are written.
//!
//! In: values of emitted types through [`ToParameter`], and what the document says about the
//! parameter. Out: the texts that stand in a path, a query string, a header or a cookie. Nothing
//! here knows URLs or requests as a whole.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::{ParameterInfo, Style, encode_component};

/// A type that can be the value of a parameter.
pub trait ToParameter {
    /// The value, in the three shapes that the specification knows.
    fn to_parameter(&self) -> ParameterValue;
}

/// The value of a parameter (OpenAPI 3.0.3, Parameter Object, Style Examples).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParameterValue {
    /// One text.
    Primitive(String),
    /// Values in order.
    Array(Vec<ParameterValue>),
    /// Names and values, in order.
    Object(Vec<(String, ParameterValue)>),
    /// No value: it could not be written, for the reason given. A call with it is not sent.
    Invalid(String),
}

impl ParameterValue {
    /// The value as one text: parts with commas between them. The specification leaves open how a
    /// value inside an array or object is written if it has parts itself; it is written so.
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Primitive(text) => Cow::Borrowed(text),
            Self::Array(items) => {
                let texts: Vec<_> = items.iter().map(Self::text).collect();
                Cow::Owned(texts.join(","))
            }
            Self::Object(members) => {
                let texts = members
                    .iter()
                    .flat_map(|(name, value)| [Cow::Borrowed(name.as_str()), value.text()]);
                Cow::Owned(texts.collect::<Vec<_>>().join(","))
            }
            Self::Invalid(_) => Cow::Borrowed(""),
        }
    }

    /// Why the value or one inside it could not be written; nothing if all could.
    pub fn problem(&self) -> Option<&str> {
        match self {
            Self::Primitive(_) => None,
            Self::Array(items) => items.iter().find_map(Self::problem),
            Self::Object(members) => members.iter().find_map(|(_, value)| value.problem()),
            Self::Invalid(problem) => Some(problem),
        }
    }
}

impl<T: ToParameter + ?Sized> ToParameter for &T {
    fn to_parameter(&self) -> ParameterValue {
        (**self).to_parameter()
    }
}

impl<T: ToParameter + ?Sized> ToParameter for Box<T> {
    fn to_parameter(&self) -> ParameterValue {
        (**self).to_parameter()
    }
}

impl ToParameter for str {
    fn to_parameter(&self) -> ParameterValue {
        ParameterValue::Primitive(self.to_owned())
    }
}

impl ToParameter for String {
    fn to_parameter(&self) -> ParameterValue {
        self.as_str().to_parameter()
    }
}

/// Implements [`ToParameter`] by `Display`.
macro_rules! primitives {
    ($($primitive:ty)*) => {$(
        impl ToParameter for $primitive {
            fn to_parameter(&self) -> ParameterValue {
                ParameterValue::Primitive(self.to_string())
            }
        }
    )*};
}

primitives!(bool i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize f32 f64);

impl<T: ToParameter> ToParameter for [T] {
    fn to_parameter(&self) -> ParameterValue {
        ParameterValue::Array(self.iter().map(T::to_parameter).collect())
    }
}

impl<T: ToParameter> ToParameter for Vec<T> {
    fn to_parameter(&self) -> ParameterValue {
        self.as_slice().to_parameter()
    }
}

impl<T: ToParameter> ToParameter for BTreeMap<String, T> {
    fn to_parameter(&self) -> ParameterValue {
        let members = self
            .iter()
            .map(|(name, value)| (name.clone(), value.to_parameter()));
        ParameterValue::Object(members.collect())
    }
}

/// Writes the value of a path parameter, percent-encoded.
pub fn write_path_parameter(info: &ParameterInfo, value: &ParameterValue) -> String {
    match info.style {
        Style::Simple | Style::Form => parameter_parts(info, value).join(","),
        Style::Other(write) => write(info, value).concat(),
    }
}

/// Writes the value of a header parameter.
pub fn write_header_parameter(info: &ParameterInfo, value: &ParameterValue) -> String {
    parameter_parts(info, value).join(",")
}

/// Writes a query or cookie parameter as pairs `name=value`, percent-encoded, to be joined by `&`
/// or `;`. An empty array or object gives no pair.
pub fn write_query_parameter(info: &ParameterInfo, value: &ParameterValue) -> Vec<String> {
    match info.style {
        Style::Simple | Style::Form => write_form_parameter(info, value),
        Style::Other(write) => write(info, value),
    }
}

/// Writes a query parameter in the style `form`, whichever it has.
pub fn write_form_parameter(info: &ParameterInfo, value: &ParameterValue) -> Vec<String> {
    write_pairs(&encode_component(info.name), info, value)
}

/// Writes a parameter as pairs `name=value`, with `name` as it stands in them.
pub fn write_pairs(name: &str, info: &ParameterInfo, value: &ParameterValue) -> Vec<String> {
    let parts = parameter_parts(info, value);
    match (value, info.explode) {
        (ParameterValue::Array(_), true) => {
            let pairs = parts.into_iter().map(|part| format!("{name}={part}"));
            pairs.collect()
        }
        (ParameterValue::Object(_), true) => parts,
        (ParameterValue::Array(_) | ParameterValue::Object(_), false) if parts.is_empty() => {
            Vec::new()
        }
        (ParameterValue::Primitive(_) | ParameterValue::Invalid(_), _)
        | (ParameterValue::Array(_) | ParameterValue::Object(_), false) => {
            vec![format!("{name}={}", parts.join(","))]
        }
    }
}

/// The parts of a value that a style puts its delimiter between, encoded. The members of an object
/// are pairs with `=` where the parameter is exploded.
pub fn parameter_parts(info: &ParameterInfo, value: &ParameterValue) -> Vec<String> {
    let encode = info.encode;
    match value {
        ParameterValue::Primitive(text) => vec![encode(text)],
        ParameterValue::Array(items) => items.iter().map(|item| encode(&item.text())).collect(),
        ParameterValue::Object(members) if info.explode => members
            .iter()
            .map(|(name, value)| format!("{}={}", encode(name), encode(&value.text())))
            .collect(),
        ParameterValue::Object(members) => members
            .iter()
            .flat_map(|(name, value)| [encode(name), encode(&value.text())])
            .collect(),
        ParameterValue::Invalid(_) => Vec::new(),
    }
}
