//! Objects of the runtime against serde's derive, in several formats.

use std::fmt::Debug;

use bindery_runtime::{
    DeserializeError, FieldWriter, Object, deserialize_object, read_field, read_optional, require,
    serialize_object, skip_value,
};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_test::{Configure, Readable, Token};

/// Makes a struct by the runtime, and in modules of their own what derive makes of the same
/// fields: `skip` leaves out what is `None`, `every` writes it. All have one name, so that values
/// can be compared by `Debug` and errors by their text.
macro_rules! twins {
    ($name:ident, $slots:ty, $empty:expr, { $($index:tt $field:ident: $kind:ident $type:ty,)* }) => {
        #[derive(Clone, Debug, PartialEq)]
        pub(crate) struct $name { $(pub(crate) $field: twins!(@type $kind $type),)* }

        impl Object for $name {
            const NAME: &'static str = stringify!($name);
            const FIELDS: &'static [&'static str] = &[$(stringify!($field)),*];
            type Slots = $slots;
            const EMPTY: Self::Slots = $empty;

            fn read<'de, D: Deserializer<'de>>(
                slots: &mut Self::Slots,
                index: usize,
                value: D,
            ) -> Result<(), D::Error> {
                match index {
                    $($index => twins!(@read $kind)(&mut slots.$index, value),)*
                    _ => skip_value(value),
                }
            }

            fn finish<E: DeserializeError>(slots: Self::Slots) -> Result<Self, E> {
                Ok(Self { $($field: twins!(@take $kind slots.$index, $field),)* })
            }

            fn write<W: FieldWriter>(&self, fields: &mut W) {
                $(fields.$kind(stringify!($field), &self.$field);)*
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserialize_object(deserializer)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serialize_object(self, serializer)
            }
        }

        mod skip {
            use serde::{Deserialize, Serialize};
            #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
            pub(crate) struct $name {
                $(
                    #[serde(skip_serializing_if = "super::skips")]
                    pub(crate) $field: twins!(@type $kind $type),
                )*
            }
        }

        mod every {
            use serde::{Deserialize, Serialize};
            #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
            pub(crate) struct $name { $(pub(crate) $field: twins!(@type $kind $type),)* }
        }
    };
    (@type field $type:ty) => { $type };
    (@type optional $type:ty) => { Option<$type> };
    (@read field) => { read_field };
    (@read optional) => { read_optional };
    (@take field $slot:expr, $field:ident) => { require($slot, stringify!($field))? };
    (@take optional $slot:expr, $field:ident) => { $slot };
}

/// Whether the twin leaves a field out.
fn skips(value: &impl MaybeNone) -> bool {
    value.is_none()
}

trait MaybeNone {
    fn is_none(&self) -> bool {
        false
    }
}
impl MaybeNone for String {}
impl MaybeNone for i64 {}
impl MaybeNone for u8 {}
impl<T> MaybeNone for Option<T> {
    fn is_none(&self) -> bool {
        Option::is_none(self)
    }
}

mod desktop {
    use super::*;
    twins!(
        Desktop,
        (Option<String>, Option<i64>, Option<String>, Option<Vec<Option<bool>>>, Option<Box<u8>>),
        (None, None, None, None, None),
        {
            0 id: field String,
            1 size: field i64,
            2 description: optional String,
            3 tag_values_of_the_desktop: optional Vec<Option<bool>>,
            4 no: optional Box<u8>,
        }
    );
    pub(crate) type Derived = skip::Desktop;
    pub(crate) type DerivedEvery = every::Desktop;
    pub(crate) type Compact = Desktop;

    pub(crate) fn values() -> Vec<Compact> {
        let least = Desktop {
            id: String::new(),
            size: -1,
            description: None,
            tag_values_of_the_desktop: None,
            no: None,
        };
        let most = Desktop {
            id: "\u{1F5A5} \"quoted\"\n".to_owned(),
            size: i64::MAX,
            description: Some("d".to_owned()),
            tag_values_of_the_desktop: Some(vec![Some(true), None]),
            no: Some(Box::new(7)),
        };
        vec![
            Desktop {
                description: Some(String::new()),
                ..least.clone()
            },
            least,
            most,
        ]
    }

