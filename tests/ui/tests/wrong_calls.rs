//! Wrong calls of the emitted crate do not compile, and say why.
//!
//! `TRYBUILD=overwrite cargo test -p bindery-wrong-calls --test wrong_calls` writes what the compiler says.

#[test]
fn wrong_calls_do_not_compile() {
    let cases = trybuild::TestCases::new();
    cases.pass("calls/right_call.rs");
    cases.compile_fail("calls/missing_required_field.rs");
    cases.compile_fail("calls/swapped_newtypes.rs");
    cases.compile_fail("calls/unknown_setter.rs");
    cases.compile_fail("calls/required_argument.rs");
    cases.compile_fail("calls/struct_literal.rs");
    cases.compile_fail("calls/unawaited_request.rs");
}
