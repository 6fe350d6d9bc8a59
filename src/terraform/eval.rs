//! `sealint eval`: single expressions with values given beside them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::expr::evaluate;
use super::language::expressions::names;
use super::notation::{from_json, to_json_with, type_from_json, type_to_json};
use super::scope::{Files, Scope};
use crate::diagnostic::{Diagnostic, Level};
use crate::parse::hcl::ast::{Expr, Ident};
use crate::parse::hcl::{parse_expr, parse_template};
use crate::source::{FileId, Source};
use crate::value::{Entry, Kind, List, Map, Type, Value};

/// The mark that `sensitive` puts on a value.
const SENSITIVE: &str = "sensitive";

/// The mark of ephemeral values.
const EPHEMERAL: &str = "ephemeral";

/// One line of input.
#[derive(Deserialize)]
struct Request {
    #[serde(default)]
    id: Json,
    expr: Option<String>,
    template: Option<String>,
    #[serde(default)]
    vars: BTreeMap<String, Given>,
    basedir: Option<String>,
}

/// A value that a request gives to a name.
#[derive(Deserialize)]
struct Given {
    #[serde(default)]
    value: Json,
    #[serde(default, rename = "type")]
    ty: Json,
}

/// The names of one request.
struct Names {
    values: BTreeMap<String, Value>,
    /// The same without what is ephemeral in them.
    lasting: BTreeMap<String, Value>,
    files: Option<Arc<dyn Files>>,
}

impl Scope for Names {
    fn resolve(&self, path: &[Ident], _: &mut Vec<Diagnostic>) -> Option<(Value, usize)> {
        let value = self.values.get(&*path.first()?.name)?;
        Some((value.clone(), 1))
    }

    fn without_ephemeral(&self, expr: &Expr) -> Option<Value> {
        let path = names(expr)?;
        let root = self.lasting.get(*path.first()?)?;
        path.iter().skip(1).try_fold(root, |value, name| value.get(name)).cloned()
    }

    fn files(&self) -> Option<Arc<dyn Files>> {
        self.files.clone()
    }
}

/// Answers one line of `sealint eval --jsonl`: `{"id", "expr" or "template", "vars": {NAME: {"value", "type"}},
/// "basedir"}` with `{"id", "value", "type"}` or `{"id", "error"}`. `files` gives access to the files of a folder.
pub fn answer(line: &str, files: &dyn Fn(&str) -> Option<Arc<dyn Files>>) -> String {
    let request: Request = match serde_json::from_str(line) {
        Ok(request) => request,
        Err(why) => return json!({"id": null, "error": format!("not a request: {why}")}).to_string(),
    };
    match respond(&request, files) {
        Ok((value, ty)) => json!({"id": request.id, "value": value, "type": ty}),
        Err(message) => json!({"id": request.id, "error": message}),
    }
    .to_string()
}

fn respond(request: &Request, files: &dyn Fn(&str) -> Option<Arc<dyn Files>>) -> Result<(Json, Json), String> {
    let (expr, diagnostics) = match (&request.expr, &request.template) {
        (Some(text), _) => parse_expr(&Source::new(FileId(0), "<expression>", text.as_str())),
        (None, Some(text)) => parse_template(&Source::new(FileId(0), "<template>", text.as_str())),
        (None, None) => return Err("a request has an expr or a template".to_owned()),
    };
    first_error(&diagnostics)?;
    let files = request.basedir.as_deref().and_then(files);
    let mut marks = BTreeSet::new();
    request.vars.values().for_each(|given| collect_marks(&given.value, &mut marks));

    // A value knows whether it is marked, not by what. So each name but the usual one is followed on its own, against
    // what is marked without any of them.
    let value = run(&expr, request, &files, &|mark| mark == SENSITIVE)?;
    let mut others = Vec::new();
    for name in marks.iter().filter(|name| *name != SENSITIVE) {
        let unmarked = run(&expr, request, &files, &|_| false)?;
        let marked = run(&expr, request, &files, &|mark| mark == name)?;
        others.push((name.as_str(), without_marks_of(&marked, &unmarked)));
    }
    let others = others.iter().map(|(name, value)| (*name, value));
    let views: Vec<(&str, &Value)> = others.chain([(SENSITIVE, &value)]).collect();
    Ok((to_json_with(&value, &views), type_to_json(&Type::of(&value))))
}

