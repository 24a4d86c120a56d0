//! Every style of every location, with the examples of the specification and with odd values.

use bindery_runtime::{
    Call, DEEP_OBJECT, LABEL, MATRIX, PIPE_DELIMITED, ParameterInfo, ParameterValue,
    RequestErrorKind, SPACE_DELIMITED, Style, ToParameter, encode_reserved, write_header_parameter,
    write_path_parameter, write_query_parameter,
};

use crate::support::{operation, refused, sent};

/// A value that is made by hand.
struct Value(ParameterValue);

impl ToParameter for Value {
    fn to_parameter(&self) -> ParameterValue {
        self.0.clone()
    }
}

fn text(text: &str) -> ParameterValue {
    ParameterValue::Primitive(text.to_owned())
}

fn array<const N: usize>(items: [&str; N]) -> ParameterValue {
    ParameterValue::Array(items.map(text).into())
}

fn object<const N: usize>(members: [(&str, ParameterValue); N]) -> ParameterValue {
    ParameterValue::Object(members.map(|(name, value)| (name.to_owned(), value)).into())
}

/// The values of the examples: an empty text, a text, an array and an object.
fn examples() -> [ParameterValue; 4] {
    let rgb = [("R", text("100")), ("G", text("200")), ("B", text("150"))];
    [
        text(""),
        text("blue"),
        array(["blue", "black", "brown"]),
        object(rgb),
    ]
}

/// OpenAPI 3.0.3, Parameter Object, Style Examples, with `label` as 3.0.4 has mended it.
#[test]
fn paths() {
    let table: [(Style, bool, [&str; 4]); 6] = [
        (
            Style::Simple,
            false,
            ["", "blue", "blue,black,brown", "R,100,G,200,B,150"],
        ),
        (
            Style::Simple,
            true,
            ["", "blue", "blue,black,brown", "R=100,G=200,B=150"],
        ),
        (
            LABEL,
            false,
            [".", ".blue", ".blue,black,brown", ".R,100,G,200,B,150"],
        ),
        (
            LABEL,
            true,
            [".", ".blue", ".blue.black.brown", ".R=100.G=200.B=150"],
        ),
        (
            MATRIX,
            false,
            [
                ";color",
                ";color=blue",
                ";color=blue,black,brown",
                ";color=R,100,G,200,B,150",
            ],
        ),
        (
            MATRIX,
            true,
            [
                ";color",
                ";color=blue",
                ";color=blue;color=black;color=brown",
                ";R=100;G=200;B=150",
            ],
        ),
    ];
    for (style, explode, expected) in table {
        let info = ParameterInfo::path("color").style(style).explode(explode);
        let written = examples().map(|value| write_path_parameter(&info, &value));
        assert_eq!(written, expected, "{style:?} {explode}");
    }
}

#[test]
fn queries() {
    let exploded = "color=blue&color=black&color=brown";
    let members = "R=100&G=200&B=150";
    let deep = "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150";
    let deep_array = "color%5B%5D=blue&color%5B%5D=black&color%5B%5D=brown";
    let table: [(Style, bool, &str, &str); 8] = [
        (
            Style::Form,
            false,
            "color=blue,black,brown",
            "color=R,100,G,200,B,150",
        ),
        (Style::Form, true, exploded, members),
        (
            SPACE_DELIMITED,
            false,
            "color=blue%20black%20brown",
            "color=R%20100%20G%20200%20B%20150",
        ),
        (SPACE_DELIMITED, true, exploded, members),
        (
            PIPE_DELIMITED,
            false,
            "color=blue%7Cblack%7Cbrown",
            "color=R%7C100%7CG%7C200%7CB%7C150",
        ),
        (PIPE_DELIMITED, true, exploded, members),
        (DEEP_OBJECT, true, deep_array, deep),
        // The specification knows it exploded alone.
        (DEEP_OBJECT, false, deep_array, deep),
    ];
    for (style, explode, array, object) in table {
        let info = ParameterInfo::query("color").style(style).explode(explode);
        let written = examples().map(|value| write_query_parameter(&info, &value).join("&"));
        let expected = ["color=", "color=blue", array, object];
        assert_eq!(written, expected, "{style:?} {explode}");
    }
}

