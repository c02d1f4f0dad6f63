"""A light look at a keyfile for the sign-in window: JSON only, no cryptography, no checks.

The window would otherwise wait half a second for the database modules before it shows a name.
Opening the file reads the keyfile again, strictly, and refuses what is damaged or newer.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from app.sign_in_peek import PeekedPerson, SignInPeek
from db.keys.identity import FORMAT, VERSION, keyfile_path

if TYPE_CHECKING:
    from pathlib import Path

_MOST_BYTES = 4_000_000
"""A keyfile of 2,000 people has about 2 MB; nothing larger is read on the window's thread."""


def peek_at_file(path: Path) -> SignInPeek | None:
    """Names and label beside the database at `path`; None when they cannot be read as ours."""
    keyfile = keyfile_path(path)
    try:
        if not path.is_file() or keyfile.stat().st_size > _MOST_BYTES:
            return None
        document = json.loads(keyfile.read_bytes())
        if document["format"] != FORMAT or document["version"] != VERSION:
            return None
        people = tuple(
            PeekedPerson(
                str(item["slot"]["uid"]),
                str(item["display_name"]),
                str(item["department"]),
                str(item["note"]),
                item["active"] is True,
            )
            for item in document["people"]
        )
        label = {str(name): str(text) for name, text in document["label"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return SignInPeek(people, label)
