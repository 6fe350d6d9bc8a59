//! CloudFormation and SAM templates to resources.
//!
//! The stages: transforms of the template as a tree (included snippets, `Fn::ForEach`, SAM), then parameters, then
//! conditions as formulas over what is not given, then resources with every intrinsic function evaluated. What cannot
//! be known before deployment is an unknown value with its reason.

mod declaration;
mod evaluator;
mod extensions;
mod inputs;
pub mod inspect;
mod limits;
mod nested;
pub mod parameters;
pub mod sam;
mod scope;
mod stack;
mod template;
#[cfg(test)]
mod tests;

pub use inputs::{Inputs, Parameters};

use crate::diagnostic::Diagnostic;
use crate::parse::node::Node;
use crate::resource::{Format, Unit};

/// The resources of a template, nested stacks on this machine included.
///
/// A resource's address is its logical id, in a nested stack `Stack/Resource`. Its values are its properties, with
/// entries of `AWS::NoValue` removed.
pub fn evaluate(template: &Node, inputs: &Inputs) -> (Unit, Vec<Diagnostic>) {
    let mut budget = evaluator::Budget::default();
    let (stack, diagnostics) = stack::evaluate(template, inputs, &stack::Place::outermost(template), &mut budget);
    let mut files = vec![template.span.file];
    for file in stack.files {
        if !files.contains(&file) {
            files.push(file);
        }
    }
    let unit = Unit {
        format: Format::CloudFormation,
        files,
        resources: stack.resources,
        constraints: stack.constraints,
        place: scope::place(&inputs.parameters),
    };
    (unit, diagnostics)
}
