//! Secrets as settings: where the value comes from, never the value itself.

use crate::value::{Entries, Entry, Kind, Known, Reason, StringPart, Unknown, Value};

/// A secret as rules see it: `{"source": "literal" | "placeholder" | "parameter" | "ssm" | "reference", "protected": bool}`.
///
/// Protected is what is shown to nobody who may see the code, the plan or the stack: a reference to a secret store, an
/// attribute of another resource, a parameter or variable marked as secret. A plain SSM parameter is not.
/// `None`: there is no secret (null or an empty string).
pub(super) fn describe(value: &Value) -> Option<Value> {
    let (source, protected) = match &value.kind {
        Kind::Null => return None,
        Kind::String(text) if text.as_str().is_empty() => return None,
        Kind::String(text) => of_text(text.as_str()),
        Kind::Unknown(unknown) => of_unknown(unknown, value.sensitive),
        _ => ("literal", false),
    };
    let mut entries = Entries::default();
    entries.insert("source".into(), Entry::generated(Value::string(source)));
    entries.insert("protected".into(), Entry::generated(Value::bool(protected)));
    Some(Value::object(entries).with_origin(value.origin.clone()))
}

/// Dynamic references of CloudFormation are text until the service resolves them
/// (<https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html>).
fn of_text(text: &str) -> (&'static str, bool) {
    if text.contains("{{resolve:secretsmanager:") || text.contains("{{resolve:ssm-secure:") {
        ("reference", true)
    } else if text.contains("{{resolve:ssm:") {
        ("ssm", false)
    } else if is_placeholder(text) {
        ("placeholder", false)
    } else {
        ("literal", false)
    }
}

/// Text that says that something else is to stand here.
fn is_placeholder(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let parts =
        ["example", "changeme", "change_me", "change-me", "replaceme", "replace_me", "replace-me", "placeholder"];
    (lower.starts_with('<') && lower.ends_with('>'))
        || text.contains("${")
        || parts.iter().any(|part| lower.contains(part))
        || matches!(&*lower, "dummy" | "todo" | "tbd" | "none" | "null" | "unset" | "initial" | "-" | "n/a")
}

fn of_unknown(unknown: &Unknown, sensitive: bool) -> (&'static str, bool) {
    match &unknown.known {
        Known::Parts(parts) => {
            let text: String = parts
                .iter()
                .filter_map(|part| match part {
                    StringPart::Literal(text) => Some(text.as_str()),
                    StringPart::Unknown(_) => None,
                })
                .collect();
            match of_text(&text) {
                ("literal" | "placeholder", _) => ("reference", true),
                other => other,
            }
        }
        Known::Choice(choice) => {
            let both = [&choice.then, &choice.otherwise].map(describe);
            let open =
                both.iter().flatten().find(|value| value.get("protected").and_then(Value::as_bool) == Some(false));
            match open.and_then(|value| value.get("source")).and_then(Value::as_str) {
                Some("literal") => ("literal", false),
                Some("placeholder") => ("placeholder", false),
                Some("ssm") => ("ssm", false),
                Some(_) => ("parameter", false),
                None => ("reference", true),
            }
        }
        _ => match &unknown.reason {
            Reason::NotGiven(_) => ("parameter", sensitive),
            // Parameters of templates cannot take a SecureString
            // (<https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html>).
            Reason::External(what) if what.starts_with(Reason::SSM_PARAMETER) => ("ssm", false),
            Reason::External(what) => match of_text(what) {
                ("literal" | "placeholder", _) => ("reference", true),
                other => other,
            },
            _ => ("reference", true),
        },
    }
}
