//! Which policy documents of a module its own resources use.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use crate::parse::hcl::ast::{Body, Expr};
use crate::terraform::call::local_source;
use crate::terraform::directory::Directory;
use crate::terraform::language::expressions::{names, walk};

/// The names of the policy documents that resources, local values and calls of modules beside this one refer to, whether
/// or not a value of them comes to be used.
pub(in crate::terraform) fn documents_in_use(directory: &Directory) -> FxHashSet<Arc<str>> {
    let mut found = FxHashSet::default();
    for (name, place) in &directory.resources {
        if !name.data {
            of_body(&directory.block(*place).body, &mut found);
        }
    }
    for place in directory.locals.values() {
        of_attribute(&directory.local(*place).expr, &mut found);
    }
    // What a module beside this one does with a document is seen there.
    for call in directory.calls().filter(|call| local_source(call).is_some()) {
        of_body(&call.body, &mut found);
    }
    found
}

fn of_body(body: &Body, found: &mut FxHashSet<Arc<str>>) {
    body.attributes.iter().for_each(|attribute| of_attribute(&attribute.expr, found));
    body.blocks.iter().for_each(|block| of_body(&block.body, found));
}

fn of_attribute(expr: &Expr, found: &mut FxHashSet<Arc<str>>) {
    walk(expr, &mut |expr| {
        if let Some(["data", "aws_iam_policy_document", name, ..]) = names(expr).as_deref() {
            found.insert(Arc::from(*name));
        }
    });
}
