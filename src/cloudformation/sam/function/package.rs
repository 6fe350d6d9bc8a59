//! What a function of package type `Zip` or `Image` may have, and on which processors it runs.

use super::super::edit::Edit;
use super::super::intrinsics::is_call;
use super::super::reject::{Outcome, reject};
use super::super::translation::Translation;
use crate::parse::node::Node;

/// The instruction sets that Lambda has.
const ARCHITECTURES: [&str; 2] = ["x86_64", "arm64"];

/// Refuses what does not go with the package type, and instruction sets that Lambda does not have.
pub(super) fn check(translation: &Translation, properties: &Node) -> Outcome<()> {
    if let Some(list) = properties.get("Architectures").filter(|list| !list.is_null() && !is_call(list))
        && (list.items().len() != 1 || !are_architectures(list))
    {
        return reject(list.span, "'Architectures' must have one item, x86_64 or arm64");
    }
    let Some(package) = properties.given("PackageType") else { return zip(properties) };
    match translation.resolved(package)?.as_str() {
        Some("Image") => image(properties),
        Some("Zip") => zip(properties),
        Some(_) => reject(package.span, "'PackageType' must be Zip or Image"),
        None => Ok(()),
    }
}

/// Whether all items of a list are instruction sets that Lambda has, as far as they are known.
pub(in super::super) fn are_architectures(list: &Node) -> bool {
    let known = |item: &Node| item.as_str().is_some_and(|name| ARCHITECTURES.contains(&name));
    list.items().iter().all(|item| is_call(item) || known(item))
}

fn image(properties: &Node) -> Outcome<()> {
    without(properties, &["Runtime", "Handler", "Layers"], "Image")
}

fn zip(properties: &Node) -> Outcome<()> {
    without(properties, &["ImageConfig"], "Zip")
}

fn without(properties: &Node, names: &[&str], package: &str) -> Outcome<()> {
    let mut entries = names.iter().filter_map(|name| properties.entry(name));
    match entries.find(|entry| entry.value.is_truthy()) {
        Some(entry) => {
            let name = entry.key.as_str();
            reject(entry.key_span, format!("A function of package type {package} has no '{name}'"))
        }
        None => Ok(()),
    }
}
