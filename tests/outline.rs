//! The outline as tables of (moves, expected rows), and as properties against a slow reference.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on stops")]

use std::sync::Arc;

use plan158::outline::{
    Folds, Outline, OutlineAction, OutlineChange, Rows, ScrollAlign, SiblingOrder, Sieve,
};
use plan158::plan::metric::Basis;
use plan158::plan::node::TableOrigin;
use plan158::plan::{Key, LevelId, Node, NodeId, Role, Tree};
use plan158::text::Text;
use proptest::prelude::*;
use rstest::rstest;

/// A tree from depths in reading order; a node's key tells its place: `n0`, `n1`, …
fn tree(depths: &[u32]) -> Tree {
    let mut nodes: Vec<Node> = Vec::new();
    let mut open: Vec<u32> = Vec::new();
    for (index, depth) in (0u32..).zip(depths) {
        let depth = (*depth).min(u32::try_from(open.len()).unwrap());
        open.truncate(depth as usize);
        nodes.push(Node {
            key: Key::new(&format!("n{index}")).unwrap(),
            level: LevelId(0),
            role: Role::Goal,
            depth,
            parent: open.last().map(|up| NodeId(*up)),
            parent_basis: Basis::Stated,
            subtree_end: NodeId(index + 1),
            title: Text::new(vec![format!("节点 {index}").into()]),
            summary: None,
            serves: Box::default(),
            tags: Box::default(),
            evidence: Box::default(),
            metric: None,
            more: None,
            origin: TableOrigin { file: 0, byte: 0 },
        });
        for up in &open {
            nodes[*up as usize].subtree_end = NodeId(index + 1);
        }
        open.push(index);
    }
    Tree::new(nodes)
}

/// n0 ─ n1 ─ (n2, n3), n4 ─ n5; n6 ─ n7
fn sample() -> Tree {
    tree(&[0, 1, 2, 2, 1, 2, 0, 1])
}

fn visible(outline: &Outline) -> Vec<u32> {
    (0..outline.rows().count()).filter_map(|row| outline.rows().get(row)).map(|id| id.0).collect()
}

