//! A parameter as the template declares it.

use std::cell::OnceCell;
use std::sync::Arc;

use regex::{Regex, RegexBuilder};

use super::template::kind_name;
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::node::{Entry, Node, NodeKind};
use crate::source::Span;
use crate::value::{Kind, Known, Literal, Origin, Reason, Text, Type, Unknown, Value, Variable};

/// The size of a compiled `AllowedPattern`, in bytes.
const PATTERN_BYTES: usize = 1 << 20;

/// What a parameter can hold.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Sort {
    /// One string, or the literal form of a number.
    Scalar,
    /// Strings separated by commas.
    List,
    /// The name of an SSM parameter, which is read at deployment.
    Ssm { list: bool },
}

/// One entry of `Parameters`.
#[derive(Debug)]
pub(super) struct Declaration<'a> {
    name: &'a str,
    declaration: &'a Node,
    key_span: Span,
    sort: Sort,
    number: bool,
    no_echo: bool,
    /// The variable that stands for its value when none is given. `key` is unique among nested stacks.
    pub(super) variable: Arc<Variable>,
    pattern: OnceCell<Option<Regex>>,
}

impl<'a> Declaration<'a> {
    /// The declaration of an entry; `prefix` is the address of the nested stack it is in.
    pub(super) fn new(entry: &'a Entry, prefix: &str, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let declaration = &entry.value;
        if !declaration.is_mapping() {
            let message = format!("a parameter must be a mapping, not {}", kind_name(declaration));
            diagnostics.push(Diagnostic::error(Code::Template, message, declaration.span));
        }
        let name = entry.key.as_str();
        let ty = declaration.get("Type").and_then(Node::as_str).unwrap_or("String");
        let sort = sort(ty);
        let domain = match sort {
            Sort::Scalar => allowed_values(declaration),
            Sort::List | Sort::Ssm { .. } => None,
        };
        Declaration {
            name,
            declaration,
            key_span: entry.key_span,
            sort,
            number: ty == "Number",
            no_echo: declaration.get("NoEcho").is_some_and(is_true),
            variable: Arc::new(Variable {
                key: format!("parameter {prefix}{name}").into(),
                name: format!("parameter {prefix}{name}").into(),
                domain,
                phrases: &[],
                span: Some(entry.key_span),
            }),
            pattern: OnceCell::new(),
        }
    }

    /// Its value: the one given, else the default, else unknown.
    pub(super) fn value(&self, given: Option<&Value>, diagnostics: &mut Vec<Diagnostic>) -> Value {
        let default = || self.declaration.get("Default").and_then(literal);
        let Some(value) = given.cloned().or_else(default) else { return self.not_given() };
        if value.is_unknown() {
            return self.passed_on(value);
        }
        let value = match self.sort {
            Sort::Scalar => to_string(value),
            Sort::List => to_list(value),
            Sort::Ssm { .. } => {
                let name = to_string(value);
                let origin = name.origin.clone();
                return self.read_from_ssm(name.as_str().unwrap_or_default(), origin);
            }
        };
        self.check(&value, diagnostics);
        value.mark(self.no_echo)
    }

    /// Its name.
    pub(super) fn name(&self) -> &'a str {
        self.name
    }

    /// The values that CloudFormation accepts for a scalar, if they are listed.
    pub(super) fn allowed(&self) -> Option<&Arc<[Literal]>> {
        self.variable.domain.as_ref()
    }

    /// Whether a value of the parameter can be this text. The declaration's other bounds are its `AllowedValues`, which
    /// are the variable's domain.
    pub(super) fn admits(&self, text: &str) -> bool {
        let bound = |name: &str| self.declaration.get(name).and_then(number);
        let length = text.chars().count() as f64;
        let numeric = text.trim().parse::<f64>().ok();
        let within = |value: f64, min: &str, max: &str| {
            bound(min).is_none_or(|min| value >= min) && bound(max).is_none_or(|max| value <= max)
        };
        within(length, "MinLength", "MaxLength")
            && (!self.number || numeric.is_some_and(|value| within(value, "MinValue", "MaxValue")))
            && self.pattern().is_none_or(|pattern| pattern.is_match(text))
    }

    /// The `AllowedPattern`, which must match as a whole. `None` also for patterns that are Java's alone.
    fn pattern(&self) -> Option<&Regex> {
        let compile = || {
            let pattern = self.declaration.get("AllowedPattern")?.as_str()?;
            RegexBuilder::new(&format!("^(?:{pattern})$")).size_limit(PATTERN_BYTES).build().ok()
        };
        self.pattern.get_or_init(compile).as_ref()
    }

    fn not_given(&self) -> Value {
        let reason = Reason::NotGiven(Arc::clone(&self.variable.name));
        let unknown = match self.sort {
            Sort::List => Unknown::new(reason).typed(list_of_strings()),
            Sort::Ssm { .. } => return self.read_from_ssm(self.name, Origin::at(self.key_span)),
            Sort::Scalar => Unknown::new(reason).typed(Type::String).known(Known::Variable(Arc::clone(&self.variable))),
        };
        Value::unknown(Unknown { not_null: true, ..unknown }, Origin::at(self.key_span)).mark(self.no_echo)
    }

    /// An unknown value that a parent stack passes on, in the type of this parameter.
    fn passed_on(&self, value: Value) -> Value {
        let text = value.as_unknown().is_some_and(|unknown| matches!(unknown.ty, Type::List(_)));
        let fits = match self.sort {
            Sort::Scalar => !text,
            Sort::List => text,
            Sort::Ssm { .. } => return self.read_from_ssm(self.name, value.origin),
        };
        if fits {
            return value.mark(self.no_echo);
        }
        let ty = if self.sort == Sort::List { list_of_strings() } else { Type::String };
        let reason = value.as_unknown().map_or(Reason::Invalid, |unknown| unknown.reason.clone());
        Value::unknown(Unknown::new(reason).typed(ty), value.origin).mark(self.no_echo)
    }

    fn read_from_ssm(&self, parameter: &str, origin: Origin) -> Value {
        let unknown = Unknown::new(Reason::External(format!("{}{parameter}", Reason::SSM_PARAMETER).into()));
        let unknown = match self.sort {
            Sort::Ssm { list: true } => unknown.typed(list_of_strings()),
            _ => unknown.typed(Type::String).known(Known::Variable(Arc::clone(&self.variable))),
        };
        Value::unknown(Unknown { not_null: true, ..unknown }, origin).mark(self.no_echo)
    }

    /// Reports a known value that CloudFormation would refuse.
    fn check(&self, value: &Value, diagnostics: &mut Vec<Diagnostic>) {
        let span = value.origin.span.unwrap_or(self.key_span);
        let allowed = allowed_values(self.declaration);
        let scalars = match value.as_list() {
            Some(items) => items,
            None => std::slice::from_ref(value),
        };
        for text in scalars.iter().filter_map(Value::as_text) {
            let listed = |literals: &Arc<[Literal]>| literals.contains(&Literal::String(text.shared()));
            if allowed.as_ref().is_some_and(|literals| !listed(literals)) {
                let message = format!("the value of parameter {} is not among its AllowedValues", self.name);
                diagnostics.push(Diagnostic::warning(Code::Template, message, span));
            } else if self.number && text.as_str().trim().parse::<f64>().is_err() {
                let message = format!("the value of parameter {} is not a number", self.name);
                diagnostics.push(Diagnostic::warning(Code::Template, message, span));
            }
        }
    }
}