    /// The same value, as derive has it.
    pub(crate) fn derived(value: &Compact) -> (Derived, DerivedEvery) {
        let Desktop {
            id,
            size,
            description,
            tag_values_of_the_desktop,
            no,
        } = value.clone();
        let skip = Derived {
            id,
            size,
            description,
            tag_values_of_the_desktop,
            no,
        };
        let every = DerivedEvery {
            id: skip.id.clone(),
            size,
            description: skip.description.clone(),
            tag_values_of_the_desktop: skip.tag_values_of_the_desktop.clone(),
            no: skip.no.clone(),
        };
        (skip, every)
    }
}

mod single {
    use super::*;
    twins!(Single, (Option<u8>,), (None,), { 0 only: field u8, });
    pub(crate) type Derived = skip::Single;
    pub(crate) type DerivedEvery = every::Single;
    pub(crate) type Compact = Single;
}

/// More fields than one word has bits, so that the notes about keys overflow it.
mod wide {
    use super::*;
    twins!(
        Wide,
        (
            Slot, Slot, Slot, Slot, Slot, Slot, Slot, Slot, Slot, Slot, Slot, Slot, Slot, Slot,
            Slot, Slot, Slot, Slot, Slot, Slot, Slot, Slot, Slot, Slot, Slot, Slot, Slot, Slot,
            Slot, Slot, Slot, Slot, Slot, Slot, Slot, Slot, Slot, Slot, Slot, Slot, Slot, Slot,
            Slot, Slot, Slot, Slot, Slot, Slot, Slot, Slot, Slot, Slot, Slot, Slot, Slot, Slot,
            Slot, Slot, Slot, Slot, Slot, Slot, Slot, Slot, Slot, Slot, Slot, Slot, Slot, Slot,
        ),
        (
            None, None, None, None, None, None, None, None, None, None, None, None, None, None,
            None, None, None, None, None, None, None, None, None, None, None, None, None, None,
            None, None, None, None, None, None, None, None, None, None, None, None, None, None,
            None, None, None, None, None, None, None, None, None, None, None, None, None, None,
            None, None, None, None, None, None, None, None, None, None, None, None, None, None,
        ),
        {
            0 f0: field u8, 1 f1: optional u8, 2 f2: optional u8, 3 f3: optional u8,
            4 f4: optional u8, 5 f5: optional u8, 6 f6: optional u8, 7 f7: optional u8,
            8 f8: optional u8, 9 f9: optional u8, 10 f10: optional u8, 11 f11: optional u8,
            12 f12: optional u8, 13 f13: optional u8, 14 f14: optional u8, 15 f15: optional u8,
            16 f16: optional u8, 17 f17: optional u8, 18 f18: optional u8, 19 f19: optional u8,
            20 f20: optional u8, 21 f21: optional u8, 22 f22: optional u8, 23 f23: optional u8,
            24 f24: optional u8, 25 f25: optional u8, 26 f26: optional u8, 27 f27: optional u8,
            28 f28: optional u8, 29 f29: optional u8, 30 f30: optional u8, 31 f31: optional u8,
            32 f32: optional u8, 33 f33: optional u8, 34 f34: optional u8, 35 f35: optional u8,
            36 f36: optional u8, 37 f37: optional u8, 38 f38: optional u8, 39 f39: optional u8,
            40 f40: optional u8, 41 f41: optional u8, 42 f42: optional u8, 43 f43: optional u8,
            44 f44: optional u8, 45 f45: optional u8, 46 f46: optional u8, 47 f47: optional u8,
            48 f48: optional u8, 49 f49: optional u8, 50 f50: optional u8, 51 f51: optional u8,
            52 f52: optional u8, 53 f53: optional u8, 54 f54: optional u8, 55 f55: optional u8,
            56 f56: optional u8, 57 f57: optional u8, 58 f58: optional u8, 59 f59: optional u8,
            60 f60: optional u8, 61 f61: optional u8, 62 f62: optional u8, 63 f63: optional u8,
            64 f64: optional u8, 65 f65: optional u8, 66 f66: optional u8, 67 f67: optional u8,
            68 f68: optional u8, 69 f69: field u8,
        }
    );
    type Slot = Option<u8>;
    pub(crate) type Derived = skip::Wide;
    pub(crate) type DerivedEvery = every::Wide;
    pub(crate) type Compact = Wide;
}

