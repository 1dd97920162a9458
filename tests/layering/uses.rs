//! Reads the paths out of the sources: `use` groups, paths within code, `super::` and `self::`, also below
//! test modules. Tests are left out.

use std::collections::{BTreeMap, BTreeSet};

/// A path that a file names, as the names from the crate on (`["plan", "text", "Bilingual"]`), and its line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The module it stands in.
    pub module: Vec<String>,
    /// What it names.
    pub path: Vec<String>,
    /// Its line, from 1.
    pub line: usize,
    /// The name that it brings into the module, for an import.
    pub binds: Option<String>,
}

/// The module that a file of `src/` is: `plan/raw/node.rs` gives `["plan", "raw", "node"]`.
pub fn module_of(path: &str) -> Vec<String> {
    path.trim_end_matches(".rs").split('/').map(str::to_owned).collect()
}

/// The text with its comments, strings, characters and tests blanked out; its lines stay.
pub fn code_only(text: &str) -> String {
    without_tests(&without_words(text))
}

fn blank(chars: &[char]) -> impl Iterator<Item = char> + '_ {
    chars.iter().map(|c| if *c == '\n' { '\n' } else { ' ' })
}

fn without_words(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        let end = match chars[at] {
            '/' if chars.get(at + 1) == Some(&'/') => {
                chars[at..].iter().position(|c| *c == '\n').map_or(chars.len(), |length| at + length)
            }
            '"' => string_end(&chars, at),
            'r' if !at.checked_sub(1).is_some_and(|before| is_name(chars[before])) => {
                raw_string_end(&chars, at).unwrap_or(at)
            }
            '\'' => char_end(&chars, at).unwrap_or(at),
            _ => at,
        };
        if end == at {
            out.push(chars[at]);
            at += 1;
        } else {
            out.extend(blank(&chars[at..end]));
            at = end;
        }
    }
    out
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn string_end(chars: &[char], start: usize) -> usize {
    let mut at = start + 1;
    while at < chars.len() && chars[at] != '"' {
        at += if chars[at] == '\\' { 2 } else { 1 };
    }
    (at + 1).min(chars.len())
}

fn raw_string_end(chars: &[char], start: usize) -> Option<usize> {
    let hashes = chars[start + 1..].iter().take_while(|c| **c == '#').count();
    let opens = start + 1 + hashes;
    (chars.get(opens) == Some(&'"')).then(|| {
        let closes = |at: &usize| {
            chars[*at] == '"' && chars[at + 1..].iter().take(hashes).filter(|c| **c == '#').count() == hashes
        };
        (opens + 1..chars.len()).find(closes).map_or(chars.len(), |at| at + 1 + hashes)
    })
}

/// The end of a character literal; `None` for a lifetime.
fn char_end(chars: &[char], start: usize) -> Option<usize> {
    if chars.get(start + 1) == Some(&'\\') {
        let length = chars[start + 3..].iter().position(|c| *c == '\'')?;
        return Some(start + 4 + length);
    }
    (chars.get(start + 2) == Some(&'\'')).then_some(start + 3)
}

/// Blanks every item that is only there for tests, and nothing behind it.
fn without_tests(text: &str) -> String {
    let mut out = text.to_owned();
    while let Some(start) = out.find("#[cfg(test)]") {
        let rest = &out[start..];
        let opens = rest.find('{').unwrap_or(rest.len());
        let ends = rest.find(';').unwrap_or(rest.len());
        let length = if ends < opens { ends + 1 } else { block_length(rest, opens) };
        let blanked: String = blank(&rest[..length].chars().collect::<Vec<_>>()).collect();
        out.replace_range(start..start + length, &blanked);
    }
    out
}

fn block_length(text: &str, opens: usize) -> usize {
    let mut depth = 0_usize;
    for (at, c) in text[opens..].char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return opens + at + 1;
        }
    }
    text.len()
}

/// Names and signs, each with its line; `::` is one sign.
fn tokens(code: &str) -> Vec<(&str, usize)> {
    let mut found = Vec::new();
    for (index, line) in code.lines().enumerate() {
        let mut rest = line.trim_start();
        while let Some(first) = rest.chars().next() {
            let length = if is_name(first) {
                rest.find(|c| !is_name(c)).unwrap_or(rest.len())
            } else if rest.starts_with("::") {
                2
            } else {
                first.len_utf8()
            };
            found.push((&rest[..length], index + 1));
            rest = rest[length..].trim_start();
        }
    }
    found
}

