//! What the cases become: `cargo test` shows that it compiles.

/// What `cases/all-of.yaml` becomes.
#[rustfmt::skip]
pub mod all_of;

/// What `cases/any-of.yaml` becomes.
#[rustfmt::skip]
pub mod any_of;

/// What `cases/awkward.yaml` becomes.
#[rustfmt::skip]
pub mod awkward;

/// What `cases/enums.yaml` becomes.
#[rustfmt::skip]
pub mod enums;

/// What `cases/formats.yaml` becomes.
#[rustfmt::skip]
pub mod formats;

/// What `cases/inheritance.yaml` becomes.
#[rustfmt::skip]
pub mod inheritance;

/// What `cases/maps.yaml` becomes.
#[rustfmt::skip]
pub mod maps;

/// What `cases/names.yaml` becomes.
#[rustfmt::skip]
pub mod names;

/// What `cases/names-anything.yaml` becomes.
#[rustfmt::skip]
pub mod names_anything;

/// What `cases/nullable.yaml` becomes.
#[rustfmt::skip]
pub mod nullable;

/// What `cases/one-of.yaml` becomes.
#[rustfmt::skip]
pub mod one_of;

/// What `cases/one-of-discriminator.yaml` becomes.
#[rustfmt::skip]
pub mod one_of_discriminator;

/// What `cases/parameters.yaml` becomes.
#[rustfmt::skip]
pub mod parameters;

/// What `cases/presence.yaml` becomes.
#[rustfmt::skip]
pub mod presence;

/// What `cases/prose.yaml` becomes.
#[rustfmt::skip]
pub mod prose;

/// What `cases/read-only.yaml` becomes.
#[rustfmt::skip]
pub mod read_only;

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
