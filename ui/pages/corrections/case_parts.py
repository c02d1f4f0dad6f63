"""Pieces of one case, shared by the panel and the approval: cells, results, evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.pages.corrections import words
from ui.pages.corrections.words import translate as tr
from ui.theme.typography import Role
from ui.widgets.cards import frame, hairline
from ui.widgets.labels import ElidedLabel, Glyph, Label
from ui.widgets.mark_change import SmallChange, StruckLabel

if TYPE_CHECKING:
    from app.readmodels.correction_case import CaseCell, CaseRow, CaseView, KnockOn
    from ui.theme.look import Look


def caption(look: Look, text: str) -> Label:
    """The quiet word over a part."""
    return Label(look, text, Role.CAPTION, "ink3")


def knock_on_lines(look: Look, effects: tuple[KnockOn, ...]) -> QWidget:
    """What follows for one pupil: a changed result strong, an unchanged one plain."""
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(3)
    column.addWidget(caption(look, tr("Kéo theo")))
    for effect in effects:
        if effect.changes:
            text = f"{effect.what} {effect.old} → {effect.new}"
            column.addWidget(Label(look, text, Role.STRONG, wrap=True))
        else:
            text = tr("{what} không đổi: {value}").format(what=effect.what, value=effect.old)
            column.addWidget(Label(look, text, Role.BODY, "ink2", wrap=True))
    return box


def cells_table(look: Look, view: CaseView, *, effects: bool = True) -> QWidget:
    """Several cells: STT, pupil, column, old → new, and (`effects`) the average that follows."""
    box = QWidget()
    grid = QGridLayout(box)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(14)
    grid.setVerticalSpacing(5)
    grid.setColumnStretch(1, 1)
    heads = [tr("STT"), tr("Học sinh"), tr("Cột"), tr("Cũ, mới")]
    heads += [tr("Kéo theo")] if effects else []
    for at, head in enumerate(heads):
        grid.addWidget(caption(look, head), 0, at)
    grid.addWidget(hairline(strong=True), 1, 0, 1, len(heads))
    for line, cell in enumerate(view.row.cells, 2):
        position = Label(look, str(cell.position), Role.BODY, "ink3")
        grid.addWidget(position, line, 0, Qt.AlignmentFlag.AlignRight)
        name = ElidedLabel(look, cell.pupil, Role.VALUE)
        name.setMinimumWidth(110)
        grid.addWidget(name, line, 1)
        grid.addWidget(Label(look, words.short_place(cell)), line, 2)
        if words.is_text(cell):
            change: QWidget = text_change(look, cell)
        else:
            change = SmallChange(look, words.value(cell.old), words.value(cell.new), Role.STRONG)
        grid.addWidget(change, line, 3)
        if not effects:
            continue
        moved = [e for e in view.knock_on if e.pupil == cell.pupil and e.changes]
        text = f"{moved[0].old} → {moved[0].new}" if moved else tr("không đổi")
        effect = Label(look, text, Role.BODY, "ink" if moved else "ink3")
        effect.setToolTip("\n".join(f"{e.what}: {e.old} → {e.new}" for e in moved))
        grid.addWidget(effect, line, 4)
    return box


def level_changes(view: CaseView) -> tuple[KnockOn, ...]:
    """Levels, titles and outcomes that move: what a table's average column does not tell."""
    return tuple(e for e in view.knock_on if e.changes and not e.what.startswith("ĐTB"))


def evidence_box(look: Look, title: str, text: str, *, boxed: bool) -> QWidget:
    """One piece of evidence: where the second person finds it."""
    box = frame("outlined") if boxed else QWidget()
    row = QHBoxLayout(box)
    if boxed:
        row.setContentsMargins(12, 9, 12, 9)
    else:
        row.setContentsMargins(0, 2, 0, 2)
    row.setSpacing(9)
    row.addWidget(Glyph(look, "check-disc", "green", 16), 0, Qt.AlignmentFlag.AlignTop)
    column = QVBoxLayout()
    column.setSpacing(1)
    column.addWidget(Label(look, title, Role.STRONG))
    column.addWidget(Label(look, text, Role.CAPTION, "ink2", wrap=True))
    row.addLayout(column, 1)
    return box


def evidence_boxes(look: Look, view: CaseView, *, boxed: bool = True) -> list[QWidget]:
    """The two proofs of the kind."""
    texts = (view.case.evidence_book, view.case.evidence_paper)
    return [
        evidence_box(look, name, text, boxed=boxed)
        for name, text in zip(view.proofs, texts, strict=True)
    ]


def declared_line(view: CaseView) -> str:
    """Who declared it and when."""
    at = view.row.requested_at
    return tr("{name}, {duty}, khai ngày {day} lúc {time}").format(
        name=view.requester.name,
        duty=view.requester.duty[:1].lower() + view.requester.duty[1:],
        day=at.strftime("%d/%m/%Y"),
        time=at.strftime("%H:%M"),
    )


def text_change(look: Look, cell: CaseCell) -> QWidget:
    """A change of words: the old ones struck, the new ones under them."""
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    for head, text, struck in (
        (tr("Đang lưu"), words.value(cell.old), True),
        (tr("Sửa thành"), words.value(cell.new), False),
    ):
        column.addWidget(caption(look, head))
        tone = "ink2" if struck else "ink"
        line = Label(look, text, Role.BODY if struck else Role.TASK_TITLE, tone, wrap=True)
        if struck:
            font = line.font()
            font.setStrikeOut(True)
            line.setFont(font)
        column.addWidget(line)
    box.setAccessibleName(f"{words.value(cell.old)} → {words.value(cell.new)}")
    return box


def struck_row(look: Look, row: CaseRow) -> QWidget:
    """The one cell of a case in a panel: old 22 struck, new 22/600."""
    cell = row.cells[0]
    if words.is_text(cell):
        return text_change(look, cell)
    box = QWidget()
    line = QHBoxLayout(box)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(12)
    line.addWidget(StruckLabel(look, words.value(cell.old), Role.WORDMARK))
    line.addWidget(Glyph(look, "arrow-right", "ink2", 20))
    line.addWidget(Label(look, words.value(cell.new), Role.WORDMARK))
    line.addStretch(1)
    box.setAccessibleName(f"{words.value(cell.old)} → {words.value(cell.new)}")
    return box
