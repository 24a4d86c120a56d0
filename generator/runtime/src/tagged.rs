//! Writing of union variants with their tag.
//!
//! In: a value, and the tag that tells it from other variants. Out: its object, with the tag in it.
//! This file knows nothing of any union.

use std::fmt;

use serde::ser::{Error, Impossible, Serialize, SerializeMap, SerializeStruct, Serializer};

/// Writes `value`, and where it is an object without a member `name`, that member in front with
/// `tag` as its value (OpenAPI 3.0.3, Discriminator Object). Any other value is written as it is.
///
/// # Errors
///
/// Those of the format and of the value.
pub fn serialize_tagged<T, S>(
    value: &T,
    tag: &'static str,
    name: &str,
    serializer: S,
) -> Result<S::Ok, S::Error>
where
    T: Serialize,
    S: Serializer,
{
    if serializer.is_human_readable() {
        write_tagged(value, tag, name, serializer)
    } else {
        // As `serialize_variant` does.
        let value = serde_json::to_value(value).map_err(S::Error::custom)?;
        write_tagged(&value, tag, name, serializer)
    }
}

fn write_tagged<T, S>(
    value: &T,
    tag: &'static str,
    name: &str,
    serializer: S,
) -> Result<S::Ok, S::Error>
where
    T: Serialize,
    S: Serializer,
{
    let probe = Probe {
        name,
        found: false,
        members: 0,
    };
    match value.serialize(Members(probe)) {
        Ok(probe) if !probe.found => {
            let mut map = serializer.serialize_map(Some(probe.members + 1))?;
            map.serialize_entry(name, tag)?;
            value.serialize(Members(map))?.end()
        }
        // It has the tag, or is no object.
        Ok(_) | Err(_) => value.serialize(serializer),
    }
}

/// Looks at the names of an object's members; the values are passed over.
struct Probe<'name> {
    name: &'name str,
    found: bool,
    members: usize,
}

impl SerializeMap for Probe<'_> {
    type Ok = ();
    type Error = fmt::Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), fmt::Error> {
        let key = serde_json::to_value(key).map_err(fmt::Error::custom)?;
        self.found |= key.as_str() == Some(self.name);
        self.members += 1;
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, _: &T) -> Result<(), fmt::Error> {
        Ok(())
    }

    fn end(self) -> Result<(), fmt::Error> {
        Ok(())
    }
}

/// Puts the members of one object into a map, which it gives back without ending it.
struct Members<M>(M);

/// Refuses values that are no objects.
macro_rules! refuse {
    ($($method:ident($($argument:ty),*) -> $ok:ty;)*) => {$(
        fn $method(self, $(_: $argument),*) -> Result<$ok, M::Error> {
            Err(M::Error::custom("a value with a tag has to be an object"))
        }
    )*};
}

impl<M: SerializeMap> Serializer for Members<M> {
    type Ok = M;
    type Error = M::Error;
    type SerializeSeq = Impossible<M, M::Error>;
    type SerializeTuple = Impossible<M, M::Error>;
    type SerializeTupleStruct = Impossible<M, M::Error>;
    type SerializeTupleVariant = Impossible<M, M::Error>;
    type SerializeMap = Self;
    type SerializeStruct = Self;
    type SerializeStructVariant = Impossible<M, M::Error>;

    fn serialize_map(self, _: Option<usize>) -> Result<Self, M::Error> {
        Ok(self)
    }

    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Self, M::Error> {
        // So `serde_json` writes what is a text of JSON already, such as a number that keeps its
        // digits.
        match name.starts_with("$serde_json::private::") {
            true => Err(M::Error::custom("a text of JSON is not taken apart")),
            false => Ok(self),
        }
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<M, M::Error> {
        value.serialize(self)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<M, M::Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<M, M::Error> {
        self.serialize_unit()
    }

    refuse! {
        serialize_bool(bool) -> M;
        serialize_i8(i8) -> M;
        serialize_i16(i16) -> M;
        serialize_i32(i32) -> M;
        serialize_i64(i64) -> M;
        serialize_u8(u8) -> M;
        serialize_u16(u16) -> M;
        serialize_u32(u32) -> M;
        serialize_u64(u64) -> M;
        serialize_f32(f32) -> M;
        serialize_f64(f64) -> M;
        serialize_char(char) -> M;
        serialize_str(&str) -> M;
        serialize_bytes(&[u8]) -> M;
        serialize_none() -> M;
        serialize_unit() -> M;
        serialize_unit_struct(&'static str) -> M;
        serialize_unit_variant(&'static str, u32, &'static str) -> M;
        serialize_seq(Option<usize>) -> Self::SerializeSeq;
        serialize_tuple(usize) -> Self::SerializeTuple;
        serialize_tuple_struct(&'static str, usize) -> Self::SerializeTupleStruct;
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> Self::SerializeTupleVariant;
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> Self::SerializeStructVariant;
    }
}

impl<M: SerializeMap> SerializeMap for Members<M> {
    type Ok = M;
    type Error = M::Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), M::Error> {
        self.0.serialize_key(key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), M::Error> {
        self.0.serialize_value(value)
    }

    fn end(self) -> Result<M, M::Error> {
        Ok(self.0)
    }
}

impl<M: SerializeMap> SerializeStruct for Members<M> {
    type Ok = M;
    type Error = M::Error;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), M::Error> {
        self.0.serialize_entry(name, value)
    }

    fn end(self) -> Result<M, M::Error> {
        Ok(self.0)
    }
}
