//! What `check` and `fix` have in common: from files to findings.

use std::io;
use std::mem::ManuallyDrop;

use super::progress::Progress;
use super::selection::SelectionArgs;
use crate::project::{self, Judged, Scan};
use crate::rules::RuleSet;

/// Judges what was read by the rules that are selected. They end with the process: taking them apart would be a tenth of a
/// short run.
pub(super) fn judge(
    mut scan: Scan,
    selection: &SelectionArgs,
    inline: bool,
    progress: &Progress,
) -> io::Result<(Judged, ManuallyDrop<RuleSet>)> {
    let (rules, mut problems) = selection.rules(&scan.loaded, &scan.sources)?;
    scan.diagnostics.append(&mut problems);
    progress.stage(format!("checking {} files", scan.discovered.files.len()));
    Ok((project::judge(scan, &rules, inline), ManuallyDrop::new(rules)))
}
