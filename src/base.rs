//! The folder that paths are relative to which must not depend on where a run was started.

use std::ffi::OsStr;
use std::path::{Component, Path, PathBuf};

/// A folder with the working directory, both absolute.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Base {
    folder: PathBuf,
    here: PathBuf,
}

impl Base {
    /// The base `folder` for paths that are relative to `here`.
    pub fn new(folder: &Path, here: &Path) -> Self {
        Base { folder: lexical(&here.join(folder)), here: here.to_owned() }
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// A path without what depends on the working directory.
    pub fn absolute(&self, path: &Path) -> PathBuf {
        lexical(&self.here.join(path))
    }

    /// A path relative to the folder; it starts with `..` if it lies outside.
    pub fn relative(&self, path: &Path) -> PathBuf {
        let path = self.absolute(path);
        let shared = self.folder.components().zip(path.components()).take_while(|(a, b)| a == b).count();
        if shared == 0 {
            // Another drive.
            return path;
        }
        let up = self.folder.components().skip(shared).map(|_| Component::ParentDir);
        up.chain(path.components().skip(shared)).collect()
    }
}

/// A path as people read it: forward slashes, no leading `./`.
pub fn display(path: &Path) -> String {
    let text = path.to_string_lossy();
    let text = if cfg!(windows) { text.replace('\\', "/") } else { text.into_owned() };
    text.strip_prefix("./").map(str::to_string).unwrap_or(text)
}

/// The path without `.` and `..`, by its names alone.
pub fn lexical(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir if plain.file_name().is_some_and(|name| name != OsStr::new("..")) => {
                plain.pop();
            }
            Component::ParentDir if plain.has_root() => {}
            other => plain.push(other),
        }
    }
    plain
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_the_same_from_every_folder() {
        let from = |here: &str, path: &str| Base::new(Path::new("/r"), Path::new(here)).relative(Path::new(path));
        for (here, path) in [("/r", "a/b.tf"), ("/r/a", "./b.tf"), ("/r/c", "../a/b.tf"), ("/x", "/r/./a/b.tf")] {
            assert_eq!(from(here, path), Path::new("a/b.tf"), "{path} from {here}");
        }
        assert_eq!(from("/r/a", "../../x/b.tf"), Path::new("../x/b.tf"));
        assert_eq!(from("/r", "."), Path::new(""));
    }
}
