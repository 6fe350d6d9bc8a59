//! What is known of the place at which a policy applies, and partly known strings in its light.

use std::borrow::Cow;
use std::sync::Arc;

use super::symbol;
use crate::partition::{COMMERCIAL, Partition};
use crate::resource::Place;
use crate::value::{Kind, Known, Reason, Reference, StringPart, Symbol, Unknown, Value};

/// How deep parts of strings may nest.
const MAX_DEPTH: usize = 32;

/// Tells a text about the resource at an address.
pub type TypeOf<'a> = dyn Fn(&str) -> Option<Arc<str>> + Sync + 'a;

/// What is known of the resource that a policy protects and of its account.
#[derive(Clone, Copy, Default)]
pub struct Context<'a> {
    /// The account that is deployed to.
    pub account: Option<&'a str>,
    /// The region that is deployed to.
    pub region: Option<&'a str>,
    /// The partition that is deployed to.
    pub partition: Option<&'a str>,
    /// The address of the resource that the policy protects: references to it mean itself.
    pub address: Option<&'a str>,
    /// Its name (bucket, topic, queue) as [`Context::text`] gives it, if it says anything.
    pub name: Option<&'a str>,
    /// Its ARN as [`Context::text`] gives it, if it is known.
    pub arn: Option<&'a str>,
    /// The algorithm with which a bucket encrypts what says nothing else: `AES256`, `aws:kms`, `aws:kms:dsse`.
    pub default_encryption: Option<&'a str>,
    /// To what an identity policy is attached: `user`, `role`, `group`.
    pub attached_to: Option<&'a str>,
    /// The type of the resource at an address, where the address does not say it.
    pub type_of: Option<&'a TypeOf<'a>>,
    /// The name in the ARN of the resource at an address, path and all, where the configuration gives it.
    pub name_of: Option<&'a TypeOf<'a>>,
}

impl<'a> Context<'a> {
    /// What follows from where a unit is deployed to.
    pub fn at(place: &'a Place) -> Self {
        Context {
            account: place.account.as_deref(),
            region: place.region.as_deref(),
            partition: place.partition.as_deref(),
            ..Context::default()
        }
    }
}

