//! What the crate says about its own sources, held against the sources.

use std::collections::{BTreeMap, BTreeSet};

use bindery_runtime::sources::{CrateDep, Exports, SourceFile, files, select};
use syn::visit::{self, Visit};

/// The names that a file takes from elsewhere.
#[derive(Default)]
struct Names {
    /// `x` of `super::x`.
    siblings: BTreeSet<String>,
    /// `x` of `x::..`, as far as it can be a crate.
    roots: BTreeSet<String>,
    /// What `use` brings into the file.
    imported: BTreeSet<String>,
    attributes: Vec<String>,
}

impl Names {
    fn of(file: &SourceFile) -> (syn::File, Self) {
        let parsed = syn::parse_file(file.text).unwrap_or_else(|error| {
            panic!("{}: {error}", file.name);
        });
        let mut names = Self::default();
        names.visit_file(&parsed);
        (parsed, names)
    }

    fn path(&mut self, segments: &[String]) {
        match segments {
            [first, second, ..] if first == "super" => {
                self.siblings.insert(second.clone());
            }
            [first, _, ..] => {
                self.roots.insert(first.clone());
            }
            _ => {}
        }
    }

    fn tree(&mut self, before: &[String], tree: &syn::UseTree) {
        let with = |ident: &syn::Ident| {
            let mut path = before.to_vec();
            path.push(ident.to_string());
            path
        };
        match tree {
            syn::UseTree::Path(path) => self.tree(&with(&path.ident), &path.tree),
            syn::UseTree::Group(group) => {
                group.items.iter().for_each(|item| self.tree(before, item));
            }
            syn::UseTree::Name(name) => {
                self.path(&with(&name.ident));
                // `{self}` brings in the module before it.
                let name = Some(name.ident.to_string()).filter(|name| name != "self");
                self.imported
                    .extend(name.or_else(|| before.last().cloned()));
            }
            syn::UseTree::Rename(rename) => {
                self.path(&with(&rename.ident));
                self.imported.insert(rename.rename.to_string());
            }
            syn::UseTree::Glob(_) => panic!("a glob import hides what a file needs"),
        }
    }

    /// Macros take tokens; what looks like a path in them is one.
    fn tokens(&mut self, tokens: proc_macro2::TokenStream) {
        let mut segments: Vec<String> = Vec::new();
        let mut colons = 0;
        for token in tokens {
            match token {
                proc_macro2::TokenTree::Ident(ident) => {
                    if colons != 2 {
                        self.path(&std::mem::take(&mut segments));
                    }
                    segments.push(ident.to_string());
                    colons = 0;
                    continue;
                }
                proc_macro2::TokenTree::Punct(punct) if punct.as_char() == ':' => {
                    colons += 1;
                    continue;
                }
                proc_macro2::TokenTree::Group(group) => self.tokens(group.stream()),
                _ => {}
            }
            self.path(&std::mem::take(&mut segments));
            colons = 0;
        }
        self.path(&segments);
    }
}

impl<'ast> Visit<'ast> for Names {
    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.tree(&[], &item.tree);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let segments: Vec<_> = path
            .segments
            .iter()
            .map(|at| at.ident.to_string())
            .collect();
        self.path(&segments);
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, mac: &'ast syn::Macro) {
        self.tokens(mac.tokens.clone());
        visit::visit_macro(self, mac);
    }

    fn visit_attribute(&mut self, attribute: &'ast syn::Attribute) {
        let meta = &attribute.meta;
        self.attributes.push(quote_text(meta));
        visit::visit_attribute(self, attribute);
    }
}

fn quote_text(meta: &syn::Meta) -> String {
    match meta {
        syn::Meta::List(list) => format!(
            "{}({})",
            list.path.segments[0].ident,
            list.tokens.to_string().replace(' ', "")
        ),
        _ => String::new(),
    }
}

