//! Headers of replies: a struct that reads what the document lists.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::{self, Docs};
use super::ty::{self, From};
use super::{Plan, markdown};
use crate::ir::{CommonHeader, Encoding, Operation, Shape, TypeId};
use crate::names::OperationNames;

/// The struct of the headers that replies of an operation have; nothing where none is documented.
pub(super) fn tokens(
    plan: &Plan<'_>,
    operation: &Operation,
    names: &OperationNames,
) -> TokenStream {
    let Some(header_names) = &names.headers else {
        return TokenStream::new();
    };
    let name = header_names.name.ident();
    let docs = Docs::of(format!(
        "The headers that are documented for replies to a [`{}`].",
        names.request
    ));
    let headers = operation.reply_headers(plan.api);
    let pairs = || headers.iter().zip(&header_names.fields);
    let fields = pairs().map(|(common, field)| {
        let docs = field_docs(plan, common);
        let field = field.ident();
        let ty = field_type(plan, common);
        quote!(#docs pub #field: Option<#ty>,)
    });
    let values = pairs().map(|(common, field)| {
        let field = field.ident();
        let key = &common.header.name;
        let read = match (common.ty, &common.header.encoding) {
            (None, _) | (Some(_), Encoding::Form(_)) => quote!(read_header),
            (Some(_), Encoding::Json) => quote!(read_json_header),
            (Some(ty), Encoding::Styled(styled)) => match styled.explode && has_keys(plan, ty) {
                true => quote!(read_exploded_header),
                false => quote!(read_header),
            },
        };
        quote!(#field: runtime::#read(headers, #key)?,)
    });
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub struct #name { #(#fields)* }

        impl #name {
            /// Reads the headers of a reply. One that it does not have is `None`.
            ///
            /// # Errors
            ///
            /// When a header cannot be read as what the document says that it is.
            pub fn read(headers: &runtime::HeaderMap) -> Result<Self, runtime::HeaderError> {
                Ok(Self { #(#values)* })
            }
        }
    }
}

/// The type of a header; text where replies differ in it.
fn field_type(plan: &Plan<'_>, common: &CommonHeader<'_>) -> TokenStream {
    let mut ty = match common.ty {
        Some(ty) => ty,
        None => return quote!(String),
    };
    // A header that is not there says that already.
    while let Shape::Nullable(inner) = plan.api.ty(ty).shape {
        ty = inner;
    }
    ty::ty(plan, ty, From::Outside)
}

fn field_docs(plan: &Plan<'_>, common: &CommonHeader<'_>) -> Docs {
    let mut docs = Docs::default();
    docs::prose_of(&mut docs, &common.header.doc);
    if docs.is_empty() {
        let name = markdown::code(&common.header.name);
        docs = Docs::of(format!("The header {name}."));
    }
    if let Some(ty) = common.ty {
        docs.list(docs::constraints_through(plan, ty));
    }
    docs::deprecation(&mut docs, &common.header.doc);
    docs
}

/// Whether a value has keys, which are written in another way where each part is sent by itself.
fn has_keys(plan: &Plan<'_>, id: TypeId) -> bool {
    match &plan.api.ty(id).shape {
        Shape::Struct { .. } | Shape::Map(_) | Shape::Union { .. } | Shape::Any => true,
        Shape::Alias(target) | Shape::Nullable(target) => has_keys(plan, *target),
        Shape::Wrapper(_)
        | Shape::Enum(_)
        | Shape::Newtype(_)
        | Shape::Array(_)
        | Shape::Tuple(_)
        | Shape::Scalar(_) => false,
    }
}
