//! The signing algorithm SDK-HMAC-SHA256 of Huawei Cloud's API gateway.
//!
//! In: a request as it will be sent. Out: the headers `X-Sdk-Date`, `Host` and `Authorization`,
//! and where they apply `X-Security-Token` and `X-Sdk-Content-Sha256`. The source is the
//! provider's guide to API signing (`devg-apisign`) and the behaviour of its SDKs. Nothing here
//! reads a clock.

use std::time::{SystemTime, UNIX_EPOCH};

use http::header::{AUTHORIZATION, CONTENT_TYPE, HOST};
use http::{HeaderName, HeaderValue};
use percent_encoding::percent_decode_str;

use super::{SigningError, SigningRequest, encode_bytes};

const ALGORITHM: &str = "SDK-HMAC-SHA256";
const X_SDK_DATE: HeaderName = HeaderName::from_static("x-sdk-date");
const X_SECURITY_TOKEN: HeaderName = HeaderName::from_static("x-security-token");
const X_SDK_CONTENT_SHA256: HeaderName = HeaderName::from_static("x-sdk-content-sha256");
const UNSIGNED_PAYLOAD: &str = "UNSIGNED-PAYLOAD";
const ALWAYS_SIGNED: [HeaderName; 5] = [
    HOST,
    CONTENT_TYPE,
    X_SDK_DATE,
    X_SECURITY_TOKEN,
    X_SDK_CONTENT_SHA256,
];

/// Signs a request by SDK-HMAC-SHA256.
///
/// Signed are `Host`, `Content-Type`, `X-Sdk-Date`, `X-Security-Token` and
/// [`SigningRequest::signed`], as far as the request has them: headers that nothing on the way
/// changes. A `Host` or `X-Sdk-Date` that the request already has is kept. The body is covered by
/// the signature if its type is JSON or BSON, or if it has no type; otherwise the header
/// `X-Sdk-Content-Sha256: UNSIGNED-PAYLOAD` says that it is not.
///
/// # Errors
///
/// A body that is covered and is a stream, a clock out of range, a key that cannot be sent.
pub fn sdk_hmac_sha256(
    request: &SigningRequest<'_>,
) -> Result<Vec<(HeaderName, HeaderValue)>, SigningError> {
    let mut added = Vec::new();
    let date = match request.headers.get(&X_SDK_DATE).map(HeaderValue::to_str) {
        Some(Ok(given)) => given.to_owned(),
        _ => {
            let date = sdk_date(request.time)?;
            added.push(header(X_SDK_DATE, &date)?);
            date
        }
    };
    if !request.headers.contains_key(HOST) {
        added.push(header(HOST, request.authority)?);
    }
    if let Some(token) = request.key.token() {
        added.push(secret_header(X_SECURITY_TOKEN, token.expose())?);
    }
    let content = request.headers.get(&X_SDK_CONTENT_SHA256);
    let body_hash = match (content.map(HeaderValue::to_str), request.body) {
        (Some(Ok(given)), _) => given.to_owned(),
        // SDKs disagree about a body that is empty and not covered; so it is always covered.
        (_, Some(body)) if body.is_empty() || is_covered(request) => sha256_hex(body),
        (_, None) if is_covered(request) => return Err(SigningError::StreamingBody),
        _ => {
            added.push(header(X_SDK_CONTENT_SHA256, UNSIGNED_PAYLOAD)?);
            UNSIGNED_PAYLOAD.to_owned()
        }
    };

    let mut headers = request.headers.clone();
    headers.extend(
        added
            .iter()
            .map(|(name, value)| (Some(name.clone()), value.clone())),
    );
    let signed: Vec<(&str, &[u8])> = headers
        .iter()
        .filter(|(name, _)| ALWAYS_SIGNED.contains(name) || request.signed.contains(&name.as_str()))
        .map(|(name, value)| (name.as_str(), value.as_bytes()))
        .collect();
    let signature = SdkSignature::new(
        request.method.as_str(),
        request.path,
        request.query,
        &signed,
        &body_hash,
        &date,
        request.key.secret_key().expose(),
    );
    let authorization = signature.authorization(request.key.access_key().expose());
    added.push(secret_header(AUTHORIZATION, &authorization)?);
    Ok(added)
}

fn header(name: HeaderName, text: &str) -> Result<(HeaderName, HeaderValue), SigningError> {
    match HeaderValue::from_str(text) {
        Ok(value) => Ok((name, value)),
        Err(_) => Err(SigningError::InvalidKey),
    }
}

fn secret_header(name: HeaderName, text: &str) -> Result<(HeaderName, HeaderValue), SigningError> {
    let (name, mut value) = header(name, text)?;
    value.set_sensitive(true);
    Ok((name, value))
}

/// Whether the signature covers the body, by its type.
fn is_covered(request: &SigningRequest<'_>) -> bool {
    request.headers.get(CONTENT_TYPE).is_none_or(|value| {
        let value = value.as_bytes();
        value.starts_with(b"application/json") || value.starts_with(b"application/bson")
    })
}

/// A signature and the texts that it is made of, which a server compares one by one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SdkSignature {
    /// The names of the signed headers, in order, with semicolons between them.
    pub signed_headers: String,
    /// The request in the form that is signed.
    pub canonical_request: Vec<u8>,
    /// Algorithm, date and the hash of the canonical request.
    pub string_to_sign: String,
    /// The signature, in lower-case hexadecimal digits.
    pub signature: String,
}

