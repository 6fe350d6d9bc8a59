//! Terraform configurations to resources.
