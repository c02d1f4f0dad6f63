"""Nhật ký in words: what happened to printed papers. Part of the table in `trail_sentences`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from app.domain.paper_life import PaperAct, PaperStep
from app.services.trail_wording import Detail, Wording
from app.text import date_vn


def _day(text: str) -> str:
    return date_vn(date.fromisoformat(text))


def _run(d: Detail) -> str:
    return f"bản in số {d['number']:04d} ({d['title']})"


def _more(d: Detail) -> str:
    parts = [part for part in (d["people"], d["place"], d["note"]) if part]
    return f": {'; '.join(parts)}" if parts else ""


def _done(d: Detail) -> str:
    step = PaperStep(d["step"])
    # Entries from before học bạ were handed out one by one name no pupil.
    whose = f" của {d['pupil']}" if d.get("pupil") else ""
    return f"{_first(step.words)}{whose}, {_run(d)}, ngày {_day(d['on'])}{_more(d)}"


def _taken_back(d: Detail) -> str:
    return f"Gỡ bước {PaperStep(d['step']).words} của {_run(d)}{_more(d)}"


def _lent(d: Detail) -> str:
    what = f", để {d['note']}" if d["note"] else ""
    return f"Cho {d['people']} mượn {_run(d)}, hẹn trả {_day(d['due_on'])}{what}"


def _said(act: PaperAct) -> Callable[[Detail], str]:
    return lambda d: f"{act.label}, {_run(d)}{_more(d)}"


def _first(words: str) -> str:
    return words[:1].upper() + words[1:]


PAPERS: dict[str, Wording] = {
    f"paper.{act.value}": Wording(f"Giấy: {act.label.lower()}", say)
    for act, say in (
        (PaperAct.DONE, _done),
        (PaperAct.TAKEN_BACK, _taken_back),
        (PaperAct.MOVED, _said(PaperAct.MOVED)),
        (PaperAct.LENT, _lent),
        (PaperAct.CAME_BACK, _said(PaperAct.CAME_BACK)),
        (PaperAct.DISCARDED, _said(PaperAct.DISCARDED)),
        (PaperAct.RESTORED, _said(PaperAct.RESTORED)),
    )
}
