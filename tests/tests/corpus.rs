//! The program that measures a folder of documents, over two tiny ones: one that is fine, and one
//! with an example that is not what its schema says.

use std::path::Path;
use std::process::{Command, Output};

use bindery_tests::cases::program;

const FINE: &str = r##"
openapi: 3.0.3
info: { title: Fine, version: "1" }
paths:
  /pets:
    get:
      operationId: listPets
      responses:
        "200":
          description: Pets.
          content:
            application/json:
              schema: { type: array, items: { $ref: "#/components/schemas/Pet" } }
              example: [{ name: Rex, age: 3, more: true }]
components:
  schemas:
    Pet:
      type: object
      required: [name]
      properties:
        name: { type: string, example: Tom }
        age: { type: integer }
"##;

const LYING: &str = r#"
openapi: 3.1.0
info: { title: Lying, version: "1" }
components:
  schemas:
    Size: { type: object, properties: { width: { type: integer, examples: [1, wide] } } }
"#;

fn measure(folder: &Path, more: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_measure"))
        .arg("corpus")
        .arg(folder.join("documents"))
        .arg("--program")
        .arg(program())
        .args(["--examples", "--tsv"])
        .arg(folder.join("figures.tsv"))
        .arg("--details")
        .arg(folder.join("details.txt"))
        .arg("--baseline")
        .arg(folder.join("kept.tsv"))
        .args(more)
        .output()
        .expect("the program runs")
}

/// The cell of a document in a file of figures.
fn cell(table: &str, document: &str, column: &str) -> String {
    let mut lines = table.lines().map(|line| line.split('\t'));
    let index = lines
        .next()
        .and_then(|mut heads| heads.position(|head| head == column));
    let row = lines.find_map(|mut row| (row.next() == Some(document)).then_some(row));
    let cell = row
        .zip(index)
        .and_then(|(mut row, index)| row.nth(index - 1));
    cell.unwrap_or_default().to_owned()
}

#[test]
fn documents_are_measured_and_compared() {
    let folder = tempfile::tempdir().expect("a folder");
    let documents = folder.path().join("documents");
    let write = |name: &str, text: &str| {
        std::fs::create_dir_all(&documents).expect("a folder");
        std::fs::write(documents.join(name), text).expect("a file");
    };
    write("fine.yaml", FINE);
    write("lying.yaml", LYING);
    write("part.yaml", "type: object\n");

    let output = measure(folder.path(), &["--update-baseline"]);
    let shown = String::from_utf8_lossy(&output.stdout).into_owned();
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{shown}{told}");
    assert!(shown.contains("2 of 2 documents generated"), "{shown}");
    let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).expect("a file");
    let figures = read("figures.tsv");
    for (document, column, expected) in [
        ("fine.yaml", "operations_documented", "1"),
        ("fine.yaml", "operations_emitted", "1"),
        ("fine.yaml", "errors", "0"),
        ("fine.yaml", "examples_equal", "2"),
        ("lying.yaml", "examples", "2"),
        ("lying.yaml", "examples_equal", "1"),
        ("lying.yaml", "examples_contradicted", "1"),
        ("lying.yaml", "examples_refused", "0"),
    ] {
        let found = cell(&figures, document, column);
        assert_eq!(
            found,
            expected,
            "{document} {column}\n{figures}\n{}",
            read("details.txt")
        );
    }

    // An operation is gone: that is worse.
    write(
        "fine.yaml",
        "openapi: 3.0.3\ninfo: { title: Fine, version: '1' }\npaths: {}\n",
    );
    let output = measure(folder.path(), &["--only", "fine"]);
    let shown = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(1), "{shown}");
    assert!(shown.contains("operations_emitted is 0, was 1"), "{shown}");
}
