"""Small ways into the objects of a PDF as pyHanko gives them."""

from __future__ import annotations

from typing import Any

_MOST_PARENTS = 32


def value_of(holder: Any, key: str, without: Any = None) -> Any:
    """What stands under a key, followed to where it is written; `without` when nothing does.

    The library's own `get` does not follow references.
    """
    try:
        return holder[key]
    except KeyError:
        return without


def inherited(one: Any, key: str) -> Any:
    """A key of a page or field, or of the nearest parent that has it; None without."""
    here, depth = one, 0
    while key not in here and "/Parent" in here and depth < _MOST_PARENTS:
        here, depth = here["/Parent"], depth + 1
    return value_of(here, key)


def pages_of(reader: Any) -> list[tuple[Any, Any]]:
    """Every page of a document with its reference, in order."""
    count = int(reader.root["/Pages"]["/Count"])
    references = [reader.find_page_for_modification(number)[0] for number in range(count)]
    return [(ref, ref.get_object()) for ref in references]


def box_of(one: Any, key: str) -> tuple[float, float, float, float]:
    """A rectangle of a page or an annotation, points; of no size when there is none."""
    left, bottom, right, top = (float(edge) for edge in inherited(one, key) or (0, 0, 0, 0))
    return left, bottom, right, top
