//! A plan's file as somebody else edits it meanwhile: nodes come, go, change place and name, and the file
//! breaks.

use super::dice::{Dice, WORDS};

/// Where a plan's file is cut: the manifest, then a node a piece.
fn pieces(text: &str) -> (String, Vec<String>) {
    let is_node =
        |line: &str| ["[[goal]]", "[[action]]", "[[metric]]"].iter().any(|head| line.starts_with(head));
    let mut head = String::new();
    let mut nodes: Vec<String> = Vec::new();
    for line in text.split_inclusive('\n') {
        if is_node(line) {
            nodes.push(String::new());
        }
        nodes.last_mut().unwrap_or(&mut head).push_str(line);
    }
    (head, nodes)
}

fn joined(head: &str, nodes: &[String]) -> String {
    format!("{head}{}", nodes.concat())
}

/// The beginnings of a plan's file as it is read piece by piece, each with a node at least.
pub fn beginnings(text: &str, dice: &mut Dice) -> Vec<String> {
    let (head, nodes) = pieces(text);
    let mut ends: Vec<usize> = (0..dice.number(1..4)).map(|_| dice.number(1..nodes.len().max(2))).collect();
    ends.sort_unstable();
    ends.dedup();
    ends.into_iter().map(|end| joined(&head, &nodes[..end.min(nodes.len())])).collect()
}

/// The id of a node's piece.
fn id_of(node: &str) -> Option<&str> {
    node.lines().find_map(|line| line.strip_prefix("id = \"")?.strip_suffix('"'))
}

/// A text as TOML writes it.
fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

/// The file after somebody's edit. `first` is what it was at the beginning, which comes back now and then.
pub fn edited(text: &str, first: &str, dice: &mut Dice) -> String {
    if dice.happens(300) {
        return first.to_owned();
    }
    let (head, mut nodes) = pieces(text);
    if nodes.is_empty() {
        return first.to_owned();
    }
    let at = dice.number(0..nodes.len());
    let id = id_of(&nodes[at]).unwrap_or("a1").to_owned();
    match dice.number(0..18) {
        0 => drop(nodes.remove(at)),
        1 | 2 => without_branch(&mut nodes, &id),
        3 => return text.replace(&format!("\"{id}\""), &format!("\"{id}-new\"")),
        4 => {
            let renamed = text.replace(&format!("\"{id}\""), &format!("\"{id}z\""));
            let line = format!("id = \"{id}z\"\n");
            return renamed.replacen(&line, &format!("{line}aliases = [\"{id}\"]\n"), 1);
        }
        5 | 6 => {
            let other = dice.number(0..nodes.len());
            nodes.swap(at, other);
        }
        7 => nodes.iter_mut().for_each(|node| *node = without(node, "serves = ")),
        8 => nodes[at] = without(&nodes[at], "serves = "),
        9 => return joined(&head.replace("languages = [\"zh\", \"en\"]", "languages = [\"zh\"]"), &nodes),
        10 => {
            let title = format!("title = {{ zh = {0}, en = {0} }}\n", quoted(&dice.words()));
            nodes[at] = without(&nodes[at], "title = ") + &title;
        }
        11 => return cut(text, dice),
        12 => return format!("{text}\n{}", dice.one(&WORDS)),
        13 => return joined(&without(&head, "matrix = "), &nodes),
        14 => {
            let gone = dice.word(&["observed = ", "target = ", "baseline = ", "evidence = ", "summary = "]);
            nodes[at] = without(&nodes[at], gone);
        }
        15 => {
            let parent = id_of(dice.one::<String>(&nodes)).unwrap_or("root").to_owned();
            nodes[at] = without(&nodes[at], "parent = ");
            let end = nodes[at].find("title = ").unwrap_or(0);
            nodes[at].insert_str(end, &format!("parent = \"{parent}\"\n"));
        }
        16 => return if dice.happens(300) { head } else { without_all_but(&head, &nodes, at) },
        _ => nodes.insert(at, new_node(&nodes, dice)),
    }
    joined(&head, &nodes)
}

fn without_all_but(head: &str, nodes: &[String], at: usize) -> String {
    joined(head, &[without(&without(&nodes[at], "parent = "), "serves = ")])
}

/// The piece without the lines that begin so.
fn without(piece: &str, start: &str) -> String {
    piece.split_inclusive('\n').filter(|line| !line.starts_with(start)).collect()
}

/// A node goes with everything below it, and every link to one of them.
fn without_branch(nodes: &mut Vec<String>, id: &str) {
    let mut gone = vec![id.to_owned()];
    loop {
        let under = |node: &&String| gone.iter().any(|id| node.contains(&format!("parent = \"{id}\"\n")));
        let more: Vec<String> =
            nodes.iter().filter(under).filter_map(|node| id_of(node)).map(str::to_owned).collect();
        let more: Vec<String> = more.into_iter().filter(|id| !gone.contains(id)).collect();
        if more.is_empty() {
            break;
        }
        gone.extend(more);
    }
    nodes.retain(|node| id_of(node).is_none_or(|id| !gone.iter().any(|gone| gone == id)));
    for node in nodes {
        let links = |line: &str| {
            line.starts_with("serves = ") && gone.iter().any(|id| line.contains(&format!("\"{id}\"")))
        };
        *node = node.split_inclusive('\n').filter(|line| !links(line)).collect();
    }
}

fn cut(text: &str, dice: &mut Dice) -> String {
    let mut end = dice.number(0..text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text[..end].to_owned()
}

fn new_node(nodes: &[String], dice: &mut Dice) -> String {
    let parents: Vec<&str> =
        nodes.iter().filter(|node| !node.starts_with("[[metric]]")).filter_map(|node| id_of(node)).collect();
    let parent = if parents.is_empty() { "root" } else { *dice.one(&parents) };
    let (number, title) = (dice.number(0..1_000_000), quoted(&dice.words()));
    let serves = if dice.happens(500) { format!("serves = [\"{parent}\"]\n") } else { String::new() };
    format!(
        "[[action]]\nid = \"n{number}\"\nlevel = \"action\"\nparent = \"{parent}\"\n{serves}title = {{ zh = {title}, en = {title} }}\nevidence = []\n"
    )
}

/// The small plan with many more nodes in it: wide, or a chain.
pub fn grown(text: &str, dice: &mut Dice) -> String {
    let (head, mut nodes) = pieces(text);
    let is_chain = dice.happens(300);
    for _ in 0..dice.number(20..120) {
        let last = nodes.last().filter(|_| is_chain).cloned();
        let node = new_node(last.as_ref().map_or(&nodes[..], std::slice::from_ref), dice);
        nodes.push(node);
    }
    joined(&head, &nodes)
}