/// Every path in a file's code that leads to a module of this crate.
pub fn named(module: &[String], text: &str) -> Vec<Named> {
    let code = code_only(text);
    let tokens = tokens(&code);
    let mut reading = Reading { tokens: &tokens, at: 0, module: module.to_vec(), found: Vec::new() };
    let mut depth = 0_usize;
    let mut inline = Vec::new();
    while let Some((token, _)) = tokens.get(reading.at) {
        let name_of_block = (*token == "mod" && reading.sign(2) == "{").then(|| reading.sign(1).to_owned());
        match *token {
            "{" => depth += 1,
            "}" => {
                depth = depth.saturating_sub(1);
                if inline.last() == Some(&depth) {
                    inline.pop();
                    reading.module.pop();
                }
            }
            // `impl Trait + use<'a>` names lifetimes, not paths.
            "use" if reading.sign(1) != "<" => reading.import(),
            "crate" | "super" | "self" if reading.sign(1) == "::" => reading.path(),
            _ => {}
        }
        if let Some(name) = name_of_block {
            reading.module.push(name);
            inline.push(depth);
            reading.at += 1;
        }
        reading.at += 1;
    }
    reading.found
}

struct Reading<'t> {
    tokens: &'t [(&'t str, usize)],
    at: usize,
    module: Vec<String>,
    found: Vec<Named>,
}

impl<'t> Reading<'t> {
    fn sign(&self, ahead: usize) -> &'t str {
        self.tokens.get(self.at + ahead).map_or("", |(token, _)| token)
    }

    /// A path within code; stands on its last name afterwards.
    fn path(&mut self) {
        let line = self.tokens[self.at].1;
        let mut names = vec![self.sign(0).to_owned()];
        while self.sign(1) == "::" && self.sign(2).starts_with(is_name) {
            self.at += 2;
            names.push(self.sign(0).to_owned());
        }
        self.add(&names, line, None);
    }

    /// A `use` with its groups; stands on its `;` afterwards.
    fn import(&mut self) {
        self.at += 1;
        self.branch(&[]);
    }

    fn branch(&mut self, before: &[String]) {
        let mut names = before.to_vec();
        loop {
            let (token, line) = self.tokens.get(self.at).copied().unwrap_or((";", 0));
            match token {
                "::" => self.at += 1,
                "{" => {
                    self.at += 1;
                    while !["}", ";", ""].contains(&self.sign(0)) {
                        self.branch(&names);
                        self.at += usize::from(self.sign(0) == ",");
                    }
                    self.at += 1;
                    return;
                }
                "as" => {
                    let binds = self.sign(1).to_owned();
                    self.at += 2;
                    self.add(&names, line, Some(binds));
                    return;
                }
                "*" => {
                    self.at += 1;
                    self.add(&names, line, None);
                    return;
                }
                "," | "}" | ";" => {
                    let binds = names.last().cloned();
                    self.add(&names, line, binds);
                    return;
                }
                "self" if !names.is_empty() => self.at += 1,
                name => {
                    names.push(name.to_owned());
                    self.at += 1;
                }
            }
        }
    }

    fn add(&mut self, names: &[String], line: usize, binds: Option<String>) {
        let mut path = self.module.clone();
        for (index, name) in names.iter().enumerate() {
            match name.as_str() {
                "crate" if index == 0 => path.clear(),
                "self" => {}
                "super" => drop(path.pop()),
                _ => path.push(name.clone()),
            }
        }
        self.found.push(Named { module: self.module.clone(), path, line, binds });
    }
}

