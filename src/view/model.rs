//! A view as data.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use indexmap::IndexMap;
use rustc_hash::FxHashMap;

use crate::resource::Resource;
use crate::source::Span;
use crate::value::{Literal, Value};

/// One kind of AWS resource, described by its security-relevant settings.
#[derive(Clone, Debug)]
pub struct View {
    /// `aws.s3.bucket`
    pub name: Arc<str>,
    /// What people call it: `S3 bucket`.
    pub title: Arc<str>,
    /// The resource types it describes, each with its companions.
    pub shapes: Vec<Shape>,
    /// The settings by dotted name.
    pub settings: IndexMap<Arc<str>, Setting>,
    /// The view file, for messages about it.
    pub span: Span,
    /// What resources are for the view, by their type; worked out on first use.
    pub(crate) roles: OnceLock<FxHashMap<Arc<str>, Vec<Role>>>,
}

/// What resources of a type are for a view.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Role {
    /// Main resources of this shape.
    Main(usize),
    /// Companions of the main resources of this shape, its part of this number.
    Part(usize, usize),
}

/// How one resource type of one format keeps the settings.
#[derive(Clone, Debug)]
pub struct Shape {
    /// `aws_s3_bucket`, `AWS::S3::Bucket`, `policy.bucket`.
    pub ty: Arc<str>,
    /// The attributes whose literal value other resources may use to name it.
    pub names: Vec<Path>,
    /// Companion resources that hold some of the settings.
    pub parts: Vec<Part>,
}

/// A companion resource: `aws_s3_bucket_policy` for `aws_s3_bucket`.
#[derive(Clone, Debug)]
pub struct Part {
    /// The short name that locations use.
    pub name: Arc<str>,
    /// Its resource type.
    pub ty: Arc<str>,
    /// What makes it a companion.
    pub join: Join,
    /// Whether it is judged on its own where it belongs to no main resource.
    pub alone: bool,
}

/// What makes a resource a companion of a main resource.
#[derive(Clone, PartialEq, Debug)]
pub enum Join {
    /// It names the main resource at this path.
    NamesMain(Path),
    /// The main resource names it at this path.
    NamedByMain(Path),
    /// It is in the same unit: every main resource has it.
    Always,
}

/// One setting.
#[derive(Clone, Debug)]
pub struct Setting {
    /// What sort of value it is.
    pub ty: SettingType,
    /// Where each shape of the view keeps it, by the shape's number: the first that is present counts.
    pub locations: Vec<Vec<Location>>,
    /// What AWS does when it is absent.
    pub default: Default,
    /// The same for shapes that differ, by their numbers, and for those that have no such setting but are described by it.
    pub defaults: BTreeMap<usize, Default>,
    /// Whether it is read at every item of the lists on its way, as a list of its own.
    pub each: Each,
    /// The values it can take, for possible worlds; empty if there is no such list.
    pub values: Vec<Literal>,
    /// For lists: the settings of each item, whose locations are relative to it.
    pub items: IndexMap<Arc<str>, Setting>,
    /// Where it is declared in the view file.
    pub span: Span,
}

/// How lists on a setting's way are entered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Each {
    /// At the first item: the setting is one value.
    No,
    /// At every item: the setting is a list of values. Where a block on the way is absent, the default holds once.
    All,
    /// As `All`, but only where the block that would hold it is there.
    Present,
}

/// What AWS does when a setting is absent.
#[derive(Clone, Debug)]
pub enum Default {
    /// Rules see nothing.
    Absent,
    /// Rules see this value.
    Value(Value),
    /// It depends on something outside the configuration (an account default): rules see an unknown.
    Unknown(Arc<str>),
}

/// The sorts of settings.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SettingType {
    /// A boolean; the strings `"true"` and `"false"` count.
    Bool,
    /// A string; numbers and booleans are written out.
    String,
    /// A number; strings of digits count.
    Number,
    /// Whether something is there: `true` if the location has a value that is not empty.
    Present,
    /// A KMS key: see `key`.
    Key,
    /// A text to search: its known parts, decoded if it is Base64.
    Text,
    /// A secret: see `secret`. Rules learn where it comes from, never what it is.
    Secret,
    /// A policy document, normalised by `iam`, of this kind.
    Policy(Arc<str>),
    /// A list of items with settings of their own.
    List,
    /// What a value points at: `{"main": bool, "text": …}`, where `main` says that it names the main resource.
    Target,
    /// Another resource, with the settings that this view gives it, where it is in the unit.
    View(Arc<str>),
    /// Anything, as it is.
    Any,
}

/// A place where a setting is kept.
#[derive(Clone, Debug)]
pub struct Location {
    /// Which resource it is in.
    pub holder: Holder,
    /// The path from the resource's settings. `None`: the type has no such setting, the default holds.
    pub path: Option<Path>,
    /// Values that are written differently here: as written → as rules see them.
    pub map: BTreeMap<Literal, Literal>,
}

