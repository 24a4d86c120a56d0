//! Examples: short calls that compile, from the examples of the document where it has them.

use proc_macro2::TokenStream;
use quote::quote;

use super::Plan;
use super::ty::From;
use crate::config::Layout;
use crate::ir::{Operation, ReplyBody, SchemeKind, TypeId};
use crate::names::OperationNames;

mod call;
mod value;

use call::Call;
pub(super) use value::value;

/// How long a line of an example may be.
const WIDTH: usize = 100;

/// How deep an example goes into a value: what lies deeper is left to the reader.
const DEPTH: usize = 4;

/// A code block with a call of an operation.
pub(super) fn of_call(
    plan: &Plan<'_>,
    operation: &Operation,
    names: &OperationNames,
) -> Vec<String> {
    let library = library(plan);
    let Some(Call { body, inputs, uses }) = call::of(plan, operation, names) else {
        return Vec::new();
    };
    let method = names.method.ident();
    let types = uses_types(&body, &inputs).then(|| quote!(use #library::types;));
    let reading = reading(plan, operation, &quote!(client.#method(#(#inputs),*)));
    let code = quote! {
        #(#uses)*
        #types

        #body
        #reading
    };
    let lead = format!(
        "# async fn example(client: {0}::Client) -> Result<(), {0}::AnyError> {{",
        plan.options.library_name()
    );
    fenced(plan, &code, &[&lead], &["# Ok(())", "# }"])
}

/// The statements that send `call` and look at the reply: item by item where it is a stream.
fn reading(plan: &Plan<'_>, operation: &Operation, call: &TokenStream) -> TokenStream {
    let successes = plan.api.successes(operation);
    let body = successes.first().and_then(|success| success.body);
    match body.filter(|_| plan.api.agree(&successes)) {
        Some(ReplyBody::Bytes) => quote! {
            let mut reply = #call.await?;
            let bytes = reply.bytes().await?;
            println!("{bytes:?}");
        },
        Some(ReplyBody::Events(_) | ReplyBody::TextEvents) => quote! {
            let mut events = #call.await?;
            while let Some(event) = events.next().await {
                let event = event?;
                println!("{event:?}");
            }
        },
        Some(ReplyBody::JsonLines(_) | ReplyBody::JsonSequence(_)) => quote! {
            let mut items = #call.await?;
            while let Some(item) = items.next().await {
                let item = item?;
                println!("{item:?}");
            }
        },
        Some(ReplyBody::Json(_) | ReplyBody::Text) | None => quote! {
            let reply = #call.await?;
            println!("{reply:?}");
        },
    }
}

/// The code of the front page: a client, and a call of the first operation.
pub(super) fn front_page(plan: &Plan<'_>) -> Vec<String> {
    let library = library(plan);
    let client = client(plan);
    let mut operations = plan.api.operations.iter().zip(&plan.names.operations);
    let first = operations.find_map(|(operation, names)| {
        let call = call::of(plan, operation, names)?;
        Some((operation, names.method.ident(), call))
    });
    let Some((operation, method, Call { body, inputs, uses })) = first else {
        return Vec::new();
    };
    let reading = reading(plan, operation, &quote!(client.#method(#(#inputs),*)));
    let types = uses_types(&body, &inputs).then(|| quote!(types));
    let credentials = plan.api.has_credentials().then(|| quote!(Credentials,));
    let code = quote! {
        #(#uses)*
        use #library::{Client, #credentials #types};

        #client
        #body
        #reading
    };
    let lead = format!(
        "# async fn example() -> Result<(), {}::AnyError> {{",
        plan.options.library_name()
    );
    fenced(plan, &code, &[&lead], &["# Ok(())", "# }"])
}

/// A credential for a scheme whose constructor is `name`.
fn credential(
    plan: &Plan<'_>,
    kind: &SchemeKind,
    name: &proc_macro2::Ident,
) -> Option<TokenStream> {
    match kind {
        SchemeKind::Basic => Some(quote!(Credentials::#name("user", "password"))),
        SchemeKind::ApiKeyHeader { .. }
        | SchemeKind::ApiKeyQuery { .. }
        | SchemeKind::ApiKeyCookie { .. }
        | SchemeKind::Bearer => Some(quote!(Credentials::#name("\u{2026}"))),
        SchemeKind::Signing { .. } => {
            let library = library(plan);
            Some(quote!(Credentials::#name(#library::AccessKey::new("\u{2026}", "\u{2026}"))))
        }
        SchemeKind::MutualTls => None,
    }
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
    let schemes = plan.api.security_schemes.iter();
    let mut credentials = schemes
        .zip(&plan.names.security_schemes)
        .filter_map(|(scheme, name)| credential(plan, &scheme.kind, &name.ident()));
    let credentials = credentials.next();
    let credentials = match super::credentials::has_env(plan) {
        true => Some(quote!(Credentials::from_env()?)),
        false => credentials,
    };
    let credentials = credentials.map(|value| quote!(.credentials(#value)));
    let base_url = plan
        .api
        .servers
        .first()
        .filter(|server| server.is_relative())
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

/// A type as an example names it.
fn typed(plan: &Plan<'_>, id: TypeId) -> TokenStream {
    super::ty::ty(plan, id, From::Example)
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
    let owned = |lines: &[&str]| {
        lines
            .iter()
            .map(|&line| line.to_owned())
            .collect::<Vec<_>>()
    };
    let parts = [
        owned(&[fence]),
        owned(before),
        joined(&body.collect::<Vec<_>>()),
        owned(after),
        owned(&["```"]),
    ];
    parts.concat()
}

/// The lines, with the arguments that a chain begins with on its first line where they fit there:
/// `Type::new("a", "b")` and then `.setter(true)`.
fn joined(lines: &[&str]) -> Vec<String> {
    let mut out = Vec::new();
    let mut rest = lines;
    while let [first, after @ ..] = rest {
        rest = after;
        let end = after.iter().position(|line| line.trim() == ")");
        let chain = end.and_then(|end| {
            let (inputs, follows) = (after.get(..end)?, after.get(end + 1..)?);
            let simple = inputs
                .iter()
                .all(|line| line.ends_with(',') && !line.contains(['(', '[', '{']));
            let goes_on = follows.first()?.trim_start().starts_with('.');
            (first.ends_with('(') && simple && goes_on).then_some((inputs, follows))
        });
        let line = chain.map(|(inputs, follows)| {
            let inputs: Vec<&str> = inputs.iter().map(|line| line.trim()).collect();
            let inputs = inputs.join(" ");
            (format!("{first}{})", inputs.trim_end_matches(',')), follows)
        });
        match line {
            Some((line, follows)) if line.len() <= WIDTH => {
                out.push(line);
                rest = follows;
            }
            Some(_) | None => out.push((*first).to_owned()),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::joined;

    /// Only what begins a chain and fits is joined, and nothing that nests.
    #[test]
    fn a_chain_begins_on_one_line() {
        let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
        let chain = "let a = T::new(\n        \"x\",\n        1,\n    )\n    .b(true);";
        let chain: Vec<&str> = chain.lines().collect();
        assert_eq!(
            joined(&chain),
            lines("let a = T::new(\"x\", 1)\n    .b(true);")
        );
        for kept in [
            "a(\n    b,\n);",
            "let a = T::new(\n        U::new(1),\n    )\n    .b(true);",
            "let a = T::new(\n        \"0123456789012345678901234567890123456789012345678901234567890\",\n        \"0123456789012345678901234567\",\n    )\n    .b(true);",
        ] {
            let given: Vec<&str> = kept.lines().collect();
            assert_eq!(joined(&given), lines(kept));
        }
    }
}
