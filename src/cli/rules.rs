//! `sealint rules`: which rules there are.

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use super::selection::Here;
use super::style::Paint;
use super::{Exit, Global, diagnose};
use serde::Serialize;

use crate::finding::Severity;
use crate::report::{Terminal, escape_control, fit};
use crate::rules::metadata::{Metadata, Profile};
use crate::source::Sources;

/// List the rules
#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// How to print them
    #[arg(long, value_enum, default_value_t)]
    format: Listing,
    /// A folder with rules and views of your own
    #[arg(long, value_name = "DIR")]
    rules: Vec<PathBuf>,
}

#[derive(Clone, Copy, Debug, Default, clap::ValueEnum)]
enum Listing {
    /// One line per rule
    #[default]
    Text,
    /// An array of objects with everything that is known about each rule
    Json,
}

pub(super) fn run(args: &Args, global: &Global) -> io::Result<Exit> {
    let sources = Sources::default();
    let here = Here::read(&args.rules, &sources)?;
    let mut metadata = here.rules.metadata();
    metadata.sort_by(|a, b| a.id.cmp(&b.id));
    let mut out = BufWriter::new(io::stdout().lock());
    match args.format {
        Listing::Json => {
            let rules: Vec<Listed<'_>> = metadata.iter().map(|rule| Listed::new(rule, &here)).collect();
            serde_json::to_writer_pretty(&mut out, &rules)?;
            writeln!(out)?;
        }
        Listing::Text => {
            let terminal = global.stdout();
            let id = metadata.iter().map(|rule| rule.id.len()).max().unwrap_or(0);
            metadata.iter().try_for_each(|rule| line(rule, &here, id, terminal, &mut out))?;
        }
    }
    out.flush()?;
    if matches!(args.format, Listing::Text) && !global.quiet {
        let default = metadata.iter().filter(|rule| rule.profile == Profile::Default).count();
        let on = metadata.iter().filter(|rule| here.is_on(rule)).count();
        let on = if here.is_configured { format!(", {on} on here") } else { String::new() };
        writeln!(io::stderr(), "{} rules, {default} of them in the default profile{on}", metadata.len())?;
    }
    diagnose(&here.diagnostics, &sources, global)
}

/// A rule with what the configuration makes of it.
#[derive(Serialize)]
struct Listed<'a> {
    #[serde(flatten)]
    rule: &'a Metadata,
    here: InConfiguration,
}

/// What the configuration of the working directory makes of a rule.
#[derive(Serialize)]
struct InConfiguration {
    enabled: bool,
    severity: Severity,
}

impl<'a> Listed<'a> {
    fn new(rule: &'a Metadata, here: &Here) -> Self {
        Listed { rule, here: InConfiguration { enabled: here.is_on(rule), severity: here.severity(rule) } }
    }
}

/// Id, severity, profile and title on one line; in a terminal, a title that has too little room there stands below.
fn line(rule: &Metadata, here: &Here, id_width: usize, terminal: Terminal, out: &mut dyn Write) -> io::Result<()> {
    const SEVERITY: usize = "critical".len();
    const PROFILE: usize = "default".len();
    const INDENT: &str = "  ";
    /// The least room that is worth a column.
    const LEAST_TITLE: usize = 40;
    let paint = Paint::new(terminal);
    let id = paint.bold(format_args!("{:id_width$}", rule.id));
    let severity = here.severity(rule);
    let severity = paint.severity(severity, format_args!("{:SEVERITY$}", severity.as_str()));
    let is_off = here.is_configured && !here.is_on(rule);
    let off = if is_off { " (off here)" } else { "" };
    let title = format!("{}{off}", escape_control(&rule.title));
    let profile = paint.dim(format_args!("{:PROFILE$}", rule.profile.as_str()));
    let used = id_width + SEVERITY + PROFILE + 3 * INDENT.len();
    if !terminal.wraps {
        return writeln!(out, "{id}{INDENT}{severity}{INDENT}{profile}{INDENT}{title}");
    }
    if terminal.width < used + LEAST_TITLE {
        let options = fit::options(terminal.width).initial_indent(INDENT).subsequent_indent(INDENT);
        return writeln!(out, "{id}{INDENT}{severity}{INDENT}{profile}\n{}", textwrap::fill(&title, options));
    }
    let blank = " ".repeat(used);
    let title = textwrap::fill(&title, fit::options(terminal.width - used)).replace('\n', &format!("\n{blank}"));
    writeln!(out, "{id}{INDENT}{severity}{INDENT}{profile}{INDENT}{title}")
}
