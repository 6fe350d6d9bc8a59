//! Fixes: a rule's recipe ("set this setting to that value") as edits of the text, made where the value was written.
//!
//! A fix is offered only where it is sure: the value is a literal, or the block that lacks the setting is there. Every
//! byte beside the setting stays as it is.

mod align;
mod apply;
mod literal;
mod place;

pub use apply::{Change, apply, changes};

use crate::finding::Fix;
use crate::resource::Format;
use crate::rules::metadata::Recipe;
use crate::source::Sources;
use crate::value::Literal;
use crate::view::{Now, Reader};

/// The fix for one resource, as a view's reader sees it.
pub fn fix(recipe: &Recipe, reader: &Reader<'_>, sources: &Sources) -> Option<Fix> {
    let sign = match reader.index.unit.format {
        Format::CloudFormation => ": ",
        _ => " = ",
    };
    let mut edits = Vec::new();
    let mut done = Vec::new();
    let mut safe = recipe.safe;
    for (name, wanted) in &recipe.set {
        let slot = reader.slot(name)?;
        let wanted = slot.written(&seen(wanted)?);
        let edit = match &slot.now {
            Now::Value(value) if Literal::of(value).as_ref() == Some(&wanted) => continue,
            Now::Value(value) => literal::replace(value, &wanted, sources)?,
            Now::Body(settings) => place::insert(&slot, settings, true, &wanted, sources)?,
            Now::Inner(settings) => place::insert(&slot, settings, false, &wanted, sources)?,
        };
        // A default or a local may decide about other things as well.
        safe &= slot.resource.declared().span.contains(edit.span);
        done.push(format!("{}{sign}{wanted}", slot.key));
        edits.push(edit);
    }
    (!edits.is_empty()).then(|| Fix { title: format!("set {}", done.join(" and ")), safe, edits })
}

/// A recipe's value as rules see it.
fn seen(wanted: &serde_json::Value) -> Option<Literal> {
    match wanted {
        serde_json::Value::Bool(flag) => Some(Literal::Bool(*flag)),
        serde_json::Value::Number(number) => Some(Literal::String(number.to_string().into())),
        serde_json::Value::String(text) => Some(Literal::String(text.as_str().into())),
        _ => None,
    }
}
