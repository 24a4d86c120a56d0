//! Examples: short calls that compile, from the examples of the document where it has them.

use proc_macro2::TokenStream;
use quote::quote;

use super::Plan;
use super::operation::arguments;
use crate::config::Layout;
use crate::ir::{Field, Operation, Presence, Scalar, SchemeKind, Shape, TypeId};
use crate::names::{MAX_POSITIONAL, OperationNames};

/// How deep an example goes into a value: what lies deeper is left to the reader.
const DEPTH: usize = 4;

/// A code block with a call of an operation.
pub(super) fn of_call(
    plan: &Plan<'_>,
    operation: &Operation,
    names: &OperationNames,
) -> Vec<String> {
    let library = library(plan);
    let mut inputs = Vec::new();
    for (parameter, _) in arguments(operation, names) {
        match value(plan, parameter.ty, DEPTH, None) {
            Some(value) => inputs.push(value),
            None => return Vec::new(),
        }
    }
    let mut body = TokenStream::new();
    if let Some(required) = operation.body.as_ref().filter(|body| body.required) {
        let Some(value) = value(plan, required.ty, DEPTH, required.example.as_ref()) else {
            return Vec::new();
        };
        let name = names.body.ident();
        body = quote!(let #name = #value;);
        inputs.push(quote!(#name));
    }
    let method = names.method.ident();
    let uses = uses_types(&body, &inputs).then(|| quote!(use #library::types;));
    let code = quote! {
        #uses

        #body
        let reply = client.#method(#(#inputs),*).await?;
        println!("{reply:?}");
    };
    let lead = format!(
        "# async fn example(client: {0}::Client) -> Result<(), {0}::AnyError> {{",
        plan.options.library_name()
    );
    fenced(plan, &code, &[&lead], &["# Ok(())", "# }"])
}

/// The code of the front page: a client, and a call of the first operation.
pub(super) fn front_page(plan: &Plan<'_>) -> Vec<String> {
    let library = library(plan);
    let client = client(plan);
    let first = plan
        .api
        .operations
        .iter()
        .zip(&plan.names.operations)
        .find_map(|(operation, names)| {
            let mut inputs = Vec::new();
            for (parameter, _) in arguments(operation, names) {
                inputs.push(value(plan, parameter.ty, DEPTH, None)?);
            }
            if let Some(body) = operation.body.as_ref().filter(|body| body.required) {
                inputs.push(value(plan, body.ty, DEPTH, body.example.as_ref())?);
            }
            Some((names.method.ident(), inputs, names.tag))
        });
    let Some((method, inputs, _)) = first else {
        return Vec::new();
    };
    let types = uses_types(&TokenStream::new(), &inputs).then(|| quote!(types));
    let credentials = (!plan.api.security_schemes.is_empty()).then(|| quote!(Credentials,));
    let code = quote! {
        use #library::{Client, #credentials #types};

        #client
        let reply = client.#method(#(#inputs),*).await?;
        println!("{reply:?}");
    };
    let lead = format!(
        "# async fn example() -> Result<(), {}::AnyError> {{",
        plan.options.library_name()
    );
    fenced(plan, &code, &[&lead], &["# Ok(())", "# }"])
}

/// The statement that builds a client, with one setter of each kind.
fn client(plan: &Plan<'_>) -> TokenStream {
    let variables = plan
        .api
        .variables
        .iter()
        .zip(&plan.names.variables)
        .map(|(variable, name)| {
            let (name, value) = (name.ident(), &variable.default);
            quote!(.#name(#value))
        });
    let parameters = plan
        .api
        .client_parameters
        .iter()
        .zip(&plan.names.client_parameters)
        .filter_map(|(parameter, name)| {
            let name = name.ident();
            let value = value(plan, parameter.ty, DEPTH, None)?;
            Some(quote!(.#name(#value)))
        });
    let credentials = plan
        .api
        .security_schemes
        .first()
        .zip(plan.names.security_schemes.first());
    let credentials = credentials.map(|(scheme, name)| {
        let name = name.ident();
        let value = if super::credentials::has_env(plan) {
            quote!(Credentials::from_env()?)
        } else {
            match &scheme.kind {
                SchemeKind::Basic => quote!(Credentials::#name("user", "password")),
                SchemeKind::ApiKeyHeader { .. }
                | SchemeKind::ApiKeyQuery { .. }
                | SchemeKind::Bearer => quote!(Credentials::#name("\u{2026}")),
                SchemeKind::Signing { .. } => {
                    let library = library(plan);
                    quote!(Credentials::#name(#library::AccessKey::new("\u{2026}", "\u{2026}")))
                }
            }
        };
        quote!(.credentials(#value))
    });
    let base_url = plan
        .api
        .servers
        .first()
        .filter(|server| server.url.is_empty())
        .map(|_| {
            let name = plan.names.servers[0].ident();
            quote!(.#name("https://api.example.com"))
        });
    quote! {
        let client = Client::builder()#(#variables)* #credentials #(#parameters)* #base_url.build()?;
    }
}

/// The library as an example names it.
fn library(plan: &Plan<'_>) -> proc_macro2::Ident {
    proc_macro2::Ident::new(&plan.options.library_name(), proc_macro2::Span::call_site())
}

/// Whether code mentions `types`.
fn uses_types(body: &TokenStream, inputs: &[TokenStream]) -> bool {
    let mentions = |tokens: &TokenStream| {
        tokens
            .clone()
            .into_iter()
            .any(|token| token.to_string() == "types")
            || tokens.to_string().contains("types ::")
    };
    mentions(body) || inputs.iter().any(mentions)
}

/// Formats `code` as the body of a function and puts it between fences, with lines that rustdoc
/// hides `before` and `after`. In a tree of modules nothing is compiled, since the path of the tree
/// is not known.
fn fenced(plan: &Plan<'_>, code: &TokenStream, before: &[&str], after: &[&str]) -> Vec<String> {
    let function = quote!(fn example() { #code });
    let Ok(file) = syn::parse2::<syn::File>(function) else {
        return Vec::new();
    };
    let text = prettyplease::unparse(&file);
    let body: Vec<&str> = text.lines().collect();
    let [_, body @ .., _] = body.as_slice() else {
        return Vec::new();
    };
    let (fence, before, after) = match plan.options.layout {
        Layout::Crate => ("```no_run", before, after),
        Layout::Module => ("```text", &[][..], &[][..]),
    };
    let body = body
        .iter()
        .map(|line| line.strip_prefix("    ").unwrap_or(line));
    let before = before.iter().copied();
    let after = after.iter().copied();
    let lines = [fence]
        .into_iter()
        .chain(before)
        .chain(body)
        .chain(after)
        .chain(["```"]);
    lines.map(str::to_owned).collect()
}

/// An expression for a value of type `id`, like `example` as far as there is one; nothing where it
/// would go too deep.
fn value(
    plan: &Plan<'_>,
    id: TypeId,
    depth: usize,
    example: Option<&serde_json::Value>,
) -> Option<TokenStream> {
    let depth = depth.checked_sub(1)?;
    let def = plan.api.ty(id);
    let example = example.or(def.examples.first());
    match &def.shape {
        Shape::Struct { fields } => structure(plan, id, fields, depth, example),
        Shape::Enum { values } => {
            let names = plan.names.types.get(&id)?;
            let wanted = example.and_then(serde_json::Value::as_str);
            let index = values
                .iter()
                .position(|v| Some(v.value.as_str()) == wanted)
                .unwrap_or(0);
            let (name, variant) = (names.name.ident(), names.variants.get(index)?.ident());
            Some(quote!(types::#name::#variant))
        }
        Shape::Newtype(scalar) => {
            let name = plan.names.types.get(&id)?.name.ident();
            let value = self::scalar(*scalar, example);
            Some(match scalar {
                Scalar::String => value,
                Scalar::Bool | Scalar::I32 | Scalar::I64 | Scalar::F32 | Scalar::F64 => {
                    quote!(types::#name(#value))
                }
            })
        }
        Shape::Scalar(scalar) => Some(self::scalar(*scalar, example)),
        Shape::Alias(target) => value(plan, *target, depth, example),
        Shape::Array(item) => {
            let first = example.and_then(|example| example.get(0));
            let value = value(plan, *item, depth, first)?;
            let ty = super::ty::ty(plan, *item, super::ty::From::Outside);
            Some(if needs_into(plan, *item) {
                quote!([<#ty>::from(#value)])
            } else {
                quote!([#value])
            })
        }
        Shape::Map(_) => Some(quote!(std::collections::BTreeMap::new())),
        Shape::Any => {
            let library = library(plan);
            Some(quote!(#library::runtime::Value::Null))
        }
    }
}

/// Whether a literal for this type has to be converted where no setter does it.
fn needs_into(plan: &Plan<'_>, id: TypeId) -> bool {
    match &plan.api.ty(id).shape {
        Shape::Scalar(Scalar::String) | Shape::Newtype(Scalar::String) | Shape::Array(_) => true,
        Shape::Alias(target) => needs_into(plan, *target),
        Shape::Scalar(_)
        | Shape::Newtype(_)
        | Shape::Struct { .. }
        | Shape::Enum { .. }
        | Shape::Map(_)
        | Shape::Any => false,
    }
}

/// A struct: its constructor, and the setters of what the example sets.
fn structure(
    plan: &Plan<'_>,
    id: TypeId,
    fields: &[Field],
    depth: usize,
    example: Option<&serde_json::Value>,
) -> Option<TokenStream> {
    let names = plan.names.types.get(&id)?;
    let name = names.name.ident();
    let of = |field: &Field| example.and_then(|example| example.get(&field.key));
    let mut required: Vec<_> = fields
        .iter()
        .zip(&names.fields)
        .filter(|(field, _)| field.presence == Presence::Required)
        .collect();
    required.sort_by(|(a, _), (b, _)| a.key.cmp(&b.key));
    let mut inputs = Vec::new();
    for (field, field_names) in &required {
        let value = value(plan, field.ty, depth, of(field))?;
        inputs.push((field_names.field.ident(), value, needs_into(plan, field.ty)));
    }
    let constructor = if inputs.len() > MAX_POSITIONAL {
        let required_name = names.required.as_ref()?.ident();
        let values = inputs.iter().map(|(field, value, into)| match into {
            true => quote!(#field: #value.into()),
            false => quote!(#field: #value),
        });
        quote!(types::#name::new(types::#required_name { #(#values),* }))
    } else {
        let values = inputs.iter().map(|(_, value, _)| value);
        quote!(types::#name::new(#(#values),*))
    };
    let mut setters = TokenStream::new();
    for (field, field_names) in fields.iter().zip(&names.fields) {
        let set = of(field).filter(|value| !value.is_null());
        let scalar =
            set.filter(|value| value.is_string() || value.is_boolean() || value.is_number());
        if field.presence != Presence::Required
            && !field.doc.deprecated
            && let Some(scalar) = scalar
            && fits(plan, field.ty, scalar)
            && let Some(value) = value(plan, field.ty, depth, Some(scalar))
        {
            let setter = field_names.setter.ident();
            setters.extend(quote!(.#setter(#value)));
        }
    }
    Some(quote!(#constructor #setters))
}

/// Whether an example is a value of its type.
fn fits(plan: &Plan<'_>, id: TypeId, example: &serde_json::Value) -> bool {
    match &plan.api.ty(id).shape {
        Shape::Scalar(scalar) | Shape::Newtype(scalar) => match scalar {
            Scalar::Bool => example.is_boolean(),
            Scalar::I32 | Scalar::I64 => example.is_i64(),
            Scalar::F32 | Scalar::F64 => example.is_number(),
            Scalar::String => example.is_string(),
        },
        Shape::Enum { .. } => example.is_string(),
        Shape::Alias(target) => fits(plan, *target, example),
        Shape::Struct { .. } | Shape::Array(_) | Shape::Map(_) | Shape::Any => false,
    }
}

/// A literal for a scalar.
fn scalar(scalar: Scalar, example: Option<&serde_json::Value>) -> TokenStream {
    match scalar {
        Scalar::Bool => {
            let value = example.and_then(serde_json::Value::as_bool).unwrap_or(true);
            quote!(#value)
        }
        Scalar::I32 => {
            let value = example.and_then(serde_json::Value::as_i64);
            let value = value
                .and_then(|value| i32::try_from(value).ok())
                .unwrap_or(1);
            let value = proc_macro2::Literal::i32_unsuffixed(value);
            quote!(#value)
        }
        Scalar::I64 => {
            let value = example.and_then(serde_json::Value::as_i64).unwrap_or(1);
            let value = proc_macro2::Literal::i64_unsuffixed(value);
            quote!(#value)
        }
        Scalar::F32 | Scalar::F64 => {
            let value = example
                .and_then(serde_json::Value::as_f64)
                .filter(|value| value.is_finite());
            let value = proc_macro2::Literal::f64_unsuffixed(value.unwrap_or(1.0));
            quote!(#value)
        }
        Scalar::String => {
            let text = example
                .and_then(serde_json::Value::as_str)
                .unwrap_or("\u{2026}");
            let text = super::markdown::visible(text);
            quote!(#text)
        }
    }
}
