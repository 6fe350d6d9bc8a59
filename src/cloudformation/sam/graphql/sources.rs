//! Data sources: tables and functions, with a role that may use them.

use super::super::connector;
use super::super::edit::Edit;
use super::super::reject::{Outcome, reject};
use super::super::resource::Resource;
use super::super::role::trust;
use super::super::translation::Translation;
use crate::parse::node::Node;

/// The data sources of an API, and their names with the logical ids they became.
pub(super) struct Sources {
    /// What is made.
    pub(super) resources: Vec<Resource>,
    /// Name in the source, and a reference to the name of what was made.
    pub(super) names: Vec<(String, Node)>,
}

/// What `DataSources` become.
pub(super) fn generate(translation: &mut Translation, id: &str, source: &Node, properties: &Node) -> Outcome<Sources> {
    let mut made = Sources { resources: Vec::new(), names: Vec::new() };
    let Some(sources) = properties.given("DataSources") else { return Ok(made) };
    for group in sources.entries() {
        let kind = group.key.as_str();
        if !matches!(kind, "DynamoDb" | "Lambda") {
            return reject(group.key_span, format!("'{kind}' is no kind of data source"));
        }
        if !group.value.is_mapping() {
            return reject(group.value.span, format!("'{kind}' must be a mapping"));
        }
        for entry in group.value.entries() {
            let name = entry.key.as_str();
            if !entry.value.is_mapping() {
                return reject(entry.value.span, format!("Data source '{name}' must be a mapping"));
            }
            let all = match kind {
                "DynamoDb" => table(translation, id, source, name, &entry.value)?,
                _ => function(translation, id, source, name, &entry.value)?,
            };
            if let Some(first) = all.first() {
                made.names.push((name.to_owned(), first.get_att("Name")));
            }
            made.resources.extend(all);
        }
    }
    Ok(made)
}

fn check(name: &str, config: &Node, known: &[&str]) -> Outcome<()> {
    match config.entries().iter().find(|entry| !known.contains(&entry.key.as_str())) {
        Some(odd) => reject(odd.key_span, format!("Data source '{name}' has no property '{}'", odd.key.as_str())),
        None => Ok(()),
    }
}

fn start(id: &str, source: &Node, name: &str, config: &Node, suffix: &str, kind: &str) -> Resource {
    let at = config.at();
    Resource::new(at, format!("{id}{name}{suffix}"), "AWS::AppSync::DataSource")
        .with("ApiId", at.get_att(id, "ApiId"))
        .with("Name", config.given("Name").cloned().unwrap_or_else(|| at.string(name)))
        .with("Type", at.string(kind))
        .copy(config, &["Description"])
        .passing_on(source)
}

fn table(translation: &mut Translation, id: &str, source: &Node, name: &str, config: &Node) -> Outcome<Vec<Resource>> {
    check(
        name,
        config,
        &[
            "TableName",
            "TableArn",
            "ServiceRoleArn",
            "Permissions",
            "Name",
            "Description",
            "Region",
            "DeltaSync",
            "UseCallerCredentials",
            "Versioned",
        ],
    )?;
    let at = config.at();
    let Some(table_name) = config.given("TableName") else {
        return reject(config.span, format!("Data source '{name}' needs 'TableName'"));
    };
    let mut made = start(id, source, name, config, "DynamoDBDataSource", "AMAZON_DYNAMODB");
    let region = config.given("Region").cloned().unwrap_or_else(|| at.reference("AWS::Region"));
    let mut table = at.map([("AwsRegion", region.clone()), ("TableName", table_name.clone())]);
    for property in ["UseCallerCredentials", "Versioned"] {
        if let Some(value) = config.get(property) {
            table.set(property, value.clone());
        }
    }
    if let Some(delta) = config.given("DeltaSync") {
        table.set("DeltaSyncConfig", delta.clone());
    }
    made.set("DynamoDBConfig", table);
    let arn = config.given("TableArn").cloned().unwrap_or_else(|| {
        at.sub_with(
            "arn:${AWS::Partition}:dynamodb:${__Region__}:${AWS::AccountId}:table/${__TableName__}",
            [("__Region__", region), ("__TableName__", table_name.clone())],
        )
    });
    let (read, write) = permissions(config)?;
    let to = at.map([("Type", at.string("AWS::DynamoDB::Table")), ("Arn", arn)]);
    with_role(translation, source, made, config, (to, "ToTableConnector", (read, write)))
}

fn permissions(config: &Node) -> Outcome<(bool, bool)> {
    let Some(list) = config.given("Permissions") else { return Ok((true, true)) };
    if !list.is_list() {
        return reject(list.span, "'Permissions' must be a list");
    }
    let has = |wanted: &str| list.items().iter().any(|item| item.as_str() == Some(wanted));
    Ok((has("Read"), has("Write")))
}

fn function(
    translation: &mut Translation,
    id: &str,
    source: &Node,
    name: &str,
    config: &Node,
) -> Outcome<Vec<Resource>> {
    check(name, config, &["FunctionArn", "ServiceRoleArn", "Name", "Description"])?;
    let at = config.at();
    let Some(function) = config.given("FunctionArn") else {
        return reject(config.span, format!("Data source '{name}' needs 'FunctionArn'"));
    };
    let mut made = start(id, source, name, config, "LambdaDataSource", "AWS_LAMBDA");
    made.set("LambdaConfig", at.map([("LambdaFunctionArn", function.clone())]));
    let to = at.map([("Type", at.string("AWS::Lambda::Function")), ("Arn", function.clone())]);
    with_role(translation, source, made, config, (to, "ToLambdaConnector", (false, true)))
}

/// The data source with the role that it has, or with one that is made and may use its target.
fn with_role(
    translation: &mut Translation,
    source: &Node,
    mut made: Resource,
    config: &Node,
    (to, suffix, (read, write)): (Node, &str, (bool, bool)),
) -> Outcome<Vec<Resource>> {
    if let Some(role) = config.given("ServiceRoleArn") {
        made.set("ServiceRoleArn", role.clone());
        return Ok(vec![made]);
    }
    let at = config.at();
    let role = Resource::new(at, format!("{}Role", made.id), "AWS::IAM::Role")
        .with("AssumeRolePolicyDocument", trust(at, &["appsync.amazonaws.com"]))
        .passing_on(source);
    made.set("ServiceRoleArn", role.get_att("Arn"));
    let from = at.map([("Type", at.string("AWS::AppSync::DataSource")), ("RoleName", role.reference())]);
    let name = format!("{}{suffix}", made.id);
    let granted = connector::connection(translation, &name, source, (&from, &to), (read, write))?;
    let mut all = vec![made, role];
    all.extend(granted);
    Ok(all)
}
