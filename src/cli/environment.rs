//! What the program asks of its process environment, read once at the edge so that everything after it is a
//! function of its arguments.

use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;
use etcetera::base_strategy::Xdg;

use crate::chart::Glyphs;
use crate::text::language::Locale;
use crate::tui::theme::Background;

/// The variables that matter besides those of settings ([`super::settings`]). An empty one counts as unset.
#[derive(Clone, Debug, Default)]
pub struct Environment {
    /// The login: `USER`, `LOGNAME` or `USERNAME`.
    pub login: Option<String>,
    /// `LC_ALL`, `LC_MESSAGES`, `LANG`.
    pub locale: [Option<String>; 3],
    /// `NO_COLOR`.
    pub no_color: Option<String>,
    /// `TERM`.
    pub term: Option<String>,
    /// `COLORTERM`.
    pub colorterm: Option<String>,
    /// `COLORFGBG`.
    pub colorfgbg: Option<String>,
}

impl Environment {
    pub fn of_process() -> Self {
        let text = |name: &str| {
            let value = std::env::var_os(name).filter(|value| !value.is_empty());
            value.map(|value| value.to_string_lossy().into_owned())
        };
        Self {
            login: ["USER", "LOGNAME", "USERNAME"].into_iter().find_map(text),
            locale: [text("LC_ALL"), text("LC_MESSAGES"), text("LANG")],
            no_color: text("NO_COLOR"),
            term: text("TERM"),
            colorterm: text("COLORTERM"),
            colorfgbg: text("COLORFGBG"),
        }
    }

    /// Which characters charts are drawn with: ASCII where the locale names another encoding than UTF-8.
    pub fn glyphs(&self) -> Glyphs {
        let named = self.locale.iter().flatten().next().and_then(|locale| locale.split_once('.'));
        let encoding = named.map(|(_, encoding)| encoding.to_ascii_lowercase().replace('-', ""));
        match encoding {
            Some(encoding) if !encoding.starts_with("utf8") => Glyphs::Ascii,
            _ => Glyphs::Unicode,
        }
    }

    /// A terminal that writes one line after the other.
    pub fn is_dumb(&self) -> bool {
        self.term.as_deref() == Some("dumb")
    }

    /// A terminal of the time before colours.
    pub fn is_without_colour(&self) -> bool {
        self.is_dumb() || self.is_old()
    }

    fn is_old(&self) -> bool {
        self.term.as_deref().is_some_and(|term| {
            term.strip_prefix("vt").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        })
    }

    fn is_console(&self) -> bool {
        self.term.as_deref() == Some("linux")
    }

    pub fn has_only_sixteen_colours(&self) -> bool {
        self.is_console() || self.term.as_deref().is_some_and(|term| term.ends_with("-16color"))
    }

    /// What stands behind the text, where the terminal need not be asked.
    pub fn background(&self) -> Option<Background> {
        let said = self.colorfgbg.as_deref().and_then(Background::of_variable);
        said.or((self.is_console() || cfg!(windows)).then_some(Background::Dark))
    }

    /// Whether questions do no harm: a terminal that does not know them would show them.
    pub fn can_be_asked(&self) -> bool {
        !self.is_old() && !self.is_console() && !self.is_dumb()
    }

    pub fn locale(&self) -> Locale {
        Locale::from_values(self.locale.each_ref().map(Option::as_deref))
    }
}

/// The program's folders under the XDG base directories. None of them need exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Places {
    /// `config.toml` is here.
    pub config: PathBuf,
    /// The place in each plan is kept here.
    pub state: PathBuf,
    pub data: PathBuf,
}

impl Places {
    /// Those of this process; `None` where it has no home.
    pub fn of_process() -> Option<Self> {
        let base = Xdg::new().ok()?;
        let own = |dir: &Path| dir.join("plan158");
        let state = base.state_dir()?;
        Some(Self { config: own(&base.config_dir()), state: own(&state), data: own(&base.data_dir()) })
    }

    pub fn lenses_file(&self) -> PathBuf {
        self.config.join("lenses.toml")
    }

    pub fn config_file(&self) -> PathBuf {
        self.config.join("config.toml")
    }
}
