//! The extensions that Bindery understands: one `x-` key each, refused where it makes no sense.

use crate::diag::{Code, Diag, Diags};
use crate::document::NodeRef;
use crate::ir::{ErrorBody, ErrorFields, Permission, SchemeKind, SigningAlgorithm};

/// Reads the members of an object-valued extension, and reports those that it does not have.
struct Members<'a, 'd> {
    key: &'static str,
    node: NodeRef<'d>,
    diags: &'a Diags,
}

impl<'a, 'd> Members<'a, 'd> {
    /// The members of `node`, the value of the extension `key`, of which `known` ones exist.
    fn new(key: &'static str, node: NodeRef<'d>, known: &[&str], diags: &'a Diags) -> Option<Self> {
        let members = Self { key, node, diags };
        if !node.is_object() {
            members.refuse(
                node,
                &format!("`{key}` is an object, not {}", node.type_name()),
            );
            return None;
        }
        for (name, child) in node.entries() {
            if !known.contains(&name) {
                let diag = Diag::new(
                    Code::InvalidExtension,
                    child.key_place(),
                    format!("`{key}` has no member `{name}`"),
                );
                let list: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
                diags.report(diag.help(format!("its members are {}", list.join(", "))));
            }
        }
        Some(members)
    }

    fn refuse(&self, node: NodeRef<'_>, message: &str) {
        let help = "docs/extensions.md shows each extension with an example";
        let diag = Diag::new(Code::InvalidExtension, node.place(), message).help(help);
        self.diags.report(diag);
    }

    /// A member that is text.
    fn text(&self, name: &str) -> Option<String> {
        let node = self.node.get(name)?;
        match node.as_str() {
            Some(text) => Some(text.to_owned()),
            None => {
                let found = node.type_name();
                self.refuse(
                    node,
                    &format!("`{name}` of `{}` is a string, not {found}", self.key),
                );
                None
            }
        }
    }

    /// A member that is text and has to be there.
    fn required_text(&self, name: &str) -> Option<String> {
        if self.node.get(name).is_none() {
            self.refuse(
                self.node,
                &format!("`{}` needs the member `{name}`", self.key),
            );
        }
        self.text(name)
    }

    /// A member that is true or false; false where it is missing.
    fn flag(&self, name: &str) -> bool {
        let Some(node) = self.node.get(name) else {
            return false;
        };
        node.as_bool().unwrap_or_else(|| {
            let found = node.type_name();
            self.refuse(
                node,
                &format!("`{name}` of `{}` is a boolean, not {found}", self.key),
            );
            false
        })
    }

    /// A member that is a list of texts.
    fn texts(&self, name: &str) -> Vec<String> {
        let Some(node) = self.node.get(name) else {
            return Vec::new();
        };
        texts(node).unwrap_or_else(|| {
            self.refuse(
                node,
                &format!("`{name}` of `{}` is a list of strings", self.key),
            );
            Vec::new()
        })
    }

    /// A member that is an object, with its own members.
    fn members(&self, name: &str, known: &[&str]) -> Option<Members<'a, 'd>> {
        Members::new(self.key, self.node.get(name)?, known, self.diags)
    }

    /// A member that is an object of texts.
    fn pairs(&self, name: &str) -> Vec<(String, String)> {
        let Some(node) = self.node.get(name) else {
            return Vec::new();
        };
        let pairs: Option<Vec<_>> = node
            .entries()
            .map(|(key, value)| Some((key.to_owned(), value.as_str()?.to_owned())))
            .collect();
        match pairs {
            Some(pairs) if node.is_object() => pairs,
            Some(_) | None => {
                self.refuse(
                    node,
                    &format!("`{name}` of `{}` is an object of strings", self.key),
                );
                Vec::new()
            }
        }
    }
}

/// A list of texts.
fn texts(node: NodeRef<'_>) -> Option<Vec<String>> {
    node.is_array().then(|| {
        node.items()
            .map(|item| item.as_str().map(str::to_owned))
            .collect()
    })?
}

/// `x-rust-name`: a name that is used as it is. Whether it is an identifier is for `names` to say.
pub(super) fn rust_name(node: NodeRef<'_>, diags: &Diags) -> Option<String> {
    let value = node.get("x-rust-name")?;
    match value.as_str() {
        Some(text) => Some(text.to_owned()),
        None => {
            let message = format!("`x-rust-name` is a string, not {}", value.type_name());
            diags.report(Diag::new(Code::InvalidExtension, value.place(), message));
            None
        }
    }
}

