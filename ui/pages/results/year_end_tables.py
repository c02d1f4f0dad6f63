"""Lists, summer and statistics as plain tables for Excel, in the words of the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.subjects import SubjectKind
from app.domain.year_end import ListKind
from app.presses import PlainTable
from app.readmodels.statistics import BANDS, share

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.readmodels.statistics import ClassStat, StatHeads, SubjectStat
    from app.readmodels.year_end import YearEndBoard

_Row = list[str | int | None]


def list_tables(board: YearEndBoard) -> list[PlainTable]:
    """One sheet a list that is not empty; an empty class gives the promoted one."""
    kinds = [kind for kind in ListKind if board.lists[kind]] or [ListKind.PROMOTED]
    return [PlainTable(board.labels[kind][:31], _list_rows(board, kind)) for kind in kinds]


def _list_rows(board: YearEndBoard, kind: ListKind) -> list[_Row]:
    rows: list[_Row] = [
        [
            *("STT", "Họ và tên", board.learning_word, board.conduct_word),
            *("Buổi nghỉ", "Ghi chú"),
        ]
    ]
    rows += [
        [x.position, x.name, x.learning, x.conduct, x.absences, x.detail] for x in board.lists[kind]
    ]
    return rows


def summer_table(board: YearEndBoard) -> PlainTable:
    """Every result the summer owes."""
    rows: list[_Row] = [
        ["STT", "Họ và tên", "Môn", "Cả năm", "Kết quả mới", "Giấy tờ", "Muộn", "Sau hè"]
    ]
    rows += [
        [
            *(x.position, x.name, x.subject, x.old, x.new, x.document),
            *("muộn" if x.late else "", x.outcome),
        ]
        for x in board.summer
    ]
    return PlainTable("Sau hè", rows)


def subject_table(stats: Sequence[SubjectStat]) -> PlainTable:
    """Counts by subject; a comment subject has Đ and CĐ instead of bands."""
    if any(stat.kind.is_primary for stat in stats):
        return _primary_subject_table(stats)
    rows: list[_Row] = [
        ["Môn", "Giáo viên", *BANDS, "Đ", "CĐ", "Chưa có", "Trung bình", "Đạt yêu cầu"]
    ]
    for stat in stats:
        by_marks = stat.kind is SubjectKind.MARKS
        bands: _Row = list(stat.counts) if by_marks else [None] * len(BANDS)
        levels: _Row = [None, None] if by_marks else list(stat.counts)
        rows.append(
            [
                *(stat.subject, stat.teacher, *bands, *levels, stat.missing),
                *(average_text(stat), share(stat.reached, stat.pupils)),
            ]
        )
    return PlainTable("Theo môn", rows)


def _primary_subject_table(stats: Sequence[SubjectStat]) -> PlainTable:
    heads: _Row = ["Môn, phẩm chất, năng lực", "Giáo viên", "T", "H, Đ", "C", "Chưa có"]
    rows: list[_Row] = [
        [s.subject, s.teacher, *s.counts, s.missing, share(s.reached, s.pupils)] for s in stats
    ]
    return PlainTable("Theo môn", [[*heads, "Đạt yêu cầu"], *rows])


def class_table(heads: StatHeads, stats: Sequence[ClassStat], first: str = "Lớp") -> PlainTable:
    """Counts by class, or by whatever `first` says."""
    rows: list[_Row] = [
        [
            *(first, "Sĩ số", *(f"Học tập {x}" for x in heads.learning)),
            *(f"Rèn luyện {x}" for x in heads.conduct),
            *(*heads.outcomes, *heads.titles),
        ]
    ]
    rows += [
        [x.class_name, x.pupils, *x.learning, *x.conduct, *x.outcomes, *x.titles] for x in stats
    ]
    return PlainTable(f"Theo {first.lower()}", rows)


def average_text(stat: SubjectStat) -> str:
    """The mean of the class: "6,8"; a dash without marks."""
    if stat.average is None:
        return "–"
    return f"{stat.average // 10},{stat.average % 10}"
