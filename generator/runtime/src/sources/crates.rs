//! The crates that files of the runtime name.
//!
//! In: nothing. Out: one entry for each crate, as it stands in a manifest. A crate that two files
//! need with different features has two entries. This file does not know the files.

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

/// The feature of the built-in transport, here and in emitted crates.
pub(super) const REQWEST: &str = "reqwest";

pub(super) const BASE64: CrateDep = CrateDep {
    name: "base64",
    version: "0.23",
    default_features: false,
    features: &["std"],
    optional_feature: None,
};

pub(super) const BYTES: CrateDep = CrateDep {
    name: "bytes",
    version: "1.11",
    default_features: false,
    features: &["std"],
    optional_feature: None,
};

pub(super) const CHRONO: CrateDep = CrateDep {
    name: "chrono",
    version: "0.4.34",
    default_features: false,
    features: &["std"],
    optional_feature: Some("chrono"),
};

pub(super) const FUTURES_CORE: CrateDep = CrateDep {
    name: "futures-core",
    version: "0.3",
    default_features: false,
    features: &["std"],
    optional_feature: None,
};

pub(super) const HMAC_SHA256: CrateDep = CrateDep {
    name: "hmac-sha256",
    version: "1.1",
    default_features: false,
    features: &[],
    optional_feature: None,
};

pub(super) const HTTP: CrateDep = CrateDep {
    name: "http",
    version: "1.3",
    default_features: true,
    features: &[],
    optional_feature: None,
};

pub(super) const HTTP_BODY: CrateDep = CrateDep {
    name: "http-body",
    version: "1",
    default_features: true,
    features: &[],
    optional_feature: None,
};

pub(super) const JIFF: CrateDep = CrateDep {
    name: "jiff",
    version: "0.2",
    default_features: false,
    features: &["std"],
    optional_feature: Some("jiff"),
};

pub(super) const PERCENT_ENCODING: CrateDep = CrateDep {
    name: "percent-encoding",
    version: "2.3",
    default_features: false,
    features: &["alloc"],
    optional_feature: None,
};

pub(super) const REQWEST_CRATE: CrateDep = CrateDep {
    name: "reqwest",
    version: "0.13.2",
    default_features: false,
    features: &["rustls-no-provider"],
    optional_feature: Some(REQWEST),
};

pub(super) const RUSTLS: CrateDep = CrateDep {
    name: "rustls",
    version: "0.23",
    default_features: false,
    features: &["ring", "std", "tls12"],
    optional_feature: Some(REQWEST),
};

pub(super) const RUSTLS_PLATFORM_VERIFIER: CrateDep = CrateDep {
    name: "rustls-platform-verifier",
    version: "0.7",
    default_features: true,
    features: &[],
    optional_feature: Some(REQWEST),
};

pub(super) const RUST_DECIMAL: CrateDep = CrateDep {
    name: "rust_decimal",
    version: "1.30",
    default_features: false,
    features: &["std"],
    optional_feature: Some("rust_decimal"),
};

pub(super) const SERDE: CrateDep = CrateDep {
    name: "serde",
    version: "1.0.220",
    default_features: false,
    features: &["std"],
    optional_feature: None,
};

pub(super) const SERDE_JSON: CrateDep = CrateDep {
    name: "serde_json",
    version: "1",
    default_features: true,
    features: &[],
    optional_feature: None,
};

/// With the text of a value.
pub(super) const SERDE_JSON_RAW: CrateDep = CrateDep {
    name: "serde_json",
    version: "1",
    default_features: true,
    features: &["raw_value"],
    optional_feature: None,
};

pub(super) const TIME: CrateDep = CrateDep {
    name: "time",
    version: "0.3.36",
    default_features: false,
    features: &["formatting", "parsing"],
    optional_feature: Some("time"),
};

pub(super) const TOKIO: CrateDep = CrateDep {
    name: "tokio",
    version: "1",
    default_features: true,
    features: &["rt", "time"],
    optional_feature: Some(REQWEST),
};

pub(super) const UUID: CrateDep = CrateDep {
    name: "uuid",
    version: "1",
    default_features: false,
    features: &["std"],
    optional_feature: Some("uuid"),
};
