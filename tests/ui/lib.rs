//! Calls of the emitted crate that must not compile are in `calls/`, each with what the compiler says
//! about it; `tests/wrong_calls.rs` holds them to it.
