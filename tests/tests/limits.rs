//! Documents that would grow without end, do not.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use bindery::diag::{Code, Diags};
use bindery_tests::cases::{plan_text, shown};

/// A document with these schemas.
fn with(schemas: &str) -> String {
    format!(
        "openapi: 3.0.3\ninfo: {{ title: T, version: '1' }}\npaths: {{}}\ncomponents:\n  schemas:\n{schemas}"
    )
}

/// Plans a document, and says how many types came of it and whether some were widened.
fn planned(text: &str) -> (usize, bool) {
    let diags = Diags::default();
    let start = Instant::now();
    let planned = plan_text("limits.yaml", text, &diags);
    let planned = planned.unwrap_or_else(|_| panic!("{}", shown(&diags)));
    assert!(
        start.elapsed() < Duration::from_secs(60),
        "{:?}",
        start.elapsed()
    );
    let widened = diags
        .snapshot()
        .iter()
        .any(|diag| diag.code == Code::UnsupportedSchema);
    (planned.api.types.len(), widened)
}

/// Four lists of thirty alternatives that all hold at once are close to a million.
#[test]
fn alternatives_are_not_multiplied_without_end() {
    let mut lists = String::new();
    for list in 0..4 {
        let alternatives: Vec<String> = (0..30)
            .map(|at| format!("{{ type: object, required: [a{list}], properties: {{ a{list}: {{ type: string, enum: [v{at}] }} }} }}"))
            .collect();
        let _ = write!(lists, "{{ oneOf: [{}] }}, ", alternatives.join(", "));
    }
    let (types, widened) = planned(&with(&format!("    All: {{ allOf: [{lists}] }}\n")));
    assert!(widened);
    assert!(types < 200_000, "{types}");
}

/// A diamond of parts is walked once, however often it is reached.
#[test]
fn diamonds_of_parts_are_walked_once() {
    let mut schemas =
        String::from("    L0: { type: object, properties: { p0: { type: string } } }\n");
    for level in 1..200 {
        let below = level - 1;
        let _ = writeln!(
            schemas,
            "    L{level}: {{ allOf: [{{ $ref: '#/components/schemas/L{below}' }}, {{ $ref: '#/components/schemas/L{below}' }}, {{ properties: {{ p{level}: {{ type: string }} }} }}] }}"
        );
    }
    let (_, widened) = planned(&with(&schemas));
    assert!(!widened);
}
