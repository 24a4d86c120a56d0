//! The reader of schemas: each keyword, and the forms of other versions.

use insta::assert_snapshot;

use super::*;

/// Reads a schema written in one line of YAML and gives it to `look`, together with the codes that
/// were reported.
fn with_schema<T>(schema: &str, look: impl Fn(Schema<'_>, Vec<&'static str>) -> T) -> T {
    let document = document(&format!("x-s: {schema}\n"));
    let diags = Diags::new();
    let schema = read_schema(document.root().get("x-s").expect("is there"), &diags);
    look(schema.expect("it is an object"), codes(&diags))
}

fn types(schema: &str) -> (Vec<&'static str>, Vec<&'static str>) {
    with_schema(schema, |schema, codes| {
        (schema.types.names().collect(), codes)
    })
}

#[test]
fn type_sets_are_sets() {
    let both = TypeSet::STRING.with(TypeSet::NULL);
    assert_eq!(both.names().collect::<Vec<_>>(), ["null", "string"]);
    assert!(both.contains(TypeSet::NULL) && both.contains(both));
    assert!(!TypeSet::STRING.contains(both));
    assert_eq!(both.without(TypeSet::NULL), TypeSet::STRING);
    assert_eq!((both.len(), TypeSet::ANY.len()), (2, 0));
    assert!(TypeSet::ANY.is_empty() && TypeSet::default().is_empty());
    assert_eq!(TypeSet::from_name("integer"), Some(TypeSet::INTEGER));
    assert_eq!(TypeSet::from_name("String"), None);
    assert_eq!(format!("{both:?}"), "{\"null\", \"string\"}");
}

#[test]
fn types_are_read() {
    for name in ["boolean", "integer", "number", "string", "array", "object"] {
        assert_eq!(types(&format!("{{type: {name}}}")), (vec![name], vec![]));
    }
    assert_eq!(types("{}"), (vec![], vec![]));
    assert_eq!(types("{enum: [a]}"), (vec![], vec![]));
}

#[test]
fn null_is_a_type_beside_a_type() {
    assert_eq!(
        types("{type: string, nullable: true}"),
        (vec!["null", "string"], vec![])
    );
    assert_eq!(
        types("{type: string, nullable: false}"),
        (vec!["string"], vec![])
    );
    assert_eq!(
        types("{type: string, enum: [a], nullable: true}").0,
        ["null", "string"]
    );
    // OpenAPI 3.0.3 gives `nullable` no effect without a `type`, but it is remembered.
    let (types, nullable) = with_schema("{nullable: true, allOf: [{}]}", |schema, _| {
        (schema.types, schema.nullable)
    });
    assert_eq!((types, nullable), (TypeSet::ANY, true));
    assert!(with_schema(
        "{type: string, nullable: true}",
        |schema, _| schema.nullable
    ));
    assert!(!with_schema("{type: string}", |schema, _| schema.nullable));
}

#[test]
fn types_of_later_versions_are_understood() {
    assert_eq!(
        types("{type: [string, 'null']}"),
        (vec!["null", "string"], vec!["wrong-type"])
    );
    assert_eq!(types("{type: 'null'}"), (vec!["null"], vec!["wrong-type"]));
    assert_eq!(types("{type: []}"), (vec![], vec!["wrong-type"]));
}

