"""A roster file against the class as it stands: new, same, changed, missing, elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.importing.fields import FIELD_LABELS, Field
from app.importing.problems import RowProblem, Severity
from app.importing.roster import ROSTER_FIELDS
from app.importing.values import shown_date
from app.text import clean, fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from app.domain.ids import PupilId
    from app.importing.roster import RosterDraft, RosterRow


@dataclass(frozen=True, slots=True)
class ExistingPupil:
    """A pupil of the file's database: of the target class, or of another class of the school.

    `values` holds the stored texts of `ROSTER_FIELDS` other than name, codes and birth date (sex as
    "Nam"/"Nữ"); a field left out is not compared.
    """

    pupil_id: PupilId
    class_name: str
    in_this_class: bool
    full_name: str
    birth_date: date | None = None
    ministry_code: str = ""
    personal_id: str = ""
    left: bool = False
    values: Mapping[Field, str] | None = None

    def value(self, field: Field) -> str | None:
        """The stored text of a field as shown; None when it was not given."""
        match field:
            case Field.FULL_NAME:
                return self.full_name
            case Field.MINISTRY_CODE:
                return self.ministry_code
            case Field.PERSONAL_ID:
                return self.personal_id
            case Field.BIRTH_DATE:
                return shown_date(self.birth_date)
        return None if self.values is None else self.values.get(field)


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that the file would change; both texts as shown."""

    field: Field
    old: str
    new: str

    @property
    def label(self) -> str:
        """The field in words."""
        return FIELD_LABELS[self.field]


@dataclass(frozen=True, slots=True)
class MatchedRow:
    """A row of the file and the pupil it is about; `how` is the field that told them."""

    row: RosterRow
    pupil: ExistingPupil
    how: Field
    changes: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class RosterDiff:
    """Every good row of the draft is in exactly one of the first five lists.

    `returned`: pupils who had left this class. `elsewhere`: pupils already in another class, never
    taken as new. `missing`: pupils of the class whom the file does not name (never removed by an
    import). `problems`: rows whose codes point at two different pupils, or which name one pupil
    twice; those rows are in `conflicting`.
    """

    new: tuple[RosterRow, ...]
    same: tuple[MatchedRow, ...]
    changed: tuple[MatchedRow, ...]
    returned: tuple[MatchedRow, ...]
    elsewhere: tuple[MatchedRow, ...]
    conflicting: tuple[RosterRow, ...]
    missing: tuple[ExistingPupil, ...]
    problems: tuple[RowProblem, ...]


def diff_roster(draft: RosterDraft, existing: Sequence[ExistingPupil]) -> RosterDiff:
    """Match the draft's good rows by ministry code, then personal ID, then name and birth date.

    A blank cell, or a column the file does not have, changes nothing.
    """
    index = _Index(existing)
    new: list[RosterRow] = []
    same: list[MatchedRow] = []
    changed: list[MatchedRow] = []
    returned: list[MatchedRow] = []
    elsewhere: list[MatchedRow] = []
    conflicting: list[RosterRow] = []
    problems: list[RowProblem] = []
    taken: dict[PupilId, RosterRow] = {}
    for row in draft.good_rows:
        matches = index.matches(row)
        if not matches:
            new.append(row)
            continue
        how, pupil = matches[0]
        conflict = _conflict(row, matches, taken.get(pupil.pupil_id))
        if conflict is not None:
            conflicting.append(row)
            problems.append(conflict)
            continue
        taken[pupil.pupil_id] = row
        matched = MatchedRow(row, pupil, how, _changes(row, pupil))
        if not pupil.in_this_class:
            elsewhere.append(matched)
            problems.append(_elsewhere_problem(matched))
        elif pupil.left:
            returned.append(matched)
        elif matched.changes:
            changed.append(matched)
        else:
            same.append(matched)
    missing = tuple(
        pupil
        for pupil in existing
        if pupil.in_this_class and not pupil.left and pupil.pupil_id not in taken
    )
    return RosterDiff(
        tuple(new),
        tuple(same),
        tuple(changed),
        tuple(returned),
        tuple(elsewhere),
        tuple(conflicting),
        missing,
        tuple(problems),
    )