#[rstest]
#[case::opens_with_its_roots_unfolded(&[], &[0, 1, 4, 6, 7], 0)]
#[case::a_fold_hides_what_is_below(&[OutlineAction::Toggle], &[0, 6, 7], 0)]
#[case::folding_a_leaf_goes_to_its_parent(&[OutlineAction::Down(1), OutlineAction::UnfoldOrChild, OutlineAction::UnfoldOrChild, OutlineAction::FoldOrParent], &[0, 1, 2, 3, 4, 6, 7], 1)]
#[case::folding_twice_goes_up(&[OutlineAction::Down(1), OutlineAction::FoldOrParent, OutlineAction::FoldOrParent], &[0, 6, 7], 0)]
#[case::unfolding_an_open_parent_goes_to_its_first_child(&[OutlineAction::UnfoldOrChild], &[0, 1, 4, 6, 7], 1)]
#[case::zc_on_a_leaf_folds_its_parent(&[OutlineAction::UnfoldAll, OutlineAction::Down(3), OutlineAction::Fold], &[0, 1, 4, 5, 6, 7], 1)]
#[case::all_unfolded(&[OutlineAction::UnfoldAll], &[0, 1, 2, 3, 4, 5, 6, 7], 0)]
#[case::folding_all_moves_the_cursor_to_the_root(&[OutlineAction::UnfoldAll, OutlineAction::Last, OutlineAction::FoldAll], &[0, 6], 6)]
#[case::two_levels(&[OutlineAction::UnfoldAll, OutlineAction::FoldToLevel(2)], &[0, 1, 4, 6, 7], 0)]
#[case::one_level(&[OutlineAction::FoldToLevel(1)], &[0, 6], 0)]
#[case::the_next_sibling_passes_what_is_below(&[OutlineAction::UnfoldAll, OutlineAction::Down(1), OutlineAction::NextSibling(1)], &[0, 1, 2, 3, 4, 5, 6, 7], 4)]
#[case::the_last_sibling_stays(&[OutlineAction::Down(2), OutlineAction::NextSibling(1)], &[0, 1, 4, 6, 7], 4)]
#[case::roots_are_siblings(&[OutlineAction::NextSibling(1)], &[0, 1, 4, 6, 7], 6)]
#[case::back_over_siblings(&[OutlineAction::NextSibling(1), OutlineAction::PreviousSibling(3)], &[0, 1, 4, 6, 7], 0)]
#[case::the_grandparent(&[OutlineAction::UnfoldAll, OutlineAction::Down(3), OutlineAction::Parent(2)], &[0, 1, 2, 3, 4, 5, 6, 7], 0)]
#[case::a_count_stops_at_the_end(&[OutlineAction::Down(9999)], &[0, 1, 4, 6, 7], 7)]
#[case::the_third_row(&[OutlineAction::Row(3)], &[0, 1, 4, 6, 7], 4)]
#[case::zooming_in_shows_the_branch_unfolded(&[OutlineAction::Down(1), OutlineAction::ZoomIn], &[1, 2, 3], 1)]
#[case::zooming_out_shows_what_is_around_it(&[OutlineAction::Down(1), OutlineAction::ZoomIn, OutlineAction::ZoomOut], &[0, 1, 2, 3, 4], 1)]
#[case::zooming_out_twice_shows_the_plan(&[OutlineAction::Down(1), OutlineAction::ZoomIn, OutlineAction::ZoomOut, OutlineAction::ZoomOut], &[0, 1, 2, 3, 4, 6, 7], 1)]
#[case::a_leaf_is_not_zoomed_into(&[OutlineAction::Last, OutlineAction::ZoomIn], &[0, 1, 4, 6, 7], 7)]
#[case::a_scope_does_not_fold(&[OutlineAction::Down(1), OutlineAction::ZoomIn, OutlineAction::FoldOrParent], &[1, 2, 3], 1)]
#[case::going_somewhere_opens_what_hides_it(&[OutlineAction::GoTo(NodeId(5))], &[0, 1, 4, 5, 6, 7], 5)]
#[case::going_out_of_scope_leaves_it(&[OutlineAction::Down(1), OutlineAction::ZoomIn, OutlineAction::GoTo(NodeId(7))], &[0, 1, 4, 6, 7], 7)]
#[case::going_within_scope_keeps_it(&[OutlineAction::Down(1), OutlineAction::ZoomIn, OutlineAction::GoTo(NodeId(3))], &[1, 2, 3], 3)]
fn after_these_moves(#[case] moves: &[OutlineAction], #[case] rows: &[u32], #[case] cursor: u32) {
    let tree = sample();
    let mut outline = Outline::new(&tree);
    outline.act(&tree, OutlineAction::Height(20));
    for action in moves {
        outline.act(&tree, *action);
    }
    assert_eq!((visible(&outline), outline.selected()), (rows.to_vec(), Some(NodeId(cursor))));
}

#[test]
fn a_move_that_changes_nothing_says_so() {
    let tree = sample();
    let mut outline = Outline::new(&tree);
    assert_eq!(outline.act(&tree, OutlineAction::Up(1)), OutlineChange::Unchanged);
    assert_eq!(outline.act(&tree, OutlineAction::ZoomOut), OutlineChange::Unchanged);
    assert_eq!(outline.act(&tree, OutlineAction::Down(1)), OutlineChange::Changed);
}

#[test]
fn an_empty_plan_has_no_rows_and_takes_every_move() {
    let tree = tree(&[]);
    let mut outline = Outline::new(&tree);
    for action in every_action() {
        outline.act(&tree, action);
    }
    assert_eq!((outline.rows().count(), outline.selected()), (0, None));
}

