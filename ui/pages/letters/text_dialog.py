"""Sửa nội dung: the school's own words for a letter, its fields, its earlier versions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QPlainTextEdit

from app.domain.letters import LetterWords
from app.errors import AppError
from app.services.letter_fields import BLOCKS, VALUES
from ui.dialogs.entry_dialog import EntryDialog
from ui.theme.tokens import DIALOG_HEIGHT, DIALOG_WIDTH
from ui.theme.typography import Role
from ui.widgets.buttons import secondary
from ui.widgets.combos import Combo
from ui.widgets.fields import LabelledField, TextField, side_by_side
from ui.widgets.labels import Label
from ui.widgets.paper_pane import PagedPreview

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from app.domain.letters import LetterText
    from app.readmodels.letter import LetterDraft
    from ui.theme.look import Look

_WAIT_MS = 700


class TextDialog(EntryDialog):
    """`look_at(words)` draws them; `save(words)` writes a version; both may refuse."""

    def __init__(
        self,
        look: Look,
        versions: Sequence[LetterText],
        look_at: Callable[[LetterWords], tuple[LetterDraft, bytes]],
        save: Callable[[LetterWords], None],
        parent: QWidget,
    ) -> None:
        kind = versions[0].kind
        super().__init__(
            look, kind.label, icon="pencil", parent=parent, width=DIALOG_WIDTH,
            height=DIALOG_HEIGHT, side_panel=True,
        )  # fmt: skip
        self._look_at, self._save, self._versions = look_at, save, tuple(versions)
        self.version = Combo(look, self.tr("Bản đã có"), [(v.version, _named(v)) for v in versions])
        self.field = Combo(
            look,
            self.tr("Trường điền tự động"),
            [(name, f"{{{{{name}}}}}") for name in (*VALUES, *BLOCKS)],
        )
        self.body.addLayout(
            side_by_side(
                LabelledField(look, self.tr("Lấy lại bản đã có"), self.version),
                LabelledField(look, self.tr("Trường điền tự động"), self.field),
            )
        )
        self.insert_button = secondary(look, self.tr("Chèn trường vào nội dung"), self.insert)
        self.body.addWidget(self.insert_button)
        self.about = TextField(look, self.tr("Trích yếu"))
        self.add_field(LabelledField(look, self.tr("Trích yếu"), self.about))
        self.text = QPlainTextEdit()
        self.text.setFont(look.font(Role.BODY))
        self.text.setMinimumHeight(190)
        self.text.setTabChangesFocus(True)
        help_text = self.tr(
            "Mỗi dòng một đoạn. “# ” đầu dòng: đề mục; “= ” đầu dòng: dòng giữa, đậm; dòng “...”: "
            "dòng chấm để viết tay."
        )
        self.add_field(LabelledField(look, self.tr("Nội dung"), self.text, help_text))
        self.addressee = _lines(look, self.tr("Kính gửi"))
        self.recipients = _lines(look, self.tr("Nơi nhận"))
        self.body.addLayout(
            side_by_side(
                LabelledField(look, self.tr("Kính gửi"), self.addressee),
                LabelledField(look, self.tr("Nơi nhận"), self.recipients),
            )
        )
        self.add_refusal_line()
        self.side.addWidget(Label(look, self.tr("Xem trước"), Role.VALUE, "ink2"))
        self.pane = PagedPreview(look, self.tr("Xem trước văn bản"))
        self.side.addWidget(self.pane, 1)
        self.add_safe_button(self.tr("Để sau"), self.reject)
        self.save_button = self.add_button(self.tr("Ghi bản mới"), self._submit, icon="check")
        self.guard(self.save_button)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_WAIT_MS)
        self._wait.timeout.connect(self.draw)
        self.version.set_current(versions[-1].version)
        self.show_version()
        self.version.picked.connect(lambda _version: self.show_version())
        for changed in (
            self.about.textChanged,
            self.text.textChanged,
            self.addressee.textChanged,
            self.recipients.textChanged,
        ):
            changed.connect(self._wait.start)
        self.finished.connect(self.deleteLater)
        self.text.setFocus()

    def words(self) -> LetterWords:
        """What is typed."""
        return LetterWords(
            self.about.text(),
            self.text.toPlainText(),
            self.recipients.toPlainText(),
            self.addressee.toPlainText(),
        )

    def show_version(self) -> None:
        """Put the words of the chosen version into the fields; nothing is written yet."""
        wanted = self.version.current()
        found = next(v for v in self._versions if v.version == wanted).words
        self.about.setText(found.about)
        self.text.setPlainText(found.body)
        self.recipients.setPlainText(found.recipients)
        self.addressee.setPlainText(found.addressee)
        self.draw()

    def insert(self) -> None:
        """Put the chosen field where the cursor is; a table gets a line of its own."""
        name = self.field.current()
        words = f"{{{{{name}}}}}"
        self.text.insertPlainText(f"\n{words}\n" if name in BLOCKS else words)
        self.text.setFocus()

    def draw(self) -> None:
        """The preview of what is typed; a refusal is said, the paper stays."""
        self._wait.stop()
        self.say("")
        try:
            draft, content = self._look_at(self.words())
        except AppError as error:
            self.say(error.sentence)
            return
        self.pane.show_bytes(content)
        if draft.gaps:
            said = self.tr("Còn thiếu khi in: {gaps}.").format(gaps="; ".join(draft.gaps))
            self.say(said, "amber")

    def _submit(self) -> None:
        if self.attempt(lambda: self._save(self.words())):
            self.accept()


def _lines(look: Look, name: str) -> QPlainTextEdit:
    field = QPlainTextEdit()
    field.setFont(look.font(Role.BODY))
    field.setAccessibleName(name)
    field.setTabChangesFocus(True)
    field.setFixedHeight(66)
    return field


def _named(text: LetterText) -> str:
    if text.written_at is None:
        return "Mẫu của chương trình"
    return f"Bản {text.version}, {text.written_at:%d/%m/%Y}, {text.written_by}"
