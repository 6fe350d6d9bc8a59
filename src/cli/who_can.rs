//! `sealint who-can`: who may use which key, under which conditions.

use std::io::{self, BufWriter, Write};

use serde_json::{Value as Json, json};

use super::scan::{Scan, ScanArgs};
use super::style::Paint;
use super::{Exit, Global, diagnose};
use crate::iam::context::Context;
use crate::iam::document;
use crate::iam::kind::PolicyKind;
use crate::iam::who_can::{Row, Through, key_policy, who_can};
use crate::report::escape_control;
use crate::resource::Resource;
use crate::source::{Sources, Span};

/// Say who may do something with a key, as far as key policies decide it
#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// The action: kms:Decrypt, kms:*
    action: String,
    #[command(flatten)]
    scan: ScanArgs,
    /// How to print it
    #[arg(long, value_enum, default_value_t)]
    format: Listing,
}

#[derive(Clone, Copy, Debug, Default, clap::ValueEnum)]
enum Listing {
    /// For people
    #[default]
    Text,
    /// An array with an object for each way to the action
    Json,
}

pub(super) fn run(args: &Args, global: &Global) -> io::Result<Exit> {
    let mut scan = args.scan.scan()?;
    let evaluated = scan.evaluate();
    let Scan { sources, diagnostics, .. } = scan;
    let resources = evaluated.units().into_iter().flat_map(|unit| &unit.resources);
    let keys: Vec<(&Resource, Vec<Row>)> = resources
        .filter_map(|resource| {
            let context = Context { address: Some(&resource.address), ..Context::default() };
            let document = document::read(key_policy(resource)?, PolicyKind::Key, &context);
            Some((resource, who_can(&document, &[], &args.action, None)))
        })
        .collect();
    let exit = diagnose(&diagnostics, &sources, global)?;
    let mut out = BufWriter::new(io::stdout().lock());
    match args.format {
        Listing::Json => {
            let rows = keys.iter().flat_map(|(key, rows)| rows.iter().map(|row| object(key, row, &sources)));
            serde_json::to_writer_pretty(&mut out, &rows.collect::<Vec<Json>>())?;
            writeln!(out)?;
        }
        Listing::Text => {
            let paint = Paint::new(global.stdout());
            for (key, rows) in &keys {
                writeln!(out, "{}", paint.bold(escape_control(&key.address)))?;
                rows.iter().try_for_each(|row| line(key, row, &sources, paint, &mut out))?;
                if rows.is_empty() {
                    writeln!(out, "  nobody")?;
                }
            }
            if keys.is_empty() {
                writeln!(out, "no key policy is written in these files")?;
            }
        }
    }
    out.flush()?;
    Ok(exit)
}

/// Where a way to the action is written: the principal, or at least the resource.
fn place(key: &Resource, row: &Row) -> Span {
    row.origin.span.unwrap_or(key.header)
}

fn line(key: &Resource, row: &Row, sources: &Sources, paint: Paint, out: &mut dyn Write) -> io::Result<()> {
    let account = match row.through {
        Through::AccountPolicies => ", if the policies of its account allow it",
        Through::Statement | Through::Grant => "",
    };
    write!(out, "  {} by {}{account}", escape_control(&row.principal), escape_control(&row.name))?;
    let span = place(key, row);
    if let Some(source) = sources.get(span.file) {
        let at = format!("{}:{}", source.path.display(), source.line(span.start));
        write!(out, " {}", paint.dim(escape_control(&at)))?;
    }
    writeln!(out)?;
    let lines = |out: &mut dyn Write, word: &str, list: &[String]| {
        list.iter().try_for_each(|text| writeln!(out, "    {word} {}", escape_control(text)))
    };
    lines(out, "when", &row.conditions)?;
    lines(out, "unless", &row.unless)
}

fn object(key: &Resource, row: &Row, sources: &Sources) -> Json {
    let span = place(key, row);
    let source = sources.get(span.file);
    json!({
        "key": &*key.address,
        "principal": row.principal,
        "kind": row.kind,
        "owner": row.owner,
        "through": row.through.as_str(),
        "statement": row.index,
        "name": row.name,
        "conditions": row.conditions,
        "unless": row.unless,
        "file": source.as_ref().map(|source| source.path.to_string_lossy()),
        "line": source.as_ref().map(|source| source.line(span.start)),
    })
}
