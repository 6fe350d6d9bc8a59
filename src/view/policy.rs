//! Policy settings: documents as the facts of `iam`.

use std::rc::Rc;
use std::sync::Arc;

use super::instance::Instances;
use super::memo::{Below, Read};
use super::name::Name;
use super::read::{Reader, Unreadable};
use super::walk::Undecided;
use crate::iam::context::Context;
use crate::iam::domain::{Question, settle};
use crate::iam::facts::{Facts, absent};
use crate::iam::kind::PolicyKind;
use crate::resource::Resource;
use crate::value::{Known, Reason, Value};

/// Where resources keep the name that ARNs are made of.
const NAMES: [&str; 6] = ["bucket", "BucketName", "name", "TopicName", "QueueName", "Name"];

/// Where resources that hold nothing but a policy name what it protects.
const PROTECTED: [(&str, &str); 12] = [
    ("aws_s3_bucket_policy", "bucket"),
    ("AWS::S3::BucketPolicy", "Bucket"),
    ("aws_kms_key_policy", "key_id"),
    ("aws_sns_topic_policy", "arn"),
    ("AWS::SNS::TopicPolicy", "Topics"),
    ("aws_sqs_queue_policy", "queue_url"),
    ("AWS::SQS::QueuePolicy", "Queues"),
    ("aws_secretsmanager_secret_policy", "secret_arn"),
    ("AWS::SecretsManager::ResourcePolicy", "SecretId"),
    ("aws_ecr_repository_policy", "repository"),
    ("aws_efs_file_system_policy", "file_system_id"),
    ("aws_backup_vault_policy", "backup_vault_name"),
];

/// What a policy protects.
struct Protected<'a> {
    /// The address of its resource.
    address: Option<&'a str>,
    /// What stands for its name.
    name: Option<&'a Value>,
}

impl<'a> Protected<'a> {
    /// What the policy in `resource` protects: the resource itself, or the one that it names.
    fn of(resource: &'a Resource, index: &'a Instances<'a>) -> Self {
        let Some((_, attribute)) = PROTECTED.iter().find(|(ty, _)| *ty == &*resource.ty) else {
            // A file with nothing but a policy says nothing of the resource that it is for.
            let address = (!resource.is_document()).then_some(&*resource.address);
            return Protected { address, name: own_name(resource) };
        };
        let Some(named) = resource.values.get(attribute) else { return Protected { address: None, name: None } };
        let named = named.as_list().and_then(<[Value]>::first).unwrap_or(named);
        let address = match named.as_unknown().map(|unknown| &unknown.known) {
            Some(Known::Reference(reference)) => Some(&*reference.address),
            Some(Known::Resource(object)) => Some(&*object.address),
            _ => None,
        };
        let target = address.and_then(|address| index.unit.resources.get(*index.at(address).first()?));
        Protected { address, name: target.map_or(Some(named).filter(|_| address.is_none()), own_name) }
    }
}

/// Whether a fact is among those that are read.
fn is_read(fact: &str, below: &Below) -> bool {
    let first = |read: &str| read.split(['.', '[']).next().unwrap_or_default() == fact;
    below.paths.is_empty() || below.paths.iter().any(|read| read.is_empty() || first(read))
}

fn own_name(resource: &Resource) -> Option<&Value> {
    NAMES.iter().find_map(|name| resource.values.get(name)).filter(|name| name.as_str().is_some())
}

impl Reader<'_> {
    /// The facts of the policy of this kind in the setting of this name, as far as `below` names them.
    ///
    /// # Errors
    /// What has to be decided first.
    pub(super) fn policy(&self, name: Name<'_>, value: &Value, kind: &str, below: &Below) -> Result<Value, Unreadable> {
        let Some(kind) = PolicyKind::parse(kind) else {
            return Err(Undecided::Opaque(Reason::Unsupported(format!("a policy of the kind {kind}").into())).into());
        };
        if value.is_null() {
            return Ok(absent(kind, self.default_encryption(kind).as_deref()));
        }
        let read = || self.facts(value, kind);
        let facts = match self.memo {
            Some(memo) => memo.policy(self.world, &name.to_string(), read)?,
            None => Rc::new(read()?),
        };
        Ok(facts.select(&|fact| is_read(fact, below)))
    }

    fn default_encryption(&self, kind: PolicyKind) -> Option<Arc<str>> {
        let algorithm =
            Read::whole(&self.instance.view, "encryption.algorithm").filter(|_| kind == PolicyKind::Bucket)?;
        let readings = self.readings(&[algorithm]).ok()?;
        readings.first()?.entry.as_ref()?.value.as_str().map(Arc::from)
    }

    /// Whether the policy is attached to users, in this world.
    fn has_users(&self, kind: PolicyKind) -> bool {
        let read = Read::whole(&self.instance.view, "users").filter(|_| kind == PolicyKind::Identity);
        let readings = read.and_then(|read| self.readings(&[read]).ok());
        let first = readings.as_ref().and_then(|readings| readings.first()?.entry.as_ref());
        first.is_some_and(|entry| entry.value.as_bool() == Some(true))
    }

    fn facts(&self, value: &Value, kind: PolicyKind) -> Result<Facts, Unreadable> {
        let default_encryption = self.default_encryption(kind);
        let resource = self.anchor_resource();
        let document = settle(value, self.world, &resource.address).map_err(|question| self.undecided(question))?;
        let protected = Protected::of(resource, self.index);
        let type_of = |address: &str| {
            let index = self.index.at(address).first().copied()?;
            Some(Arc::clone(&self.index.unit.resources.get(index)?.ty))
        };
        let deployed = Context::at(&self.index.unit.place);
        let place = Context { address: protected.address, type_of: Some(&type_of), ..deployed };
        let name = protected.name.and_then(|name| place.text(name));
        let attached_to = self.has_users(kind).then_some("user");
        let default_encryption = default_encryption.as_deref();
        let ctx = Context { name: name.as_deref(), default_encryption, attached_to, ..place };
        let facts = Facts::read(&document, kind, &ctx);
        if facts.is_cut() {
            return Err(Undecided::Opaque(Reason::Limit(Facts::LENGTH.into())).into());
        }
        Ok(facts)
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
