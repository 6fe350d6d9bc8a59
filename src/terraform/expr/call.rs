//! Function calls.

use std::borrow::Cow;
use std::sync::Arc;

use super::Evaluator;
use super::choice::{as_choice, branches, contains_marked, unmark_deep};
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::hcl::ast::{Call, Expr, ExprKind};
use crate::source::Span;
use crate::terraform::convert::{convert, convertible};
use crate::terraform::functions::{self, Context, Failure, Function, Param};
use crate::value::{HopKind, Kind, Known, Map, Origin, Reason, Type, Unknown, Value};

impl Evaluator<'_> {
    pub(super) fn call(&mut self, span: Span, call: &Call) -> Value {
        let name = call.name.name.strip_prefix("core::").unwrap_or(&call.name.name);
        match name {
            "try" => return self.call_try(span, &call.args),
            "can" => return self.call_can(span, &call.args),
            "convert" => return self.call_convert(span, &call.args),
            "ephemeralasnull" => return self.call_ephemeral_as_null(span, &call.args),
            _ => {}
        }
        let Some(function) = functions::find(name) else {
            if let Some(value) = self.provider_call(span, name, &call.args) {
                return value;
            }
            return self.fail(call.name.span, format!("there is no function {name}{}", functions::suggestion(name)));
        };
        let mark = self.diagnostics.len();
        let Some((args, spans)) = self.arguments(call) else {
            return if self.spoilt_since(mark) {
                super::invalid().with_origin(Origin::at(span))
            } else {
                Value::unknown(Unknown::new(Reason::Depends(name.into())), Origin::at(span))
            };
        };
        if self.spoilt_since(mark) {
            return Value::unknown(Unknown::new(Reason::Invalid).typed(function.result.ty()), Origin::at(span));
        }
        self.invoke(function, args, &spans, span)
    }

    /// Functions of providers are known to the provider alone.
    fn provider_call(&mut self, span: Span, name: &str, args: &[Expr]) -> Option<Value> {
        let rest = name.strip_prefix("provider::")?;
        if rest.starts_with("terraform::") {
            return None;
        }
        for arg in args {
            self.expr(arg);
        }
        Some(Value::unknown(Unknown::new(Reason::Unsupported(name.into())), Origin::at(span)))
    }

    /// The values and places of the arguments; `None` if the last one is to be expanded and cannot be.
    fn arguments(&mut self, call: &Call) -> Option<(Vec<Value>, Vec<Span>)> {
        let mut args = Vec::with_capacity(call.args.len());
        let mut spans = Vec::with_capacity(call.args.len());
        for (i, arg) in call.args.iter().enumerate() {
            let value = self.expr(arg);
            if !(call.expand && i + 1 == call.args.len()) {
                args.push(value);
                spans.push(arg.span);
                continue;
            }
            match &value.kind {
                Kind::List(list) => {
                    for item in &list.items {
                        args.push(value.part(item).mark(value.sensitive));
                        spans.push(arg.span);
                    }
                }
                Kind::Unknown(unknown) => {
                    if unknown.ty.is_primitive() {
                        self.fail(arg.span, "only a list can be expanded to arguments");
                    }
                    return None;
                }
                _ => {
                    self.fail(arg.span, "only a list can be expanded to arguments");
                    return None;
                }
            }
        }
        Some((args, spans))
    }

    /// Calls a function with values: converts them, looks after nulls, unknowns and marks as the parameters say.
    pub(in crate::terraform) fn invoke(
        &mut self,
        function: &'static Function,
        mut args: Vec<Value>,
        spans: &[Span],
        span: Span,
    ) -> Value {
        if let Err(message) = function.accepts(args.len()) {
            return self.fail(span, message);
        }
        let count: usize = args.iter().map(branches).fold(1, usize::saturating_mul);
        if count > 1
            && count <= 32
            && let Some((position, choice)) =
                args.iter().enumerate().find_map(|(i, arg)| as_choice(arg).map(|choice| (i, Arc::clone(choice))))
            && !function.takes_choices
        {
            let sensitive = args.get(position).is_some_and(|arg| arg.sensitive);
            return self.distribute(&choice, &Origin::at(span), |evaluator, branch| {
                let mut args = args.clone();
                if let Some(arg) = args.get_mut(position) {
                    *arg = branch.clone().mark(sensitive);
                }
                evaluator.invoke(function, args, spans, span)
            });
        }
        let mut sensitive = false;
        let mut unknown: Option<Value> = None;
        for (i, arg) in args.iter_mut().enumerate() {
            let Some(param) = function.param(i) else { continue };
            let place = spans.get(i).copied().unwrap_or(span);
            match prepare(arg, param) {
                Ok(prepared) => {
                    if let Cow::Owned(prepared) = prepared {
                        *arg = prepared;
                    }
                }
                Err(why) => {
                    let message = format!("{}: argument {:?}: {why}", function.name, param.name);
                    return self.fail(place, message).mark(arg.sensitive);
                }
            }
            if !param.marks && contains_marked(arg) {
                sensitive = true;
                *arg = unmark_deep(arg);
            }
            let open = arg.is_unknown() && !param.unknown || param.whole && !arg.is_wholly_known();
            if open && unknown.is_none() {
                unknown = Some(arg.clone());
            }
        }
        if let Some(cause) = unknown {
            let mut first = cause.clone();
            let mut found = false;
            cause.for_each_unknown(&mut |value, _| {
                if !found {
                    (first, found) = (value.clone(), true);
                }
            });
            return self.depends_on(&first, function.result.ty(), span).mark(sensitive);
        }
        let mut context = Context { evaluator: self, name: function.name, span };
        let result = (function.run)(&mut context, &args);
        match result {
            Ok(value) => self.finish(function, value, &args, span).mark(sensitive),
            Err(Failure { message, argument, code }) => {
                let place = argument.and_then(|i| spans.get(i).copied()).unwrap_or(span);
                self.diagnostics.push(Diagnostic::error(code, format!("{}: {message}", function.name), place));
                super::invalid().with_origin(Origin::at(span)).mark(sensitive)
            }
        }
    }

    /// A computed result stands for the argument that it was made from.
    fn finish(&self, function: &Function, value: Value, args: &[Value], span: Span) -> Value {
        if value.origin.span.is_some() {
            return value;
        }
        let hop = HopKind::Computed(function.name.into());
        let source = args.get(function.source).map(|arg| &arg.origin).filter(|origin| origin.span.is_some());
        let origin = match source {
            Some(origin) => origin.hop(span, hop),
            None => Origin::at(span),
        };
        value.with_origin(origin)
    }

    /// `try(a, b, …)`: the first that has no error. One that is not wholly known leaves all unknown: what it will be may
    /// be an error yet. Attributes that exist and are only computed at deployment will not be.
    fn call_try(&mut self, span: Span, args: &[Expr]) -> Value {
        let mut reports = Vec::new();
        for arg in args {
            let mark = self.diagnostics.len();
            let value = self.expr(arg);
            if self.failed_since(mark) {
                reports.push(arg.span);
                self.forget_since(mark);
                continue;
            }
            return if is_certain(&value) || is_plain(arg) && is_there(&value) {
                value
            } else {
                let cause = first_open(&value);
                let reason = cause.as_unknown().map_or(Reason::Invalid, |unknown| unknown.reason.clone());
                Value::unknown(Unknown::new(reason), Origin::at(span)).mark(contains_marked(&value))
            };
        }
        self.fail(span, "every argument of try is in error")
    }

    fn call_can(&mut self, span: Span, args: &[Expr]) -> Value {
        let [arg] = args else { return self.fail(span, "can takes one argument") };
        let mark = self.diagnostics.len();
        let value = self.expr(arg);
        let failed = self.failed_since(mark);
        self.forget_since(mark);
        if failed || is_certain(&value) || is_plain(arg) && is_there(&value) {
            return Value::at(Kind::Bool(!failed), span).mark(!failed && value.sensitive);
        }
        let cause = first_open(&value).clone();
        self.depends_on(&cause, Type::Bool, span).mark(value.sensitive)
    }

    /// `ephemeralasnull(value)`: without what is ephemeral in it.
    fn call_ephemeral_as_null(&mut self, span: Span, args: &[Expr]) -> Value {
        let [arg] = args else { return self.fail(span, "ephemeralasnull takes one argument") };
        self.without_ephemeral(arg)
    }

    fn without_ephemeral(&mut self, expr: &Expr) -> Value {
        if let Some(value) = self.scope.without_ephemeral(expr) {
            return value;
        }
        let value = self.expr(expr);
        let (ExprKind::Object(items), Kind::Map(map)) = (&expr.kind, &value.kind) else { return value };
        // What is written out is looked through part by part.
        let mut map = Map::clone(map);
        for item in items {
            if let Some(entry) = key_of(&item.key).and_then(|key| map.entries.get_mut(key))
                && let Some(without) = self.scope.without_ephemeral(&item.value)
            {
                entry.value = without;
            }
        }
        Value { kind: Kind::Map(Arc::new(map)), ..value }
    }

    /// OpenTofu's and cty's `convert(value, type)`.
    fn call_convert(&mut self, span: Span, args: &[Expr]) -> Value {
        let [value, ty] = args else { return self.fail(span, "convert takes a value and a type") };
        let value = self.expr(value);
        let scope = self.scope;
        let mut evaluate = |expr: &Expr, diagnostics: &mut Vec<Diagnostic>| super::evaluate(expr, scope, diagnostics);
        let constraint = crate::terraform::convert::parse_constraint(ty, &mut evaluate, self.diagnostics);
        match constraint.apply(&value) {
            Ok(value) => value,
            Err(why) => self.fail(span, format!("convert: {why}")),
        }
    }
}

