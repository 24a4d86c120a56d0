//! The values of parameters, and how they are written.
//!
//! In: values of emitted types through [`ToParameter`], and what the document says about the
//! parameter. Out: the texts that stand in a path, a query string, a header or a cookie. Nothing
//! here knows URLs or requests as a whole.

use std::collections::BTreeMap;

use super::{ParameterInfo, encode_component};

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
    /// Texts in order.
    Array(Vec<String>),
    /// Names and texts, in order.
    Object(Vec<(String, String)>),
}

impl ParameterValue {
    /// The value as one text: parts with commas between them. The specification leaves open how a
    /// value inside an array or object is written if it has parts itself; it is written so.
    pub fn into_text(self) -> String {
        match self {
            Self::Primitive(text) => text,
            Self::Array(items) => items.join(","),
            Self::Object(members) => {
                let members: Vec<_> = members.into_iter().flat_map(<[_; 2]>::from).collect();
                members.join(",")
            }
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
        let texts = self.iter().map(|item| item.to_parameter().into_text());
        ParameterValue::Array(texts.collect())
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
            .map(|(name, value)| (name.clone(), value.to_parameter().into_text()));
        ParameterValue::Object(members.collect())
    }
}

/// Writes the value of a path parameter, percent-encoded.
pub fn write_path_parameter(info: &ParameterInfo, value: &ParameterValue) -> String {
    write_parts(info, value, encode_component).join(",")
}

/// Writes the value of a header parameter. Headers are not percent-encoded.
pub fn write_header_parameter(info: &ParameterInfo, value: &ParameterValue) -> String {
    write_parts(info, value, str::to_owned).join(",")
}

/// Writes a query parameter as pairs `name=value`, percent-encoded, to be joined by `&`. An empty
/// array or object gives no pair.
pub fn write_query_parameter(info: &ParameterInfo, value: &ParameterValue) -> Vec<String> {
    let name = encode_component(info.name);
    let parts = write_parts(info, value, encode_component);
    match (value, info.explode) {
        (ParameterValue::Array(_), true) => {
            let pairs = parts.into_iter().map(|part| format!("{name}={part}"));
            pairs.collect()
        }
        (ParameterValue::Object(_), true) => parts,
        (ParameterValue::Array(_) | ParameterValue::Object(_), false) if parts.is_empty() => {
            Vec::new()
        }
        _ => vec![format!("{name}={}", parts.join(","))],
    }
}

/// The parts of a value that a comma, or in an exploded query an `&`, comes between. The styles
/// `simple` and `form` differ only in what is put around them.
fn write_parts(
    info: &ParameterInfo,
    value: &ParameterValue,
    encode: fn(&str) -> String,
) -> Vec<String> {
    match value {
        ParameterValue::Primitive(text) => vec![encode(text)],
        ParameterValue::Array(items) => items.iter().map(|item| encode(item)).collect(),
        ParameterValue::Object(members) if info.explode => members
            .iter()
            .map(|(name, value)| format!("{}={}", encode(name), encode(value)))
            .collect(),
        ParameterValue::Object(members) => members
            .iter()
            .flat_map(|(name, value)| [encode(name), encode(value)])
            .collect(),
    }
}
