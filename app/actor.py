"""Who acts: the signed-in person with the roles and assignments in force today."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.ids import AccountId, ClassId, SubjectId
from app.domain.roles import Role
from app.errors import AccessDenied


@dataclass(frozen=True, slots=True)
class Actor:
    """A person acting through the program; services read rights from here, never from a widget.

    `teaches`: (class, subject) pairs; `homeroom`: classes whose GVCN the person is today.
    `department` is the person's tổ; `tends` are the subjects of the tổ whose trưởng they are.
    """

    account_id: AccountId
    uid: str
    name: str
    roles: frozenset[Role]
    teaches: frozenset[tuple[ClassId, SubjectId]] = frozenset()
    homeroom: frozenset[ClassId] = frozenset()
    department: str = ""
    tends: frozenset[SubjectId] = frozenset()

    def has(self, *roles: Role) -> bool:
        """Whether the person holds any of `roles`."""
        return not self.roles.isdisjoint(roles)

    @property
    def leads(self) -> bool:
        """Principal or vice principal."""
        return self.has(Role.PRINCIPAL, Role.VICE_PRINCIPAL)

    def heads(self, subject_id: SubjectId | None) -> bool:
        """Whether the sheets of a subject are this tổ trưởng's to look after (M103, M117).

        As long as the tổ has no subjects of its own yet, every subject's.
        """
        return self.has(Role.DEPARTMENT_HEAD) and (not self.tends or subject_id in self.tends)


def require(actor: Actor, what: str, *roles: Role) -> None:
    """Refuse unless the actor holds one of `roles`; `what` completes "… không được <what>"."""
    if actor.has(*roles):
        return
    who = " hoặc ".join(role.label.lower() for role in roles)
    raise AccessDenied(
        "role_required",
        f"Tài khoản {actor.name} không được {what}; việc này của {who}, hãy nhờ đúng người "
        "hoặc đổi người dùng (F12).",
        needed=tuple(roles),
    )
