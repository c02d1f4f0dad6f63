"""An toàn: what could go wrong with the file, its keys and its people, and what to do (M94)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.actor import Actor, require
from app.changes import CommandResult, Topic
from app.clock import Clock
from app.domain.trail import TrailDraft, TrailEntry
from app.ports import UnitOfWork, UowFactory
from app.progress import Progress, no_progress
from app.services.account_review import FAILED_DAYS, AccountUse, account_uses
from app.services.backups import BackupAge, BackupLamp, Backups
from app.services.class_scope import OFFICE, OVERSEERS
from app.services.key_changes import RECOVERY_CONFIRMED
from app.services.standing import require_standing
from app.services.trail_review import pinned_keys
from app.services.trail_sentences import FINDINGS, when
from app.services.trail_witness import witness_problem
from app.text import date_vn
from app.vault import PersonEntry

GUARDIANS = OFFICE
"""Who reads the page and runs the check."""

REHEARSE_DAYS = 180
CHECK_DAYS = 30
PASSWORD_DAYS = 365
UNUSED_DAYS = 14
FINDING_DAYS = 90
MANY_FAILED = 5
"""When each line turns amber."""

_CHECKED = "security.checked"
_REHEARSED = "backup.rehearsed"
_SHOWN = 4
_QUIET_FINDINGS = frozenset({"failed_sign_ins", "told_to_others"})


class Tone(StrEnum):
    """How grave a line is."""

    GOOD = "good"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class SecurityLine:
    """One thing looked at: its state in words and what to do, empty when nothing is.

    `place` is the part of Quản trị where it is done: backups, accounts, recovery, check, trail.
    """

    topic: str
    tone: Tone
    state: str
    todo: str = ""
    place: str = ""


class Security:
    """The review of one session's file. `integrity` proves every page of it."""

    def __init__(
        self,
        uows: UowFactory,
        clock: Clock,
        backups: Backups,
        integrity: Callable[[], tuple[str, ...]],
        people: Callable[[], tuple[PersonEntry, ...]],
    ) -> None:
        self._uows = uows
        self._clock = clock
        self._backups = backups
        self._integrity = integrity
        self._people = people

    def review(self, actor: Actor, progress: Progress = no_progress) -> tuple[SecurityLine, ...]:
        """Every line, the gravest first; reads the newest backup whole, so run it as a job."""
        require(actor, "xem trang an toàn", *OVERSEERS)
        age = self._backups.age()
        listed = {entry.uid for entry in self._people()}
        now = self._clock.now()
        with self._uows.read() as uow:
            uses = account_uses(uow, listed, now)
            lines = [
                _backup_line(age),
                _rehearsal_line(uow, now),
                _check_line(uow, now),
                _recovery_line(uow),
                *_people_lines(uses, now),
                _finding_line(uow, now),
            ]
        order = (Tone.BAD, Tone.WARN, Tone.GOOD)
        return tuple(sorted(lines, key=lambda line: order.index(line.tone)))

    def check_now(self, actor: Actor, progress: Progress = no_progress) -> CommandResult:
        """Prove every page, the chain, its signatures and what the trail promises; a job.

        `payload` is the problem in one sentence, "" when there is none; put on record either way.
        """
        with self._uows.read() as uow:
            today = self._clock.today()
            actor = require_standing(uow, actor, today, "kiểm tra an toàn", *GUARDIANS)
        progress(0, 3, "từng trang của tệp")
        findings = self._integrity()
        problem = ""
        if findings:
            problem = (
                f"Tệp dữ liệu có {len(findings)} chỗ hỏng. Hãy dừng nhập, chép cả thư mục ra ổ "
                "khác để giữ nguyên hiện trạng, rồi khôi phục từ bản sao lưu gần nhất."
            )
        else:
            progress(1, 3, "chuỗi nhật ký và chữ ký")
            with self._uows.read() as uow:
                state = uow.trail.check(pinned_keys(uow))
                problem = state.problem
                if not problem:
                    progress(2, 3, "nhật ký so với điểm đang lưu")
                    problem, _ = witness_problem(uow)
        with self._uows.write() as uow:
            detail = {"problem": problem, "findings": list(findings[:20])}
            seq = uow.trail.append(TrailDraft(_CHECKED, detail), actor, self._clock.now())
            uow.commit()
        said = (
            "Kiểm tra xong: có điều không đúng" if problem else "Kiểm tra xong: không thấy gì sai"
        )
        topics = frozenset({Topic.TRAIL, Topic.SETTINGS})
        return CommandResult(topics, seq, said, payload=problem)


