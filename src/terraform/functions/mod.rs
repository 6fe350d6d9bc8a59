//! Terraform's and OpenTofu's functions, one file per family.
//!
//! Sources: <https://developer.hashicorp.com/terraform/language/functions>,
//! <https://opentofu.org/docs/language/functions/>, and go-cty's `function/stdlib` for what the pages leave open.

mod aws;
mod collection;
mod conversion;
mod csv;
mod encoding;
mod file;
mod format;
mod hash;
mod json;
mod mapping;
mod network;
mod number;
mod param;
mod regex;
mod sequence;
mod set;
mod string;
mod template;
mod tfvars;
mod time;
mod yaml;

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

pub(super) use param::{Param, Shape};
pub(super) use string::normalised;

use super::expr::Evaluator;
use crate::diagnostic::Code;
use crate::source::Span;
use crate::value::Value;

/// A function: what it takes and what it does. Arguments arrive converted, not null, known and without marks, unless
/// their parameter says otherwise.
pub(super) struct Function {
    /// Its name.
    pub(super) name: &'static str,
    /// The parameters that every call gives.
    pub(super) params: &'static [Param],
    /// What further arguments are.
    pub(super) rest: Option<Param>,
    /// The sort of its result.
    pub(super) result: Shape,
    /// The argument whose place a computed result keeps.
    pub(super) source: usize,
    /// Whether it looks after arguments that are one of two values itself.
    pub(super) takes_choices: bool,
    /// What it does.
    pub(super) run: Run,
}

type Run = fn(&mut Context<'_, '_>, &[Value]) -> Outcome;

/// What a function yields.
pub(super) type Outcome = Result<Value, Failure>;

/// Why a function has no result.
#[derive(Debug)]
pub(super) struct Failure {
    /// The reason, as a phrase.
    pub(super) message: String,
    /// The argument that is to blame.
    pub(super) argument: Option<usize>,
    /// An error of the input, or a bound.
    pub(super) code: Code,
}

impl Failure {
    /// A failure that one argument is to blame for.
    fn of(argument: usize, message: impl Into<String>) -> Self {
        Failure { message: message.into(), argument: Some(argument), code: Code::Evaluation }
    }

    /// A bound was reached.
    fn limit(message: impl Into<String>) -> Self {
        Failure { message: message.into(), argument: None, code: Code::Limit }
    }
}

/// What a function can ask of its call.
pub(super) struct Context<'c, 'e> {
    /// The evaluation that it is a part of.
    pub(super) evaluator: &'c mut Evaluator<'e>,
    /// Its name.
    pub(super) name: &'static str,
    /// The whole call.
    pub(super) span: Span,
}

impl Function {
    const fn new(name: &'static str, params: &'static [Param], result: Shape, run: Run) -> Self {
        Function { name, params, rest: None, result, source: 0, takes_choices: false, run }
    }

    /// The same, with any number of further arguments.
    const fn rest(mut self, param: Param) -> Self {
        self.rest = Some(param);
        self
    }

    /// The same, whose result keeps the place of this argument.
    const fn source(mut self, argument: usize) -> Self {
        self.source = argument;
        self
    }

    /// The same, called once even if an argument is one of two values.
    const fn takes_choices(mut self) -> Self {
        self.takes_choices = true;
        self
    }

    /// The parameter of an argument.
    pub(super) fn param(&self, index: usize) -> Option<&Param> {
        self.params.get(index).or(self.rest.as_ref())
    }

    /// Whether it can be called with so many arguments.
    pub(super) fn accepts(&self, count: usize) -> Result<(), String> {
        let required = self.params.len();
        if count < required || count > required && self.rest.is_none() {
            let least = if self.rest.is_some() { "at least " } else { "" };
            return Err(format!("{} takes {least}{required} arguments, but has {count}", self.name));
        }
        Ok(())
    }
}

static FUNCTIONS: LazyLock<FxHashMap<&'static str, &'static Function>> = LazyLock::new(|| {
    let families = [
        aws::FUNCTIONS,
        collection::FUNCTIONS,
        conversion::FUNCTIONS,
        csv::FUNCTIONS,
        encoding::FUNCTIONS,
        file::FUNCTIONS,
        format::FUNCTIONS,
        hash::FUNCTIONS,
        json::FUNCTIONS,
        mapping::FUNCTIONS,
        network::FUNCTIONS,
        number::FUNCTIONS,
        regex::FUNCTIONS,
        sequence::FUNCTIONS,
        set::FUNCTIONS,
        string::FUNCTIONS,
        template::FUNCTIONS,
        tfvars::FUNCTIONS,
        time::FUNCTIONS,
        yaml::FUNCTIONS,
    ];
    families.into_iter().flatten().map(|function| (function.name, function)).collect()
});

/// The function of this name.
pub(super) fn find(name: &str) -> Option<&'static Function> {
    FUNCTIONS.get(name).copied()
}

/// `; did you mean x?`, if a function of a similar name exists.
pub(super) fn suggestion(name: &str) -> String {
    let mut candidates: Vec<_> =
        FUNCTIONS.keys().map(|known| (strsim::damerau_levenshtein(known, name), known)).collect();
    candidates.sort();
    match candidates.first() {
        Some((distance, known)) if *distance <= 1 + name.len() / 4 => format!("; did you mean {known}?"),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests;
