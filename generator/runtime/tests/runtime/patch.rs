//! Fields that tell absent, null and a value apart.

use bindery_runtime::{
    DeserializeError, FieldWriter, Object, Patch, deserialize_object, read_field, read_patch,
    require, serialize_object, skip_value, write_patch,
};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Two patches around a field, so that a format without names shows when it loses its place.
#[derive(Clone, Debug, PartialEq)]
struct Update {
    name: Patch<String>,
    size: i64,
    tags: Patch<Vec<Option<u8>>>,
}

impl Object for Update {
    const NAME: &'static str = "Update";
    const FIELDS: &'static [&'static str] = &["name", "size", "tags"];
    type Slots = (Patch<String>, Option<i64>, Patch<Vec<Option<u8>>>);
    const EMPTY: Self::Slots = (Patch::Absent, None, Patch::Absent);

    fn read<'de, D: Deserializer<'de>>(
        slots: &mut Self::Slots,
        index: usize,
        value: D,
    ) -> Result<(), D::Error> {
        match index {
            0 => read_patch(&mut slots.0, value),
            1 => read_field(&mut slots.1, value),
            2 => read_patch(&mut slots.2, value),
            _ => skip_value(value),
        }
    }

    fn finish<E: DeserializeError>(slots: Self::Slots) -> Result<Self, E> {
        Ok(Self {
            name: slots.0,
            size: require(slots.1, "size")?,
            tags: slots.2,
        })
    }

    fn write<W: FieldWriter>(&self, fields: &mut W) {
        write_patch(fields, "name", &self.name);
        fields.field("size", &self.size);
        write_patch(fields, "tags", &self.tags);
    }
}

impl<'de> Deserialize<'de> for Update {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize_object(deserializer)
    }
}

impl Serialize for Update {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize_object(self, serializer)
    }
}

/// Every mix of states, with the JSON of each.
fn updates() -> Vec<(Update, String)> {
    let names = [
        (Patch::Absent, ""),
        (Patch::Null, r#""name":null,"#),
        (Patch::Value("a".to_owned()), r#""name":"a","#),
    ];
    let tags = [
        (Patch::Absent, ""),
        (Patch::Null, r#","tags":null"#),
        (Patch::Value(vec![]), r#","tags":[]"#),
        (Patch::Value(vec![None, Some(1)]), r#","tags":[null,1]"#),
    ];
    let mut updates = Vec::new();
    for (name, before) in names {
        for (tags, after) in tags.clone() {
            let name = name.clone();
            let size = 1;
            updates.push((
                Update { name, size, tags },
                format!("{{{before}\"size\":1{after}}}"),
            ));
        }
    }
    updates
}

#[test]
fn json_has_all_three_states() {
    for (update, text) in updates() {
        assert_eq!(serde_json::to_string(&update).unwrap(), text);
        assert_eq!(serde_json::from_str::<Update>(&text).unwrap(), update);
        let value = serde_json::to_value(&update).unwrap();
        assert_eq!(serde_json::from_value::<Update>(value).unwrap(), update);
    }
}

#[test]
fn formats_for_machines_have_all_three_states() {
    for (update, text) in updates() {
        let mut cbor = Vec::new();
        ciborium::into_writer(&update, &mut cbor).unwrap();
        let read: Update = ciborium::from_reader(&cbor[..]).unwrap();
        assert_eq!(read, update, "CBOR of {text}");

        let bytes = postcard::to_stdvec(&update).unwrap();
        let read: Update = postcard::from_bytes(&bytes).unwrap();
        assert_eq!(read, update, "postcard of {text}");

        let bytes = rmp_serde::to_vec(&update).unwrap();
        let read: Update = rmp_serde::from_slice(&bytes).unwrap();
        assert_eq!(read, update, "MessagePack of {text}");

        let bytes = rmp_serde::to_vec_named(&update).unwrap();
        let read: Update = rmp_serde::from_slice(&bytes).unwrap();
        assert_eq!(read, update, "MessagePack with names of {text}");
    }
}

#[test]
fn a_wrong_value_is_refused() {
    for (text, error) in [
        (
            r#"{"size":1,"name":2}"#,
            "invalid type: integer `2`, expected a string",
        ),
        (
            r#"{"size":1,"name":null,"name":"a"}"#,
            "duplicate field `name`",
        ),
        (r#"{"name":null}"#, "missing field `size`"),
    ] {
        let found = serde_json::from_str::<Update>(text).unwrap_err();
        assert!(found.to_string().starts_with(error), "{found}");
    }
    // Two values where at most one can be.
    let bytes = postcard::to_stdvec(&(Some(["a", "b"].to_vec()), 1_i64, None::<u8>)).unwrap();
    assert!(postcard::from_bytes::<Update>(&bytes).is_err());
}

#[test]
fn a_patch_is_made_of_values() {
    assert_eq!(Patch::<u8>::default(), Patch::Absent);
    assert_eq!(Patch::from(1_u8), Patch::Value(1));
    assert_eq!(Patch::<u8>::from(Some(1)), Patch::Value(1));
    assert_eq!(Patch::<u8>::from(None), Patch::Null);

    let value = Patch::Value(1_u8);
    assert_eq!((value.value(), value.into_value()), (Some(&1), Some(1)));
    for empty in [Patch::<u8>::Absent, Patch::Null] {
        assert_eq!((empty.value(), empty.into_value()), (None, None));
        assert_ne!(empty.is_absent(), empty.is_null());
    }
    assert!(!value.is_absent() && !value.is_null());
}
