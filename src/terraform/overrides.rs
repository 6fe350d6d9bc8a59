//! Override files: `override.tf` and `x_override.tf`.

use crate::parse::hcl::ast::{Attribute, Block, Body};

/// `base` with what `over` says instead.
///
/// Arguments are replaced one by one. Nested blocks of a type that `over` has replace all of that type (`dynamic`
/// blocks count as the type they make), except `lifecycle`, whose arguments are replaced one by one.
/// <https://developer.hashicorp.com/terraform/language/files/override#merging-behavior>
pub(super) fn merge(base: &Block, over: &Block) -> Block {
    let mut merged = base.clone();
    merge_attributes(&mut merged.body, &over.body);
    merged
        .body
        .blocks
        .retain(|block| is_lifecycle(block) || !over.body.blocks.iter().any(|new| makes(new) == makes(block)));
    for block in &over.body.blocks {
        let existing = merged.body.blocks.iter_mut().find(|old| is_lifecycle(old) && is_lifecycle(block));
        match existing {
            Some(lifecycle) => merge_attributes(&mut lifecycle.body, &block.body),
            None => merged.body.blocks.push(block.clone()),
        }
    }
    merged
}

fn merge_attributes(base: &mut Body, over: &Body) {
    for attribute in &over.attributes {
        match position(base, attribute) {
            Some(index) => base.attributes[index] = attribute.clone(),
            None => base.attributes.push(attribute.clone()),
        }
    }
}

fn position(body: &Body, attribute: &Attribute) -> Option<usize> {
    body.attributes.iter().position(|own| own.name.name == attribute.name.name)
}

fn is_lifecycle(block: &Block) -> bool {
    &*block.kind.name == "lifecycle"
}

/// The type of blocks that a block stands for.
fn makes(block: &Block) -> &str {
    match (&*block.kind.name, block.labels.first()) {
        ("dynamic", Some(label)) => &label.name,
        (kind, _) => kind,
    }
}
