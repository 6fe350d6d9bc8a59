//! The pages under `docs/` that are written by hand are followed word by word: their files are written, their commands
//! run, and what they print is what stands there.
//!
//! A fenced block whose info string says `file=PATH` is that file; a `diff` that says `mistake=PATH` changes it until the
//! next block of commands has run. Lines of a `console` block that begin with `$ sealint` are run.

use std::fs;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;
use std::process::{Command, Stdio};

use crate::generated::fresh;

#[test]
fn writing_rules() {
    follow("docs/writing-rules.md");
}

#[test]
fn getting_started() {
    follow("docs/getting-started.md");
}

fn follow(page: &str) {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(page)).unwrap().replace("\r\n", "\n");
    let folder = tempfile::tempdir().unwrap();
    let mut followed = String::new();
    let mut restore: Option<(String, String)> = None;
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        followed.push_str(line);
        followed.push('\n');
        let fence = &line[..line.len() - line.trim_start_matches('`').len()];
        if fence.len() < 3 {
            continue;
        }
        let info = &line[fence.len()..];
        let body: Vec<&str> = lines.by_ref().take_while(|line| *line != fence).collect();
        let word = |key: &str| info.split(' ').find_map(|word| word.strip_prefix(key));
        let joined: String = body.iter().map(|line| format!("{line}\n")).collect();
        if let Some(path) = word("file=") {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, &joined).unwrap();
        } else if let Some(path) = word("mistake=") {
            let before = fs::read_to_string(folder.path().join(path)).unwrap();
            fs::write(folder.path().join(path), patched(&before, &body)).unwrap();
            restore = Some((path.to_owned(), before));
        }
        if info == "console" {
            for command in body.iter().filter(|line| line.starts_with("$ ")) {
                followed.push_str(&format!("{command}\n{}", run(&command[2..], folder.path())));
            }
            if let Some((path, text)) = restore.take() {
                fs::write(folder.path().join(path), text).unwrap();
            }
        } else {
            followed.push_str(&joined);
        }
        followed.push_str(&format!("{fence}\n"));
    }
    fresh(page, &followed);
}

/// A text with the lines of a diff replaced: those with `-` and ` ` are there, one after the other.
fn patched(text: &str, diff: &[&str]) -> String {
    let side = |mark: char| -> Vec<&str> {
        diff.iter().filter(|line| line.starts_with([mark, ' '])).map(|line| &line[1..]).collect()
    };
    let (old, new) = (side('-').join("\n"), side('+').join("\n"));
    assert!(text.contains(&old), "no such lines: {old}");
    text.replacen(&old, &new, 1)
}

/// What a command prints on both streams, as a terminal shows it.
fn run(command: &str, folder: &Path) -> String {
    let mut words = command.split(' ').filter(|word| !word.is_empty());
    assert_eq!(words.next(), Some("sealint"), "{command}");
    let mut both = tempfile::tempfile().unwrap();
    let status = Command::new(env!("CARGO_BIN_EXE_sealint"))
        .args(words)
        .current_dir(folder)
        .env("LC_ALL", "C.UTF-8")
        .env("COLUMNS", "100")
        .env("NO_COLOR", "1")
        .stdin(Stdio::null())
        .stdout(both.try_clone().unwrap())
        .stderr(both.try_clone().unwrap())
        .status()
        .unwrap();
    assert!(status.code().is_some(), "{command}: {status}");
    let mut text = String::new();
    both.seek(SeekFrom::Start(0)).unwrap();
    both.read_to_string(&mut text).unwrap();
    text
}
