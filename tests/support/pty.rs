//! The real binary on a pseudo-terminal, in a scratch home. Waits are for something to show or to end, each
//! with a deadline.

use std::fs;
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use portable_pty::{CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use tempfile::TempDir;
use vt100::{MouseProtocolMode, Parser, Screen};

/// Longest wait for anything: generous, since a busy machine is no failure.
const DEADLINE: Duration = Duration::from_secs(20);

/// A scratch home with a plan of a root and `nodes` actions, in files of its own.
pub struct Home {
    dir: TempDir,
}

impl Home {
    /// A home with a small plan.
    pub fn new() -> Self {
        Self::with_nodes(12)
    }

    /// A home with a plan of so many nodes below the root.
    pub fn with_nodes(nodes: usize) -> Self {
        let home = Self { dir: TempDir::new().unwrap() };
        fs::create_dir_all(home.plan().join("nodes")).unwrap();
        home.write("plan.toml", MANIFEST);
        let text: String =
            (1..=nodes).map(|number| node(&format!("n{number}"), &format!("Node {number}."))).collect();
        home.write("nodes/a.toml", &text);
        home
    }

    /// The plan's folder.
    pub fn plan(&self) -> PathBuf {
        self.dir.path().join("plan")
    }

    /// The home.
    pub fn path(&self) -> &Path {
        self.dir.path()
    }

    /// Writes a file of the plan in place.
    pub fn write(&self, name: &str, text: &str) {
        fs::write(self.plan().join(name), text).unwrap();
    }

    /// Writes a file of the plan beside it and renames it over it, as editors do.
    pub fn write_by_rename(&self, name: &str, text: &str) {
        let beside = self.plan().join(format!("{name}.new"));
        fs::write(&beside, text).unwrap();
        fs::rename(beside, self.plan().join(name)).unwrap();
    }

    /// The files that keep places.
    pub fn kept(&self) -> Vec<PathBuf> {
        let places = self.dir.path().join("state/plan158/places");
        let entries = fs::read_dir(places).into_iter().flatten().flatten();
        entries
            .map(|entry| entry.path())
            .filter(|path| path.extension().is_some_and(|e| e == "json"))
            .collect()
    }

    /// What the kept place says; empty where none is kept.
    pub fn kept_text(&self) -> String {
        self.kept().first().map(|file| fs::read_to_string(file).unwrap()).unwrap_or_default()
    }

    fn command(&self, program: &str, args: &[&str]) -> CommandBuilder {
        let mut command = CommandBuilder::new(program);
        command.args(args);
        command.env_clear();
        command.cwd(self.dir.path());
        command.env("HOME", self.dir.path());
        for (name, folder) in
            [("XDG_CONFIG_HOME", "config"), ("XDG_STATE_HOME", "state"), ("XDG_DATA_HOME", "data")]
        {
            command.env(name, self.dir.path().join(folder));
        }
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("TERM", "xterm-256color");
        command.env("LANG", "en_US.UTF-8");
        command.env("PLAN158_PLAN", self.plan());
        command.env("PLAN158_BIN", PROGRAM);
        command
    }
}

/// The binary under test.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_plan158");

/// A node below the root, in TOML.
pub fn node(id: &str, title: &str) -> String {
    format!(
        "[[action]]\nid = \"{id}\"\nlevel = \"action\"\nparent = \"root\"\ntitle = {{ en = \"{title}\", zh = \"节点 {id}\" }}\nevidence = [{{ source = \"s\", basis = \"stated\" }}]\n\n"
    )
}

/// The manifest of the scratch plan; its nodes lie in `nodes/`.
const MANIFEST: &str = r#"format = 1
id = "scratch"
title = { zh = "试验规划", en = "Scratch plan" }
languages = ["zh", "en"]
period = { start = 2024, end = 2035 }
files = ["nodes/*.toml"]

[[level]]
id = "goal"
role = "goal"
mark = "G"
label = { zh = "目标", en = "Goal" }

[[level]]
id = "action"
role = "action"
mark = "A"
label = { zh = "行动", en = "Action" }

[[source]]
id = "s"
title = { zh = "文件", en = "Document" }
publisher = { zh = "甲", en = "A" }
date = 2025-02-28
standing = "plan"
grade = "B"

[[goal]]
id = "root"
level = "goal"
title = { zh = "总目标", en = "The goal" }
evidence = [{ source = "s", basis = "stated" }]
"#;

/// What the terminal has been told so far.
struct Seen {
    parser: Parser,
    raw: Vec<u8>,
    over: bool,
}

/// A terminal with a program on it.
pub struct Tty {
    master: Option<Box<dyn MasterPty + Send>>,
    keys: Option<Box<dyn Write + Send>>,
    seen: Arc<(Mutex<Seen>, Condvar)>,
    /// Set, the reader lets go of the terminal at the next output.
    closing: Arc<AtomicBool>,
    /// Set, the reader takes nothing more from the terminal.
    unread: Arc<AtomicBool>,
    reader: Option<JoinHandle<()>>,
    ended: Receiver<ExitStatus>,
    /// The program's process id, or that of the shell around it.
    pub pid: u32,
    /// The terminal's modes before the program came.
    modes: String,
}

impl Tty {
    /// Runs plan158 on a terminal of `cols` × `lines`.
    pub fn start(home: &Home, cols: u16, lines: u16) -> Self {
        Self::spawn(home.command(PROGRAM, &[]), cols, lines)
    }

    /// Runs a command of plan158 on a terminal of `cols` × `lines`.
    pub fn run(home: &Home, args: &[&str], cols: u16, lines: u16) -> Self {
        Self::spawn(home.command(PROGRAM, args), cols, lines)
    }

    /// Runs plan158 with a variable set, at 80×24.
    pub fn start_with(home: &Home, name: &str, value: &str) -> Self {
        let mut command = home.command(PROGRAM, &[]);
        command.env(name, value);
        Self::spawn(command, 80, 24)
    }

    /// Runs plan158 with variables set, at 80×24.
    pub fn start_in(home: &Home, variables: &[(&str, &str)]) -> Self {
        let mut command = home.command(PROGRAM, &[]);
        variables.iter().for_each(|(name, value)| command.env(name, value));
        Self::spawn(command, 80, 24)
    }

    /// Runs a script of the shell at 80×24; `$PLAN158_BIN` is the program.
    pub fn script(home: &Home, script: &str) -> Self {
        Self::spawn(home.command("/bin/sh", &["-c", script]), 80, 24)
    }

    fn spawn(command: CommandBuilder, cols: u16, lines: u16) -> Self {
        let size = PtySize { rows: lines, cols, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let modes = modes(pair.master.as_ref());
        let mut child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let pid = child.process_id().unwrap();
        let (send, ended) = channel();
        thread::spawn(move || send.send(child.wait().unwrap()));
        let seen = Arc::new((
            Mutex::new(Seen {
                parser: Parser::new(cells(lines), cells(cols), 0),
                raw: Vec::new(),
                over: false,
            }),
            Condvar::new(),
        ));
        let (closing, unread) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicBool::new(false)));
        let from = pair.master.try_clone_reader().unwrap();
        let reader = thread::spawn({
            let (seen, closing, unread) = (Arc::clone(&seen), Arc::clone(&closing), Arc::clone(&unread));
            move || read(from, &seen, &closing, &unread)
        });
        let keys = pair.master.take_writer().unwrap();
        let (master, reader, keys) = (Some(pair.master), Some(reader), Some(keys));
        Self { master, keys, seen, closing, unread, reader, ended, pid, modes }
    }

    /// Types.
    pub fn keys(&mut self, keys: &str) {
        self.bytes(keys.as_bytes());
    }

    /// Types bytes, which need be no characters.
    pub fn bytes(&mut self, bytes: &[u8]) {
        let writer = self.keys.as_mut().unwrap();
        writer.write_all(bytes).unwrap();
        writer.flush().unwrap();
    }

    /// Changes the terminal's size.
    pub fn resize(&mut self, cols: u16, lines: u16) {
        self.seen.0.lock().unwrap().parser.screen_mut().set_size(cells(lines), cells(cols));
        let size = PtySize { rows: lines, cols, pixel_width: 0, pixel_height: 0 };
        self.master.as_ref().unwrap().resize(size).unwrap();
    }

    /// Has the terminal say another size than it shows.
    pub fn say_size(&mut self, cols: u16, lines: u16) {
        let size = PtySize { rows: lines, cols, pixel_width: 0, pixel_height: 0 };
        self.master.as_ref().unwrap().resize(size).unwrap();
    }

    /// Stops the terminal's output, as another program or a key of the terminal's can.
    pub fn stop_output(&self) {
        let path = self.master.as_ref().unwrap().tty_name().unwrap();
        let terminal = fs::File::options().read(true).write(true).open(path).unwrap();
        rustix::termios::tcflow(terminal, rustix::termios::Action::OOff).unwrap();
    }

    /// Takes no more output from the terminal until the program has ended, as a window that hangs.
    pub fn leave_unread(&self) {
        self.unread.store(true, Ordering::SeqCst);
    }

    /// Waits until the screen is as asked.
    #[track_caller]
    pub fn wait(&self, what: &str, is_so: impl Fn(&Screen) -> bool) {
        let (lock, changed) = &*self.seen;
        let until = Instant::now() + DEADLINE;
        let mut seen = lock.lock().unwrap();
        while !is_so(seen.parser.screen()) {
            let left = until.saturating_duration_since(Instant::now());
            assert!(!left.is_zero() && !seen.over, "never showed {what}:\n{}", picture(seen.parser.screen()));
            seen = changed.wait_timeout(seen, left).unwrap().0;
        }
    }

    /// Waits until a text shows.
    #[track_caller]
    pub fn wait_for(&self, text: &str) {
        self.wait(text, |screen| screen.contents().contains(text));
    }

    /// Waits until the terminal's cursor stands on a line with a text. While a frame is painted it is hidden,
    /// and on any line.
    #[track_caller]
    pub fn wait_on(&self, text: &str) {
        let is_on = |screen: &Screen| !screen.hide_cursor() && cursor_line(screen).contains(text);
        self.wait(&format!("the cursor on {text}"), is_on);
    }

    /// What the terminal shows now.
    pub fn screen<T>(&self, look: impl FnOnce(&Screen) -> T) -> T {
        look(self.seen.0.lock().unwrap().parser.screen())
    }

    /// Everything written to the terminal so far, as text.
    pub fn said(&self) -> String {
        String::from_utf8_lossy(&self.seen.0.lock().unwrap().raw).into_owned()
    }

    /// Waits until something was written to the terminal, whatever shows of it.
    #[track_caller]
    pub fn wait_said(&self, text: &str) {
        let (lock, changed) = &*self.seen;
        let until = Instant::now() + DEADLINE;
        let mut seen = lock.lock().unwrap();
        while !String::from_utf8_lossy(&seen.raw).contains(text) {
            let left = until.saturating_duration_since(Instant::now());
            assert!(!left.is_zero() && !seen.over, "never said {text:?}");
            seen = changed.wait_timeout(seen, left).unwrap().0;
        }
    }

    /// Waits for the end of the program; reads what it says to the last.
    #[track_caller]
    pub fn ended(&mut self) -> ExitStatus {
        let status = match self.ended.recv_timeout(DEADLINE) {
            Ok(status) => status,
            Err(RecvTimeoutError::Timeout) => panic!("never ended:\n{}", self.screen(picture)),
            Err(RecvTimeoutError::Disconnected) => panic!("nobody waited"),
        };
        self.unread.store(false, Ordering::SeqCst);
        // The reader ends with the last program on the terminal.
        if self.master.is_some()
            && let Some(reader) = self.reader.take()
        {
            reader.join().unwrap();
        }
        status
    }

    /// Whether the program has not ended.
    pub fn is_running(&self) -> bool {
        fs::read_to_string(format!("/proc/{}/stat", self.pid)).is_ok_and(|stat| !stat.contains(") Z "))
    }

    /// Takes the terminal away, as a closed window does, at the answer to a key: a reader that waits for
    /// output holds the terminal open.
    pub fn vanish_at_key(&mut self, key: &str) {
        self.closing.store(true, Ordering::SeqCst);
        self.keys(key);
        self.reader.take().unwrap().join().unwrap();
        self.keys = None;
        self.master = None;
    }

    /// Whether the terminal is as the program found it: own screen, cursor, mouse, paste, modes of the line.
    #[track_caller]
    pub fn assert_clean(&self) {
        self.screen(|screen| {
            assert!(!screen.alternate_screen(), "the alternate screen was left:\n{}", picture(screen));
            assert!(!screen.hide_cursor(), "the cursor shows");
            assert!(!screen.bracketed_paste(), "paste is plain");
            assert_eq!(screen.mouse_protocol_mode(), MouseProtocolMode::None, "the mouse is the terminal's");
        });
        assert_eq!(self.modes(), self.modes, "the modes of the line are as before");
    }

    /// The modes of the line now.
    pub fn modes(&self) -> String {
        modes(self.master.as_ref().unwrap().as_ref())
    }

    /// The modes of the line before the program came.
    pub fn modes_before(&self) -> &str {
        &self.modes
    }
}

