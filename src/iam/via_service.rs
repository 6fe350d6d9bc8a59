//! The values that `kms:ViaService` can have: `SERVICE.REGION.DOMAIN`, in lower case.
//!
//! Source: "kms:ViaService" (KMS developer guide, "AWS KMS condition keys").

use super::condition::Test;
use super::{services, symbol};
use crate::partition::{COMMERCIAL, PARTITIONS, Partition};

/// Why a value of a condition never matches, if that is certain: `Ok` for a value that can match, else what may be meant.
///
/// # Errors
/// The service that may be meant instead, if one is near.
pub fn check(test: Test, value: &str) -> Result<(), Option<&'static str>> {
    let wild = match test {
        Test::StringLike | Test::Arn => true,
        // Stars that stand for themselves are reported as such.
        _ if value.contains(['*', '?']) => return Ok(()),
        _ => false,
    };
    let lower = value.to_lowercase();
    let value = if test == Test::StringEqualsIgnoreCase { &lower } else { value };
    let pattern: Vec<Letter> = symbol::split(value)
        .flat_map(|part| match part {
            symbol::Part::Literal(text) => text.chars().map(|c| Letter::of(c, wild)).collect::<Vec<_>>(),
            symbol::Part::Symbol(_) => vec![Letter::Any],
        })
        .collect();
    if !PARTITIONS.iter().any(|partition| meets(&pattern, &shape(partition))) {
        return Err(None);
    }
    match value.split_once('.').map(|(name, _)| name).filter(|name| !symbol::has(name) && !name.contains(['*', '?'])) {
        Some(name) => services::meant(name).map_or(Ok(()), |right| Err(Some(right))),
        None => Ok(()),
    }
}

/// A piece of a value in a policy.
#[derive(Clone, Copy)]
enum Letter {
    /// This character.
    One(char),
    /// Any one character.
    Some,
    /// Any text.
    Any,
}

impl Letter {
    fn of(c: char, wild: bool) -> Self {
        match c {
            '*' if wild => Letter::Any,
            '?' if wild => Letter::Some,
            c => Letter::One(c),
        }
    }

    /// Whether it, or its first character, can be what stands at a place of a shape.
    fn can_be(self, place: Place) -> bool {
        match (self, place) {
            (Letter::One(c), Place::Fixed(fixed)) => c == fixed,
            (Letter::One(c), Place::Word | Place::Words) => c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-',
            (Letter::Some | Letter::Any, _) => true,
        }
    }
}

/// A place in the shape of values.
#[derive(Clone, Copy)]
enum Place {
    /// This character.
    Fixed(char),
    /// A character of a label.
    Word,
    /// More of them, or none.
    Words,
}

/// What values look like in a partition: a service, a region of three words, the domain.
fn shape(partition: &Partition) -> Vec<Place> {
    let word = [Place::Word, Place::Words];
    let mut shape = word.to_vec();
    shape.push(Place::Fixed('.'));
    if *partition == COMMERCIAL {
        // Services of other partitions use its domain too.
        shape.extend(word);
        shape.push(Place::Fixed('-'));
    }
    shape.extend(partition.regions.chars().map(Place::Fixed));
    shape.extend(word);
    shape.push(Place::Fixed('-'));
    shape.extend(word);
    shape.push(Place::Fixed('.'));
    shape.extend(partition.suffix.chars().map(Place::Fixed));
    shape
}

/// Whether some text is both what a pattern stands for and of a shape.
fn meets(pattern: &[Letter], shape: &[Place]) -> bool {
    let width = shape.len() + 1;
    let mut seen = vec![false; (pattern.len() + 1) * width];
    let mut open = vec![(0, 0)];
    while let Some((at, place)) = open.pop() {
        match seen.get_mut(at * width + place) {
            Some(seen) if !*seen => *seen = true,
            _ => continue,
        }
        let (letter, wanted) = (pattern.get(at).copied(), shape.get(place).copied());
        if letter.is_none() && wanted.is_none() {
            return true;
        }
        if matches!(letter, Some(Letter::Any)) {
            open.push((at + 1, place));
        }
        if matches!(wanted, Some(Place::Words)) {
            open.push((at, place + 1));
        }
        if let (Some(letter), Some(wanted)) = (letter, wanted)
            && letter.can_be(wanted)
        {
            let at = if matches!(letter, Letter::Any) { at } else { at + 1 };
            let place = if matches!(wanted, Place::Words) { place } else { place + 1 };
            open.push((at, place));
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::iam::condition::Test;

    #[test]
    fn values_that_can_match() {
        for value in [
            "s3.us-east-1.amazonaws.com",
            "s3.us-gov-west-1.amazonaws.com",
            "s3.cn-north-1.amazonaws.com.cn",
            "s3.cn-north-1.amazonaws.com",
            "s3.eusc-de-east-1.amazonaws.eu",
            "s3.us-isof-south-1.csp.hci.ic.gov",
        ] {
            assert_eq!(check(Test::StringEquals, value), Ok(()), "{value}");
            assert_eq!(check(Test::StringLike, value), Ok(()), "{value}");
        }
        for value in ["*", "s3.*", "s3.*.amazonaws.com", "*.amazonaws.com", "s3.us-east-?.amazonaws.com*", "s3*"] {
            assert_eq!(check(Test::StringLike, value), Ok(()), "{value}");
        }
        assert_eq!(check(Test::StringEqualsIgnoreCase, "S3.us-east-1.amazonaws.com"), Ok(()));
    }

    #[test]
    fn values_that_never_match() {
        for value in [
            "s3.amazonaws.com",
            "dynamodb",
            "",
            "S3.us-east-1.amazonaws.com",
            "s3.us-east-1.amazonaws.com.cn",
            "s3.us-east-1.amazonaws.eu",
            "s3.us-east.amazonaws.com",
            "a.s3.us-east-1.amazonaws.com",
        ] {
            assert_eq!(check(Test::StringEquals, value), Err(None), "{value}");
        }
        for value in ["s3.amazonaws.*", "S3.*", "*.amazonaws.com.uk", "s3.?.amazonaws.com"] {
            assert_eq!(check(Test::StringLike, value), Err(None), "{value}");
        }
        assert_eq!(check(Test::StringEquals, "dynamodbb.us-east-1.amazonaws.com"), Err(Some("dynamodb")));
    }
}
