//! CloudFormation and SAM templates to resources.

mod inputs;

pub use inputs::{Inputs, Parameters};
