//! Whether a resource policy really requires TLS.
//!
//! The proof: for every action and resource that the policy protects, each request without TLS is denied to everyone.
//! Several statements may cover it together.

use super::condition::{Presence, RequestContext, Test};
use super::document::{Effect, PolicyDocument, Statement};
use super::kind::PolicyKind;
use super::pattern::{Pattern, covered};
use super::truth::Truth;

/// The versions of TLS that a request can have, the oldest first.
pub const VERSIONS: [&str; 4] = ["1.0", "1.1", "1.2", "1.3"];

/// The answer for one policy.
#[derive(Clone, PartialEq, Debug)]
pub struct Transport {
    /// Whether every request without TLS is denied.
    pub required: Truth,
    /// The statements that deny it together.
    pub by: Vec<usize>,
    /// Why it is not required, if it is not.
    pub weaknesses: Vec<Weakness>,
    /// The oldest version of TLS that is let in.
    pub minimum: Option<&'static str>,
}

/// One reason why TLS is not required.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Weakness {
    /// What is wrong.
    pub reason: Reason,
    /// The statement responsible, if it is one.
    pub statement: Option<usize>,
}

/// The reasons why TLS is not required.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reason {
    /// There is no policy.
    NoPolicy,
    /// No statement is about TLS.
    NoStatement,
    /// Only objects are covered, not the bucket.
    OnlyObjects,
    /// Only the bucket is covered, not its objects.
    OnlyBucket,
    /// Only some of the objects are covered.
    SomeObjects,
    /// The statement is about another resource.
    OtherResource,
    /// No resource is named.
    NoResource,
    /// Only some principals are denied.
    SomePrincipals,
    /// Only some actions are denied.
    SomeActions,
    /// A further condition narrows the Deny.
    FurtherCondition,
    /// The condition is inverted: TLS is denied, the rest let in.
    Inverted,
    /// An Allow denies nothing.
    AllowNotDeny,
    /// The operator does not compare a boolean.
    UnfitOperator,
}

impl Reason {
    /// The reason as a word: `only-objects`.
    pub fn as_str(self) -> &'static str {
        match self {
            Reason::NoPolicy => "no-policy",
            Reason::NoStatement => "no-statement",
            Reason::OnlyObjects => "only-objects",
            Reason::OnlyBucket => "only-bucket",
            Reason::SomeObjects => "some-objects",
            Reason::OtherResource => "other-resource",
            Reason::NoResource => "no-resource",
            Reason::SomePrincipals => "some-principals",
            Reason::SomeActions => "some-actions",
            Reason::FurtherCondition => "further-condition",
            Reason::Inverted => "inverted",
            Reason::AllowNotDeny => "allow-not-deny",
            Reason::UnfitOperator => "unfit-operator",
        }
    }

    /// The reason as a phrase.
    pub fn phrase(self) -> &'static str {
        match self {
            Reason::NoPolicy => "there is no policy",
            Reason::NoStatement => "no statement denies requests without TLS",
            Reason::OnlyObjects => "only the objects are covered, not the bucket itself",
            Reason::OnlyBucket => "only the bucket itself is covered, not its objects",
            Reason::SomeObjects => "only some of the objects are covered",
            Reason::OtherResource => "it names another resource",
            Reason::NoResource => "it names no resource",
            Reason::SomePrincipals => "it denies only some principals",
            Reason::SomeActions => "it denies only some actions",
            Reason::FurtherCondition => "a further condition narrows the Deny",
            Reason::Inverted => "the condition is inverted: it denies TLS and lets plain requests in",
            Reason::AllowNotDeny => "an Allow denies nothing, whatever its condition",
            Reason::UnfitOperator => "the operator does not compare a boolean",
        }
    }
}

/// What must be denied without TLS: resources and, on each, actions.
struct Scope {
    targets: Vec<Target>,
    actions: Vec<Pattern>,
}

struct Target {
    pattern: Option<Pattern>,
    objects: bool,
}

/// Whether a policy requires TLS.
pub fn of(document: &PolicyDocument) -> Transport {
    let scope = Scope::of(document);
    let plain =
        RequestContext::open().with_value("aws:SecureTransport", "false").with("s3:TlsVersion", Presence::Absent);
    let (mut required, by) = scope.denied(document, &plain);
    if document.open && !required.is_true() {
        required = Truth::Unknown;
    }
    let minimum = VERSIONS.into_iter().find(|version| {
        let request =
            RequestContext::open().with_value("aws:SecureTransport", "true").with_value("s3:TlsVersion", version);
        !scope.denied(document, &request).0.is_true()
    });
    let mut weaknesses = Vec::new();
    if !required.is_true() {
        for statement in document.statements.iter().filter(|statement| is_about_tls(statement)) {
            weaknesses.extend(
                scope
                    .weakness(document, statement, &plain)
                    .map(|reason| Weakness { reason, statement: Some(statement.index) }),
            );
        }
        if weaknesses.is_empty() {
            let none = document.statements.is_empty() && document.faults.is_empty() && !document.open;
            let reason = if none { Reason::NoPolicy } else { Reason::NoStatement };
            weaknesses.push(Weakness { reason, statement: None });
        }
    }
    Transport { required, by, weaknesses, minimum }
}

