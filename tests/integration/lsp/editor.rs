//! A small editor.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::{Value as Json, json};

use crate::support::command;

/// How long an answer may take, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// An editor that works in a folder, with its server.
pub(crate) struct Editor {
    folder: PathBuf,
    child: Child,
    input: Option<ChildStdin>,
    messages: Receiver<Json>,
    id: i64,
    /// What the server said of itself.
    pub(crate) greeting: Json,
    /// What was told last, by URI.
    told: HashMap<String, Json>,
}

impl Editor {
    pub(crate) fn start(folder: &Path, capabilities: Json, options: Json) -> Editor {
        let folder = folder.canonicalize().unwrap();
        // Not in its folder: the server has to find its way.
        let elsewhere = std::env::temp_dir();
        let mut child = command(&elsewhere, &["lsp"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let input = child.stdin.take();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let (sender, messages) = channel();
        std::thread::spawn(move || {
            while let Some(message) = read(&mut output) {
                if sender.send(message).is_err() {
                    break;
                }
            }
        });
        let mut editor = Editor { folder, child, input, messages, id: 0, greeting: Json::Null, told: HashMap::new() };
        let root = editor.uri("").trim_end_matches('/').to_owned();
        let params = json!({
            "processId": null,
            "rootUri": root,
            "workspaceFolders": [{ "uri": root, "name": "test" }],
            "capabilities": capabilities,
            "initializationOptions": options,
        });
        editor.greeting = editor.ask("initialize", params)["result"].clone();
        editor.notify("initialized", json!({}));
        editor
    }

    pub(crate) fn uri(&self, file: &str) -> String {
        let path = self.folder.join(file).to_string_lossy().replace('\\', "/");
        format!("file://{}{path}", if path.starts_with('/') { "" } else { "/" })
    }

    pub(crate) fn raw(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().unwrap();
        input.write_all(bytes).unwrap();
        input.flush().unwrap();
    }

    fn send(&mut self, message: &Json) {
        let text = message.to_string();
        self.raw(format!("Content-Length: {}\r\n\r\n{text}", text.len()).as_bytes());
    }

    pub(crate) fn notify(&mut self, method: &str, params: Json) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Asks, and waits for the answer.
    pub(crate) fn ask(&mut self, method: &str, params: Json) -> Json {
        self.id += 1;
        let id = self.id;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        loop {
            let message = self.hear();
            if message["id"] == id && message.get("method").is_none() {
                return message;
            }
        }
    }

    /// The next message; what it tells of a file is kept.
    fn hear(&mut self) -> Json {
        let message = self.messages.recv_timeout(PATIENCE).expect("the server says nothing");
        if message["method"] == "textDocument/publishDiagnostics" {
            let params = &message["params"];
            self.told.insert(params["uri"].as_str().unwrap().to_owned(), params.clone());
        }
        message
    }

    pub(crate) fn open(&mut self, file: &str, text: &str) {
        let document = json!({ "uri": self.uri(file), "languageId": "any", "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document }));
    }

    pub(crate) fn change(&mut self, file: &str, version: i64, changes: Json) {
        let document = json!({ "uri": self.uri(file), "version": version });
        self.notify("textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes }));
    }

    pub(crate) fn close(&mut self, file: &str) {
        self.notify("textDocument/didClose", json!({ "textDocument": { "uri": self.uri(file) } }));
    }

    /// What is told of this version of an open file.
    pub(crate) fn diagnostics(&mut self, file: &str, version: i64) -> Vec<Json> {
        self.told_when(file, |told| told["version"] == version)
    }

    /// What is told of a file that is not open, next.
    pub(crate) fn unversioned(&mut self, file: &str) -> Vec<Json> {
        let uri = self.uri(file);
        let said = self.told_when(file, |told| told.get("version").is_none_or(Json::is_null));
        self.told.remove(&uri);
        said
    }

    /// What is told of a file as soon as it is as wanted.
    pub(crate) fn until(&mut self, file: &str, wanted: impl Fn(&[Json]) -> bool) -> Vec<Json> {
        self.told_when(file, |told| wanted(told["diagnostics"].as_array().unwrap()))
    }

    fn told_when(&mut self, file: &str, wanted: impl Fn(&Json) -> bool) -> Vec<Json> {
        let uri = self.uri(file);
        loop {
            if let Some(told) = self.told.get(&uri).filter(|told| wanted(told)) {
                return told["diagnostics"].as_array().unwrap().clone();
            }
            self.hear();
        }
    }

    pub(crate) fn actions(&mut self, file: &str, range: &Json, only: Option<&str>) -> Json {
        let context = match only {
            Some(kind) => json!({ "diagnostics": [], "only": [kind] }),
            None => json!({ "diagnostics": [] }),
        };
        let document = json!({ "uri": self.uri(file) });
        let params = json!({ "textDocument": document, "range": range, "context": context });
        self.ask("textDocument/codeAction", params)["result"].clone()
    }

    pub(crate) fn hover(&mut self, file: &str, position: &Json) -> Json {
        let params = json!({ "textDocument": { "uri": self.uri(file) }, "position": position });
        self.ask("textDocument/hover", params)["result"].clone()
    }

    /// Leaves by the protocol; the server's exit code.
    pub(crate) fn leave(&mut self) -> Option<i32> {
        assert_eq!(self.ask("shutdown", Json::Null)["result"], Json::Null);
        self.notify("exit", Json::Null);
        self.ended()
    }

    /// Closes the stream.
    pub(crate) fn hang_up(&mut self) {
        self.input = None;
    }

    pub(crate) fn ended(&mut self) -> Option<i32> {
        self.child.wait().unwrap().code()
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn read(output: &mut impl BufRead) -> Option<Json> {
    let mut length = None;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        if line == "\r\n" {
            break;
        }
        length = line.trim_end().strip_prefix("Content-Length: ").and_then(|length| length.parse().ok()).or(length);
    }
    let mut text = vec![0; length?];
    output.read_exact(&mut text).ok()?;
    serde_json::from_slice(&text).ok()
}

/// A text with edits made, whose positions count UTF-16 units.
pub(crate) fn applied(text: &str, edits: &Json) -> String {
    let offset = |position: &Json| {
        let line = position["line"].as_u64().unwrap() as usize;
        let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
        let mut left = position["character"].as_u64().unwrap() as usize;
        let before = text[start..].chars().take_while(|c| {
            let fits = left > 0;
            left = left.saturating_sub(c.len_utf16());
            fits
        });
        start + before.map(char::len_utf8).sum::<usize>()
    };
    let mut result = text.to_owned();
    for edit in edits.as_array().unwrap().iter().rev() {
        let range = offset(&edit["range"]["start"])..offset(&edit["range"]["end"]);
        result.replace_range(range, edit["newText"].as_str().unwrap());
    }
    result
}