#[test]
fn a_page_moves_cursor_and_window_together() {
    let tree = tree(&vec![0; 100]);
    let mut outline = Outline::new(&tree);
    outline.act(&tree, OutlineAction::Height(20));
    outline.act(&tree, OutlineAction::Down(10));
    outline.act(&tree, OutlineAction::PageDown(1));
    assert_eq!((outline.cursor().row, outline.cursor().top), (30, 20));
    outline.act(&tree, OutlineAction::HalfUp(1));
    assert_eq!((outline.cursor().row, outline.cursor().top), (20, 10));
    outline.act(&tree, OutlineAction::AlignTo(ScrollAlign::Top));
    assert_eq!((outline.cursor().row, outline.cursor().top), (20, 20));
}

#[test]
fn the_place_survives_a_load_in_which_nodes_came_and_went() {
    let before = sample();
    let mut outline = Outline::new(&before);
    outline.act(&before, OutlineAction::UnfoldAll);
    outline.act(&before, OutlineAction::GoTo(NodeId(3)));
    let place = outline.place(&before);
    // n3 is gone: its parent n1 is selected; the new first root pushes everything down.
    let mut nodes = sample().nodes().to_vec();
    nodes.remove(3);
    for node in &mut nodes {
        node.subtree_end =
            NodeId(if node.subtree_end.0 > 3 { node.subtree_end.0 - 1 } else { node.subtree_end.0 });
        node.parent = node.parent.map(|up| NodeId(if up.0 > 3 { up.0 - 1 } else { up.0 }));
    }
    let after = Tree::new(nodes);
    let restored = Outline::restore(&after, &place, 20);
    assert_eq!(restored.selected().map(|id| after.node(id).key.to_string()).as_deref(), Some("n1"));
    assert_eq!(visible(&restored), [0, 1, 2, 3, 4, 5, 6]);
}

fn every_action() -> Vec<OutlineAction> {
    use OutlineAction::*;
    let plain =
        [Last, FoldOrParent, UnfoldOrChild, Toggle, Unfold, Fold, UnfoldAll, FoldAll, ZoomIn, ZoomOut];
    let counted = [
        Down(3),
        Up(2),
        Row(4),
        HalfDown(1),
        HalfUp(1),
        PageDown(2),
        PageUp(2),
        Parent(1),
        NextSibling(2),
        PreviousSibling(1),
    ];
    let others = [
        FoldToLevel(2),
        Scroll(3),
        Scroll(-2),
        AlignTo(ScrollAlign::Middle),
        Line(2),
        Height(7),
        Height(0),
        Height(1),
    ];
    plain.into_iter().chain(counted).chain(others).collect()
}

fn some_action() -> impl Strategy<Value = OutlineAction> {
    prop_oneof![4 => prop::sample::select(every_action()), 1 => (0u32..40).prop_map(|id| OutlineAction::GoTo(NodeId(id)))]
}

/// A step of the property: an action, or a search that leaves some nodes standing, or its end.
#[derive(Clone, Debug)]
enum Step {
    Act(OutlineAction),
    Sift(Vec<u32>),
    Unsift,
}

fn some_step() -> impl Strategy<Value = Step> {
    prop_oneof![
        8 => some_action().prop_map(Step::Act),
        2 => prop::collection::vec(0u32..40, 0..6).prop_map(Step::Sift),
        1 => Just(Step::Unsift),
    ]
}

/// The visible nodes by the definition: in scope, every ancestor up to the scope open, and held back by
/// nothing: a match, or above one.
fn slow_rows(tree: &Tree, outline: &Outline) -> Vec<NodeId> {
    let scope = outline.scope();
    let inside =
        |id: NodeId| scope.is_none_or(|scope| scope == id || tree.ancestors(id).any(|up| up == scope));
    let shown = |id: NodeId| tree.ancestors(id).filter(|up| inside(*up)).all(|up| outline.is_open(up));
    let kept = |id: NodeId| {
        let above = |found: &NodeId| *found == id || tree.ancestors(*found).any(|up| up == id);
        scope == Some(id) || outline.sieve().is_none_or(|sieve| sieve.matched().iter().any(above))
    };
    tree.ids().filter(|id| inside(*id) && shown(*id) && kept(*id)).collect()
}

