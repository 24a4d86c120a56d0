//! Examples: every value that a document gives for something, decoded into the type that was
//! emitted for it and encoded again.
//!
//! The values, and what the document says of them, come from its text, read here; which type is
//! theirs comes from the plan of the generator. A program of its own holds the emitted crate and
//! does the decoding and encoding. An example counts against the generator only if it agrees with
//! its schema.

mod agree;
mod collect;
mod modern;
mod program;
mod same;
mod source;
mod types;

use serde_json::Value;

use super::Task;
use super::discover::Found;
use super::figures::{Figure, Record};
use agree::Judge;
use source::{At, Source};

/// Where a value is sent: that decides which properties have no place in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Way {
    /// With a request; read-only properties are none of it.
    Request,
    /// With a reply; write-only properties are none of it.
    Reply,
}

/// A value that a document gives as an example or a default.
#[derive(Debug)]
struct Example {
    /// Where the value stands.
    at: At,
    /// The value.
    value: Value,
    /// The schema that it is an example of.
    schema: At,
    way: Way,
    /// Whether it is written as JSON, and not in another format, of which its text would be one.
    is_json: bool,
}

/// What came of an example.
#[derive(Clone, Debug, PartialEq)]
enum Came {
    /// It came back.
    Equal,
    /// Another value came back: what differs.
    Differs(String),
    /// It was not decoded: what was said.
    Refused(String),
}

impl Task<'_> {
    /// Decodes and encodes every example of a document.
    pub(super) fn examples(&self, found: &Found, record: &mut Record) -> Result<(), String> {
        let source = match Source::read(&found.path) {
            Ok(source) => source,
            Err(error) => {
                record.note(&format!("no examples, since it cannot be read: {error}"));
                return Ok(());
            }
        };
        let examples = collect::examples(&source);
        let types = types::Types::of(&found.path)?;
        let placed: Vec<(&Example, String)> = examples
            .iter()
            .filter(|example| example.is_json)
            .filter_map(|example| Some((example, types.written(&source, example)?)))
            .collect();
        record.set(Figure::Examples, examples.len() as f64);
        record.set(Figure::Untyped, (examples.len() - placed.len()) as f64);
        let came = self.decode_and_encode(&placed, record)?;
        let mut judge = Judge::new(&source);
        let mut counts = [0; 4];
        for ((example, ty), came) in placed.iter().zip(came) {
            let came = came.and_then(|text| same::same(&source, example, text));
            let against = match &came {
                Came::Equal => None,
                Came::Differs(_) | Came::Refused(_) => judge.contradiction(example),
            };
            counts[match (&came, &against) {
                (Came::Equal, _) => 0,
                (Came::Differs(_) | Came::Refused(_), Some(_)) => 3,
                (Came::Differs(_), None) => 1,
                (Came::Refused(_), None) => 2,
            }] += 1;
            if let Some(line) = told(example, ty, &came, against.as_deref()) {
                record.note(&line);
            }
        }
        let [equal, differ, refused, contradicted] = counts;
        record.set(Figure::Equal, f64::from(equal));
        record.set(Figure::Differ, f64::from(differ));
        record.set(Figure::Refused, f64::from(refused));
        record.set(Figure::Contradicted, f64::from(contradicted));
        Ok(())
    }
}

impl Came {
    /// What came back, looked at.
    fn and_then(self, look: impl FnOnce(&str) -> Self) -> Self {
        match self {
            Self::Equal | Self::Refused(_) => self,
            Self::Differs(text) => look(&text),
        }
    }
}

/// What is said of an example that did not come back: where it is, its type, what is wrong.
fn told(example: &Example, ty: &str, came: &Came, against: Option<&str>) -> Option<String> {
    let what = match came {
        Came::Equal => return None,
        Came::Differs(what) => format!("differs: {what}"),
        Came::Refused(what) => format!("refused: {what}"),
    };
    let why = match against {
        Some(why) => format!("; the document contradicts it: {why}"),
        None => String::new(),
    };
    let Example { at, .. } = example;
    Some(format!("example {at} as {ty} {what}{why}"))
}
