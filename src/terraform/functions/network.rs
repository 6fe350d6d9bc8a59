//! Addresses and their blocks (`cidr*`; go-cidr, with IPv4 octets that may have leading zeros).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::number::{int, num};
use super::sequence::list;
use super::string::{str, whole};
use super::{Context, Failure, Function, Outcome, Param, Shape};
use crate::value::{Number, Type, Value};

const PREFIX: Param = Param::new("prefix", Shape::String);

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("cidrhost", &[PREFIX, Param::new("hostnum", Shape::Number)], Shape::String, cidrhost),
    Function::new("cidrnetmask", &[PREFIX], Shape::String, cidrnetmask),
    Function::new(
        "cidrsubnet",
        &[PREFIX, Param::new("newbits", Shape::Number), Param::new("netnum", Shape::Number)],
        Shape::String,
        cidrsubnet,
    ),
    Function::new("cidrsubnets", &[PREFIX], Shape::ListOfString, cidrsubnets)
        .rest(Param::new("newbits", Shape::Number)),
    Function::new(
        "cidrcontains",
        &[Param::new("containing_prefix", Shape::String), Param::new("contained_ip_or_prefix", Shape::String)],
        Shape::Bool,
        cidrcontains,
    ),
];

/// A block of addresses: the first one as a number, with all host bits zero.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Block {
    address: u128,
    length: u32,
    v4: bool,
}

impl Block {
    fn bits(self) -> u32 {
        if self.v4 { 32 } else { 128 }
    }

    /// The number of addresses minus one.
    fn last_host(self) -> u128 {
        mask(self.bits() - self.length)
    }

    fn new(address: u128, length: u32, v4: bool) -> Self {
        let block = Block { address, length, v4 };
        Block { address: address & !block.last_host(), ..block }
    }
}

/// The lowest bits set.
fn mask(bits: u32) -> u128 {
    1u128.checked_shl(bits).map_or(u128::MAX, |power| power - 1)
}

impl std::fmt::Display for Block {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", show(self.address, self.v4), self.length)
    }
}

/// As Go prints an address: IPv6 in its short form; one that maps IPv4 as IPv4.
fn show(address: u128, v4: bool) -> String {
    if v4 {
        return Ipv4Addr::from(address as u32).to_string();
    }
    let address = Ipv6Addr::from(address);
    match address.to_ipv4_mapped() {
        Some(v4) => v4.to_string(),
        None => {
            // Rust writes compatible addresses with dots, Go with groups alone.
            let segments = address.segments();
            if segments[..6].iter().all(|segment| *segment == 0) && segments[6] != 0 {
                format!("::{:x}:{:x}", segments[6], segments[7])
            } else {
                address.to_string()
            }
        }
    }
}

fn parse_address(text: &str) -> Option<(u128, bool)> {
    if text.contains(':') {
        return match text.parse::<IpAddr>().ok()? {
            IpAddr::V6(address) => Some((address.into(), false)),
            IpAddr::V4(_) => None,
        };
    }
    let octets: Vec<&str> = text.split('.').collect();
    if octets.len() != 4 {
        return None;
    }
    let address = octets.iter().try_fold(0u32, |address, octet| {
        let digits = !octet.is_empty() && octet.bytes().all(|b| b.is_ascii_digit());
        let trimmed = octet.trim_start_matches('0');
        let value = if trimmed.is_empty() { 0 } else { trimmed.parse::<u8>().ok()? };
        digits.then_some(address << 8 | u32::from(value))
    })?;
    Some((address.into(), true))
}

fn parse_block(text: &str) -> Option<Block> {
    let (address, length) = text.split_once('/')?;
    let (address, v4) = parse_address(address)?;
    if length.is_empty() || !length.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let length = length.parse::<u32>().ok()?;
    (length <= if v4 { 32 } else { 128 }).then(|| Block::new(address, length, v4))
}

fn block(args: &[Value], index: usize) -> Result<Block, Failure> {
    let text = str(args, index)?;
    parse_block(text)
        .ok_or_else(|| Failure::of(index, format!("invalid CIDR expression: invalid CIDR address: {text}")))
}

/// A whole number that may be greater than an `i64`.
fn wide(number: &Number) -> Option<i128> {
    number.to_radix(10)?.parse().ok()
}

