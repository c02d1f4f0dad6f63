"""What a close dialog shows beside completeness: who confirmed, what differs, what looks odd."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.pages.lock_control.words import translate as tr
from ui.theme.typography import Role
from ui.widgets.buttons import link
from ui.widgets.cards import hairline
from ui.widgets.labels import Glyph, Label

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.readmodels.closing_review import ClosingReview, Difference
    from app.services.anomalies import Anomaly
    from ui.theme.look import Look

_SHOWN = 12
"""Differences before the rest is only counted."""
_OF_A_KIND = 4
"""Odd marks of one kind before the rest is only counted."""


class ReviewView(QWidget):
    """`open_mark(subject, pupil, column)` goes to the exact cell (pupil None: the column's sheet).

    `spoken` are the lines, for tests and screen readers.
    """

    def __init__(
        self,
        look: Look,
        review: ClosingReview,
        open_mark: Callable[[int, int | None, str], None],
    ) -> None:
        super().__init__()
        self._look = look
        self._open_mark = open_mark
        self.spoken: list[str] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        for sentence in review.tampered:
            self._line("warning", "red", tr("Tệp bị sửa"), sentence)
        self._confirmations(review)
        self._differences(review)
        self._anomalies(review)
        self.setAccessibleDescription("; ".join(self.spoken))

    def _confirmations(self, review: ClosingReview) -> None:
        done = tr("{n}/{all} môn").format(n=review.confirmed, all=len(review.subjects))
        self._heading(tr("Xác nhận"), done)
        homeroom = review.homeroom
        if homeroom.stands and homeroom.confirmed_at is not None:
            text = tr("{who} đã xác nhận {on}").format(
                who=homeroom.confirmed_by, on=f"{homeroom.confirmed_at:%d/%m}"
            )
            self._line("check-disc", "green", homeroom.subject, text)
        never: list[str] = []
        for line in (homeroom, *review.subjects):
            who = line.person or tr("chưa phân công")
            if line.voided_why:
                text = tr("xác nhận của {who} hết hiệu lực: {why}").format(
                    who=line.confirmed_by, why=_small(line.voided_why)
                )
                self._line("warning", "amber", line.subject, text)
            elif not line.stands and line.subject_id is None:
                self._line("hourglass", "amber", line.subject,
                           tr("{who} chưa xác nhận").format(who=who))  # fmt: skip
            elif not line.stands:
                never.append(f"{line.subject} ({who})")
        if never:
            title = tr("{n} môn chưa xác nhận").format(n=len(never))
            self._line("hourglass", "amber", title, ", ".join(never))

    def _differences(self, review: ClosingReview) -> None:
        if not review.compared:
            return
        since = "; ".join(review.compared)
        self._heading(tr("Tính lại so với {since}").format(since=since), "")
        if not review.differences:
            self._line("check-disc", "green", tr("Không khác"), tr("mọi kết quả tính lại đều khớp"))
        for one in review.differences[:_SHOWN]:
            self._difference(one)
        self._more(len(review.differences))

    def _difference(self, one: Difference) -> None:
        cause = one.cause or tr("không có hồ sơ nào giải thích")
        text = tr("{field}: {old} → {new}; {cause}").format(
            field=one.field, old=one.before or "–", new=one.now or "–", cause=cause
        )
        icon, tone = ("not-equal", "ink2") if one.cause else ("not-equal", "red")
        subject = one.subject_id
        go = None
        if subject is not None:
            go = (subject, one.pupil_id, f"{_term(one)}.ck")
        self._line(icon, tone, one.pupil, text, go)

    def _anomalies(self, review: ClosingReview) -> None:
        found = review.anomalies
        self._heading(tr("Điểm bất thường"), str(len(found)) if found else "")
        if not found:
            self._line("check-disc", "green", tr("Không thấy"),
                       tr("không cột nào, điểm nào khác thường"))  # fmt: skip
        for kind, group in groupby(found, lambda one: one.kind):
            alike = list(group)
            for one in alike[:_OF_A_KIND]:
                self._anomaly(one)
            if len(alike) > _OF_A_KIND:
                text = tr("và {n} chỗ khác: {kind}").format(
                    n=len(alike) - _OF_A_KIND, kind=_small(kind.label)
                )
                self._column.addWidget(Label(self._look, text, Role.CAPTION, "ink3"))
                self.spoken.append(text)

    def _anomaly(self, one: Anomaly) -> None:
        who = f"{one.pupil}, {one.subject}" if one.pupil else one.subject
        self._line(
            "warning", "amber", who, f"{one.kind.label}: {one.text}",
            (one.subject_id, one.pupil_id, one.column),
        )  # fmt: skip

    def _heading(self, text: str, note: str) -> None:
        if self._column.count():
            self._column.addWidget(hairline())
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(Label(self._look, text, Role.TASK_TITLE))
        if note:
            row.addWidget(Label(self._look, note, Role.CAPTION, "ink3"))
        row.addStretch(1)
        self._column.addLayout(row)
        self.spoken.append(f"{text} {note}".strip())

    def _more(self, count: int) -> None:
        if count > _SHOWN:
            text = tr("và {n} dòng nữa").format(n=count - _SHOWN)
            self._column.addWidget(Label(self._look, text, Role.CAPTION, "ink3"))
            self.spoken.append(text)

    def _line(
        self,
        icon: str,
        tone: str,
        name: str,
        text: str,
        go: tuple[int, int | None, str] | None = None,
    ) -> None:
        look = self._look
        row = QHBoxLayout()
        row.setSpacing(9)
        row.addWidget(Glyph(look, icon, tone, 16), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(look, name, Role.STRONG, wrap=True))
        words.addWidget(Label(look, text, Role.BODY, "ink2", wrap=True))
        row.addLayout(words, 1)
        if go is not None:
            button = link(look, tr("Mở ô"), lambda: self._open_mark(*go), arrow=True)
            button.setAccessibleName(tr("Mở ô của {name}").format(name=name))
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self._column.addLayout(row)
        self.spoken.append(f"{name}: {text}")


def _term(one: Difference) -> str:
    return "HK1" if one.period.value == "HK1" else "HK2"


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]
