"""A scanned piece of evidence on screen: looked at here, saved nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QFile, QIODevice, Qt
from PySide6.QtGui import QImage, QPixmap

from app.errors import EnvironmentProblem
from app.services.correction_scans import MOST_BYTES
from ui.dialogs.form_dialog import FormDialog
from ui.theme.tokens import DIALOG_HEIGHT
from ui.theme.typography import Role
from ui.widgets.labels import Label
from ui.widgets.paper_pane import PaperPane

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from app.domain.corrections import CaseScan
    from ui.theme.look import Look

_WIDTH = 800
_PICTURE_WIDTH = 730


class ScanDialog(FormDialog):
    """A picture fits the dialog's width; a PDF has its pages."""

    def __init__(self, look: Look, scan: CaseScan, content: bytes, parent: QWidget) -> None:
        title = self.tr("Minh chứng: {name}").format(name=scan.name)
        note = self.tr("cất ngày {day}").format(day=scan.added_at.strftime("%d/%m/%Y, %H:%M"))
        super().__init__(
            look, title, note=note, icon="eye", parent=parent, width=_WIDTH, height=DIALOG_HEIGHT
        )
        if scan.media == "pdf":
            pane = PaperPane(look, scan.name)
            self.body.addWidget(pane, 1)
            pane.show_bytes(content)
        else:
            self.body.addWidget(self._picture(scan.name, content))
        line = self.tr("Bản chụp nằm trong tệp mã hóa của trường; chỉ xem được ở đây.")
        self.body.addWidget(Label(look, line, Role.CAPTION, "ink3"))
        self.add_safe_button(self.tr("Đóng"), self.reject)
        self.finished.connect(self.deleteLater)

    def _picture(self, name: str, content: bytes) -> Label:
        label = Label(self.look, "", Role.BODY, "red")
        image = QImage.fromData(content)
        if image.isNull():
            label.setText(self.tr("Ảnh này bị hỏng nên không hiện được; hãy xem bản giấy."))
            return label
        ratio = self.devicePixelRatioF()
        pixmap = QPixmap.fromImage(image)
        wanted = int(_PICTURE_WIDTH * ratio)
        if pixmap.width() > wanted:
            pixmap = pixmap.scaledToWidth(wanted, Qt.TransformationMode.SmoothTransformation)
        pixmap.setDevicePixelRatio(ratio)
        label.setPixmap(pixmap)
        label.setAccessibleName(name)
        return label


def scan_from_file(path: Path) -> bytes:
    """The bytes of a file that may become a scan; a byte more than allowed is read at most.

    Raises EnvironmentProblem for a file that cannot be opened.
    """
    file = QFile(str(path))
    if not file.open(QIODevice.OpenModeFlag.ReadOnly):
        words = QCoreApplication.translate(
            "ScanDialog", "Không mở được tệp {name}; hãy xem tệp còn đó không rồi chọn lại."
        )
        raise EnvironmentProblem("scan_unreadable", words.format(name=path.name))
    content = bytes(file.read(MOST_BYTES + 1).data())
    file.close()
    return content
