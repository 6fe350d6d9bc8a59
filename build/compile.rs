//! Rules as programs of the engine's virtual machine: parsing Rego would be most of a short run.

use std::sync::Arc;

use regorus::languages::rego::compiler::Compiler;
use regorus::{Engine, Value};

use crate::modules;

/// A rule as a program of the engine's virtual machine. A rule that it cannot express is run from its text: a test of the
/// library names it.
pub(crate) fn compile(path: &str, text: &str, libraries: &[(String, String)]) -> Option<Vec<u8>> {
    let mut engine = Engine::new();
    for (name, library) in libraries.iter().filter(|(name, _)| modules::imports(text, name)) {
        engine.add_policy(name.clone(), defined(library)).ok()?;
    }
    let entry = format!("{}.deny", engine.add_policy(path.to_owned(), defined(text)).ok()?);
    let policy = engine.compile_with_entrypoint(&entry.as_str().into()).ok()?;
    let program = Compiler::compile_from_policy(&policy, &[&entry]).ok()?;
    let mut program = Arc::unwrap_or_clone(program);
    // Texts and places serve messages about mistakes, which a compiled rule has none of; the rest, lookups of whole
    // packages, which no rule does.
    program.sources.clear();
    program.instruction_spans.clear();
    program.metadata.annotations.clear();
    program.rule_tree = Value::new_object();
    program.serialize_binary().ok()
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
