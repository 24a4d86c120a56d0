//! Reading one file: from a path to its text, from a text to nodes.
//!
//! In goes a text under a name, out come its nodes in the [`Builder`] and what is remarkable about
//! them, or why it can't be read. Which files belong to a document is not known here.

use std::fs::File;
use std::io::Read as _;
use std::ops::Range;
use std::path::Path;

use super::build::{Builder, Duplicate, Fault};
use super::yaml::Stream;
use super::{json, libyaml, yaml};
use crate::diag::{Code, Diag, Place, Source};

/// Reads a file that has at most `limit` bytes and holds UTF-8 text.
pub(super) fn read_file(path: &Path, limit: u64) -> Result<String, (Code, String)> {
    let unreadable = |error: std::io::Error| {
        let message = format!("the file can't be read: {error}");
        (Code::UnreadableFile, message)
    };
    let file = File::open(path).map_err(unreadable)?;
    let mut bytes = Vec::new();
    // The limit holds for what is read, since a pipe has no size.
    file.take(limit + 1)
        .read_to_end(&mut bytes)
        .map_err(unreadable)?;
    if bytes.len() as u64 > limit {
        let message = format!("the file has more than {limit} bytes");
        return Err((Code::TooLarge, message));
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let message = match error.as_bytes() {
            [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => {
                "the file is UTF-16 text; save it as UTF-8".to_owned()
            }
            _ => format!(
                "the file is not UTF-8 text: the byte at offset {at} is no part of a character"
            ),
        };
        (Code::UnreadableFile, message)
    })
}

/// A text without a byte-order mark, which RFC 8259, section 8.1, lets readers ignore.
pub(super) fn without_mark(text: String) -> String {
    match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_owned(),
        None => text,
    }
}

/// Adds the nodes of a text, as the next file, and gives notes on what is remarkable about them. If it
/// can't be read, nothing is added.
pub(super) fn read_nodes(source: &Source, builder: &mut Builder) -> Result<Vec<Diag>, Fault> {
    let reading = match parse(source, builder) {
        Ok(reading) => reading,
        Err(fault) => {
            builder.begin_file();
            return Err(fault);
        }
    };
    let mut notes = Vec::new();
    let place = |range| match reading.refused_yaml {
        Some(_) => Place::file(source.name()),
        None => Place::span(source, range),
    };
    if let Some(fault) = &reading.refused_json {
        let message = format!(
            "this is not JSON, so the document was read as YAML: {}",
            fault.message
        );
        let place = Place::span(source, fault.range.clone());
        notes.push(Diag::new(Code::ReadAsYaml, place, message));
    }
    if let Some(fault) = &reading.refused_yaml {
        let message = format!(
            "this is not YAML 1.2, but was understood: {}",
            fault.message
        );
        let place = Place::span(source, fault.range.clone());
        let diag = Diag::new(Code::LaxYaml, place, message);
        notes.push(diag.help("mend it, and all diagnostics will show lines of this file"));
    }
    if let Some(second) = reading.second.clone() {
        let message = "another document begins here; only the first one is read";
        notes.push(Diag::new(Code::SeveralDocuments, place(second), message));
    }
    for Duplicate { key, first, second } in builder.end_file() {
        let message = format!("the object has `{key}` twice; the last value is taken");
        let diag = Diag::new(Code::DuplicateKey, place(second), message);
        notes.push(diag.related(place(first), "this value is dropped"));
    }
    Ok(notes)
}

/// A text that was read.
#[derive(Default)]
struct Reading {
    /// Why the text, which looks like JSON, isn't JSON.
    refused_json: Option<Fault>,
    /// Why the text isn't YAML 1.2. Then nodes have no places.
    refused_yaml: Option<Fault>,
    /// Where a second YAML document begins.
    second: Option<Range<usize>>,
}

/// Reads a text as JSON or YAML, whichever it is.
fn parse(source: &Source, builder: &mut Builder) -> Result<Reading, Fault> {
    let text = source.text();
    let extension = source
        .name()
        .rsplit_once('.')
        .map_or("", |(_, extension)| extension);
    let is = |wanted: &str| extension.eq_ignore_ascii_case(wanted);
    let looks_like_json =
        text.trim_start().starts_with(['{', '[']) || (is("json") && !text.trim().is_empty());
    if !looks_like_json {
        return parse_yaml(text, builder);
    }
    builder.begin_file();
    match json::read(text, builder) {
        Ok(()) => Ok(Reading::default()),
        // Every JSON text is YAML, and some YAML texts look like JSON.
        Err(fault) if fault.code == Code::SyntaxError && (is("yaml") || is("yml")) => {
            parse_yaml(text, builder)
        }
        Err(fault) if fault.code == Code::SyntaxError => {
            builder.begin_file();
            match yaml::read(text, builder) {
                Ok(Stream::Document { second }) => Ok(Reading {
                    refused_json: Some(fault),
                    second,
                    ..Reading::default()
                }),
                Ok(Stream::Empty) | Err(_) => Err(fault),
            }
        }
        Err(fault) => Err(fault),
    }
}

/// Reads a text as YAML 1.2, or else by the rules of libyaml.
fn parse_yaml(text: &str, builder: &mut Builder) -> Result<Reading, Fault> {
    builder.begin_file();
    match yaml::read(text, builder) {
        Ok(Stream::Document { second }) => Ok(Reading {
            second,
            ..Reading::default()
        }),
        Ok(Stream::Empty) => Err(Fault::new(
            Code::EmptyDocument,
            0..0,
            "the document is empty",
        )),
        Err(fault) if fault.code == Code::SyntaxError => {
            builder.begin_file();
            match libyaml::read(text, builder) {
                Some(Ok(())) => {
                    builder.without_places();
                    Ok(Reading {
                        refused_yaml: Some(fault),
                        ..Reading::default()
                    })
                }
                Some(Err(limit)) => Err(Fault {
                    range: fault.range,
                    ..limit
                }),
                None => Err(fault),
            }
        }
        Err(fault) => Err(fault),
    }
}
