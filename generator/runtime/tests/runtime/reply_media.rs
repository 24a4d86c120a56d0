//! Replies that are not always JSON.

use bindery_runtime::{
    Bytes, Call, CoreBuilder, DecodeProblem, Error, Reply, Response, is_media_type,
};

use crate::support::{API, FakeTransport, OPEN, block_on};

fn reply(status: u16, headers: &[(&str, &str)], body: &str) -> Reply {
    let transport = FakeTransport::default();
    transport.reply(status, headers, body);
    let core = CoreBuilder::new(&API)
        .transport(transport)
        .max_error_body_bytes(10);
    block_on(Call::new(&core.build().unwrap(), &OPEN).send()).unwrap()
}

#[test]
fn types_and_ranges() {
    for (own, wanted, expected) in [
        ("application/json", "application/json", true),
        ("Application/JSON; charset=utf-8", "application/json", true),
        ("application/json", "application/json; charset=utf-8", true),
        ("application/problem+json", "application/json", true),
        ("image/x+json", "application/json", true),
        ("application/json", "application/problem+json", false),
        ("text/json", "application/json", false),
        ("application/jsonp", "application/json", false),
        ("image/png", "image/*", true),
        ("IMAGE/png", "Image/*", true),
        ("image", "image/*", false),
        ("imagery/png", "image/*", false),
        ("text/plain", "*/*", true),
        ("text/plain ; a=b", "text/plain", true),
        ("text/plain", "text/html", false),
        ("", "*/*", false),
        ("nonsense", "nonsense", false),
    ] {
        assert_eq!(is_media_type(own, wanted), expected, "{own:?} {wanted:?}");
        let reply = reply(200, &[("Content-Type", own)], "");
        assert_eq!(reply.has_type(wanted), expected, "{own:?} {wanted:?}");
    }
    for wanted in ["*/*", "application/json", ""] {
        assert!(!reply(200, &[], "{}").has_type(wanted));
    }
}

#[test]
fn json_that_may_be_absent() {
    let read = |status, body| -> Result<Option<i64>, Error<()>> {
        reply(status, &[], body)
            .json_optional()
            .map(Response::into_inner)
    };
    assert_eq!(read(200, "1").unwrap(), Some(1));
    assert_eq!(read(200, "null").unwrap(), None);
    assert_eq!(read(204, "").unwrap(), None);
    assert_eq!(read(200, "").unwrap(), None);
    assert!(matches!(read(200, "x"), Err(Error::Decode(_))));
    let failed = read(200, "{\"error_code\": \"E1\", \"error_msg\": \"no\"}");
    assert!(
        matches!(failed, Err(Error::ErrorInSuccess(_))),
        "{failed:?}"
    );
}

#[test]
fn errors_that_are_text_or_bytes() {
    let Error::Api(error) = reply(400, &[], "no\u{e4}").text_error(Some) else {
        panic!("it is documented");
    };
    assert_eq!(error.error(), &Some("no\u{e4}".to_owned()));
    let Error::Api(error) = reply(400, &[], "no").bytes_error(Some) else {
        panic!("it is documented");
    };
    assert_eq!(error.error(), &Some(Bytes::from("no")));
    // An error may have no more to say than its status.
    assert!(matches!(
        reply(400, &[], "").text_error(Some),
        Error::Api(_)
    ));

    for error in [
        reply(400, &[], "longer than ten bytes").text_error(|_| ()),
        reply(400, &[], "longer than ten bytes").bytes_error(|_| ()),
    ] {
        let Error::Decode(error) = error else {
            panic!("{error}");
        };
        assert!(matches!(
            error.problem(),
            DecodeProblem::TooLong { limit: 10 }
        ));
    }
}

#[test]
fn an_error_without_its_json_is_not_decoded() {
    let error: Error<Option<i64>> = reply(400, &[], "").error(Some);
    let Error::Decode(error) = error else {
        panic!("{error}");
    };
    assert!(matches!(error.problem(), DecodeProblem::Empty));
}

#[cfg(feature = "reqwest")]
mod wire {
    use bindery_runtime::OperationInfo;

    use super::*;
    use crate::support::plain;
    use crate::support::server::exchange;

    fn head() -> &'static OperationInfo {
        Box::leak(Box::new(OperationInfo {
            method: "HEAD",
            ..plain(&[])
        }))
    }

    #[test]
    fn a_reply_to_head_has_a_length_and_no_body() {
        let (request, reply) = exchange(
            &["HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n"],
            |core| Call::new(core, head()),
        );
        assert!(request.starts_with("HEAD /plain "));
        assert!(reply.is_complete() && reply.has_type("application/json"));
        let response: Response<()> = reply.empty::<()>().unwrap();
        assert_eq!(response.headers()["content-length"], "99");
    }

    #[test]
    fn a_reply_without_content() {
        let answers = [
            "HTTP/1.1 204 No Content\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
        ];
        for answer in answers {
            let answer: &'static [&'static str] = Box::leak(Box::new([answer]));
            let (_, reply) = exchange(answer, |core| Call::new(core, &OPEN));
            let response = reply.json_optional::<i64, ()>().unwrap();
            assert_eq!(*response, None);
        }
    }
}
