//! A model of the journal: any interleaving of writers on several machines, writers killed at any byte,
//! copies of sync tools, rewritten files, merges, undo and redo, held against a reference that folds a plain
//! list of records in the most obvious way.

#[path = "model/act.rs"]
mod act;
#[path = "model/place.rs"]
mod place;
#[path = "model/reference.rs"]
mod reference;
#[path = "model/told.rs"]
mod told;
#[path = "model/world.rs"]
mod world;

use proptest::prelude::*;

use self::world::{Op, World};

fn op() -> impl Strategy<Value = Op> {
    let place = 0..world::FOLDERS;
    let writer = || (0..world::SCREENS, 0..world::AUTHORS.len(), -90_i64..90);
    let acts = || prop::collection::vec(act::act(), 1..3);
    prop_oneof![
        8 => (writer(), acts()).prop_map(|(writer, acts)| Op::Write { writer, acts }),
        3 => writer().prop_map(|writer| Op::Undo { writer }),
        2 => writer().prop_map(|writer| Op::Redo { writer }),
        2 => (writer(), acts(), any::<prop::sample::Index>())
            .prop_map(|(writer, acts, cut)| Op::Killed { writer, acts, cut }),
        2 => (place.clone(), any::<prop::sample::Index>(), 0_u8..2, any::<prop::sample::Index>(), any::<bool>())
            .prop_map(|(folder, file, copy, cut, crlf)| Op::Copied { folder, file, copy, cut, crlf }),
        1 => (place.clone(), any::<prop::sample::Index>(), any::<prop::sample::Index>())
            .prop_map(|(folder, file, by)| Op::Rearranged { folder, file, by }),
        1 => (place.clone(), any::<prop::sample::Index>())
            .prop_map(|(folder, of)| Op::Rival { folder, of }),
        1 => (place.clone(), 0_u8..3).prop_map(|(folder, kind)| Op::Stranger { folder, kind }),
        1 => (0..world::SCREENS).prop_map(|into| Op::Merged { into }),
        1 => (0..world::AUTHORS.len()).prop_map(|by| Op::UndoneTwice { by }),
        3 => (0..world::SCREENS).prop_map(|screen| Op::Looked { screen }),
        1 => (0..world::SCREENS).prop_map(|screen| Op::Restarted { screen }),
    ]
}

proptest! {
    // More with PROPTEST_CASES.
    #![proptest_config(ProptestConfig {
        cases: std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(200),
        max_shrink_iters: 4_000,
        ..ProptestConfig::default()
    })]

    #[test]
    fn whatever_happens_to_its_files_a_journal_says_what_the_plain_list_of_records_says(
        ops in prop::collection::vec(op(), 1..16),
    ) {
        let mut world = World::new();
        for op in &ops {
            world.run(op);
        }
        world.settle();
    }
}
