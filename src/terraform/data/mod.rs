//! Data sources whose result can be told without asking anyone.

mod encode;
mod in_use;
mod policy_document;
mod statement;

use std::sync::Arc;

pub(super) use in_use::documents_in_use;

use super::evaluation::Evaluation;
use crate::parse::hcl::ast::Block;
use crate::value::{Entries, Entry, Known, Origin, Reason, Symbol, Type, Unknown, Value};

/// The data source that makes policy documents.
pub const POLICY_DOCUMENT: &str = "aws_iam_policy_document";

/// Adds to `entries`, the arguments of a data source, the results that are known.
pub(super) fn complete(evaluation: &Evaluation, ty: &str, address: &Arc<str>, block: &Block, entries: &mut Entries) {
    if ty == POLICY_DOCUMENT {
        return policy_document::complete(evaluation, address, block, entries);
    }
    for (attribute, symbol) in symbols(ty) {
        let given = entries.get(*attribute).is_some_and(|entry| !entry.value.is_null());
        if !given {
            let reason = Reason::External(format!("{address}.{attribute}").into());
            let unknown = Unknown { not_null: true, ..Unknown::new(reason).typed(Type::String) };
            let value = Value::unknown(unknown.known(Known::Symbol(*symbol)), Origin::none());
            entries.insert((*attribute).into(), Entry::generated(value));
        }
    }
}

/// The attributes of a data source that are facts of the place of deployment.
///
/// <https://registry.terraform.io/providers/hashicorp/aws/latest/docs>, the pages of these data sources.
fn symbols(ty: &str) -> &'static [(&'static str, Symbol)] {
    match ty {
        "aws_caller_identity" => &[("account_id", Symbol::Account), ("id", Symbol::Account), ("arn", Symbol::Caller)],
        "aws_region" => &[("name", Symbol::Region), ("region", Symbol::Region), ("id", Symbol::Region)],
        "aws_partition" => {
            &[("partition", Symbol::Partition), ("id", Symbol::Partition), ("dns_suffix", Symbol::UrlSuffix)]
        }
        "aws_organizations_organization" => &[("id", Symbol::Organization)],
        _ => &[],
    }
}
