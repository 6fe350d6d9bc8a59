//! What connectors grant for which pair of types. Source: "AWS SAM connector reference" in the AWS SAM developer guide.

use std::sync::OnceLock;

use serde::Deserialize;

use super::super::build::At;
use super::super::reject::Outcome;
use super::End;
use crate::parse::node::Node;

/// What a connector asks for.
#[derive(Clone, Copy)]
pub(super) struct Access {
    pub(super) read: bool,
    pub(super) write: bool,
}

/// One pair of types. Texts may hold `${SourceArn}`, `${DestinationName}` and the like.
#[derive(Deserialize)]
pub(super) struct Profile {
    source: String,
    pub(super) destination: String,
    /// Whose role gets the statements: `source` or `destination`.
    pub(super) role_of: Option<String>,
    #[serde(default)]
    read: Vec<Statement>,
    #[serde(default)]
    write: Vec<Statement>,
    /// The service that may invoke the function.
    pub(super) principal: Option<String>,
    pub(super) source_arn: Option<String>,
    pub(super) source_account: Option<String>,
    /// The service that may send to the queue.
    pub(super) queue_policy: Option<String>,
    /// Whether the source must not be made before the policy.
    #[serde(default)]
    pub(super) source_waits: bool,
    /// The service that may publish to the topic.
    pub(super) topic_policy: Option<String>,
}

/// What is allowed on what.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Statement {
    pub(super) action: Vec<String>,
    pub(super) resource: Vec<String>,
}

impl Profile {
    /// Whether the pair knows all that is asked for.
    pub(super) fn supports(&self, access: Access) -> bool {
        match self.role_of {
            Some(_) => !(access.read && self.read.is_empty() || access.write && self.write.is_empty()),
            None => access.write && !access.read,
        }
    }

    /// The statements for what is asked for.
    pub(super) fn statements(&self, access: Access) -> impl Iterator<Item = &Statement> {
        let read = self.read.iter().filter(move |_| access.read);
        read.chain(self.write.iter().filter(move |_| access.write))
    }
}

/// The profile for a pair of types.
pub(super) fn find(source: &str, destination: &str) -> Option<&'static Profile> {
    static PROFILES: OnceLock<Vec<Profile>> = OnceLock::new();
    let all = PROFILES.get_or_init(|| serde_json::from_str(include_str!("profiles.json")).unwrap_or_default());
    all.iter().find(|profile| profile.source == source && profile.destination == destination)
}

/// A text with the properties of both ends in place of its variables: the value itself, or `Fn::Sub`.
pub(super) fn fill(at: At, text: &str, from: &End, to: &End) -> Outcome<Node> {
    let mut variables = Vec::new();
    for name in text.split("${").skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name) {
        let value = match (name.strip_prefix("Source"), name.strip_prefix("Destination")) {
            (Some(property), _) => from.needed(property)?,
            (None, Some(property)) => to.needed(property)?,
            _ => continue,
        };
        if text.len() == name.len() + 3 {
            return Ok(value);
        }
        variables.push((name, value));
    }
    Ok(if variables.is_empty() { at.sub(text) } else { at.sub_with(text, variables) })
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_profiles_load() {
        assert!(super::find("AWS::Lambda::Function", "AWS::SQS::Queue").is_some());
    }
}
