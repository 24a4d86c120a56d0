//! The runtime as it goes into an emitted crate: the files that the API needs, and their crates.

use std::collections::{BTreeMap, BTreeSet};

use bindery_runtime::sources::{self, CrateDep, Exports, SourceFile};
use proc_macro2::TokenStream;
use quote::quote;
use toml::{Table, Value};

use super::{Content, Plan};
use crate::config::Runtime;
use crate::ir::Scalar;
use crate::passes::Part;

/// The files that `plan` needs: those that are always there, what its parts name, and what these
/// need in turn.
fn selected(plan: &Plan<'_>) -> Vec<&'static SourceFile> {
    sources::select(
        plan.facts
            .uses
            .iter()
            .flat_map(|part| modules(*part))
            .copied(),
    )
}

/// The modules of the runtime that emitted code names for a part.
fn modules(part: Part) -> &'static [&'static str] {
    match part {
        Part::Object => &["object"],
        Part::Rest => &["object", "rest"],
        Part::Patch => &["object", "patch"],
        Part::TextEnum => &["open_enum", "text"],
        Part::IntegerEnum => &["int_enum"],
        Part::MixedEnum => &["value_enum"],
        Part::Union => &["union"],
        Part::Tagged => &["tagged"],
        Part::Scalar(scalar) => match scalar {
            Scalar::Bool
            | Scalar::I32
            | Scalar::I64
            | Scalar::U32
            | Scalar::U64
            | Scalar::F32
            | Scalar::F64
            | Scalar::String => &[],
            Scalar::Number => &["number"],
            Scalar::DateTime => &["date_time"],
            Scalar::Date => &["date"],
            Scalar::Time => &["time"],
            Scalar::Duration => &["duration"],
            Scalar::Uuid => &["uuid"],
            Scalar::Decimal => &["decimal"],
            Scalar::Uri => &["uri"],
            Scalar::Base64 => &["base64"],
            Scalar::Secret => &["secret_value"],
        },
        Part::Styles => &["styles"],
        Part::Reserved => &["reserved"],
        Part::Serialized => &["serialized"],
        Part::Form => &["form"],
        Part::Multipart => &["multipart"],
        Part::Payload => &["payload"],
        Part::ReplyMedia => &["reply_media"],
        Part::ByteStream => &["byte_stream"],
        Part::JsonStream => &["json_stream"],
        Part::EventStream => &["event_stream"],
        Part::HeaderText => &["header_text"],
        Part::SdkHmacSha256 => &["sdk_hmac_sha256"],
    }
}

/// Copies the files, with a `mod.rs` that declares them.
pub(super) fn files<'p>(
    plan: &'p Plan<'p>,
    prefix: &str,
    files: &mut BTreeMap<String, Content<'p>>,
) {
    for file in selected(plan) {
        let path = format!("{prefix}runtime/{}", file.name);
        files.insert(path, Content::Verbatim(file.text));
    }
    files.insert(
        format!("{prefix}runtime/mod.rs"),
        Content::rust(|| module(plan)),
    );
}

