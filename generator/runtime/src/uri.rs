//! URIs that keep their text.
//!
//! In: a text. Out: the same text. This file does not take them apart.

super::text_scalar! {
    /// A URI or a reference to one, as in `https://example.com/a?b` (format `uri`; RFC 3986).
    Uri
}
