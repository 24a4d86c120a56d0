//! Base URLs, path templates, server variables.

use std::borrow::Cow;

use bindery_runtime::{
    BaseUrl, PathProblem, TemplatePiece, check_server_variable, encode_component, expand_path,
    expand_server, template_pieces,
};

#[test]
fn base_urls_are_put_in_order() {
    for (text, expected, authority) in [
        ("https://example.com", "https://example.com", "example.com"),
        ("https://example.com/", "https://example.com", "example.com"),
        (
            "HTTPS://Example.COM:443/v1//",
            "https://example.com/v1",
            "example.com",
        ),
        ("http://example.com:80", "http://example.com", "example.com"),
        (
            "http://example.com:443",
            "http://example.com:443",
            "example.com:443",
        ),
        (
            "http://127.0.0.1:8080/a%20b",
            "http://127.0.0.1:8080/a%20b",
            "127.0.0.1:8080",
        ),
        ("http://[::1]:8080", "http://[::1]:8080", "[::1]:8080"),
        ("http://[::1]", "http://[::1]", "[::1]"),
        (
            "https://a_b-c.example.com/x/~y;z=1",
            "https://a_b-c.example.com/x/~y;z=1",
            "a_b-c.example.com",
        ),
    ] {
        let url = BaseUrl::parse(text).unwrap();
        assert_eq!(url.to_string(), expected, "{text}");
        assert_eq!(url.authority(), authority, "{text}");
    }
}

#[test]
fn what_is_no_base_url_is_refused_with_a_reason() {
    for (text, reason) in [
        ("", "no scheme"),
        ("example.com", "no scheme"),
        ("/v1", "no scheme"),
        ("ftp://example.com", "a scheme other"),
        ("https://", "no valid host"),
        ("https:///v1", "no valid host"),
        ("https://user:secret@example.com", "a user name"),
        ("https://example.com:port", "a port"),
        ("https://example.com:65536", "a port"),
        ("https://example.com:+80", "a port"),
        ("https://example.com:", "a port"),
        ("https://example.com?x=1", "a query"),
        ("https://example.com/#x", "a query"),
        ("https://exa mple.com", "no valid host"),
        ("https://b\u{fc}cher.example", "no valid host"),
        ("https://[::1", "no valid host"),
        ("https://[zz]", "no valid host"),
        ("https://::1", "no valid host"),
        ("https://example.com/a b", "a character in its path"),
        ("https://example.com/a\r\nb", "a character in its path"),
        ("https://example.com/\u{fc}", "a character in its path"),
        ("https://example.com/%zz", "a `%`"),
        ("https://example.com/%2", "a `%`"),
        ("https://example.com/a/../b", "a segment"),
        ("https://example.com/%2E%2e", "a segment"),
        ("https://example.com\\evil.com", "no valid host"),
        ("https://{region}.example.com", "no valid host"),
    ] {
        let found = BaseUrl::parse(text).unwrap_err();
        assert!(found.contains(reason), "{text}: {found}");
    }
}

#[test]
fn templates_come_apart() {
    use TemplatePiece::{Literal, Placeholder};
    let pieces = |template| template_pieces(template).collect::<Vec<_>>();
    assert_eq!(
        pieces("/a/{b}c{d}"),
        [
            Literal("/a/"),
            Placeholder("b"),
            Literal("c"),
            Placeholder("d"),
        ]
    );
    assert_eq!(pieces(""), []);
    assert_eq!(pieces("{}"), [Placeholder("")]);
    assert_eq!(pieces("a}b{c"), [Literal("a}b"), Literal("{c")]);
}

fn expand(template: &str, value: &str) -> Result<String, PathProblem> {
    expand_path(template, |name| {
        (name == "id").then(|| Cow::Owned(encode_component(value)))
    })
}

#[test]
fn values_stay_in_their_segment() {
    for (value, expected) in [
        ("1", "/a/1/b"),
        ("a/b", "/a/a%2Fb/b"),
        ("../x", "/a/..%2Fx/b"),
        ("a?b#c", "/a/a%3Fb%23c/b"),
        ("%2e%2e", "/a/%252e%252e/b"),
        (" ", "/a/%20/b"),
        ("...", "/a/.../b"),
        (".a", "/a/.a/b"),
        ("+", "/a/%2B/b"),
        ("{id}", "/a/%7Bid%7D/b"),
    ] {
        assert_eq!(expand("/a/{id}/b", value).unwrap(), expected);
    }
}

#[test]
fn values_that_would_name_another_resource_are_refused() {
    let refused = |template, value, reason| {
        assert_eq!(
            expand(template, value),
            Err(PathProblem::Refused {
                parameter: "id".to_owned(),
                reason,
            }),
            "{template} with {value:?}"
        );
    };
    refused("/a/{id}/b", "", "is empty");
    refused("/a/{id}/b", ".", "makes the path segment `.`");
    refused("/a/{id}/b", "..", "makes the path segment `..`");
    refused("/a/{id}", "..", "makes the path segment `..`");
    // Only together with the template does it become one.
    refused("/a/.{id}/b", ".", "makes the path segment `..`");
    refused("/a/{id}{id}", ".", "makes the path segment `..`");
    refused("/a/%2E{id}", ".", "makes the path segment `..`");
    assert_eq!(expand("/a/x{id}", "..").unwrap(), "/a/x..");
    assert_eq!(
        expand("/a/{other}", "1"),
        Err(PathProblem::Missing {
            parameter: "other".to_owned()
        })
    );
}

#[test]
fn literals_of_a_path_are_kept_and_made_valid() {
    assert_eq!(
        expand("/a b/{id}/c?d#e", "1").unwrap(),
        "/a%20b/1/c%3Fd%23e"
    );
    assert_eq!(
        expand("/a%20b/\u{e9};x=1,2:@/", "1").unwrap(),
        "/a%20b/%C3%A9;x=1,2:@/"
    );
    assert_eq!(expand("", "1").unwrap(), "");
    // The document's own dots are its own affair; only values are not trusted.
    assert_eq!(expand("/a/./b", "1").unwrap(), "/a/./b");
}

#[test]
fn server_variables_stay_in_their_place() {
    let template = "https://api.{region}.example.com/{stage}";
    for (name, value) in [
        ("region", "north-1"),
        ("region", "a.b"),
        ("stage", "v1/beta"),
    ] {
        assert_eq!(
            check_server_variable(template, name, value),
            Ok(()),
            "{value}"
        );
    }
    for (name, value) in [
        ("region", ""),
        ("region", "evil.com/"),
        ("region", "x@evil.com"),
        ("region", "evil.com#"),
        ("region", "evil.com?"),
        ("region", "evil.com\\"),
        ("region", "a b"),
        ("region", "a%2Fb"),
        ("region", "a\nb"),
        ("stage", "v1?x"),
    ] {
        assert!(
            check_server_variable(template, name, value).is_err(),
            "{value}"
        );
    }
    // A variable that holds the whole beginning of the URL may have slashes.
    assert_eq!(
        check_server_variable("{server}/v1", "server", "https://example.com"),
        Ok(())
    );

    let value = |name: &str| (name == "region").then_some("north-1");
    assert_eq!(
        expand_server("https://{region}.example.com", value).as_deref(),
        Ok("https://north-1.example.com")
    );
    assert_eq!(
        expand_server("https://{zone}.example.com", value),
        Err("zone".to_owned())
    );
}
