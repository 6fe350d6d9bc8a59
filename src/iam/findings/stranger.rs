//! Callers from elsewhere, to tell what a Deny leaves to nobody but its own.
//!
//! A Deny for everyone whose account, organization or network is another one narrows as well as the same condition in
//! the Allow. A stranger takes whatever way is left open, so only what is denied on each of them is denied.
//!
//! Which keys a request has: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html>

use std::sync::LazyLock;

use crate::iam::condition::{Presence, RequestContext, network};
use crate::iam::decide::names;
use crate::iam::document::{Effect, PolicyDocument, Statement};
use crate::iam::keys::Role;
use crate::iam::kms::ActionSet;
use crate::iam::principal::Who;
use crate::iam::symbol;

/// An account that no customer has.
const ACCOUNT: &str = "000000000000";
/// An organization that no customer has.
const ORGANIZATION: &str = "o-0000000000";
/// An address that is in no range of a customer, since it is reserved.
const ADDRESS: &str = "240.0.0.1";
/// The most ranges for which a caller of its own is looked at.
const MAX_WIDE: usize = 4;

/// A caller of another account, wherever it comes from.
static ANYWHERE: LazyLock<RequestContext> = LazyLock::new(|| {
    RequestContext::open()
        .with_value("aws:PrincipalAccount", ACCOUNT)
        .with_value("kms:CallerAccount", ACCOUNT)
        .with_value("aws:PrincipalArn", "arn:aws:iam::000000000000:role/stranger")
        .with_value("aws:PrincipalIsAWSService", "false")
        .with("aws:PrincipalServiceName", Presence::Absent)
});

/// The same on every way that needs no look at the policy.
static USUAL: LazyLock<Vec<RequestContext>> = LazyLock::new(|| ways(&ANYWHERE, &[]));

/// Who the callers of [`callers`] are.
static STRANGER: LazyLock<Who> = LazyLock::new(|| Who::requester("arn:aws:iam::000000000000:role/stranger"));

/// The requests of callers of another account, one for each way that they have.
pub(super) fn callers(document: &PolicyDocument) -> Vec<RequestContext> {
    match wide_ranges(document) {
        none if none.is_empty() => USUAL.clone(),
        wide => ways(&ANYWHERE, &wide),
    }
}

/// The request of a principal from every other organization and network, made on its own account: not through a service,
/// without a second factor and with nothing in it that a Deny asks for.
pub(super) fn from_elsewhere(request: &RequestContext, document: &PolicyDocument) -> Vec<RequestContext> {
    let asked = document.denies().flat_map(|statement| &statement.conditions).filter(|condition| {
        condition.known_key.is_some_and(|key| matches!(key.role, Role::How | Role::What | Role::Guard))
    });
    let bare = asked.fold(request.clone(), |request, condition| match request.get(&condition.key) {
        Presence::Unknown => request.with(&condition.key, Presence::Absent),
        _ => request,
    });
    ways(&bare, &wide_ranges(document))
}

/// The requests that a service makes for other accounts and their resources, of which buckets name no account.
pub(super) fn on_behalf(service: &Who, document: &PolicyDocument) -> Vec<RequestContext> {
    let partition = &document.partition;
    let base = RequestContext::open()
        .with_value("aws:SourceAccount", ACCOUNT)
        .with_value("aws:SourceOwner", ACCOUNT)
        .of_caller(service, partition)
        .with_tls();
    let (kind, region, resource) = (symbol::of("service"), symbol::of("region"), symbol::of("resource"));
    let of_account = format!("arn:{partition}:{kind}:{region}:{ACCOUNT}:{resource}");
    let bucket = format!("arn:{partition}:s3:::stranger-{ACCOUNT}");
    vec![
        organized(base.clone(), "aws:Source", Some(ORGANIZATION)).with_value("aws:SourceArn", &of_account),
        organized(base, "aws:Source", None).with_value("aws:SourceArn", &bucket),
    ]
}

/// The same request with and without an organization, over the internet and through an endpoint.
fn ways(request: &RequestContext, wide: &[String]) -> Vec<RequestContext> {
    let over_internet = |address: &str| {
        let absent = ["aws:SourceVpc", "aws:SourceVpcArn", "aws:SourceVpce", "aws:VpcSourceIp", "aws:VpceAccount"];
        let absent = absent.into_iter().chain(["aws:VpceOrgID", "aws:VpceOrgPaths"]);
        absent
            .fold(request.clone(), |request, key| request.with(key, Presence::Absent))
            .with_value("aws:SourceIp", address)
    };
    let through_endpoint = organized(request.clone(), "aws:Vpce", Some(ORGANIZATION))
        .with("aws:SourceIp", Presence::Absent)
        .with_value("aws:SourceVpc", "vpc-00000000000000000")
        .with_value("aws:SourceVpcArn", "arn:aws:ec2:us-east-1:000000000000:vpc/vpc-00000000000000000")
        .with_value("aws:SourceVpce", "vpce-00000000000000000")
        .with_value("aws:VpceAccount", ACCOUNT);
    let mut places = vec![through_endpoint, over_internet(ADDRESS)];
    places.extend(wide.iter().map(|address| over_internet(address)));
    let organizations = [Some(ORGANIZATION), None];
    let both = places
        .iter()
        .flat_map(|place| organizations.map(|organization| organized(place.clone(), "aws:Principal", organization)));
    both.collect()
}

/// A request with the keys for an organization, `aws:PrincipalOrgID` and the like.
fn organized(request: RequestContext, prefix: &str, organization: Option<&str>) -> RequestContext {
    let value = |text: String| Presence::Values(vec![text]);
    let id = organization.map_or(Presence::Absent, |id| value(id.to_owned()));
    let path = organization.map_or(Presence::Absent, |id| value(format!("{id}/r-0000/")));
    request.with(&format!("{prefix}OrgID"), id).with(&format!("{prefix}OrgPaths"), path)
}

/// An address in each range of a policy that is too wide to be a customer's own.
fn wide_ranges(document: &PolicyDocument) -> Vec<String> {
    let conditions = document.denies().flat_map(|statement| statement.conditions_on("aws:SourceIp"));
    let values = conditions.flat_map(|condition| &condition.values);
    let wide = values.filter_map(|value| match network(&value.text)? {
        ipnet::IpNet::V4(range) => (range.prefix_len() < 8).then(|| range.network().to_string()),
        ipnet::IpNet::V6(range) => (range.prefix_len() < 16).then(|| range.network().to_string()),
    });
    wide.take(MAX_WIDE).collect()
}

/// Whether a statement is about every stranger.
pub(super) fn is_about(statement: &Statement) -> bool {
    statement.is_for_everyone()
        || statement
            .principals
            .as_ref()
            .is_some_and(|principals| principals.negated && names(principals, &STRANGER, Effect::Deny).0.is_true())
}

/// The KMS actions that are denied in every one of these requests by some of these statements.
pub(super) fn denied<'s>(
    requests: &[RequestContext],
    denials: impl Iterator<Item = &'s Statement> + Clone,
) -> ActionSet {
    let denied_in = |request: &RequestContext| {
        let holding = denials.clone().filter(|denial| denial.conditions_hold(request).is_true());
        holding.fold(ActionSet::EMPTY, |set, denial| set | denial.kms)
    };
    let mut sets = requests.iter().map(denied_in);
    let first = sets.next().unwrap_or_default();
    sets.fold(first, |all, set| all & set)
}
