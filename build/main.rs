//! Embeds the rule library: every `*.view.yaml`, `rule.rego` and `examples.md` below `rules/`, with the index that tells
//! which of them a resource type or view needs, so that start-up reads only those.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

#[path = "../src/rules/code.rs"]
mod code;
mod compile;
mod json;
mod library;
#[path = "../src/rules/modules.rs"]
mod modules;
#[allow(dead_code)]
#[path = "../src/rules/reads.rs"]
mod reads;
#[allow(dead_code)]
#[path = "../src/parse/yaml/scalar.rs"]
mod scalar;
mod text;

use library::Library;

#[expect(clippy::print_stdout, reason = "cargo reads it")]
fn main() -> io::Result<()> {
    for path in [
        "build",
        "src/rules/code.rs",
        "src/rules/modules.rs",
        "src/rules/reads.rs",
        "src/parse/yaml/scalar.rs",
        "rules",
    ] {
        println!("cargo::rerun-if-changed={path}");
    }
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("rules");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    let mut files = Vec::new();
    collect(&root, &mut files)?;
    // The modules that rules import come first.
    files.sort_by_key(|file| (!file.starts_with(root.join("lib")), file.clone()));
    let mut library = Library::default();
    for file in &files {
        let name = file.strip_prefix(&root).unwrap_or(file).to_string_lossy().replace('\\', "/");
        library.add(&name, file)?;
    }
    library.write(&out)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}
