//! Values from outside: parameters files in their notations, constraints between parameters, and what is never printed.

use serde_json::Value;

use super::{KEY, ROTATION, check, folder, report, run};

fn template(value: &str) -> String {
    format!("{KEY}{value}\n")
}

#[test]
fn parameters_files_in_every_notation() {
    let files = [
        ("list.json", r#"[{"ParameterKey": "Rotate", "ParameterValue": "VALUE"}]"#),
        ("pipeline.json", r#"{"Parameters": {"Rotate": "VALUE"}, "StackPolicy": {}}"#),
        ("plain.json", r#"{"Rotate": "VALUE"}"#),
        ("overrides.json", r#"["Rotate=VALUE"]"#),
        ("samconfig.toml", "version = 0.1\n[default.deploy.parameters]\nparameter_overrides = \"Rotate=VALUE\"\n"),
        ("samconfig.toml", "[default.global.parameters]\nparameter_overrides = [\"Rotate=VALUE\"]\n"),
        ("samconfig.toml", "[default.deploy.parameters]\nparameter_overrides = {Rotate = \"VALUE\"}\n"),
    ];
    for (name, text) in files {
        let verdicts = |value: &str| {
            let values = text.replace("VALUE", value);
            let files = [("t.yaml", &*template("!Ref Rotate")), (name, &*values)];
            check(ROTATION, &files, &["--parameters", name]).into_iter().map(|(_, verdict, ..)| verdict).collect()
        };
        let (good, bad): (Vec<String>, Vec<String>) = (verdicts("true"), verdicts("false"));
        assert_eq!((good.is_empty(), bad), (true, vec!["fail".to_owned()]), "{name}: {text}");
    }
}

#[test]
fn the_command_line_goes_before_files_and_files_before_defaults() {
    let template = template("!Ref Rotate").replace("Rotate: {", "Rotate: {Default: \"false\", ");
    let files = [("t.yaml", &*template), ("p.json", r#"{"Rotate": "true"}"#)];
    assert_eq!(check(ROTATION, &files, &[]).len(), 1);
    assert_eq!(check(ROTATION, &files, &["--parameters", "p.json"]), []);
    assert_eq!(check(ROTATION, &files, &["--parameters", "p.json", "--parameter", "Rotate=false"]).len(), 1);
}

#[test]
fn allowed_values_without_a_safe_one() {
    let given = |values: &str| {
        let template = template("!Ref Rotate").replace("[\"true\", \"false\"]", values);
        check(ROTATION, &[("t.yaml", &template)], &[]).into_iter().map(|(_, verdict, ..)| verdict).collect::<Vec<_>>()
    };
    assert_eq!(given("[\"false\", \"False\"]"), ["fail"]);
    assert_eq!(given("[\"false\", \"true\"]"), ["open"]);
    assert_eq!(given("[\"true\"]"), Vec::<String>::new());
}

#[test]
fn facts_of_the_place_are_parameters_too() {
    let conditional = "Conditions: {Home: !Equals [!Ref AWS::Region, eu-west-1]}
Resources:
  Key:
    Type: AWS::KMS::Key
    Properties:
      EnableKeyRotation: !If [Home, true, false]
";
    let verdicts = |args: &[&str]| {
        let judged = check(ROTATION, &[("t.yaml", conditional)], args);
        judged.into_iter().map(|(_, verdict, ..)| verdict).collect::<Vec<_>>()
    };
    assert_eq!(verdicts(&[]), ["open"]);
    assert_eq!(verdicts(&["--parameter", "AWS::Region=eu-west-1"]), Vec::<String>::new());
    assert_eq!(verdicts(&["--parameter", "AWS::Region=us-east-1"]), ["fail"]);
}

#[test]
fn rules_bound_what_can_be_deployed() {
    let with = |rules: &str| {
        let template = format!("{rules}{}", template("!Ref Rotate"));
        check(ROTATION, &[("t.yaml", &template)], &[]).into_iter().map(|(_, verdict, ..)| verdict).collect::<Vec<_>>()
    };
    let assert =
        |value: &str| format!("Rules: {{R: {{Assertions: [{{Assert: !Equals [!Ref Rotate, \"{value}\"]}}]}}}}\n");
    assert_eq!(with(""), ["open"]);
    assert_eq!(with(&assert("true")), Vec::<String>::new());
    assert_eq!(with(&assert("false")), ["fail"]);
    // Bound only where a stage is live; another stage may still fail.
    let live = "Rules: {R: {RuleCondition: !Equals [!Ref Stage, live], Assertions: [{Assert: !Contains [[\"true\"], \
                !Ref Rotate]}]}}\n";
    assert_eq!(with(live), ["open"]);
}

#[test]
fn rules_that_nothing_fulfils_hide_nothing() {
    let assert = |value: &str| format!("{{Assertions: [{{Assert: !Equals [!Ref Name, {value}]}}]}}");
    for (parameter, rules) in [
        // The default is there to be refused.
        ("{Type: String, Default: none}", format!("{{R: {}}}", assert("live"))),
        ("{Type: String}", format!("{{R: {}, S: {}}}", assert("live"), assert("lab"))),
        ("{Type: String, AllowedValues: [test]}", format!("{{R: {}}}", assert("live"))),
    ] {
        let template = format!(
            "Parameters: {{Name: {parameter}}}\nRules: {rules}\n\
             Resources: {{Key: {{Type: AWS::KMS::Key, Properties: {{EnableKeyRotation: false}}}}}}\n"
        );
        let report = report(ROTATION, &[("t.yaml", &template)], ".", &[]);
        assert_eq!(report["results"][0]["verdict"], "fail", "{template}");
        let said = report["diagnostics"].as_array().unwrap();
        assert!(said.len() == 1 && said[0]["region"]["start_line"] == 2, "{said:#?}");
    }
}

#[test]
fn constructs_of_the_cdk_are_shown() {
    let template = r#"{"Resources": {"Key961B73FD": {
        "Type": "AWS::KMS::Key",
        "Properties": {"EnableKeyRotation": false},
        "Metadata": {"aws:cdk:path": "Shop/Orders/Key/Resource"}}}}"#;
    let files = [("cdk.out/Shop.template.json", template)];
    let report = report(ROTATION, &files, ".", &[]);
    assert_eq!(report["results"][0]["resource"], "Key961B73FD");
    assert_eq!(report["results"][0]["resource_label"], "Shop/Orders/Key/Resource");
    let text = run(&folder(&files), &["check", "--no-config", "--select", ROTATION]);
    assert!(String::from_utf8(text.stdout).unwrap().contains("Shop/Orders/Key/Resource"));
}

const DATABASE: &str = "Parameters:
  Password: {Type: String, NoEcho: true}
Resources:
  Database:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: mysql
      DBInstanceClass: db.t3.micro
      MasterUsername: root
      MasterUserPassword: ";

#[test]
fn references_to_secrets_are_no_literals() {
    let judge = |password: &str| {
        let template = format!("{DATABASE}{password}\n");
        let judged = check("rds-managed-master-password", &[("t.yaml", &template)], &[]);
        judged.into_iter().map(|(_, verdict, line, _)| (verdict, line)).collect::<Vec<_>>()
    };
    assert_eq!(judge("correct-horse-battery"), [("fail".to_owned(), 10)]);
    assert_eq!(judge("'{{resolve:secretsmanager:database:SecretString:password}}'"), []);
    assert_eq!(judge("!Sub '{{resolve:ssm-secure:/${AWS::StackName}/password:1}}'"), []);
    assert_eq!(judge("!Ref Password"), []);
}

#[test]
fn what_is_not_for_echo_is_never_printed() {
    const SECRET: &str = "hunter2-of-the-stack";
    let template = format!("{DATABASE}!Sub '${{Password}}!'\n      DBName: !Ref Password\n");
    let values = format!(r#"{{"Password": "{SECRET}"}}"#);
    let folder = folder(&[("t.yaml", &template), ("p.json", &values)]);
    let formats = ["text", "concise", "json", "sarif", "github", "gitlab", "junit"];
    let checks = formats.map(|format| vec!["check", "--select", "ALL", "--show-open", "--format", format]);
    let inspects = ["views", "values", "template"].map(|format| vec!["inspect", "--format", format]);
    for mut args in checks.into_iter().chain(inspects) {
        args.extend(["--no-config", "--parameters", "p.json", "t.yaml"]);
        let output = run(&folder, &args);
        let printed = [output.stdout, output.stderr].concat();
        assert!(!String::from_utf8_lossy(&printed).contains(SECRET), "{args:?}");
    }
    // Not even one that stands in the template itself, where rules are given it.
    let own = template.replace("NoEcho: true", &format!("NoEcho: true, Default: {SECRET}"));
    let output = run(&super::folder(&[("t.yaml", &own)]), &["inspect", "--no-config", "--format", "views"]);
    let printed: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(!printed.to_string().contains(SECRET), "{printed:#}");
}
