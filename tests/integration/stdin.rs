//! Standard input: its format is told by its content, and what is mended of it is printed.

use std::fs;

use crate::named_files::with_stdin;
use crate::support::{code, folder, json, stderr, stdout};

const KEY: &str = "# a key\nresource \"aws_kms_key\" \"k\" {\n  enable_key_rotation = false\n}\n";
const KEY_JSON: &str = r#"{"resource": {"aws_kms_key": {"k": {"enable_key_rotation": false}}}}"#;
const TEMPLATE: &str =
    "Resources:\n  Q:\n    Type: AWS::SQS::Queue\n    Properties:\n      SqsManagedSseEnabled: false\n";

#[test]
fn formats_are_told_by_content() {
    let folder = folder(&[]);
    let check = |text: &str| with_stdin(folder.path(), &["check", "--format", "concise", "-"], text);
    for (text, found) in [
        (KEY, "<stdin>:3:3: medium[kms-key-rotation] aws_kms_key.k"),
        (KEY_JSON, "medium[kms-key-rotation] aws_kms_key.k"),
        (TEMPLATE, "<stdin>:5:7: high[sqs-sse] Q"),
    ] {
        assert!(stdout(&check(text)).contains(found), "{text}: {}", stdout(&check(text)));
    }
    let unknown = check("some words\n");
    assert_eq!(code(&unknown), 2);
    assert!(stderr(&unknown).contains("--stdin-filename main.tf"), "{}", stderr(&unknown));
    let empty = check("\n");
    assert_eq!(code(&empty), 0);
    assert!(stderr(&empty).contains("nothing was checked"), "{}", stderr(&empty));
    let values = with_stdin(folder.path(), &["inspect", "--format", "values", "-"], KEY_JSON);
    assert_eq!(json(&values)["resources"]["aws_kms_key.k"]["enable_key_rotation"], false);
    assert!(stdout(&with_stdin(folder.path(), &["who-can", "kms:Decrypt", "-"], KEY)).contains("aws_kms_key.k"));
    // Comments of HCL count there.
    let accepted = KEY.replace("false\n", "false // sealint: ignore[kms-key-rotation] it is old\n");
    assert!(stderr(&check(&accepted)).contains("1 suppressed"));
}

#[test]
fn what_is_mended_is_printed_and_no_file_touched() {
    let variables = "variable \"on\" { default = false }\n";
    let folder = folder(&[("main.tf", "# as it is on disk\n"), ("variables.tf", variables)]);
    let fix = |args: &[&str], text: &str| with_stdin(folder.path(), &[&["fix"], args].concat(), text);
    let mended = fix(&["-"], TEMPLATE);
    assert_eq!((code(&mended), stdout(&mended)), (0, TEMPLATE.replace("false", "true")));
    assert_eq!(stdout(&fix(&["--stdin-filename", "main.tf"], KEY)), KEY.replace("false", "true"));
    // What is right is printed as it is, and what would be mended elsewhere is left.
    let text = KEY.replace("false", "var.on");
    let elsewhere = fix(&["--unsafe", "--stdin-filename", "main.tf"], &text);
    assert_eq!(stdout(&elsewhere), text);
    assert!(stderr(&elsewhere).contains("0 findings fixed, 1 more in other files"), "{}", stderr(&elsewhere));
    let diff = fix(&["--diff", "-"], TEMPLATE);
    assert!(code(&diff) == 1 && stdout(&diff).contains("+      SqsManagedSseEnabled: true"));
    assert_eq!(code(&fix(&["-", "variables.tf"], KEY)), 2);
    assert_eq!(fs::read_to_string(folder.path().join("main.tf")).unwrap(), "# as it is on disk\n");
    assert_eq!(fs::read_to_string(folder.path().join("variables.tf")).unwrap(), variables);
}
