//! Objects that keep properties their document does not name.

use std::collections::BTreeMap;

use bindery_runtime::{
    DeserializeError, FieldWriter, Object, ObjectWithRest, Patch, Value,
    deserialize_object_with_rest, read_field, read_optional, read_patch, require,
    serialize_object_with_rest, skip_value, write_patch,
};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An object whose other properties are of the type `V`.
#[derive(Clone, Debug, Default, PartialEq)]
struct Image<V> {
    id: String,
    size: Option<i64>,
    note: Patch<String>,
    rest: BTreeMap<String, V>,
}

impl<V> Object for Image<V> {
    const NAME: &'static str = "Image";
    const FIELDS: &'static [&'static str] = &["id", "size", "note"];
    type Slots = (
        Option<String>,
        Option<i64>,
        Patch<String>,
        BTreeMap<String, V>,
    );
    const EMPTY: Self::Slots = (None, None, Patch::Absent, BTreeMap::new());

    fn read<'de, D: Deserializer<'de>>(
        slots: &mut Self::Slots,
        index: usize,
        value: D,
    ) -> Result<(), D::Error> {
        match index {
            0 => read_field(&mut slots.0, value),
            1 => read_optional(&mut slots.1, value),
            2 => read_patch(&mut slots.2, value),
            _ => skip_value(value),
        }
    }

    fn finish<E: DeserializeError>(slots: Self::Slots) -> Result<Self, E> {
        Ok(Self {
            id: require(slots.0, "id")?,
            size: slots.1,
            note: slots.2,
            rest: slots.3,
        })
    }

    fn write<W: FieldWriter>(&self, fields: &mut W) {
        fields.field("id", &self.id);
        fields.optional("size", &self.size);
        write_patch(fields, "note", &self.note);
    }
}

impl<V: DeserializeOwned + Serialize> ObjectWithRest for Image<V> {
    type Rest = V;

    fn rest_mut(slots: &mut Self::Slots) -> &mut BTreeMap<String, V> {
        &mut slots.3
    }

    fn rest(&self) -> &BTreeMap<String, V> {
        &self.rest
    }
}

impl<'de, V: DeserializeOwned + Serialize> Deserialize<'de> for Image<V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize_object_with_rest(deserializer)
    }
}

impl<V: DeserializeOwned + Serialize> Serialize for Image<V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize_object_with_rest(self, serializer)
    }
}

type AnyImage = Image<Value>;

#[test]
fn other_properties_are_kept() {
    let text = r#"{"z":[1,{"id":2}],"id":"a","\u0073ize":3,"i":null,"":true,"b\u0022":"x"}"#;
    let image: AnyImage = serde_json::from_str(text).unwrap();
    assert_eq!(
        (image.id.as_str(), image.size, &image.note),
        ("a", Some(3), &Patch::Absent)
    );
    let names: Vec<_> = image.rest.keys().collect();
    assert_eq!(names, ["", "b\"", "i", "z"]);

    let written = r#"{"id":"a","size":3,"":true,"b\"":"x","i":null,"z":[1,{"id":2}]}"#;
    assert_eq!(serde_json::to_string(&image).unwrap(), written);
    let value: Value = serde_json::from_str(text).unwrap();
    assert_eq!(serde_json::to_value(&image).unwrap(), value);
    assert_eq!(serde_json::from_value::<AnyImage>(value).unwrap(), image);
    let read: AnyImage = serde_json::from_reader(written.as_bytes()).unwrap();
    assert_eq!(read, image);
}

#[test]
fn what_is_called_like_a_field_is_not_written_twice() {
    let value = Value::from("other");
    let rest = ["id", "size", "note", "x"].map(|name| (name.to_owned(), value.clone()));
    let image = AnyImage {
        id: "a".to_owned(),
        rest: rest.into(),
        ..AnyImage::default()
    };
    assert_eq!(
        serde_json::to_string(&image).unwrap(),
        r#"{"id":"a","x":"other"}"#
    );
}

#[test]
fn what_is_no_such_object_is_refused() {
    for (text, error) in [
        ("{}", "missing field `id`"),
        (r#"{"x":1}"#, "missing field `id`"),
        (r#"{"id":"a","x":1,"id":"b"}"#, "duplicate field `id`"),
        (
            r#"{"id":1}"#,
            "invalid type: integer `1`, expected a string",
        ),
        (
            r#"["a",1]"#,
            "invalid type: sequence, expected struct Image",
        ),
        ("null", "invalid type: null, expected struct Image"),
        (r#"{"id":"a","x":}"#, "expected value"),
        (r#"{"id":"a","x":1"#, "EOF while parsing an object"),
    ] {
        let found = serde_json::from_str::<AnyImage>(text).unwrap_err();
        assert!(found.to_string().starts_with(error), "{text}: {found}");
    }
    let numbers = serde_json::from_str::<Image<u8>>(r#"{"id":"a","x":1,"y":"2"}"#).unwrap_err();
    assert!(
        numbers
            .to_string()
            .starts_with(r#"invalid type: string "2", expected u8"#),
        "{numbers}"
    );
    // Of another property, the last one counts, as with a map.
    let image: Image<u8> = serde_json::from_str(r#"{"x":1,"id":"a","x":2}"#).unwrap();
    assert_eq!(image.rest, BTreeMap::from([("x".to_owned(), 2)]));
}

#[test]
fn other_formats_read_back_what_they_wrote() {
    let notes = [Patch::Absent, Patch::Null, Patch::Value("n".to_owned())];
    let rests = [vec![], vec![("x".to_owned(), 1_u8), ("y".to_owned(), 2)]];
    for (note, rest) in notes
        .iter()
        .flat_map(|note| rests.iter().map(move |rest| (note, rest)))
    {
        for size in [None, Some(-1)] {
            let image = Image {
                id: "a".to_owned(),
                size,
                note: note.clone(),
                rest: rest.iter().cloned().collect(),
            };
            let mut cbor = Vec::new();
            ciborium::into_writer(&image, &mut cbor).unwrap();
            assert_eq!(
                ciborium::from_reader::<Image<u8>, _>(&cbor[..]).unwrap(),
                image
            );
            let bytes = postcard::to_stdvec(&image).unwrap();
            assert_eq!(postcard::from_bytes::<Image<u8>>(&bytes).unwrap(), image);
            for bytes in [
                rmp_serde::to_vec(&image).unwrap(),
                rmp_serde::to_vec_named(&image).unwrap(),
            ] {
                assert_eq!(rmp_serde::from_slice::<Image<u8>>(&bytes).unwrap(), image);
            }
        }
    }
}

/// A value that cannot be written.
#[derive(Clone, Debug, PartialEq, Deserialize)]
struct Broken;

impl Serialize for Broken {
    fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        Err(serde::ser::Error::custom("broken"))
    }
}

#[test]
fn an_error_of_another_property_is_the_error() {
    let image = Image {
        id: "a".to_owned(),
        size: None,
        note: Patch::Absent,
        rest: BTreeMap::from([("x".to_owned(), Broken)]),
    };
    let error = serde_json::to_string(&image).unwrap_err();
    assert_eq!(error.to_string(), "broken");
}