#[test]
fn headers_and_cookies() {
    let header = ParameterInfo::header("color");
    let written = examples().map(|value| write_header_parameter(&header, &value));
    assert_eq!(
        written,
        ["", "blue", "blue,black,brown", "R,100,G,200,B,150"]
    );
    let written = examples().map(|value| write_header_parameter(&header.explode(true), &value));
    assert_eq!(
        written,
        ["", "blue", "blue,black,brown", "R=100,G=200,B=150"]
    );

    let cookie = ParameterInfo::cookie("color").explode(false);
    let written = examples().map(|value| write_query_parameter(&cookie, &value).join("; "));
    assert_eq!(
        written,
        [
            "color=",
            "color=blue",
            "color=blue,black,brown",
            "color=R,100,G,200,B,150"
        ]
    );
}

#[test]
fn empty_arrays_and_objects() {
    for style in [Style::Form, SPACE_DELIMITED, PIPE_DELIMITED, DEEP_OBJECT] {
        for explode in [false, true] {
            let info = ParameterInfo::query("color").style(style).explode(explode);
            for value in [array([]), object([])] {
                let pairs = write_query_parameter(&info, &value);
                assert!(pairs.is_empty(), "{style:?} {explode}: {pairs:?}");
            }
        }
    }
    for style in [Style::Simple, LABEL, MATRIX] {
        for explode in [false, true] {
            let info = ParameterInfo::path("color").style(style).explode(explode);
            for value in [array([]), object([])] {
                assert_eq!(write_path_parameter(&info, &value), "", "{style:?}");
            }
        }
    }
    // One empty text is something else.
    let matrix = ParameterInfo::path("color").style(MATRIX);
    assert_eq!(write_path_parameter(&matrix, &array([""])), ";color");
    let matrix = matrix.explode(true);
    assert_eq!(
        write_path_parameter(&matrix, &array(["", "a"])),
        ";color;color=a"
    );
    let members = object([("R", text("")), ("G", text("1"))]);
    assert_eq!(write_path_parameter(&matrix, &members), ";R;G=1");
}

#[test]
fn deep_objects_nest() {
    let value = object([
        ("a", object([("b", text("1")), ("c d", text("&"))])),
        ("list", array(["x", "y"])),
        ("none", array([])),
        (
            "parts",
            ParameterValue::Array(vec![object([("id", text("7"))]), array(["z"])]),
        ),
    ]);
    let info = ParameterInfo::query("filter").style(DEEP_OBJECT);
    assert_eq!(
        write_query_parameter(&info, &value),
        [
            "filter%5Ba%5D%5Bb%5D=1",
            "filter%5Ba%5D%5Bc%20d%5D=%26",
            "filter%5Blist%5D=x",
            "filter%5Blist%5D=y",
            "filter%5Bparts%5D%5B0%5D%5Bid%5D=7",
            "filter%5Bparts%5D%5B1%5D=z",
        ]
    );
    // Elsewhere parts within parts have commas between them.
    assert_eq!(
        write_query_parameter(&ParameterInfo::query("f"), &value)[0],
        "a=b%2C1%2Cc%20d%2C%26"
    );
}

#[test]
fn odd_texts_stay_inside() {
    let odd = "a/b?c#d&e=f;g,h.i|j k%2e\r\n\u{8d22}";
    let encoded = "a%2Fb%3Fc%23d%26e%3Df%3Bg%2Ch.i%7Cj%20k%252e%0D%0A%E8%B4%A2";
    let path = |style| ParameterInfo::path("p;").style(style);
    assert_eq!(
        write_path_parameter(&path(LABEL), &text(odd)),
        format!(".{encoded}")
    );
    assert_eq!(
        write_path_parameter(&path(MATRIX), &text(odd)),
        format!(";p%3B={encoded}")
    );
    let members = object([(odd, text(odd))]);
    assert_eq!(
        write_path_parameter(&path(MATRIX).explode(true), &members),
        format!(";{encoded}={encoded}")
    );
    let deep = ParameterInfo::query("q").style(DEEP_OBJECT);
    assert_eq!(
        write_query_parameter(&deep, &members),
        [format!("q%5B{encoded}%5D={encoded}")]
    );
}

