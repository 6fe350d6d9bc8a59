//! Files that are made from the program are committed as it makes them.
//!
//! `SEALINT_UPDATE=1 cargo test generated` writes them anew.

use std::fs;
use std::path::Path;

use sealint::rules::{RuleSet, Selection};

/// Compares a committed file with what the program makes of it, or writes it.
pub(crate) fn fresh(path: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("SEALINT_UPDATE").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
    }
    let committed = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(committed == text, "{} is stale: run `SEALINT_UPDATE=1 cargo test generated`", path.display());
}

/// All rules of the library.
pub(crate) fn library() -> RuleSet {
    RuleSet::new(&Selection { select: vec!["ALL".to_owned()], ..Selection::default() }, &[]).0
}

#[test]
fn the_pages_of_the_rules_and_the_configuration() {
    let pages = sealint::docs::pages(&library());
    pages.iter().for_each(|page| fresh(&format!("docs/{}", page.path), &page.text));
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules");
    for file in fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let known = pages.iter().any(|page| path.ends_with(Path::new(&page.path).file_name().unwrap()));
        if !known && std::env::var_os("SEALINT_UPDATE").is_some() {
            fs::remove_file(&path).unwrap();
        }
        assert!(!path.exists() || known, "{} is the page of no rule", path.display());
    }
}

#[test]
fn the_schema_of_the_configuration_file() {
    let schema = serde_json::to_string_pretty(&sealint::config::schema(&library().metadata())).unwrap();
    fresh("docs/schema/sealint.schema.json", &(schema + "\n"));
}