fn cidrhost(_: &mut Context<'_, '_>, args: &[Value]) -> Outcome {
    let block = block(args, 0)?;
    let host = wide(num(args, 1)?).ok_or_else(|| Failure::of(1, "a whole number is required"))?;
    let last = block.last_host();
    let too_great =
        || Failure::of(1, format!("prefix of {} does not accommodate a host numbered {host}", block.length));
    let offset = if host < 0 {
        // From the end: -1 is the last address.
        let from_end = host.unsigned_abs() - 1;
        last.checked_sub(from_end).ok_or_else(too_great)?
    } else {
        let offset = host.unsigned_abs();
        if offset > last {
            return Err(too_great());
        }
        offset
    };
    Ok(whole(&args[0], &show(block.address | offset, block.v4)))
}

fn cidrnetmask(_: &mut Context<'_, '_>, args: &[Value]) -> Outcome {
    let block = block(args, 0)?;
    if !block.v4 {
        return Err(Failure::of(0, "IPv6 addresses cannot have a netmask"));
    }
    Ok(whole(&args[0], &show(!block.last_host() & mask(32), true)))
}

fn subnet(block: Block, bits: i64, number: i128) -> Result<Block, Failure> {
    let bits = u32::try_from(bits).map_err(|_| Failure::of(1, "must not be negative"))?;
    let length = block.length.saturating_add(bits);
    if length > block.bits() {
        return Err(Failure::of(
            1,
            format!("insufficient address space to extend prefix of {} by {bits}", block.length),
        ));
    }
    let number = u128::try_from(number).map_err(|_| Failure::of(2, "must not be negative"))?;
    if number > mask(bits) {
        return Err(Failure::of(
            2,
            format!("prefix extension of {bits} does not accommodate a subnet numbered {number}"),
        ));
    }
    let shifted = number.checked_shl(block.bits() - length).unwrap_or(0);
    Ok(Block::new(block.address | shifted, length, block.v4))
}

fn cidrsubnet(_: &mut Context<'_, '_>, args: &[Value]) -> Outcome {
    let block = block(args, 0)?;
    let number = wide(num(args, 2)?).ok_or_else(|| Failure::of(2, "a whole number is required"))?;
    let subnet = subnet(block, int(args, 1)?, number)?;
    Ok(whole(&args[0], &subnet.to_string()))
}

fn cidrsubnets(_: &mut Context<'_, '_>, args: &[Value]) -> Outcome {
    let outer = block(args, 0)?;
    let mut subnets = Vec::with_capacity(args.len());
    // The first address that is free; `None` past the last one of all.
    let mut next = Some(outer.address);
    for index in 1..args.len() {
        let bits = int(args, index)?;
        let bits = u32::try_from(bits).ok().filter(|bits| *bits > 0);
        let bits = bits.ok_or_else(|| Failure::of(index, "must extend prefix by at least one bit"))?;
        if bits > 32 {
            return Err(Failure::of(index, "may not extend prefix by more than 32 bits"));
        }
        let length = outer.length + bits;
        if length > outer.bits() {
            let message = format!("would extend prefix to {length} bits, which is too long");
            return Err(Failure::of(index, message));
        }
        let size = mask(outer.bits() - length);
        let full = || {
            Failure::of(
                index,
                format!("not enough remaining address space for a subnet with a prefix of {length} bits"),
            )
        };
        // Subnets start at a multiple of their size.
        let start = next.and_then(|next| next.checked_add(size)).map(|start| start & !size).ok_or_else(full)?;
        let end = start.checked_add(size).ok_or_else(full)?;
        if end > outer.address + outer.last_host() {
            return Err(full());
        }
        subnets.push(
            whole(&args[0], &Block::new(start, length, outer.v4).to_string()).with_origin(args[0].origin.clone()),
        );
        next = end.checked_add(1);
    }
    Ok(list(Type::String, subnets))
}

fn cidrcontains(_: &mut Context<'_, '_>, args: &[Value]) -> Outcome {
    let outer = block(args, 0)?;
    let text = str(args, 1)?;
    let inner = match parse_address(text) {
        Some((address, v4)) => Block::new(address, if v4 { 32 } else { 128 }, v4),
        None => parse_block(text).ok_or_else(|| Failure::of(1, format!("invalid IP address or prefix: {text}")))?,
    };
    if inner.v4 != outer.v4 {
        return Err(Failure::of(1, "address family mismatch: both must be IPv4 or both IPv6"));
    }
    Ok(Value::bool(inner.length >= outer.length && inner.address & !outer.last_host() == outer.address))
}
