//! YAML, as Terraform's `go-cty-yaml` writes and reads it.

mod decode;
mod encode;
mod scalar;

use super::sequence::unknown_from;
use super::string::{text, whole};
use super::{Context, Failure, Function, Outcome, Param, Shape};
use crate::value::{Type, Value};

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("yamlencode", &[Param::new("value", Shape::Any).null().whole()], Shape::String, |_, args| {
        Ok(whole(&args[0], &encode::encode(&args[0])?))
    }),
    Function::new("yamldecode", &[Param::new("src", Shape::String).unknown()], Shape::Any, yamldecode),
];

fn yamldecode(context: &mut Context<'_, '_>, args: &[Value]) -> Outcome {
    if args[0].is_unknown() {
        return Ok(unknown_from(&args[0], Type::Dynamic));
    }
    let place = args[0].origin.span.unwrap_or(context.span);
    decode::decode(text(args, 0)?, place).map_err(|message| Failure::of(0, message))
}
