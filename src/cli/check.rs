//! `sealint check`: the main job.

use std::collections::HashSet;
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::Arc;

use clap::ValueEnum;

use super::config::Loaded;
use super::output::{self, Output};
use super::progress::Progress;
use super::scan::{Scan, ScanArgs};
use super::selection::SelectionArgs;
use super::{Exit, Global, diagnose};
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::discover::Discovered;
use crate::finding::{Finding, Severity};
use crate::focus::Focus;
use crate::report::{Counts, Format, Options, Report};
use crate::rules::RuleSet;
use crate::rules::metadata::Metadata;
use crate::source::{FileId, Sources};
use crate::suppress::{self, Configured, Known, Policy};

/// Check files and folders
#[derive(clap::Args, Debug)]
pub(super) struct Args {
    #[command(flatten)]
    scan: ScanArgs,
    /// The format of the report
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Write the report to FILE instead of stdout; with FORMAT=FILE, write another report in that format
    #[arg(long, value_name = "[FORMAT=]FILE")]
    output: Vec<Output>,
    /// The least severity that makes the run fail [default: low]
    #[arg(long, value_enum, value_name = "SEVERITY")]
    fail_on: Option<Threshold>,
    /// Do not fail because of findings
    #[arg(long)]
    exit_zero: bool,
    /// List results that depend on what is not known
    #[arg(long)]
    show_open: bool,
    /// List results that are suppressed
    #[arg(long)]
    show_suppressed: bool,
    /// Let no comment or metadata in the files suppress anything
    #[arg(long)]
    no_inline_ignores: bool,
    #[command(flatten)]
    selection: SelectionArgs,
}

/// A severity as a threshold.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Threshold {
    Low,
    Medium,
    High,
    Critical,
}

impl From<Threshold> for Severity {
    fn from(threshold: Threshold) -> Self {
        match threshold {
            Threshold::Low => Severity::Low,
            Threshold::Medium => Severity::Medium,
            Threshold::High => Severity::High,
            Threshold::Critical => Severity::Critical,
        }
    }
}

pub(super) fn run(args: &Args, global: &Global) -> io::Result<Exit> {
    let progress = Progress::start(global);
    progress.stage("reading files");
    let mut scan = args.scan.scan_with_context()?;
    let (rules, mut problems) = args.selection.rules(&scan.loaded, &scan.sources)?;
    let start = scan.sources.next();
    progress.stage(format!("checking {} files", scan.discovered.files.len()));
    let mut findings = scan.check(&rules);
    let Scan { sources, loaded, discovered, mut diagnostics, names_files, .. } = scan;
    let focus = names_files.then(|| Focus::new(&discovered.files, &discovered.context, start..sources.next()));
    diagnostics.append(&mut problems);
    // That an entry suppresses nothing can be said only of a whole run.
    let is_whole = focus.is_none();
    diagnostics.append(&mut configure(&mut findings, &loaded, &sources, is_whole));
    if loaded.config.suppressions.inline && !args.no_inline_ignores {
        let files: Vec<FileId> =
            discovered.files.iter().chain(&discovered.context).map(|file| file.source.id).collect();
        let policy = policy(&loaded);
        let known = known(&rules, &policy);
        diagnostics.append(&mut suppress::apply_inline(&mut findings, &files, &sources, &known, &policy));
    }
    if let Some(focus) = &focus {
        findings.retain(|finding| focus.keeps(finding));
        diagnostics = focus.diagnostics(diagnostics);
    }

    let formats: Vec<Format> = output::formats(args.format, &args.output).collect();
    let options =
        Options { show_open: args.show_open, show_suppressed: args.show_suppressed, terminal: global.stdout() };
    let metadata = metadata(&rules, &findings, &formats);
    let files = counts(&discovered, &diagnostics);
    let here = std::env::current_dir().ok();
    let root = here.as_deref();
    let report = Report {
        findings: &findings,
        diagnostics: &diagnostics,
        sources: &sources,
        rules: &metadata,
        files,
        root,
        options,
    };
    drop(progress);
    let exit = diagnose(&diagnostics, &sources, global)?;
    if global.verbose {
        let mut err = io::stderr().lock();
        for skipped in &discovered.skipped {
            writeln!(
                err,
                "skipped {}: {}",
                crate::report::escape_control(&skipped.path.to_string_lossy()),
                skipped.reason
            )?;
        }
    }
    output::write(&report, args.format, &args.output)?;
    if args.format != Format::Text && !global.quiet {
        let summary = report.summary();
        writeln!(io::stderr(), "{}\n{}", summary.findings(), summary.files())?;
    }
    let threshold = args.fail_on.map(Severity::from).or(loaded.config.fail_on.map(Severity::from));
    match exit {
        Exit::Clean if !args.exit_zero && report.fails_at(threshold.unwrap_or(Severity::Low)) => Ok(Exit::Findings),
        exit => Ok(exit),
    }
}

/// Applies the configuration to the findings: severities, parts of the repository, accepted findings. Entries that accept
/// nothing are reported for a whole run.
fn configure(findings: &mut Vec<Finding>, loaded: &Loaded, sources: &Sources, is_whole: bool) -> Vec<Diagnostic> {
    let Some(file) = loaded.file else { return Vec::new() };
    let (severities, mut diagnostics) = loaded.config.severities(file);
    for finding in findings.iter_mut() {
        if let Some(severity) = severities.get(&*finding.rule) {
            finding.severity = *severity;
        }
    }
    let (configured, mut problems) = Configured::new(&loaded.config, file, &loaded.folder, today());
    diagnostics.append(&mut problems);
    let mut unused = configured.apply(findings, sources);
    if is_whole {
        diagnostics.append(&mut unused);
    }
    diagnostics
}

fn policy(loaded: &Loaded) -> Policy {
    let policy = &loaded.config.suppressions;
    Policy { require_reason: policy.require_reason, foreign: policy.foreign.clone(), today: today() }
}

fn today() -> chrono::NaiveDate {
    chrono::Local::now().date_naive()
}

/// The rules that suppressions can name.
fn known(rules: &RuleSet, policy: &Policy) -> Known {
    let enabled: HashSet<Arc<str>> = rules.rules().iter().map(|rule| Arc::clone(&rule.id)).collect();
    let mut known = Known { all: rules.known().map(Arc::from).collect(), enabled, ..Known::default() };
    if !policy.foreign.is_empty() {
        for rule in rules.metadata() {
            for (_, check) in rule.aliases.iter() {
                known.aliases.entry(suppress::alias(check)).or_default().push(Arc::clone(&rule.id));
            }
        }
    }
    known
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

/// How many files there were: a file with an error is a failed one.
fn counts(discovered: &Discovered, diagnostics: &[Diagnostic]) -> Counts {
    let errors = diagnostics.iter().filter(|diagnostic| {
        diagnostic.level == Level::Error && matches!(diagnostic.code, Code::ParseError | Code::Unreadable | Code::Limit)
    });
    let mut broken: HashSet<FileId> = HashSet::new();
    let mut unread: HashSet<PathBuf> = HashSet::new();
    for diagnostic in errors {
        match (diagnostic.file, &diagnostic.path) {
            (Some(file), _) => drop(broken.insert(file)),
            (None, Some(path)) => drop(unread.insert(path.clone())),
            (None, None) => {}
        }
    }
    let (failed, read): (Vec<_>, Vec<_>) = discovered.files.iter().partition(|file| broken.contains(&file.source.id));
    Counts {
        read: read.len(),
        skipped: discovered.skipped.len(),
        failed: failed.len() + unread.len(),
        context: discovered.context.len(),
    }
}
