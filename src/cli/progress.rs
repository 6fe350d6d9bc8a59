//! What a long run is at, on one line of stderr that is gone when the run ends.

use std::io::{self, IsTerminal, Write};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::Global;

/// A run that is shorter than this shows nothing.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often the line is drawn.
const BEAT: Duration = Duration::from_millis(200);
/// Back to the start of the line, which is erased.
const ERASE: &str = "\r\x1b[2K";

/// Shows progress until it is dropped.
#[derive(Default)]
pub(super) struct Progress {
    running: Option<(Arc<Shared>, JoinHandle<()>)>,
}

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    ended: Condvar,
}

#[derive(Default)]
struct State {
    stage: String,
    ended: bool,
}

impl Progress {
    /// Progress on stderr, if that is a terminal and the user has not asked for quiet.
    pub(super) fn start(global: &Global) -> Progress {
        let dumb = || std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        match global.quiet || !io::stderr().is_terminal() || dumb() {
            true => Progress::default(),
            false => Progress::on(io::stderr(), PATIENCE),
        }
    }

    fn on(out: impl Write + Send + 'static, patience: Duration) -> Progress {
        let shared = Arc::new(Shared::default());
        let theirs = Arc::clone(&shared);
        let thread = std::thread::Builder::new().spawn(move || theirs.show(out, patience));
        Progress { running: thread.ok().map(|thread| (shared, thread)) }
    }

    /// Says what the run is at: `reading files`.
    pub(super) fn stage(&self, stage: impl Into<String>) {
        if let Some((shared, _)) = &self.running {
            shared.state().stage = stage.into();
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((shared, thread)) = self.running.take() {
            shared.state().ended = true;
            shared.ended.notify_all();
            // A thread that failed has nothing more to draw.
            let _ = thread.join();
        }
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Draws the line from the end of `patience` until the run has ended. A stderr that cannot be written to is let be.
    fn show(&self, mut out: impl Write, patience: Duration) {
        let start = Instant::now();
        let mut wait = patience;
        let mut drawn = false;
        let mut state = self.state();
        loop {
            let waited = self.ended.wait_timeout_while(state, wait, |state| !state.ended);
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
            if state.ended {
                break;
            }
            let _ = write!(out, "{ERASE}sealint: {}, {} s", state.stage, start.elapsed().as_secs()).and(out.flush());
            (drawn, wait) = (true, BEAT);
        }
        if drawn {
            let _ = write!(out, "{ERASE}").and(out.flush());
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[derive(Clone, Default)]
    struct Screen(Arc<Mutex<Vec<u8>>>);

    impl Write for Screen {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn shown(screen: &Screen) -> String {
        String::from_utf8(screen.0.lock().unwrap().clone()).unwrap()
    }

    #[test]
    fn a_short_run_shows_nothing() {
        let screen = Screen::default();
        let progress = Progress::on(screen.clone(), Duration::from_secs(60));
        progress.stage("reading files");
        drop(progress);
        assert_eq!(shown(&screen), "");
    }

    #[test]
    fn a_long_run_shows_what_it_is_at_and_leaves_nothing_behind() {
        let screen = Screen::default();
        let progress = Progress::on(screen.clone(), Duration::from_millis(5));
        progress.stage("reading files");
        let start = Instant::now();
        while !shown(&screen).contains("sealint: reading files, ") && start.elapsed() < Duration::from_secs(20) {
            std::thread::sleep(Duration::from_millis(1));
        }
        drop(progress);
        assert!(shown(&screen).contains("sealint: reading files, 0 s"), "{}", shown(&screen));
        assert!(shown(&screen).ends_with(ERASE));
    }
}
