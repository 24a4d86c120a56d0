//! Fields that tell absent, null and a value apart.
//!
//! In: the slot of such a field, or its value. Out: the slot filled, or the field written. This
//! file knows nothing of which fields are such.

use serde::de::{Deserialize, Deserializer, Error};
use serde::ser::{Serialize, Serializer};

use super::FieldWriter;

/// A field that may be left out and may be null, where the two say different things: in an
/// update, absent leaves what is there and null removes it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Patch<T> {
    /// The field is left out.
    #[default]
    Absent,
    /// The field is there and null.
    Null,
    /// The field is there and has a value.
    Value(T),
}

impl<T> Patch<T> {
    /// Whether the field is left out.
    pub const fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Whether the field is there and null.
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The value, if there is one.
    pub const fn value(&self) -> Option<&T> {
        match self {
            Self::Absent | Self::Null => None,
            Self::Value(value) => Some(value),
        }
    }

    /// Gives the value back, if there is one.
    pub fn into_value(self) -> Option<T> {
        match self {
            Self::Absent | Self::Null => None,
            Self::Value(value) => Some(value),
        }
    }
}

impl<T> From<T> for Patch<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

/// [`None`] is null.
impl<T> From<Option<T>> for Patch<T> {
    fn from(value: Option<T>) -> Self {
        match value {
            None => Self::Null,
            Some(value) => Self::Value(value),
        }
    }
}

/// Reads a value into the slot of a field that is a [`Patch`].
///
/// # Errors
///
/// The error of the value.
pub fn read_patch<'de, T, D>(slot: &mut Patch<T>, value: D) -> Result<(), D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    if value.is_human_readable() {
        *slot = Option::deserialize(value)?.into();
        return Ok(());
    }
    *slot = match Option::<Vec<T>>::deserialize(value)? {
        None => Patch::Absent,
        Some(values) if values.len() > 1 => {
            return Err(D::Error::invalid_length(values.len(), &"at most one value"));
        }
        Some(mut values) => values.pop().into(),
    };
    Ok(())
}

/// Writes a field that is a [`Patch`].
///
/// A format for people (JSON) gets no field that is absent, and null or the value of any other.
/// Other formats may need every field, and some write an absent one as null: there, what is
/// present is a list of at most one value, so that all three states can be told apart.
pub fn write_patch<T, W>(fields: &mut W, name: &'static str, patch: &Patch<T>)
where
    T: Serialize,
    W: FieldWriter,
{
    let present = match patch {
        Patch::Absent => None,
        Patch::Null => Some(Present(None)),
        Patch::Value(value) => Some(Present(Some(value))),
    };
    fields.optional(name, &present);
}

/// A field that is there.
struct Present<'patch, T>(Option<&'patch T>);

impl<T: Serialize> Serialize for Present<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match serializer.is_human_readable() {
            true => self.0.serialize(serializer),
            false => serializer.collect_seq(self.0),
        }
    }
}
