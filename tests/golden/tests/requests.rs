//! What the goldens put on the wire: parameters of every style, and bodies of every media type.

use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll};

use bindery_goldens::{
    body_bytes, body_form, body_multipart, body_several, body_text, head, parameters_content,
    parameters_cookie, parameters_cookie_style, parameters_many, parameters_querystring,
    parameters_styles, servers,
};
use bindery_runtime::{Body, Bytes, Error, File, Multipart, Payload, TransportError};
use bindery_tests::{Answer, Received, Server};
use http_body::Frame;
use serde_json::json;

/// A client of a golden that sends to `server`.
macro_rules! client {
    ($golden:ident, $server:expr) => {
        $golden::Client::builder()
            .base_url($server.url())
            .build()
            .expect("a client")
    };
}

fn server() -> Server {
    Server::always(Answer::status(204))
}

/// The parts of a multipart body: the head of each in lower case, and what it holds.
fn parts(received: &Received) -> Vec<(String, String)> {
    let content_type = received.header("content-type").expect("a media type");
    let (essence, boundary) = content_type.split_once("; boundary=").expect("a boundary");
    assert_eq!(essence, "multipart/form-data");
    let body = String::from_utf8(received.body.clone()).expect("text");
    let body = body
        .strip_suffix(&format!("--{boundary}--\r\n"))
        .expect("an end");
    let delimiter = format!("--{boundary}\r\n");
    let parts = body.split(&delimiter).skip(1);
    parts
        .map(|part| {
            let (head, body) = part.split_once("\r\n\r\n").expect("a head");
            let body = body.strip_suffix("\r\n").expect("a line break");
            (head.to_ascii_lowercase(), body.to_owned())
        })
        .collect()
}

#[tokio::test]
async fn path_parameters_have_their_styles() {
    use parameters_styles::types::Color;
    let server = server();
    client!(parameters_styles, server)
        .in_path(
            ["blue".to_owned(), "bl/ack".to_owned()],
            Color::new(100, 200),
            ["red".to_owned(), "green".to_owned()],
            Color::new(1, 2),
        )
        .await
        .expect("a reply");
    assert_eq!(
        server.only().target,
        "/simple/blue,bl%2Fack/R=200,G=100/label.red.green/matrix;point=R,2,G,1"
    );
}

#[tokio::test]
async fn query_and_header_parameters_have_their_styles() {
    use parameters_styles::types::{Color, Filter};
    let server = server();
    client!(parameters_styles, server)
        .in_query()
        .form(Color::new(2, 1))
        .spaces(["a".to_owned(), "b".to_owned()])
        .pipes([1, 2])
        .deep(
            Filter::new()
                .name("n&m")
                .color(Color::new(4, 3))
                .tags(["x".to_owned(), "y".to_owned()]),
        )
        .free(json!({"k": [1, null]}))
        .next("/a?b=c#d")
        .empty("")
        .x_color(Color::new(6, 5))
        .await
        .expect("a reply");
    let sent = server.only();
    let query = sent.query().replace("%5B", "[").replace("%5D", "]");
    let query: Vec<&str> = query.split('&').collect();
    assert_eq!(
        query,
        [
            "R=1",
            "G=2",
            "spaces=a%20b",
            "pipes=1%7C2",
            "deep[name]=n%26m",
            "deep[color][R]=3",
            "deep[color][G]=4",
            "deep[tags]=x",
            "deep[tags]=y",
            "k=1%2C",
            "next=/a?b=c%23d",
            "empty=",
        ]
    );
    assert_eq!(sent.header("x-color"), Some("R=5,G=6"));
}

#[tokio::test]
async fn content_parameters_are_json_or_text() {
    use parameters_content::types::FindThingsFilter;
    let server = server();
    client!(parameters_content, server)
        .find_things(FindThingsFilter::new("a b"))
        .note("plain")
        .page(7)
        .await
        .expect("a reply");
    let sent = server.only();
    assert_eq!(
        sent.query(),
        "filter=%7B%22name%22%3A%22a%20b%22%7D&note=plain"
    );
    assert_eq!(sent.header("page"), Some("7"));
}

