//! SARIF 2.1.0 as GitHub code scanning and editors read it (docs.github.com, "SARIF support for code scanning").

mod model;
mod rule;

use std::collections::{BTreeMap, HashMap};
use std::io::{self, Write};
use std::path::Path;

use super::place::{self, Place};
use super::trail::{self, Step};
use super::{Report, fingerprint};
use crate::diagnostic::{Diagnostic, Level};
use crate::finding::{Finding, Severity, Verdict};
use crate::fingerprint::of_defects;
use crate::resource::Call;
use crate::source::{FileId, Source, Sources, Span};
use model::*;
pub use rule::help;

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
/// The root of the repository: paths are relative to it.
const ROOT: &str = "%SRCROOT%";
/// GitHub shows this many locations of a result.
const MAX_LOCATIONS: usize = 100;
/// How many of them the message names.
const MAX_LINKS: usize = 10;
/// Of how many ways to a resource the flow is written.
const MAX_FLOWS: usize = 20;

pub(super) fn render(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let listed = report.listed();
    let findings: Vec<&Finding> = listed.iter().map(|(finding, _)| *finding).collect();
    let contents = of_defects(&findings, report.base, report.sources);
    let mut lines = LineHashes::default();
    let indices: HashMap<&str, usize> = report.rules.iter().enumerate().map(|(i, rule)| (&*rule.id, i)).collect();
    let results = listed.iter().zip(contents).map(|((finding, place), content)| {
        let fingerprints =
            BTreeMap::from([("primaryLocationLineHash", lines.of(place)), ("sealintContent/v2", content)]);
        result(finding, place, report, indices.get(&*finding.rule).copied(), fingerprints)
    });
    let root = "The root of the repository; where there is none, the folder that sealint was run in.";
    let log = Log {
        schema: SCHEMA,
        version: "2.1.0",
        runs: [Run {
            tool: Tool {
                driver: Driver {
                    name: "sealint",
                    semantic_version: env!("CARGO_PKG_VERSION"),
                    information_uri: Some(env!("CARGO_PKG_REPOSITORY")).filter(|uri| !uri.is_empty()),
                    rules: report.rules.iter().map(|rule| rule::describe(rule)).collect(),
                },
            },
            invocations: [Invocation {
                execution_successful: report.diagnostics.iter().all(|diagnostic| diagnostic.level != Level::Error),
                tool_execution_notifications: report
                    .diagnostics
                    .iter()
                    .map(|diagnostic| notification(diagnostic, report))
                    .collect(),
            }],
            column_kind: "unicodeCodePoints",
            original_uri_base_ids: BTreeMap::from([(
                ROOT,
                UriBase { uri: report.base.map(|base| folder_uri(base.folder())), description: text(root) },
            )]),
            results: results.collect(),
        }],
    };
    serde_json::to_writer_pretty(&mut *out, &log)?;
    writeln!(out)
}

/// The line hashes of files, each computed once.
#[derive(Default)]
struct LineHashes(HashMap<FileId, Vec<String>>);

impl LineHashes {
    fn of(&mut self, place: &Place) -> String {
        let source = &place.source;
        let hashes = self.0.entry(source.id).or_insert_with(|| fingerprint::line_hashes(&source.text));
        hashes.get(place.start.line - 1).cloned().unwrap_or_default()
    }
}

/// The SARIF level of a severity.
fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical | Severity::High => "error",
        Severity::Medium => "warning",
        Severity::Low | Severity::Info => "note",
    }
}

