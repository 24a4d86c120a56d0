//! One Cargo feature per tag: which items are there with which features.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::Plan;
use crate::config::Layout;
use crate::ir::TypeId;

/// The `#[cfg]` of the operations of a tag. A tree of modules has none: the features of the crate
/// that includes it are not ours.
pub(super) fn of_tag(plan: &Plan<'_>, tag: usize) -> TokenStream {
    any(plan, &BTreeSet::from([tag]))
}

/// The `#[cfg]` of types that stand in one file: there as soon as an operation needs one of them,
/// and always where none does.
pub(super) fn of_types(plan: &Plan<'_>, ids: &[TypeId]) -> TokenStream {
    let mut tags = BTreeSet::new();
    for id in ids {
        match plan.facts.tags_of.get(id) {
            Some(of_type) => tags.extend(of_type),
            None => return TokenStream::new(),
        }
    }
    any(plan, &tags)
}

/// `#[cfg]` for any of these tags.
fn any(plan: &Plan<'_>, tags: &BTreeSet<usize>) -> TokenStream {
    if plan.options.layout == Layout::Module || tags.is_empty() {
        return TokenStream::new();
    }
    let features: Vec<&str> = tags
        .iter()
        .map(|&tag| plan.names.tags[tag].feature.as_str())
        .collect();
    match features.as_slice() {
        [one] => quote!(#[cfg(feature = #one)]),
        many => quote!(#[cfg(any(#(feature = #many),*))]),
    }
}
