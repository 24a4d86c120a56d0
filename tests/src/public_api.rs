//! What a crate offers to others, as a list that can be compared.

use std::collections::BTreeSet;

use quote::ToTokens;
use syn::visit::{self, Visit};

/// The public items of a crate or of a tree of modules: paths with signatures, fields, variants,
/// implemented traits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PublicApi {
    items: BTreeSet<String>,
}

impl PublicApi {
    /// Reads the public API of emitted files: the path of each, and its text.
    ///
    /// # Panics
    ///
    /// When a file is no Rust.
    pub fn of<'f>(files: impl IntoIterator<Item = (&'f str, &'f str)>) -> Self {
        let mut api = Self::default();
        for (path, text) in files {
            if !path.ends_with(".rs") || path.contains("runtime/") {
                continue;
            }
            let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}"));
            Reader {
                path,
                api: &mut api,
            }
            .visit_file(&file);
        }
        api
    }

    /// The items that are not in `newer`: what an upgrade would break.
    pub fn missing_from<'a>(&'a self, newer: &'a Self) -> Vec<&'a str> {
        self.items
            .difference(&newer.items)
            .map(String::as_str)
            .collect()
    }

    /// How many items there are.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// The items, one on each line.
    pub fn text(&self) -> String {
        self.items.iter().map(|item| format!("{item}\n")).collect()
    }
}

struct Reader<'a> {
    path: &'a str,
    api: &'a mut PublicApi,
}

impl Reader<'_> {
    fn add(&mut self, item: String) {
        self.api.items.insert(format!("{}: {item}", self.path));
    }
}

fn is_public(visibility: &syn::Visibility) -> bool {
    matches!(visibility, syn::Visibility::Public(_))
}

/// The text of tokens, without the spaces that only tokens have.
fn plain(tokens: impl ToTokens) -> String {
    tokens
        .to_token_stream()
        .to_string()
        .replace(" :: ", "::")
        .replace(" < ", "<")
        .replace(" >", ">")
        .replace(" ,", ",")
        .replace(" (", "(")
        .replace("& ", "&")
}

impl<'ast> Visit<'ast> for Reader<'_> {
    fn visit_item_struct(&mut self, item: &'ast syn::ItemStruct) {
        if !is_public(&item.vis) {
            return;
        }
        self.add(format!("struct {}", item.ident));
        for attribute in item
            .attrs
            .iter()
            .filter(|attribute| !attribute.path().is_ident("doc"))
        {
            if attribute.path().is_ident("derive") {
                self.derives(&item.ident, attribute);
            }
        }
        for field in item.fields.iter().filter(|field| is_public(&field.vis)) {
            let name = field
                .ident
                .as_ref()
                .map_or("0".to_owned(), ToString::to_string);
            self.add(format!(
                "struct {} {{ {name}: {} }}",
                item.ident,
                plain(&field.ty)
            ));
        }
    }

    fn visit_item_enum(&mut self, item: &'ast syn::ItemEnum) {
        if !is_public(&item.vis) {
            return;
        }
        self.add(format!("enum {}", item.ident));
        for attribute in item
            .attrs
            .iter()
            .filter(|attribute| attribute.path().is_ident("derive"))
        {
            self.derives(&item.ident, attribute);
        }
        for variant in &item.variants {
            self.add(format!(
                "enum {} {{ {}{} }}",
                item.ident,
                variant.ident,
                plain(&variant.fields)
            ));
        }
    }

    fn visit_item_type(&mut self, item: &'ast syn::ItemType) {
        if is_public(&item.vis) {
            self.add(format!("type {} = {}", item.ident, plain(&item.ty)));
        }
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        if is_public(&item.vis) {
            self.add(plain(&item.tree));
        }
    }

    fn visit_item_impl(&mut self, item: &'ast syn::ItemImpl) {
        let ty = plain(&item.self_ty);
        if let Some((path, _)) = &item.trait_ {
            self.add(format!("impl {} for {ty}", plain(path)));
            return;
        }
        for member in &item.items {
            match member {
                syn::ImplItem::Fn(function) if is_public(&function.vis) => {
                    self.add(format!("impl {ty} {{ {} }}", plain(&function.sig)));
                }
                syn::ImplItem::Const(constant) if is_public(&constant.vis) => {
                    self.add(format!(
                        "impl {ty} {{ const {}: {} }}",
                        constant.ident,
                        plain(&constant.ty)
                    ));
                }
                _ => {}
            }
        }
        visit::visit_item_impl(self, item);
    }
}

impl Reader<'_> {
    fn derives(&mut self, name: &syn::Ident, attribute: &syn::Attribute) {
        let parsed = attribute.parse_args_with(
            syn::punctuated::Punctuated::<syn::Path, syn::Token![,]>::parse_terminated,
        );
        for path in parsed.into_iter().flatten() {
            self.add(format!("impl {} for {name}", plain(path)));
        }
    }
}
