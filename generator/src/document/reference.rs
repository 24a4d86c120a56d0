//! Following references inside a document.
//!
//! In comes a Reference Object, out goes the node that it stands for. What leads elsewhere, nowhere or
//! round in circles is reported at its `$ref`. No other file and no address is ever opened here.

use std::borrow::Cow;

use indexmap::IndexSet;

use super::arena::NodeId;
use super::node::NodeRef;
use super::pointer;
use crate::diag::{Code, Diag, Diags, Place, nearest};

impl<'d> NodeRef<'d> {
    /// The node for which this one stands: itself, or, if it is a Reference Object, what is at the end
    /// of its chain of references. That may be anywhere in the document, also below `paths` or in an
    /// array.
    ///
    /// A chain that doesn't end at a node gives `None`. It is reported once, at the `$ref` at which
    /// it breaks, as [`DanglingReference`](Code::DanglingReference),
    /// [`ReferenceCycle`](Code::ReferenceCycle), [`ExternalReference`](Code::ExternalReference),
    /// [`OutsideReference`](Code::OutsideReference) or [`RemoteReference`](Code::RemoteReference).
    pub fn resolve(self, diags: &Diags) -> Option<NodeRef<'d>> {
        let known = &self.document.resolved;
        let mut chain: IndexSet<NodeId> = IndexSet::new();
        let mut node = self;
        let end = loop {
            let Some(text) = node.reference() else {
                break Some(node.id);
            };
            if let Some(end) = known.borrow().get(&node.id) {
                break *end;
            }
            if !chain.insert(node.id) {
                let place = self.reference_place();
                let message = "the reference leads back to itself, never to an object";
                diags.report(Diag::new(Code::ReferenceCycle, place, message));
                break None;
            }
            match node.target(text, node.reference_place(), diags) {
                Some(next) => node = next,
                None => break None,
            }
        };
        known
            .borrow_mut()
            .extend(chain.into_iter().map(|id| (id, end)));
        end.map(|id| Self { id, ..self })
    }

    /// The node for which a reference in the text of this node stands, as in the `mapping` of a
    /// Discriminator Object: [`resolve`](Self::resolve) for references that are not under `$ref`.
    pub fn follow(self, reference: &str, diags: &Diags) -> Option<NodeRef<'d>> {
        self.target(reference, self.place(), diags)?.resolve(diags)
    }

    /// Where the text of a Reference Object is.
    fn reference_place(self) -> Place {
        self.get("$ref").unwrap_or(self).place()
    }

    /// The node to which one reference leads, or a report at `place`.
    fn target(self, reference: &str, place: Place, diags: &Diags) -> Option<NodeRef<'d>> {
        let (file, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let report = |code, message: String, help: Option<String>| {
            let diag = Diag::new(code, place.clone(), message);
            diags.report(match help {
                Some(help) => diag.help(help),
                None => diag,
            });
        };
        if !self.is_this_file(file) || reference.is_empty() {
            let (code, message) = elsewhere(reference, file);
            report(code, message, self.named_schema(reference));
            return None;
        }
        let dangling = |message: &str, help| {
            report(
                Code::DanglingReference,
                format!("`{reference}` {message}"),
                help,
            );
        };
        let Some(fragment) = percent_decoded(fragment) else {
            dangling("has an invalid percent-encoding", None);
            return None;
        };
        let Some(tokens) = pointer::tokens(&fragment) else {
            dangling(
                "has no JSON Pointer behind its `#`",
                self.named_schema(&fragment),
            );
            return None;
        };
        let mut node = self.document.root();
        for token in tokens {
            let Some(token) = token else {
                let help = "write `~0` for `~` and `~1` for `/`".to_owned();
                dangling("has an invalid escape sequence", Some(help));
                return None;
            };
            let Some(child) = node.child(&token) else {
                let message = format!("leads nowhere: there is no `{token}`");
                dangling(&message, node.guess(&token));
                return None;
            };
            node = child;
        }
        Some(node)
    }

    /// Help for a key that isn't there: the one that is nearest to it.
    fn guess(self, key: &str) -> Option<String> {
        let guesses = &self.document.guesses;
        guesses.set(guesses.get().checked_sub(1)?);
        let nearest = nearest(key, self.entries().map(|(key, _)| key))?;
        let pointer = self.get(nearest)?.pointer();
        Some(format!("the nearest name there is `#{pointer}`"))
    }

    /// The child to which a reference token leads (RFC 6901, section 4).
    fn child(self, token: &str) -> Option<NodeRef<'d>> {
        if self.is_array() {
            return self.items().nth(pointer::index(token)?);
        }
        self.get(token)
    }

    /// Whether the part of a reference before its `#` means the document itself: nothing, or the
    /// name of its file.
    fn is_this_file(self, file: &str) -> bool {
        let name = self.document.source.name();
        let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
        file.is_empty() || file.strip_prefix("./").unwrap_or(file) == name
    }

    /// Help for a reference that is nothing but the name of a schema of the document.
    fn named_schema(self, name: &str) -> Option<String> {
        let schemas = self.document.root().get("components")?.get("schemas")?;
        let schema = schemas.get(name)?;
        Some(format!(
            "the schema of that name is `#{}`",
            schema.pointer()
        ))
    }
}

/// What is wrong with a reference that doesn't lead into its own file.
fn elsewhere(reference: &str, file: &str) -> (Code, String) {
    let is_scheme = |scheme: &str| {
        // One letter is a drive, not a scheme.
        scheme.len() > 1
            && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    };
    if reference.is_empty() {
        let message = "the reference is empty".to_owned();
        (Code::DanglingReference, message)
    } else if file.starts_with("//")
        || file
            .split_once(':')
            .is_some_and(|(scheme, _)| is_scheme(scheme))
    {
        let message = format!("`{reference}` leads to the network, from where nothing is read");
        (Code::RemoteReference, message)
    } else if leaves_folder(file) {
        let message = format!("`{reference}` leads out of the folder of the document");
        (Code::OutsideReference, message)
    } else {
        let message = format!("`{reference}` leads to another file, which is not read");
        (Code::ExternalReference, message)
    }
}

/// Whether a relative path leads out of its folder, or is not relative. Encoded letters count as what
/// they stand for, and backslashes separate on some systems.
fn leaves_folder(path: &str) -> bool {
    let Some(path) = percent_decoded(path) else {
        return true;
    };
    let mut segments = path.split(['/', '\\']);
    let absolute = path.starts_with(['/', '\\']) || path.as_bytes().get(1) == Some(&b':');
    let depth = segments.try_fold(0_usize, |depth, segment| match segment {
        ".." => depth.checked_sub(1),
        "" | "." => Some(depth),
        _ => Some(depth + 1),
    });
    absolute || depth.is_none()
}

/// A text with its percent-encoding (RFC 3986, section 2.1) undone, if that gives UTF-8.
fn percent_decoded(text: &str) -> Option<Cow<'_, str>> {
    let mut parts = text.split('%');
    let first = parts.next().filter(|first| first.len() < text.len());
    let Some(first) = first else {
        return Some(Cow::Borrowed(text));
    };
    let mut bytes = first.as_bytes().to_vec();
    for part in parts {
        let digits = part
            .get(..2)
            .filter(|d| d.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        bytes.extend_from_slice(&part.as_bytes()[2..]);
    }
    String::from_utf8(bytes).ok().map(Cow::Owned)
}
