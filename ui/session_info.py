"""How the frame shows who is signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.roles import Role
from ui.navigation import SessionInfo

if TYPE_CHECKING:
    from app.school_file import SignedIn


def session_info(session: SignedIn) -> SessionInfo:
    """Name, first role and school of a session; the actor goes through untouched."""
    actor = session.actor
    held = [role.label for role in Role if role in actor.roles]
    kind, _, name = session.school.name.rpartition("THCS ")
    return SessionInfo(
        uid=actor.uid,
        display_name=actor.name,
        role_text=held[0] if held else "",
        roles=frozenset(role.value for role in actor.roles),
        school_kind=f"{kind}THCS".strip() if kind else "",
        school_name=name or session.school.name,
        actor=actor,
    )
