use super::*;

fn manifest(files: &[&SourceFile]) -> BTreeMap<&'static str, String> {
    let crates = dependencies(files).into_iter();
    crates
        .map(|(name, dependency)| (name, dependency.entry().to_string()))
        .collect()
}

#[test]
fn conversions_are_features_of_their_own() {
    let files = sources::select(["date_time", "uuid"]);
    let copied = features_of(&files, Runtime::Copied);
    assert_eq!(
        copied.keys().collect::<Vec<_>>(),
        [&"chrono", &"jiff", &"reqwest", &"time", &"uuid"]
    );
    assert_eq!(copied["chrono"], ["dep:chrono"]);
    assert_eq!(copied["uuid"], ["dep:uuid"]);
    let forwarded = features_of(&files, Runtime::Crate);
    assert!(forwarded.keys().eq(copied.keys()));
    assert_eq!(forwarded["jiff"], ["bindery-runtime/jiff"]);

    let crates = manifest(&files);
    assert_eq!(
        crates["jiff"],
        r#"{ default-features = false, features = ["std"], optional = true, version = "0.2" }"#
    );
    assert!(!crates.contains_key("rust_decimal"));
}

#[test]
fn a_client_without_such_values_has_no_such_features() {
    let files = sources::select(["object"]);
    let features = features_of(&files, Runtime::Copied);
    assert_eq!(features.keys().collect::<Vec<_>>(), [&"reqwest"]);
    assert_eq!(crate_features(&files), [""; 0]);
}

#[test]
fn two_files_get_the_features_that_either_needs() {
    let files = sources::select(["number", "value_enum"]);
    let crates = manifest(&files);
    assert_eq!(
        crates["serde_json"],
        r#"{ features = ["raw_value"], version = "1" }"#
    );
    let files = sources::select(["value_enum"]);
    assert_eq!(manifest(&files)["serde_json"], r#""1""#);
}

#[test]
fn a_crate_that_one_file_always_needs_is_not_optional() {
    let switched = CrateDep {
        name: "shared",
        version: "1",
        default_features: false,
        features: &["b"],
        optional_feature: Some("extra"),
    };
    let always = CrateDep {
        features: &["a"],
        optional_feature: None,
        ..switched
    };
    let file = SourceFile {
        name: "a.rs",
        text: "",
        needs: &[],
        crates: &[],
        always: false,
        feature: None,
    };
    let deps = [[switched], [always]].map(|deps| &*deps.to_vec().leak());
    let extra = SourceFile {
        crates: deps[0],
        feature: Some("extra"),
        ..file
    };
    let plain = SourceFile {
        crates: deps[1],
        ..file
    };
    let files = [&extra, &plain];
    assert_eq!(
        manifest(&files)["shared"],
        r#"{ default-features = false, features = ["a", "b"], version = "1" }"#
    );
    let features = features_of(&files, Runtime::Copied);
    assert_eq!(features["extra"], [""; 0]);
}

#[test]
fn the_runtime_as_a_crate_has_a_feature_for_what_needs_a_crate() {
    let files = sources::select(["sdk_hmac_sha256", "base64", "number"]);
    assert_eq!(
        crate_features(&files),
        ["base64", "number", "sdk-hmac-sha256"]
    );
}
