//! Values that keep their text.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use bindery_runtime::{
    Date, DateTime, Decimal, Duration, ParameterValue, Secret, Time, ToParameter, Uri, Uuid,
};

fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// Holds a type against what all of its kind have in common.
macro_rules! keeps_its_text {
    ($($test:ident $type:ident $text:literal;)*) => {$(
        #[test]
        fn $test() {
            for text in [$text, "", "no such thing", " \u{1F5A5} \"x\"\n"] {
                let value = $type::from(text);
                assert_eq!(value, $type::from(text.to_owned()));
                assert_eq!(value.as_str(), text);
                assert_eq!(AsRef::<str>::as_ref(&value), text);
                assert_eq!(value.to_string(), text);
                assert_eq!(format!("{value:?}"), format!("{text:?}"));
                assert_eq!(value.to_parameter(), ParameterValue::Primitive(text.to_owned()));

                let json = serde_json::to_string(&value).unwrap();
                assert_eq!(json, serde_json::to_string(text).unwrap());
                assert_eq!(serde_json::from_str::<$type>(&json).unwrap(), value);
                let json = serde_json::to_value(&value).unwrap();
                assert_eq!(serde_json::from_value::<$type>(json).unwrap(), value);
                let bytes = postcard::to_stdvec(&value).unwrap();
                assert_eq!(postcard::from_bytes::<$type>(&bytes).unwrap(), value);
                assert_eq!(hash(&value), hash(&value.clone()));
                assert_eq!(value.into_string(), text);
            }
            assert_eq!(format!("{:>30}|", $type::from($text)), format!("{:>30}|", $text));
            for wrong in ["1", "null", "[]", "true", "{}"] {
                assert!(serde_json::from_str::<$type>(wrong).is_err(), "{wrong}");
            }
        }
    )*};
}

keeps_its_text! {
    date_times DateTime "2025-01-31T09:30:00.120+08:00";
    dates Date "2025-01-31";
    times Time "09:30:00Z";
    durations Duration "P1Y2M3DT4H5M6.7S";
    uuids Uuid "F81D4FAE-7dec-11d0-a765-00a0c91e6bf6";
    decimals Decimal "12.50";
    uris Uri "https://example.com/a%20b?c=d#e";
}

#[cfg(feature = "base64")]
mod base64 {
    use bindery_runtime::Base64;

    use super::*;

    keeps_its_text! {
        texts Base64 "aGVsbG8=";
    }

    #[test]
    fn bytes_become_the_standard_text() {
        for (bytes, text) in [
            (&b""[..], ""),
            (b"f", "Zg=="),
            (b"fo", "Zm8="),
            (b"foo", "Zm9v"),
            (b"hello", "aGVsbG8="),
            (&[0xfb, 0xef, 0xff], "++//"),
        ] {
            assert_eq!(Base64::from(bytes).as_str(), text);
            assert_eq!(Base64::from(bytes.to_vec()).as_str(), text);
            assert_eq!(Base64::from(text).decode().unwrap(), bytes);
            let bare = text.trim_end_matches('=');
            assert_eq!(Base64::from(bare).decode().unwrap(), bytes);
        }
        assert_eq!(Base64::from(b"hello"), Base64::from("aGVsbG8="));
    }

    #[test]
    fn texts_in_the_alphabet_for_urls_are_read() {
        let bytes = [0xfb, 0xef, 0xff, 0xfe];
        for text in ["++///g==", "++///g", "--___g==", "--___g"] {
            assert_eq!(Base64::from(text).decode().unwrap(), bytes, "{text}");
        }
    }

    #[test]
    fn what_is_not_base64_is_told() {
        for text in [
            "a",
            "aGVsbG8==",
            "a b=",
            "aGVs\nbG8=",
            "\u{e9}",
            "=",
            "--//",
        ] {
            let error = Base64::from(text).decode().unwrap_err();
            assert!(error.to_string().starts_with("not base64: "), "{error}");
        }
    }
}

#[test]
fn a_secret_is_its_value_on_the_wire() {
    let secret: Secret<String> = serde_json::from_str(r#""hidden""#).unwrap();
    assert_eq!(secret.expose(), "hidden");
    assert_eq!(serde_json::to_string(&secret).unwrap(), r#""hidden""#);
    assert_eq!(
        secret.to_parameter(),
        ParameterValue::Primitive("hidden".to_owned())
    );
    assert_eq!(hash(&secret), hash(&"hidden".to_owned()));
    let error = serde_json::from_str::<Secret<String>>("1").unwrap_err();
    assert!(
        error.to_string().contains("expected a string"),
        "the error is that of the value: {error}"
    );

    let many: Secret<BTreeSet<u8>> = serde_json::from_str("[2,1]").unwrap();
    assert_eq!(serde_json::to_string(&Some(many)).unwrap(), "[1,2]");
}