impl Context<'_> {
    /// The account that is deployed to: its id or a symbol.
    pub fn own_account(&self) -> &str {
        self.account.unwrap_or(symbol::ACCOUNT)
    }

    /// The partition that is deployed to; `aws` unless something says otherwise.
    pub fn own_partition(&self) -> &str {
        self.known_partition().unwrap_or(COMMERCIAL.name)
    }

    /// The partition that is deployed to, if something says so.
    pub fn known_partition(&self) -> Option<&str> {
        self.partition.or_else(|| self.region.map(|region| Partition::of_region(region).name))
    }

    fn own_region(&self) -> &str {
        self.region.unwrap_or(symbol::REGION)
    }

    /// The text of a scalar, with symbols for what is not known. `None` if it is no scalar.
    pub fn text(&self, value: &Value) -> Option<Arc<str>> {
        self.text_at(value, 0)
    }

    fn text_at(&self, value: &Value, depth: usize) -> Option<Arc<str>> {
        match &value.kind {
            Kind::String(text) => match symbol::strip(text.as_str()) {
                Cow::Borrowed(_) => Some(text.shared()),
                Cow::Owned(clean) => Some(clean.into()),
            },
            Kind::Bool(value) => Some(if *value { "true" } else { "false" }.into()),
            Kind::Number(number) => Some(number.to_string().into()),
            Kind::Unknown(unknown) => Some(self.unknown(unknown, depth).into()),
            Kind::Null | Kind::List(_) | Kind::Map(_) => None,
        }
    }

    fn unknown(&self, unknown: &Unknown, depth: usize) -> String {
        match &unknown.known {
            Known::Symbol(fact) => self.fact(*fact),
            Known::Reference(reference) => self.reference(reference),
            Known::Parts(parts) if depth < MAX_DEPTH => self.parts(parts, depth),
            Known::Variable(variable) => symbol::of(&variable.name),
            Known::Choice(choice) if depth < MAX_DEPTH => {
                let then = self.text_at(&choice.then, depth + 1);
                match then {
                    Some(text) if Some(&text) == self.text_at(&choice.otherwise, depth + 1).as_ref() => {
                        text.as_ref().to_owned()
                    }
                    _ => symbol::of(&choice.name),
                }
            }
            Known::Refined { prefix, .. } => format!("{}{}", symbol::strip(prefix), symbol::of(&name(unknown))),
            _ => symbol::of(&name(unknown)),
        }
    }

    fn parts(&self, parts: &[StringPart], depth: usize) -> String {
        let mut text = String::new();
        for part in parts {
            match part {
                StringPart::Literal(literal) => text.push_str(&symbol::strip(literal.as_str())),
                StringPart::Unknown(value) => match self.text_at(value, depth + 1) {
                    Some(inner) => text.push_str(&inner),
                    None => text.push_str(&symbol::of("?")),
                },
            }
        }
        text
    }

    fn fact(&self, fact: Symbol) -> String {
        match fact {
            Symbol::Account => self.own_account().to_owned(),
            Symbol::Region => self.own_region().to_owned(),
            Symbol::Partition => self.own_partition().to_owned(),
            Symbol::UrlSuffix => Partition::named(self.own_partition()).unwrap_or(COMMERCIAL).suffix.to_owned(),
            Symbol::StackName => symbol::of("stack"),
            Symbol::StackId => self.own_arn("cloudformation", &format!("stack/{}", symbol::of("stack"))),
            Symbol::Caller => format!(
                "arn:{}:iam::{}:role/{}",
                self.own_partition(),
                self.own_account(),
                symbol::of("the deploying principal")
            ),
            Symbol::Organization => symbol::of("organization"),
        }
    }

    /// An ARN of this account and region.
    fn own_arn(&self, service: &str, resource: &str) -> String {
        format!("arn:{}:{service}:{}:{}:{resource}", self.own_partition(), self.own_region(), self.own_account())
    }

    /// What an attribute of a resource of the same configuration looks like.
    fn reference(&self, reference: &Reference) -> String {
        let address = &*reference.address;
        let own = self.address == Some(address);
        let ty = self.type_of.and_then(|type_of| type_of(address)).or_else(|| terraform_type(address).map(Arc::from));
        let ty = ty.as_deref().unwrap_or_default();
        let name = match self.name {
            Some(name) if own => name.to_owned(),
            _ => match self.name_of.and_then(|name_of| name_of(address)) {
                Some(name) => symbol::strip(&name).into_owned(),
                None => symbol::of(address),
            },
        };
        let attribute = reference.attribute.rsplit('.').next().unwrap_or_default();
        let is_arn = attribute == "arn"
            || attribute == "Arn"
            || (attribute == "id" && matches!(ty, "aws_sns_topic"))
            || (attribute == "Ref" && matches!(ty, "AWS::SNS::Topic" | "AWS::SecretsManager::Secret"));
        if is_arn
            && own
            && let Some(arn) = self.arn
        {
            return arn.to_owned();
        }
        if is_arn {
            return self.arn_of(ty, &name, address);
        }
        match (ty, attribute) {
            ("aws_s3_bucket" | "AWS::S3::Bucket", "id" | "bucket" | "Ref") => name,
            ("aws_kms_key" | "AWS::KMS::Key", "id" | "key_id" | "Ref" | "KeyId") => name,
            ("aws_iam_role" | "aws_iam_user", "name" | "id") => name,
            ("aws_cloudfront_origin_access_identity", "iam_arn") => {
                format!("arn:{}:iam::cloudfront:user/{name}", self.own_partition())
            }
            ("aws_kms_alias", "target_key_arn") => self.own_arn("kms", &format!("key/{name}")),
            ("aws_iam_role" | "AWS::IAM::Role" | "aws_iam_user" | "AWS::IAM::User", "unique_id" | "RoleId") => {
                symbol::of(&format!("{address}.{attribute}"))
            }
            _ => symbol::of(&format!("{address}.{}", reference.attribute)),
        }
    }

    fn arn_of(&self, ty: &str, name: &str, address: &str) -> String {
        let (partition, account) = (self.own_partition(), self.own_account());
        match ty {
            "aws_iam_role" | "AWS::IAM::Role" => format!("arn:{partition}:iam::{account}:role/{name}"),
            "aws_iam_user" | "AWS::IAM::User" => format!("arn:{partition}:iam::{account}:user/{name}"),
            "aws_iam_group" | "AWS::IAM::Group" => format!("arn:{partition}:iam::{account}:group/{name}"),
            "aws_s3_bucket" | "AWS::S3::Bucket" => format!("arn:{partition}:s3:::{name}"),
            "aws_kms_key" | "AWS::KMS::Key" | "aws_kms_replica_key" => self.own_arn("kms", &format!("key/{name}")),
            "aws_kms_alias" | "AWS::KMS::Alias" => self.own_arn("kms", &format!("alias/{name}")),
            "aws_cloudfront_distribution" => format!("arn:{partition}:cloudfront::{account}:distribution/{name}"),
            "aws_elb_service_account"
            | "aws_redshift_service_account"
            | "aws_cloudtrail_service_account"
            | "aws_billing_service_account" => format!("arn:{partition}:iam::cloudfront:root"),
            "" => symbol::of(&format!("{address}.arn")),
            other => self.own_arn(&service_of(other), &symbol::of(address)),
        }
    }
}

/// What an unknown value is called.
fn name(unknown: &Unknown) -> Cow<'_, str> {
    match &unknown.reason {
        Reason::NotGiven(name)
        | Reason::Computed(name)
        | Reason::External(name)
        | Reason::MissingModule(name)
        | Reason::Impure(name)
        | Reason::Depends(name)
        | Reason::Limit(name)
        | Reason::Unsupported(name) => Cow::Borrowed(name),
        Reason::Invalid => Cow::Borrowed("?"),
    }
}

/// The type in a Terraform address: `aws_kms_key` of `module.a["x"].aws_kms_key.k[0]`.
fn terraform_type(address: &str) -> Option<&str> {
    // Names hold no dots, but instance keys may: the type is the last segment that starts like one of the provider.
    let mut rest = address;
    loop {
        if rest.starts_with("aws_") {
            return rest.split('.').next();
        }
        let (_, after) = rest.split_once('.')?;
        rest = after;
    }
}

/// The service in the ARNs of a type's resources, as well as its name tells.
fn service_of(ty: &str) -> String {
    let word = ty.strip_prefix("aws_").and_then(|rest| rest.split('_').next());
    let word = word.or_else(|| ty.strip_prefix("AWS::").and_then(|rest| rest.split("::").next()));
    word.unwrap_or(ty).to_ascii_lowercase()
}
