"""Ký số on the paper board: sign with a key file, look at what came back, look at what is filed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from app.domain.signed_papers import SignCorner, SignPlace, worst
from app.errors import RuleRefused
from app.signing_ports import Keystore
from app.text import date_vn
from ui.dialogs.entry_dialog import EntryDialog
from ui.dialogs.form_dialog import FormDialog
from ui.pages.printing import signed_words as words
from ui.pages.printing.sign_places import FoundPlace
from ui.theme.typography import Role
from ui.widgets.buttons import secondary
from ui.widgets.combos import Combo
from ui.widgets.fields import LabelledField, TextField
from ui.widgets.labels import IconText, Label
from ui.widgets.password_field import PasswordField
from ui.widgets.record_model import Column, RecordModel
from ui.widgets.tables import TableView

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PySide6.QtWidgets import QWidget

    from app.domain.signed_papers import SignatureFact, SignedPaper, TrustRoot
    from ui.theme.look import Look

_LINE, _PAGE_WIDTH = 46, 130


class SignHereDialog(EntryDialog):
    """Key file, its password, and where the signature shows; the password goes with the dialog."""

    def __init__(
        self,
        look: Look,
        parent: QWidget,
        about: str,
        pages: int,
        places: Sequence[FoundPlace],
        choose: Callable[[], object],
        write: Callable[[Keystore, SignPlace], object],
    ) -> None:
        """`places`: where the paper leaves room to sign. `choose` asks for the key file and answers
        by `take_key`; `write` may raise AppError.
        """
        super().__init__(look, parent.tr("Ký số"), icon="signature", parent=parent, width=560)
        self._key: bytes | None = None
        self._write = write
        self._pages = pages
        self.body.addWidget(Label(look, about, Role.CARD_TITLE, wrap=True))
        self.body.addWidget(
            Label(
                look,
                self.tr(
                    "Chữ ký được ghi nối vào cuối tệp PDF của bản in; bản gốc giữ nguyên từng "
                    "byte. Tệp chứng thư và mật khẩu của nó không được lưu lại."
                ),
                Role.BODY,
                "ink2",
                wrap=True,
            )
        )
        self.file = TextField(look, self.tr("Tệp chứng thư (.p12, .pfx)"))
        self.file.setReadOnly(True)
        self.file.setPlaceholderText(self.tr("Chưa chọn tệp"))
        self.choose_button = secondary(look, self.tr("Chọn tệp…"), choose, "folder")
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(LabelledField(look, self.tr("Tệp chứng thư (.p12, .pfx)"), self.file), 1)
        self.body.addLayout(row)
        row.addWidget(self.choose_button, 0, Qt.AlignmentFlag.AlignBottom)
        self.password = PasswordField(look, self.tr("Mật khẩu của tệp chứng thư"))
        self._password = self.add_field(
            LabelledField(look, self.tr("Mật khẩu của tệp chứng thư"), self.password)
        )
        self.corner = Combo(look, self.tr("Hiện chữ ký"), words.places(places))
        if places:
            self.corner.set_current(places[0])
        self.page = TextField(look, self.tr("Trang"))
        self.page.setText(str(pages))
        self.page.setFixedWidth(_PAGE_WIDTH)
        where = QHBoxLayout()
        where.setSpacing(14)
        top = Qt.AlignmentFlag.AlignTop
        where.addWidget(LabelledField(look, self.tr("Hiện chữ ký"), self.corner), 1, top)
        counted = self.tr("Từ 1 đến {n}.").format(n=pages)
        where.addWidget(LabelledField(look, self.tr("Trang"), self.page, counted), 0, top)
        self.body.addLayout(where)
        self.corner.picked.connect(lambda _key: self._set_page())
        self._set_page()
        self.body.addStretch(1)
        self.add_refusal_line()
        self.add_safe_button(self.tr("Để sau"), self.reject)
        self.confirm = self.add_button(self.tr("Ký số"), self._sign, icon="signature")
        self.guard(self.confirm)
        self.finished.connect(self._end)

    def take_key(self, name: str, content: bytes) -> None:
        """The file that was chosen."""
        self._key = content
        self.file.setText(name)
        self.say("")
        self.password.setFocus()

    def _set_page(self) -> None:
        self.say("")
        chosen = self.corner.current()
        self.page.setEnabled(isinstance(chosen, SignCorner) and chosen is not SignCorner.HIDDEN)

    def _sign(self) -> None:
        def act() -> None:
            if self._key is None:
                raise RuleRefused(
                    "keystore_required",
                    self.tr("Chưa chọn tệp chứng thư nên chưa ký; hãy bấm “Chọn tệp…”."),
                )
            self._write(Keystore(self._key, self.password.text()), self._where())

        if self.attempt(act):
            self.accept()
        else:
            self.password.selectAll()

    def _where(self) -> SignPlace:
        corner = self.corner.current()
        if isinstance(corner, FoundPlace):
            return SignPlace(page=corner.page, under=corner.under)
        if corner is SignCorner.HIDDEN:
            return SignPlace()
        text = self.page.text().strip()
        if not (text.isascii() and text.isdecimal() and 1 <= int(text) <= self._pages):
            raise RuleRefused(
                "sign_page_missing",
                self.tr("Bản in không có trang “{page}”; hãy ghi từ 1 đến {n}.").format(
                    page=text, n=self._pages
                ),
            )
        return SignPlace(corner, int(text))

    def _end(self, _result: int) -> None:
        self._key = None
        self.password.clear()
        self.deleteLater()


class ReturnedDialog(EntryDialog):
    """What a returned file says before it is filed; one that is not intact cannot be."""

    def __init__(
        self,
        look: Look,
        parent: QWidget,
        about: str,
        name: str,
        facts: Sequence[SignatureFact],
        write: Callable[[], object],
        roots: Callable[[], object],
    ) -> None:
        """`write` files it; `roots` leads to whom the school believes, over this dialog."""
        super().__init__(look, parent.tr("Nhận bản đã ký"), icon="upload", parent=parent, width=720)
        self.body.addWidget(Label(look, about, Role.CARD_TITLE, wrap=True))
        verdict = worst(facts)
        icon, tone = words.look_of(verdict)
        self.body.addWidget(
            Label(look, self.tr("Tệp {name}").format(name=name), Role.BODY, "ink2", wrap=True)
        )
        self.verdict = IconText(look, icon, verdict.words, tone, Role.STRONG, 18, wrap=True)
        self.body.addWidget(self.verdict)
        self.body.addWidget(Label(look, verdict.sentence, Role.BODY, "ink2", wrap=True))
        table, _model = _signature_table(look, self, facts)
        self.body.addWidget(table)
        self.body.addStretch(1)
        self.add_refusal_line()
        self.add_foot_link(self.tr("Nguồn chứng thư tin cậy…"), roots, "shield-check")
        self.add_safe_button(self.tr("Để sau") if verdict.intact else self.tr("Đóng"), self.reject)
        if verdict.intact:
            self.confirm = self.add_button(
                self.tr("Cất vào bản in này"),
                lambda: self.accept() if self.attempt(write) else None,
                icon="archive",
            )
            self.guard(self.confirm)
        self.finished.connect(self.deleteLater)


class SignedFilesDialog(FormDialog):
    """The signed files of a run, each with its signatures; open, save, judge again."""

    def __init__(
        self,
        look: Look,
        parent: QWidget,
        about: str,
        papers: Sequence[SignedPaper],
        people: Mapping[int, str],
        *,
        open_file: Callable[[SignedPaper], object],
        save_file: Callable[[SignedPaper], object],
        check: Callable[[SignedPaper], Sequence[SignatureFact] | None],
        roots: Callable[[], object],
    ) -> None:
        """`people` are names by account; `check` answers None when it was refused and said so."""
        title = parent.tr("Bản ký số")
        super().__init__(look, title, icon="signature", parent=parent, width=900, height=560)
        self.body.addWidget(Label(look, about, Role.CARD_TITLE, wrap=True))
        self._check = check
        self.files: RecordModel[SignedPaper] = RecordModel(
            [
                Column(self.tr("Tệp"), lambda p: self._way(p), role=Role.VALUE,
                       second=lambda p: p.file_digest[:16] + "…", tip=lambda p: p.file_digest),
                Column(self.tr("Nhận lúc"), lambda p: f"{p.received_at:%H:%M %d/%m/%Y}",
                       second=lambda p: people.get(p.received_by, "?")),
                Column(self.tr("Kết quả kiểm lúc nhận"), lambda p: p.verdict.words,
                       icon=lambda p: words.look_of(p.verdict)[0],
                       tone=lambda p: words.look_of(p.verdict)[1],
                       second=lambda p: p.signers, tip=lambda p: p.verdict.sentence),
            ],
            self,
        )  # fmt: skip
        self.files.set_records(tuple(reversed(papers)))
        self.table = TableView(look, title, row_height=_LINE, fifth=False)
        self.table.setModel(self.files)
        self.table.set_widths({0: 190, 1: 200})
        self.table.setMinimumHeight(34 + _LINE * 2)
        self.body.addWidget(self.table, 1)
        self.said = Label(look, "", Role.BODY, "ink2", wrap=True)
        self.body.addWidget(self.said)
        signatures, self.signatures = _signature_table(look, self, ())
        self.body.addWidget(signatures, 1)
        self.add_foot_link(self.tr("Nguồn chứng thư tin cậy…"), self._lead(roots), "shield-check")
        self.add_safe_button(self.tr("Đóng"), self.reject)
        self.check_button = self.add_button(
            self.tr("Kiểm lại"), self._check_again, kind="secondary", icon="refresh"
        )
        self.add_button(
            self.tr("Lưu tệp…"), lambda: save_file(self._chosen()), kind="secondary",
            icon="download",
        )  # fmt: skip
        self.add_button(self.tr("Mở bằng trình đọc PDF"), lambda: open_file(self._chosen()))
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _was: self._on_row())
        self.table.selectRow(0)
        self._on_row()
        self.finished.connect(self.deleteLater)

    def _lead(self, act: Callable[[], object]) -> Callable[[], None]:
        def go() -> None:
            self.accept()
            act()

        return go

    def _chosen(self) -> SignedPaper:
        return self.files.record(max(0, self.table.chosen_row()))

    def _way(self, paper: SignedPaper) -> str:
        return self.tr("Ký tại đây") if paper.made_here else self.tr("Nhận bản đã ký")

    def _on_row(self) -> None:
        paper = self._chosen()
        self.said.setText(paper.verdict.sentence)
        self.said.set_tone("ink2")
        self.signatures.set_records(paper.signatures)

    def _check_again(self) -> None:
        found = self._check(self._chosen())
        if found is None:
            return
        verdict = worst(found)
        self.signatures.set_records(tuple(found))
        self.said.setText(
            self.tr("Kiểm lại với các nguồn tin cậy hôm nay: {verdict}. {more}").format(
                verdict=verdict.words, more=verdict.sentence
            )
        )
        self.said.set_tone(words.look_of(verdict)[1])


class TrustRootsDialog(EntryDialog):
    """Whom the school believes; whoever may decides here."""

    def __init__(
        self,
        look: Look,
        parent: QWidget,
        roots: Sequence[TrustRoot],
        *,
        install: Callable[[], object] | None,
        remove: Callable[[TrustRoot], object] | None,
    ) -> None:
        """`install` and `remove` close the dialog and lead on; None: not offered."""
        title = parent.tr("Nguồn chứng thư tin cậy")
        super().__init__(look, title, icon="shield-check", parent=parent, width=820, height=480)
        self.body.addWidget(
            Label(
                look,
                self.tr(
                    "Máy không nối mạng nên chương trình chỉ tin những nơi cấp mà trường tự cài ở "
                    "đây. Trước khi cài, hãy so vân tay với văn bản của nơi cấp."
                ),
                Role.BODY,
                "ink2",
                wrap=True,
            )
        )
        self.model: RecordModel[TrustRoot] = RecordModel(
            [
                Column(self.tr("Nơi cấp"), lambda r: r.facts.name, role=Role.VALUE,
                       second=lambda r: self.tr("chứng thư gốc") if r.facts.own_issuer
                       else self.tr("do {name} cấp").format(name=r.facts.issuer)),
                Column(self.tr("Vân tay SHA-256"), lambda r: _grouped(r.facts.fingerprint)[:39],
                       second=lambda r: _grouped(r.facts.fingerprint)[40:],
                       tip=lambda r: _grouped(r.facts.fingerprint)),
                Column(self.tr("Thời hạn"), lambda r: self.tr("đến {day}").format(
                    day=date_vn(r.facts.valid_until)),
                    second=lambda r: self.tr("cài {day}").format(day=date_vn(r.added_at))),
            ],
            self,
        )  # fmt: skip
        self.model.set_records(roots)
        self.table = TableView(look, title, row_height=_LINE, fifth=False)
        self.table.setModel(self.model)
        self.table.set_widths({0: 230, 2: 130})
        self.table.setMinimumHeight(160)
        self.body.addWidget(self.table, 1)
        if not roots:
            self.body.addWidget(
                Label(
                    look,
                    self.tr("Chưa cài nguồn nào: mọi chữ ký còn nguyên đều “không rõ nguồn”."),
                    Role.BODY,
                    "amber",
                    wrap=True,
                )
            )
        self.add_safe_button(self.tr("Đóng"), self.reject)
        if remove is not None and roots:
            self.table.selectRow(0)
            self.add_button(
                self.tr("Gỡ…"), lambda: self._lead(lambda: remove(self._chosen())),
                kind="secondary", icon="trash",
            )  # fmt: skip
        if install is not None:
            self.add_button(self.tr("Cài chứng thư…"), lambda: self._lead(install), icon="plus")
        self.finished.connect(self.deleteLater)

    def _chosen(self) -> TrustRoot:
        return self.model.record(max(0, self.table.chosen_row()))

    def _lead(self, act: Callable[[], object]) -> None:
        self.accept()
        act()


def _grouped(digest: str) -> str:
    """Hex in groups of four, as authorities print it."""
    return " ".join(digest[at : at + 4] for at in range(0, len(digest), 4)).upper()


def _signature_table(
    look: Look, parent: FormDialog, facts: Sequence[SignatureFact]
) -> tuple[TableView, RecordModel[SignatureFact]]:
    """Signatures in the order of signing."""
    model: RecordModel[SignatureFact] = RecordModel(
        [
            Column(words.tr("Người ký"), lambda f: f.signer, role=Role.VALUE,
                   second=lambda f: f.issuer,
                   tip=lambda f: words.tr("Chứng thư số {serial}").format(serial=f.serial)),
            Column(words.tr("Ký lúc"), lambda f: "" if f.said_at is None
                   else f"{f.said_at:%H:%M %d/%m/%Y}",
                   second=lambda _f: words.tr("theo máy người ký")),
            Column(words.tr("Kết quả"), lambda f: f.verdict.words,
                   icon=lambda f: words.look_of(f.verdict)[0],
                   tone=lambda f: words.look_of(f.verdict)[1],
                   tip=lambda f: f.verdict.sentence),
        ],
        parent,
    )  # fmt: skip
    model.set_records(tuple(facts))
    table = TableView(look, words.tr("Chữ ký số trong tệp"), row_height=_LINE, fifth=False)
    table.setModel(model)
    table.set_widths({0: 210, 1: 140})
    table.setMinimumHeight(34 + _LINE * min(max(len(facts), 2), 4))
    return table, model