fn run(
    expr: &Expr,
    request: &Request,
    files: &Option<Arc<dyn Files>>,
    mark: &dyn Fn(&str) -> bool,
) -> Result<Value, String> {
    let (mut values, mut lasting) = (BTreeMap::new(), BTreeMap::new());
    for (name, given) in &request.vars {
        let ty = type_from_json(&given.ty);
        let value = from_json(&given.value, &ty, name, mark)?;
        let ephemeral = from_json(&given.value, &ty, name, &|mark| mark == EPHEMERAL)?;
        lasting.insert(name.clone(), without_ephemeral(&value, &ephemeral, mark(EPHEMERAL)));
        values.insert(name.clone(), value);
    }
    let mut diagnostics = Vec::new();
    let value = evaluate(expr, &Names { values, lasting, files: files.clone() }, &mut diagnostics);
    first_error(&diagnostics)?;
    Ok(value)
}

fn first_error(diagnostics: &[Diagnostic]) -> Result<(), String> {
    match diagnostics.iter().find(|diagnostic| diagnostic.level == Level::Error) {
        Some(diagnostic) => Err(diagnostic.message.clone()),
        None => Ok(()),
    }
}

fn collect_marks(json: &Json, marks: &mut BTreeSet<String>) {
    match json {
        Json::Array(items) => items.iter().for_each(|item| collect_marks(item, marks)),
        Json::Object(object) => {
            if let Some(Json::Array(names)) = object.get("$marks") {
                marks.extend(names.iter().filter_map(Json::as_str).map(str::to_owned));
            }
            object.values().for_each(|value| collect_marks(value, marks));
        }
        _ => {}
    }
}

/// The value with null where `ephemeral` is marked, and what is unknown there without that mark, if it is `followed`.
fn without_ephemeral(value: &Value, ephemeral: &Value, followed: bool) -> Value {
    if ephemeral.sensitive {
        let kind = if value.is_unknown() { value.kind.clone() } else { Kind::Null };
        return Value { kind, origin: value.origin.clone(), sensitive: value.sensitive && !followed };
    }
    let kind = match (&value.kind, &ephemeral.kind) {
        (Kind::List(a), Kind::List(b)) if a.items.len() == b.items.len() => Kind::List(Arc::new(List {
            sort: a.sort.clone(),
            items: a.items.iter().zip(&b.items).map(|(a, b)| without_ephemeral(a, b, followed)).collect(),
        })),
        (Kind::Map(a), Kind::Map(b)) => {
            let entries = a.entries.iter().map(|(key, entry)| {
                let value = match b.entries.get(key) {
                    Some(other) => without_ephemeral(&entry.value, &other.value, followed),
                    None => entry.value.clone(),
                };
                (Arc::clone(key), Entry { value, ..entry.clone() })
            });
            Kind::Map(Arc::new(Map { sort: a.sort.clone(), entries: entries.collect() }))
        }
        (kind, _) => kind.clone(),
    };
    Value { kind, origin: value.origin.clone(), sensitive: value.sensitive }
}

/// The value without the marks that `other` has in the same places.
fn without_marks_of(value: &Value, other: &Value) -> Value {
    let kind = match (&value.kind, &other.kind) {
        (Kind::List(a), Kind::List(b)) if a.items.len() == b.items.len() => Kind::List(Arc::new(List {
            sort: a.sort.clone(),
            items: a.items.iter().zip(&b.items).map(|(a, b)| without_marks_of(a, b)).collect(),
        })),
        (Kind::Map(a), Kind::Map(b)) => {
            let entries = a.entries.iter().map(|(key, entry)| {
                let value = match b.entries.get(key) {
                    Some(other) => without_marks_of(&entry.value, &other.value),
                    None => entry.value.clone(),
                };
                (Arc::clone(key), Entry { value, ..entry.clone() })
            });
            Kind::Map(Arc::new(Map { sort: a.sort.clone(), entries: entries.collect() }))
        }
        (kind, _) => kind.clone(),
    };
    Value { kind, origin: value.origin.clone(), sensitive: value.sensitive && !other.sensitive }
}
