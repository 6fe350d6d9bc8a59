//! Keys, buckets, topics, queues and secrets with their policies and grants.

use std::collections::BTreeSet;
use std::sync::Arc;

use indexmap::IndexSet;
use rustc_hash::FxHashMap;

use super::names::{self, Directory};
use crate::iam::context::Context;
use crate::iam::document::{self, PolicyDocument};
use crate::iam::grant::{self, Grant};
use crate::iam::kind::PolicyKind;
use crate::iam::symbol;
use crate::resource::Resource;
use crate::value::{Known, Origin, Reason, Symbol, Unknown, Value, World};
use crate::view;

/// How deep a resource is looked into for its keys.
const MAX_DEPTH: usize = 12;

/// A resource with what decides on its use.
pub(super) struct Store {
    /// Its number in the unit.
    pub(super) resource: usize,
    /// Its policy.
    pub(super) document: PolicyDocument,
    /// Where the policy is written, if it is.
    pub(super) policy: Option<Arc<str>>,
    /// Whether the policy is what AWS gives to a key that has none.
    pub(super) by_default: bool,
    /// The grants on it.
    pub(super) grants: Vec<Grant>,
    /// The resource of each grant.
    pub(super) granted_by: Vec<usize>,
}

/// Where a type keeps its policy.
struct Holder {
    service: &'static str,
    kind: PolicyKind,
    ty: &'static str,
    /// The attribute with the policy, if there is one.
    policy: Option<&'static str>,
    /// The resource that may hold the policy instead: its type, the attribute that names the main one, the policy's.
    companion: Option<(&'static str, &'static str, &'static str)>,
}

const fn holder(
    service: &'static str,
    kind: PolicyKind,
    ty: &'static str,
    policy: Option<&'static str>,
    companion: Option<(&'static str, &'static str, &'static str)>,
) -> Holder {
    Holder { service, kind, ty, policy, companion }
}

const KEY_POLICY: Option<(&str, &str, &str)> = Some(("aws_kms_key_policy", "key_id", "policy"));

/// All types whose policies are read.
#[rustfmt::skip]
const HOLDERS: [Holder; 19] = [
    holder("kms", PolicyKind::Key, "aws_kms_key", Some("policy"), KEY_POLICY),
    holder("kms", PolicyKind::Key, "aws_kms_external_key", Some("policy"), KEY_POLICY),
    holder("kms", PolicyKind::Key, "aws_kms_replica_key", Some("policy"), KEY_POLICY),
    holder("kms", PolicyKind::Key, "aws_kms_replica_external_key", Some("policy"), KEY_POLICY),
    holder("kms", PolicyKind::Key, "AWS::KMS::Key", Some("KeyPolicy"), None),
    holder("kms", PolicyKind::Key, "AWS::KMS::ReplicaKey", Some("KeyPolicy"), None),
    holder("kms", PolicyKind::Key, "policy.key", Some("document"), None),
    holder("s3", PolicyKind::Bucket, "aws_s3_bucket", Some("policy"), Some(("aws_s3_bucket_policy", "bucket", "policy"))),
    holder("s3", PolicyKind::Bucket, "AWS::S3::Bucket", None, Some(("AWS::S3::BucketPolicy", "Bucket", "PolicyDocument"))),
    holder("s3", PolicyKind::Bucket, "policy.bucket", Some("document"), None),
    holder("sns", PolicyKind::Topic, "aws_sns_topic", Some("policy"), Some(("aws_sns_topic_policy", "arn", "policy"))),
    holder("sns", PolicyKind::Topic, "AWS::SNS::Topic", None, Some(("AWS::SNS::TopicPolicy", "Topics", "PolicyDocument"))),
    holder("sns", PolicyKind::Topic, "policy.topic", Some("document"), None),
    holder("sqs", PolicyKind::Queue, "aws_sqs_queue", Some("policy"), Some(("aws_sqs_queue_policy", "queue_url", "policy"))),
    holder("sqs", PolicyKind::Queue, "AWS::SQS::Queue", None, Some(("AWS::SQS::QueuePolicy", "Queues", "PolicyDocument"))),
    holder("sqs", PolicyKind::Queue, "policy.queue", Some("document"), None),
    holder("secretsmanager", PolicyKind::Secret, "aws_secretsmanager_secret", Some("policy"), Some(("aws_secretsmanager_secret_policy", "secret_arn", "policy"))),
    holder("secretsmanager", PolicyKind::Secret, "AWS::SecretsManager::Secret", None, Some(("AWS::SecretsManager::ResourcePolicy", "SecretId", "ResourcePolicy"))),
    holder("secretsmanager", PolicyKind::Secret, "policy.secret", Some("document"), None),
];

/// The actions of S3 that are about objects have this in their names, but for these.
const OBJECT: [&str; 2] = ["object", "multipart"];
const NOT_OBJECT: [&str; 2] = ["objectlockconfiguration", "accesspointforobjectlambda"];

impl Store {
    /// The ARNs that an action may be about, if that is known.
    pub(super) fn targets(&self, action: &str) -> Vec<String> {
        let Some(arn) = &self.document.own_arn else { return Vec::new() };
        if self.document.kind != PolicyKind::Bucket {
            return vec![arn.to_string()];
        }
        let lower = action.to_ascii_lowercase();
        let on_objects =
            OBJECT.iter().any(|word| lower.contains(word)) && !NOT_OBJECT.iter().any(|word| lower.contains(word));
        let objects = format!("{arn}/{}", symbol::of("object"));
        match (lower.contains(['*', '?']), on_objects) {
            (true, _) => vec![arn.to_string(), objects],
            (false, true) => vec![objects],
            (false, false) => vec![arn.to_string()],
        }
    }
}

/// The resources of a unit that decide on actions of a service, in the order of the text.
pub(super) fn of_service(directory: &Directory<'_>, service: &str) -> Vec<Store> {
    let mut found = Vec::new();
    for holder in HOLDERS.iter().filter(|holder| holder.service == service) {
        let mains = directory.of_type(holder.ty);
        let mut held: Vec<Option<usize>> = vec![None; mains.len()];
        if let Some((ty, by, _)) = holder.companion {
            for companion in directory.of_type(ty) {
                let named = directory.resource(*companion).values.get(by);
                let targets = named.map_or_else(Vec::new, |value| directory.targets_of(value, holder.ty));
                // They are in the order of the unit.
                for at in targets.iter().filter_map(|target| mains.binary_search(target).ok()) {
                    held[at] = Some(*companion);
                }
            }
        }
        found.extend(mains.iter().zip(held).map(|(main, companion)| store(directory, holder, *main, companion)));
    }
    if service == "kms" {
        add_grants(directory, &mut found);
    }
    found.sort_by_key(|store| store.resource);
    found
}

fn store(directory: &Directory<'_>, holder: &Holder, main: usize, companion: Option<usize>) -> Store {
    let resource = directory.resource(main);
    let apart = companion.zip(holder.companion).and_then(|(number, (.., attribute))| {
        let companion = directory.resource(number);
        Some((companion, companion.values.get(attribute)?))
    });
    let own = holder.policy.and_then(|name| Some((resource, resource.values.get(name)?)));
    let written = apart.or(own).filter(|(_, value)| !value.is_null());
    let by_default = written.is_none() && holder.kind == PolicyKind::Key;
    let value = match written {
        Some((_, value)) => value.in_world(&World::default()),
        None if by_default => default_key_policy(),
        None => Value::null(),
    };
    Store {
        resource: main,
        document: read(directory, resource, &value, holder.kind),
        policy: written.map(|(holder, _)| Arc::clone(&holder.address)),
        by_default,
        grants: Vec::new(),
        granted_by: Vec::new(),
    }
}

fn read(directory: &Directory<'_>, resource: &Resource, value: &Value, kind: PolicyKind) -> PolicyDocument {
    let type_of = |address: &str| directory.type_of(address);
    let name_of = |address: &str| directory.name_of(address);
    let alone = resource.is_document();
    let place = Context { type_of: Some(&type_of), name_of: Some(&name_of), ..directory.context() };
    let name = names::arn_name(resource);
    let arn = names::arn(resource, &place).filter(|_| !alone);
    let address = (!alone).then_some(&*resource.address);
    // A policy file is called after what it is about at best: its statements say that for certain.
    let name = (!alone).then_some(&*name);
    document::read(value, kind, &Context { address, name, arn: arn.as_deref(), ..place })
}

/// The policy of a key that is created without one.
///
/// <https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html>
fn default_key_policy() -> Value {
    let account = Unknown::new(Reason::External("account".into())).known(Known::Symbol(Symbol::Account));
    let statement = Value::from_pairs([
        ("Sid", Value::string("the default key policy")),
        ("Effect", Value::string("Allow")),
        ("Principal", Value::from_pairs([("AWS", Value::unknown(account, Origin::none()))])),
        ("Action", Value::string("kms:*")),
        ("Resource", Value::string("*")),
    ]);
    Value::from_pairs([("Version", Value::string("2012-10-17")), ("Statement", statement)])
}

fn add_grants(directory: &Directory<'_>, stores: &mut [Store]) {
    let type_of = |address: &str| directory.type_of(address);
    let name_of = |address: &str| directory.name_of(address);
    let by_resource: FxHashMap<usize, usize> =
        stores.iter().enumerate().map(|(at, store)| (store.resource, at)).collect();
    for number in directory.of_type("aws_kms_grant") {
        let values = &directory.resource(*number).values;
        let Some(key) = values.get("key_id").and_then(|key| view::key_of(key, directory.index)) else { continue };
        if let Some(store) = by_resource.get(&key).and_then(|at| stores.get_mut(*at)) {
            let account = Arc::clone(&store.document.own_account);
            let account = (!symbol::has(&account)).then_some(&*account);
            let place = directory.context();
            let context = Context { account, type_of: Some(&type_of), name_of: Some(&name_of), ..place };
            if let Some(grant) = grant::read(values, &context) {
                store.grants.push(grant);
                store.granted_by.push(*number);
            }
        }
    }
}

/// The resources that each key protects, by its number: those with a key attribute that means it.
pub(super) fn protected(directory: &Directory<'_>) -> FxHashMap<usize, Vec<Arc<str>>> {
    let mut found: FxHashMap<usize, IndexSet<Arc<str>>> = FxHashMap::default();
    for resource in &directory.index.unit.resources {
        if resource.data || resource.ty.contains("kms") || resource.ty.contains("::KMS::") {
            continue;
        }
        let mut keys = BTreeSet::new();
        collect_keys(directory, &resource.values, &mut keys, 0);
        if keys.is_empty() {
            continue;
        }
        let main =
            resource.values.get("bucket").map_or_else(Vec::new, |bucket| directory.targets_of(bucket, "aws_s3_bucket"));
        let address = main.first().map_or(&resource.address, |main| &directory.resource(*main).address);
        for key in keys {
            found.entry(key).or_default().insert(Arc::clone(address));
        }
    }
    found.into_iter().map(|(key, addresses)| (key, addresses.into_iter().collect())).collect()
}

/// The keys that attributes mean which are called a key.
fn collect_keys(directory: &Directory<'_>, value: &Value, found: &mut BTreeSet<usize>, depth: usize) {
    if depth > MAX_DEPTH {
        return;
    }
    for item in value.as_list().into_iter().flatten() {
        collect_keys(directory, item, found, depth + 1);
    }
    for (name, entry) in value.as_map().into_iter().flatten() {
        let name = name.to_ascii_lowercase().replace('_', "");
        let is_key = name.contains("kms") || ["key", "keyid", "keyarn"].iter().any(|end| name.ends_with(end));
        let scalar = entry.value.as_map().is_none() && entry.value.as_list().is_none();
        match is_key && scalar {
            true => found.extend(view::key_of(&entry.value, directory.index)),
            false => collect_keys(directory, &entry.value, found, depth + 1),
        }
    }
}
