//! Copying out of the screen: through the terminal (OSC 52, which works over ssh but never answers), the
//! system's own tool, and a file.

use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use crossterm::clipboard::CopyToClipboard;
use crossterm::execute;

use super::helper::{self, Silent};
use crate::plan::write_file;
use crate::text::Bilingual;
use crate::text::clean::shown;

/// Longest text sent to the terminal, in bytes: several cut or drop what is longer.
const MAX_OSC_BYTES: usize = 74_000;

/// Where copies go that no tool takes.
pub fn file(state_dir: &Path) -> PathBuf {
    state_dir.join("copied.txt")
}

/// Copies a text through the terminal, which may be at the other end of ssh. Whether it was sent: the terminal
/// does not say whether it took it.
pub fn send_to_terminal(text: &str) -> bool {
    text.len() <= MAX_OSC_BYTES && execute!(io::stdout(), CopyToClipboard::to_clipboard_from(text)).is_ok()
}

/// Hands a text to the system's own tool, or to a file where there is none; says what was copied and which way
/// it went. A tool may take its time, so this runs beside the screen.
pub fn hand_over(text: &str, what: &Bilingual, sent: bool, file: Option<&Path>) -> Bilingual {
    let mut silent = None;
    let tool = tools().into_iter().find(|tool| {
        let mut command = Command::new(tool[0]);
        command.args(&tool[1..]);
        helper::give(command, text).unwrap_or_else(|Silent| {
            silent = silent.or(Some(tool[0]));
            false
        })
    });
    let kept =
        file.filter(|_| tool.is_none()).filter(|file| write_file::replace_own(file, text.as_bytes()).is_ok());
    let terminal = sent.then(|| Bilingual::new("终端（OSC 52）", "the terminal (OSC 52)"));
    let tool = tool.map(|tool| Bilingual::new(tool[0], tool[0]));
    let kept = kept.map(|file| {
        let shown = shown(file);
        Bilingual::new(format!("文件 {shown}"), format!("the file {shown}"))
    });
    let ways: Vec<Bilingual> = [terminal, tool, kept].into_iter().flatten().collect();
    let join = |part: fn(&Bilingual) -> &str, by: &str| ways.iter().map(part).collect::<Vec<_>>().join(by);
    let said = if ways.is_empty() {
        Bilingual::new(format!("无法复制{}", what.zh), format!("cannot copy {}", what.en))
    } else {
        Bilingual::new(
            format!("已复制{} → {}", what.zh, join(|way| &way.zh, "、")),
            format!("copied {} → {}", what.en, join(|way| &way.en, ", ")),
        )
    };
    let Some(silent) = silent else { return said };
    let seconds = helper::WAIT.as_secs();
    Bilingual::new(
        format!("{}；{silent} 在{seconds}秒内没有回应", said.zh),
        format!("{}; {silent} did not respond within {seconds} s", said.en),
    )
}

/// The tools that may be there, the likeliest first.
fn tools() -> Vec<&'static [&'static str]> {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let mut tools: Vec<&'static [&'static str]> = Vec::new();
    if cfg!(target_os = "macos") {
        tools.push(&["pbcopy"]);
    }
    if set("WAYLAND_DISPLAY") {
        tools.push(&["wl-copy"]);
    }
    if set("DISPLAY") {
        tools.push(&["xclip", "-selection", "clipboard"]);
        tools.push(&["xsel", "--input", "--clipboard"]);
    }
    if cfg!(windows) || set("WSL_DISTRO_NAME") {
        tools.push(&["clip.exe"]);
    }
    tools
}
