//! `bindery-manifest.json`: which files belong to the tool, and which names were ever disputed.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::names::Settled;

/// The path of the manifest.
pub const MANIFEST: &str = "bindery-manifest.json";

/// What the tool remembers of an emitted crate.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The tool and its version.
    pub generator: String,
    /// The files, each with the SHA-256 digest of its text in hexadecimal.
    pub files: BTreeMap<String, String>,
    /// Names that more than one item asked for, by what each item is remembered by.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub names: Settled,
}

impl Manifest {
    /// The manifest of `files`.
    pub(super) fn of(files: &BTreeMap<String, String>, names: Settled) -> Self {
        let digest = |text: &String| {
            let bytes = hmac_sha256::Hash::hash(text.as_bytes());
            bytes.iter().map(|byte| format!("{byte:02x}")).collect()
        };
        Self {
            generator: concat!("bindery ", env!("CARGO_PKG_VERSION")).to_owned(),
            files: files
                .iter()
                .map(|(path, text)| (path.clone(), digest(text)))
                .collect(),
            names,
        }
    }

    /// The manifest as it is written.
    pub(super) fn text(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }

    /// Reads the manifest of the folder `out`; an empty one where there is none.
    ///
    /// # Errors
    ///
    /// When there is one that cannot be read, or is none of ours.
    pub fn read(out: &std::path::Path) -> Result<Self, String> {
        let path = out.join(MANIFEST);
        match std::fs::read_to_string(&path) {
            Ok(text) => serde_json::from_str(&text).map_err(|error| error.to_string()),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
            // A file stands where the folder should be: writing will say so.
            Err(error) if error.kind() == std::io::ErrorKind::NotADirectory => Ok(Self::default()),
            Err(error) => Err(error.to_string()),
        }
    }
}
