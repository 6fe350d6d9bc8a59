//! Patterns for paths, as `.gitignore` has them.

use std::path::Path;

use ignore::gitignore::{Gitignore, GitignoreBuilder};

/// Some patterns, relative to a folder.
#[derive(Clone, Debug)]
pub struct PathPatterns(Gitignore);

impl PathPatterns {
    /// Patterns relative to `folder`, with a message for each that is none.
    pub fn new(folder: &Path, patterns: &[String]) -> (PathPatterns, Vec<String>) {
        let mut builder = GitignoreBuilder::new(folder);
        let mut mistakes = Vec::new();
        for pattern in patterns {
            if let Err(error) = builder.add_line(None, pattern) {
                mistakes.push(format!("`{pattern}` is no path pattern: {error}"));
            }
        }
        let patterns = builder.build().unwrap_or_else(|error| {
            mistakes.push(error.to_string());
            Gitignore::empty()
        });
        (PathPatterns(patterns), mistakes)
    }

    /// Whether a file, or a folder above it, is matched.
    pub fn matches(&self, path: &Path) -> bool {
        self.is_matched(path, false)
    }

    /// Whether a folder, or one above it, is matched.
    pub fn matches_folder(&self, path: &Path) -> bool {
        self.is_matched(path, true)
    }

    fn is_matched(&self, path: &Path, folder: bool) -> bool {
        let path = path.strip_prefix("./").unwrap_or(path);
        // The builder cannot place paths that lie outside of its folder.
        let outside = path.has_root() && !path.starts_with(self.0.path());
        !outside && !path.starts_with("..") && self.0.matched_path_or_any_parents(path, folder).is_ignore()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_those_of_gitignore() {
        let (patterns, mistakes) =
            PathPatterns::new(Path::new("infra"), &["examples/".into(), "*.json".into(), "!keep.json".into()]);
        assert!(mistakes.is_empty());
        let matches = |path: &str| patterns.matches(Path::new(path));
        assert!(matches("infra/examples/a/main.tf") && matches("infra/x/plan.json") && matches("./infra/plan.json"));
        assert!(!matches("infra/keep.json") && !matches("infra/main.tf"));
        assert!(!matches("../other/examples/a.tf") && !matches("/elsewhere/a.json"));
    }

    #[test]
    fn a_broken_pattern_is_named() {
        let (_, mistakes) = PathPatterns::new(Path::new(""), &["a{".into()]);
        assert_eq!(mistakes.len(), 1, "{mistakes:?}");
    }
}
