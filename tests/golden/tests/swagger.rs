//! What the goldens of Swagger 2.0 put on the wire.

use bindery_goldens::{
    swagger_body, swagger_collection_formats, swagger_file, swagger_form, swagger_responses,
    swagger_security,
};
use bindery_runtime::File;
use bindery_tests::{Answer, Server};

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

#[tokio::test]
async fn lists_have_their_separators() {
    let server = server();
    let texts = || ["a".to_owned(), "b c".to_owned()];
    client!(swagger_collection_formats, server)
        .find_books([1, 2], texts())
        .unsaid(texts())
        .commas(texts())
        .spaces(texts())
        .bars(texts())
        .repeated([swagger_collection_formats::types::FindBooksRepeatedItem::New])
        .await
        .expect("a reply");
    let sent = server.only();
    assert_eq!(sent.path(), "/books/1,2/a,b%20c");
    assert_eq!(
        sent.query(),
        "unsaid=a,b%20c&commas=a,b%20c&spaces=a%20b%20c&bars=a%7Cb%20c&repeated=new"
    );
}

#[tokio::test]
async fn fields_are_sent_as_a_form() {
    let server = server();
    let body = swagger_form::types::SignUpBody::new("Ann")
        .tags(["a".to_owned(), "b".to_owned()])
        .colors(["red".to_owned(), "blue".to_owned()])
        .genres(["x".to_owned(), "y".to_owned()]);
    client!(swagger_form, server)
        .sign_up(body)
        .await
        .expect("a reply");
    let sent = server.only();
    assert_eq!(
        sent.header("content-type"),
        Some("application/x-www-form-urlencoded")
    );
    let body = String::from_utf8(sent.body).expect("text");
    assert_eq!(body, "name=Ann&tags=a&tags=b&colors=red,blue&genres=x%7Cy");
}

#[tokio::test]
async fn files_are_sent_as_parts() {
    use swagger_file::operations::AddCoverForm;
    let server = server();
    let form = AddCoverForm::new(File::from("bytes")).pages([File::from("1"), File::from("2")]);
    client!(swagger_file, server)
        .add_cover(form)
        .await
        .expect("a reply");
    let sent = server.only();
    let media_type = sent.header("content-type").expect("a media type");
    assert!(
        media_type.starts_with("multipart/form-data"),
        "{media_type}"
    );
    let body = String::from_utf8(sent.body.clone()).expect("text");
    assert_eq!(body.matches("name=\"pages\"").count(), 2, "{body}");
    assert_eq!(body.matches("name=\"image\"").count(), 1, "{body}");
}

#[tokio::test]
async fn bodies_are_sent_in_their_media_type() {
    let server = server();
    let book = swagger_body::types::BookInput::new("Rust");
    client!(swagger_body, server)
        .change_book(7, book)
        .await
        .expect("a reply");
    let sent = server.only();
    assert_eq!((sent.method.as_str(), sent.path()), ("PATCH", "/books/7"));
    assert_eq!(
        sent.header("content-type"),
        Some("application/merge-patch+json")
    );
    assert_eq!(sent.body, br#"{"title":"Rust"}"#);
}

#[tokio::test]
async fn a_header_is_set_by_its_credentials() {
    let server = server();
    let client = swagger_security::Client::builder()
        .base_url(server.url())
        .credentials(swagger_security::Credentials::authorization("Desk 7"))
        .build()
        .expect("a client");
    client.by_header().await.expect("a reply");
    assert_eq!(server.only().header("authorization"), Some("Desk 7"));
}

#[tokio::test]
async fn errors_of_a_download_are_typed() {
    use swagger_responses::types::IdParameter;
    let failed = serde_json::json!({"code": "gone", "level": "high"});
    let server = Server::always(Answer::json(410, &failed));
    let error = client!(swagger_responses, server)
        .get_cover(IdParameter::First)
        .await
        .expect_err("an error");
    assert!(format!("{error:?}").contains("gone"), "{error:?}");
}
