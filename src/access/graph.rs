//! Access as a picture: what is stored under which key, and who reaches it.

use std::fmt::Write;

use rustc_hash::{FxHashMap, FxHashSet};

use super::Access;
use crate::iam::who_can::Through;

/// The languages in which graphs are drawn.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Dialect {
    /// Graphviz: <https://graphviz.org/doc/info/lang.html>.
    Dot,
    /// Mermaid flowcharts: <https://mermaid.js.org/syntax/flowchart.html>.
    Mermaid,
}

/// Stores → keys → principals.
#[derive(Default)]
pub struct Graph {
    nodes: Vec<Node>,
    known: FxHashMap<(Sort, String), usize>,
    edges: Vec<Edge>,
    drawn: FxHashSet<(usize, usize, String)>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Sort {
    Store,
    Protected,
    Principal,
}

struct Node {
    sort: Sort,
    label: String,
}

struct Edge {
    from: usize,
    to: usize,
    label: String,
    /// Whether it depends on a condition or on what is not known.
    conditional: bool,
}

impl Graph {
    /// The graph of some resources.
    pub fn new<'a>(all: impl IntoIterator<Item = &'a Access>) -> Self {
        let mut graph = Graph::default();
        for access in all {
            let middle = graph.node(Sort::Protected, &access.resource);
            for store in &access.stores {
                let store = graph.node(Sort::Store, store);
                graph.edge(Edge { from: store, to: middle, label: String::new(), conditional: false });
            }
            for way in &access.ways {
                let principal = graph.node(Sort::Principal, &way.row.principal);
                let label = match way.row.through {
                    Through::AccountPolicies => "policies of the account".to_owned(),
                    Through::IdentityPolicy(..) | Through::Grant => {
                        way.policy.as_ref().map_or_else(|| way.row.name.clone(), |policy| policy.to_string())
                    }
                    Through::Statement => way.row.name.clone(),
                };
                let conditional = !way.row.certain || !way.row.conditions.is_empty() || !way.row.unless.is_empty();
                graph.edge(Edge { from: middle, to: principal, label, conditional });
            }
        }
        graph
    }

    fn node(&mut self, sort: Sort, label: &str) -> usize {
        let key = (sort, label.to_owned());
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        self.nodes.push(Node { sort, label: label.to_owned() });
        self.known.insert(key, self.nodes.len() - 1);
        self.nodes.len() - 1
    }

    fn edge(&mut self, edge: Edge) {
        if self.drawn.insert((edge.from, edge.to, edge.label.clone())) {
            self.edges.push(edge);
        }
    }

    /// The graph as text of a language.
    pub fn draw(&self, dialect: Dialect) -> String {
        match dialect {
            Dialect::Dot => self.dot(),
            Dialect::Mermaid => self.mermaid(),
        }
    }

    fn dot(&self) -> String {
        let mut text = String::from("digraph access {\n  rankdir=LR;\n  node [fontname=\"sans-serif\"];\n");
        for (number, node) in self.nodes.iter().enumerate() {
            let shape = match node.sort {
                Sort::Store => "cylinder",
                Sort::Protected => "box",
                Sort::Principal => "ellipse",
            };
            let _ = writeln!(text, "  n{number} [shape={shape}, label=\"{}\"];", quoted_dot(&node.label));
        }
        for Edge { from, to, label, conditional } in &self.edges {
            let style = if *conditional { "dashed" } else { "solid" };
            let _ = writeln!(text, "  n{from} -> n{to} [style={style}, label=\"{}\"];", quoted_dot(label));
        }
        text.push_str("}\n");
        text
    }

    fn mermaid(&self) -> String {
        let mut text = String::from("flowchart LR\n");
        for (number, node) in self.nodes.iter().enumerate() {
            let label = quoted_mermaid(&node.label);
            let _ = match node.sort {
                Sort::Store => writeln!(text, "  n{number}[(\"{label}\")]"),
                Sort::Protected => writeln!(text, "  n{number}[\"{label}\"]"),
                Sort::Principal => writeln!(text, "  n{number}([\"{label}\"])"),
            };
        }
        for Edge { from, to, label, conditional } in &self.edges {
            let arrow = if *conditional { "-.->" } else { "-->" };
            let _ = match label.is_empty() {
                true => writeln!(text, "  n{from} {arrow} n{to}"),
                false => writeln!(text, "  n{from} {arrow}|\"{}\"| n{to}", quoted_mermaid(label)),
            };
        }
        text
    }
}

/// Inside the double quotes of Graphviz only they and the backslash are special.
fn quoted_dot(text: &str) -> String {
    printable(text).replace('\\', "\\\\").replace('"', "\\\"")
}

/// Inside the double quotes of Mermaid entities stand for special characters.
fn quoted_mermaid(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len());
    for character in printable(text).chars() {
        match character {
            '"' => quoted.push_str("#quot;"),
            '#' => quoted.push_str("#35;"),
            ';' => quoted.push_str("#59;"),
            '<' => quoted.push_str("#lt;"),
            '>' => quoted.push_str("#gt;"),
            '`' => quoted.push_str("#96;"),
            other => quoted.push(other),
        }
    }
    quoted
}

/// Names come from files of strangers: what is no printable character becomes a space.
fn printable(text: &str) -> String {
    text.chars().map(|character| if character.is_control() { ' ' } else { character }).collect()
}
