"""One chapter as a page to read: headings, steps and key tables in the program's own type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)
from PySide6.QtWidgets import QFrame, QTextBrowser

from ui.theme.tokens import LIGHT
from ui.theme.typography import Role

if TYPE_CHECKING:
    from PySide6.QtGui import QTextBlock

    from ui.pages.help.manual import Chapter
    from ui.theme.look import Look
    from ui.theme.tokens import Tokens

_LINE_PERCENT = 132
_CELL_PADDING = 7
_HEADS = {1: (Role.TITLE, 0, 6), 2: (Role.LABEL_TITLE, 22, 6)}
"""Font, space above and below of a heading by its level, logical pixels."""


class Leaf(QTextBrowser):
    """Shows a chapter; follows the theme."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._look = look
        self._chapter: Chapter | None = None
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setProperty("kind", "leaf")
        self.setFont(look.font(Role.TASK_TITLE))
        look.changed.connect(self._show_again)

    def show_chapter(self, chapter: Chapter, task: str = "") -> None:
        """From its beginning, or from a task's heading."""
        self._chapter = chapter
        document = leaf_document(chapter, self._look, self._look.tokens)
        # The browser destroys the former one, which is its own too.
        document.setParent(self)
        self.setDocument(document)
        self.go_to(task)

    def go_to(self, task: str) -> None:
        """Bring a task's heading to the top; an empty or unknown one: the beginning."""
        block = self.document().begin()
        while task and block.isValid():
            if block.blockFormat().headingLevel() == 2 and block.text() == task:
                top = self.document().documentLayout().blockBoundingRect(block).top()
                self.verticalScrollBar().setValue(int(top))
                return
            block = block.next()
        self.verticalScrollBar().setValue(0)

    def _show_again(self) -> None:
        if self._chapter is not None:
            at = self.verticalScrollBar().value()
            self.show_chapter(self._chapter)
            self.verticalScrollBar().setValue(at)


def paper_document(chapter: Chapter, look: Look) -> QTextDocument:
    """The same chapter in ink on white, for the printer."""
    return leaf_document(chapter, look, LIGHT)


def leaf_document(chapter: Chapter, look: Look, tokens: Tokens) -> QTextDocument:
    """Markdown laid out with our fonts, spaces and the given colours."""
    document = QTextDocument()
    document.setDocumentMargin(22)
    document.setDefaultFont(look.font(Role.TASK_TITLE))
    document.setMarkdown(chapter.text)
    body = look.font(Role.LEAD)
    block = document.begin()
    while block.isValid():
        _dress(block, look, tokens, body)
        block = block.next()
    for inner in document.rootFrame().childFrames():
        if isinstance(inner, QTextTable):
            _rule(inner, tokens)
    return document


def _dress(block: QTextBlock, look: Look, tokens: Tokens, body: QFont) -> None:
    cursor = QTextCursor(block)
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
    shape = QTextBlockFormat(block.blockFormat())
    level = shape.headingLevel()
    if level in _HEADS:
        role, above, below = _HEADS[level]
        shape.setTopMargin(above)
        shape.setBottomMargin(below)
        ink = QTextCharFormat()
        ink.setFont(look.font(role))
        ink.setForeground(QBrush(QColor(tokens.ink)))
        # Set, not merged: a heading of Markdown carries a size step of its own.
        cursor.setCharFormat(ink)
    else:
        shape.setTopMargin(0)
        shape.setBottomMargin(0 if cursor.currentTable() is not None else 5)
        shape.setLineHeight(
            _LINE_PERCENT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
        )
        _ink_pieces(block, tokens, body)
    cursor.setBlockFormat(shape)


def _ink_pieces(block: QTextBlock, tokens: Tokens, body: QFont) -> None:
    """Keep bold and italic, and put our face and ink under them."""
    pieces = []
    at = block.begin()
    while not at.atEnd():
        piece = at.fragment()
        pieces.append((piece.position(), piece.length(), piece.charFormat()))
        at += 1
    for start, length, former in pieces:
        font = QFont(body)
        bold = former.fontWeight() > QFont.Weight.Normal.value
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        font.setItalic(former.fontItalic())
        ink = QTextCharFormat()
        ink.setFont(font)
        ink.setForeground(QBrush(QColor(tokens.ink if bold else tokens.ink2)))
        cursor = QTextCursor(block)
        cursor.setPosition(start)
        cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(ink)


def _rule(table: QTextTable, tokens: Tokens) -> None:
    shape = table.format()
    shape.setBorder(1)
    shape.setBorderCollapse(True)
    shape.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    shape.setBorderBrush(QBrush(QColor(tokens.line2)))
    shape.setCellPadding(_CELL_PADDING)
    shape.setCellSpacing(0)
    shape.setAlignment(Qt.AlignmentFlag.AlignLeft)
    percent = QTextLength.Type.PercentageLength
    shape.setWidth(QTextLength(percent, 100))
    shape.setColumnWidthConstraints([QTextLength(percent, 38), QTextLength(percent, 62)])
    table.setFormat(shape)
