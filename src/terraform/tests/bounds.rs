use std::fmt::Write;

use super::{Memory, run};
use crate::diagnostic::Code;

fn limits(run: &super::Run) -> usize {
    run.diagnostics.iter().filter(|diagnostic| diagnostic.code == Code::Limit).count()
}

#[test]
fn a_giant_count_stands_for_one_instance() {
    let run = run("resource \"a\" \"b\" {\n  count = 1000000000\n}\n");
    assert_eq!((run.addresses(), limits(&run)), (vec!["a.b"], 1));
}

#[test]
fn instances_of_modules_count_together() {
    let outer = "module \"m\" {\n  source = \"./m\"\n  count = 500\n}\n";
    let inner = "resource \"a\" \"b\" {\n  count = 100\n}\n";
    let run = Memory::new(&[("main.tf", outer), ("m/main.tf", inner)]).run();
    assert!(run.addresses().len() <= super::super::evaluation::MAX_INSTANCES);
    assert!(limits(&run) > 0);
}

#[test]
fn long_chains_and_deep_values_end() {
    let chain = (0..2000).fold(String::new(), |mut text, i| {
        let _ = writeln!(text, "  l{i} = [local.l{}]", i + 1);
        text
    });
    assert!(limits(&run(&format!("locals {{\n{chain}  l2000 = 1\n}}\n"))) > 0);
    let tower = (1..2000).fold(String::new(), |mut text, i| {
        let _ = writeln!(text, "  l{i} = [local.l{}]", i - 1);
        text
    });
    assert!(limits(&run(&format!("locals {{\n  l0 = 1\n{tower}}}\n"))) > 0);
}

#[test]
fn modules_that_multiply_end() {
    let level = |next: usize| {
        format!("module \"x\" {{\n  source = \"../m{next}\"\n}}\nmodule \"y\" {{\n  source = \"../m{next}\"\n}}\n")
    };
    let texts: Vec<(String, String)> = (0..40).map(|i| (format!("m{i}/main.tf"), level(i + 1))).collect();
    let files: Vec<(&str, &str)> = texts.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    assert!(limits(&Memory::new(&files).run()) > 0);
}
