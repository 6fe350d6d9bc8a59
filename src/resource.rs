//! What evaluation yields: resources with their settings, whatever format they were written in.

use std::sync::Arc;

use crate::source::{FileId, Span};
use crate::value::{Condition, Value};

/// Where resources come from.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Format {
    /// Terraform or OpenTofu configuration.
    Terraform,
    /// `terraform show -json`.
    Plan,
    /// A CloudFormation template, SAM included.
    CloudFormation,
    /// A policy document in a file of its own.
    Policy,
}

/// One resource as it would be deployed.
#[derive(Clone, Debug)]
pub struct Resource {
    /// `module.a.aws_s3_bucket.b["x"]`, or the logical id.
    pub address: Arc<str>,
    /// `aws_s3_bucket`, `AWS::S3::Bucket`. For policy files: `policy.key`, `policy.bucket`, `policy.identity`.
    /// For documents of Terraform that no resource holds: `document.bucket`, `document.identity`.
    pub ty: Arc<str>,
    /// Terraform: a data source rather than a resource.
    pub data: bool,
    /// The line that declares it: a block's header, a logical id.
    pub header: Span,
    /// All of it.
    pub span: Span,
    /// Its settings: attributes, and nested blocks as lists of mappings (Terraform); `Properties` (CloudFormation).
    pub values: Value,
    /// Whether it is a policy document of Terraform that resources of its module refer to.
    pub is_used: bool,
    /// What stands beside the settings: Terraform's `lifecycle`, CloudFormation's `Metadata`, `DeletionPolicy`.
    pub meta: Value,
    /// When it exists at all.
    pub exists: Condition,
    /// The calls through which its module or nested stack was reached, outermost first.
    pub calls: Vec<Call>,
    /// A second name for people: CDK's construct path, for example.
    pub label: Option<Arc<str>>,
    /// What the source declares, if a transform (SAM) has made this from something else.
    pub made_from: Option<Arc<Declaration>>,
}

impl Resource {
    /// Whether it is a policy by itself, which says nothing of what it is for.
    pub fn is_document(&self) -> bool {
        self.ty.starts_with("policy.") || self.ty.starts_with("document.")
    }

    /// What the source declares: this, or what a transform has made it from.
    pub fn declared(&self) -> Declaration {
        match &self.made_from {
            Some(declaration) => Declaration::clone(declaration),
            None => Declaration { address: Arc::clone(&self.address), header: self.header, span: self.span },
        }
    }
}

/// A resource as the source declares it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Declaration {
    /// Its address.
    pub address: Arc<str>,
    /// The line that declares it.
    pub header: Span,
    /// All of it.
    pub span: Span,
}

/// A call of a module or nested stack.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Call {
    /// Its address: `module.a["x"]`.
    pub address: Arc<str>,
    /// The header of the call.
    pub span: Span,
}

/// All resources of one root: a Terraform root module with everything it calls, a template, a plan, a policy file.
///
/// References between resources stay within one unit.
#[derive(Clone, Debug)]
pub struct Unit {
    /// How it is written.
    pub format: Format,
    /// The files it was read from.
    pub files: Vec<FileId>,
    /// The resources in the order of the text.
    pub resources: Vec<Resource>,
    /// What holds in every possible deployment (CloudFormation's `Rules`).
    pub constraints: Vec<Condition>,
    /// Where it is deployed to.
    pub place: Place,
}

/// Where a unit is deployed to, as far as that is known.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Place {
    /// The id of the account.
    pub account: Option<Arc<str>>,
    /// The region.
    pub region: Option<Arc<str>>,
    /// The partition.
    pub partition: Option<Arc<str>>,
}
