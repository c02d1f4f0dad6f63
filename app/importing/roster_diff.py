"""A roster file against the class as it stands: new, same, changed, missing, elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from app.importing.fields import FIELD_LABELS, Field
from app.importing.problems import RowProblem, Severity
from app.importing.roster_rows import ROSTER_FIELDS
from app.importing.values import shown_date
from app.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from app.domain.ids import PupilId
    from app.domain.pupils import PupilProfile
    from app.importing.roster_rows import RosterDraft, RosterRow


@dataclass(frozen=True, slots=True)
class ExistingPupil:
    """A pupil the school has: of the target class, or of another class (`in_this_class` False)."""

    pupil_id: PupilId
    profile: PupilProfile
    class_name: str
    in_this_class: bool
    left: bool = False


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that the file would change; both texts as shown, dates dd/mm/yyyy."""

    field: Field
    old: str
    new: str

    @property
    def label(self) -> str:
        """The field in words."""
        return FIELD_LABELS[self.field]


@dataclass(frozen=True, slots=True)
class MatchedRow:
    """A row of the file and the pupil it is about; `how` is the field that told them.

    `profile` is the pupil's profile after accepting the row: blanks of the file keep what is there.
    """

    row: RosterRow
    pupil: ExistingPupil
    how: Field
    profile: PupilProfile
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
        matched = _matched(row, pupil, how)
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
            self._put(Field.MINISTRY_CODE, pupil.profile.ministry_code, pupil)
            self._put(Field.PERSONAL_ID, pupil.profile.personal_id, pupil)
            self._put(Field.FULL_NAME, _person(pupil.profile), pupil)

    def _put(self, field: Field, key: str, pupil: ExistingPupil) -> None:
        if key:
            self._keys.setdefault((field, key), []).append(pupil)

    def matches(self, row: RosterRow) -> list[tuple[Field, ExistingPupil]]:
        """The best match of each kind of key, the strongest kind first.

        Name and birth date count only where the codes do not tell the two apart.
        """
        found: list[tuple[Field, ExistingPupil]] = []
        for field, key in (
            (Field.MINISTRY_CODE, row.profile.ministry_code),
            (Field.PERSONAL_ID, row.profile.personal_id),
            (Field.FULL_NAME, _person(row.profile)),
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


def _person(profile: PupilProfile) -> str:
    name, born = profile.full_name, profile.birth_date
    return f"{fold(name)}|{born.isoformat()}" if name and born else ""


def _told_apart(row: RosterRow, pupil: ExistingPupil) -> bool:
    return any(
        mine and theirs and mine != theirs
        for mine, theirs in (
            (row.profile.ministry_code, pupil.profile.ministry_code),
            (row.profile.personal_id, pupil.profile.personal_id),
        )
    )


def _matched(row: RosterRow, pupil: ExistingPupil, how: Field) -> MatchedRow:
    changed: dict[str, Any] = {}
    changes = []
    for field in ROSTER_FIELDS:
        new, old = getattr(row.profile, field), getattr(pupil.profile, field)
        if new and new != old:
            changed[field.value] = new
            changes.append(FieldChange(field, _shown(old), _shown(new)))
    return MatchedRow(row, pupil, how, replace(pupil.profile, **changed), tuple(changes))


def _shown(value: str | date | None) -> str:
    return value if isinstance(value, str) else shown_date(value)


def _conflict(
    row: RosterRow, matches: list[tuple[Field, ExistingPupil]], before: RosterRow | None
) -> RowProblem | None:
    how, pupil = matches[0]
    for other_how, other in matches[1:]:
        if other.pupil_id != pupil.pupil_id:
            return RowProblem(
                row.excel_row,
                FIELD_LABELS[other_how],
                _shown(getattr(row.profile, other_how)),
                f"{FIELD_LABELS[how]} là của {_named(pupil)}, còn {FIELD_LABELS[other_how]} là của "
                f"{_named(other)}; sửa mã trong tệp cho đúng một em",
                Severity.ERROR,
                "codes_disagree",
            )
    if before is not None:
        return RowProblem(
            row.excel_row,
            FIELD_LABELS[how],
            _shown(getattr(row.profile, how)),
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
        _shown(getattr(matched.row.profile, matched.how)),
        f"{matched.pupil.profile.full_name} {state} lớp {matched.pupil.class_name}; dùng Chuyển "
        "lớp nếu em chuyển đến lớp này, không nhập như học sinh mới",
        Severity.WARNING,
        "pupil_elsewhere",
    )


def _named(pupil: ExistingPupil) -> str:
    name = pupil.profile.full_name
    return f"{name} (lớp {pupil.class_name})" if pupil.class_name else name