/// The sort of a parameter type, see "Parameters" in the CloudFormation user guide.
fn sort(ty: &str) -> Sort {
    match ty.strip_prefix("AWS::SSM::Parameter::Value<") {
        Some(inner) => Sort::Ssm { list: inner.starts_with("List<") || inner.starts_with("CommaDelimitedList") },
        None if ty == "CommaDelimitedList" || ty.starts_with("List<") => Sort::List,
        None => Sort::Scalar,
    }
}

fn list_of_strings() -> Type {
    Type::List(Arc::new(Type::String))
}

fn allowed_values(declaration: &Node) -> Option<Arc<[Literal]>> {
    let values = declaration.get("AllowedValues")?.items().iter().filter_map(literal);
    let literals: Arc<[Literal]> = values.map(to_string).filter_map(|value| Literal::of(&value)).collect();
    (!literals.is_empty()).then_some(literals)
}

fn is_true(node: &Node) -> bool {
    matches!(node.kind, NodeKind::Bool(true)) || node.as_str().is_some_and(|text| text.eq_ignore_ascii_case("true"))
}

fn number(node: &Node) -> Option<f64> {
    match &node.kind {
        NodeKind::Number(text) => text.parse().ok(),
        NodeKind::String(text) => text.as_str().parse().ok(),
        _ => None,
    }
}

/// A scalar of the template as a string, or a list of them; `None` for `null` and everything else.
fn literal(node: &Node) -> Option<Value> {
    let text = match &node.kind {
        NodeKind::String(text) => text.clone(),
        NodeKind::Number(text) => verbatim(text, node.span),
        NodeKind::Bool(value) => verbatim(if *value { "true" } else { "false" }, node.span),
        NodeKind::Sequence(items) => {
            return Some(Value::list(items.iter().filter_map(literal).collect()).with_origin(Origin::at(node.span)));
        }
        NodeKind::Null | NodeKind::Mapping(_) => return None,
    };
    Some(Value::at(Kind::String(text), node.span))
}

/// A text whose map is the span where that corresponds byte for byte, or as a whole.
pub(super) fn verbatim(text: &str, span: Span) -> Text {
    let mut builder = crate::value::TextBuilder::default();
    builder.push(text, Some(span));
    builder.finish()
}

/// A known value as the string that a parameter holds.
fn to_string(value: Value) -> Value {
    let text = match &value.kind {
        Kind::Bool(flag) => flag.to_string(),
        Kind::Number(number) => number.to_string(),
        Kind::List(list) => {
            let items: Vec<&str> = list.items.iter().filter_map(Value::as_str).collect();
            items.join(",")
        }
        _ => return value,
    };
    Value { kind: Kind::String(Text::synthetic(&text)), ..value }
}

/// A known value as the list that a parameter of a list type holds: spaces around items do not count.
fn to_list(value: Value) -> Value {
    let items = match &value.kind {
        Kind::List(list) => list.items.iter().cloned().map(to_string).collect(),
        Kind::String(text) => comma_separated(text, &value.origin),
        _ => vec![to_string(value.clone())],
    };
    let sensitive = value.sensitive;
    Value::list(items).with_origin(value.origin).mark(sensitive)
}

fn comma_separated(text: &Text, origin: &Origin) -> Vec<Value> {
    let mut items = Vec::new();
    let mut start = 0;
    for piece in text.as_str().split(',') {
        let trimmed = piece.trim();
        let from = start + (piece.len() - piece.trim_start().len());
        let item = text.slice(from..from + trimmed.len());
        let span = item.span_of(0..trimmed.len()).or(origin.span);
        items.push(Value::new(Kind::String(item), Origin { span, ..origin.clone() }));
        start += piece.len() + 1;
    }
    items
}
