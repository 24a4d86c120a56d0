//! Forms of parts.

use bindery_runtime::{Call, Core, File, Multipart, RequestErrorKind};
use serde_json::json;

use crate::support::{End, FakeTransport, Pieces, Sent, block_on, core, operation, refused, sent};

fn call(core: &Core, form: Multipart) -> Call {
    Call::new(core, operation("/x", &[])).multipart(form)
}

/// The body that a form becomes, with `BOUNDARY` in place of the boundary.
fn written(form: Multipart) -> String {
    body(&sent(|core| call(core, form)))
}

fn body(sent: &Sent) -> String {
    let content_type = sent.header("content-type").unwrap();
    let boundary = content_type
        .strip_prefix("multipart/form-data; boundary=")
        .unwrap();
    // RFC 2046, section 5.1.1.
    assert!((20..=70).contains(&boundary.len()), "{boundary}");
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    assert!(boundary.bytes().all(plain), "{boundary}");
    let text = String::from_utf8(sent.body.clone()).unwrap();
    text.replace(boundary, "BOUNDARY")
}

fn refusal(form: Multipart) -> String {
    let kind = refused(|core| call(core, form));
    assert!(
        matches!(kind, RequestErrorKind::InvalidHeader { .. }),
        "{kind}"
    );
    kind.to_string()
}

/// Parts that are set again take the place of those that were there.
#[test]
fn parts_are_replaced() {
    let form = Multipart::new()
        .text("tags", &["a", "b"][..])
        .text("name", "n");
    let form = form.without("tags").text("tags", &["c"][..]);
    let text = written(form);
    assert_eq!(text.matches("name=\"tags\"").count(), 1, "{text}");
    assert!(text.contains("\r\n\r\nc\r\n"), "{text}");
}

#[test]
fn parts_of_every_kind() {
    let form = Multipart::new()
        .header("photo", "X-Origin", "camera")
        .text("name", "R\u{e9}x\r\n")
        .text("tags", &["a", "b"][..])
        .text("none", &Vec::<i64>::new())
        .json("meta", "application/json", &json!({"k": [1]}))
        .typed_text("page", "text/html", "<p>")
        .file(
            "photo",
            "image/*",
            File::new(vec![b'P', b'N', b'G']).content_type("image/png"),
        )
        .files(
            "extra",
            "application/octet-stream",
            [File::from("one").name("1.txt"), "two".into()],
        )
        .header("extra", "X-Note", "late")
        .header("extra", "X-Note", "later");
    assert_eq!(
        written(form),
        "--BOUNDARY\r\n\
         Content-Disposition: form-data; name=\"name\"\r\n\r\n\
         R\u{e9}x\r\n\r\n\
         --BOUNDARY\r\n\
         Content-Disposition: form-data; name=\"tags\"\r\n\r\na\r\n\
         --BOUNDARY\r\n\
         Content-Disposition: form-data; name=\"tags\"\r\n\r\nb\r\n\
         --BOUNDARY\r\n\
         Content-Disposition: form-data; name=\"meta\"\r\n\
         Content-Type: application/json\r\n\r\n{\"k\":[1]}\r\n\
         --BOUNDARY\r\n\
         Content-Disposition: form-data; name=\"page\"\r\n\
         Content-Type: text/html\r\n\r\n<p>\r\n\
         --BOUNDARY\r\n\
         Content-Disposition: form-data; name=\"photo\"; filename=\"blob\"\r\n\
         Content-Type: image/png\r\n\
         x-origin: camera\r\n\r\nPNG\r\n\
         --BOUNDARY\r\n\
         Content-Disposition: form-data; name=\"extra\"; filename=\"1.txt\"\r\n\
         Content-Type: application/octet-stream\r\n\
         x-note: later\r\n\r\none\r\n\
         --BOUNDARY\r\n\
         Content-Disposition: form-data; name=\"extra\"; filename=\"blob\"\r\n\
         Content-Type: application/octet-stream\r\n\
         x-note: later\r\n\r\ntwo\r\n\
         --BOUNDARY--\r\n"
    );
    assert_eq!(written(Multipart::new()), "--BOUNDARY--\r\n");
}

