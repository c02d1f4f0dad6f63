"""Quy định: choose a profile for a school year, change a rule, always by a decision, from a day on.

A version is never changed: what was in force on a day stays readable and countable (M207, M237).
Only the principal settles rules; whoever writes under them reads them through `rules_in_force`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from app.actor import Actor, require
from app.changes import CommandResult, Topic
from app.clock import Clock
from app.domain.accounts import refuse_too_long
from app.domain.ids import AccountId, SchoolYearId
from app.domain.roles import Role
from app.domain.rule_catalogue import CATALOGUE
from app.domain.rule_checks import checked_rules
from app.domain.rules import RuleSet, RuleVersion, version_of_day
from app.domain.school import SchoolYear
from app.domain.trail import TrailDraft
from app.errors import RuleRefused
from app.ports import UnitOfWork, UowFactory
from app.readmodels.rule_table import ProfileChoice, RuleBoard, RuleLine
from app.rule_profiles import BY_CODE, GENERAL, PROFILES
from app.services.named_approvers import (
    kinds_nobody_decides,
    named_choices,
    refuse_nobody,
    with_names,
)
from app.services.standing import require_standing, standing
from app.text import clean, date_vn

_TOPICS = frozenset(
    {Topic.SETTINGS, Topic.LOCKS, Topic.CORRECTIONS, Topic.ATTENDANCE, Topic.MARKS, Topic.TRAIL}
)
_WHAT = "đổi quy định của trường"
_NUMBER_LIMIT, _NOTE_LIMIT = 60, 300
_BEFORE, _AFTER = timedelta(days=120), timedelta(days=120)
"""Rules of a year are settled from the spring before it until its summer is over."""


@dataclass(frozen=True, slots=True)
class RuleAct:
    """The decision behind a choice or a change, and the day from which it counts."""

    decision_no: str
    decision_on: date | None
    starts_on: date | None
    note: str = ""


class RuleBook:
    """Reads and settles the rules of one file."""

    def __init__(self, uows: UowFactory, clock: Clock) -> None:
        self._uows = uows
        self._clock = clock

    def board(self, actor: Actor, year_id: SchoolYearId) -> RuleBoard:
        """Every rule of the year in words as of today, with all versions."""
        with self._uows.read() as uow:
            return rule_board(uow, actor, year_id, self._clock.today())

    def lines_of(self, version: RuleVersion) -> tuple[RuleLine, ...]:
        """The rules of an earlier version, as they read then."""
        return _lines(version.rules, version.profile)

    def choices(self, year_id: SchoolYearId) -> tuple[ProfileChoice, ...]:
        """Every shipped profile with what it would change today."""
        with self._uows.read() as uow:
            now = _current(uow.rules.versions(year_id), self._clock.today())
        return tuple(
            ProfileChoice(
                profile.code,
                profile.title,
                profile.paper_words,
                profile.about,
                tuple(
                    f"{title}: {new}"
                    for title, _, new in _changes(now.rules, checked_rules(profile.values))
                ),
            )
            for profile in PROFILES
        )

    def choose(
        self, actor: Actor, year_id: SchoolYearId, profile: str, act: RuleAct
    ) -> CommandResult:
        """Take every rule of a shipped profile from a day on; own changes of before are dropped."""
        found = BY_CODE.get(profile)
        if found is None:
            raise RuleRefused(
                "profile_unknown",
                "Không có hồ sơ quy định này trong chương trình; hãy tải lại trang rồi chọn lại.",
                profile=profile,
            )
        return self._settle(actor, year_id, act, profile, checked_rules(found.values))

    def change(
        self, actor: Actor, year_id: SchoolYearId, changes: Mapping[str, str], act: RuleAct
    ) -> CommandResult:
        """Change single rules from a day on; the others stay. Keys and values: the catalogue.

        Of people only the sign-in names are asked; their names are written down beside them.
        """
        return self._settle(actor, year_id, act, None, changes)

    def _settle(
        self,
        actor: Actor,
        year_id: SchoolYearId,
        act: RuleAct,
        profile: str | None,
        new: RuleSet | Mapping[str, str],
    ) -> CommandResult:
        require(actor, _WHAT, Role.PRINCIPAL)
        today = self._clock.today()
        with self._uows.write() as uow:
            actor = require_standing(uow, actor, today, _WHAT, Role.PRINCIPAL)
            year = uow.school.year(year_id)
            versions = uow.rules.versions(year_id)
            if uow.progress.is_sealed(year_id):
                raise RuleRefused(
                    "year_sealed",
                    f"Năm học {year.name} đã niêm phong nên quy định của năm ấy chỉ còn để xem.",
                )
            number, decided, starts = _checked_act(act, year, versions, today)
            last = versions[-1] if versions else None
            before = RuleSet(GENERAL.values) if last is None else last.rules
            if isinstance(new, RuleSet):
                rules = new
            else:
                old = {spec.key: before.text(spec) for spec in CATALOGUE}
                named = with_names(new, uow.accounts.all(today))
                rules = checked_rules({**old, **named})
                refuse_nobody(rules, [s for s in CATALOGUE if s.key in new], uow, today)
            changed = _changes(before, rules)
            base = profile or (GENERAL.code if last is None else last.profile)
            if not changed and last is not None and base == last.profile:
                raise RuleRefused(
                    "rules_same",
                    "Các quy định đã chọn giống hệt quy định đang có nên không có gì để ghi.",
                )
            note = clean(act.note)
            refuse_too_long(note, "Ghi chú", _NOTE_LIMIT)
            now = self._clock.now()
            version = RuleVersion(
                year_id, len(versions) + 1, base, starts, number, decided, note, rules,
                actor.name, now,
            )  # fmt: skip
            uow.rules.add(version, actor.account_id)
            detail = {
                "year": year.name,
                "number": version.number,
                "profile": BY_CODE[base].title if profile else "",
                "starts_on": starts.isoformat(),
                "decision": number,
                "decision_on": decided.isoformat(),
                "changed": [list(one) for one in changed],
                "note": note,
            }
            seq = uow.trail.append(TrailDraft("rules.set", detail), actor, now)
            uow.commit()
        return CommandResult(
            _TOPICS, seq, f"Quy định từ {date_vn(starts)}: đổi {len(changed)} điều", None, version
        )


def rule_board(uow: UnitOfWork, actor: Actor, year_id: SchoolYearId, today: date) -> RuleBoard:
    """The rules of a year in words; also what the printed table is made of."""
    year = uow.school.year(year_id)
    versions = uow.rules.versions(year_id)
    version = version_of_day(versions, today)
    now = _current(versions, today)
    profile = BY_CODE.get(now.profile, GENERAL)
    sealed = uow.progress.is_sealed(year_id)
    may = standing(uow, actor, today).has(Role.PRINCIPAL) and not sealed
    accounts = uow.accounts.all(today)
    return RuleBoard(
        year.name,
        profile.title,
        profile.paper_words,
        version,
        tuple(reversed(versions)),
        _lines(now.rules, now.profile, named_choices(accounts, now.rules)),
        may,
        sealed,
        () if sealed else kinds_nobody_decides(accounts, now.rules),
    )


def carry_rules(
    uow: UnitOfWork, year: SchoolYear, by: AccountId, at: datetime
) -> RuleVersion | None:
    """A new year begins under the last rules of the year before it; None when there are none."""
    earlier = [y for y in uow.school.years() if y.starts_on < year.starts_on]
    for one in sorted(earlier, key=lambda y: y.starts_on, reverse=True):
        versions = uow.rules.versions(one.id)
        if versions:
            carried = replace(
                versions[-1],
                school_year_id=year.id,
                number=1,
                # A year is prepared under its own rules.
                starts_on=min(year.starts_on, at.date()),
                note=f"Tiếp tục áp dụng từ năm học {one.name}",
                set_at=at,
            )
            uow.rules.add(carried, by)
            return carried
    return None


def _current(versions: tuple[RuleVersion, ...], today: date) -> RuleVersion:
    found = version_of_day(versions, today)
    if found is not None:
        return found
    return RuleVersion(
        SchoolYearId(0), 0, GENERAL.code, today, "", None, "", RuleSet(GENERAL.values)
    )


def _lines(
    rules: RuleSet, profile: str, people: Mapping[str, tuple[tuple[str, str], ...]] | None = None
) -> tuple[RuleLine, ...]:
    shipped = RuleSet(BY_CODE.get(profile, GENERAL).values)
    return tuple(
        RuleLine(
            spec,
            rules.text(spec),
            rules.words(spec),
            rules.text(spec) != shipped.text(spec),
            (people or {}).get(spec.key, ()),
        )
        for spec in CATALOGUE
    )


def _changes(before: RuleSet, after: RuleSet) -> list[tuple[str, str, str]]:
    """(title, old words, new words) of every rule that differs."""
    return [
        (spec.title, before.words(spec), after.words(spec))
        for spec in CATALOGUE
        if before.text(spec) != after.text(spec)
    ]


def _checked_act(
    act: RuleAct, year: SchoolYear, versions: tuple[RuleVersion, ...], today: date
) -> tuple[str, date, date]:
    """Number, day and first day of the decision, or the refusal."""
    number = clean(act.decision_no)
    if not number or act.decision_on is None:
        raise RuleRefused(
            "decision_required",
            "Chưa ghi số và ngày quyết định của hiệu trưởng nên chưa đổi quy định; hãy ghi cả hai, "
            "thí dụ 41/QĐ-THCS ngày 01/09.",
        )
    refuse_too_long(number, "Số quyết định", _NUMBER_LIMIT)
    if act.decision_on > today:
        raise RuleRefused(
            "decision_day",
            f"Quyết định ghi ngày {date_vn(act.decision_on)}, sau hôm nay {date_vn(today)}; hãy "
            "ghi lại ngày trên văn bản.",
        )
    if act.starts_on is None:
        raise RuleRefused(
            "rules_start", "Chưa ghi quy định có hiệu lực từ ngày nào; hãy chọn ngày."
        )
    first, last = year.starts_on - _BEFORE, year.ends_on + _AFTER
    if not first <= act.starts_on <= last:
        raise RuleRefused(
            "rules_start",
            f"Ngày {date_vn(act.starts_on)} không thuộc năm học {year.name}; quy định của năm ấy "
            f"có hiệu lực từ {date_vn(first)} đến {date_vn(last)}, hãy chọn lại ngày.",
        )
    if versions and act.starts_on < versions[-1].starts_on:
        raise RuleRefused(
            "rules_order",
            f"Bản quy định số {versions[-1].number} có hiệu lực từ "
            f"{date_vn(versions[-1].starts_on)}; bản mới không được bắt đầu sớm hơn, hãy chọn ngày "
            "ấy hoặc ngày sau.",
        )
    return number, act.decision_on, act.starts_on
