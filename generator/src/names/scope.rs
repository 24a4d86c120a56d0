//! One namespace of the output.

use std::collections::BTreeMap;

use super::case::{Case, is_identifier, render};
use super::{Name, Settled};
use crate::diag::{Code, Diag, Diags, Place, reference_to};

/// Namespaces of which every name is remembered that another item could come to claim: what callers
/// name most. Of the others only names are remembered that several items asked for.
const REMEMBERED: &[&str] = &["types", "methods", "requests", "modules", "features"];

/// A wish for a name.
#[derive(Clone, Debug)]
pub struct Request<'a, K> {
    /// Who asks.
    pub key: K,
    /// The text that the name is made from.
    pub text: String,
    /// Texts to try in turn where the name is taken: the same with more of its context.
    pub fallbacks: Vec<String>,
    /// A name that must not be altered.
    pub pin: Option<&'a str>,
    /// What tells the item from all others of its namespace, from one run to the next.
    pub identity: String,
    /// JSON Pointer of the item, for notes about it.
    pub pointer: &'a str,
}

/// A namespace: which names are taken, and by whom.
#[derive(Debug)]
pub struct Scope<'a> {
    /// What the namespace holds: `types`, `fields`.
    kind: &'static str,
    /// Whose they are, where there are several namespaces of this kind.
    of: String,
    case: Case,
    taken: BTreeMap<String, String>,
    settled: &'a Settled,
}

impl<'a> Scope<'a> {
    /// An empty namespace in which the emitter's own identifiers are `reserved`.
    pub fn new(
        kind: &'static str,
        of: impl Into<String>,
        case: Case,
        reserved: &[&str],
        settled: &'a Settled,
    ) -> Self {
        let taken = reserved
            .iter()
            .map(|&name| (fold(name), String::new()))
            .collect();
        Self {
            kind,
            of: of.into(),
            case,
            taken,
            settled,
        }
    }

