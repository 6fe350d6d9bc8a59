//! Terraform configurations to resources.

pub mod convert;
pub mod expr;
pub mod functions;
pub mod scope;
pub mod set;
