//! What `check` and `fix` have in common: from files to findings.

use std::io;

use super::progress::Progress;
use super::selection::SelectionArgs;
use crate::project::{self, Judged, Scan};
use crate::rules::RuleSet;

/// Judges what was read by the rules that are selected.
pub(super) fn judge(
    mut scan: Scan,
    selection: &SelectionArgs,
    inline: bool,
    progress: &Progress,
) -> io::Result<(Judged, RuleSet)> {
    let (rules, mut problems) = selection.rules(&scan.loaded, &scan.sources)?;
    scan.diagnostics.append(&mut problems);
    progress.stage(format!("checking {} files", scan.discovered.files.len()));
    Ok((project::judge(scan, &rules, inline), rules))
}
