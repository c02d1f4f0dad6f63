"""Tổ chuyên môn: who may look after which tổ, and whose subjects are whose (M103, M117)."""

from __future__ import annotations

from collections.abc import Collection

from app.actor import Actor, require
from app.changes import CommandResult, Topic
from app.clock import Clock
from app.domain.departments import Department, departments, proposed_subjects
from app.domain.ids import SchoolYearId
from app.domain.roles import Role
from app.domain.trail import TrailDraft
from app.errors import AccessDenied, RuleRefused
from app.ports import UnitOfWork, UowFactory
from app.services.class_scope import OVERSEERS
from app.services.standing import require_standing
from app.text import clean

KEEPERS = (Role.PRINCIPAL, Role.VICE_PRINCIPAL, Role.ACADEMIC_VICE, Role.ADMINISTRATOR)
"""Who says which subjects are a tổ's: the leaders, and who assigns for them (M198, M203)."""
LOOKERS = (*OVERSEERS, Role.ACADEMIC_VICE, Role.HOMEROOM_VICE)
"""Who looks at every tổ; a tổ trưởng at the own one."""
_WHAT = "giao môn cho tổ chuyên môn"
_TOPICS = frozenset({Topic.ACCOUNTS, Topic.TRAIL})


class Departments:
    """Reads, and gives subjects to a tổ; members and heads are facts of accounts."""

    def __init__(self, uows: UowFactory, clock: Clock) -> None:
        self._uows = uows
        self._clock = clock

    def visible(self, actor: Actor, year_id: SchoolYearId) -> tuple[Department, ...]:
        """Every tổ for the office and the leaders, the own one for its head.

        Raises AccessDenied for everybody else.
        """
        with self._uows.read() as uow:
            found = read_departments(uow, year_id, self._clock)
        if actor.has(*LOOKERS):
            return found
        permit_department(actor, actor.department)
        return tuple(one for one in found if one.name == actor.department)

    def subject_names(self, year_id: SchoolYearId) -> dict[str, str]:
        """Code -> name of every subject of the year, in the order of the book."""
        with self._uows.read() as uow:
            return _names(uow, year_id)

    def proposal(self, year_id: SchoolYearId) -> dict[str, str]:
        """Whose each subject would be by who teaches it today."""
        today = self._clock.today()
        with self._uows.read() as uow:
            codes = {
                s.id: s.code
                for subjects in uow.studies.of_classes(year_id).values()
                for s in subjects
            }
            homes = {a.id: a.department for a in uow.accounts.all(today)}
            posts = [
                (codes[post.subject_id], post.account_id)
                for post in uow.accounts.assignments()
                if post.subject_id in codes and post.covers(today)
            ]
        return proposed_subjects(posts, homes)

    def give_subjects(
        self, actor: Actor, year_id: SchoolYearId, department: str, codes: Collection[str]
    ) -> CommandResult:
        """Exactly these subjects are the tổ's from now; what another tổ had of them is moved."""
        require(actor, _WHAT, *KEEPERS)
        name = clean(department)
        with self._uows.write() as uow:
            today = self._clock.today()
            actor = require_standing(uow, actor, today, _WHAT, *KEEPERS)
            known = {one.name: one for one in read_departments(uow, year_id, self._clock)}
            if name not in known:
                raise RuleRefused(
                    "department_unknown",
                    f"Chưa ai thuộc tổ “{name}” nên chưa giao môn cho tổ ấy được; hãy ghi tổ cho "
                    "các thầy cô ở Quản trị, Tài khoản trước.",
                )
            names = _names(uow, year_id)
            strange = [code for code in codes if code not in names]
            if strange:
                raise RuleRefused(
                    "subject_unknown",
                    f"Năm học này không có môn mang mã {', '.join(strange)}; hãy tải lại trang.",
                )
            before = known[name].subjects
            # Subjects that only other years have stay with the tổ.
            kept = [code for code in before if code not in names]
            wanted = [code for code in names if code in codes]
            if wanted == [code for code in before if code in names]:
                head, _ = uow.trail.head()
                return CommandResult(frozenset(), head, f"{name}: không đổi")
            uow.departments.set_subjects(name, (*wanted, *kept))
            detail = {
                "department": name,
                "old": [names[code] for code in before if code in names],
                "new": [names[code] for code in wanted],
            }
            draft = TrailDraft("department.subjects", detail)
            seq = uow.trail.append(draft, actor, self._clock.now())
            uow.commit()
        return CommandResult(_TOPICS, seq, f"Đã giao {len(wanted)} môn cho {name}")


def read_departments(
    uow: UnitOfWork, year_id: SchoolYearId, clock: Clock
) -> tuple[Department, ...]:
    """Every tổ of today."""
    accounts = uow.accounts.all(clock.today())
    return departments(accounts, uow.departments.subjects(), _names(uow, year_id))


def permit_department(actor: Actor, department: str) -> None:
    """Leaders and the office look at every tổ, a tổ trưởng at the own one. Raises AccessDenied."""
    if actor.has(*LOOKERS):
        return
    if not actor.has(Role.DEPARTMENT_HEAD) or not actor.department:
        raise AccessDenied(
            "not_department_head",
            f"Tài khoản {actor.name} không phải tổ trưởng của tổ nào nên không xem bảng của tổ "
            "được; việc này của tổ trưởng, ban giám hiệu và văn phòng.",
        )
    if department != actor.department:
        raise AccessDenied(
            "other_department",
            f"Tài khoản {actor.name} là tổ trưởng của {actor.department} nên chỉ xem được tổ mình; "
            "hãy chọn lại tổ.",
        )


def _names(uow: UnitOfWork, year_id: SchoolYearId) -> dict[str, str]:
    """In the order of the book; a subject of some classes only stands after those before it."""
    found = {
        s.code: (s.position, s.name)
        for subjects in uow.studies.of_classes(year_id).values()
        for s in subjects
    }
    return {code: name for code, (_, name) in sorted(found.items(), key=lambda pair: pair[1])}