/// The names that a file defines for others, with whether all others can use them.
fn exported_items(file: &syn::File) -> BTreeMap<String, bool> {
    let mut names = BTreeMap::new();
    for item in &file.items {
        let (visibility, defined) = match item {
            syn::Item::Struct(item) => (&item.vis, vec![item.ident.to_string()]),
            syn::Item::Enum(item) => (&item.vis, vec![item.ident.to_string()]),
            syn::Item::Trait(item) => (&item.vis, vec![item.ident.to_string()]),
            syn::Item::Type(item) => (&item.vis, vec![item.ident.to_string()]),
            syn::Item::Const(item) => (&item.vis, vec![item.ident.to_string()]),
            syn::Item::Static(item) => (&item.vis, vec![item.ident.to_string()]),
            syn::Item::Fn(item) => (&item.vis, vec![item.sig.ident.to_string()]),
            syn::Item::Use(item) => {
                let mut imports = Names::default();
                imports.tree(&[], &item.tree);
                (&item.vis, imports.imported.into_iter().collect())
            }
            // A type that keeps its text.
            syn::Item::Macro(item) if item.mac.path.segments[0].ident == "super" => {
                let name = item.mac.tokens.clone().into_iter().last();
                let name = name.expect("the macro ends with the name");
                names.insert(name.to_string(), true);
                continue;
            }
            _ => continue,
        };
        let public = match visibility {
            syn::Visibility::Public(_) => true,
            syn::Visibility::Restricted(_) => false,
            syn::Visibility::Inherited => continue,
        };
        // A type may be written once for each platform.
        names.extend(defined.into_iter().map(|name| (name, public)));
    }
    names
}

/// A crate as code names it.
fn in_code(package: &str) -> String {
    package.replace('-', "_")
}

#[test]
fn every_file_of_the_crate_is_handed_out() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src");
    let mut on_disk: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| !["lib.rs", "sources.rs", "sources"].contains(&name.as_str()))
        .collect();
    on_disk.sort();
    let names: Vec<&str> = files().iter().map(|file| file.name).collect();
    assert_eq!(names, on_disk);
    for file in files() {
        let text = std::fs::read_to_string(format!("{folder}/{}", file.name)).unwrap();
        assert_eq!(text, file.text, "{}", file.name);
    }
}

#[test]
fn needs_are_what_files_name() {
    let mut homes = BTreeMap::new();
    for file in files() {
        for (name, _) in exported_items(&Names::of(file).0) {
            let other = homes.insert(name.clone(), file.module());
            assert_eq!(other, None, "{name} is public in two files");
        }
    }
    for file in files() {
        let (_, names) = Names::of(file);
        let mut needs: BTreeSet<&str> = BTreeSet::new();
        for name in &names.siblings {
            let home = homes.get(name);
            needs.insert(home.unwrap_or_else(|| panic!("{}: super::{name} is nowhere", file.name)));
        }
        needs.remove(file.module());
        // Conversions come with what they convert.
        let conversions = format!("{}_as_", file.module());
        let modules = files().iter().map(SourceFile::module);
        needs.extend(modules.filter(|module| module.starts_with(&conversions)));
        let needs: Vec<&str> = needs.into_iter().collect();
        assert_eq!(needs, file.needs, "needs of {}", file.name);
    }
}

#[test]
fn exports_are_what_files_define() {
    for file in files() {
        let items = exported_items(&Names::of(file).0);
        let expected = match items.values().copied().max() {
            Some(true) => Exports::Everyone,
            Some(false) => Exports::Siblings,
            None => Exports::Nobody,
        };
        assert_eq!(file.exports(), expected, "{}", file.name);
    }
}

#[test]
fn crates_are_what_files_name() {
    let own = ["super", "self", "Self", "std", "core", "alloc"];
    for file in files() {
        let (_, names) = Names::of(file);
        let roots: Vec<&String> = names
            .roots
            .iter()
            // Types begin with a capital; primitive types have associated functions as well.
            .filter(|root| root.starts_with(|first: char| first.is_lowercase()))
            .filter(|root| !own.contains(&root.as_str()) && !names.imported.contains(*root))
            .filter(|root| {
                !["str", "char", "i64", "u8", "u16", "u32", "u64", "usize"].contains(&root.as_str())
            })
            .collect();
        let crates: Vec<String> = file.crates.iter().map(|at| in_code(at.name)).collect();
        assert_eq!(
            roots,
            crates.iter().collect::<Vec<_>>(),
            "crates of {}",
            file.name
        );
    }
}

