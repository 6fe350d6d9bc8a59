//! The conversation with the editor.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use gen_lsp_types::{
    CodeActionOptions, CodeActionParams, DidChangeTextDocumentParams, DidChangeWatchedFilesParams,
    DidChangeWorkspaceFoldersParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams, DidSaveTextDocumentParams,
    HoverParams, InitializeResult, SaveOptions, ServerCapabilities, ServerInfo, TextDocumentSyncKind,
    TextDocumentSyncOptions, WorkspaceFoldersServerCapabilities, WorkspaceOptions,
};
use lsp_server::{Connection, ErrorCode, Message, Notification, Request, RequestId, Response, ResponseError};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value as Json, json};

use super::actions::{Actions, kinds};
use super::client::Client;
use super::documents::Documents;
use super::findings::Places;
use super::hover::hover;
use super::modules::{Judgement, Module};
use super::projects::Projects;
use super::publish::{Published, Said};
use super::{transport, uri};
use crate::config::FILE_NAME;

/// The longest pause in typing that is waited for. A module is judged after a pause as long as it takes to judge it, so
/// that a small one answers at once and a large one does not fall behind.
const MAX_PAUSE: Duration = Duration::from_millis(500);

/// The shortest: what comes together is judged together.
const MIN_PAUSE: Duration = Duration::from_millis(10);

/// How far the conversation is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// `initialize` has not come.
    New,
    Running,
    /// `shutdown` has come: only `exit` may follow.
    ShutDown,
}

/// A server for one editor.
pub(super) struct Server<'a> {
    connection: &'a Connection,
    phase: Phase,
    client: Client,
    documents: Documents,
    projects: Projects,
    judgements: BTreeMap<Module, Judgement>,
    said: BTreeMap<Module, Said>,
    published: Published,
    /// What has changed since it was judged.
    stale: BTreeSet<Module>,
    /// When to judge it.
    due: Option<Instant>,
}

type Answer = Result<Json, ResponseError>;

impl<'a> Server<'a> {
    pub(super) fn new(connection: &'a Connection) -> Self {
        Server {
            connection,
            phase: Phase::New,
            client: Client::default(),
            documents: Documents::default(),
            projects: Projects::default(),
            judgements: BTreeMap::new(),
            said: BTreeMap::new(),
            published: Published::default(),
            stale: BTreeSet::new(),
            due: None,
        }
    }

    /// Serves until the editor leaves. Whether it said so before.
    pub(super) fn run(mut self) -> bool {
        loop {
            let message = match self.due {
                None => self.connection.receiver.recv().ok(),
                Some(due) => {
                    let pause = due.saturating_duration_since(Instant::now());
                    match self.connection.receiver.recv_timeout(pause) {
                        Ok(message) => Some(message),
                        Err(error) if error.is_timeout() => {
                            self.judge();
                            continue;
                        }
                        Err(_) => None,
                    }
                }
            };
            match message {
                Some(Message::Notification(note)) if note.method == "exit" => return self.phase == Phase::ShutDown,
                None => return self.phase == Phase::ShutDown,
                Some(Message::Request(request)) => self.answer(request),
                Some(Message::Notification(note)) if self.phase == Phase::Running => self.hear(note),
                // Nothing that we ask has an answer that matters.
                Some(Message::Notification(_) | Message::Response(_)) => {}
            }
        }
    }

    fn send(&self, message: impl Into<Message>) {
        // An editor that is gone hears nothing; the stream tells that it has left.
        let _ = self.connection.sender.send(message.into());
    }

    fn notify(&self, method: &str, params: impl Serialize) {
        self.send(Notification { method: method.to_owned(), params: to_json(params) });
    }

    fn answer(&mut self, request: Request) {
        let Request { id, method, params } = request;
        let work = AssertUnwindSafe(|| self.result(&method, params));
        let response_result = catch_unwind(work).unwrap_or_else(|_| {
            Err(error(ErrorCode::InternalError, format!("sealint failed on `{method}`: please report it")))
        });
        self.send(Response { id, response_result });
    }

