//! Doc comments: one `#[doc]` per line, each safe to be printed back as a comment.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::{Plan, markdown};
use crate::ir::{
    Constraint, Doc, Field, Naming, Scalar, Segment, Shape, TypeDef, TypeId, TypeRoot,
};

/// The longest example in bytes that is shown.
const LONGEST_EXAMPLE: usize = 80;

/// The lines of a doc comment.
#[derive(Clone, Debug, Default)]
pub(super) struct Docs(Vec<String>);

impl Docs {
    /// A comment that begins with a paragraph of our own words.
    pub(super) fn of(text: impl AsRef<str>) -> Self {
        Self(markdown::wrapped("", text.as_ref()))
    }

    /// Adds a paragraph of our own words.
    pub(super) fn paragraph(&mut self, text: impl AsRef<str>) -> &mut Self {
        self.gap();
        self.0.extend(markdown::wrapped("", text.as_ref()));
        self
    }

    /// Adds a list of our own words.
    pub(super) fn list(&mut self, items: impl IntoIterator<Item = String>) -> &mut Self {
        let mut items = items.into_iter().peekable();
        if items.peek().is_some() {
            self.gap();
            for item in items {
                self.0.extend(markdown::wrapped("- ", &item));
            }
        }
        self
    }

    /// Adds a heading of our own words.
    pub(super) fn heading(&mut self, text: &str) -> &mut Self {
        self.gap();
        self.0.push(format!("# {text}"));
        self
    }

    /// Adds a block of code of our own, with its fences.
    pub(super) fn code(&mut self, lines: Vec<String>) -> &mut Self {
        if !lines.is_empty() {
            self.gap();
            self.0.extend(lines);
        }
        self
    }

    /// Adds prose of the document.
    pub(super) fn prose(&mut self, text: &str) -> &mut Self {
        let lines = markdown::lines(text);
        if !lines.is_empty() {
            self.gap();
            self.0.extend(lines);
        }
        self
    }

    fn gap(&mut self) {
        if !self.0.is_empty() {
            self.0.push(String::new());
        }
    }

