"""Sổ gọi tên và ghi điểm: tổng hợp kết quả đánh giá, xếp loại cả năm học, on two facing pages."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from reportlab.lib.units import mm

from app.readmodels.class_book import BookPeriod, BookPromotion, RollBookFacts, YearRow
from exports.forms.class_book_layout import (
    CONTENT_WIDTH,
    NUMBER_WIDTH,
    SPREAD_HEADS,
    Leaf,
    Side,
    body_size,
    chunks,
    class_note,
    heading,
    heading_height,
    name_cell,
    name_columns,
    row_height,
    ruled_rows,
)
from exports.forms.class_book_words import book_words
from exports.forms.class_book_year import totals_column
from exports.forms.roll_book_summary import summary_heads
from exports.pdf.fonts import Face
from exports.pdf.grid import Cell, Column, Grid, Head

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.readmodels.class_book import (
        ClassBook,
        RosterPupil,
        Summary,
        SummaryRow,
        YearAssessment,
    )
    from exports.forms.class_book_layout import Sheet

_TITLE = ("TỔNG HỢP KẾT QUẢ", "ĐÁNH GIÁ, XẾP LOẠI CẢ NĂM HỌC")
_BOOKMARK = "Tổng hợp kết quả đánh giá, xếp loại cả năm học"
_LEFT_NAME, _RIGHT_NAME = 44 * mm, 36 * mm
_AGAIN, _AGAINS = 11 * mm, 3
_LEVEL, _COUNT, _WORD, _AWARD = 9 * mm, 10 * mm, 14 * mm, 13 * mm
_HEADS = (48.0, SPREAD_HEADS - 48.0)
_TOTALS = CONTENT_WIDTH - NUMBER_WIDTH - _RIGHT_NAME - 4 * _LEVEL - 2 * _COUNT - 2 * _WORD - _AWARD


def year_spread_leaves(book: ClassBook, summary: Summary, year: YearAssessment) -> list[Leaf]:
    """Results of all subjects at the left, ranking and promotion at the right, 55 pupils each."""
    parts = chunks(book.pupils)
    leaves: list[Leaf] = []
    for index, part in enumerate(parts):
        last = index == len(parts) - 1
        mark = "" if index else _BOOKMARK
        left = partial(_draw_left, book, summary, part)
        right = partial(_draw_right, book, year, part, last)
        leaves.append(Leaf(_BOOKMARK, left, side=Side.LEFT, bookmark=mark))
        leaves.append(Leaf(_BOOKMARK, right))
    return leaves


def _draw_left(
    book: ClassBook, summary: Summary, pupils: Sequence[RosterPupil], sheet: Sheet
) -> None:
    by_position = {row.position: row for row in summary.rows}
    again = _again(book, summary)
    subjects = len(summary.columns)
    rows = [_left_cells(subjects, p, by_position.get(p.position), again) for p in pupils]
    fixed = NUMBER_WIDTH + _LEFT_NAME + _AGAINS * _AGAIN
    width = (CONTENT_WIDTH - fixed) / max(subjects, 1)
    columns = (
        *name_columns(_LEFT_NAME),
        *(Column(width) for _ in summary.columns),
        *(Column(_AGAIN) for _ in range(_AGAINS)),
    )
    heads = (
        *_names(),
        *summary_heads(summary, 2),
        Head("Điểm KT lại", 0, 2 + subjects, 2, _AGAINS),
    )
    _list(sheet, book, columns, heads, rows)


def _draw_right(
    book: ClassBook,
    year: YearAssessment,
    pupils: Sequence[RosterPupil],
    last: bool,
    sheet: Sheet,
) -> None:
    by_position = {row.position: row for row in year.rows}
    facts = book.roll_book or RollBookFacts()
    summer = {one.position: one.words for one in facts.summer}
    titles = {one.position: one.title for one in facts.titles if one.period is BookPeriod.YEAR}
    rows = [
        [
            *_right_cells(p, by_position.get(p.position, YearRow(p.position)), summer),
            titles.get(p.position, ""),
        ]
        for p in pupils
    ]
    columns = (
        *name_columns(_RIGHT_NAME),
        *(Column(_LEVEL, face=Face.BOLD) for _ in range(2)),
        Column(_COUNT),
        Column(_COUNT),
        Column(_WORD),
        *(Column(_LEVEL) for _ in range(2)),
        Column(_WORD),
        Column(_AWARD),
    )
    words = book_words(book.circular)
    heads = (
        *_names(),
        Head(words.levels, 0, 2, 1, 2),
        Head("HL", 1, 2),
        Head("HK", 1, 3),
        Head("TS ngày nghỉ học", 0, 4, 2, turned=True),
        Head("Được lên lớp", 0, 5, 2, turned=True),
        Head("Ở lại lớp, KT lại, rèn luyện HK trong hè", 0, 6, 2, turned=True),
        Head(words.levels_after, 0, 7, 1, 2),
        Head("HL", 1, 7),
        Head("HK", 1, 8),
        Head("Lên lớp, ở lại lớp", 0, 9, 2, turned=True),
        Head(words.award, 0, 10, 2, turned=True),
    )
    bottom, top = _list(sheet, book, columns, heads, rows)
    left = sheet.frame.left + sum(column.width for column in columns)
    box = (left, bottom, left + _TOTALS, top)
    totals_column(sheet, book, year.totals if last else None, box, sum(_HEADS))


def _names() -> tuple[Head, Head]:
    return Head("Số TT", 0, 0, 2), Head("Họ và tên", 0, 1, 2)


def _list(
    sheet: Sheet,
    book: ClassBook,
    columns: tuple[Column, ...],
    heads: tuple[Head, ...],
    rows: Sequence[Sequence[Cell]],
) -> tuple[float, float]:
    """The list of one half; the y of its last rule and of its top."""
    frame, count = sheet.frame, ruled_rows(len(rows))
    room = frame.top - frame.bottom - heading_height(_TITLE[0]) - sum(_HEADS)
    height = row_height(room, count)
    grid = Grid(
        columns=columns,
        heads=heads,
        head_heights=_HEADS,
        row_height=height,
        size=body_size(height, 10),
        head_size=9,
    )
    top = heading(sheet, *_TITLE, class_note(book))
    return grid.draw(sheet.canvas, frame.left, top, rows, blank_to=count), top


def _again(book: ClassBook, summary: Summary) -> dict[int, list[str]]:
    """Results of kiểm tra lại by pupil, each under its subject's short name."""
    short = dict(
        zip((s.subject for s in book.subjects), (c.heading for c in summary.columns), strict=False)
    )
    found: dict[int, list[str]] = {}
    for page in book.pages:
        for row in page.rows if page.period is BookPeriod.TERM_2 else ():
            if row.reassessed.text:
                name = short.get(page.subject, page.subject)
                found.setdefault(row.position, []).append(f"{name}\n{row.reassessed.text}")
    return found


def _left_cells(
    subjects: int, pupil: RosterPupil, row: SummaryRow | None, again: dict[int, list[str]]
) -> list[Cell]:
    results = ("",) * subjects if row is None else row.results
    tests = again.get(pupil.position, [])
    # More than the form has cells for: the last cell takes them all.
    shown = [*tests[: _AGAINS - 1], "; ".join(tests[_AGAINS - 1 :])]
    shown += [""] * (_AGAINS - len(shown))
    return [str(pupil.position), name_cell(pupil), *results, *shown]


def _right_cells(pupil: RosterPupil, row: YearRow, summer: dict[int, str]) -> list[Cell]:
    work = summer.get(pupil.position, "")
    late = {
        BookPromotion.PROMOTED_AFTER_SUMMER: "Lên lớp",
        BookPromotion.NOT_PROMOTED: "Ở lại" if work and work != "Ở lại" else "",
    }
    return [
        str(pupil.position),
        name_cell(pupil),
        row.learning,
        row.conduct,
        "" if row.absences is None else str(row.absences),
        "x" if row.promotion is BookPromotion.PROMOTED else "",
        work,
        row.learning_after,
        row.conduct_after,
        late.get(row.promotion, ""),
    ]
