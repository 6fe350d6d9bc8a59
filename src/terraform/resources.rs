//! Resources and data sources: their instances with evaluated settings.

use std::cell::OnceCell;
use std::sync::Arc;

use super::evaluation::Evaluation;
use super::instances::{Expansion, expand};
use super::module::Module;
use super::names::Names;
use super::{address, body, data};
use crate::parse::hcl::ast::{Attribute, Block, Expr, ExprKind};
use crate::resource::Resource;
use crate::value::{Entries, Entry, Kind, Known, Map, MapSort, Origin, Reason, ResourceObject, Unknown, Value};

/// All instances of one resource or data source.
pub(super) struct Resources {
    /// Which there are.
    pub(super) expansion: Expansion,
    /// Each of them, in the same order.
    pub(super) built: Vec<Built>,
}

/// One instance.
pub(super) struct Built {
    /// As it would be deployed.
    pub(super) resource: Resource,
    object: OnceCell<Value>,
}

impl Built {
    /// The instance as the value of an expression.
    pub(super) fn object(&self) -> Value {
        self.object.get_or_init(|| object(&self.resource)).clone()
    }
}

/// Arguments and blocks that Terraform itself understands in every resource.
const META: [&str; 9] =
    ["count", "for_each", "provider", "depends_on", "lifecycle", "provisioner", "connection", "escape", "_"];

/// Evaluates the instances of a resource or data source, by its index.
pub(super) fn evaluate(evaluation: &Evaluation, module: &Module, index: usize) -> Resources {
    let (name, place) = &module.directory.resources.get_index(index).map(|(name, place)| (name, *place)).unzip();
    let (Some(name), Some(place)) = (name, place) else {
        return Resources { expansion: Expansion::none(), built: Vec::new() };
    };
    let block = module.directory.block(*place);
    let names = Names::of(evaluation, module);
    let expansion = expand(evaluation, block, &names);
    let base = match name.data {
        true => format!("data.{}.{}", name.ty, name.name),
        false => format!("{}.{}", name.ty, name.name),
    };
    let is_used = name.data && &*name.ty == data::POLICY_DOCUMENT && module.directory.uses_document(&name.name);
    let meta = meta(evaluation, block, &names);
    let built = expansion.instances.iter().map(|instance| {
        let names = names.repeated(&instance.repetition);
        let mut entries = body::entries(&block.body, &names, &|name| META.contains(&name));
        let address = address::instance(&module.address, &base, &instance.key);
        if name.data {
            data::complete(evaluation, &name.ty, &address, block, &mut entries);
        }
        let resource = Resource {
            address,
            ty: Arc::clone(&name.ty),
            data: name.data,
            header: block.header,
            span: block.span,
            values: Value::at(Kind::Map(Arc::new(Map { sort: MapSort::Object, entries })), block.header),
            is_used,
            meta: meta.clone(),
            exists: module.exists.and(&instance.exists),
            calls: module.calls.clone(),
            label: None,
            made_from: None,
        };
        Built { resource, object: OnceCell::new() }
    });
    let built = built.collect();
    Resources { expansion, built }
}

/// A resource as a value: what is given, and all else known after deployment. So is what is given as null: the provider
/// may decide on it.
fn object(resource: &Resource) -> Value {
    let given = resource.values.as_map().into_iter().flatten().filter(|(_, entry)| !entry.value.is_null());
    let mut attributes: Entries = given.map(|(name, entry)| (Arc::clone(name), entry.clone())).collect();
    // What goes in comes out: <https://developer.hashicorp.com/terraform/language/resources/terraform-data>
    if &*resource.ty == "terraform_data" {
        let output = attributes.get("input").cloned().unwrap_or_else(|| Entry::generated(Value::null()));
        attributes.insert("output".into(), output);
    }
    let object = ResourceObject { address: Arc::clone(&resource.address), attributes };
    let address = Arc::clone(&resource.address);
    let reason = if resource.data { Reason::External(address) } else { Reason::Computed(address) };
    let mut unknown = Unknown::new(reason).known(Known::Resource(Arc::new(object)));
    unknown.not_null = true;
    Value::unknown(unknown, Origin::at(resource.header))
}

/// `lifecycle`, `depends_on` and `provider`: constants evaluated, references as they are written.
fn meta(evaluation: &Evaluation, block: &Block, names: &Names) -> Value {
    let mut entries = Entries::default();
    for attribute in block.body.attributes.iter().filter(|own| matches!(&*own.name.name, "provider" | "depends_on")) {
        entries.insert(Arc::clone(&attribute.name.name), meta_entry(evaluation, attribute, names));
    }
    for lifecycle in block.body.blocks_of("lifecycle") {
        let arguments = lifecycle.body.attributes.iter().filter(|own| &*own.name.name != "enabled");
        let arguments = arguments.map(|own| (Arc::clone(&own.name.name), meta_entry(evaluation, own, names))).collect();
        let value = Value::at(Kind::Map(Arc::new(Map { sort: MapSort::Object, entries: arguments })), lifecycle.header);
        entries.insert("lifecycle".into(), Entry { key: Some(lifecycle.header), place: None, value });
    }
    Value::at(Kind::Map(Arc::new(Map { sort: MapSort::Object, entries })), block.header)
}

fn meta_entry(evaluation: &Evaluation, attribute: &Attribute, names: &Names) -> Entry {
    let expr = &attribute.expr;
    let value = match &expr.kind {
        ExprKind::Bool(_) | ExprKind::String(_) => evaluation.value(expr, names),
        ExprKind::Tuple(items) => Value::list(items.iter().map(reference).collect()).with_origin(Origin::at(expr.span)),
        _ => reference(expr),
    };
    Entry { key: Some(attribute.name.span), place: Some(expr.span), value }
}

/// A reference as the text of its names; indexes are left out.
fn reference(expr: &Expr) -> Value {
    let mut names = Vec::new();
    let mut at = expr;
    loop {
        match &at.kind {
            ExprKind::GetAttr(base, name) => {
                names.push(&*name.name);
                at = base;
            }
            ExprKind::Index(base, _) => at = base,
            ExprKind::Parens(inner) => at = inner,
            ExprKind::Variable(name) => {
                names.push(&*name.name);
                break;
            }
            ExprKind::String(text) => {
                names.push(text.as_str());
                break;
            }
            _ => break,
        }
    }
    names.reverse();
    Value::string(names.join(".")).with_origin(Origin::at(expr.span))
}
