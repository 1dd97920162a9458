//! The words of the commands about what was exported, and of references.

use super::Words;

/// The table.
pub(super) const WORDS: &[Words] = &[
    Words {
        name: "cite",
        about: (
            "把节点列为参考文献：规划数据的条目，及其所据的文件；未知的作者、日期、网址一概不写",
            "Cite a node in a list of references: the entry of the plan's data, and the documents behind it; no author, date or address is made up",
        ),
        args: &[
            ("id", ("节点的 id", "the node's id")),
            (
                "style",
                (
                    "格式：gbt7714（中文默认）、apa（英文默认）、bibtex",
                    "style: gbt7714 (default in Chinese), apa (default in English), bibtex",
                ),
            ),
        ],
        examples: &[
            ("plan158 cite a2.retention", ("一个指标", "a metric")),
            ("plan158 cite a2.retention --style bibtex --as-of 2026-11-24", ("供 LaTeX 使用", "for LaTeX")),
        ],
    },
    Words {
        name: "verify",
        about: (
            "把导出的文件（md、html、json、xlsx）与现在的规划和记录核对；有变化时退出码为 1",
            "Hold an exported file (md, html, json, xlsx) against the plan and journal of today; exit code 1 when anything has changed",
        ),
        args: &[("file", ("导出的文件", "the exported file")), ("json", ("输出 JSON", "as JSON"))],
        examples: &[
            ("plan158 verify a2.md", ("此后有何变化", "what has changed since")),
            (
                "plan158 verify a2.md --as-of 2027-06-30",
                ("与另一天的状况相比", "against how things stood on another day"),
            ),
            ("plan158 verify plan.json --json", ("供程序使用", "for programs")),
        ],
    },
];
