"""Nhật ký in words: what happened to sealed media. Part of the table in `trail_sentences`."""

from __future__ import annotations

from app.domain.media_events import MediumAct, MediumState
from app.services.trail_wording import Detail, Wording


def _placed(d: Detail) -> str:
    return f"Bản niêm phong {d['copy']} do {d['people']} giữ, cất ở {d['place']}"


def _checked(d: Detail) -> str:
    found = MediumState(d["state"]).label.lower()
    more = f": {d['note']}" if d["note"] else ""
    return f"Đọc kiểm tra bản niêm phong {d['copy']}: {found}, {d['files']} tệp{more}"


def _opened(d: Detail) -> str:
    return f"Mở niêm phong bản {d['copy']}. {d['note']}. Có mặt: {d['people']}"


def _closed(d: Detail) -> str:
    more = f" ({d['note']})" if d["note"] else ""
    return f"Niêm phong lại bản {d['copy']}{more}. Chứng kiến: {d['people']}"


MEDIA: dict[str, Wording] = {
    f"medium.{act.value}": Wording(act.label, say)
    for act, say in (
        (MediumAct.PLACED, _placed),
        (MediumAct.CHECKED, _checked),
        (MediumAct.OPENED, _opened),
        (MediumAct.CLOSED, _closed),
    )
}
