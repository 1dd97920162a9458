//! The words of the commands about what people add.

use super::Words;

/// The table.
pub(super) const WORDS: &[Words] = &[
    Words {
        name: "annotate",
        about: (
            "在节点上记录：一次调用是一条记录",
            "Record what you have to say of a node; one call is one record",
        ),
        args: &[
            ("id", ("节点的 id", "the node's id")),
            (
                "status",
                (
                    "结论：not-started、on-track、needs-acceleration、limited、regressing、achieved、dropped、insufficient-evidence；none 清除",
                    "a verdict: not-started, on-track, needs-acceleration, limited, regressing, achieved, dropped, insufficient-evidence; none clears it",
                ),
            ),
            ("reason", ("结论的理由", "why")),
            ("progress", ("进度，0 到 100；none 清除", "how far it is, 0 to 100; none clears it")),
            ("note", ("笔记，或 --edit 的新文字", "a note, or the new words for --edit")),
            (
                "kind",
                (
                    "笔记种类：progress（默认）、evidence、concern、question、definition、decision",
                    "what the note is: progress (unless said), evidence, concern, question, definition, decision",
                ),
            ),
            (
                "observe",
                (
                    "指标的实际值：95.2、35..45、量表的一级或里程碑阶段",
                    "an actual value: 95.2, 35..45, a step of a scale, a milestone's stage",
                ),
            ),
            (
                "on",
                (
                    "该值所属的时间：2025、2025-10、2025-10-20、2021..2025",
                    "when it held: 2025, 2025-10, 2025-10-20, 2021..2025",
                ),
            ),
            (
                "bound",
                (
                    "界限：exact、at-least、more-than、at-most、about、nearly",
                    "exact, at-least, more-than, at-most, about, nearly",
                ),
            ),
            (
                "value_source",
                ("出处：规划中来源的 id，或任意文字", "where it was found: a source's id, or any text"),
            ),
            ("grade", ("出处等级：A、B、C、D", "how good that is: A, B, C, D")),
            (
                "series_break",
                (
                    "此后口径改变：2025、2025-10、2025-10-20；前后不再相比",
                    "after this the series counts something else: 2025, 2025-10, 2025-10-20; both sides compare no more",
                ),
            ),
            ("tag", ("加标签（可多次给出）", "a tag (may be repeated)")),
            ("untag", ("去标签（可多次给出）", "a tag that goes (may be repeated)")),
            ("star", ("加星", "a star")),
            ("unstar", ("去星", "no star")),
            ("edit", ("修改自己的一条笔记，按其 id", "change a note of your own, by its id")),
            (
                "retract",
                ("撤回自己的一条笔记或数值，按其 id", "retract a note or value of your own, by its id"),
            ),
            (
                "settle",
                (
                    "作者结论的分歧已解决：写明如何决定",
                    "authors differed and it was talked over: how it was decided",
                ),
            ),
        ],
        examples: &[
            (
                "plan158 annotate a4 --status on-track --reason '3 of 5 at work'",
                ("结论与理由", "a verdict with its reason"),
            ),
            ("plan158 annotate a2 --note 'how is it counted?' --kind question", ("一条笔记", "a note")),
            (
                "plan158 annotate a2.school-communities --observe 88 --on 2026-06 --grade B",
                ("实际值", "an observed value"),
            ),
        ],
    },
    Words {
        name: "review",
        about: (
            "复核：一次一张卡片，逐项判断；可中断后继续，最后给出纪要",
            "Review node by node, one card at a time; goes on where it was left, ends with minutes",
        ),
        args: &[
            (
                "query",
                ("复核哪些节点，与 find 的查询相同；不写为全部", "which nodes, as for find; without it, all"),
            ),
            (
                "plain",
                (
                    "逐行问答，不用全屏：适合读屏、慢速线路与脚本（docs/review-plain.md）",
                    "numbered prompts, no full screen: for screen readers, slow lines and scripts",
                ),
            ),
            (
                "order",
                (
                    "顺序：worth（默认，按值得关注的程度）、reading、random",
                    "worth (of attention, default), reading, random",
                ),
            ),
            ("blind", ("盲评：判断之前不显示结论", "hide verdicts until you have decided")),
            ("new", ("另起一次，即使有未结束的", "begin another, though one is open")),
            (
                "minutes",
                (
                    "输出纪要（Markdown）：某次的，或自己最近一次的",
                    "print the minutes of a session (or of your last) as Markdown",
                ),
            ),
        ],
        examples: &[
            ("plan158 review under:a4 --plain", ("复核一个行动", "one action")),
            ("plan158 review --order random --blind", ("盲评，随机顺序", "blind, shuffled")),
            ("plan158 review --minutes > minutes.md", ("最近一次的纪要", "minutes of the last one")),
        ],
    },
    Words {
        name: "log",
        about: ("全部记录，最新的在最后", "Print the journal, newest last"),
        args: &[
            (
                "id",
                (
                    "只列该节点及其下级，或已离开规划的 id",
                    "only this node and what is below it, or an id that left the plan",
                ),
            ),
            ("json", ("输出 JSON", "as JSON")),
        ],
        examples: &[
            ("plan158 log a4", ("一个分支的记录", "what was said of a branch")),
            ("plan158 log --json", ("供程序使用", "for programs")),
        ],
    },
    Words {
        name: "undo",
        about: (
            "撤销自己的上一步；没有时退出码为 1",
            "Take back your last step; exit code 1 when there is none",
        ),
        args: &[],
        examples: &[("plan158 undo", ("可一直撤销下去", "again and again"))],
    },
    Words {
        name: "redo",
        about: (
            "重做刚撤销的一步；没有时退出码为 1",
            "Bring back the step you undid; exit code 1 when there is none",
        ),
        args: &[],
        examples: &[("plan158 redo", ("撤销的撤销", "the undo of an undo"))],
    },
    Words {
        name: "status",
        about: (
            "各级的状态分布、覆盖与最差项",
            "Show how things stand below a node: distribution, coverage, worst",
        ),
        args: &[
            ("id", ("节点的 id", "the node's id")),
            ("json", ("输出 JSON", "as JSON")),
            ("agreement", ("作者结论不同的节点", "the nodes on which authors differ")),
        ],
        examples: &[
            ("plan158 status a2", ("一个行动", "one action")),
            ("plan158 status --agreement", ("分歧所在", "where authors differ")),
        ],
    },
    Words {
        name: "tags",
        about: ("记录中的标签，最近用的在前", "List the journal's tags, the last put first"),
        args: &[(
            "rename",
            ("全部改名，或并入已有的标签", "rename one everywhere, or merge it into another"),
        )],
        examples: &[
            ("plan158 tags", ("列出", "list them")),
            ("plan158 tags --rename district=county", ("一步改完", "one step")),
        ],
    },
    Words {
        name: "merge",
        about: ("并入其他记录文件：取并集，逐字节保留", "Take in other journals: a union, byte for byte"),
        args: &[(
            "others",
            (
                "*.jsonl 文件、含有它们的文件夹，或导出的 .toml",
                "*.jsonl files, folders that hold some, or an exported .toml",
            ),
        )],
        examples: &[
            ("plan158 merge usb/li.jsonl", ("一位同事的文件", "a colleague's file")),
            ("plan158 merge ../other-journal", ("整个文件夹", "a whole folder")),
            ("plan158 merge a2.toml", ("导出的规划里的记录", "what an exported plan carries")),
        ],
    },
];
