//! `sealint lsp`: the editor mode.

use std::io;

use super::Exit;
use crate::lsp;

/// Serve an editor: the language server protocol on standard input and output
#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// Use standard input and output, as is done anyway; editors pass it
    #[arg(long, hide = true)]
    stdio: bool,
}

/// The protocol knows two ways to end: 0 after `shutdown`, 1 without.
pub(super) fn run(_: &Args) -> io::Result<Exit> {
    Ok(if lsp::serve()? { Exit::Clean } else { Exit::Findings })
}
