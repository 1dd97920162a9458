//! The fields a query can name, in English and Chinese, and the words their values can be.

use crate::text::Bilingual;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QueryField {
    /// `kind:` or `role:`.
    Kind,
    /// `level:`.
    Level,
    /// `id:`.
    Id,
    /// `tag:`.
    Tag,
    /// `status:`.
    Status,
    /// `trend:`.
    Trend,
    /// `serves:`.
    Serves,
    /// `under:`.
    Under,
    /// `source:`.
    Source,
    /// `basis:`.
    Basis,
    /// `has:`.
    Has,
    /// `due:`.
    Due,
    /// `year:`.
    Year,
    /// `progress:`.
    Progress,
    /// `by:`.
    By,
    /// `reviewed:`.
    Reviewed,
    /// `starred`, which needs no value.
    Starred,
}

impl QueryField {
    /// Every field, in the order of the contract.
    pub const ALL: [QueryField; 17] = [
        QueryField::Kind,
        QueryField::Level,
        QueryField::Id,
        QueryField::Tag,
        QueryField::Status,
        QueryField::Trend,
        QueryField::Serves,
        QueryField::Under,
        QueryField::Source,
        QueryField::Basis,
        QueryField::Has,
        QueryField::Due,
        QueryField::Year,
        QueryField::Progress,
        QueryField::By,
        QueryField::Reviewed,
        QueryField::Starred,
    ];

    /// Its names: the English one first, then the Chinese one, then others that are understood.
    pub fn names(self) -> &'static [&'static str] {
        match self {
            QueryField::Kind => &["kind", "类型", "role", "角色", "种类"],
            QueryField::Level => &["level", "层级", "级别"],
            QueryField::Id => &["id", "编号"],
            QueryField::Tag => &["tag", "标签", "tags"],
            QueryField::Status => &["status", "状态", "state"],
            QueryField::Trend => &["trend", "趋势", "走势"],
            QueryField::Serves => &["serves", "服务", "支撑"],
            QueryField::Under => &["under", "属于", "下属"],
            QueryField::Source => &["source", "来源", "出处"],
            QueryField::Basis => &["basis", "依据"],
            QueryField::Has => &["has", "有", "含"],
            QueryField::Due => &["due", "到期", "截止", "期限"],
            QueryField::Year => &["year", "年份", "年"],
            QueryField::Progress => &["progress", "进度"],
            QueryField::By => &["by", "作者"],
            QueryField::Reviewed => &["reviewed", "复核", "评审"],
            QueryField::Starred => &["starred", "星标", "收藏"],
        }
    }

    pub fn word(self) -> &'static str {
        self.names().first().copied().unwrap_or_default()
    }

    /// The field a name means, in either script and any case.
    pub fn parse(name: &str) -> Option<Self> {
        let name = super::super::fold_text::folded(name);
        Self::ALL.into_iter().find(|field| field.names().contains(&name.as_str()))
    }

    pub fn meaning(self) -> Bilingual {
        match self {
            QueryField::Kind => Bilingual::new("目标、行动还是指标", "goal, action or metric"),
            QueryField::Level => Bilingual::new("计划中的层级", "level of the plan"),
            QueryField::Id => Bilingual::new("编号（可只写一段的开头）", "id, or how a part of it begins"),
            QueryField::Tag => Bilingual::new("标签", "tag"),
            QueryField::Status => Bilingual::new("进展状态", "how it stands"),
            QueryField::Trend => {
                Bilingual::new("数值变好、变差还是持平", "whether its figures turned better, worse or flat")
            }
            QueryField::Serves => Bilingual::new("自身或上级所服务的节点", "what it or an ancestor serves"),
            QueryField::Under => Bilingual::new("某节点及其下级", "a node and what is below it"),
            QueryField::Source => Bilingual::new("依据的文件", "a document it rests on"),
            QueryField::Basis => Bilingual::new("明示、报道还是推断", "stated, reported or inferred"),
            QueryField::Has => Bilingual::new("有笔记、目标值等", "has a note, a target …"),
            QueryField::Due => Bilingual::new("目标到期，如 <2028", "when it is due: <2028"),
            QueryField::Year => Bilingual::new("数值所属年份", "a year its values refer to"),
            QueryField::Progress => Bilingual::new("填报的进度，如 <50", "progress given: <50"),
            QueryField::By => Bilingual::new("谁填报的", "who said something of it"),
            QueryField::Reviewed => Bilingual::new("最近复核日期，如 <2026-06", "latest review: <2026-06"),
            QueryField::Starred => Bilingual::new("已加星标", "starred"),
        }
    }
}

/// The field somebody probably meant: one whose beginning or near spelling it is.
pub fn nearest(name: &str) -> Option<QueryField> {
    let name = super::super::fold_text::folded(name);
    let chars = name.chars().count();
    if !(3..=12).contains(&chars) {
        return None;
    }
    let near = |field: &QueryField| {
        field.names().iter().any(|own| {
            own.is_ascii() && own.chars().count() > 2 && (own.starts_with(&name) || distance(own, &name) <= 1)
        })
    };
    QueryField::ALL.into_iter().find(near)
}

/// Letters to change, add or drop; neighbours that changed places count once.
fn distance(left: &str, right: &str) -> usize {
    let (left, right): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
    let mut rows = vec![vec![0usize; right.len() + 1]; left.len() + 1];
    for row in 0..=left.len() {
        for column in 0..=right.len() {
            rows[row][column] = match (row, column) {
                (0, other) | (other, 0) => other,
                _ => {
                    let same = usize::from(left[row - 1] != right[column - 1]);
                    let swapped = row > 1
                        && column > 1
                        && left[row - 1] == right[column - 2]
                        && left[row - 2] == right[column - 1];
                    let best = (rows[row - 1][column] + 1)
                        .min(rows[row][column - 1] + 1)
                        .min(rows[row - 1][column - 1] + same);
                    if swapped { best.min(rows[row - 2][column - 2] + 1) } else { best }
                }
            };
        }
    }
    rows[left.len()][right.len()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("kind", Some(QueryField::Kind))]
    #[case("ROLE", Some(QueryField::Kind))]
    #[case("類型", Some(QueryField::Kind))]
    #[case("进度", Some(QueryField::Progress))]
    #[case("kinds", None)]
    fn a_field_has_names_in_both_scripts(#[case] name: &str, #[case] field: Option<QueryField>) {
        assert_eq!(QueryField::parse(name), field);
    }

    #[rstest]
    #[case("statsu", Some(QueryField::Status))]
    #[case("leve", Some(QueryField::Level))]
    #[case("sorce", Some(QueryField::Source))]
    #[case("goal", None)]
    #[case("http", None)]
    #[case("to", None)]
    fn a_slip_is_told_from_a_word(#[case] name: &str, #[case] field: Option<QueryField>) {
        assert_eq!(nearest(name), field);
    }

    #[test]
    fn no_two_fields_share_a_name() {
        let mut names: Vec<&str> = QueryField::ALL.iter().flat_map(|field| field.names()).copied().collect();
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
    }
}
