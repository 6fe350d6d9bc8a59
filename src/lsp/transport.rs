//! Messages over standard input and output.
//!
//! The channels and the messages are those of `lsp-server`; its reader is not used. It parses messages straight from
//! text, which fails for every number in them because `serde_json` keeps numbers as text here (`arbitrary_precision`,
//! which evaluation needs), and it gives up at the first message that is no JSON.

use std::io::{self, BufRead};
use std::thread::{self, JoinHandle};

use lsp_server::{Connection, Message, Notification};
use serde_json::Value as Json;

/// The largest message that is read, in bytes: a file of the largest size in JSON's longest notation fits.
const MAX_BYTES: usize = 512 * 1024 * 1024;

/// The method under which the server hears of a message that could not be read.
pub(super) const MALFORMED: &str = "$/sealint/malformed";

/// A connection over the streams of the process, with the thread that writes.
pub(super) fn stdio() -> io::Result<(Connection, JoinHandle<()>)> {
    let (server, streams) = Connection::memory();
    let Connection { sender, receiver } = streams;
    let writer = thread::Builder::new().name("writer".to_owned()).spawn(move || {
        let mut out = io::stdout();
        // An editor that reads no more has left.
        for message in receiver {
            if message.write(&mut out).is_err() {
                break;
            }
        }
    })?;
    thread::Builder::new().name("reader".to_owned()).spawn(move || {
        let mut input = io::stdin().lock();
        while let Ok(Some(text)) = read(&mut input) {
            let sent = sender.send(parse(&text));
            if sent.is_err() {
                break;
            }
        }
    })?;
    Ok((server, writer))
}

/// A message; one that tells the server if it is none.
fn parse(text: &[u8]) -> Message {
    let message = serde_json::from_slice::<Json>(text).and_then(serde_json::from_value);
    message.unwrap_or_else(|error| {
        Message::Notification(Notification { method: MALFORMED.to_owned(), params: error.to_string().into() })
    })
}

/// The content of the next message; `None` at the end of the stream.
fn read(input: &mut dyn BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut length = None;
    let mut line = String::new();
    loop {
        line.clear();
        if input.read_line(&mut line)? == 0 {
            return Ok(None);
        }
        let header = line.trim_end();
        if header.is_empty() {
            break;
        }
        if let Some((name, value)) = header.split_once(':')
            && name.eq_ignore_ascii_case("Content-Length")
        {
            length = value.trim().parse::<usize>().ok();
        }
    }
    let invalid = || io::Error::new(io::ErrorKind::InvalidData, "a message without a length that can be read");
    let mut content = vec![0; length.filter(|length| *length <= MAX_BYTES).ok_or_else(invalid)?];
    input.read_exact(&mut content)?;
    Ok(Some(content))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_read_by_their_length() {
        let text = b"content-length: 2\r\nContent-Type: x\r\n\r\n{}Content-Length: 1\r\n\r\n7";
        let mut input = &text[..];
        let mut next = || read(&mut input).ok().flatten();
        assert_eq!(next(), Some(b"{}".to_vec()));
        assert_eq!(next(), Some(b"7".to_vec()));
        assert_eq!(next(), None);
        assert!(read(&mut &b"Content-Length: no\r\n\r\n"[..]).is_err());
    }

    #[test]
    fn a_number_is_an_id_and_what_is_no_message_is_told() {
        let message = parse(br#"{"jsonrpc":"2.0","id":7,"method":"shutdown"}"#);
        assert!(matches!(message, Message::Request(request) if request.id == 7.into()));
        for text in [&b"{"[..], b"[]", b"\xff"] {
            assert!(matches!(parse(text), Message::Notification(told) if told.method == MALFORMED));
        }
    }
}
