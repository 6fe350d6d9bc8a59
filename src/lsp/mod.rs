//! The editor mode: a language server on standard input and output, the second front end on the library.
//!
//! One thread does the work: it takes messages in their order, and judges when they pause. What is judged is what the
//! editor shows, saved or not; the rules stay loaded between judgements. Nothing that a file holds ends the server.

mod actions;
mod client;
mod documents;
mod findings;
mod hover;
mod modules;
mod position;
mod projects;
mod publish;
mod server;
mod transport;
mod uri;

use std::io;

/// Serves one editor until it leaves. Whether it left by the protocol.
///
/// # Errors
/// When the streams cannot be served.
pub fn serve() -> io::Result<bool> {
    let (connection, writer) = transport::stdio()?;
    let orderly = server::Server::new(&connection).run();
    // The writer ends when nobody is left who could send, and has written everything by then.
    drop(connection);
    drop(writer.join());
    Ok(orderly)
}
