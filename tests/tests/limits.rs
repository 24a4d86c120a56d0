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

/// A long chain of names with words beside each is read once, not once for each of them.
#[test]
fn chains_of_names_are_walked_once() {
    let mut schemas =
        String::from("    N0: { type: object, properties: { a: { type: string } } }\n");
    for at in 1..2_000 {
        let below = at - 1;
        let _ = writeln!(
            schemas,
            "    N{at}: {{ $ref: '#/components/schemas/N{below}', description: Name {at}. }}"
        );
    }
    let (types, _) = planned(&with(&schemas).replace("3.0.3", "3.1.0"));
    assert!(types < 10_000, "{types}");
}

/// What is made of more parts than anybody composes is any value, and so are the items of tuples that
/// nest as deep: Rust has no type for these.
#[test]
fn deep_chains_of_parts_and_of_tuples_are_given_up() {
    let mut parts = String::from("    P0: { type: object, properties: { p: { type: string } } }\n");
    let mut tuples = String::from("    T0: { type: string }\n");
    for at in 1..300 {
        let below = at - 1;
        let _ = writeln!(
            parts,
            "    P{at}: {{ $ref: '#/components/schemas/P{below}', properties: {{ p{at}: {{ type: string }} }} }}"
        );
        let _ = writeln!(
            tuples,
            "    T{at}: {{ type: array, minItems: 1, items: false, prefixItems: [{{ $ref: '#/components/schemas/T{below}' }}] }}"
        );
    }
    for schemas in [parts, tuples] {
        let (_, widened) = planned(&with(&schemas).replace("3.0.3", "3.1.0"));
        assert!(widened);
    }
}
