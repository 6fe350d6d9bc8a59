#![allow(clippy::unwrap_used)]

use std::fs;

use tempfile::TempDir;

use super::*;
use crate::diagnostic::{Code, Level};
use crate::files::Files;

const TEMPLATE: &str = "Resources:\n  A:\n    Type: AWS::S3::Bucket\n";

/// A folder with these files.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (path, content) in files {
        write(&folder, path, content.as_bytes());
    }
    folder
}

fn write(folder: &TempDir, path: &str, content: &[u8]) {
    let path = folder.path().join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, content).unwrap();
}

/// What is found in the folder; paths are relative to it.
struct Seen {
    files: Vec<(String, Kind)>,
    skipped: Vec<(String, Reason)>,
    failed: Vec<(String, Code)>,
}

fn see(folder: &TempDir, paths: &[&str]) -> Seen {
    let sources = Sources::default();
    let paths: Vec<PathBuf> = paths.iter().map(|path| folder.path().join(path)).collect();
    let discovered = discover(&paths, Options::default(), &sources);
    let relative = |path: &Path| path.strip_prefix(folder.path()).unwrap().display().to_string();
    let failed = discovered.diagnostics.iter().map(|diagnostic| {
        assert_eq!(diagnostic.level, Level::Error);
        let of_source = || diagnostic.span.and_then(|span| sources.get(span.file)).map(|source| source.path.clone());
        (relative(&diagnostic.path.clone().or_else(of_source).unwrap()), diagnostic.code)
    });
    Seen {
        failed: failed.collect(),
        files: discovered.files.iter().map(|file| (relative(&file.source.path), file.kind)).collect(),
        skipped: discovered.skipped.into_iter().map(|skipped| (relative(&skipped.path), skipped.reason)).collect(),
    }
}

fn owned<T: Clone>(pairs: &[(&str, T)]) -> Vec<(String, T)> {
    pairs.iter().map(|(path, what)| ((*path).to_owned(), what.clone())).collect()
}

