//! `aws_iam_policy_document`: the policy document that its arguments make.
//!
//! As the AWS provider does it:
//! <https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document>

use std::sync::Arc;

use super::encode::encode;
use super::statement;
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::hcl::ast::Block;
use crate::parse::json;
use crate::source::Span;
use crate::terraform::evaluation::Evaluation;
use crate::value::{Choice, Entries, Entry, Kind, Known, Origin, Reason, Type, Unknown, Value, node_to_value};

/// The most choices between whole documents that are written out; beyond, a document is unknown as a whole.
const MAX_CHOICES: usize = 4;

/// Adds `json` and `minified_json`.
pub(super) fn complete(evaluation: &Evaluation, address: &Arc<str>, block: &Block, entries: &mut Entries) {
    let maker = Maker { evaluation, address, block, entries };
    let sources = maker.documents(&["source_json", "source_policy_documents"]);
    let overrides = maker.documents(&["override_policy_documents", "override_json"]);
    let document = maker.decide(sources, overrides, MAX_CHOICES);
    let json = maker.encoded(&document, true);
    let minified = maker.encoded(&document, false);
    entries.insert("json".into(), Entry { key: Some(block.header), place: None, value: json });
    entries.insert("minified_json".into(), Entry { key: Some(block.header), place: None, value: minified });
}

/// A document, or a choice of two.
enum Made {
    One(Value),
    Either(Arc<Choice>, Box<Made>, Box<Made>),
}

struct Maker<'s> {
    evaluation: &'s Evaluation<'s>,
    address: &'s Arc<str>,
    block: &'s Block,
    entries: &'s Entries,
}

impl Maker<'_> {
    /// The documents that arguments give, in the order of `names`.
    fn documents(&self, names: &[&str]) -> Vec<Value> {
        let mut documents = Vec::new();
        for entry in names.iter().filter_map(|name| self.entries.get(*name)) {
            match &entry.value.kind {
                Kind::List(list) => documents.extend(list.items.iter().cloned()),
                _ => documents.push(entry.value.clone()),
            }
        }
        // An empty text stands for no document.
        documents.retain(|document| !document.is_null() && document.as_str() != Some(""));
        documents
    }

    /// The document, or one for each branch of a choice among the given documents.
    fn decide(&self, sources: Vec<Value>, overrides: Vec<Value>, choices: usize) -> Made {
        let all = sources.iter().chain(&overrides).enumerate();
        let mut choosing = all.filter_map(|(index, value)| Some((index, choice(value)?)));
        match choosing.next() {
            Some((index, choice)) if choices > 0 => {
                let branch = |value: &Value| {
                    let (mut sources, mut overrides) = (sources.clone(), overrides.clone());
                    match index.checked_sub(sources.len()) {
                        None => sources[index] = value.clone(),
                        Some(index) => overrides[index] = value.clone(),
                    }
                    Box::new(self.decide(keep(sources), keep(overrides), choices - 1))
                };
                let (then, otherwise) = (branch(&choice.then), branch(&choice.otherwise));
                Made::Either(choice, then, otherwise)
            }
            _ => Made::One(self.document(&sources, &overrides)),
        }
    }

    /// The document that results when `sources` come first and `overrides` last.
    fn document(&self, sources: &[Value], overrides: &[Value]) -> Value {
        let mut merged = Document::default();
        for source in sources {
            merged.merge(self.parse(source));
        }
        merged.merge(self.own());
        for over in overrides {
            merged.merge(self.parse(over));
        }
        merged.value(self.block.header)
    }

    /// What the arguments of this data source say themselves.
    fn own(&self) -> Document {
        let given = |name: &str| self.entries.get(name).filter(|entry| !entry.value.is_null()).cloned();
        let version = given("version").unwrap_or_else(|| Entry::generated(Value::string("2012-10-17")));
        let statements = match self.entries.get("statement").map(|entry| &entry.value.kind) {
            Some(Kind::List(list)) => list.items.iter().map(statement::normalize).collect(),
            // JSON has no list around a single block.
            Some(Kind::Map(_) | Kind::Unknown(_)) => {
                self.entries.get("statement").map(|entry| statement::normalize(&entry.value)).into_iter().collect()
            }
            _ => Vec::new(),
        };
        Document { version: Some(version), id: given("policy_id"), statements }
    }

    /// A given document, parsed.
    fn parse(&self, given: &Value) -> Document {
        let fallback = given.origin.span.unwrap_or(self.block.header);
        let (value, diagnostics) = match &given.kind {
            Kind::String(text) => match text.encoded() {
                Some(value) => (value.clone(), Vec::new()),
                None => {
                    let (node, diagnostics) = json::parse_text(text, fallback);
                    (node_to_value(&node), diagnostics)
                }
            },
            Kind::Unknown(unknown) => match &unknown.known {
                Known::Encoding(value) => ((**value).clone(), Vec::new()),
                Known::Parts(parts) => json::parse_parts(parts, fallback),
                _ => (given.clone(), Vec::new()),
            },
            _ => {
                let message = "a policy document must be JSON text";
                (given.clone(), vec![Diagnostic::warning(Code::Policy, message, fallback)])
            }
        };
        diagnostics.into_iter().for_each(|diagnostic| self.evaluation.report(diagnostic));
        Document::of(&value, given)
    }

    /// The text of a document, as far as it is known.
    fn encoded(&self, made: &Made, indent: bool) -> Value {
        let origin = Origin::at(self.block.header);
        match made {
            Made::One(document) if document.is_wholly_known() => {
                Value::new(Kind::String(encode(document, indent)), origin)
            }
            Made::One(document) => {
                let mut reason = None;
                document.for_each_unknown(&mut |_, unknown| {
                    reason.get_or_insert_with(|| unknown.reason.clone());
                });
                let reason = reason.unwrap_or_else(|| Reason::External(Arc::clone(self.address)));
                let unknown = Unknown { not_null: true, ..Unknown::new(reason).typed(Type::String) };
                Value::unknown(unknown.known(Known::Encoding(Arc::new(document.clone()))), origin)
            }
            Made::Either(choice, then, otherwise) => {
                let choice = Choice {
                    condition: choice.condition.clone(),
                    name: Arc::clone(&choice.name),
                    then: self.encoded(then, indent),
                    otherwise: self.encoded(otherwise, indent),
                };
                let reason = Reason::Depends(Arc::clone(&choice.name));
                let unknown = Unknown { not_null: true, ..Unknown::new(reason).typed(Type::String) };
                Value::unknown(unknown.known(Known::Choice(Arc::new(choice))), origin)
            }
        }
    }
}

