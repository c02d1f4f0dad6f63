"""Điểm bất thường: figures worth a second look before a close. Pure; nothing here blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from app.domain.ids import PupilId, SubjectId
from app.domain.mark_columns import is_final
from app.domain.marks import CellState, mark_text
from app.domain.periods import PRIMARY_TERMS, Period, Term
from app.domain.subjects import Subject, SubjectKind, column_words
from app.regulations.primary_columns import SCORE_CODE
from app.services.class_results import ClassFacts
from app.services.primary_inputs import PrimaryFacts

JUMP = 30
"""Tenths between the two ĐTBmhk of a subject that deserve a look (M123)."""
CK_FAR = 35
"""Tenths between a final test and the mean of the term's other marks."""
LEAST_PUPILS = 10
"""Fewer pupils prove nothing about a whole column."""
LEAST_EQUAL = 8
"""Pupils with one and the same mark before a column is called all equal."""
_SAME_PERCENT = 90
_LEAST_DISTINCT = 4
_EXCHANGE_TENTHS = 12
"""Mean tenths by which both columns must fit the other subject better than their own."""
_SLIP_BELOW, _SLIP_MEAN = 10, 60
"""A mark under 1,0 of a pupil whose other marks average 6,0: a slipped comma, likely."""


class AnomalyKind(StrEnum):
    """What looks wrong; the values are in the order of how much they matter."""

    EXCHANGED = "exchanged"
    SAME_COLUMN = "same_column"
    ALL_EQUAL = "all_equal"
    SLIPPED = "slipped"
    ZERO = "zero"
    CK_FAR = "ck_far"
    JUMP = "jump"
    ODD_LEVEL = "odd_level"

    @property
    def label(self) -> str:
        """Words for a list."""
        return {
            AnomalyKind.EXCHANGED: "Hai cột giống như nhập đổi chỗ",
            AnomalyKind.SAME_COLUMN: "Hai cột giống hệt nhau",
            AnomalyKind.ALL_EQUAL: "Cả cột một điểm",
            AnomalyKind.SLIPPED: "Có thể gõ lệch dấu phẩy",
            AnomalyKind.ZERO: "Điểm 0",
            AnomalyKind.CK_FAR: "Điểm cuối kì lệch xa các điểm khác",
            AnomalyKind.JUMP: "Trung bình môn đổi nhiều so với học kì I",
            AnomalyKind.ODD_LEVEL: "Mức không hợp với điểm kiểm tra định kì",
        }[self]


@dataclass(frozen=True, slots=True)
class Anomaly:
    """One figure to look at. `column` ("HK1.ck") and `pupil_id` lead to the cell; no pupil: the
    whole column.
    """

    kind: AnomalyKind
    subject_id: SubjectId
    subject: str
    column: str
    text: str
    pupil_id: PupilId | None = None
    pupil: str = ""


Column = Mapping[PupilId, int]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The typed marks of one mark subject and term, by column."""

    subject: Subject
    term: Term
    columns: Mapping[str, Column]

    def rest(self, code: str, pupil: PupilId) -> list[int]:
        """The pupil's other marks of the term."""
        return [marks[pupil] for c, marks in self.columns.items() if c != code and pupil in marks]


def anomalies(facts: ClassFacts, period: Period) -> tuple[Anomaly, ...]:
    """Everything unusual in a period's marks; HK2 also compares the two terms."""
    if facts.primary is not None:
        return _odd_levels(facts, facts.primary, period)
    term = Term.HK1 if period is Period.HK1 else Term.HK2
    names = {e.pupil_id: e.profile.full_name for e in facts.entries if e.left_on is None}
    sheets = [_sheet(facts, s, term, names) for s in facts.subjects if term in s.terms]
    marked = [sheet for sheet in sheets if sheet.subject.kind is SubjectKind.MARKS]
    found = [
        *_exchanged(marked),
        *_same_columns(marked),
        *(one for sheet in marked for one in _all_equal(sheet)),
        *(one for sheet in marked for one in _single_marks(sheet, names)),
    ]
    if term is Term.HK2:
        found += _jumps(facts, names)
    order = list(AnomalyKind)
    return tuple(sorted(found, key=lambda one: order.index(one.kind)))


def _sheet(
    facts: ClassFacts, subject: Subject, term: Term, pupils: Mapping[PupilId, str]
) -> _Sheet:
    columns: dict[str, dict[PupilId, int]] = {}
    for column in facts.assessments:
        if column.subject_id != subject.id or column.term is not term:
            continue
        marks = columns.setdefault(column.code, {})
        for pupil in pupils:
            stored = facts.cells.get((column.id, pupil))
            # A zero by absence and a former school's mark were each explained already.
            if stored is not None and stored.cell.state is CellState.MARK:
                marks[pupil] = stored.cell.value or 0
    return _Sheet(subject, term, columns)


def _all_equal(sheet: _Sheet) -> Iterator[Anomaly]:
    for code, marks in sheet.columns.items():
        if len(marks) >= LEAST_EQUAL and len(set(marks.values())) == 1:
            value = mark_text(next(iter(marks.values())))
            yield _of_column(
                AnomalyKind.ALL_EQUAL, sheet, code, f"cả {len(marks)} học sinh đều {value}"
            )


