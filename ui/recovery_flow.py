"""From a fresh recovery code to a confirmed paper: the dialog, the printer, the entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.dialogs.recovery_code_dialog import RecoveryCodeDialog
from ui.recovery_printing import print_sheet

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from app.workspace import Workspace
    from ui.command_runner import CommandRunner
    from ui.theme.look import Look


def prove_sheet(
    look: Look,
    parent: QWidget,
    work: Workspace,
    commands: CommandRunner,
    code: str,
    on_put_off: Callable[[], object],
) -> RecoveryCodeDialog:
    """Open the dialog of a new code; `code` is held by it alone and gone when it closes."""
    actor = work.session.actor

    def on_print() -> bool:
        return print_sheet(parent, work.paper, work.recovery.sheet(code, actor.name))

    def confirmed() -> None:
        commands.run(lambda: work.recovery.confirm(actor, printed=dialog.printed))

    dialog = RecoveryCodeDialog(look, code, on_print, parent)
    dialog.confirmed.connect(confirmed)
    dialog.rejected.connect(on_put_off)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog
