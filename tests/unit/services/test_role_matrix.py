"""Who may do what when: asked of the services for every person, act and state, read in one table.

The table lies in `role_matrix.md` beside this file. When the services answer otherwise the test
shows the difference; after reading it, write the table anew with KHOASO_WRITE_MATRIX=1.
"""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from app.domain.class_confirmation import ConfirmBlock
from app.domain.corrections import Step
from app.domain.delegations import Power
from app.domain.locks import LateOpening
from app.domain.marks import CellState
from app.domain.periods import Period, Term
from app.domain.roles import Role
from app.errors import AppError
from app.readmodels.class_book import BookScope
from app.services.class_confirming import ClassConfirming
from app.services.conduct_entry import ConductEntry
from app.services.corrections import Corrections
from app.services.delegations import Delegations
from app.services.entry_control import EntryControl
from app.services.mark_entry import MarkEntry
from app.services.period_close import PeriodClosing
from app.services.printing import Printing
from app.services.rule_book import RuleAct, RuleBook
from app.services.sealing import Sealing
from app.services.sign_off import SignOffs
from exports.press import Paper, Tables
from exports.seal.drives_folder import FolderDrives
from tests.support.correction_case import WITNESSES
from tests.support.dry_run import DryUows, answer
from tests.support.record_book import RecordBook, book
from tests.support.school import PASSWORD, make_school
from tests.support.year_end import settle
from tests.unit.services.test_sealing import print_year, seal

TABLE = Path(__file__).with_name("role_matrix.md")
DONE = "✓"
PEOPLE = {
    "principal": "hiệu trưởng",
    "vice": "phó hiệu trưởng",
    "academic": "PHT chuyên môn",
    "homeroom_vice": "PHT chủ nhiệm",
    "head": "trưởng ban quản trị",
    "admin": "quản trị",
    "secretary": "văn thư",
    "leader": "tổ trưởng",
    "homeroom": "GVCN",
    "tin_hoc": "GVBM của môn",
    "ngu_van": "GVBM khác",
    "delegate": "được ủy quyền",
    "inspector": "thanh tra",
}
MORE = {
    "academic": ("Phạm Văn Thắng", (Role.VICE_PRINCIPAL, Role.ACADEMIC_VICE)),
    "homeroom_vice": ("Lê Thị Thu", (Role.VICE_PRINCIPAL, Role.HOMEROOM_VICE)),
    "head": ("Trịnh Văn Nam", (Role.BOARD_HEAD,)),
    "leader": ("Ngô Thị Lan", (Role.DEPARTMENT_HEAD,)),
    "delegate": ("Mai Văn Thế", ()),
    "inspector": ("Đoàn Kiểm Tra", (Role.INSPECTOR,)),
}
SUBJECT = "tin_hoc"
Ask = Callable[["Desk", str], object]


class Desk:
    """A school in one state; asks on behalf of anybody, nothing is written."""

    def __init__(self, kept: RecordBook) -> None:
        self.kept, self.school = kept, kept.school
        self.uows, self.clock = DryUows(kept.school.uow), kept.school.clock
        self.today = self.clock.today()
        self._actors: dict[str, object] = {}
        self._signers: dict[str, object] = {}
        self.case = 0
        self.run = 0

    def actor(self, who: str):
        if who not in self._actors:
            self._actors[who] = self.school.actor(who)
        return self._actors[who]

    def signer(self, who: str):
        if who not in self._signers:
            self._signers[who] = self.school.signer(who)
        return self._signers[who]

    def of(self, service: type, *more: object):
        return service(self.uows, self.clock, *more)

    @property
    def sheet(self):
        return self.kept.sheet(SUBJECT)


def _seal(desk: Desk, who: str):
    school = desk.school
    sealing = Sealing(desk.uows, desk.clock, FolderDrives(), lambda *_: None, Tables(), school.path)
    sealing.plan(desk.signer(who), school.year_id, "Lê A; Ngô B", "Trần Thị Mai")
    with desk.uows.write() as uow:
        uow.commit()