/// Whether a statement has a condition on `aws:SecureTransport`.
fn is_about_tls(statement: &Statement) -> bool {
    statement.conditions_on("aws:SecureTransport").next().is_some()
}

impl Scope {
    fn of(document: &PolicyDocument) -> Self {
        let own = document.own_arn.as_deref();
        let whole = || Target { pattern: own.map(Pattern::literal), objects: false };
        let targets = match (document.kind, own) {
            (PolicyKind::Bucket, Some(arn)) => {
                vec![whole(), Target { pattern: Some(Pattern::exact_case(&format!("{arn}/*"))), objects: true }]
            }
            _ => vec![whole()],
        };
        // Other services accept only some of their actions in policies, so the actions on data must do.
        let actions: Vec<Pattern> = match document.kind {
            PolicyKind::Topic => vec![Pattern::any_case("sns:Publish")],
            PolicyKind::Queue => vec![Pattern::any_case("sqs:SendMessage"), Pattern::any_case("sqs:ReceiveMessage")],
            PolicyKind::Secret => vec![Pattern::any_case("secretsmanager:GetSecretValue")],
            // No action is without a name.
            PolicyKind::Resource => vec![Pattern::any_case(&format!("{}:?*", service(document)))],
            kind => vec![Pattern::any_case(&format!("{}:?*", kind.service().unwrap_or("*")))],
        };
        Scope { targets, actions }
    }

    /// Whether every request with these condition keys is denied, and by which statements.
    fn denied(&self, document: &PolicyDocument, request: &RequestContext) -> (Truth, Vec<usize>) {
        let mut by = Vec::new();
        let mut result = Truth::True;
        let denials: Vec<(&Statement, Truth)> = document
            .denies()
            .map(|statement| (statement, everyone(statement).and(holds_whatever(statement, request))))
            .filter(|(_, holds)| !holds.is_false())
            .collect();
        for target in &self.targets {
            let about: Vec<(&Statement, Truth)> = denials
                .iter()
                .map(|(statement, holds)| (*statement, holds.and(target.is_covered_by(statement))))
                .filter(|(_, covers)| !covers.is_false())
                .collect();
            let certain = || about.iter().filter(|(_, covers)| covers.is_true()).map(|(statement, _)| *statement);
            let possible = || about.iter().map(|(statement, _)| *statement);
            if self.actions_covered(certain()) {
                by.extend(certain().map(|statement| statement.index));
            } else if self.actions_covered(possible()) {
                result = result.and(Truth::Unknown);
            } else {
                result = Truth::False;
            }
        }
        by.sort_unstable();
        by.dedup();
        (result, by)
    }

    /// Whether some statements together are about all actions.
    fn actions_covered<'s>(&self, statements: impl Iterator<Item = &'s Statement> + Clone) -> bool {
        let plain: Vec<&Pattern> =
            statements.clone().flat_map(Statement::plain_actions).map(|action| &action.pattern).collect();
        let negated: Vec<Vec<&Pattern>> = statements
            .filter_map(|statement| statement.actions.as_ref().filter(|actions| actions.negated && !actions.open))
            .map(|actions| actions.items.iter().map(|action| &action.pattern).collect())
            .collect();
        self.actions.iter().all(|wanted| {
            covered(wanted, plain.iter().copied())
                || negated.iter().any(|spared| spared.iter().all(|pattern| is_taken(pattern, wanted, &plain, &negated)))
        })
    }

    /// Why a statement about TLS does not do.
    fn weakness(&self, document: &PolicyDocument, statement: &Statement, plain: &RequestContext) -> Option<Reason> {
        if statement.effect == Effect::Allow {
            return Some(Reason::AllowNotDeny);
        }
        let unfit = statement
            .conditions_on("aws:SecureTransport")
            .any(|condition| condition.operator.is_none_or(|operator| operator.test != Test::Bool));
        if unfit {
            return Some(Reason::UnfitOperator);
        }
        let tls = RequestContext::open().with_value("aws:SecureTransport", "true");
        match statement.conditions_hold(plain) {
            Truth::True => {}
            Truth::False if !statement.conditions_hold(&tls).is_false() => return Some(Reason::Inverted),
            Truth::False | Truth::Unknown => return Some(Reason::FurtherCondition),
        }
        if !everyone(statement).is_true() {
            return Some(Reason::SomePrincipals);
        }
        if statement.resources.is_none() {
            return Some(Reason::NoResource);
        }
        let covers: Vec<Truth> = self.targets.iter().map(|target| target.is_covered_by(statement)).collect();
        let objects = self.targets.iter().find(|target| target.objects).and_then(|target| target.pattern.as_ref());
        match *covers {
            [Truth::False, Truth::False] => {
                let some = objects.is_some_and(|objects| touches(statement, objects));
                return Some(if some { Reason::SomeObjects } else { Reason::OtherResource });
            }
            [Truth::False] => return Some(Reason::OtherResource),
            [Truth::False, _] => return Some(Reason::OnlyObjects),
            [Truth::True, Truth::False] => {
                let some = objects.is_some_and(|objects| touches(statement, objects));
                return Some(if some { Reason::SomeObjects } else { Reason::OnlyBucket });
            }
            _ => {}
        }
        (!self.actions_covered(std::iter::once(statement)) && document.kind.has_principals())
            .then_some(Reason::SomeActions)
    }
}

