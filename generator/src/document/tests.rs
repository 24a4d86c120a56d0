//! The document stage, from text to typed views.

mod check;
mod files;
mod overlay;
mod places;
mod reading;
mod reference;
mod schema;
mod upgrade;
mod versions;
mod view;

use super::*;
use crate::diag::{Style, render};

/// A document from the parts of it that matter, in YAML.
fn document(rest: &str) -> Document {
    let text = format!("openapi: 3.0.3\ninfo: {{title: Test, version: '1'}}\npaths: {{}}\n{rest}");
    let diags = Diags::new();
    let document = Document::from_text("test.yaml", text, &diags);
    let document = document.unwrap_or_else(|_| panic!("{}", plain(&diags)));
    assert!(diags.is_empty(), "{}", plain(&diags));
    document
}

/// A text that is read although it isn't OpenAPI, for its nodes.
fn read(name: &str, text: &str) -> (Option<serde_json::Value>, String) {
    let diags = Diags::new();
    let loaded = load::load(Source::new(name, text), Vec::new(), None, &diags);
    let json = loaded.ok().map(|(nodes, files)| {
        let document = Document::of(nodes, files);
        document.root().to_json()
    });
    (json, plain(&diags))
}

/// All diagnostics as text, without the empty lines at the end.
fn plain(diags: &Diags) -> String {
    render(&diags.snapshot(), Style::Plain)
        .trim_end()
        .to_owned()
}

/// The codes of all diagnostics in the order of the reports.
fn codes(diags: &Diags) -> Vec<&'static str> {
    diags
        .snapshot()
        .iter()
        .map(|diag| diag.code.name())
        .collect()
}
