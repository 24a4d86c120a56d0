//! Replies and bodies that are streams, over a connection.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use bindery_goldens::{byte_stream, event_items, event_stream, json_lines};
use bindery_runtime::{AnyError, Error};
use bindery_tests::{Answer, Server};
use byte_stream::operations::{GetArchiveReply, GetImageError};
use event_stream::operations::{CreateAnswerError, CreateAnswerReply};
use event_stream::types::Question;
use json_lines::operations::{ChangeRecordsBody, ExportRecordsError};
use json_lines::types::Record;
use serde_json::json;

/// A client of a golden that talks to a server at `url`.
macro_rules! client {
    ($golden:ident, $url:expr) => {
        $golden::Client::builder()
            .base_url($url)
            .build()
            .expect("a client")
    };
}

/// Takes one request, and hands the connection to `answer` after the head of a reply whose body ends
/// with the connection.
fn serving<T: Send + 'static>(
    media_type: &'static str,
    answer: impl FnOnce(&mut TcpStream) -> T + Send + 'static,
) -> (String, JoinHandle<T>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let thread = thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a connection");
        stream.set_nodelay(true).expect("no delay");
        let patience = Some(Duration::from_secs(20));
        stream.set_read_timeout(patience).expect("a time-out");
        let mut request = Vec::new();
        while !request.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            stream.read_exact(&mut byte).expect("a request");
            request.push(byte[0]);
        }
        let head = format!("HTTP/1.1 200 OK\r\nContent-Type: {media_type}\r\n\r\n");
        stream.write_all(head.as_bytes()).expect("a head");
        answer(&mut stream)
    });
    (url, thread)
}

#[tokio::test]
async fn events_come_however_they_are_cut() {
    let (url, server) = serving("text/event-stream", |stream| {
        let text = "\u{feff}: hi\r\nid: 7\nevent: piece\ndata: {\"word\":\ndata: \"größe 🎈\"}\r\n\r\n\
                    data: {\"word\": \"b\"}\n\ndata: [DONE]\n\n";
        for byte in text.as_bytes() {
            stream.write_all(&[*byte]).expect("a byte");
        }
    });
    let mut pieces = client!(event_stream, url)
        .list_pieces()
        .await
        .expect("a stream");
    assert_eq!(pieces.status(), 200);
    let first = pieces.next().await.expect("an event").expect("a piece");
    assert_eq!(first.data.word, "größe 🎈");
    assert_eq!(
        (first.event.as_str(), first.id.as_deref()),
        ("piece", Some("7"))
    );
    let second = pieces.next().await.expect("an event").expect("a piece");
    assert_eq!(second.data.word, "b");
    assert!(pieces.next().await.is_none());
    assert_eq!(pieces.undecoded().expect("an end").data, "[DONE]");
    server.join().expect("all was sent");
}

