#!/usr/bin/env bash
# The emitted crate compiles without a warning with no feature, with each feature alone, and with all.
set -euo pipefail
cd "$(dirname "$0")/.."

manifest=generated/Cargo.toml
export RUSTFLAGS="-D warnings"
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-target}/features"

features=$(sed -n '/^\[features\]/,/^\[/p' "$manifest" | sed -n 's/^\([a-z0-9_-]*\) = .*/\1/p' | grep -v '^default$')

cargo check --quiet -p huaweicloud-workspace --no-default-features
for feature in $features; do
    echo "feature $feature"
    cargo check --quiet -p huaweicloud-workspace --no-default-features --features "$feature"
done
cargo check --quiet -p huaweicloud-workspace --all-features
echo "without, with each, and with all features: no warning"
