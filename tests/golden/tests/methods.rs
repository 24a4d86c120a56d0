//! Methods as the goldens put them on the wire: `QUERY`, and those that no key of a path item is for.

use bindery_goldens::{additional_operations, path_items};
use bindery_tests::{Answer, Server};
use serde_json::json;

const JSON: &str = "application/json";

/// `QUERY` sends a body as `POST` does, and may be repeated as `GET` may.
#[tokio::test]
async fn query_has_a_body() {
    use path_items::operations::FindBooks;
    use path_items::types::Book;
    let server = Server::always(Answer::json(200, &json!([{ "title": "Emma" }])));
    let client = path_items::Client::builder()
        .base_url(server.url())
        .build()
        .expect("a client");
    let books = client
        .find_books("new books", Book::new("Em"))
        .trace("t1")
        .await
        .expect("a reply");
    assert_eq!(books[0].title, "Emma");
    let sent = server.only();
    assert_eq!(sent.method, "QUERY");
    assert_eq!(sent.target, "/shelves/new%20books/books");
    assert_eq!(sent.header("content-type"), Some(JSON));
    assert_eq!(sent.header("accept"), Some(JSON));
    assert_eq!(sent.header("content-length"), Some("14"));
    assert_eq!(sent.header("trace"), Some("t1"));
    assert_eq!(sent.body, br#"{"title":"Em"}"#);
    assert!(FindBooks::OPERATION.idempotent);
}

/// A method goes out in the letters of the document, with a body or without.
#[tokio::test]
async fn any_method_is_sent_as_it_is_written() {
    use additional_operations::operations::CopyShelf;
    use additional_operations::types::Shelf;
    let server = Server::always(Answer::json(201, &json!({ "name": "b" })));
    let client = additional_operations::Client::builder()
        .base_url(server.url())
        .build()
        .expect("a client");
    let copied = client.copy_shelf("a", "/shelves/b", Shelf::new("b"));
    assert_eq!(copied.await.expect("a reply").name, "b");
    let sent = server.only();
    assert_eq!((sent.method.as_str(), sent.path()), ("COPY", "/shelves/a"));
    assert_eq!(sent.header("destination"), Some("/shelves/b"));
    assert_eq!(sent.body, br#"{"name":"b"}"#);
    assert!(!CopyShelf::OPERATION.idempotent);

    let server = Server::always(Answer::status(204));
    let client = additional_operations::Client::builder()
        .base_url(server.url())
        .build()
        .expect("a client");
    client.purge_shelves_by_shelf("a").await.expect("a reply");
    client
        .m_search_shelves_by_shelf("a")
        .await
        .expect("a reply");
    let received = server.received();
    let methods: Vec<&str> = received.iter().map(|sent| sent.method.as_str()).collect();
    assert_eq!(methods, ["PURGE", "m-search"]);
    assert!(received.iter().all(|sent| sent.body.is_empty()));
}
