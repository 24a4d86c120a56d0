//! What the tests of Bindery share.
//!
//! `cases` are small documents, one for each feature; `golden` is the code that they become,
//! compiled as a package of its own; `refused` are documents with something wrong, one for each
//! code. [`Server`] is a local HTTP server that shows what a client sends. [`PublicApi`] lists what
//! a crate offers, to see that growth changes nothing.

pub mod cases;
pub mod exchange;
pub mod gateway;
mod public_api;
pub mod server;
pub mod service;

pub use public_api::PublicApi;
pub use server::{Answer, Received, Server};
