//! Embeds the rule library: every `*.view.yaml`, `rule.rego` and `examples.md` below `rules/`, with the index that tells
//! which of them a resource type or view needs, so that start-up reads only those. Rules are compiled here for the
//! engine's virtual machine: parsing Rego would be most of a short run.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use granit_parser::{Event, Parser, ScalarStyle};
use regorus::Engine;
use regorus::languages::rego::compiler::Compiler;

#[path = "src/rules/modules.rs"]
mod modules;
#[allow(dead_code)]
#[path = "src/parse/yaml/scalar.rs"]
mod scalar;

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("rules");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    println!("cargo::rerun-if-changed=src/rules/modules.rs");
    println!("cargo::rerun-if-changed=src/parse/yaml/scalar.rs");
    println!("cargo::rerun-if-changed={}", root.display());
    let mut files = Vec::new();
    collect(&root, &mut files)?;
    // The modules that rules import come first.
    files.sort_by_key(|file| (!file.starts_with(root.join("lib")), file.clone()));
    let mut views = String::new();
    let mut rules = String::new();
    let mut libraries = Vec::new();
    let mut programs: Vec<u8> = Vec::new();
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
            let json = json(&text).map_err(|error| io::Error::other(format!("{name}: {error}")))?;
            let _ = writeln!(
                views,
                "    EmbeddedView {{ name: {view:?}, path: {name:?}, text: {include}, json: {json:?} }},"
            );
        } else if name.ends_with("/rule.rego") {
            let id = line_value(&text, "#   id:").unwrap_or_default();
            let view = line_value(&text, "#   view:").unwrap_or_default();
            let profile = line_value(&text, "#   profile:").unwrap_or_else(|| "default".into());
            let examples = file.with_file_name("examples.md");
            let severity = line_value(&text, "#   severity:").unwrap_or_default();
            let metadata = json(&metadata(&text)).map_err(|error| io::Error::other(format!("{name}: {error}")))?;
            let start = programs.len();
            programs.extend(compile(&name, &text, &libraries).unwrap_or_default());
            let program = start..programs.len();
            let _ = writeln!(
                rules,
                "    EmbeddedRule {{ id: {id:?}, view: {view:?}, profile: {profile:?}, severity: {severity:?}, path: {name:?}, \
                 text: {include}, examples: include_str!({:?}), program: {program:?}, metadata: {metadata:?} }},",
                examples.display().to_string()
            );
        } else if name.starts_with("lib/") && name.ends_with(".rego") {
            libraries.push((name, text));
        }
    }
    let mut index = String::new();
    for (ty, views) in types {
        let _ = writeln!(index, "    ({ty:?}, &{views:?}),");
    }
    let mut modules = String::new();
    for (name, text) in &libraries {
        let _ = writeln!(modules, "    ({name:?}, {text:?}),");
    }
    fs::write(out.join("programs.bin"), programs)?;
    let code = format!(
        "/// All views.\npub(super) const VIEWS: &[EmbeddedView] = &[\n{views}];\n\
         /// All rules.\npub(super) const RULES: &[EmbeddedRule] = &[\n{rules}];\n\
         /// The modules that rules import.\npub(super) const LIBRARIES: &[(&str, &str)] = &[\n{modules}];\n\
         /// The rules' programs, one after the other.\npub(super) const PROGRAMS: &[u8] = include_bytes!(\"programs.bin\");\n\
         /// Resource type to views, sorted by type.\npub(super) const TYPES: &[(&str, &[usize])] = &[\n{index}];\n"
    );
    fs::write(out.join("library.rs"), code)
}