#[test]
fn a_header_of_a_file_comes_before_that_of_the_form() {
    let file = File::new("x").header("X-Note", "own").header("X-More", "1");
    let form = Multipart::new()
        .header("f", "X-Note", "common")
        .file("f", "a/b", file);
    let written = written(form);
    assert!(written.contains("x-note: own\r\n"), "{written}");
    assert!(written.contains("x-more: 1\r\n"), "{written}");
    assert!(!written.contains("common"), "{written}");
}

#[test]
fn names_cannot_break_out() {
    for (name, escaped) in [
        ("a\"; name=\"b", "a%22; name=%22b"),
        ("a\r\nX-Evil: 1", "a%0D%0AX-Evil: 1"),
        ("\r\n\r\n--", "%0D%0A%0D%0A--"),
        ("100%22 \u{8d22}.png", "100%22 \u{8d22}.png"),
        ("../..\\x", "../..\\x"),
    ] {
        let form = Multipart::new().file("f\"\n", "a/b", File::new("x").name(name));
        let expected = format!(
            "--BOUNDARY\r\nContent-Disposition: form-data; name=\"f%22%0A\"; \
             filename=\"{escaped}\"\r\nContent-Type: a/b\r\n\r\nx\r\n--BOUNDARY--\r\n"
        );
        assert_eq!(written(form), expected);
    }
    for name in ["a\0b", "a\u{7f}", "\u{1b}[0m"] {
        let file = Multipart::new().file("f", "a/b", File::new("x").name(name));
        assert!(refusal(file).contains("content-disposition"));
    }
    assert!(refusal(Multipart::new().text("a\0", "x")).contains("content-disposition"));
}

#[test]
fn headers_cannot_break_out() {
    for value in ["a\r\nX-Evil: 1", "a\nb", "a\rb", "a\0", "a\r\n\r\nbody"] {
        let reason = "has a line break or another control character in its value";
        let own = Multipart::new().file("f", "a/b", File::new("x").header("X-Own", value));
        assert!(refusal(own).ends_with(reason));
        let common = Multipart::new().header("f", "X-Own", value);
        assert!(refusal(common).ends_with(reason));
        let file = File::new("x").content_type(format!("a/b; c={value}"));
        assert!(refusal(Multipart::new().file("f", "a/b", file)).ends_with(reason));
    }
    for name in ["", "X Own", "X-Own: 1\r\nX", "Content-Length"] {
        let form = Multipart::new().file("f", "a/b", File::new("x").header(name, "1"));
        refusal(form);
    }
    for name in ["Content-Type", "content-disposition"] {
        let form = Multipart::new().header("f", name, "form-data");
        assert!(refusal(form).ends_with("of a part is written by the form"));
    }
    let form = Multipart::new().file("f", "a/b", File::new("x").content_type("image"));
    assert!(refusal(form).contains("is no media type"));
    assert!(refusal(Multipart::new().typed_text("t", "text", "x")).contains("is no media type"));
}

#[test]
fn what_cannot_be_written_is_not_sent() {
    let odd = std::collections::BTreeMap::from([((1, 2), 3)]);
    let form = Multipart::new().json("meta", "application/json", &odd);
    let kind = refused(|core| call(core, form));
    assert!(
        matches!(kind, RequestErrorKind::InvalidBody { .. }),
        "{kind}"
    );
    let form = Multipart::new().text("meta", &bindery_runtime::Serialized(&odd));
    let kind = refused(|core| call(core, form));
    assert!(
        matches!(kind, RequestErrorKind::InvalidParameter { .. }),
        "{kind}"
    );
}

#[test]
fn every_form_has_a_boundary_of_its_own() {
    let boundary = || {
        let sent = sent(|core| call(core, Multipart::new()));
        sent.header("content-type").unwrap().to_owned()
    };
    let mut seen: Vec<String> = (0..20).map(|_| boundary()).collect();
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 20);
}

