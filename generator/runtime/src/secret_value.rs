//! Secrets as fields and as parameters.
//!
//! In: a [`Secret`]. Out: what its value would be on the wire. This file knows nothing of what a
//! value is for.

use std::hash::{Hash, Hasher};

use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};

use super::{ParameterValue, Secret, ToParameter};

/// On the wire it is the value itself.
impl<T: Serialize> Serialize for Secret<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.expose().serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Secret<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(Self::new)
    }
}

impl<T: Hash> Hash for Secret<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.expose().hash(state);
    }
}

impl<T: ToParameter> ToParameter for Secret<T> {
    fn to_parameter(&self) -> ParameterValue {
        self.expose().to_parameter()
    }
}