proptest! {
    #[test]
    fn rows_equal_the_slow_reference_and_the_cursor_is_on_one_of_them(
        depths in prop::collection::vec(0u32..5, 1..40),
        steps in prop::collection::vec(some_step(), 0..30),
    ) {
        let tree = tree(&depths);
        let mut outline = Outline::new(&tree);
        for step in steps {
            match step {
                Step::Act(OutlineAction::GoTo(id)) if id.index() >= tree.count() => continue,
                Step::Act(action) => {
                    outline.act(&tree, action);
                    if let OutlineAction::GoTo(id) = action {
                        prop_assert_eq!(outline.selected(), Some(id));
                    }
                }
                Step::Sift(found) => {
                    let found = found.into_iter().map(NodeId).collect();
                    outline.sift(&tree, Arc::new(Sieve::new(&tree, found)));
                }
                Step::Unsift => {
                    let here = outline.selected();
                    outline.unsift(&tree);
                    prop_assert!(here.is_none() || outline.selected() == here);
                }
            }
            let rows: Vec<NodeId> = (0..outline.rows().count()).filter_map(|row| outline.rows().get(row)).collect();
            prop_assert_eq!(&rows, &slow_rows(&tree, &outline));
            let cursor = outline.cursor();
            prop_assert!(cursor.row < rows.len() || rows.is_empty());
            prop_assert!(cursor.top <= cursor.row);
            prop_assert!(cursor.height == 0 || cursor.row < cursor.top + cursor.height, "{:?}", cursor);
        }
        // Kept by key and taken up again, the outline is the same.
        let place = outline.place(&tree);
        let again = Outline::restore(&tree, &place, outline.cursor().height);
        prop_assert_eq!(visible(&again), visible(&outline));
        prop_assert_eq!(again.selected(), outline.selected());
    }

    #[test]
    fn a_sieve_counts_what_matches_below(depths in prop::collection::vec(0u32..5, 1..60), found in prop::collection::vec(0u32..70, 0..20)) {
        let tree = tree(&depths);
        let sieve = Sieve::new(&tree, found.iter().copied().map(NodeId).collect());
        for id in tree.ids() {
            let below = tree.ids().filter(|other| found.contains(&other.0) && tree.ancestors(*other).any(|up| up == id)).count();
            prop_assert_eq!(sieve.below(&tree, id).len(), below);
            prop_assert_eq!(sieve.matches(id), found.contains(&id.0));
            prop_assert_eq!(sieve.within(&tree, Some(id)).len(), below + usize::from(found.contains(&id.0)));
        }
    }

    #[test]
    fn a_row_is_found_by_its_node(depths in prop::collection::vec(0u32..5, 1..60), level in 0u32..4) {
        let tree = tree(&depths);
        let rows = Rows::build(&tree, &Folds::to_depth(&tree, level), None, None);
        for row in 0..rows.count() {
            prop_assert_eq!(rows.get(row).and_then(|id| rows.row_of(id)), Some(row));
        }
    }
}

