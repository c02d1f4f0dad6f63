"""A bag that already lies on the drive under the name of the next copy: ours, or a stranger's?

The program may be killed between the last rename of a sealed bag and its record in the file. The
next attempt then finds a whole bag that nobody has on file. It is recorded, not written again,
when its own proof holds: every byte intact, signed by a key of this school's people, its trail the
beginning of this file's trail, and nothing but sign-ins and backups since.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path

from app.domain.ids import SchoolYearId
from app.errors import EnvironmentProblem, RuleRefused
from app.media import BagChecker, SealReport, VerifyVerdict
from app.ports import UnitOfWork, UowFactory
from app.progress import Progress

SIGNED_LIST = "tagmanifest-sha512.txt"
_TRAIL = "data/nhat-ky/muc.jsonl"
_HARMLESS = ("session.", "backup.")
"""Entries that change nothing a bag holds besides the trail itself."""


class UnrecordedBags:
    """Recognises an own bag that has no record yet."""

    def __init__(self, uows: UowFactory, check_bag: BagChecker) -> None:
        self._uows = uows
        self._check_bag = check_bag

    def find(
        self,
        path: Path,
        year_id: SchoolYearId,
        progress: Progress,
        info: Mapping[str, str],
    ) -> SealReport | None:
        """The report of the bag at `path` as its writer would have given it; None without one.

        Raises RuleRefused for a bag that is not this school's, not intact, or no longer true, and
        for one whose bag-info.txt does not say what this attempt would say (`info`).
        """
        if not path.exists():
            return None
        found = self._check_bag(path, None, progress)
        if found.verdict is not VerifyVerdict.INTACT or found.fingerprint is None:
            raise RuleRefused(
                "bag_exists",
                f"Trên ổ đã có “{path.name}” nhưng gói ấy không nguyên vẹn, có thể do lần ghi "
                "trước bị ngắt; hãy chuyển thư mục ấy đi chỗ khác hoặc dùng ổ khác rồi niêm phong "
                "lại.",
                path=str(path),
            )
        with self._uows.read() as uow:
            self._refuse_recorded(uow, path, year_id)
            pinned = uow.accounts.keys()
            keys = {hashlib.sha256(key).hexdigest() for _, key, _ in pinned}
            if found.fingerprint not in keys:
                raise RuleRefused(
                    "bag_of_others",
                    f"Trên ổ đã có “{path.name}” nhưng gói ấy không do người của trường này ký; "
                    "hãy dùng ổ khác để niêm phong.",
                    path=str(path),
                )
            seq, digest = _last_entry(path)
            since = {e.kind for e in uow.trail.all_entries() if e.seq > seq}
            known = next((e.hash.hex() for e in uow.trail.all_entries() if e.seq == seq), "")
        odd = [label for label, value in info.items() if found.info.get(label) != value]
        if odd:
            raise RuleRefused(
                "bag_says_otherwise",
                f"Trên ổ đã có “{path.name}” của lần niêm phong bị ngắt, nhưng gói ấy ghi khác lần "
                f"này (số quyết định, gói gốc). Gói ấy ghi: {found.info.get(odd[0], 'để trống')}. "
                "Hãy ghi đúng như gói ấy, hoặc chuyển thư mục ấy đi chỗ khác rồi làm lại.",
                path=str(path),
                labels=odd,
            )
        changed = {kind for kind in since if not kind.startswith(_HARMLESS)}
        if known != digest or changed:
            raise RuleRefused(
                "bag_outdated",
                f"Trên ổ đã có “{path.name}” của lần niêm phong bị ngắt, nhưng sổ đã thay đổi từ "
                "lúc ấy nên không ghi nhận gói cũ được; hãy chuyển thư mục ấy đi chỗ khác rồi niêm "
                "phong lại.",
                path=str(path),
                kinds=sorted(changed),
            )
        size, _, count = found.info.get("Payload-Oxum", "0.0").partition(".")
        return SealReport(
            path=path,
            files=int(count),
            bytes=int(size),
            seconds=0.0,
            tagmanifest_sha512=hashlib.sha512(_read(path / SIGNED_LIST)).hexdigest(),
            fingerprint=found.fingerprint,
            readback_ok=True,
        )

    @staticmethod
    def _refuse_recorded(uow: UnitOfWork, path: Path, year_id: SchoolYearId) -> None:
        if any(seal.bag_name == path.name for seal in uow.control.seals(year_id)):
            raise RuleRefused(
                "bag_exists",
                f"Trên ổ đã có “{path.name}” và gói ấy đã ghi trong sổ. Gói đã niêm phong không "
                "bao giờ bị ghi đè: hãy dùng ổ khác.",
                path=str(path),
            )


def holds_in(bag: Path) -> tuple[str, ...]:
    """What lies directly below data/ of a whole bag, classes by grade and name."""
    try:
        names = [path.name for path in (bag / "data").iterdir()]
    except OSError as error:
        raise _unreadable(bag / "data") from error
    return tuple(sorted(names, key=_by_number))


def _by_number(name: str) -> tuple[int, str]:
    """lop-9a before lop-10a."""
    digits = re.search(r"\d+", name)
    return (int(digits[0]) if digits else 0, name)


def _last_entry(bag: Path) -> tuple[int, str]:
    """Number and hash (hex) of the last trail entry that the bag carries."""
    lines = _read(bag / _TRAIL).splitlines()
    if not lines:
        return 0, ""
    last = json.loads(lines[-1])
    return int(last["seq"]), str(last["hash"])


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise _unreadable(path) from error


def _unreadable(path: Path) -> EnvironmentProblem:
    return EnvironmentProblem(
        "bag_unreadable",
        f"Không đọc được {path.name} của gói đã có trên ổ; hãy cắm lại ổ rồi thử lại.",
        path=str(path),
    )
