//! Security schemes.

use super::{Upgrade, as_entry};
use crate::document::arena::NodeId;

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
}
