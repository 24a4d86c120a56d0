//! Reading and writing of JSON objects that have a struct of their own.
//!
//! In: what an emitted struct says about itself through [`Object`]: its name, a table of its field
//! names, and three small functions. Out: complete implementations of serde's two traits, through
//! [`deserialize_object`] and [`serialize_object`]. One generic visitor serves all structs, which
//! is what keeps an emitted crate cheap to compile: a struct adds one `match` and no visitor, no
//! field enum and no loop of its own.
//!
//! The behaviour is that of serde's derive: keys in any order and with any escapes, unknown keys
//! skipped, a key that occurs twice refused, a missing required field named, sequences read in the
//! order of the table, keys by number or as bytes where a format has them. This file knows nothing
//! of HTTP, and nothing of any one format.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Expected, IgnoredAny, MapAccess, SeqAccess, Visitor,
};
use serde::ser::{Serialize, SerializeStruct, Serializer};

pub use serde::de::Error as DeserializeError;

/// A struct that is an object on the wire.
///
/// A type that implements it gets serde's traits from [`deserialize_object`] and
/// [`serialize_object`]. While an object is read, its fields gather in [`Slots`](Self::Slots).
pub trait Object: Sized {
    /// The name that error messages call the struct by.
    const NAME: &'static str;

    /// The names of the fields on the wire, each once. The place of a name in this table is the
    /// field's index.
    const FIELDS: &'static [&'static str];

    /// What has been read so far: a tuple of one [`Option`] per field, in the order of
    /// [`FIELDS`](Self::FIELDS).
    type Slots;

    /// Slots of which none is filled.
    const EMPTY: Self::Slots;

    /// Reads the value of the field `index` into its slot.
    ///
    /// It is called at most once for an index. An arm is [`read_field`] for a field that must be
    /// there or has a default, [`read_optional`] for a field that is an [`Option`], and
    /// [`skip_value`] for all other indexes.
    ///
    /// # Errors
    ///
    /// The error of the value.
    fn read<'de, D: Deserializer<'de>>(
        slots: &mut Self::Slots,
        index: usize,
        value: D,
    ) -> Result<(), D::Error>;

    /// Makes the struct of its slots.
    ///
    /// # Errors
    ///
    /// That a required field is missing; see [`require`].
    fn finish<E: DeserializeError>(slots: Self::Slots) -> Result<Self, E>;

    /// Names each field and its value to `fields`, in the order of [`FIELDS`](Self::FIELDS).
    ///
    /// It is called twice: once to count, once to write.
    fn write<W: FieldWriter>(&self, fields: &mut W);
}

/// What [`Object::write`] gives the fields of a struct to.
pub trait FieldWriter {
    /// Writes a field that is always there.
    fn field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T);

    /// Writes a field unless it is [`None`].
    fn optional<T: Serialize>(&mut self, name: &'static str, value: &Option<T>);
}

/// Reads an object of the type `T`.
///
/// # Errors
///
/// Those of serde's derive: a value of a wrong type, a duplicate or a missing field, a sequence
/// that is too short, and the errors of the format.
pub fn deserialize_object<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: Object,
    D: Deserializer<'de>,
{
    deserializer.deserialize_struct(T::NAME, T::FIELDS, ObjectVisitor(PhantomData))
}

/// Writes `object`.
///
/// A format for people (JSON) gets no field that is [`None`]. Any other gets all of them, since a
/// format without field names could not read the object back otherwise.
///
/// # Errors
///
/// Those of the format and of the values.
pub fn serialize_object<T, S>(object: &T, serializer: S) -> Result<S::Ok, S::Error>
where
    T: Object,
    S: Serializer,
{
    let every = !serializer.is_human_readable();
    let mut count = Count { every, fields: 0 };
    object.write(&mut count);
    let mut writer = Writer {
        to: serializer.serialize_struct(T::NAME, count.fields)?,
        every,
        failed: None,
    };
    object.write(&mut writer);
    match writer.failed {
        None => writer.to.end(),
        Some(error) => Err(error),
    }
}

/// Reads a value into the slot of a field that must be there, or that has a default.
///
/// # Errors
///
/// The error of the value.
pub fn read_field<'de, T, D>(slot: &mut Option<T>, value: D) -> Result<(), D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    *slot = Some(T::deserialize(value)?);
    Ok(())
}

