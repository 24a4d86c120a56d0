//! Documents of several files: which are read, what their nodes are called, and what is said of those
//! that can't be read.

use std::fs;
use std::path::PathBuf;

use insta::assert_snapshot;

use super::*;
use crate::document::path::{Refusal, join};

/// A folder with files in it, which is deleted at the end.
struct Tree(tempfile::TempDir);

impl Tree {
    /// A folder `api` with these files, by their paths.
    fn new(files: &[(&str, &str)]) -> Self {
        let tree = Self(tempfile::tempdir().expect("a folder can be made"));
        for (path, text) in files {
            let path = tree.path(path);
            fs::create_dir_all(path.parent().expect("a file is in a folder"))
                .expect("the folder can be made");
            fs::write(path, text).expect("the file can be written");
        }
        tree
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.path().join("api").join(path)
    }

    /// The document that begins with `openapi.yaml`.
    fn document(&self) -> Document {
        let diags = Diags::new();
        let document = Document::read(&self.path("openapi.yaml"), &diags);
        let document = document.unwrap_or_else(|_| panic!("{}", plain(&diags)));
        assert!(diags.is_empty(), "{}", plain(&diags));
        document
    }

    /// Diagnostics, without the folder of this run.
    fn plain(&self, diags: &Diags) -> String {
        let folder = self.0.path().join("api");
        plain(diags).replace(&*folder.to_string_lossy(), "api")
    }
}

/// The first file, with `rest` in it.
fn first(rest: &str) -> String {
    format!("openapi: 3.0.3\ninfo: {{title: Test, version: '1'}}\npaths: {{}}\n{rest}")
}

/// A tree with this first file and `others`.
fn tree(rest: &str, others: &[(&str, &str)]) -> Tree {
    let first = first(rest);
    let mut files = vec![("openapi.yaml", first.as_str())];
    files.extend(others);
    Tree::new(&files)
}

/// Where the reference under `x-r` leads, or what is reported.
fn target(tree: &Tree) -> Result<String, String> {
    let document = tree.document();
    let diags = Diags::new();
    let node = document.root().get("x-r").expect("there is a reference");
    let target = node.resolve(&diags).map(NodeRef::pointer);
    assert_eq!(node.resolve(&diags).map(NodeRef::pointer), target);
    target.ok_or_else(|| tree.plain(&diags))
}

/// Where a reference in the first file leads beside these files, or the codes that are reported.
fn leads(tree: &Tree, reference: &str) -> String {
    fs::write(
        tree.path("openapi.yaml"),
        first(&format!("x-r: {{$ref: '{reference}'}}\n")),
    )
    .expect("the file can be written");
    let document = tree.document();
    let diags = Diags::new();
    let node = document.root().get("x-r").expect("there is a reference");
    match node.resolve(&diags) {
        Some(target) => target.pointer(),
        None => codes(&diags).join(" "),
    }
}

#[test]
fn references_lead_into_other_files() {
    let tree = tree(
        "",
        &[
            ("schemas/pet.json", "{\"a/b\": [0, {\"f\": 1}]}"),
            ("sub/dir/a.yml", "x: {$ref: ../b.yaml}\n"),
            ("sub/b.yaml", "$ref: '../openapi.yaml#/info'\n"),
            ("c d#.yaml", "x: 1\n"),
            ("c%20d.yaml", "x: 2\n"),
        ],
    );
    for (reference, target) in [
        ("schemas/pet.json", "schemas/pet.json#"),
        ("schemas/pet.json#", "schemas/pet.json#"),
        ("./schemas/pet.json#/a~1b/1/f", "schemas/pet.json#/a~1b/1/f"),
        ("schemas/pet.json#/a~1b/1", "schemas/pet.json#/a~1b/1"),
        ("schemas/pet.json#/a%7E1b/%30", "schemas/pet.json#/a~1b/0"),
        ("schemas\\pet.json", "schemas/pet.json#"),
        ("sub/../schemas//pet.json", "schemas/pet.json#"),
        ("schemas/%70et.json", "schemas/pet.json#"),
        ("sub/dir/a.yml#/x", "/info"),
        ("sub/b.yaml", "/info"),
        ("sub/../openapi.yaml#/info/title", "/info/title"),
        ("c%20d%23.yaml#/x", "c d%23.yaml#/x"),
        ("c%2520d.yaml#/x", "c%2520d.yaml#/x"),
        ("openapi.yaml", ""),
        ("schemas/pet.json#/a~1b/2", "dangling-reference"),
        ("schemas/pet.json#/a~1b/01", "dangling-reference"),
        ("schemas/pet.json#gone", "dangling-reference"),
    ] {
        assert_eq!(leads(&tree, reference), target, "{reference}");
    }
}