def _single_marks(sheet: _Sheet, names: Mapping[PupilId, str]) -> Iterator[Anomaly]:
    for code, marks in sheet.columns.items():
        for pupil, value in marks.items():
            rest = sheet.rest(code, pupil)
            mean = sum(rest) / len(rest) if rest else 0.0
            text = f"{column_words(code)} {mark_text(value)}"
            if value == 0:
                kind, said = AnomalyKind.ZERO, f"{text}, không ghi vắng"
            elif len(rest) >= 2 and value < _SLIP_BELOW and mean >= _SLIP_MEAN:
                kind = AnomalyKind.SLIPPED
                said = f"{text}, các điểm khác trung bình {mark_text(round(mean))}"
            elif is_final(code) and len(rest) >= 2 and abs(value - mean) >= CK_FAR:
                kind = AnomalyKind.CK_FAR
                said = f"{text}, các điểm khác trung bình {mark_text(round(mean))}"
            else:
                continue
            yield Anomaly(
                kind,
                sheet.subject.id,
                sheet.subject.name,
                f"{sheet.term}.{code}",
                said,
                pupil,
                names[pupil],
            )


def _same_columns(sheets: Sequence[_Sheet]) -> Iterator[Anomaly]:
    """Two columns with the same marks pupil by pupil, of one subject or of two."""
    every = [(sheet, code, marks) for sheet in sheets for code, marks in sheet.columns.items()]
    for (one, code, marks), (other, other_code, other_marks) in combinations(every, 2):
        both = marks.keys() & other_marks.keys()
        if len(both) < LEAST_PUPILS or not _tells_apart(marks, both):
            continue
        same = sum(marks[pupil] == other_marks[pupil] for pupil in both)
        if 100 * same >= _SAME_PERCENT * len(both):
            text = (
                f"{column_words(code)} trùng {same}/{len(both)} điểm với "
                f"{column_words(other_code)} {other.subject.name}"
            )
            yield _of_column(AnomalyKind.SAME_COLUMN, one, code, text)


def _exchanged(sheets: Sequence[_Sheet]) -> Iterator[Anomaly]:
    """The same column of two subjects, each clearly nearer to the other subject's other marks."""
    for one, other in combinations(sheets, 2):
        for code in one.columns.keys() & other.columns.keys():
            here = _misfit(one, other, code)
            there = _misfit(other, one, code)
            if here is None or there is None or min(here, there) < _EXCHANGE_TENTHS:
                continue
            text = (
                f"{column_words(code)} hợp với {other.subject.name} hơn, và ngược lại; có thể hai "
                "môn nhập đổi chỗ cột này"
            )
            yield _of_column(AnomalyKind.EXCHANGED, one, code, text)


def _misfit(own: _Sheet, other: _Sheet, code: str) -> float | None:
    """Mean tenths by which a column fits `other` better than its own subject; None: too few."""
    gains: list[float] = []
    for pupil, value in own.columns[code].items():
        mine, theirs = own.rest(code, pupil), other.rest(code, pupil)
        if len(mine) >= 2 and len(theirs) >= 2:
            to_own = abs(value - sum(mine) / len(mine))
            gains.append(to_own - abs(value - sum(theirs) / len(theirs)))
    return sum(gains) / len(gains) if len(gains) >= LEAST_PUPILS else None


def _jumps(facts: ClassFacts, names: Mapping[PupilId, str]) -> Iterator[Anomaly]:
    results = facts.results()
    for pupil, name in names.items():
        for subject, found in zip(facts.subjects, results[pupil].subjects, strict=True):
            if subject.kind is not SubjectKind.MARKS or found.hk1 is None or found.hk2 is None:
                continue
            if abs(found.hk2 - found.hk1) >= JUMP:
                text = f"học kì I {mark_text(found.hk1)}, học kì II {mark_text(found.hk2)}"
                yield Anomaly(
                    AnomalyKind.JUMP, subject.id, subject.name, "HK2.ck", text, pupil, name
                )


def _odd_levels(facts: ClassFacts, primary: PrimaryFacts, period: Period) -> tuple[Anomaly, ...]:
    """Levels of a kỳ that look odd beside their Điểm KTĐK (TT27/2020, Điều 7)."""
    if period not in PRIMARY_TERMS:
        return ()
    return tuple(
        Anomaly(
            AnomalyKind.ODD_LEVEL,
            odd.subject_id,
            odd.subject,
            f"{period}.{SCORE_CODE}",
            odd.sentence,
            entry.pupil_id,
            entry.profile.full_name,
        )
        for entry in facts.entries
        if entry.left_on is None
        for odd in primary.odd_levels(entry.pupil_id, period)
    )


def _of_column(kind: AnomalyKind, sheet: _Sheet, code: str, text: str) -> Anomaly:
    return Anomaly(kind, sheet.subject.id, sheet.subject.name, f"{sheet.term}.{code}", text)


def _tells_apart(marks: Column, pupils: Iterable[PupilId]) -> bool:
    """A column in which most pupils have one mark resembles every other such column."""
    values = [marks[pupil] for pupil in pupils]
    commonest = max(values.count(value) for value in set(values))
    return len(set(values)) >= _LEAST_DISTINCT and 2 * commonest <= len(values)
