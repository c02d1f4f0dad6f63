"""What a sign-in compares before it believes a file: side files, serials, the clock, the keys.

Each finding is a code for the trail and a whole sentence for the person at the keyboard.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from app.errors import EnvironmentProblem
from app.services.trail_sentences import FINDINGS, when
from app.text import date_vn

if TYPE_CHECKING:
    from app.actor import Actor
    from app.domain.trail import TrailEntry
    from app.ports import UnitOfWork
    from db.keys.sign_ins import PendingSignIns
    from db.trail_head_file import TrailHeadFile

_LOOK_BACK = 50
_SIGN_INS_BACK = 500
_TOLD = 3
_KEY_KINDS = ("account.password_reset", "account.recovered")
SIGN_IN = "session.sign_in"
SIGN_OUT = "session.sign_out"
FAILED = "session.failed_sign_ins"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as the last session left it."""

    code: str
    sentence: str


def head_findings(uow: UnitOfWork, side_file: TrailHeadFile) -> tuple[Finding, ...]:
    """Whether the trail still contains the entry that was its last when the file was left."""
    try:
        noted = side_file.read()
    except EnvironmentProblem as problem:
        return (Finding(problem.code, problem.sentence),)
    if noted is None:
        return (
            Finding(
                "head_missing",
                f"Không thấy tệp dấu nhật ký {side_file.path.name} cạnh tệp dữ liệu, nên không so "
                "được nhật ký với lần đóng trước. Hãy đối chiếu mã nhật ký với bản in gần nhất và "
                "báo hiệu trưởng.",
            ),
        )
    seq, head = uow.trail.head()
    if noted.seq > seq:
        return (
            Finding(
                "trail_shorter",
                f"Nhật ký trong tệp dừng ở mục {seq}, nhưng lần đóng trước đã đến mục "
                f"{noted.seq}: tệp dữ liệu là bản cũ hơn hoặc đã bị cắt bớt. Hãy báo hiệu trưởng "
                "và so với bản sao lưu trước khi nhập tiếp.",
            ),
        )
    if noted.seq and _hash_at(uow, noted.seq, seq, head) != noted.head:
        return (
            Finding(
                "trail_differs",
                f"Mục {noted.seq} của nhật ký không phải mục đã có ở lần đóng trước: tệp dữ liệu "
                "đã bị thay. Hãy báo hiệu trưởng và so với bản sao lưu trước khi nhập tiếp.",
            ),
        )
    return ()


def _hash_at(uow: UnitOfWork, wanted: int, seq: int, head: bytes) -> str:
    if wanted == seq:
        return head.hex()
    entries = uow.trail.entries(newest=seq - wanted + 1)
    return next((entry.hash.hex() for entry in entries if entry.seq == wanted), "")


def clock_findings(uow: UnitOfWork, now: datetime) -> tuple[Finding, ...]:
    """Whether the PC's clock stands before the latest of the newest trail entries.

    Not only before the last one: an entry written after the clock went back would hide it.
    """
    try:
        entries = uow.trail.entries(newest=_LOOK_BACK)
        last = max((datetime.fromisoformat(entry.at) for entry in entries), default=now)
        is_past = now < last
    except (ValueError, TypeError):
        return (
            Finding(
                "trail_unreadable",
                "Nhật ký có mục ghi thời gian không đọc được: tệp đã bị sửa từ bên ngoài chương "
                "trình. Hãy giữ nguyên tệp, mở Nhật ký để kiểm tra và báo hiệu trưởng.",
            ),
        )
    if not is_past:
        return ()
    return (
        Finding(
            "clock_back",
            f"Đồng hồ máy đang chỉ {now:%H:%M} ngày {date_vn(now)}, sớm hơn việc đã ghi trong nhật "
            f"ký lúc {last:%H:%M} ngày {date_vn(last)}. Hãy chỉnh lại ngày giờ của máy rồi đăng "
            "nhập lại.",
        ),
    )


def keyfile_findings(uow: UnitOfWork, serial: int) -> tuple[Finding, ...]:
    """Whether the keyfile is older than the one the last session began or ended with."""
    found: list[Finding] = []
    seen = 0
    for kind in (SIGN_IN, SIGN_OUT):
        for entry in uow.trail.entries(newest=1, kind=kind):
            noted = _detail(entry).get("keyfile_serial", 0)
            seen = max(seen, noted if isinstance(noted, int) else 0)
    if serial < seen:
        found.append(
            Finding(
                "keyfile_older",
                f"Tệp khóa là bản cũ (lần ghi {serial}, phiên trước đã là {seen}): mật khẩu đã bỏ "
                "có thể lại mở được. Hãy báo hiệu trưởng và đặt lại mật khẩu của những người vừa "
                "đổi.",
            )
        )
    return tuple(found)


