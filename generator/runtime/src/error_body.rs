//! What the body of an error says.
//!
//! In: the bytes of a body, which nothing is known about, and where the document says its parts
//! are. Out: code, message, detail and request id, as far as they can be found. This file knows
//! nothing of statuses or operations.

use std::fmt;

use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::{Map, Value};

use super::{ErrorBodyInfo, ErrorFields};

/// Where the parts of an error are if the document does not say: `code` and `message`, or those of
/// a problem report (RFC 9457, section 3.1).
static USUAL: ErrorBodyInfo = ErrorBodyInfo {
    fields: &[
        ErrorFields {
            code: "code",
            message: "message",
            detail: None,
        },
        ErrorFields {
            code: "type",
            message: "title",
            detail: Some("detail"),
        },
    ],
    nested: true,
    request_id: None,
    success_codes: &[],
};

/// How deep inside a body an error is looked for.
const MAX_DEPTH: usize = 4;
/// In how many objects of a body an error is looked for.
const MAX_OBJECTS: usize = 64;
/// How many characters of a body that is text make a message.
const MAX_TEXT: usize = 500;

/// What the body of an error says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ErrorDetails {
    /// The code. A number is given as its text.
    pub code: Option<String>,
    /// The message. A body that is not JSON is a message as a whole.
    pub message: Option<String>,
    /// What the body says beyond the message.
    pub detail: Option<String>,
    /// The request id.
    pub request_id: Option<String>,
}

impl ErrorDetails {
    /// Reads the body of an error. Nothing in it is an error of its own.
    ///
    /// The first object that has both a code and a message counts, from the outside to the inside;
    /// after that, one that has either. Of a body that was cut off, the members of the outermost
    /// object that were read in full count.
    pub fn read(info: Option<&ErrorBodyInfo>, body: &[u8]) -> Self {
        let info = info.unwrap_or(&USUAL);
        let value = serde_json::from_slice(body).unwrap_or_else(|_| partial_object(body));
        if !matches!(value, Value::Object(_) | Value::Array(_)) {
            return Self {
                message: match value {
                    Value::String(text) => text_message(&text),
                    _ => text_message(&String::from_utf8_lossy(body)),
                },
                ..Self::default()
            };
        }
        let objects = objects(&value, info.nested);
        let request_id = info
            .request_id
            .and_then(|name| objects.iter().find_map(|object| text(object, name)));
        let complete = objects.iter().find_map(|object| {
            let mut fields = info.fields.iter();
            fields.find_map(|fields| {
                let code = text(object, fields.code)?;
                let message = text(object, fields.message)?;
                Some((*object, Some(code), Some(message)))
            })
        });
        let either = || {
            objects.iter().find_map(|object| {
                let mut fields = info.fields.iter();
                let code = fields.find_map(|fields| text(object, fields.code));
                let mut fields = info.fields.iter();
                let message = fields.find_map(|fields| text(object, fields.message));
                (code.is_some() || message.is_some()).then_some((*object, code, message))
            })
        };
        let Some((object, code, message)) = complete.or_else(either) else {
            return Self {
                request_id,
                ..Self::default()
            };
        };
        let mut details = info.fields.iter().filter_map(|fields| fields.detail);
        Self {
            code,
            message,
            detail: details.find_map(|name| text(object, name)),
            request_id,
        }
    }
}

/// Whether the body of a success says that the request failed: its outermost object has the two
/// fields of an error, and a code that does not mean success.
pub fn error_in_success(info: &ErrorBodyInfo, body: &[u8]) -> bool {
    // Most bodies hold no such word at all, and are not read twice then.
    let Ok(all) = std::str::from_utf8(body) else {
        return false;
    };
    let possible =
        |fields: &&ErrorFields| all.contains(fields.code) && all.contains(fields.message);
    let fields: Vec<&ErrorFields> = info.fields.iter().filter(possible).collect();
    if fields.is_empty() {
        return false;
    }
    let wanted = |name: &str| {
        let mut fields = fields.iter();
        fields.any(|fields| name == fields.code || name == fields.message)
    };
    let mut object = Map::new();
    let mut deserializer = serde_json::Deserializer::from_slice(body);
    let members = Members {
        object: &mut object,
        wanted: &wanted,
    };
    deserializer.deserialize_any(members).is_ok()
        && fields.iter().any(|fields| {
            object.contains_key(fields.message)
                && text(&object, fields.code)
                    .is_some_and(|code| !info.success_codes.contains(&code.as_str()))
        })
}

/// The text of a member: a string that is not empty, or a number.
fn text(object: &Map<String, Value>, name: &str) -> Option<String> {
    match object.get(name)? {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// The objects of a value, the outermost first.
fn objects(value: &Value, nested: bool) -> Vec<&Map<String, Value>> {
    let mut found = Vec::new();
    let mut level = vec![value];
    for _ in 0..MAX_DEPTH {
        let mut next: Vec<&Value> = Vec::new();
        for value in level {
            if found.len() == MAX_OBJECTS {
                return found;
            }
            match value {
                Value::Object(object) => {
                    found.push(object);
                    next.extend(object.values());
                }
                Value::Array(items) => next.extend(items.iter().take(MAX_OBJECTS)),
                _ => {}
            }
        }
        if !nested {
            break;
        }
        level = next;
    }
    found
}

/// What can be read of an object that is cut off or broken; null if there is nothing.
fn partial_object(body: &[u8]) -> Value {
    let mut object = Map::new();
    let mut deserializer = serde_json::Deserializer::from_slice(body);
    let members = Members {
        object: &mut object,
        wanted: &|_| true,
    };
    // The error is why we are here; what was read before it is in `object`.
    let _: Result<(), serde_json::Error> = deserializer.deserialize_any(members);
    match object.is_empty() {
        true => Value::Null,
        false => Value::Object(object),
    }
}

/// Collects those members of the outermost object that are wanted, as they are read.
struct Members<'out> {
    object: &'out mut Map<String, Value>,
    wanted: &'out dyn Fn(&str) -> bool,
}

impl<'de> Visitor<'de> for Members<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<(), A::Error> {
        while let Some(name) = access.next_key::<String>()? {
            if (self.wanted)(&name) {
                self.object.insert(name, access.next_value()?);
            } else {
                access.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}

/// A body that is text, as a message: of HTML its title or its words, and not more than a
/// paragraph.
fn text_message(text: &str) -> Option<String> {
    let text = text.trim();
    let words = if text.starts_with('<') {
        html_words(text)
    } else {
        text.to_owned()
    };
    let mut message = String::new();
    for word in words.split_whitespace() {
        if !message.is_empty() {
            message.push(' ');
        }
        message.push_str(word);
        if let Some((end, _)) = message.char_indices().nth(MAX_TEXT) {
            message.truncate(end);
            message.push('…');
            break;
        }
    }
    (!message.is_empty()).then_some(message)
}

/// The title of an HTML page, or else its text without tags.
fn html_words(page: &str) -> String {
    // ASCII lower case keeps all offsets.
    let lower = page.to_ascii_lowercase();
    let title = lower.find("<title").and_then(|start| {
        let open = start + lower[start..].find('>')? + 1;
        let close = open + lower[open..].find("</title")?;
        Some(page[open..close].trim())
    });
    if let Some(title) = title.filter(|title| !title.is_empty()) {
        return title.to_owned();
    }
    let mut words = String::new();
    let mut in_tag = false;
    for char in page.chars() {
        match char {
            '<' => in_tag = true,
            '>' => {
                in_tag = false;
                words.push(' ');
            }
            _ if !in_tag => words.push(char),
            _ => {}
        }
    }
    words
}
