"""What the buttons of In sổ do with an order, whichever book it is of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.services.booklet_printing import BookletOrder

if TYPE_CHECKING:
    from app.actor import Actor
    from app.changes import CommandResult
    from app.domain.ids import ClassId
    from app.progress import Progress
    from app.readmodels.rendered_pdf import RenderedPdf
    from app.services.print_orders import PrintOrder
    from app.workspace import Workspace


def preview_of(
    work: Workspace, actor: Actor, class_id: ClassId, order: PrintOrder, progress: Progress
) -> RenderedPdf:
    """The bản làm việc."""
    if isinstance(order, BookletOrder):
        return work.booklets.preview(actor, class_id, order, progress)
    return work.printing.preview_class_book(
        class_id, order.scope, progress, order.part, order.paper
    )


def print_of(
    work: Workspace, actor: Actor, class_id: ClassId, order: PrintOrder, progress: Progress
) -> CommandResult:
    """The numbered run."""
    if isinstance(order, BookletOrder):
        return work.booklets.print(actor, class_id, order, progress)
    return work.printing.print_class_book(
        actor, class_id, order.scope, progress, order.copies, order.part, order.paper
    )