#[test]
fn streams_are_shared_by_clones() {
    let file = File::new(Pieces::body(&["ab", "cde"], End::Whole)).name("s");
    let form = Multipart::new().text("t", "x").file("f", "a/b", file);
    let transport = FakeTransport::replying(200, "");
    let core = core(&transport);
    // A call that is not sent takes nothing.
    drop(call(&core, form.clone()));
    let unsent = call(&core, form.clone());
    block_on(call(&core, form.clone()).send()).unwrap();
    assert_eq!(
        body(&transport.only_sent()),
        "--BOUNDARY\r\nContent-Disposition: form-data; name=\"t\"\r\n\r\nx\r\n--BOUNDARY\r\n\
         Content-Disposition: form-data; name=\"f\"; filename=\"s\"\r\nContent-Type: a/b\r\n\r\n\
         abcde\r\n--BOUNDARY--\r\n"
    );
    for call in [unsent, call(&core, form)] {
        let error = block_on(call.send()).unwrap_err();
        assert!(error.to_string().contains("already sent"), "{error}");
    }
    assert_eq!(transport.sent().len(), 1);

    // Bytes can be sent again.
    transport.reply(200, &[], "");
    transport.reply(200, &[], "");
    let again = call(&core, Multipart::new().file("f", "a/b", "x".into()));
    block_on(again.clone().send()).unwrap();
    block_on(again.send()).unwrap();
    let sent = transport.sent();
    assert_eq!(sent[1].body, sent[2].body);
}

#[test]
fn secrets_are_not_shown() {
    let file = File::new("SECRET").header("X-Key", "SECRET");
    let form = Multipart::new()
        .text("password", "SECRET")
        .header("f", "X-Key", "SECRET")
        .file("f", "a/b", file);
    let shown = format!("{form:?}");
    assert!(!shown.contains("SECRET"), "{shown}");
    assert!(shown.contains("Body(6 bytes)"), "{shown}");
}

#[cfg(feature = "reqwest")]
mod wire {
    use std::pin::Pin;
    use std::task::{Context, Poll};

    use bindery_runtime::{Body, Bytes, TransportError};
    use http_body::{Frame, SizeHint};

    use super::*;
    use crate::support::server::arrived;

    /// A stream that knows its length.
    struct Known(Option<&'static str>);

    impl http_body::Body for Known {
        type Data = Bytes;
        type Error = TransportError;

        fn poll_frame(
            mut self: Pin<&mut Self>,
            _: &mut Context<'_>,
        ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
            let data = self.0.take().map(|text| Frame::data(Bytes::from(text)));
            Poll::Ready(data.map(Ok))
        }

        fn size_hint(&self) -> SizeHint {
            SizeHint::with_exact(self.0.unwrap_or_default().len() as u64)
        }
    }

    fn arrived_form(form: impl FnOnce() -> Multipart) -> (String, String) {
        let request = arrived(|core| Call::new(core, operation("/x", &[])).multipart(form()));
        let (head, body) = request.split_once("\r\n\r\n").unwrap();
        (head.to_ascii_lowercase(), body.to_owned())
    }

    #[test]
    fn bytes_have_a_length() {
        let (head, body) = arrived_form(|| {
            Multipart::new().file("f", "a/b", File::new("x\u{8d22}").name("\u{8d22}\".png"))
        });
        assert!(
            head.contains(&format!("content-length: {}", body.len())),
            "{head}"
        );
        assert!(body.contains("filename=\"\u{8d22}%22.png\"\r\n"), "{body}");
        assert!(body.ends_with("--\r\n"));
    }

    #[test]
    fn streams_that_know_their_length_have_one_too() {
        let file = || File::from(Body::stream(Known(Some("known"))));
        let (head, body) = arrived_form(|| Multipart::new().file("f", "a/b", file()));
        assert!(
            head.contains(&format!("content-length: {}", body.len())),
            "{head}"
        );
        assert!(body.contains("\r\n\r\nknown\r\n--"), "{body}");
    }

    #[test]
    fn other_streams_go_out_in_pieces() {
        let file = || File::new(Pieces::body(&["ab", "cde"], End::Whole));
        let (head, body) =
            arrived_form(|| Multipart::new().file("f", "a/b", file()).text("after", "x"));
        assert!(head.contains("transfer-encoding: chunked"), "{head}");
        assert!(body.contains("\r\n2\r\nab\r\n3\r\ncde\r\n"), "{body}");
        assert!(body.ends_with("\r\n0\r\n\r\n"), "{body}");
    }
}
