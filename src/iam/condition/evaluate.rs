//! Whether the conditions of a statement hold for a request.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::compare::passes;
use super::{Operator, Set, Test};
use crate::iam::document::{Condition, Statement};
use crate::iam::kms::ActionSet;
use crate::iam::principal::{Sort, Who};
use crate::iam::symbol::Meaning;
use crate::iam::truth::Truth;
use crate::iam::{request_keys, symbol};

/// The keys of which something is known for a principal of an account.
const OF_PRINCIPALS: [&str; 6] = [
    "aws:PrincipalIsAWSService",
    "aws:PrincipalServiceName",
    "aws:PrincipalAccount",
    "aws:PrincipalArn",
    "aws:username",
    "kms:CallerAccount",
];

/// The keys of which something is known for a service.
const OF_SERVICES: [&str; 12] = [
    "aws:PrincipalIsAWSService",
    "aws:PrincipalServiceName",
    "aws:PrincipalServiceNamesList",
    "aws:PrincipalArn",
    "aws:PrincipalAccount",
    "aws:PrincipalOrgID",
    "aws:PrincipalOrgPaths",
    "aws:username",
    "aws:userid",
    "aws:MultiFactorAuthPresent",
    "kms:CallerAccount",
    "kms:ViaService",
];

/// What is known of one condition key of a request.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Presence {
    /// The request does not have it.
    Absent,
    /// Nothing is known.
    Unknown,
    /// The request has these values.
    Values(Vec<String>),
}

/// The condition keys of a request.
#[derive(Clone, Debug)]
pub struct Context {
    keys: BTreeMap<String, Presence>,
    otherwise: Presence,
    /// The KMS action that is asked for, if it is known.
    action: Option<ActionSet>,
}

impl Context {
    /// A request of which all keys are known: those that are not set are absent.
    pub fn closed() -> Self {
        Context { keys: BTreeMap::new(), otherwise: Presence::Absent, action: None }
    }

    /// A request of which nothing is known but what is set.
    pub fn open() -> Self {
        Context { keys: BTreeMap::new(), otherwise: Presence::Unknown, action: None }
    }

    /// Sets a key.
    #[must_use]
    pub fn with(mut self, key: &str, presence: Presence) -> Self {
        self.keys.insert(key.to_ascii_lowercase(), presence);
        self
    }

    /// Sets a key to one value.
    #[must_use]
    pub fn with_value(self, key: &str, value: &str) -> Self {
        self.with(key, Presence::Values(vec![value.to_owned()]))
    }

    /// Whether [`Context::of_caller`] says something about a key for this caller.
    pub fn follows_from(caller: &Who, key: &str) -> bool {
        let keys: &[&str] = match caller {
            Who::Service(_) => &OF_SERVICES,
            Who::Account(_) | Who::Identity(_) => &OF_PRINCIPALS,
            _ => &[],
        };
        keys.iter().any(|known| known.eq_ignore_ascii_case(key))
    }

    /// Sets what follows from who calls, where it is not set: `aws:PrincipalArn` and the like.
    #[must_use]
    pub fn of_caller(mut self, caller: &Who, partition: &str) -> Self {
        let mut derive = |key: &str, presence: Presence| {
            self.keys.entry(key.to_ascii_lowercase()).or_insert(presence);
        };
        let value = |text: &str| Presence::Values(vec![text.to_owned()]);
        match caller {
            Who::Service(name) => {
                derive("aws:PrincipalIsAWSService", value("true"));
                derive("aws:PrincipalServiceName", value(name));
                derive("aws:PrincipalServiceNamesList", value(name));
                let absent = [
                    "aws:PrincipalArn",
                    "aws:PrincipalAccount",
                    "aws:PrincipalOrgID",
                    "aws:PrincipalOrgPaths",
                    "kms:CallerAccount",
                    "kms:ViaService",
                    "aws:username",
                    "aws:userid",
                    "aws:MultiFactorAuthPresent",
                ];
                absent.into_iter().for_each(|key| derive(key, Presence::Absent));
            }
            Who::Account(_) | Who::Identity(_) => {
                derive("aws:PrincipalIsAWSService", value("false"));
                derive("aws:PrincipalServiceName", Presence::Absent);
                if let Some(account) = caller.account() {
                    derive("aws:PrincipalAccount", value(account));
                    derive("kms:CallerAccount", value(account));
                }
                match caller {
                    Who::Account(account) => {
                        derive("aws:PrincipalArn", value(&format!("arn:{partition}:iam::{account}:root")));
                    }
                    Who::Identity(identity) => {
                        derive("aws:PrincipalArn", value(&identity.principal_arn()));
                        if identity.sort == Sort::User {
                            derive("aws:username", value(identity.arn.rsplit('/').next().unwrap_or_default()));
                        }
                    }
                    _ => {}
                }
            }
            _ => {}
        }
        self
    }

    /// Sets what follows for all those for whom a principal of a statement stands: an account stands for its principals,
    /// not for its root user alone.
    #[must_use]
    pub fn of_listed(self, listed: &Who, partition: &str) -> Self {
        match listed {
            Who::Account(account) => {
                let any = symbol::of("a principal of the account");
                let arn = format!("arn:{partition}:iam::{account}:{any}");
                self.with_value("aws:PrincipalArn", &arn).of_caller(listed, partition)
            }
            _ => self.of_caller(listed, partition),
        }
    }

    /// Sets which action is asked for: its requests do not have every key.
    #[must_use]
    pub fn of_action(mut self, action: &str) -> Self {
        self.action = request_keys::action(action);
        self
    }

