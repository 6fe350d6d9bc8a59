//! Formats by content: a look at the keys of the outermost mapping, without parsing.

use memchr::memmem;

use super::{Kind, Reason};
use crate::iam::printed::holds_policy;
use crate::parse::{TERRAFORM_BLOCKS, begins_a_block};

/// The format of a JSON or YAML document, or why it is none of ours.
pub(super) fn document(text: &str) -> Result<Kind, Reason> {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let keys = if text.starts_with(['{', '[']) { json_keys(text) } else { yaml_keys(text) };
    keys.format(text)
}

/// The format of a text of which nothing is known.
pub(super) fn any(text: &str) -> Result<Kind, Reason> {
    let found = document(text);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    match found {
        Err(Reason::Content) if text.starts_with('{') && json_keys(text).only_blocks() => Ok(Kind::Terraform),
        Err(Reason::Content) if begins_a_block(text) => Ok(Kind::Terraform),
        _ => found,
    }
}

/// Whether the first bytes of a file may be those of a document of ours.
pub(super) fn is_promising(head: &[u8]) -> bool {
    let text = String::from_utf8_lossy(head);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if text.contains('\0') {
        return false;
    }
    match text.starts_with(['{', '[']) {
        true => true,
        // The resources of a template may begin beyond.
        false => yaml_keys(text).resources || document(text).is_ok(),
    }
}

/// Whether there is a `Type` like those of resources (`AWS::SQS::Queue`, `Custom::Thing`), in either notation.
fn has_resource_type(text: &str) -> bool {
    memmem::find_iter(text.as_bytes(), "Type").any(|at| {
        let is_key = !text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '-');
        let value = text[at + "Type".len()..].trim_start_matches(['"', '\'']).trim_start().strip_prefix(':');
        let value = value.map(|value| value.trim_start_matches(|c: char| c.is_whitespace() || "\"'>|-".contains(c)));
        // `Fn::ForEach` may put a part of it in: `AWS::${Service}::Topic`.
        let name = |c: char| c.is_alphanumeric() || "_-@.${}&".contains(c);
        let rest = value.map(|value| (value, value.trim_start_matches(name)));
        is_key && rest.is_some_and(|(value, rest)| rest.len() < value.len() && rest.starts_with("::"))
    })
}

/// What the keys of the outermost mapping are.
#[derive(Default)]
struct Keys {
    /// `Resources`, with a mapping if that can be told.
    resources: bool,
    template_version: bool,
    transform: bool,
    statement: bool,
    policy_holder: bool,
    /// `planned_values`, `resource_changes`.
    planned: bool,
    format_version: bool,
    /// `lineage`, `serial`.
    state: bool,
    parameters: bool,
    /// Whether there is a key of Terraform's JSON notation with something in it.
    block: bool,
    /// Whether there is a key that is none.
    other: bool,
}

impl Keys {
    /// `next`: the first character of the value, if it is known.
    fn add(&mut self, key: &str, next: Option<u8>) {
        match key {
            // A comment, in Terraform's JSON notation.
            "//" => {}
            block if TERRAFORM_BLOCKS.contains(&block) && matches!(next, Some(b'{' | b'[')) => {
                // These alone are as usual in other documents.
                self.block |= !matches!(block, "data" | "import" | "check");
            }
            _ => self.other = true,
        }
        match key {
            "Resources" => self.resources |= matches!(next, None | Some(b'{')),
            "AWSTemplateFormatVersion" => self.template_version = true,
            "Transform" => self.transform = true,
            "Statement" => self.statement = true,
            "planned_values" | "resource_changes" => self.planned = true,
            "format_version" => self.format_version = true,
            "lineage" | "serial" => self.state = true,
            "Parameters" | "ParameterKey" => self.parameters = true,
            _ => self.policy_holder |= holds_policy(key),
        }
    }

    /// Whether they are those of Terraform's JSON notation.
    fn only_blocks(&self) -> bool {
        self.block && !self.other
    }

