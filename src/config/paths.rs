//! Patterns for paths, as `.gitignore` has them.

use std::path::{Path, PathBuf};

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

/// Some patterns, relative to a folder.
#[derive(Clone, Debug)]
pub struct PathPatterns {
    patterns: Gitignore,
    /// The folder below which paths are held to the patterns; whether it is matched itself does not count.
    below: Option<PathBuf>,
}

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
        (PathPatterns { patterns, below: None }, mistakes)
    }

    /// The same patterns for what lies below a folder: that a pattern matches the folder, or one above it, does not count.
    #[must_use]
    pub fn below(&self, folder: &Path) -> PathPatterns {
        PathPatterns { patterns: self.patterns.clone(), below: Some(plain(folder).to_owned()) }
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
        let path = plain(path);
        // The builder cannot place paths that lie outside of its folder.
        let outside = path.has_root() && !path.starts_with(self.patterns.path());
        if outside || path.starts_with("..") {
            return false;
        }
        let within = |above: &&Path| self.below.as_deref().is_none_or(|below| *above != below);
        let mut above = path.ancestors().take_while(within).filter(|above| !above.as_os_str().is_empty());
        above.find_map(|above| decided(&self.patterns.matched(above, folder || above != path))).unwrap_or(false)
    }
}

/// Whether what is matched is left out; `None` if nothing matches.
fn decided<T>(matched: &Match<T>) -> Option<bool> {
    (!matched.is_none()).then(|| matched.is_ignore())
}

fn plain(path: &Path) -> &Path {
    path.strip_prefix("./").unwrap_or(path)
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
        let below = patterns.below(Path::new("infra/examples"));
        assert!(!below.matches(Path::new("infra/examples/a/main.tf")));
        assert!(below.matches(Path::new("infra/examples/plan.json")));
        assert!(below.matches_folder(Path::new("infra/examples/examples")));
    }

    #[test]
    fn a_broken_pattern_is_named() {
        let (_, mistakes) = PathPatterns::new(Path::new(""), &["a{".into()]);
        assert_eq!(mistakes.len(), 1, "{mistakes:?}");
    }
}
