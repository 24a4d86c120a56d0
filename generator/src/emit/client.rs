//! The client and its builder.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::Docs;
use super::ty::{self, Argument, From};
use super::{Plan, credentials, docs, markdown, server};
use crate::ir::{Naming, SchemeKind, Server, TypeId};

/// `client.rs`.
pub(super) fn file(plan: &Plan<'_>) -> TokenStream {
    let info = server::api_info(plan);
    let title = markdown::line(&plan.api.info.title);
    let title = match title.trim_end_matches('.') {
        "" => "the API",
        title => title,
    };
    let client_docs = Docs::of(format!(
        "A client of {title}. Cheap to clone: clones share everything."
    ));
    let setters = setters(plan);
    let from_env = from_env(plan);
    let builder_from_env = builder_from_env(plan);
    let credentials = credentials::tokens(plan);
    let types = names_types(plan).then(|| {
        quote!(
            use super::types;
        )
    });
    let transport_docs = transport_docs(plan);
    quote! {
        //! The client: servers, credentials, and how requests are sent.

        use std::time::{Duration, SystemTime};

        use super::runtime::{self, BuildError, Core, CoreBuilder};
        #types

        /// What the document says of the API as a whole, as data.
        static API: runtime::ApiInfo = #info;

        #client_docs
        #[derive(Clone, Debug)]
        pub struct Client {
            core: Core,
        }

        impl Client {
            /// A client to be set up.
            pub fn builder() -> ClientBuilder {
                ClientBuilder { core: CoreBuilder::new(&API) }
            }

            #from_env

            /// What all requests share, for code that knows no operation: transport, servers,
            /// credentials.
            pub fn core(&self) -> &Core {
                &self.core
            }
        }

        /// Sets up a [`Client`].
        #[derive(Clone, Debug)]
        #[must_use = "a builder does nothing until `build` is called"]
        pub struct ClientBuilder {
            core: CoreBuilder,
        }

        impl ClientBuilder {
            #setters

            #transport_docs
            pub fn transport(mut self, transport: impl runtime::Transport + 'static) -> Self {
                self.core = self.core.transport(transport);
                self
            }

            /// Limits the time of each request, the reading of its reply included. Default: 60
            /// seconds.
            pub fn timeout(mut self, timeout: Duration) -> Self {
                self.core = self.core.timeout(timeout);
                self
            }

            /// Limits the time in which the built-in transport has to connect. Default: 10 seconds.
            pub fn connect_timeout(mut self, timeout: Duration) -> Self {
                self.core = self.core.connect_timeout(timeout);
                self
            }

            /// Adds a header to every request.
            pub fn header(mut self, name: &str, value: &str) -> Self {
                self.core = self.core.header(name, value);
                self
            }

            /// Puts `product` before the crate's own name in the header `User-Agent`.
            pub fn user_agent(mut self, product: &str) -> Self {
                self.core = self.core.user_agent(product);
                self
            }

            /// Limits the size of the body of a success, in bytes. Default: 64 MiB.
            pub fn max_body_bytes(mut self, bytes: usize) -> Self {
                self.core = self.core.max_body_bytes(bytes);
                self
            }

            /// Limits how much of the body of an error is read, in bytes. Default: 1 MiB.
            pub fn max_error_body_bytes(mut self, bytes: usize) -> Self {
                self.core = self.core.max_error_body_bytes(bytes);
                self
            }

            /// Takes the time from `clock` in place of the system's, where requests carry one.
            pub fn clock(mut self, clock: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
                self.core = self.core.clock(clock);
                self
            }

            #builder_from_env

            /// The client.
            ///
            /// # Errors
            ///
            /// When a URL or a header cannot be used, or there is no transport.
            pub fn build(self) -> Result<Client, BuildError> {
                Ok(Client { core: self.core.build()? })
            }
        }

        #credentials
    }
}

/// What a transport is for, and what the document asks of it.
fn transport_docs(plan: &Plan<'_>) -> Docs {
    let mut docs = Docs::of(
        "Sends requests through `transport` in place of the built-in one, which the feature \
         `reqwest` brings.",
    );
    for scheme in &plan.api.security_schemes {
        if scheme.kind != SchemeKind::MutualTls {
            continue;
        }
        docs.paragraph(format!(
            "Operations that ask for {} are authenticated by a certificate of the client, which TLS \
             shows (`mutualTLS`). The built-in transport has none: give one that has it, such as \
             `runtime::ReqwestTransport::from_client` with a `reqwest::Client` that has it in its TLS \
             configuration.",
            markdown::code(&scheme.name)
        ));
        if let Some(description) = &scheme.description {
            docs.prose(description);
        }
    }
    docs
}

/// Whether a setter mentions a type of `types`.
fn names_types(plan: &Plan<'_>) -> bool {
    let item = |id: TypeId| matches!(plan.api.ty(id).naming, Naming::Item { .. });
    plan.api
        .variables
        .iter()
        .filter_map(|variable| variable.ty)
        .any(item)
        || plan
            .api
            .client_parameters
            .iter()
            .any(|parameter| item(parameter.ty))
}

