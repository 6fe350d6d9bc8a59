//! In which syntax a file is written.

use std::path::Path;

use super::template;
use crate::source::Source;

/// The words that begin the blocks of a Terraform configuration, which are the keys of its JSON notation.
pub const TERRAFORM_BLOCKS: [&str; 13] = [
    "resource",
    "module",
    "variable",
    "data",
    "locals",
    "provider",
    "terraform",
    "output",
    "moved",
    "removed",
    "import",
    "check",
    "ephemeral",
];

/// A syntax, as far as comments and literals are concerned.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Syntax {
    /// Terraform's native syntax.
    Hcl,
    /// YAML.
    Yaml,
    /// JSON.
    Json,
}

impl Syntax {
    /// The syntax that a file's extension names; a template without a telling name may be in YAML or JSON: `None`.
    pub fn of_path(path: &Path) -> Option<Syntax> {
        match path.extension()?.to_str()? {
            "tf" | "tofu" | "tfvars" | "hcl" => Some(Syntax::Hcl),
            "json" => Some(Syntax::Json),
            "yaml" | "yml" => Some(Syntax::Yaml),
            _ => None,
        }
    }

    /// The syntax of a file: by its extension if that is Terraform's, or else as a template with its content is read.
    pub fn of(source: &Source) -> Syntax {
        let is_terraform =
            |name: &str| [".tf.json", ".tofu.json", ".tfvars.json"].iter().any(|end| name.ends_with(end));
        let in_terraform = source.path.to_str().is_some_and(is_terraform);
        match Syntax::of_path(&source.path) {
            Some(Syntax::Hcl) => Syntax::Hcl,
            _ if in_terraform || template::is_json(source) => Syntax::Json,
            None if begins_a_block(&source.text) => Syntax::Hcl,
            _ => Syntax::Yaml,
        }
    }
}

/// Whether the first thing in a text, comments aside, is a block of a Terraform configuration. A block further down may be
/// an example in prose.
pub fn begins_a_block(text: &str) -> bool {
    let code = after_comments(text);
    let end = code.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(code.len());
    let (word, rest) = code.split_at(end);
    TERRAFORM_BLOCKS.contains(&word) && rest.trim_start_matches([' ', '\t']).starts_with(['"', '{'])
}

/// The text from its first line that is no comment of HCL.
fn after_comments(mut text: &str) -> &str {
    loop {
        text = text.trim_start();
        text = match () {
            () if text.starts_with('#') || text.starts_with("//") => text.split_once('\n').map_or("", |(_, rest)| rest),
            () if text.starts_with("/*") => text.split_once("*/").map_or("", |(_, rest)| rest),
            () => return text,
        }
    }
}
