//! Emission: from a plan to the files of a crate, as tokens and texts.
//!
//! In goes a [`Plan`], in which every decision is taken and every name given, out comes a
//! [`Crate`]: files in memory. One small node per construct; what a reader wants (a struct) and
//! what the wire wants (its serde impl) are two nodes in two places. It knows neither documents
//! nor the disk.

mod arguments;
mod body;
mod client;
mod credentials;
mod docs;
mod enumeration;
mod example;
mod features;
mod form;
mod headers;
mod manifest;
mod markdown;
mod model;
mod newtype;
mod operation;
mod operation_docs;
mod readme;
mod reply;
mod request;
mod runtime;
mod serde_impl;
mod server;
mod ty;
mod union;

use std::collections::BTreeMap;

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;

use crate::config::{Layout, Options, Runtime};
use crate::ir::{Api, Shape, TypeId};
use crate::names::{Name, NamePlan};
use crate::passes::{Facts, Part};

/// Everything that emission needs to know.
#[derive(Clone, Copy, Debug)]
pub struct Plan<'a> {
    /// What the API is.
    pub api: &'a Api,
    /// What is known about it as a whole.
    pub facts: &'a Facts,
    /// What everything is called.
    pub names: &'a NamePlan,
    /// What the crate is to be.
    pub options: &'a Options,
}

/// An emitted crate, or tree of modules: the path of each file, with `/`, and what it holds.
pub struct Crate<'p> {
    /// The files.
    pub files: BTreeMap<String, Content<'p>>,
}

