"""`self-test`: opens, writes, prints, seals, backs up and restores in a temporary folder."""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from app.batch_press import BookJob
from app.clock import VIETNAM, SetClock
from app.commands.sample_plan import THCS
from app.domain.ids import ClassId, SchoolYearId
from app.domain.letters import LetterKind
from app.domain.periods import Period
from app.domain.pupils import PupilProfile
from app.domain.signed_papers import SignPlace
from app.domain.year_end import ListKind
from app.errors import AppError, RuleRefused
from app.media import VerifyVerdict
from app.readmodels.class_book import BookScope, PrintStamp, class_book_digest
from app.readmodels.mark_sheet import CellKey, SheetId
from app.services.formula_check import EXAMPLES, check_examples
from app.services.printing import Printed
from app.services.sealing import Sealed
from app.signing_ports import Keystore
from app.workspace import Toolbox, Workspace, open_workspace

_PASSWORD = "tu-kiem-tra-khoa-so"  # noqa: S105 - of a school that lives for seconds
_MARK = "8,5"
_BOOKS_ELSEWHERE = 4
"""As few as the press still draws in processes of their own."""


class SelfTestFailed(Exception):
    """A step did not give what it must."""


@dataclass
class _Trial:
    tools: Toolbox
    folder: Path
    clock: SetClock
    year_id: SchoolYearId = field(default=SchoolYearId(0))
    class_id: ClassId = field(default=ClassId(0))

    @property
    def path(self) -> Path:
        return self.folder / "Trường thử.khoaso"

    def write(self, work: Workspace) -> None:
        """A class, a pupil, a mark that must be found again after every later step."""
        actor = work.session.actor
        setup = work.setup
        setup.add_year(actor, "2025-2026")
        self.year_id = setup.years()[0].id
        setup.fill_subjects(actor, self.year_id)
        setup.add_class(actor, self.year_id, 6, "6A")
        self.class_id = setup.classes(self.year_id)[0].id
        for name in ("Nguyễn Thị Ánh Tuyết", "Đỗ Ỷ Nhi", "Trần Đức Huy"):
            work.rosters.add_pupil(actor, self.class_id, PupilProfile(name))
        day = self.clock.today()
        for period in (Period.HK1, Period.HK2):
            work.control.open_window(actor, self.year_id, period, day, day, "01/QĐ", day)
        work.assignments.assign(actor, self.class_id, None, actor.account_id, day)
        for subject in setup.subjects(self.class_id):
            work.assignments.assign(actor, self.class_id, subject.id, actor.account_id, day)

    def enter(self, work: Workspace) -> None:
        """One mark through the grid's own service."""
        sheet = self._sheet(work)
        view = work.marks.open(work.session.actor, sheet)
        key = CellKey(view.rows[0].pupil_id, "HK1.tx1")
        work.marks.set_cells(work.session.actor, sheet, {key: _MARK}, "key")
        self.find(work)

    def find(self, work: Workspace) -> None:
        """The mark is there."""
        view = work.marks.open(work.session.actor, self._sheet(work))
        if view.cells[0][0].text != _MARK:
            raise SelfTestFailed(f"điểm đọc lại là “{view.cells[0][0].text}”, phải là {_MARK}")

    def close_and_print(self, work: Workspace) -> None:
        """Both periods closed with a reason, every pupil decided, the year book printed."""
        signer = work.session.signer
        for period in (Period.HK1, Period.HK2):
            work.closing.close(signer, self.class_id, period, "02/QĐ", "chạy thử")
        board = work.year_end.board(work.session.actor, self.class_id)
        for line in board.lists[ListKind.UNDECIDED]:
            work.year_end.decide(
                signer,
                self.class_id,
                line.pupil_id,
                promoted=True,
                reason="chạy thử",
                decision_no="03/QĐ",
            )
        work.year_end.propose(work.session.actor, self.class_id)
        work.year_end.approve(signer, self.class_id, "04/QĐ")
        done = work.printing.print_class_book(work.session.actor, self.class_id, BookScope.YEAR)
        if not isinstance(done.payload, Printed) or done.payload.pdf.content[:5] != b"%PDF-":
            raise SelfTestFailed("bản in không phải PDF")

    def print_elsewhere(self, work: Workspace) -> None:
        """Processes of their own draw the very bytes this one draws; packaged ones must start."""
        book = work.printing.book(self.class_id, BookScope.TERM_1)
        stamp = PrintStamp("", self.clock.now(), class_book_digest(book), draft=True)
        here = self.tools.paper.class_book(book, stamp)
        jobs = [BookJob(book, stamp)] * _BOOKS_ELSEWHERE
        for drawn in self.tools.batch.books(jobs, len(jobs), lambda: None):
            if drawn.pdf != here:
                raise SelfTestFailed("tiến trình khác dựng sổ ra tệp khác")

    def signing(self, work: Workspace) -> None:
        """What reads and makes signatures is loaded late, so a packaged program must prove it."""
        content = work.printing.content(work.printing.runs(self.year_id)[0].id)
        signatures, now = self.tools.signatures, self.clock.now()
        no_key = Keystore(b"0", "")
        for act, code in (
            (lambda: signatures.read(content, content, (), now), "signed_none"),
            (lambda: signatures.sign(content, no_key, SignPlace(), now), "keystore_password"),
        ):
            try:
                act()
            except RuleRefused as refusal:
                if refusal.code == code:
                    continue
            raise SelfTestFailed("phần chữ ký số không chạy được")

    def draft(self, work: Workspace) -> None:
        """A letter as PDF and as Word file; the packaged program must hold Word's own template."""
        letter = work.letters.draft(work.session.actor, self.year_id, LetterKind.PLAN)
        if work.letters.preview(letter).content[:5] != b"%PDF-":
            raise SelfTestFailed("văn bản không phải PDF")
        if work.letters.word_file(letter)[:2] != b"PK":
            raise SelfTestFailed("văn bản không phải tệp Word")

    def seal(self, work: Workspace) -> None:
        """A bag in a folder that stands for a drive, verified."""
        drive = self.folder / "ổ rời"
        drive.mkdir()
        done = work.sealing.seal(work.session.signer, self.year_id, drive, "A; B", "Văn thư")
        if not isinstance(done.payload, Sealed):
            raise SelfTestFailed("không có báo cáo niêm phong")
        verdict = self.tools.check_bag(done.payload.report.path).verdict
        if verdict is not VerifyVerdict.INTACT:
            raise SelfTestFailed(f"ổ niêm phong: {verdict.value}")

    def _sheet(self, work: Workspace) -> SheetId:
        return SheetId(self.class_id, work.setup.subjects(self.class_id)[0].id)


