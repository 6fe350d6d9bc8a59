//! Terraform configurations to resources.

pub mod scope;
