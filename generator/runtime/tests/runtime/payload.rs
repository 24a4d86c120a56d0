//! Bodies of the caller's own media type, and what the caller accepts.

use bindery_runtime::{Call, Payload, RequestErrorKind, check_media_type};

use crate::support::{End, FakeTransport, Pieces, block_on, core, operation, refused, sent};

fn call(core: &bindery_runtime::Core) -> Call {
    Call::new(core, operation("/x", &[]))
}

#[test]
fn a_payload_says_what_it_is() {
    let payload = Payload::new("text/csv; charset=utf-8", "a,b");
    assert_eq!(payload.content_type(), "text/csv; charset=utf-8");
    assert_eq!(
        format!("{payload:?}"),
        "Payload { content_type: \"text/csv; charset=utf-8\", body: Body(3 bytes) }"
    );
    let first = sent(|core| call(core).payload(payload.clone()));
    assert_eq!(
        first.header("content-type"),
        Some("text/csv; charset=utf-8")
    );
    assert_eq!(first.body, b"a,b");
    let own = sent(|core| call(core).payload(payload).header("content-type", "a/b"));
    assert_eq!(own.header("content-type"), Some("a/b"));
}

#[test]
fn clones_share_a_stream() {
    let payload = Payload::new("a/b", Pieces::body(&["x", "y"], End::Whole));
    let transport = FakeTransport::replying(200, "");
    let core = core(&transport);
    let unsent = call(&core).payload(payload.clone());
    block_on(call(&core).payload(payload.clone()).send()).unwrap();
    assert_eq!(transport.only_sent().body, b"xy");
    for call in [unsent, call(&core).payload(payload)] {
        let error = block_on(call.send()).unwrap_err();
        assert!(error.to_string().contains("already sent"), "{error}");
    }
}

#[test]
fn media_types_that_are_none() {
    for text in [
        "", "text", "text/", "/plain", "*/*", "image/*", "a b/c", "a/b c", "\u{e4}/b",
    ] {
        assert!(check_media_type(text).is_err(), "{text:?}");
    }
    for text in [
        "a/b",
        "application/vnd.x+json; q=\"a b\"",
        " text/plain ;charset=utf-8",
    ] {
        assert_eq!(check_media_type(text), Ok(()), "{text:?}");
    }
    for text in ["nonsense", "a/b\r\nX-Evil: 1", "a/b; c=\n", "a/b\0"] {
        let kind = refused(|core| call(core).payload(Payload::new(text, "x")));
        assert!(
            matches!(&kind, RequestErrorKind::InvalidHeader { name, .. } if name == "content-type"),
            "{kind}"
        );
    }
}

#[test]
fn media_types_of_documents_are_checked_as_well() {
    let kind = refused(|core| call(core).body("a/b\r\nX-Evil: 1", "x".into()));
    assert!(kind.to_string().contains("\"content-type\""), "{kind}");
    let kind = refused(|core| call(core).accept("a/b\n"));
    assert!(kind.to_string().contains("\"accept\""), "{kind}");
}

#[test]
fn what_is_accepted() {
    let json = sent(call);
    assert_eq!(json.header("accept"), Some("application/json"));
    let image = sent(|core| call(core).accept("image/*, application/json"));
    assert_eq!(image.header("accept"), Some("image/*, application/json"));
    for own in [
        sent(|core| call(core).header("Accept", "a/b").accept("c/d")),
        sent(|core| call(core).accept("c/d").header("Accept", "a/b")),
    ] {
        assert_eq!(own.header("accept"), Some("a/b"));
        assert_eq!(own.headers.get_all("accept").iter().count(), 1);
    }
}
