//! The sources of this crate as text, for the generator.
//!
//! In: nothing. Out: the files that an emitted crate can hold as its module `runtime`, with what
//! each needs: other files, and crates. This file is not handed out itself. It does not know what
//! an API needs; that is said to [`select`].

/// A file of the runtime.
///
/// An emitted `runtime/mod.rs` has `mod body; pub use body::*;` for each file, under
/// `#[cfg(feature = ..)]` where [`feature`](Self::feature) says so, and nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// The name of the file, as in `body.rs`.
    pub name: &'static str,
    /// What is in it.
    pub text: &'static str,
    /// The modules whose items it names, as in `transport`, in order.
    pub needs: &'static [&'static str],
    /// The crates that it names, in order.
    pub crates: &'static [CrateDep],
    /// Whether every client needs it.
    pub always: bool,
    /// The Cargo feature without which the module is left out.
    pub feature: Option<&'static str>,
}

impl SourceFile {
    /// The name of the module: that of the file without `.rs`.
    pub fn module(&self) -> &'static str {
        self.name.trim_end_matches(".rs")
    }
}

/// A crate that a file of the runtime needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CrateDep {
    /// The name of the package.
    pub name: &'static str,
    /// The version requirement.
    pub version: &'static str,
    /// Whether its default features are on.
    pub default_features: bool,
    /// The features that are on.
    pub features: &'static [&'static str],
    /// The Cargo feature that it is optional behind.
    pub optional_feature: Option<&'static str>,
}

/// All files, by name.
pub fn files() -> &'static [SourceFile] {
    FILES
}

/// The files that every client needs, those of `modules`, and what these need in turn, by name.
/// Names that are none of a module are passed over.
pub fn select<'names>(modules: impl IntoIterator<Item = &'names str>) -> Vec<&'static SourceFile> {
    let always = FILES.iter().filter(|file| file.always);
    let always = always.map(|file| file.module());
    let mut wanted: Vec<&str> = modules.into_iter().chain(always).collect();
    let mut selected = vec![false; FILES.len()];
    while let Some(module) = wanted.pop() {
        let Some(place) = FILES.iter().position(|file| file.module() == module) else {
            continue;
        };
        if !std::mem::replace(&mut selected[place], true) {
            wanted.extend(FILES[place].needs);
        }
    }
    let files = FILES.iter().zip(selected);
    files
        .filter_map(|(file, selected)| selected.then_some(file))
        .collect()
}

/// The feature of the built-in transport, here and in emitted crates.
const REQWEST: &str = "reqwest";

const BYTES: CrateDep = CrateDep {
    name: "bytes",
    version: "1.11",
    default_features: false,
    features: &["std"],
    optional_feature: None,
};
const HMAC_SHA256: CrateDep = CrateDep {
    name: "hmac-sha256",
    version: "1.1",
    default_features: false,
    features: &[],
    optional_feature: None,
};
const HTTP: CrateDep = CrateDep {
    name: "http",
    version: "1.3",
    default_features: true,
    features: &[],
    optional_feature: None,
};
const HTTP_BODY: CrateDep = CrateDep {
    name: "http-body",
    version: "1",
    default_features: true,
    features: &[],
    optional_feature: None,
};
const PERCENT_ENCODING: CrateDep = CrateDep {
    name: "percent-encoding",
    version: "2.3",
    default_features: false,
    features: &["alloc"],
    optional_feature: None,
};
const REQWEST_CRATE: CrateDep = CrateDep {
    name: "reqwest",
    version: "0.13.2",
    default_features: false,
    features: &["rustls-no-provider"],
    optional_feature: Some(REQWEST),
};
const RUSTLS: CrateDep = CrateDep {
    name: "rustls",
    version: "0.23",
    default_features: false,
    features: &["ring", "std", "tls12"],
    optional_feature: Some(REQWEST),
};
const RUSTLS_PLATFORM_VERIFIER: CrateDep = CrateDep {
    name: "rustls-platform-verifier",
    version: "0.7",
    default_features: true,
    features: &[],
    optional_feature: Some(REQWEST),
};
const SERDE: CrateDep = CrateDep {
    name: "serde",
    version: "1.0.220",
    default_features: false,
    features: &["std"],
    optional_feature: None,
};
const SERDE_JSON: CrateDep = CrateDep {
    name: "serde_json",
    version: "1",
    default_features: true,
    features: &[],
    optional_feature: None,
};
const TOKIO: CrateDep = CrateDep {
    name: "tokio",
    version: "1",
    default_features: true,
    features: &["rt", "time"],
    optional_feature: Some(REQWEST),
};

