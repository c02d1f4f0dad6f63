"""Names that every file system, disc image and command line of the next decades can carry.

Joliet counts 64 UTF-8 bytes, FAT folds case, Windows forbids some words, and NFD and NFC spell one
name twice: so names on a medium are short plain ASCII, and Vietnamese titles stay inside the files.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

from app.errors import RuleRefused

NAME_LIMIT = 60
"""UTF-8 bytes of one part of a path."""
PATH_LIMIT = 180
"""Bytes of a whole path below data/, so that Windows opens it without long-path settings."""
DEPTH_LIMIT = 6

_GOOD = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*(?<!\.)")
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)


def safe_name(title: str, extension: str = "") -> str:
    """A file or folder name for a title: "Lớp 6/1" -> "Lop-6-1", with `extension` (".pdf") kept.

    Longer titles are cut and end in eight digits of their own digest, so that two long titles
    stay apart. RuleRefused `name_empty` when no letter or digit is left.
    """
    plain = title.replace("đ", "d").replace("Đ", "D")
    plain = "".join(
        ch for ch in unicodedata.normalize("NFD", plain) if not unicodedata.combining(ch)
    )
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", plain)
    plain = re.sub(r"-{2,}", "-", plain).strip("-._")
    if not plain:
        raise RuleRefused(
            "name_empty",
            f"Không đặt được tên tệp cho “{title}”: tên cần ít nhất một chữ cái không dấu hoặc chữ "
            "số. Hãy đổi tên ấy rồi niêm phong lại.",
            title=title,
        )
    if _RESERVED.fullmatch(plain):
        plain = f"_{plain}"
    if len(plain) + len(extension) > NAME_LIMIT:
        canonical = unicodedata.normalize("NFC", title).encode()
        tail = "-" + hashlib.sha256(canonical).hexdigest()[:8]
        plain = plain[: NAME_LIMIT - len(extension) - len(tail)].rstrip("-._") + tail
    return plain + extension


def is_safe_name(name: str) -> bool:
    """Whether a single name may stand on a medium as it is."""
    return (
        _GOOD.fullmatch(name) is not None
        and _RESERVED.fullmatch(name) is None
        and len(name) <= NAME_LIMIT
    )


class PathBook:
    """The payload paths of one bag so far; refuses what a medium could not hold or tell apart."""

    def __init__(self) -> None:
        self._files: set[str] = set()
        self._folders: dict[str, str] = {}

    def admit(self, path: str) -> tuple[str, ...]:
        """The parts of a new path, or RuleRefused `bad_path` or `duplicate_path`."""
        parts = tuple(path.split("/"))
        if not all(map(is_safe_name, parts)) or len(parts) > DEPTH_LIMIT or len(path) > PATH_LIMIT:
            raise RuleRefused(
                "bad_path",
                f"Tên tệp “{path}” không dùng được trên ổ lưu trữ: mỗi phần chỉ gồm chữ không dấu, "
                f"chữ số, dấu . _ - và dài tối đa {NAME_LIMIT} ký tự. Hãy đặt tên khác.",
                path=path,
            )
        folded = path.lower()
        above = ["/".join(parts[:n]) for n in range(1, len(parts))]
        clash = folded in self._files or folded in self._folders
        for folder in above:
            known = self._folders.setdefault(folder.lower(), folder)
            clash = clash or known != folder or folder.lower() in self._files
        if clash:
            raise RuleRefused(
                "duplicate_path",
                f"Hai tệp cùng mang tên “{path}” trong một gói (ổ lưu trữ không phân biệt chữ hoa, "
                "chữ thường). Hãy đặt tên khác nhau.",
                path=path,
            )
        self._files.add(folded)
        return parts
