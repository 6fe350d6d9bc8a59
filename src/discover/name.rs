//! Formats by the names of files.

use std::ffi::OsStr;

use super::Reason;
use crate::config::FILE_NAME;

/// What a file's name says about its format.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum ByName {
    /// Terraform in one of its notations.
    Terraform,
    /// A document whose content decides.
    Content,
    /// Nothing: its first bytes decide whether it is worth reading.
    Head,
    /// That it is no Terraform, but it was asked for: its content decides.
    Document,
    /// Nothing, but it was asked for: its content decides, Terraform included.
    Anything,
}

/// The endings of Terraform's and OpenTofu's files.
const TERRAFORM: [&str; 6] = [".tf", ".tofu", ".tf.json", ".tofu.json", ".tfvars", ".tfvars.json"];

/// How the names of files with tests end, before `.hcl` or `.json`.
/// <https://developer.hashicorp.com/terraform/language/tests>, <https://opentofu.org/docs/cli/commands/test/>
const TESTS: [&str; 2] = [".tftest", ".tofutest"];

/// What a name says, or why the file need not be opened.
pub(super) fn by_name(name: &OsStr) -> Result<ByName, Reason> {
    // A name that is no text has no ending that we know.
    let Some(name) = name.to_str() else { return Err(Reason::Name) };
    if is_settings(name) {
        return Err(Reason::Settings);
    }
    if name.starts_with('.') {
        return Err(Reason::Hidden);
    }
    if is_terraform(name) {
        return Ok(ByName::Terraform);
    }
    let Some((stem, extension)) = name.rsplit_once('.') else { return Ok(ByName::Head) };
    match extension.to_ascii_lowercase().as_str() {
        _ if stem == "samconfig" => Err(Reason::SamConfig),
        "hcl" | "json" if TESTS.iter().any(|ending| stem.ends_with(ending)) => Err(Reason::Test),
        "json" | "yaml" | "yml" | "template" => Ok(ByName::Content),
        "cfn" | "cform" | "cloudformation" | "policy" | "jsn" => Ok(ByName::Head),
        "tfstate" => Err(Reason::State),
        _ => Err(Reason::Name),
    }
}

/// What the name of a file that was asked for says. A `.hcl` file is another tool's: Terragrunt's, Packer's, the lock file.
pub(super) fn by_name_of_asked(name: &OsStr) -> ByName {
    let name = name.to_str().unwrap_or("");
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    match ending.as_deref() {
        _ if is_terraform(name) => ByName::Terraform,
        Some("json" | "yaml" | "yml" | "template" | "hcl") => ByName::Document,
        _ => ByName::Anything,
    }
}

/// Whether Terraform loads the values of variables in a file of this name without being asked.
///
/// <https://developer.hashicorp.com/terraform/language/values/variables#variable-definitions-tfvars-files>
pub(super) fn is_loaded_values(name: &str) -> bool {
    matches!(name, "terraform.tfvars" | "terraform.tfvars.json")
        || is_terraform(name) && (name.ends_with(".auto.tfvars") || name.ends_with(".auto.tfvars.json"))
}

/// Whether a file of this name holds settings of git or of sealint: each repository has some.
pub(super) fn is_settings(name: &str) -> bool {
    matches!(name, FILE_NAME | ".gitignore" | ".gitattributes" | ".gitmodules" | ".gitkeep" | ".git" | ".ignore")
}

/// Whether Terraform or OpenTofu reads a file of this name. Backups of editors and hidden files do not count.
pub(super) fn is_terraform(name: &str) -> bool {
    !name.starts_with(['.', '#']) && TERRAFORM.iter().any(|ending| name.len() > ending.len() && name.ends_with(ending))
}

/// The name of the file that OpenTofu reads instead of the one with this name, if that exists: `a.tofu` for `a.tf`.
///
/// <https://opentofu.org/docs/language/files/>
pub(super) fn replacement(name: &str) -> Option<String> {
    let stem = name.strip_suffix(".tf").map(|stem| (stem, ".tofu"));
    let (stem, ending) = stem.or_else(|| Some((name.strip_suffix(".tf.json")?, ".tofu.json")))?;
    Some(format!("{stem}{ending}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_decide_what_is_opened() {
        let by = |name: &str| by_name(OsStr::new(name));
        for name in ["main.tf", "a.tofu", "a.tf.json", "terraform.tfvars", "x.auto.tfvars.json"] {
            assert_eq!(by(name), Ok(ByName::Terraform), "{name}");
        }
        assert_eq!(by("template.YML"), Ok(ByName::Content));
        assert_eq!(by("policy"), Ok(ByName::Head));
        assert_eq!(by("main.tf~"), Err(Reason::Name));
        assert_eq!(by(".tf"), Err(Reason::Hidden));
        assert_eq!(by("samconfig.toml"), Err(Reason::SamConfig));
        assert_eq!(by("terraform.tfstate"), Err(Reason::State));
        for name in ["main.tftest.hcl", "main.tftest.json", "main.tofutest.hcl"] {
            assert_eq!(by(name), Err(Reason::Test), "{name}");
        }
        assert_eq!(replacement("a.tf").as_deref(), Some("a.tofu"));
        assert_eq!(replacement("a.tf.json").as_deref(), Some("a.tofu.json"));
        assert_eq!(replacement("a.tofu"), None);
    }
}
