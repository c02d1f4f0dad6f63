"""Mẫu sổ: the fields of a form at the left, the page as it will be printed at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from app.domain.form_settings import BookForm, shipped
from app.errors import AppError
from app.readmodels.form_samples import list_page
from app.services.form_desk import changed_words
from app.text import date_vn
from ui.jobs.job_runner import Lane
from ui.pages.administration.form_dialog import FormDecisionDialog
from ui.pages.administration.form_fields import FormFields
from ui.pages.administration.section import Section
from ui.theme.tokens import CARD_GAP
from ui.theme.typography import Role
from ui.widgets.buttons import primary, secondary
from ui.widgets.cards import Card, ScrollPane
from ui.widgets.combos import Combo
from ui.widgets.labels import Label
from ui.widgets.paper_pane import PaperPane

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.domain.form_settings import FormSettings
    from app.domain.school import SchoolYear
    from app.readmodels.rendered_pdf import RenderedPdf
    from app.services.form_desk import FormBoard
    from app.services.rule_book import RuleAct
    from app.workspace import Workspace
    from ui.navigation import PageContext

_FIELDS = 420
_PAUSE = 250
"""Milliseconds after the last keypress before the page is drawn again."""


class FormsSection(Section):
    """Nothing is kept before its decision is written; the preview follows every change."""

    def __init__(
        self,
        context: PageContext,
        work: Workspace,
        year: Callable[[], SchoolYear | None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(context, work, year, parent)
        self._board: FormBoard | None = None
        self._asked = 0
        self._drawn_form: BookForm | None = None
        self._began = 0
        self.fields: dict[BookForm, FormFields] = {}
        across = QHBoxLayout()
        across.setSpacing(CARD_GAP)
        across.addWidget(self._fields_card())
        across.addWidget(self._preview_card(), 1)
        self.column.addLayout(across, 1)
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE)
        self._timer.timeout.connect(self._pause_over)
        specs = work.forms.forms()
        self.forms.set_choices([(spec.form, spec.title) for spec in specs], specs[0].form)

    @property
    def form(self) -> BookForm:
        """The form shown."""
        # Qt gives the plain text of a StrEnum back.
        return BookForm(self.forms.current())

    @property
    def shown(self) -> FormFields:
        """Its fields."""
        return self.fields[self.form]

    def refresh(self) -> None:
        """The form as it is in force, with its versions; what was typed and not kept goes."""
        board = self.work.forms.board(self.work.session.actor, self.form)
        self._board = board
        if self.form not in self.fields:
            made = FormFields(self.look, board.spec)
            made.edited.connect(self._edited)
            self.fields[self.form] = made
            self._stack.addWidget(made)
        self._stack.setCurrentWidget(self.shown)
        self.shown.show_settings(board.versions[0].settings if board.versions else board.now)
        self.shown.set_read_only(not board.may_change)
        self.state.setText(_state_words(board, self))
        for button in (self.save_button, self.reset_button):
            button.setVisible(board.may_change)
        self._tell()
        self.draw()

    def reset(self) -> None:
        """Put the form as shipped into the fields; kept only by a decision, as any change."""
        self.shown.show_settings(shipped(self.form))
        self._edited()

    def apply(self) -> None:
        """Áp dụng: the decision, then a version."""
        board, form = self._board, self.form
        if board is None:
            return
        wanted = self.shown.settings()
        actor, forms = self.work.session.actor, self.work.forms
        try:
            checked = forms.check(form, wanted)
        except AppError as error:
            self._refuse(error)
            return

        def save(act: RuleAct) -> None:
            self.done(forms.settle(actor, form, checked, act))

        before = board.versions[0].settings if board.versions else shipped(form)
        changed = changed_words(form, before, checked)
        today = self.work.clock.today()
        FormDecisionDialog(self.look, board.spec.title, changed, today, save, self).open()

    def draw(self) -> None:
        """Draw the page with what stands in the fields; an older drawing is dropped."""
        self._timer.stop()
        self._asked += 1
        asked, form, wanted = self._asked, self.form, self.shown.settings()

        def drawn(pdf: RenderedPdf) -> None:
            if asked == self._asked:
                self._show(form, wanted.rows, pdf)

        def failed(error: Exception) -> None:
            if asked != self._asked:
                return
            if isinstance(error, AppError):
                self._refuse(error)
            else:
                self.context.jobs.report_unexpected(error)

        self.context.jobs.submit(
            lambda _progress: self.work.forms.preview(form, wanted),
            owner=self,
            lane=Lane.DATABASE,
            on_success=drawn,
            on_failure=failed,
            quiet=True,
        )

    # --- inside

    def _pause_over(self) -> None:
        # The window may have been closed within the pause; nothing is drawn for nobody.
        if self.isVisible():
            self.draw()

    def _edited(self) -> None:
        self._tell()
        self._timer.start()

    def _tell(self) -> None:
        """Whether there is something to keep, or to put back."""
        board = self._board
        if board is None:
            return
        last = board.versions[0].settings if board.versions else shipped(self.form)
        wanted = self._plain(self.shown.settings())
        self.save_button.setEnabled(wanted != last)
        self.reset_button.setEnabled(wanted != shipped(self.form))

    def _plain(self, wanted: FormSettings) -> FormSettings | None:
        try:
            return self.work.forms.check(self.form, wanted)
        except AppError:
            # Said beside the preview; the button stays, so that pressing it says it again.
            return None

    def _show(self, form: BookForm, rows: int, pdf: RenderedPdf) -> None:
        """On the page that was looked at; the list stays in sight when it moves on a page."""
        self.refusal.setText("")
        self.refusal.hide()
        begins = list_page(form, rows)
        page = self.pane.preview.page
        if form is not self._drawn_form or page == self._began:
            page = begins
        self._drawn_form, self._began = form, begins
        self.pane.show_bytes(pdf.content)
        self.pane.preview.fit_page()
        self.pane.preview.go_to_page(page)

    def _refuse(self, error: AppError) -> None:
        self.refusal.setText(error.sentence)
        self.refusal.show()

    def _fields_card(self) -> Card:
        look = self.look
        card = Card(look)
        card.setFixedWidth(_FIELDS)
        self.forms = Combo(look, self.tr("Mẫu"))
        self.forms.picked.connect(lambda _form: self.refresh())
        card.body.addWidget(self.forms)
        self.state = Label(look, "", Role.CAPTION, "ink2", wrap=True)
        card.body.addWidget(self.state)
        pane = ScrollPane(self.tr("Phần được chỉnh của mẫu"))
        self._stack = QStackedWidget()
        pane.body.addWidget(self._stack)
        card.body.addWidget(pane, 1)
        self.refusal = Label(look, "", Role.BODY, "red", wrap=True)
        self.refusal.hide()
        card.body.addWidget(self.refusal)
        row = QHBoxLayout()
        self.reset_button = secondary(look, self.tr("Trả về mẫu gốc"), self.reset, "undo")
        self.save_button = primary(look, self.tr("Áp dụng…"), self.apply, "check")
        row.addWidget(self.reset_button)
        row.addStretch(1)
        row.addWidget(self.save_button)
        card.body.addLayout(row)
        return card

    def _preview_card(self) -> Card:
        look = self.look
        card = Card(
            look,
            self.tr("Trang in thử"),
            self.tr("số liệu minh họa, đổi đến đâu thấy đến đấy"),
            flush=True,
        )
        self.pane = PaperPane(look, self.tr("Trang in thử"))
        card.body.addWidget(self.pane, 1)
        return card


def _state_words(board: FormBoard, section: QWidget) -> str:
    if not board.versions:
        return section.tr("Đang in theo mẫu gốc của chương trình; trường chưa chỉnh gì.")
    newest = board.versions[0]
    said = section.tr("Bản {n}, áp dụng từ {day}, theo văn bản số {no} ({who}).").format(
        n=newest.number, day=date_vn(newest.starts_on), no=newest.decision_no, who=newest.set_by
    )
    older = [f"{v.number} ({date_vn(v.starts_on)}, {v.decision_no})" for v in board.versions[1:]]
    if older:
        said += " " + section.tr("Các bản trước: {list}.").format(list="; ".join(older))
    return said
