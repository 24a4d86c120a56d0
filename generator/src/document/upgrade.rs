//! From Swagger 2.0 to OpenAPI 3.0.
//!
//! In goes a document of Swagger 2.0, as it was read; its nodes come out as those of a document of OpenAPI
//! 3.0. Nodes are moved rather than made, and keep the pointers that they have in the text, so that
//! references and diagnostics go on to speak of the document that its author knows. Whatever can't be
//! understood stays as it is, for whoever reads it to report.
//!
//! What the keys of both mean is known here and nowhere else. The IR is not known here.

mod body;
mod operation;
mod parameter;
mod response;
mod schema;
mod security;
mod server;

use indexmap::{IndexMap, IndexSet};

use self::parameter::Parameter;
use super::Document;
use super::arena::NodeId;
use super::build::NODES;
use super::node::NodeRef;
use crate::diag::{Code, Diag, Diags, Failed, reference_to};

/// So many media types of one list are looked at.
const MEDIA_TYPES: usize = 100;

/// The keys of a path item under which operations stand.
const METHODS: [&str; 7] = ["get", "put", "post", "delete", "options", "head", "patch"];

/// Upgrades `document`, whose root says that it is written by Swagger 2.0, and those of its other files
/// that say so, too. Of files that say nothing what references lead to is upgraded.
///
/// # Errors
///
/// When the document becomes larger than documents may be: reported.
pub(super) fn upgrade(document: &mut Document, diags: &Diags) -> Result<(), Failed> {
    let roots = document.nodes.roots.iter();
    let nodes = roots.map(|root| document.node(root.id));
    let first = document.root();
    let is_whole = |root: &NodeRef<'_>| *root == first || root.get("swagger").is_some();
    let roots: Vec<NodeId> = nodes.filter(is_whole).map(NodeRef::id).collect();
    let mut upgrade = Upgrade {
        document,
        diags,
        done: IndexSet::new(),
        schemas: Vec::new(),
        parameters: IndexMap::new(),
        replies: IndexSet::new(),
        header_scheme: None,
    };
    for root in roots {
        upgrade.root(root);
    }
    upgrade.shared_responses();
    upgrade.declare_header_scheme();
    while let Some(schema) = upgrade.schemas.pop() {
        upgrade.schema(schema);
    }
    if upgrade.is_full() {
        let message = format!("the document becomes more than {NODES} nodes of OpenAPI 3.0");
        let diag = Diag::new(Code::TooLarge, document.root().place(), message);
        diags.report(diag.help("list fewer media types"));
        return Err(Failed);
    }
    Ok(())
}

struct Upgrade<'a> {
    document: &'a mut Document,
    diags: &'a Diags,
    /// The objects that were upgraded, or are among those that will be.
    done: IndexSet<NodeId>,
    /// Schemas to be upgraded.
    schemas: Vec<NodeId>,
    /// What was known of a parameter before it was upgraded.
    parameters: IndexMap<NodeId, Parameter>,
    /// Responses to which there are references, and those that roots list.
    replies: IndexSet<NodeId>,
    /// The security scheme that stands for parameters which are the header `Authorization`, with its name.
    header_scheme: Option<(String, NodeId)>,
}

/// A media type of `consumes` or `produces`.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Media {
    name: String,
    /// Where it is written, if it is.
    at: Option<NodeId>,
}

/// The entries of an object that is being made.
type Entries<'k> = Vec<(&'k str, NodeId)>;