/// Value or error, as text.
fn outcome<T: Debug, E: ToString>(result: Result<T, E>) -> Result<String, String> {
    match result {
        Ok(value) => Ok(format!("{value:?}")),
        Err(error) => Err(error.to_string()),
    }
}

/// Reads a text in every way that `serde_json` has, and compares. Gives back whether it is valid.
fn compare<C, D>(text: &str) -> bool
where
    C: DeserializeOwned + Serialize + Debug,
    D: DeserializeOwned + Serialize + Debug,
{
    let compact = outcome(serde_json::from_str::<C>(text));
    let derived = outcome(serde_json::from_str::<D>(text));
    assert_eq!(compact, derived, "from_str: {text}");
    assert_eq!(
        outcome(serde_json::from_reader::<_, C>(text.as_bytes())),
        outcome(serde_json::from_reader::<_, D>(text.as_bytes())),
        "from_reader: {text}"
    );
    if let Ok(value) = serde_json::from_str::<serde_json::Value>(text) {
        assert_eq!(
            outcome(serde_json::from_value::<C>(value.clone())),
            outcome(serde_json::from_value::<D>(value)),
            "from_value: {text}"
        );
    }
    if let (Ok(compact), Ok(derived)) = (
        serde_json::from_str::<C>(text),
        serde_json::from_str::<D>(text),
    ) {
        assert_eq!(
            serde_json::to_string(&compact).unwrap(),
            serde_json::to_string(&derived).unwrap()
        );
    }
    compact.is_ok()
}

/// The twins that write everything are read and written as well.
fn compare_every<C, D>(text: &str)
where
    C: DeserializeOwned + Serialize,
    D: DeserializeOwned + Serialize,
{
    let compact: C = serde_json::from_str(text).unwrap();
    let derived: D = serde_json::from_str(text).unwrap();
    assert_eq!(
        rmp_serde::to_vec(&compact).unwrap(),
        rmp_serde::to_vec(&derived).unwrap()
    );
}

fn desktop(text: &str) -> bool {
    compare::<desktop::Compact, desktop::Derived>(text)
}

#[test]
fn keys_come_in_any_order_and_form() {
    for text in [
        r#"{"id":"a","size":1}"#,
        r#"{"size":1,"id":"a"}"#,
        r#"{"no":1,"tag_values_of_the_desktop":[true,null],"description":"d","size":1,"id":"a"}"#,
        r#"{"\u0069d":"a","s\u0069ze":1,"descript\u0069on":"d"}"#,
        r#"{"unknown":{"id":[{}]},"id":"a","i":1,"idd":2,"size":1,"":null,"nO":3,"sizE":0}"#,
        r#"{"description":null,"id":"a","size":1,"no":null}"#,
        r#"["a",1,null,null,null]"#,
        r#"["a",1,"d",[],7]"#,
    ] {
        assert!(desktop(text), "{text}");
    }
}

#[test]
fn what_derive_refuses_is_refused_in_the_same_words() {
    for text in [
        "",
        "null",
        "1",
        r#""text""#,
        "{}",
        "[]",
        r#"["a"]"#,
        r#"["a",1,null,null]"#,
        r#"["a",1,null,null,null,null]"#,
        r#"{"id":"a"}"#,
        r#"{"size":1}"#,
        r#"{"id":null,"size":1}"#,
        r#"{"id":"a","size":1,"id":"b"}"#,
        r#"{"id":"a","size":1,"description":null,"description":null}"#,
        r#"{"id":"a","size":1,"unknown":1,"unknown":1,"no":"x"}"#,
        r#"{"id":"a","size":1.5}"#,
        r#"{"id":"a","size":1,"no":256}"#,
        r#"{"id":"a","size":1"#,
        r#"{"id":"a","size":1,}"#,
        r#"{"id":"a" "size":1}"#,
        r#"{"id":"a","size":1,"tag_values_of_the_desktop":[1]}"#,
        r#"{"id":"a","size":1,"unknown":tru}"#,
        "{1:2}",
    ] {
        assert!(!desktop(text), "{text}");
    }
    for text in ["{}", "[]", r#"{"only":1,"only":2}"#, "[1,2]"] {
        assert!(!compare::<single::Compact, single::Derived>(text), "{text}");
    }
    assert!(compare::<single::Compact, single::Derived>("[1]"));
    compare_every::<single::Compact, single::DerivedEvery>("[1]");
}

