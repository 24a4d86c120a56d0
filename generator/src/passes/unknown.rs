//! Properties that a document does not list.
//!
//! Before: a struct keeps them where its schema speaks of them. After: every struct with properties
//! keeps them, so that what is fetched, edited and sent back loses nothing that is newer than the
//! document.

use crate::ir::{Api, Doc, Naming, Shape, TypeDef, TypeId};

/// Lets every struct of `api` keep what its schema does not list.
pub(super) fn keep(api: &mut Api) {
    let any = TypeId::new(api.types.len());
    api.types.push(TypeDef {
        pointer: String::new(),
        naming: Naming::Anonymous,
        shape: Shape::Any,
        doc: Doc::default(),
        constraints: Vec::new(),
        examples: Vec::new(),
    });
    for def in &mut api.types {
        if let Shape::Struct { fields, rest } = &mut def.shape
            && !fields.is_empty()
        {
            rest.get_or_insert(any);
        }
    }
}
