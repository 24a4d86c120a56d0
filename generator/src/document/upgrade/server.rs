//! Servers: of `host`, `basePath` and `schemes`.

use super::Upgrade;
use crate::diag::Code;
use crate::document::arena::NodeId;

impl Upgrade<'_> {
    /// The `servers` of a root, the one that is to be preferred first. None if nothing is said of them.
    pub(super) fn servers(&mut self, root: NodeId) -> Option<NodeId> {
        let schemes = self.schemes(root);
        self.servers_with(root, schemes)
    }

    /// The `servers` of an operation that lists schemes of its own.
    pub(super) fn operation_servers(&mut self, operation: NodeId) -> Option<NodeId> {
        let schemes = self.schemes(operation);
        let root = self.document.root().id();
        // The root may be upgraded already, so it is asked for what it held.
        let held = self.held(root, "schemes");
        let of_root = held.map_or_else(Vec::new, |list| self.schemes_in(list));
        let names = |schemes: &[(&'static str, NodeId)]| -> Vec<&'static str> {
            schemes.iter().map(|(name, _)| *name).collect()
        };
        if schemes.is_empty() || names(&schemes) == names(&of_root) {
            return None;
        }
        self.servers_with(root, schemes)
    }

    fn servers_with(
        &mut self,
        root: NodeId,
        mut schemes: Vec<(&'static str, NodeId)>,
    ) -> Option<NodeId> {
        let host = self.held(root, "host");
        let base = self.held(root, "basePath");
        let text = |id: Option<NodeId>| {
            let text = id.and_then(|id| self.node(id).text()).map(str::trim);
            text.filter(|text| !text.is_empty()).map(str::to_owned)
        };
        let path = match text(base) {
            Some(path) if path.starts_with('/') => path,
            Some(path) => format!("/{path}"),
            None => String::new(),
        };
        let path = path.trim_end_matches('/').to_owned();
        let Some(host_text) = text(host) else {
            if path.is_empty() {
                return None;
            }
            return Some(self.server_list(vec![(path, base.unwrap_or(root))], root));
        };
        let at = host.unwrap_or(root);
        let authority = match host_text.split_once("://") {
            Some((_, authority)) => {
                let message = "`host` has a scheme, which belongs under `schemes`; it is left out";
                self.report(Code::WrongType, at, message);
                authority
            }
            None => &host_text,
        };
        let authority = authority.trim_matches('/');
        if schemes.is_empty() {
            let given = match host_text.starts_with("http://") {
                true => "http",
                false => "https",
            };
            schemes.push((given, at));
        }
        let servers = schemes
            .into_iter()
            .map(|(scheme, at)| (format!("{scheme}://{authority}{path}"), at));
        let servers = servers.collect();
        Some(self.server_list(servers, at))
    }

    fn server_list(&mut self, servers: Vec<(String, NodeId)>, at: NodeId) -> NodeId {
        let mut items = Vec::new();
        for (url, at) in servers {
            let url = self.add_text(&url, at);
            items.push(self.add_object(vec![("url", url)], at));
        }
        self.document.nodes_mut().add_array(items, at)
    }

    /// The schemes of a root or operation that requests can be sent by, the preferred one first.
    fn schemes(&self, of: NodeId) -> Vec<(&'static str, NodeId)> {
        self.held(of, "schemes")
            .map_or_else(Vec::new, |list| self.schemes_in(list))
    }

    fn schemes_in(&self, list: NodeId) -> Vec<(&'static str, NodeId)> {
        let mut schemes: Vec<(&'static str, NodeId)> = Vec::new();
        for item in self.items(list) {
            // Schemes are written in any case (RFC 3986, section 3.1).
            let Some(text) = self.node(item).as_str().map(str::to_ascii_lowercase) else {
                continue;
            };
            let name = match text.trim() {
                "https" => "https",
                "http" => "http",
                other => {
                    let message = format!("no request is sent by `{other}`");
                    self.report(Code::UnsupportedFeature, item, message);
                    continue;
                }
            };
            if schemes.iter().all(|(known, _)| *known != name) {
                schemes.push((name, item));
            }
        }
        schemes.sort_by_key(|(name, _)| *name != "https");
        schemes
    }

    /// What a node holds under a key, or held before it was upgraded.
    fn held(&self, of: NodeId, key: &str) -> Option<NodeId> {
        self.document.nodes.reach(of, key)
    }
}
