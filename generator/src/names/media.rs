//! What media types are called.

/// What a media type is called among others: by what people say for it, else by its subtype.
pub(super) fn media_name(media_type: &str) -> String {
    let essence = media_type.split(';').next().unwrap_or_default();
    let essence = essence.trim().to_ascii_lowercase();
    let known = match essence.as_str() {
        "application/json" => Some("Json"),
        "application/xml" | "text/xml" => Some("Xml"),
        "application/x-www-form-urlencoded" => Some("Form"),
        "multipart/form-data" => Some("Multipart"),
        "application/octet-stream" => Some("Bytes"),
        "text/plain" => Some("Text"),
        "*/*" => Some("Any"),
        _ => None,
    };
    match (known, essence.split_once('/')) {
        (Some(known), _) => known.to_owned(),
        (None, Some((kind, "*"))) => format!("Any {kind}"),
        (None, Some((_, subtype))) => subtype.strip_prefix("x-").unwrap_or(subtype).to_owned(),
        (None, None) => essence,
    }
}
