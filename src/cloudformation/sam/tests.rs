//! The transform on small templates of our own, one per kind of resource.

#![allow(clippy::unwrap_used, clippy::panic)]

use proptest::prelude::*;
use serde_json::{Value as Json, json};

use super::{Inputs, Transformed, transform};
use crate::diagnostic::{Diagnostic, Level};
use crate::parse::json::parse;
use crate::parse::node::{Node, NodeKind};
use crate::source::{FileId, Source};

fn run(template: &Json) -> (Json, Vec<Diagnostic>, Source) {
    let source = Source::new(FileId(0), "template.json", template.to_string());
    let (node, diagnostics) = parse(&source);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let inputs = Inputs { region: "eu-north-1".into(), partition: "aws".into(), ..Inputs::default() };
    let (Transformed { template: node, .. }, diagnostics) = transform(node, &inputs);
    (plain(&node), diagnostics, source)
}

/// The resources of a template that is accepted.
fn resources(template: &Json) -> Json {
    let (out, diagnostics, _) = run(template);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    out["Resources"].clone()
}

/// What the transform refuses, with the text that it points at.
fn refusals(template: &Json) -> Vec<(String, String)> {
    let (_, diagnostics, source) = run(template);
    assert!(diagnostics.iter().all(|diagnostic| diagnostic.level == Level::Error));
    let place = |diagnostic: &Diagnostic| source.slice(diagnostic.span.unwrap()).to_owned();
    diagnostics.iter().map(|diagnostic| (diagnostic.message.clone(), place(diagnostic))).collect()
}

fn plain(node: &Node) -> Json {
    match &node.kind {
        NodeKind::Null => Json::Null,
        NodeKind::Bool(value) => json!(value),
        NodeKind::Number(text) => serde_json::from_str(text).unwrap(),
        NodeKind::String(text) => json!(text.as_str()),
        NodeKind::Sequence(items) => items.iter().map(plain).collect(),
        NodeKind::Mapping(entries) => {
            entries.iter().map(|entry| (entry.key.as_str().to_owned(), plain(&entry.value))).collect()
        }
    }
}

fn function(more: &Json) -> Json {
    let mut properties = json!({"Handler": "m.h", "Runtime": "python3.13", "InlineCode": "pass"});
    for (name, value) in more.as_object().unwrap() {
        properties[name] = value.clone();
    }
    json!({"Type": "AWS::Serverless::Function", "Properties": properties})
}

#[test]
fn a_function_gets_a_role_for_what_it_uses() {
    let out = resources(&json!({"Resources": {"Mail": function(&json!({
        "KmsKeyArn": "arn:key",
        "Policies": ["AmazonSQSReadOnlyAccess", {"KMSDecryptPolicy": {"KeyId": {"Ref": "Key"}}}],
        "Events": {"Jobs": {"Type": "SQS", "Properties": {"Queue": "arn:queue"}}},
    }))}}));
    assert_eq!(out["Mail"]["Properties"]["KmsKeyArn"], "arn:key");
    assert_eq!(out["Mail"]["Properties"]["Role"], json!({"Fn::GetAtt": ["MailRole", "Arn"]}));
    let role = &out["MailRole"]["Properties"];
    let arns = role["ManagedPolicyArns"].to_string();
    for name in ["AWSLambdaBasicExecutionRole", "AWSLambdaSQSQueueExecutionRole", "AmazonSQSReadOnlyAccess"] {
        assert!(arns.contains(name), "{arns}");
    }
    let statement = &role["Policies"][0]["PolicyDocument"]["Statement"][0];
    assert_eq!(statement["Action"], "kms:Decrypt");
    assert_eq!(statement["Resource"]["Fn::Sub"][1]["keyId"], json!({"Ref": "Key"}));
    assert_eq!(out["MailJobs"]["Type"], "AWS::Lambda::EventSourceMapping");
}