#[test]
fn unknown_types_allow_anything() {
    for schema in [
        "{type: file}",
        "{type: 1}",
        "{type: {}}",
        "{type: null}",
        "{type: file, properties: {a: {}}}",
    ] {
        assert_eq!(types(schema), (vec![], vec!["unknown-type"]), "{schema}");
    }
    let document = document("x-s: {type: sting}\n");
    let diags = Diags::new();
    read_schema(document.root().get("x-s").expect("is there"), &diags);
    assert_snapshot!(plain(&diags), @r"
    widened[unknown-type]: there is no type `sting`; any value is accepted
     --> test.yaml:4:13
      |
    4 | x-s: {type: sting}
      |             ^^^^^
      |
      = at: /x-s/type
      = help: `string` may have been meant
    ");
}

#[test]
fn types_are_inferred_from_what_is_said_of_them() {
    for (schema, expected) in [
        ("{properties: {a: {}}}", vec!["object"]),
        ("{additionalProperties: true}", vec!["object"]),
        ("{additionalProperties: {}}", vec!["object"]),
        ("{additionalProperties: false}", vec![]),
        ("{properties: {}}", vec![]),
        ("{items: {}}", vec!["array"]),
        ("{items: {}, properties: {a: {}}}", vec!["array", "object"]),
        ("{required: [a]}", vec![]),
    ] {
        assert_eq!(types(schema), (expected, vec![]), "{schema}");
    }
}

#[test]
fn every_keyword_is_read() {
    let schema = "{title: t, description: d, format: f, enum: [1, a], default: 1, example: [2], \
                  properties: {b: {}, a: {$ref: x}}, required: [a, b, a], items: {$ref: y}, \
                  allOf: [{}, {}], oneOf: [{}], anyOf: [{}, {}, {}], not: {}, readOnly: true, \
                  writeOnly: true, deprecated: true, xml: {}, externalDocs: {url: u}, x-a: 1, x-b: 2}";
    with_schema(schema, |schema, codes| {
        assert_eq!(codes, Vec::<&str>::new());
        assert_eq!(
            (schema.title, schema.description, schema.format),
            (Some("t"), Some("d"), Some("f"))
        );
        assert_eq!(schema.enumeration.as_ref().map(Vec::len), Some(2));
        assert_eq!(schema.default.and_then(NodeRef::as_i64), Some(1));
        assert_eq!(schema.examples.len(), 1);
        let properties: Vec<_> = schema.properties.iter().map(|&(name, _)| name).collect();
        assert_eq!(properties, ["b", "a"]);
        assert_eq!(schema.properties[1].1.reference(), Some("x"));
        assert_eq!(schema.required, ["a", "b"]);
        assert_eq!(schema.items.and_then(NodeRef::reference), Some("y"));
        assert_eq!(
            (
                schema.all_of.len(),
                schema.one_of.len(),
                schema.any_of.len()
            ),
            (2, 1, 3)
        );
        assert!(schema.not.is_some() && schema.xml.is_some() && schema.external_docs.is_some());
        assert!(schema.read_only && schema.write_only && schema.deprecated);
        let extensions: Vec<_> = schema.extensions.iter().map(|&(name, _)| name).collect();
        assert_eq!(extensions, ["x-a", "x-b"]);
        assert!(schema.constant.is_none() && schema.prefix_items.is_empty());
        assert_eq!(schema.node.key(), Some("x-s"));
    });
}

#[test]
fn limits_are_read() {
    let schema = "{minLength: 1, maxLength: 2.0, pattern: p, minimum: -9223372036854776000, \
                  maximum: 1.5, multipleOf: 0.1, minItems: 3, maxItems: '4', uniqueItems: true, \
                  minProperties: 5, maxProperties: 6}";
    with_schema(schema, |schema, codes| {
        assert_eq!(codes, ["wrong-type"], "of maxItems");
        let expected = Limits {
            min_length: Some(1),
            max_length: Some(2),
            pattern: Some("p"),
            minimum: Some(Number::Integer(-9_223_372_036_854_776_000)),
            maximum: Some(Number::Float(1.5)),
            exclusive_minimum: None,
            exclusive_maximum: None,
            multiple_of: Some(Number::Float(0.1)),
            min_items: Some(3),
            max_items: Some(4),
            unique_items: true,
            min_properties: Some(5),
            max_properties: Some(6),
        };
        assert_eq!(schema.limits, expected);
    });
    with_schema(
        "{minLength: -1, maxLength: 1.5, maxItems: many}",
        |schema, codes| {
            assert_eq!(schema.limits, Limits::default());
            assert_eq!(codes, ["wrong-type"; 3]);
        },
    );
}

#[test]
fn exclusive_bounds_are_numbers() {
    let bounds = |schema: &str| {
        with_schema(schema, |schema, codes| {
            let limits = schema.limits;
            (
                limits.minimum,
                limits.exclusive_minimum,
                limits.maximum,
                limits.exclusive_maximum,
                codes,
            )
        })
    };
    let n = |n: i128| Some(Number::Integer(n));
    let schema = "{minimum: 1, exclusiveMinimum: true, maximum: 2, exclusiveMaximum: false}";
    assert_eq!(bounds(schema), (None, n(1), n(2), None, vec![]));
    assert_eq!(
        bounds("{exclusiveMinimum: true}"),
        (None, None, None, None, vec![])
    );
    let schema = "{minimum: 1, exclusiveMinimum: 3, exclusiveMaximum: 4}";
    assert_eq!(
        bounds(schema),
        (n(1), n(3), None, n(4), vec!["wrong-type"; 2])
    );
    assert_eq!(
        bounds("{maximum: 1, exclusiveMaximum: x}"),
        (None, None, n(1), None, vec!["wrong-type"])
    );
}

#[test]
fn additional_properties_are_told_apart() {
    let additional = |schema: &str| {
        with_schema(schema, |schema, codes| {
            let additional = match schema.additional {
                Additional::Unstated => "unstated",
                Additional::Allowed => "allowed",
                Additional::Denied => "denied",
                Additional::Schema(_) => "schema",
            };
            (additional, codes)
        })
    };
    assert_eq!(additional("{}"), ("unstated", vec![]));
    assert_eq!(
        additional("{additionalProperties: true}"),
        ("allowed", vec![])
    );
    assert_eq!(
        additional("{additionalProperties: false}"),
        ("denied", vec![])
    );
    assert_eq!(additional("{additionalProperties: {}}"), ("schema", vec![]));
    assert_eq!(
        additional("{additionalProperties: {$ref: x}}"),
        ("schema", vec![])
    );
    assert_eq!(
        additional("{additionalProperties: 'false'}"),
        ("denied", vec!["wrong-type"])
    );
    assert_eq!(
        additional("{additionalProperties: []}"),
        ("unstated", vec!["unsupported-schema"])
    );
}

#[test]
fn discriminators_are_read() {
    let discriminator = |schema: &str| {
        with_schema(schema, |schema, codes| {
            let discriminator = schema.discriminator.map(|d| {
                let mapping = d.mapping.iter().map(|(value, to)| format!("{value}={to}"));
                format!(
                    "{} {}",
                    d.property_name,
                    mapping.collect::<Vec<_>>().join(" ")
                )
            });
            (discriminator, codes)
        })
    };
    let full = "{discriminator: {propertyName: p, mapping: {b: '#/x', a: Y}}}";
    assert_eq!(
        discriminator(full),
        (Some("p b=#/x a=Y".to_owned()), vec![])
    );
    assert_eq!(
        discriminator("{discriminator: {propertyName: p}}")
            .0
            .as_deref(),
        Some("p ")
    );
    assert_eq!(
        discriminator("{discriminator: {}}"),
        (None, vec!["unsupported-schema"])
    );
    assert_eq!(
        discriminator("{discriminator: p}"),
        (None, vec!["unsupported-schema"])
    );
    let broken = "{discriminator: {propertyName: p, mapping: {a: [], b: 200}}}";
    let expected = (
        Some("p b=200".to_owned()),
        vec!["unsupported-schema", "wrong-type"],
    );
    assert_eq!(discriminator(broken), expected);
}

#[test]
fn broken_keywords_cost_only_themselves() {
    let schema = "{type: object, properties: [], allOf: {}, enum: 1, items: [{}], title: [], \
                  required: [a, [b], 1], not: 1, deprecated: perhaps}";
    with_schema(schema, |schema, codes| {
        assert_eq!(schema.types, TypeSet::OBJECT);
        assert!(schema.properties.is_empty() && schema.all_of.is_empty() && schema.items.is_none());
        assert!(schema.enumeration.is_none() && schema.title.is_none() && schema.not.is_none());
        assert_eq!(schema.required, ["a", "1"]);
        assert!(!schema.deprecated);
        let count = |code| codes.iter().filter(|&&known| known == code).count();
        assert_eq!(
            (
                count("unsupported-schema"),
                count("wrong-type"),
                codes.len()
            ),
            (5, 4, 9)
        );
    });
    with_schema(
        "{oneOf: [1, {}], properties: {a: null}}",
        |schema, codes| {
            assert_eq!(
                (schema.one_of.len(), schema.properties.len()),
                (2, 1),
                "who reads them reports"
            );
            assert_eq!(codes, Vec::<&str>::new());
        },
    );
}

#[test]
fn what_is_no_object_is_no_schema() {
    for value in ["true", "null", "[]", "text", "1"] {
        let document = document(&format!("x-s: {value}\n"));
        let diags = Diags::new();
        assert!(read_schema(document.root().get("x-s").expect("is there"), &diags).is_none());
        assert_eq!(codes(&diags), ["unsupported-schema"], "{value}");
    }
}

#[test]
fn the_check_and_the_reader_say_the_same_once() {
    let document = document("components:\n  schemas:\n    A: {maxLength: x, items: 1, title: 1}\n");
    let diags = Diags::new();
    check(&document, &diags);
    assert_eq!(diags.snapshot().len(), 3);
    read_schema(
        document.at("/components/schemas/A").expect("is there"),
        &diags,
    );
    assert_eq!(diags.snapshot().len(), 3, "{}", plain(&diags));
}
