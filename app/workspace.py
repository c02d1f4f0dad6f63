"""Every use case of one session, bound to one open file: what pages and commands are handed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.clock import Clock
from app.domain.school import SchoolYear
from app.importing.tables import SheetReader
from app.media import BagChecker
from app.presses import TablePress
from app.school_file import Decider, SignedIn
from app.services.accounts import Accounts
from app.services.assignments import Assignments
from app.services.backups import Backups
from app.services.class_results import ClassResults
from app.services.conduct_entry import ConductEntry
from app.services.corrections import Corrections
from app.services.entry_control import EntryControl
from app.services.mark_entry import MarkEntry
from app.services.period_close import PeriodClosing
from app.services.printing import Printing
from app.services.roster import Rosters
from app.services.roster_import import RosterImport
from app.services.school_setup import SchoolSetup
from app.services.sealing import Sealing
from app.services.tasks import Tasks
from app.services.trail_review import TrailReview


@dataclass(frozen=True, slots=True)
class Workspace:
    """Services of the signed-in person. `decide(uid, password)` proves whoever decides.

    `session.actor` is who acts in ordinary commands; approvals, closes and seals take the signer
    of the `Decider` whose password was typed in the dialog.
    """

    clock: Clock
    session: SignedIn
    decide: Callable[[str, str], Decider]
    setup: SchoolSetup
    accounts: Accounts
    assignments: Assignments
    rosters: Rosters
    roster_import: RosterImport
    marks: MarkEntry
    conduct: ConductEntry
    results: ClassResults
    control: EntryControl
    closing: PeriodClosing
    corrections: Corrections
    printing: Printing
    sealing: Sealing
    trail: TrailReview
    backups: Backups
    tasks: Tasks
    sheets: SheetReader
    tables: TablePress
    check_medium: BagChecker

    def current_year(self) -> SchoolYear | None:
        """The school year of today, else the newest; None in a new file."""
        years = self.setup.years()
        today = self.clock.today()
        running = [year for year in years if year.starts_on <= today <= year.ends_on]
        return (running or list(years) or [None])[0]