/// `runtime/mod.rs`.
fn module(plan: &Plan<'_>) -> TokenStream {
    let selected = selected(plan);
    let declarations = selected.iter().map(|file| {
        let stem = proc_macro2::Ident::new(file.module(), proc_macro2::Span::call_site());
        let cfg = file
            .feature
            .map(|feature| quote!(#[cfg(feature = #feature)]));
        let exports = match file.exports() {
            Exports::Everyone => quote!(#cfg pub use self::#stem::*;),
            Exports::Siblings => quote!(#cfg use self::#stem::*;),
            Exports::Nobody => TokenStream::new(),
        };
        quote! {
            #cfg
            mod #stem;
            #exports
        }
    });
    quote! {
        //! What all operations share: transport, calls, errors, models.
        //!
        //! Copied from the crate `bindery-runtime`, which is under the BSD Zero Clause License, MIT or
        //! Apache-2.0, at your choice: the first asks nothing of you.

        #(#declarations)*
    }
}

/// What all of the selected files ask of one crate.
struct Dependency {
    version: &'static str,
    default_features: bool,
    features: BTreeSet<&'static str>,
    /// Whether a file names it that no feature takes away.
    required: bool,
    /// The features that switch it on.
    switches: BTreeSet<&'static str>,
}

impl Dependency {
    /// Asks for what `dep` does, in addition.
    fn add(&mut self, dep: &CrateDep) {
        self.default_features |= dep.default_features;
        self.features.extend(dep.features);
        self.required |= dep.optional_feature.is_none();
        self.switches.extend(dep.optional_feature);
    }

    /// The entry of a manifest.
    fn entry(&self) -> Value {
        if self.default_features && self.features.is_empty() && self.required {
            return self.version.into();
        }
        let mut table = Table::new();
        table.insert("version".to_owned(), self.version.into());
        if !self.default_features {
            table.insert("default-features".to_owned(), false.into());
        }
        if !self.features.is_empty() {
            let features = self.features.iter().map(|&feature| feature.into());
            table.insert("features".to_owned(), Value::Array(features.collect()));
        }
        if !self.required {
            table.insert("optional".to_owned(), true.into());
        }
        Value::Table(table)
    }
}

/// The crates that `files` name.
fn dependencies(files: &[&SourceFile]) -> BTreeMap<&'static str, Dependency> {
    let mut crates = BTreeMap::new();
    for dep in files.iter().flat_map(|file| file.crates) {
        let dependency = crates.entry(dep.name).or_insert_with(|| Dependency {
            version: dep.version,
            default_features: false,
            features: BTreeSet::new(),
            required: false,
            switches: BTreeSet::new(),
        });
        dependency.add(dep);
    }
    crates
}

/// The crates as entries of a manifest.
pub(super) fn crates(plan: &Plan<'_>) -> BTreeMap<String, Value> {
    dependencies(&selected(plan))
        .into_iter()
        .map(|(name, dependency)| (name.to_owned(), dependency.entry()))
        .collect()
}

/// The features of the runtime that an emitted crate has as well, with what each switches on, as a
/// manifest writes it.
pub(super) fn features(plan: &Plan<'_>) -> BTreeMap<&'static str, Vec<String>> {
    features_of(&selected(plan), plan.options.runtime)
}

fn features_of(files: &[&SourceFile], runtime: Runtime) -> BTreeMap<&'static str, Vec<String>> {
    let crates = dependencies(files);
    let switched = |feature: &'static str| match runtime {
        Runtime::Copied => crates
            .iter()
            .filter(|(_, dependency)| !dependency.required)
            .filter(|(_, dependency)| dependency.switches.contains(feature))
            .map(|(name, _)| format!("dep:{name}"))
            .collect(),
        Runtime::Crate => vec![format!("bindery-runtime/{feature}")],
    };
    let features = files.iter().filter_map(|file| file.feature);
    features
        .map(|feature| (feature, switched(feature)))
        .collect()
}

/// The dependency on the runtime as a crate.
pub(super) fn itself(plan: &Plan<'_>) -> Value {
    let mut table = Table::new();
    table.insert("version".to_owned(), env!("CARGO_PKG_VERSION").into());
    table.insert("default-features".to_owned(), false.into());
    let features = crate_features(&selected(plan));
    if !features.is_empty() {
        table.insert("features".to_owned(), features.into());
    }
    Value::Table(table)
}

/// The features of the runtime as a crate that `files` stand behind there, though in an emitted
/// crate no feature takes them away.
fn crate_features(files: &[&SourceFile]) -> Vec<&'static str> {
    const BEHIND: &[(&str, &str)] = &[
        ("base64", "base64"),
        ("number", "number"),
        ("sdk_hmac_sha256", "sdk-hmac-sha256"),
    ];
    BEHIND
        .iter()
        .filter(|(module, _)| files.iter().any(|file| file.module() == *module))
        .map(|(_, feature)| *feature)
        .collect()
}

#[cfg(test)]
mod tests;
