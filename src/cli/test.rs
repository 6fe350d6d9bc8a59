//! `sealint test`: runs the examples of rules.

use std::collections::HashSet;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use super::style::Paint;
use super::{Exit, Global, diagnose, selection};
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::project;
use crate::report::{escape_control, escape_lines};
use crate::rules::UserFileKind;
use crate::source::Sources;
use crate::verify::{Failure, verify};

/// Run the examples of the rules in a folder
#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// The folder of rules
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

pub(super) fn run(args: &Args, global: &Global) -> io::Result<Exit> {
    let sources = Sources::default();
    let files = project::user_files(&args.folder, &sources)?;
    let has_rules = files.iter().any(|file| matches!(file.kind, UserFileKind::Rule { .. }));
    let own: HashSet<PathBuf> = files.iter().map(|file| file.source.path.clone()).collect();
    let (rules, mut diagnostics) = selection::all_rules(std::slice::from_ref(&args.folder), &sources)?;
    let paint = Paint::new(global.stdout());
    let mut out = BufWriter::new(io::stdout().lock());
    let (mut count, mut failed, mut bare) = (0, 0, 0);
    for rule in rules.rules().iter().filter(|rule| own.contains(&rule.source().path)) {
        let (failures, examples) = verify(rule, &rules);
        count += examples;
        failed += failures.len();
        let id = escape_control(&rule.id);
        if examples == 0 {
            bare += 1;
            writeln!(out, "{} {id}: no examples", paint.bad("fail"))?;
        }
        let path = rule.source().path.with_file_name("examples.md");
        let path = path.to_string_lossy();
        let path = escape_control(&path);
        for failure in &failures {
            writeln!(out, "{} {id} ({path}:{})", paint.bad("fail"), failure.example.line)?;
            explain(failure, paint, &mut out)?;
        }
        if failures.is_empty() && examples > 0 && !global.quiet {
            writeln!(out, "{} {id} ({examples} examples)", paint.good("ok  "))?;
        }
    }
    writeln!(out, "{count} examples, {failed} failed, {bare} rules without examples")?;
    out.flush()?;
    if !has_rules && !files.is_empty() {
        let message = format!("there are no rules in {}: a rule is a folder with a rule.rego", args.folder.display());
        diagnostics.push(Diagnostic::new(Level::Warning, Code::Rule, message));
    }
    match diagnose(&diagnostics, &sources, global)? {
        Exit::Clean if failed + bare > 0 => Ok(Exit::Findings),
        exit => Ok(exit),
    }
}

/// The problems of an example, and its text as a diff: `-` where a result is missing, `+` where one was not expected.
fn explain(failure: &Failure, paint: Paint, out: &mut dyn Write) -> io::Result<()> {
    for problem in &failure.problems {
        writeln!(out, "     {}", escape_lines(problem))?;
    }
    for (i, line) in failure.example.text.lines().enumerate() {
        let mark = match (failure.example.lines.contains(&(i + 1)), failure.found.contains(&(i + 1))) {
            (true, false) => paint.bad("-"),
            (false, true) => paint.bad("+"),
            (true, true) => paint.good(">"),
            (false, false) => " ".to_string(),
        };
        writeln!(out, "{}", format!("   {mark} {:3} {}", i + 1, paint.dim(line)).trim_end())?;
    }
    Ok(())
}