/// The setters that the document asks for: base URLs, variables, credentials, parameters.
fn setters(plan: &Plan<'_>) -> TokenStream {
    let mut out = TokenStream::new();
    for (variable, name) in plan.api.variables.iter().zip(&plan.names.variables) {
        let mut docs = match &variable.description {
            Some(description) => {
                let mut docs = Docs::default();
                docs.prose(description);
                docs
            }
            None => Docs::of(format!(
                "Sets {} in the URLs of servers.",
                markdown::code(&variable.name)
            )),
        };
        docs.paragraph(format!("Default: {}.", markdown::code(&variable.default)));
        let (key, name) = (&variable.name, name.ident());
        let (ty, value) = match variable.ty {
            Some(id) => {
                let ty = ty::ty(plan, id, From::Outside);
                (quote!(impl Into<#ty>), quote!(#name.into().as_str()))
            }
            None => (quote!(&str), quote!(#name)),
        };
        out.extend(quote! {
            #docs
            pub fn #name(mut self, #name: #ty) -> Self {
                self.core = self.core.variable(#key, #value);
                self
            }
        });
    }
    if plan.api.has_credentials() {
        out.extend(quote! {
            /// Authenticates requests. Each operation takes of the credentials what it asks for.
            pub fn credentials(mut self, credentials: Credentials) -> Self {
                self.core = self.core.credentials(credentials.set);
                self
            }
        });
    }
    for (parameter, name) in plan
        .api
        .client_parameters
        .iter()
        .zip(&plan.names.client_parameters)
    {
        let mut docs = Docs::default();
        docs::prose_of(&mut docs, &parameter.doc);
        if docs.is_empty() {
            docs = Docs::of(format!(
                "Sets {} for all requests.",
                markdown::code(&parameter.name)
            ));
        }
        docs.list(docs::constraints_through(plan, parameter.ty));
        let argument = Argument::new(plan, parameter.ty, From::Outside, name);
        let (key, name) = (&parameter.name, name.ident());
        let input = argument.input();
        let (value, text) = argument.text();
        out.extend(quote! {
            #docs
            pub fn #name(mut self, #input) -> Self {
                #value
                self.core = self.core.client_parameter(#key, #text);
                self
            }
        });
    }
    for (index, (server, name)) in plan.api.servers.iter().zip(&plan.names.servers).enumerate() {
        let docs = server_docs(server);
        let name = name.ident();
        let index = proc_macro2::Literal::usize_unsuffixed(index);
        out.extend(quote! {
            #docs
            pub fn #name(mut self, url: impl Into<String>) -> Self {
                self.core = self.core.base_url(#index, url);
                self
            }
        });
    }
    out
}

/// What a setter of a base URL sets, and what else it can be set to.
fn server_docs(server: &Server) -> Docs {
    let end = |text: &str| markdown::line(text).trim_end_matches('.').to_owned();
    let what = match server.description.as_deref().map(end) {
        Some(text) if !text.is_empty() => format!(": {text}"),
        Some(_) | None => String::new(),
    };
    let url = markdown::code(&server.url);
    let mut docs = if server.url.is_empty() {
        Docs::of("Sets the URL that operations are sent to: the document names none.")
    } else if server.is_relative() {
        Docs::of(format!(
            "Sets the URL that stands for {url}{what}. The document gives only this, which is relative \
             to where it is served: the host is yours to say, as in `https://api.example.com{}`.",
            server.url.replace('`', "")
        ))
    } else {
        Docs::of(format!("Sends to `url` what would go to {url}{what}."))
    };
    if !server.others.is_empty() {
        docs.paragraph("The document names others as well:");
        docs.list(server.others.iter().map(|(url, description)| {
            let url = markdown::code(url);
            match description.as_deref().map(end) {
                Some(text) if !text.is_empty() => format!("{url}: {text}."),
                Some(_) | None => format!("{url}."),
            }
        }));
    }
    docs
}

/// Whether anything can come from the environment.
fn has_env(plan: &Plan<'_>) -> bool {
    plan.api
        .client_parameters
        .iter()
        .any(|parameter| parameter.env.is_some())
        || credentials::has_env(plan)
}

/// `Client::from_env`.
fn from_env(plan: &Plan<'_>) -> TokenStream {
    if !has_env(plan) {
        return TokenStream::new();
    }
    let docs = env_docs(
        plan,
        "A client that takes what it can from the environment:",
    );
    quote! {
        #docs
        ///
        /// # Errors
        ///
        /// When there are no credentials in the environment, or only a part of them, or the client
        /// cannot be built.
        pub fn from_env() -> Result<Self, BuildError> {
            Self::builder().from_env()?.build()
        }
    }
}

/// `ClientBuilder::from_env`.
fn builder_from_env(plan: &Plan<'_>) -> TokenStream {
    if !has_env(plan) {
        return TokenStream::new();
    }
    let docs = env_docs(plan, "Takes what is not set yet from the environment:");
    quote! {
        #docs
        ///
        /// # Errors
        ///
        /// When there are no credentials in the environment either, or only a part of them.
        pub fn from_env(mut self) -> Result<Self, BuildError> {
            self.core = self.core.from_env()?;
            Ok(self)
        }
    }
}

/// A sentence and the variables.
fn env_docs(plan: &Plan<'_>, sentence: &str) -> Docs {
    let mut docs = Docs::of(sentence);
    let mut lines = credentials::env_lines(plan);
    for parameter in &plan.api.client_parameters {
        if let Some(env) = &parameter.env {
            lines.push(format!(
                "{}: {}.",
                markdown::code(env),
                markdown::code(&parameter.name)
            ));
        }
    }
    docs.list(lines);
    docs
}
