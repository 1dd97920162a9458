//! Other programs that are asked for something small: git for a name, the system's tools for copying. None is
//! waited for longer than [`WAIT`].

use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::channel;
use std::thread;
use std::time::{Duration, Instant};

/// How long one is waited for.
pub const WAIT: Duration = Duration::from_secs(3);

/// How often one looks whether it has ended.
const LOOK: Duration = Duration::from_millis(5);

/// It did not end in time, and was ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Silent;

/// What a program says on its standard output; nothing where it cannot be started or fails.
///
/// # Errors
/// Where it is not done in time.
pub fn answer(mut command: Command) -> Result<Option<Vec<u8>>, Silent> {
    let until = Instant::now() + WAIT;
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    let Ok(mut child) = command.spawn() else { return Ok(None) };
    let (tell, told) = channel();
    let stdout = child.stdout.take();
    // What it started may keep its output open: nobody waits for the reading.
    thread::spawn(move || {
        let mut said = Vec::new();
        let read = stdout.is_some_and(|mut stdout| stdout.read_to_end(&mut said).is_ok());
        let _ = tell.send(read.then_some(said));
    });
    let ended_well = ended_well(&mut child, until)?;
    let said = told.recv_timeout(until.saturating_duration_since(Instant::now())).map_err(|_| Silent)?;
    Ok(said.filter(|_| ended_well))
}

/// Whether a program takes a text on its standard input and ends well.
///
/// # Errors
/// Where it is not done in time.
pub fn give(mut command: Command, text: &str) -> Result<bool, Silent> {
    let until = Instant::now() + WAIT;
    command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    let Ok(mut child) = command.spawn() else { return Ok(false) };
    let (tell, told) = channel();
    let (stdin, text) = (child.stdin.take(), text.to_owned());
    // A program that does not read blocks whoever writes more than a pipe holds.
    thread::spawn(move || {
        let given = stdin.is_some_and(|mut stdin| stdin.write_all(text.as_bytes()).is_ok());
        let _ = tell.send(given);
    });
    let ended_well = ended_well(&mut child, until)?;
    let given = told.recv_timeout(until.saturating_duration_since(Instant::now())).map_err(|_| Silent)?;
    Ok(given && ended_well)
}

/// Waits for a program's end, which is brought about when the time is over.
fn ended_well(child: &mut Child, until: Instant) -> Result<bool, Silent> {
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Ok(status.success()),
            Ok(None) if Instant::now() < until => thread::sleep(LOOK),
            Ok(None) => {
                let _ = child.kill();
                // Killed, it ends at once, unless the system itself keeps it: then nobody waits either.
                let _ = child.try_wait();
                return Err(Silent);
            }
            Err(_) => return Ok(false),
        }
    }
}