def _book_acts() -> dict[str, Ask]:
    first, last = date(2026, 9, 1), date(2027, 6, 30)
    opening = LateOpening(0, None, Period.HK1, first, last, "70/QĐ")
    hk1 = Period.HK1
    return {
        "mở đợt nhập": lambda d, w: d.of(EntryControl).open_window(
            d.actor(w), d.school.year_id, hk1, first, last, "9/QĐ", first
        ),
        "mở bổ sung": lambda d, w: d.of(EntryControl).open_late(
            d.actor(w), d.school.class_id, None, hk1, first, last, opening.decision_no, first
        ),
        "khóa cột": lambda d, w: d.of(EntryControl).lock_columns(
            d.actor(w), d.school.class_id, d.kept.column_ids(SUBJECT, "HK1.tx2"), "9/QĐ"
        ),
        "gõ điểm": lambda d, w: d.of(MarkEntry).set_cells(
            d.actor(w), d.sheet, {d.kept.key(0, "HK1.gk"): "9"}, "key"
        ),
        "ghi miễn": lambda d, w: d.of(MarkEntry).set_state(
            d.actor(w), d.sheet, [d.kept.key(0, "HK1.gk")], CellState.EXEMPT, "QĐ 5"
        ),
        "ghi rèn luyện": lambda d, w: d.of(ConductEntry).set_cells(
            d.actor(w), d.school.class_id, {(d.school.pupils[0], "HK1.level"): "Khá"}
        ),
        "xác nhận môn": lambda d, w: d.of(MarkEntry).confirm(d.actor(w), d.sheet, Term.HK1),
        "xác nhận lớp": lambda d, w: d.of(ClassConfirming).confirm(
            d.actor(w), d.school.class_id, hk1, tuple(ConfirmBlock)
        ),
        "lập hồ sơ sửa": lambda d, w: d.of(Corrections).declare(
            d.actor(w), d.sheet, {d.kept.key(0, "HK1.gk"): "9"}, "nhầm", "tr. 1", "bài 2"
        ),
        "chốt": lambda d, w: d.of(PeriodClosing).close(
            d.signer(w), d.school.class_id, hk1, "57/QĐ", "đã xét"
        ),
        "ký duyệt kỳ": lambda d, w: d.of(SignOffs).sign_period(
            d.signer(w), d.school.class_id, hk1
        ),
        "in sổ học kì": lambda d, w: d.of(Printing, Paper(), Tables()).print_class_book(
            d.actor(w), d.school.class_id, BookScope.TERM_1
        ),
        "đổi quy định": lambda d, w: d.of(RuleBook).change(
            d.actor(w), d.school.year_id, {"due.regular_days": "9"},
            RuleAct("41/QĐ", d.today, d.today),
        ),
        "đặt hạn sửa": lambda d, w: d.of(Corrections).set_cutoff(
            d.actor(w), d.school.year_id, hk1, d.today
        ),
        "ủy quyền đóng mở": lambda d, w: d.of(Delegations).give(
            d.actor(w), Power.OPEN_SHUT, d.school.accounts_by_key["gdcd"], d.today, d.today,
            "1/QĐ", d.today,
        ),
        "niêm phong": _seal,
    }  # fmt: skip


def _case_acts() -> dict[str, Ask]:
    return {
        "vào sổ": lambda d, w: d.of(Corrections).register(d.actor(w), d.case, "9/ĐN"),
        "kiểm dò": lambda d, w: d.of(Corrections).check(d.actor(w), d.case, "khớp"),
        "duyệt": lambda d, w: d.of(Corrections).approve(d.signer(w), d.case, WITNESSES),
        "từ chối": lambda d, w: d.of(Corrections).refuse(d.signer(w), d.case, "thiếu bài"),
        "ghi điểm đã duyệt": lambda d, w: d.of(Corrections).apply(d.actor(w), d.case),
        "rút": lambda d, w: d.of(Corrections).withdraw(d.actor(w), d.case, "thôi"),
        "in biên bản": lambda d, w: d.of(Printing, Paper(), Tables()).print_correction_minutes(
            d.actor(w), d.case
        ),
    }


