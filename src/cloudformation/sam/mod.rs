//! The transform `AWS::Serverless-2016-10-31`: from serverless resources to those that CloudFormation deploys.
//!
//! [`transform`] takes a template and gives the template that the service would deploy, intrinsic functions kept. What it
//! makes points at the construct in the source that caused it: a role's policy at its item of `Policies`, a permission at
//! the event. The behaviour follows the AWS SAM developer guide and the resource specification in it.

mod api;
mod application;
mod arn;
mod build;
mod capacity_provider;
mod conditions;
mod connector;
mod deployment;
mod edit;
mod events;
mod function;
mod globals;
mod graphql;
mod http_api;
mod implicit;
mod intrinsics;
mod layer;
mod logical_id;
mod managed;
mod openapi;
mod origins;
mod policies;
mod references;
mod reject;
mod resource;
mod role;
mod s3_location;
mod schema;
mod simple_table;
mod state_machine;
mod tags;
#[cfg(test)]
mod tests;
mod translation;
mod web_socket_api;

use crate::diagnostic::Diagnostic;
use crate::parse::node::Node;
pub use origins::Declarations;

/// What the transform knows beyond the template.
#[derive(Clone, Debug, Default)]
pub struct Inputs {
    /// Values of parameters by name; a parameter that has none here counts with its default.
    pub parameters: Vec<(String, Node)>,
    /// The region, for example `us-east-1`.
    pub region: String,
    /// The partition: `aws`, `aws-cn` or `aws-us-gov`.
    pub partition: String,
    /// ARNs of managed policies by name, beyond those that are known.
    pub managed_policies: Vec<(String, String)>,
}

/// Whether a template asks for the transform.
pub fn applies_to(template: &Node) -> bool {
    const NAME: &str = "AWS::Serverless-2016-10-31";
    let transform = template.get("Transform");
    transform.is_some_and(|transform| {
        transform.as_str() == Some(NAME) || transform.items().iter().any(|item| item.as_str() == Some(NAME))
    })
}

/// A template after the transform.
#[derive(Debug)]
pub struct Transformed {
    /// The template.
    pub template: Node,
    /// What the source declares, by the logical ids of the resources that are made from it under other ids.
    pub made_from: Declarations,
}

/// The template after the transform. What the service would refuse is a diagnostic of level error; the rest is transformed
/// all the same.
pub fn transform(template: Node, inputs: &Inputs) -> (Transformed, Vec<Diagnostic>) {
    translation::Translation::new(template, inputs).run()
}