/// What `x-client-parameter` says of a parameter.
pub(super) struct ClientParameter {
    /// The environment variable that holds it.
    pub(super) env: Option<String>,
}

/// `x-client-parameter`: the parameter is set once on the client.
pub(super) fn client_parameter(node: NodeRef<'_>, diags: &Diags) -> Option<ClientParameter> {
    const KEY: &str = "x-client-parameter";
    let value = node.get(KEY)?;
    if value.as_bool() == Some(true) {
        return Some(ClientParameter { env: None });
    }
    let members = Members::new(KEY, value, &["env"], diags)?;
    Some(ClientParameter {
        env: members.text("env"),
    })
}

/// `x-request-signing`: requests are signed by an algorithm of a closed list.
pub(super) fn request_signing(node: NodeRef<'_>, diags: &Diags) -> Option<SchemeKind> {
    const KEY: &str = "x-request-signing";
    let value = node.get(KEY)?;
    let members = Members::new(
        KEY,
        value,
        &["algorithm", "parameter-headers", "env"],
        diags,
    )?;
    let algorithm = match members.required_text("algorithm")?.as_str() {
        "SDK-HMAC-SHA256" => SigningAlgorithm::SdkHmacSha256,
        other => {
            let node = value.get("algorithm").unwrap_or(value);
            members.refuse(
                node,
                &format!("`{KEY}` has no algorithm `{other}`: it has SDK-HMAC-SHA256"),
            );
            return None;
        }
    };
    let env = members.members("env", &["access-key", "secret-key", "security-token"]);
    let variable = |name: &str| env.as_ref().and_then(|env| env.text(name));
    Some(SchemeKind::Signing {
        algorithm,
        headers: members.pairs("parameter-headers"),
        access_key_env: variable("access-key"),
        secret_key_env: variable("secret-key"),
        security_token_env: variable("security-token"),
    })
}

/// `x-request-id-header`: the response headers that carry the id of a request.
pub(super) fn request_id_headers(root: NodeRef<'_>, diags: &Diags) -> Vec<String> {
    const KEY: &str = "x-request-id-header";
    let Some(value) = root.get(KEY) else {
        return Vec::new();
    };
    match value.as_str() {
        Some(name) => vec![name.to_owned()],
        None => texts(value).unwrap_or_else(|| {
            let message = format!("`{KEY}` is the name of a header, or a list of such names");
            diags.report(Diag::new(Code::InvalidExtension, value.place(), message));
            Vec::new()
        }),
    }
}

/// `x-error-body`: where the body of an error says what went wrong.
pub(super) fn error_body(root: NodeRef<'_>, diags: &Diags) -> Option<ErrorBody> {
    const KEY: &str = "x-error-body";
    let value = root.get(KEY)?;
    let known = ["fields", "nested", "request-id", "success-codes"];
    let members = Members::new(KEY, value, &known, diags)?;
    let mut fields = Vec::new();
    for node in value.get("fields").into_iter().flat_map(NodeRef::items) {
        let Some(pair) = Members::new(KEY, node, &["code", "message", "detail"], diags) else {
            continue;
        };
        if let (Some(code), Some(message)) =
            (pair.required_text("code"), pair.required_text("message"))
        {
            fields.push(ErrorFields {
                code,
                message,
                detail: pair.text("detail"),
            });
        }
    }
    if fields.is_empty() {
        members.refuse(
            value,
            &format!("`{KEY}` needs `fields`, a list with `code` and `message` each"),
        );
        return None;
    }
    Some(ErrorBody {
        fields,
        nested: members.flag("nested"),
        request_id: members.text("request-id"),
        success_codes: members.texts("success-codes"),
    })
}

/// `x-iam`: the permission that a caller of an operation needs.
pub(super) fn permission(node: NodeRef<'_>, diags: &Diags) -> Option<Permission> {
    const KEY: &str = "x-iam";
    let value = node.get(KEY)?;
    let known = [
        "action",
        "access-level",
        "resource-type",
        "condition-keys",
        "alias",
        "dependencies",
        "role-based",
    ];
    let members = Members::new(KEY, value, &known, diags)?;
    let resource = members.members("resource-type", &["name", "required"]);
    Some(Permission {
        action: members.required_text("action")?,
        level: members.text("access-level"),
        resource: resource.and_then(|resource| {
            Some((resource.required_text("name")?, resource.flag("required")))
        }),
        condition_keys: members.texts("condition-keys"),
        alias: members.texts("alias"),
        dependencies: members.texts("dependencies"),
        role_based: members.text("role-based"),
    })
}
