//! In which syntax a file is written.

use std::path::Path;

use super::template;
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

    /// The syntax of a file: by its extension if that is Terraform's, or else as a template with its content is read.
    pub fn of(source: &Source) -> Syntax {
        let is_terraform =
            |name: &str| [".tf.json", ".tofu.json", ".tfvars.json"].iter().any(|end| name.ends_with(end));
        let in_terraform = source.path.to_str().is_some_and(is_terraform);
        match Syntax::of_path(&source.path) {
            Some(Syntax::Hcl) => Syntax::Hcl,
            _ if in_terraform || template::is_json(source) => Syntax::Json,
            _ => Syntax::Yaml,
        }
    }
}
