"""A mark sheet from a file: cells ready for the entry parser, and every value that is not taken."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.domain.mark_columns import column_role, is_regular
from app.domain.marks import parse_entry, value_text
from app.domain.subjects import SubjectKind, column_words
from app.errors import RuleRefused
from app.importing.fields import Field
from app.importing.problems import RowProblem, Severity
from app.importing.pupil_matching import PupilMatcher, RowIdentity, SheetPupil
from app.importing.tables import CellKind, column_letter
from app.importing.titles import other_class
from app.importing.values import (
    MINISTRY_CODE_DIGITS,
    plain_text,
    read_code,
    read_date,
    unreadable,
)
from app.regulations.primary_columns import FLAG_WORDS, LEVEL_CODE, SCORE_CODE, TRAIT_NAMES
from app.text import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.domain.ids import PupilId
    from app.importing.header_finder import ColumnMapping
    from app.importing.tables import RawCell, RawSheet

__all__ = ["MarkBook", "MarkSheetDraft", "SheetPupil", "analyse_mark_sheet"]

_WHOLE = re.compile(r"(\d+)[.,]0+")
_TRAILING_ZEROS = re.compile(r"(\d+)[.,](\d)0+")
_SUMMARY = re.compile(r"(?:tong|cong|si so|trung binh|ti le|ty le|so luong|danh sach)\b")
_LEVEL_WORDS = {
    SubjectKind.COMMENTS: {"dat": "Đ", "chua dat": "CĐ"},
    SubjectKind.LEVELS: {
        **dict.fromkeys(("hoan thanh tot", "htt"), "T"),
        **dict.fromkeys(("hoan thanh", "ht"), "H"),
        **dict.fromkeys(("chua hoan thanh", "cht"), "C"),
    },
    SubjectKind.TRAITS: {
        "tot": "T",
        "dat": "Đ",
        **dict.fromkeys(("can co gang", "ccg"), "C"),
    },
}
"""Whole words and short ones that only files write."""
_PRIMARY_COLUMNS = frozenset((LEVEL_CODE, SCORE_CODE, *TRAIT_NAMES, *FLAG_WORDS))
_STATE_WORDS = {"v", "vang", "p", "k", "cp", "kp", "m", "mien", "x", "-", "cho bu", "nghi", "hoan"}


@dataclass(frozen=True, slots=True)
class MarkBook:
    """The columns of one class x subject x term that the file is read for.

    `columns`: codes in the order of the paper ("tx1".."txN", "gk", "ck"). `class_name` empty
    switches the check of a "Lớp" column off.
    """

    columns: tuple[str, ...]
    kind: SubjectKind
    class_name: str = ""
    kinds: Mapping[str, SubjectKind] = field(default_factory=dict)
    """How single columns are judged where that is not `kind`: Điểm KTĐK, what holds "x"."""

    def kind_of(self, code: str) -> SubjectKind:
        """How a column is judged."""
        return self.kinds.get(code, self.kind)


@dataclass(frozen=True, slots=True)
class MarkSheetDraft:
    """What a file offers for one mark book; nothing outside `cells` and `remarks` would be written.

    `cells`: (pupil, column code) -> text for the entry parser ("8,5", "Đ"); a blank cell of the
    file is not there and changes nothing. `columns`: codes both in the file and in the book.
    `left_out`: marks of the file that are not taken, counted by column label.
    """

    cells: Mapping[tuple[PupilId, str], str]
    remarks: Mapping[PupilId, str]
    columns: tuple[str, ...]
    rows: Mapping[int, PupilId]
    """Excel row -> the pupil it was matched to, for rows that are taken."""
    absent: tuple[SheetPupil, ...]
    """Pupils of the class, still there, whom the file does not name."""
    problems: tuple[RowProblem, ...]
    left_out: Mapping[str, int]
    blank_cells: int
    other_lines: int
    notes: tuple[str, ...] = ()

    @property
    def bad_rows(self) -> frozenset[int]:
        """Excel numbers of the rows with an ERROR in any cell."""
        return frozenset(
            p.excel_row for p in self.problems if p.severity is Severity.ERROR and p.excel_row
        )

    def reasons(self, excel_row: int) -> str:
        """All ERROR reasons of a row in one text, for the exported bad rows."""
        return "; ".join(
            f"{p.column_label}: {p.reason}" if p.column_label else p.reason
            for p in self.problems
            if p.excel_row == excel_row and p.severity is Severity.ERROR
        )


def analyse_mark_sheet(
    sheet: RawSheet, mapping: ColumnMapping, pupils: Sequence[SheetPupil], book: MarkBook
) -> MarkSheetDraft:
    """Match rows to pupils and read their marks.

    Raises RuleRefused `no_mark_column` when the file has none of the book's columns.
    """
    return _MarkSheetAnalysis(sheet, mapping, pupils, book).run()


class _MarkSheetAnalysis:
    def __init__(
        self,
        sheet: RawSheet,
        mapping: ColumnMapping,
        pupils: Sequence[SheetPupil],
        book: MarkBook,
    ) -> None:
        self._sheet = sheet
        self._mapping = mapping
        self._pupils = pupils
        self._book = book
        self._columns = {what: column for column, what in mapping.meanings.items()}
        self._problems: list[RowProblem] = []
        self._left_out: dict[str, int] = {}
        self._blank_cells = 0
        self._other_lines = 0

    def run(self) -> MarkSheetDraft:
        taken_columns = tuple(code for code in self._book.columns if code in self._columns)
        if not taken_columns:
            raise RuleRefused(
                "no_mark_column",
                f"Trang “{self._sheet.name}” không có cột điểm nào của sổ này "
                f"({', '.join(column_words(code) for code in self._book.columns)}); hãy chọn trang "
                "khác, hoặc chỉ rõ cột điểm ở bước ghép cột.",
                sheet=self._sheet.name,
            )
        identities = self._identities()
        pupil_rows = [identity.excel_row for identity in identities]
        rows = self._match(identities)
        self._report_columns(pupil_rows)
        cells: dict[tuple[PupilId, str], str] = {}
        remarks: dict[PupilId, str] = {}
        for number, pupil_id in rows.items():
            for code in taken_columns:
                text = self._mark(number, self._columns[code], self._book.kind_of(code))
                if text:
                    cells[pupil_id, code] = text
            remark = plain_text(self._cell(number, Field.REMARK))
            if remark:
                remarks[pupil_id] = remark
        named = set(rows.values())
        order = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}
        self._problems.sort(key=lambda p: (p.excel_row, order[p.severity]))
        return MarkSheetDraft(
            cells=cells,
            remarks=remarks,
            columns=taken_columns,
            rows=rows,
            absent=tuple(p for p in self._pupils if not p.left and p.pupil_id not in named),
            problems=tuple(self._problems),
            left_out=dict(self._left_out),
            blank_cells=self._blank_cells,
            other_lines=self._other_lines,
            notes=self._sheet.notes,
        )

    def _cell(self, number: int, field: str) -> RawCell:
        return self._sheet.cell(number, self._columns.get(field, 0))

    def _mark_columns(self) -> dict[str, int]:
        return {code: column for code, column in self._columns.items() if _is_mark_column(code)}

    def _identities(self) -> list[RowIdentity]:
        """Who each pupil's row says it is; total and signature lines are counted and left out."""
        found = []
        for number in range(self._mapping.header.first_data_row, len(self._sheet.rows) + 1):
            cells = self._sheet.rows[number - 1]
            first = next((cell for cell in cells if not cell.is_blank), None)
            if first is None:
                continue
            if _SUMMARY.match(fold(first.text)):
                self._other_lines += 1
                continue
            identity = self._identity(number)
            numbered = plain_text(self._cell(number, Field.ORDER)).isdecimal()
            has_marks = any(
                not self._sheet.cell(number, column).is_blank
                for column in self._mark_columns().values()
            )
            if identity.has_code or (identity.full_name and (numbered or has_marks)):
                found.append(identity)
            elif numbered and has_marks:
                self._add(
                    number,
                    None,
                    "dòng có điểm nhưng không có mã và họ tên nên không biết là của ai; "
                    "ghi họ tên rồi nhập lại",
                    Severity.ERROR,
                    "nobody_named",
                )
            else:
                self._other_lines += 1
        return found

    def _identity(self, number: int) -> RowIdentity:
        code_cell = self._cell(number, Field.MINISTRY_CODE)
        code = read_code(code_cell, MINISTRY_CODE_DIGITS)
        if Field.FULL_NAME in self._columns:
            name = plain_text(self._cell(number, Field.FULL_NAME))
        else:
            parts = (
                plain_text(self._cell(number, field))
                for field in (Field.FAMILY_NAMES, Field.GIVEN_NAME)
            )
            name = " ".join(part for part in parts if part)
        return RowIdentity(
            excel_row=number,
            ministry_code=code.value,
            code_fault=code.fault,
            full_name=name,
            birth_date=read_date(self._cell(number, Field.BIRTH_DATE)).value,
        )

    def _match(self, identities: Sequence[RowIdentity]) -> dict[int, PupilId]:
        matcher = PupilMatcher(self._pupils)
        wanted = self._book.class_name
        of_class = []
        for identity in identities:
            number = identity.excel_row
            said = plain_text(self._cell(number, Field.CLASS_NAME))
            if said and wanted and other_class(said, wanted):
                self._add(
                    number,
                    self._columns[Field.CLASS_NAME],
                    f"dòng này ghi lớp {said}, không phải lớp {wanted}; điểm của dòng không được "
                    "nhập",
                    Severity.ERROR,
                    "other_class",
                )
                continue
            of_class.append(identity)
        rows, problems = matcher.match(of_class)
        self._problems.extend(problems)
        return rows

    def _report_columns(self, pupil_rows: Sequence[int]) -> None:
        """Say which columns hold something that will not be taken."""
        tx_wanted = sum(1 for code in self._book.columns if is_regular(code))
        for column, meaning in self._mapping.meanings.items():
            count = sum(1 for n in pupil_rows if not self._sheet.cell(n, column).is_blank)
            if not count:
                continue
            if _is_mark_column(meaning) and meaning not in self._book.columns:
                self._left_out[self._mapping.label(column)] = count
                why = (
                    "trong kỳ này sổ không có cột ấy; các ô này không được nhập"
                    if meaning in _PRIMARY_COLUMNS
                    else f"môn này chỉ có {tx_wanted} điểm đánh giá thường xuyên một học kì; các "
                    "điểm này không được nhập"
                )
                self._add(
                    0,
                    column,
                    f"tệp có {count} điểm ở cột {column_words(meaning)}, nhưng {why}",
                    Severity.WARNING,
                    "column_not_in_book",
                )
            elif meaning == Field.AVERAGE:
                self._add(
                    0,
                    column,
                    "cột điểm trung bình không được nhập; chương trình tự tính từ các điểm",
                    Severity.NOTE,
                    "average_ignored",
                )
        for headed in self._mapping.unknown_columns:
            count = sum(1 for n in pupil_rows if not self._sheet.cell(n, headed.column).is_blank)
            if count:
                self._left_out[headed.label] = count
                self._add(
                    0,
                    headed.column,
                    f"không biết cột này là gì; {count} ô có dữ liệu không được nhập",
                    Severity.WARNING,
                    "column_unknown",
                )

    def _mark(self, number: int, column: int, kind: SubjectKind) -> str:
        """The cell as text for the entry parser; "" for a blank or a refused value."""
        cell = self._sheet.cell(number, column)
        if cell.is_blank:
            self._blank_cells += 1
            return ""
        fault = unreadable(cell) or self._date_fault(cell)
        if not fault:
            try:
                parsed = parse_entry(_tidy(plain_text(cell), kind), kind)
            except RuleRefused as refusal:
                fault = refusal.sentence
                if fold(plain_text(cell)) in _STATE_WORDS:
                    fault += (
                        " Vắng, miễn, chờ kiểm tra bù là trạng thái riêng: ghi trực tiếp trong sổ."
                    )
            else:
                if parsed.value is not None:
                    return value_text(parsed.value, kind)
                self._blank_cells += 1
                return ""
        self._add(number, column, fault, Severity.ERROR, "not_a_mark")
        return ""

    def _date_fault(self, cell: RawCell) -> str:
        if cell.kind is not CellKind.DATE or cell.day is None:
            return ""
        guess = f"{cell.day.day},{cell.day.month}"
        return (
            f"Excel đã đổi ô này thành ngày tháng (có thể điểm gõ vào là {guess}); sửa ô về kiểu "
            "số và gõ lại điểm"
        )

    def _add(
        self, number: int, column: int | None, reason: str, severity: Severity, code: str
    ) -> None:
        label = self._mapping.label(column) if column else ""
        if column and not label:
            label = f"cột {column_letter(column)}"
        value = plain_text(self._sheet.cell(number, column)) if column and number else ""
        self._problems.append(RowProblem(number, label, value, reason, severity, code))


def _is_mark_column(meaning: str) -> bool:
    return column_role(meaning) is not None or meaning in _PRIMARY_COLUMNS


def _tidy(text: str, kind: SubjectKind) -> str:
    """Spellings only files have: 8.50 is 8,5 and 9.0 is 9 exactly; whole words for levels."""
    text = text.lstrip("'")
    words = _LEVEL_WORDS.get(kind)
    if words is not None:
        return words.get(fold(text), text)
    if kind in (SubjectKind.SCORES, SubjectKind.SCORES_FROM_1):
        whole = _WHOLE.fullmatch(text)
        return whole[1] if whole else text
    found = _TRAILING_ZEROS.fullmatch(text)
    return f"{found[1]},{found[2]}" if found else text
