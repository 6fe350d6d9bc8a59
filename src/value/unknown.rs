//! Values that cannot be known before deployment, and what is known of them.

use std::sync::Arc;

use super::{Choice, Entries, Kind, Literal, Origin, Text, TextBuilder, Type, Value, Variable, World};

/// What is known of a value that is not known.
#[derive(Clone, PartialEq, Debug)]
pub struct Unknown {
    /// Its type, as far as that is known.
    pub ty: Type,
    /// Why it is unknown.
    pub reason: Reason,
    /// Whether it cannot be null.
    pub not_null: bool,
    /// What else is known.
    pub known: Known,
}

/// What is known beyond the type.
#[derive(Clone, PartialEq, Debug)]
pub enum Known {
    /// Nothing.
    Nothing,
    /// It is the value of this variable: equal in each world to what the variable is there.
    Variable(Arc<Variable>),
    /// It is an attribute of a resource in the same configuration or template.
    Reference(Reference),
    /// It is a resource as a whole, of which these attributes are given; every other one is a [`Known::Reference`].
    Resource(Arc<ResourceObject>),
    /// It is a fact of the place of deployment.
    Symbol(Symbol),
    /// It is a string made of these parts, at least one of which is unknown.
    Parts(Arc<[StringPart]>),
    /// It is the JSON encoding of this value, which has unknown parts.
    Encoding(Arc<Value>),
    /// It is one of two values, by a condition.
    Choice(Arc<Choice>),
    /// It is a string with this prefix, or a number or collection length within these bounds (Terraform's refinements).
    Refined {
        /// The prefix of a string; empty if nothing is known.
        prefix: Arc<str>,
        /// The least number or length.
        min: Option<i64>,
        /// The greatest number or length.
        max: Option<i64>,
    },
}

/// An attribute of a resource.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Reference {
    /// The resource's address: `module.a.aws_kms_key.k["x"]` or a logical id.
    pub address: Arc<str>,
    /// The attribute: `arn`, `id`, `Arn`; `Ref` for CloudFormation's `Ref`. Nested ones joined by dots.
    pub attribute: Arc<str>,
}

/// A resource as the value of an expression (`aws_s3_bucket.b`).
#[derive(Clone, PartialEq, Debug)]
pub struct ResourceObject {
    /// The resource's address.
    pub address: Arc<str>,
    /// The attributes that the configuration gives.
    pub attributes: Entries,
}

/// A fact of the place of deployment that policies may rely on.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Symbol {
    /// The id of the account that is deployed to.
    Account,
    /// The region that is deployed to.
    Region,
    /// `aws`, `aws-cn`, `aws-us-gov`.
    Partition,
    /// `amazonaws.com` or its like in other partitions.
    UrlSuffix,
    /// The name of the stack.
    StackName,
    /// The ARN of the stack.
    StackId,
    /// The ARN of the caller who deploys.
    Caller,
    /// The id of the organization.
    Organization,
}

/// A part of a partly known string.
#[derive(Clone, PartialEq, Debug)]
pub enum StringPart {
    /// Known text.
    Literal(Text),
    /// An unknown value; never a known one.
    Unknown(Value),
}

/// Why a value is unknown.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Reason {
    /// A variable or parameter that has no value: its name (`var.x`, `parameter X`).
    NotGiven(Arc<str>),
    /// Computed at deployment: the attribute (`aws_kms_key.k.arn`).
    Computed(Arc<str>),
    /// Read from outside at deployment: a data source, SSM parameter, secret, import, remote state.
    External(Arc<str>),
    /// A module whose source is not on this machine.
    MissingModule(Arc<str>),
    /// A function whose result depends on time or chance, or is known only at deployment.
    Impure(Arc<str>),
    /// A value that depends on another unknown one.
    Depends(Arc<str>),
    /// An error was reported at this value's place.
    Invalid,
    /// A bound was reached here.
    Limit(Arc<str>),
    /// Sealint does not evaluate this.
    Unsupported(Arc<str>),
}

impl Reason {
    /// What the reason says of a value that comes from a plain parameter of Systems Manager begins like this.
    pub const SSM_PARAMETER: &str = "SSM parameter ";

