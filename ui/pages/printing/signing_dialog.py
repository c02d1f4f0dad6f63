"""Ký duyệt of a printed book, in the dialog that asks the principal's password."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.dialogs.signed_dialog import Asked, SignedDialog

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QWidget

    from app.changes import CommandResult
    from app.readmodels.print_list import PrintLine
    from app.vault import Signer
    from app.workspace import Workspace
    from ui.navigation import PageContext


class SigningDialog(SignedDialog):
    """Signs one run with the key of whoever may."""

    def __init__(
        self, context: PageContext, work: Workspace, line: PrintLine, parent: QWidget
    ) -> None:
        def act(signer: Signer, values: Mapping[str, str]) -> CommandResult:
            return work.sign_offs.sign_print(signer, line.id, values["remark"])

        title = parent.tr("Ký duyệt bản in số {number}").format(number=line.number)
        super().__init__(
            context,
            title,
            parent.tr(
                "Khóa ký của hiệu trưởng ký vào nhật ký cùng mã dữ liệu và mã tệp của bản in này. "
                "Số liệu đổi về sau thì chữ ký hết hiệu lực và nêu lý do."
            ),
            title,
            work.sign_offs.signers(),
            work.decide,
            act,
            parent,
            points=[line.run.title],
            fields=[
                Asked("remark", parent.tr("Nhận xét"), parent.tr("Sổ sạch, đủ, đúng quy định"),
                      parent.tr("Có thể để trống."))
            ],
        )  # fmt: skip
