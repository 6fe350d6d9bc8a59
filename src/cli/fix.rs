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
///
/// Files are changed in place. Standard input is printed as it is when mended, and no file is touched.
///
/// Files are changed in place. Standard input is printed as it is when mended, and no file is touched.
#[derive(clap::Args, Debug)]
pub(super) struct Args {
    #[command(flatten)]
    scan: ScanArgs,
    /// Print what would change, and change nothing; exits with 1 if something would
    #[arg(long, help_heading = "Changes")]
    diff: bool,
    /// Make also changes that want a look: they may replace a resource or take access away
    #[arg(long = "unsafe", help_heading = "Changes")]
    allow_unsafe: bool,
    #[command(flatten, next_help_heading = "Rules")]
    selection: SelectionArgs,
}

pub(super) fn run(args: &Args, global: &Global) -> io::Result<Exit> {
    let from_stdin = args.scan.reads_stdin();
    if from_stdin && args.scan.names_more_than_stdin() {
        return Err(failure("standard input is mended on its own: name no files beside it"));
    }
    let progress = Progress::start(global);
    progress.stage("reading files");
    let scan = args.scan.scan_with_context()?;
    let (judged, _) = judged::judge(scan, &args.selection, true, &progress)?;
    let Judged { sources, diagnostics, findings, discovered, .. } = judged;
    let findings = merge(findings);
    drop(progress);
    let exit = diagnose(&diagnostics, &sources, global)?;

    let stdin = discovered.files.iter().map(|file| &file.source).find(|source| args.scan.is_stdin(&source.path));
    // What is mended in other files than the one that is piped through is left to a run over these.
    let in_reach =
        |fix: &Fix| !from_stdin || fix.edits.iter().all(|edit| stdin.is_some_and(|s| s.id == edit.span.file));
    let (wanted, others): (Vec<_>, Vec<_>) =
        findings.iter().filter_map(fixable).partition(|(_, fix)| fix.safe || args.allow_unsafe);
    let (wanted, elsewhere): (Vec<_>, Vec<_>) = wanted.into_iter().partition(|(_, fix)| in_reach(fix));
    let (changes, taken) = changes(wanted.iter().map(|(_, fix)| *fix));
    let paint = Paint::new(global.stdout());
    let mut out = BufWriter::new(io::stdout().lock());
    if let Some(source) = stdin.filter(|source| !args.diff && !changes.contains_key(&source.id)) {
        out.write_all(source.text.as_bytes())?;
    }
    for (file, change) in &changes {
        let Some(source) = sources.get(*file) else { continue };
        let (path, text) = (source.path.to_string_lossy(), apply(&source.text, change));
        if args.diff {
            diff(&path, &source.text, &text, paint, &mut out)?;
        } else if from_stdin {
            out.write_all(text.as_bytes())?;
        } else {
            std::fs::write(&source.path, text).map_err(|error| failure(format!("cannot write {path}: {error}")))?;
        }
    }
    if !args.diff && !from_stdin && !global.quiet {
        for (finding, fix) in &wanted {
            let (rule, title) = (paint.dim(&finding.rule), escape_control(&fix.title));
            writeln!(out, "{} {title} {rule}", paint.bold(escape_control(&finding.resource)))?;
        }
    }
    out.flush()?;
    if !global.quiet {
        let done = if args.diff { "can be fixed" } else { "fixed" };
        let findings = if taken == 1 { "finding" } else { "findings" };
        let mut more = if others.is_empty() { String::new() } else { format!(", {} more with --unsafe", others.len()) };
        if !elsewhere.is_empty() {
            more.push_str(&format!(", {} more in other files", elsewhere.len()));
        }
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
