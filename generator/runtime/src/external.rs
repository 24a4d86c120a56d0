//! Items of other crates that emitted code names.
//!
//! In: nothing. Out: re-exports, so that an emitted file needs one import line, and so that those
//! who use an emitted crate can name what its functions take and return without a dependency of
//! their own. This file defines nothing.

pub use bytes::Bytes;
pub use http::{HeaderMap, Method, StatusCode};
pub use serde::{Deserialize, Deserializer, Serialize, Serializer};
pub use serde_json::Value;
