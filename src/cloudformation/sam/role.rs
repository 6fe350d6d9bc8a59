//! Roles that the transform makes.

use super::build::At;
use super::edit::Edit;
use super::resource::Resource;
use crate::parse::node::Node;

/// A policy document.
pub(super) fn document(at: At, statements: Vec<Node>, version: bool) -> Node {
    let statements = ("Statement", at.list(statements));
    if version { at.map([("Version", at.string("2012-10-17")), statements]) } else { at.map([statements]) }
}

/// A statement that allows actions on resources.
pub(super) fn allow(at: At, action: Node, resource: Node) -> Node {
    at.map([("Effect", at.string("Allow")), ("Action", action), ("Resource", resource)])
}

/// Statements that allow to put objects into a bucket.
pub(super) fn put_into_bucket(at: At, bucket: &Node) -> Vec<Node> {
    let objects = at.map([("Fn::Join", at.list([at.string("/"), at.list([bucket.clone(), at.string("*")])]))]);
    vec![allow(at, at.string("s3:PutObject"), objects), allow(at, at.string("s3:ListBucket"), bucket.clone())]
}

/// An inline policy of a role.
pub(super) fn inline(at: At, name: &str, document: Node) -> Node {
    at.map([("PolicyName", at.string(name)), ("PolicyDocument", document)])
}

/// The trust policy that lets services assume a role.
pub(super) fn trust(at: At, services: &[&str]) -> Node {
    let statement = at.map([
        ("Effect", at.string("Allow")),
        ("Action", at.strings(["sts:AssumeRole"])),
        ("Principal", at.map([("Service", at.strings(services))])),
    ]);
    document(at, vec![statement], true)
}

/// The policies of a role under construction.
#[derive(Default)]
pub(super) struct Grants {
    managed: Vec<Node>,
    inline: Vec<Node>,
}

impl Grants {
    /// Adds a managed policy by its ARN, once.
    pub(super) fn managed(&mut self, arn: Node) {
        if !self.managed.iter().any(|known| same(known, &arn)) {
            self.managed.push(arn);
        }
    }

    /// Adds an inline policy.
    pub(super) fn inline(&mut self, policy: Node) {
        self.inline.push(policy);
    }

    /// The properties of the role, `ManagedPolicyArns` even when there are none.
    pub(super) fn into_properties(self, at: At, role: Resource) -> Resource {
        let role = role.with("ManagedPolicyArns", at.list(self.managed));
        if self.inline.is_empty() { role } else { role.with("Policies", at.list(self.inline)) }
    }
}

/// Whether two trees say the same, wherever they stand.
pub(super) fn same(a: &Node, b: &Node) -> bool {
    super::logical_id::compact_json(a) == super::logical_id::compact_json(b) && a.is_list() == b.is_list()
}
