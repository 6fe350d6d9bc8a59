//! Addresses of modules, resources and their instances.
//!
//! <https://developer.hashicorp.com/terraform/cli/state/resource-addressing>

use std::fmt::Write;
use std::sync::Arc;

/// Which instance of a resource or module.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Key {
    /// There is only one, or it is not known how many.
    None,
    /// By `count`.
    Index(usize),
    /// By `for_each`.
    Name(Arc<str>),
}

/// `base` within `module`, of which this is the instance `key`.
pub(super) fn instance(module: &str, base: &str, key: &Key) -> Arc<str> {
    let mut address = String::with_capacity(module.len() + base.len() + 8);
    if !module.is_empty() {
        address.push_str(module);
        address.push('.');
    }
    address.push_str(base);
    match key {
        Key::None => {}
        Key::Index(index) => {
            let _ = write!(address, "[{index}]");
        }
        Key::Name(name) => {
            address.push_str("[\"");
            for c in name.chars() {
                match c {
                    '"' | '\\' => address.extend(['\\', c]),
                    '\n' => address.push_str("\\n"),
                    '\t' => address.push_str("\\t"),
                    '\r' => address.push_str("\\r"),
                    _ => address.push(c),
                }
            }
            address.push_str("\"]");
        }
    }
    address.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_terraforms() {
        assert_eq!(&*instance("", "aws_kms_key.k", &Key::None), "aws_kms_key.k");
        assert_eq!(&*instance("module.a[0]", "aws_kms_key.k", &Key::Index(2)), "module.a[0].aws_kms_key.k[2]");
        assert_eq!(&*instance("", "module.a", &Key::Name("x\"y".into())), "module.a[\"x\\\"y\"]");
    }
}
