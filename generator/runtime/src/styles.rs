//! The less common styles of parameters.
//!
//! In: the value of a parameter and what the document says about it. Out: its texts in the styles
//! `label` and `matrix` of paths and `spaceDelimited`, `pipeDelimited` and `deepObject` of queries
//! (OpenAPI 3.0.3, Parameter Object, Style Values), and `cookie` of cookies (OpenAPI 3.2.0). All but
//! the last percent-encode everything, delimiters included where a URL may not have them as they are.
//! This file knows nothing of requests.

use super::{
    ParameterInfo, ParameterValue, Style, encode_component, parameter_parts, write_form_parameter,
    write_pairs,
};

/// Values after a dot, in a path (RFC 6570, section 3.2.5): `.blue,black`, exploded `.blue.black`.
///
/// The table of OpenAPI 3.0.3 has dots in both; later versions have mended that.
pub const LABEL: Style = Style::Other(write_label);

/// Pairs after semicolons, in a path (RFC 6570, section 3.2.7): `;color=blue,black`, exploded
/// `;color=blue;color=black`.
pub const MATRIX: Style = Style::Other(write_matrix);

/// Values with `%20` between them, in a query. A server cannot tell it from a space inside a value.
/// Exploded it is the same as `form`.
pub const SPACE_DELIMITED: Style = Style::Other(write_space_delimited);

/// Values with `%7C` between them, in a query: not all servers and proxies take a bare `|`, which
/// RFC 3986 does not allow. Exploded it is the same as `form`.
pub const PIPE_DELIMITED: Style = Style::Other(write_pipe_delimited);

/// Objects as pairs with the way to each value in the name, in a query: `color%5BR%5D=100`, which
/// a server reads as `color[R]=100`.
///
/// The specification stops there. Objects inside objects add brackets, and arrays inside objects
/// repeat the name; items that have parts themselves stand under their index. An array that is the
/// whole value has empty brackets, `color%5B%5D=blue`, and a text is written as in `form`.
pub const DEEP_OBJECT: Style = Style::Other(write_deep_object);

/// Pairs as in `form`, in a cookie, of which nothing is encoded: a caller encodes what a cookie cannot
/// have, in the way in which the service reads it.
pub const COOKIE: Style = Style::Other(write_cookie);

fn write_cookie(info: &ParameterInfo, value: &ParameterValue) -> Vec<String> {
    let plain = ParameterInfo {
        encode: str::to_owned,
        ..*info
    };
    write_pairs(info.name, &plain, value)
}

fn write_label(info: &ParameterInfo, value: &ParameterValue) -> Vec<String> {
    let parts = parameter_parts(info, value);
    if parts.is_empty() {
        return Vec::new();
    }
    let between = if info.explode { "." } else { "," };
    vec![format!(".{}", parts.join(between))]
}

fn write_matrix(info: &ParameterInfo, value: &ParameterValue) -> Vec<String> {
    let name = encode_component(info.name);
    let parts = parameter_parts(info, value);
    // An empty value has no `=` (RFC 6570, section 3.2.7).
    let pair = |text: String| match text.as_str() {
        "" => format!(";{name}"),
        text => format!(";{name}={text}"),
    };
    match (value, info.explode) {
        (ParameterValue::Array(_), true) => parts.into_iter().map(pair).collect(),
        (ParameterValue::Object(_), true) => parts
            .iter()
            .map(|part| format!(";{}", part.strip_suffix('=').unwrap_or(part)))
            .collect(),
        (ParameterValue::Array(_) | ParameterValue::Object(_), false) if parts.is_empty() => parts,
        (ParameterValue::Primitive(_) | ParameterValue::Invalid(_), _)
        | (ParameterValue::Array(_) | ParameterValue::Object(_), false) => {
            vec![pair(parts.join(","))]
        }
    }
}

fn write_space_delimited(info: &ParameterInfo, value: &ParameterValue) -> Vec<String> {
    write_delimited(info, value, "%20")
}

fn write_pipe_delimited(info: &ParameterInfo, value: &ParameterValue) -> Vec<String> {
    write_delimited(info, value, "%7C")
}

fn write_delimited(info: &ParameterInfo, value: &ParameterValue, delimiter: &str) -> Vec<String> {
    if info.explode {
        return write_form_parameter(info, value);
    }
    match value {
        ParameterValue::Primitive(_) | ParameterValue::Invalid(_) => {
            write_form_parameter(info, value)
        }
        ParameterValue::Array(_) | ParameterValue::Object(_) => {
            let parts = parameter_parts(info, value);
            if parts.is_empty() {
                return parts;
            }
            let name = encode_component(info.name);
            vec![format!("{name}={}", parts.join(delimiter))]
        }
    }
}

fn write_deep_object(info: &ParameterInfo, value: &ParameterValue) -> Vec<String> {
    let name = encode_component(info.name);
    let mut pairs = Vec::new();
    match value {
        ParameterValue::Array(items) => {
            write_items(info, &name, &format!("{name}%5B%5D"), items, &mut pairs);
        }
        ParameterValue::Primitive(_) | ParameterValue::Object(_) | ParameterValue::Invalid(_) => {
            write_deep(info, &name, value, &mut pairs);
        }
    }
    pairs
}

/// Writes the value that is called `name`, encoded.
fn write_deep(info: &ParameterInfo, name: &str, value: &ParameterValue, pairs: &mut Vec<String>) {
    match value {
        ParameterValue::Primitive(text) => pairs.push(format!("{name}={}", (info.encode)(text))),
        ParameterValue::Array(items) => write_items(info, name, name, items, pairs),
        ParameterValue::Object(members) => {
            for (key, member) in members {
                let name = format!("{name}%5B{}%5D", encode_component(key));
                write_deep(info, &name, member, pairs);
            }
        }
        ParameterValue::Invalid(_) => {}
    }
}

/// Writes texts under the name `plain`, and items that have parts under `name` and their index.
fn write_items(
    info: &ParameterInfo,
    name: &str,
    plain: &str,
    items: &[ParameterValue],
    pairs: &mut Vec<String>,
) {
    for (index, item) in items.iter().enumerate() {
        match item {
            ParameterValue::Primitive(_) | ParameterValue::Invalid(_) => {
                write_deep(info, plain, item, pairs);
            }
            ParameterValue::Array(_) | ParameterValue::Object(_) => {
                write_deep(info, &format!("{name}%5B{index}%5D"), item, pairs);
            }
        }
    }
}