/// The sample with a search that found n3 and n7, after some moves.
#[rstest]
#[case::matches_stand_in_their_tree_unfolded(&[], &[0, 1, 3, 6, 7], 0)]
#[case::siblings_that_are_held_back_are_passed_over(&[OutlineAction::Down(1), OutlineAction::NextSibling(1)], &[0, 1, 3, 6, 7], 1)]
#[case::the_first_child_that_shows(&[OutlineAction::Down(1), OutlineAction::UnfoldOrChild], &[0, 1, 3, 6, 7], 3)]
#[case::branches_fold(&[OutlineAction::Down(1), OutlineAction::Toggle], &[0, 1, 6, 7], 1)]
#[case::a_parent_with_nothing_found_below_does_not_fold(&[OutlineAction::Down(2), OutlineAction::Fold], &[0, 1, 6, 7], 1)]
#[case::zoom(&[OutlineAction::Down(1), OutlineAction::ZoomIn], &[1, 3], 1)]
#[case::going_to_what_is_held_back_shows_everything(&[OutlineAction::GoTo(NodeId(5))], &[0, 1, 4, 5, 6, 7], 5)]
fn among_matches(#[case] moves: &[OutlineAction], #[case] rows: &[u32], #[case] cursor: u32) {
    let tree = sample();
    let mut outline = Outline::new(&tree);
    outline.act(&tree, OutlineAction::Height(20));
    outline.sift(&tree, Arc::new(Sieve::new(&tree, vec![NodeId(7), NodeId(3)])));
    for action in moves {
        outline.act(&tree, *action);
    }
    assert_eq!((visible(&outline), outline.selected()), (rows.to_vec(), Some(NodeId(cursor))));
}

#[test]
fn the_folds_of_the_whole_are_there_again_afterwards_but_for_what_hides_the_cursor() {
    let tree = sample();
    let mut outline = Outline::new(&tree);
    outline.sift(&tree, Arc::new(Sieve::new(&tree, vec![NodeId(3), NodeId(5)])));
    outline.act(&tree, OutlineAction::Down(2));
    assert_eq!(outline.selected(), Some(NodeId(3)));
    outline.unsift(&tree);
    assert_eq!((visible(&outline), outline.selected()), (vec![0, 1, 2, 3, 4, 6, 7], Some(NodeId(3))));
}

#[test]
fn the_cursor_goes_back_where_it_was_after_a_search_that_found_nothing() {
    let tree = sample();
    let mut outline = Outline::new(&tree);
    outline.act(&tree, OutlineAction::Last);
    outline.sift(&tree, Arc::default());
    assert_eq!((outline.rows().count(), outline.selected()), (0, None));
    outline.sift(&tree, Arc::default());
    outline.unsift(&tree);
    assert_eq!(outline.selected(), Some(NodeId(7)));
}

proptest! {
    /// However siblings are ordered, the same rows stand, each below its parent and beside its siblings in
    /// that order, and each is found.
    #[test]
    fn an_order_moves_whole_branches_among_their_siblings(depths in proptest::collection::vec(0u32..4, 1..30), salt in 0u32..1000, scope in 0usize..30) {
        let tree = tree(&depths);
        let scope = tree.ids().nth(scope);
        let rows = Rows::build(&tree, &Folds::opened(tree.count()), scope, None);
        let key = |id: NodeId| (id.0.wrapping_mul(2_654_435_761).wrapping_add(salt)) % 7;
        let order = SiblingOrder::new(&tree, |one, other| key(one).cmp(&key(other)));
        let ordered = rows.clone().ordered(&tree, &order);
        let ids = |rows: &Rows| -> Vec<NodeId> { (0..rows.count()).filter_map(|row| rows.get(row)).collect() };
        let (plain, sorted) = (ids(&rows), ids(&ordered));
        let mut same = sorted.clone();
        same.sort_unstable();
        prop_assert_eq!(&same, &plain);
        for (row, id) in sorted.iter().enumerate() {
            prop_assert_eq!(ordered.row_of(*id), Some(row));
            // The rows behind a node, as many as are below it, are those below it.
            let below = plain.iter().filter(|other| tree.ancestors(**other).any(|up| up == *id)).count();
            for behind in &sorted[row + 1..=row + below] {
                prop_assert!(tree.ancestors(*behind).any(|up| up == *id));
            }
        }
        for pair in sorted.iter().enumerate().flat_map(|(at, one)| sorted[at + 1..].iter().map(move |other| (*one, *other))) {
            if tree.node(pair.0).parent == tree.node(pair.1).parent {
                prop_assert!((key(pair.0), pair.0) < (key(pair.1), pair.1));
            }
        }
    }
}
