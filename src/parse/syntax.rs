//! In which syntax a file is written.

use std::path::Path;

use crate::source::Source;

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

    /// The syntax of a file, by its extension or else by how it begins.
    pub fn of(source: &Source) -> Syntax {
        let begins = source.text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
        match Syntax::of_path(&source.path) {
            Some(syntax @ (Syntax::Hcl | Syntax::Json)) => syntax,
            _ if begins.starts_with('{') => Syntax::Json,
            _ => Syntax::Yaml,
        }
    }
}