/// Reads a value into the slot of a field that is an [`Option`] itself. `null` is [`None`].
///
/// # Errors
///
/// The error of the value.
pub fn read_optional<'de, T, D>(slot: &mut Option<T>, value: D) -> Result<(), D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    *slot = Option::deserialize(value)?;
    Ok(())
}

/// Passes over a value.
///
/// # Errors
///
/// The error of the format, where what stands there is no value.
pub fn skip_value<'de, D: Deserializer<'de>>(value: D) -> Result<(), D::Error> {
    IgnoredAny::deserialize(value).map(drop)
}

/// Takes what the slot of a required field holds. `name` is the field's name on the wire.
///
/// # Errors
///
/// That the field is missing.
#[inline]
pub fn require<T, E: DeserializeError>(slot: Option<T>, name: &'static str) -> Result<T, E> {
    match slot {
        Some(value) => Ok(value),
        None => Err(missing(name)),
    }
}

#[cold]
fn missing<E: DeserializeError>(name: &'static str) -> E {
    E::missing_field(name)
}

/// The visitor of every object.
struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: Object> Visitor<'de> for ObjectVisitor<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("struct ")?;
        formatter.write_str(T::NAME)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<T, A::Error> {
        let mut slots = T::EMPTY;
        let mut keys = Keys::new(T::FIELDS);
        while let Some(index) = keys.next(&mut access)? {
            access.next_value_seed(FieldSeed::<T> {
                slots: &mut slots,
                index,
            })?;
        }
        T::finish(slots)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<T, A::Error> {
        let mut slots = T::EMPTY;
        for index in 0..T::FIELDS.len() {
            let seed = FieldSeed::<T> {
                slots: &mut slots,
                index,
            };
            if access.next_element_seed(seed)?.is_none() {
                return Err(too_short(T::NAME, T::FIELDS.len(), index));
            }
        }
        T::finish(slots)
    }
}

#[cold]
fn too_short<E: DeserializeError>(name: &'static str, fields: usize, found: usize) -> E {
    E::invalid_length(found, &Elements { name, fields })
}

/// What a sequence for a struct should have been.
struct Elements {
    name: &'static str,
    fields: usize,
}

impl Expected for Elements {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, fields } = self;
        let plural = if *fields == 1 { "" } else { "s" };
        write!(formatter, "struct {name} with {fields} element{plural}")
    }
}

/// Hands the value of a field to the struct. Its deserializer is of the same type in an object and
/// in a sequence, so that `T::read` is compiled once for both.
pub(super) struct FieldSeed<'slots, T: Object> {
    pub(super) slots: &'slots mut T::Slots,
    pub(super) index: usize,
}

impl<'de, T: Object> DeserializeSeed<'de> for FieldSeed<'_, T> {
    type Value = ();

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, value: D) -> Result<(), D::Error> {
        T::read(self.slots, self.index, value)
    }
}

/// The walk over the keys of one object. It depends on no struct.
struct Keys {
    names: &'static [&'static str],
    /// Where the next key is looked for first: after the last one, because most writers keep to
    /// one order.
    start: usize,
    seen: Seen,
}

impl Keys {
    fn new(names: &'static [&'static str]) -> Self {
        Self {
            names,
            start: 0,
            seen: Seen::default(),
        }
    }

    /// The index of the next key that the struct has, or nothing at the end of the object.
    fn next<'de, A: MapAccess<'de>>(&mut self, access: &mut A) -> Result<Option<usize>, A::Error> {
        loop {
            let seed = KeySeed {
                names: self.names,
                start: self.start,
            };
            let Some(index) = access.next_key_seed(seed)? else {
                return Ok(None);
            };
            if index >= self.names.len() {
                access.next_value::<IgnoredAny>()?;
                continue;
            }
            if !self.seen.insert(index) {
                return Err(A::Error::duplicate_field(self.names[index]));
            }
            self.start = index + 1;
            return Ok(Some(index));
        }
    }
}

/// The indexes that have occurred. A struct of up to 64 fields needs no allocation.
#[derive(Default)]
pub(super) struct Seen {
    first: u64,
    others: Vec<u64>,
}

impl Seen {
    /// Whether `index` is new.
    #[inline]
    pub(super) fn insert(&mut self, index: usize) -> bool {
        match index {
            0..64 => Self::set(&mut self.first, index),
            _ => self.insert_other(index - 64),
        }
    }