/// Whether what one `NotAction` spares is not wanted or denied by another statement.
fn is_taken(spared: &Pattern, wanted: &Pattern, plain: &[&Pattern], negated: &[Vec<&Pattern>]) -> bool {
    let apart = |other: &Pattern| spared.intersects(other).is_false();
    apart(wanted)
        || covered(spared, plain.iter().copied())
        || negated.iter().any(|others| others.iter().all(|other| apart(other)))
}

impl Target {
    /// Whether a statement is about all of the target.
    fn is_covered_by(&self, statement: &Statement) -> Truth {
        covers(statement, self.pattern.as_ref())
    }
}

/// Whether a statement is about every resource of a pattern; `None` if what the policy protects is not known.
pub(super) fn covers(statement: &Statement, target: Option<&Pattern>) -> Truth {
    let Some(resources) = &statement.resources else { return Truth::False };
    let Some(target) = target else {
        let all = resources.items.iter().any(|resource| resource.pattern.is_everything());
        return if all != resources.negated { Truth::True } else { Truth::Unknown };
    };
    let meets = || Truth::any(resources.items.iter().map(|resource| resource.pattern.intersects(target)));
    if resources.negated {
        return !meets();
    }
    if covered(target, resources.items.iter().map(|resource| &resource.pattern)) {
        Truth::True
    } else if resources.open || meets() == Truth::Unknown {
        Truth::Unknown
    } else {
        Truth::False
    }
}

/// Whether the conditions hold whatever else a request says: a key that is not given can be chosen so that they do not.
/// Only `Bool` is documented to compare `aws:SecureTransport`, and only numbers to compare `s3:TlsVersion`.
pub(super) fn holds_whatever(statement: &Statement, request: &RequestContext) -> Truth {
    let known = Truth::all(statement.conditions.iter().map(|condition| {
        let unfit = condition.operator.is_none_or(|operator| match condition.known_key.map(|key| key.name) {
            Some("aws:SecureTransport") => operator.test != Test::Bool,
            Some("s3:TlsVersion") => !matches!(operator.test, Test::Numeric(_) | Test::Null),
            _ => false,
        });
        match request.get(&condition.key) {
            Presence::Unknown => Truth::False,
            _ if unfit => Truth::False,
            _ => condition.holds(request),
        }
    }));
    if statement.conditions_open { known.and(Truth::Unknown) } else { known }
}

/// Whether a statement is about any of these resources.
fn touches(statement: &Statement, target: &Pattern) -> bool {
    let resources = statement.resources.iter().flat_map(|resources| &resources.items);
    resources.into_iter().any(|resource| !resource.pattern.intersects(target).is_false())
}

/// Whether a statement is about everyone.
pub(super) fn everyone(statement: &Statement) -> Truth {
    match &statement.principals {
        Some(principals) if principals.negated => Truth::False,
        Some(principals) if statement.is_for_everyone() || principals.open => {
            if statement.is_for_everyone() {
                Truth::True
            } else {
                Truth::Unknown
            }
        }
        _ => Truth::False,
    }
}

/// The service that a policy is about, by the first action that names one.
fn service(document: &PolicyDocument) -> &str {
    let actions = document.statements.iter().flat_map(Statement::plain_actions);
    actions.filter_map(|action| action.part.text.split_once(':')).map(|(service, _)| service).next().unwrap_or("*")
}
