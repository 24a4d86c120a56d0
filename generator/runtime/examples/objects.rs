//! How fast objects are read and written, against serde's derive.
//!
//! Structs of forty fields, in JSON: `cargo run --release --example objects [ROUNDS]`. Each round
//! takes both in turn; the medians of the ratios are printed, so that a machine that is busy does
//! not matter much.

use std::hint::black_box;
use std::io::Write;
use std::time::{Duration, Instant};

use bindery_runtime::{
    DeserializeError, FieldWriter, Object, deserialize_object, read_field, read_optional, require,
    serialize_object, skip_value,
};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Makes the same struct twice: `Compact` by the runtime, as it is emitted, and `Derived`.
macro_rules! twins {
    ($slots:ty, $empty:expr; $($index:tt $field:ident: $kind:ident $type:ty,)*) => {
        struct Compact { $($field: twins!(@type $kind $type),)* }

        impl Object for Compact {
            const NAME: &'static str = "Compact";
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

        #[derive(Serialize, Deserialize)]
        struct Derived {
            $(
                #[serde(skip_serializing_if = "Skip::skip")]
                $field: twins!(@type $kind $type),
            )*
        }
    };
    (@type field $type:ty) => { $type };
    (@type optional $type:ty) => { Option<$type> };
    (@read field) => { read_field };
    (@read optional) => { read_optional };
    (@take field $slot:expr, $field:ident) => { require($slot, stringify!($field))? };
    (@take optional $slot:expr, $field:ident) => { $slot };
}

/// Whether derive leaves a field out.
trait Skip {
    fn skip(&self) -> bool {
        false
    }
}
impl Skip for String {}
impl Skip for i64 {}
impl<T> Skip for Option<T> {
    fn skip(&self) -> bool {
        self.is_none()
    }
}

twins!(
    (Option<String>, Option<String>, Option<i64>, Option<String>, Option<String>, Option<i64>, Option<bool>, Option<Vec<String>>, Option<String>, Option<String>, Option<i64>, Option<String>, Option<String>, Option<i64>, Option<bool>, Option<Vec<String>>, Option<String>, Option<String>, Option<i64>, Option<String>, Option<String>, Option<i64>, Option<bool>, Option<Vec<String>>, Option<String>, Option<String>, Option<i64>, Option<String>, Option<String>, Option<i64>, Option<bool>, Option<Vec<String>>, Option<String>, Option<String>, Option<i64>, Option<String>, Option<String>, Option<i64>, Option<bool>, Option<Vec<String>>,),
    (None, None, None, None, None, None, None, None, None, None, None, None, None, None, None, None, None, None, None, None, None, None, None, None, None, None, None, None, None, None, None, None, None, None, None, None, None, None, None, None,);
    0 id_0: field String,
    1 name_1: field String,
    2 size_2: field i64,
    3 description_3: optional String,
    4 status_4: optional String,
    5 limit_5: optional i64,
    6 is_enabled_6: optional bool,
    7 tags_7: optional Vec<String>,
    8 id_8: field String,
    9 name_9: field String,
    10 size_10: field i64,
    11 description_11: optional String,
    12 status_12: optional String,
    13 limit_13: optional i64,
    14 is_enabled_14: optional bool,
    15 tags_15: optional Vec<String>,
    16 id_16: field String,
    17 name_17: field String,
    18 size_18: field i64,
    19 description_19: optional String,
    20 status_20: optional String,
    21 limit_21: optional i64,
    22 is_enabled_22: optional bool,
    23 tags_23: optional Vec<String>,
    24 id_24: field String,
    25 name_25: field String,
    26 size_26: field i64,
    27 description_27: optional String,
    28 status_28: optional String,
    29 limit_29: optional i64,
    30 is_enabled_30: optional bool,
    31 tags_31: optional Vec<String>,
    32 id_32: field String,
    33 name_33: field String,
    34 size_34: field i64,
    35 description_35: optional String,
    36 status_36: optional String,
    37 limit_37: optional i64,
    38 is_enabled_38: optional bool,
    39 tags_39: optional Vec<String>,
);

impl<'de> Deserialize<'de> for Compact {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize_object(deserializer)
    }
}

impl Serialize for Compact {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize_object(self, serializer)
    }
}

/// How many objects there are in a text.
const OBJECTS: usize = 10;
/// How many times a text is read or written in a round.
const REPEATS: usize = 500;
const ROUNDS: usize = 41;

/// Objects with strings of usual lengths, a fifth of the optional fields absent.
fn objects() -> serde_json::Value {
    let fields = Compact::FIELDS.iter().enumerate();
    let object = |number: usize| -> serde_json::Value {
        let members = fields.clone().filter_map(|(place, name)| {
            let value = match place % 8 {
                0 => serde_json::json!(format!("0a1b2c3d-4e5f-{number}")),
                1 => serde_json::json!(format!("desktop {place}")),
                2 => serde_json::json!(place * 1000 + number),
                _ if (place + number).is_multiple_of(5) => return None,
                3 => serde_json::json!("a golden image\nof the day"),
                4 => serde_json::json!("ACTIVE"),
                5 => serde_json::json!(100),
                6 => serde_json::json!(true),
                _ => serde_json::json!(["a", "b"]),
            };
            Some(((*name).to_owned(), value))
        });
        serde_json::Value::Object(members.collect())
    };
    (0..OBJECTS).map(object).collect()
}

fn decode<T: DeserializeOwned>(text: &str) -> Duration {
    let start = Instant::now();
    for _ in 0..REPEATS {
        let objects: Result<Vec<T>, _> = serde_json::from_str(black_box(text));
        assert!(black_box(objects).is_ok());
    }
    start.elapsed()
}

fn encode<T: Serialize>(objects: &[T]) -> Duration {
    let start = Instant::now();
    for _ in 0..REPEATS {
        assert!(black_box(serde_json::to_string(black_box(objects))).is_ok());
    }
    start.elapsed()
}

/// The median of the ratios of two measures, each taken first in half of the rounds.
fn ratio(rounds: usize, compact: impl Fn() -> Duration, derived: impl Fn() -> Duration) -> f64 {
    let mut ratios: Vec<f64> = (0..rounds.max(1))
        .map(|round| {
            let (compact, derived) = if round % 2 == 0 {
                let compact = compact();
                (compact, derived())
            } else {
                let derived = derived();
                (compact(), derived)
            };
            compact.as_secs_f64() / derived.as_secs_f64()
        })
        .collect();
    ratios.sort_by(f64::total_cmp);
    ratios[ratios.len() / 2]
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let rounds = match std::env::args().nth(1) {
        Some(rounds) => rounds.parse()?,
        None => ROUNDS,
    };
    let text = objects().to_string();
    let compact: Vec<Compact> = serde_json::from_str(&text)?;
    let derived: Vec<Derived> = serde_json::from_str(&text)?;
    let written = serde_json::to_string(&compact)?;
    if written != serde_json::to_string(&derived)? {
        return Err("the two write different texts".into());
    }
    let decoding = ratio(
        rounds,
        || decode::<Compact>(&written),
        || decode::<Derived>(&written),
    );
    let encoding = ratio(rounds, || encode(&compact), || encode(&derived));
    writeln!(
        std::io::stdout(),
        "time of the runtime by that of derive, median of {rounds} rounds: \
         decode {decoding:.3}, encode {encoding:.3}"
    )?;
    Ok(())
}