    /// Names every request at once: first the pins, then who held a disputed name before, then
    /// texts that already are their own identifier, then the rest, so that the order of the
    /// document does not matter. `disputed` collects every name that more than one asked for.
    pub fn assign<K: Ord + Clone>(
        &mut self,
        requests: Vec<Request<'_, K>>,
        diags: &Diags,
        file: &Place,
        disputed: &mut Settled,
    ) -> BTreeMap<K, Name> {
        let mut wanted: Vec<(u8, String, Request<'_, K>)> = requests
            .into_iter()
            .map(|request| {
                let base = render(self.case, &request.text);
                let rank = match request.pin {
                    Some(_) => 0,
                    None if self.settled.contains_key(&self.key(&request)) => 1,
                    None if base == request.text => 2,
                    None => 3,
                };
                (rank, base, request)
            })
            .collect();
        wanted.sort_by(|(rank_a, base_a, a), (rank_b, base_b, b)| {
            (rank_a, base_a, &a.text, &a.identity).cmp(&(rank_b, base_b, &b.text, &b.identity))
        });
        let mut asked: BTreeMap<String, usize> = BTreeMap::new();
        for (_, base, _) in &wanted {
            *asked.entry(fold(base)).or_default() += 1;
        }
        let mut names = BTreeMap::new();
        for (_, base, request) in wanted {
            let name = self.claim(&base, &request, diags, file);
            let contested = asked.get(&fold(&base)).is_some_and(|&count| count > 1);
            // What is called like its own text takes the name from what is not, if it comes later.
            let contestable = REMEMBERED.contains(&self.kind) && base != request.text;
            if (contested || contestable) && request.pin.is_none() {
                disputed.insert(self.key(&request), name.0.clone());
            }
            names.insert(request.key, name);
        }
        names
    }

    /// What an item of this namespace is remembered by.
    fn key<K>(&self, request: &Request<'_, K>) -> String {
        format!("{} {}", self.kind, request.identity)
    }

    /// The namespace in words.
    fn what(&self) -> String {
        match self.of.as_str() {
            "" => self.kind.to_owned(),
            of => format!("{} of {of}", self.kind),
        }
    }

    /// Takes the first free one of what `request` asks for.
    fn claim<K>(
        &mut self,
        base: &str,
        request: &Request<'_, K>,
        diags: &Diags,
        file: &Place,
    ) -> Name {
        if let Some(pin) = request.pin {
            return self.claim_pin(pin, base, request, diags, file);
        }
        let settled = self
            .settled
            .get(&self.key(request))
            .filter(|name| self.case == Case::Feature || is_identifier(name));
        let fallbacks = request.fallbacks.iter().map(|text| render(self.case, text));
        let numbered = (2_u32..).map(|n| number(self.case, base, n));
        let name = settled
            .cloned()
            .into_iter()
            .chain([base.to_owned()])
            .chain(fallbacks)
            .chain(numbered)
            .find(|name| !self.taken.contains_key(&fold(name)))
            .unwrap_or_else(|| base.to_owned());
        if name != base {
            let holder = self.taken.get(&fold(base)).map_or("", String::as_str);
            let because = match holder {
                "" => format!("`{base}` belongs to the emitted code itself"),
                pointer => format!("`{base}` is the name of `{}`", reference_to(pointer)),
            };
            let message = format!(
                "is called `{name}` among the {}, since {because}",
                self.what()
            );
            let help = "pin a name of your choice with `x-rust-name`";
            diags
                .report(Diag::new(Code::Renamed, place(file, request.pointer), message).help(help));
        }
        self.taken.insert(fold(&name), request.pointer.to_owned());
        Name(name)
    }

    /// Takes a pinned name, or reports why that cannot be.
    fn claim_pin<K>(
        &mut self,
        pin: &str,
        base: &str,
        request: &Request<'_, K>,
        diags: &Diags,
        file: &Place,
    ) -> Name {
        let at = place(file, request.pointer);
        if !is_identifier(pin) || !fits(self.case, pin) {
            let rule = match self.case {
                Case::Type => "a type has letters, digits and `_`, and no small letter first",
                Case::Value | Case::Static | Case::Feature => {
                    "it has letters, digits and `_`, and no capitals"
                }
            };
            let message = format!("`x-rust-name: {pin}` cannot be a name here: {rule}");
            diags.report(Diag::new(Code::InvalidPin, at, message));
            return Name(base.to_owned());
        }
        if let Some(holder) = self.taken.insert(fold(pin), request.pointer.to_owned()) {
            let whose = match holder.as_str() {
                "" => "the emitted code itself".to_owned(),
                pointer => format!("`{}`", reference_to(pointer)),
            };
            let message = format!(
                "`x-rust-name: {pin}` is taken among the {} by {whose}",
                self.what()
            );
            diags.report(Diag::new(Code::DuplicatePin, at, message));
        }
        Name(pin.to_owned())
    }
}

/// Whether a pin looks like what it names: primitive types begin with a small letter, and so must
/// nothing of a document.
fn fits(case: Case, pin: &str) -> bool {
    match case {
        Case::Type => !pin.starts_with(char::is_lowercase),
        Case::Value | Case::Static | Case::Feature => !pin.contains(char::is_uppercase),
    }
}

/// What makes two names one: a keyword is the same name with `r#` and without.
fn fold(name: &str) -> String {
    name.strip_prefix("r#").unwrap_or(name).to_owned()
}

/// The `n`th name after `base`.
fn number(case: Case, base: &str, n: u32) -> String {
    let plain = base
        .strip_prefix("r#")
        .unwrap_or(base)
        .trim_end_matches('_');
    match case {
        Case::Type => format!("{plain}{n}"),
        Case::Value | Case::Static => format!("{plain}_{n}"),
        Case::Feature => format!("{plain}-{n}"),
    }
}

/// The place of the item at `pointer`, in the file of `file`.
fn place(file: &Place, pointer: &str) -> Place {
    file.at(pointer)
}
