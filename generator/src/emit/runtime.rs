//! The runtime as it goes into an emitted crate: the files that the API needs, and their crates.

use std::collections::BTreeMap;

use bindery_runtime::sources::{self, CrateDep, SourceFile};
use proc_macro2::TokenStream;
use quote::quote;
use toml::{Table, Value};

use super::{Content, Plan};
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
        quote! {
            #cfg
            mod #stem;
            #cfg
            pub use self::#stem::*;
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

/// The crates that the selected files name.
fn dependencies(plan: &Plan<'_>) -> BTreeMap<&'static str, &'static CrateDep> {
    let files = selected(plan);
    let all = files
        .iter()
        .flat_map(|file| file.crates.iter().map(move |dep| (file.feature, dep)));
    let mut crates: BTreeMap<&'static str, &'static CrateDep> = BTreeMap::new();
    for (_, dep) in all {
        crates.entry(dep.name).or_insert(dep);
    }
    crates
}

/// The crates as entries of a manifest.
pub(super) fn crates(plan: &Plan<'_>) -> BTreeMap<String, Value> {
    dependencies(plan)
        .into_values()
        .map(|dep| (dep.name.to_owned(), entry(dep.version, dep)))
        .collect()
}

fn entry(version: &str, dep: &CrateDep) -> Value {
    if dep.default_features && dep.features.is_empty() && dep.optional_feature.is_none() {
        return version.into();
    }
    let mut table = Table::new();
    table.insert("version".to_owned(), version.into());
    if !dep.default_features {
        table.insert("default-features".to_owned(), false.into());
    }
    if !dep.features.is_empty() {
        let features: Vec<Value> = dep.features.iter().map(|&feature| feature.into()).collect();
        table.insert("features".to_owned(), Value::Array(features));
    }
    if dep.optional_feature.is_some() {
        table.insert("optional".to_owned(), true.into());
    }
    Value::Table(table)
}

/// The crates that a feature switches on, as a manifest writes them.
pub(super) fn optional_crates(plan: &Plan<'_>, feature: &str) -> Vec<String> {
    dependencies(plan)
        .into_values()
        .filter(|dep| dep.optional_feature == Some(feature))
        .map(|dep| format!("dep:{}", dep.name))
        .collect()
}

/// The dependency on the runtime as a crate.
pub(super) fn itself(plan: &Plan<'_>) -> Value {
    let mut table = Table::new();
    table.insert("version".to_owned(), env!("CARGO_PKG_VERSION").into());
    table.insert("default-features".to_owned(), false.into());
    if plan.facts.uses.contains(&Part::SdkHmacSha256) {
        table.insert(
            "features".to_owned(),
            Value::Array(vec!["sdk-hmac-sha256".into()]),
        );
    }
    Value::Table(table)
}