class _Index:
    def __init__(self, existing: Sequence[ExistingPupil]) -> None:
        self._keys: dict[tuple[Field, str], list[ExistingPupil]] = {}
        for pupil in existing:
            self._put(Field.MINISTRY_CODE, pupil.ministry_code, pupil)
            self._put(Field.PERSONAL_ID, pupil.personal_id, pupil)
            self._put(Field.FULL_NAME, _person(pupil.full_name, pupil.birth_date), pupil)

    def _put(self, field: Field, key: str, pupil: ExistingPupil) -> None:
        if key:
            self._keys.setdefault((field, key), []).append(pupil)

    def matches(self, row: RosterRow) -> list[tuple[Field, ExistingPupil]]:
        """The best match of each kind of key, the strongest kind first.

        Name and birth date count only where the codes do not tell the two apart.
        """
        found: list[tuple[Field, ExistingPupil]] = []
        for field, key in (
            (Field.MINISTRY_CODE, row.ministry_code),
            (Field.PERSONAL_ID, row.personal_id),
            (Field.FULL_NAME, _person(row.full_name, row.birth_date)),
        ):
            candidates = self._keys.get((field, key), ()) if key else ()
            if field is Field.FULL_NAME:
                if found:
                    break
                candidates = [pupil for pupil in candidates if not _told_apart(row, pupil)]
            # The pupil of this class wins over a namesake or an old record elsewhere.
            best = sorted(candidates, key=lambda pupil: (not pupil.in_this_class, pupil.left))
            if best:
                found.append((field, best[0]))
        return found


def _person(name: str, born: date | None) -> str:
    return f"{fold(name)}|{born.isoformat()}" if name and born else ""


def _told_apart(row: RosterRow, pupil: ExistingPupil) -> bool:
    return any(
        mine and theirs and mine != theirs
        for mine, theirs in (
            (row.ministry_code, pupil.ministry_code),
            (row.personal_id, pupil.personal_id),
        )
    )


def _changes(row: RosterRow, pupil: ExistingPupil) -> tuple[FieldChange, ...]:
    changes = []
    for field in ROSTER_FIELDS:
        new, old = row.value(field), pupil.value(field)
        if new and old is not None and new != clean(old):
            changes.append(FieldChange(field, old, new))
    return tuple(changes)


def _conflict(
    row: RosterRow, matches: list[tuple[Field, ExistingPupil]], before: RosterRow | None
) -> RowProblem | None:
    how, pupil = matches[0]
    for other_how, other in matches[1:]:
        if other.pupil_id != pupil.pupil_id:
            return RowProblem(
                row.excel_row,
                FIELD_LABELS[other_how],
                row.value(other_how),
                f"{FIELD_LABELS[how]} là của {_named(pupil)}, còn {FIELD_LABELS[other_how]} là của "
                f"{_named(other)}; sửa mã trong tệp cho đúng một em",
                Severity.ERROR,
                "codes_disagree",
            )
    if before is not None:
        return RowProblem(
            row.excel_row,
            FIELD_LABELS[how],
            row.value(how),
            f"dòng {before.excel_row} đã nói về {_named(pupil)}; xóa một trong hai dòng",
            Severity.ERROR,
            "pupil_twice",
        )
    return None


def _elsewhere_problem(matched: MatchedRow) -> RowProblem:
    state = "đã rời" if matched.pupil.left else "đang học"
    return RowProblem(
        matched.row.excel_row,
        FIELD_LABELS[matched.how],
        matched.row.value(matched.how),
        f"{matched.row.full_name} {state} lớp {matched.pupil.class_name}; dùng Chuyển lớp nếu em "
        "chuyển đến lớp này, không nhập như học sinh mới",
        Severity.WARNING,
        "pupil_elsewhere",
    )


def _named(pupil: ExistingPupil) -> str:
    return f"{pupil.full_name} (lớp {pupil.class_name})" if pupil.class_name else pupil.full_name
