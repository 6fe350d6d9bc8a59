//! `Fn::Base64`, `Fn::ToJsonString`.

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::cases::expand;
use super::{Evaluator, depends, distribute};
use crate::parse::node::Node;
use crate::source::Span;
use crate::value::{HopKind, Kind, Known, Origin, Reason, Text, Type, Unknown, Value};

impl Evaluator<'_> {
    /// `Fn::Base64`
    pub(super) fn base64(&mut self, argument: &Node, span: Span) -> Value {
        let source = expand(&self.evaluate(argument), span);
        let mut problem = false;
        let encoded = distribute(&source, span, &mut |source| match &source.kind {
            Kind::String(text) => {
                let origin = source.origin.hop(span, HopKind::Computed("Fn::Base64".into()));
                let text = Text::synthetic(&STANDARD.encode(text.as_str()));
                Value::new(Kind::String(text), origin).mark(source.sensitive)
            }
            Kind::Unknown(_) => depends(source, Type::String, span),
            _ => {
                problem = true;
                Value::unknown(Unknown::new(Reason::Invalid), Origin::at(span))
            }
        });
        if problem { self.invalid(span, "Fn::Base64 takes a string") } else { encoded }
    }

    /// `Fn::ToJsonString`
    pub(super) fn json_string(&mut self, argument: &Node, span: Span) -> Value {
        let value = self.evaluate(argument);
        if value.as_list().is_none() && value.as_map().is_none() && !value.is_unknown() {
            return self.invalid(span, "Fn::ToJsonString takes a mapping or a list");
        }
        let origin = Origin::at(argument.span).hop(span, HopKind::Computed("Fn::ToJsonString".into()));
        if !value.is_wholly_known() {
            let known = Known::Encoding(Arc::new(value));
            let unknown = Unknown::new(Reason::Depends("Fn::ToJsonString".into())).typed(Type::String).known(known);
            return Value::unknown(Unknown { not_null: true, ..unknown }, origin);
        }
        let text = crate::cloudformation::inspect::json(&value).to_string();
        if !self.affords(text.len()) {
            return self.limit(span, "the length of a string");
        }
        self.spend(text.len());
        Value::new(Kind::String(Text::synthetic(&text).encoding(value)), origin)
    }
}
