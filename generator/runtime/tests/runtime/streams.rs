//! Bodies that are streams: bytes, JSON values, events.

use std::time::Duration;

use bindery_runtime::{
    AnyError, Body, ByteStream, Call, DecodeProblem, Error, Event, EventDecoder, EventStream,
    JsonStream, OpenReply, RecordDecoder, Response, StreamError, Value,
};
use serde_json::json;

use crate::support::{
    API, Answer, End, FakeTransport, OPEN, Pieces, block_on, core, refused, sent,
};

type Never = std::convert::Infallible;

/// An open reply of status 200, whose body comes in pieces.
fn open(
    transport: &FakeTransport,
    media_type: &str,
    pieces: &[&'static str],
    end: End,
) -> OpenReply {
    let response = http::Response::builder()
        .header("content-type", media_type)
        .header("x-request-id", "r7")
        .body(Pieces::body(pieces, end));
    transport.answer(Answer::Reply(response.unwrap()));
    block_on(Call::new(&core(transport), &OPEN).open()).unwrap()
}

fn events(pieces: &[&'static str], end: End) -> Response<EventStream<Value>> {
    let reply = open(&FakeTransport::default(), "text/event-stream", pieces, end);
    block_on(reply.events::<Value, Never>()).unwrap()
}

/// The events of a text that comes at once.
fn decoded(text: &[u8]) -> Vec<Event<String>> {
    let mut decoder = EventDecoder::new();
    decoder.push(text);
    std::iter::from_fn(|| decoder.next()).collect()
}

fn data(text: &str) -> Vec<String> {
    let events = decoded(text.as_bytes()).into_iter();
    events.map(|event| event.data).collect()
}

#[test]
fn events_are_told_apart_as_the_standard_says() {
    assert_eq!(
        data("data: a\n\ndata:b\r\rdata:  c\r\n\r\n"),
        ["a", "b", " c"]
    );
    assert_eq!(data("data: a\ndata\ndata: b\n\n"), ["a\n\nb"]);
    assert_eq!(data("data\n\ndata\ndata\n\ndata:"), ["", "\n"]);
    assert_eq!(data(": a comment\n\nevent: x\nid: 1\n\n"), [""; 0]);
    assert_eq!(data("\u{feff}data: a\n\n\u{feff}data: b\n\n"), ["a"]);
    assert_eq!(data("Data: a\ndatas: b\n data: c\ndata : d\n\n"), [""; 0]);
    assert_eq!(data("data: cut off\n"), [""; 0]);
    assert_eq!(decoded(b"data: \xff\n\n")[0].data, "\u{fffd}");

    let text = "retry: 10\n\nid: 1\nevent: add\ndata: x\n\nid: a\0b\nretry: 5s\ndata: y\n\nid\ndata: z\n\n";
    let events = decoded(text.as_bytes());
    assert_eq!(events[0].event, "add");
    assert_eq!(events[0].id.as_deref(), Some("1"));
    assert_eq!(events[0].retry, Some(Duration::from_millis(10)));
    assert_eq!(events[1].event, "message");
    assert_eq!(events[1].id.as_deref(), Some("1"), "an id stays");
    assert_eq!(events[1].retry, None);
    assert_eq!(events[2].id, None, "an empty id is none");
}

/// However a stream is cut into pieces, it holds the same events.
#[test]
fn pieces_make_no_difference() {
    let text = "\u{feff}: hi\r\nid: 7\r\nevent: größe\r\ndata: a\rdata: ß\n\r\ndata: 1\r\n\r\n\
                retry: 3\ndata\n\n\r\r\ndata: 🎈\n\nevent: x\n\ndata: last\r\r";
    let bytes = text.as_bytes();
    let expected = decoded(bytes);
    assert_eq!(expected.len(), 5);
    for first in 0..=bytes.len() {
        for second in first..=bytes.len() {
            let mut decoder = EventDecoder::new();
            let mut found = Vec::new();
            for piece in [&bytes[..first], &bytes[first..second], &bytes[second..]] {
                decoder.push(piece);
                found.extend(std::iter::from_fn(|| decoder.next()));
            }
            assert_eq!(found, expected, "cut at {first} and {second}");
        }
    }
    let mut decoder = EventDecoder::new();
    let single = bytes.iter().filter_map(|byte| {
        decoder.push(&[*byte]);
        decoder.next()
    });
    assert_eq!(single.collect::<Vec<_>>(), expected);
}

#[test]
fn the_head_stays_at_hand() {
    let mut events = events(&["data: {\"n\"", ":1}\n", "\ndata: 2\n\n"], End::Whole);
    assert_eq!(events.status(), 200);
    assert_eq!(events.request_id(), Some("r7"));
    block_on(async {
        assert_eq!(events.next().await.unwrap().unwrap().data, json!({"n": 1}));
        assert_eq!(events.next().await.unwrap().unwrap().data, json!(2));
        assert!(events.next().await.is_none());
        assert!(events.next().await.is_none());
    });
}

#[test]
fn one_event_that_does_not_decode_is_not_the_end() {
    let text = "event: note\ndata: hello\n\ndata:\n\ndata: 1\n\ndata: [DONE]\n\ndata: 2\n\n";
    let mut events = events(&[text], End::Stalls);
    block_on(async {
        let error = events.next().await.unwrap().unwrap_err();
        let Error::Decode(problem) = &error else {
            panic!("{error}");
        };
        assert!(matches!(problem.problem(), DecodeProblem::Json(_)));
        assert_eq!(error.body(), Some(&b"hello"[..]));
        assert_eq!(error.request_id(), Some("r7"));
        assert_eq!(events.undecoded().unwrap().event, "note");
        assert_eq!(events.next().await.unwrap().unwrap().data, json!(1));
        assert!(events.next().await.is_none());
        assert_eq!(events.undecoded().unwrap().data, "[DONE]");
        assert!(events.next().await.is_none());
    });
}

#[test]
fn text_is_taken_as_it_is() {
    let transport = FakeTransport::default();
    let reply = open(
        &transport,
        "text/event-stream",
        &["data: [DONE]\n\n"],
        End::Whole,
    );
    let mut events = block_on(reply.text_events::<Never>()).unwrap();
    let event = block_on(events.next()).unwrap().unwrap();
    assert_eq!(event.data, "[DONE]");
    assert!(block_on(events.next()).is_none());
}

/// An error says what had come of the item, and nothing comes after it.
#[test]
fn a_stream_may_break_off() {
    let mut events = events(&["data: 1\n\ndata: 2\nda"], End::Breaks);
    block_on(async {
        events.next().await.unwrap().unwrap();
        let error = events.next().await.unwrap().unwrap_err();
        assert!(matches!(error, Error::Transport(_)), "{error}");
        assert_eq!(error.body(), Some(&b"2da"[..]));
        assert_eq!(error.status().unwrap(), 200);
        assert!(events.next().await.is_none());
        let any: AnyError = error.into();
        assert!(any.to_string().contains("the connection broke"), "{any}");
    });
}

#[test]
fn only_silence_is_limited() {
    let transport = FakeTransport::default();
    let reply = open(
        &transport,
        "text/event-stream",
        &["data: 1\n\n"],
        End::Stalls,
    );
    let mut events = block_on(reply.events::<Value, Never>()).unwrap();
    events.set_idle_timeout(Some(Duration::from_secs(3)));
    transport.end_time();
    block_on(async {
        events.next().await.unwrap().unwrap();
        let error = events.next().await.unwrap().unwrap_err();
        assert!(error.is_timeout());
        let text = error.to_string();
        assert!(text.contains("nothing more came from"), "{text}");
        assert!(text.contains("for 3s: 200 OK"), "{text}");
        assert!(events.next().await.is_none());
    });
    assert_eq!(transport.slept().last(), Some(&Duration::from_secs(3)));
}

/// A client whose bodies may be 10 bytes long.
fn short(transport: &FakeTransport, media_type: &str, pieces: &[&'static str]) -> OpenReply {
    let response = http::Response::builder()
        .header("content-type", media_type)
        .body(Pieces::body(pieces, End::Stalls));
    transport.answer(Answer::Reply(response.unwrap()));
    let builder = bindery_runtime::CoreBuilder::new(&API).transport(transport.clone());
    let core = builder.max_body_bytes(10).build().unwrap();
    block_on(Call::new(&core, &OPEN).open()).unwrap()
}

fn assert_too_long(error: &StreamError) {
    let Error::Decode(problem) = error else {
        panic!("{error}");
    };
    let problem = problem.problem();
    assert!(matches!(problem, DecodeProblem::TooLong { limit: 10 }));
    assert_eq!(error.body().map(<[u8]>::len), Some(10));
}

#[test]
fn one_item_is_limited_and_the_whole_is_not() {
    let transport = FakeTransport::default();
    let pieces = &[
        "data: 1\n\n",
        "data: 2\n\n",
        "data: 3\n\n",
        "data: 345",
        "6789012",
    ];
    let reply = short(&transport, "text/event-stream", pieces);
    let mut events = block_on(reply.events::<Value, Never>()).unwrap();
    for _ in 0..3 {
        block_on(events.next()).unwrap().unwrap();
    }
    assert_too_long(&block_on(events.next()).unwrap().unwrap_err());
    assert!(block_on(events.next()).is_none());

    let reply = short(
        &transport,
        "application/jsonl",
        &["1\n2\n3\n4\n5\n6\n", "\"345", "6789012"],
    );
    let mut lines = block_on(reply.json_lines::<Value, Never>()).unwrap();
    for _ in 0..6 {
        block_on(lines.next()).unwrap().unwrap();
    }
    assert_too_long(&block_on(lines.next()).unwrap().unwrap_err());

    let reply = short(&transport, "image/png", &["123456", "789012"]);
    let mut bytes = block_on(reply.bytes::<Never>()).unwrap();
    assert_too_long(&block_on(bytes.bytes()).unwrap_err());
    let reply = short(&transport, "image/png", &["123456", "789012"]);
    let mut bytes = block_on(reply.bytes::<Never>()).unwrap();
    assert_eq!(block_on(bytes.next()).unwrap().unwrap(), "123456");
    assert_eq!(block_on(bytes.next()).unwrap().unwrap(), "789012");
}

#[test]
fn bytes_at_once_or_as_they_come() {
    let transport = FakeTransport::default();
    let reply = open(&transport, "image/png", &["ab", "", "cd"], End::Whole);
    let mut bytes = block_on(reply.bytes::<Never>()).unwrap();
    assert_eq!(block_on(bytes.next()).unwrap().unwrap(), "ab");
    assert_eq!(block_on(bytes.bytes()).unwrap(), "cd");
    assert!(block_on(bytes.next()).is_none());

    let reply = open(&transport, "image/png", &["ab", "cd"], End::Breaks);
    let mut bytes = block_on(reply.bytes::<Never>()).unwrap();
    let error = block_on(bytes.bytes()).unwrap_err();
    assert_eq!(error.body(), Some(&b"abcd"[..]));
}

/// Where errors may be within successes, JSON is looked at before it is handed on.
#[test]
fn an_error_may_be_within_a_success() {
    let transport = FakeTransport::default();
    let error = r#"{"error_code": "E7", "error_msg": "no"}"#;
    let reply = open(&transport, "application/json", &[error], End::Whole);
    let failed = block_on(reply.bytes::<Never>()).unwrap_err();
    assert!(matches!(failed, Error::ErrorInSuccess(_)), "{failed}");
    let reply = open(&transport, "application/json", &[error], End::Whole);
    let failed = block_on(reply.events::<Value, Never>()).unwrap_err();
    assert!(matches!(failed, Error::ErrorInSuccess(_)), "{failed}");
    let reply = open(&transport, "application/json", &["{}"], End::Whole);
    let failed = block_on(reply.events::<Value, Never>()).unwrap_err();
    assert!(
        failed.to_string().contains("no stream of events"),
        "{failed}"
    );
    let reply = open(&transport, "application/json", &["{}"], End::Whole);
    let mut bytes = block_on(reply.bytes::<Never>()).unwrap();
    assert_eq!(block_on(bytes.bytes()).unwrap(), "{}");
}

fn records(mut decoder: RecordDecoder, pieces: &[&[u8]]) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    for piece in pieces {
        decoder.push(piece);
        found.extend(std::iter::from_fn(|| decoder.next()));
    }
    found.extend(decoder.finish());
    found.into_iter().map(|record| record.to_vec()).collect()
}

#[test]
fn records_are_told_apart() {
    let lines = b"{\"a\": 1}\r\n\n  \n[2]\n\"\xc3\x9f\"";
    let sequence = b"\x1e{\"a\":\n1}\n\x1e\x1e[2]\n\x1e3\n";
    for (decoder, bytes, count) in [
        (RecordDecoder::lines(), &lines[..], 3),
        (RecordDecoder::sequence(), &sequence[..], 3),
    ] {
        let expected = records(decoder.clone(), &[bytes]);
        assert_eq!(expected.len(), count);
        for cut in 0..=bytes.len() {
            let pieces = [&bytes[..cut], &bytes[cut..]];
            assert_eq!(records(decoder.clone(), &pieces), expected, "cut at {cut}");
        }
    }
}

#[test]
fn values_as_they_come() {
    let transport = FakeTransport::default();
    let reply = open(
        &transport,
        "application/jsonl",
        &["1\nnope\n", "[3]"],
        End::Whole,
    );
    let mut lines: Response<JsonStream<Value>> =
        block_on(reply.json_lines::<Value, Never>()).unwrap();
    block_on(async {
        assert_eq!(lines.next().await.unwrap().unwrap(), 1);
        let error = lines.next().await.unwrap().unwrap_err();
        assert_eq!(error.body(), Some(&b"nope"[..]));
        assert_eq!(lines.next().await.unwrap().unwrap(), json!([3]));
        assert!(lines.next().await.is_none());
    });
    // A number that nothing follows may go on (RFC 7464, section 2.4).
    let pieces = &["\u{1e}{\"a\": 1}\u{1e}12\n\u{1e}12"];
    let reply = open(&transport, "application/json-seq", pieces, End::Whole);
    let mut texts = block_on(reply.json_sequence::<Value, Never>()).unwrap();
    block_on(async {
        assert_eq!(texts.next().await.unwrap().unwrap(), json!({"a": 1}));
        assert_eq!(texts.next().await.unwrap().unwrap(), 12);
        let error = texts.next().await.unwrap().unwrap_err().to_string();
        assert!(error.contains("may be cut off"), "{error}");
        assert!(texts.next().await.is_none());
    });
    let reply = open(&transport, "application/jsonl", &["1\n{\"a\""], End::Breaks);
    let mut lines = block_on(reply.json_lines::<Value, Never>()).unwrap();
    block_on(lines.next()).unwrap().unwrap();
    let error = block_on(lines.next()).unwrap().unwrap_err();
    assert_eq!(error.body(), Some(&b"{\"a\""[..]));
}

#[test]
fn values_are_sent_one_after_the_other() {
    let values = [json!({"a": "x\ny"}), json!(2)];
    let lines = sent(|core| Call::new(core, &OPEN).json_stream("application/jsonl", &values));
    assert_eq!(lines.header("content-type"), Some("application/jsonl"));
    assert_eq!(lines.body, b"{\"a\":\"x\\ny\"}\n2\n");
    let media_type = "application/geo+json-seq; v=1";
    let sequence = sent(|core| Call::new(core, &OPEN).json_stream(media_type, &values));
    assert_eq!(sequence.body, b"\x1e{\"a\":\"x\\ny\"}\n\x1e2\n");
    let nothing: [Value; 0] = [];
    let empty = sent(|core| Call::new(core, &OPEN).json_stream("application/jsonl", &nothing));
    assert!(empty.body.is_empty());
    refused(|core| {
        let keys = std::collections::BTreeMap::from([(vec![1], 1)]);
        Call::new(core, &OPEN).json_stream("application/jsonl", &[keys])
    });
}

/// Streams can be held by tasks that move between threads, and shared.
#[test]
fn streams_are_send_and_sync() {
    fn check<T: Send + Sync + Unpin>() {}
    check::<ByteStream>();
    check::<JsonStream<Value>>();
    check::<EventStream<Value>>();
    check::<OpenReply>();
    check::<StreamError>();
    assert!(Body::empty().as_bytes().is_some());
}
