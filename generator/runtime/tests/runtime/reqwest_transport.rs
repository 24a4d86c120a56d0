//! The built-in transport against a server on this machine.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::time::{Duration, Instant};

use bindery_runtime::{
    Body, Call, CoreBuilder, Error, ReqwestTransport, Response, Transport, TransportErrorKind,
};

use crate::support::server::{Server, core_for, read_request, run};
use crate::support::{API, CHANGE, End, OPEN, Pieces};

type Outcome = Result<Response<String>, Error<()>>;

async fn text(call: Call) -> Outcome {
    let reply = call.send().await?;
    match reply.status() {
        200 => reply.text(),
        _ => Err(reply.unexpected()),
    }
}

#[test]
fn a_request_arrives_as_it_was_made() {
    let server =
        Server::answering(&["HTTP/1.1 200 OK\r\nX-Request-Id: r1\r\nContent-Length: 2\r\n\r\nhi"]);
    let call = Call::new(&core_for(&server.url), &CHANGE)
        .path("desktop_id", "a/b c'd")
        .query("tag", &["x'y", "|"][..])
        .json(&[1]);
    let response = run(text(call)).unwrap();
    assert_eq!(
        (response.as_str(), response.request_id()),
        ("hi", Some("r1"))
    );

    let host = server.url.strip_prefix("http://").unwrap().to_owned();
    let request = server.requests().remove(0);
    let mut lines = request.split("\r\n");
    assert_eq!(
        lines.next().unwrap(),
        "POST /v2/p1/desktops/a%2Fb%20c%27d/change?tag=x%27y&tag=%7C HTTP/1.1"
    );
    let mut headers: Vec<_> = lines.by_ref().take_while(|line| !line.is_empty()).collect();
    headers.sort_unstable();
    assert_eq!(
        headers,
        [
            "accept: application/json",
            "content-length: 3",
            "content-type: application/json",
            &format!("host: {host}"),
            "user-agent: test-client/1.0",
            "x-auth-token: TOKEN-secret",
        ]
    );
    assert_eq!(lines.next(), Some("[1]"));
}

#[test]
fn a_request_without_a_body_has_none() {
    let server = Server::answering(&["HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"]);
    run(text(Call::new(&core_for(&server.url), &OPEN))).unwrap();
    let request = server.requests().remove(0);
    assert!(request.starts_with("GET /plain HTTP/1.1\r\n") && request.ends_with("\r\n\r\n"));
    assert!(!request.contains("content-length") && !request.contains("transfer-encoding"));
}

#[test]
fn a_stream_is_sent_in_pieces() {
    let server = Server::answering(&["HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"]);
    let body = Pieces::body(&["ab", "cde"], End::Whole);
    let call = Call::new(&core_for(&server.url), &CHANGE).path("desktop_id", "d1");
    run(text(call.body("text/plain", body))).unwrap();
    let request = server.requests().remove(0);
    assert!(
        request.contains("\r\ntransfer-encoding: chunked\r\n"),
        "{request}"
    );
    assert!(
        request.ends_with("\r\n\r\n2\r\nab\r\n3\r\ncde\r\n0\r\n\r\n"),
        "{request}"
    );
}

#[test]
fn redirects_are_not_followed() {
    for status in ["301", "302", "303", "307", "308"] {
        let other = TcpListener::bind("127.0.0.1:0").unwrap();
        other.set_nonblocking(true).unwrap();
        let location = format!("http://{}/stolen", other.local_addr().unwrap());
        let server = Server::handling(1, move |_, stream| {
            let request = read_request(stream);
            let head = format!("HTTP/1.1 {status} X\r\nLocation: {location}\r\n");
            write!(stream, "{head}Content-Length: 0\r\n\r\n").unwrap();
            request
        });
        let call = Call::new(&core_for(&server.url), &CHANGE).path("desktop_id", "d1");
        let error = run(text(call)).unwrap_err();
        assert!(matches!(error, Error::Unexpected(_)), "{error}");
        assert_eq!(error.status().unwrap().as_str(), status);
        assert!(error.headers().unwrap().contains_key("location"));
        assert_eq!(server.requests().len(), 1);
        assert_eq!(
            other.accept().unwrap_err().kind(),
            std::io::ErrorKind::WouldBlock
        );
    }
}

#[test]
fn nobody_listens() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let core = core_for(&format!("http://{address}"));
    let error = run(text(Call::new(&core, &OPEN).query("x", ""))).unwrap_err();
    assert!(matches!(error, Error::Request(_)), "{error}");
    let error = run(text(Call::new(&core, &OPEN))).unwrap_err();
    assert!(error.is_connect(), "{error}");
    let said = error.to_string();
    assert!(
        said.starts_with(&format!("Plain: no connection to {address}: ")),
        "{said}"
    );
    assert!(said.contains("refused"), "{said}");
}