/// Numbers that look random and are the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        usize::try_from(self.0 >> 33).unwrap() % end
    }
}

#[test]
fn broken_texts_fare_as_with_derive() {
    let whole = r#"{"id":"a","size":12,"other":[1,{"x":null}],"description":null,"no":7}"#;
    let alphabet = br#"{}[]",:\ntrue0123456789iszeond_ "#;
    let mut numbers = Numbers(1);
    let (mut valid, mut invalid) = (0, 0);
    for _ in 0..20_000 {
        let mut bytes = whole.as_bytes().to_vec();
        for _ in 0..=numbers.below(3) {
            let place = numbers.below(bytes.len());
            let byte = alphabet[numbers.below(alphabet.len())];
            match numbers.below(3) {
                0 => bytes[place] = byte,
                1 => bytes.insert(place, byte),
                _ => drop(bytes.remove(place)),
            }
        }
        match desktop(std::str::from_utf8(&bytes).unwrap()) {
            true => valid += 1,
            false => invalid += 1,
        }
    }
    assert!(valid > 500 && invalid > 500, "{valid} valid, {invalid} not");
}

#[test]
fn more_than_64_fields() {
    let compare = compare::<wide::Compact, wide::Derived>;
    let all: Vec<String> = (0..70).map(|at| format!("\"f{at}\":{at}")).collect();
    let object = |members: &[String]| format!("{{{}}}", members.join(","));
    assert!(compare(&object(&all)));
    compare_every::<wide::Compact, wide::DerivedEvery>(&object(&all));
    let mut backwards = all.clone();
    backwards.reverse();
    assert!(compare(&object(&backwards)));
    for twice in [0, 1, 63, 64, 65, 69] {
        let mut members = all.clone();
        members.push(all[twice].clone());
        assert!(!compare(&object(&members)), "f{twice} occurs twice");
        let mut members = all.clone();
        members.remove(twice);
        assert_eq!(
            compare(&object(&members)),
            ![0, 69].contains(&twice),
            "without f{twice}"
        );
    }
}

#[test]
fn json_is_that_of_derive() {
    for value in desktop::values() {
        let (derived, _) = desktop::derived(&value);
        let text = serde_json::to_string(&value).unwrap();
        assert_eq!(text, serde_json::to_string(&derived).unwrap());
        assert_eq!(
            serde_json::to_string_pretty(&value).unwrap(),
            serde_json::to_string_pretty(&derived).unwrap()
        );
        assert_eq!(
            serde_json::from_str::<desktop::Compact>(&text).unwrap(),
            value
        );
        assert_eq!(
            serde_json::to_value(&value).unwrap(),
            serde_json::to_value(&derived).unwrap()
        );
    }
}

#[test]
fn formats_for_machines_get_every_field() {
    for value in desktop::values() {
        let (_, derived) = desktop::derived(&value);

        let mut cbor = Vec::new();
        ciborium::into_writer(&value, &mut cbor).unwrap();
        let mut expected = Vec::new();
        ciborium::into_writer(&derived, &mut expected).unwrap();
        assert_eq!(cbor, expected);
        let read: desktop::Compact = ciborium::from_reader(&cbor[..]).unwrap();
        assert_eq!(read, value);

        // Fields in order, without names.
        let bytes = postcard::to_stdvec(&value).unwrap();
        assert_eq!(bytes, postcard::to_stdvec(&derived).unwrap());
        assert_eq!(
            postcard::from_bytes::<desktop::Compact>(&bytes).unwrap(),
            value
        );

        // An array with its length.
        let bytes = rmp_serde::to_vec(&value).unwrap();
        assert_eq!(bytes, rmp_serde::to_vec(&derived).unwrap());
        assert_eq!(
            rmp_serde::from_slice::<desktop::Compact>(&bytes).unwrap(),
            value
        );

        // A map with its length.
        let bytes = rmp_serde::to_vec_named(&value).unwrap();
        assert_eq!(bytes, rmp_serde::to_vec_named(&derived).unwrap());
        assert_eq!(
            rmp_serde::from_slice::<desktop::Compact>(&bytes).unwrap(),
            value
        );
    }
}