fn result<'a>(
    finding: &'a Finding,
    place: &Place,
    report: &Report<'_>,
    rule_index: Option<usize>,
    partial_fingerprints: BTreeMap<&'static str, String>,
) -> SarifResult<'a> {
    let (flow, calls) = (trail::origin(finding), trail::calls(finding, MAX_LOCATIONS));
    let header = Some(finding.resource_header)
        .filter(|header| !header.contains(finding.region) && !finding.region.contains(*header))
        .map(|span| Step { span, kind: "resource", name: Some(finding.resource.to_string()) });
    let mut message = sentence(&finding.message);
    if let Some(when) = &finding.when {
        message.push_str(&format!(" {}", sentence(&capitalise(when))));
    }
    let mut message = escape_links(message);
    let mut related = Vec::new();
    for step in flow.iter().chain(&calls).chain(&header).take(MAX_LOCATIONS) {
        if let Some(name) = given(step, report.sources) {
            message.push_str(&escape_links(format!(" The value is given by `{name}`.")));
        }
        let Some(mut location) = location(step.span, report, Some(step.text())) else { continue };
        let id = related.len() + 1;
        location.id = Some(id);
        related.push(location);
        if step.kind != "resource" && id <= MAX_LINKS {
            message.push_str(&format!(" [{}]({id}).", link_text(&capitalise(&step.text()))));
        }
    }
    SarifResult {
        rule_id: &finding.rule,
        rule_index,
        kind: (finding.verdict == Verdict::Open).then_some("open"),
        // The standard demands "none" for every kind but "fail".
        level: if finding.verdict == Verdict::Open { "none" } else { level(finding.severity) },
        message: text(message),
        locations: [Location {
            id: None,
            physical_location: physical(place, report),
            logical_locations: logical(finding),
            message: None,
        }],
        related_locations: related,
        code_flows: code_flows(&flow, finding, report),
        partial_fingerprints,
        suppressions: finding.suppressed.iter().map(suppression).collect(),
        fixes: finding.fix.iter().filter_map(|fix| repair(fix, report)).collect(),
    }
}

/// The addresses that a finding holds for.
fn logical(finding: &Finding) -> Vec<LogicalLocation<'_>> {
    let all = if finding.instances.is_empty() { std::slice::from_ref(&finding.resource) } else { &finding.instances };
    let names = all.iter().take(MAX_LOCATIONS);
    names.map(|address| LogicalLocation { fully_qualified_name: address, kind: "resource" }).collect()
}

/// The ways to the finding's region: the calls of each, then the way of a value that was written elsewhere.
fn code_flows<'a>(flow: &[Step], finding: &Finding, report: &Report<'_>) -> Vec<CodeFlow<'a>> {
    let passed_on = flow.len() > 1 || finding.origin.via.is_some() && !flow.is_empty();
    let way = |calls: &[Call], resource: &str| {
        let end = Step { span: finding.region, kind: "effect", name: Some(resource.to_string()) };
        let steps: Vec<Step> = calls.iter().map(trail::call).chain(flow.iter().cloned()).chain([end]).collect();
        let locations = steps
            .iter()
            .filter_map(|step| Some(ThreadFlowLocation { location: location(step.span, report, Some(step.text()))? }));
        CodeFlow { thread_flows: [ThreadFlow { locations: locations.collect() }] }
    };
    match finding.calls.as_slice() {
        [] if passed_on => vec![way(&[], &finding.resource)],
        ways => ways.iter().take(MAX_FLOWS).map(|calls| way(calls, within(finding, calls))).collect(),
    }
}

/// The first of a finding's resources that is reached by these calls.
fn within<'f>(finding: &'f Finding, calls: &[Call]) -> &'f str {
    let module = calls.last().map_or("", |call| &*call.address);
    let is_in = |address: &&std::sync::Arc<str>| address.strip_prefix(module).is_some_and(|rest| rest.starts_with('.'));
    finding.instances.iter().find(is_in).unwrap_or(&finding.resource)
}

fn suppression(suppressed: &crate::finding::Suppressed) -> Suppression<'_> {
    let in_source = matches!(suppressed.kind, "inline" | "metadata");
    Suppression { kind: if in_source { "inSource" } else { "external" }, justification: suppressed.reason.as_deref() }
}

fn repair(fix: &crate::finding::Fix, report: &Report<'_>) -> Option<Fix> {
    let mut changes: BTreeMap<FileId, ArtifactChange> = BTreeMap::new();
    for edit in &fix.edits {
        let place = Place::of(edit.span, report.sources)?;
        let change = changes.entry(edit.span.file).or_insert_with(|| ArtifactChange {
            artifact_location: artifact(&place.source, report),
            replacements: Vec::new(),
        });
        let replacement = Replacement { deleted_region: region(&place), inserted_content: text(edit.text.clone()) };
        change.replacements.push(replacement);
    }
    Some(Fix {
        description: text(sentence(&capitalise(&fix.title))),
        artifact_changes: changes.into_values().collect(),
    })
}