def run_self_test(tools: Toolbox) -> int:
    """Run every step; 0 when all passed, 1 with the step that failed."""
    with tempfile.TemporaryDirectory(prefix="khoaso-") as name:
        trial = _Trial(tools, Path(name), SetClock(datetime(2025, 11, 3, 8, tzinfo=VIETNAM)))
        try:
            return _run(trial)
        except (AppError, SelfTestFailed) as error:
            sys.stdout.write(f"  HỎNG: {error}\nTự kiểm tra: KHÔNG ĐẠT\n")
            return 1


def _run(trial: _Trial) -> int:
    tools, clock = trial.tools, trial.clock
    wrong = [one.example for one in check_examples() if not one.passed]
    if wrong:
        named = ", ".join(f"{one.circular} ví dụ {one.number}" for one in wrong)
        raise SelfTestFailed(f"công thức sai ở {named}")
    _passed(f"công thức, {len(EXAMPLES)} ví dụ của thông tư")
    founded = tools.files(clock).create(trial.path, THCS.school, "Người Thử", _PASSWORD)
    file = founded.file
    try:
        trial.write(open_workspace(tools, file, founded.signed_in, clock, demo=True))
        work = open_workspace(tools, file, file.refreshed(), clock, demo=True)
        trial.enter(work)
        _passed("mở, ghi, đọc lại")
        trial.close_and_print(work)
        _passed("chốt, in sổ")
        trial.print_elsewhere(work)
        _passed("in nhiều sổ bằng tiến trình riêng")
        trial.signing(work)
        _passed("đọc và tạo chữ ký số")
        trial.draft(work)
        _passed("soạn văn bản, PDF và Word")
        trial.seal(work)
        _passed("niêm phong, kiểm tra ổ")
        backup = work.backups.make_now(work.session.actor)
        _passed("sao lưu có kiểm tra")
        chain = work.trail.check(work.session.actor)
        if chain.problem:
            raise SelfTestFailed(chain.problem)
        _passed("nhật ký nguyên vẹn")
    finally:
        file.close()
    _restore(trial, backup.payload)
    _passed("khôi phục từ bản sao lưu")
    sys.stdout.write("Tự kiểm tra: ĐẠT\n")
    return 0


def _restore(trial: _Trial, backup: object) -> None:
    """The backup's own folder opens as a school file and holds the mark."""
    folder = getattr(backup, "path")  # noqa: B009 - payload is typed object
    copy = next(p for p in folder.iterdir() if p.suffix == ".khoaso")
    file = trial.tools.files(trial.clock).open(copy)
    try:
        session = file.sign_in(file.people()[0].uid, _PASSWORD)
        trial.find(open_workspace(trial.tools, file, session, trial.clock, demo=True))
    finally:
        file.close()


def _passed(step: str) -> None:
    sys.stdout.write(f"  đạt: {step}\n")
