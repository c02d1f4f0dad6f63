"""How the frame shows who is signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.roles import Role
from ui.navigation import SessionInfo

if TYPE_CHECKING:
    from app.school_file import SignedIn


_KINDS = ("THCS và THPT", "THCS", "THPT", "Tiểu học")
"""Words for a kind of school in its name, the longer before what it begins with."""


def session_info(session: SignedIn) -> SessionInfo:
    """Name, first role and school of a session; the actor goes through untouched."""
    actor = session.actor
    held = [role.label for role in Role if role in actor.roles]
    kind, name = _kind_and_name(session.school.name)
    return SessionInfo(
        uid=actor.uid,
        display_name=actor.name,
        role_text=held[0] if held else "",
        roles=frozenset(role.value for role in actor.roles),
        school_kind=kind,
        school_name=name,
        actor=actor,
    )


def _kind_and_name(full: str) -> tuple[str, str]:
    """Two lines of "Trường THPT Sông Trăng"; a name of another form stands in one."""
    for words in _KINDS:
        kind, found, name = full.partition(f"{words} ")
        if found and kind and name:
            return f"{kind}{words}", name
    return "", full
