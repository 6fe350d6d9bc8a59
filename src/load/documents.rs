//! Policy documents that no resource of a Terraform configuration holds: modules from elsewhere get them, or others by
//! outputs. What their statements allow is judged all the same, not what a whole policy would need.

use crate::iam::kind::{PolicyKind, infer};
use crate::resource::{Resource, Unit};
use crate::source::Span;
use crate::terraform::POLICY_DOCUMENT as MAKER;
use crate::value::{Kind, Known, Value};

/// The kinds whose statements say enough by themselves.
const KINDS: [PolicyKind; 5] =
    [PolicyKind::Identity, PolicyKind::Trust, PolicyKind::Bucket, PolicyKind::Topic, PolicyKind::Queue];

/// Values that nest deeper are not searched.
const MAX_DEPTH: usize = 64;

/// Adds the documents that nothing in the unit holds, each as a resource of the type `document.KIND` with the one
/// setting `document`.
pub(super) fn add(unit: &mut Unit) {
    let is_maker = |resource: &&Resource| resource.data && &*resource.ty == MAKER;
    let mut blocks: Vec<Span> = unit.resources.iter().filter(is_maker).map(|maker| maker.span).collect();
    if blocks.is_empty() {
        return;
    }
    // Blocks do not overlap: in their order, one search tells which of them holds a place.
    blocks.sort_unstable();
    blocks.dedup();
    let block_of = |span: Span| {
        let at = blocks.partition_point(|block| *block <= span || block.contains(span)).checked_sub(1)?;
        blocks[at].contains(span).then_some(at)
    };
    // What a document takes from another one is judged with it.
    let mut held = vec![false; blocks.len()];
    for holder in unit.resources.iter().filter(|resource| !resource.data || is_maker(resource)) {
        spans(&holder.values, 0, &mut |span| {
            if let Some(at) = block_of(span).filter(|at| blocks[*at] != holder.span) {
                held[at] = true;
            }
        });
    }
    // One that is referred to but held by nothing is for resources that this configuration leaves out.
    let is_free = |maker: &Resource| !maker.is_used && block_of(maker.span).is_some_and(|at| !held[at]);
    let free = unit.resources.iter().filter(is_maker).filter(|maker| is_free(maker));
    let made: Vec<Resource> = free.filter_map(document).collect();
    unit.resources.extend(made);
}

fn document(maker: &Resource) -> Option<Resource> {
    let json = maker.values.get("json")?;
    let name = maker.address.rsplit(MAKER).next().unwrap_or_default();
    let kind = infer(json, name).filter(|kind| KINDS.contains(kind))?;
    Some(Resource {
        ty: format!("document.{}", kind.as_str()).into(),
        data: false,
        values: Value::from_pairs([("document", json.clone())]),
        ..maker.clone()
    })
}

/// The places at which a value and what is in it were written.
fn spans(value: &Value, depth: usize, tell: &mut dyn FnMut(Span)) {
    if depth > MAX_DEPTH {
        return;
    }
    if let Some(span) = value.origin.span {
        tell(span);
    }
    let mut inner = |value: &Value| spans(value, depth + 1, tell);
    match &value.kind {
        Kind::String(text) => text.encoded().into_iter().for_each(inner),
        Kind::List(list) => list.items.iter().for_each(inner),
        Kind::Map(map) => map.entries.values().for_each(|entry| inner(&entry.value)),
        Kind::Unknown(unknown) => match &unknown.known {
            Known::Encoding(encoded) => inner(encoded),
            Known::Choice(choice) => [&choice.then, &choice.otherwise].into_iter().for_each(inner),
            _ => {}
        },
        _ => {}
    }
}
