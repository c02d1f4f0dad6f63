"""An inspector sees and prints everything and changes nothing, in every service there is."""

from __future__ import annotations

import hashlib
import inspect
import typing
from datetime import date
from pathlib import Path

import pytest

from app.domain.attendance import Month
from app.domain.class_confirmation import ConfirmBlock
from app.domain.delegations import Power
from app.domain.dossiers import DossierPart, EnclosedPaper
from app.domain.form_settings import BookForm, FormSettings
from app.domain.inspection import LEFT_BY_INSPECTORS
from app.domain.letters import Board, LetterKind
from app.domain.lock_scopes import WHOLE_SCHOOL
from app.domain.locks import LateOpening
from app.domain.marks import CellState
from app.domain.paper_life import PaperStep
from app.domain.papers import DocumentKind
from app.domain.periods import Period, Term
from app.domain.roles import Role
from app.domain.school import School
from app.domain.trail import TrailDraft
from app.errors import AccessDenied, AppError
from app.importing.roster_diff import RosterDiff
from app.letter_templates import SHIPPED
from app.readmodels.class_book import BookScope
from app.readmodels.mark_sheet import CellKey, SheetId
from app.services.booklet_printing import BookletOrder
from app.services.column_locking import ColumnChoice
from app.services.data_exports import ExportNote
from app.services.delegations import Delegations
from app.services.former_marks import FormerSchool
from app.services.legal_bases import BasisDraft
from app.services.media_register import Unsealing
from app.services.proof_assignments import ProofAssignments
from app.services.proof_reading import ProofReading
from app.services.result_slips import SlipOrder
from app.services.rule_book import RuleAct
from app.services.settings import IDLE
from app.services.teacher_book_assembly import TeacherBookOrder
from app.services.trail_sentences import WORDINGS
from app.trail_ports import ChangeScope
from tests.gui.page_kit import workspace
from tests.support.correction_case import checked, lock
from tests.support.record_book import RecordBook
from tests.support.school import PASSWORD, invented_pupil, make_school
from tests.support.writers import write_methods

TODAY = date(2026, 11, 23)
NEEDS_A_PLAN = {("sealing", "record")}
"""Takes what only a seal that was allowed makes; its entry is refused as every other kind below."""
METHODS = sorted(set(write_methods()) - NEEDS_A_PLAN)


