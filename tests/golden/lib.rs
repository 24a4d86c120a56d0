//! What the cases become: `cargo test` shows that it compiles.

/// What `cases/awkward.yaml` becomes.
#[rustfmt::skip]
pub mod awkward;

/// What `cases/names.yaml` becomes.
#[rustfmt::skip]
pub mod names;

/// What `cases/parameters.yaml` becomes.
#[rustfmt::skip]
pub mod parameters;

/// What `cases/presence.yaml` becomes.
#[rustfmt::skip]
pub mod presence;

/// What `cases/prose.yaml` becomes.
#[rustfmt::skip]
pub mod prose;

/// What `cases/recursion.yaml` becomes.
#[rustfmt::skip]
pub mod recursion;

/// What `cases/references/openapi.yaml` becomes.
#[rustfmt::skip]
pub mod references;

/// What `cases/replies.yaml` becomes.
#[rustfmt::skip]
pub mod replies;

/// What `cases/security.yaml` becomes.
#[rustfmt::skip]
pub mod security;