    /// What is not known, as the subject of a sentence: `var.x`, `an output of module users`.
    pub fn subject(&self) -> Arc<str> {
        match self {
            Reason::NotGiven(name) | Reason::Computed(name) | Reason::External(name) | Reason::Depends(name) => {
                Arc::clone(name)
            }
            Reason::MissingModule(name) => format!("an output of module {name}").into(),
            Reason::Impure(name) => format!("the result of {name}").into(),
            Reason::Invalid => "an expression in error".into(),
            Reason::Limit(name) | Reason::Unsupported(name) => Arc::clone(name),
        }
    }
}

impl std::fmt::Display for Reason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Reason::NotGiven(name) => write!(f, "{name} is not given"),
            Reason::Computed(what) => write!(f, "{what} is known after deployment"),
            Reason::External(what) => write!(f, "{what} is read at deployment"),
            Reason::MissingModule(what) => write!(f, "module {what} is not on this machine"),
            Reason::Impure(what) => write!(f, "{what} gives its result at deployment"),
            Reason::Depends(what) => write!(f, "depends on {what}"),
            Reason::Invalid => f.write_str("is in error"),
            Reason::Limit(what) => write!(f, "{what} exceeds a limit"),
            Reason::Unsupported(what) => write!(f, "{what} is not evaluated"),
        }
    }
}

impl Unknown {
    /// An unknown of which nothing else is known.
    pub fn new(reason: Reason) -> Self {
        Unknown { ty: Type::Dynamic, reason, not_null: false, known: Known::Nothing }
    }

    /// The same, with a type.
    #[must_use]
    pub fn typed(mut self, ty: Type) -> Self {
        self.ty = ty;
        self
    }

    /// The same, with what else is known.
    #[must_use]
    pub fn known(mut self, known: Known) -> Self {
        self.known = known;
        self
    }

    /// The resource attribute that this is, if it is one.
    pub fn reference(&self) -> Option<&Reference> {
        match &self.known {
            Known::Reference(reference) => Some(reference),
            _ => None,
        }
    }

    /// `whole` (the value that holds this unknown), as it is in `world`.
    pub(super) fn in_world(&self, whole: &Value, world: &World) -> Value {
        let resolved = match &self.known {
            Known::Choice(choice) => match choice.condition.holds(world) {
                Some(true) => choice.then.in_world(world),
                Some(false) => choice.otherwise.in_world(world),
                None => return whole.clone(),
            },
            Known::Variable(variable) => match world.get(variable) {
                Some(Literal::Bool(value)) => Value::new(Kind::Bool(*value), whole.origin.clone()),
                Some(Literal::String(text)) => Value::new(Kind::String(Text::synthetic(text)), whole.origin.clone()),
                Some(Literal::Other) | None => return whole.clone(),
            },
            Known::Parts(parts) => return join(parts, whole, world),
            Known::Encoding(value) => {
                let value = value.in_world(world);
                let known = Known::Encoding(Arc::new(value));
                Value::unknown(Unknown { known, ..self.clone() }, whole.origin.clone())
            }
            _ => return whole.clone(),
        };
        resolved.mark(whole.sensitive)
    }
}

/// The string made of `parts` as they are in `world`; `whole` again if a part stays unknown.
fn join(parts: &[StringPart], whole: &Value, world: &World) -> Value {
    let mut builder = TextBuilder::default();
    let mut resolved = Vec::with_capacity(parts.len());
    let mut open = false;
    for part in parts {
        match part {
            StringPart::Literal(text) => {
                builder.push_text(text);
                resolved.push(part.clone());
            }
            StringPart::Unknown(value) => {
                let value = value.in_world(world);
                match &value.kind {
                    Kind::String(text) => {
                        builder.push_text(text);
                        resolved.push(StringPart::Literal(text.clone()));
                    }
                    Kind::Bool(b) => push_scalar(&mut builder, &mut resolved, &b.to_string()),
                    Kind::Number(n) => push_scalar(&mut builder, &mut resolved, &n.to_string()),
                    _ => {
                        open = true;
                        resolved.push(StringPart::Unknown(value));
                    }
                }
            }
        }
    }
    let kind = match whole.as_unknown() {
        Some(unknown) if open => {
            Kind::Unknown(Arc::new(Unknown { known: Known::Parts(resolved.into()), ..unknown.clone() }))
        }
        _ => Kind::String(builder.finish()),
    };
    Value { kind, origin: Origin::clone(&whole.origin), sensitive: whole.sensitive }
}

fn push_scalar(builder: &mut TextBuilder, resolved: &mut Vec<StringPart>, text: &str) {
    builder.push(text, None);
    resolved.push(StringPart::Literal(Text::synthetic(text)));
}
