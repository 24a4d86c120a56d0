//! Security schemes and what operations ask of them.

use super::{Lowering, extension};
use crate::diag::{Code, Diag};
use crate::document::{Kind, NodeRef, Version};
use crate::ir::{Auth, SchemeKind, SecurityScheme, TokenSource};

impl<'d> Lowering<'d> {
    /// The security schemes of the document. One that cannot be expressed costs the operations that
    /// have no way around it, and is reported with them.
    pub(super) fn security_schemes(&mut self, root: NodeRef<'d>) {
        let schemes = root
            .get("components")
            .and_then(|node| node.get("securitySchemes"));
        for (name, node) in schemes.into_iter().flat_map(NodeRef::entries) {
            let Some(target) = node.resolve(self.diags) else {
                continue;
            };
            match self.scheme_kind(target) {
                Ok(kind) => self.security_schemes.push(SecurityScheme {
                    deprecated: self.document.version() >= Version::OpenApi32
                        && target.get("deprecated").and_then(NodeRef::as_bool) == Some(true),
                    token: self.token_source(target),
                    name: name.to_owned(),
                    description: target
                        .get("description")
                        .and_then(NodeRef::as_str)
                        .map(str::to_owned),
                    kind,
                    pin: extension::rust_name(target, self.diags),
                }),
                Err(reason) => {
                    self.unsupported_schemes.insert(name, (node, reason));
                }
            }
        }
    }

    /// How a scheme works, or why that cannot be expressed.
    fn scheme_kind(&self, node: NodeRef<'d>) -> Result<SchemeKind, String> {
        let unreadable = || "its declaration cannot be read".to_owned();
        if node.get("x-request-signing").is_some() {
            return extension::request_signing(node, self.diags).ok_or_else(unreadable);
        }
        if node.get("type").and_then(NodeRef::as_str) == Some("mutualTLS")
            && self.document.version() != Version::OpenApi30
        {
            return Ok(SchemeKind::MutualTls);
        }
        let scheme = node
            .view::<openapiv3::SecurityScheme>(Kind::SecurityScheme, self.diags)
            .ok_or_else(unreadable)?;
        match scheme {
            openapiv3::SecurityScheme::APIKey { location, name, .. } => match location {
                openapiv3::APIKeyLocation::Header => Ok(SchemeKind::ApiKeyHeader { name }),
                openapiv3::APIKeyLocation::Query => Ok(SchemeKind::ApiKeyQuery { name }),
                openapiv3::APIKeyLocation::Cookie => Ok(SchemeKind::ApiKeyCookie { name }),
            },
            openapiv3::SecurityScheme::HTTP { scheme, .. } => {
                match scheme.to_ascii_lowercase().as_str() {
                    "basic" => Ok(SchemeKind::Basic),
                    "bearer" => Ok(SchemeKind::Bearer),
                    // Each request answers a challenge of its own (RFC 7616): no value stands for it.
                    "digest" => {
                        Err("HTTP authentication by `digest` is not supported yet".to_owned())
                    }
                    // Of any other scheme the caller knows what the header holds (RFC 9110, section
                    // 11.6.2).
                    _ => Ok(whole_header()),
                }
            }
            // However such a token is got, it is sent as a bearer token (RFC 6750, section 2.1).
            openapiv3::SecurityScheme::OAuth2 { .. }
            | openapiv3::SecurityScheme::OpenIDConnect { .. } => Ok(SchemeKind::Bearer),
        }
    }

    /// What authenticates requests of the operation at `node`: its own `security`, else the
    /// document's. None where nothing that it asks for can be expressed: then it must be skipped,
    /// since a call never goes out without what its document asks for.
    pub(super) fn auth(&mut self, node: NodeRef<'d>) -> Option<Auth> {
        // `null` is reported as ignored, so it leaves the document's in force.
        let stated = |of: NodeRef<'d>| of.get("security").filter(|security| !security.is_null());
        let Some(security) = stated(node).or_else(|| stated(self.document.root())) else {
            return Some(Auth::new());
        };
        let readable =
            security.is_array() && security.items().all(|requirement| requirement.is_object());
        if !readable {
            let message = "the operation is left out: what authenticates it cannot be read";
            let diag = Diag::new(Code::UnsupportedSecurity, node.key_place(), message);
            self.diags
                .report(diag.related(security.key_place(), "`security` is a list of objects"));
            return None;
        }
        let (mut alternatives, mut lost) = self.alternatives_of(security);
        if alternatives.is_empty() && !security.is_empty() && self.declare_unknown(&lost, node) {
            (alternatives, lost) = self.alternatives_of(security);
        }
        if !alternatives.is_empty() || security.is_empty() {
            return Some(alternatives);
        }
        for name in lost {
            self.report_lost_scheme(name, node);
        }
        None
    }

    /// The alternatives that can be expressed, and the names of schemes that cannot.
    fn alternatives_of(&self, security: NodeRef<'d>) -> (Auth, Vec<&'d str>) {
        let mut alternatives = Auth::new();
        let mut lost = Vec::new();
        for requirement in security.items() {
            let mut schemes = Vec::new();
            let mut complete = true;
            for (name, _) in requirement.entries() {
                match self
                    .security_schemes
                    .iter()
                    .position(|scheme| scheme.name == name)
                {
                    Some(scheme) => schemes.push(scheme),
                    None => {
                        complete = false;
                        lost.push(name);
                    }
                }
            }
            if complete {
                alternatives.push(schemes);
            }
        }
        (alternatives, lost)
    }

    /// Takes schemes that the document asks for and does not declare for ones of which the caller knows
    /// the header, so that no operation is lost for want of a declaration, and none goes out without
    /// authentication. Whether there are any.
    fn declare_unknown(&mut self, names: &[&'d str], node: NodeRef<'d>) -> bool {
        let mut any = false;
        for name in names {
            let mut schemes = self.security_schemes.iter();
            if self.unsupported_schemes.contains_key(name) || schemes.any(|of| of.name == *name) {
                continue;
            }
            any = true;
            let message = format!(
                "`{name}` is asked for and not declared: callers give the whole `Authorization` header"
            );
            let declared = match self.document.written_version() {
                Version::Swagger20 => "securityDefinitions",
                Version::OpenApi30 | Version::OpenApi31 | Version::OpenApi32 => {
                    "components.securitySchemes"
                }
            };
            let diag = Diag::new(Code::UnknownSecurityScheme, node.key_place(), message);
            self.diags
                .report(diag.help(format!("declare `{name}` under `{declared}`")));
            let description = "The document asks for it and does not say what it is. The key is all that \
                               the header holds, such as `Bearer` and a token.";
            self.security_schemes.push(SecurityScheme {
                name: (*name).to_owned(),
                description: Some(description.to_owned()),
                deprecated: false,
                kind: whole_header(),
                token: TokenSource::default(),
                pin: None,
            });
        }
        any
    }

    /// Says that the operation at `node` is left out, since nobody could be authenticated by the
    /// scheme `name`.
    fn report_lost_scheme(&self, name: &str, node: NodeRef<'d>) {
        let Some((declaration, reason)) = self.unsupported_schemes.get(name) else {
            return;
        };
        let message = format!("the operation needs `{name}` and is left out: {reason}");
        let diag = Diag::new(Code::UnsupportedSecurity, node.key_place(), message);
        self.diags
            .report(diag.related(declaration.key_place(), "it is declared here"));
    }
}

/// The scheme of which the caller gives the whole `Authorization` header.
fn whole_header() -> SchemeKind {
    SchemeKind::ApiKeyHeader {
        name: "Authorization".to_owned(),
    }
}