/// A rule as a program of the engine's virtual machine. A rule that it cannot express is run from its text: a test of the
/// library names it.
fn compile(path: &str, text: &str, libraries: &[(String, String)]) -> Option<Vec<u8>> {
    let mut engine = Engine::new();
    for (name, library) in libraries.iter().filter(|(name, _)| modules::imports(text, name)) {
        engine.add_policy(name.clone(), defined(library)).ok()?;
    }
    let entry = format!("{}.deny", engine.add_policy(path.to_owned(), defined(text)).ok()?);
    let policy = engine.compile_with_entrypoint(&entry.as_str().into()).ok()?;
    let program = Compiler::compile_from_policy(&policy, &[&entry]).ok()?;
    let mut program = std::sync::Arc::unwrap_or_clone(program);
    // Texts and places serve messages about mistakes, which a compiled rule has none of.
    program.sources.iter_mut().for_each(|source| source.content.clear());
    program.instruction_spans.iter_mut().for_each(|span| *span = None);
    program.serialize_binary().ok()
}

/// The `# METADATA` block of a rule.
fn metadata(rego: &str) -> String {
    let block = rego.lines().skip_while(|line| line.trim_end() != "# METADATA").skip(1);
    block.map_while(|line| line.strip_prefix('#')).map(|line| format!(" {line}\n")).collect()
}

/// A view or the metadata of a rule as JSON, which takes a tenth of the time to read that YAML does. A test compares the two.
fn json(yaml: &str) -> Result<String, String> {
    let mut json = String::new();
    // Of each open collection: whether it is a mapping, how many nodes it has so far, its anchor and where it begins.
    let mut open: Vec<(bool, usize, usize, usize)> = Vec::new();
    let mut anchored: BTreeMap<usize, String> = BTreeMap::new();
    for event in Parser::new_from_str(yaml) {
        let (event, _) = event.map_err(|error| error.to_string())?;
        let starts =
            matches!(event, Event::Scalar(..) | Event::SequenceStart(..) | Event::MappingStart(..) | Event::Alias(..));
        let mut is_key = false;
        if let (true, Some((is_mapping, nodes, ..))) = (starts, open.last_mut()) {
            is_key = *is_mapping && *nodes % 2 == 0;
            match (*nodes, *is_mapping && !is_key) {
                (0, _) => {}
                (_, true) => json.push(':'),
                _ => json.push(','),
            }
            *nodes += 1;
        }
        match event {
            Event::Scalar(text, style, ..) => match scalar::resolve(&text) {
                scalar::Plain::Bool(value) if style == ScalarStyle::Plain && !is_key => json += &value.to_string(),
                scalar::Plain::Null if style == ScalarStyle::Plain && !is_key => json += "null",
                scalar::Plain::Number(number) if style == ScalarStyle::Plain && !is_key => json += &number,
                _ => {
                    json.push('"');
                    text.chars().for_each(|c| match c {
                        '"' | '\\' => json.extend(['\\', c]),
                        c if c < ' ' => json += &format!("\\u{:04x}", u32::from(c)),
                        c => json.push(c),
                    });
                    json.push('"');
                }
            },
            Event::SequenceStart(_, anchor, _) => {
                open.push((false, 0, anchor, json.len()));
                json.push('[');
            }
            Event::MappingStart(_, anchor, _) => {
                open.push((true, 0, anchor, json.len()));
                json.push('{');
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let (is_mapping, _, anchor, start) = open.pop().unwrap_or_default();
                json.push(if is_mapping { '}' } else { ']' });
                anchored.insert(anchor, json[start..].to_owned());
            }
            Event::Alias(anchor) => json += anchored.get(&anchor).ok_or("only collections have anchors")?,
            _ => {}
        }
    }
    Ok(json)
}

/// A module in which `x := undefined` fails in the virtual machine too, as it does in the interpreter: there, only `=`
/// asks whether there is a value. In the body of a rule both bind a new variable.
fn defined(module: &str) -> String {
    let line = |line: &str| match line.split_once(" := ") {
        Some((name, value)) if line.starts_with(['\t', ' ']) && !name.contains('"') => format!("{name} = {value}"),
        _ => line.to_owned(),
    };
    module.lines().map(line).collect::<Vec<_>>().join("\n")
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
                || word.starts_with("document.")
                || word.starts_with("provider.")
        })
        .map(str::to_owned)
        .collect();
    found.sort();
    found.dedup();
    found
}
