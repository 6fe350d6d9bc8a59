//! `sealint fix`: mends findings where that is sure.

use std::io::{self, BufWriter, Write};

use similar::TextDiff;

use super::judged;
use super::progress::Progress;
use super::scan::ScanArgs;
use super::selection::SelectionArgs;
use super::style::Paint;
use super::{Exit, Global, diagnose, failure};
use crate::check::merge;
use crate::finding::{Finding, Fix, Verdict};
use crate::fix::{apply, changes};
use crate::project::Judged;
use crate::report::escape_control;

/// Mend findings, where the value was written
#[derive(clap::Args, Debug)]
pub(super) struct Args {
    #[command(flatten)]
    scan: ScanArgs,
    /// Print what would change, and change nothing
    #[arg(long, help_heading = "Changes")]
    diff: bool,
    /// Make also changes that want a look: they may replace a resource or take access away
    #[arg(long = "unsafe", help_heading = "Changes")]
    allow_unsafe: bool,
    #[command(flatten, next_help_heading = "Rules")]
    selection: SelectionArgs,
}

pub(super) fn run(args: &Args, global: &Global) -> io::Result<Exit> {
    let progress = Progress::start(global);
    progress.stage("reading files");
    let scan = args.scan.scan_with_context()?;
    let (judged, _) = judged::judge(scan, &args.selection, true, &progress)?;
    let Judged { sources, diagnostics, findings, .. } = judged;
    let findings = merge(findings);
    drop(progress);
    let exit = diagnose(&diagnostics, &sources, global)?;

    let (wanted, others): (Vec<_>, Vec<_>) =
        findings.iter().filter_map(fixable).partition(|(_, fix)| fix.safe || args.allow_unsafe);
    let (changes, taken) = changes(wanted.iter().map(|(_, fix)| *fix));
    let paint = Paint::new(global.stdout());
    let mut out = BufWriter::new(io::stdout().lock());
    for (file, change) in &changes {
        let Some(source) = sources.get(*file) else { continue };
        let (path, text) = (source.path.to_string_lossy(), apply(&source.text, change));
        if args.diff {
            diff(&path, &source.text, &text, paint, &mut out)?;
        } else {
            std::fs::write(&source.path, text).map_err(|error| failure(format!("cannot write {path}: {error}")))?;
        }
    }
    if !args.diff && !global.quiet {
        for (finding, fix) in &wanted {
            let (rule, title) = (paint.dim(&finding.rule), escape_control(&fix.title));
            writeln!(out, "{} {title} {rule}", paint.bold(escape_control(&finding.resource)))?;
        }
    }
    out.flush()?;
    if !global.quiet {
        let done = if args.diff { "can be fixed" } else { "fixed" };
        let findings = if taken == 1 { "finding" } else { "findings" };
        let more = if others.is_empty() { String::new() } else { format!(", {} more with --unsafe", others.len()) };
        writeln!(io::stderr(), "{taken} {findings} {done}{more}")?;
    }
    match exit {
        Exit::Clean if args.diff && taken > 0 => Ok(Exit::Findings),
        exit => Ok(exit),
    }
}

/// A failure that nothing suppresses, with its fix if it has one.
fn fixable(finding: &Finding) -> Option<(&Finding, &Fix)> {
    let counts = finding.verdict == Verdict::Fail && finding.suppressed.is_none();
    finding.fix.as_ref().filter(|_| counts).map(|fix| (finding, fix))
}

/// A unified diff, as `patch` and `git apply` read it.
fn diff(path: &str, before: &str, after: &str, paint: Paint, out: &mut dyn Write) -> io::Result<()> {
    let path = path.replace('\\', "/");
    let path = escape_control(path.trim_start_matches("./").trim_start_matches('/'));
    let diff = TextDiff::from_lines(before, after);
    let text = diff.unified_diff().header(&format!("a/{path}"), &format!("b/{path}")).to_string();
    for line in text.split_inclusive('\n') {
        let (content, end) = line.strip_suffix('\n').map_or((line, ""), |content| (content, "\n"));
        let end = if content.ends_with('\r') { "\r\n" } else { end };
        let content = escape_control(content.trim_end_matches('\r'));
        let painted = match content.chars().next() {
            Some('+') => paint.good(content),
            Some('-') => paint.bad(content),
            Some('@') => paint.dim(content),
            _ => content.into_owned(),
        };
        write!(out, "{painted}{end}")?;
    }
    Ok(())
}