    fn result(&mut self, method: &str, params: Json) -> Answer {
        match (self.phase, method) {
            (Phase::New, "initialize") => {
                self.client = Client::of(&params);
                self.phase = Phase::Running;
                Ok(to_json(self.greeting()))
            }
            (Phase::New, _) => Err(error(ErrorCode::ServerNotInitialized, "`initialize` comes first")),
            (Phase::ShutDown, _) => Err(error(ErrorCode::InvalidRequest, "the server is shut down")),
            (Phase::Running, "initialize") => Err(error(ErrorCode::InvalidRequest, "`initialize` comes once")),
            (Phase::Running, "shutdown") => {
                self.phase = Phase::ShutDown;
                self.due = None;
                Ok(Json::Null)
            }
            (Phase::Running, "textDocument/codeAction") => Ok(self.code_actions(parsed(params)?)),
            (Phase::Running, "textDocument/hover") => Ok(self.hover(parsed(params)?)),
            (Phase::Running, _) => Err(error(ErrorCode::MethodNotFound, format!("`{method}` is not known here"))),
        }
    }

    fn greeting(&self) -> InitializeResult {
        let sync = TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(TextDocumentSyncKind::Incremental),
            save: Some(SaveOptions { include_text: Some(false) }.into()),
            ..TextDocumentSyncOptions::default()
        };
        let actions = CodeActionOptions { code_action_kinds: Some(kinds()), ..CodeActionOptions::default() };
        let folders =
            WorkspaceFoldersServerCapabilities { supported: Some(true), change_notifications: Some(true.into()) };
        InitializeResult {
            capabilities: ServerCapabilities {
                position_encoding: Some(self.client.encoding.kind()),
                text_document_sync: Some(sync.into()),
                code_action_provider: Some(actions.into()),
                hover_provider: Some(true.into()),
                workspace: Some(WorkspaceOptions { workspace_folders: Some(folders), ..WorkspaceOptions::default() }),
                ..ServerCapabilities::default()
            },
            server_info: Some(ServerInfo {
                name: "sealint".to_owned(),
                version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            }),
        }
    }

    fn hear(&mut self, note: Notification) {
        let Notification { method, params } = note;
        let work = AssertUnwindSafe(|| self.notified(&method, params));
        match catch_unwind(work) {
            Ok(Ok(())) => {}
            Ok(Err(error)) => self.log(&format!("`{method}`: {}", error.message)),
            Err(_) => self.log(&format!("sealint failed on `{method}`: please report it")),
        }
    }

    fn notified(&mut self, method: &str, params: Json) -> Result<(), ResponseError> {
        match method {
            "initialized" => self.watch(),
            "textDocument/didOpen" => {
                let params: DidOpenTextDocumentParams = parsed(params)?;
                // What has changed on disk since, without anybody's telling, is seen at the latest now.
                self.projects.disk_changed();
                let path = self.documents.open(params.text_document);
                self.changed(path);
            }
            "textDocument/didChange" => {
                let DidChangeTextDocumentParams { text_document, content_changes } = parsed(params)?;
                let (uri, version) = (text_document.text_document_identifier.uri, text_document.version);
                let path = self.documents.change(&uri, version, content_changes, self.client.encoding);
                self.changed(path);
                self.wait();
            }
            "textDocument/didSave" => {
                let params: DidSaveTextDocumentParams = parsed(params)?;
                self.saved(uri::path(&params.text_document.uri));
            }
            "textDocument/didClose" => {
                let params: DidCloseTextDocumentParams = parsed(params)?;
                let path = self.documents.close(&params.text_document.uri);
                self.changed(path);
            }
            "workspace/didChangeWatchedFiles" => {
                let params: DidChangeWatchedFilesParams = parsed(params)?;
                for event in params.changes {
                    // What is open has been heard of already.
                    let path = uri::path(&event.uri).filter(|path| self.documents.get(path).is_none());
                    self.saved(path);
                }
            }
            "workspace/didChangeWorkspaceFolders" => {
                let event = parsed::<DidChangeWorkspaceFoldersParams>(params)?.event;
                let removed: Vec<PathBuf> = event.removed.iter().filter_map(|folder| uri::path(&folder.uri)).collect();
                self.client.folders.retain(|folder| !removed.contains(folder));
                self.client.folders.extend(event.added.iter().filter_map(|folder| uri::path(&folder.uri)));
                self.refresh();
            }
            transport::MALFORMED => self.log(&format!("a message could not be read: {params}")),
            // Those that begin with `$/` may be passed over, and so may what nobody has asked for.
            _ => {}
        }
        Ok(())
    }

    /// Asks the editor to tell of changes to files that are not open.
    fn watch(&self) {
        if !self.client.watches {
            return;
        }
        let patterns = ["**/*.{tf,tofu,tfvars,json,yaml,yml,template,rego}", "**/sealint.toml"];
        let watchers: Vec<Json> = patterns.iter().map(|pattern| json!({ "globPattern": pattern })).collect();
        let registration = json!({
            "id": "sealint-files",
            "method": "workspace/didChangeWatchedFiles",
            "registerOptions": { "watchers": watchers },
        });
        let params = json!({ "registrations": [registration] });
        let id = RequestId::from("sealint-files".to_owned());
        self.send(Request { id, method: "client/registerCapability".to_owned(), params });
    }

    fn log(&self, message: &str) {
        self.notify("window/logMessage", json!({ "type": 2, "message": message }));
    }

    /// A file has changed: what it is part of, and what has read it, is to be judged anew.
    fn changed(&mut self, path: Option<PathBuf>) {
        let Some(path) = path else { return };
        let readers = self.judgements.iter().filter(|(_, judgement)| judgement.has_read(&path));
        self.stale.extend(readers.map(|(module, _)| module.clone()));
        self.stale.insert(Module::of(&path));
        self.due = Some(Instant::now());
    }

    /// A file on disk has changed. Of configuration and rules there is no telling whom they concern.
    fn saved(&mut self, path: Option<PathBuf>) {
        let Some(path) = path else { return };
        self.projects.disk_changed();
        let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
        if name == FILE_NAME || name.ends_with(".rego") || name.ends_with(".view.yaml") {
            self.projects.forget();
            self.refresh();
        } else {
            self.changed(Some(path));
        }
    }

    /// All that is open is to be judged anew.
    fn refresh(&mut self) {
        self.stale.extend(self.documents.paths().map(Module::of));
        self.due = Some(Instant::now());
    }

    /// Waits for a pause in typing, as long as what has changed last took to judge.
    fn wait(&mut self) {
        let took = self.stale.iter().filter_map(|module| self.judgements.get(module)).map(|judgement| judgement.took);
        let pause = took.sum::<Duration>().clamp(MIN_PAUSE, MAX_PAUSE);
        self.due = self.due.map(|_| Instant::now() + pause);
    }

    /// Judges what has changed, and tells the editor.
    fn judge(&mut self) {
        self.due = None;
        let stale = std::mem::take(&mut self.stale);
        if stale.is_empty() {
            return;
        }
        for module in stale {
            match Judgement::of(&module, &self.documents, &mut self.projects, &self.client) {
                Some(judgement) => {
                    let said = Places::new(&judgement, &self.documents, &self.client).shown();
                    self.said.insert(module.clone(), said);
                    self.judgements.insert(module, judgement);
                }
                None => {
                    self.said.remove(&module);
                    self.judgements.remove(&module);
                }
            }
        }
        for params in self.published.update(&self.said, &self.documents) {
            self.notify("textDocument/publishDiagnostics", params);
        }
    }

    fn code_actions(&mut self, params: CodeActionParams) -> Json {
        let Some(path) = uri::path(&params.text_document.uri) else { return Json::Null };
        // An edit must fit the text as it is now.
        self.judge();
        let Some(judgement) = self.judgements.get(&Module::of(&path)) else { return Json::Null };
        let places = Places::new(judgement, &self.documents, &self.client);
        let only = params.context.only;
        let actions = Actions { path: &path, judgement, places: &places, client: &self.client, only };
        to_json(actions.all(params.range))
    }

    fn hover(&mut self, params: HoverParams) -> Json {
        let at = params.text_document_position_params;
        let Some(path) = uri::path(&at.text_document.uri) else { return Json::Null };
        self.judge();
        let Some(judgement) = self.judgements.get(&Module::of(&path)) else { return Json::Null };
        let places = Places::new(judgement, &self.documents, &self.client);
        to_json(hover(&path, at.position, judgement, &places, &self.client))
    }
}

fn parsed<T: DeserializeOwned>(params: Json) -> Result<T, ResponseError> {
    serde_json::from_value(params).map_err(|wrong| error(ErrorCode::InvalidParams, wrong.to_string()))
}

fn to_json(value: impl Serialize) -> Json {
    // The protocol's types are JSON by their making.
    serde_json::to_value(value).unwrap_or_default()
}

fn error(code: ErrorCode, message: impl Into<String>) -> ResponseError {
    ResponseError { code: code as i32, message: message.into(), data: None }
}