/// What an emitted file holds.
pub enum Content<'p> {
    /// Rust, yet to be formatted. Tokens cannot move between threads, so each file is emitted where
    /// it is formatted.
    Rust(Box<dyn Fn() -> TokenStream + Send + Sync + 'p>),
    /// Rust that is a real file of its own and is copied as it is.
    Verbatim(&'static str),
    /// A Cargo manifest.
    Manifest(String),
    /// Any other text.
    Text(String),
}

impl<'p> Content<'p> {
    fn rust(emit: impl Fn() -> TokenStream + Send + Sync + 'p) -> Self {
        Self::Rust(Box::new(emit))
    }
}

/// The type `id` as a program writes it that knows the crate by its name and imports its `types`.
pub fn written(plan: &Plan<'_>, id: TypeId) -> String {
    ty::ty(plan, id, ty::From::Example).to_string()
}

/// Emits the crate of `plan`.
pub fn emit<'p>(plan: &'p Plan<'p>) -> Crate<'p> {
    let mut files = BTreeMap::new();
    let (root, prefix) = match plan.options.layout {
        Layout::Crate => ("src/lib.rs", "src/"),
        Layout::Module => ("mod.rs", ""),
    };
    files.insert(root.to_owned(), Content::rust(|| root_module(plan)));
    files.insert(
        format!("{prefix}client.rs"),
        Content::rust(|| client::file(plan)),
    );
    operation_files(plan, prefix, &mut files);
    type_files(plan, prefix, &mut files);
    if plan.options.runtime == Runtime::Copied {
        runtime::files(plan, prefix, &mut files);
    }
    if plan.options.layout == Layout::Crate {
        files.insert(
            "Cargo.toml".to_owned(),
            Content::Manifest(manifest::text(plan)),
        );
        files.insert("README.md".to_owned(), Content::Text(readme::text(plan)));
    }
    Crate { files }
}

/// `lib.rs`: the front page, the modules, and what people use most.
fn root_module(plan: &Plan<'_>) -> TokenStream {
    let docs = match plan.options.layout {
        Layout::Crate => docs::front_page(plan),
        // An inner attribute cannot stand in a file that is included into a module.
        Layout::Module => TokenStream::new(),
    };
    let runtime = match plan.options.runtime {
        Runtime::Copied => quote! {
            #[rustfmt::skip]
            pub mod runtime;
        },
        Runtime::Crate => quote!(
            pub use bindery_runtime as runtime;
        ),
    };
    let types = (!plan.names.types.is_empty()).then(|| {
        quote! {
            #[rustfmt::skip]
            pub mod types;
        }
    });
    let credentials = plan.api.has_credentials().then(|| quote!(Credentials,));
    let signing = plan
        .facts
        .uses
        .contains(&Part::SdkHmacSha256)
        .then(|| quote!(AccessKey,));
    quote! {
        #docs

        #[rustfmt::skip]
        mod client;
        #[rustfmt::skip]
        pub mod operations;
        #runtime
        #types

        pub use self::client::{Client, ClientBuilder, #credentials};
        pub use self::runtime::{#signing AnyError, BuildError, Error, Response, Secret};
    }
}

/// `operations`: one file per tag.
fn operation_files<'p>(
    plan: &'p Plan<'p>,
    prefix: &str,
    files: &mut BTreeMap<String, Content<'p>>,
) {
    for (index, names) in plan.names.tags.iter().enumerate() {
        let path = format!("{prefix}operations/{}.rs", names.module.plain());
        files.insert(path, Content::rust(move || operation::file(plan, index)));
    }
    files.insert(
        format!("{prefix}operations/mod.rs"),
        Content::rust(|| operation_modules(plan)),
    );
}

/// `operations/mod.rs`.
fn operation_modules(plan: &Plan<'_>) -> TokenStream {
    let modules = plan.names.tags.iter().enumerate().map(|(index, names)| {
        let module = names.module.ident();
        let cfg = features::of_tag(plan, index);
        quote! {
            #cfg
            mod #module;
            #cfg
            pub use self::#module::*;
        }
    });
    quote! {
        //! Operations, by tag: the requests that the methods of [`Client`](super::Client) return, and
        //! the errors that are documented for each.

        #(#modules)*
    }
}

/// `types`: one file per named schema, with its inline children.
fn type_files<'p>(plan: &'p Plan<'p>, prefix: &str, files: &mut BTreeMap<String, Content<'p>>) {
    let modules = type_modules(plan);
    if modules.is_empty() {
        return;
    }
    for (name, ids) in modules {
        let path = format!("{prefix}types/{}.rs", name.plain());
        files.insert(path, Content::rust(move || type_file(plan, &ids)));
    }
    files.insert(
        format!("{prefix}types/mod.rs"),
        Content::rust(|| types_module(plan)),
    );
}

/// The modules of `types` with what each holds.
fn type_modules<'p>(plan: &'p Plan<'p>) -> BTreeMap<&'p Name, Vec<TypeId>> {
    let mut modules: BTreeMap<&Name, Vec<TypeId>> = BTreeMap::new();
    for (&id, names) in &plan.names.types {
        modules.entry(&names.module).or_default().push(id);
    }
    modules
}

/// `types/mod.rs`.
fn types_module(plan: &Plan<'_>) -> TokenStream {
    let modules = type_modules(plan).into_iter().map(|(name, ids)| {
        let module = name.ident();
        let cfg = features::of_types(plan, &ids);
        quote! {
            #cfg
            mod #module;
            #cfg
            pub use self::#module::*;
        }
    });
    let modules: TokenStream = modules.collect();
    quote! {
        //! Types of requests and replies, one module for each schema of the document.

        #modules
    }
}

/// One file of `types`.
fn type_file(plan: &Plan<'_>, ids: &[TypeId]) -> TokenStream {
    let items: TokenStream = ids.iter().map(|&id| type_item(plan, id)).collect();
    let wired = ids.iter().any(|&id| match plan.api.ty(id).shape {
        Shape::Struct { .. }
        | Shape::Enum(_)
        | Shape::Union { .. }
        | Shape::Newtype(_)
        | Shape::Wrapper(_) => true,
        Shape::Alias(_)
        | Shape::Nullable(_)
        | Shape::Array(_)
        | Shape::Tuple(_)
        | Shape::Map(_)
        | Shape::Scalar(_)
        | Shape::Any => false,
    });
    let runtime = mentions(&items, "runtime");
    let imports = match (wired, runtime) {
        (true, true) => quote!(
            use super::super::runtime::{self, Deserialize, Deserializer, Serialize, Serializer};
        ),
        (true, false) => quote!(
            use super::super::runtime::{Deserialize, Deserializer, Serialize, Serializer};
        ),
        (false, true) => quote!(
            use super::super::runtime;
        ),
        (false, false) => TokenStream::new(),
    };
    quote! {
        #imports
        #items
    }
}

/// Whether code has an identifier.
fn mentions(tokens: &TokenStream, wanted: &str) -> bool {
    tokens.clone().into_iter().any(|token| match token {
        TokenTree::Group(group) => mentions(&group.stream(), wanted),
        TokenTree::Ident(ident) => ident == wanted,
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}

/// The item of one type.
fn type_item(plan: &Plan<'_>, id: TypeId) -> TokenStream {
    match &plan.api.ty(id).shape {
        Shape::Struct { fields, rest } => {
            let model = model::Model::new(plan, id, fields, *rest);
            let wire = serde_impl::tokens(plan, id, fields, *rest);
            quote!(#model #wire)
        }
        Shape::Enum(values) => enumeration::tokens(plan, id, values),
        Shape::Union {
            tag,
            variants,
            fallback,
        } => union::tokens(plan, id, tag.as_deref(), variants, *fallback),
        Shape::Newtype(scalar) => newtype::tokens(plan, id, *scalar),
        Shape::Wrapper(target) => newtype::wrapper(plan, id, *target),
        Shape::Alias(target) => ty::alias(plan, id, *target),
        // A named list, map or scalar is an alias or a newtype: `lower` makes no item of these.
        Shape::Nullable(_)
        | Shape::Array(_)
        | Shape::Tuple(_)
        | Shape::Map(_)
        | Shape::Scalar(_)
        | Shape::Any => TokenStream::new(),
    }
}
