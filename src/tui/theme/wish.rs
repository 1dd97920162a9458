//! Which looks somebody asked for, and what comes of that in this terminal.

use std::collections::BTreeMap;
use std::str::FromStr;

use ratatui::style::Color;

use super::Theme;
use crate::text::Bilingual;
use crate::text::words::words;

words!(
    /// Which colours the screen has.
    ThemeWish {
        /// As the terminal's background asks for.
        Auto = "auto",
        Light = "light",
        Dark = "dark",
        /// No colours.
        Mono = "mono",
    }
);

words!(
    /// What a colour is for.
    ColorRole {
        /// Keys, the pane that has them, what was found.
        Accent = "accent",
        /// What is read second.
        Dim = "dim",
        Good = "good",
        Warn = "warn",
        Bad = "bad",
    }
);

impl ColorRole {
    /// What has this colour.
    pub fn meaning(self) -> Bilingual {
        match self {
            ColorRole::Accent => {
                Bilingual::new("按键、当前窗格、找到的文字", "keys, the pane that has them, what was found")
            }
            ColorRole::Dim => Bilingual::new("次要文字、边框", "what is read second, lines"),
            ColorRole::Good => Bilingual::new("达成、正常、保持", "achieved, on track, holding"),
            ColorRole::Warn => Bilingual::new("需加快、进展有限、将到期", "speed up, limited, soon due"),
            ColorRole::Bad => Bilingual::new("倒退、逾期、出错", "worsening, overdue, what is wrong"),
        }
    }
}

/// Colours that somebody chose, by what they are for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoleColors(BTreeMap<&'static str, Color>);

impl RoleColors {
    /// Takes one by its word: `cyan`, `light-green`, `#5fd7d7`, `80`. False where that is no colour.
    pub fn set(&mut self, role: ColorRole, word: &str) -> bool {
        let color = Color::from_str(word.trim());
        color.is_ok_and(|color| {
            self.0.insert(role.word(), color);
            true
        })
    }

    pub fn iter(&self) -> impl Iterator<Item = (ColorRole, Color)> {
        self.0.iter().filter_map(|(word, color)| Some((ColorRole::parse(word)?, *color)))
    }
}

/// What stands behind the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Background {
    Light,
    Dark,
}

impl Background {
    /// Of a colour, each part from 0 to 1: whichever of black and white is read better on it.
    pub fn of_rgb([red, green, blue]: [f64; 3]) -> Self {
        let linear = |part: f64| {
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        let bright = 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
        // As far from white as from black.
        if bright > 0.179 { Background::Light } else { Background::Dark }
    }

    /// Of the variable `COLORFGBG`, in which some terminals say it: `15;0`.
    pub fn of_variable(value: &str) -> Option<Self> {
        let number: u8 = value.rsplit(';').next()?.parse().ok()?;
        match number {
            0..=6 | 8 => Some(Background::Dark),
            7 | 9..=15 => Some(Background::Light),
            _ => None,
        }
    }
}

/// The looks asked for, and what is known of the terminal before it is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThemeRequest {
    pub wish: ThemeWish,
    pub colors: RoleColors,
    /// The terminal has no more than sixteen colours.
    pub only_sixteen: bool,
    /// What the environment says of the background.
    pub background: Option<Background>,
}

impl ThemeRequest {
    /// No colours, whatever the terminal says.
    pub fn mono() -> Self {
        Self { wish: ThemeWish::Mono, colors: RoleColors::default(), only_sixteen: false, background: None }
    }

    /// Whether the terminal's answer matters.
    pub fn asks(&self) -> bool {
        self.wish == ThemeWish::Auto
    }

    /// What comes of it; `answer` is what the terminal says of its background. One of which nothing is known
    /// gets no colours: on the other background they could not be read.
    pub fn theme(&self, answer: Option<Background>) -> Theme {
        let background = match self.wish {
            ThemeWish::Mono => return Theme::MONO,
            ThemeWish::Light => Some(Background::Light),
            ThemeWish::Dark => Some(Background::Dark),
            ThemeWish::Auto => answer.or(self.background),
        };
        let theme = match (background, self.only_sixteen) {
            (None, _) | (Some(Background::Light), true) => Theme::MONO,
            (Some(Background::Light), false) => Theme::LIGHT,
            (Some(Background::Dark), false) => Theme::DARK,
            (Some(Background::Dark), true) => Theme::DARK_OF_SIXTEEN,
        };
        theme.with(&self.colors)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn request(wish: ThemeWish) -> ThemeRequest {
        ThemeRequest { wish, ..ThemeRequest::mono() }
    }

    #[rstest]
    #[case([1.0, 1.0, 1.0], Background::Light)]
    #[case([0.0, 0.0, 0.0], Background::Dark)]
    #[case([0.99, 0.96, 0.89], Background::Light)]
    #[case([0.0, 0.17, 0.21], Background::Dark)]
    #[case([0.0, 0.0, 1.0], Background::Dark)]
    fn a_background_is_what_its_text_has_to_stand_out_from(
        #[case] rgb: [f64; 3],
        #[case] expected: Background,
    ) {
        assert_eq!(Background::of_rgb(rgb), expected);
    }

    #[rstest]
    #[case("15;0", Some(Background::Dark))]
    #[case("0;default;15", Some(Background::Light))]
    #[case("0;7", Some(Background::Light))]
    #[case("default", None)]
    fn some_terminals_say_it_in_a_variable(#[case] value: &str, #[case] expected: Option<Background>) {
        assert_eq!(Background::of_variable(value), expected);
    }

    #[test]
    fn the_wish_counts_before_the_answer_and_the_answer_before_the_variable() {
        let dark = Some(Background::Dark);
        assert_eq!(request(ThemeWish::Light).theme(dark), Theme::LIGHT);
        let auto = ThemeRequest { background: dark, ..request(ThemeWish::Auto) };
        assert_eq!(auto.theme(Some(Background::Light)), Theme::LIGHT);
        assert_eq!(auto.theme(None), Theme::DARK);
        assert_eq!(request(ThemeWish::Auto).theme(None), Theme::MONO);
    }

    #[test]
    fn a_chosen_colour_takes_the_place_of_its_role_but_brings_none_where_none_are_wanted() {
        let mut colors = RoleColors::default();
        assert!(colors.set(ColorRole::Accent, "#102030") && !colors.set(ColorRole::Dim, "cyanish"));
        let asked = ThemeRequest { colors: colors.clone(), ..request(ThemeWish::Dark) };
        assert_eq!(asked.theme(None).mark().fg, Some(Color::Rgb(0x10, 0x20, 0x30)));
        assert_eq!(asked.theme(None).quiet(), Theme::DARK.quiet());
        assert_eq!(ThemeRequest { colors, ..ThemeRequest::mono() }.theme(None), Theme::MONO);
    }
}