impl SdkSignature {
    /// Signs a request with `secret_key`.
    ///
    /// `path` and `query` are percent-encoded, as they are sent. `headers` are all that are to be
    /// signed, `X-Sdk-Date` among them; one with an underscore in its name is left out.
    /// `body_hash` is the SHA-256 of the body in lower-case hexadecimal digits, or what
    /// `X-Sdk-Content-Sha256` says. `date` is what `X-Sdk-Date` says.
    pub fn new(
        method: &str,
        path: &str,
        query: &str,
        headers: &[(&str, &[u8])],
        body_hash: &str,
        date: &str,
        secret_key: &str,
    ) -> Self {
        let mut headers: Vec<(String, &[u8])> = headers
            .iter()
            .filter(|(name, _)| !name.contains('_'))
            .map(|(name, value)| (name.to_ascii_lowercase(), value.trim_ascii()))
            .collect();
        headers.sort();
        let names: Vec<&str> = headers.iter().map(|(name, _)| name.as_str()).collect();
        let signed_headers = names.join(";");

        let mut canonical_request = format!(
            "{method}\n{}\n{}\n",
            canonical_path(path),
            canonical_query(query)
        )
        .into_bytes();
        for (name, value) in &headers {
            canonical_request.extend_from_slice(name.as_bytes());
            canonical_request.push(b':');
            canonical_request.extend_from_slice(value);
            canonical_request.push(b'\n');
        }
        canonical_request.extend_from_slice(format!("\n{signed_headers}\n{body_hash}").as_bytes());

        let string_to_sign = format!("{ALGORITHM}\n{date}\n{}", sha256_hex(&canonical_request));
        let signature = hex(&hmac_sha256::HMAC::mac(&string_to_sign, secret_key));
        Self {
            signed_headers,
            canonical_request,
            string_to_sign,
            signature,
        }
    }

    /// The value of the `Authorization` header.
    pub fn authorization(&self, access_key: &str) -> String {
        let Self {
            signed_headers,
            signature,
            ..
        } = self;
        format!(
            "{ALGORITHM} Access={access_key}, SignedHeaders={signed_headers}, Signature={signature}"
        )
    }
}

/// The hash of a body, in lower-case hexadecimal digits.
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&hmac_sha256::Hash::hash(bytes))
}

fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digits = bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .map(|digit| char::from(DIGITS[usize::from(digit)]));
    digits.collect()
}

/// The path decoded, encoded again segment by segment, and with a slash at its end, which the path
/// that is sent need not have. An encoded slash within a segment becomes a plain one.
fn canonical_path(path: &str) -> String {
    let decoded: Vec<u8> = percent_decode_str(path).collect();
    let segments: Vec<String> = decoded
        .split(|byte| *byte == b'/')
        .map(encode_bytes)
        .collect();
    let mut canonical = segments.join("/");
    if !canonical.ends_with('/') {
        canonical.push('/');
    }
    canonical
}

/// The parameters in the order of their names and then their values, both before encoding.
fn canonical_query(query: &str) -> String {
    let decode = |text: &str| -> Vec<u8> { percent_decode_str(text).collect() };
    let mut pairs: Vec<(Vec<u8>, Vec<u8>)> = query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, value)| (decode(name), decode(value)))
        .collect();
    pairs.sort();
    let pairs: Vec<String> = pairs
        .iter()
        .map(|(name, value)| format!("{}={}", encode_bytes(name), encode_bytes(value)))
        .collect();
    pairs.join("&")
}

/// A time as `YYYYMMDDTHHMMSSZ`, in UTC.
///
/// # Errors
///
/// A time before the year 1970 or after the year 9999.
pub fn sdk_date(time: SystemTime) -> Result<String, SigningError> {
    const SECONDS_PER_DAY: u64 = 24 * 60 * 60;
    /// 9999-12-31T23:59:59Z.
    const LAST: u64 = 253_402_300_799;
    let seconds = match time.duration_since(UNIX_EPOCH) {
        Ok(since) if since.as_secs() <= LAST => since.as_secs(),
        _ => return Err(SigningError::Clock),
    };
    let (year, month, day) = civil_date(seconds / SECONDS_PER_DAY);
    let second = seconds % SECONDS_PER_DAY;
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    Ok(format!(
        "{year:04}{month:02}{day:02}T{hour:02}{minute:02}{second:02}Z"
    ))
}

/// Year, month and day of a day that is counted from 1970-01-01, in the Gregorian calendar.
///
/// Years are counted from the first of March here, so that a leap day is the last of its year.
fn civil_date(days: u64) -> (u64, u64, u64) {
    const DAYS_PER_400_YEARS: u64 = 146_097;
    /// From 0000-03-01 to 1970-01-01.
    const EPOCH: u64 = 719_468;
    let days = days + EPOCH;
    let era = days / DAYS_PER_400_YEARS;
    let day_of_era = days % DAYS_PER_400_YEARS;
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    // Five months from March on have 153 days, and so have the next five.
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let (month, next_year) = match month_from_march {
        0..10 => (month_from_march + 3, 0),
        _ => (month_from_march - 9, 1),
    };
    (era * 400 + year_of_era + next_year, month, day)
}
