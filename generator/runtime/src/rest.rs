//! Reading and writing of JSON objects that keep properties their document does not name.
//!
//! In: what [`Object`] asks for, and where the other properties are kept. Out: complete
//! implementations of serde's two traits, as for other objects. The object is a map in all
//! formats, since its keys are not known before: it is not read from a sequence, and fields that
//! are `None` are not written. This file knows nothing of HTTP, and nothing of any one format.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};

use super::{Count, FieldSeed, FieldWriter, KeySeed, Object, Seen};

/// A struct that keeps the properties that are none of its fields.
///
/// A type that implements it gets serde's traits from [`deserialize_object_with_rest`] and
/// [`serialize_object_with_rest`].
pub trait ObjectWithRest: Object {
    /// The type of the values of the other properties.
    type Rest: for<'de> Deserialize<'de> + Serialize;

    /// Where the other properties gather while the object is read.
    fn rest_mut(slots: &mut Self::Slots) -> &mut BTreeMap<String, Self::Rest>;

    /// The other properties.
    fn rest(&self) -> &BTreeMap<String, Self::Rest>;
}

/// Reads an object of the type `T`. Of another property that occurs twice, the last one counts.
///
/// # Errors
///
/// A value of a wrong type, a duplicate or a missing field, and the errors of the format.
pub fn deserialize_object_with_rest<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: ObjectWithRest,
    D: Deserializer<'de>,
{
    deserializer.deserialize_map(RestVisitor(PhantomData))
}

/// Writes `object`: its fields, then its other properties. Those that are called like a field are
/// left out, even where the field is.
///
/// # Errors
///
/// Those of the format and of the values.
pub fn serialize_object_with_rest<T, S>(object: &T, serializer: S) -> Result<S::Ok, S::Error>
where
    T: ObjectWithRest,
    S: Serializer,
{
    let mut count = Count {
        every: false,
        fields: 0,
    };
    object.write(&mut count);
    let rest = object.rest().iter();
    let rest = rest.filter(|(name, _)| !T::FIELDS.contains(&name.as_str()));
    let mut writer = EntryWriter {
        to: serializer.serialize_map(Some(count.fields + rest.clone().count()))?,
        failed: None,
    };
    object.write(&mut writer);
    if let Some(error) = writer.failed {
        return Err(error);
    }
    for (name, value) in rest {
        writer.to.serialize_entry(name, value)?;
    }
    writer.to.end()
}

/// The visitor of every object with a rest.
struct RestVisitor<T>(PhantomData<T>);

impl<'de, T: ObjectWithRest> Visitor<'de> for RestVisitor<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("struct ")?;
        formatter.write_str(T::NAME)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<T, A::Error> {
        let mut slots = T::EMPTY;
        let mut seen = Seen::default();
        let mut start = 0;
        let names = T::FIELDS;
        while let Some(key) = access.next_key_seed(AnyKeySeed(KeySeed { names, start }))? {
            match key {
                Key::Field(index) => {
                    if !seen.insert(index) {
                        return Err(A::Error::duplicate_field(names[index]));
                    }
                    start = index + 1;
                    access.next_value_seed(FieldSeed::<T> {
                        slots: &mut slots,
                        index,
                    })?;
                }
                Key::Other(name) => {
                    let value = access.next_value()?;
                    T::rest_mut(&mut slots).insert(name, value);
                }
            }
        }
        T::finish(slots)
    }
}

/// The key of a property.
enum Key {
    /// The index of a field.
    Field(usize),
    /// The name of another property.
    Other(String),
}

/// Finds a key in the table of names, or keeps it.
struct AnyKeySeed(KeySeed);

impl<'de> DeserializeSeed<'de> for AnyKeySeed {
    type Value = Key;

    fn deserialize<D: Deserializer<'de>>(self, key: D) -> Result<Key, D::Error> {
        // Not as an identifier: a format may write those as numbers, and another property has none.
        key.deserialize_str(self)
    }
}

impl Visitor<'_> for AnyKeySeed {
    type Value = Key;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the name of a property")
    }

    fn visit_str<E>(self, key: &str) -> Result<Key, E> {
        let index = self.0.find(key.as_bytes());
        Ok(match index < self.0.names.len() {
            true => Key::Field(index),
            false => Key::Other(key.to_owned()),
        })
    }
}

/// Writes fields as entries of a map until one fails, and keeps that error.
struct EntryWriter<M: SerializeMap> {
    to: M,
    failed: Option<M::Error>,
}

impl<M: SerializeMap> FieldWriter for EntryWriter<M> {
    fn field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) {
        if self.failed.is_none() {
            self.failed = self.to.serialize_entry(name, value).err();
        }
    }

    fn optional<T: Serialize>(&mut self, name: &'static str, value: &Option<T>) {
        if value.is_some() {
            self.field(name, value);
        }
    }
}
