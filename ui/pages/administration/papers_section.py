"""Văn bản: the year's legal bases, and the register of outgoing papers with their numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from app.domain.papers import LegalBasis, OutgoingDocument
from app.services.school_setup import SETTERS
from app.text import date_vn
from ui.dialogs.confirm_dialog import confirm
from ui.pages.administration.paper_entry_dialogs import BasisDialog, DocumentDialog, NumberDialog
from ui.pages.administration.section import Section
from ui.theme.tokens import CARD_GAP
from ui.theme.typography import Role
from ui.widgets.buttons import secondary
from ui.widgets.cards import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.labels import Label
from ui.widgets.record_model import Column, RecordModel
from ui.widgets.tables import TableView

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from app.domain.papers import DocumentKind
    from app.domain.school import SchoolYear
    from app.services.legal_bases import BasisDraft
    from app.workspace import Workspace
    from ui.navigation import PageContext

_ROW = 29


class PapersSection(Section):
    """Two tables of the year chosen in the top bar."""

    def __init__(
        self,
        context: PageContext,
        work: Workspace,
        year: Callable[[], SchoolYear | None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(context, work, year, parent)
        self._stack = QStackedLayout()
        self.column.addLayout(self._stack, 1)
        self._main = QWidget()
        both = QVBoxLayout(self._main)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(CARD_GAP)
        both.addWidget(self._bases_card(), 1)
        both.addWidget(self._register_card(), 1)
        self._stack.addWidget(self._main)
        self._empty = EmptyState(
            self.look,
            "file",
            self.tr("Trường chưa có năm học"),
            self.tr("Lập năm học trước; căn cứ và số văn bản thuộc về một năm học."),
        )
        self._stack.addWidget(self._empty)

    def refresh(self) -> None:
        """The year's papers again."""
        year = self.year()
        self._stack.setCurrentWidget(self._empty if year is None else self._main)
        if year is None:
            return
        may = self.work.session.actor.has(*SETTERS)
        for button in (self.add_basis_button, self.drop_basis_button, self.draft_button,
                       self.number_button):  # fmt: skip
            button.setVisible(may)
        bases = self.work.bases.of_year(year.id)
        self.bases.set_records(bases)
        self.no_bases.setVisible(not bases)
        self.bases_table.setVisible(bool(bases))
        documents = self.work.documents.of_year(year.id)
        self.documents.set_records(documents)
        self.no_documents.setVisible(not documents)
        self.documents_table.setVisible(bool(documents))
        waiting = sum(not document.code for document in documents)
        self.waiting.setText(self.tr("{n} văn bản chưa có số").format(n=waiting) if waiting else "")
        self._chosen_changed()

    # --- acts

    def add_basis(self) -> None:
        """Thêm căn cứ."""
        year = self.year()
        if year is None:
            return
        actor = self.work.session.actor

        def save(draft: BasisDraft, twin_is_right: bool) -> None:
            self.done(self.work.bases.add(actor, year.id, draft, twin_is_right=twin_is_right))

        BasisDialog(self.look, save, self).open()

    def drop_basis(self) -> None:
        """Bỏ căn cứ after asking."""
        year, basis = self.year(), self._basis()
        if year is None or basis is None:
            return
        actor = self.work.session.actor

        def drop() -> None:
            self.run(lambda: self.work.bases.withdraw(actor, year.id, basis.id))

        confirm(
            self.look,
            self,
            self.tr("Bỏ căn cứ {code}").format(code=basis.code),
            self.tr("Giấy tờ in từ nay không nêu văn bản này nữa; giấy đã in giữ nguyên."),
            self.tr("Bỏ căn cứ {code}").format(code=basis.code),
            drop,
            dangerous=True,
        )

    def draft(self) -> None:
        """Ghi văn bản đi."""
        year = self.year()
        if year is None:
            return
        actor = self.work.session.actor

        def save(kind: DocumentKind, summary: str) -> None:
            self.done(self.work.documents.draft(actor, year.id, kind, summary))

        DocumentDialog(self.look, save, self).open()

    def give_number(self) -> None:
        """Cấp số for the paper chosen, when it has none."""
        document = self._document()
        if document is None or document.code or not self.work.session.actor.has(*SETTERS):
            return
        actor = self.work.session.actor

        def save(number: int, symbol: str, day: date) -> None:
            self.done(self.work.documents.give_number(actor, document.id, number, symbol, day))

        proposal = self.work.documents.propose(document)
        NumberDialog(self.look, document, proposal, save, self).open()

    # --- inside

    def _basis(self) -> LegalBasis | None:
        rows = self.bases_table.selectionModel().selectedRows()
        return self.bases.record(rows[0].row()) if rows else None

    def _document(self) -> OutgoingDocument | None:
        rows = self.documents_table.selectionModel().selectedRows()
        return self.documents.record(rows[0].row()) if rows else None

    def _chosen_changed(self) -> None:
        self.drop_basis_button.setEnabled(self._basis() is not None)
        document = self._document()
        self.number_button.setEnabled(document is not None and not document.code)

    def _bases_card(self) -> Card:
        look = self.look
        card = Card(look, self.tr("Căn cứ pháp lý của năm học"),
                    self.tr("in đầu biên bản, quyết định"), flush=True)  # fmt: skip
        self.drop_basis_button = secondary(look, self.tr("Bỏ căn cứ"), self.drop_basis, "close")
        self.add_basis_button = secondary(look, self.tr("Thêm căn cứ"), self.add_basis, "plus")
        card.head.addWidget(self.drop_basis_button)
        card.head.addWidget(self.add_basis_button)
        words = self.tr(
            "Chưa có căn cứ nào. Thêm thông tư, quyết định, công văn mà biên bản và quyết định của "
            "trường phải nêu."
        )
        self.no_bases = Label(look, words, Role.BODY, "ink2", wrap=True)
        self.no_bases.setContentsMargins(15, 0, 15, 0)
        card.body.addWidget(self.no_bases)
        self.bases: RecordModel[LegalBasis] = RecordModel(
            [
                Column(self.tr("Loại"), lambda b: b.kind.label),
                Column(self.tr("Số, ký hiệu"), lambda b: b.code, role=Role.VALUE),
                Column(self.tr("Ngày"), lambda b: date_vn(b.issued_on)),
                Column(self.tr("Cơ quan ban hành"), lambda b: b.issuer, tip=lambda b: b.issuer),
                Column(self.tr("Dùng trong"), _uses, tone=lambda _b: "ink2"),
                Column(self.tr("Trích yếu"), lambda b: b.summary, tip=lambda b: b.line),
            ],
            self,
        )
        self.bases_table = TableView(look, self.tr("Căn cứ pháp lý"), row_height=_ROW)
        self.bases_table.setModel(self.bases)
        self.bases_table.set_widths({0: 92, 1: 150, 2: 106, 3: 190, 4: 150})
        self.bases_table.selectionModel().selectionChanged.connect(
            lambda *_: self._chosen_changed()
        )
        card.body.addWidget(self.bases_table, 1)
        card.body.addStretch(0)
        return card

    def _register_card(self) -> Card:
        look = self.look
        card = Card(look, self.tr("Sổ đăng ký văn bản đi"), flush=True)
        self.waiting = Label(look, "", Role.BODY, "amber")
        card.head.insertWidget(2, self.waiting)
        self.number_button = secondary(look, self.tr("Cấp số"), self.give_number, "stamp")
        self.draft_button = secondary(look, self.tr("Ghi văn bản"), self.draft, "plus")
        card.head.addWidget(self.number_button)
        card.head.addWidget(self.draft_button)
        words = self.tr(
            "Chưa có văn bản nào. Biên bản in từ chương trình tự vào đây, chờ văn thư cấp số."
        )
        self.no_documents = Label(look, words, Role.BODY, "ink2", wrap=True)
        self.no_documents.setContentsMargins(15, 0, 15, 0)
        card.body.addWidget(self.no_documents)
        self.documents: RecordModel[OutgoingDocument] = RecordModel(
            [
                Column(self.tr("Số, ký hiệu"), self._code, role=Role.VALUE,
                       tone=lambda d: "ink" if d.code else "amber"),
                Column(self.tr("Ngày"), lambda d: date_vn(d.issued_on)),
                Column(self.tr("Loại"), lambda d: d.kind.label),
                Column(self.tr("Lập ngày"), lambda d: date_vn(d.drafted_at),
                       tone=lambda _d: "ink2"),
                Column(self.tr("Trích yếu"), lambda d: d.summary, tip=lambda d: d.summary),
            ],
            self,
        )  # fmt: skip
        self.documents_table = TableView(look, self.tr("Văn bản đi"), row_height=_ROW)
        self.documents_table.setModel(self.documents)
        self.documents_table.set_widths({0: 150, 1: 106, 2: 110, 3: 106})
        self.documents_table.selectionModel().selectionChanged.connect(
            lambda *_: self._chosen_changed()
        )
        self.documents_table.activated.connect(lambda _index: self.give_number())
        card.body.addWidget(self.documents_table, 1)
        card.body.addStretch(0)
        return card

    def _code(self, document: OutgoingDocument) -> str:
        return document.code or self.tr("chưa có số")


def _uses(basis: LegalBasis) -> str:
    return ", ".join(sorted(use.label for use in basis.uses)) or "–"
