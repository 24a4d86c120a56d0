//! The sources of this crate as text, for the generator.
//!
//! In: nothing. Out: the files that an emitted crate can hold as its module `runtime`, with what
//! each needs: other files, and crates. This file is not handed out itself. It does not know what
//! an API needs; that is said to [`select`].

mod crates;

pub use crates::CrateDep;
use crates::{
    BASE64, BYTES, CHRONO, HMAC_SHA256, HTTP, HTTP_BODY, JIFF, PERCENT_ENCODING, REQWEST,
    REQWEST_CRATE, RUST_DECIMAL, RUSTLS, RUSTLS_PLATFORM_VERIFIER, SERDE, SERDE_JSON,
    SERDE_JSON_RAW, TIME, TOKIO, UUID,
};

/// A file of the runtime.
///
/// An emitted `runtime/mod.rs` has `mod body; pub use body::*;` for each file, under
/// `#[cfg(feature = ..)]` where [`feature`](Self::feature) says so, and nothing else. The `pub` or
/// the whole `use` is missing where [`exports`](Self::exports) says so.
///
/// A file `date_as_jiff.rs` converts what is in `date.rs` from and to the types of an optional
/// crate. It comes along with `date.rs`, which needs it in this sense.
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

    /// Who names items of the file.
    pub fn exports(&self) -> Exports {
        let has = |start: &str| self.text.lines().any(|line| line.starts_with(start));
        // The macro defines a type for everyone.
        match (
            has("pub ") || has("super::text_scalar!"),
            has("pub(super) "),
        ) {
            (true, _) => Exports::Everyone,
            (false, true) => Exports::Siblings,
            (false, false) => Exports::Nobody,
        }
    }
}

