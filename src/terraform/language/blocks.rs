//! Which arguments and blocks the blocks of the language have.

use super::Problems;
use crate::parse::hcl::ast::Block;

/// The form of a block.
pub(super) struct Schema {
    /// How many labels it has.
    pub(super) labels: usize,
    /// Its arguments; `None` if others than the language decides on them.
    arguments: Option<&'static [&'static str]>,
    /// The blocks within it with the number of their labels; `None` as for arguments.
    blocks: Option<&'static [(&'static str, usize)]>,
}

/// The form of a block at the top level of a file.
pub(super) fn top_level(kind: &str) -> Option<&'static Schema> {
    Some(match kind {
        "terraform" => &Schema {
            labels: 0,
            arguments: Some(&["required_version", "experiments", "language"]),
            blocks: Some(&[
                ("backend", 1),
                ("cloud", 0),
                ("encryption", 0),
                ("provider_meta", 1),
                ("required_providers", 0),
                ("state_store", 1),
            ]),
        },
        "language" => {
            &Schema { labels: 0, arguments: Some(&["edition", "experiments"]), blocks: Some(&[("compatible_with", 0)]) }
        }
        "variable" => &Schema {
            labels: 1,
            arguments: Some(&[
                "description",
                "default",
                "type",
                "sensitive",
                "nullable",
                "ephemeral",
                "deprecated",
                "const",
            ]),
            blocks: Some(&[("validation", 0)]),
        },
        "output" => &Schema {
            labels: 1,
            arguments: Some(&["description", "value", "depends_on", "sensitive", "ephemeral", "deprecated", "type"]),
            blocks: Some(&[("precondition", 0), ("postcondition", 0)]),
        },
        "locals" => &Schema { labels: 0, arguments: None, blocks: Some(&[]) },
        "provider" => &Schema { labels: 1, arguments: None, blocks: None },
        "module" => &Schema { labels: 1, arguments: None, blocks: Some(&[("lifecycle", 0), ("providers", 0)]) },
        "resource" | "data" | "ephemeral" => &Schema { labels: 2, arguments: None, blocks: None },
        "action" => &Schema { labels: 2, arguments: None, blocks: None },
        "moved" => &Schema { labels: 0, arguments: Some(&["from", "to"]), blocks: Some(&[]) },
        "removed" => &Schema {
            labels: 0,
            arguments: Some(&["from"]),
            blocks: Some(&[("lifecycle", 0), ("provisioner", 1), ("connection", 0)]),
        },
        "import" => &Schema {
            labels: 0,
            arguments: Some(&["to", "id", "identity", "provider", "for_each"]),
            blocks: Some(&[("identity", 0)]),
        },
        "check" => &Schema { labels: 1, arguments: Some(&[]), blocks: Some(&[("data", 2), ("assert", 0)]) },
        _ => return None,
    })
}

/// Reports arguments and blocks that `schema` does not know; `json` says that the block stands in JSON.
pub(super) fn check(block: &Block, schema: &Schema, json: bool, problems: &mut Problems) {
    if let Some(known) = schema.arguments {
        for attribute in block.body.attributes.iter().filter(|own| !known.contains(&&*own.name.name)) {
            let (name, kind) = (&attribute.name.name, &block.kind.name);
            let nested = schema.blocks.is_some_and(|blocks| blocks.iter().any(|(block, _)| **block == **name));
            // In JSON a nested block is written like an argument.
            if !nested || !json {
                problems.add(attribute.name.span, format!("a {kind} block has no argument \"{name}\""));
            }
        }
    }
    if let Some(known) = schema.blocks {
        for inner in &block.body.blocks {
            let (name, kind) = (&inner.kind.name, &block.kind.name);
            match known.iter().find(|(known, _)| **known == **name) {
                None => problems.add(inner.header, format!("a {kind} block has no block \"{name}\" in it")),
                Some(("providers", _)) if !json => {
                    problems.add(inner.header, "providers is an argument, which is written with =");
                }
                Some((_, labels)) if inner.labels.len() != *labels => {
                    let message = format!("a {name} block has {labels} labels, not {}", inner.labels.len());
                    problems.add(inner.header, message);
                }
                Some(_) => {}
            }
        }
    }
}
