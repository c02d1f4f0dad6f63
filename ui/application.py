"""QApplication with our fonts, words and look; nothing of the school is known here."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, Qt, QTranslator
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication

from app.errors import EnvironmentProblem
from ui.icons import IconSet
from ui.theme.look import Look
from ui.theme.tokens import Mode
from ui.theme.typography import load_fonts

if TYPE_CHECKING:
    from collections.abc import Sequence

RESOURCES = Path(__file__).resolve().parent.parent / "resources"


@dataclass(frozen=True, slots=True)
class Screen:
    """The running QApplication and the look every widget is given."""

    app: QApplication
    look: Look


def start_screen(argv: Sequence[str], mode: Mode | None = None) -> Screen:
    """Make (or take over) the QApplication; a missing bundled file is an `EnvironmentProblem`.

    `mode` None follows the system's light or dark setting.
    """
    running = QApplication.instance()
    if isinstance(running, QApplication):
        app = running
        app.setStyle("Fusion")
    else:
        QGuiApplication.setHighDpiScaleFactorRoundingPolicy(
            Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
        )
        # By argument: `setStyle` hands a QStyle back, whose Python enums take 4 ms to build.
        app = QApplication([*argv, "-style", "fusion"])
    app.setApplicationName("Khóa Sổ")
    QLocale.setDefault(QLocale(QLocale.Language.Vietnamese, QLocale.Country.Vietnam))
    load_fonts(RESOURCES / "fonts" / "ibm-plex-sans")
    install_words(app)
    icons = IconSet(RESOURCES / "icons")
    dark = app.styleHints().colorScheme() is Qt.ColorScheme.Dark
    look = Look(app, icons, mode or (Mode.DARK if dark else Mode.LIGHT))
    return Screen(app, look)


def install_words(app: QApplication) -> QTranslator:
    """Vietnamese for Qt's own buttons, menus and dialogs; PySide6 ships none."""
    translator = QTranslator(app)
    folder = RESOURCES / "i18n"
    if not translator.load("qtbase_vi.qm", str(folder)):
        raise EnvironmentProblem(
            "words_missing",
            "Không đọc được tệp qtbase_vi.qm đi kèm chương trình. Hãy cài lại Khóa Sổ.",
            folder=QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath),
        )
    app.installTranslator(translator)
    return translator


def window_icon(look: Look) -> QIcon:
    """The book with the padlock, in the sizes window managers ask for; set it once one is shown."""
    icon = QIcon()
    for side in (16, 24, 32, 48, 64, 128, 256):
        icon.addPixmap(look.picture("logo", side))
    return icon
