//! `sealint check`: the main job.

use std::collections::HashSet;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::ValueEnum;

use super::judged;
use super::output::{self, Output};
use super::progress::Progress;
use super::scan::ScanArgs;
use super::selection::SelectionArgs;
use super::{Exit, Global, diagnose, failure};
use crate::base::Base;
use crate::baseline::Baseline;
use crate::check::merge;
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::discover::{Discovered, Reason, Skipped};
use crate::finding::{Finding, Severity, Verdict};
use crate::project::{self, Judged, Loaded};
use crate::report::{Counts, Format, Options, Report};
use crate::rules::RuleSet;
use crate::rules::metadata::Metadata;
use crate::source::Sources;

/// Check files and folders
#[derive(clap::Args, Debug)]
pub(super) struct Args {
    #[command(flatten)]
    scan: ScanArgs,
    /// The format of the report [default: text]
    #[arg(long, value_enum, help_heading = "Report")]
    format: Option<Format>,
    /// Write the report to FILE instead of stdout; with FORMAT=FILE, write another report in that format; `-` is stdout
    #[arg(long, value_name = "[FORMAT=]FILE", help_heading = "Report")]
    output: Vec<Output>,
    /// The least severity that makes the run fail [default: low]
    #[arg(long, value_enum, value_name = "SEVERITY", help_heading = "Report")]
    fail_on: Option<Threshold>,
    /// Do not fail because of findings
    #[arg(long, help_heading = "Report")]
    exit_zero: bool,
    /// List results that depend on what is not known
    #[arg(long, help_heading = "Report")]
    show_open: bool,
    /// List results that are suppressed
    #[arg(long, help_heading = "Report")]
    show_suppressed: bool,
    /// Let no comment or metadata in the files suppress anything
    #[arg(long, help_heading = "Report")]
    no_inline_ignores: bool,
    /// Do not report the findings in this baseline
    #[arg(long, value_name = "FILE", help_heading = "Report")]
    baseline: Option<PathBuf>,
    /// Write all findings to a baseline; later runs with it report only new ones
    #[arg(long, value_name = "FILE", conflicts_with = "baseline", help_heading = "Report")]
    write_baseline: Option<PathBuf>,
    #[command(flatten, next_help_heading = "Rules")]
    selection: SelectionArgs,
}

/// How many files and folders are listed that git ignores.
const MAX_IGNORED: usize = 100;

/// A severity as a threshold.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Threshold {
    Info,
    Low,
    Medium,
    High,
    Critical,
}

impl From<Threshold> for Severity {
    fn from(threshold: Threshold) -> Self {
        match threshold {
            Threshold::Info => Severity::Info,
            Threshold::Low => Severity::Low,
            Threshold::Medium => Severity::Medium,
            Threshold::High => Severity::High,
            Threshold::Critical => Severity::Critical,
        }
    }
}

pub(super) fn run(args: &Args, global: &Global) -> io::Result<Exit> {
    let on_stdout = output::on_stdout(args.format, &args.output)?;
    let progress = Progress::start(global);
    progress.stage("reading files");
    let scan = args.scan.scan_with_context()?;
    let (mut judged, rules) = judged::judge(scan, &args.selection, !args.no_inline_ignores, &progress)?;
    if let Some(path) = &args.write_baseline {
        write_baseline(path, &judged, global)?;
    }
    let named = args.baseline.as_ref().or(args.write_baseline.as_ref());
    let gone = match named {
        Some(path) => project::known_findings(path, &mut judged, Some(&rules))?,
        None => project::configured_baseline(&mut judged, Some(&rules)),
    };
    let Judged { sources, loaded, discovered, mut diagnostics, findings, paths, .. } = judged;
    diagnostics.extend(gone);
    let configured = loaded.config.baseline.as_ref().map(|path| path.get_ref());
    let known = named.or(configured).map(PathBuf::as_path);
    let findings = merge(findings);

    let formats: Vec<Format> = output::formats(args.format, &args.output).collect();
    let options =
        Options { show_open: args.show_open, show_suppressed: args.show_suppressed, terminal: global.stdout() };
    let metadata = with_severities(metadata(&rules, &findings, &formats), &loaded);
    let files = counts(&discovered, &diagnostics, &sources, known);
    let here = std::env::current_dir().ok();
    let repository = project::repository(&paths);
    let base = here.as_deref().map(|here| Base::new(repository.as_deref().unwrap_or(here), here));
    let report = Report {
        findings: &findings,
        diagnostics: &diagnostics,
        sources: &sources,
        rules: &metadata,
        files,
        base: base.as_ref(),
        options,
    };
    drop(progress);
    let exit = diagnose(&diagnostics, &sources, global)?;
    if global.verbose {
        let mut err = io::stderr().lock();
        let (ignored, others): (Vec<_>, Vec<_>) =
            discovered.skipped.iter().partition(|skipped| skipped.reason == Reason::Ignored);
        for skipped in others.into_iter().chain(ignored.iter().take(MAX_IGNORED).copied()) {
            writeln!(
                err,
                "skipped {}: {}",
                crate::report::escape_control(&skipped.path.to_string_lossy()),
                skipped.reason
            )?;
        }
        if let Some(more @ 1..) = ignored.len().checked_sub(MAX_IGNORED) {
            writeln!(err, "skipped {more} more: {}", Reason::Ignored)?;
        }
    }
    output::write(&report, args.format, &args.output)?;
    if on_stdout != Some(Format::Text) && !global.quiet {
        let summary = report.summary();
        let incomplete = summary.incomplete().map(|text| format!("\n{text}")).unwrap_or_default();
        writeln!(io::stderr(), "{}\n{}{incomplete}", summary.findings(), summary.files())?;
    }
    let threshold = args.fail_on.map(Severity::from).or(loaded.config.fail_on.map(Severity::from));
    match exit {
        Exit::Clean if !args.exit_zero && report.fails_at(threshold.unwrap_or(Severity::Low)) => Ok(Exit::Findings),
        exit => Ok(exit),
    }
}

