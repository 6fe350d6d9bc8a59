//! `Ref`, `Fn::GetAtt`, `Fn::ImportValue`.

use std::sync::Arc;

use super::{Evaluator, depends, distribute};
use crate::parse::node::Node;
use crate::source::Span;
use crate::value::{HopKind, Kind, Known, Origin, Reason, Reference, Type, Unknown, Value};

impl Evaluator<'_> {
    /// What a name stands for: a parameter, a pseudo parameter, a resource.
    pub(super) fn reference(&mut self, name: &str, span: Span) -> Value {
        if name == "AWS::NoValue" {
            return Value::at(Kind::Null, span);
        }
        if let Some(value) = self.scope.get(name) {
            let origin = value.origin.hop(span, HopKind::Reference(name.into()));
            return value.clone().with_origin(origin);
        }
        if self.template.resources.contains_key(name) {
            return self.attribute(name, "Ref", span);
        }
        if self.loops.contains(name) {
            let reason = Reason::NotGiven(format!("an item of {name}").into());
            return Value::unknown(Unknown::new(reason).typed(Type::String), Origin::at(span));
        }
        self.missing(span, format!("there is no parameter or resource {name}"))
    }

    /// `Fn::GetAtt`: `"Id.Attribute"` or `[Id, Attribute]`, whose parts can be functions themselves.
    pub(super) fn get_att(&mut self, argument: &Node, span: Span) -> Value {
        if let Some(path) = argument.as_str() {
            return match path.split_once('.') {
                Some((id, attribute)) => self.get_att_of(id, attribute, span),
                None => self.invalid(span, "Fn::GetAtt takes a logical id and an attribute's name"),
            };
        }
        let parts: Vec<Value> = argument.items().iter().map(|part| self.evaluate(part)).collect();
        if let Some(unknown) = parts.iter().find(|part| part.is_unknown()) {
            return depends(unknown, Type::String, span);
        }
        let names: Option<Vec<&str>> = parts.iter().map(Value::as_str).collect();
        match names.as_deref() {
            Some([id, attributes @ ..]) if !attributes.is_empty() => self.get_att_of(id, &attributes.join("."), span),
            _ => self.invalid(span, "Fn::GetAtt takes a logical id and an attribute's name"),
        }
    }

    /// The text of a node that must be a known string.
    pub(super) fn name(&mut self, node: &Node) -> Option<Arc<str>> {
        match node.as_str() {
            Some(text) => Some(text.into()),
            None => self.evaluate(node).as_text().map(|text| text.shared()),
        }
    }

    /// The attribute of a resource, as `Fn::GetAtt` and `${Id.Attribute}` name it.
    pub(super) fn get_att_of(&mut self, id: &str, attribute: &str, span: Span) -> Value {
        if !self.template.resources.contains_key(id) {
            return self.missing(span, format!("there is no resource {id}"));
        }
        if let Some(output) = attribute.strip_prefix("Outputs.")
            && let Some(value) = self.nested_output(id, output)
        {
            let origin = value.origin.hop(span, HopKind::Output(format!("{id}.{attribute}").into()));
            return value.with_origin(origin);
        }
        self.attribute(id, attribute, span)
    }

    fn attribute(&self, id: &str, attribute: &str, span: Span) -> Value {
        let name = if attribute == "Ref" { id.to_owned() } else { format!("{id}.{attribute}") };
        let address = format!("{}{id}", self.place.prefix).into();
        let unknown = Unknown::new(Reason::Computed(name.into()))
            .typed(Type::String)
            .known(Known::Reference(Reference { address, attribute: attribute.into() }));
        Value::unknown(Unknown { not_null: true, ..unknown }, Origin::at(span))
    }

    /// `Fn::ImportValue`: an output of a stack that is not here.
    pub(super) fn import_value(&mut self, argument: &Node, span: Span) -> Value {
        let name = self.evaluate(argument);
        distribute(&name, span, &mut |name| match name.as_str() {
            Some(text) => {
                let unknown = Unknown::new(Reason::External(format!("the exported value {text}").into()));
                Value::unknown(unknown.typed(Type::String), Origin::at(span))
            }
            None => {
                let unknown = Unknown::new(Reason::External("an exported value".into())).typed(Type::String);
                depends(&Value::unknown(unknown, Origin::at(span)), Type::String, span)
            }
        })
    }
}
