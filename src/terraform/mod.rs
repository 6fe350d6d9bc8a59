//! Terraform configurations to resources.

mod address;
mod body;
mod call;
pub mod convert;
mod data;
mod digest;
mod directory;
mod ephemeral;
pub mod eval;
mod evaluation;
pub mod expr;
pub mod functions;
mod instances;
mod language;
mod module;
mod names;
mod node;
pub mod notation;
mod overrides;
mod passing;
mod place;
pub mod plan;
mod providers;
mod request;
mod resources;
mod roots;
pub mod scope;
pub mod set;
mod undeclared;
mod values;
mod variables;

#[cfg(test)]
mod tests;

pub use data::POLICY_DOCUMENT;
pub use directory::{ConfigFile, Directory, check_values};
pub use request::{Assignment, Inputs, Installed, Loader, Request, normalize};
pub use roots::{Evaluated, evaluate, evaluate_root};
pub use values::{value, values};
