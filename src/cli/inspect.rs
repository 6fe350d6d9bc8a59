//! `sealint inspect`: what sealint knows, as JSON.

use std::io::{self, BufWriter, Write};
use std::path::Path;

use serde_json::{Map, Value as Json};

use super::scan::ScanArgs;
use super::selection::SelectionArgs;
use super::{Exit, Global, diagnose};
use crate::cloudformation::{self, inspect};
use crate::diagnostic::Diagnostic;
use crate::discover::{File, Kind};
use crate::load::Disk;
use crate::parse::node::Node;
use crate::parse::template;
use crate::project::Scan;
use crate::rules;
use crate::terraform;

/// Print what sealint knows of the files, as JSON
#[derive(clap::Args, Debug)]
pub(super) struct Args {
    #[command(flatten)]
    scan: ScanArgs,
    #[command(flatten, next_help_heading = "Rules")]
    selection: SelectionArgs,
    /// What to print
    #[arg(long, value_enum, default_value_t, help_heading = "Report")]
    format: View,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, clap::ValueEnum)]
enum View {
    /// Resources as views: the input that rules get; what is not known is {"$unknown": REASON}
    #[default]
    Views,
    /// Every setting with its value
    Values,
    /// CloudFormation: the template after its transforms, functions kept
    Template,
}

pub(super) fn run(args: &Args, global: &Global) -> io::Result<Exit> {
    let mut scan = args.scan.scan()?;
    let documents = match args.format {
        View::Views => {
            let (rules, mut problems) = args.selection.rules(&scan.loaded, &scan.sources)?;
            scan.diagnostics.append(&mut problems);
            let evaluated = scan.evaluate();
            let units = evaluated.units().into_iter();
            let resources = units.flat_map(|unit| rules::views(unit, &rules, &scan.sources)).collect();
            vec![("views".to_string(), resources)]
        }
        View::Values => values(&mut scan),
        View::Template => templates(&mut scan, inspect::template),
    };
    let exit = diagnose(&scan.diagnostics, &scan.sources, global)?;
    let mut out = BufWriter::new(io::stdout().lock());
    serde_json::to_writer_pretty(&mut out, &joined(documents))?;
    writeln!(out)?;
    out.flush()?;
    Ok(exit)
}

/// One document as it is; several by the path of their file, all Terraform configurations together being one.
fn joined(documents: Vec<(String, Json)>) -> Json {
    match <[_; 1]>::try_from(documents) {
        Ok([(_, only)]) => only,
        Err(several) => Json::Object(several.into_iter().collect::<Map<_, _>>()),
    }
}

fn values(scan: &mut Scan) -> Vec<(String, Json)> {
    let evaluated = scan.evaluate();
    let mut documents = Vec::new();
    if !evaluated.terraform.is_empty() {
        documents.push(("terraform".to_string(), terraform::values(&evaluated.terraform)));
    }
    documents.append(&mut templates(scan, inspect::values));
    documents
}

type Printer = fn(&Node, &cloudformation::Inputs) -> (Json, Vec<Diagnostic>);

fn templates(scan: &mut Scan, print: Printer) -> Vec<(String, Json)> {
    let mut documents = Vec::new();
    for File { source, .. } in scan.discovered.files.iter().filter(|file| file.kind == Kind::Template) {
        let (root, mut problems) = template::parse(source);
        let folder = source.path.parent().unwrap_or(Path::new(""));
        let inputs =
            cloudformation::Inputs { parameters: scan.inputs.parameters.clone(), files: scan.disk.files(folder) };
        let (json, mut more) = print(&root, &inputs);
        problems.append(&mut more);
        for problem in problems {
            // Evaluation reports the same once more.
            if !scan.diagnostics.contains(&problem) {
                scan.diagnostics.push(problem);
            }
        }
        documents.push((source.path.to_string_lossy().into_owned(), json));
    }
    documents
}
