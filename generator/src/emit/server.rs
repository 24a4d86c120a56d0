//! What the document says as data: the statics that the runtime reads.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::Plan;
use crate::ir::{
    Encoding, ErrorBody, Location, Operation, Parameter, SchemeKind, SigningAlgorithm, Status,
    Style, Styled,
};

/// The `ApiInfo` of the crate.
pub(super) fn api_info(plan: &Plan<'_>) -> TokenStream {
    let api = plan.api;
    let title = &api.info.title;
    let user_agent = format!("{}/{}", plan.options.name, plan.options.version);
    let servers = servers(plan);
    let schemes = schemes(plan);
    let parameters = api
        .client_parameters
        .iter()
        .zip(&plan.names.client_parameters)
        .map(|(parameter, setter)| {
            let (name, setter) = (&parameter.name, setter.plain());
            let env = option(parameter.env.as_deref());
            quote!(runtime::ClientParameterInfo { name: #name, setter: #setter, env: #env })
        });
    let request_id_headers = api
        .request_id_headers
        .iter()
        .map(|name| name.to_ascii_lowercase());
    let error_body = match &api.error_body {
        None => quote!(None),
        Some(body) => {
            let body = error_body(body);
            quote!(Some(#body))
        }
    };
    quote! {
        runtime::ApiInfo {
            title: #title,
            user_agent: #user_agent,
            servers: &[#(#servers),*],
            security_schemes: &[#(#schemes),*],
            client_parameters: &[#(#parameters),*],
            request_id_headers: &[#(#request_id_headers),*],
            error_body: #error_body,
        }
    }
}

fn servers(plan: &Plan<'_>) -> Vec<TokenStream> {
    plan.api
        .servers
        .iter()
        .zip(&plan.names.servers)
        .map(|(server, setter)| {
            let (url, setter) = (&server.url, setter.plain());
            let variables = server.variables.iter().map(|(name, default)| {
                let known = plan
                    .api
                    .variables
                    .iter()
                    .position(|variable| variable.name == *name);
                let setter =
                    known.map_or(name.as_str(), |index| plan.names.variables[index].plain());
                quote!(runtime::VariableInfo { name: #name, default: #default, setter: #setter })
            });
            quote!(runtime::ServerInfo { name: #setter, url: #url, variables: &[#(#variables),*] })
        })
        .collect()
}

fn schemes(plan: &Plan<'_>) -> Vec<TokenStream> {
    plan.api
        .security_schemes
        .iter()
        .zip(&plan.names.security_schemes)
        .map(|(scheme, setter)| {
            let (name, setter) = (&scheme.name, setter.plain());
            let kind = scheme_kind(&scheme.kind);
            quote!(runtime::SecuritySchemeInfo { name: #name, setter: #setter, kind: #kind })
        })
        .collect()
}

fn scheme_kind(kind: &SchemeKind) -> TokenStream {
    match kind {
        SchemeKind::ApiKeyHeader { name } => {
            quote!(runtime::SchemeKind::ApiKey { location: runtime::Location::Header, name: #name })
        }
        SchemeKind::ApiKeyQuery { name } => {
            quote!(runtime::SchemeKind::ApiKey { location: runtime::Location::Query, name: #name })
        }
        SchemeKind::ApiKeyCookie { name } => {
            quote!(runtime::SchemeKind::ApiKey { location: runtime::Location::Cookie, name: #name })
        }
        SchemeKind::Basic => quote!(runtime::SchemeKind::Basic),
        SchemeKind::Bearer => quote!(runtime::SchemeKind::Bearer),
        SchemeKind::MutualTls => quote!(runtime::SchemeKind::MutualTls),
        SchemeKind::Signing {
            algorithm,
            headers,
            access_key_env,
            secret_key_env,
            security_token_env,
        } => {
            let sign = match algorithm {
                SigningAlgorithm::SdkHmacSha256 => quote!(runtime::sdk_hmac_sha256),
            };
            let headers = headers.iter().map(|(header, parameter)| {
                let header = header.to_ascii_lowercase();
                quote!((#header, #parameter))
            });
            let env = match (access_key_env, secret_key_env) {
                (Some(access_key), Some(secret_key)) => {
                    let security_token = option(security_token_env.as_deref());
                    quote!(Some(runtime::AccessKeyEnv {
                        access_key: #access_key,
                        secret_key: #secret_key,
                        security_token: #security_token,
                    }))
                }
                (None, _) | (_, None) => quote!(None),
            };
            quote!(runtime::SchemeKind::Signing(runtime::SigningInfo {
                sign: #sign,
                headers: &[#(#headers),*],
                env: #env,
            }))
        }
    }
}

fn error_body(body: &ErrorBody) -> TokenStream {
    let fields = body.fields.iter().map(|fields| {
        let (code, message) = (&fields.code, &fields.message);
        let detail = option(fields.detail.as_deref());
        quote!(runtime::ErrorFields { code: #code, message: #message, detail: #detail })
    });
    let nested = body.nested;
    let request_id = option(body.request_id.as_deref());
    let success_codes = &body.success_codes;
    quote! {
        runtime::ErrorBodyInfo {
            fields: &[#(#fields),*],
            nested: #nested,
            request_id: #request_id,
            success_codes: &[#(#success_codes),*],
        }
    }
}

/// The `OperationInfo` of an operation.
pub(super) fn operation_info(plan: &Plan<'_>, operation: &Operation) -> TokenStream {
    let id = &operation.id;
    let method = operation.method.as_str();
    let template = &operation.path;
    let tags = &operation.tags;
    let server = Literal::usize_unsuffixed(operation.server);
    let parameters = operation.parameters.iter().map(parameter_info);
    let auth = operation.auth.iter().map(|alternative| {
        let schemes = alternative
            .iter()
            .map(|&scheme| Literal::usize_unsuffixed(scheme));
        quote!(&[#(#schemes),*])
    });
    let idempotent = operation.method.is_idempotent();
    let links = links(plan, operation);
    quote! {
        OperationInfo {
            id: #id,
            method: #method,
            template: #template,
            tags: &[#(#tags),*],
            server: #server,
            parameters: &[#(#parameters),*],
            auth: &[#(#auth),*],
            idempotent: #idempotent,
            links: &[#(#links),*],
        }
    }
}

fn links(plan: &Plan<'_>, operation: &Operation) -> Vec<TokenStream> {
    operation
        .replies
        .iter()
        .flat_map(|reply| reply.links.iter().map(move |link| (reply.status, link)))
        .filter_map(|(status, link)| {
            let status = match status {
                Status::Code(code) => {
                    let code = Literal::u16_unsuffixed(code);
                    quote!(Some(#code))
                }
                Status::Default => quote!(None),
                // A range has no word in the runtime's table, and no document that we know uses one.
                Status::Range(_) => return None,
            };
            let value = &link.value;
            let id = &plan.api.operations[link.operation].id;
            let method = plan.names.operations[link.operation].method.plain();
            Some(quote!(runtime::LinkInfo {
                status: #status,
                value: #value,
                operation: #id,
                method: #method,
            }))
        })
        .collect()
}

/// The `ParameterInfo` of a parameter: what the document says otherwise than the specification.
fn parameter_info(parameter: &Parameter) -> TokenStream {
    let name = &parameter.name;
    let (constructor, usual) = match parameter.location {
        Location::QueryString => match parameter.encoding {
            Encoding::Form(_) => (quote!(query_form), (Style::Simple, false)),
            Encoding::Styled(_) | Encoding::Json => (quote!(query_string), (Style::Simple, false)),
        },
        Location::Path => (quote!(path), (Style::Simple, false)),
        Location::Query => (quote!(query), (Style::Form, true)),
        Location::Header => (quote!(header), (Style::Simple, false)),
        Location::Cookie => (quote!(cookie), (Style::Form, true)),
    };
    let how = match parameter.encoding {
        Encoding::Styled(styled) => styled_as(styled, usual),
        Encoding::Json | Encoding::Form(_) => TokenStream::new(),
    };
    let of_client = parameter.client.map(|_| quote!(.of_client()));
    quote!(runtime::ParameterInfo::#constructor(#name) #how #of_client)
}

/// The methods that say how a value is written, where that is not the `usual` style and explode.
pub(super) fn styled_as(styled: Styled, usual: (Style, bool)) -> TokenStream {
    let style = match styled.style {
        Style::Simple => quote!(runtime::Style::Simple),
        Style::Form => quote!(runtime::Style::Form),
        Style::Label => quote!(runtime::LABEL),
        Style::Matrix => quote!(runtime::MATRIX),
        Style::SpaceDelimited => quote!(runtime::SPACE_DELIMITED),
        Style::PipeDelimited => quote!(runtime::PIPE_DELIMITED),
        Style::DeepObject => quote!(runtime::DEEP_OBJECT),
        Style::Cookie => quote!(runtime::COOKIE),
    };
    let style = (styled.style != usual.0).then(|| quote!(.style(#style)));
    // This style has one form only.
    let differs = styled.explode != usual.1 && styled.style != Style::DeepObject;
    let explode = styled.explode;
    let explode = differs.then(|| quote!(.explode(#explode)));
    let reserved = styled.allow_reserved.then(|| quote!(.reserved()));
    quote!(#style #explode #reserved)
}

/// An optional text as an expression.
fn option(text: Option<&str>) -> TokenStream {
    match text {
        Some(text) => quote!(Some(#text)),
        None => quote!(None),
    }
}
