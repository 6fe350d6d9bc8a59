//! Bytes to text, within bounds.

use std::fs;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Level};
use crate::source::{MAX_FILE_BYTES, Source, Sources, Span};

/// How much is read of a file whose name says nothing.
const HEAD_BYTES: u64 = 4096;

/// The text of a file.
pub(super) type Text = String;

/// Why a file has no text.
#[derive(Debug)]
pub(super) enum Failure {
    /// It could not be opened or read.
    Io(io::Error),
    /// It is a folder, device, pipe or socket.
    NotAFile(&'static str),
    /// It is larger than [`MAX_FILE_BYTES`].
    TooLarge(u64),
    /// It is UTF-16; its characters.
    Utf16 { readable: String },
    /// It is no text from this byte on; its readable characters.
    NotText { at: usize, byte: u8, readable: String },
}

impl Failure {
    /// What can be read of the file.
    pub(super) fn readable(&self) -> Option<&str> {
        match self {
            Failure::NotText { readable, .. } | Failure::Utf16 { readable } => Some(readable),
            _ => None,
        }
    }

    /// The failure as a message for the user.
    pub(super) fn diagnostic(self, path: &Path, sources: &Sources) -> Diagnostic {
        let (code, message) = match self {
            Failure::Io(error) => (Code::Unreadable, format!("cannot be read: {error}")),
            Failure::NotAFile(what) => (Code::Unreadable, format!("is {what}, not a file")),
            Failure::TooLarge(bytes) => {
                let (size, limit) = (bytes >> 20, MAX_FILE_BYTES >> 20);
                (Code::Limit, format!("is {size} MiB large; files of more than {limit} MiB are not read"))
            }
            Failure::Utf16 { .. } => (Code::Unreadable, "is UTF-16; files must be UTF-8".to_owned()),
            Failure::NotText { at, byte, readable } => {
                // The text up to the place is as it is in the file, so that the place can be shown.
                let source = sources.add(path, readable);
                let width = source.text[at..].chars().next().map_or(0, char::len_utf8);
                let what = if byte == 0 { "is a NUL byte" } else { "is not UTF-8" };
                let message = format!("byte {at} (0x{byte:02x}) {what}; the file is not read");
                return Diagnostic::error(Code::Unreadable, message, Span::new(source.id, at, at + width));
            }
        };
        let mut diagnostic = Diagnostic::new(Level::Error, code, message);
        diagnostic.path = Some(path.to_owned());
        diagnostic
    }
}

/// Reads a file as a source.
///
/// # Errors
/// The diagnostic that says why it could not be read; its place, if it has one, is in `sources`.
pub fn read(path: &Path, sources: &Sources) -> Result<Arc<Source>, Box<Diagnostic>> {
    match text(path) {
        Ok(text) => Ok(sources.add(path, text)),
        Err(failure) => Err(Box::new(failure.diagnostic(path, sources))),
    }
}

/// Reads standard input as a source with this path.
///
/// # Errors
/// As for [`read`].
pub fn read_stdin(path: Option<&Path>, sources: &Sources) -> Result<Arc<Source>, Box<Diagnostic>> {
    const NAME: &str = super::STDIN_NAME;
    let mut bytes = Vec::new();
    let read = io::stdin().lock().take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes);
    let decoded = read.map_err(Failure::Io).and_then(|_| match bytes.len() as u64 {
        ..=MAX_FILE_BYTES => decode(bytes),
        size => Err(Failure::TooLarge(size)),
    });
    match (decoded, path) {
        (Ok(text), Some(path)) => Ok(sources.add(path, text)),
        (Ok(text), None) => Ok(sources.add_text(NAME, text)),
        (Err(failure), path) => Err(Box::new(failure.diagnostic(path.unwrap_or(Path::new(NAME)), sources))),
    }
}

/// The text of a file.
pub(super) fn text(path: &Path) -> Result<Text, Failure> {
    decode(bytes(path, MAX_FILE_BYTES)?)
}

/// The bytes of a regular file that has no more than `limit`.
pub(super) fn bytes(path: &Path, limit: u64) -> Result<Vec<u8>, Failure> {
    let (mut file, size) = open(path)?;
    if size > limit {
        return Err(Failure::TooLarge(size));
    }
    let mut bytes = Vec::with_capacity(size as usize + 1);
    // The file may have grown since.
    (&mut file).take(limit + 1).read_to_end(&mut bytes).map_err(Failure::Io)?;
    match bytes.len() as u64 {
        read if read > limit => Err(Failure::TooLarge(read)),
        _ => Ok(bytes),
    }
}

/// The first bytes of a file.
pub(super) fn head(path: &Path) -> Result<Vec<u8>, Failure> {
    let (file, _) = open(path)?;
    let mut head = Vec::with_capacity(HEAD_BYTES as usize);
    file.take(HEAD_BYTES).read_to_end(&mut head).map_err(Failure::Io)?;
    Ok(head)
}

/// Opens a regular file; what is none is not opened.
fn open(path: &Path) -> Result<(fs::File, u64), Failure> {
    let metadata = fs::metadata(path).map_err(Failure::Io)?;
    if metadata.is_dir() {
        return Err(Failure::NotAFile("a folder"));
    }
    if !metadata.is_file() {
        return Err(Failure::NotAFile("a device, pipe or socket"));
    }
    let file = fs::File::open(path).map_err(Failure::Io)?;
    Ok((file, metadata.len()))
}

fn decode(bytes: Vec<u8>) -> Result<Text, Failure> {
    let wide: Option<fn([u8; 2]) -> u16> = match bytes.as_slice() {
        [0xff, 0xfe, ..] => Some(u16::from_le_bytes),
        [0xfe, 0xff, ..] => Some(u16::from_be_bytes),
        _ => None,
    };
    if let Some(unit) = wide {
        let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect();
        return Err(Failure::Utf16 { readable: String::from_utf16_lossy(&units) });
    }
    match String::from_utf8(bytes) {
        Ok(text) => match text.find('\0') {
            Some(at) => Err(Failure::NotText { at, byte: 0, readable: text }),
            None => Ok(text),
        },
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let byte = error.as_bytes().get(at).copied().unwrap_or_default();
            Err(Failure::NotText { at, byte, readable: String::from_utf8_lossy(error.as_bytes()).into_owned() })
        }
    }
}
