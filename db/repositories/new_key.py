"""The key of a row just inserted."""

from __future__ import annotations


def new_key(result: object) -> int:
    """Primary key of the row just inserted."""
    key = getattr(result, "inserted_primary_key", None)
    if key is None:
        raise RuntimeError("insert gave no key")
    return int(key[0])
