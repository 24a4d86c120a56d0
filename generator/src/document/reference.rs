//! Following references inside a document, from file to file.
//!
//! In comes a Reference Object, out goes the node that it stands for. What leads elsewhere, nowhere or
//! round in circles is reported at its `$ref`. No file and no address is ever opened here: which files
//! there are was found when the document was [loaded](super::load).

use indexmap::IndexSet;

use super::arena::NodeId;
use super::load::Destination;
use super::node::NodeRef;
use super::path::{Refusal, percent_decoded};
use super::{Version, pointer};
use crate::diag::{Code, Diag, Diags, Place, nearest, reference_to};

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

    /// The node to which the text under `key`, `$ref` or `$dynamicRef`, leads where this is no
    /// Reference Object, but an object that holds together with the one to which it leads.
    pub fn referenced(self, key: &str, diags: &Diags) -> Option<NodeRef<'d>> {
        let text = self.get(key)?;
        if self.document.version() < Version::OpenApi31 || self.reference().is_some() {
            return None;
        }
        let target = self.target(text.as_str()?, text.place(), diags)?;
        target.resolve(diags)
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
        if reference.is_empty() {
            let message = "the reference is empty".to_owned();
            report(Code::DanglingReference, message, None);
            return None;
        }
        let Some(fragment) = percent_decoded(fragment) else {
            let message = format!("`{reference}` has an invalid percent-encoding");
            report(Code::DanglingReference, message, None);
            return None;
        };
        if let Some(node) = self.identified(file, &fragment) {
            return Some(node);
        }
        let mut node = self.destination(reference, file, &place, diags)?;
        let dangling = |message: &str, help| {
            report(
                Code::DanglingReference,
                format!("`{reference}` {message}"),
                help,
            );
        };
        let Some(tokens) = pointer::tokens(&fragment) else {
            dangling(
                "has no JSON Pointer behind its `#`",
                self.named_schema(&fragment),
            );
            return None;
        };
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

    /// The root of the file to which a reference leads, whose part before the `#` is `file`, or a report
    /// at `place`.
    fn destination(
        self,
        reference: &str,
        file: &str,
        place: &Place,
        diags: &Diags,
    ) -> Option<NodeRef<'d>> {
        let files = &self.document.files;
        let nodes = &self.document.nodes;
        let mut fault = None;
        let (code, where_to) = match files.destination(nodes.file(self.id), file) {
            Ok(Some(Destination::File(file))) => {
                files.report_notes(file, diags);
                let id = nodes.roots[file].id;
                return Some(Self { id, ..self });
            }
            Ok(Some(Destination::Unread(unread))) => {
                fault = unread.fault;
                let where_to = format!("to a file that can't be read: {}", unread.message);
                (Code::ExternalReference, where_to)
            }
            Ok(None) => {
                let why = match files.are_too_many() {
                    true => ": there are too many",
                    false => "",
                };
                let where_to = format!("to another file, which is not read{why}");
                (Code::ExternalReference, where_to)
            }
            Ok(Some(Destination::Outside)) | Err(Refusal::Outside) => {
                let where_to = "out of the folder of the document".to_owned();
                (Code::OutsideReference, where_to)
            }
            Err(Refusal::Remote) => {
                let where_to = "to the network, from where nothing is read".to_owned();
                (Code::RemoteReference, where_to)
            }
        };
        let message = format!("`{reference}` leads {where_to}");
        let mut diag = Diag::new(code, place.clone(), message);
        if let Some(help) = self.named_schema(reference) {
            diag = diag.help(help);
        }
        if let Some((place, message)) = fault {
            diag = diag.related(place, message);
        }
        diags.report(diag);
        None
    }

    /// Help for a key that isn't there: the one that is nearest to it.
    fn guess(self, key: &str) -> Option<String> {
        let guesses = &self.document.guesses;
        guesses.set(guesses.get().checked_sub(1)?);
        let nearest = nearest(key, self.entries().map(|(key, _)| key))?;
        let pointer = self.get(nearest)?.pointer();
        let nearest = reference_to(&pointer);
        Some(format!("the nearest name there is `{nearest}`"))
    }

    /// The child to which a reference token leads (RFC 6901, section 4), also where an upgrade has
    /// taken it from this node.
    pub(super) fn child(self, token: &str) -> Option<NodeRef<'d>> {
        let id = self.document.nodes.reach(self.id, token)?;
        Some(Self { id, ..self })
    }

    /// Help for a reference that is nothing but the name of a schema of the document.
    fn named_schema(self, name: &str) -> Option<String> {
        let root = self.document.root();
        let schemas = match self.document.version() {
            Version::Swagger20 => root.get("definitions")?,
            Version::OpenApi30 | Version::OpenApi31 | Version::OpenApi32 => {
                root.get("components")?.get("schemas")?
            }
        };
        let schema = schemas.get(name)?;
        Some(format!(
            "the schema of that name is `#{}`",
            schema.pointer()
        ))
    }
}
