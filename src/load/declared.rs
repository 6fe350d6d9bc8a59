//! Which inputs the files declare: a value for one that none of them declares is a slip, and decides nothing.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use super::Inputs;
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::suggest::did_you_mean;

/// The names of inputs that were declared by what was read with them. Nothing is noted unless single values were given.
#[derive(Default, Debug)]
pub struct Declared {
    variables: Mutex<BTreeSet<Box<str>>>,
    parameters: Mutex<BTreeSet<Box<str>>>,
}

impl Inputs {
    /// Notes the variables of a root module.
    pub(super) fn note_variables(&self, names: &[Arc<str>]) {
        if !self.named_variables.is_empty() {
            note(&self.declared.variables, names.iter().map(|name| &**name));
        }
    }

    /// Notes the parameters of a template.
    pub(super) fn note_parameters<'n>(&self, names: impl IntoIterator<Item = &'n str>) {
        if !self.named_parameters.is_empty() {
            note(&self.declared.parameters, names);
        }
    }

    /// What was named on its own, but is declared by nothing that was read.
    pub fn undeclared(&self) -> Vec<Diagnostic> {
        let undeclared = |named: &[Box<str>], declared: &Mutex<BTreeSet<Box<str>>>, what: &str| -> Vec<Diagnostic> {
            let declared = declared.lock().unwrap_or_else(PoisonError::into_inner);
            let missing = named.iter().filter(|name| !name.starts_with("AWS::") && !declared.contains(&**name));
            let told = missing.map(|name| {
                let message = format!("{what} \"{name}\", to which a value is given");
                let mut diagnostic = Diagnostic::new(Level::Warning, Code::Undeclared, message);
                diagnostic.help = did_you_mean(name, declared.iter().map(|known| &**known));
                diagnostic
            });
            told.collect()
        };
        let variables = "no root module that was read declares the variable";
        let parameters = "no template that was read declares the parameter";
        let mut diagnostics = undeclared(&self.named_variables, &self.declared.variables, variables);
        diagnostics.extend(undeclared(&self.named_parameters, &self.declared.parameters, parameters));
        diagnostics
    }
}

fn note<'n>(declared: &Mutex<BTreeSet<Box<str>>>, names: impl IntoIterator<Item = &'n str>) {
    declared.lock().unwrap_or_else(PoisonError::into_inner).extend(names.into_iter().map(Box::from));
}
