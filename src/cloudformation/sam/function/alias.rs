//! `AutoPublishAlias`: a version of the function and an alias that points to it.

use super::super::deployment;
use super::super::edit::Edit;
use super::super::intrinsics::ref_target;
use super::super::logical_id;
use super::super::reject::{Outcome, reject};
use super::super::resource::Resource;
use super::super::translation::Translation;
use crate::parse::node::Node;

/// A version and the alias to it.
pub(super) struct Published {
    /// The version.
    pub(super) version: Resource,
    /// The alias.
    pub(super) alias: Resource,
}

/// The version and alias, if the function asks for them.
pub(super) fn publish(
    translation: &mut Translation,
    id: &str,
    source: &Node,
    properties: &Node,
    function: &mut Resource,
) -> Outcome<Option<Published>> {
    let Some(name) = properties.given("AutoPublishAlias") else {
        if let Some(entry) = properties.entry("VersionDeletionPolicy") {
            return reject(entry.key_span, "'VersionDeletionPolicy' needs 'AutoPublishAlias'");
        }
        if let Some(preference) = properties.given("DeploymentPreference")
            && deployment::is_enabled(translation, preference)?
        {
            return reject(preference.span, "'DeploymentPreference' needs 'AutoPublishAlias'");
        }
        return Ok(None);
    };
    let resolved = translation.resolved(name)?;
    let letters = alias_letters(&resolved)?;
    let version = version(translation, id, source, properties, function)?;
    if let Some(given) = properties.given("AutoPublishCodeSha256") {
        let hash = translation.resolved(given)?;
        if hash.as_str().is_none() && ref_target(&hash).is_none() {
            return reject(given.span, "'AutoPublishCodeSha256' must be a string or a reference to a parameter");
        }
        describe(function, properties.given("Description"), hash);
    }
    let alias_id = format!("{id}Alias{letters}");
    let at = name.at();
    let mut alias = Resource::new(at, alias_id, "AWS::Lambda::Alias")
        .with("Name", resolved)
        .with("FunctionName", function.reference())
        .with("FunctionVersion", version.get_att("Version"))
        .copy(properties, &["ProvisionedConcurrencyConfig"])
        .passing_on(source);
    if let Some(preference) = properties.given("DeploymentPreference") {
        let policy = deployment::update_policy(translation, id, source, preference)?;
        alias = alias.attribute("UpdatePolicy", policy);
    }
    let mut refer = |suffix: &str, to: &Resource| {
        translation.references.insert((id.to_owned(), suffix.to_owned()), to.id.clone());
    };
    refer("Version", &version);
    refer("Alias", &alias);
    Ok(Some(Published { version, alias }))
}

fn version(
    translation: &Translation,
    id: &str,
    source: &Node,
    properties: &Node,
    function: &Resource,
) -> Outcome<Resource> {
    let given = match properties.given("AutoPublishCodeSha256") {
        Some(given) => translation.resolved(given)?.as_str().map(str::to_owned),
        None => None,
    };
    let all = properties.get("AutoPublishAliasAllProperties");
    let all = match all {
        Some(all) => translation.resolved(all)?,
        None => translation.key_at(id).bool(false),
    };
    if all.as_bool().is_none() && !matches!(all.as_str(), Some("true" | "false")) {
        return reject(all.span, "'AutoPublishAliasAllProperties' must be a boolean");
    }
    let everything = all.as_bool() == Some(true) || all.as_str() == Some("true");
    let hash = match (&given, function.get("Code")) {
        (Some(hash), _) if !everything => hash.chars().take(10).collect(),
        (_, Some(code)) if !everything => logical_id::hash(code),
        _ => logical_id::hash(properties),
    };
    let at = translation.key_at(id);
    let deletion = properties.get("VersionDeletionPolicy").or_else(|| source.get("DeletionPolicy"));
    let deletion = deletion.cloned().unwrap_or_else(|| at.string("Retain"));
    let mut version = Resource::new(at, format!("{id}Version{hash}"), "AWS::Lambda::Version")
        .with("FunctionName", function.reference())
        .passing_on(source)
        .attribute("DeletionPolicy", Some(deletion));
    if let Some(description) = properties.get("VersionDescription") {
        version.set("Description", description.clone());
    }
    if let Some(scaling) = properties.get("FunctionScalingConfig") {
        version.set("FunctionScalingConfig", scaling.clone());
    }
    Ok(version)
}

/// What the logical id of an alias has of its name: letters and digits; of a parameter that nobody gave, of its own name.
pub(in super::super) fn alias_letters(name: &Node) -> Outcome<String> {
    let Some(text) = name.as_str().or_else(|| ref_target(name)) else {
        return reject(name.span, "'AutoPublishAlias' must be a string or a reference to a parameter");
    };
    Ok(text.chars().filter(char::is_ascii_alphanumeric).collect())
}

/// Adds the hash of the code to the description, so that the function changes with it.
fn describe(function: &mut Resource, description: Option<&Node>, hash: Node) {
    let text = match description {
        None => hash,
        Some(written) => {
            let at = written.at();
            match (written.as_str(), hash.as_str()) {
                (Some(text), Some(hash)) => at.string(format!("{text} {hash}")),
                _ => at.map([("Fn::Join", at.list([at.string(" "), at.list([written.clone(), hash])]))]),
            }
        }
    };
    function.set("Description", text);
}
