//! `sealint init`: writes a commented `sealint.toml`.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::{Exit, Global, failure};
use crate::config::FILE_NAME;

/// Write a commented sealint.toml that fits the repository
#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// The folder to write it to
    #[arg(default_value = ".")]
    folder: PathBuf,
}

/// Folders that hold code of others or results, if they are there.
const USUAL_EXCLUDES: [&str; 7] =
    ["node_modules", "vendor", "third_party", "cdk.out", ".aws-sam", ".serverless", "dist"];

pub(super) fn run(args: &Args, global: &Global) -> io::Result<Exit> {
    let path = match args.folder.as_path() {
        here if here == Path::new(".") => PathBuf::from(FILE_NAME),
        folder => folder.join(FILE_NAME),
    };
    let text = text(&args.folder);
    let written = OpenOptions::new().write(true).create_new(true).open(&path);
    let mut file = written.map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => failure(format!("{} exists already", path.display())),
        _ => failure(format!("cannot write {}: {error}", path.display())),
    })?;
    file.write_all(text.as_bytes())?;
    if !global.quiet {
        writeln!(io::stderr(), "wrote {}", path.display())?;
    }
    Ok(Exit::Clean)
}

fn text(folder: &Path) -> String {
    let found: Vec<String> = USUAL_EXCLUDES
        .into_iter()
        .filter(|name| folder.join(name).is_dir())
        .map(|name| format!("\"{name}/\""))
        .collect();
    let exclude = match found.is_empty() {
        true => "# exclude = [\"vendor/\"]".to_string(),
        false => format!("exclude = [{}]", found.join(", ")),
    };
    TEMPLATE.replace("{exclude}", &exclude)
}

const TEMPLATE: &str = r#"# Settings of sealint. All of them are optional; the command line counts over this file.

# What `sealint check` checks when no path is named.
# paths = ["infra"]

# What it leaves out, as patterns like those of .gitignore.
{exclude}

# `default` holds what a reviewer would act on; `strict` adds what only some organisations demand.
profile = "default"

# The least severity that makes a run fail: info, low, medium, high or critical.
fail-on = "low"

# Findings that are known already, as `sealint check --write-baseline FILE` writes them.
# baseline = "baseline.json"

# Rules to leave out everywhere. `sealint rules` lists them all.
# ignore = ["s3-bucket-versioning"]

# Settings of one rule; `sealint explain RULE` says which there are.
# [rules.log-group-retention]
# severity = "high"

# What differs in parts of the repository.
# [[per-path]]
# paths = ["examples/"]
# ignore = ["kms-key-rotation"]

# Inputs that decide values.
# [terraform]
# variable-files = ["production.tfvars"]
# [cloudformation]
# parameters = { Stage = "production", "AWS::Region" = "eu-central-1" }

# Comments like `# sealint: ignore[RULE] reason` suppress findings; each must give a reason.
[suppressions]
require-reason = true

# Findings that are accepted, where a comment is not possible.
# [[suppress]]
# rules = ["kms-key-rotation"]
# resources = ["module.legacy.*"]
# reason = "Is replaced by the new key in March"
# until = "2027-03-31"
"#;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config;
    use crate::source::{FileId, Source};

    #[test]
    fn the_template_is_right_with_every_comment_taken_away() {
        let bare: String = text(Path::new("/nowhere"))
            .lines()
            .map(|line| match line.strip_prefix("# ") {
                Some(setting) if setting.starts_with('[') || setting.contains(" = ") => format!("{setting}\n"),
                _ => format!("{line}\n"),
            })
            .collect();
        let (config, diagnostics) = config::parse(&Source::new(FileId(0), FILE_NAME, bare));
        assert_eq!(diagnostics, []);
        assert_eq!(config.suppress.len(), 1);
        assert_eq!(config.exclude, ["vendor/"]);
    }
}
