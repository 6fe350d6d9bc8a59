//! HCL native syntax: `.tf`, `.tofu`, `.tfvars`, and templates (`templatefile`).
//!
//! Accepts what Go's `hclsyntax` accepts (<https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md>) and recovers
//! from errors at the next item of the enclosing body.

pub mod ast;