/// The resource in which a setting is kept.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Holder {
    /// The main resource, among its settings.
    Main,
    /// The main resource, beside its settings: `lifecycle`, `Metadata`, `DeletionPolicy`.
    Meta,
    /// The companions of this name.
    Part(Arc<str>),
}

/// A path of steps. Lists on the way are entered at their first item unless a step says otherwise.
#[derive(Clone, PartialEq, Eq, Debug, std::default::Default)]
pub struct Path(pub Vec<Step>);

/// A step of a [`Path`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Step {
    /// Into the entry of this key.
    Key(Arc<str>),
    /// Into the item of a list whose entry is this: `[name=require_ssl]`.
    Where(Arc<str>, Arc<str>),
    /// Into all items of a list, at the end of a list setting's path: `origin_group[].member`.
    All,
    /// Into the JSON document that a string holds: `configuration[json].EncryptionConfiguration`. A mapping or list is
    /// entered as it is.
    Json,
}

impl Path {
    /// Parses `a.b[name=x].c[].d`; keys with dots are quoted: `a."b.c"`.
    pub fn parse(text: &str) -> Path {
        let mut steps = Vec::new();
        let mut rest = text;
        while !rest.is_empty() {
            rest = rest.strip_prefix('.').unwrap_or(rest);
            if let Some(quoted) = rest.strip_prefix('"') {
                let end = quoted.find('"').unwrap_or(quoted.len());
                steps.push(Step::Key(quoted[..end].into()));
                rest = quoted.get(end + 1..).unwrap_or("");
            } else if let Some(inner) = rest.strip_prefix('[') {
                let end = inner.find(']').unwrap_or(inner.len());
                steps.push(match inner[..end].split_once('=') {
                    Some((key, value)) => Step::Where(key.into(), value.into()),
                    None if &inner[..end] == "json" => Step::Json,
                    None => Step::All,
                });
                rest = inner.get(end + 1..).unwrap_or("");
            } else {
                let end = rest.find(['.', '[']).unwrap_or(rest.len());
                steps.push(Step::Key(rest[..end].into()));
                rest = &rest[end..];
            }
        }
        Path(steps)
    }
}

impl std::fmt::Display for Path {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (i, step) in self.0.iter().enumerate() {
            match step {
                Step::Key(key) => write!(f, "{}{key}", if i == 0 { "" } else { "." })?,
                Step::Where(key, value) => write!(f, "[{key}={value}]")?,
                Step::All => f.write_str("[]")?,
                Step::Json => f.write_str("[json]")?,
            }
        }
        Ok(())
    }
}

impl Setting {
    /// Where a shape of the view keeps it; nothing if it has no such setting.
    pub fn locations(&self, shape: usize) -> &[Location] {
        self.locations.get(shape).map_or(&[], Vec::as_slice)
    }

    /// What AWS does when it is absent from a resource of this shape.
    pub fn default(&self, shape: usize) -> &Default {
        self.defaults.get(&shape).unwrap_or(&self.default)
    }
}

impl Location {
    /// Where in its resource the path starts.
    pub(super) fn root<'a>(&self, resource: &'a Resource) -> &'a Value {
        if self.holder == Holder::Meta { &resource.meta } else { &resource.values }
    }
}

impl View {
    /// What resources of a type are for this view.
    pub(super) fn roles(&self, ty: &str) -> &[Role] {
        let roles = self.roles.get_or_init(|| {
            let mut roles: FxHashMap<Arc<str>, Vec<Role>> = FxHashMap::default();
            for (number, shape) in self.shapes.iter().enumerate() {
                roles.entry(Arc::clone(&shape.ty)).or_default().push(Role::Main(number));
                for (at, part) in shape.parts.iter().enumerate() {
                    roles.entry(Arc::clone(&part.ty)).or_default().push(Role::Part(number, at));
                }
            }
            roles
        });
        roles.get(ty).map_or(&[], Vec::as_slice)
    }

    /// The shape for a resource type.
    pub fn shape(&self, ty: &str) -> Option<&Shape> {
        self.shapes.iter().find(|shape| &*shape.ty == ty)
    }

    /// Whether the view describes this type, as main resource or companion.
    pub fn covers(&self, ty: &str) -> bool {
        self.shapes.iter().any(|shape| &*shape.ty == ty || shape.parts.iter().any(|part| &*part.ty == ty))
    }
}

impl SettingType {
    /// The type of this name in a view file.
    pub fn parse(name: &str) -> Option<SettingType> {
        Some(match name {
            "bool" => SettingType::Bool,
            "string" => SettingType::String,
            "number" => SettingType::Number,
            "present" => SettingType::Present,
            "key" => SettingType::Key,
            "list" => SettingType::List,
            "secret" => SettingType::Secret,
            "text" => SettingType::Text,
            "target" => SettingType::Target,
            "any" => SettingType::Any,
            other => match other.strip_prefix("view.") {
                Some(view) => SettingType::View(view.into()),
                None => SettingType::Policy(other.strip_prefix("policy.")?.into()),
            },
        })
    }
}