#[test]
fn nodes_of_all_files_are_nodes_of_the_document() {
    let tree = tree(
        "x-r: {$ref: 'a.yaml#/x'}\nx-n: 1.10\n",
        &[
            ("a.yaml", "x: [{y: 1.20}, {$ref: 'b.json#/z'}]\n"),
            ("b.json", "{\"z\": {\"openapi\": 1.30}}"),
        ],
    );
    let document = tree.document();
    let diags = Diags::new();
    let target = |node: NodeRef<'_>| node.resolve(&diags).expect("it leads somewhere").id();
    let a = document.root().get("x-r").expect("is there");
    let a = document.at("a.yaml#/x").filter(|x| x.id() == target(a));
    let a = a.expect("the reference leads to `x`");
    let b = a.items().nth(1).and_then(|item| item.resolve(&diags));
    let b = b.expect("the reference leads to `z`");
    assert_eq!(b.pointer(), "b.json#/z");
    assert_eq!((a.file(), b.file()), ("a.yaml", "b.json"));
    assert_eq!(document.root().file(), "");
    assert_eq!(b.key(), Some("z"));
    assert_eq!(b.parent(), Some(b.file_root()));
    assert_eq!(b.file_root().parent(), None);
    assert_eq!(b.file_root().key(), None);
    assert_eq!(format!("{b:?} {:?}", document.root()), "b.json#/z #");
    assert!(document.root() < a && a < b);
    let texts = ["/x-n", "a.yaml#/x/0/y", "b.json#/z/openapi"]
        .map(|pointer| document.at(pointer).and_then(NodeRef::text));
    assert_eq!(texts, [Some("1.10"), Some("1.20"), Some("1.30")]);
    assert!(document.at("a.yaml").is_none() && document.at("c.yaml#").is_none());

    let place = b.get("openapi").expect("is there").place();
    assert_eq!(place.line_column(), Some((1, 19)));
    assert_eq!(place.pointer(), Some("b.json#/z/openapi"));
    assert!(
        place
            .file_name()
            .is_some_and(|name| name.ends_with("api/b.json"))
    );
    // A place of the first file leads to places of all others.
    let moved = document.root().place().at("a.yaml#/x");
    assert!(
        moved
            .file_name()
            .is_some_and(|name| name.ends_with("api/a.yaml"))
    );
    assert_eq!(moved.line_column(), Some((1, 1)));
    assert!(diags.is_empty(), "{}", plain(&diags));
}

#[test]
fn views_refer_to_nodes_of_their_file() {
    let tree = tree(
        "x-r: {$ref: 'a.yaml#/x'}\n",
        &[(
            "a.yaml",
            "x: {name: q, in: query, schema: {type: string}}\n",
        )],
    );
    let document = tree.document();
    let diags = Diags::new();
    let node = document.at("a.yaml#/x").expect("is there");
    let view: openapiv3::Parameter = node.view(Kind::Parameter, &diags).expect("it is read");
    let openapiv3::ParameterSchemaOrContent::Schema(schema) = view.parameter_data().format else {
        panic!("there is a schema");
    };
    let schema = document.child(&schema).expect("it is a child");
    assert_eq!(schema.pointer(), "a.yaml#/x/schema");
}