def _staffed(kept: RecordBook) -> RecordBook:
    school = kept.school
    principal = school.actor("principal")
    for who, (name, roles) in MORE.items():
        made = school.accounts.add(principal, name, PASSWORD, roles=roles).payload
        school.uids[who], school.accounts_by_key[who] = made.uid, made.account_id
    today = school.clock.today()
    for power in (Power.OPEN_SHUT, Power.APPROVE_MARKS):
        Delegations(school.uow, school.clock).give(
            principal, power, school.accounts_by_key["delegate"], today, today, "1/QĐ", today
        )
    return kept


def _windows_over(kept: RecordBook) -> None:
    school, secretary = kept.school, kept.school.actor("secretary")
    ids = kept.column_ids(SUBJECT, "HK1.gk")
    kept.control.unlock_columns(secretary, school.class_id, ids, "9/QĐ")
    with school.uow.read() as uow:
        windows = [w for w in uow.control.windows(school.year_id) if w.period is Period.HK1]
    for window in windows:
        kept.control.withdraw_window(secretary, school.year_id, window.id, "9/QĐ")


def _lock_column(kept: RecordBook) -> None:
    ids = kept.column_ids(SUBJECT, "HK1.gk")
    kept.control.lock_columns(kept.school.actor("secretary"), kept.school.class_id, ids, "9/QĐ")


def _seal_year(kept: RecordBook) -> None:
    kept.fill(Term.HK2)
    kept.close(Period.HK2)
    settle(kept.school)
    print_year(kept)
    seal(kept, kept.school.path.parent / "drive")


SEALED = "Năm học đã niêm phong"
BOOK_STATES: dict[str, Callable[[RecordBook], None]] = {
    "Đợt nhập đang mở, đủ điểm": lambda kept: kept.fill(Term.HK1),
    "Cột giữa kì đã khóa": _lock_column,
    "Hết đợt nhập": _windows_over,
    "Học kì I đã chốt": lambda kept: kept.close(Period.HK1),
}
"""One school lives through them in this order; cases and the seal come after."""
AFTER_SEAL = ("in sổ học kì", "ký duyệt kỳ", "niêm phong", "ủy quyền đóng mở")
"""What a sealed year still takes: copies, and the signature a supplement is sealed with."""
STEPS = (Step.DECLARED, Step.REGISTERED, Step.CHECKED, Step.APPROVED, Step.APPLIED)


def _case_at(kept: RecordBook, step: Step, pupil: int) -> int:
    """A case of the teacher of Tin học, checked by a colleague, brought to a step."""
    school, cases = kept.school, kept.cases
    case = kept.declared(SUBJECT, {(pupil, "HK1.gk"): "4"})
    if step is not Step.DECLARED:
        kept.take_in(case)
    if step in STEPS[2:]:
        cases.check(school.actor("ls_dl"), case.id, "khớp")
    if step in STEPS[3:]:
        cases.approve(school.signer("principal"), case.id, WITNESSES)
    if step is Step.APPLIED:
        cases.apply(school.actor(SUBJECT), case.id)
    return case.id