    #[cold]
    fn insert_other(&mut self, index: usize) -> bool {
        let word = index / 64;
        if self.others.len() <= word {
            self.others.resize(word + 1, 0);
        }
        Self::set(&mut self.others[word], index % 64)
    }

    #[inline]
    fn set(word: &mut u64, bit: usize) -> bool {
        let new = *word & (1 << bit) == 0;
        *word |= 1 << bit;
        new
    }
}

/// Finds the index of a key in the table of names. It is the number of names or more for a key that
/// is not there: with a plain number, the innermost loop of all decoding is measurably shorter.
pub(super) struct KeySeed {
    pub(super) names: &'static [&'static str],
    /// At most the number of names.
    pub(super) start: usize,
}

impl KeySeed {
    #[inline]
    pub(super) fn find(&self, key: &[u8]) -> usize {
        match self.names.get(self.start) {
            Some(name) if same(name.as_bytes(), key) => self.start,
            _ => self.search(key),
        }
    }

    #[inline(never)]
    fn search(&self, key: &[u8]) -> usize {
        let (before, after) = self.names.split_at(self.start);
        let is_key = |name: &&str| same(name.as_bytes(), key);
        match after.iter().position(is_key) {
            Some(place) => self.start + place,
            None => before.iter().position(is_key).unwrap_or(usize::MAX),
        }
    }
}

impl<'de> DeserializeSeed<'de> for KeySeed {
    type Value = usize;

    fn deserialize<D: Deserializer<'de>>(self, key: D) -> Result<usize, D::Error> {
        key.deserialize_identifier(self)
    }
}

impl Visitor<'_> for KeySeed {
    type Value = usize;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("field identifier")
    }

    fn visit_u64<E>(self, index: u64) -> Result<usize, E> {
        Ok(usize::try_from(index).unwrap_or(usize::MAX))
    }

    fn visit_str<E>(self, key: &str) -> Result<usize, E> {
        Ok(self.find(key.as_bytes()))
    }

    fn visit_bytes<E>(self, key: &[u8]) -> Result<usize, E> {
        Ok(self.find(key))
    }
}

/// Whether two names are equal. Names are short, so they are compared in words rather than by a
/// call.
#[inline]
fn same(name: &[u8], key: &[u8]) -> bool {
    if name.len() != key.len() {
        return false;
    }
    if name.len() > 16 {
        return name == key;
    }
    // The first and the last word overlap where a name is shorter than both together.
    if let (Some(name_first), Some(key_first), Some(name_last), Some(key_last)) = (
        name.first_chunk::<8>(),
        key.first_chunk::<8>(),
        name.last_chunk::<8>(),
        key.last_chunk::<8>(),
    ) {
        return name_first == key_first && name_last == key_last;
    }
    if let (Some(name_first), Some(key_first), Some(name_last), Some(key_last)) = (
        name.first_chunk::<4>(),
        key.first_chunk::<4>(),
        name.last_chunk::<4>(),
        key.last_chunk::<4>(),
    ) {
        return name_first == key_first && name_last == key_last;
    }
    name.iter().zip(key).all(|(name, key)| name == key)
}

/// Counts the fields that [`Writer`] will write.
pub(super) struct Count {
    pub(super) every: bool,
    pub(super) fields: usize,
}

impl FieldWriter for Count {
    #[inline]
    fn field<T: Serialize + ?Sized>(&mut self, _: &'static str, _: &T) {
        self.fields += 1;
    }

    #[inline]
    fn optional<T: Serialize>(&mut self, _: &'static str, value: &Option<T>) {
        self.fields += usize::from(self.every || value.is_some());
    }
}

/// Writes fields until one fails, and keeps that error: an emitted struct then has no `?` per
/// field.
struct Writer<W: SerializeStruct> {
    to: W,
    every: bool,
    failed: Option<W::Error>,
}

impl<W: SerializeStruct> FieldWriter for Writer<W> {
    #[inline]
    fn field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) {
        if self.failed.is_none() {
            self.failed = self.to.serialize_field(name, value).err();
        }
    }

    #[inline]
    fn optional<T: Serialize>(&mut self, name: &'static str, value: &Option<T>) {
        if self.every || value.is_some() {
            self.field(name, value);
        } else if self.failed.is_none() {
            self.failed = self.to.skip_field(name).err();
        }
    }
}