#[test]
fn files_can_stand_in_another_crate() {
    for file in files() {
        let (parsed, names) = Names::of(file);
        assert!(
            !file.text.contains("crate::"),
            "{} names its crate",
            file.name
        );
        assert!(
            !file.text.contains("$crate"),
            "{} names its crate",
            file.name
        );
        assert!(
            parsed.attrs.iter().any(|at| at.path().is_ident("doc")),
            "{}",
            file.name
        );
        for attribute in &names.attributes {
            let allowed = [
                "cfg(feature=\"reqwest\")",
                "cfg(not(feature=\"reqwest\"))",
                "cfg(target_arch=\"wasm32\")",
                "cfg(not(target_arch=\"wasm32\"))",
            ];
            assert!(
                !attribute.starts_with("cfg") || allowed.contains(&attribute.as_str()),
                "{}: {attribute}",
                file.name
            );
            assert!(
                !attribute.starts_with("allow"),
                "{}: {attribute}",
                file.name
            );
        }
        assert!(
            !file.needs.contains(&"reqwest_transport") || file.text.contains("cfg(feature"),
            "{} needs a module that a feature can take away",
            file.name
        );
    }
}

#[test]
fn versions_are_those_of_the_workspace() {
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/../../Cargo.toml");
    let manifest: toml::Table = std::fs::read_to_string(manifest).unwrap().parse().unwrap();
    let workspace = manifest["workspace"]["dependencies"].as_table().unwrap();
    let own: toml::Table = include_str!("../Cargo.toml").parse().unwrap();
    let features = own["features"].as_table().unwrap().values();
    let forwarded: Vec<&str> = features.flat_map(|on| strings(Some(on))).collect();
    let own = own["dependencies"].as_table().unwrap();

    let mut named = BTreeSet::new();
    for dep in files().iter().flat_map(|file| file.crates) {
        named.insert(dep.name);
        let shared = &workspace[dep.name];
        let version = shared.as_str().or_else(|| shared["version"].as_str());
        assert_eq!(version, Some(dep.version), "{}", dep.name);
        let mut always = strings(shared.get("features"));
        always.extend(strings(own[dep.name].get("features")));
        // A feature of this crate may add to those of a dependency.
        let added = format!("{}/", dep.name);
        let added = forwarded.iter().filter_map(|on| on.strip_prefix(&added));
        let (least, rest) = dep.features.split_at(always.len());
        assert_eq!(least, always, "{}", dep.name);
        let added: Vec<&str> = added.collect();
        assert!(rest.iter().all(|on| added.contains(on)), "{}", dep.name);
        let default = shared.get("default-features");
        let default = default.is_none_or(|on| on.as_bool().unwrap());
        assert_eq!(default, dep.default_features, "{}", dep.name);
    }
    assert!(own.keys().eq(named), "each dependency belongs to a file");
}

fn strings(array: Option<&toml::Value>) -> Vec<&str> {
    let array = array.and_then(toml::Value::as_array);
    array
        .into_iter()
        .flatten()
        .map(|text| text.as_str().unwrap())
        .collect()
}

#[test]
fn optional_crates_are_those_of_optional_modules() {
    for file in files() {
        for CrateDep {
            name,
            optional_feature,
            ..
        } in file.crates
        {
            if optional_feature.is_some() {
                assert_eq!(*optional_feature, file.feature, "{name} in {}", file.name);
            }
        }
    }
}

#[test]
fn a_selection_is_closed() {
    let least = select([]);
    let always: Vec<_> = files().iter().filter(|file| file.always).collect();
    assert_eq!(least, always, "what is always needed needs nothing else");
    assert!(least.iter().all(|file| file.module() != "object"));

    let more = select(["sdk_hmac_sha256", "object", "no such module"]);
    assert_eq!(more.len(), least.len() + 2);
    for file in &more {
        for need in file.needs {
            assert!(
                more.iter().any(|at| at.module() == *need),
                "{} needs {need}",
                file.name
            );
        }
    }
}