static FILES: &[SourceFile] = &[
    SourceFile {
        name: "any_error.rs",
        text: include_str!("any_error.rs"),
        needs: &["client", "credentials", "error", "platform", "reply"],
        crates: &[HTTP],
        always: true,
        feature: None,
    },
    SourceFile {
        name: "api.rs",
        text: include_str!("api.rs"),
        needs: &["operation", "signing"],
        crates: &[],
        always: true,
        feature: None,
    },
    SourceFile {
        name: "auth.rs",
        text: include_str!("auth.rs"),
        needs: &["api", "credentials", "operation", "request_error", "url"],
        crates: &[HTTP],
        always: true,
        feature: None,
    },
    SourceFile {
        name: "body.rs",
        text: include_str!("body.rs"),
        needs: &["platform", "transport"],
        crates: &[BYTES, HTTP_BODY],
        always: true,
        feature: None,
    },
    SourceFile {
        name: "call.rs",
        text: include_str!("call.rs"),
        needs: &[
            "api",
            "auth",
            "body",
            "client",
            "credentials",
            "error",
            "header",
            "operation",
            "parameter",
            "platform",
            "reply",
            "request_error",
            "signing",
            "url",
        ],
        crates: &[HTTP, SERDE, SERDE_JSON],
        always: true,
        feature: None,
    },
    SourceFile {
        name: "client.rs",
        text: include_str!("client.rs"),
        needs: &[
            "api",
            "credentials",
            "header",
            "platform",
            "reqwest_transport",
            "transport",
            "url",
        ],
        crates: &[HTTP],
        always: true,
        feature: None,
    },
    SourceFile {
        name: "credentials.rs",
        text: include_str!("credentials.rs"),
        needs: &["api", "operation", "secret"],
        crates: &[HTTP],
        always: true,
        feature: None,
    },
    SourceFile {
        name: "error.rs",
        text: include_str!("error.rs"),
        needs: &[
            "error_text",
            "operation",
            "reply",
            "request_error",
            "transport",
        ],
        crates: &[HTTP, SERDE_JSON],
        always: true,
        feature: None,
    },
    SourceFile {
        name: "error_body.rs",
        text: include_str!("error_body.rs"),
        needs: &["api"],
        crates: &[SERDE, SERDE_JSON],
        always: true,
        feature: None,
    },
    SourceFile {
        name: "error_text.rs",
        text: include_str!("error_text.rs"),
        needs: &["error", "operation", "reply", "request_error", "transport"],
        crates: &[SERDE_JSON],
        always: true,
        feature: None,
    },
    SourceFile {
        name: "external.rs",
        text: include_str!("external.rs"),
        needs: &[],
        crates: &[BYTES, HTTP, SERDE, SERDE_JSON],
        always: true,
        feature: None,
    },
    SourceFile {
        name: "form.rs",
        text: include_str!("form.rs"),
        needs: &[
            "call",
            "operation",
            "parameter",
            "request_error",
            "reserved",
            "serialized",
            "url",
        ],
        crates: &[SERDE, SERDE_JSON],
        always: false,
        feature: None,
    },
    SourceFile {
        name: "header.rs",
        text: include_str!("header.rs"),
        needs: &[],
        crates: &[HTTP],
        always: true,
        feature: None,
    },
    SourceFile {
        name: "header_text.rs",
        text: include_str!("header_text.rs"),
        needs: &[],
        crates: &[HTTP, SERDE, SERDE_JSON],
        always: false,
        feature: None,
    },
    SourceFile {
        name: "multipart.rs",
        text: include_str!("multipart.rs"),
        needs: &[
            "body",
            "call",
            "header",
            "parameter",
            "payload",
            "request_error",
            "transport",
        ],
        crates: &[BYTES, HTTP, HTTP_BODY, SERDE, SERDE_JSON],
        always: false,
        feature: None,
    },
    SourceFile {
        name: "object.rs",
        text: include_str!("object.rs"),
        needs: &[],
        crates: &[SERDE],
        always: false,
        feature: None,
    },
    SourceFile {
        name: "open_enum.rs",
        text: include_str!("open_enum.rs"),
        needs: &[],
        crates: &[],
        always: false,
        feature: None,
    },
    SourceFile {
        name: "operation.rs",
        text: include_str!("operation.rs"),
        needs: &["parameter", "url"],
        crates: &[HTTP],
        always: true,
        feature: None,
    },
    SourceFile {
        name: "parameter.rs",
        text: include_str!("parameter.rs"),
        needs: &["operation", "url"],
        crates: &[],
        always: true,
        feature: None,
    },
    SourceFile {
        name: "payload.rs",
        text: include_str!("payload.rs"),
        needs: &["body", "call", "header", "request_error"],
        crates: &[HTTP],
        always: false,
        feature: None,
    },
    SourceFile {
        name: "platform.rs",
        text: include_str!("platform.rs"),
        needs: &[],
        crates: &[],
        always: true,
        feature: None,
    },
    SourceFile {
        name: "reply.rs",
        text: include_str!("reply.rs"),
        needs: &["api", "error", "error_body", "operation", "response"],
        crates: &[BYTES, HTTP, SERDE, SERDE_JSON],
        always: true,
        feature: None,
    },
    SourceFile {
        name: "reply_media.rs",
        text: include_str!("reply_media.rs"),
        needs: &["error", "reply", "response"],
        crates: &[BYTES, HTTP, SERDE],
        always: false,
        feature: None,
    },
    SourceFile {
        name: "request_error.rs",
        text: include_str!("request_error.rs"),
        needs: &["signing"],
        crates: &[],
        always: true,
        feature: None,
    },
    SourceFile {
        name: "reqwest_transport.rs",
        text: include_str!("reqwest_transport.rs"),
        needs: &["body", "platform", "transport"],
        crates: &[
            BYTES,
            HTTP,
            HTTP_BODY,
            REQWEST_CRATE,
            RUSTLS,
            RUSTLS_PLATFORM_VERIFIER,
            TOKIO,
        ],
        always: true,
        feature: Some(REQWEST),
    },
    SourceFile {
        name: "reserved.rs",
        text: include_str!("reserved.rs"),
        needs: &["operation"],
        crates: &[PERCENT_ENCODING],
        always: false,
        feature: None,
    },
    SourceFile {
        name: "response.rs",
        text: include_str!("response.rs"),
        needs: &["api", "reply"],
        crates: &[HTTP],
        always: true,
        feature: None,
    },
    SourceFile {
        name: "sdk_hmac_sha256.rs",
        text: include_str!("sdk_hmac_sha256.rs"),
        needs: &["signing", "url"],
        crates: &[HMAC_SHA256, HTTP, PERCENT_ENCODING],
        always: false,
        feature: None,
    },
    SourceFile {
        name: "secret.rs",
        text: include_str!("secret.rs"),
        needs: &[],
        crates: &[],
        always: true,
        feature: None,
    },
    SourceFile {
        name: "serialized.rs",
        text: include_str!("serialized.rs"),
        needs: &["parameter"],
        crates: &[SERDE, SERDE_JSON],
        always: false,
        feature: None,
    },
    SourceFile {
        name: "signing.rs",
        text: include_str!("signing.rs"),
        needs: &["credentials"],
        crates: &[HTTP],
        always: true,
        feature: None,
    },
    SourceFile {
        name: "styles.rs",
        text: include_str!("styles.rs"),
        needs: &["operation", "parameter", "url"],
        crates: &[],
        always: false,
        feature: None,
    },
    SourceFile {
        name: "text.rs",
        text: include_str!("text.rs"),
        needs: &[],
        crates: &[SERDE],
        always: false,
        feature: None,
    },
    SourceFile {
        name: "transport.rs",
        text: include_str!("transport.rs"),
        needs: &["body", "platform"],
        crates: &[HTTP],
        always: true,
        feature: None,
    },
    SourceFile {
        name: "url.rs",
        text: include_str!("url.rs"),
        needs: &[],
        crates: &[PERCENT_ENCODING],
        always: true,
        feature: None,
    },
];
