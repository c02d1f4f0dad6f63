"""What one sealed medium holds, for its label, its minutes and DOC-TRUOC.txt (M159, M160).

A disc holds some classes, a medium may carry the confidential copy or not: whoever keeps it, and
whoever opens it in thirty years, must read that on the paper and not find it out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.media import SealFile
from app.services.confidential_copy import CONTENT, FOLDER
from app.services.seal_contents import CONTENTS

CLASS_FOLDER = "lop-"
"""How the folder of a class begins."""


def holds_of(files: Iterable[SealFile]) -> tuple[str, ...]:
    """Folders and files directly below data/, each once, in the order of the payload."""
    return tuple(dict.fromkeys(file.path.partition("/")[0] for file in files))


def contents_on(holds: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """(where, what) for a medium that holds these; everything but the confidential copy for ().

    Media sealed by an earlier program have no such note.
    """
    if not holds:
        return CONTENTS
    found = []
    for where, words in CONTENTS:
        if where.startswith(CLASS_FOLDER):
            classes = [one for one in holds if one.startswith(CLASS_FOLDER)]
            if classes:
                found.append((_classes(classes), words))
        elif any(name.strip("/ ") in holds for name in where.split(",")):
            found.append((where, words))
    if FOLDER in holds:
        found.append(CONTENT)
    return tuple(found)


def _classes(folders: Sequence[str]) -> str:
    if len(folders) <= 2:
        return ", ".join(f"{one}/" for one in folders)
    return f"{folders[0]}/ đến {folders[-1]}/ ({len(folders)} lớp)"
