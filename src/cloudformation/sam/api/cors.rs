//! `Cors` of a REST API: each path answers OPTIONS from a mock.

use super::super::build::At;
use super::super::edit::Edit;
use super::super::intrinsics::is_call;
use super::super::openapi::{self, ANY_METHOD, INTEGRATION};
use super::super::reject::{Outcome, reject};
use crate::parse::node::Node;

const EVERYONE: &str = "'*'";
const METHODS: [&str; 7] = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"];

struct Cors {
    origin: Node,
    headers: Option<Node>,
    methods: Option<Node>,
    max_age: Option<Node>,
    credentials: bool,
}

/// Writes the answers to OPTIONS into the document.
pub(super) fn apply(body: &mut Node, properties: &Node) -> Outcome<()> {
    let Some(given) = properties.given("Cors") else { return Ok(()) };
    let cors = read(given)?;
    let at = given.at();
    let Some(paths) = body.get_mut("paths") else { return Ok(()) };
    for entry in paths.entries_mut() {
        let path = entry.key.as_str().to_owned();
        openapi::each_content(&mut entry.value, &mut |item| {
            if !item.is_mapping() {
                return reject(item.span, format!("Path '{path}' must be a mapping"));
            }
            if item.get("options").is_none() {
                let options = options(at, &cors, item);
                item.set("options", options);
            }
            Ok(())
        })?;
    }
    Ok(())
}

fn read(given: &Node) -> Outcome<Cors> {
    let at = given.at();
    if given.as_str().is_some() || is_call(given) {
        return Ok(Cors { origin: given.clone(), headers: None, methods: None, max_age: None, credentials: false });
    }
    let known = ["AllowMethods", "AllowHeaders", "AllowOrigin", "MaxAge", "AllowCredentials"];
    if !given.is_mapping() || !given.entries().iter().all(|entry| known.contains(&entry.key.as_str())) {
        return reject(given.span, "The value of 'Cors' is invalid");
    }
    let cors = Cors {
        origin: given.given("AllowOrigin").cloned().unwrap_or_else(|| at.string(EVERYONE)),
        headers: given.given("AllowHeaders").cloned(),
        methods: given.given("AllowMethods").cloned(),
        max_age: given.given("MaxAge").cloned(),
        credentials: given.get("AllowCredentials").and_then(Edit::as_bool) == Some(true),
    };
    if cors.credentials && cors.origin.as_str() == Some(EVERYONE) {
        return reject(given.span, "'AllowCredentials' cannot be true when 'AllowOrigin' allows everyone");
    }
    Ok(cors)
}

fn options(at: At, cors: &Cors, item: &Node) -> Node {
    let methods = cors.methods.clone().unwrap_or_else(|| at.string(format!("'{}'", methods_of(item))));
    let credentials = cors.credentials.then(|| at.string("'true'"));
    let headers = [
        ("Access-Control-Allow-Headers", cors.headers.clone()),
        ("Access-Control-Allow-Methods", Some(methods)),
        ("Access-Control-Allow-Origin", Some(cors.origin.clone())),
        ("Access-Control-Max-Age", cors.max_age.clone()),
        ("Access-Control-Allow-Credentials", credentials),
    ];
    let given: Vec<(&str, Node)> = headers.into_iter().filter_map(|(name, value)| Some((name, value?))).collect();
    let parameters = given.iter().map(|(name, value)| (format!("method.response.header.{name}"), value.clone()));
    let described = given.iter().map(|(name, _)| {
        let kind = if *name == "Access-Control-Max-Age" { "integer" } else { "string" };
        (*name, at.map([("type", at.string(kind))]))
    });
    let response = at.map([
        ("statusCode", at.string("200")),
        ("responseParameters", at.map(parameters)),
        ("responseTemplates", at.map([("application/json", at.string("{}\n"))])),
    ]);
    let integration = at.map([
        ("type", at.string("mock")),
        ("requestTemplates", at.map([("application/json", at.string("{\n  \"statusCode\" : 200\n}\n"))])),
        ("responses", at.map([("default", response)])),
    ]);
    let ok = at.map([("description", at.string("Default response for CORS method")), ("headers", at.map(described))]);
    at.map([
        ("summary", at.string("CORS support")),
        ("consumes", at.strings(["application/json"])),
        ("produces", at.strings(["application/json"])),
        (INTEGRATION, integration),
        ("responses", at.map([("200", ok)])),
    ])
}

/// The methods of a path, with OPTIONS.
fn methods_of(item: &Node) -> String {
    let keys: Vec<&str> = item.entries().iter().map(|entry| entry.key.as_str()).collect();
    if keys.contains(&ANY_METHOD) {
        return METHODS.join(",");
    }
    let mut methods: Vec<String> =
        keys.into_iter().filter(|key| openapi::is_method(key)).map(str::to_uppercase).collect();
    methods.push("OPTIONS".to_owned());
    methods.sort();
    methods.dedup();
    methods.join(",")
}
