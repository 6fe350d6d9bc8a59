//! The examples beside a rule: documentation and test at once.
//!
//! An example is a fenced block whose info string says the language and what to expect:
//!
//! ````markdown
//! ```terraform fails
//! resource "aws_kms_key" "k" {
//!   enable_key_rotation = false # finding
//! }
//! ```
//! ````
//!
//! `terraform`, `yaml` or `json`; `fails`, `passes` or `open`; further words are settings of the run, such as
//! `var.x=1` or `parameter.X=1`. A line with a finding ends in `# finding`; in JSON, which has no comments, the info
//! string says `line=3`.

use std::collections::BTreeSet;

use crate::discover::Kind;

/// An example.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Example {
    /// The line of its fence in the Markdown file, from 1.
    pub line: usize,
    /// `terraform`, `yaml` or `json`.
    pub language: String,
    /// What the rule is expected to say.
    pub expected: Expected,
    /// The lines with a finding, from 1 in the example; empty if the example does not say.
    pub lines: BTreeSet<usize>,
    /// Further words of the info string.
    pub options: Vec<String>,
    /// The text.
    pub text: String,
}

/// What an example expects.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Expected {
    /// At least one failure, on the marked lines and no others.
    Fails,
    /// Nothing.
    Passes,
    /// An open result.
    Open,
}

impl Expected {
    /// The word in an info string.
    pub fn as_str(self) -> &'static str {
        match self {
            Expected::Fails => "fails",
            Expected::Passes => "passes",
            Expected::Open => "open",
        }
    }
}

impl Example {
    /// What the example is: its language says whether it is Terraform, its text whether it is a policy.
    pub fn kind(&self) -> Kind {
        let has = |key: &str| self.text.contains(&format!("\"{key}\"")) || self.text.contains(&format!("{key}:"));
        match self.language.as_str() {
            "terraform" | "hcl" => Kind::Terraform,
            _ if has("Statement") && !has("Resources") => Kind::Policy,
            _ => Kind::Template,
        }
    }
}

/// The mark of a line with a finding.
const MARK: &str = "# finding";

/// All examples of a Markdown text. Blocks that do not say what to expect are prose.
pub fn examples(markdown: &str) -> Vec<Example> {
    let mut found = Vec::new();
    let mut lines = markdown.lines().enumerate();
    while let Some((number, line)) = lines.next() {
        let Some(info) = line.strip_prefix("```") else { continue };
        let body: Vec<&str> =
            lines.by_ref().map(|(_, line)| line).take_while(|line| !line.starts_with("```")).collect();
        if let Some(example) = example(number + 1, info, &body) {
            found.push(example);
        }
    }
    found
}

fn example(line: usize, info: &str, body: &[&str]) -> Option<Example> {
    let mut words = info.split_whitespace();
    let language = words.next()?.to_owned();
    let expected = match words.next()? {
        "fails" => Expected::Fails,
        "passes" => Expected::Passes,
        "open" => Expected::Open,
        _ => return None,
    };
    let mut lines: BTreeSet<usize> = BTreeSet::new();
    let mut options = Vec::new();
    for word in words {
        match word.strip_prefix("line=").and_then(|number| number.parse().ok()) {
            Some(number) => {
                lines.insert(number);
            }
            None => options.push(word.to_owned()),
        }
    }
    lines.extend(body.iter().enumerate().filter(|(_, text)| text.trim_end().ends_with(MARK)).map(|(at, _)| at + 1));
    Some(Example { line, language, expected, lines, options, text: body.join("\n") + "\n" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_fences_marks_and_options() {
        let text = "# T\n\n```terraform fails var.a=1\na\nb # finding\n```\n```json passes line=3\n{}\n```\n```text\nno\n```\n";
        let found = examples(text);
        assert_eq!(found.len(), 2);
        assert_eq!((found[0].line, found[0].expected), (3, Expected::Fails));
        assert_eq!(found[0].lines, BTreeSet::from([2]));
        assert_eq!(found[0].options, ["var.a=1"]);
        assert_eq!(found[1].lines, BTreeSet::from([3]));
    }
}