#[test]
fn a_format_that_leaves_nulls_out_can_be_read() {
    let value = desktop::values().swap_remove(1);
    let (derived, _) = desktop::derived(&value);
    let mut cbor = Vec::new();
    ciborium::into_writer(&derived, &mut cbor).unwrap();
    let read: desktop::Compact = ciborium::from_reader(&cbor[..]).unwrap();
    assert_eq!(read, value);
}

/// The tokens of the least desktop with its keys in some form.
fn tokens(id: Token, size: Token, unknown: Token) -> Vec<Token> {
    vec![
        Token::Struct {
            name: "Desktop",
            len: 3,
        },
        id,
        Token::Str("a"),
        unknown,
        Token::Unit,
        size,
        Token::I64(1),
        Token::StructEnd,
    ]
}

#[test]
fn keys_are_read_in_every_form_that_formats_have() {
    let value = desktop::Compact {
        id: "a".to_owned(),
        size: 1,
        ..desktop::values().swap_remove(1)
    };
    for (id, size, unknown) in [
        (Token::Str("id"), Token::Str("size"), Token::Str("x")),
        (
            Token::BorrowedStr("id"),
            Token::String("size"),
            Token::BorrowedStr("x"),
        ),
        (
            Token::Bytes(b"id"),
            Token::BorrowedBytes(b"size"),
            Token::Bytes(b"\xff"),
        ),
        (Token::U64(0), Token::U64(1), Token::U64(5)),
        (Token::U8(0), Token::U32(1), Token::U64(u64::MAX)),
    ] {
        let tokens = tokens(id, size, unknown);
        serde_test::assert_de_tokens(&value.clone().readable(), &tokens);
        serde_test::assert_de_tokens(&desktop::derived(&value).0.readable(), &tokens);
    }
    for (key, found) in [
        (Token::Bool(true), "boolean `true`"),
        (Token::I64(0), "integer `0`"),
        (Token::Unit, "unit value"),
    ] {
        let tokens = [
            Token::Struct {
                name: "Desktop",
                len: 1,
            },
            key,
        ];
        let error = format!("invalid type: {found}, expected field identifier");
        serde_test::assert_de_tokens_error::<Readable<desktop::Compact>>(&tokens, &error);
        serde_test::assert_de_tokens_error::<Readable<desktop::Derived>>(&tokens, &error);
    }
}

#[test]
fn lengths_count_the_fields_that_are_written() {
    let value = desktop::values().swap_remove(0);
    let with = |len| Token::Struct {
        name: "Desktop",
        len,
    };
    let given = [
        Token::Str("id"),
        Token::Str(""),
        Token::Str("size"),
        Token::I64(-1),
        Token::Str("description"),
        Token::Some,
        Token::Str(""),
    ];
    let absent = [
        Token::Str("tag_values_of_the_desktop"),
        Token::None,
        Token::Str("no"),
        Token::None,
    ];
    let end = [Token::StructEnd];
    let (skip, every) = desktop::derived(&value);
    let tokens = [&[with(5)][..], &given, &absent, &end].concat();
    serde_test::assert_ser_tokens(&value.clone().compact(), &tokens);
    serde_test::assert_ser_tokens(&every.compact(), &tokens);
    let tokens = [&[with(3)][..], &given, &end].concat();
    serde_test::assert_ser_tokens(&value.readable(), &tokens);
    serde_test::assert_ser_tokens(&skip.readable(), &tokens);
}

/// A value that cannot be written.
#[derive(Clone, Debug, PartialEq)]
struct Broken;

impl Serialize for Broken {
    fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        Err(serde::ser::Error::custom("broken"))
    }
}

#[derive(Clone, Debug, PartialEq)]
struct HoldsBroken {
    first: u8,
    second: Broken,
    third: Option<Unreached>,
}

/// A value that must not be come to.
#[derive(Clone, Debug, PartialEq)]
struct Unreached;

impl Serialize for Unreached {
    fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        panic!("nothing is written after an error")
    }
}

