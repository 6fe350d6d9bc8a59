//! The functions of the AWS provider that need nothing but their arguments: `provider::aws::*`.
//!
//! <https://registry.terraform.io/providers/hashicorp/aws/latest/docs/functions/arn_parse> and its neighbours.

use super::string::{str, whole};
use super::{Context, Failure, Function, Outcome, Param, Shape};
use crate::terraform::expr::Joined;
use crate::value::Value;

const ARN: Param = Param::new("arn", Shape::String);

/// The parts of an ARN between its colons. A part that is not known is a part of the result all the same.
const PARTS: [Param; 5] = [
    Param::new("partition", Shape::String).unknown(),
    Param::new("service", Shape::String).unknown(),
    Param::new("region", Shape::String).unknown(),
    Param::new("account_id", Shape::String).unknown(),
    Param::new("resource", Shape::String).unknown(),
];

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("provider::aws::arn_build", &PARTS, Shape::String, arn_build).source(4),
    Function::new("provider::aws::arn_parse", &[ARN], Shape::Any, arn_parse),
    Function::new("provider::aws::trim_iam_role_path", &[ARN], Shape::String, trim_iam_role_path),
];

fn arn_build(context: &mut Context<'_, '_>, args: &[Value]) -> Outcome {
    let mut arn = Joined::default();
    arn.push("arn", None);
    for part in args {
        arn.push(":", None);
        arn.push_value(part.clone());
    }
    Ok(arn.finish(context.span))
}

fn arn_parse(_: &mut Context<'_, '_>, args: &[Value]) -> Outcome {
    let parts = sections(str(args, 0)?)?;
    let names = ["partition", "service", "region", "account_id", "resource"];
    Ok(Value::from_pairs(names.into_iter().zip(parts.map(|part| whole(&args[0], part)))))
}

/// The ARN of a role without the path before its name.
fn trim_iam_role_path(_: &mut Context<'_, '_>, args: &[Value]) -> Outcome {
    let arn = str(args, 0)?;
    let [_, service, region, _, resource] = sections(arn)?;
    let name = match resource.strip_prefix("role/") {
        Some(role) if service == "iam" && region.is_empty() => role.rsplit('/').next().unwrap_or(role),
        _ => return Err(Failure::of(0, "this is no ARN of a role")),
    };
    let before = &arn[..arn.len() - resource.len()];
    Ok(whole(&args[0], &format!("{before}role/{name}")))
}

/// Partition, service, region, account and resource of an ARN.
fn sections(arn: &str) -> Result<[&str; 5], Failure> {
    let parts: Vec<&str> = arn.splitn(6, ':').collect();
    match parts.as_slice() {
        ["arn", partition, service, region, account, resource] => Ok([partition, service, region, account, resource]),
        _ => Err(Failure::of(0, "this is no ARN")),
    }
}
