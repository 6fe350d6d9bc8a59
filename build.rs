//! Embeds the rule library: every `*.view.yaml`, `rule.rego` and `examples.md` below `rules/`, with the index that tells
//! which of them a resource type or view needs, so that start-up reads only those.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("rules");
    println!("cargo::rerun-if-changed={}", root.display());
    let mut files = Vec::new();
    collect(&root, &mut files)?;
    files.sort();
    let mut views = String::new();
    let mut rules = String::new();
    let mut libraries = String::new();
    let mut types: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut view_count = 0;
    for file in &files {
        let text = fs::read_to_string(file)?;
        let name = file.strip_prefix(&root).unwrap_or(file).to_string_lossy().replace('\\', "/");
        let include = format!("include_str!({:?})", file.display().to_string());
        if name.ends_with(".view.yaml") {
            let view = line_value(&text, "view:").unwrap_or_default();
            for ty in resource_types(&text) {
                types.entry(ty).or_default().push(view_count);
            }
            view_count += 1;
            let _ = writeln!(views, "    EmbeddedView {{ name: {view:?}, path: {name:?}, text: {include} }},");
        } else if name.ends_with("/rule.rego") {
            let id = line_value(&text, "#   id:").unwrap_or_default();
            let view = line_value(&text, "#   view:").unwrap_or_default();
            let profile = line_value(&text, "#   profile:").unwrap_or_else(|| "default".into());
            let examples = file.with_file_name("examples.md");
            let _ = writeln!(
                rules,
                "    EmbeddedRule {{ id: {id:?}, view: {view:?}, profile: {profile:?}, path: {name:?}, text: {include}, \
                 examples: include_str!({:?}) }},",
                examples.display().to_string()
            );
        } else if name.starts_with("lib/") && name.ends_with(".rego") {
            let _ = writeln!(libraries, "    ({name:?}, {include}),");
        }
    }
    let mut index = String::new();
    for (ty, views) in types {
        let _ = writeln!(index, "    ({ty:?}, &{views:?}),");
    }
    let code = format!(
        "/// All views.\npub(super) const VIEWS: &[EmbeddedView] = &[\n{views}];\n\
         /// All rules.\npub(super) const RULES: &[EmbeddedRule] = &[\n{rules}];\n\
         /// The modules that rules import.\npub(super) const LIBRARIES: &[(&str, &str)] = &[\n{libraries}];\n\
         /// Resource type to views, sorted by type.\npub(super) const TYPES: &[(&str, &[usize])] = &[\n{index}];\n"
    );
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(out.join("library.rs"), code)
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

/// The rest of the first line that starts with `key`, without quotes.
fn line_value(text: &str, key: &str) -> Option<String> {
    let line = text.lines().find_map(|line| line.strip_prefix(key))?;
    Some(line.trim().trim_matches('"').to_owned())
}

/// The keys below `resources:` and the `type:` of parts: everything in the file's head that is shaped like a type.
fn resource_types(text: &str) -> Vec<String> {
    let head = text.split("\nsettings:").next().unwrap_or(text);
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == ':' || c == '.';
    let mut found: Vec<String> = head
        .split(|c: char| !is_word(c))
        .map(|word| word.trim_end_matches([':', '.']))
        .filter(|word| {
            word.starts_with("aws_")
                || word.contains("::")
                || word.starts_with("policy.")
                || word.starts_with("provider.")
        })
        .map(str::to_owned)
        .collect();
    found.sort();
    found.dedup();
    found
}
