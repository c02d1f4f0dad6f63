"""File names that every system reads, made from Vietnamese words."""

from __future__ import annotations

import unicodedata

from app.text import fold


def ascii_name(text: str, most: int = 40) -> str:
    """A file-name part that every system reads: lower case, ASCII letters, digits and hyphens.

    At most `most` characters, cut between words where it can be.
    """
    plain = unicodedata.normalize("NFKD", fold(text)).encode("ascii", "ignore").decode()
    name = "-".join("".join(c if c.isalnum() else " " for c in plain).split())
    if len(name) > most:
        name = name[: most + 1].rpartition("-")[0] or name[:most]
    return name or "khong-ten"


class FolderNames:
    """File-name parts of one folder, each given once: 6D and 6Đ are one name without marks."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def name(self, text: str) -> str:
        """`ascii_name`, with a number behind it when somebody has it already."""
        plain, number = ascii_name(text), 1
        name = plain
        while name in self._taken:
            number += 1
            name = f"{plain}-{number}"
        self._taken.add(name)
        return name