def _backup_line(age: BackupAge) -> SecurityLine:
    tone = {
        BackupLamp.FRESH: Tone.GOOD,
        BackupLamp.AMBER: Tone.WARN,
        BackupLamp.RED: Tone.BAD,
    }[age.lamp]
    todo = "" if tone is Tone.GOOD else "Sao lưu ngay, ra ổ cắm ngoài."
    return SecurityLine("Sao lưu", tone, age.words, todo, "backups")


def _rehearsal_line(uow: UnitOfWork, now: datetime) -> SecurityLine:
    topic = "Diễn tập khôi phục"
    entry = _newest(uow, _REHEARSED)
    if entry is None:
        return SecurityLine(
            topic,
            Tone.WARN,
            "Chưa diễn tập lần nào: chưa ai biết bản sao lưu có mở được bằng mật khẩu đang nhớ.",
            "Diễn tập một lần; mỗi học kì làm lại.",
            "backups",
        )
    problem = str(_detail(entry).get("problem", ""))
    said = f"Lần gần nhất {when(entry.at)}, {entry.actor}"
    if problem:
        return SecurityLine(
            topic,
            Tone.BAD,
            f"{said}: {problem}",
            "Sao lưu lại sang ổ khác rồi diễn tập.",
            "backups",
        )
    old = _days_since(entry, now) > REHEARSE_DAYS
    todo = "Đã quá nửa năm; diễn tập lại." if old else ""
    return SecurityLine(
        topic, Tone.WARN if old else Tone.GOOD, f"{said}: dùng được", todo, "backups"
    )


def _check_line(uow: UnitOfWork, now: datetime) -> SecurityLine:
    topic = "Toàn vẹn của tệp và nhật ký"
    entry = _newest(uow, _CHECKED)
    if entry is None:
        return SecurityLine(
            topic, Tone.WARN, "Chưa kiểm tra toàn bộ lần nào.", "Bấm Kiểm tra ngay.", "check"
        )
    problem = str(_detail(entry).get("problem", ""))
    if problem:
        return SecurityLine(
            topic, Tone.BAD, f"Kiểm tra {when(entry.at)}: {problem}", "Báo hiệu trưởng.", "trail"
        )
    old = _days_since(entry, now) > CHECK_DAYS
    state = f"Kiểm tra {when(entry.at)}, {entry.actor}: không thấy gì sai"
    todo = "Đã quá một tháng; kiểm tra lại." if old else ""
    return SecurityLine(topic, Tone.WARN if old else Tone.GOOD, state, todo, "check")


def _recovery_line(uow: UnitOfWork) -> SecurityLine:
    at = uow.school.setting(RECOVERY_CONFIRMED)
    if at:
        state = f"Hiệu trưởng xác nhận đang giữ phiếu, {when(at)}"
        return SecurityLine("Phiếu khôi phục", Tone.GOOD, state, "", "recovery")
    return SecurityLine(
        "Phiếu khôi phục",
        Tone.BAD,
        "Chưa ai xác nhận đang giữ phiếu: quên mật khẩu thì không còn cách nào mở sổ.",
        "Hiệu trưởng lập mã mới, in phiếu và cất trong tủ có khóa.",
        "recovery",
    )


