//! What the editor can do and wants, as it says when it starts the server.

use std::path::{Path, PathBuf};

use gen_lsp_types::Uri;
use serde_json::Value as Json;

use super::position::Encoding;
use super::uri;

/// The editor. What it leaves out, or says in a way that is not understood, is taken as a no: no editor is turned away.
#[derive(Clone, Debug, Default)]
pub(super) struct Client {
    pub(super) encoding: Encoding,
    /// Whether edits may say which version of a text they are for.
    pub(super) versioned_edits: bool,
    /// Whether help may be Markdown.
    pub(super) markdown: bool,
    /// Whether it can be asked to watch files.
    pub(super) watches: bool,
    /// Whether to show results that depend on what is not known.
    pub(super) show_open: bool,
    /// The folders it works in.
    pub(super) folders: Vec<PathBuf>,
}

impl Client {
    /// From the parameters of `initialize`.
    pub(super) fn of(params: &Json) -> Client {
        let capability = |path: &str| params.get("capabilities").and_then(|capabilities| capabilities.pointer(path));
        let can = |path: &str| capability(path).and_then(Json::as_bool).unwrap_or_default();
        let formats = capability("/textDocument/hover/contentFormat").and_then(Json::as_array);
        Client {
            encoding: Encoding::agreed(capability("/general/positionEncodings")),
            versioned_edits: can("/workspace/workspaceEdit/documentChanges"),
            markdown: formats.is_none_or(|formats| formats.iter().any(|format| format == "markdown")),
            watches: can("/workspace/didChangeWatchedFiles/dynamicRegistration"),
            show_open: params.pointer("/initializationOptions/showOpen").and_then(Json::as_bool).unwrap_or_default(),
            folders: folders(params),
        }
    }

    /// The innermost folder of the editor's around a file, or else the first.
    pub(super) fn folder_of(&self, path: &Path) -> Option<&Path> {
        let around = self.folders.iter().filter(|folder| path.starts_with(folder));
        let innermost = around.max_by_key(|folder| folder.components().count());
        innermost.or(self.folders.first()).map(PathBuf::as_path)
    }
}

/// The folders, or the one folder of an editor that knows only one.
fn folders(params: &Json) -> Vec<PathBuf> {
    let path = |uri: &Json| uri::path(&Uri(uri.as_str()?.to_owned()));
    let listed = params.get("workspaceFolders").and_then(Json::as_array).into_iter().flatten();
    let mut folders: Vec<PathBuf> = listed.filter_map(|folder| path(folder.get("uri")?)).collect();
    if folders.is_empty() {
        let root = params.get("rootUri").and_then(path);
        let old = || params.get("rootPath").and_then(Json::as_str).map(PathBuf::from);
        folders.extend(root.or_else(old));
    }
    folders
}
