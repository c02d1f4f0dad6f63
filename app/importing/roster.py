"""Checks a class roster from a file: every reason why a row cannot be taken as it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.domain.pupils import PupilProfile
from app.errors import RuleRefused
from app.importing.fields import FIELD_LABELS, Field
from app.importing.problems import RowProblem, Severity
from app.importing.roster_rows import (
    EMAILS,
    PHONES,
    PLAIN_FIELDS,
    ROSTER_FIELDS,
    RosterContext,
    RosterDraft,
    RosterRow,
)
from app.importing.titles import other_class
from app.importing.values import (
    MINISTRY_CODE_DIGITS,
    PERSONAL_ID_DIGITS,
    plain_text,
    read_code,
    read_date,
    read_email,
    read_inclusion,
    read_name,
    read_phone,
    read_sex,
    read_text,
    read_verified,
)
from app.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from app.importing.header_finder import ColumnMapping
    from app.importing.tables import RawCell, RawSheet
    from app.importing.values import Read

__all__ = ["RosterContext", "RosterDraft", "RosterRow", "analyse_roster"]

_TOTAL = re.compile(
    r"(?:tong so|tong cong|tong|cong|si so|danh sach (?:nay )?(?:co|gom))\b\D*(\d+)?"
)
_STANDARD_AGE_OF_GRADE_1 = 6
_YEARS_OLDER = 3
_YEARS_YOUNGER = 1
_IMPOSSIBLE_YEARS = 8
_FORMULA_STARTS = ("=", "+", "@")

_IDENTITY = (
    Field.FULL_NAME,
    Field.FAMILY_NAMES,
    Field.GIVEN_NAME,
    Field.MINISTRY_CODE,
    Field.PERSONAL_ID,
    Field.BIRTH_DATE,
)


def analyse_roster(
    sheet: RawSheet, mapping: ColumnMapping, context: RosterContext | None = None
) -> RosterDraft:
    """Clean rows and problems of a roster; nothing is guessed silently.

    Raises RuleRefused `name_column_missing` when no column is mapped to the pupils' names.
    """
    if not {Field.FULL_NAME, Field.FAMILY_NAMES} & set(mapping.meanings.values()):
        raise RuleRefused(
            "name_column_missing",
            f"Trang “{sheet.name}” chưa có cột nào được chọn là Họ và tên; hãy chọn cột họ tên ở "
            "bước ghép cột.",
            sheet=sheet.name,
        )
    return _RosterAnalysis(sheet, mapping, context or RosterContext()).run()


class _RosterAnalysis:
    def __init__(self, sheet: RawSheet, mapping: ColumnMapping, context: RosterContext) -> None:
        self._sheet = sheet
        self._mapping = mapping
        self._context = context
        self._columns = {what: column for column, what in mapping.meanings.items()}
        self._problems: list[RowProblem] = []
        self._announced: tuple[int, int] | None = None

    def run(self) -> RosterDraft:
        rows: list[RosterRow] = []
        blank = totals = others = 0
        for number in range(self._mapping.header.first_data_row, len(self._sheet.rows) + 1):
            cells = self._sheet.rows[number - 1]
            if all(cell.is_blank for cell in cells):
                blank += 1
            elif self._is_pupil(number):
                rows.append(self._row(number))
            elif self._is_total(number, cells):
                totals += 1
            else:
                others += 1
        self._check_duplicates(rows)
        self._check_announced_total(len(rows))
        order = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}
        self._problems.sort(key=lambda p: (p.excel_row, order[p.severity]))
        return RosterDraft(
            rows=tuple(rows),
            problems=tuple(self._problems),
            fields=self._fields(),
            blank_lines=blank + self._sheet.ghost_rows,
            total_lines=totals,
            other_lines=others,
            notes=self._sheet.notes,
        )

    def _fields(self) -> frozenset[Field]:
        found = {field for field in ROSTER_FIELDS if field in self._columns}
        if Field.FAMILY_NAMES in self._columns and Field.GIVEN_NAME in self._columns:
            found.add(Field.FULL_NAME)
        return frozenset(found)

    def _cell(self, number: int, field: Field) -> RawCell:
        return self._sheet.cell(number, self._columns.get(field, 0))

    def _is_pupil(self, number: int) -> bool:
        """A pupil's line carries two identity facts, or one and a number in STT."""
        first = next((c for c in self._sheet.rows[number - 1] if not c.is_blank), None)
        if first is not None and _TOTAL.match(fold(first.text)):
            return False
        facts = sum(not self._cell(number, field).is_blank for field in _IDENTITY)
        numbered = plain_text(self._cell(number, Field.ORDER)).isdecimal()
        others = sum(not self._cell(number, field).is_blank for field in PLAIN_FIELDS)
        return facts >= 2 or (facts == 1 and (numbered or others >= 1)) or (numbered and others > 1)

    def _is_total(self, number: int, cells: tuple[RawCell, ...]) -> bool:
        first = next(cell for cell in cells if not cell.is_blank)
        found = _TOTAL.match(fold(first.text))
        if found is None:
            return False
        if found[1]:
            self._announced = (number, int(found[1]))
        return True

    def _row(self, number: int) -> RosterRow:
        values = {field.value: self._text(number, field) for field in PLAIN_FIELDS}
        profile = PupilProfile(
            full_name=self._name(number),
            birth_date=self._birth_date(number),
            sex=self._read(number, Field.SEX, read_sex),
            ministry_code=self._read(
                number, Field.MINISTRY_CODE, lambda cell: read_code(cell, MINISTRY_CODE_DIGITS)
            ),
            personal_id=self._read(
                number, Field.PERSONAL_ID, lambda cell: read_code(cell, PERSONAL_ID_DIGITS)
            ),
            inclusion=self._read(number, Field.INCLUSION, read_inclusion),
            personal_id_verified_on=self._verified(number),
            **{field.value: self._read(number, field, read_phone) for field in PHONES},
            **{field.value: self._read(number, field, read_email) for field in EMAILS},
            **values,
        )
        self._check_class(number)
        if (
            Field.MINISTRY_CODE in self._columns
            and self._cell(number, Field.MINISTRY_CODE).is_blank
        ):
            self._add(
                number,
                Field.MINISTRY_CODE,
                "chưa có mã; nhận được, nhưng phải bổ sung trước khi khớp bảng điểm",
                Severity.WARNING,
                "code_missing",
            )
        return RosterRow(number, self._order(number), profile)

    def _verified(self, number: int) -> date | None:
        field = Field.PERSONAL_ID_VERIFIED_ON
        result = read_verified(self._cell(number, field), self._context.today)
        if result.fault:
            self._add(number, field, result.fault, Severity.ERROR, "bad_verified_day")
        elif result.value is not None and self._cell(number, Field.PERSONAL_ID).is_blank:
            self._add(
                number,
                field,
                "ghi đã xác thực mà không có số định danh cá nhân; thêm số hoặc bỏ ô này",
                Severity.ERROR,
                "verified_without_id",
            )
        elif (
            result.value is not None
            and self._context.today is not None
            and result.value > self._context.today
        ):
            self._add(number, field, "ngày xác thực chưa tới", Severity.ERROR, "verified_later")
        return result.value

    def _read(self, number: int, field: Field, read: Callable[[RawCell], Read]) -> str:
        result = read(self._cell(number, field))
        if result.fault:
            self._add(number, field, result.fault, Severity.ERROR, f"bad_{field}")
        elif result.note:
            self._add(number, field, result.note, Severity.NOTE, f"mended_{field}")
        return result.value

    def _text(self, number: int, field: Field) -> str:
        result = read_text(self._cell(number, field))
        if result.fault:
            self._add(number, field, result.fault, Severity.ERROR, f"bad_{field}")
        elif result.value.startswith(_FORMULA_STARTS):
            self._add(
                number,
                field,
                "bắt đầu như một công thức; chỉ được giữ như chữ thường, hãy xem lại",
                Severity.WARNING,
                "looks_like_formula",
            )
        return result.value

    def _name(self, number: int) -> str:
        if Field.FULL_NAME in self._columns:
            name = self._read(number, Field.FULL_NAME, read_name)
            parts = [Field.FULL_NAME]
        else:
            parts = [Field.FAMILY_NAMES, Field.GIVEN_NAME]
            name = " ".join(
                part for part in (self._read(number, field, read_name) for field in parts) if part
            )
        if not name and all(self._cell(number, field).is_blank for field in parts):
            self._add(
                number,
                parts[0],
                "thiếu họ tên; ghi họ tên học sinh rồi nhập lại",
                Severity.ERROR,
                "name_missing",
            )
        elif name and " " not in name:
            self._add(
                number,
                parts[0],
                "họ tên chỉ có một từ; xem lại có thiếu họ hoặc tên không",
                Severity.WARNING,
                "name_single_word",
            )
        return name

    def _birth_date(self, number: int) -> date | None:
        result = read_date(self._cell(number, Field.BIRTH_DATE))
        if result.fault:
            self._add(number, Field.BIRTH_DATE, result.fault, Severity.ERROR, "bad_birth_date")
            return None
        if result.value is None:
            if Field.BIRTH_DATE in self._columns:
                self._add(
                    number,
                    Field.BIRTH_DATE,
                    "thiếu ngày sinh; ghi ngày/tháng/năm, thí dụ 05/09/2014",
                    Severity.ERROR,
                    "birth_date_missing",
                )
            return None
        self._check_age(number, result.value)
        return result.value

    def _check_age(self, number: int, born: date) -> None:
        """Tuổi vào lớp 1 là 6, vào lớp 6 là 11; older by up to 3 years (TT32/2020, Điều 33)."""
        grade, first_year = self._context.grade, self._context.first_year
        if grade is None or first_year is None:
            return
        usual = first_year - _STANDARD_AGE_OF_GRADE_1 - grade + 1
        older = usual - born.year
        if older > _IMPOSSIBLE_YEARS or older < -2 * _YEARS_YOUNGER:
            severity, code = Severity.ERROR, "age_impossible"
            reason = "không thể đúng; sửa ngày sinh trong tệp"
        elif older > _YEARS_OLDER or older < -_YEARS_YOUNGER:
            severity, code = Severity.WARNING, "age_unusual"
            reason = "cần quyết định riêng, hãy xem lại"
        else:
            return
        self._add(
            number,
            Field.BIRTH_DATE,
            f"học sinh lớp {grade} thường sinh năm {usual}, ở đây là {born.year}: {reason}",
            severity,
            code,
        )

    def _order(self, number: int) -> int | None:
        text = plain_text(self._cell(number, Field.ORDER))
        return int(text) if text.isascii() and text.isdecimal() else None

    def _check_class(self, number: int) -> None:
        said = plain_text(self._cell(number, Field.CLASS_NAME))
        wanted = self._context.class_name
        if said and wanted and other_class(said, wanted):
            self._add(
                number,
                Field.CLASS_NAME,
                f"dòng này ghi lớp {said}, không phải lớp {wanted}; nhập vào đúng lớp",
                Severity.ERROR,
                "other_class",
            )

    def _check_duplicates(self, rows: list[RosterRow]) -> None:
        seen: dict[tuple[Field, str], RosterRow] = {}
        for row in rows:
            profile = row.profile
            for field, code in (
                (Field.MINISTRY_CODE, profile.ministry_code),
                (Field.PERSONAL_ID, profile.personal_id),
            ):
                if not code:
                    continue
                first = seen.setdefault((field, code), row)
                if first is not row:
                    self._add(
                        row.excel_row,
                        field,
                        f"trùng với dòng {first.excel_row} ({first.profile.full_name}); "
                        "mỗi mã chỉ của một học sinh",
                        Severity.ERROR,
                        f"duplicate_{field}",
                    )
            if profile.full_name and profile.birth_date:
                person = f"{fold(profile.full_name)}|{profile.birth_date.isoformat()}"
                first = seen.setdefault((Field.FULL_NAME, person), row)
                if first is not row:
                    self._same_person(row, first)

    def _same_person(self, row: RosterRow, first: RosterRow) -> None:
        codes = (row.profile.ministry_code, first.profile.ministry_code)
        told_apart = all(codes) and codes[0] != codes[1]
        self._add(
            row.excel_row,
            Field.FULL_NAME,
            f"cùng họ tên và ngày sinh với dòng {first.excel_row}"
            + (
                ", chỉ khác mã; xem lại có phải một người ghi hai lần không"
                if told_apart
                else "; xóa dòng thừa, hoặc ghi mã định danh của từng em"
            ),
            Severity.WARNING if told_apart else Severity.ERROR,
            "duplicate_person",
        )

    def _check_announced_total(self, count: int) -> None:
        if self._announced is None or self._announced[1] == count:
            return
        row, said = self._announced
        self._problems.append(
            RowProblem(
                row,
                "",
                str(said),
                f"tệp ghi tổng số {said} học sinh nhưng đọc được {count}; xem lại dòng bị thiếu "
                "hoặc thừa",
                Severity.WARNING,
                "total_differs",
            )
        )

    def _add(self, number: int, field: Field, reason: str, severity: Severity, code: str) -> None:
        column = self._columns.get(field)
        label = self._mapping.label(column) if column else FIELD_LABELS[field]
        value = plain_text(self._cell(number, field))
        self._problems.append(RowProblem(number, label, value, reason, severity, code))
