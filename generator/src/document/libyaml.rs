//! The second reader of YAML, for texts that break the rules of YAML 1.2.
//!
//! In goes a text that [the first reader](super::yaml) refuses, out come events for the [`Builder`].
//! The grammar is that of libyaml, which many tools share and which forgives tabs and brackets that
//! are not indented; people paste such examples. It tells no places, so the nodes have none.

use std::fmt;

use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, IgnoredAny, MapAccess, SeqAccess,
    VariantAccess, Visitor,
};

use super::arena::Value;
use super::build::{Builder, Fault};
use super::number::Number;

/// Texts with more open brackets than this are left alone: for each token libyaml looks at all of
/// them, which a hostile text makes use of.
const BRACKETS: usize = 256;

/// Reads the first document of `text`. Without a document, or if it can't be read, there is `None`,
/// or what the builder has against it.
pub(super) fn read(text: &str, builder: &mut Builder) -> Option<Result<(), Fault>> {
    if open_brackets(text) > BRACKETS {
        return None;
    }
    let document = serde_yaml::Deserializer::from_str(text).next()?;
    let mut fault = None;
    let node = Node {
        builder,
        fault: &mut fault,
    };
    match (node.deserialize(document), fault) {
        (_, Some(fault)) => Some(Err(fault)),
        (Ok(()), None) => Some(Ok(())),
        (Err(_), None) => None,
    }
}

/// How many brackets are open at most, where those in texts count as well.
fn open_brackets(text: &str) -> usize {
    let (mut open, mut most) = (0_usize, 0);
    for byte in text.bytes() {
        match byte {
            b'[' | b'{' => open += 1,
            b']' | b'}' => open = open.saturating_sub(1),
            _ => {}
        }
        most = most.max(open);
    }
    most
}

/// One value, to be added to the builder.
struct Node<'b> {
    builder: &'b mut Builder,
    /// What the builder has said; errors of the deserializer have no room for it.
    fault: &'b mut Option<Fault>,
}

impl Node<'_> {
    fn again(&mut self) -> Node<'_> {
        Node {
            builder: self.builder,
            fault: self.fault,
        }
    }

    fn keep<T, E: Error>(&mut self, result: Result<T, Fault>) -> Result<(), E> {
        result.map(drop).map_err(|fault| {
            let error = E::custom(&fault.message);
            *self.fault = Some(fault);
            error
        })
    }

    fn scalar<E: Error>(mut self, value: Value) -> Result<(), E> {
        let result = self.builder.scalar(value, 0..0);
        self.keep(result)
    }

    fn number<E: Error>(mut self, number: Number) -> Result<(), E> {
        let result = self.builder.number(number, 0..0);
        self.keep(result)
    }
}

impl<'de> DeserializeSeed<'de> for Node<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Node<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.scalar(Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        self.scalar(Value::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        self.number(Number::Integer(value.into()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        self.number(Number::Integer(value.into()))
    }

    fn visit_i128<E: Error>(self, value: i128) -> Result<(), E> {
        self.number(Number::Integer(value))
    }

    fn visit_u128<E: Error>(self, value: u128) -> Result<(), E> {
        let integer = i128::try_from(value).map(Number::Integer);
        self.number(integer.unwrap_or(Number::Float(value as f64)))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        self.number(Number::Float(value))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        self.scalar(Value::String(text.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut items: A) -> Result<(), A::Error> {
        let begun = self.builder.array(0..0);
        self.keep(begun)?;
        while items.next_element_seed(self.again())?.is_some() {}
        let ended = self.builder.end(0);
        self.keep(ended)
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut entries: A) -> Result<(), A::Error> {
        let begun = self.builder.object(0..0);
        self.keep(begun)?;
        while entries.next_key_seed(Key(self.builder))?.is_some() {
            entries.next_value_seed(self.again())?;
        }
        let ended = self.builder.end(0);
        self.keep(ended)
    }

    /// A value with a tag, which has no meaning here.
    fn visit_enum<A: EnumAccess<'de>>(self, tagged: A) -> Result<(), A::Error> {
        let (IgnoredAny, value) = tagged.variant()?;
        value.newtype_variant_seed(self)
    }
}

/// One key, to be added to the builder.
struct Key<'b>(&'b mut Builder);

impl<'de> DeserializeSeed<'de> for Key<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        // As text, so that `200` and `1.10` stay what is written.
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Key<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        self.0.key(text, 0..0, text == "<<");
        Ok(())
    }
}
