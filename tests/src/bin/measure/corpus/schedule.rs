//! Which document is measured when: as many side by side as the memory allows.

use std::io::{IsTerminal, Write as _};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use super::discover::Found;
use super::figures::{Figure, Record};

/// What a document of no size takes, in megabytes: mostly the compiler itself.
const LEAST: f64 = 250.0;
/// What each megabyte of a document adds, in megabytes, as long as nothing else is known.
const FOR_EACH: f64 = 600.0;

/// The documents that are left, and who is at work.
pub(super) struct Schedule<'a> {
    state: Mutex<State<'a>>,
    freed: Condvar,
    memory: f64,
    all: usize,
    begin: Instant,
}

struct State<'a> {
    /// What is left, the smallest first.
    left: Vec<&'a Found>,
    running: Vec<&'a Found>,
    /// How much more than estimated a document has taken, at the most.
    factor: f64,
    done: usize,
}

impl<'a> Schedule<'a> {
    pub(super) fn new(found: &'a [Found], memory: f64) -> Self {
        let mut left: Vec<&Found> = found.iter().collect();
        left.sort_by_key(|found| found.bytes);
        Self {
            state: Mutex::new(State {
                left,
                running: Vec::new(),
                factor: 1.0,
                done: 0,
            }),
            freed: Condvar::new(),
            memory,
            all: found.len(),
            begin: Instant::now(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, State<'a>> {
        // Nothing that holds it panics halfway.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The largest document that fits beside those at work; waits until one does. None when all are
    /// taken.
    pub(super) fn take(&self) -> Option<&'a Found> {
        let mut state = self.lock();
        while !state.left.is_empty() {
            let room = self.memory
                - state
                    .running
                    .iter()
                    .map(|at| state.estimate(at))
                    .sum::<f64>();
            let fits = state
                .left
                .iter()
                .rposition(|found| state.estimate(found) <= room);
            // What fits nowhere has the machine for itself.
            let last = state.running.is_empty().then(|| state.left.len() - 1);
            if let Some(index) = fits.or(last) {
                let found = state.left.remove(index);
                state.running.push(found);
                self.show(&state);
                return Some(found);
            }
            state = self
                .freed
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
        }
        None
    }

    /// Takes note that a document is done, and of what it took.
    pub(super) fn give_back(&self, found: &Found, record: Option<&Record>) {
        let mut state = self.lock();
        state.running.retain(|at| at.name != found.name);
        state.done += 1;
        let peak = [Figure::GenerateMegabytes, Figure::CheckMegabytes]
            .iter()
            .filter_map(|figure| record?.get(*figure))
            .fold(0.0, f64::max);
        state.factor = state.factor.max(peak / estimate(found));
        self.show(&state);
        self.freed.notify_all();
    }

    /// Shows who is at work, on a terminal alone; the next line takes its place.
    fn show(&self, state: &State<'_>) {
        let mut err = std::io::stderr().lock();
        if err.is_terminal() {
            let names: Vec<&str> = state.running.iter().map(|at| at.name.as_str()).collect();
            let (done, all) = (state.done, self.all);
            let seconds = self.begin.elapsed().as_secs();
            let names = names.join(", ");
            let _ = write!(err, "\r\x1b[2K{done}/{all} after {seconds} s: {names}");
            let _ = err.flush();
        }
    }

    /// Ends what it shows.
    pub(super) fn end(&self) {
        let mut err = std::io::stderr().lock();
        if err.is_terminal() {
            let _ = write!(err, "\r\x1b[2K");
        }
    }
}

impl State<'_> {
    fn estimate(&self, found: &Found) -> f64 {
        estimate(found) * self.factor
    }
}

/// How much memory measuring a document takes, in megabytes, by its size.
fn estimate(found: &Found) -> f64 {
    LEAST + found.bytes as f64 / 1e6 * FOR_EACH
}

#[cfg(test)]
mod tests {
    use super::{Found, Schedule};

    #[test]
    fn documents_share_the_memory() {
        let found = |name: &str, bytes| Found {
            name: name.to_owned(),
            path: name.into(),
            bytes,
        };
        let documents = [found("a", 1000), found("b", 9_000_000), found("c", 500_000)];
        let schedule = Schedule::new(&documents, 1000.0);
        let take = || schedule.take().map(|found| found.name.as_str());
        assert_eq!(take(), Some("c"), "the largest that fits");
        assert_eq!(take(), Some("a"));
        schedule.give_back(&documents[2], None);
        schedule.give_back(&documents[0], None);
        assert_eq!(take(), Some("b"), "alone");
        assert_eq!(take(), None);
    }
}
