"""One remark of the GVCN on phẩm chất and năng lực, parted for the places the forms give it.

Học bạ has a merged Nhận xét beside each group (TT27/2020, Phụ lục 1); the homeroom teacher's sheet
has one remark a kỳ. "Phẩm chất: …; Năng lực chung: …; Năng lực đặc thù: …" fills all three; words
under no heading belong to the first group. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.regulations.primary_curriculum import TraitGroup
from app.text import clean, fold

_HEADINGS = {
    TraitGroup.QUALITIES_2018: "pham chat(?: chu yeu)?|pc",
    TraitGroup.GENERAL: "nang luc chung|nlc",
    TraitGroup.SPECIFIC: "nang luc dac thu|nldt",
    TraitGroup.COMPETENCES_2006: "nang luc|nl",
    TraitGroup.QUALITIES_2006: "pham chat|pc",
}


def part_comment(text: str, groups: Sequence[TraitGroup]) -> dict[TraitGroup, str]:
    """What the remark says of each group that it speaks of."""
    remark = clean(text)
    folded = fold(remark)
    if not remark or not groups:
        return {}
    if len(folded) != len(remark):
        # A letter that folds into two: places would not agree, so nothing is parted.
        return {groups[0]: remark}
    found: list[tuple[int, int, TraitGroup]] = []
    for group in groups:
        heading = re.search(rf"(?:^|[;.,]\s*)({_HEADINGS[group]})\s*:\s*", folded)
        if heading is not None:
            found.append((heading.start(), heading.end(), group))
    if not found:
        return {groups[0]: remark}
    found.sort()
    ends = [start for start, _, _ in found[1:]] + [len(remark)]
    parts = {
        group: remark[begin:end].strip(" ;,")
        for (_, begin, group), end in zip(found, ends, strict=True)
    }
    before = remark[: found[0][0]].strip(" ;,")
    if before:
        first = groups[0]
        parts[first] = f"{before} {parts[first]}" if parts.get(first) else before
    return {group: words for group, words in parts.items() if words}