class Desk:
    """A school with something to change everywhere, and an inspector at the desk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.school = make_school(folder, pupils=2)
        self.book = RecordBook(self.school)
        self.book.open_entry()
        self.book.enter("tin_hoc", {(0, "HK1.gk"): "8", (1, "HK1.ck"): "7"})
        lock(self.book, "HK1.gk", "HK1.ck")
        self.case = checked(self.book)
        self.declared = self.book.declared("tin_hoc", {(1, "HK1.ck"): "9"})
        self.book.take_in(self.declared)
        principal = self.school.actor("principal")
        Delegations(self.school.uow, self.school.clock).give(
            principal,
            Power.OPEN_SHUT,
            self.school.accounts_by_key["vice"],
            TODAY,
            TODAY,
            "1/QĐ",
            TODAY,
        )
        self.remark()
        made = self.school.accounts.add(
            principal, "Đoàn Kiểm Tra", PASSWORD, roles=(Role.INSPECTOR,)
        ).payload
        self.school.uids["inspector"] = made.uid
        self.school.accounts_by_key["inspector"] = made.account_id
        # The register of prints has a line then.
        workspace(self.school, "principal").account_papers.print_account_list(principal)
        self.school.sign_in_as("inspector")
        self.actor = self.school.actor("inspector")
        self.signer = self.school.signer("inspector")
        self.work = workspace(self.school, "inspector")

    def remark(self) -> None:
        """Kiểm dò under way: a sheet with a reader, a cell with a remark."""
        school, sheet = self.school, self.book.sheet("tin_hoc")
        ProofAssignments(school.uow, school.clock).assign(
            school.actor("principal"), sheet, Period.HK1, school.accounts_by_key["ngu_van"]
        )
        ProofReading(school.uow, school.clock).remark(
            school.actor("ngu_van"), sheet, Period.HK1, self.book.key(0, "HK1.gk"), "Khác sổ giấy"
        )

    def arguments(self, method: object, service: str) -> list[object]:
        """Something sensible for every parameter without a default."""
        self.service = service
        hints = typing.get_type_hints(method)
        wanted = inspect.signature(method).parameters.values()
        named = {p.name: hints[p.name] for p in wanted if p.default is p.empty}
        self.named = {
            p.name: self.value(p.name, hints[p.name])
            for p in wanted
            if p.default is p.empty and p.kind is p.KEYWORD_ONLY
        }
        return [self.value(n, kind) for n, kind in named.items() if n not in self.named]

    def value(self, name: str, kind: object) -> object:
        school, cell = self.school, CellKey(self.school.pupils[0], "HK1.tx1")
        by_name = {
            "edits": {cell: "8"}, "wanted": {CellKey(cell.pupil_id, "HK1.ck"): "9"},
            "keys": [cell], "column_key": "HK1.tx1", "gesture": "key", "changes": {},
            "assessment_ids": self.book.column_ids("tin_hoc", "HK1.ck"), "name": "2027-2028",
            "texts": {}, "weekdays": range(6), "days": (), "ticked": list(ConfirmBlock),
            "witnesses": ["Lê A", "Ngô B"], "profile": invented_pupil(7), "password": PASSWORD,
            "new_password": PASSWORD, "old": PASSWORD, "new": "mot-hai-ba-bon-nam",
            "value": 3, "grade": 6, "tx_count": 2, "full_name": "Ngô Thị Mới", "number": 1,
            "text": "8", "month": Month(2026, 10), "uid": school.uids["principal"],
            "setting": IDLE, "secret": PASSWORD, "lock": True, "copy_no": 1,
            "folder": self.folder, "path": self.folder / "x.xlsx", "subject_id":
            school.subjects["tin_hoc"], "opening": LateOpening(0, None, Period.HK1, TODAY, TODAY,
                                                               "5/QĐ"),
        }  # fmt: skip
        by_place = {
            ("profile", str): "secondary_decision_1323", ("month", str): "2026-10",
            ("witnesses", str): "Lê A, Ngô B",
            ("edits", "conduct"): {(school.pupils[0], "HK1.level"): "T"},
        }  # fmt: skip
        for place in ((name, kind), (name, self.service)):
            if place in by_place:
                return by_place[place]
        if name in by_name:
            return by_name[name]
        by_kind = {
            "Actor": self.actor, "Signer": self.signer, "ClassId": school.class_id,
            "SchoolYearId": school.year_id, "PupilId": school.pupils[0],
            "AccountId": school.accounts_by_key["tin_hoc"], "CorrectionId": self.case.id,
            "PrintRunId": 1, "SheetId": SheetId(school.class_id, school.subjects["tin_hoc"]),
            "date": TODAY, "str": "6B", "int": 1, "bool": True, "bytes": b"x",
            "Power": Power.OPEN_SHUT, "PaperStep": PaperStep.STAMP,
            "Role": Role.SECRETARY, "Term": Term.HK1, "Period": Period.HK1,
            "CellState": CellState.EXEMPT, "LockScope": WHOLE_SCHOOL,
            "ColumnChoice": ColumnChoice(Term.HK1, frozenset({"ck"})),
            "BookForm": BookForm.CLASS_BOOK, "FormSettings": FormSettings(rows=30),
            "RuleAct": RuleAct("41/QĐ", TODAY, TODAY), "DocumentKind": DocumentKind.PLAN,
            "BookletOrder": BookletOrder(),
            "TeacherBookOrder": TeacherBookOrder(school.subjects["tin_hoc"], Period.HK1),
            "SlipOrder": SlipOrder(Period.HK1),
            "BookScope": BookScope.TERM_1, "School": School("Trường X", "THCS", "U", "X", "T"),
            "ExportNote": ExportNote("Danh sách", confidential=False),
            "FormerSchool": FormerSchool("Trường cũ", "HB 12", "Nguyễn Văn A"),
            "BasisDraft": BasisDraft(DocumentKind.LETTER, "1/CV", TODAY, "Sở", "Về việc", []),
            "Unsealing": Unsealing("1/QĐ", "Kiểm tra", "Lê A"),
            "ChangeScope": ChangeScope(school.year_id),
            "LetterKind": LetterKind.RULES, "LetterWords": SHIPPED[LetterKind.PLAN],
            "Board": Board.KEEPERS, "EnclosedPaper": EnclosedPaper(DossierPart.PLAN),
            "RosterDiff": RosterDiff(*((),) * 8),
        }  # fmt: skip
        plain = getattr(kind, "__name__", "")
        if plain in by_kind:
            return by_kind[plain]
        return next((v for key, v in by_kind.items() if key.lower() in str(kind).lower()), None)

    def state(self) -> bytes:
        """Every row of every table but the trail's signatures of the day."""
        total = hashlib.sha256()
        with self.school.uow.read() as uow:
            db = uow._connection
            names = db.exec_driver_sql(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            ).scalars()
            for name in sorted(names):
                for row in db.exec_driver_sql(f'SELECT * FROM "{name}"'):
                    total.update(repr(tuple(row)).encode())
        return total.digest()


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    made = Desk(tmp_path_factory.mktemp("desk"))
    yield made
    made.school.close()


