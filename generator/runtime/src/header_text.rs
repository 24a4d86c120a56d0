//! The headers of replies as values.
//!
//! In: the headers of a reply, and the type that the document gives one of them. Out: the value, by
//! a deserializer over the header's text: style `simple`, the only one that headers have (OpenAPI
//! 3.0.3, Header Object). Errors never hold what a header holds. This file knows nothing of replies.

use std::fmt;

use http::HeaderMap;
use serde::de::value::{MapDeserializer, SeqDeserializer, StrDeserializer};
use serde::de::{DeserializeOwned, Deserializer, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;

/// Why a header of a reply is not what the document says. The header's value is left out: it may
/// be secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeaderError {
    /// The name of the header.
    pub name: &'static str,
    /// What is wrong with it, as a sentence without its subject.
    pub problem: &'static str,
}

impl fmt::Display for HeaderError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, problem } = self;
        write!(formatter, "the header {name:?} {problem}")
    }
}

impl std::error::Error for HeaderError {}

/// Reads a header; nothing if it is not there.
///
/// A text is the header as it is, without the white space at its ends. An array has commas between
/// its items, and several lines of the header count as one (RFC 9110, section 5.3); white space
/// around an item is no part of it. An object is names and values in turn, `R,100,G,200`. An empty
/// header is an array without items, an object without members, and where the type has it, null.
///
/// # Errors
///
/// That the header is not UTF-8, or is no `T`.
pub fn read_header<T: DeserializeOwned>(
    headers: &HeaderMap,
    name: &'static str,
) -> Result<Option<T>, HeaderError> {
    read_text(headers, name, false)
}

/// Like [`read_header`], for an object with `explode`: its members are pairs, `R=100,G=200`.
///
/// # Errors
///
/// That the header is not UTF-8, or is no `T`.
pub fn read_exploded_header<T: DeserializeOwned>(
    headers: &HeaderMap,
    name: &'static str,
) -> Result<Option<T>, HeaderError> {
    read_text(headers, name, true)
}

/// Reads a header that is JSON; nothing if it is not there.
///
/// # Errors
///
/// That the header is not JSON, or is no `T`.
pub fn read_json_header<T: DeserializeOwned>(
    headers: &HeaderMap,
    name: &'static str,
) -> Result<Option<T>, HeaderError> {
    let Some(text) = header_text(headers, name)? else {
        return Ok(None);
    };
    match serde_json::from_str(&text) {
        Ok(value) => Ok(Some(value)),
        Err(error) => Err(HeaderError {
            name,
            problem: match error.is_data() {
                true => "is JSON of another type than the document says",
                false => "is not JSON",
            },
        }),
    }
}

fn read_text<T: DeserializeOwned>(
    headers: &HeaderMap,
    name: &'static str,
    explode: bool,
) -> Result<Option<T>, HeaderError> {
    let Some(text) = header_text(headers, name)? else {
        return Ok(None);
    };
    let text = HeaderText {
        text: &text,
        explode,
    };
    match T::deserialize(text) {
        Ok(value) => Ok(Some(value)),
        Err(Unreadable(problem)) => Err(HeaderError { name, problem }),
    }
}

/// The lines of a header as one.
fn header_text(headers: &HeaderMap, name: &'static str) -> Result<Option<String>, HeaderError> {
    let mut text: Option<String> = None;
    for line in headers.get_all(name) {
        let line = std::str::from_utf8(line.as_bytes()).map_err(|_| HeaderError {
            name,
            problem: "is not UTF-8",
        })?;
        match &mut text {
            None => text = Some(line.trim().to_owned()),
            Some(text) => {
                text.push_str(", ");
                text.push_str(line.trim());
            }
        }
    }
    Ok(text)
}

/// Why a text is no value of a type, as a sentence without its subject.
#[derive(Debug)]
struct Unreadable(&'static str);

impl fmt::Display for Unreadable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.0)
    }
}

impl std::error::Error for Unreadable {}

impl serde::de::Error for Unreadable {
    /// What a type says may quote the value.
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self("has a value that the document does not allow")
    }

    fn missing_field(_: &'static str) -> Self {
        Self("lacks a member of its object")
    }
}

/// The text of a header, or of an item or member in it.
#[derive(Clone, Copy)]
struct HeaderText<'text> {
    text: &'text str,
    explode: bool,
}

impl HeaderText<'_> {
    /// The items of an array.
    fn items(self) -> impl Iterator<Item = Self> {
        let texts = self.text.split(',').filter(move |_| !self.text.is_empty());
        texts.map(move |text| Self {
            text: text.trim(),
            ..self
        })
    }

    /// The members of an object.
    fn members(self) -> Result<Vec<(Self, Self)>, Unreadable> {
        let mut members = Vec::new();
        let mut items = self.items();
        while let Some(item) = items.next() {
            let member = if self.explode {
                let pair = item.text.split_once('=');
                let (name, text) = pair.ok_or(Unreadable("has a member without a value"))?;
                (name.trim(), text.trim())
            } else {
                let value = items.next();
                (
                    item.text,
                    value
                        .ok_or(Unreadable("has a member without a value"))?
                        .text,
                )
            };
            let (name, text) = member;
            members.push((Self { text: name, ..self }, Self { text, ..self }));
        }
        Ok(members)
    }
}

/// Implements methods of [`Deserializer`] that parse the text.
macro_rules! parsed {
    ($($method:ident $visit:ident $problem:literal)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
            match self.text.parse() {
                Ok(value) => visitor.$visit(value),
                Err(_) => Err(Unreadable($problem)),
            }
        }
    )*};
}

impl<'de> Deserializer<'de> for HeaderText<'_> {
    type Error = Unreadable;

    parsed! {
        deserialize_bool visit_bool "is neither `true` nor `false`"
        deserialize_i8 visit_i8 "is not an integer of 8 bits"
        deserialize_i16 visit_i16 "is not an integer of 16 bits"
        deserialize_i32 visit_i32 "is not an integer of 32 bits"
        deserialize_i64 visit_i64 "is not an integer of 64 bits"
        deserialize_i128 visit_i128 "is not an integer of 128 bits"
        deserialize_u8 visit_u8 "is not an unsigned integer of 8 bits"
        deserialize_u16 visit_u16 "is not an unsigned integer of 16 bits"
        deserialize_u32 visit_u32 "is not an unsigned integer of 32 bits"
        deserialize_u64 visit_u64 "is not an unsigned integer of 64 bits"
        deserialize_u128 visit_u128 "is not an unsigned integer of 128 bits"
        deserialize_f32 visit_f32 "is not a number"
        deserialize_f64 visit_f64 "is not a number"
        deserialize_char visit_char "is not one character"
    }

    /// A type that takes anything gets a text: nothing in a header says what it is.
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_str(self.text)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        match self.text {
            "" => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_unit()
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        let mut items = SeqDeserializer::new(self.items());
        let value = visitor.visit_seq(&mut items)?;
        // A tuple leaves alone what it has no place for.
        items.end()?;
        Ok(value)
    }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_map(MapDeserializer::new(self.members()?.into_iter()))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        self.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        visitor.visit_enum(StrDeserializer::<Unreadable>::new(self.text))
    }

    forward_to_deserialize_any! {
        str string bytes byte_buf unit_struct identifier ignored_any
    }
}

impl<'de> IntoDeserializer<'de, Unreadable> for HeaderText<'_> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}
