//! Policy settings: documents as the facts of `iam`.

use std::sync::Arc;

use super::read::{Reader, Unreadable};
use super::walk::Undecided;
use crate::iam::context::Context;
use crate::iam::domain::{Question, settle};
use crate::iam::facts::facts;
use crate::iam::kind::PolicyKind;
use crate::value::{Reason, Value};

/// Where resources keep the name that ARNs are made of.
const NAMES: [&str; 6] = ["bucket", "BucketName", "name", "TopicName", "QueueName", "Name"];

impl Reader<'_> {
    /// The facts of a policy of this kind.
    ///
    /// # Errors
    /// What has to be decided first.
    pub(super) fn policy(&self, value: &Value, kind: &str) -> Result<Value, Unreadable> {
        let Some(kind) = PolicyKind::parse(kind) else {
            return Err(Undecided::Opaque(Reason::Unsupported(format!("a policy of the kind {kind}").into())).into());
        };
        let resource = self.anchor_resource();
        let document = settle(value, self.world, &resource.address).map_err(|question| self.undecided(question))?;
        let name = NAMES.iter().find_map(|name| resource.values.get(name)?.as_str());
        let type_of = |address: &str| {
            let index = self.index.at(address).first().copied()?;
            Some(Arc::clone(&self.index.unit.resources.get(index)?.ty))
        };
        // A file with nothing but a policy says nothing of the resource that it is for.
        let address = (!resource.ty.starts_with("policy.")).then_some(&*resource.address);
        let default_encryption = match kind {
            PolicyKind::Bucket => self.read(&["encryption.algorithm".into()]).ok(),
            _ => None,
        };
        let default_encryption =
            default_encryption.as_ref().and_then(|read| read.get("encryption")?.get("algorithm")?.as_str());
        let ctx = Context { address, name, default_encryption, type_of: Some(&type_of), ..Context::default() };
        Ok(facts(&document, kind, &ctx))
    }

    fn undecided(&self, question: Question) -> Undecided {
        match question {
            Question::Condition(condition) => Undecided::of(&condition, self.world)
                .unwrap_or_else(|| Undecided::Opaque(Reason::Unsupported("a condition".into()))),
            Question::OneOf(variable, values) => Undecided::OneOf(variable, values),
            Question::Opaque(reason) => Undecided::Opaque(reason),
        }
    }
}
