//! The goldens, compiled as modules: `cargo test` shows that what they hold is Rust.
