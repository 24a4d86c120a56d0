//! The architecture is what it says it is: arrows run one way, no vendor is named, nothing leaves
//! the project.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use bindery_tests::cases::root;
use syn::visit::{self, Visit};

/// What each module may name: modules of its own crate, then other crates. `diag` is open to all,
/// `std` as well. The table of ARCHITECTURE.md.
const TABLE: &[(&str, &[&str], &[&str])] = &[
    ("diag", &[], &["annotate_snippets", "indexmap"]),
    ("config", &[], &["serde", "toml", "semver"]),
    (
        "document",
        &[],
        &[
            "serde_yaml",
            "serde",
            "serde_json",
            "openapiv3",
            "saphyr_parser",
            "indexmap",
        ],
    ),
    ("ir", &[], &["serde_json"]),
    (
        "lower",
        &["document", "ir"],
        &["indexmap", "openapiv3", "serde_json"],
    ),
    ("passes", &["ir"], &[]),
    (
        "names",
        &["ir"],
        &["deunicode", "heck", "proc_macro2", "unicode_ident"],
    ),
    (
        "emit",
        &["ir", "passes", "names", "config"],
        &[
            "quote",
            "proc_macro2",
            "bindery_runtime",
            "toml",
            "serde_json",
            "pulldown_cmark",
            "syn",
            "prettyplease",
        ],
    ),
    (
        "output",
        &["emit", "names"],
        &[
            "syn",
            "prettyplease",
            "toml",
            "serde",
            "serde_json",
            "hmac_sha256",
            "similar",
        ],
    ),
    ("inspect", &["ir", "names"], &["serde"]),
    (
        "cli",
        &["config", "document", "inspect", "names", "output"],
        &["clap", "serde_json"],
    ),
];

/// Every path in a file that begins with `crate`, `super` or the name of a crate.
#[derive(Default)]
struct Paths {
    modules: BTreeSet<String>,
    crates: BTreeSet<String>,
    declared: BTreeSet<String>,
}

impl Paths {
    fn see(&mut self, segments: &[String]) {
        match segments {
            [first, second, ..] if first == "crate" => {
                self.modules.insert(second.clone());
            }
            [first, _, ..] => {
                self.crates.insert(first.clone());
            }
            _ => {}
        }
    }

    fn tree(&mut self, prefix: &[String], tree: &syn::UseTree) {
        match tree {
            syn::UseTree::Path(path) => {
                let mut prefix = prefix.to_vec();
                prefix.push(path.ident.to_string());
                self.tree(&prefix, &path.tree);
            }
            syn::UseTree::Name(name) => {
                let mut whole = prefix.to_vec();
                whole.push(name.ident.to_string());
                self.see(&whole);
            }
            syn::UseTree::Rename(name) => {
                let mut whole = prefix.to_vec();
                whole.push(name.ident.to_string());
                self.see(&whole);
            }
            syn::UseTree::Glob(_) => {
                let mut whole = prefix.to_vec();
                whole.push("*".to_owned());
                self.see(&whole);
            }
            syn::UseTree::Group(group) => {
                for tree in &group.items {
                    self.tree(prefix, tree);
                }
            }
        }
    }
}

impl<'ast> Visit<'ast> for Paths {
    fn visit_path(&mut self, path: &'ast syn::Path) {
        let segments: Vec<String> = path.segments.iter().map(|s| s.ident.to_string()).collect();
        self.see(&segments);
        visit::visit_path(self, path);
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.tree(&[], &item.tree);
    }

    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        self.declared.insert(item.ident.to_string());
        visit::visit_item_mod(self, item);
    }
}

