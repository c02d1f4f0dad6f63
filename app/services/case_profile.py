"""A case about what the books print of a pupil: name, birth date, sex (M67, M184)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from app.actor import Actor
from app.domain.case_rules import LOCKED_PROFILE_FIELDS, REGISTRARS
from app.domain.corrections import CaseAbout, Correction, FactItem
from app.domain.periods import Term
from app.domain.pupils import DATE_FIELDS, FIELD_TITLES, PupilProfile
from app.errors import AccessDenied, RuleRefused
from app.importing.tables import CellKind, RawCell
from app.importing.values import read_date
from app.ports import UnitOfWork
from app.readmodels.mark_sheet import CellKey
from app.services.case_target import CaseTarget, ClassAtHand
from app.services.roster_rules import clean_profile, keep_verified, refuse_duplicates
from app.services.roster_voiding import void_after_roster
from app.text import clean, date_vn


class ProfileTarget(CaseTarget):
    """Fields are names of `PupilProfile` in LOCKED_PROFILE_FIELDS."""

    @classmethod
    def load(cls, uow: UnitOfWork, about: CaseAbout, now: datetime) -> ProfileTarget:
        """The roster as read in this transaction."""
        return cls(about, ClassAtHand.load(uow, about, now))

    @property
    def matter(self) -> str:
        """What stands in the column of subjects."""
        return self.about.kind.label

    def refuse_stranger(self, actor: Actor) -> None:
        """The GVCN of the class and văn thư declare."""
        if self.at.klass.id not in actor.homeroom and not actor.has(*REGISTRARS):
            raise AccessDenied(
                "not_homeroom",
                f"{actor.name} không chủ nhiệm lớp {self.at.klass.name} và không phải văn thư nên "
                "không lập hồ sơ sửa thông tin học sinh của lớp được; hãy nhờ GVCN hoặc văn thư.",
            )

    def refuse_open(self, _actor: Actor, key: CellKey) -> None:
        """Refuse fields no book prints and classes not yet frozen."""
        if not self.knows(key.column):
            raise RuleRefused(
                "no_column",
                "Thông tin này không in trong sổ nên không cần hồ sơ; văn thư sửa thẳng ở trang "
                "Học sinh.",
            )
        if self.at.klass.roster_frozen_at is None:
            raise RuleRefused(
                "cell_open",
                f"Danh sách lớp {self.at.klass.name} chưa chốt nên không cần hồ sơ; hãy sửa thẳng "
                "ở trang Học sinh.",
            )

    def is_short(self, _field: str) -> bool:
        """Whether a value is a mark or a sign, not a text of a line."""
        return False

    def knows(self, field: str) -> bool:
        """Whether the kind has such a column."""
        return field in LOCKED_PROFILE_FIELDS

    def stored(self, key: CellKey) -> str:
        """The fact as kept now."""
        value = getattr(self.entry(key).profile, key.column)
        return value.isoformat() if isinstance(value, date) else str(value or "")

    def parse(self, key: CellKey, text: str) -> str:
        """The fact as it would be kept."""
        if key.column in DATE_FIELDS:
            text = _typed_day(self.title(key.column), text)
        changed = _changed(self.entry(key).profile, {key.column: text})
        cleaned = clean_profile(changed, self.at.today)
        value = getattr(cleaned, key.column)
        if not value:
            raise RuleRefused(
                "value_required",
                f"{FIELD_TITLES[key.column]} đúng còn trống; hãy ghi theo giấy khai sinh.",
            )
        return value.isoformat() if isinstance(value, date) else str(value)

    def title(self, field: str) -> str:
        """The column in words."""
        return FIELD_TITLES[field]

    def term(self, _field: str) -> Term | None:
        """A profile stands outside terms."""
        return None

    def shown(self, field: str, text: str) -> str:
        """The fact as people read it."""
        return date_vn(date.fromisoformat(text)) if field in DATE_FIELDS and text else text

    def put(self, uow: UnitOfWork, facts: Sequence[FactItem]) -> None:
        """Write approved facts."""
        for pupil in dict.fromkeys(fact.pupil_id for fact in facts):
            entry = self.entry(CellKey(pupil, ""))
            mine = {fact.field: fact.new for fact in facts if fact.pupil_id == pupil}
            cleaned = clean_profile(_changed(entry.profile, mine), self.at.today)
            refuse_duplicates(uow, self.at.year, cleaned, except_pupil=pupil)
            uow.roster.update_profile(pupil, keep_verified(entry.profile, cleaned))

    def void(self, uow: UnitOfWork, case: Correction, now: datetime, _why: str) -> tuple[int, int]:
        """What was confirmed and signed over the class list; see `void_after_roster`."""
        void_after_roster(uow, case.class_id, now)
        return 0, 0


def _typed_day(title: str, text: str) -> str:
    read = read_date(RawCell(CellKind.TEXT, text))
    if read.fault:
        raise RuleRefused(
            "not_a_day", f"{title} “{clean(text)[:24]}” không dùng được: {read.fault}."
        )
    return "" if read.value is None else read.value.isoformat()


def _changed(profile: PupilProfile, texts: dict[str, str]) -> PupilProfile:
    values = {
        name: (date.fromisoformat(text) if text else None) if name in DATE_FIELDS else text
        for name, text in texts.items()
    }
    return replace(profile, **values)  # type: ignore[arg-type]
