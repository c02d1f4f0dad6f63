"""Lập tài khoản theo danh sách: names from Excel, one account and one first password each."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field

from app.actor import Actor
from app.domain.accounts import clean_person_name
from app.domain.roles import Role
from app.domain.school import Account
from app.errors import AppError
from app.progress import Cancelled, Progress, no_progress
from app.services.accounts import Accounts, NewAccount
from app.text import clean, fold

_SEPARATORS = re.compile(r"[\t;|]")
_HEADING = frozenset({"ho va ten", "ho ten", "ho ten giao vien", "giao vien", "ten", "stt"})
_GIVEN = {
    fold(word): role
    for role, words in {
        Role.VICE_PRINCIPAL: ("Phó hiệu trưởng", "PHT", "Hiệu phó"),
        Role.ADMINISTRATOR: ("Quản trị hệ thống", "Quản trị"),
        Role.SECRETARY: ("Văn thư", "Giáo vụ"),
        Role.DEPARTMENT_HEAD: ("Tổ trưởng chuyên môn", "Tổ trưởng", "TTCM"),
        Role.HOMEROOM_TEACHER: ("Giáo viên chủ nhiệm", "GVCN"),
        Role.SUBJECT_TEACHER: ("Giáo viên bộ môn", "GVBM", "Giáo viên", "GV"),
    }.items()
    for word in words
}
_SYLLABLES = (
    "ban bao ben bien bong buom cam cau chim chuon co cua dat dau den dua ga gio giong go hat hoa "
    "hong lua mai may me mien mua nang ngoc nho nui que ram rung sao sen sim song suoi tham thu "
    "tinh trang tre troi vang vuon xoai xuan"
)
_TWICE = "trùng tên với dòng {first}; nếu là hai người, thêm tài khoản thứ hai bằng tay"
_HERE = "đã có tài khoản tên này ({uid}); nếu là người khác, thêm bằng tay"


@dataclass(frozen=True, slots=True)
class StaffLine:
    """One good line: who, in which unit, with which roles."""

    number: int
    name: str
    department: str
    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class StaffProblem:
    """A line that cannot be taken: its number, its text, and why."""

    number: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class StaffList:
    """A list as read."""

    lines: tuple[StaffLine, ...]
    problems: tuple[StaffProblem, ...]


@dataclass(frozen=True, slots=True)
class FirstPassword:
    """What one new person is told; the password is kept nowhere."""

    name: str
    department: str
    uid: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class StaffMade:
    """What came of a list: the new people, how many lines are left, and why they are."""

    people: tuple[FirstPassword, ...]
    left: int
    why: str


class StaffImport:
    """Reads lists and makes their accounts, for one session."""

    def __init__(self, accounts: Accounts) -> None:
        self._accounts = accounts

    def read(self, text: str) -> StaffList:
        """Lines "họ tên; tổ; vai trò" (tab, ";" or "|"), unit and role may be left out.

        A number in front is left out, so is a heading with the titles of the sheet above it;
        several roles are parted by commas.
        """
        present = {fold(a.full_name): a for a in self._accounts.all()}
        lines: list[StaffLine] = []
        problems: list[StaffProblem] = []
        seen: dict[str, int] = {}
        rows = [_parts(raw) for raw in text.splitlines()]
        heading = next((n for n, parts in enumerate(rows, 1) if fold(parts[0]) in _HEADING), 0)
        for number, parts in enumerate(rows, 1):
            if number <= heading or not any(parts):
                continue
            try:
                line = _line(number, parts, present, seen)
            except AppError as refusal:
                problems.append(StaffProblem(number, "; ".join(parts), refusal.sentence))
                continue
            if isinstance(line, StaffLine):
                lines.append(line)
            else:
                problems.append(line)
        return StaffList(tuple(lines), tuple(problems))

    def accept(
        self, actor: Actor, lines: Sequence[StaffLine], progress: Progress = no_progress
    ) -> StaffMade:
        """An account for each line, with a first password of its own; run it as a job.

        Each is whole by itself. Stopped half way, by Hủy or by a fault, those made so far are
        handed back all the same: nobody could find their passwords again.
        """
        made: list[FirstPassword] = []
        why = ""
        try:
            for done, line in enumerate(lines):
                progress(done, len(lines), f"Lập tài khoản {line.name}")
                password = first_password()
                result = self._accounts.add(
                    actor,
                    line.name,
                    password,
                    department=line.department,
                    roles=line.roles,
                    must_change=True,
                )
                new = result.payload
                uid = new.uid if isinstance(new, NewAccount) else ""
                made.append(FirstPassword(line.name, line.department, uid, password))
        except Cancelled:
            why = "Đã dừng theo yêu cầu."
        except AppError as refusal:
            if not made:
                raise
            why = refusal.sentence
        return StaffMade(tuple(made), len(lines) - len(made), why)


def first_password() -> str:
    """Four syllables and three digits, easy to read off a slip: about 32 bits, under Argon2id."""
    syllables = _SYLLABLES.split()
    words = [secrets.choice(syllables) for _ in range(4)]
    return "-".join((*words, f"{secrets.randbelow(1000):03d}"))


def _parts(raw: str) -> list[str]:
    parts = [clean(part) for part in _SEPARATORS.split(raw)]
    while parts and (parts[0].rstrip(".").isdecimal() or (not parts[0] and len(parts) > 1)):
        parts = parts[1:]
    return parts or [""]


def _line(
    number: int, parts: list[str], present: dict[str, Account], seen: dict[str, int]
) -> StaffLine | StaffProblem:
    text = "; ".join(parts)
    name = clean_person_name(parts[0])
    if len(name.split()) < 2:
        return StaffProblem(number, text, "cần đủ họ và tên")
    if len(parts) > 3 and any(parts[3:]):
        return StaffProblem(number, text, "nhiều hơn ba cột; chỉ cần họ tên, tổ, vai trò")
    here = present.get(fold(name))
    if here is not None:
        return StaffProblem(number, text, _HERE.format(uid=here.uid))
    first = seen.setdefault(fold(name), number)
    if first != number:
        return StaffProblem(number, text, _TWICE.format(first=first))
    roles: list[Role] = []
    for word in (parts[2] if len(parts) > 2 else "").split(","):
        if not clean(word):
            continue
        role = _GIVEN.get(fold(word))
        if role is None:
            hint = "; hiệu trưởng thì bàn giao" if fold(word) == "hieu truong" else ""
            return StaffProblem(number, text, f"không có vai trò “{clean(word)}”{hint}")
        roles.append(role)
    unit = parts[1] if len(parts) > 1 else ""
    return StaffLine(number, name, unit, tuple(dict.fromkeys(roles)))
