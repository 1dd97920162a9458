//! Settings of how things look and which keys there are.

use super::Declared;
use super::spec::{Binding, GivenSetting, SettingSpec, Takes};
use crate::chart::Glyphs;
use crate::cli::output::ColorWish;
use crate::text::columns::AmbiguousWidth;
use crate::text::words::{VocabularyWord, WordNames};
use crate::tui::effect::MouseCapture;
use crate::tui::theme::{RoleColors, ThemeWish};

pub(super) const GLYPHS: Declared<Glyphs> = Declared {
    spec: SettingSpec {
        name: "glyphs",
        flag: None,
        variable: None,
        in_file: true,
        takes: Takes::OneOf(Glyphs::NAMES),
        help: ("图形所用的字符", "what charts are drawn with"),
        default: ("按区域设置的编码", "by the locale's encoding"),
    },
    read: |given| Glyphs::parse(given.text().to_str()?),
    default: |ground| ground.environment.glyphs(),
    shown: |glyphs, _| Some(glyphs.word().to_owned()),
};

pub(super) const COLOR: Declared<ColorWish> = Declared {
    spec: SettingSpec {
        name: "color",
        flag: Some("WHEN"),
        variable: None,
        in_file: true,
        takes: Takes::OneOf(ColorWish::NAMES),
        help: ("颜色", "colour"),
        default: ("auto", "auto"),
    },
    read: |given| ColorWish::parse(given.text().to_str()?),
    default: |_| ColorWish::Auto,
    shown: |wish, _| Some(wish.word().to_owned()),
};

pub(super) const THEME: Declared<ThemeWish> = Declared {
    spec: SettingSpec {
        name: "theme",
        flag: Some("THEME"),
        variable: Some("PLAN158_THEME"),
        in_file: true,
        takes: Takes::OneOf(ThemeWish::NAMES),
        help: ("界面配色", "colours of the screen"),
        default: ("auto", "auto"),
    },
    read: |given| ThemeWish::parse(given.text().to_str()?),
    default: |_| ThemeWish::Auto,
    shown: |wish, _| Some(wish.word().to_owned()),
};

pub(super) const COLORS: Declared<RoleColors> = Declared {
    spec: SettingSpec {
        name: "colors",
        flag: None,
        variable: None,
        in_file: true,
        takes: Takes::Colors,
        help: (
            "各类文字的颜色：[colors] 之下写 accent、dim、good、warn、bad = \"颜色\"",
            "other colours than the theme's: accent, dim, good, warn or bad = \"colour\" below [colors]",
        ),
        default: ("按配色", "those of the theme"),
    },
    read: |given| match given {
        GivenSetting::Colors(colors) => Some(colors.clone()),
        _ => None,
    },
    default: |_| RoleColors::default(),
    shown: |colors, _| {
        let named: Vec<String> =
            colors.iter().map(|(role, color)| format!("{} {}", role.word(), color)).collect();
        (!named.is_empty()).then(|| named.join(", "))
    },
};

pub(super) const AMBIGUOUS_WIDTH: Declared<Option<AmbiguousWidth>> = Declared {
    spec: SettingSpec {
        name: "ambiguous-width",
        flag: Some("COLUMNS"),
        variable: Some("PLAN158_AMBIGUOUS_WIDTH"),
        in_file: true,
        takes: Takes::OneOf(AMBIGUOUS_WIDTHS),
        help: (
            "“”、—、… 等宽度不定的字符在终端里占几列",
            "columns that the terminal gives to “”, —, … and others of ambiguous width",
        ),
        default: ("auto（询问终端）", "auto, which asks the terminal"),
    },
    read: |given| match given.text().to_str()? {
        "auto" => Some(None),
        "1" => Some(Some(AmbiguousWidth::Narrow)),
        "2" => Some(Some(AmbiguousWidth::Wide)),
        _ => None,
    },
    default: |_| None,
    shown: |width, _| width.map(|width| if width == AmbiguousWidth::Wide { "2" } else { "1" }.to_owned()),
};

const AMBIGUOUS_WIDTHS: &[WordNames] = &[
    WordNames { key: "auto", zh: "询问终端", en: "ask the terminal", also: &[] },
    WordNames { key: "1", zh: "一列", en: "one", also: &[] },
    WordNames { key: "2", zh: "两列", en: "two", also: &[] },
];

pub(super) const MOUSE: Declared<MouseCapture> = Declared {
    spec: SettingSpec {
        name: "mouse",
        flag: None,
        variable: None,
        in_file: true,
        takes: Takes::Switch,
        help: ("界面是否使用鼠标", "whether the screen takes the mouse"),
        default: ("true", "true"),
    },
    read: |given| Some(if given.text() == "true" { MouseCapture::On } else { MouseCapture::Off }),
    default: |_| MouseCapture::On,
    shown: |mouse, _| Some((*mouse == MouseCapture::On).to_string()),
};

pub(super) const KEYS: Declared<Vec<Binding>> = Declared {
    spec: SettingSpec {
        name: "keys",
        flag: None,
        variable: None,
        in_file: true,
        takes: Takes::Bindings,
        help: (
            "按键的改动：[keys.场合] 之下写 \"按键\" = \"命令\"",
            "changes to the keys: \"keys\" = \"command\" below [keys.CONTEXT]",
        ),
        default: ("默认按键", "the default keys"),
    },
    read: |given| match given {
        GivenSetting::Bindings(bindings) => Some(bindings.clone()),
        _ => None,
    },
    default: |_| Vec::new(),
    shown: |keys, ui| {
        let n = keys.len();
        (n > 0).then(|| ui.pick(format!("改动{n}处"), format!("{n} changed")))
    },
};
