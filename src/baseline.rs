//! Baselines: the findings of one day, which later runs do not report.
//!
//! An instance of a finding is known again by its [fingerprint](crate::fingerprint::of_instances): rule, address, setting
//! and the text of its region. So lines may move and further instances come, and a finding whose text changes is reported
//! anew. Of the instances of a finding, those that are not in the baseline are reported.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::base::Base;
use crate::finding::{Finding, Suppressed, Verdict};
use crate::fingerprint::{of_instances, place};
use crate::source::Sources;

/// A baseline, as its file holds it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Baseline {
    version: u32,
    findings: Vec<Known>,
}

/// The version of the format.
const VERSION: u32 = 2;

/// An instance of a finding in a baseline. What is beside the fingerprint is for people, and to say what is gone.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Known {
    fingerprint: String,
    /// The rule.
    pub rule: String,
    /// The folder of the root module or the template, relative to the repository or the baseline.
    pub path: String,
    /// The address of the resource.
    pub resource: String,
}

impl Baseline {
    /// The failures among single instances that nothing suppresses. Paths are relative to `base`.
    pub fn of(findings: &[Finding], base: &Base, sources: &Sources) -> Baseline {
        let failures: Vec<&Finding> = findings.iter().filter(|finding| finding.verdict == Verdict::Fail).collect();
        let prints = of_instances(&failures, base, sources);
        let reported = failures.iter().zip(prints).filter(|(finding, _)| finding.suppressed.is_none());
        let mut known: Vec<Known> = reported
            .map(|(finding, fingerprint)| Known {
                fingerprint,
                rule: finding.rule.to_string(),
                path: place(finding, base, sources),
                resource: finding.resource.to_string(),
            })
            .collect();
        // In an order of its own, so that a moved line changes nothing.
        let key =
            |known: &Known| (known.rule.clone(), known.path.clone(), known.resource.clone(), known.fingerprint.clone());
        known.sort_by_cached_key(key);
        Baseline { version: VERSION, findings: known }
    }

    /// How many instances are in it.
    pub fn len(&self) -> usize {
        self.findings.len()
    }

    /// Whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        self.findings.is_empty()
    }

    /// Reads a baseline file.
    ///
    /// # Errors
    /// What is wrong with it, with line and column.
    pub fn parse(text: &str) -> Result<Baseline, String> {
        /// What every version has.
        #[derive(Deserialize)]
        struct Head {
            version: u32,
        }
        let Head { version } = serde_json::from_str(text).map_err(|error| error.to_string())?;
        match version {
            VERSION => serde_json::from_str(text).map_err(|error| error.to_string()),
            // Its fingerprints are of the first instance of a finding, and of paths as one run saw them.
            1 => Err("version 1 is of an older sealint; write it anew with --write-baseline".to_owned()),
            other => Err(format!("version {other} is not known")),
        }
    }

    /// The baseline as a file, one instance a line.
    pub fn text(&self) -> String {
        let line = |known: &Known| serde_json::to_string(known).unwrap_or_default();
        let lines: Vec<String> = self.findings.iter().map(|known| format!("    {}", line(known))).collect();
        let list = if lines.is_empty() { "[]".to_owned() } else { format!("[\n{}\n  ]", lines.join(",\n")) };
        format!("{{\n  \"version\": {},\n  \"findings\": {list}\n}}\n", VERSION)
    }

    /// Suppresses the single instances that are in the baseline. The result is what in it there is nothing left of.
    pub fn apply(&self, findings: &mut [Finding], base: &Base, sources: &Sources) -> Vec<&Known> {
        let mut is_there: HashMap<&str, bool> =
            self.findings.iter().map(|known| (known.fingerprint.as_str(), false)).collect();
        let failures: Vec<&Finding> = findings.iter().filter(|finding| finding.verdict == Verdict::Fail).collect();
        let prints = of_instances(&failures, base, sources);
        for (finding, print) in findings.iter_mut().filter(|finding| finding.verdict == Verdict::Fail).zip(prints) {
            if let Some(is_there) = is_there.get_mut(print.as_str()) {
                *is_there = true;
                let by = || Suppressed { span: None, kind: "baseline", reason: None };
                finding.suppressed.get_or_insert_with(by);
            }
        }
        self.findings.iter().filter(|known| is_there.get(&*known.fingerprint) == Some(&false)).collect()
    }
}