/// The files without those that are modules for tests only, `#[cfg(test)] mod name;`, and what is below
/// these.
pub fn without_test_files(files: Vec<(Vec<String>, String)>) -> Vec<(Vec<String>, String)> {
    let only_tests: Vec<Vec<String>> = files
        .iter()
        .flat_map(|(module, text)| {
            let behind = text.split("#[cfg(test)]").skip(1).map(str::trim_start);
            let name = |rest: &str| Some(rest.strip_prefix("mod ")?.split_once(';')?.0.to_owned());
            let names = behind.filter_map(name).filter(|name| name.chars().all(is_name));
            names.map(|name| [module.as_slice(), &[name]].concat()).collect::<Vec<_>>()
        })
        .collect();
    let is_kept = |module: &[String]| !only_tests.iter().any(|tests| module.starts_with(tests));
    files.into_iter().filter(|(module, _)| is_kept(module)).collect()
}

/// A line of a file that uses another file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Use {
    /// The module that uses.
    pub from: Vec<String>,
    /// The module it uses, where the name is defined rather than passed on.
    pub to: Vec<String>,
    /// Its line, from 1.
    pub line: usize,
}

/// Who uses whom among files, given as module and text.
pub fn uses(files: &[(Vec<String>, String)]) -> Vec<Use> {
    let modules: BTreeSet<&[String]> = files.iter().map(|(module, _)| module.as_slice()).collect();
    let all: Vec<(&[String], Named)> = files
        .iter()
        .flat_map(|(module, text)| named(module, text).into_iter().map(|named| (module.as_slice(), named)))
        .collect();
    let imports: BTreeMap<(&[String], &str), &[String]> = all
        .iter()
        .filter_map(|(module, named)| Some(((*module, named.binds.as_deref()?), named.path.as_slice())))
        .collect();
    let mut found: Vec<Use> = all
        .iter()
        .filter_map(|(module, named)| {
            let to = definition(&named.path, &modules, &imports)?;
            Some(Use { from: module.to_vec(), to, line: named.line })
        })
        .filter(|used| used.from != used.to)
        .collect();
    found.sort();
    found
}

/// The file in which what a path names is defined; names that a file only passes on lead further.
fn definition(
    path: &[String],
    modules: &BTreeSet<&[String]>,
    imports: &BTreeMap<(&[String], &str), &[String]>,
) -> Option<Vec<String>> {
    let mut path = path.to_vec();
    // A name is passed on a few times at most; more is a circle of names.
    for _ in 0..8 {
        let length = (1..=path.len()).rev().find(|length| modules.contains(&path[..*length]))?;
        let Some(item) = path.get(length) else { return Some(path) };
        match imports.get(&(&path[..length], item.as_str())) {
            Some(passed) if **passed != path[..=length] => {
                path = passed.iter().chain(&path[length + 1..]).cloned().collect();
            }
            _ => return Some(path[..length].to_vec()),
        }
    }
    None
}

/// Circles among the modules that stand side by side in one module, each with a line for every step of it.
/// What stands in a module's folder counts as that module; a module and what is in its own folder may use one
/// another.
pub fn circles(uses: &[Use]) -> Vec<String> {
    let mut arrows: BTreeMap<&[String], BTreeMap<&str, BTreeMap<&str, &Use>>> = BTreeMap::new();
    for used in uses {
        let shared = used.from.iter().zip(&used.to).take_while(|(from, to)| from == to).count();
        if let (Some(from), Some(to)) = (used.from.get(shared), used.to.get(shared)) {
            let inside = arrows.entry(&used.from[..shared]).or_default();
            inside.entry(from).or_default().entry(to).or_insert(used);
        }
    }
    arrows.values().flat_map(circles_among).collect()
}

fn circles_among(arrows: &BTreeMap<&str, BTreeMap<&str, &Use>>) -> Vec<String> {
    let reached = |start: &str| {
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        let mut open: Vec<&str> = arrows.get(start).into_iter().flat_map(BTreeMap::keys).copied().collect();
        while let Some(next) = open.pop() {
            if seen.insert(next) {
                open.extend(arrows.get(next).into_iter().flat_map(BTreeMap::keys).copied());
            }
        }
        seen
    };
    let mut found = Vec::new();
    for (from, targets) in arrows {
        for (to, used) in targets {
            if reached(to).contains(from) {
                found.push(format!(
                    "src/{}.rs:{}: {from} uses {to}, which uses it in turn ({})",
                    used.from.join("/"),
                    used.line,
                    used.to.join("/"),
                ));
            }
        }
    }
    found
}
