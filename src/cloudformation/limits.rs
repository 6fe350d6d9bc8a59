//! Bounds on the work that a template can ask for.
//!
//! CloudFormation itself allows 500 resources, 200 parameters and 1 MB of template; these bounds leave room above.

/// How deep the parts of an expanded template may nest.
pub(super) const DEPTH: usize = 200;
/// How many nodes may be evaluated for one template with everything nested in it.
pub(super) const NODES: usize = 4_000_000;
/// The longest string that is put together, in bytes.
pub(super) const STRING_BYTES: usize = 1 << 20;
/// All strings that are put together for one template, in bytes.
pub(super) const TOTAL_BYTES: usize = 64 << 20;
/// The longest list that `Fn::Split` and `Fn::Cidr` make.
pub(super) const LIST_ITEMS: usize = 10_000;
/// How many nodes `Fn::ForEach` and included files may add to one template.
pub(super) const EXPANDED_NODES: usize = 300_000;
/// How many resources are kept, nested stacks included.
pub(super) const RESOURCES: usize = 20_000;
/// How deep stacks may nest.
pub(super) const STACKS: usize = 8;
/// How many parts a condition's formula may have; beyond, the condition is taken as one that is decided outside.
pub(super) const FORMULA: usize = 2_000;
/// How many values a key that is not known is tried with.
pub(super) const CANDIDATES: usize = 256;
/// How many different values a look-up by a key that is not known may have.
pub(super) const GROUPS: usize = 64;
/// How many diagnostics one template gives.
pub(super) const DIAGNOSTICS: usize = 500;
/// How many nested stacks are evaluated for one template.
pub(super) const STACKS_IN_ALL: usize = 200;
/// How many unknown parts one value may have, shared ones counted each time.
pub(super) const UNKNOWN_PARTS: usize = 4_000;
/// How many parts a value with unknown ones may have.
pub(super) const VALUE_NODES: usize = 400_000;
