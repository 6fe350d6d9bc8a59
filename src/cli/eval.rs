//! `sealint eval`: Terraform expressions, as `terraform console` would evaluate them.

use std::io::{self, BufRead, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Exit, Global, diagnose, failure};
use crate::discover::{ConfinedDisk, ConfinedFiles, File, Kind};
use crate::files::Files;
use crate::load::{Disk, Inputs, evaluate};
use crate::source::Sources;
use crate::terraform;

/// Evaluate a Terraform expression
#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// The expression
    #[arg(required_unless_present = "jsonl")]
    expression: Option<String>,
    /// The folder of the root module whose names the expression may use
    #[arg(long, value_name = "DIR", default_value = ".")]
    dir: PathBuf,
    /// Read requests from stdin, one JSON object a line, and answer each with a line
    #[arg(long, conflicts_with = "expression")]
    jsonl: bool,
}

/// The output that stands for the expression.
const OUTPUT: &str = "sealint_eval";

pub(super) fn run(args: &Args, global: &Global) -> io::Result<Exit> {
    match &args.expression {
        Some(expression) => one(expression, &args.dir, global),
        None => many(),
    }
}

/// Evaluates the expression as the value of one more output of the root module.
fn one(expression: &str, dir: &Path, global: &Global) -> io::Result<Exit> {
    if !dir.is_dir() {
        return Err(failure(format!("{} is no folder", dir.display())));
    }
    let sources = Arc::new(Sources::default());
    let disk = ConfinedDisk::new(&[dir.to_path_buf()], Arc::clone(&sources));
    let (mut files, mut diagnostics) = disk.terraform_folder(dir);
    let text = format!("output \"{OUTPUT}\" {{\n  value = {expression}\n}}\n");
    files.push(File { source: sources.add(dir.join("expression.tf"), text), kind: Kind::Terraform });
    let mut evaluated = evaluate(&files, &Inputs::default(), Some(&disk));
    diagnostics.append(&mut evaluated.diagnostics);
    let exit = diagnose(&diagnostics, &sources, global)?;
    let outputs = evaluated.terraform.iter().flat_map(|configuration| &configuration.outputs);
    let named = |address: &str| address.rsplit('.').next() == Some(OUTPUT);
    let Some((_, value)) = outputs.into_iter().find(|(address, _)| named(address)) else { return Ok(Exit::Failed) };
    let mut out = io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, &terraform::value(value))?;
    writeln!(out)?;
    Ok(exit)
}

/// Answers requests until the input ends.
fn many() -> io::Result<Exit> {
    let sources = Arc::new(Sources::default());
    let files = |folder: &str| {
        let folder = Path::new(folder);
        let files = ConfinedFiles::new(folder, folder, Arc::clone(&sources)).ok()?;
        Some(Arc::new(files) as Arc<dyn Files>)
    };
    let mut out = BufWriter::new(io::stdout().lock());
    for line in io::stdin().lock().lines() {
        let line = line?;
        if !line.trim().is_empty() {
            writeln!(out, "{}", terraform::eval::answer(&line, &files))?;
        }
    }
    out.flush()?;
    Ok(Exit::Clean)
}