    fn format(&self, text: &str) -> Result<Kind, Reason> {
        if self.planned && self.format_version {
            Ok(Kind::Plan)
        } else if self.template_version
            || self.transform && text.contains("AWS::")
            || self.resources && has_resource_type(text)
        {
            Ok(Kind::Template)
        } else if self.statement && text.contains("Effect") || self.policy_holder && text.contains("Statement") {
            Ok(Kind::Policy)
        } else if self.resources {
            Err(Reason::NoTemplate)
        } else if self.parameters {
            Err(Reason::Parameters)
        } else if self.state {
            Err(Reason::State)
        } else {
            Err(Reason::Content)
        }
    }
}

/// The keys of the outermost object, or of the first object of the outermost array. In YAML's flow style keys need no
/// quotes.
fn json_keys(text: &str) -> Keys {
    let bytes = text.as_bytes();
    let mut keys = Keys::default();
    let wanted = if bytes.first() == Some(&b'[') { 2 } else { 1 };
    let (mut depth, mut at) = (0_usize, 0);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => {
                depth = depth.saturating_sub(1);
                if depth < wanted {
                    return keys;
                }
            }
            b'"' => {
                let end = string_end(bytes, at);
                if depth == wanted {
                    let after = blank(bytes, end);
                    if bytes.get(after) == Some(&b':') {
                        let next = bytes.get(blank(bytes, after + 1)).copied();
                        keys.add(text.get(at + 1..end.saturating_sub(1)).unwrap_or(""), next);
                    }
                }
                at = end;
                continue;
            }
            b'#' if at.checked_sub(1).and_then(|before| bytes.get(before)).is_some_and(u8::is_ascii_whitespace) => {
                at += bytes.iter().skip(at).take_while(|byte| **byte != b'\n').count();
                continue;
            }
            byte if byte.is_ascii_alphabetic() || *byte == b'\'' => {
                let rest = bytes.get(at..).unwrap_or_default();
                let quoted = (*byte == b'\'').then(|| memchr::memchr(b'\'', &rest[1..])).flatten();
                let plain = || rest.iter().take_while(|byte| !b":,{}[]\n".contains(byte)).count();
                let after = at + quoted.map_or_else(plain, |end| end + 2);
                if depth == wanted && bytes.get(after + 1).is_some_and(u8::is_ascii_whitespace) {
                    let key = text.get(at..after).unwrap_or("").trim_end().trim_matches('\'');
                    if bytes.get(after) == Some(&b':') {
                        keys.add(key, bytes.get(blank(bytes, after + 1)).copied());
                    }
                }
                at = after;
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    // The brackets do not match: what is nested how deep cannot be told.
    let is_template = text.contains("\"Resources\"") && text.contains("\"AWS::");
    keys.template_version |= is_template;
    keys
}

/// One past the quote that closes the string at `start`.
fn string_end(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    bytes.len()
}

fn blank(bytes: &[u8], start: usize) -> usize {
    let rest = bytes.get(start..).unwrap_or_default();
    start + rest.iter().take_while(|byte| byte.is_ascii_whitespace()).count()
}

/// The keys of the outermost block mapping: those that are indented as far as the first one.
fn yaml_keys(text: &str) -> Keys {
    let mut keys = Keys::default();
    let mut outermost = None;
    for line in text.lines() {
        let content = line.trim_start_matches(' ');
        if content.is_empty() || content.starts_with(['#', '%']) || content.starts_with("---") {
            continue;
        }
        let indent = line.len() - content.len();
        if indent != *outermost.get_or_insert(indent) {
            continue;
        }
        if let Some((key, value)) = content.split_once(':') {
            let next = value.trim_start().bytes().next().filter(|byte| !matches!(byte, b'#' | b'&' | b'!'));
            keys.add(key.trim_end().trim_matches(['"', '\'']), next);
        }
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_told_apart_by_their_outermost_keys() {
        for (text, format) in [
            ("Resources:\n  A:\n    Type: AWS::X::Y\n", Ok(Kind::Template)),
            ("Resources:\n  A:\n    Propertis: 1\n  B: {'Type': 'Custom::X'}\n", Ok(Kind::Template)),
            (
                "Resources:\n  'Fn::ForEach::A':\n  - S\n  - [SNS]\n  - T: {\"Type\": \"AWS::${S}::X\"}\n",
                Ok(Kind::Template),
            ),
            ("Resources:\n  A:\n    Type: >-\n      AWS::X::Y\n", Ok(Kind::Template)),
            ("Resources:\n  cpu:\n    limit: 1\n", Err(Reason::NoTemplate)),
            ("Resources:\n  cpu:\n    Type: cores\n    MyType: a::b\n", Err(Reason::NoTemplate)),
            ("{\"Resources\": {\"cpu\": {\"Type\": 4}}}", Err(Reason::NoTemplate)),
            ("# c\n---\n\"Resources\": # c\n  A: {Type: A::B}\n", Ok(Kind::Template)),
            (
                "\u{feff}{\"Parameters\": {\"a\": \"}\\\"\"}, \"Resources\" : {\"A\": {\"Type\" : \"A::B\"}}}",
                Ok(Kind::Template),
            ),
            ("AWSTemplateFormatVersion: 2010-09-09\n", Ok(Kind::Template)),
            ("Transform: AWS::Serverless-2016-10-31\n", Ok(Kind::Template)),
            ("{\"Resources\": {\"A\": {\"Type\": \"AWS::S3::Bucket\" \n", Ok(Kind::Template)),
            ("resources:\n  Resources:\n    A: 1\n", Err(Reason::Content)),
            ("{\"Resources\": []}", Err(Reason::Content)),
            ("{\"format_version\": \"1.2\", \"resource_changes\": []}", Ok(Kind::Plan)),
            ("{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Deny\"}}", Ok(Kind::Policy)),
            ("{\"Policy\": \"{\\\"Statement\\\": []}\"}", Ok(Kind::Policy)),
            ("{\n  # c\n  Resources: {A: {Type: AWS::S3::Bucket}}}", Ok(Kind::Template)),
            ("{'Outputs': {B: '}'}, 'Resources': {'A': {Type: 'AWS::S3::Bucket'}}}", Ok(Kind::Template)),
            ("{a: {Resources: {}}}", Err(Reason::Content)),
            ("[{\"PolicyDocument\": {\"Statement\": []}}]", Ok(Kind::Policy)),
            ("{\"ARN\": \"a\", \"ResourcePolicy\": \"{\\\"Statement\\\": []}\"}", Ok(Kind::Policy)),
            ("{\"policyText\": \"{\\\"Statement\\\": []}\"}", Ok(Kind::Policy)),
            ("{\"Policy\": \"none\"}", Err(Reason::Content)),
            ("[{\"ParameterKey\": \"A\", \"ParameterValue\": \"Resources\"}]", Err(Reason::Parameters)),
            ("{\"Parameters\": {\"A\": \"b\"}}", Err(Reason::Parameters)),
            ("{\"version\": 4, \"serial\": 3, \"lineage\": \"x\", \"resources\": []}", Err(Reason::State)),
            ("{\"name\": \"left-pad\"}", Err(Reason::Content)),
            ("", Err(Reason::Content)),
        ] {
            assert_eq!(document(text), format, "{text}");
        }
        assert_eq!(any("# c\nresource \"a\" \"b\" {}\n"), Ok(Kind::Terraform));
        assert_eq!(any("module of mine\n"), Err(Reason::Content));
        for text in ["/* a\n b */ locals{}\n", "// c\nterraform {\n", "{\"//\": \"c\", \"resource\": {\"a\": {}}}"] {
            assert_eq!(any(text), Ok(Kind::Terraform), "{text}");
        }
        for text in [
            "# Keys\n\nThe key:\n\nresource \"a\" \"b\" {}\n",
            "{\"data\": {}, \"errors\": []}",
            "{\"data\": {\"a\": 1}}",
            "{\"module\": \"x.js\"}",
            "resource: 1",
        ] {
            assert_eq!(any(text), Err(Reason::Content), "{text}");
        }
    }
}
