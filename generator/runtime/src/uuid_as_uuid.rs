//! UUIDs as those of the crate `uuid`, and back.
//!
//! In: either. Out: the other. This file knows nothing of what is identified.

use super::Uuid;

impl TryFrom<&Uuid> for uuid::Uuid {
    type Error = uuid::Error;

    fn try_from(text: &Uuid) -> Result<Self, uuid::Error> {
        text.as_str().parse()
    }
}

/// The text is in lower case, with hyphens.
impl From<uuid::Uuid> for Uuid {
    fn from(uuid: uuid::Uuid) -> Self {
        Self::from(uuid.to_string())
    }
}
