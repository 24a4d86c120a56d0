//! What `spec/workspace.yaml` becomes: the model, the names, and what the crate offers. The code
//! itself is held by `generated/` (see `fresh.rs`).

use std::fs;

use bindery::config::Options;
use bindery::diag::Diags;
use bindery::inspect;
use bindery::names::Settled;
use bindery_tests::PublicApi;
use bindery_tests::cases::{folder, generate_with, root, shown};

#[test]
fn model_names_and_public_api() {
    let text = fs::read_to_string(root().join("spec/workspace.yaml")).expect("the document");
    let diags = Diags::default();
    let options = Options::new("workspace.yaml", "generated", Some("huaweicloud-workspace"));
    let generated = generate_with("workspace.yaml", &text, &options, &Settled::new(), &diags);
    let generated = generated.unwrap_or_else(|_| panic!("{}", shown(&diags)));
    assert_eq!(
        shown(&diags),
        "",
        "there is nothing to report about our own document"
    );
    let planned = &generated.planned;
    let files = generated
        .files
        .files
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()));
    insta::with_settings!({
        snapshot_path => folder().join("snapshots"),
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::assert_snapshot!("workspace-model", inspect::dump(&planned.api));
        insta::assert_snapshot!(
            "workspace-names",
            inspect::inspect(&planned.api, &planned.names, &[]).text()
        );
        insta::assert_snapshot!("workspace-public-api", PublicApi::of(files).text());
    });
}

/// Each operation is sent to a server, and an error of it decoded, by one of the tests beside this.
#[test]
fn every_operation_goes_over_the_wire() {
    let text = fs::read_to_string(root().join("spec/workspace.yaml")).expect("the document");
    let operations: Vec<&str> = text
        .lines()
        .filter_map(|line| line.strip_prefix("      operationId: "))
        .collect();
    assert!(operations.len() >= 27, "{operations:?}");
    let mut tests = String::new();
    for entry in fs::read_dir(folder().join("tests")).expect("the tests") {
        let path = entry.expect("a test").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with("wire") {
            tests += &fs::read_to_string(&path).expect("a test can be read");
        }
    }
    for operation in operations {
        let error = format!("{operation}Error");
        let known = tests
            .split(|character: char| !character.is_alphanumeric())
            .any(|word| word == error);
        assert!(known, "no test on the wire knows {error}");
    }
}

/// Everything that the document says of the permission and of where to read more is in the docs.
#[test]
fn permissions_reach_the_docs() {
    let source = root().join("generated/src/operations/desktop.rs");
    let emitted = fs::read_to_string(source).expect("the operations");
    // Lines of a comment are broken where they get long.
    let prose = emitted
        .replace("\n    /// ", " ")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    for part in [
        "workspace:desktops:createImage",
        "access level Write",
        "`desktop` (a policy has to name it)",
        "g:ResourceTag/<tag-key>",
        "g:EnterpriseProjectId",
        "ims:quotas:get",
        "ims:images:get",
        "ims:images:list",
        "ims:images:setTags",
        "ims:images:setOrDeleteTags",
        "ims:images:updateMemberStatus",
        "ims:images:copyInRegion",
        "ims:serverImages:create",
        "role-based authorization",
        "ChangeDesktopToImage.html",
        "can be passed to `decode_authorization_message`",
    ] {
        assert!(prose.contains(part), "the docs lack {part:?}");
    }
}
