//! Security schemes, and the header that OpenAPI 3.0 leaves to them.

use super::{Upgrade, as_entry};
use crate::diag::Code;
use crate::document::arena::NodeId;

/// The header that is no parameter's to set in OpenAPI 3.0.
const HEADER: &str = "Authorization";

impl Upgrade<'_> {
    /// A Security Scheme Object.
    pub(super) fn security_scheme(&mut self, node: NodeId) {
        let Some(node) = self.resolve(node) else {
            return;
        };
        if !self.node(node).is_object() || !self.done.insert(node) {
            return;
        }
        match self.text(node, "type") {
            Some("basic") => self.basic(node),
            Some("oauth2") => self.oauth2(node),
            Some(_) | None => {}
        }
    }

    fn basic(&mut self, node: NodeId) {
        let mut entries = self.entries(node);
        for (key, child) in &mut entries {
            if key == "type" {
                *child = self.add_text("http", *child);
            }
        }
        entries.retain(|(key, _)| key != "scheme");
        entries.push(("scheme".to_owned(), self.add_text("basic", node)));
        self.set_entries(node, entries.iter().map(as_entry).collect());
    }

    /// A flow stands under its name, which some of them have got anew.
    fn oauth2(&mut self, node: NodeId) {
        let has = |key| self.get(node, key).is_some();
        let name = match self.text(node, "flow") {
            Some("password") => "password",
            Some("application") => "clientCredentials",
            Some("accessCode") => "authorizationCode",
            Some("implicit") => "implicit",
            // The addresses tell which flow it is.
            Some(_) | None => match (has("authorizationUrl"), has("tokenUrl")) {
                (true, true) => "authorizationCode",
                (false, true) => "clientCredentials",
                (_, false) => "implicit",
            },
        };
        let (mut flow, mut entries) = (Vec::new(), Vec::new());
        for (key, child) in self.entries(node) {
            match key.as_str() {
                "authorizationUrl" | "tokenUrl" | "scopes" => flow.push((key, child)),
                "flow" | "flows" => {}
                _ => entries.push((key, child)),
            }
        }
        let at = self.get(node, "flow").unwrap_or(node);
        let flow = self.add_object(flow.iter().map(as_entry).collect(), at);
        let flows = self.add_object(vec![(name, flow)], at);
        entries.push(("flows".to_owned(), flows));
        self.set_entries(node, entries.iter().map(as_entry).collect());
    }

    /// The parameter of a path item or operation that is the header `Authorization`.
    pub(super) fn authorization(&self, of: NodeId) -> Option<NodeId> {
        let list = self.get(of, "parameters")?;
        let mut targets = self
            .items(list)
            .into_iter()
            .filter_map(|id| self.resolve(id));
        targets.find(|&target| {
            let name = self.text(target, "name").unwrap_or_default();
            self.text(target, "in") == Some("header") && name.eq_ignore_ascii_case(HEADER)
        })
    }

    /// What an operation with such a parameter has as `security`: OpenAPI 3.0 has no word for the parameter
    /// but a security scheme. None if something else sets the header already.
    pub(super) fn security_of(&mut self, operation: NodeId, parameter: NodeId) -> Option<NodeId> {
        let root = self.document.root().id();
        let stated = self
            .get(operation, "security")
            .or_else(|| self.get(root, "security"));
        let stated = stated.map_or_else(Vec::new, |stated| self.items(stated));
        if !stated.is_empty()
            && stated
                .iter()
                .all(|&alternative| self.sets_header(alternative))
        {
            let message = "the header is set by what authenticates the request";
            self.report(Code::UnsupportedFeature, parameter, message);
            return None;
        }
        let required = self.parameter(parameter).required;
        let mut alternatives = Vec::new();
        for alternative in &stated {
            let alternative = *alternative;
            if !self.sets_header(alternative) {
                alternatives.push(self.with_header(Some(alternative), parameter));
                if required {
                    continue;
                }
            }
            alternatives.push(self.document.nodes_mut().add_copy(alternative));
        }
        if stated.is_empty() {
            alternatives.push(self.with_header(None, parameter));
            if !required {
                alternatives.push(self.add_object(Vec::new(), parameter));
            }
        }
        Some(self.document.nodes_mut().add_array(alternatives, parameter))
    }

    /// Whether a scheme of a Security Requirement Object sets the header.
    fn sets_header(&self, alternative: NodeId) -> bool {
        let root = self.document.root().id();
        let declared = self.document.nodes.reach(root, "securityDefinitions");
        self.entries(alternative).iter().any(|(name, _)| {
            let scheme = declared.and_then(|declared| self.get(declared, name));
            scheme.is_some_and(|scheme| match self.text(scheme, "type") {
                Some("apiKey") => self
                    .text(scheme, "name")
                    .is_some_and(|name| name.eq_ignore_ascii_case(HEADER)),
                Some(_) | None => true,
            })
        })
    }

    /// A Security Requirement Object with the header in addition.
    fn with_header(&mut self, alternative: Option<NodeId>, parameter: NodeId) -> NodeId {
        let own = alternative.map_or_else(Vec::new, |alternative| self.entries(alternative));
        let mut entries: Vec<(String, NodeId)> = own
            .into_iter()
            .map(|(name, scopes)| (name, self.document.nodes_mut().add_copy(scopes)))
            .collect();
        let scopes = self.document.nodes_mut().add_array(Vec::new(), parameter);
        entries.push((self.header_scheme(parameter), scopes));
        self.add_object(entries.iter().map(as_entry).collect(), parameter)
    }

    /// The name of the scheme that such a parameter becomes: one for the whole document.
    fn header_scheme(&mut self, parameter: NodeId) -> String {
        if let Some((name, _)) = &self.header_scheme {
            return name.clone();
        }
        let root = self.document.root().id();
        let declared = self.document.nodes.reach(root, "securityDefinitions");
        let is_taken = declared.is_some_and(|declared| self.get(declared, HEADER).is_some());
        let name = match is_taken {
            true => format!("{HEADER} Header"),
            false => HEADER.to_owned(),
        };
        let mut entries = Vec::new();
        for (key, value) in [("type", "apiKey"), ("in", "header"), ("name", HEADER)] {
            entries.push((key, self.add_text(value, parameter)));
        }
        if let Some(description) = self.get(parameter, "description") {
            let copy = self.document.nodes_mut().add_copy(description);
            entries.push(("description", copy));
        }
        let scheme = self.add_object(entries, parameter);
        self.header_scheme = Some((name.clone(), scheme));
        name
    }

    /// Declares that scheme, if there is one.
    pub(super) fn declare_header_scheme(&mut self) {
        let Some((name, scheme)) = self.header_scheme.take() else {
            return;
        };
        let root = self.document.root().id();
        let Some(components) = self.get(root, "components") else {
            return;
        };
        let mut schemes = self.entries_under(components, "securitySchemes");
        schemes.push((name, scheme));
        match self.get(components, "securitySchemes") {
            Some(known) => self.set_entries(known, schemes.iter().map(as_entry).collect()),
            None => {
                let made = self.add_object(schemes.iter().map(as_entry).collect(), root);
                let mut entries = self.entries(components);
                entries.push(("securitySchemes".to_owned(), made));
                self.set_entries(components, entries.iter().map(as_entry).collect());
            }
        }
    }
}