/// An argument as its parameter wants it.
fn prepare<'v>(arg: &'v Value, param: &Param) -> Result<Cow<'v, Value>, String> {
    if arg.is_null() && !param.null {
        return Err("must not be null".to_owned());
    }
    if param.fits(arg) {
        return Ok(Cow::Borrowed(arg));
    }
    let ty = param.ty();
    if !convertible(&Type::of(arg), &ty) {
        return Err(format!("{} required, but have {}", ty.friendly(), Type::of(arg).friendly()));
    }
    convert(arg, &ty).map(Cow::Owned)
}

/// Whether a value stays free of errors whatever its unknown parts turn out to be: all it has is known, or is an
/// attribute of something that the configuration declares.
fn is_certain(value: &Value) -> bool {
    match &value.kind {
        Kind::List(list) => list.items.iter().all(is_certain),
        Kind::Map(map) => map.entries.values().all(|entry| is_certain(&entry.value)),
        Kind::Unknown(unknown) => match &unknown.known {
            Known::Reference(_) | Known::Resource(_) | Known::Symbol(_) => true,
            Known::Choice(choice) => is_certain(&choice.then) && is_certain(&choice.otherwise),
            Known::Parts(parts) => parts.iter().all(|part| match part {
                crate::value::StringPart::Literal(_) => true,
                crate::value::StringPart::Unknown(value) => is_certain(value),
            }),
            Known::Encoding(value) => is_certain(value),
            Known::Variable(_) | Known::Nothing | Known::Refined { .. } => false,
        },
        _ => true,
    }
}

