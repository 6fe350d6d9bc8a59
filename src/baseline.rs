//! Baselines: the findings of one day, which later runs do not report.
//!
//! A finding is known again by its fingerprint: rule, file, resource, setting and the text of its region. So lines may
//! move, and a finding whose text changes is reported anew.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use crate::finding::{Finding, Suppressed, Verdict};
use crate::report::fingerprints;
use crate::source::Sources;

/// A baseline, as its file holds it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Baseline {
    version: Version,
    findings: Vec<Known>,
}

/// The version of the format.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
struct Version;

impl TryFrom<u32> for Version {
    type Error = String;

    fn try_from(version: u32) -> Result<Self, String> {
        if version == 1 { Ok(Version) } else { Err(format!("version {version} of baselines is not known")) }
    }
}

impl From<Version> for u32 {
    fn from(_: Version) -> u32 {
        1
    }
}

/// A finding of a baseline. What is beside the fingerprint is for people.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Known {
    fingerprint: String,
    rule: String,
    resource: String,
}

impl Baseline {
    /// The failures among findings that nothing suppresses.
    pub fn of(findings: &[Finding], sources: &Sources) -> Baseline {
        let reported: Vec<&Finding> = findings.iter().filter(|finding| is_reported(finding)).collect();
        let prints = fingerprints(&reported, sources);
        let mut known: Vec<Known> = reported
            .iter()
            .zip(prints)
            .filter_map(|(finding, fingerprint)| {
                let (rule, resource) = (finding.rule.to_string(), finding.resource.to_string());
                Some(Known { fingerprint: fingerprint?, rule, resource })
            })
            .collect();
        // In an order of its own, so that a moved line changes nothing.
        known.sort_by(|a, b| (&a.rule, &a.resource, &a.fingerprint).cmp(&(&b.rule, &b.resource, &b.fingerprint)));
        Baseline { version: Version, findings: known }
    }

    /// Reads a baseline file.
    ///
    /// # Errors
    /// What is wrong with it, with line and column.
    pub fn parse(text: &str) -> Result<Baseline, String> {
        serde_json::from_str(text).map_err(|error| error.to_string())
    }

    /// The baseline as a file, one finding a line.
    pub fn text(&self) -> String {
        let line = |known: &Known| serde_json::to_string(known).unwrap_or_default();
        let lines: Vec<String> = self.findings.iter().map(|known| format!("    {}", line(known))).collect();
        match lines.is_empty() {
            true => "{\n  \"version\": 1,\n  \"findings\": []\n}\n".to_owned(),
            false => format!("{{\n  \"version\": 1,\n  \"findings\": [\n{}\n  ]\n}}\n", lines.join(",\n")),
        }
    }

    /// Suppresses the findings that are in the baseline. The result says of how many in it there is nothing left.
    pub fn apply(&self, findings: &mut [Finding], sources: &Sources) -> usize {
        let mut stale: HashSet<&str> = self.findings.iter().map(|known| known.fingerprint.as_str()).collect();
        let known = stale.clone();
        let reported: Vec<&Finding> = findings.iter().filter(|finding| is_reported(finding)).collect();
        let prints = fingerprints(&reported, sources);
        for (finding, print) in findings.iter_mut().filter(|finding| is_reported(finding)).zip(prints) {
            if let Some(print) = print.filter(|print| known.contains(print.as_str())) {
                stale.remove(print.as_str());
                finding.suppressed = Some(Suppressed { span: None, kind: "baseline", reason: None });
            }
        }
        stale.len()
    }
}

/// Whether a finding is a failure that nothing suppresses.
fn is_reported(finding: &Finding) -> bool {
    finding.verdict == Verdict::Fail && finding.suppressed.is_none()
}
