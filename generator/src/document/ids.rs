//! Names that schemas give themselves: `$id`, `$anchor` and `$dynamicAnchor` of JSON Schema 2020-12, and
//! `$self` of OpenAPI 3.2.
//!
//! In goes a reference, out goes the node that calls itself so, if there is one in the document. What
//! has no such name is found by [`super::reference`], by its place.

use indexmap::IndexMap;

use super::arena::NodeId;
use super::node::NodeRef;
use super::{Document, Version, pointer};

/// The names that nodes of a document give themselves.
#[derive(Debug, Default)]
pub(super) struct Ids {
    /// Objects by their URI, without a fragment.
    resources: IndexMap<String, NodeId>,
    /// Objects by their plain name, in their order.
    anchors: IndexMap<Box<str>, Vec<NodeId>>,
}

impl Ids {
    /// The names in a document. Most documents have none, which costs next to nothing.
    pub(super) fn of(document: &Document) -> Self {
        let mut ids = Ids::default();
        let nodes = &document.nodes;
        let known = |key| nodes.has_key(key);
        if document.version < Version::OpenApi31
            || !["$id", "$anchor", "$dynamicAnchor", "$self"]
                .into_iter()
                .any(known)
        {
            return ids;
        }
        let files = (0..nodes.roots.len()).filter(|&file| !document.files.is_overlay(file));
        let read = files.flat_map(|file| nodes.nodes_of(file));
        for id in read.chain(nodes.added()) {
            let node = document.node(id);
            let (Some(key), Some(text)) = (node.key(), node.as_str()) else {
                continue;
            };
            let Some(parent) = node.parent() else {
                continue;
            };
            match key {
                "$id" | "$self" if !text.is_empty() => {
                    ids.resources.entry(base(parent)).or_insert(parent.id);
                }
                "$anchor" | "$dynamicAnchor" => {
                    ids.anchors.entry(text.into()).or_default().push(parent.id);
                }
                _ => {}
            }
        }
        ids
    }

    fn is_empty(&self) -> bool {
        self.resources.is_empty() && self.anchors.is_empty()
    }
}

impl<'d> NodeRef<'d> {
    /// The node that a reference in this node means by a name that the node gives itself, or by a
    /// pointer within a schema that does. `file` is the part before the `#`.
    pub(super) fn identified(self, file: &str, fragment: &str) -> Option<NodeRef<'d>> {
        let document = self.document;
        let ids = document.ids.get_or_init(|| Ids::of(document));
        if ids.is_empty() {
            return None;
        }
        let resource = match file {
            "" => self.resource(),
            file => {
                let id = *ids.resources.get(&joined(&base(self), file))?;
                Some(document.node(id))
            }
        };
        if fragment.is_empty() || fragment.starts_with('/') {
            return resource?.below(fragment);
        }
        let named = ids.anchors.get(fragment)?.iter();
        let named = || named.clone().map(|&id| document.node(id));
        let within = resource.and_then(|resource| {
            named().find(|node| node.ancestors().any(|ancestor| ancestor == resource))
        });
        within.or_else(|| named().find(|node| node.file() == self.file()))
    }

    /// The innermost schema with a URI of its own around this node.
    fn resource(self) -> Option<NodeRef<'d>> {
        self.ancestors().find(|node| own_uri(*node).is_some())
    }

    /// The node and all that hold it.
    fn ancestors(self) -> impl Iterator<Item = NodeRef<'d>> {
        std::iter::successors(Some(self), |node| node.parent())
    }

    /// The node at a pointer from this one on.
    fn below(self, pointer: &str) -> Option<NodeRef<'d>> {
        pointer::tokens(pointer)?.try_fold(self, |node, token| node.child(&token?))
    }
}

/// The URI that an object gives itself.
fn own_uri(node: NodeRef<'_>) -> Option<&str> {
    let key = if node.parent().is_none() {
        "$self"
    } else {
        "$id"
    };
    let stated = node.get(key).or_else(|| node.get("$id"));
    stated
        .and_then(NodeRef::as_str)
        .filter(|uri| !uri.is_empty())
}

/// The URI from which references in a node are counted, without a fragment.
fn base(node: NodeRef<'_>) -> String {
    let stated: Vec<&str> = node.ancestors().filter_map(own_uri).collect();
    let outermost_first = stated.into_iter().rev();
    outermost_first.fold(String::new(), |base, uri| joined(&base, uri))
}

/// What a reference means that is counted from `base` (RFC 3986, section 5.2), without a fragment.
fn joined(base: &str, reference: &str) -> String {
    let reference = reference.split('#').next().unwrap_or_default();
    let has_scheme = reference.split_once(':').is_some_and(|(scheme, _)| {
        !scheme.is_empty() && !scheme.contains(['/', '?']) && scheme.is_ascii()
    });
    if has_scheme || base.is_empty() {
        return reference.to_owned();
    }
    if reference.is_empty() {
        return base.to_owned();
    }
    let path = base.split_once("://").map_or(0, |(scheme, rest)| {
        let authority = rest.find('/').unwrap_or(rest.len());
        scheme.len() + 3 + authority
    });
    let (authority, path) = base.split_at(path);
    let mut parts: Vec<&str> = match reference.starts_with('/') {
        true => Vec::new(),
        false => path.rsplit_once('/').map_or(Vec::new(), |(folder, _)| {
            folder.split('/').skip(1).collect()
        }),
    };
    for part in reference.trim_start_matches('/').split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    let slash = if authority.is_empty() && !path.starts_with('/') && !reference.starts_with('/') {
        ""
    } else {
        "/"
    };
    format!("{authority}{slash}{}", parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn references_are_joined_to_their_base() {
        for (base, reference, expected) in [
            ("", "a", "a"),
            ("", "https://x.example/a#", "https://x.example/a"),
            ("https://x.example/a/b", "c", "https://x.example/a/c"),
            ("https://x.example/a/b", "../c", "https://x.example/c"),
            ("https://x.example/a/b", "../../../c", "https://x.example/c"),
            ("https://x.example/a/b", "/c", "https://x.example/c"),
            ("https://x.example", "c", "https://x.example/c"),
            ("https://x.example/a", "#b", "https://x.example/a"),
            ("https://x.example/a", "urn:b", "urn:b"),
            ("/a/b", "c", "/a/c"),
            ("a", "b", "b"),
        ] {
            assert_eq!(joined(base, reference), expected, "{base} {reference}");
        }
    }
}