/// Whether an expression only names something: whether that has an error does not depend on what is in it.
fn is_plain(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Variable(_) => true,
        ExprKind::GetAttr(base, _) | ExprKind::Parens(base) => is_plain(base),
        ExprKind::Index(base, key) => matches!(key.kind, ExprKind::String(_) | ExprKind::Number(_)) && is_plain(base),
        _ => false,
    }
}

/// Whether a value that was named is there, though it is not known: what is inside of something known, or stands for a
/// variable. Of what is inside of the unknown nobody knows whether it is there.
fn is_there(value: &Value) -> bool {
    match &value.kind {
        Kind::Unknown(unknown) => match &unknown.known {
            Known::Variable(_) | Known::Parts(_) | Known::Encoding(_) => true,
            Known::Choice(choice) => is_there(&choice.then) && is_there(&choice.otherwise),
            _ => is_certain(value),
        },
        // Terraform leaves open what has something in it of which nothing is known, not even where it comes from.
        _ => {
            let mut there = true;
            value.for_each_unknown(&mut |_, unknown| {
                let nothing = matches!(unknown.known, Known::Nothing | Known::Refined { .. });
                there &= !(nothing && matches!(unknown.reason, Reason::NotGiven(_)));
            });
            there
        }
    }
}

/// The name that the key of an object is, if it is written out.
fn key_of(key: &Expr) -> Option<&str> {
    match &key.kind {
        ExprKind::Variable(name) => Some(&name.name),
        ExprKind::String(text) => Some(text.as_str()),
        _ => None,
    }
}

fn first_open(value: &Value) -> &Value {
    let mut found: Option<&Value> = None;
    value.for_each_unknown(&mut |inner, _| {
        if found.is_none() && !is_certain(inner) {
            found = Some(inner);
        }
    });
    found.unwrap_or(value)
}

impl From<String> for Failure {
    fn from(message: String) -> Self {
        Failure { message, argument: None, code: Code::Evaluation }
    }
}

impl From<&str> for Failure {
    fn from(message: &str) -> Self {
        message.to_owned().into()
    }
}
