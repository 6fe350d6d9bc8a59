//! Rego rules: load, evaluate, memoise; verdicts over possible worlds.
