//! The library as Rust code: the tables that `src/rules/library.rs` includes.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::{fs, io};

use crate::compile::compile;
use crate::json::json;
use crate::reads::reads;
use crate::text::{line_value, metadata, resource_types};

/// What was added so far: rows of tables, and what they refer to.
#[derive(Default)]
pub(crate) struct Library {
    views: Vec<String>,
    rules: String,
    /// The modules that rules import.
    modules: Vec<(String, String)>,
    /// The rules' programs, one after the other.
    programs: Vec<u8>,
    /// Resource type to views.
    types: BTreeMap<String, Vec<usize>>,
}

impl Library {
    /// Adds a file, called `name` below the library's folder. What is none of the library's is left out.
    pub(crate) fn add(&mut self, name: &str, file: &Path) -> io::Result<()> {
        let text = || fs::read_to_string(file);
        let added = if name.ends_with(".view.yaml") {
            self.add_view(name, &text()?)
        } else if name.ends_with("/rule.rego") {
            self.add_rule(name, &text()?)
        } else {
            if name.starts_with("lib/") && name.ends_with(".rego") {
                self.modules.push((name.to_owned(), text()?));
            }
            Ok(())
        };
        added.map_err(|error| io::Error::other(format!("{name}: {error}")))
    }

    fn add_view(&mut self, name: &str, text: &str) -> Result<(), String> {
        let view = line_value(text, "view:").unwrap_or_default();
        for ty in resource_types(text) {
            self.types.entry(ty).or_default().push(self.views.len());
        }
        let (json, include) = (json(text)?, include(name));
        self.views.push(format!(
            "    EmbeddedView {{ name: {view:?}, path: {name:?}, json: {json:?}, #[cfg(test)] text: {include} }},\n"
        ));
        Ok(())
    }

    fn add_rule(&mut self, name: &str, text: &str) -> Result<(), String> {
        let value = |key: &str| line_value(text, key).unwrap_or_default();
        let (id, view, severity) = (value("#   id:"), value("#   view:"), value("#   severity:"));
        let is_strict = value("#   profile:") == "strict";
        let metadata = json(&metadata(text))?;
        let reads: String = reads(text).iter().map(|read| format!("{read}\n")).collect();
        let has_parameters = text.contains("input.parameters");
        let start = self.programs.len();
        self.programs.extend(compile(name, text, &self.modules).unwrap_or_default());
        let program = start..self.programs.len();
        let (include, examples) = (include(name), include(&name.replace("/rule.rego", "/examples.md")));
        let _ = writeln!(
            self.rules,
            "    EmbeddedRule {{ id: {id:?}, view: {view:?}, is_strict: {is_strict}, severity: {severity:?}, path: {name:?}, \
             text: {include}, examples: {examples}, program: {program:?}, reads: {reads:?}, \
             has_parameters: {has_parameters}, metadata: {metadata:?} }},"
        );
        Ok(())
    }

    /// Writes the tables into a folder.
    pub(crate) fn write(&self, out: &Path) -> io::Result<()> {
        let mut index = String::new();
        for (ty, views) in &self.types {
            let _ = writeln!(index, "    ({ty:?}, &{views:?}),");
        }
        let mut modules = String::new();
        for (name, text) in &self.modules {
            let _ = writeln!(modules, "    ({name:?}, {text:?}),");
        }
        let (views, rules) = (self.views.concat(), &self.rules);
        let code = format!(
            "/// All views.\npub(super) static VIEWS: &[EmbeddedView] = &[\n{views}];\n\
             /// All rules.\npub(super) static RULES: &[EmbeddedRule] = &[\n{rules}];\n\
             /// The modules that rules import.\npub(super) static LIBRARIES: &[(&str, &str)] = &[\n{modules}];\n\
             /// The rules' programs, one after the other.\n\
             pub(super) static PROGRAMS: &[u8] = include_bytes!(\"programs.bin\");\n\
             /// Resource type to views, sorted by type.\npub(super) static TYPES: &[(&str, &[usize])] = &[\n{index}];\n"
        );
        fs::write(out.join("programs.bin"), &self.programs)?;
        fs::write(out.join("library.rs"), code)
    }
}

/// The text of a file of the library. Its place is left to the compiler, so that checkouts may share a target folder.
fn include(name: &str) -> String {
    let path = format!("/rules/{name}");
    format!("include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), {path:?}))")
}