def _people_lines(uses: Sequence[AccountUse], now: datetime) -> Iterable[SecurityLine]:
    opened = [use for use in uses if use.is_open]
    initial = [use for use in opened if use.given_by_other and use.account.last_sign_in]
    old = [
        use
        for use in opened
        if use not in initial
        and use.password_since is not None
        and (now - use.password_since).days > PASSWORD_DAYS
    ]
    unused = [
        use
        for use in opened
        if use.account.last_sign_in is None
        and use.password_since is not None
        and (now - use.password_since).days > UNUSED_DAYS
    ]
    left = [use for use in opened if use.idle_post]
    kept = [use for use in uses if not use.is_open and use.has_slot]
    tried = [use for use in uses if use.failed >= MANY_FAILED]
    yield _named(
        "Mật khẩu do người khác đặt",
        initial,
        "đang dùng mật khẩu được cấp, chưa tự đổi",
        "Nhắc từng người tự đổi ở Quản trị hoặc ở tên mình trên thanh đầu trang.",
        "Ai cũng đã tự đổi mật khẩu được cấp",
    )
    yield _named(
        "Mật khẩu cũ",
        old,
        "chưa đổi mật khẩu quá một năm",
        "Nhắc đổi vào đầu năm học.",
        "Không mật khẩu nào cũ quá một năm",
    )
    yield _named(
        "Tài khoản chưa dùng lần nào",
        unused,
        f"chưa đăng nhập lần nào sau {UNUSED_DAYS} ngày",
        "Hỏi lại; không cần thì khóa tài khoản.",
        "Tài khoản nào cũng có người dùng",
    )
    yield _named(
        "Đã thôi việc mà còn mở",
        left,
        "không còn vai trò hay phân công nào mà vẫn vào được sổ",
        "Khóa tài khoản; chuyển trường, nghỉ hẳn thì thu hồi.",
        "Không ai hết việc mà còn vào được sổ",
    )
    yield _named(
        "Đã khóa, chưa thu hồi",
        kept,
        "bị khóa nhưng khóa mở tệp chưa đổi: bản sao cũ vẫn mở được bằng mật khẩu của họ",
        "Nếu người ấy nghỉ hẳn, dùng Thu hồi tài khoản.",
        "Không tài khoản khóa nào còn giữ khóa mở tệp",
    )
    yield _named(
        "Đăng nhập sai nhiều lần",
        tried,
        f"bị gõ sai mật khẩu từ {MANY_FAILED} lần trong {FAILED_DAYS} ngày",
        "Hỏi người ấy; không phải họ gõ thì đổi mật khẩu.",
        f"Không ai bị gõ sai từ {MANY_FAILED} lần trong {FAILED_DAYS} ngày",
    )


def _named(topic: str, uses: Sequence[AccountUse], what: str, todo: str, good: str) -> SecurityLine:
    if not uses:
        return SecurityLine(topic, Tone.GOOD, good, "", "accounts")
    names = ", ".join(use.account.full_name for use in uses[:_SHOWN])
    if len(uses) > _SHOWN:
        names += f" và {len(uses) - _SHOWN} người khác"
    return SecurityLine(topic, Tone.WARN, f"{len(uses)} người {what}: {names}", todo, "accounts")


def _finding_line(uow: UnitOfWork, now: datetime) -> SecurityLine:
    """What sign-ins of the last months warned of: the clock, an older keyfile, side files."""
    since = (now - timedelta(days=FINDING_DAYS)).isoformat(timespec="seconds")
    found: list[str] = []
    for entry in uow.trail.of_kinds(("session.sign_in",)):
        codes = _detail(entry).get("findings")
        if entry.at < since or not isinstance(codes, list):
            continue
        words = [FINDINGS[c] for c in codes if c in FINDINGS and c not in _QUIET_FINDINGS]
        if words:
            found.append(f"{date_vn(datetime.fromisoformat(entry.at))} {', '.join(words)}")
    topic = "Đồng hồ máy, tệp khóa, tệp dấu"
    if not found:
        state = f"{FINDING_DAYS} ngày qua không lần đăng nhập nào có cảnh báo"
        return SecurityLine(topic, Tone.GOOD, state, "", "trail")
    more = f" và {len(found) - _SHOWN} lần khác" if len(found) > _SHOWN else ""
    return SecurityLine(
        topic,
        Tone.WARN,
        f"{len(found)} lần đăng nhập có cảnh báo: {'; '.join(found[-_SHOWN:])}{more}",
        "Mở Nhật ký xem ai, lúc nào; chỉnh lại đồng hồ máy nếu nó chạy sai.",
        "trail",
    )


def _newest(uow: UnitOfWork, kind: str) -> TrailEntry | None:
    return next(iter(uow.trail.entries(newest=1, kind=kind)), None)


def _days_since(entry: TrailEntry, now: datetime) -> int:
    return (now - datetime.fromisoformat(entry.at)).days


def _detail(entry: TrailEntry) -> dict[str, object]:
    try:
        found = json.loads(entry.detail)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
