//! Keywords that no type can express: whoever makes a value has to see to them.
//!
//! They are collected while schemas are lowered and reported at the end, each keyword once.

use std::collections::{BTreeMap, BTreeSet};

use super::super::Lowering;
use super::whole::Part;
use crate::diag::{Code, Diag};
use crate::document::NodeRef;

/// Where keywords are that are not checked, by keyword.
#[derive(Default)]
pub(super) struct Unchecked<'d>(BTreeMap<&'static str, BTreeSet<NodeRef<'d>>>);

/// The keywords (JSON Schema Core 2020-12, sections 10.2 and 10.3.1.3, JSON Schema Validation 2020-12,
/// sections 6.5.4 and 8.5), each with what becomes of it.
const KEYWORDS: &[(&str, &str)] = &[
    ("contains", "the items of an array are not searched"),
    ("contentSchema", "what the text holds stays a text"),
    ("dependentRequired", "what it requires is optional"),
    ("dependentSchemas", "the properties in it are optional"),
    ("if", "the properties under `then` and `else` are optional"),
    ("not", "the type admits what it excludes"),
];

impl<'d> Unchecked<'d> {
    /// Remembers which of the keywords are in `parts`.
    pub(super) fn note(&mut self, parts: &[Part<'d>]) {
        for part in parts {
            for (keyword, _) in KEYWORDS {
                if let Some(node) = part.node.get(keyword) {
                    self.0.entry(keyword).or_default().insert(node);
                }
            }
        }
    }
}

impl Lowering<'_> {
    /// Reports the keywords that are not checked.
    pub(in crate::lower) fn report_unchecked(&self) {
        for (keyword, becomes) in KEYWORDS {
            let Some(nodes) = self.schemas.unchecked.0.get(keyword) else {
                continue;
            };
            let Some(first) = nodes.first() else {
                continue;
            };
            let places = match nodes.len() {
                1 => String::new(),
                2 => ", here and at another place".to_owned(),
                count => format!(", here and at {} other places", count - 1),
            };
            let message = format!("`{keyword}` is not checked{places}: {becomes}");
            self.diags.report(Diag::new(
                Code::UncheckedKeyword,
                first.key_place(),
                message,
            ));
        }
    }
}