    /// Whether there is nothing yet.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The lines as the docs of the module that they stand in.
    pub(super) fn inner(&self) -> TokenStream {
        self.0
            .iter()
            .map(|line| padded(line))
            .map(|line| quote!(#![doc = #line]))
            .collect()
    }
}

impl ToTokens for Docs {
    fn to_tokens(&self, out: &mut TokenStream) {
        for line in &self.0 {
            let line = padded(line);
            out.extend(quote!(#[doc = #line]));
        }
    }
}

/// A line with the space that stands after `///`.
fn padded(line: &str) -> String {
    let line: String = line
        .chars()
        .map(|c| {
            if c.is_control() {
                char::REPLACEMENT_CHARACTER
            } else {
                c
            }
        })
        .collect();
    if line.is_empty() {
        line
    } else {
        format!(" {line}")
    }
}

/// The front page of the crate.
pub(super) fn front_page(plan: &Plan<'_>) -> TokenStream {
    let mut docs = Docs::default();
    prose_of(
        &mut docs,
        &Doc {
            title: Some(plan.api.info.title.clone()),
            ..plan.api.info.doc.clone()
        },
    );
    let example = super::example::front_page(plan);
    if !example.is_empty() {
        docs.heading("Use").code(example);
    }
    docs.heading("Features");
    let mut list = vec![
        "`reqwest` (default): the built-in transport. Without it, hand one to the builder."
            .to_owned(),
    ];
    for (tag, names) in plan.api.tags.iter().zip(&plan.names.tags) {
        let mut line = format!(
            "`{}` (default): operations of {}",
            names.feature,
            markdown::code(&tag.name)
        );
        if let Some(description) = &tag.doc.description {
            line.push_str(&format!(". {}", markdown::line(description)));
        }
        list.push(line);
    }
    let conversions = super::runtime::features(plan).into_keys();
    list.extend(
        conversions
            .filter(|feature| *feature != "reqwest")
            .map(|feature| format!("`{feature}`: conversions from and to the types of that crate")),
    );
    docs.list(list);
    external(&mut docs, &plan.api.info.doc);
    docs.inner()
}

/// The docs of an item of `types`.
pub(super) fn of_type(plan: &Plan<'_>, id: TypeId) -> Docs {
    let def = plan.api.ty(id);
    let mut docs = Docs::default();
    prose_of(&mut docs, &def.doc);
    if docs.is_empty() {
        docs = Docs::of(stand_in(plan, id));
    }
    if let Shape::Newtype(_) | Shape::Wrapper(_) | Shape::Alias(_) = def.shape {
        let mut facts = constraints_through(plan, id);
        facts.extend(example(def));
        docs.list(facts);
    }
    deprecation(&mut docs, &def.doc);
    external(&mut docs, &def.doc);
    docs
}

/// The docs of a field.
pub(super) fn of_field(plan: &Plan<'_>, field: &Field) -> Docs {
    let mut docs = Docs::default();
    prose_of(&mut docs, &field.doc);
    if docs.is_empty() {
        let def = plan.api.ty(field.ty);
        match (&def.naming, &def.doc) {
            (Naming::Item { .. }, doc) if doc.title.is_some() || doc.description.is_some() => {
                let text = doc
                    .title
                    .as_deref()
                    .or(doc.description.as_deref())
                    .unwrap_or_default();
                docs = Docs::of(markdown::line(text));
            }
            _ => docs = Docs::of(format!("The property {}.", markdown::code(&field.key))),
        }
    }
    let mut facts = match plan.api.ty(field.ty).naming {
        Naming::Anonymous => constraints_through(plan, field.ty),
        Naming::Item { .. } => Vec::new(),
    };
    if let Naming::Anonymous = plan.api.ty(field.ty).naming {
        facts.extend(example(plan.api.ty(field.ty)));
    }
    if let Some(default) = &field.default {
        facts.push(format!(
            "Default: {}.",
            markdown::code(&default.to_string())
        ));
    }
    if field.read_only {
        facts.push("Assigned by the service alone.".to_owned());
    }
    if field.write_only {
        facts.push("Part of requests only.".to_owned());
    }
    docs.list(facts);
    deprecation(&mut docs, &field.doc);
    external(&mut docs, &field.doc);
    docs
}

/// Adds title and description.
pub(super) fn prose_of(docs: &mut Docs, doc: &Doc) {
    if let Some(title) = &doc.title {
        let title = markdown::line(title);
        if !title.is_empty() {
            docs.paragraph(sentence(&title));
        }
    }
    if let Some(description) = &doc.description
        && doc
            .title
            .as_deref()
            .is_none_or(|title| title.trim() != description.trim())
    {
        docs.prose(description);
    }
}

/// `text` with a full stop, unless it ends in a sign already.
pub(super) fn sentence(text: &str) -> String {
    if text.ends_with(|c: char| c.is_alphanumeric() || c == ')' || c == '`') {
        format!("{text}.")
    } else {
        text.to_owned()
    }
}

/// Adds that the item is deprecated.
pub(super) fn deprecation(docs: &mut Docs, doc: &Doc) {
    if doc.deprecated {
        docs.paragraph("**Deprecated** by the service.");
    }
}

/// Adds where to read more.
pub(super) fn external(docs: &mut Docs, doc: &Doc) {
    let Some(external) = &doc.external else {
        return;
    };
    let text = external
        .description
        .as_deref()
        .map(markdown::line)
        .filter(|text| !text.is_empty());
    let safe = !external
        .url
        .contains(|c: char| c.is_whitespace() || c.is_control() || "<>`".contains(c));
    let web = external.url.starts_with("https://") || external.url.starts_with("http://");
    let line = match (text, safe && web) {
        (Some(text), true) => format!("See [{text}](<{}>).", external.url),
        (None, true) => format!("See <{}>.", external.url),
        (Some(text), false) => format!("See {text}: {}.", markdown::code(&external.url)),
        (None, false) => format!("See {}.", markdown::code(&external.url)),
    };
    docs.paragraph(line);
}

/// What is said of an item that the document says nothing of: where it stands.
fn stand_in(plan: &Plan<'_>, id: TypeId) -> String {
    let Naming::Item { root, path, .. } = &plan.api.ty(id).naming else {
        return "A value.".to_owned();
    };
    let whole = match root {
        TypeRoot::Schema(name) => format!("the schema {}", markdown::code(name)),
        TypeRoot::Operation(id) => format!("the operation {}", markdown::code(id)),
        TypeRoot::ServerVariable(name) => format!("the server variable {}", markdown::code(name)),
    };
    let part = match path.last() {
        None => {
            let mut whole = whole;
            whole.replace_range(..1, "T");
            return format!("{whole}.");
        }
        Some(Segment::Property(key)) => format!("The property {}", markdown::code(key)),
        Some(Segment::Parameter(name)) => format!("The parameter {}", markdown::code(name)),
        Some(Segment::Header(name)) => format!("The header {}", markdown::code(name)),
        Some(Segment::Callback(name)) => format!("The callback {}", markdown::code(name)),
        Some(Segment::Variant(label) | Segment::Kind(label)) => {
            format!("The alternative {}", markdown::code(label))
        }
        Some(Segment::Base) => "What all that inherit have in common".to_owned(),
        Some(Segment::Input) => "The form for requests".to_owned(),
        Some(Segment::Item) => "An item of a list".to_owned(),
        Some(Segment::Position(position)) => format!("The item {position} of a list"),
        Some(Segment::Definition(key)) => format!("The definition {}", markdown::code(key)),
        Some(Segment::Value) => "A value of a map".to_owned(),
        Some(Segment::Body) => "The request body".to_owned(),
        Some(Segment::Reply(status)) => format!("The body of a {status} reply"),
    };
    format!("{part} in {whole}.")
}

/// An example of a value, if the document has one that is short. A secret is none for docs.
fn example(def: &TypeDef) -> Option<String> {
    if let Shape::Scalar(Scalar::Secret) | Shape::Newtype(Scalar::Secret) = def.shape {
        return None;
    }
    let example = def.examples.first()?;
    let text = match example.as_str() {
        Some(text) => text.to_owned(),
        None if example.is_number() || example.is_boolean() => example.to_string(),
        None => return None,
    };
    let short = !text.trim().is_empty() && text.len() <= LONGEST_EXAMPLE;
    short.then(|| format!("Example: {}.", markdown::code(&text)))
}

/// The demands on values of a type as a list, those of what it stands for included.
pub(super) fn constraints_through(plan: &Plan<'_>, id: TypeId) -> Vec<String> {
    let def = plan.api.ty(id);
    let mut lines: Vec<String> = def.constraints.iter().map(constraint).collect();
    if let Shape::Alias(target) = def.shape
        && plan.api.ty(target).naming == Naming::Anonymous
    {
        lines.extend(plan.api.ty(target).constraints.iter().map(constraint));
    }
    lines
}

/// One demand in words.
fn constraint(constraint: &Constraint) -> String {
    let code = |text: &str| markdown::code(text);
    match constraint {
        Constraint::Format(format) => format!("Format: {}.", code(format)),
        Constraint::Content(encoding, media_type) => {
            let encoding = encoding
                .as_ref()
                .map(|name| format!("encoded as {}", code(name)));
            let media_type = media_type.as_ref().map(|name| code(name));
            let parts: Vec<String> = media_type.into_iter().chain(encoding).collect();
            format!("Content: {}.", parts.join(", "))
        }
        Constraint::Listed(values) => {
            let values: Vec<String> = values.iter().map(|value| code(value)).collect();
            format!("One of {}.", values.join(", "))
        }
        Constraint::Names(demands) => {
            let demands: Vec<String> = demands.iter().map(self::constraint).collect();
            format!("Names of its entries: {}", demands.join(" "))
        }
        Constraint::Length(least, most) => {
            format!("Length: {}.", count(*least, *most, "character"))
        }
        Constraint::Pattern(pattern) => format!("Pattern: {}.", code(pattern)),
        Constraint::Range(least, most) => {
            format!("Range: {}.", range(least.as_ref(), most.as_ref()))
        }
        Constraint::MultipleOf(step) => format!("A multiple of {step}."),
        Constraint::Items(least, most) => format!("{}.", capital(&count(*least, *most, "item"))),
        Constraint::Unique => "No item occurs twice.".to_owned(),
        Constraint::OneOfRequired(sets) => {
            let sets = sets.iter().map(|keys| {
                let keys: Vec<String> = keys.iter().map(|key| code(key)).collect();
                keys.join(" and ")
            });
            format!(
                "At least one of these is there: {}.",
                sets.collect::<Vec<_>>().join("; ")
            )
        }
        Constraint::Properties(least, most) => {
            format!("{}.", capital(&count(*least, *most, "entry")))
        }
    }
}

/// A range of counts in words.
fn count(least: Option<u64>, most: Option<u64>, unit: &str) -> String {
    let plural = |n: u64| match (n, unit) {
        (1, unit) => unit.to_owned(),
        (_, "entry") => "entries".to_owned(),
        (_, unit) => format!("{unit}s"),
    };
    match (least, most) {
        (Some(least), Some(most)) if least == most => format!("exactly {most} {}", plural(most)),
        (Some(0) | None, Some(most)) => format!("at most {most} {}", plural(most)),
        (Some(least), Some(most)) => format!("{least} to {most} {}", plural(most)),
        (Some(least), None) => format!("at least {least} {}", plural(least)),
        (None, None) => "any".to_owned(),
    }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .map(|first| first.to_uppercase().chain(chars).collect())
        .unwrap_or_default()
}

/// A range of numbers in words.
fn range(least: Option<&(String, bool)>, most: Option<&(String, bool)>) -> String {
    let lower = |(value, excluded): &(String, bool)| match excluded {
        true => format!("more than {value}"),
        false => format!("{value} or more"),
    };
    let upper = |(value, excluded): &(String, bool)| match excluded {
        true => format!("less than {value}"),
        false => format!("{value} or less"),
    };
    match (least, most) {
        (Some((least, false)), Some((most, false))) => format!("{least} to {most}"),
        (Some(least), Some(most)) => format!("{} and {}", lower(least), upper(most)),
        (Some(least), None) => lower(least),
        (None, Some(most)) => upper(most),
        (None, None) => "any".to_owned(),
    }
}