/// The Rust files below a folder, tests left out.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)
        .expect("the sources can be read")
        .flatten()
    {
        let path = entry.path();
        if path.is_dir() {
            files.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs")
            && !path.ends_with("tests.rs")
        {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// The module of the generator that a file belongs to.
fn module_of(source: &Path, file: &Path) -> String {
    let relative = file.strip_prefix(source).expect("the file is a source");
    let first = relative.components().next().expect("a path has a part");
    Path::new(first.as_os_str())
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

#[test]
fn arrows_run_one_way() {
    let source = root().join("generator/src");
    let known: BTreeSet<&str> = TABLE.iter().map(|(module, ..)| *module).collect();
    let manifest = fs::read_to_string(root().join("generator/Cargo.toml")).expect("a manifest");
    let manifest: toml::Table = toml::from_str(&manifest).expect("a manifest is TOML");
    let crates: BTreeSet<String> = manifest["dependencies"]
        .as_table()
        .expect("dependencies")
        .keys()
        .map(|name| name.replace('-', "_"))
        .collect();
    let mut wrong = Vec::new();
    let mut used: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for file in sources(&source) {
        let module = module_of(&source, &file);
        if module == "lib" || module == "main" {
            continue;
        }
        let (_, modules, allowed) = TABLE
            .iter()
            .find(|(name, ..)| *name == module)
            .unwrap_or_else(|| panic!("`{module}` is not in the table: what may it name?"));
        let text = fs::read_to_string(&file).expect("a source can be read");
        let parsed = syn::parse_file(&text).expect("a source is Rust");
        let mut paths = Paths::default();
        // What stands under `#[cfg(test)]` may name what it likes.
        for item in parsed.items.iter().filter(|item| !is_test(item)) {
            paths.visit_item(item);
        }
        for named in paths
            .modules
            .iter()
            .filter(|named| known.contains(named.as_str()))
        {
            if *named != module && named != "diag" && !modules.contains(&named.as_str()) {
                wrong.push(format!(
                    "{}: `{module}` names `crate::{named}`",
                    file.display()
                ));
            }
        }
        for named in paths.crates.iter().filter(|named| crates.contains(*named)) {
            used.entry(module.clone())
                .or_default()
                .insert(named.clone());
            if !allowed.contains(&named.as_str()) {
                wrong.push(format!(
                    "{}: `{module}` names the crate `{named}`",
                    file.display()
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    for (module, _, allowed) in TABLE {
        let used = used.get(*module).cloned().unwrap_or_default();
        let unused: Vec<_> = allowed
            .iter()
            .filter(|name| !used.contains(**name))
            .collect();
        assert!(
            unused.is_empty(),
            "the table lets `{module}` name {unused:?}, which it does not"
        );
    }
}

/// Whether an item is there for tests alone.
fn is_test(item: &syn::Item) -> bool {
    let attributes = match item {
        syn::Item::Mod(item) => &item.attrs,
        syn::Item::Fn(item) => &item.attrs,
        syn::Item::Use(item) => &item.attrs,
        _ => return false,
    };
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && attribute
                .parse_args::<syn::Path>()
                .is_ok_and(|path| path.is_ident("test"))
    })
}

/// The generator knows no vendor and no document: what is special about one stands in the document.
#[test]
fn no_vendor_is_named() {
    // In parts, so that this file does not name them either.
    let words = [
        concat!("hua", "wei"),
        concat!("desk", "top"),
        concat!("work", "space"),
        concat!("x-auth", "-token"),
        concat!("apig", "w"),
        concat!("x-sdk", "-date"),
        concat!("git", "hub"),
        concat!("kuber", "netes"),
        concat!("ama", "zon"),
        concat!("az", "ure"),
    ];
    let mut found = Vec::new();
    for file in sources(&root().join("generator/src")) {
        let text = fs::read_to_string(&file)
            .expect("a source can be read")
            .to_lowercase();
        for (number, line) in text.lines().enumerate() {
            for word in words.iter().filter(|word| line.contains(*word)) {
                found.push(format!("{}:{}: `{word}`", file.display(), number + 1));
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// The project stands alone: nothing in it points to a place outside.
#[test]
fn nothing_points_outside() {
    let words = [
        concat!("../", "shared"),
        concat!("/work", "/"),
        concat!("/ho", "me/"),
    ];
    let mut found = Vec::new();
    let root = root();
    let mut open = vec![root.clone()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder)
            .expect("a folder can be read")
            .flatten()
        {
            let path = entry.path();
            let name = entry.file_name();
            if path.is_dir() {
                if name != "target" && name != ".git" {
                    open.push(path);
                }
                continue;
            }
            let Ok(text) = fs::read_to_string(&path) else {
                continue;
            };
            for word in words.iter().filter(|word| text.contains(*word)) {
                found.push(format!("{}: `{word}`", path.display()));
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}
