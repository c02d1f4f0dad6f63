"""What must hold between rules: checked whenever a profile is chosen or a rule changed."""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.rule_catalogue import BY_KEY, CATALOGUE, MODULES_OPTIONAL, MODULES_REQUIRED
from app.domain.rules import RuleSet
from app.errors import RuleRefused


def checked_rules(values: Mapping[str, str]) -> RuleSet:
    """Every rule of the catalogue with a good value; raises RuleRefused for the first bad one."""
    strange = set(values) - set(BY_KEY)
    if strange:
        raise RuleRefused(
            "rule_unknown",
            f"Không có quy định mang mã “{min(strange)}”; hãy tải lại trang rồi chọn lại.",
            key=min(strange),
        )
    given = {spec.key: spec.checked(values.get(spec.key, spec.default)) for spec in CATALOGUE}
    rules = RuleSet(given)
    both = set(rules.codes(MODULES_REQUIRED)) & set(rules.codes(MODULES_OPTIONAL))
    if both:
        named = dict(MODULES_REQUIRED.choices)[min(both)]
        raise RuleRefused(
            "rules_disagree",
            f"Phần “{named}” vừa bắt buộc vừa khuyến khích; hãy để ở một chỗ.",
            both=sorted(both),
        )
    for spec in CATALOGUE:
        _refuse_reversed(spec.key, rules)
    return rules


def _refuse_reversed(key: str, rules: RuleSet) -> None:
    """A span of the school year runs from August to July; its last day is not before its first."""
    spec = BY_KEY[key]
    first, slash, last = rules.text(spec).partition("/")
    if slash and _place(last) < _place(first):
        raise RuleRefused(
            "window_reversed",
            f"Quy định “{spec.title}” có ngày cuối trước ngày đầu; hãy chọn lại hai ngày.",
            key=key,
        )


def _place(day: str) -> tuple[int, int]:
    """Where "09-15" stands in a school year."""
    month = int(day[:2])
    return ((month - 8) % 12, int(day[3:]))
