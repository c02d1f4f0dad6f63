"""So mã nhật ký: does this file still contain the checkpoint printed on a paper?

The short code (number of the entry, first eight hex digits of its hash) stands on minutes, books
and logs. A paper lies outside the file, so it tells of a file put back, cut short or written anew.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from app.actor import Actor, require
from app.domain.trail import ChainState, Checkpoint
from app.errors import RuleRefused
from app.ports import UnitOfWork, UowFactory
from app.services.checkpoints import CheckpointReason
from app.services.class_scope import OVERSEERS
from app.services.trail_review import pinned_keys
from app.services.trail_sentences import when

_CODE = re.compile(r"(?<![0-9])([0-9]{1,12})\s*-\s*([0-9a-f]{8})(?![0-9a-f])")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—−"), "-")
_WAY_OUT = (
    "Hãy dừng nhập, giữ nguyên tệp, tìm bản sao lưu làm sau ngày in tờ giấy này, so mã trên bản ấy "
    "rồi báo hiệu trưởng."
)
_BRANCHES = ("backup.restored", "backup.salvaged")


class CodeState(StrEnum):
    """What came out."""

    KEPT = "kept"
    KEPT_BUT_LATER_BAD = "kept_but_later_bad"
    BEYOND_THE_END = "beyond_the_end"
    DIFFERS = "differs"
    UNSIGNED = "unsigned"
    CHAIN_BAD = "chain_bad"


@dataclass(frozen=True, slots=True)
class CodeVerdict:
    """The answer in one or two whole sentences with the way out; `seq` is the printed number."""

    state: CodeState
    seq: int
    sentence: str

    @property
    def is_kept(self) -> bool:
        """Everything up to the printed checkpoint is as it was printed."""
        return self.state in (CodeState.KEPT, CodeState.KEPT_BUT_LATER_BAD)


class TrailCodes:
    """Reads; writes nothing."""

    def __init__(self, uows: UowFactory) -> None:
        self._uows = uows

    def compare(self, actor: Actor, text: str) -> CodeVerdict:
        """Recompute chain and signatures and look for the printed code; a job.

        Raises RuleRefused (`trail_code_malformed`) for a text that holds no code.
        """
        require(actor, "so mã nhật ký", *OVERSEERS)
        seq, prefix = read_code(text)
        with self._uows.read() as uow:
            return _verdict(uow, seq, prefix)


def read_code(text: str) -> tuple[int, str]:
    """Number and hash prefix of a typed or scanned code; dashes, spaces and capitals forgiven."""
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES).lower()
    found = _CODE.search(plain)
    if found is None:
        raise RuleRefused(
            "trail_code_malformed",
            f"“{text.strip()}” không phải mã nhật ký. Mã in ở chân biên bản và sổ, gồm số mục, "
            "gạch nối và tám chữ số hoặc chữ a đến f, thí dụ 1204-9f3a07c2; hãy gõ lại như in.",
        )
    return int(found[1]), found[2]


def _verdict(uow: UnitOfWork, seq: int, prefix: str) -> CodeVerdict:
    head, _ = uow.trail.head()
    if seq > head:
        return CodeVerdict(
            CodeState.BEYOND_THE_END,
            seq,
            f"Sổ này mới đến mục {head}, còn tờ giấy in ở mục {seq}: tệp là bản cũ hơn tờ giấy, "
            f"hoặc phần cuối nhật ký đã bị cắt.{_branched(uow)} {_WAY_OUT}",
        )
    entries = uow.trail.entries(newest=head - seq + 1)
    have = next((entry.hash.hex()[:8] for entry in entries if entry.seq == seq), "")
    state = uow.trail.check(pinned_keys(uow))
    bad_before = bool(state.problem) and state.bad_seq is not None and state.bad_seq <= seq
    if have != prefix:
        return CodeVerdict(
            CodeState.DIFFERS,
            seq,
            f"Mục {seq} trong sổ mang mã {have or '(không có)'}, trên giấy là {prefix}. Nếu gõ "
            "đúng thì đây là sổ khác, hoặc lịch sử đến mục ấy đã bị viết lại sau khi in."
            f"{_branched(uow)} {_WAY_OUT}",
        )
    if bad_before:
        return CodeVerdict(CodeState.CHAIN_BAD, seq, state.problem)
    point = next((p for p in uow.trail.checkpoints() if p.seq == seq), None)
    if point is None:
        return CodeVerdict(
            CodeState.UNSIGNED,
            seq,
            f"Mục {seq} khớp mã nhưng mốc ký ở mục ấy không còn: chữ ký đã bị gỡ. {_WAY_OUT}",
        )
    return _kept(seq, point, state)


def _kept(seq: int, point: Checkpoint, state: ChainState) -> CodeVerdict:
    known = {reason.value: reason.label.lower() for reason in CheckpointReason}
    reason = known.get(point.reason, point.reason)
    words = (
        f"Sổ còn nguyên mốc này: mục {seq}, {point.signer} ký lúc {when(point.at)} ({reason}); "
        "mọi mục từ đầu đến đó đúng như lúc in."
    )
    if state.problem:
        return CodeVerdict(CodeState.KEPT_BUT_LATER_BAD, seq, f"{words} Nhưng {state.problem}")
    after = state.entries - seq
    return CodeVerdict(
        CodeState.KEPT, seq, f"{words} Sau mốc có {after} mục, chuỗi và chữ ký đều khớp."
    )


def _branched(uow: UnitOfWork) -> str:
    """A restore explains a code of work that was given up: when, so that it can be compared."""
    last = ""
    for entry in uow.trail.of_kinds(_BRANCHES):
        what = "khôi phục" if entry.kind == "backup.restored" else "cứu từ tệp hỏng"
        last = f" Sổ đã được {what} lúc {when(entry.at)}: giấy in trong phần bị bỏ sẽ không khớp."
    return last
