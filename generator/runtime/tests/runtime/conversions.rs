//! Values that keep their text as those of other crates, and back.

#[cfg(feature = "jiff")]
mod jiff {
    use bindery_runtime::{Date, DateTime, Duration, Time};
    use jiff::{Span, Timestamp, civil};

    #[test]
    fn date_times() {
        let text = DateTime::from("2025-01-31T17:30:00.5+08:00");
        let time = Timestamp::try_from(&text).unwrap();
        assert_eq!(
            DateTime::from(time),
            DateTime::from("2025-01-31T09:30:00.5Z")
        );
        let whole = DateTime::from("2025-01-31T09:30:00Z");
        assert_eq!(DateTime::from(Timestamp::try_from(&whole).unwrap()), whole);
        for text in ["", "2025-01-31", "2025-02-30T00:00:00Z", "now"] {
            assert!(
                Timestamp::try_from(&DateTime::from(text)).is_err(),
                "{text}"
            );
        }
    }

    #[test]
    fn dates_and_times() {
        let text = Date::from("2024-02-29");
        let date = civil::Date::try_from(&text).unwrap();
        assert_eq!(date, civil::date(2024, 2, 29));
        assert_eq!(Date::from(date), text);
        assert!(civil::Date::try_from(&Date::from("2023-02-29")).is_err());

        let text = Time::from("09:30:00.25");
        let time = civil::Time::try_from(&text).unwrap();
        assert_eq!(time, civil::time(9, 30, 0, 250_000_000));
        assert_eq!(Time::from(time), text);
        for text in ["09:30:00Z", "24:30:00", ""] {
            assert!(civil::Time::try_from(&Time::from(text)).is_err(), "{text}");
        }
    }

    #[test]
    fn durations() {
        let text = Duration::from("P1Y2M3DT4H5M6.7S");
        let span = Span::try_from(&text).unwrap();
        assert_eq!((span.get_years(), span.get_minutes()), (1, 5));
        assert_eq!(Duration::from(span), text);
        assert!(Span::try_from(&Duration::from("1 fortnight")).is_err());
    }
}

#[cfg(feature = "chrono")]
mod chrono {
    use bindery_runtime::{Date, DateTime, Time};
    use chrono::{FixedOffset, NaiveDate, NaiveTime, Utc};

    #[test]
    fn date_times() {
        let text = DateTime::from("2025-01-31T17:30:00.500+08:00");
        let time = chrono::DateTime::<FixedOffset>::try_from(&text).unwrap();
        assert_eq!(DateTime::from(time), text);
        let time = chrono::DateTime::<Utc>::try_from(&text).unwrap();
        assert_eq!(
            DateTime::from(time),
            DateTime::from("2025-01-31T09:30:00.500Z")
        );
        for text in ["", "2025-01-31", "2025-02-30T00:00:00Z", "now"] {
            let text = DateTime::from(text);
            assert!(chrono::DateTime::<Utc>::try_from(&text).is_err(), "{text}");
        }
    }

    #[test]
    fn dates_and_times() {
        let text = Date::from("2024-02-29");
        let date = NaiveDate::try_from(&text).unwrap();
        assert_eq!(Some(date), NaiveDate::from_ymd_opt(2024, 2, 29));
        assert_eq!(Date::from(date), text);
        assert!(NaiveDate::try_from(&Date::from("2023-02-29")).is_err());

        for text in ["09:30:00", "09:30:00.250"] {
            let text = Time::from(text);
            let time = NaiveTime::try_from(&text).unwrap();
            assert_eq!(Time::from(time), text);
        }
        for text in ["09:30:00Z", "24:30:00", ""] {
            assert!(NaiveTime::try_from(&Time::from(text)).is_err(), "{text}");
        }
    }
}

#[cfg(feature = "time")]
mod time {
    use bindery_runtime::{Date, DateTime, Time};
    use time::{OffsetDateTime, UtcOffset};

    #[test]
    fn date_times() {
        for text in ["2025-01-31T17:30:00.5+08:00", "2025-01-31T09:30:00Z"] {
            let text = DateTime::from(text);
            let time = OffsetDateTime::try_from(&text).unwrap();
            assert_eq!(DateTime::try_from(time).unwrap(), text);
        }
        for text in ["", "2025-01-31", "2025-02-30T00:00:00Z", "now"] {
            let text = DateTime::from(text);
            assert!(OffsetDateTime::try_from(&text).is_err(), "{text}");
        }
        let odd = UtcOffset::from_hms(1, 2, 3).unwrap();
        assert!(DateTime::try_from(OffsetDateTime::UNIX_EPOCH.to_offset(odd)).is_err());
    }

    #[test]
    fn dates_and_times() {
        let text = Date::from("2024-02-29");
        let date = time::Date::try_from(&text).unwrap();
        assert_eq!((date.year(), date.ordinal()), (2024, 60));
        assert_eq!(Date::from(date), text);
        assert!(time::Date::try_from(&Date::from("2023-02-29")).is_err());

        for text in ["09:30:00", "09:30:00.25", "00:00:00.000000001"] {
            let text = Time::from(text);
            let time = time::Time::try_from(&text).unwrap();
            assert_eq!(Time::from(time), text);
        }
        for text in ["09:30:00Z", "24:30:00", ""] {
            assert!(time::Time::try_from(&Time::from(text)).is_err(), "{text}");
        }
    }
}

#[cfg(feature = "uuid")]
#[test]
fn uuids() {
    use bindery_runtime::Uuid;

    let text = Uuid::from("F81D4FAE-7dec-11d0-a765-00a0c91e6bf6");
    let uuid = uuid::Uuid::try_from(&text).unwrap();
    assert_eq!(uuid.as_fields().0, 0xf81d_4fae);
    assert_eq!(
        Uuid::from(uuid).as_str(),
        "f81d4fae-7dec-11d0-a765-00a0c91e6bf6"
    );
    assert!(uuid::Uuid::try_from(&Uuid::from("f81d4fae")).is_err());
}

#[cfg(feature = "rust_decimal")]
#[test]
fn decimals() {
    use bindery_runtime::Decimal;

    for text in ["12.50", "-0.001", "0", "79228162514264337593543950335"] {
        let text = Decimal::from(text);
        let decimal = rust_decimal::Decimal::try_from(&text).unwrap();
        assert_eq!(Decimal::from(decimal), text);
    }
    let decimal = rust_decimal::Decimal::try_from(&Decimal::from("1.25e2")).unwrap();
    assert_eq!(Decimal::from(decimal).as_str(), "125");
    for text in [
        "",
        "1,5",
        "NaN",
        "79228162514264337593543950336",
        "0.12345678901234567890123456789",
    ] {
        let text = Decimal::from(text);
        assert!(rust_decimal::Decimal::try_from(&text).is_err(), "{text}");
    }
}
