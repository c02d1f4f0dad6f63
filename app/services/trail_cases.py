"""Sentences of the trail about correction cases."""

from __future__ import annotations

from collections.abc import Callable

from app.domain.corrections import CaseKind, trail_kind
from app.services.trail_wording import Detail, Wording


def _case(words: str) -> Callable[[Detail], str]:
    def say(d: Detail) -> str:
        reason = f": {d['reason']}" if d.get("reason") else ""
        reason += f" ({d['authority']})" if d.get("authority") else ""
        return f"{words} số {d['case']:02d}, {d['subject']} lớp {d['class']}{reason}"

    return say


def _case_place(d: Detail) -> str:
    return f"hồ sơ số {d['case']:02d}, {d['subject']} lớp {d['class']}"


def _registered(d: Detail) -> str:
    return f"Vào sổ số {d['number']}: {_case_place(d)}"


_STEPS: dict[str, Wording] = {
    "declare": Wording("Lập hồ sơ sửa điểm", _case("Lập hồ sơ sửa điểm")),
    "register": Wording("Vào sổ hồ sơ", _registered),
    "scan": Wording("Cất minh chứng", lambda d: f"Cất bản chụp “{d['name']}” vào {_case_place(d)}"),
    "explain": Wording(
        "Giải trình sửa điểm", lambda d: f"Giải trình {_case_place(d)}: {d['text']}"
    ),
    "check": Wording("Kiểm dò hồ sơ", _case("Kiểm dò hồ sơ sửa điểm")),
    "approve": Wording("Duyệt hồ sơ", _case("Duyệt hồ sơ sửa điểm")),
    "refuse": Wording("Từ chối hồ sơ", _case("Từ chối hồ sơ sửa điểm")),
    "apply": Wording("Sửa theo hồ sơ", _case("Sửa điểm theo hồ sơ")),
    "withdraw": Wording("Rút hồ sơ", _case("Rút hồ sơ sửa điểm")),
    "expire": Wording("Hết giờ mở", _case("Hết giờ mở, khóa lại ô của hồ sơ")),
}

CASES: dict[str, Wording] = {
    trail_kind(kind, step): wording
    for kind in (CaseKind.MARKS, CaseKind.PROFILE)
    for step, wording in _STEPS.items()
}
"""Every step, of cases about the book and of those about pupils."""
