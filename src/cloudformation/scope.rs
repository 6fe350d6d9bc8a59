//! What names of parameters and pseudo parameters stand for.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::declaration::Declaration;
use super::inputs::Parameters;
use super::template::Template;
use crate::diagnostic::Diagnostic;
use crate::partition::Partition;
use crate::resource::Place;
use crate::value::{Known, Literal, Origin, Reason, Symbol, Type, Unknown, Value, Variable};

/// The values of parameters and pseudo parameters.
#[derive(Debug, Default)]
pub(super) struct Scope<'a> {
    values: FxHashMap<Arc<str>, Value>,
    declarations: Vec<Declaration<'a>>,
    by_variable: FxHashMap<Arc<str>, usize>,
}

/// The pseudo parameters that are facts of the place of deployment.
const PSEUDO: [(&str, Symbol); 6] = [
    ("AWS::AccountId", Symbol::Account),
    ("AWS::Region", Symbol::Region),
    ("AWS::Partition", Symbol::Partition),
    ("AWS::URLSuffix", Symbol::UrlSuffix),
    ("AWS::StackName", Symbol::StackName),
    ("AWS::StackId", Symbol::StackId),
];

impl<'a> Scope<'a> {
    /// The names of a template, with what is given for them.
    pub(super) fn new(
        template: &Template<'a>,
        given: &Parameters,
        prefix: &str,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        let mut scope = Scope::default();
        scope.pseudo(given);
        for (name, entry) in &template.parameters {
            let declaration = Declaration::new(entry, prefix, diagnostics);
            let value = declaration.value(given.get(*name), diagnostics);
            scope.by_variable.insert(Arc::clone(&declaration.variable.key), scope.declarations.len());
            scope.declarations.push(declaration);
            scope.values.insert((*name).into(), value);
        }
        scope
    }

    /// The value of a parameter or pseudo parameter, with the origin of what gave it.
    pub(super) fn get(&self, name: &str) -> Option<&Value> {
        self.values.get(name)
    }

    /// The values that others have passed on without their being known, with what they can be.
    pub(super) fn restricted(&self) -> Vec<(Value, Arc<[Literal]>)> {
        let restricted = |declaration: &Declaration<'_>| {
            let value = self.values.get(declaration.name())?;
            let own = matches!(&value.as_unknown()?.known, Known::Variable(known) if *known == declaration.variable);
            (!own).then(|| Some((value.clone(), Arc::clone(declaration.allowed()?))))?
        };
        self.declarations.iter().filter_map(restricted).collect()
    }

    /// Whether the variable can be this text, as far as its declaration says.
    pub(super) fn admits(&self, variable: &Variable, text: &str) -> bool {
        let declaration = self.by_variable.get(&variable.key).and_then(|index| self.declarations.get(*index));
        declaration.is_none_or(|declaration| declaration.admits(text))
    }

    fn pseudo(&mut self, given: &Parameters) {
        for (name, symbol) in PSEUDO {
            let unknown = Unknown::new(Reason::NotGiven(name.into())).typed(Type::String).known(Known::Symbol(symbol));
            let value = given
                .get(name)
                .cloned()
                .or_else(|| derived(symbol, given.get("AWS::Region")?))
                .unwrap_or_else(|| Value::unknown(Unknown { not_null: true, ..unknown }, Origin::none()));
            self.values.insert(name.into(), value);
        }
        let reason = Reason::External("AWS::NotificationARNs".into());
        let arns = Unknown::new(reason).typed(Type::List(Arc::new(Type::String)));
        self.values.insert("AWS::NotificationARNs".into(), Value::unknown(arns, Origin::none()));
    }
}

/// What follows from the region that is deployed to.
fn derived(symbol: Symbol, region: &Value) -> Option<Value> {
    let partition = Partition::of_region(region.as_str()?);
    match symbol {
        Symbol::Partition => Some(Value::string(partition.name)),
        Symbol::UrlSuffix => Some(Value::string(partition.suffix)),
        _ => None,
    }
}

/// Where a template is deployed to, as far as the pseudo parameters that are given say so.
pub(super) fn place(given: &Parameters) -> Place {
    let text = |name: &str| given.get(name).and_then(Value::as_str).filter(|text| !text.is_empty()).map(Arc::from);
    Place { account: text("AWS::AccountId"), region: text("AWS::Region"), partition: text("AWS::Partition") }
}

/// The variable that stands for a fact of the place of deployment in conditions.
pub(super) fn symbol_variable(symbol: Symbol) -> Arc<Variable> {
    let name: Arc<str> = match PSEUDO.iter().find(|(_, known)| *known == symbol) {
        Some((name, _)) => (*name).into(),
        None => "AWS".into(),
    };
    Arc::new(Variable { key: Arc::clone(&name), name, domain: None, phrases: &[], span: None })
}