fn notification<'a>(diagnostic: &'a Diagnostic, report: &Report<'_>) -> Notification<'a> {
    let whole = |artifact_location| Location {
        id: None,
        physical_location: PhysicalLocation { artifact_location, region: None },
        logical_locations: Vec::new(),
        message: None,
    };
    let location = match (diagnostic.span, diagnostic.file, &diagnostic.path) {
        (Some(span), _, _) => location(span, report, None),
        (None, Some(file), _) => report.sources.get(file).map(|source| whole(artifact(&source, report))),
        (None, None, Some(path)) => Some(whole(artifact_of(path, report))),
        (None, None, None) => None,
    };
    Notification {
        descriptor: Descriptor { id: diagnostic.code.as_str() },
        level: match diagnostic.level {
            Level::Note => "note",
            Level::Warning => "warning",
            Level::Error => "error",
        },
        message: text(escape_links(sentence(&capitalise(&diagnostic.message)))),
        locations: location.into_iter().collect(),
    }
}

/// The name of what a value is written in, if that is no file.
fn given(step: &Step, sources: &Sources) -> Option<String> {
    let source = sources.get(step.span.file).filter(|source| !source.is_file && step.kind == "written")?;
    Some(place::display(&source.path))
}

/// A place in a file.
fn location<'a>(span: Span, report: &Report<'_>, message: Option<String>) -> Option<Location<'a>> {
    let place = Place::of(span, report.sources).filter(|place| place.source.is_file)?;
    Some(Location {
        id: None,
        physical_location: physical(&place, report),
        logical_locations: Vec::new(),
        message: message.map(|message| text(escape_links(sentence(&capitalise(&message))))),
    })
}

fn physical(place: &Place, report: &Report<'_>) -> PhysicalLocation {
    PhysicalLocation { artifact_location: artifact(&place.source, report), region: Some(region(place)) }
}

fn artifact(source: &Source, report: &Report<'_>) -> ArtifactLocation {
    match source.is_file {
        true => artifact_of(&source.path, report),
        false => ArtifactLocation { uri: place::uri(&source.path).0, uri_base_id: None },
    }
}

/// A file: by its path from the root, or by its absolute one if it lies outside.
fn artifact_of(path: &Path, report: &Report<'_>) -> ArtifactLocation {
    let path = match report.base.map(|base| (base, base.relative(path))) {
        Some((base, relative)) if relative.starts_with("..") => base.absolute(path),
        Some((_, relative)) => relative,
        None => path.to_owned(),
    };
    let (uri, absolute) = place::uri(&path);
    ArtifactLocation { uri, uri_base_id: (!absolute).then_some(ROOT) }
}

fn region(place: &Place) -> Region {
    Region {
        start_line: place.start.line,
        start_column: place.start.column,
        end_line: place.end.line,
        end_column: place.end.column,
        byte_offset: place.span.start as usize,
        byte_length: place.span.len(),
    }
}

fn text(text: impl Into<String>) -> Message {
    Message { text: text.into() }
}

/// The text with a final stop.
fn sentence(text: &str) -> String {
    let text = text.trim_end();
    if text.ends_with(['.', '!', '?']) { text.to_string() } else { format!("{text}.") }
}

fn capitalise(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// A message in which nothing is taken for a link. Only a message that has the form of one needs it.
fn escape_links(message: String) -> String {
    if message.contains("](") { link_text(&message) } else { message }
}

/// Text as it stands in a link of a SARIF message.
fn link_text(text: &str) -> String {
    text.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]")
}

/// `file:///a%20b/` for the folder `/a b`.
fn folder_uri(folder: &Path) -> String {
    let (path, _) = place::uri(folder);
    let path = path.strip_prefix("file://").unwrap_or(&path).trim_end_matches('/');
    format!("file://{path}/")
}
