//! References: where they lead, and what is said of those that lead nowhere.

use insta::assert_snapshot;

use super::*;

/// The pointer to which the reference under `x-r` leads, or what is reported.
fn target(rest: &str) -> Result<String, String> {
    let document = document(rest);
    let diags = Diags::new();
    let node = document.root().get("x-r").expect("there is a reference");
    let target = node.resolve(&diags).map(NodeRef::pointer);
    target.ok_or_else(|| plain(&diags))
}

/// The code that is reported for a reference.
fn code(reference: &str) -> &'static str {
    let document = document(&format!("x-r: {{$ref: '{reference}'}}\ncomponents: {{}}\n"));
    let diags = Diags::new();
    let node = document.root().get("x-r").expect("there is a reference");
    assert_eq!(node.resolve(&diags), None, "{reference}");
    assert_eq!(node.resolve(&diags), None);
    let codes = codes(&diags);
    assert_eq!(
        codes.len(),
        1,
        "{reference} is reported once: {}",
        plain(&diags)
    );
    codes[0]
}

#[test]
fn references_lead_anywhere_in_the_document() {
    let rest = |reference: &str| {
        format!("x-r: {{$ref: \"{reference}\"}}\nx-a:\n  'b/c~d e%é': [0, {{f: 1}}]\n")
    };
    for reference in [
        "#/x-a/b~1c~0d%20e%25%C3%A9/1",
        "#/x-a/b~1c~0d e%25é/1",
        "test.yaml#/x-a/b~1c~0d e%25é/1",
        "./test.yaml#/x-a/b~1c~0d e%25é/1",
    ] {
        let found = target(&rest(reference));
        assert_eq!(found.as_deref(), Ok("/x-a/b~1c~0d e%é/1"), "{reference}");
    }
    assert_eq!(target(&rest("#")).as_deref(), Ok(""));
    assert_eq!(target(&rest("#/x-a")).as_deref(), Ok("/x-a"));
}

#[test]
fn chains_are_followed_to_their_end() {
    let chain = "x-r: {$ref: '#/x-a'}\nx-a: {$ref: '#/x-b/0'}\nx-b: [{$ref: '#/info'}]\n";
    assert_eq!(target(chain).as_deref(), Ok("/info"));
    assert_eq!(
        target("x-r: {a: 1}").as_deref(),
        Ok("/x-r"),
        "no reference stands for itself"
    );
    assert_eq!(
        target("x-r: {$ref: {a: 1}}").as_deref(),
        Ok("/x-r"),
        "a property called `$ref`"
    );
    assert_eq!(target("x-r: 1").as_deref(), Ok("/x-r"));
}