/// Writes what is reported to a baseline, and says how much that was.
fn write_baseline(path: &Path, judged: &Judged, global: &Global) -> io::Result<()> {
    let Judged { findings, sources, paths, .. } = judged;
    let baseline = Baseline::of(findings, &project::base_of(path, paths)?, sources);
    std::fs::write(path, baseline.text())
        .map_err(|error| failure(format!("cannot write {}: {error}", path.display())))?;
    if global.quiet {
        return Ok(());
    }
    let reported = findings.iter().filter(|one| one.verdict == Verdict::Fail && one.suppressed.is_none());
    let count = merge(reported.cloned().collect()).len();
    let instances = match baseline.len() {
        instances if instances == count => String::new(),
        instances => format!(" in {instances} instances"),
    };
    let noun = if count == 1 { "finding" } else { "findings" };
    writeln!(io::stderr(), "wrote {count} {noun}{instances} to {}", path.display())
}

/// The metadata that the reports need: SARIF lists every rule, the others only those that found something.
fn metadata(rules: &RuleSet, findings: &[Finding], formats: &[Format]) -> Vec<Arc<Metadata>> {
    if formats.contains(&Format::Sarif) {
        return rules.metadata();
    }
    let found: HashSet<&str> = findings.iter().map(|finding| &*finding.rule).collect();
    let found = rules.rules().iter().filter(|rule| found.contains(&*rule.id));
    found.filter_map(|rule| rule.metadata().cloned()).collect()
}

/// The metadata with the severities that the configuration gives.
fn with_severities(metadata: Vec<Arc<Metadata>>, loaded: &Loaded) -> Vec<Arc<Metadata>> {
    let Some(file) = loaded.file else { return metadata };
    // What is wrong with them has been said.
    let (severities, _) = loaded.config.severities(file);
    let changed = |rule: Arc<Metadata>| match severities.get(&*rule.id) {
        Some(severity) => Arc::new(Metadata { severity: *severity, ..Metadata::clone(&rule) }),
        None => rule,
    };
    metadata.into_iter().map(changed).collect()
}

/// How many files there were: a file with an error is a failed one, whether it was read or not.
fn counts(discovered: &Discovered, diagnostics: &[Diagnostic], sources: &Sources, baseline: Option<&Path>) -> Counts {
    let real = |path: &Path| std::fs::canonicalize(path).ok();
    let baseline = baseline.and_then(|path| Some((path.file_name()?, real(path)?)));
    let is_baseline = |path: &Path| {
        baseline
            .as_ref()
            .is_some_and(|(name, file)| path.file_name() == Some(name) && real(path).as_ref() == Some(file))
    };
    let is_asked_about = |skipped: &Skipped| skipped.reason.counts() && !is_baseline(&skipped.path);
    let errors = diagnostics.iter().filter(|diagnostic| {
        diagnostic.level == Level::Error && matches!(diagnostic.code, Code::ParseError | Code::Unreadable | Code::Limit)
    });
    let read = discovered.files.iter().chain(&discovered.context);
    let read: HashSet<&Path> = read.map(|file| file.source.path.as_path()).collect();
    let mut broken: HashSet<PathBuf> = HashSet::new();
    let mut unread: HashSet<PathBuf> = HashSet::new();
    for diagnostic in errors {
        match (diagnostic.file.and_then(|file| sources.get(file)), &diagnostic.path) {
            (Some(source), _) => {
                let is_unread = diagnostic.code == Code::Unreadable && !read.contains(&*source.path);
                let paths = if is_unread { &mut unread } else { &mut broken };
                paths.insert(source.path.clone());
            }
            (None, Some(path)) => {
                unread.insert(path.clone());
            }
            (None, None) => {}
        }
    }
    let (failed, read): (Vec<_>, Vec<_>) = discovered.files.iter().partition(|file| broken.contains(&file.source.path));
    Counts {
        read: read.len(),
        skipped: discovered.skipped.iter().filter(|skipped| is_asked_about(skipped)).count(),
        failed: failed.len() + unread.len(),
        context: discovered.context.len(),
    }
}
