//! How the values of parameters are written.

use std::collections::BTreeMap;

use bindery_runtime::{
    ParameterInfo, ParameterValue, ToParameter, write_header_parameter, write_path_parameter,
    write_query_parameter,
};

fn object() -> BTreeMap<String, i32> {
    [("R", 100), ("G", 200), ("B", 150)]
        .map(|(name, value)| (name.to_owned(), value))
        .into()
}

fn path(explode: bool, value: &dyn ToParameter) -> String {
    let info = ParameterInfo::path("color").explode(explode);
    write_path_parameter(&info, &value.to_parameter())
}

fn header(explode: bool, value: &dyn ToParameter) -> String {
    let info = ParameterInfo::header("color").explode(explode);
    write_header_parameter(&info, &value.to_parameter())
}

fn query(explode: bool, value: &dyn ToParameter) -> String {
    let info = ParameterInfo::query("color").explode(explode);
    write_query_parameter(&info, &value.to_parameter()).join("&")
}

/// The examples of the specification (OpenAPI 3.0.3, Parameter Object, Style Examples).
#[test]
fn examples_of_the_specification() {
    let array = vec!["blue", "black", "brown"];
    assert_eq!(path(false, &"blue"), "blue");
    assert_eq!(path(false, &array), "blue,black,brown");
    assert_eq!(path(true, &array), "blue,black,brown");
    // A map sorts its members.
    assert_eq!(path(false, &object()), "B,150,G,200,R,100");
    assert_eq!(path(true, &object()), "B=150,G=200,R=100");

    assert_eq!(header(false, &array), "blue,black,brown");
    assert_eq!(header(true, &object()), "B=150,G=200,R=100");

    assert_eq!(query(false, &""), "color=");
    assert_eq!(query(true, &"blue"), "color=blue");
    assert_eq!(query(true, &array), "color=blue&color=black&color=brown");
    assert_eq!(query(false, &array), "color=blue,black,brown");
    assert_eq!(query(true, &object()), "B=150&G=200&R=100");
    assert_eq!(query(false, &object()), "color=B,150,G,200,R,100");
}

#[test]
fn an_empty_array_is_no_query() {
    let none: Vec<String> = Vec::new();
    assert_eq!(query(true, &none), "");
    assert_eq!(query(false, &none), "");
    assert_eq!(query(false, &BTreeMap::<String, String>::new()), "");
    // One empty text is something else.
    assert_eq!(query(true, &vec![""]), "color=");
    assert_eq!(query(false, &vec![""]), "color=");
}

#[test]
fn all_but_unreserved_characters_are_encoded() {
    let odd = "a b+c/d?e&f=g,h%i~j-k_l.m'(n)!*\u{8d22}\r\n";
    let encoded = "a%20b%2Bc%2Fd%3Fe%26f%3Dg%2Ch%25i~j-k_l.m%27%28n%29%21%2A%E8%B4%A2%0D%0A";
    assert_eq!(path(false, &odd), encoded);
    assert_eq!(query(true, &odd), format!("color={encoded}"));
    // The commas between items stand out from those inside.
    assert_eq!(query(false, &vec!["a,b", "c"]), "color=a%2Cb,c");
    let object = BTreeMap::from([("a=b".to_owned(), "c&d")]);
    assert_eq!(query(true, &object), "a%3Db=c%26d");
    // A header is not encoded; its check is the call's.
    assert_eq!(header(false, &"a b,\u{8d22}"), "a b,\u{8d22}");
}

#[test]
fn types_that_can_be_parameters() {
    let primitive = |text: &str| ParameterValue::Primitive(text.to_owned());
    assert_eq!(true.to_parameter(), primitive("true"));
    assert_eq!((-1_i64).to_parameter(), primitive("-1"));
    assert_eq!(u64::MAX.to_parameter(), primitive("18446744073709551615"));
    assert_eq!(1.5_f64.to_parameter(), primitive("1.5"));
    assert_eq!("text".to_parameter(), primitive("text"));
    assert_eq!(String::from("text").to_parameter(), primitive("text"));
    assert_eq!(Box::new(1_u8).to_parameter(), primitive("1"));
    let numbers = ParameterValue::Array(vec![primitive("1"), primitive("2")]);
    assert_eq!([1, 2][..].to_parameter(), numbers);
    // Parts within parts: commas.
    let nested = vec![vec![1, 2], vec![3]].to_parameter();
    let three = ParameterValue::Array(vec![primitive("3")]);
    assert_eq!(nested, ParameterValue::Array(vec![numbers, three]));
    assert_eq!(nested.text(), "1,2,3");
    assert_eq!(
        query(true, &vec![vec![1, 2], vec![3]]),
        "color=1%2C2&color=3"
    );
    let objects = vec![object()].to_parameter();
    assert_eq!(objects.text(), "B,150,G,200,R,100");
}

#[test]
fn a_value_that_cannot_be_written_is_found_wherever_it_is() {
    let invalid = || ParameterValue::Invalid("too odd".to_owned());
    assert_eq!(invalid().problem(), Some("too odd"));
    let array = ParameterValue::Array(vec![1.to_parameter(), invalid()]);
    let object = ParameterValue::Object(vec![("a".to_owned(), array)]);
    assert_eq!(object.problem(), Some("too odd"));
    assert_eq!(vec![1].to_parameter().problem(), None);
}
