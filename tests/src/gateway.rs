//! A gateway that checks signatures: it computes `SDK-HMAC-SHA256` anew from what it received, by
//! the rules as the provider documents them, and shares no code with the runtime.

use std::fmt::Write as _;

use crate::server::Received;

/// Whether a request is signed with this key, and if not, what is wrong with it.
///
/// # Errors
///
/// A sentence about what is missing or differs.
pub fn check_signature(
    request: &Received,
    access_key: &str,
    secret_key: &str,
) -> Result<(), String> {
    let authorization = request
        .header("authorization")
        .ok_or("there is no Authorization")?;
    let fields = authorization
        .strip_prefix("SDK-HMAC-SHA256 ")
        .ok_or_else(|| format!("another algorithm: {authorization}"))?;
    let mut access = "";
    let mut signed_headers = "";
    let mut signature = "";
    for field in fields.split(", ") {
        match field.split_once('=') {
            Some(("Access", value)) => access = value,
            Some(("SignedHeaders", value)) => signed_headers = value,
            Some(("Signature", value)) => signature = value,
            _ => return Err(format!("an unknown field: {field}")),
        }
    }
    if access != access_key {
        return Err(format!("another key: {access}"));
    }
    let date = request
        .header("x-sdk-date")
        .ok_or("there is no X-Sdk-Date")?;
    let names: Vec<&str> = signed_headers.split(';').collect();
    if !names.is_sorted() || !names.contains(&"x-sdk-date") || !names.contains(&"host") {
        return Err(format!("wrong signed headers: {signed_headers}"));
    }
    for present in ["x-project-id", "x-security-token", "content-type"] {
        if request.header(present).is_some() && !names.contains(&present) {
            return Err(format!("{present} is not signed"));
        }
    }
    let canonical = canonical_request(request, &names)?;
    let to_sign = format!(
        "SDK-HMAC-SHA256\n{date}\n{}",
        hex(&hmac_sha256::Hash::hash(canonical.as_bytes()))
    );
    let expected = hex(&hmac_sha256::HMAC::mac(
        to_sign.as_bytes(),
        secret_key.as_bytes(),
    ));
    if expected != signature {
        return Err(format!(
            "the signature differs; the canonical request is\n{canonical}"
        ));
    }
    Ok(())
}

/// The canonical request: method, path, query, headers, their names, hash of the body.
fn canonical_request(request: &Received, names: &[&str]) -> Result<String, String> {
    let mut path: String = decode(request.path())
        .split('/')
        .map(encode)
        .collect::<Vec<_>>()
        .join("/");
    if !path.ends_with('/') {
        path.push('/');
    }
    let mut pairs: Vec<(String, String)> = request
        .query()
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, value)| (decode(name), decode(value)))
        .collect();
    pairs.sort();
    let query: Vec<String> = pairs
        .iter()
        .map(|(name, value)| format!("{}={}", encode(name), encode(value)))
        .collect();
    let mut headers = String::new();
    for name in names {
        let value = request
            .header(name)
            .ok_or_else(|| format!("{name} is signed and not there"))?;
        let _ = writeln!(headers, "{name}:{value}");
    }
    let hash = match request.header("x-sdk-content-sha256") {
        Some(given) => given.to_owned(),
        None => hex(&hmac_sha256::Hash::hash(&request.body)),
    };
    Ok(format!(
        "{}\n{path}\n{}\n{headers}\n{}\n{hash}",
        request.method,
        query.join("&"),
        names.join(";")
    ))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Percent-encodes everything but the unreserved characters of RFC 3986.
fn encode(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                out.push(char::from(byte));
            }
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

/// Undoes percent-encoding.
fn decode(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, others @ ..] = rest {
        let code = others
            .get(..2)
            .and_then(|digits| std::str::from_utf8(digits).ok());
        let byte = code.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match (first, byte) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = &others[2..];
            }
            _ => {
                bytes.push(*first);
                rest = others;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