/// Cookies of parameters and of credentials are one header.
#[tokio::test]
async fn cookies_are_one_header() {
    use parameters_cookie::Credentials;
    let server = server();
    let client = parameters_cookie::Client::builder()
        .base_url(server.url())
        .credentials(Credentials::session("s3cret"))
        .build()
        .expect("a client");
    client
        .get_cart("dark")
        .sizes([1, 2])
        .await
        .expect("a reply");
    let sent = server.only();
    assert_eq!(
        sent.header("cookie"),
        Some("theme=dark; sizes=1,2; SESSION=s3cret")
    );
}

#[tokio::test]
async fn many_arguments_have_names() {
    use parameters_many::operations::FillCellRequired;
    let server = server();
    client!(parameters_many, server)
        .fill_cell(FillCellRequired {
            a: "a".into(),
            b: 2,
            c: "c".into(),
            d: "d".into(),
            e: "e".into(),
            f: "f".into(),
            g: "g".into(),
            body: "text".into(),
        })
        .await
        .expect("a reply");
    let sent = server.only();
    assert_eq!(sent.target, "/grid/a/2/c/d/e/f/g");
    assert_eq!(sent.body, b"text");
}

#[tokio::test]
async fn a_form_is_sent_as_pairs() {
    use body_form::types::SignUpBodyInput;
    let server = server();
    let body = SignUpBodyInput::new("Ann & Bob")
        .tags(["a".to_owned(), "b".to_owned()])
        .colors(["red".to_owned(), "blue".to_owned()]);
    client!(body_form, server)
        .sign_up(body)
        .await
        .expect("a reply");
    let sent = server.only();
    assert_eq!(
        sent.header("content-type"),
        Some("application/x-www-form-urlencoded")
    );
    let body = String::from_utf8(sent.body).expect("text");
    assert_eq!(body, "name=Ann+%26+Bob&tags=a&tags=b&colors=red%7Cblue");
}

