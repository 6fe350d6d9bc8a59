//! What tags mean: CloudFormation's short forms and YAML's own types.

use granit_parser::Tag;

/// The intrinsic functions that have a short form `!Name` for `Fn::Name`
/// (<https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html>).
const FUNCTIONS: [&str; 24] = [
    "And",
    "Base64",
    "Cidr",
    "Contains",
    "EachMemberEquals",
    "EachMemberIn",
    "Equals",
    "FindInMap",
    "GetAZs",
    "GetAtt",
    "If",
    "ImportValue",
    "Join",
    "Length",
    "Not",
    "Or",
    "RefAll",
    "Select",
    "Split",
    "Sub",
    "ToJsonString",
    "Transform",
    "ValueOf",
    "ValueOfAll",
];

/// The meaning of a tag.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Meaning {
    /// A function's short form: the key of the long form.
    Function(Box<str>),
    /// One of YAML's own types: `str`, `int`, `map`.
    Core(Box<str>),
    /// `!`: a string, whatever it looks like.
    NonSpecific,
    /// Anything else, as it is written.
    Other(Box<str>),
}

/// The meaning of a tag.
pub(super) fn meaning(tag: &Tag) -> Meaning {
    if let Some(suffix) = tag.core_suffix() {
        return Meaning::Core(suffix.into());
    }
    let written = tag.original();
    match written.strip_prefix('!') {
        Some("") => Meaning::NonSpecific,
        Some(name @ ("Ref" | "Condition")) => Meaning::Function(name.into()),
        Some(name) if FUNCTIONS.contains(&name) => Meaning::Function(format!("Fn::{name}").into()),
        _ => Meaning::Other(written.into()),
    }
}