#[test]
fn cycles_end() {
    assert_snapshot!(target("x-r: {$ref: '#/x-r'}").expect_err("a cycle"), @r"
    widened[reference-cycle]: the reference leads back to itself, never to an object
     --> test.yaml:4:13
      |
    4 | x-r: {$ref: '#/x-r'}
      |             ^^^^^^^
      |
      = at: /x-r/$ref
    ");

    let document = document("x-a: {$ref: '#/x-b'}\nx-b: {$ref: '#/x-c'}\nx-c: {$ref: '#/x-b'}\n");
    let diags = Diags::new();
    for name in ["x-a", "x-b", "x-c", "x-a"] {
        assert_eq!(
            document.root().get(name).expect("is there").resolve(&diags),
            None
        );
    }
    assert_eq!(codes(&diags), ["reference-cycle"], "a cycle is one problem");
}

#[test]
fn dangling_references_are_explained() {
    let rest = "x-r: {$ref: '#/components/schemas/Pets'}\ncomponents:\n  schemas:\n    Pet: {}\n";
    assert_snapshot!(target(rest).expect_err("dangling"), @r"
    widened[dangling-reference]: `#/components/schemas/Pets` leads nowhere: there is no `Pets`
     --> test.yaml:4:13
      |
    4 | x-r: {$ref: '#/components/schemas/Pets'}
      |             ^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = at: /x-r/$ref
      = help: the nearest name there is `#/components/schemas/Pet`
    ");
    let rest = "x-r: {$ref: Pet}\ncomponents: {schemas: {Pet: {}}}\n";
    assert_snapshot!(target(rest).expect_err("a name alone"), @r"
    widened[external-reference]: `Pet` leads to another file, which is not read
     --> test.yaml:4:13
      |
    4 | x-r: {$ref: Pet}
      |             ^^^
      |
      = at: /x-r/$ref
      = help: the schema of that name is `#/components/schemas/Pet`
    ");
    for reference in [
        "",
        "#/gone",
        "#gone",
        "#/components/",
        "#/components/0",
        "#/a~2",
        "#/%zz",
        "#/%ff",
        "#//",
        "#/info/title/x",
    ] {
        assert_eq!(code(reference), "dangling-reference", "{reference}");
    }
}

#[test]
fn a_broken_chain_is_reported_where_it_breaks() {
    let document = document("x-a: {$ref: '#/x-b'}\nx-b: {$ref: '#/gone'}\nx-c: {$ref: '#/x-b'}\n");
    let diags = Diags::new();
    for name in ["x-a", "x-b", "x-c"] {
        assert_eq!(
            document.root().get(name).expect("is there").resolve(&diags),
            None
        );
    }
    let diags = diags.into_vec();
    assert_eq!(diags.len(), 1);
    assert_eq!(diags[0].place.pointer(), Some("/x-b/$ref"));
}

#[test]
fn other_files_and_addresses_are_never_opened() {
    for reference in [
        "other.yaml",
        "./other.yaml#/a",
        "dir/../other.yaml",
        "a%2eyaml",
        "Pet",
    ] {
        assert_eq!(code(reference), "external-reference", "{reference}");
    }
    for reference in [
        "../other.yaml",
        "dir/../../other.yaml#/a",
        "/etc/passwd",
        "C:\\x.yaml",
        "c:/x.yaml",
        "\\\\host\\share",
        "%2e%2e/other.yaml",
        "..\\other.yaml",
        "%2Fetc/passwd",
        "%zz/../..",
    ] {
        assert_eq!(code(reference), "outside-reference", "{reference}");
    }
    for reference in [
        "https://example.com/a.yaml#/b",
        "HTTP://169.254.169.254/",
        "file:///etc/passwd",
        "//example.com/a.yaml",
        "urn:uuid:1",
    ] {
        assert_eq!(code(reference), "remote-reference", "{reference}");
    }
}

#[test]
fn references_outside_of_reference_objects_are_followed() {
    let document = document("x-m: '#/x-a'\nx-a: {$ref: '#/info'}\n");
    let diags = Diags::new();
    let node = document.root().get("x-m").expect("is there");
    let target = node.follow(node.as_str().expect("a string"), &diags);
    assert_eq!(target.map(NodeRef::pointer).as_deref(), Some("/info"));
    assert_eq!(node.follow("#/gone", &diags), None);
    let diags = diags.into_vec();
    assert_eq!(diags[0].place.pointer(), Some("/x-m"));
}

#[test]
fn guesses_have_an_end() {
    let refs: String = (0..300)
        .map(|i| format!("  - {{$ref: '#/x-n/name{i}x'}}\n"))
        .collect();
    let names: String = (0..300).map(|i| format!("  name{i}: 1\n")).collect();
    let document = document(&format!("x-r:\n{refs}x-n:\n{names}"));
    let diags = Diags::new();
    for node in document.root().get("x-r").expect("is there").items() {
        assert_eq!(node.resolve(&diags), None);
    }
    let diags = diags.into_vec();
    assert_eq!(diags.len(), 300);
    assert_eq!(diags.iter().filter(|diag| diag.help.is_some()).count(), 100);
}
