//! Values from outside, as flags.

use std::path::PathBuf;

use crate::iam::kind::PolicyKind;
use crate::project::Given;

/// Values of Terraform variables.
#[derive(clap::Args, Debug, Default)]
pub(super) struct VariableArgs {
    /// The value of a Terraform variable of root modules
    #[arg(long, value_name = "NAME=VALUE", value_parser = assignment)]
    var: Vec<(String, String)>,
    /// Take values of Terraform variables from TF_VAR_* in the environment too
    #[arg(long)]
    env_vars: bool,
    /// A file of values of Terraform variables
    #[arg(long, value_name = "FILE")]
    var_file: Vec<PathBuf>,
}

/// Values of Terraform variables and CloudFormation parameters.
#[derive(clap::Args, Debug, Default)]
pub(super) struct InputArgs {
    #[command(flatten)]
    variables: VariableArgs,
    /// Where the Terraform configuration of plans lies, to point to it [default: beside each plan]
    #[arg(long, value_name = "DIR")]
    config_dir: Option<PathBuf>,
    /// The value of a CloudFormation parameter, or of a pseudo parameter such as AWS::Region
    #[arg(long, value_name = "NAME=VALUE", value_parser = assignment)]
    parameter: Vec<(String, String)>,
    /// A file of values of CloudFormation parameters, as the AWS command line reads it
    #[arg(long, value_name = "FILE")]
    parameters: Vec<PathBuf>,
    /// What the policy files are, where their statements do not tell: key, bucket, identity, trust, topic, queue,
    /// secret, resource
    #[arg(long, value_name = "KIND", value_parser = policy_kind)]
    policy_kind: Option<PolicyKind>,
}

fn policy_kind(text: &str) -> Result<PolicyKind, String> {
    PolicyKind::parse(text).filter(|kind| *kind != PolicyKind::Grant).ok_or_else(|| {
        let kinds = PolicyKind::ALL.iter().filter(|kind| **kind != PolicyKind::Grant);
        format!("expected one of {}", kinds.map(|kind| kind.as_str()).collect::<Vec<_>>().join(", "))
    })
}

fn assignment(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.trim().is_empty() => Ok((name.trim().to_string(), value.to_string())),
        _ => Err("expected NAME=VALUE".to_string()),
    }
}

impl VariableArgs {
    /// The values that flags give.
    pub(super) fn given(&self) -> Given {
        Given {
            variables: self.var.clone(),
            environment: self.env_vars,
            variable_files: self.var_file.clone(),
            ..Given::default()
        }
    }
}

impl InputArgs {
    /// The values that flags give.
    pub(super) fn given(&self) -> Given {
        Given {
            config_dir: self.config_dir.clone(),
            parameters: self.parameter.clone(),
            parameter_files: self.parameters.clone(),
            policy_kind: self.policy_kind,
            ..self.variables.given()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_may_hold_equals_signs() {
        assert_eq!(assignment("a=b=c"), Ok(("a".to_string(), "b=c".to_string())));
        assert!(assignment("a").is_err() && assignment("=b").is_err());
    }
}