DOES = {
    "account_papers.print_account_list",
    "account_papers.print_permission_sheet",
    "rule_papers.print_table",
    "proof_papers.print_table",
    "exports.save",
    "formulas.print_sheet",
    "authority_papers.print_delegation",
    "authority_papers.print_duties",
    "letters.print_letter",
    "net_changes.print",
    "inquiries.print",
    "department_papers.print_reminders",
    "correction_books.print_follow_up",
    "print_registers.print",
    "correction_books.print_log",
    "booklet_returns.print",
    "accounts.change_own_password",
    "backups.make_at_close",
    "corrections.relock_expired",
}
"""What goes through: papers and files for the inspection, the own password, what the clock does."""
PRINTS_LATER = {
    "booklets.print": "not_closed",
    "dossiers.print_dossier": "dossier_missing",
    "loan_slips.print": "paper_never_lent",
    "result_slips.print": "not_closed",
    "teacher_books.print": "not_closed",
    "teacher_books.print_all": "roster_not_frozen",
    "handovers.print": "no_such_form",
    "department_papers.print_check": "not_found",
    "department_papers.print_report": "department_idle",
    "printing.print_class_book": "not_closed",
    "printing.print_correction_minutes": "not_applied",
    "printing.print_sealing_minutes": "no_such_seal",
    "printing.print_summary": "not_closed",
    "printing.print_year_lists": "lists_not_approved",
    "transfer_packs.print": "pupil_present",
}
"""Papers that this school has not come to yet: the role is right, the paper is not there."""
BY_RULE = {
    "conduct.set_cells": "not_homeroom",
    "marks.set_cells": "locked",
    "marks.set_state": "locked",
    "corrections.apply": "wrong_step",
    "corrections.check": "wrong_step",
    "roster_import.accept": "nothing_chosen",
    "summer.set_conduct": "lists_not_approved",
    "summer.set_reassessment": "lists_not_approved",
    "sealing.seal": "not_ready",
    "media.reseal": "not_open",
}
"""Refused for another reason before the role is asked: a grid says why by the cell."""


def test_the_code_holds_no_writer_that_the_tables_forget():
    known = DOES | set(PRINTS_LATER) | set(BY_RULE)
    assert known <= {".".join(place) for place in METHODS}
    assert len(METHODS) > 80