    /// Sets what every request has unless something else is said: TLS, and no service in between.
    #[must_use]
    pub fn with_defaults(self) -> Self {
        self.with_tls().default("aws:viaawsservice", "false")
    }

    /// Sets that the request came by TLS unless something else is said, as all requests to KMS do.
    #[must_use]
    pub fn with_tls(self) -> Self {
        self.default("aws:securetransport", "true")
    }

    fn default(mut self, key: &str, value: &str) -> Self {
        self.keys.entry(key.to_owned()).or_insert_with(|| Presence::Values(vec![value.to_owned()]));
        self
    }

    /// What is known of a key.
    pub fn get(&self, key: &str) -> &Presence {
        self.given(key).unwrap_or(&self.otherwise)
    }

    /// What is known of the key of a condition.
    fn presence(&self, condition: &Condition) -> &Presence {
        let lacks = || {
            let carriers = condition.known_key.zip(self.action).and_then(|(key, action)| {
                let carriers = request_keys::carriers(key)?;
                Some(!carriers.meets(action))
            });
            condition.misspelt || carriers == Some(true)
        };
        match self.given(&condition.key) {
            Some(given) => given,
            None if lacks() => &Presence::Absent,
            None => &self.otherwise,
        }
    }

    /// A text of a policy with its variables replaced by values of the request; `None` if one has none. A key with
    /// several values is no variable.
    pub(in crate::iam) fn resolve<'t>(&self, text: &'t str) -> Option<Cow<'t, str>> {
        symbol::resolve(text, |key| match self.get(key) {
            Presence::Absent => Meaning::Nothing,
            Presence::Values(values) if values.is_empty() => Meaning::Nothing,
            Presence::Values(values) => match values.as_slice() {
                [value] => Meaning::Text(value),
                _ => Meaning::Unknown,
            },
            Presence::Unknown => Meaning::Unknown,
        })
    }

    fn given(&self, key: &str) -> Option<&Presence> {
        match key.bytes().any(|b| b.is_ascii_uppercase()) {
            true => self.keys.get(&key.to_ascii_lowercase()),
            false => self.keys.get(key),
        }
    }
}

impl Condition {
    /// Whether it holds for a request.
    pub fn holds(&self, request: &Context) -> Truth {
        let Some(operator) = self.operator else {
            // Nobody knows what IAM would make of an operator that it does not have; it refuses the policy.
            return Truth::False;
        };
        let presence = request.presence(self);
        if operator.test == Test::Null {
            return self.null(presence);
        }
        match presence {
            Presence::Unknown => Truth::Unknown,
            Presence::Absent => operator.holds_when_absent().into(),
            Presence::Values(values) => self.compare(operator, values, request),
        }
    }

    /// Whether it certainly does not hold for requests without its key.
    pub fn fails_when_absent(&self) -> bool {
        match self.operator {
            Some(operator) if operator.test == Test::Null => self.null(&Presence::Absent).is_false(),
            Some(operator) => !operator.holds_when_absent(),
            None => false,
        }
    }

    fn null(&self, presence: &Presence) -> Truth {
        let wants = |absent: bool| {
            let word = if absent { "true" } else { "false" };
            let listed = Truth::any(self.values.iter().map(|value| passes(Test::Bool, &value.text, word)));
            if self.open { listed.or(Truth::Unknown) } else { listed }
        };
        match presence {
            Presence::Absent => wants(true),
            Presence::Values(values) => wants(values.is_empty()),
            Presence::Unknown => match (wants(true), wants(false)) {
                (Truth::True, Truth::True) => Truth::True,
                (Truth::False, Truth::False) => Truth::False,
                _ => Truth::Unknown,
            },
        }
    }

    fn compare(&self, operator: Operator, values: &[String], request: &Context) -> Truth {
        let resolve = |text| match operator.test.takes_variables() {
            true => request.resolve(text),
            false => Some(Cow::Borrowed(text)),
        };
        let one = |value: &String| {
            // A variable that stands for nothing is equal to no value, so that negated operators hold.
            let listed = self.values.iter().filter_map(|listed| resolve(&listed.text));
            let matches = Truth::any(listed.map(|listed| passes(operator.test, &listed, value)));
            let matches = if self.open { matches.or(Truth::Unknown) } else { matches };
            if operator.negated { !matches } else { matches }
        };
        match operator.set {
            Some(Set::ForAllValues) => Truth::all(values.iter().map(one)),
            Some(Set::ForAnyValue) => Truth::any(values.iter().map(one)),
            None if operator.negated => Truth::all(values.iter().map(one)),
            None => Truth::any(values.iter().map(one)),
        }
    }
}

impl Statement {
    /// Whether all conditions hold for a request.
    pub fn conditions_hold(&self, request: &Context) -> Truth {
        let known = Truth::all(self.conditions.iter().map(|condition| condition.holds(request)));
        if self.conditions_open { known.and(Truth::Unknown) } else { known }
    }
}

#[cfg(test)]
mod tests {
    use super::Context;
    use crate::iam::principal::Who;

    #[test]
    fn what_follows_from_a_caller_is_what_is_derived() {
        for caller in ["111122223333", "arn:aws:iam::111122223333:user/anna", "s3.amazonaws.com", "*"] {
            let who = Who::requester(caller);
            let derived = Context::open().of_caller(&who, "aws");
            assert!(derived.keys.keys().all(|key| Context::follows_from(&who, key)), "{caller}: {derived:?}");
        }
    }
}