#[tokio::test]
async fn parts_are_sent_as_what_they_are() {
    use body_multipart::operations::UploadPhotoForm;
    use body_multipart::types::Place;
    let server = server();
    let photo = File::new(slow(&[b"by", b"tes"]))
        .name("a \"b\".png")
        .content_type("image/png");
    let form = UploadPhotoForm::new(photo, "Sunset")
        .photo_x_camera("X100")
        .pages([File::from("one"), File::from("two")])
        .tags(["a".to_owned(), "b".to_owned()])
        .rating(5)
        .place(Place::new(1.5, 2.5))
        .places([Place::new(0.5, 0.25)])
        .notes("*fine*")
        .thumbnail("small");
    client!(body_multipart, server)
        .upload_photo(form)
        .await
        .expect("a reply");
    let parts = parts(&server.only());
    let part = |name: &str| {
        let wanted = format!("name=\"{name}\"");
        let found: Vec<_> = parts
            .iter()
            .filter(|(head, _)| head.contains(&wanted))
            .collect();
        assert!(!found.is_empty(), "{name} in {parts:?}");
        found
    };
    assert_eq!(part("title")[0].1, "Sunset");
    let (head, body) = part("photo")[0];
    assert!(head.contains("content-type: image/png"), "{head}");
    assert!(head.contains("filename=\"a %22b%22.png\""), "{head}");
    assert!(head.contains("x-camera: x100"), "{head}");
    assert_eq!(body, "bytes");
    let bodies =
        |name: &str| -> Vec<&str> { part(name).iter().map(|(_, body)| body.as_str()).collect() };
    assert_eq!(bodies("pages"), ["one", "two"]);
    assert_eq!(bodies("tags"), ["a", "b"]);
    assert_eq!(bodies("rating"), ["5"]);
    assert_eq!(bodies("places"), [r#"[{"lat":0.5,"long":0.25}]"#]);
    let (head, body) = part("place")[0];
    assert!(head.contains("content-type: application/json"), "{head}");
    assert_eq!(body, r#"{"lat":1.5,"long":2.5}"#);
    let (head, body) = part("notes")[0];
    assert!(head.contains("content-type: text/markdown"), "{head}");
    assert_eq!(body, "*fine*");
    assert!(part("thumbnail")[0].0.contains("content-type: image/png"));

    let form = Multipart::new().text("any", "thing");
    let other = self::server();
    client!(body_multipart, other)
        .upload_anything(form)
        .await
        .expect("a reply");
    assert_eq!(self::parts(&other.only())[0].1, "thing");
}

#[tokio::test]
async fn text_is_sent_as_its_media_type() {
    let server = server();
    let client = client!(body_text, server);
    client.put_note("naïve").await.expect("a reply");
    client
        .import_notes()
        .body("<feed/>")
        .await
        .expect("a reply");
    client.import_notes().await.expect("a reply");
    client.delete_notes().await.expect("a reply");
    let sent = server.received();
    assert_eq!(sent[0].header("content-type"), Some("text/plain"));
    assert_eq!(sent[0].body, "naïve".as_bytes());
    assert_eq!(sent[1].header("content-type"), Some("application/atom+xml"));
    assert_eq!(sent[1].body, b"<feed/>");
    for sent in &sent[2..] {
        assert_eq!(sent.header("content-type"), None);
        assert!(sent.body.is_empty());
    }
}

#[tokio::test]
async fn bytes_are_sent_as_the_media_type_that_is_documented_or_named() {
    let server = server();
    let client = client!(body_bytes, server);
    client.put_blob(vec![0, 255]).await.expect("a reply");
    let stream = slow(&[b"a", b"b"]);
    client.put_blob(stream).await.expect("a reply");
    let image = Payload::new("image/webp", "webp");
    client.post_image(image).await.expect("a reply");
    let patch = [("k".to_owned(), "v".to_owned())];
    client.patch_blob(patch.into()).await.expect("a reply");
    let sent = server.received();
    let types: Vec<_> = sent
        .iter()
        .map(|sent| sent.header("content-type"))
        .collect();
    assert_eq!(
        types,
        [
            Some("application/octet-stream"),
            Some("application/octet-stream"),
            Some("image/webp"),
            Some("application/merge-patch+json"),
        ]
    );
    let bodies: Vec<&[u8]> = sent.iter().map(|sent| sent.body.as_slice()).collect();
    assert_eq!(bodies, [&[0, 255][..], b"ab", b"webp", br#"{"k":"v"}"#]);
}

#[tokio::test]
async fn a_body_of_several_media_types_is_one_of_them() {
    use body_several::operations::{AddPetBody, AddPetForm, ImportPetsBody};
    use body_several::types::Pet;
    let server = server();
    let client = client!(body_several, server);
    client.add_pet(Pet::new("Rex")).await.expect("a reply");
    let form = AddPetBody::Form(Pet::new("Rex"));
    client.add_pet(form).await.expect("a reply");
    client.add_pet("<pet/>").await.expect("a reply");
    client.add_pet(Body::from("pet")).await.expect("a reply");
    client
        .add_pet(AddPetForm::new("pet"))
        .await
        .expect("a reply");
    let csv = ImportPetsBody::Csv("name".into());
    client.import_pets().body(csv).await.expect("a reply");
    let sent = server.received();
    let seen = |index: usize| {
        let sent = &sent[index];
        let body = String::from_utf8_lossy(&sent.body).into_owned();
        (sent.header("content-type").unwrap_or_default(), body)
    };
    assert_eq!(seen(0), ("application/json", r#"{"name":"Rex"}"#.into()));
    assert_eq!(
        seen(1),
        ("application/x-www-form-urlencoded", "name=Rex".into())
    );
    assert_eq!(seen(2), ("application/xml", "<pet/>".into()));
    assert_eq!(seen(3), ("application/octet-stream", "pet".into()));
    assert_eq!(parts(&sent[4])[0].1, "pet");
    assert_eq!(seen(5), ("text/csv", "name".into()));
}

/// A relative URL has no host, so nobody is asked anything before one is set.
#[tokio::test]
async fn a_relative_server_has_to_be_set() {
    let server = server();
    let client = servers::Client::builder().build().expect("a client");
    let error = client.get_b().await.expect_err("there is no URL");
    assert!(error.to_string().contains("base_url"), "{error}");
    let client = servers::Client::builder()
        .base_url(format!("{}/v2", server.url()))
        .files_base_url(server.url())
        .build()
        .expect("a client");
    client.get_b().await.expect("a reply");
    client.get_a().await.expect("a reply");
    let targets: Vec<String> = server
        .received()
        .into_iter()
        .map(|sent| sent.target)
        .collect();
    assert_eq!(targets, ["/v2/b", "/a"]);
}

#[tokio::test]
async fn a_head_request_has_no_body_to_read() {
    let answer = Answer::status(200).body("never sent");
    let server = Server::always(answer);
    let reply = client!(head, server).probe_file().await.expect("a reply");
    let headers = head::operations::ProbeFileHeaders::read(reply.headers()).expect("headers");
    assert_eq!(headers.content_length, Some(10));
    assert_eq!(server.only().method, "HEAD");
}

/// A body that comes in pieces.
struct Slow(VecDeque<&'static [u8]>);

impl http_body::Body for Slow {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let piece = self.0.pop_front().map(Bytes::from_static);
        Poll::Ready(piece.map(|piece| Ok(Frame::data(piece))))
    }
}

fn slow(pieces: &[&'static [u8]]) -> Body {
    Body::stream(Slow(pieces.iter().copied().collect()))
}

/// A query as a whole: a form as in a body, JSON, or text. A key goes after it.
#[tokio::test]
async fn a_parameter_may_be_the_whole_query() {
    use parameters_querystring::Credentials;
    use parameters_querystring::types::{CountBooksFilter, Search};
    let server = server();
    let client = parameters_querystring::Client::builder()
        .base_url(server.url())
        .credentials(Credentials::app("k&k"))
        .build()
        .expect("a client");
    let search = Search::new("war & peace").tags(["a".to_owned(), "b c".to_owned()]);
    client.find_books(search).await.expect("a reply");
    client.count_books().await.expect("a reply");
    let filter = CountBooksFilter::new().numbers([1, 2]).flag_null();
    client.count_books().filter(filter).await.expect("a reply");
    client.select_books("$.a[1:1]").await.expect("a reply");
    let received = server.received();
    let queries: Vec<&str> = received.iter().map(Received::query).collect();
    assert_eq!(
        queries,
        [
            "title=war+%26+peace&tags=a%7Cb+c",
            "",
            "%7B%22numbers%22%3A%5B1%2C2%5D%2C%22flag%22%3Anull%7D",
            "%24.a%5B1%3A1%5D&app=k%26k",
        ]
    );
}

/// Cookies of the style `cookie` are sent as they are, and cannot end early.
#[tokio::test]
async fn cookies_may_go_out_as_they_are() {
    use parameters_cookie_style::types::GetCartColor;
    let server = server();
    let client = client!(parameters_cookie_style, server);
    client
        .get_cart("Hello,%20world!")
        .sizes([1, 2])
        .colors(["blue".to_owned(), "bl/ack".to_owned()])
        .color(GetCartColor::new().r(100).g(200))
        .await
        .expect("a reply");
    assert_eq!(
        server.only().header("cookie"),
        Some("greeting!=Hello,%20world!; sizes=1; sizes=2; colors=blue,bl/ack; R=100; G=200")
    );
    let error = client
        .get_cart("a; admin=1")
        .await
        .expect_err("two cookies");
    assert!(matches!(error, Error::Request(_)), "{error}");
    assert_eq!(server.received().len(), 1);
}