impl Drop for Tty {
    fn drop(&mut self) {
        // A failed test leaves nothing running: the program ends with its terminal.
        self.closing.store(true, Ordering::SeqCst);
        self.unread.store(false, Ordering::SeqCst);
        self.keys = None;
        self.master = None;
    }
}

fn read(
    mut from: Box<dyn Read + Send>,
    seen: &(Mutex<Seen>, Condvar),
    closing: &AtomicBool,
    unread: &AtomicBool,
) {
    let mut buffer = [0; 65536];
    loop {
        while unread.load(Ordering::SeqCst) {
            thread::sleep(Duration::from_millis(5));
        }
        let count = from.read(&mut buffer).unwrap_or(0);
        // A test that failed holds nothing up.
        let mut now = seen.0.lock().unwrap_or_else(PoisonError::into_inner);
        now.parser.process(&buffer[..count]);
        now.raw.extend_from_slice(&buffer[..count]);
        now.over = count == 0;
        seen.1.notify_all();
        if count == 0 || closing.load(Ordering::SeqCst) {
            return;
        }
    }
}

fn cells(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).unwrap()
}

fn modes(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios().unwrap())
}

/// The line the terminal's cursor stands on.
pub fn cursor_line(screen: &Screen) -> String {
    let (line, _) = screen.cursor_position();
    screen.rows(0, screen.size().1.get()).nth(line.into()).unwrap_or_default()
}

fn picture(screen: &Screen) -> String {
    format!("{}\n-- cursor at {:?}", screen.contents(), screen.cursor_position())
}

/// Waits until something outside the terminal is so, looking now and then.
#[track_caller]
pub fn eventually(what: &str, is_so: impl Fn() -> bool) {
    let until = Instant::now() + DEADLINE;
    let (_never, pause) = channel::<()>();
    while !is_so() {
        assert!(Instant::now() < until, "never: {what}");
        let _ = pause.recv_timeout(Duration::from_millis(5));
    }
}
