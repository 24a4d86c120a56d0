//! Wrong calls of the emitted crate do not compile, and say why.
//!
//! `TRYBUILD=overwrite cargo test -p bindery-tests --test wrong_calls` writes what the compiler says.

#[test]
fn wrong_calls_do_not_compile() {
    let cases = trybuild::TestCases::new();
    cases.pass("ui/right_call.rs");
    cases.compile_fail("ui/missing_required_field.rs");
    cases.compile_fail("ui/swapped_newtypes.rs");
    cases.compile_fail("ui/unknown_setter.rs");
    cases.compile_fail("ui/required_argument.rs");
    cases.compile_fail("ui/struct_literal.rs");
    cases.compile_fail("ui/unawaited_request.rs");
}
