//! `sealint eval`: Terraform expressions, as `terraform console` would evaluate them.

use std::io::{self, BufRead, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::inputs::VariableArgs;
use super::{Exit, Global, diagnose, failure};
use crate::diagnostic::{Diagnostic, Level};
use crate::discover::{ConfinedDisk, ConfinedFiles, File, Kind};
use crate::files::Files;
use crate::load::{Disk, evaluate};
use crate::project::Loaded;
use crate::source::Sources;
use crate::terraform;
use crate::value::{self, Value};

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
    ///
    /// A request has "expr" or "template", and may have "id", "vars" ({NAME: {"value", "type"}}) and "basedir", the folder
    /// that functions read files from. The answer has "id", "value" and "type", or "id" and "error".
    #[arg(long, conflicts_with_all = ["expression", "var", "var_file", "env_vars", "dir"])]
    jsonl: bool,
    #[command(flatten, next_help_heading = "Values from outside")]
    variables: VariableArgs,
}

/// The output that stands for the expression.
const OUTPUT: &str = "sealint_eval";

pub(super) fn run(args: &Args, global: &Global) -> io::Result<Exit> {
    match &args.expression {
        Some(expression) => one(expression, args, global),
        None => many(),
    }
}

/// Evaluates the expression as the value of one more output of the root module. What is wrong in it is an error here,
/// where nothing but its value is asked for.
fn one(expression: &str, args: &Args, global: &Global) -> io::Result<Exit> {
    let dir = &args.dir;
    if !dir.is_dir() {
        return Err(failure(format!("{} is no folder", dir.display())));
    }
    let sources = Arc::new(Sources::default());
    let (inputs, mut diagnostics) = args.variables.given().read(&Loaded::default(), &sources)?;
    let disk = ConfinedDisk::new(std::slice::from_ref(dir), Arc::clone(&sources));
    let (mut files, mut problems) = disk.terraform_folder(dir);
    diagnostics.append(&mut problems);
    let text = format!("output \"{OUTPUT}\" {{\n  value = {expression}\n}}\n");
    let asked = sources.add(dir.join("expression.tf"), text);
    files.push(File { source: Arc::clone(&asked), kind: Kind::Terraform });
    let mut evaluated = evaluate(&files, &inputs, Some(&disk));
    diagnostics.append(&mut evaluated.diagnostics);
    diagnostics.append(&mut inputs.undeclared());
    let in_it = |diagnostic: &&mut Diagnostic| {
        diagnostic.level >= Level::Warning && diagnostic.span.is_some_and(|span| span.file == asked.id)
    };
    let mut wrong = false;
    for diagnostic in diagnostics.iter_mut().filter(in_it) {
        diagnostic.level = Level::Error;
        wrong = true;
    }
    let exit = diagnose(&diagnostics, &sources, global)?;
    let outputs = evaluated.terraform.iter().flat_map(|configuration| &configuration.outputs);
    let named = |address: &str| address.rsplit('.').next() == Some(OUTPUT);
    let Some((_, value)) = outputs.into_iter().find(|(address, _)| named(address)) else { return Ok(Exit::Failed) };
    if wrong {
        return Ok(Exit::Failed);
    }
    if has_infinity(value) {
        return Err(failure("the value is infinite, as a division by zero is: JSON has no such number"));
    }
    let mut out = io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, &terraform::value(value))?;
    writeln!(out)?;
    Ok(exit)
}

/// Whether there is a number in it that JSON cannot write.
fn has_infinity(value: &Value) -> bool {
    match &value.kind {
        value::Kind::Number(number) => number.is_infinite(),
        value::Kind::List(list) => list.items.iter().any(has_infinity),
        value::Kind::Map(map) => map.entries.values().any(|entry| has_infinity(&entry.value)),
        _ => false,
    }
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
