"""The closed year of a class as typed tables that any engine reads, a line a fact.

They are made when the year's book is printed, kept with that print and sealed as they are; the
schemas below go into `datapackage.json` (Frictionless Data Package 1.0). As on paper, they hold no
personal ID, phone number, ethnicity or disability.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.domain.marks import CellState, mark_text, value_text
from app.domain.subjects import Subject, SubjectKind
from app.presses import PlainTable
from app.regulations.base import SubjectResult
from app.services.class_results import ClassFacts

FOLDER = "du-lieu"
"""Beside the printed books of a class."""

_Row = list[str | int | None]
_STATES = {
    CellState.MARK: "đã có",
    CellState.PENDING_MAKEUP: "chờ bù",
    CellState.ZERO_ABSENT: "vắng",
    CellState.EXEMPT: "miễn",
    CellState.TRANSFERRED: "trường cũ",
}


@dataclass(frozen=True, slots=True)
class DataField:
    """A column: its name, its Frictionless type and what it holds, in Vietnamese."""

    name: str
    type: str
    title: str


@dataclass(frozen=True, slots=True)
class DataTable:
    """A kind of table: every class has one file `name`.csv of it; `key` tells its rows apart."""

    name: str
    title: str
    fields: tuple[DataField, ...]
    key: tuple[str, ...]


CLASS_FIELDS = (
    DataField("truong", "string", "Tên trường"),
    DataField("nam_hoc", "string", "Năm học"),
    DataField("lop", "string", "Lớp"),
)
_PUPIL = DataField("hoc_sinh", "integer", "Mã học sinh, như trong nhat-ky/hoc-sinh.csv")
_SUBJECT = DataField("mon", "string", "Môn học")
_MARK = DataField("diem", "number", "Điểm số, một chữ số thập phân")
_LEVEL = DataField("muc", "string", "Đ hoặc CĐ của môn đánh giá bằng nhận xét")

PUPILS = DataTable(
    "ket-qua",
    "Học sinh và kết quả cả năm",
    (
        *CLASS_FIELDS,
        DataField("khoi", "integer", "Khối lớp"),
        DataField("quy_dinh", "string", "Quy định đánh giá áp dụng"),
        _PUPIL,
        DataField("stt", "integer", "Số thứ tự trong sổ"),
        DataField("ho_ten", "string", "Họ và tên"),
        DataField("ngay_sinh", "date", "Ngày sinh"),
        DataField("gioi_tinh", "string", "Giới tính"),
        DataField("roi_lop", "date", "Ngày rời lớp, trống khi học hết năm"),
        DataField("hoc_tap", "string", "Kết quả học tập cả năm"),
        DataField("hoc_tap_sau", "string", "Kết quả học tập sau đánh giá lại"),
        DataField("ren_luyen", "string", "Kết quả rèn luyện cả năm"),
        DataField("ren_luyen_sau", "string", "Kết quả rèn luyện dùng để xét lên lớp"),
        DataField("buoi_nghi", "integer", "Số buổi nghỉ cả năm"),
        DataField("danh_hieu", "string", "Danh hiệu cả năm"),
        DataField("ket_qua", "string", "Được lên lớp hay chưa"),
    ),
    ("truong", "nam_hoc", "lop", "hoc_sinh"),
)
SUBJECT_RESULTS = DataTable(
    "ket-qua-mon",
    "Kết quả từng môn của từng học sinh",
    (
        *CLASS_FIELDS,
        _PUPIL,
        _SUBJECT,
        DataField("ky", "string", "HK1, HK2 hoặc CN (cả năm)"),
        _MARK,
        _LEVEL,
    ),
    ("truong", "nam_hoc", "lop", "hoc_sinh", "mon", "ky"),
)
MARKS = DataTable(
    "diem",
    "Từng ô điểm",
    (
        *CLASS_FIELDS,
        _PUPIL,
        _SUBJECT,
        DataField("ky", "string", "HK1 hoặc HK2"),
        DataField(
            "cot", "string", "Cột điểm: tx1, …, gk, ck; trước 2020-2021: m1, v1, …, dk1, …, hk"
        ),
        DataField("trang_thai", "string", "đã có, chờ bù, vắng, miễn, trường cũ"),
        _MARK,
        _LEVEL,
    ),
    ("truong", "nam_hoc", "lop", "hoc_sinh", "mon", "ky", "cot"),
)
TABLES = (PUPILS, SUBJECT_RESULTS, MARKS)


def data_tables(
    facts: ClassFacts, school: str, outcomes: Mapping[int, str]
) -> dict[DataTable, PlainTable]:
    """The three tables of one class; marks with a decimal comma, days as yyyy-mm-dd.

    `outcomes`: what the book says became of each pupil, by the number in the book.
    """
    where = [school, facts.year.name, facts.klass.name]
    rows: Mapping[DataTable, Iterator[_Row]] = {
        PUPILS: _pupils(facts, where, outcomes),
        SUBJECT_RESULTS: _subject_results(facts, where),
        MARKS: _marks(facts, where),
    }
    return {
        table: PlainTable(table.name, [[field.name for field in table.fields], *rows[table]])
        for table in TABLES
    }


def _pupils(facts: ClassFacts, where: list[str], outcomes: Mapping[int, str]) -> Iterator[_Row]:
    results = facts.results()
    for entry in facts.entries:
        found = results[entry.pupil_id]
        year, again = found.learning_year, found.after_reassessment
        yield [
            *where,
            facts.klass.grade,
            facts.klass.regulation,
            entry.pupil_id,
            entry.position,
            entry.profile.full_name,
            _day(entry.profile.birth_date),
            entry.profile.sex,
            _day(entry.left_on),
            "" if year is None else year.final,
            "" if again is None else again.final,
            found.conduct_year or "",
            found.conduct_final or "",
            facts.absences(entry.pupil_id),
            found.titles.year or "",
            outcomes.get(entry.position, ""),
        ]


def _subject_results(facts: ClassFacts, where: list[str]) -> Iterator[_Row]:
    results = facts.results()
    for entry in facts.entries:
        pairs = zip(facts.subjects, results[entry.pupil_id].subjects, strict=True)
        for subject, found in pairs:
            for period, value in _periods(found):
                if value is not None:
                    yield [*where, entry.pupil_id, subject.name, period, *_value(value, subject)]


def _periods(found: SubjectResult) -> tuple[tuple[str, int | None], ...]:
    return (("HK1", found.hk1), ("HK2", found.hk2), ("CN", found.year))


def _marks(facts: ClassFacts, where: list[str]) -> Iterator[_Row]:
    subjects = {subject.id: subject for subject in facts.subjects}
    for entry in facts.entries:
        for column in facts.assessments:
            stored = facts.cells.get((column.id, entry.pupil_id))
            if stored is None or stored.cell.state is CellState.EMPTY:
                continue
            subject, cell = subjects[column.subject_id], stored.cell
            value = cell.counted()
            yield [
                *where,
                entry.pupil_id,
                subject.name,
                column.term.value,
                column.code,
                _STATES[cell.state],
                *(("", "") if value is None else _value(value, subject)),
            ]


def _value(value: int, subject: Subject) -> tuple[str, str]:
    """(mark, level): one of them is empty."""
    if subject.kind is SubjectKind.COMMENTS:
        return "", value_text(value, subject.kind)
    return mark_text(value), ""


def _day(day: object) -> str:
    return "" if day is None else str(day)