fn choice(value: &Value) -> Option<Arc<Choice>> {
    match &value.as_unknown()?.known {
        Known::Choice(choice) => Some(Arc::clone(choice)),
        _ => None,
    }
}

/// Without the documents that a branch does not give. A branch that gives a list gives each of them.
fn keep(documents: Vec<Value>) -> Vec<Value> {
    let mut kept = Vec::with_capacity(documents.len());
    for document in documents {
        match &document.kind {
            Kind::Null => {}
            Kind::List(list) => kept.extend(list.items.iter().cloned()),
            Kind::String(text) if text.as_str().is_empty() => {}
            _ => kept.push(document),
        }
    }
    kept
}

/// A policy document in parts.
#[derive(Default)]
struct Document {
    version: Option<Entry>,
    id: Option<Entry>,
    statements: Vec<Value>,
}

impl Document {
    /// The parts of a parsed document. Of one that is unknown nothing is known but that it adds statements.
    fn of(value: &Value, given: &Value) -> Document {
        let Some(entries) = value.as_map() else {
            let unknown = given.as_unknown().cloned().unwrap_or_else(|| Unknown::new(Reason::Invalid));
            let statement = Unknown { ty: Type::Dynamic, known: Known::Nothing, ..unknown };
            let statements = vec![Value::unknown(statement, given.origin.clone())];
            return Document { version: None, id: None, statements };
        };
        let part = |name: &str| {
            let found = entries.iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
            found.map(|(_, entry)| entry.clone()).filter(|entry| !entry.value.is_null())
        };
        let statements = match part("Statement") {
            Some(Entry { value: Value { kind: Kind::List(list), .. }, .. }) => list.items.clone(),
            Some(Entry { value, .. }) => vec![value],
            None => Vec::new(),
        };
        Document { version: part("Version"), id: part("Id"), statements }
    }

    /// Adds another document: its version and id win; statements replace those with the same id.
    fn merge(&mut self, newer: Document) {
        self.version = newer.version.or_else(|| self.version.take());
        self.id = newer.id.or_else(|| self.id.take());
        for statement in newer.statements {
            let sid = statement.get("Sid").and_then(Value::as_str).filter(|sid| !sid.is_empty());
            let same = |own: &&mut Value| sid.is_some() && own.get("Sid").and_then(Value::as_str) == sid;
            match self.statements.iter_mut().find(same) {
                Some(older) => *older = statement,
                None => self.statements.push(statement),
            }
        }
    }

    fn value(self, header: Span) -> Value {
        let mut entries = Entries::default();
        entries.extend(self.version.map(|version| ("Version".into(), version)));
        entries.extend(self.id.map(|id| ("Id".into(), id)));
        if !self.statements.is_empty() {
            let statements = Value::list(self.statements).with_origin(Origin::at(header));
            entries.insert("Statement".into(), Entry { key: Some(header), place: None, value: statements });
        }
        Value::object(entries).with_origin(Origin::at(header))
    }
}