#[test]
fn files_may_refer_to_each_other() {
    let tree = tree(
        "x-r: {$ref: 'a.yaml#/x'}\n",
        &[
            ("a.yaml", "x: {$ref: 'b.yaml#/y'}\nz: {$ref: b.yaml#/z}\n"),
            ("b.yaml", "y: {$ref: './a.yaml#/z'}\nz: {here: true}\n"),
        ],
    );
    assert_eq!(target(&tree).as_deref(), Ok("b.yaml#/z"));

    fs::write(tree.path("b.yaml"), "y: {$ref: 'a.yaml#/x'}\n").expect("it can be written");
    assert_snapshot!(target(&tree).expect_err("a cycle"), @r"
    widened[reference-cycle]: the reference leads back to itself, never to an object
     --> api/openapi.yaml:4:13
      |
    4 | x-r: {$ref: 'a.yaml#/x'}
      |             ^^^^^^^^^^^
      |
      = at: /x-r/$ref
    ");
}

#[test]
fn files_that_cannot_be_read_cost_what_refers_to_them() {
    let others = [
        ("broken.yaml", "a: 1\nb: [1, }\n"),
        ("empty.yaml", "# nothing\n"),
        ("deep.json", &"[".repeat(300)),
        ("folder/file.yaml", "a: 1\n"),
    ];
    let tree = tree("", &others);
    fs::write(tree.path("bytes.yaml"), [b'a', 0xff]).expect("it can be written");
    let mut said = Vec::new();
    for reference in [
        "gone.yaml#/a",
        "folder",
        ".",
        "folder/file.yaml/a",
        "a%00b",
        "bytes.yaml",
        "broken.yaml#/a",
        "empty.yaml",
        "deep.json",
    ] {
        assert_eq!(leads(&tree, reference), "external-reference", "{reference}");
        said.push(target(&tree).expect_err("it leads nowhere"));
    }
    assert_snapshot!(said.join("\n\n"), @r"
    widened[external-reference]: `gone.yaml#/a` leads to a file that can't be read: there is no such file
     --> api/openapi.yaml:4:13
      |
    4 | x-r: {$ref: 'gone.yaml#/a'}
      |             ^^^^^^^^^^^^^^
      |
      = at: /x-r/$ref

    widened[external-reference]: `folder` leads to a file that can't be read: it is a folder
     --> api/openapi.yaml:4:13
      |
    4 | x-r: {$ref: 'folder'}
      |             ^^^^^^^^
      |
      = at: /x-r/$ref

    widened[external-reference]: `.` leads to a file that can't be read: it is a folder
     --> api/openapi.yaml:4:13
      |
    4 | x-r: {$ref: '.'}
      |             ^^^
      |
      = at: /x-r/$ref

    widened[external-reference]: `folder/file.yaml/a` leads to a file that can't be read: there is no such file
     --> api/openapi.yaml:4:13
      |
    4 | x-r: {$ref: 'folder/file.yaml/a'}
      |             ^^^^^^^^^^^^^^^^^^^^
      |
      = at: /x-r/$ref

    widened[external-reference]: `a%00b` leads to a file that can't be read: there is no such file
     --> api/openapi.yaml:4:13
      |
    4 | x-r: {$ref: 'a%00b'}
      |             ^^^^^^^
      |
      = at: /x-r/$ref

    widened[external-reference]: `bytes.yaml` leads to a file that can't be read: the file is not UTF-8 text: the byte at offset 1 is no part of a character
     --> api/openapi.yaml:4:13
      |
    4 | x-r: {$ref: 'bytes.yaml'}
      |             ^^^^^^^^^^^^
      |
      = at: /x-r/$ref

    widened[external-reference]: `broken.yaml#/a` leads to a file that can't be read: its text is broken
     --> api/openapi.yaml:4:13
      |
    4 | x-r: {$ref: 'broken.yaml#/a'}
      |             ^^^^^^^^^^^^^^^^
      |
      = at: /x-r/$ref
    note: while parsing a node, did not find expected node content
     --> api/broken.yaml:2:8
      |
    2 | b: [1, }
      |        ^

    widened[external-reference]: `empty.yaml` leads to a file that can't be read: it is empty
     --> api/openapi.yaml:4:13
      |
    4 | x-r: {$ref: 'empty.yaml'}
      |             ^^^^^^^^^^^^
      |
      = at: /x-r/$ref
    note: the document is empty
     --> api/empty.yaml:1:1
      |
    1 | # nothing
      | ^

    widened[external-reference]: `deep.json` leads to a file that can't be read: it goes beyond a limit
     --> api/openapi.yaml:4:13
      |
    4 | x-r: {$ref: 'deep.json'}
      |             ^^^^^^^^^^^
      |
      = at: /x-r/$ref
    note: objects and arrays are nested more than 256 levels deep
     --> api/deep.json:1:257
      = note: the line has 300 columns, of which a part is shown
      |
    1 | … [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[
      |                                           ^
    ");
    // What is read after such a file is not harmed.
    fs::write(
        tree.path("openapi.yaml"),
        first("x-b: {$ref: broken.yaml}\nx-d: {$ref: deep.json}\nx-r: {$ref: 'folder/file.yaml#/a'}\n"),
    )
    .expect("it can be written");
    assert_eq!(target(&tree).as_deref(), Ok("folder/file.yaml#/a"));
    let document = tree.document();
    let text = document.at("folder/file.yaml#/a").and_then(NodeRef::text);
    assert_eq!(text, Some("1"));
    // Nor does such a file lead on, as far as it was read.
    fs::write(
        tree.path("broken.yaml"),
        "a: {$ref: empty/gone.yaml}\nb: {$ref: folder/file.yaml}\nc: [1, }\n",
    )
    .expect("it can be written");
    fs::write(tree.path("good.yaml"), "a: 1\n").expect("it can be written");
    let rest = "x-a: {$ref: good.yaml}\nx-r: {$ref: broken.yaml}\n";
    fs::write(tree.path("openapi.yaml"), first(rest)).expect("it can be written");
    let document = tree.document();
    assert!(document.at("good.yaml#/a").is_some() && document.at("folder/file.yaml#").is_none());
}

#[test]
fn nothing_outside_of_the_folder_is_read() {
    let tree = tree("", &[("a.yaml", "x: 1\n"), ("sub/b.yaml", "x: 1\n")]);
    fs::write(tree.0.path().join("secret.yaml"), "x: 1\n").expect("it can be written");
    for reference in [
        "../secret.yaml",
        "../api/a.yaml",
        "%2e%2e/secret.yaml",
        "%2E%2E%2Fsecret.yaml",
        "..%5csecret.yaml",
        "sub/../../secret.yaml",
        "sub\\..\\..\\secret.yaml",
        "/etc/hostname",
        "%2Fetc/hostname",
        "C:/secret.yaml",
        "sub/C:/secret.yaml",
        "\\\\\\\\host\\share",
        "%zz.yaml",
    ] {
        assert_eq!(leads(&tree, reference), "outside-reference", "{reference}");
    }
    let absolute = tree.path("a.yaml").to_string_lossy().into_owned();
    assert_eq!(leads(&tree, &absolute), "outside-reference");
    for reference in [
        "file:a.yaml",
        "file:///etc/hostname",
        "//host/a.yaml",
        "http:a.yaml",
    ] {
        assert_eq!(leads(&tree, reference), "remote-reference", "{reference}");
    }
}

#[cfg(unix)]
#[test]
fn symbolic_links_do_not_lead_out() {
    use std::os::unix::fs::symlink;

    let tree = tree(
        "",
        &[
            ("a.yaml", "x: 1\n"),
            ("sub/b.yaml", "x: {$ref: ../a.yaml}\n"),
        ],
    );
    fs::create_dir(tree.0.path().join("out")).expect("the folder can be made");
    fs::write(tree.0.path().join("out/secret.yaml"), "x: 1\n").expect("it can be written");
    symlink("../out/secret.yaml", tree.path("file.yaml")).expect("a link can be made");
    symlink("../out", tree.path("folder")).expect("a link can be made");
    symlink("..", tree.path("sub/up")).expect("a link can be made");
    symlink("file.yaml", tree.path("twice.yaml")).expect("a link can be made");
    symlink("loop", tree.path("loop")).expect("a link can be made");
    symlink("sub/b.yaml", tree.path("inside.yaml")).expect("a link can be made");
    for reference in [
        "file.yaml",
        "twice.yaml#/x",
        "folder/secret.yaml",
        "folder/../a.yaml/../folder/secret.yaml",
        "sub/up/folder/secret.yaml",
        "sub/up/file.yaml",
    ] {
        assert_eq!(leads(&tree, reference), "outside-reference", "{reference}");
    }
    assert_eq!(leads(&tree, "loop"), "external-reference");
    assert_eq!(leads(&tree, "sub/up/a.yaml#/x"), "sub/up/a.yaml#/x");
    // A file that is there under two names is there once, and none is the first file again.
    let rest = "x-r: {$ref: 'inside.yaml'}\nx-s: {$ref: 'sub/b.yaml'}\nx-t: {$ref: 'sub/up/openapi.yaml'}\n";
    fs::write(tree.path("openapi.yaml"), first(rest)).expect("it can be written");
    let document = tree.document();
    let diags = Diags::new();
    let leads = |key| {
        let node = document.root().get(key).expect("is there");
        node.resolve(&diags).map(NodeRef::pointer)
    };
    assert_eq!(leads("x-r").as_deref(), Some("inside.yaml#"));
    assert_eq!(leads("x-s").as_deref(), Some("inside.yaml#"));
    assert_eq!(leads("x-t").as_deref(), Some(""));
    // The first file may be a link itself: its folder is the one that was named.
    let linked = tree.0.path().join("out/linked.yaml");
    fs::write(
        tree.path("openapi.yaml"),
        first("x-r: {$ref: 'secret.yaml#/x'}\n"),
    )
    .expect("it can be written");
    symlink("../api/openapi.yaml", &linked).expect("a link can be made");
    let document = Document::read(&linked, &diags).expect("it is read");
    assert!(document.at("secret.yaml#/x").is_some());
    // What is no ordinary file is not opened: it might never end.
    let _socket =
        std::os::unix::net::UnixListener::bind(tree.path("s")).expect("a socket can be made");
    fs::write(tree.path("openapi.yaml"), first("x-r: {$ref: s}\n")).expect("it can be written");
    let message = target(&tree).expect_err("it leads nowhere");
    assert!(message.contains("it is no ordinary file"), "{message}");
}

#[test]
fn what_is_remarkable_about_a_file_is_said_when_it_is_used() {
    let tree = tree(
        "x-r: {$ref: 'a.yaml#/x'}\nx-unused: {$ref: b.yaml}\n",
        &[("a.yaml", "x: 1\nx: 2\n"), ("b.yaml", "x: 1\nx: 2\n")],
    );
    let document = tree.document();
    let diags = Diags::new();
    let node = document
        .root()
        .get("x-r")
        .and_then(|node| node.resolve(&diags));
    assert_eq!(node.and_then(NodeRef::text), Some("2"));
    assert_snapshot!(tree.plain(&diags), @r"
    note[duplicate-key]: the object has `x` twice; the last value is taken
     --> api/a.yaml:2:1
      |
    2 | x: 2
      | ^
      |
    note: this value is dropped
     --> api/a.yaml:1:1
      |
    1 | x: 1
      | ^
    ");
}

#[test]
fn texts_without_places_keep_their_numbers() {
    let tree = tree(
        "x-n: 1\nx-r: {$ref: 'tabs.yaml#/a'}\n",
        &[
            ("tabs.yaml", "a:\t10\nb: {c: 1.5,\nd: 2}\n"),
            ("c.yaml", "a: 7\n"),
        ],
    );
    let document = tree.document();
    let diags = Diags::new();
    let node = document
        .root()
        .get("x-r")
        .and_then(|node| node.resolve(&diags));
    assert_eq!(
        node.and_then(NodeRef::text),
        Some("10"),
        "{}",
        plain(&diags)
    );
    let other = document.at("tabs.yaml#/b/c").and_then(NodeRef::text);
    assert_eq!(other, Some("1.5"));
}

#[test]
fn files_are_limited() {
    let refs: String = (0..1100)
        .map(|i| format!("  - {{$ref: 'f{i}.yaml'}}\n"))
        .collect();
    let tree = tree(
        &format!("x-a:\n{refs}"),
        &[("f999.yaml", "1"), ("f1000.yaml", "1")],
    );
    let document = tree.document();
    let diags = Diags::new();
    let list = document.root().get("x-a").expect("is there");
    let found: Vec<_> = list
        .items()
        .filter_map(|node| node.resolve(&diags))
        .collect();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].pointer(), "f999.yaml#");
    let last = diags.snapshot().pop().expect("there are reports");
    assert!(
        last.message.ends_with("there are too many"),
        "{}",
        last.message
    );
}

#[test]
fn mappings_are_references_to_files_as_well() {
    let rest = "x-s: {discriminator: {mapping: {a: 'a.yaml', b: b}}}\n";
    let tree = tree(rest, &[("a.yaml", "x: 1\n")]);
    let document = tree.document();
    let node = document
        .at("/x-s/discriminator/mapping/a")
        .expect("is there");
    let diags = Diags::new();
    let target = node.follow("a.yaml", &diags).map(NodeRef::pointer);
    assert_eq!(target.as_deref(), Some("a.yaml#"));
}

#[test]
fn the_check_looks_into_files_once() {
    let rest = "components:\n  schemas:\n    A: {$ref: a.yaml}\n    B: {$ref: 'a.yaml#'}\n";
    let tree = tree(rest, &[("a.yaml", "type: object\nproprties: {}\n")]);
    let document = tree.document();
    let diags = Diags::new();
    check(&document, &diags);
    assert_snapshot!(tree.plain(&diags), @r"
    note[unknown-key]: `proprties` is no key of the Schema Object; it is ignored
     --> api/a.yaml:2:1
      |
    2 | proprties: {}
      | ^^^^^^^^^
      |
      = at: a.yaml#/proprties
      = help: `properties` may have been meant
    ");
}

#[test]
fn without_a_folder_nothing_is_read() {
    let tree = tree("", &[("a.yaml", "x: 1\n")]);
    let name = tree.path("openapi.yaml").to_string_lossy().into_owned();
    let diags = Diags::new();
    let text = first("x-r: {$ref: a.yaml}\nx-s: {$ref: 'openapi.yaml#/info'}\n");
    let document = Document::from_text(&name, text, &diags).expect("it is read");
    let leads = |key| {
        document
            .root()
            .get(key)
            .and_then(|node| node.resolve(&diags))
    };
    assert_eq!(leads("x-r"), None);
    assert_eq!(codes(&diags), ["external-reference"]);
    assert_eq!(leads("x-s").map(NodeRef::pointer).as_deref(), Some("/info"));
}

#[test]
fn paths_are_joined_below_the_folder() {
    for (base, reference, path) in [
        ("a.yaml", "b.yaml", Ok("b.yaml")),
        ("s/t/a.yaml", "../b.yaml", Ok("s/b.yaml")),
        ("s/t/a.yaml", "../../b.yaml", Ok("b.yaml")),
        ("s/t/a.yaml", "../../../b.yaml", Err(Refusal::Outside)),
        ("s/a.yaml", "..", Ok("")),
        ("a.yaml", "../s/a.yaml", Err(Refusal::Outside)),
        ("a.yaml", "v1:2.yaml", Err(Refusal::Remote)),
        ("a.yaml", "./v1:2.yaml", Ok("v1:2.yaml")),
        ("a.yaml", "x:/b.yaml", Err(Refusal::Outside)),
        ("a.yaml", "%ff", Err(Refusal::Outside)),
    ] {
        assert_eq!(
            join(base, reference).as_deref(),
            path.as_ref().copied(),
            "{base} {reference}"
        );
    }
}
