//! What the cases become: `cargo test` shows that it compiles.

/// What `cases/additional-operations.yaml` becomes.
#[rustfmt::skip]
pub mod additional_operations;

/// What `cases/all-of.yaml` becomes.
#[rustfmt::skip]
pub mod all_of;

/// What `cases/any-of.yaml` becomes.
#[rustfmt::skip]
pub mod any_of;

/// What `cases/awkward.yaml` becomes.
#[rustfmt::skip]
pub mod awkward;

/// What `cases/body-bytes.yaml` becomes.
#[rustfmt::skip]
pub mod body_bytes;

/// What `cases/body-form.yaml` becomes.
#[rustfmt::skip]
pub mod body_form;

/// What `cases/body-multipart.yaml` becomes.
#[rustfmt::skip]
pub mod body_multipart;

/// What `cases/body-several.yaml` becomes.
#[rustfmt::skip]
pub mod body_several;

/// What `cases/body-text.yaml` becomes.
#[rustfmt::skip]
pub mod body_text;

/// What `cases/byte-stream.yaml` becomes.
#[rustfmt::skip]
pub mod byte_stream;

/// What `cases/callbacks.yaml` becomes.
#[rustfmt::skip]
pub mod callbacks;

/// What `cases/conditions.yaml` becomes.
#[rustfmt::skip]
pub mod conditions;

/// What `cases/default-mapping.yaml` becomes.
#[rustfmt::skip]
pub mod default_mapping;

/// What `cases/enums.yaml` becomes.
#[rustfmt::skip]
pub mod enums;

/// What `cases/event-items.yaml` becomes.
#[rustfmt::skip]
pub mod event_items;

/// What `cases/event-stream.yaml` becomes.
#[rustfmt::skip]
pub mod event_stream;

/// What `cases/formats.yaml` becomes.
#[rustfmt::skip]
pub mod formats;

/// What `cases/head.yaml` becomes.
#[rustfmt::skip]
pub mod head;

/// What `cases/inheritance.yaml` becomes.
#[rustfmt::skip]
pub mod inheritance;

/// What `cases/json-lines.yaml` becomes.
#[rustfmt::skip]
pub mod json_lines;

/// What `cases/json-schema.yaml` becomes.
#[rustfmt::skip]
pub mod json_schema;

/// What `cases/links.yaml` becomes.
#[rustfmt::skip]
pub mod links;

/// What `cases/maps.yaml` becomes.
#[rustfmt::skip]
pub mod maps;

/// What `cases/names.yaml` becomes.
#[rustfmt::skip]
pub mod names;

/// What `cases/names-anything.yaml` becomes.
#[rustfmt::skip]
pub mod names_anything;

/// What `cases/not.yaml` becomes.
#[rustfmt::skip]
pub mod not;

/// What `cases/nullable.yaml` becomes.
#[rustfmt::skip]
pub mod nullable;

/// What `cases/one-of.yaml` becomes.
#[rustfmt::skip]
pub mod one_of;

/// What `cases/one-of-discriminator.yaml` becomes.
#[rustfmt::skip]
pub mod one_of_discriminator;

/// What `cases/operation-ids.yaml` becomes.
#[rustfmt::skip]
pub mod operation_ids;

/// What `cases/operations-awkward.yaml` becomes.
#[rustfmt::skip]
pub mod operations_awkward;

/// What `cases/parameters.yaml` becomes.
#[rustfmt::skip]
pub mod parameters;

/// What `cases/parameters-content.yaml` becomes.
#[rustfmt::skip]
pub mod parameters_content;

/// What `cases/parameters-cookie.yaml` becomes.
#[rustfmt::skip]
pub mod parameters_cookie;

/// What `cases/parameters-cookie-style.yaml` becomes.
#[rustfmt::skip]
pub mod parameters_cookie_style;

/// What `cases/parameters-many.yaml` becomes.
#[rustfmt::skip]
pub mod parameters_many;

/// What `cases/parameters-querystring.yaml` becomes.
#[rustfmt::skip]
pub mod parameters_querystring;

/// What `cases/parameters-styles.yaml` becomes.
#[rustfmt::skip]
pub mod parameters_styles;

/// What `cases/path-items.yaml` becomes.
#[rustfmt::skip]
pub mod path_items;

/// What `cases/pattern-properties.yaml` becomes.
#[rustfmt::skip]
pub mod pattern_properties;

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

/// What `cases/reply-headers.yaml` becomes.
#[rustfmt::skip]
pub mod reply_headers;

/// What `cases/reply-several.yaml` becomes.
#[rustfmt::skip]
pub mod reply_several;

/// What `cases/reply-text.yaml` becomes.
#[rustfmt::skip]
pub mod reply_text;

/// What `cases/security.yaml` becomes.
#[rustfmt::skip]
pub mod security;

/// What `cases/security-certificate.yaml` becomes.
#[rustfmt::skip]
pub mod security_certificate;

/// What `cases/security-oauth.yaml` becomes.
#[rustfmt::skip]
pub mod security_oauth;

/// What `cases/servers.yaml` becomes.
#[rustfmt::skip]
pub mod servers;

/// What `cases/swagger-body.yaml` becomes.
#[rustfmt::skip]
pub mod swagger_body;

/// What `cases/swagger-collection-formats.yaml` becomes.
#[rustfmt::skip]
pub mod swagger_collection_formats;

/// What `cases/swagger-file.yaml` becomes.
#[rustfmt::skip]
pub mod swagger_file;

/// What `cases/swagger-form.yaml` becomes.
#[rustfmt::skip]
pub mod swagger_form;

/// What `cases/swagger-inheritance.yaml` becomes.
#[rustfmt::skip]
pub mod swagger_inheritance;

/// What `cases/swagger-responses.yaml` becomes.
#[rustfmt::skip]
pub mod swagger_responses;

/// What `cases/swagger-security.yaml` becomes.
#[rustfmt::skip]
pub mod swagger_security;

/// What `cases/swagger-servers.yaml` becomes.
#[rustfmt::skip]
pub mod swagger_servers;

/// What `cases/tags.yaml` becomes.
#[rustfmt::skip]
pub mod tags;

/// What `cases/tuples.yaml` becomes.
#[rustfmt::skip]
pub mod tuples;

/// What `cases/webhooks.yaml` becomes.
#[rustfmt::skip]
pub mod webhooks;

/// What `cases/wide-numbers.yaml` becomes.
#[rustfmt::skip]
pub mod wide_numbers;
