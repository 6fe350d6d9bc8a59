//! Files that are made from the program are committed as it makes them.
//!
//! `SEALINT_UPDATE=1 cargo test generated` writes them anew.

use std::fs;
use std::path::Path;

use sealint::rules::{RuleSet, Selection};

/// Compares a committed file with what the program makes of it, or writes it.
fn fresh(path: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("SEALINT_UPDATE").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
    }
    let committed = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(committed == text, "{} is stale: run `SEALINT_UPDATE=1 cargo test generated`", path.display());
}

#[test]
fn the_schema_of_the_configuration_file() {
    let selection = Selection { select: vec!["ALL".to_owned()], ..Selection::default() };
    let rules = RuleSet::new(&selection, &[]).0.metadata();
    let schema = serde_json::to_string_pretty(&sealint::config::schema(&rules)).unwrap();
    fresh("docs/schema/sealint.schema.json", &(schema + "\n"));
}