#[test]
fn a_server_without_tls_is_no_connection() {
    let server = Server::handling(1, |_, stream| {
        let mut hello = [0; 3];
        stream.read_exact(&mut hello).unwrap();
        let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n");
        format!("{hello:?}")
    });
    let url = server.url.replace("http://", "https://");
    let error = run(text(Call::new(&core_for(&url), &OPEN))).unwrap_err();
    assert!(error.is_connect(), "{error}");
    // A TLS handshake record, and so no byte of the request.
    assert_eq!(server.requests(), ["[22, 3, 1]"]);
}

#[test]
fn the_time_covers_the_body() {
    for head in ["", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\npart"] {
        let server = Server::handling(1, move |_, stream| {
            let request = read_request(stream);
            stream.write_all(head.as_bytes()).unwrap();
            // Held open until the client has gone.
            let _ = stream.read(&mut [0]);
            request
        });
        let call = Call::new(&core_for(&server.url), &OPEN).timeout(Duration::from_millis(200));
        let start = Instant::now();
        let error = run(text(call)).unwrap_err();
        assert!(error.is_timeout(), "{error}");
        assert!(start.elapsed() < Duration::from_secs(10));
        assert_eq!(
            error.body().unwrap_or_default(),
            head.split("\r\n\r\n").nth(1).unwrap_or_default().as_bytes()
        );
        server.requests();
    }
}

#[test]
fn connections_that_break_are_errors() {
    for (answer, status) in [
        ("", None),
        ("HTTP/1.1 ", None),
        ("nonsense\r\n\r\n", None),
        (
            "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\npart",
            Some(200),
        ),
        (
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\npart\r\n",
            Some(200),
        ),
    ] {
        let server = Server::handling(1, move |_, stream| {
            let request = read_request(stream);
            stream.write_all(answer.as_bytes()).unwrap();
            request
        });
        let error = run(text(Call::new(&core_for(&server.url), &OPEN))).unwrap_err();
        assert!(matches!(error, Error::Transport(_)), "{answer:?}: {error}");
        assert_eq!(
            error.status().map(|status| status.as_u16()),
            status,
            "{answer:?}"
        );
        // A request that may have arrived is not sent again.
        assert_eq!(server.requests().len(), 1);
    }
}

#[test]
fn a_long_body_is_not_read_to_its_end() {
    let server = Server::handling(1, |_, stream| {
        let request = read_request(stream);
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        // Without end, until the client stops reading.
        while stream.write_all(b"5\r\n12345\r\n").is_ok() {}
        request
    });
    let core = CoreBuilder::new(&API)
        .base_url(1, &server.url)
        .max_body_bytes(1000)
        .build()
        .unwrap();
    let error = run(text(Call::new(&core, &OPEN))).unwrap_err();
    assert!(matches!(error, Error::Decode(_)), "{error}");
    assert_eq!(error.body().unwrap().len(), 1000);
    server.requests();
}

#[test]
fn nothing_is_decompressed() {
    let server = Server::answering(&[
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nraw!",
    ]);
    let response = run(text(Call::new(&core_for(&server.url), &OPEN))).unwrap();
    assert_eq!(*response, "raw!");
    assert!(!server.requests()[0].contains("accept-encoding"));
}

#[test]
fn connections_are_used_again() {
    let server = Server::handling(1, |_, stream| {
        let first = read_request(stream);
        let answer = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";
        stream.write_all(answer).unwrap();
        let second = read_request(stream);
        stream.write_all(answer).unwrap();
        format!("{first}{second}")
    });
    let core = core_for(&server.url);
    run(async {
        text(Call::new(&core, &OPEN)).await.unwrap();
        text(Call::new(&core, &OPEN)).await.unwrap();
    });
    assert_eq!(server.requests()[0].matches("GET /plain").count(), 2);
}

#[test]
fn without_a_tokio_runtime_there_is_an_error() {
    let call = Call::new(&core_for("http://127.0.0.1:1"), &OPEN);
    let error = crate::support::block_on(text(call)).unwrap_err();
    assert!(
        error.to_string().contains("there is no Tokio runtime"),
        "{error}"
    );
}

#[test]
fn a_client_of_ones_own() {
    let server = Server::answering(&["HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"]);
    let own = ReqwestTransport::new(Duration::from_secs(1)).unwrap();
    let request = http::Request::get(&server.url).body(Body::empty()).unwrap();
    let response = run(async {
        own.clone()
            .send(request)
            .await
            .map(http::Response::into_parts)
    });
    assert_eq!(response.unwrap().0.status, 200);
    server.requests();
}

#[test]
fn a_url_that_is_none_is_an_error() {
    let transport = ReqwestTransport::new(Duration::from_secs(1)).unwrap();
    let request = http::Request::get("/relative").body(Body::empty()).unwrap();
    let error = run(async { transport.send(request).await.map(drop) }).unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::Other);
}
