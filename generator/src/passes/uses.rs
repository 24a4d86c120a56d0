//! Which parts of the runtime an API needs.
//!
//! Before: any API. After: each part that emitted code will name is known, so that the others can
//! be left out of it.

use crate::ir::{Api, SchemeKind, Shape};

/// Parts of the runtime that not every API needs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Uses {
    /// Objects with known properties.
    pub objects: bool,
    /// Open enumerations.
    pub enums: bool,
    /// Request signing by `SDK-HMAC-SHA256`.
    pub sdk_hmac_sha256: bool,
}

/// What `api` uses.
pub(super) fn uses(api: &Api) -> Uses {
    let mut uses = Uses::default();
    for def in &api.types {
        match def.shape {
            Shape::Struct { .. } => uses.objects = true,
            Shape::Enum { .. } => uses.enums = true,
            Shape::Newtype(_)
            | Shape::Alias(_)
            | Shape::Array(_)
            | Shape::Map(_)
            | Shape::Scalar(_)
            | Shape::Any => {}
        }
    }
    for scheme in &api.security_schemes {
        match scheme.kind {
            SchemeKind::Signing { .. } => uses.sdk_hmac_sha256 = true,
            SchemeKind::ApiKeyHeader { .. }
            | SchemeKind::ApiKeyQuery { .. }
            | SchemeKind::Basic
            | SchemeKind::Bearer => {}
        }
    }
    uses
}
