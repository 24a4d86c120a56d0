//! Bodies of the type `application/x-www-form-urlencoded`, and queries that are such a form.
//!
//! In: an object that serde can write, and what the document says about its fields. Out: its pairs,
//! as the body of a call or as a whole query. Pairs are written as the form rules of the WHATWG URL Standard have them:
//! UTF-8, percent-encoded, with `+` for a space. This file knows nothing of multipart forms.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde::ser::Serialize;
use serde_json::Value;

use super::{
    Call, ParameterInfo, ParameterValue, ReadValue, RequestErrorKind, Style, ToParameter,
    encode_component, encode_reserved, write_query_parameter,
};

const FORM: &str = "application/x-www-form-urlencoded";

/// How a field of a form is written, where the document says so (OpenAPI 3.0.3, Encoding Object).
#[derive(Clone, Copy, Debug)]
pub struct FormField(ParameterInfo);

impl FormField {
    /// A field of the style `form`, exploded.
    pub const fn new(name: &'static str) -> Self {
        Self(ParameterInfo::query(name))
    }

    /// The field in another style of queries. Whether it is exploded stays as it was.
    #[must_use]
    pub const fn style(self, style: Style) -> Self {
        Self(self.0.style(style))
    }

    /// The field, exploded or not.
    #[must_use]
    pub const fn explode(self, explode: bool) -> Self {
        Self(self.0.explode(explode))
    }

    /// The field with `allowReserved`: reserved characters stay as they are, also `&`, which ends
    /// the field. A `+` is encoded all the same, since in a form it would be a space.
    #[must_use]
    pub const fn reserved(mut self) -> Self {
        self.0.encode = encode_reserved_field;
        self
    }
}

fn encode_reserved_field(text: &str) -> String {
    encode_reserved(text).replace('+', "%2B")
}

impl Call {
    /// Sets the body: the members of `value`, which must be an object, as a form.
    ///
    /// Members that are null are left out. A member that is in `fields` is written in that style.
    /// Of the others, texts, numbers and truth values are written as they are, an array repeats the
    /// name for each item, and an object, also one in an array, is JSON.
    #[must_use]
    pub fn form<T: Serialize + ?Sized>(self, value: &T, fields: &'static [FormField]) -> Self {
        match form_of(value, fields) {
            Ok(form) => self.body(FORM, form.into()),
            Err(error) => self.fail(RequestErrorKind::InvalidBody {
                message: error.to_string(),
            }),
        }
    }
}

/// A value as the query as a whole: the members of an object, as in a [form](Call::form) (OpenAPI
/// 3.2.0, Parameter Object). A space is `+` here, too.
#[derive(Clone, Copy, Debug)]
pub struct Form<'v, T: ?Sized>(pub &'v T, pub &'static [FormField]);

impl<T: Serialize + ?Sized> ToParameter for Form<'_, T> {
    fn to_parameter(&self) -> ParameterValue {
        match form_of(self.0, self.1) {
            Ok(form) => ParameterValue::Primitive(form),
            Err(error) => ParameterValue::Invalid(error.to_string()),
        }
    }
}

/// Writes an object as a form.
fn form_of<T: Serialize + ?Sized>(
    value: &T,
    fields: &[FormField],
) -> Result<String, serde_json::Error> {
    write_form(&serde_json::to_vec(value)?, fields)
}

/// Writes the object `json` as a form.
fn write_form(json: &[u8], fields: &[FormField]) -> Result<String, serde_json::Error> {
    let Members(members) = serde_json::from_slice(json)?;
    let mut pairs = Vec::new();
    for (name, value) in members {
        match fields.iter().find(|field| field.0.name == name) {
            Some(FormField(info)) => {
                if let ReadValue(Some(value)) = ReadValue::deserialize(value)? {
                    pairs.extend(write_query_parameter(info, &value));
                }
            }
            None => write_member(&encode_component(&name), value, &mut pairs)?,
        }
    }
    // All other percent signs are encoded, so this is a space wherever it stands.
    Ok(pairs.join("&").replace("%20", "+"))
}

/// Writes a member of which the document says nothing.
fn write_member(
    name: &str,
    value: Value,
    pairs: &mut Vec<String>,
) -> Result<(), serde_json::Error> {
    match value {
        Value::Null => {}
        Value::Array(items) => {
            for item in items {
                pairs.push(format!("{name}={}", encode_component(&text(item)?)));
            }
        }
        Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => {
            pairs.push(format!("{name}={}", encode_component(&text(value)?)));
        }
    }
    Ok(())
}

/// A value as one text. What has parts is JSON.
fn text(value: Value) -> Result<String, serde_json::Error> {
    match value {
        Value::Array(_) | Value::Object(_) => serde_json::to_string(&value),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            let ReadValue(value) = ReadValue::deserialize(value)?;
            Ok(value
                .as_ref()
                .map(ParameterValue::text)
                .unwrap_or_default()
                .into_owned())
        }
    }
}

/// The members of an object, in the order in which they are written.
struct Members(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(MembersVisitor)
    }
}

struct MembersVisitor;

impl<'de> Visitor<'de> for MembersVisitor {
    type Value = Members;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object, which is what a form can be made of")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Members, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = access.next_entry()? {
            members.push(member);
        }
        Ok(Members(members))
    }
}