#[test]
fn reserved_characters_stay_as_they_are() {
    for (given, written) in [
        (":/?[]@!$&'()*+,;=", ":/?[]@!$&'()*+,;="),
        ("#", "%23"),
        ("a b\"<>\\^`{|}", "a%20b%22%3C%3E%5C%5E%60%7B%7C%7D"),
        ("%2F%e8%zz%2", "%2F%e8%25zz%252"),
        ("%", "%25"),
        ("100%%41", "100%25%41"),
        ("%\u{8d22}", "%25%E8%B4%A2"),
        ("\r\n\0", "%0D%0A%00"),
        ("", ""),
    ] {
        assert_eq!(encode_reserved(given), written, "{given:?}");
    }
    let query = ParameterInfo::query("to").reserved();
    assert_eq!(
        write_query_parameter(&query, &array(["/a?b", "#c"])),
        ["to=/a?b", "to=%23c"]
    );
    let query = query.style(DEEP_OBJECT);
    assert_eq!(
        write_query_parameter(&query, &object([("[k]", text("/a"))])),
        ["to%5B%5Bk%5D%5D=/a"]
    );
    // A value of a path would leave its segment.
    let path = ParameterInfo::path("to").reserved();
    assert_eq!(write_path_parameter(&path, &text("a/b")), "a%2Fb");
}

static LABELS: &[ParameterInfo] = &[
    ParameterInfo::path("own").style(LABEL).explode(true),
    ParameterInfo::path("more").style(MATRIX),
    ParameterInfo::path("plain"),
];

#[test]
fn values_never_leave_their_segment() {
    let label = |template, value: ParameterValue| {
        move |core: &_| {
            let call = Call::new(core, operation(template, LABELS));
            call.path("own", &Value(value))
        }
    };
    for (value, reason) in [
        (text(""), "makes the path segment `.`"),
        (text("."), "makes the path segment `..`"),
        (array(["", ""]), "makes the path segment `..`"),
        (array([]), "is empty"),
    ] {
        let kind = refused(label("/a/{own}/b", value));
        let name = "own".to_owned();
        assert_eq!(kind, RequestErrorKind::InvalidPathValue { name, reason });
    }
    for (template, value, url) in [
        ("/a/{own}/b", "../x", "/a/...%2Fx/b"),
        ("/a/{own}/b", "%2e", "/a/.%252e/b"),
        ("/a/file{own}", "", "/a/file."),
        ("/a/file{own}", "tar.gz", "/a/file.tar.gz"),
    ] {
        let sent = sent(label(template, text(value)));
        assert_eq!(sent.url, format!("https://other.example.com{url}"));
    }
    // Some servers take `..;more=1` for `..`.
    for plain in [".", ".."] {
        let kind = refused(|core| {
            Call::new(core, operation("/a/{plain}{more}/b", LABELS))
                .path("plain", plain)
                .path("more", "1")
        });
        assert!(
            matches!(kind, RequestErrorKind::InvalidPathValue { .. }),
            "{kind}"
        );
    }
    let sent = sent(|core| {
        Call::new(core, operation("/a/{plain}{more}/b", LABELS))
            .path("plain", "..;")
            .path("more", "..")
    });
    assert_eq!(sent.url, "https://other.example.com/a/..%3B;more=../b");
}

#[cfg(feature = "reqwest")]
#[test]
fn every_style_on_the_wire() {
    static PARAMETERS: &[ParameterInfo] = &[
        ParameterInfo::path("matrix").style(MATRIX).explode(true),
        ParameterInfo::path("label").style(LABEL),
        ParameterInfo::query("deep").style(DEEP_OBJECT),
        ParameterInfo::query("pipe")
            .style(PIPE_DELIMITED)
            .explode(false),
        ParameterInfo::query("space")
            .style(SPACE_DELIMITED)
            .explode(false),
        ParameterInfo::query("reserved").reserved(),
    ];
    let [_, _, array, object] = examples().map(Value);
    let request = crate::support::server::arrived(|core| {
        Call::new(core, operation("/x/{matrix}/{label}", PARAMETERS))
            .path("matrix", &array)
            .path("label", &object)
            .query("deep", &object)
            .query("pipe", &array)
            .query("space", &array)
            // What is set again takes the place of what was set.
            .query("deep", &Value(self::object([("x", text("|"))])))
            .query("reserved", "/a?b:c@d%20e[f]|")
    });
    assert_eq!(
        request.lines().next().unwrap(),
        "POST /x/;matrix=blue;matrix=black;matrix=brown/.R,100,G,200,B,150\
         ?pipe=blue%7Cblack%7Cbrown&space=blue%20black%20brown\
         &deep%5Bx%5D=%7C&reserved=/a?b:c@d%20e[f]%7C HTTP/1.1"
    );
}