def told_to_others(uow: UnitOfWork, actor: Actor) -> tuple[Finding, ...]:
    """For a leader: the warnings that others were shown at sign-in since this leader's last one.

    Whoever put an older file back signs in first and would be the only one told.
    """
    if not actor.leads:
        return ()
    told: list[str] = []
    for entry in uow.trail.entries(newest=_SIGN_INS_BACK, kind=SIGN_IN):
        if entry.account_id == actor.account_id:
            break
        codes = _detail(entry).get("findings", [])
        words = [FINDINGS[c] for c in codes if c in FINDINGS] if isinstance(codes, list) else []
        if words:
            told.append(f"{entry.actor}, {when(entry.at)}: {', '.join(words)}")
    if not told:
        return ()
    more = f" và {len(told) - _TOLD} lần khác" if len(told) > _TOLD else ""
    return (
        Finding(
            "told_to_others",
            f"Từ lần đăng nhập trước của {actor.name}, chương trình đã cảnh báo khi người khác "
            f"đăng nhập ({'; '.join(told[:_TOLD])}{more}). Hãy mở Nhật ký để xem và hỏi người ấy.",
        ),
    )


def keys_changed(uow: UnitOfWork, actor: Actor) -> tuple[Finding, ...]:
    """For a leader: whose signing key others renewed since this leader's last sign-in.

    Whoever resets a password could sign as that person: the one who decides must hear of it.
    """
    if not actor.leads:
        return ()
    last = next(
        (
            entry.seq
            for entry in uow.trail.entries(newest=_SIGN_INS_BACK, kind=SIGN_IN)
            if entry.account_id == actor.account_id
        ),
        None,
    )
    if last is None:
        return ()
    told = [
        f"{_detail(entry).get('name') or _detail(entry).get('uid', '')} "
        f"({entry.actor}, {when(entry.at)})"
        for kind in _KEY_KINDS
        for entry in uow.trail.entries(newest=_LOOK_BACK, kind=kind)
        if entry.seq > last and entry.account_id != actor.account_id
    ]
    if not told:
        return ()
    more = f" và {len(told) - _TOLD} người khác" if len(told) > _TOLD else ""
    return (
        Finding(
            "keys_changed",
            f"Từ lần đăng nhập trước của {actor.name} có người đặt lại mật khẩu, khóa ký mới thay "
            f"khóa cũ: {'; '.join(told[:_TOLD])}{more}. Mốc ký cũ vẫn kiểm được bằng khóa cũ. Hãy "
            "đối chiếu với giấy đề nghị đặt lại mật khẩu.",
        ),
    )


def _detail(entry: TrailEntry) -> dict[str, Any]:
    """The detail of an entry; a row rewritten from outside says nothing."""
    try:
        found = json.loads(entry.detail)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def key_not_pinned(name: str) -> EnvironmentProblem:
    """The keyfile gives a person another key than the trail knows."""
    return EnvironmentProblem(
        "key_not_pinned",
        f"Khóa ký của {name} trong tệp khóa không phải khóa đã ghi trong nhật ký: tệp khóa đã bị "
        "thay hoặc là bản cũ. Hãy nhờ hiệu trưởng hoặc quản trị đặt lại mật khẩu cho người này; "
        "nếu là hiệu trưởng, hãy dùng mã khôi phục.",
    )


def failed_sign_ins(uow: UnitOfWork, pending: PendingSignIns) -> dict[str, object] | None:
    """Detail of the trail entry for what the side file holds, or None when there is nothing.

    Attempts that an earlier sign-in took before it was interrupted are left out.
    """
    known: set[str] = set()
    for entry in uow.trail.entries(newest=_LOOK_BACK, kind=FAILED):
        known |= {one["attempt"] for one in _detail(entry).get("attempts", [])}
    fresh = [one for one in pending.attempts if one.attempt not in known]
    if not (fresh or pending.missing or pending.damaged_lines):
        return None
    return {
        "attempts": [
            {"attempt": one.attempt, "uid": one.uid, "at": one.at, "result": one.result}
            for one in fresh
        ],
        "missing": pending.missing,
        "damaged_lines": pending.damaged_lines,
    }


def sign_in_warnings(detail: dict[str, object] | None, uid: str) -> tuple[Finding, ...]:
    """Sentences about `failed_sign_ins` that the person who just signed in should read."""
    if detail is None:
        return ()
    found: list[Finding] = []
    attempts = detail["attempts"]
    mine = [one for one in attempts if one["uid"] == uid] if isinstance(attempts, list) else []
    if mine:
        found.append(
            Finding(
                "failed_sign_ins",
                f"Từ lần đăng nhập trước có {len(mine)} lần gõ sai vào tài khoản này. Nếu không "
                "phải chính mình gõ, hãy đổi mật khẩu.",
            )
        )
    if detail["missing"]:
        found.append(
            Finding(
                "sign_in_log_missing",
                "Tệp ghi các lần đăng nhập sai đã bị xóa khỏi thư mục dữ liệu; việc này đã được "
                "ghi vào nhật ký. Hãy báo hiệu trưởng.",
            )
        )
    if detail["damaged_lines"]:
        found.append(
            Finding(
                "sign_in_log_damaged",
                f"Tệp ghi các lần đăng nhập sai có {detail['damaged_lines']} dòng không đọc được; "
                "việc này đã được ghi vào nhật ký. Hãy báo hiệu trưởng.",
            )
        )
    return tuple(found)
