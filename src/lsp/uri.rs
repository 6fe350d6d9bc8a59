//! Paths as editors name them.

use std::path::{Path, PathBuf};

use gen_lsp_types::Uri;

use crate::report::file_uri;

/// The absolute path of a `file:` URI without a host; other schemes are no files.
pub(super) fn path(uri: &Uri) -> Option<PathBuf> {
    let rest = uri.as_ref().strip_prefix("file://")?;
    let rest = rest.strip_prefix("localhost").unwrap_or(rest);
    let text = decoded(rest.split(['?', '#']).next()?)?;
    // `file:///c:/a` is `c:/a` on Windows.
    let bytes = text.as_bytes();
    let drive = cfg!(windows) && bytes.get(2) == Some(&b':') && bytes.get(1).is_some_and(u8::is_ascii_alphabetic);
    let path = PathBuf::from(if drive { text.get(1..)? } else { text.as_str() });
    path.is_absolute().then(|| std::path::absolute(&path).unwrap_or(path))
}

/// The URI of a path.
pub(super) fn of(path: &Path) -> Uri {
    Uri(file_uri(path))
}

/// A text without its percent escapes.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        rest = tail;
        if *first != b'%' {
            bytes.push(*first);
            continue;
        }
        let code = std::str::from_utf8(tail.get(..2)?).ok()?;
        bytes.push(u8::from_str_radix(code, 16).ok()?);
        rest = tail.get(2..)?;
    }
    String::from_utf8(bytes).ok()
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn paths_come_back_from_their_uris() {
        for plain in ["/a/main.tf", "/a b/é#1%.tf"] {
            assert_eq!(path(&of(Path::new(plain))).as_deref(), Some(Path::new(plain)));
        }
        assert_eq!(path(&"file:///a%20b/c%3a.tf".into()), Some(PathBuf::from("/a b/c:.tf")));
        for other in ["untitled:Untitled-1", "git:/a/main.tf", "file://host/a.tf", "file:///%zz", "file:///%f"] {
            assert_eq!(path(&other.into()), None, "{other}");
        }
    }
}
