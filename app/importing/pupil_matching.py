"""Which pupil a row of a mark sheet is about: by code, else by name and birth date."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.importing.fields import FIELD_LABELS, Field
from app.importing.problems import RowProblem, Severity
from app.importing.values import shown_date
from app.text import clean, fold

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from app.domain.ids import PupilId

_CODE = FIELD_LABELS[Field.MINISTRY_CODE]
_NAME = FIELD_LABELS[Field.FULL_NAME]


@dataclass(frozen=True, slots=True)
class SheetPupil:
    """A pupil of the class as the book lists them; `left` tells that they are no longer in it."""

    pupil_id: PupilId
    full_name: str
    ministry_code: str = ""
    birth_date: date | None = None
    left: bool = False


@dataclass(frozen=True, slots=True)
class RowIdentity:
    """Who a row says it is about; empty texts and None are blanks of the file."""

    excel_row: int
    full_name: str
    ministry_code: str = ""
    code_fault: str = ""
    birth_date: date | None = None

    @property
    def has_code(self) -> bool:
        """A code stands in the row, readable or not."""
        return bool(self.ministry_code or self.code_fault)


class PupilMatcher:
    """Matches rows to the pupils of one class; a doubtful row is refused, never guessed."""

    def __init__(self, pupils: Sequence[SheetPupil]) -> None:
        self._pupils = pupils
        self._by_code = {p.ministry_code: p for p in pupils if p.ministry_code}
        self._problems: list[RowProblem] = []

    def match(
        self, rows: Sequence[RowIdentity]
    ) -> tuple[dict[int, PupilId], tuple[RowProblem, ...]]:
        """(excel row -> pupil for the rows that may be taken, problems of all rows).

        Rows of pupils who left, and all rows that name one pupil twice, are not taken.
        """
        self._problems = []
        found: dict[PupilId, list[RowIdentity]] = {}
        for row in rows:
            pupil = self._find(row)
            if pupil is None:
                continue
            if pupil.left:
                self._add(
                    row,
                    _NAME,
                    f"{pupil.full_name} đã rời lớp; điểm của dòng này không được nhập",
                    Severity.WARNING,
                    "pupil_left",
                )
                continue
            found.setdefault(pupil.pupil_id, []).append(row)
        taken: dict[int, PupilId] = {}
        for pupil_id, same in found.items():
            if len(same) == 1:
                taken[same[0].excel_row] = pupil_id
                continue
            places = ", ".join(str(row.excel_row) for row in same)
            for row in same:
                self._add(
                    row,
                    _NAME,
                    f"các dòng {places} cùng là một học sinh nên không dòng nào được nhập; "
                    "xóa dòng thừa rồi nhập lại",
                    Severity.ERROR,
                    "pupil_twice",
                )
        return dict(sorted(taken.items())), tuple(self._problems)

    def _find(self, row: RowIdentity) -> SheetPupil | None:
        pupil = self._by_code.get(row.ministry_code) if row.ministry_code else None
        return self._checked(row, pupil) if pupil else self._by_name(row)

    def _checked(self, row: RowIdentity, pupil: SheetPupil) -> SheetPupil | None:
        """The code told; the name has to agree, or rows of the file have slipped."""
        if row.full_name and fold(row.full_name) != fold(pupil.full_name):
            self._add(
                row,
                _NAME,
                f"mã {row.ministry_code} trong sổ là của {pupil.full_name}, không phải "
                f"{row.full_name}; xem lại tệp có bị lệch dòng không",
                Severity.ERROR,
                "name_differs_from_code",
            )
            return None
        if row.full_name and row.full_name != clean(pupil.full_name):
            self._add(
                row,
                _NAME,
                f"trong sổ ghi là {pupil.full_name}; nhận theo mã, hãy xem lại dấu của họ tên",
                Severity.WARNING,
                "name_spelt_otherwise",
            )
        if row.birth_date and pupil.birth_date and row.birth_date != pupil.birth_date:
            self._add(
                row,
                FIELD_LABELS[Field.BIRTH_DATE],
                f"tệp ghi sinh ngày {shown_date(row.birth_date)}, trong sổ là "
                f"{shown_date(pupil.birth_date)}; nhận theo mã và họ tên",
                Severity.WARNING,
                "birth_date_differs",
            )
        return pupil

    def _by_name(self, row: RowIdentity) -> SheetPupil | None:
        namesakes = [p for p in self._pupils if p.full_name and self._same_name(row, p)]
        exact = [p for p in namesakes if clean(p.full_name) == row.full_name]
        dated = [p for p in exact or namesakes if self._same_day(row, p)]
        if not namesakes:
            self._unknown(row)
            return None
        if not dated:
            self._add(
                row,
                FIELD_LABELS[Field.BIRTH_DATE],
                f"trong sổ {namesakes[0].full_name} sinh ngày "
                f"{shown_date(namesakes[0].birth_date)}, tệp ghi {shown_date(row.birth_date)}; "
                "không nhập vì chưa chắc cùng một em, hãy sửa ngày sinh hoặc ghi mã định danh",
                Severity.ERROR,
                "birth_date_differs",
            )
            return None
        if len(dated) > 1:
            self._add(
                row,
                _NAME,
                f"lớp có {len(dated)} học sinh cùng họ tên {row.full_name}; ghi thêm mã định danh "
                "hoặc ngày sinh rồi nhập lại",
                Severity.ERROR,
                "namesakes",
            )
            return None
        return self._named(row, dated[0])

    def _named(self, row: RowIdentity, pupil: SheetPupil) -> SheetPupil | None:
        """The name told; a code that says otherwise outweighs it."""
        if row.ministry_code and pupil.ministry_code:
            self._add(
                row,
                _CODE,
                f"trong sổ {pupil.full_name} có mã {pupil.ministry_code}, tệp ghi "
                f"{row.ministry_code}; không nhập, hãy sửa mã cho khớp",
                Severity.ERROR,
                "code_differs",
            )
            return None
        sure = row.birth_date is not None and row.birth_date == pupil.birth_date
        exact = clean(pupil.full_name) == row.full_name
        if not sure and not exact:
            self._unknown(row)
            return None
        how = "họ tên và ngày sinh" if sure else "họ tên (không có ngày sinh để đối chiếu)"
        why = f"mã không đọc được ({row.code_fault})" if row.code_fault else "không khớp được mã"
        self._add(
            row,
            _NAME,
            f"{why}; nhận là {pupil.full_name} theo {how}",
            Severity.NOTE if sure and not row.code_fault else Severity.WARNING,
            "matched_by_name",
        )
        return pupil

    def _unknown(self, row: RowIdentity) -> None:
        value = row.ministry_code or row.full_name
        self._problems.append(
            RowProblem(
                row.excel_row,
                _CODE if row.ministry_code else _NAME,
                value,
                f"{row.full_name or 'học sinh này'} không có trong danh sách lớp; xem lại tệp có "
                "đúng lớp không, hoặc thêm học sinh vào danh sách trước",
                Severity.ERROR,
                "pupil_unknown",
            )
        )

    @staticmethod
    def _same_name(row: RowIdentity, pupil: SheetPupil) -> bool:
        return fold(pupil.full_name) == fold(row.full_name)

    @staticmethod
    def _same_day(row: RowIdentity, pupil: SheetPupil) -> bool:
        return not row.birth_date or not pupil.birth_date or row.birth_date == pupil.birth_date

    def _add(
        self, row: RowIdentity, label: str, reason: str, severity: Severity, code: str
    ) -> None:
        value = row.full_name if label == _NAME else row.ministry_code
        if label == FIELD_LABELS[Field.BIRTH_DATE]:
            value = shown_date(row.birth_date)
        self._problems.append(RowProblem(row.excel_row, label, value, reason, severity, code))