impl Object for HoldsBroken {
    const NAME: &'static str = "HoldsBroken";
    const FIELDS: &'static [&'static str] = &["first", "second", "third"];
    type Slots = ();
    const EMPTY: () = ();

    fn read<'de, D: Deserializer<'de>>(_: &mut (), _: usize, value: D) -> Result<(), D::Error> {
        skip_value(value)
    }

    fn finish<E: DeserializeError>((): ()) -> Result<Self, E> {
        Err(E::custom("not read"))
    }

    fn write<W: FieldWriter>(&self, fields: &mut W) {
        fields.field("first", &self.first);
        fields.field("second", &self.second);
        fields.optional("third", &self.third);
    }
}

impl Serialize for HoldsBroken {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize_object(self, serializer)
    }
}

#[test]
fn the_first_error_of_a_value_is_the_error() {
    let value = HoldsBroken {
        first: 1,
        second: Broken,
        third: Some(Unreached),
    };
    assert_eq!(
        serde_json::to_string(&value).unwrap_err().to_string(),
        "broken"
    );
    assert!(postcard::to_stdvec(&value).is_err());
}

#[derive(Clone, Debug, PartialEq)]
struct Nothing {}

impl Object for Nothing {
    const NAME: &'static str = "Nothing";
    const FIELDS: &'static [&'static str] = &[];
    type Slots = ();
    const EMPTY: () = ();

    fn read<'de, D: Deserializer<'de>>(_: &mut (), _: usize, value: D) -> Result<(), D::Error> {
        skip_value(value)
    }

    fn finish<E: DeserializeError>((): ()) -> Result<Self, E> {
        Ok(Self {})
    }

    fn write<W: FieldWriter>(&self, _: &mut W) {}
}

impl<'de> Deserialize<'de> for Nothing {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize_object(deserializer)
    }
}

impl Serialize for Nothing {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize_object(self, serializer)
    }
}

#[test]
fn an_object_without_fields() {
    assert_eq!(serde_json::to_string(&Nothing {}).unwrap(), "{}");
    for text in ["{}", "[]", r#"{"a":1,"a":2}"#] {
        assert_eq!(
            serde_json::from_str::<Nothing>(text).unwrap(),
            Nothing {},
            "{text}"
        );
    }
    assert!(serde_json::from_str::<Nothing>("[1]").is_err());
    assert!(serde_json::from_str::<Nothing>("null").is_err());
}

/// An object that holds objects of its own kind.
#[derive(Clone, Debug, Default, PartialEq)]
struct Tree {
    left: Option<Box<Tree>>,
    right: Option<Box<Tree>>,
}

impl Object for Tree {
    const NAME: &'static str = "Tree";
    const FIELDS: &'static [&'static str] = &["left", "right"];
    type Slots = (Option<Box<Tree>>, Option<Box<Tree>>);
    const EMPTY: Self::Slots = (None, None);

    fn read<'de, D: Deserializer<'de>>(
        slots: &mut Self::Slots,
        index: usize,
        value: D,
    ) -> Result<(), D::Error> {
        match index {
            0 => read_optional(&mut slots.0, value),
            1 => read_optional(&mut slots.1, value),
            _ => skip_value(value),
        }
    }

    fn finish<E: DeserializeError>(slots: Self::Slots) -> Result<Self, E> {
        Ok(Self {
            left: slots.0,
            right: slots.1,
        })
    }

    fn write<W: FieldWriter>(&self, fields: &mut W) {
        fields.optional("left", &self.left);
        fields.optional("right", &self.right);
    }
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize_object(deserializer)
    }
}

impl Serialize for Tree {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize_object(self, serializer)
    }
}

#[test]
fn recursion_ends_in_an_error_and_not_in_the_stack() {
    let text = r#"{"left":{"right":{}},"right":{}}"#;
    let tree: Tree = serde_json::from_str(text).unwrap();
    assert_eq!(serde_json::to_string(&tree).unwrap(), text);

    let deep = format!(
        "{}{{}}{}",
        r#"{"left":"#.repeat(100_000),
        "}".repeat(100_000)
    );
    let error = serde_json::from_str::<Tree>(&deep).unwrap_err();
    assert!(error.to_string().contains("recursion limit"), "{error}");
}
