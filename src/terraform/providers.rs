//! `provider` blocks as resources of the types `provider.aws` and their like, so that rules can judge them.

use std::sync::Arc;

use super::evaluation::Evaluation;
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
    blocks.filter(|block| &*block.kind.name == "provider").filter_map(|block| one(evaluation, module, block)).collect()
}

fn one(evaluation: &Evaluation, module: &Module, block: &Block) -> Option<Resource> {
    let name = &block.labels.first()?.name;
    let entries =
        body::entries(&block.body, &Names::of(evaluation, module), &|name| matches!(name, "alias" | "version"));
    let ty = format!("{PREFIX}{name}");
    let base = match block.body.attribute("alias").map(|alias| &alias.expr.kind) {
        Some(ExprKind::String(alias)) => format!("{ty}.{}", alias.as_str()),
        _ => ty.clone(),
    };
    Some(Resource {
        address: address::instance(&module.address, &base, &address::Key::None),
        ty: ty.into(),
        data: false,
        header: block.header,
        span: block.span,
        values: Value::at(Kind::Map(Arc::new(Map { sort: MapSort::Object, entries })), block.header),
        is_used: false,
        meta: Value::null(),
        exists: module.exists.clone(),
        calls: module.calls.clone(),
        label: None,
        made_from: None,
    })
}
