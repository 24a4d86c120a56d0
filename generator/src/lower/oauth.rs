//! Where a token comes from: the flows of OAuth 2.0, and what describes them.

use super::Lowering;
use crate::document::{NodeRef, Version};
use crate::ir::{Flow, Grant, TokenSource};

/// The keys of flows (OpenAPI 3.2.0, OAuth Flows Object), each with the key of the address that a user
/// is sent to.
const FLOWS: [(&str, Grant, &str); 5] = [
    ("implicit", Grant::Implicit, "authorizationUrl"),
    ("password", Grant::Password, "authorizationUrl"),
    (
        "clientCredentials",
        Grant::ClientCredentials,
        "authorizationUrl",
    ),
    (
        "authorizationCode",
        Grant::AuthorizationCode,
        "authorizationUrl",
    ),
    (
        "deviceAuthorization",
        Grant::DeviceAuthorization,
        "deviceAuthorizationUrl",
    ),
];

impl<'d> Lowering<'d> {
    /// What the scheme at `node` says of where its token comes from.
    pub(super) fn token_source(&self, node: NodeRef<'d>) -> TokenSource {
        let newest = self.document.version() >= Version::OpenApi32;
        let metadata = match text(node, "type").as_deref() {
            Some("openIdConnect") => text(node, "openIdConnectUrl"),
            Some("oauth2") if newest => text(node, "oauth2MetadataUrl"),
            Some(_) | None => None,
        };
        let is_oauth = text(node, "type").as_deref() == Some("oauth2");
        let flows = node.get("flows").filter(|_| is_oauth);
        let flows = FLOWS
            .into_iter()
            .filter(|(_, grant, _)| newest || *grant != Grant::DeviceAuthorization)
            .filter_map(|(key, grant, address)| {
                let flow = flows?.get(key).filter(|flow| flow.is_object())?;
                Some(Flow {
                    grant,
                    authorization_url: text(flow, address),
                    token_url: text(flow, "tokenUrl"),
                    refresh_url: text(flow, "refreshUrl"),
                    scopes: scopes(flow),
                })
            });
        TokenSource {
            metadata_url: metadata,
            flows: flows.collect(),
        }
    }
}

/// The scopes of a flow with what each allows.
fn scopes(flow: NodeRef<'_>) -> Vec<(String, String)> {
    let scopes = flow.get("scopes").into_iter().flat_map(NodeRef::entries);
    let scopes = scopes.filter(|(scope, _)| !scope.starts_with("x-"));
    let scopes = scopes.map(|(scope, what)| {
        let what = what.text().unwrap_or_default();
        (scope.to_owned(), what.to_owned())
    });
    scopes.collect()
}

/// The text under a key; none where it is empty.
fn text(node: NodeRef<'_>, key: &str) -> Option<String> {
    let text = node.get(key)?.text()?.trim();
    (!text.is_empty()).then(|| text.to_owned())
}
