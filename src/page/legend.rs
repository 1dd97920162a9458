//! What every sign on a row means: verdicts, reasons why there is none, cautions, marks of levels, and what
//! else can stand there.

use super::PageReader;
use super::block::{Block, Inline, Line, Pair, Words};
use super::reader::pairs;
use crate::chart::Glyphs;
use crate::plan::State;
use crate::progress::{Flag, Turn};
use crate::text::{Bilingual, Ui};

/// A row's signs beside title and state, as they are drawn (Chinese, other languages, ASCII), and their
/// meaning.
const BESIDE: [([&str; 3], (&str, &str)); 7] = [
    (["▾", "▾", "▾"], ("已展开；▸ 已折叠", "unfolded; ▸ is folded")),
    (["✎2", "✎2", "✎2"], ("笔记数", "how many notes it has")),
    (["*", "*", "*"], ("已加星标", "starred")),
    (
        ["60%", "60%", "60%"],
        ("有人填报的进度；▮▯ 是同一数字的条形", "progress that somebody gave; ▮▯ is a bar of it"),
    ),
    (
        ["异", "!", "!"],
        (
            "作者之间、来源之间，或人与计算之间不一致",
            "a caution: authors or sources differ, or a person and the computation",
        ),
    ),
    (["…", "…", "…"], ("放不下；卡片上有全文或数值", "no room: the card has the whole text or figure")),
    (["?", "?", "?"], ("已离开规划的节点", "a node that has left the plan")),
];

/// The columns of a row: what heads them, and what stands in them.
const COLUMNS: [[(&str, &str); 2]; 3] = [
    [
        ("项数/现值", "parts/now"),
        (
            "上级：其下计入的项数；指标：最近的实际值",
            "a parent: how many parts count below it; a metric: its latest actual value",
        ),
    ],
    [
        ("目标", "target"),
        (
            "上级：其中有判断的项数；指标：据以判断的目标",
            "a parent: how many of them are judged; a metric: the target that counts",
        ),
    ],
    [
        ("判断", "standing"),
        (
            "上级：各种判断各有几项；其他：判断，或没有判断的原因",
            "a parent: how many stand how; else the verdict, or why there is none",
        ),
    ],
];

impl PageReader<'_> {
    /// The legend.
    pub fn legend(&self, glyphs: Glyphs) -> Vec<Block> {
        let heading = |zh: &str, en: &str| Block::Heading(vec![Inline::Words(self.say(zh, en))]);
        let mut blocks = vec![heading("图例", "Legend")];
        let named = |[label, meaning]: [(&str, &str); 2]| self.pair(label.0, label.1, self.meant(meaning));
        blocks.push(heading("列", "Columns"));
        blocks.extend(pairs(COLUMNS.into_iter().map(named).collect()));
        blocks.push(heading("判断", "Verdicts"));
        blocks.extend(pairs(self.states(glyphs, State::is_verdict)));
        blocks.push(heading("没有判断的原因", "Why there is no verdict"));
        blocks.extend(pairs(self.states(glyphs, |state| !state.is_verdict())));
        blocks.push(heading("没有目标时", "Where there is no target"));
        let turns = [
            (Turn::Better, ("数值朝期望的方向变化", "the figures went the wanted way")),
            (Turn::Worse, ("数值朝相反的方向变化", "the figures went the other way")),
            (
                Turn::Flat,
                ("变化不超过容差，或前后不一致", "no change beyond the tolerance, or not all one way"),
            ),
        ];
        let turn = |(turn, meaning): (Turn, _)| Pair::new(self.label(turn), self.meant(meaning));
        blocks.extend(pairs(turns.map(turn).into()));
        blocks.push(heading("标题旁", "Beside a title"));
        let beside = BESIDE.iter().map(|([zh, en, ascii], meaning)| {
            let sign = |ui: Ui| match glyphs {
                Glyphs::Ascii => *ascii,
                Glyphs::Unicode => ui.pick(*zh, *en),
            };
            Pair::new(self.spoken(|ui| sign(ui).to_owned()), self.meant(*meaning))
        });
        blocks.extend(pairs(beside.collect()));
        blocks
            .push(heading("层级（ID 很短时直接显示 ID）", "Levels (a short id stands in the mark's place)"));
        let levels = self.plan.levels.iter().map(|level| {
            Pair::new(
                self.as_it_is(level.mark_in(self.show.main())),
                vec![Inline::Words(self.text(&level.label))],
            )
        });
        blocks.extend(pairs(levels.collect()));
        blocks.push(heading("卡片上的注意事项", "Cautions on a card"));
        let flag = |flag: &Flag| {
            let label = self.spoken(|ui| match ui {
                Ui::Zh => format!("{} {}", flag.sign(ui), flag.label(ui)),
                Ui::En => flag.label(ui).to_owned(),
            });
            Pair::new(label, vec![Inline::Words(self.said(&flag.meaning()))])
        };
        blocks.extend(pairs(Flag::ALL.iter().map(flag).collect()));
        blocks
    }

    fn meant(&self, (zh, en): (&str, &str)) -> Line {
        vec![Inline::Words(self.say(zh, en))]
    }

    fn states(&self, glyphs: Glyphs, wanted: impl Fn(State) -> bool) -> Vec<Pair> {
        let label = |state: State| -> Words {
            self.spoken(|ui| match glyphs {
                Glyphs::Ascii => {
                    format!("{} {}", state.ascii_sign(), state.label(ui)).trim_start().to_owned()
                }
                Glyphs::Unicode => state.signed(ui),
            })
        };
        let states = State::ALL.into_iter().filter(|state| wanted(*state));
        states.map(|state| Pair::new(label(state), vec![Inline::Words(self.said(&meaning(state)))])).collect()
    }
}

/// What a state says, as a sentence without a full stop.
fn meaning(state: State) -> Bilingual {
    let (zh, en) = match state {
        State::NotStarted => ("有人判断：尚未开始", "people say that it has not begun"),
        State::OnTrack => ("按规则的速度能到达目标", "at the rule's pace it reaches the target"),
        State::NeedsAcceleration => ("方向正确，速度不够", "the right way, not fast enough"),
        State::Limited => ("方向正确，远远不够", "the right way, far from enough"),
        State::Regressing => ("背离目标，或已失守", "it moves away from the target, or has slipped below it"),
        State::Achieved => ("最近的实际值达到目标", "the latest actual meets the target"),
        State::Dropped => ("有人判断：已不再推进", "people say that it is no longer pursued"),
        State::InsufficientEvidence => {
            ("有人判断：证据不足以下结论", "people say that the evidence does not suffice")
        }
        State::NotAssessable => ("不是可以按数判断的内容", "nothing that figures could decide"),
        State::NoBaseline => ("缺少起点，无法计算速度", "no starting point, so no pace can be worked out"),
        State::NoTarget => ("规划没有给出目标", "the plan states no target"),
        State::Undated => ("目标没有期限", "the target has no date"),
        State::NoData => ("没有实际值", "no actual value is known"),
        State::NotJudged => ("由人判断，还没有人判断过", "left to people, and nobody has judged it"),
        State::Undetermined => {
            ("数值相互抵触或过于粗略", "the figures contradict one another or are too rough")
        }
        State::Hold => ("已达成，保持即可", "already there: it only has to hold"),
        State::Overdue => ("期限已过，未达目标", "its date has passed and the target was not met"),
        State::Occurred => ("事件，不作判断", "an event: it has happened and is not judged"),
    };
    Bilingual::new(zh, en)
}
