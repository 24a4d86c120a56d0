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
        "text/event-stream" => Some("Events"),
        "application/jsonl"
        | "application/x-jsonlines"
        | "application/x-jsonl"
        | "application/ndjson"
        | "application/x-ndjson" => Some("JsonLines"),
        "application/json-seq" => Some("JsonSequence"),
        _ => None,
    };
    match (known, essence.split_once('/')) {
        (Some(known), _) => known.to_owned(),
        (None, Some((kind, "*"))) => format!("Any {kind}"),
        (None, Some((_, subtype))) => subtype.strip_prefix("x-").unwrap_or(subtype).to_owned(),
        (None, None) => essence,
    }
}

#[cfg(test)]
mod tests {
    use super::media_name;

    #[test]
    fn a_media_type_is_called_what_people_say() {
        let cases = [
            ("application/json; charset=utf-8", "Json"),
            ("text/plain", "Text"),
            ("application/octet-stream", "Bytes"),
            ("image/png", "png"),
            ("application/x-tar", "tar"),
            ("application/merge-patch+json", "merge-patch+json"),
            ("image/*", "Any image"),
            ("*/*", "Any"),
        ];
        for (media_type, expected) in cases {
            assert_eq!(media_name(media_type), expected);
        }
    }
}
