//! The form of `dynamic` blocks.
//!
//! <https://developer.hashicorp.com/terraform/language/expressions/dynamic-blocks>

use super::Problems;
use super::expressions::keyword;
use crate::parse::hcl::ast::{Block, Body};

/// Blocks that Terraform itself reads: they are not made by `dynamic`.
const META: [&str; 4] = ["lifecycle", "provisioner", "connection", "dynamic"];

/// Checks the `dynamic` blocks of a body and of the blocks in it.
pub(super) fn check(body: &Body, problems: &mut Problems) {
    for block in &body.blocks {
        if &*block.kind.name == "dynamic" {
            one(block, problems);
        }
        check(&block.body, problems);
    }
}

fn one(block: &Block, problems: &mut Problems) {
    match block.labels.as_slice() {
        [label] if META.contains(&&*label.name) => {
            problems.add(label.span, format!("a dynamic block makes no blocks of type {}", label.name));
        }
        [_] => {}
        labels => problems.add(block.header, format!("a dynamic block has 1 label, not {}", labels.len())),
    }
    for attribute in &block.body.attributes {
        match &*attribute.name.name {
            // In JSON a nested block is written like an argument.
            "for_each" | "labels" | "content" => {}
            "iterator" if keyword(&attribute.expr).is_some() => {}
            "iterator" => problems.add(attribute.expr.span, "the iterator of a dynamic block is a bare name"),
            name => {
                let message = format!("a dynamic block has no argument \"{name}\": what the blocks hold is in content");
                problems.add(attribute.name.span, message);
            }
        }
    }
    for inner in block.body.blocks.iter().filter(|inner| &*inner.kind.name != "content") {
        problems.add(inner.header, format!("a dynamic block has no block \"{}\" in it", inner.kind.name));
    }
    if block.body.attribute("content").is_none() && block.body.blocks_of("content").next().is_none() {
        // Nothing is made then, which is wrong and yet clear.
        problems.warn(block.header, "a dynamic block needs a content block");
    }
    super::resources::once(&block.body, "content", problems);
}
