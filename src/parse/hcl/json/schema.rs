//! Which properties of a `.tf.json` document are blocks, and how their strings are read.
//!
//! JSON does not tell blocks from arguments; Terraform's own blocks are known, those of providers are not.
//! <https://developer.hashicorp.com/terraform/language/syntax/json#block-type-specific-exceptions>

/// How the strings of an argument are read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Reading {
    /// As templates.
    Template,
    /// As they are.
    Literal,
    /// As expressions of the native syntax: references, types and keywords.
    Expression,
    /// As they are, but for `configuration_aliases`, which are expressions.
    ProviderRequirement,
}

/// What a body may hold.
#[derive(Debug)]
pub(super) struct Schema {
    /// The blocks.
    pub(super) blocks: &'static [BlockType],
    /// The arguments that are not read as the others.
    pub(super) special: &'static [(&'static str, Reading)],
    /// How the other arguments are read.
    pub(super) reading: Reading,
}

/// A type of block.
#[derive(Debug)]
pub(super) struct BlockType {
    /// The name.
    pub(super) name: &'static str,
    /// How many labels it has.
    pub(super) labels: usize,
    /// The inside.
    pub(super) inside: &'static Schema,
}

const fn block(name: &'static str, labels: usize, inside: &'static Schema) -> BlockType {
    BlockType { name, labels, inside }
}

use Reading::{Expression, Literal, ProviderRequirement, Template};

/// Arguments only.
static PLAIN: Schema = Schema { blocks: &[], special: &[], reading: Template };

/// A document of variables' values: nothing in it is evaluated.
pub(super) static VALUES: Schema = Schema { blocks: &[], special: &[], reading: Literal };

/// A whole configuration file.
pub(super) static FILE: Schema = Schema {
    blocks: &[
        block("resource", 2, &RESOURCE),
        block("data", 2, &RESOURCE),
        block("ephemeral", 2, &RESOURCE),
        block("action", 2, &ACTION),
        block("variable", 1, &VARIABLE),
        block("output", 1, &OUTPUT),
        block("locals", 0, &PLAIN),
        block("module", 1, &MODULE),
        block("provider", 1, &PLAIN),
        block("terraform", 0, &TERRAFORM),
        block("check", 1, &CHECK),
        block("moved", 0, &MOVED),
        block("import", 0, &IMPORT),
        block("removed", 0, &REMOVED),
    ],
    special: &[],
    reading: Template,
};

static RESOURCE: Schema = Schema {
    blocks: &[
        block("lifecycle", 0, &LIFECYCLE),
        block("connection", 0, &PLAIN),
        block("provisioner", 1, &PROVISIONER),
        block("dynamic", 1, &DYNAMIC),
    ],
    special: &[("depends_on", Expression), ("provider", Expression)],
    reading: Template,
};

static LIFECYCLE: Schema = Schema {
    blocks: &[
        block("precondition", 0, &PLAIN),
        block("postcondition", 0, &PLAIN),
        block("action_trigger", 0, &TRIGGER),
    ],
    special: &[("ignore_changes", Expression), ("replace_triggered_by", Expression)],
    reading: Template,
};

static TRIGGER: Schema =
    Schema { blocks: &[], special: &[("events", Expression), ("actions", Expression)], reading: Template };

static PROVISIONER: Schema = Schema {
    blocks: &[block("connection", 0, &PLAIN)],
    special: &[("when", Expression), ("on_failure", Expression)],
    reading: Template,
};

static DYNAMIC: Schema =
    Schema { blocks: &[block("content", 0, &CONTENT)], special: &[("iterator", Expression)], reading: Template };

static CONTENT: Schema = Schema { blocks: &[block("dynamic", 1, &DYNAMIC)], special: &[], reading: Template };

static ACTION: Schema = Schema {
    blocks: &[block("config", 0, &CONTENT)],
    special: &[("depends_on", Expression), ("provider", Expression)],
    reading: Template,
};

static VARIABLE: Schema =
    Schema { blocks: &[block("validation", 0, &PLAIN)], special: &[("type", Expression)], reading: Literal };

static OUTPUT: Schema =
    Schema { blocks: &[block("precondition", 0, &PLAIN)], special: &[("depends_on", Expression)], reading: Template };

static MODULE: Schema =
    Schema { blocks: &[], special: &[("depends_on", Expression), ("providers", Expression)], reading: Template };

static TERRAFORM: Schema = Schema {
    blocks: &[
        block("backend", 1, &VALUES),
        block("cloud", 0, &CLOUD),
        block("required_providers", 0, &REQUIRED_PROVIDERS),
        block("provider_meta", 1, &PLAIN),
    ],
    special: &[],
    reading: Literal,
};

static CLOUD: Schema = Schema { blocks: &[block("workspaces", 0, &VALUES)], special: &[], reading: Literal };

static REQUIRED_PROVIDERS: Schema = Schema { blocks: &[], special: &[], reading: ProviderRequirement };

static CHECK: Schema =
    Schema { blocks: &[block("data", 2, &RESOURCE), block("assert", 0, &PLAIN)], special: &[], reading: Template };

static MOVED: Schema = Schema { blocks: &[], special: &[], reading: Expression };

static IMPORT: Schema =
    Schema { blocks: &[], special: &[("to", Expression), ("provider", Expression)], reading: Template };

static REMOVED: Schema = Schema {
    blocks: &[block("lifecycle", 0, &PLAIN), block("provisioner", 1, &PROVISIONER)],
    special: &[("from", Expression)],
    reading: Template,
};