class Matrix:
    """The table as text, with one sentence for each kind of refusal."""

    def __init__(self) -> None:
        self.lines = [
            "# Ai làm được việc gì, lúc nào", "",
            "Bảng do các dịch vụ của chương trình tự trả lời (tests/unit/services/"
            "test_role_matrix.py), theo quy định chung.",
            f"{DONE} là làm được; chữ là mã lời từ chối, câu nói với người dùng ở cuối bảng.",
        ]  # fmt: skip
        self.refusals: dict[str, AppError] = {}
        self.cells: dict[tuple[str, str, str], str] = {}

    def add(self, title: str, desk: Desk, acts: dict[str, Ask]) -> None:
        before = desk.school.trail_kinds()
        self.lines += ["", f"## {title}", "", f"| việc | {' | '.join(PEOPLE.values())} |"]
        self.lines.append("|---" * (len(PEOPLE) + 1) + "|")
        for name, act in acts.items():
            row = []
            for who in PEOPLE:
                refused = answer(lambda act=act, who=who: act(desk, who))
                word = DONE if refused is None else refused.code
                if refused is not None:
                    self.refusals.setdefault(refused.code, refused)
                self.cells[title, name, who] = word
                row.append(word)
            self.lines.append(f"| {name} | {' | '.join(row)} |")
        assert desk.school.trail_kinds() == before, "asking changes nothing"

    def text(self) -> str:
        said = ["", "## Lời từ chối", "", "| mã | thí dụ một câu |", "|---|---|"]
        said += [f"| {code} | {e.sentence} |" for code, e in sorted(self.refusals.items())]
        return "\n".join([*self.lines, *said]) + "\n"


@pytest.fixture(scope="module")
def matrix(tmp_path_factory) -> Matrix:
    folder, made = tmp_path_factory.mktemp("matrix"), Matrix()
    (folder / "drive").mkdir()
    kept = _staffed(book(make_school(folder, pupils=2)))
    school = kept.school
    for title, become in BOOK_STATES.items():
        become(kept)
        made.add(title, Desk(kept), _book_acts())
    for step in STEPS:
        desk = Desk(kept)
        desk.case = _case_at(kept, step, 0)
        made.add(f"Hồ sơ sửa điểm: {step.label.lower()}", desk, _case_acts())
        if step in STEPS[:3]:
            kept.cases.withdraw(school.actor(SUBJECT), desk.case, "thôi")
        elif step is Step.APPROVED:
            kept.cases.apply(school.actor(SUBJECT), desk.case)
            kept.corrected(SUBJECT, {(0, "HK1.gk"): "6"})
    _seal_year(kept)
    made.add(SEALED, Desk(kept), _book_acts())
    school.close()
    return made


def test_the_table_says_what_the_services_answer(matrix):
    found = matrix.text()
    if os.environ.get("KHOASO_WRITE_MATRIX"):
        TABLE.write_text(found, "utf-8")
    kept = TABLE.read_text("utf-8")
    changed = difflib.unified_diff(kept.splitlines(), found.splitlines(), "bảng", "chương trình")
    assert kept == found, "\n".join(changed)


def test_every_office_has_a_column():
    columns = {role for _, roles in MORE.values() for role in roles} | {
        Role.PRINCIPAL, Role.VICE_PRINCIPAL, Role.ADMINISTRATOR, Role.SECRETARY,
    }  # fmt: skip
    posts = {Role.HOMEROOM_TEACHER, Role.SUBJECT_TEACHER}
    assert columns | posts == set(Role)


def test_every_refusal_is_a_sentence_that_says_what_to_do(matrix):
    for code, refusal in matrix.refusals.items():
        said = refusal.sentence
        assert said.endswith("."), code
        assert len(said.split()) >= 8, code
        assert not re.search(r"_|None|Error|[<>{}]", said), said


def test_what_must_hold_in_every_table(matrix):
    """The rules a reader of the table would look for first."""
    for (title, act, who), word in matrix.cells.items():
        place = (title, act, who)
        if who == "inspector" and act not in ("in sổ học kì", "in biên bản"):
            assert word != DONE, place
        if title == SEALED and act not in AFTER_SEAL:
            assert word != DONE, place
        if who in ("head", "admin") and act in ("gõ điểm", "duyệt", "chốt", "niêm phong"):
            assert word != DONE, place
        if act == "gõ điểm" and word == DONE:
            assert (title, who) == ("Đợt nhập đang mở, đủ điểm", SUBJECT), place
        if act in ("chốt", "ký duyệt kỳ", "đổi quy định", "niêm phong") and word == DONE:
            assert who == "principal", place
        if act == "duyệt" and word == DONE:
            leads = ("principal", "vice", "academic", "homeroom_vice", "delegate")
            assert who in leads, place
