//! What the tests of values share.

use std::fmt::Debug;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, from_value, to_value};

/// Decodes a value, and sees that it comes out as it went in.
pub(crate) fn kept<T: DeserializeOwned + Serialize + Debug>(value: &Value) -> T {
    let decoded: T = from_value(value.clone()).unwrap_or_else(|error| panic!("{value}: {error}"));
    assert_eq!(&to_value(&decoded).expect("JSON"), value, "{decoded:?}");
    decoded
}