/// Who names items of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exports {
    /// The users of the runtime.
    Everyone,
    /// Other files only, as with a macro.
    Siblings,
    /// Nobody: it implements traits, and has no items.
    Nobody,
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
        name: "base64.rs",
        text: include_str!("base64.rs"),
        needs: &["text_scalar"],
        crates: &[BASE64],
        always: false,
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
        name: "date.rs",
        text: include_str!("date.rs"),
        needs: &[
            "date_as_chrono",
            "date_as_jiff",
            "date_as_time",
            "text_scalar",
        ],
        crates: &[],
        always: false,
        feature: None,
    },
    SourceFile {
        name: "date_as_chrono.rs",
        text: include_str!("date_as_chrono.rs"),
        needs: &["date"],
        crates: &[CHRONO],
        always: false,
        feature: Some("chrono"),
    },
    SourceFile {
        name: "date_as_jiff.rs",
        text: include_str!("date_as_jiff.rs"),
        needs: &["date"],
        crates: &[JIFF],
        always: false,
        feature: Some("jiff"),
    },
    SourceFile {
        name: "date_as_time.rs",
        text: include_str!("date_as_time.rs"),
        needs: &["date"],
        crates: &[TIME],
        always: false,
        feature: Some("time"),
    },
    SourceFile {
        name: "date_time.rs",
        text: include_str!("date_time.rs"),
        needs: &[
            "date_time_as_chrono",
            "date_time_as_jiff",
            "date_time_as_time",
            "text_scalar",
        ],
        crates: &[],
        always: false,
        feature: None,
    },
    SourceFile {
        name: "date_time_as_chrono.rs",
        text: include_str!("date_time_as_chrono.rs"),
        needs: &["date_time"],
        crates: &[CHRONO],
        always: false,
        feature: Some("chrono"),
    },
    SourceFile {
        name: "date_time_as_jiff.rs",
        text: include_str!("date_time_as_jiff.rs"),
        needs: &["date_time"],
        crates: &[JIFF],
        always: false,
        feature: Some("jiff"),
    },
    SourceFile {
        name: "date_time_as_time.rs",
        text: include_str!("date_time_as_time.rs"),
        needs: &["date_time"],
        crates: &[TIME],
        always: false,
        feature: Some("time"),
    },
    SourceFile {
        name: "decimal.rs",
        text: include_str!("decimal.rs"),
        needs: &["decimal_as_rust_decimal", "text_scalar"],
        crates: &[],
        always: false,
        feature: None,
    },
    SourceFile {
        name: "decimal_as_rust_decimal.rs",
        text: include_str!("decimal_as_rust_decimal.rs"),
        needs: &["decimal"],
        crates: &[RUST_DECIMAL],
        always: false,
        feature: Some("rust_decimal"),
    },
    SourceFile {
        name: "duration.rs",
        text: include_str!("duration.rs"),
        needs: &["duration_as_jiff", "text_scalar"],
        crates: &[],
        always: false,
        feature: None,
    },
    SourceFile {
        name: "duration_as_jiff.rs",
        text: include_str!("duration_as_jiff.rs"),
        needs: &["duration"],
        crates: &[JIFF],
        always: false,
        feature: Some("jiff"),
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
        name: "int_enum.rs",
        text: include_str!("int_enum.rs"),
        needs: &[],
        crates: &[SERDE],
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
        name: "number.rs",
        text: include_str!("number.rs"),
        needs: &["parameter"],
        crates: &[SERDE, SERDE_JSON_RAW],
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
        name: "patch.rs",
        text: include_str!("patch.rs"),
        needs: &["object"],
        crates: &[SERDE],
        always: false,
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
        name: "rest.rs",
        text: include_str!("rest.rs"),
        needs: &["object"],
        crates: &[SERDE],
        always: false,
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
        name: "secret_value.rs",
        text: include_str!("secret_value.rs"),
        needs: &["parameter", "secret"],
        crates: &[SERDE],
        always: false,
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
        name: "tagged.rs",
        text: include_str!("tagged.rs"),
        needs: &[],
        crates: &[SERDE, SERDE_JSON],
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
        name: "text_scalar.rs",
        text: include_str!("text_scalar.rs"),
        needs: &["parameter", "text"],
        crates: &[SERDE],
        always: false,
        feature: None,
    },
    SourceFile {
        name: "time.rs",
        text: include_str!("time.rs"),
        needs: &[
            "text_scalar",
            "time_as_chrono",
            "time_as_jiff",
            "time_as_time",
        ],
        crates: &[],
        always: false,
        feature: None,
    },
    SourceFile {
        name: "time_as_chrono.rs",
        text: include_str!("time_as_chrono.rs"),
        needs: &["time"],
        crates: &[CHRONO],
        always: false,
        feature: Some("chrono"),
    },
    SourceFile {
        name: "time_as_jiff.rs",
        text: include_str!("time_as_jiff.rs"),
        needs: &["time"],
        crates: &[JIFF],
        always: false,
        feature: Some("jiff"),
    },
    SourceFile {
        name: "time_as_time.rs",
        text: include_str!("time_as_time.rs"),
        needs: &["time"],
        crates: &[TIME],
        always: false,
        feature: Some("time"),
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
        name: "union.rs",
        text: include_str!("union.rs"),
        needs: &[],
        crates: &[SERDE, SERDE_JSON],
        always: false,
        feature: None,
    },
    SourceFile {
        name: "uri.rs",
        text: include_str!("uri.rs"),
        needs: &["text_scalar"],
        crates: &[],
        always: false,
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
    SourceFile {
        name: "uuid.rs",
        text: include_str!("uuid.rs"),
        needs: &["text_scalar", "uuid_as_uuid"],
        crates: &[],
        always: false,
        feature: None,
    },
    SourceFile {
        name: "uuid_as_uuid.rs",
        text: include_str!("uuid_as_uuid.rs"),
        needs: &["uuid"],
        crates: &[UUID],
        always: false,
        feature: Some("uuid"),
    },
    SourceFile {
        name: "value_enum.rs",
        text: include_str!("value_enum.rs"),
        needs: &[],
        crates: &[SERDE, SERDE_JSON],
        always: false,
        feature: None,
    },
];
