//! `sealint rules`: which rules there are.

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use super::style::Paint;
use super::{Exit, Global, diagnose, selection};
use crate::rules::metadata::Metadata;
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
    let (rules, diagnostics) = selection::configured_rules(&args.rules, &sources)?;
    let mut metadata = rules.metadata();
    metadata.sort_by(|a, b| a.id.cmp(&b.id));
    let mut out = BufWriter::new(io::stdout().lock());
    match args.format {
        Listing::Json => {
            serde_json::to_writer_pretty(&mut out, &metadata)?;
            writeln!(out)?;
        }
        Listing::Text => {
            let terminal = global.stdout();
            let id = metadata.iter().map(|rule| rule.id.len()).max().unwrap_or(0);
            metadata.iter().try_for_each(|rule| line(rule, id, terminal.width, Paint::new(terminal), &mut out))?;
        }
    }
    out.flush()?;
    diagnose(&diagnostics, &sources, global)
}

/// Id, severity, profile and title; a title that has too little room beside them stands below, and is cut at the width.
fn line(rule: &Metadata, id_width: usize, width: usize, paint: Paint, out: &mut dyn Write) -> io::Result<()> {
    const SEVERITY: usize = "critical".len();
    const PROFILE: usize = "default".len();
    /// The least room that is worth a column.
    const LEAST_TITLE: usize = 40;
    const INDENT: &str = "  ";
    let used = id_width + SEVERITY + PROFILE + 6;
    let below = width < used + LEAST_TITLE;
    let room = if below { width.saturating_sub(INDENT.len()) } else { width - used };
    let cut = rule.title.char_indices().nth(room.saturating_sub(1)).map(|(at, _)| at);
    let title = match cut {
        Some(at) if rule.title[at..].chars().count() > 1 => format!("{}…", &rule.title[..at]),
        _ => rule.title.clone(),
    };
    let severity = paint.severity(rule.severity, format_args!("{:SEVERITY$}", rule.severity.as_str()));
    let profile = paint.dim(format_args!("{:PROFILE$}", rule.profile.as_str()));
    if below {
        let id = paint.bold(format_args!("{:id_width$}", rule.id));
        return writeln!(out, "{id}  {severity}  {profile}\n{INDENT}{title}");
    }
    let line = format!("{:id_width$}  {severity}  {profile}  {title}", rule.id);
    writeln!(out, "{}", line.trim_end())
}