#[test]
fn what_is_made_points_at_its_cause() {
    let template = json!({"Resources": {"Mail": function(&json!({
        "Policies": [{"KMSDecryptPolicy": {"KeyId": "k"}}],
        "Events": {"Tick": {"Type": "Schedule", "Properties": {"Schedule": "rate(1 day)"}}},
    }))}});
    let source = Source::new(FileId(0), "template.json", template.to_string());
    let (Transformed { template: node, .. }, _) =
        transform(parse(&source).0, &Inputs { partition: "aws".into(), ..Inputs::default() });
    let at = |path: &[&str]| path.iter().fold(&node, |node, key| node.get(key).unwrap());
    let policy = &at(&["Resources", "MailRole", "Properties", "Policies"]).items()[0];
    assert_eq!(source.slice(policy.span), r#"{"KMSDecryptPolicy":{"KeyId":"k"}}"#);
    let permission = at(&["Resources", "MailTickPermission"]);
    assert!(source.slice(permission.span).contains("rate(1 day)"));
}

#[test]
fn globals_are_merged_and_checked() {
    let globals = json!({"Function": {"Environment": {"Variables": {"A": "1"}}, "Layers": ["one"], "Timeout": 3}});
    let own = json!({"Environment": {"Variables": {"B": "2"}}, "Layers": ["two"], "Timeout": 9});
    let out = resources(&json!({"Globals": globals, "Resources": {"F": function(&own)}}));
    let properties = &out["F"]["Properties"];
    assert_eq!(properties["Environment"]["Variables"], json!({"A": "1", "B": "2"}));
    assert_eq!(properties["Layers"], json!(["one", "two"]));
    assert_eq!(properties["Timeout"], 9);
    // What is wrong is said, one by one; the rest holds.
    let mut bare = function(&json!({}));
    bare["Properties"].as_object_mut().unwrap().remove("Runtime");
    let refused = refusals(&json!({
        "Globals": {"Function": {"Role": "r", "Runtime": "python3.13"}, "Queue": {}},
        "Resources": {"F": bare},
    }));
    let places: Vec<&str> = refused.iter().map(|(_, place)| &**place).collect();
    assert_eq!(places, [r#""Role""#, r#""Queue""#]);
}

#[test]
fn a_document_keeps_its_methods_and_takes_over_what_overrides_the_api() {
    let method = json!({"x-amazon-apigateway-integration": {"type": "mock"}});
    let api = |more: &str, value: Json| {
        let mut api = json!({"Type": "AWS::Serverless::Api", "Properties": {"StageName": "live",
            "Auth": {"DefaultAuthorizer": "Pool", "Authorizers": {"Pool": {"UserPoolArn": "arn:pool"}}},
            "DefinitionBody": {"swagger": "2.0", "paths": {"/open": {"get": method}, "/other": {"get": method}}},
        }});
        api["Properties"][more] = value;
        api
    };
    let auth = |auth: Json| {
        let event = json!({"Path": "/open", "Method": "GET", "RestApiId": {"Ref": "Shop"}, "Auth": auth});
        let events = json!({"Events": {"A": {"Type": "Api", "Properties": event}}});
        let out = resources(&json!({"Resources": {"Shop": api("Name", json!("shop")), "F": function(&events)}}));
        let paths = &out["Shop"]["Properties"]["Body"]["paths"];
        [&paths["/open"]["get"]["security"], &paths["/other"]["get"]["security"]].map(Json::clone)
    };
    let pool = json!([{"Pool": []}]);
    assert_eq!(auth(json!({"Authorizer": "NONE", "OverrideApiAuth": true})), [json!([{"NONE": []}]), pool.clone()]);
    assert_eq!(auth(json!({"Authorizer": "NONE"})), [pool.clone(), pool]);

    let mut elsewhere = api("MergeDefinitions", json!(true));
    elsewhere["Properties"] = json!({"StageName": "live", "MergeDefinitions": true, "DefinitionUri": "s3://b/k"});
    let (_, diagnostics, _) = run(&json!({"Resources": {"Shop": elsewhere}}));
    assert_eq!(diagnostics.iter().map(|diagnostic| diagnostic.level).collect::<Vec<_>>(), [Level::Warning]);
}

#[test]
fn what_a_snippet_may_bring_is_not_refused() {
    let include = json!({"Name": "AWS::Include", "Parameters": {"Location": "s3://b/k"}});
    let properties = json!({"Runtime": "python3.13", "Handler": "m.h", "Fn::Transform": include});
    let out = resources(&json!({
        "Globals": {"Function": {"Timeout": 3, "Fn::Transform": include}},
        "Resources": {
            "F": {"Type": "AWS::Serverless::Function", "Properties": properties},
            "A": {"Type": "AWS::Serverless::Api", "Properties": {
                "StageName": "live", "Auth": {"DefaultAuthorizer": "AWS_IAM"},
                "DefinitionBody": {"openapi": "3.0.1", "Fn::Transform": include},
            }},
        },
    }));
    assert_eq!(out["F"]["Type"], "AWS::Lambda::Function");
    assert_eq!(out["F"]["Properties"]["Fn::Transform"], include);
    assert_eq!(out["A"]["Properties"]["Body"]["Fn::Transform"], include);
}

#[test]
fn what_the_service_cannot_look_into_is_said() {
    let choice =
        json!({"Fn::If": ["C", {"A": {"Type": "SQS", "Properties": {"Queue": "q"}}}, {"Ref": "AWS::NoValue"}]});
    for property in ["Events", "FunctionUrlConfig"] {
        let refused = refusals(&json!({"Resources": {"F": function(&json!({property: choice}))}}));
        assert_eq!(refused.len(), 1, "{refused:?}");
        assert!(refused[0].0.starts_with(&format!("'{property}'")), "{refused:?}");
    }
    // What is wrong with an event is said once, without what follows from it.
    let pathless =
        json!({"Events": {"A": {"Type": "Api", "Properties": {"Path": {"Fn::Sub": "/x"}, "Method": "get"}}}});
    assert_eq!(refusals(&json!({"Resources": {"F": function(&pathless)}})).len(), 1);
    let (out, diagnostics, _) = run(&json!({"Resources": {"N": {"Type": "AWS::Serverless::New", "Properties": {}}}}));
    assert_eq!(out["Resources"]["N"]["Type"], "AWS::Serverless::New");
    assert_eq!(diagnostics.iter().map(|diagnostic| diagnostic.level).collect::<Vec<_>>(), [Level::Warning]);
}

#[test]
fn events_without_an_api_make_one() {
    let event = |path: &str| json!({"Type": "Api", "Properties": {"Path": path, "Method": "get"}});
    let mut first = function(&json!({"Events": {"A": event("/a")}}));
    first["Condition"] = json!("IsLive");
    let out = resources(&json!({
        "Conditions": {"IsLive": {"Fn::Equals": ["a", "b"]}},
        "Resources": {"F": first, "G": function(&json!({"Events": {"B": event("/b/{id}")}}))},
    }));
    let paths = &out["ServerlessRestApi"]["Properties"]["Body"]["paths"];
    assert_eq!(paths["/a"]["Fn::If"][0], "IsLive");
    assert_eq!(paths["/b/{id}"]["get"]["x-amazon-apigateway-integration"]["type"], "aws_proxy");
    assert_eq!(out["FAPermissionProd"]["Condition"], "IsLive");
    let source = out["GBPermissionProd"]["Properties"]["SourceArn"]["Fn::Sub"][0].as_str().unwrap();
    assert!(source.ends_with("/GET/b/*"), "{source}");
    assert_eq!(out["ServerlessRestApiProdStage"]["Properties"]["StageName"], "Prod");
}

#[test]
fn authorizers_and_keys_guard_the_methods_of_an_api() {
    let out = resources(&json!({"Resources": {
        "Shop": {"Type": "AWS::Serverless::Api", "Properties": {"StageName": "live", "Auth": {
            "DefaultAuthorizer": "Pool", "ApiKeyRequired": true,
            "Authorizers": {"Pool": {"UserPoolArn": "arn:pool"}},
        }}},
        "F": function(&json!({"Events": {
            "Closed": {"Type": "Api", "Properties": {"RestApiId": {"Ref": "Shop"}, "Path": "/c", "Method": "post"}},
            "Open": {"Type": "Api", "Properties": {
                "RestApiId": {"Ref": "Shop"}, "Path": "/o", "Method": "get", "Auth": {"Authorizer": "NONE"},
            }},
        }})),
    }}));
    let body = &out["Shop"]["Properties"]["Body"];
    assert_eq!(body["paths"]["/c"]["post"]["security"], json!([{"Pool": []}, {"api_key": []}]));
    assert_eq!(body["paths"]["/o"]["get"]["security"], json!([{"NONE": []}, {"api_key": []}]));
    assert_eq!(body["securityDefinitions"]["Pool"]["x-amazon-apigateway-authtype"], "cognito_user_pools");
}

#[test]
fn tables_and_state_machines_and_layers() {
    let out = resources(&json!({"Resources": {
        "Orders": {"Type": "AWS::Serverless::SimpleTable", "Properties": {"SSESpecification": {"SSEEnabled": true}}},
        "Flow": {"Type": "AWS::Serverless::StateMachine", "Properties": {
            "Definition": {"StartAt": "Do", "States": {"Do": {"Type": "Task", "Resource": {"Fn::GetAtt": ["F", "Arn"]}}}},
            "Policies": [{"DynamoDBReadPolicy": {"TableName": {"Ref": "Orders"}}}],
        }},
        "Code": {"Type": "AWS::Serverless::LayerVersion", "Properties": {"ContentUri": "s3://bucket/layer.zip"}},
        "F": function(&json!({"Layers": [{"Ref": "Code"}]})),
    }}));
    assert_eq!(out["Orders"]["Properties"]["SSESpecification"], json!({"SSEEnabled": true}));
    assert_eq!(out["Orders"]["Properties"]["BillingMode"], "PAY_PER_REQUEST");
    let flow = &out["Flow"]["Properties"];
    assert_eq!(flow["DefinitionSubstitutions"]["definition_substitution_1"], json!({"Fn::GetAtt": ["F", "Arn"]}));
    assert_eq!(flow["RoleArn"], json!({"Fn::GetAtt": ["FlowRole", "Arn"]}));
    let layer = out["F"]["Properties"]["Layers"][0]["Ref"].as_str().unwrap();
    assert!(layer.len() > "Code".len() && out[layer]["Type"] == "AWS::Lambda::LayerVersion");
}

#[test]
fn a_connector_grants_what_it_says() {
    let connector = |access: &str| {
        json!({"Resources": {
            "F": function(&json!({})),
            "Mail": {"Type": "AWS::SQS::Queue"},
            "Link": {"Type": "AWS::Serverless::Connector", "Properties": {
                "Source": {"Id": "F"}, "Destination": {"Id": "Mail"}, "Permissions": [access],
            }},
        }})
    };
    let out = resources(&connector("Write"));
    let policy = &out["LinkPolicy"]["Properties"];
    assert_eq!(policy["Roles"], json!([{"Ref": "FRole"}]));
    assert!(policy["PolicyDocument"].to_string().contains("sqs:SendMessage"));
    assert_eq!(refusals(&connector("Delete"))[0].1, r#""Delete""#);
}

#[test]
fn http_and_web_socket_and_graphql_apis() {
    let out = resources(&json!({"Resources": {
        "F": function(&json!({"Events": {"All": {"Type": "HttpApi"}}})),
        "Chat": {"Type": "AWS::Serverless::WebSocketApi", "Properties": {
            "RouteSelectionExpression": "$request.body.action",
            "Routes": {"$connect": {"FunctionArn": {"Fn::GetAtt": ["F", "Arn"]}}},
        }},
        "Graph": {"Type": "AWS::Serverless::GraphQLApi", "Properties": {
            "SchemaInline": "type Query { a: Int }", "Auth": {"Type": "AWS_IAM"},
        }},
    }}));
    let route = &out["ServerlessHttpApi"]["Properties"]["Body"]["paths"]["$default"];
    assert_eq!(route["x-amazon-apigateway-any-method"]["isDefaultRoute"], true);
    assert_eq!(out["ChatConnectRoute"]["Properties"]["RouteKey"], "$connect");
    assert_eq!(out["Graph"]["Properties"]["LogConfig"]["FieldLogLevel"], "ALL");
}

#[test]
fn refusals_leave_the_rest_and_point_at_the_fault() {
    let template = json!({"Resources": {
        "F": function(&json!({"Policies": [{"NoSuchPolicy": {}}], "Events": {
            "Bad": {"Type": "Telegram"},
            "Good": {"Type": "Schedule", "Properties": {"Schedule": "rate(1 day)"}},
        }})),
        "T": {"Type": "AWS::Serverless::SimpleTable", "Properties": {"Sort": "x"}},
    }});
    let refused = refusals(&template);
    let places: Vec<&str> = refused.iter().map(|(_, place)| place.as_str()).collect();
    assert_eq!(places, [r#"{"Type":"Telegram"}"#, r#"{"NoSuchPolicy":{}}"#, r#""Sort""#]);
    let (out, _, _) = run(&template);
    assert_eq!(out["Resources"]["F"]["Type"], "AWS::Lambda::Function");
    assert_eq!(out["Resources"]["FGood"]["Type"], "AWS::Events::Rule");
    assert_eq!(out["Resources"]["T"]["Type"], "AWS::Serverless::SimpleTable");
}

#[test]
fn code_that_is_not_packaged_yet_is_no_fault() {
    let mut built = function(&json!({"PackageType": "Image"}));
    built["Properties"].as_object_mut().unwrap().retain(|name, _| name == "PackageType");
    built["Metadata"] = json!({"Dockerfile": "Dockerfile"});
    let local = json!({"Type": "AWS::Serverless::Function", "Properties": {
        "Handler": "m.h", "Runtime": "python3.13", "CodeUri": "src/",
    }});
    let out = resources(&json!({"Resources": {"Built": built, "Local": local}}));
    assert_eq!(out["Local"]["Properties"]["Code"], "src/");
}

#[test]
fn package_types_and_processors_are_checked() {
    let refused = |more: &Json| refusals(&json!({"Resources": {"F": function(more)}}));
    assert_eq!(refused(&json!({"PackageType": "Image", "ImageUri": "1.example/a:b"}))[0].1, r#""Runtime""#);
    assert_eq!(refused(&json!({"ImageConfig": {"Command": ["a"]}}))[0].1, r#""ImageConfig""#);
    assert_eq!(refused(&json!({"PackageType": "Tar"}))[0].1, r#""Tar""#);
    assert_eq!(refused(&json!({"Architectures": ["arm64", "x86_64"]}))[0].1, r#"["arm64","x86_64"]"#);
    assert_eq!(refused(&json!({"Architectures": ["mips"]}))[0].1, r#"["mips"]"#);
    assert!(refused(&json!({"Architectures": [{"Ref": "Processor"}]})).is_empty());
    let layer = json!({"Type": "AWS::Serverless::LayerVersion", "Properties": {
        "ContentUri": "s3://bucket/layer.zip", "CompatibleArchitectures": ["arm64", "mips"],
    }});
    assert_eq!(refusals(&json!({"Resources": {"L": layer}}))[0].1, r#"["arm64","mips"]"#);
}

#[test]
fn a_destination_given_under_a_condition_is_made_under_both() {
    let mut f = function(&json!({"EventInvokeConfig": {
        "MaximumRetryAttempts": {"Ref": "Retries"},
        "DestinationConfig": {
            "OnFailure": {"Type": "SQS", "Destination": {"Fn::If": ["Made", {"Ref": "AWS::NoValue"}, "arn:queue"]}},
            "OnSuccess": {"Type": "S3Bucket", "Destination": "arn:bucket"},
        },
    }}));
    f["Condition"] = json!("IsLive");
    let (out, diagnostics, _) =
        run(&json!({"Parameters": {"Retries": {"Type": "Number", "Default": 1}}, "Resources": {"F": f}}));
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let resources = &out["Resources"];
    let config = &resources["FEventInvokeConfig"]["Properties"];
    assert_eq!(config["MaximumRetryAttempts"], 1);
    assert_eq!(config["DestinationConfig"]["OnFailure"]["Destination"]["Fn::If"][0], "Made");
    let condition = resources["FEventInvokeConfigOnFailureQueue"]["Condition"].as_str().unwrap();
    let both = json!({"Fn::And": [{"Condition": "IsLive"}, {"Condition": "Made"}]});
    assert_eq!(out["Conditions"][condition], both);
    let objects = json!({"Fn::Join": ["/", ["arn:bucket", "*"]]});
    let policies = resources["FRole"]["Properties"]["Policies"].as_array().unwrap();
    let put = policies.iter().flat_map(|policy| policy["PolicyDocument"]["Statement"].as_array().unwrap());
    assert!(put.clone().any(|statement| statement["Action"] == "s3:PutObject" && statement["Resource"] == objects));
}

#[test]
fn authorizers_of_both_kinds_of_apis_are_checked() {
    let rest = |authorizer: &Json| {
        json!({"Resources": {"Shop": {"Type": "AWS::Serverless::Api", "Properties": {
            "StageName": "live", "Auth": {"Authorizers": {"Own": authorizer}},
        }}}})
    };
    let on_request = |every: Json| json!({"FunctionPayloadType": "REQUEST", "FunctionArn": "arn:f", "Identity": {"ReauthorizeEvery": every}});
    assert!(refusals(&rest(&on_request(json!("0")))).is_empty());
    assert_eq!(refusals(&rest(&on_request(json!("9"))))[0].1, r#"{"ReauthorizeEvery":"9"}"#);
    let odd = json!({"FunctionArn": "arn:f", "DisableFunctionDefaultPermissions": "yes"});
    assert_eq!(refusals(&rest(&odd))[0].1, r#""yes""#);
    let http = |authorizer: &Json| {
        json!({"Resources": {"Shop": {"Type": "AWS::Serverless::HttpApi", "Properties": {
            "Auth": {"Authorizers": {"Own": authorizer}},
        }}}})
    };
    let out = resources(&http(&json!({"JwtConfiguration": {"Issuer": "https://i", "Audience": ["a"]}})));
    let scheme = &out["Shop"]["Properties"]["Body"]["components"]["securitySchemes"]["Own"];
    let configuration = &scheme["x-amazon-apigateway-authorizer"]["jwtConfiguration"];
    assert_eq!(configuration, &json!({"issuer": "https://i", "audience": ["a"]}));
    let mixed = json!({"JwtConfiguration": {"issuer": "i"}, "EnableSimpleResponses": true});
    assert_eq!(refusals(&http(&mixed))[0].1, "true");
}

#[test]
fn base_paths_of_rest_apis_are_letters_and_digits_unless_told_otherwise() {
    let paths = |kind: &str, domain: Json| {
        let mut domain = domain;
        domain["DomainName"] = json!("api.example.com");
        domain["CertificateArn"] = json!("arn:certificate");
        let properties = json!({"StageName": "live", "Domain": domain});
        json!({"Resources": {"Shop": {"Type": kind, "Properties": properties}}})
    };
    let rest = "AWS::Serverless::Api";
    let out = resources(&paths(rest, json!({"BasePath": ["/v1-a"]})));
    assert_eq!(out["Shopv1aBasePathMapping"]["Properties"]["BasePath"], "v1a");
    let out = resources(&paths(rest, json!({"BasePath": ["v1-a"], "NormalizeBasePath": false})));
    assert_eq!(out["Shopv1aBasePathMapping"]["Properties"]["BasePath"], "v1-a");
    let http = "AWS::Serverless::HttpApi";
    let out = resources(&paths(http, json!({"BasePath": ["/v1-a/"]})));
    assert_eq!(out["Shopv1aApiMapping"]["Properties"]["ApiMappingKey"], "v1-a");
    assert_eq!(refusals(&paths(http, json!({"BasePath": ["v1.a"]})))[0].1, r#""v1.a""#);
}

#[test]
fn what_the_service_cannot_resolve_or_would_overwrite_is_refused() {
    let application = json!({"Type": "AWS::Serverless::Application", "Properties": {
        "Location": {"ApplicationId": {"Fn::GetAtt": ["Shelf", "Id"]}, "SemanticVersion": "1.0.0"},
    }});
    assert_eq!(refusals(&json!({"Resources": {"A": application}}))[0].1, r#"{"Fn::GetAtt":["Shelf","Id"]}"#);
    let published = json!({"AutoPublishAlias": "live", "AutoPublishCodeSha256": {"Fn::GetAtt": ["Code", "Hash"]}});
    assert_eq!(refusals(&json!({"Resources": {"F": function(&published)}}))[0].1, r#"{"Fn::GetAtt":["Code","Hash"]}"#);
    let slow = json!({"AutoPublishAlias": "live", "DeploymentPreference": {"Type": "AllAtOnce", "Alarms": "bell"}});
    assert_eq!(refusals(&json!({"Resources": {"F": function(&slow)}}))[0].1, r#""bell""#);
    let queued =
        json!({"Events": {"News": {"Type": "SNS", "Properties": {"Topic": "arn:t", "SqsSubscription": true}}}});
    let queue = json!({"Type": "AWS::SQS::Queue"});
    assert_eq!(refusals(&json!({"Resources": {"F": function(&queued), "FNewsQueue": queue}}))[0].1, r#""FNewsQueue""#);
}

#[test]
fn what_is_written_into_a_document_needs_one_that_does_not_say_it_yet() {
    let refused = |kind: &str, properties: Json| {
        refusals(&json!({"Resources": {"Shop": {"Type": kind, "Properties": properties}}}))
    };
    let http = "AWS::Serverless::HttpApi";
    for property in ["Description", "Name", "DisableExecuteApiEndpoint"] {
        let stored = refused(http, json!({"DefinitionUri": "s3://bucket/api.json", property: "x"}));
        assert_eq!(stored.len(), 1, "{property}");
    }
    let body = json!({"openapi": "3.0.1", "info": {"title": "Shop"}, "paths": {}});
    assert_eq!(refused(http, json!({"DefinitionBody": body, "Name": "Other"}))[0].1, r#""Other""#);
    assert!(refused(http, json!({"DefinitionBody": body, "Description": "A shop"})).is_empty());
    let rest = json!({"StageName": "a", "DefinitionUri": "s3://bucket/api.json", "DisableExecuteApiEndpoint": true});
    assert_eq!(refused("AWS::Serverless::Api", rest)[0].1, "true");
}

/// Values that stand where something else should.
fn odd() -> impl Strategy<Value = Json> {
    prop_oneof![
        Just(Json::Null),
        Just(json!(0)),
        Just(json!("")),
        Just(json!("${A.B}")),
        Just(json!([])),
        Just(json!({})),
        Just(json!([[1], {"Ref": 3}])),
        Just(json!({"Fn::If": ["C"]})),
        Just(json!({"Fn::If": ["C", {"Ref": "AWS::NoValue"}, {"Fn::Sub": ["${x}", {}]}]})),
        Just(json!({"Fn::GetAtt": "A.B.C"})),
        Just(json!({"Type": "Api", "Properties": {"Path": "/{", "Method": "any"}})),
    ]
}

/// A template with all kinds of resources.
fn wide() -> Json {
    json!({
        "Globals": {"Function": {"Timeout": 1}, "Api": {"Cors": "'*'", "Auth": {"ApiKeyRequired": true}}},
        "Resources": {
            "F": function(&json!({
                "AutoPublishAlias": "live", "DeploymentPreference": {"Type": "AllAtOnce", "Alarms": ["a"]},
                "EventInvokeConfig": {"DestinationConfig": {"OnSuccess": {"Type": "SQS"}}},
                "FunctionUrlConfig": {"AuthType": "NONE"}, "Policies": [{"S3ReadPolicy": {"BucketName": "b"}}],
                "Events": {
                    "A": {"Type": "Api", "Properties": {"Path": "/a", "Method": "get", "Auth": {"ApiKeyRequired": true}}},
                    "H": {"Type": "HttpApi", "Properties": {"Path": "/h", "Method": "get"}},
                    "S": {"Type": "S3", "Properties": {"Bucket": {"Ref": "B"}, "Events": "s3:ObjectCreated:*"}},
                    "K": {"Type": "SelfManagedKafka", "Properties": {
                        "Topics": ["t"], "KafkaBootstrapServers": ["s"],
                        "SourceAccessConfigurations": [{"Type": "BASIC_AUTH", "URI": "u"}],
                    }},
                },
            })),
            "B": {"Type": "AWS::S3::Bucket"},
            "P": {"Type": "AWS::Serverless::Api", "Properties": {"StageName": "s", "Domain": {
                "DomainName": "d", "CertificateArn": "c", "Route53": {"HostedZoneId": "z"},
            }}},
            "M": {"Type": "AWS::Serverless::StateMachine", "Properties": {"Definition": {"StartAt": "x"}}},
            "L": {"Type": "AWS::Serverless::Connector", "Properties": {
                "Source": {"Id": "F"}, "Destination": {"Id": "B"}, "Permissions": ["Read"],
            }},
            "G": {"Type": "AWS::Serverless::GraphQLApi", "Properties": {
                "SchemaInline": "s", "Auth": {"Type": "API_KEY"}, "DataSources": {"DynamoDb": {"T": {"TableName": "t"}}},
            }},
        },
    })
}

/// Puts `odd` in place of the value that the steps lead to.
fn damage(node: &mut Json, steps: &[usize], odd: Json) {
    let child = match (steps.first(), &mut *node) {
        (Some(step), Json::Object(entries)) if !entries.is_empty() => {
            let index = step % entries.len();
            entries.values_mut().nth(index)
        }
        (Some(step), Json::Array(items)) if !items.is_empty() => {
            let index = step % items.len();
            items.get_mut(index)
        }
        _ => None,
    };
    match child {
        Some(child) => damage(child, &steps[1..], odd),
        None => *node = odd,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn damaged_templates_are_transformed_or_refused(
        damages in prop::collection::vec((prop::collection::vec(0_usize..8, 1..9), odd()), 1..4),
    ) {
        let mut template = wide();
        for (steps, odd) in damages {
            damage(&mut template, &steps, odd);
        }
        let source = Source::new(FileId(0), "template.json", template.to_string());
        let (node, _) = parse(&source);
        transform(node, &Inputs { partition: "aws".into(), ..Inputs::default() });
    }
}