/// A stream may last longer than a call may take, and is given up by dropping it.
#[tokio::test(flavor = "multi_thread")]
async fn an_endless_stream_is_dropped() {
    let (url, server) = serving("text/event-stream", |stream| {
        let mut sent = 0;
        while stream.write_all(b"data: tick\n\n").is_ok() && sent < 3_000 {
            sent += 1;
            thread::sleep(Duration::from_millis(10));
        }
        sent
    });
    let limit = Duration::from_millis(300);
    let begin = Instant::now();
    let log = client!(event_stream, url).follow_log().timeout(limit).await;
    let mut log = log.expect("a stream");
    while begin.elapsed() < 2 * limit {
        let event = log.next().await.expect("it is endless").expect("a line");
        assert_eq!(event.data, "tick");
    }
    drop(log);
    assert!(
        server.join().expect("a count") < 3_000,
        "the server noticed"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn silence_is_a_time_out() {
    let (url, server) = serving("text/event-stream", |stream| {
        stream.write_all(b"data: 1\n\ndata: 2").expect("an event");
        // Until the client goes away.
        let _ = stream.read(&mut [0]);
    });
    let log = client!(event_stream, url)
        .follow_log()
        .timeout(Duration::from_millis(200));
    let mut log = log.await.expect("a stream");
    log.next().await.expect("an event").expect("a line");
    let error = log.next().await.expect("an error").expect_err("silence");
    assert!(error.is_timeout(), "{error}");
    assert_eq!(error.body(), Some(&b"data: 2"[..]));
    assert!(error.to_string().contains("nothing more came"), "{error}");
    assert!(log.next().await.is_none());
    server.join().expect("it ended");
}

/// What is slow before its head comes is a call that takes too long.
#[tokio::test]
async fn the_head_is_waited_for_as_long_as_a_call_may_take() {
    let server = Server::always(Answer::status(200).after(Duration::from_secs(2)));
    let limit = Duration::from_millis(100);
    let error = client!(event_stream, server.url())
        .follow_log()
        .timeout(limit)
        .await;
    assert!(error.expect_err("no head").is_timeout());
}

#[tokio::test]
async fn a_server_may_die_in_the_middle() {
    let half = "{\"id\": 1}\n{\"id\": 2, \"na";
    let body = format!("{half}{}", "x".repeat(half.len()));
    let server = Server::always(
        Answer::status(200)
            .header("Content-Type", "application/jsonl")
            .body(body)
            .cut(),
    );
    let mut records = client!(json_lines, server.url())
        .export_records()
        .await
        .expect("a stream");
    assert_eq!(
        records.next().await.expect("a line").expect("a record").id,
        1
    );
    let error = records
        .next()
        .await
        .expect("an error")
        .expect_err("it broke off");
    assert!(matches!(error, Error::Transport(_)), "{error}");
    assert_eq!(error.body(), Some(&b"{\"id\": 2, \"na"[..]));
    assert!(records.next().await.is_none());
    let error: AnyError = error.into();
    assert_eq!(error.operation(), Some("exportRecords"));
    assert_eq!(server.received().len(), 1, "nothing is sent again");
}

/// The server decides by the request whether it streams.
#[tokio::test]
async fn one_operation_may_stream_or_not() {
    let server = Server::start(|request| match request.json()["stream"] == true {
        true => Answer::status(200)
            .header("Content-Type", "text/event-stream; charset=utf-8")
            .body("data: {\"word\": \"a\"}\n\ndata: {}\n\ndata: [DONE]\n\n"),
        false => Answer::json(200, &json!({"text": "a"})),
    });
    let client = client!(event_stream, server.url());
    let whole = client
        .create_answer(Question::new())
        .await
        .expect("an answer");
    let CreateAnswerReply::OkJson(answer) = whole.into_inner() else {
        panic!("it is JSON");
    };
    assert_eq!(answer.text.as_deref(), Some("a"));
    let question = Question::new().stream(true);
    let pieces = client.create_answer(question).await.expect("an answer");
    let CreateAnswerReply::OkEvents(mut pieces) = pieces.into_inner() else {
        panic!("they are events");
    };
    assert_eq!(
        pieces
            .next()
            .await
            .expect("an event")
            .expect("a piece")
            .data
            .word,
        "a"
    );
    let error = pieces.next().await.expect("an event").expect_err("no word");
    assert!(error.to_string().contains("word"), "{error}");
    assert_eq!(pieces.undecoded().expect("the event").data, "{}");
    assert!(pieces.next().await.is_none());
    let accept = server.received()[0].header("accept").map(str::to_owned);
    assert_eq!(
        accept.as_deref(),
        Some("application/json, text/event-stream")
    );
}

/// Errors are read as a whole, with their type.
#[tokio::test]
async fn errors_of_streams_are_typed() {
    let problem = json!({"code": "E1", "message": "slow down"});
    let server = Server::always(Answer::json(429, &problem));
    let error = client!(event_stream, server.url())
        .create_answer(Question::new())
        .await;
    let error = error.expect_err("an error");
    assert!(matches!(
        error.api(),
        Some(CreateAnswerError::TooManyRequests(_))
    ));
    assert_eq!(error.code(), Some("E1"));

    let answer = Answer::status(503).body("{\"id\": 1}\n");
    let server = Server::always(answer);
    let error = client!(json_lines, server.url()).export_records().await;
    assert_eq!(
        error.expect_err("an error").api(),
        Some(&ExportRecordsError::ServiceUnavailable(
            "{\"id\": 1}\n".into()
        ))
    );
    let server = Server::always(Answer::status(410).body("gone"));
    let error = client!(byte_stream, server.url()).get_image().await;
    assert_eq!(
        error.expect_err("an error").api(),
        Some(&GetImageError::Gone("gone".into()))
    );
}

#[tokio::test]
async fn data_is_of_the_schema_of_its_content() {
    let server = Server::always(
        Answer::status(200)
            .header("Content-Type", "text/event-stream")
            .body("event: order\ndata: {\"number\": 7}\n\n"),
    );
    let mut orders = client!(event_items, server.url())
        .follow_orders()
        .await
        .expect("a stream");
    let order = orders.next().await.expect("an event").expect("an order");
    assert_eq!((order.event.as_str(), order.data.number), ("order", 7));
}

#[tokio::test]
async fn bytes_come_at_once_or_in_pieces() {
    let image = Answer::status(200)
        .header("Content-Type", "application/octet-stream")
        .body(vec![7; 100_000])
        .stalling(Duration::from_millis(50));
    let server = Server::always(image);
    let client = client!(byte_stream, server.url());
    let bytes = client.get_image().await.expect("an image").bytes().await;
    assert_eq!(bytes.expect("bytes").len(), 100_000);
    let mut image = client.get_image().await.expect("an image");
    let (mut pieces, mut length) = (0, 0);
    while let Some(piece) = image.next().await {
        pieces += 1;
        length += piece.expect("bytes").len();
    }
    assert!(
        pieces > 1 && length == 100_000,
        "{pieces} pieces, {length} bytes"
    );

    let server = Server::always(
        Answer::status(200)
            .header("Content-Type", "application/zip")
            .body("zip"),
    );
    let archive = client!(byte_stream, server.url())
        .get_archive()
        .await
        .expect("an archive");
    let GetArchiveReply::OkZip(mut archive) = archive.into_inner() else {
        panic!("it is bytes");
    };
    assert_eq!(archive.bytes().await.expect("bytes"), "zip");
    let server = Server::always(Answer::status(204));
    let nothing = client!(byte_stream, server.url())
        .get_archive()
        .await
        .expect("nothing");
    assert!(matches!(*nothing, GetArchiveReply::NoContent));
}

#[tokio::test]
async fn values_are_sent_as_lines_and_as_a_sequence() {
    let server = Server::always(Answer::status(204));
    let client = client!(json_lines, server.url());
    let records = || [Record::new(1), Record::new(2).name("b")];
    client.import_records(records()).await.expect("a success");
    let sequence = ChangeRecordsBody::JsonSequence(records().into());
    client
        .change_records()
        .body(sequence)
        .await
        .expect("a success");
    let received = server.received();
    assert_eq!(
        received[0].header("content-type"),
        Some("application/x-ndjson")
    );
    assert_eq!(received[0].body, b"{\"id\":1}\n{\"id\":2,\"name\":\"b\"}\n");
    assert_eq!(
        received[1].header("content-type"),
        Some("application/json-seq")
    );
    assert_eq!(
        received[1].body,
        b"\x1e{\"id\":1}\n\x1e{\"id\":2,\"name\":\"b\"}\n"
    );
}
