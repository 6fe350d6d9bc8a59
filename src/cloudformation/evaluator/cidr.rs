//! `Fn::Cidr`.

use std::net::{Ipv4Addr, Ipv6Addr};
use std::sync::Arc;

use ipnet::IpNet;

use super::{Evaluator, depends};
use crate::parse::node::Node;
use crate::source::Span;
use crate::value::{Kind, Origin, Reason, Text, Type, Unknown, Value};

/// "Valid range is between 1 and 256", `Fn::Cidr` in the CloudFormation template reference.
const MAX_COUNT: usize = 256;

impl Evaluator<'_> {
    /// `Fn::Cidr`: `[block, count, host bits]`
    pub(super) fn cidr(&mut self, argument: &Node, span: Span) -> Value {
        let arguments = argument.items();
        if !(2..=3).contains(&arguments.len()) {
            return self.invalid(span, "Fn::Cidr takes a block, a count and a number of bits");
        }
        let values: Vec<Value> = arguments.iter().map(|argument| self.evaluate(argument)).collect();
        let list = Type::List(Arc::new(Type::String));
        if let Some(unknown) = values.iter().find(|value| value.is_unknown()) {
            return depends(unknown, list, span);
        }
        let blocks = match values.as_slice() {
            [block, count, bits] => subnets(block, number(count), number(bits)),
            // Which size the blocks have then, the reference does not say.
            _ => {
                let reason = Reason::External("the size of the blocks of Fn::Cidr".into());
                return Value::unknown(Unknown::new(reason).typed(list), Origin::at(span));
            }
        };
        match blocks {
            Some(blocks) => {
                let items = blocks.iter().map(|block| Value::at(Kind::String(text(block)), span)).collect();
                Value::list(items).with_origin(Origin::at(span))
            }
            None => self.invalid(span, "Fn::Cidr cannot divide this block so"),
        }
    }
}

fn text(block: &IpNet) -> Text {
    Text::synthetic(&block.to_string())
}

fn number(value: &Value) -> Option<usize> {
    match &value.kind {
        Kind::Number(number) => number.as_i64()?.try_into().ok(),
        Kind::String(text) => text.as_str().trim().parse().ok(),
        _ => None,
    }
}

/// The first `count` blocks with `bits` host bits in `block`.
fn subnets(block: &Value, count: Option<usize>, bits: Option<usize>) -> Option<Vec<IpNet>> {
    let block: IpNet = block.as_str()?.parse().ok()?;
    let (count, bits) = (count.filter(|count| (1..=MAX_COUNT).contains(count))?, u8::try_from(bits?).ok()?);
    let prefix = block.max_prefix_len().checked_sub(bits).filter(|prefix| *prefix >= block.prefix_len())?;
    let available = 1u128.checked_shl(u32::from(prefix - block.prefix_len()));
    if available.is_some_and(|available| (count as u128) > available) {
        return None;
    }
    (0..count as u128)
        .map(|at| {
            let offset = at.checked_shl(u32::from(bits))?;
            match block.trunc() {
                IpNet::V4(block) => {
                    let start = u32::from(block.network()).checked_add(u32::try_from(offset).ok()?)?;
                    IpNet::new(Ipv4Addr::from(start).into(), prefix).ok()
                }
                IpNet::V6(block) => {
                    let start = u128::from(block.network()).checked_add(offset)?;
                    IpNet::new(Ipv6Addr::from(start).into(), prefix).ok()
                }
            }
        })
        .collect()
}
