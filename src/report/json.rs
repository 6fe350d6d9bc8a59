//! The whole report as JSON, version 1. Lines and columns count from 1, end columns are exclusive.

use std::io::{self, Write};
use std::num::NonZeroUsize;

use serde::Serialize;

use super::place::{Place, Region, display};
use super::trail;
use super::{Counts, Report};
use crate::diagnostic::{Diagnostic, Level};
use crate::finding::{Finding, Fix};
use crate::source::{Sources, Span};

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    files: Files,
    results: Vec<Outcome<'a>>,
    diagnostics: Vec<Message<'a>>,
}

#[derive(Serialize)]
struct Files {
    read: usize,
    skipped: usize,
    failed: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    context: Option<NonZeroUsize>,
}

#[derive(Serialize)]
struct Outcome<'a> {
    rule: &'a str,
    verdict: &'static str,
    severity: &'static str,
    message: &'a str,
    resource: &'a str,
    resource_type: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    resource_label: Option<&'a str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    instances: &'a [std::sync::Arc<str>],
    file: String,
    region: Region,
    path: &'a str,
    origin: Vec<Step>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    calls: Vec<Vec<Step>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    when: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<Repair<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    suppressed: Option<Suppression<'a>>,
}

#[derive(Serialize)]
struct Step {
    step: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    file: String,
    region: Region,
}

#[derive(Serialize)]
struct Repair<'a> {
    title: &'a str,
    safe: bool,
    edits: Vec<Replacement<'a>>,
}

#[derive(Serialize)]
struct Replacement<'a> {
    file: String,
    region: Region,
    text: &'a str,
}

#[derive(Serialize)]
struct Suppression<'a> {
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
}

#[derive(Serialize)]
struct Message<'a> {
    code: &'static str,
    severity: &'static str,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
}

pub(super) fn render(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let Counts { read, skipped, failed, context } = report.files;
    let results = report.listed();
    let document = Document {
        version: 1,
        files: Files { read, skipped, failed, context: NonZeroUsize::new(context) },
        results: results.iter().map(|(finding, place)| outcome(finding, place, report.sources)).collect(),
        diagnostics: report.diagnostics.iter().map(|diagnostic| message(diagnostic, report.sources)).collect(),
    };
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}

fn outcome<'a>(finding: &'a Finding, place: &Place, sources: &Sources) -> Outcome<'a> {
    let call = |call: &crate::resource::Call| at(call.span, sources, "call", Some(call.address.to_string()));
    Outcome {
        rule: &finding.rule,
        verdict: finding.verdict.as_str(),
        severity: finding.severity.as_str(),
        message: &finding.message,
        resource: &finding.resource,
        resource_type: &finding.resource_type,
        resource_label: finding.resource_label.as_deref(),
        instances: if finding.instances.len() > 1 { &finding.instances } else { &[] },
        file: place.path(),
        region: place.region(),
        path: &finding.path,
        origin: trail::origin(finding)
            .into_iter()
            .filter_map(|step| at(step.span, sources, step.kind, step.name))
            .collect(),
        calls: finding.calls.iter().map(|way| way.iter().filter_map(call).collect()).collect(),
        when: finding.when.as_deref(),
        fix: finding.fix.as_ref().map(|fix| repair(fix, sources)),
        suppressed: finding
            .suppressed
            .as_ref()
            .map(|suppressed| Suppression { kind: suppressed.kind, reason: suppressed.reason.as_deref() }),
    }
}

fn at(span: Span, sources: &Sources, step: &'static str, name: Option<String>) -> Option<Step> {
    let place = Place::of(span, sources)?;
    Some(Step { step, name, file: place.path(), region: place.region() })
}

fn repair<'a>(fix: &'a Fix, sources: &Sources) -> Repair<'a> {
    let edits = fix.edits.iter().filter_map(|edit| {
        let place = Place::of(edit.span, sources)?;
        Some(Replacement { file: place.path(), region: place.region(), text: &edit.text })
    });
    Repair { title: &fix.title, safe: fix.safe, edits: edits.collect() }
}

fn message<'a>(diagnostic: &'a Diagnostic, sources: &Sources) -> Message<'a> {
    let place = diagnostic.span.and_then(|span| Place::of(span, sources));
    let whole = diagnostic.file.and_then(|file| sources.get(file)).map(|source| display(&source.path));
    Message {
        code: diagnostic.code.as_str(),
        severity: match diagnostic.level {
            Level::Note => "note",
            Level::Warning => "warning",
            Level::Error => "error",
        },
        message: &diagnostic.message,
        file: place.as_ref().map(Place::path).or(whole).or_else(|| diagnostic.path.as_deref().map(display)),
        region: place.as_ref().map(Place::region),
        help: diagnostic.help.as_deref(),
    }
}
