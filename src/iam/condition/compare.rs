//! One value of a policy against one value of a request.

use std::net::IpAddr;

use ipnet::IpNet;

use super::{Order, Test};
use crate::iam::arn::Arn;
use crate::iam::pattern::Pattern;
use crate::iam::symbol;
use crate::iam::truth::Truth;

/// Whether a value of a request passes the (positive) test against a value of a policy.
pub(super) fn passes(test: Test, policy: &str, request: &str) -> Truth {
    let open = symbol::has(policy) || symbol::has(request);
    match test {
        Test::StringEquals | Test::Binary => Pattern::literal(policy).matches(request),
        Test::StringEqualsIgnoreCase => Pattern::literal(&policy.to_lowercase()).matches(&request.to_lowercase()),
        Test::StringLike => Pattern::exact_case(policy).matches(request),
        Test::Arn => arn(policy, request),
        Test::Bool if open => Truth::Unknown,
        Test::Bool => policy.eq_ignore_ascii_case(request).into(),
        Test::Numeric(_) | Test::Date(_) | Test::Ip if open => Truth::Unknown,
        Test::Numeric(order) => ordered(order, number(request), number(policy)),
        Test::Date(order) => ordered(order, date(request), date(policy)),
        Test::Ip => match (network(policy), request.parse::<IpAddr>()) {
            (Some(network), Ok(address)) => network.contains(&address).into(),
            _ => Truth::False,
        },
        Test::Null => Truth::False,
    }
}

fn ordered(order: Order, request: Option<f64>, policy: Option<f64>) -> Truth {
    let (Some(request), Some(policy)) = (request, policy) else { return Truth::False };
    let holds = match order {
        Order::Equals => request == policy,
        Order::LessThan => request < policy,
        Order::LessThanEquals => request <= policy,
        Order::GreaterThan => request > policy,
        Order::GreaterThanEquals => request >= policy,
    };
    holds.into()
}

/// The number that a value is.
pub(crate) fn number(text: &str) -> Option<f64> {
    text.trim().parse().ok().filter(|number: &f64| number.is_finite())
}

/// Seconds since 1970 of a date in ISO 8601 or in seconds.
pub(crate) fn date(text: &str) -> Option<f64> {
    if let Some(seconds) = number(text) {
        return Some(seconds);
    }
    let full = match text.len() {
        4 => format!("{text}-01-01T00:00:00Z"),
        7 => format!("{text}-01T00:00:00Z"),
        10 => format!("{text}T00:00:00Z"),
        _ => text.to_owned(),
    };
    let parsed = chrono::DateTime::parse_from_rfc3339(&full).or_else(|_| {
        // The seconds may be left out: 2026-01-31T08:30Z (W3C note "Date and Time Formats").
        let minutes = full.find('T').map_or(full.len(), |time| time + "T00:00".len());
        let (before, zone) = full.split_at_checked(minutes).unwrap_or((&full, ""));
        chrono::DateTime::parse_from_rfc3339(&format!("{before}:00{zone}"))
    });
    parsed.ok().map(|date| date.timestamp() as f64)
}

/// The range that a value is; an address is a range of one.
pub(crate) fn network(text: &str) -> Option<IpNet> {
    text.parse().ok().or_else(|| text.parse::<IpAddr>().ok().map(IpNet::from))
}

/// ARNs match field by field, so that a wildcard spans colons only in the last one.
fn arn(policy: &str, request: &str) -> Truth {
    let (Some(policy), Some(request)) = (Arn::parse(policy), Arn::parse(request)) else {
        if symbol::has(policy) || symbol::has(request) {
            return Pattern::exact_case(policy).matches(request);
        }
        return (policy == "*").into();
    };
    Truth::all(
        policy
            .fields()
            .into_iter()
            .zip(request.fields())
            .map(|(policy, request)| Pattern::exact_case(policy).matches(request)),
    )
}
