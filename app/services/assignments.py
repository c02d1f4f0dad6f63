"""Phân công: the GVCN of each class and the teacher of each subject in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from app.actor import Actor, require
from app.changes import CommandResult, Topic
from app.clock import Clock
from app.domain.ids import AccountId, ClassId, SchoolYearId, SubjectId
from app.domain.roles import Assignment, RoleGrant
from app.domain.school import Account, SchoolClass
from app.domain.subjects import Subject, SubjectKind
from app.domain.trail import TrailDraft
from app.errors import RuleRefused
from app.importing.titles import subject_key
from app.ports import UnitOfWork, UowFactory
from app.services.account_rules import refuse_post
from app.services.school_setup import SETTERS
from app.services.sign_in_directory import SignInDirectory
from app.services.standing import require_standing
from app.text import clean, date_vn, fold

_TOPICS = frozenset({Topic.ACCOUNTS, Topic.CLASSES, Topic.TRAIL})
_HOMEROOM_WORDS = frozenset({"gvcn", "chu nhiem", "giao vien chu nhiem"})
_SHOWN = 80
_HEADING = frozenset({"lop", "ten lop"})
_FIRST_DAY, _LAST_DAY = date(1990, 1, 1), date(2199, 12, 31)
_SEPARATORS = re.compile(r"[\t;|]")


@dataclass(frozen=True, slots=True)
class AssignmentLine:
    """Who teaches what today; `subject_id` None is the GVCN, `account_id` None is a gap."""

    class_id: ClassId
    class_name: str
    subject_id: SubjectId | None
    subject_name: str
    account_id: AccountId | None
    teacher: str
    since: date | None


@dataclass(frozen=True, slots=True)
class PastedLine:
    """One good line of a pasted list; `number` counts from 1."""

    number: int
    class_id: ClassId
    class_name: str
    subject_id: SubjectId | None
    subject_name: str
    account_id: AccountId
    teacher: str


@dataclass(frozen=True, slots=True)
class PastedProblem:
    """A line that cannot be taken: its number, its text, and why."""

    number: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class PastedList:
    """A pasted list as read: what would be assigned, and every line that cannot be."""

    lines: tuple[PastedLine, ...]
    problems: tuple[PastedProblem, ...]


@dataclass(frozen=True, slots=True)
class PermissionSheet:
    """Phiếu quyền of one person: what the school signs on paper."""

    account: Account
    grants: tuple[RoleGrant, ...]
    assignments: tuple[AssignmentLine, ...]
    key: bytes
    key_since: date | None


class Assignments:
    """Commands and lists of phân công for one session."""

    def __init__(self, uows: UowFactory, clock: Clock, directory: SignInDirectory) -> None:
        self._uows = uows
        self._clock = clock
        self._directory = directory

    def table(self, year_id: SchoolYearId) -> tuple[AssignmentLine, ...]:
        """Every class with its GVCN and every subject, gaps included, in the order of the book."""
        today = self._clock.today()
        with self._uows.read() as uow:
            names = {a.id: a.full_name for a in uow.accounts.all(today)}
            current = {
                (a.class_id, a.subject_id): a for a in uow.accounts.assignments() if a.covers(today)
            }
            return tuple(
                _line(klass, subject_id, title, current.get((klass.id, subject_id)), names)
                for klass in uow.school.classes(year_id)
                for subject_id, title in _posts(uow.school.subjects(klass.id))
            )

    def assign(
        self,
        actor: Actor,
        class_id: ClassId,
        subject_id: SubjectId | None,
        account_id: AccountId,
        starts_on: date | None = None,
    ) -> CommandResult:
        """Give a post to a teacher from a day on; whoever had it ends the day before."""
        require(actor, "phân công", *SETTERS)
        with self._uows.write() as uow:
            actor = require_standing(uow, actor, self._clock.today(), "phân công", *SETTERS)
            klass = uow.school.class_(class_id)
            title = "GVCN" if subject_id is None else uow.school.subject(class_id, subject_id).name
            account = uow.accounts.get(account_id, self._clock.today())
            _refuse_disabled(account)
            line = PastedLine(
                1, class_id, klass.name, subject_id, title, account_id, account.full_name
            )
            done = self._put(uow, line, starts_on or self._clock.today())
            if done is None:
                raise RuleRefused(
                    "already_assigned",
                    f"{account.full_name} đang được phân công {title} lớp {klass.name}.",
                )
            draft = TrailDraft("assignment.set", done, class_id, subject_id)
            seq = uow.trail.append(draft, actor, self._clock.now())
            uow.commit()
        self._directory.refresh()
        return CommandResult(_TOPICS, seq, f"{title} {klass.name}: {account.full_name}", class_id)

    def end(
        self,
        actor: Actor,
        class_id: ClassId,
        subject_id: SubjectId | None,
        last_day: date | None = None,
    ) -> CommandResult:
        """End a post without giving it to somebody else; `last_day` is today when left out."""
        require(actor, "kết thúc phân công", *SETTERS)
        last = last_day or self._clock.today()
        with self._uows.write() as uow:
            today = self._clock.today()
            actor = require_standing(uow, actor, today, "kết thúc phân công", *SETTERS)
            klass = uow.school.class_(class_id)
            held = _open_post(uow, class_id, subject_id, last)
            if held is None:
                raise RuleRefused(
                    "not_assigned",
                    f"Lớp {klass.name} không có phân công ấy đang hiệu lực; hãy tải lại trang.",
                )
            teacher = uow.accounts.get(held.account_id, today).full_name
            if last < held.starts_on:
                raise RuleRefused(
                    "assignment_dates",
                    f"{teacher} được phân công ở lớp {klass.name} từ {date_vn(held.starts_on)} "
                    f"nên không kết thúc ngày {date_vn(last)} được; hãy ghi từ ngày ấy trở đi.",
                )
            uow.accounts.end_assignment(class_id, subject_id, last)
            detail = {"class": klass.name, "teacher": teacher, "last_day": last.isoformat()}
            draft = TrailDraft("assignment.ended", detail, class_id, subject_id)
            seq = uow.trail.append(draft, actor, self._clock.now())
            uow.commit()
        self._directory.refresh()
        return CommandResult(_TOPICS, seq, f"Đã kết thúc phân công {teacher}", class_id)

    def read_pasted(self, year_id: SchoolYearId, text: str) -> PastedList:
        """Lines "class; subject; teacher" (tab, ";" or "|"), subject "GVCN" for the homeroom."""
        with self._uows.read() as uow:
            return self._read(uow, year_id, text)

    def accept_pasted(
        self,
        actor: Actor,
        year_id: SchoolYearId,
        text: str,
        starts_on: date | None = None,
    ) -> CommandResult:
        """Take a pasted list whole; one bad line refuses all, its reasons in `facts["problems"]`.

        `payload` is the number of posts that changed.
        """
        require(actor, "phân công", *SETTERS)
        with self._uows.write() as uow:
            actor = require_standing(uow, actor, self._clock.today(), "phân công", *SETTERS)
            pasted = self._read(uow, year_id, text)
            if pasted.problems or not pasted.lines:
                raise _bad_paste(pasted)
            since = starts_on or self._clock.today()
            done = [self._put(uow, line, since) for line in pasted.lines]
            changed = [one for one in done if one is not None]
            detail = {"since": since.isoformat(), "posts": changed}
            seq = uow.trail.append(TrailDraft("assignment.batch", detail), actor, self._clock.now())
            uow.commit()
        self._directory.refresh()
        return CommandResult(
            _TOPICS, seq, f"Đã phân công {len(changed)} dòng", payload=len(changed)
        )

    def permission_sheet(self, account_id: AccountId) -> PermissionSheet:
        """Everything one person may do, for the paper they sign."""
        today = self._clock.today()
        with self._uows.read() as uow:
            account = uow.accounts.get(account_id, today)
            lines: list[AssignmentLine] = []
            for one in uow.accounts.assignments():
                if one.account_id != account_id or not one.covers(today):
                    continue
                klass = uow.school.class_(one.class_id)
                title = (
                    "GVCN"
                    if one.subject_id is None
                    else uow.school.subject(one.class_id, one.subject_id).name
                )
                names = {account_id: account.full_name}
                lines.append(_line(klass, one.subject_id, title, one, names))
            keys = [(key, at) for owner, key, at in uow.accounts.keys() if owner == account_id]  # noqa: SIM118
            key, at = keys[-1] if keys else (b"", None)
            return PermissionSheet(
                account,
                uow.accounts.grants(account_id),
                tuple(lines),
                key,
                at.date() if at else None,
            )

    def _put(self, uow: UnitOfWork, line: PastedLine, since: date) -> dict[str, object] | None:
        """Write one post; None when that teacher already has it."""
        if not _FIRST_DAY <= since <= _LAST_DAY:
            raise RuleRefused(
                "assignment_dates",
                f"Ngày phân công {date_vn(since)} không thể đúng; hãy ghi lại ngày.",
            )
        refuse_post(uow, uow.accounts.get(line.account_id, since), since)
        held = _open_post(uow, line.class_id, line.subject_id, since - timedelta(days=1))
        before = ""
        if held is not None:
            if held.account_id == line.account_id and held.ends_on is None:
                return None
            if since < held.starts_on:
                raise RuleRefused(
                    "assignment_dates",
                    f"{line.subject_name} lớp {line.class_name} đang có người dạy từ "
                    f"{date_vn(held.starts_on)}, không phân công lại từ ngày {date_vn(since)} "
                    "được; hãy ghi ngày sau đó.",
                )
            before = uow.accounts.get(held.account_id, self._clock.today()).full_name
            uow.accounts.end_assignment(line.class_id, line.subject_id, since - timedelta(days=1))
        uow.accounts.add_assignment(
            Assignment(line.class_id, line.subject_id, line.account_id, since)
        )
        also = self._traits_too(uow, line, None if held is None else held.account_id, since)
        return {
            **({"also": also} if also else {}),
            "class": line.class_name,
            "subject": line.subject_name,
            "old": before,
            "new": line.teacher,
            "since": since.isoformat(),
        }

    def _traits_too(
        self, uow: UnitOfWork, line: PastedLine, former: AccountId | None, since: date
    ) -> str:
        """The GVCN of a primary class also keeps its phẩm chất, năng lực (TT27/2020, Điều 9).

        Unless somebody else was given them; the name of that sheet, "" when nothing was done.
        """
        if line.subject_id is not None:
            return ""
        subjects = uow.school.subjects(line.class_id)
        sheet = next((s for s in subjects if s.kind is SubjectKind.TRAITS), None)
        if sheet is None:
            return ""
        held = _open_post(uow, line.class_id, sheet.id, since - timedelta(days=1))
        if held is not None and held.account_id != former:
            return ""
        done = self._put(uow, replace(line, subject_id=sheet.id, subject_name=sheet.name), since)
        return sheet.name if done is not None else ""

    def _read(self, uow: UnitOfWork, year_id: SchoolYearId, text: str) -> PastedList:
        classes = {fold(klass.name): klass for klass in uow.school.classes(year_id)}
        people = [a for a in uow.accounts.all(self._clock.today()) if a.disabled_on is None]
        posts = {
            klass.id: _posts_by_word(uow.school.subjects(klass.id)) for klass in classes.values()
        }
        lines: list[PastedLine] = []
        problems: list[PastedProblem] = []
        seen: dict[tuple[ClassId, SubjectId | None], int] = {}
        for number, raw in enumerate(text.splitlines(), 1):
            if not clean(raw) or (number == 1 and _is_heading(raw)):
                continue
            line = _read_line(number, raw, classes, posts, people)
            if isinstance(line, PastedLine):
                first = seen.setdefault((line.class_id, line.subject_id), number)
                if first != number:
                    reason = f"dòng {first} đã phân công {line.subject_name} lớp {line.class_name}"
                    line = PastedProblem(number, clean(raw), f"{reason}; bỏ một trong hai dòng")
            if isinstance(line, PastedLine):
                lines.append(line)
            else:
                problems.append(line)
        return PastedList(tuple(lines), tuple(problems))


def _posts(subjects: tuple[Subject, ...]) -> list[tuple[SubjectId | None, str]]:
    return [(None, "GVCN"), *((subject.id, subject.name) for subject in subjects)]


def _posts_by_word(subjects: tuple[Subject, ...]) -> dict[str, tuple[SubjectId | None, str]]:
    words: dict[str, tuple[SubjectId | None, str]] = dict.fromkeys(_HOMEROOM_WORDS, (None, "GVCN"))
    for subject in subjects:
        for word in (subject.name, subject.short_name, subject.code):
            words[fold(word)] = (subject.id, subject.name)
            # The names schools write on every sheet ("Văn", "Tin", "KHTN") stand for the full ones.
            words[subject_key(word)] = (subject.id, subject.name)
    return words


def _is_heading(raw: str) -> bool:
    return fold(_SEPARATORS.split(raw)[0]) in _HEADING


def _read_line(
    number: int,
    raw: str,
    classes: Mapping[str, SchoolClass],
    posts: Mapping[ClassId, Mapping[str, tuple[SubjectId | None, str]]],
    people: list[Account],
) -> PastedLine | PastedProblem:
    text = clean(raw.replace("\t", "; "))

    def bad(reason: str) -> PastedProblem:
        return PastedProblem(number, text, reason)

    parts = [clean(part) for part in _SEPARATORS.split(raw)]
    if len(parts) != 3 or not all(parts):
        return bad("cần đủ ba phần lớp; môn; họ tên giáo viên")
    klass = classes.get(fold(parts[0]).removeprefix("lop ").strip())
    if klass is None:
        return bad(f"năm học này không có lớp {parts[0]}")
    post = posts[klass.id].get(fold(parts[1])) or posts[klass.id].get(subject_key(parts[1]))
    if post is None:
        return bad(f"lớp {klass.name} không học môn {parts[1]}; xem lại tên môn")
    exact = [a for a in people if a.full_name == parts[2] or a.uid == parts[2]]
    found = exact or [a for a in people if fold(a.full_name) == fold(parts[2])]
    if not found:
        return bad(f"không có tài khoản nào tên {parts[2]}; lập tài khoản trước")
    if len(found) > 1:
        uids = ", ".join(a.uid for a in found)
        return bad(f"có {len(found)} người tên {parts[2]} ({uids}); ghi tên đăng nhập thay họ tên")
    teacher = found[0]
    return PastedLine(number, klass.id, klass.name, post[0], post[1], teacher.id, teacher.full_name)


def _line(
    klass: SchoolClass,
    subject_id: SubjectId | None,
    title: str,
    held: Assignment | None,
    names: Mapping[AccountId, str],
) -> AssignmentLine:
    return AssignmentLine(
        klass.id,
        klass.name,
        subject_id,
        title,
        held.account_id if held else None,
        names[held.account_id] if held else "",
        held.starts_on if held else None,
    )


def _open_post(
    uow: UnitOfWork, class_id: ClassId, subject_id: SubjectId | None, after: date
) -> Assignment | None:
    """Who has the post after that day, the latest when several do; an end in the future is no end
    yet, or two people would hold the post until then.
    """
    return max(
        (
            a
            for a in uow.accounts.assignments(class_id)
            if a.subject_id == subject_id and (a.ends_on is None or a.ends_on > after)
        ),
        key=lambda a: a.starts_on,
        default=None,
    )


def _refuse_disabled(account: Account) -> None:
    if account.disabled_on is not None:
        raise RuleRefused(
            "account_disabled",
            f"Tài khoản {account.full_name} đã khóa nên không phân công được; hãy chọn người khác "
            "hoặc mở lại tài khoản.",
        )


def _shortened(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _bad_paste(pasted: PastedList) -> RuleRefused:
    if not pasted.problems:
        return RuleRefused(
            "paste_empty",
            "Không có dòng phân công nào; hãy dán các dòng lớp; môn; họ tên giáo viên.",
        )
    first = pasted.problems[0]
    more = len(pasted.problems) - 1
    rest = f" (và {more} dòng khác)" if more else ""
    return RuleRefused(
        "paste_problems",
        f"Dòng {first.number} “{_shortened(first.text)}”: {first.reason}{rest}. Chưa phân công "
        "dòng nào; hãy sửa rồi dán lại.",
        problems=pasted.problems,
    )
