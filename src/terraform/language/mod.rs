//! What Terraform and OpenTofu refuse before they evaluate anything: blocks and arguments where they do not belong.
//!
//! Accepts what either of the two accepts. <https://developer.hashicorp.com/terraform/language>,
//! <https://opentofu.org/docs/language>

mod blocks;
mod dynamic;
pub(super) mod expressions;
mod history;
mod resources;
mod settings;
mod versions;

use super::directory::ConfigFile;
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::hcl::ast::{Block, Body, ExprKind, Ident};
use crate::source::Span;

/// Everything in the files of one directory that would be refused. `overrides` says which files override others.
pub(super) fn check(files: &[ConfigFile], overrides: impl Fn(&ConfigFile) -> bool) -> Vec<Diagnostic> {
    let mut problems = Problems::default();
    let mut settings = settings::Seen::default();
    for file in files {
        for attribute in &file.body.attributes {
            let message = format!("an argument named \"{}\" is not expected here", attribute.name.name);
            problems.add(attribute.name.span, message);
        }
        let (primary, json) = (!overrides(file), file.name().ends_with(".json"));
        for block in &file.body.blocks {
            top_level(block, json, primary, &mut settings, &mut problems);
        }
    }
    let primary = files.iter().filter(|file| !overrides(file)).flat_map(|file| &file.body.blocks);
    let history: Vec<&Block> =
        primary.filter(|block| matches!(&*block.kind.name, "import" | "moved" | "removed")).collect();
    history::together(&history, &|ty, name| declares(files, ty, name), &mut problems);
    problems.0
}

/// Whether one of the files declares a resource.
fn declares(files: &[ConfigFile], ty: &str, name: &str) -> bool {
    let resources = files.iter().flat_map(|file| &file.body.blocks).filter(|block| &*block.kind.name == "resource");
    let mut labels = resources.map(|block| block.labels.as_slice());
    labels.any(|labels| matches!(labels, [first, second] if &*first.name == ty && &*second.name == name))
}

/// Everything in a variable-values file that would be refused: it has constants only.
pub(super) fn check_values(file: &ConfigFile) -> Vec<Diagnostic> {
    let mut problems = Problems::default();
    for block in &file.body.blocks {
        problems.add(block.header, "a variable-values file has no blocks");
    }
    for attribute in file.body.attributes.iter().filter(|attribute| !expressions::is_constant(&attribute.expr)) {
        expressions::walk(&attribute.expr, &mut |expr| {
            if let ExprKind::Call(call) = &expr.kind {
                problems.add(call.name.span, "no function is called in a variable-values file");
            }
        });
    }
    problems.0
}

/// Collects what is wrong.
#[derive(Default)]
struct Problems(Vec<Diagnostic>);

impl Problems {
    fn add(&mut self, span: Span, message: impl Into<String>) {
        self.0.push(Diagnostic::error(Code::Evaluation, message, span));
    }

    /// Adds what is refused though it is clear what is meant.
    fn warn(&mut self, span: Span, message: impl Into<String>) {
        self.0.push(Diagnostic::warning(Code::Evaluation, message, span));
    }
}

fn top_level(block: &Block, json: bool, primary: bool, settings: &mut settings::Seen, problems: &mut Problems) {
    let Some(schema) = blocks::top_level(&block.kind.name) else {
        problems.add(block.header, format!("blocks of type \"{}\" are not expected here", block.kind.name));
        return;
    };
    if !labels(block, schema, problems) {
        return;
    }
    blocks::check(block, schema, json, problems);
    match primary {
        true => settings.note(block, problems),
        false => settings.overridden(block, problems),
    }
    match &*block.kind.name {
        "terraform" => settings::terraform(&block.body, primary, settings, problems),
        "locals" => expressions::locals(&block.body, problems),
        "check" => history::check(block, primary, problems),
        "moved" | "removed" | "import" if !primary => {
            problems.add(block.header, format!("a {} block overrides nothing", block.kind.name));
        }
        "moved" => history::moved(block, problems),
        "removed" => history::removed(block, problems),
        "language" => settings::language(&block.body, problems),
        "provider" => settings::provider(block, problems),
        "variable" => expressions::variable(block, (json, primary), problems),
        "output" => expressions::output(block, (json, primary), problems),
        "resource" | "data" | "ephemeral" | "action" => resources::check(block, primary, problems),
        "module" => resources::module(block, primary, problems),
        "import" => history::import(block, problems),
        _ => {}
    }
}

/// Checks number and form of a block's labels.
fn labels(block: &Block, schema: &blocks::Schema, problems: &mut Problems) -> bool {
    if block.labels.len() != schema.labels {
        let message = format!("a {} block has {} labels, not {}", block.kind.name, schema.labels, block.labels.len());
        problems.add(block.header, message);
        return false;
    }
    let wrong = block.labels.iter().filter(|label| !is_name(&label.name)).collect::<Vec<&Ident>>();
    for label in &wrong {
        problems.add(label.span, "a name starts with a letter or underscore and has letters, digits, _ and - only");
    }
    wrong.is_empty()
}

/// Whether a text is an identifier of the language.
fn is_name(text: &str) -> bool {
    let mut chars = text.chars();
    let first = chars.next().is_some_and(|c| c.is_alphabetic() || c == '_');
    first && chars.all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
}

/// `precondition`, `postcondition`, `validation` and `assert` blocks have a condition and a message.
fn conditions(body: &Body, primary: bool, problems: &mut Problems) {
    let conditions = ["precondition", "postcondition", "validation", "assert"];
    for block in body.blocks.iter().filter(|block| conditions.contains(&&*block.kind.name)) {
        for name in ["condition", "error_message"] {
            if block.body.attribute(name).is_none() {
                problems.add(block.header, format!("a {} block needs {name}", block.kind.name));
            }
        }
        // What the condition of a validation refers to is checked with its variable.
        let tested = block.body.attribute("condition").filter(|_| primary && &*block.kind.name != "validation");
        if let Some(condition) = tested.filter(|condition| expressions::roots(&condition.expr).is_empty()) {
            problems.add(condition.expr.span, "a condition refers to something, or else it tests nothing");
        }
    }
}
