//! How to mend a failure, in the words of the format that the reader has before them.

use std::borrow::Cow;

use serde::Serialize;

use crate::resource::Format;

/// What a rule says of how to mend a failure.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(untagged)]
pub enum Remediation {
    /// The same in every format.
    Any(String),
    /// What is set has a name of its own in each language.
    ByLanguage {
        /// In Terraform's words.
        terraform: String,
        /// In those of CloudFormation and SAM.
        cloudformation: String,
    },
}

impl Remediation {
    /// The keys of [`Remediation::ByLanguage`] in metadata.
    pub(super) const LANGUAGES: [&str; 2] = ["terraform", "cloudformation"];

    /// What to do in a file of this format.
    pub fn of(&self, format: Format) -> Cow<'_, str> {
        match (self, format) {
            (Remediation::Any(text), _) => Cow::Borrowed(text),
            (Remediation::ByLanguage { terraform, .. }, Format::Terraform | Format::Plan) => Cow::Borrowed(terraform),
            (Remediation::ByLanguage { cloudformation, .. }, Format::CloudFormation) => Cow::Borrowed(cloudformation),
            (Remediation::ByLanguage { .. }, Format::Policy) => Cow::Owned(self.list()),
        }
    }

    /// What to do in each language, by the language's name; without a name where it is the same.
    pub fn each(&self) -> Vec<(Option<&'static str>, &str)> {
        match self {
            Remediation::Any(text) => vec![(None, text)],
            Remediation::ByLanguage { terraform, cloudformation } => {
                vec![(Some("Terraform"), terraform), (Some("CloudFormation"), cloudformation)]
            }
        }
    }

    /// All of it: as it is, or as a Markdown list of languages.
    pub fn list(&self) -> String {
        let line = |(language, text): (Option<&str>, &str)| match language {
            Some(language) => format!("- {language}: {text}"),
            None => text.to_string(),
        };
        self.each().into_iter().map(line).collect::<Vec<_>>().join("\n")
    }
}
