//! A thread that does one job after the other, in the order in which they were given.

use std::sync::mpsc::{Sender, channel};
use std::thread::{self, JoinHandle};

type WorkerJob = Box<dyn FnOnce() + Send>;

/// The way to the thread.
#[derive(Debug)]
pub(super) struct Worker {
    jobs: Sender<WorkerJob>,
    thread: JoinHandle<()>,
}

impl Worker {
    pub(super) fn start() -> Self {
        let (jobs, given) = channel::<WorkerJob>();
        let thread = thread::spawn(move || given.into_iter().for_each(|job| job()));
        Self { jobs, thread }
    }

    /// Gives it something to do. A thread that has panicked does nothing more: the panic has ended the program.
    pub(super) fn give(&self, job: impl FnOnce() + Send + 'static) {
        let _ = self.jobs.send(Box::new(job));
    }

    /// Waits until all is done that was given.
    pub(super) fn finish(self) {
        drop(self.jobs);
        let _ = self.thread.join();
    }
}
