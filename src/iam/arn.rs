//! Amazon resource names.

use super::symbol;

/// The fields of an ARN: `arn:partition:service:region:account:resource`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Arn<'a> {
    /// `aws`, `aws-cn`, `aws-us-gov`.
    pub partition: &'a str,
    /// `kms`, `s3`.
    pub service: &'a str,
    /// The region; empty for global resources.
    pub region: &'a str,
    /// The account; empty for buckets and the like.
    pub account: &'a str,
    /// The rest, colons included.
    pub resource: &'a str,
}

impl<'a> Arn<'a> {
    /// The fields of a text that has all six of them. Colons inside symbols do not count.
    pub fn parse(text: &'a str) -> Option<Self> {
        let rest = text.strip_prefix("arn:")?;
        let (partition, rest) = field(rest)?;
        let (service, rest) = field(rest)?;
        let (region, rest) = field(rest)?;
        let (account, resource) = field(rest)?;
        Some(Arn { partition, service, region, account, resource })
    }

    /// The fields in their order, without `arn`.
    pub fn fields(&self) -> [&'a str; 5] {
        [self.partition, self.service, self.region, self.account, self.resource]
    }
}

/// The text before the first colon outside a symbol, and the text after it.
fn field(text: &str) -> Option<(&str, &str)> {
    if !symbol::has(text) {
        return text.split_once(':');
    }
    let mut at = 0;
    for part in symbol::pieces(text) {
        if !symbol::has(part)
            && let Some(colon) = part.find(':')
        {
            return Some((&text[..at + colon], &text[at + colon + 1..]));
        }
        at += part.len();
    }
    None
}

/// Whether a text is an account id: twelve digits.
pub fn is_account_id(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a text leaves a choice to whoever makes a request: by a wildcard, or by a policy variable.
pub fn is_free(text: &str) -> bool {
    has_wildcard(text) || symbol::has_variable(text)
}

/// Whether a text holds a wildcard.
pub fn has_wildcard(text: &str) -> bool {
    text.contains(['*', '?'])
}