#[test]
fn every_file_is_read_or_skipped_for_a_reason() {
    let folder = folder(&[
        ("main.tf", ""),
        ("b/x.tfvars.json", "{}"),
        ("b/x.tf", ""),
        ("b/x.tofu", ""),
        ("stack.template", TEMPLATE),
        ("stack.yml", TEMPLATE),
        ("noending", TEMPLATE),
        ("LICENSE", "Permission is hereby granted"),
        ("plan.json", r#"{"format_version": "1.2", "planned_values": {}}"#),
        ("key.json", r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow"}]}"#),
        ("package.json", r#"{"name": "x"}"#),
        ("samconfig.toml", ""),
        ("params.json", r#"[{"ParameterKey": "A", "ParameterValue": "b"}]"#),
        ("logo.png", "\0"),
        ("data.json", "{\"a\": \"\0\"}"),
        (".hidden.tf", ""),
        (".github/stack.yml", TEMPLATE),
        (".terraform/modules/x/main.tf", ""),
        ("node_modules/x/stack.yml", TEMPLATE),
        ("out/stack.yml", TEMPLATE),
        (".gitignore", "out/\n"),
    ]);
    let seen = see(&folder, &[""]);
    assert_eq!(
        seen.files,
        owned(&[
            ("b/x.tfvars.json", Kind::Terraform),
            ("b/x.tofu", Kind::Terraform),
            ("key.json", Kind::Policy),
            ("main.tf", Kind::Terraform),
            ("noending", Kind::Template),
            ("plan.json", Kind::Plan),
            ("stack.template", Kind::Template),
            ("stack.yml", Kind::Template),
        ])
    );
    assert_eq!(
        seen.skipped,
        owned(&[
            (".github", Reason::Hidden),
            (".gitignore", Reason::Settings),
            (".hidden.tf", Reason::Hidden),
            (".terraform", Reason::ToolFolder),
            ("LICENSE", Reason::Content),
            ("b/x.tf", Reason::Replaced("x.tofu".into())),
            ("data.json", Reason::Content),
            ("logo.png", Reason::Name),
            ("node_modules", Reason::ToolFolder),
            ("out", Reason::Ignored),
            ("package.json", Reason::Content),
            ("params.json", Reason::Parameters),
            ("samconfig.toml", Reason::SamConfig),
        ])
    );
    assert_eq!(seen.failed, []);
}

#[test]
fn what_is_named_is_read_whatever_it_is_called() {
    let folder = folder(&[
        ("a.txt", TEMPLATE),
        ("b.conf", "resource \"x\" \"y\" {}\n"),
        ("out/c.yml", TEMPLATE),
        (".d/e.tf", ""),
        ("f.txt", "words"),
        (".gitignore", "out\n"),
    ]);
    let seen = see(&folder, &["a.txt", "b.conf", "out", ".d", "f.txt", "a.txt", "missing"]);
    let kinds = [
        (".d/e.tf", Kind::Terraform),
        ("a.txt", Kind::Template),
        ("b.conf", Kind::Terraform),
        ("out/c.yml", Kind::Template),
    ];
    assert_eq!(seen.files, owned(&kinds));
    assert_eq!(seen.skipped, owned(&[("f.txt", Reason::Content)]));
    assert_eq!(seen.failed, owned(&[("missing", Code::Unreadable)]));
}

#[test]
fn values_that_terraform_loads_are_read_though_git_ignores_them() {
    let folder = folder(&[
        (".git/HEAD", ""),
        (".gitignore", "*.tfvars\n*.log\n/out/\n"),
        ("m/main.tf", ""),
        ("m/terraform.tfvars", ""),
        ("m/a.auto.tfvars", ""),
        ("m/asked.tfvars", ""),
        ("m/x.log", ""),
        ("other/terraform.tfvars", ""),
        ("out/main.tf", ""),
    ]);
    let seen = see(&folder, &[""]);
    let read = ["m/a.auto.tfvars", "m/main.tf", "m/terraform.tfvars"].map(|path| (path, Kind::Terraform));
    assert_eq!(seen.files, owned(&read));
    let ignored = ["m/asked.tfvars", "m/x.log", "other/terraform.tfvars", "out"].map(|path| (path, Reason::Ignored));
    let mut skipped = owned(&[(".git", Reason::ToolFolder), (".gitignore", Reason::Settings)]);
    skipped.extend(owned(&ignored));
    assert_eq!(seen.skipped, skipped);
    // A named file has them beside it.
    let options = Options { context: true, ..Options::default() };
    let discovered = discover(&[folder.path().join("m/main.tf")], options, &Sources::default());
    assert_eq!(discovered.context.len(), 2);
    let (patterns, _) = PathPatterns::new(folder.path(), &["*.auto.tfvars".into()]);
    let options = Options { exclude: Some(&patterns), ..Options::default() };
    let discovered = discover(&[folder.path().to_owned()], options, &Sources::default());
    assert_eq!(discovered.files.len(), 2);
}

#[test]
fn what_cannot_be_read_fails_and_loses_nothing_else() {
    let folder =
        folder(&[("good.tf", ""), ("nul.tf", "a = \"\0\"\n"), ("nul.yml", "Resources:\n  A: {Type: A::B, X: \0}\n")]);
    write(&folder, "latin.tf", b"# caf\xe9\n");
    let wide = |text: &str| -> Vec<u8> {
        "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
    };
    write(&folder, "wide.json", &wide(r#"{"format_version": "1.2", "resource_changes": []}"#));
    write(&folder, "other.json", &wide("{}"));
    fs::create_dir(folder.path().join("folder.tf")).unwrap();
    let sparse = fs::File::create(folder.path().join("sparse.tf")).unwrap();
    sparse.set_len(1 << 30).unwrap();
    let seen = see(&folder, &[""]);
    assert_eq!(seen.files, owned(&[("good.tf", Kind::Terraform)]));
    assert_eq!(seen.skipped, owned(&[("other.json", Reason::Content)]));
    let mut failed = seen.failed;
    failed.sort_by(|a, b| a.0.cmp(&b.0));
    let unreadable = ["folder.tf", "latin.tf", "nul.tf", "nul.yml"].map(|path| (path, Code::Unreadable));
    let mut expected = owned(&unreadable);
    expected.extend(owned(&[("sparse.tf", Code::Limit), ("wide.json", Code::Unreadable)]));
    assert_eq!(failed, expected);
}

#[test]
fn a_byte_that_is_no_text_has_a_place() {
    let folder = folder(&[]);
    write(&folder, "latin.tf", "é\n# caf".as_bytes().iter().chain(b"\xe9\n").copied().collect::<Vec<_>>().as_slice());
    let sources = Sources::default();
    let diagnostic = read(&folder.path().join("latin.tf"), &sources).unwrap_err();
    let span = diagnostic.span.unwrap();
    let position = sources.get(span.file).unwrap().position(span.start);
    assert_eq!((position.line, position.column), (2, 6));
}

#[cfg(unix)]
#[test]
fn links_are_followed_within_the_folder_only() {
    use std::os::unix::fs::symlink;
    let outside = folder(&[("secret.tf", "")]);
    let folder = folder(&[("shared/provider.tf", ""), ("a/main.tf", "")]);
    let at = |path: &str| folder.path().join(path);
    symlink("../shared/provider.tf", at("a/provider.tf")).unwrap();
    symlink(outside.path().join("secret.tf"), at("a/secret.tf")).unwrap();
    symlink("..", at("a/up")).unwrap();
    symlink("y.tf", at("a/x.tf")).unwrap();
    symlink("x.tf", at("a/y.tf")).unwrap();
    assert_eq!(see(&folder, &["a/up/shared"]).files, owned(&[("a/up/shared/provider.tf", Kind::Terraform)]));
    let _socket = std::os::unix::net::UnixListener::bind(at("s")).unwrap();
    let seen = see(&folder, &[""]);
    let read = ["a/main.tf", "a/provider.tf", "shared/provider.tf"].map(|path| (path, Kind::Terraform));
    assert_eq!(seen.files, owned(&read));
    let skipped = [("a/secret.tf", Reason::OutsideLink), ("a/up", Reason::FolderLink), ("s", Reason::Special)];
    assert_eq!(seen.skipped, owned(&skipped));
    assert_eq!(seen.failed, owned(&[("a/x.tf", Code::Unreadable), ("a/y.tf", Code::Unreadable)]));
}

#[test]
fn excluded_folders_are_not_entered() {
    let folder = folder(&[("vendor/a.tf", ""), ("b/c.tf", ""), ("b/d.tf", "")]);
    let (patterns, _) = PathPatterns::new(folder.path(), &["vendor/".into(), "d.tf".into()]);
    let sources = Sources::default();
    let options = Options { exclude: Some(&patterns), ..Options::default() };
    let discovered = discover(&[folder.path().to_owned()], options, &sources);
    assert_eq!(discovered.files.len(), 1);
    let skipped: Vec<&Path> = discovered.skipped.iter().map(|skipped| skipped.path.as_path()).collect();
    assert_eq!(skipped, [folder.path().join("b/d.tf"), folder.path().join("vendor")]);
    // One that is named is, unless all that is excluded is to be left out.
    let vendor = [folder.path().join("vendor")];
    assert_eq!(discover(&vendor, options, &sources).files.len(), 1);
    assert_eq!(discover(&vendor, Options { force_exclude: true, ..options }, &sources).files.len(), 0);
}

#[test]
fn configurations_read_no_files_outside_their_root() {
    let folder = folder(&[("secret", "s"), ("root/m/a.txt", "é"), ("root/m/t/b.json", ""), ("root/m/t/u/c.json", "")]);
    let root = folder.path().join("root");
    let files = ConfinedFiles::new(&root, &root.join("m"), Arc::default()).unwrap();
    assert_eq!(&*files.read("a.txt").unwrap().text, "é");
    assert_eq!(files.read("./a.txt").unwrap().id, files.read("../m/a.txt").unwrap().id);
    assert_eq!(files.read_bytes("a.txt").unwrap(), "é".as_bytes());
    assert_eq!(files.exists("a.txt"), Ok(true));
    assert_eq!(files.exists("none.txt"), Ok(false));
    assert_eq!(files.exists("t"), Ok(false));
    assert!(files.exists("../../secret").unwrap_err().contains("outside"));
    assert!(files.read("../../missing").unwrap_err().contains("outside"));
    assert!(files.read("/etc/hostname").unwrap_err().contains("outside"));
    assert!(files.read("none.txt").unwrap_err().contains("there is no file"));
    assert_eq!(files.glob("t", "*.json").unwrap(), ["b.json"]);
    assert_eq!(files.glob(".", "**/*.{json,txt}").unwrap(), ["a.txt", "t/b.json", "t/u/c.json"]);
    assert!(files.glob("../..", "*").is_err());
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(folder.path().join("secret"), root.join("m/link")).unwrap();
        assert!(files.read("link").unwrap_err().contains("outside"));
        assert_eq!(files.glob(".", "*").unwrap(), ["a.txt"]);
    }
}

#[test]
fn modules_are_read_from_the_repository_only() {
    use crate::load::Disk;
    let folder = folder(&[
        ("outside/x.tf", ""),
        ("repo/.git/HEAD", ""),
        ("repo/env/main.tf", ""),
        ("repo/modules/a/b.tf", ""),
        ("repo/modules/a/b.txt", ""),
        ("repo/env/.terraform/modules/modules.json", "{}"),
    ]);
    let repository = folder.path().join("repo");
    let disk = ConfinedDisk::new(&[repository.join("env")], Arc::default());
    let (files, diagnostics) = disk.terraform_folder(&repository.join("env/../modules/a"));
    assert_eq!((files.len(), diagnostics.len()), (1, 0));
    assert_eq!(disk.terraform_folder(&folder.path().join("outside")).0.len(), 0);
    assert!(disk.read(&repository.join("env/.terraform/modules/modules.json")).0.is_some());
    assert!(disk.read(&folder.path().join("outside/x.tf")).0.is_none());
    let files = disk.files(&repository.join("env")).unwrap();
    assert!(files.read("../modules/a/b.txt").is_ok());
    assert!(files.read("../../outside/x.tf").is_err());
}

#[test]
fn only_gitignore_and_the_configuration_leave_files_out() {
    let text =
        [(".ignore", "*\n"), (".git/info/exclude", "*\n"), ("sub/.ignore", "*.tf\n"), ("sub/a.tf", ""), ("b.tf", "")];
    let folder = folder(&text);
    let seen = see(&folder, &[""]);
    assert_eq!(seen.files, owned(&[("b.tf", Kind::Terraform), ("sub/a.tf", Kind::Terraform)]));
}

#[cfg(unix)]
#[test]
fn what_a_module_lacks_is_told() {
    use crate::load::Disk;
    use std::os::unix::fs::symlink;
    let folder = folder(&[("outside/x.tf", ""), ("repo/.git/HEAD", ""), ("repo/m/main.tf", ""), ("repo/m/n.tf/x", "")]);
    let repository = folder.path().join("repo");
    symlink(folder.path().join("outside/x.tf"), repository.join("m/extra.tf")).unwrap();
    symlink("none", repository.join("m/gone.tf")).unwrap();
    let disk = ConfinedDisk::new(std::slice::from_ref(&repository), Arc::default());
    let (files, diagnostics) = disk.terraform_folder(&repository.join("m"));
    assert_eq!(files.len(), 1);
    let told = |name: &str| diagnostics.iter().find(|told| told.path == Some(repository.join("m").join(name))).unwrap();
    assert_eq!((diagnostics.len(), told("extra.tf").level), (3, Level::Warning));
    assert_eq!((told("gone.tf").level, told("n.tf").level), (Level::Error, Level::Error));
    let (none, diagnostics) = disk.read(&repository.join("m/extra.tf"));
    assert!(none.is_none() && diagnostics[0].message.contains("leads out"));
}