impl Upgrade<'_> {
    fn node(&self, id: NodeId) -> NodeRef<'_> {
        self.document.node(id)
    }

    fn get(&self, id: NodeId, key: &str) -> Option<NodeId> {
        self.node(id).get(key).map(NodeRef::id)
    }

    fn text(&self, id: NodeId, key: &str) -> Option<&str> {
        self.node(id).get(key).and_then(NodeRef::as_str)
    }

    /// The entries of an object, with keys of their own.
    fn entries(&self, id: NodeId) -> Vec<(String, NodeId)> {
        let entries = self.node(id).entries();
        entries
            .map(|(key, child)| (key.to_owned(), child.id()))
            .collect()
    }

    /// The entries of the object under a key; none if there is none.
    fn entries_under(&self, id: NodeId, key: &str) -> Vec<(String, NodeId)> {
        self.get(id, key)
            .map_or_else(Vec::new, |child| self.entries(child))
    }

    fn items(&self, id: NodeId) -> Vec<NodeId> {
        self.node(id).items().map(NodeRef::id).collect()
    }

    /// What a node stands for, if it isn't a reference that leads nowhere.
    fn resolve(&self, id: NodeId) -> Option<NodeId> {
        self.node(id).resolve(self.diags).map(NodeRef::id)
    }

    fn set_entries(&mut self, id: NodeId, entries: Entries<'_>) {
        self.document.nodes_mut().set_entries(id, entries);
    }

    fn add_object(&mut self, entries: Entries<'_>, shown_at: NodeId) -> NodeId {
        self.document.nodes_mut().add_object(entries, shown_at)
    }

    fn add_text(&mut self, text: &str, shown_at: NodeId) -> NodeId {
        self.document.nodes_mut().add_text(text, shown_at)
    }

    fn add_flag(&mut self, flag: bool, shown_at: NodeId) -> NodeId {
        self.document.nodes_mut().add_flag(flag, shown_at)
    }

    /// A Reference Object that stands for the same as the node at `target` does.
    fn add_reference(&mut self, target: NodeId) -> NodeId {
        let end = self.resolve(target);
        let pointer = self.node(end.unwrap_or(target)).pointer();
        let text = self.add_text(&reference_to(&pointer), target);
        let reference = self.add_object(vec![("$ref", text)], target);
        // The text shows where it leads, but it is not always written as a reference from here.
        let known = &self.document.resolved;
        known.borrow_mut().insert(reference, end);
        reference
    }

    /// Whether there are too many nodes to go on.
    fn is_full(&self) -> bool {
        self.document.nodes.nodes.len() > NODES
    }

    fn report(&self, code: Code, at: NodeId, message: impl Into<String>) {
        let diag = Diag::new(code, self.node(at).place(), message);
        self.diags.report(diag);
    }

    /// The media types that an operation, or else the file that it is in, or else the document, lists
    /// under `key`. Without any there is only JSON to be taken.
    fn media(&self, operation: NodeId, key: &str) -> Option<Vec<Media>> {
        let node = self.node(operation);
        let sources = [node, node.file_root(), self.document.root()];
        // A root that was upgraded already is asked for what it held.
        let list = sources
            .into_iter()
            .find_map(|source| source.child(key).filter(|list| list.is_array()))?;
        let mut media: Vec<Media> = Vec::new();
        for item in list.items() {
            let Some(name) = item.text().map(str::trim) else {
                continue;
            };
            if media.len() == MEDIA_TYPES {
                let message = format!("only the first {MEDIA_TYPES} media types are looked at");
                let diag = Diag::new(Code::UnsupportedFeature, item.place(), message);
                self.diags.report(diag);
                break;
            }
            if media.iter().all(|known| known.name != name) {
                media.push(Media {
                    name: name.to_owned(),
                    at: Some(item.id()),
                });
            }
        }
        (!media.is_empty()).then_some(media)
    }

    /// The root of a file.
    fn root(&mut self, root: NodeId) {
        let schemas = self.entries_under(root, "definitions").into_iter();
        self.schemas.extend(schemas.map(|(_, schema)| schema));
        let components = self.components(root);
        for (_, scheme) in self.entries_under(root, "securityDefinitions") {
            self.security_scheme(scheme);
        }
        for (path, item) in self.entries_under(root, "paths") {
            if !path.starts_with("x-")
                && let Some(item) = self.resolve(item)
            {
                self.path_item(item);
            }
        }
        for (_, response) in self.entries_under(root, "responses") {
            // A component may refer to another one.
            let response = self.resolve(response);
            self.replies.extend(response);
        }
        let servers = self.servers(root);
        let mut entries: Vec<(String, NodeId)> = Vec::new();
        let components = self.add_object(components.iter().map(as_entry).collect(), root);
        if let Some(version) = self.get(root, "swagger") {
            entries.push(("openapi".to_owned(), self.add_text("3.0.3", version)));
        }
        entries.extend(servers.map(|servers| ("servers".to_owned(), servers)));
        let kept = ["info", "paths", "security", "tags", "externalDocs"];
        let own = self.entries(root).into_iter();
        entries
            .extend(own.filter(|(key, _)| kept.contains(&key.as_str()) || key.starts_with("x-")));
        entries.push(("components".to_owned(), components));
        self.set_entries(root, entries.iter().map(as_entry).collect());
    }

    /// What becomes the Components Object of a root.
    fn components(&mut self, root: NodeId) -> Vec<(String, NodeId)> {
        let mut components = Vec::new();
        for (key, name) in [
            ("definitions", "schemas"),
            ("responses", "responses"),
            ("securityDefinitions", "securitySchemes"),
        ] {
            let child = self.get(root, key).filter(|&id| self.node(id).is_object());
            components.extend(child.map(|child| (name.to_owned(), child)));
        }
        let parameters = self.get(root, "parameters");
        if let Some(parameters) = parameters.filter(|&id| self.node(id).is_object()) {
            let bodies = self.shared_parameters(parameters);
            components.push(("parameters".to_owned(), parameters));
            if !bodies.is_empty() {
                let bodies = bodies.iter().map(as_entry).collect();
                let bodies = self.add_object(bodies, parameters);
                components.push(("requestBodies".to_owned(), bodies));
            }
        }
        components
    }
}

/// An entry as the arena takes it.
fn as_entry((key, id): &(String, NodeId)) -> (&str, NodeId) {
    (key, *id)
}
