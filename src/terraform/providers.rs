//! `provider` blocks as resources of the types `provider.aws` and their like, so that rules can judge them.

use std::sync::Arc;

use super::evaluation::Evaluation;
use super::instances::{Expansion, Instance, expand};
use super::module::Module;
use super::names::Names;
use super::{address, body};
use crate::parse::hcl::ast::{Block, ExprKind};
use crate::resource::Resource;
use crate::value::{Kind, Map, MapSort, Value};

/// What stands before the name of a provider in its resource type.
pub(super) const PREFIX: &str = "provider.";

/// The provider configurations of a module.
pub(super) fn evaluate(evaluation: &Evaluation, module: &Module) -> Vec<Resource> {
    let blocks = module.directory.files.iter().flat_map(|file| &file.body.blocks);
    blocks.filter(|block| &*block.kind.name == "provider").flat_map(|block| all(evaluation, module, block)).collect()
}

/// The configurations that a block makes: OpenTofu knows `for_each` here.
/// <https://opentofu.org/docs/language/providers/configuration/#for_each-multiple-instances-of-a-provider-configuration>
fn all(evaluation: &Evaluation, module: &Module, block: &Block) -> Vec<Resource> {
    let expansion = match block.body.attribute("for_each") {
        Some(_) => expand(evaluation, block, &Names::of(evaluation, module)),
        None => Expansion::single(),
    };
    expansion.instances.iter().filter_map(|instance| one(evaluation, module, block, instance)).collect()
}

fn one(evaluation: &Evaluation, module: &Module, block: &Block, instance: &Instance) -> Option<Resource> {
    let name = &block.labels.first()?.name;
    let names = Names::of(evaluation, module).repeated(&instance.repetition);
    let entries = body::entries(&block.body, &names, &|name| matches!(name, "alias" | "version" | "for_each"));
    let ty = format!("{PREFIX}{name}");
    let base = match block.body.attribute("alias").map(|alias| &alias.expr.kind) {
        Some(ExprKind::String(alias)) => format!("{ty}.{}", alias.as_str()),
        _ => ty.clone(),
    };
    Some(Resource {
        address: address::instance(&module.address, &base, &instance.key),
        ty: ty.into(),
        data: false,
        header: block.header,
        span: block.span,
        values: Value::at(Kind::Map(Arc::new(Map { sort: MapSort::Object, entries })), block.header),
        is_used: false,
        meta: Value::null(),
        exists: module.exists.and(&instance.exists),
        calls: module.calls.clone(),
        label: None,
        made_from: None,
    })
}
