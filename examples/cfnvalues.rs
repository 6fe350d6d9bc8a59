//! scratch
#![allow(missing_docs, clippy::all, clippy::unwrap_used, clippy::print_stdout, clippy::print_stderr, clippy::expect_used, clippy::panic)]
use sealint::cloudformation::{Inputs, Parameters, inspect};
use sealint::source::*;
use sealint::value::Value;
fn main() {
    let mut args = std::env::args().skip(1);
    let mut inputs = Inputs { parameters: Parameters::new(), files: None };
    let mut file = String::new();
    let mut mode = "values".to_string();
    while let Some(a) = args.next() {
        match a.as_str() {
            "--param" => { let kv = args.next().unwrap(); let (k, v) = kv.split_once('=').unwrap(); inputs.parameters.insert(k.into(), Value::string(v)); }
            "--region" => { inputs.parameters.insert("AWS::Region".into(), Value::string(args.next().unwrap())); }
            "--mode" => mode = args.next().unwrap(),
            f => file = f.to_string(),
        }
    }
    let text = std::fs::read_to_string(&file).unwrap();
    let source = Source::new(FileId(0), &file, text.as_str());
    let (node, d0) = sealint::parse::json::parse(&source);
    let (json, d) = match mode.as_str() { "values" => inspect::values(&node, &inputs), "template" => inspect::template(&node, &inputs), _ => panic!() };
    for d in d0.iter().chain(&d) { eprintln!("{:?} {} {:?}", d.level, d.message, d.span.map(|s| source.position(s.start))); }
    println!("{}", serde_json::to_string_pretty(&json).unwrap());
}