@pytest.mark.parametrize("place", METHODS, ids=".".join)
def test_what_each_service_answers_an_inspector(desk, place):
    name = ".".join(place)
    method = getattr(getattr(desk.work, place[0]), place[1])
    arguments = desk.arguments(method, place[0])
    before = desk.state()
    if name in DOES:
        method(*arguments, **desk.named)
        with desk.school.uow.read() as uow:
            kinds = {entry.kind for entry in uow.trail.all_entries() if "Đoàn" in entry.actor}
        assert kinds <= LEFT_BY_INSPECTORS
        return
    with pytest.raises(AppError) as caught:
        method(*arguments, **desk.named)
    assert desk.state() == before, "a refusal leaves no row behind"
    by_rule = PRINTS_LATER | BY_RULE
    if name in by_rule:
        assert caught.value.code == by_rule[name]
    else:
        assert isinstance(caught.value, AccessDenied), caught.value.code


@pytest.mark.parametrize("kind", sorted(WORDINGS))
def test_the_trail_takes_no_change_from_an_inspector(desk, kind):
    """The last gate: also a service that would forget the role writes nothing."""
    before = desk.state()
    with desk.school.uow.write() as uow:
        draft = TrailDraft(kind, {})
        if kind in LEFT_BY_INSPECTORS:
            uow.trail.append(draft, desk.actor, desk.school.clock.now())
        else:
            with pytest.raises(AccessDenied) as caught:
                uow.trail.append(draft, desk.actor, desk.school.clock.now())
            assert caught.value.code == "read_only_account"
    assert desk.state() == before


def test_everything_may_be_looked_at(desk):
    work, actor, school = desk.work, desk.actor, desk.school
    view = work.rosters.view(actor, school.class_id)
    assert view.shows_sensitive
    rights = (view.may_edit, view.may_move, view.may_verify, view.may_add_former_marks)
    assert not any(rights)
    assert work.quality.check(actor, school.year_id) is not None
    assert work.trail.lines(actor)
    assert work.rules.board(actor, school.year_id).lines
    assert len(work.tasks.overview(actor, school.year_id).classes) == 1
    sheet = work.marks.open(actor, SheetId(school.class_id, school.subjects["tin_hoc"]))
    assert not any(cell.editable for row in sheet.cells for cell in row)
    assert not work.control.may_press(actor, school.year_id)


def test_an_inspector_checks_no_case(desk):
    """Anybody but the requester may check a case; an inspector is nobody of the school."""
    with pytest.raises(AccessDenied) as caught:
        desk.work.corrections.check(desk.actor, desk.declared.id, "khớp")
    assert caught.value.code == "read_only_account"


SENSITIVE_TABLE = [
    # who, sees personal ID, ethnicity, disability, phones of the class
    ("principal", True), ("vice", True), ("secretary", True), ("admin", True),
    ("inspector", True), ("homeroom", True), ("tin_hoc", False), ("ngu_van", False),
]  # fmt: skip


@pytest.mark.parametrize(("who", "sees"), SENSITIVE_TABLE)
def test_who_sees_what_is_private(desk, who, sees):
    view = desk.work.rosters.view(desk.school.actor(who), desk.school.class_id)
    assert view.shows_sensitive is sees
    profile = view.lines[0].profile
    fields = (profile.personal_id, profile.ethnicity, profile.phone, profile.inclusion)
    assert any(fields) is sees


def test_a_file_that_leaves_is_told(desk, tmp_path):
    note = ExportNote("Chất lượng dữ liệu", confidential=True, class_id=desk.school.class_id)
    target = tmp_path / "chất lượng.xlsx"
    desk.work.exports.save(desk.actor, target, b"PK", note)
    assert target.read_bytes() == b"PK"
    line = desk.work.trail.lines(desk.school.actor("principal"))[0]
    assert line.who == "Đoàn Kiểm Tra"
    assert "chất lượng.xlsx" in line.sentence
    assert "thông tin riêng" in line.sentence
    assert str(tmp_path) not in line.sentence
    before = desk.state()
    with pytest.raises(AppError):
        desk.work.exports.save(desk.actor, tmp_path / "no" / "x.xlsx", b"PK", note)
    assert desk.state() == before
