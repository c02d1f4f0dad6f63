"""Hồ sơ sổ điểm: its checklist and deadline, what is enclosed by hand, one PDF, the handing in."""

from __future__ import annotations

from datetime import date

from app.actor import Actor, require
from app.changes import CommandResult, Topic
from app.clock import Clock
from app.domain.accounts import refuse_too_long
from app.domain.dossiers import Dossier, DossierPart, EnclosedPaper
from app.domain.ids import PrintRunId, SchoolYearId
from app.domain.letters import LetterKind
from app.domain.papers import FIRST_DAY, LAST_DAY
from app.domain.print_runs import DOSSIER
from app.domain.roles import Role
from app.domain.school import School
from app.domain.trail import TrailDraft
from app.errors import RuleRefused
from app.ports import PrintRun, UnitOfWork, UowFactory
from app.presses import PaperPress
from app.readmodels.dossier_board import DossierBoard, DossierLine
from app.readmodels.letter import (
    DossierEntry,
    DossierPaper,
    LetterPaper,
    dossier_digest,
    letter_from_json,
)
from app.readmodels.rendered_pdf import RenderedPdf
from app.services.account_papers import PRINTERS
from app.services.book_assembly import school_lines
from app.services.letter_drafting import as_registered
from app.services.letter_fields import registered, year_words
from app.services.letters import FACTS_FILE
from app.services.print_keeping import (
    draft_stamp,
    keep_run,
    official_run,
    official_stamp,
)
from app.services.school_setup import SETTERS
from app.services.standing import require_standing
from app.text import clean, date_vn

_TOPICS = frozenset({Topic.SETTINGS, Topic.TRAIL})
_WHAT, _PRINT = "lập hồ sơ sổ điểm", "in hồ sơ sổ điểm"
_RECEIVER_LIMIT, _TITLE_LIMIT, _HOW_LIMIT, _MOST_SHEETS = 150, 200, 200, 500


class Dossiers:
    """The dossier of each school year."""

    def __init__(self, uows: UowFactory, clock: Clock, press: PaperPress) -> None:
        self._uows = uows
        self._clock = clock
        self._press = press

    def board(self, actor: Actor, year_id: SchoolYearId) -> DossierBoard:
        """The checklist: which parts are printed, enclosed or left out, days to the deadline."""
        today = self._clock.today()
        with self._uows.read() as uow:
            require_standing(uow, actor, today, "xem hồ sơ sổ điểm", *PRINTERS)
            return _board(uow, year_id, today)

    def plan(
        self, actor: Actor, year_id: SchoolYearId, receiver: str, due_on: date | None
    ) -> CommandResult:
        """Where the dossier goes and by when (M165); both may be blank."""
        require(actor, _WHAT, *SETTERS)
        where = clean(receiver)
        refuse_too_long(where, "Nơi nhận", _RECEIVER_LIMIT)
        if due_on is not None and not FIRST_DAY <= due_on <= LAST_DAY:
            raise RuleRefused(
                "dossier_day", f"Ngày {date_vn(due_on)} không thể là hạn nộp; hãy ghi lại."
            )
        detail = {"receiver": where, "due_on": due_on.isoformat() if due_on else ""}
        with self._uows.write() as uow:
            now = self._clock.now()
            actor = require_standing(uow, actor, now.date(), _WHAT, *SETTERS)
            year = uow.school.year(year_id)
            uow.letters.plan_dossier(year_id, where, due_on)
            draft = TrailDraft("dossier.planned", {"year": year.name, **detail})
            seq = uow.trail.append(draft, actor, now)
            uow.commit()
        return CommandResult(_TOPICS, seq, "Đã ghi nơi nhận và hạn nộp hồ sơ")

    def enclose(self, actor: Actor, year_id: SchoolYearId, paper: EnclosedPaper) -> CommandResult:
        """A paper from elsewhere stands for a part, or the part is left out with a reason; a blank
        one gives the part back to the letters of the program.
        """
        require(actor, _WHAT, *SETTERS)
        checked = _checked(paper)
        with self._uows.write() as uow:
            now = self._clock.now()
            actor = require_standing(uow, actor, now.date(), _WHAT, *SETTERS)
            year = uow.school.year(year_id)
            uow.letters.enclose(year_id, checked, actor.account_id, now)
            detail = {
                "year": year.name,
                "part": checked.part.value,
                "title": checked.title,
                "sheets": checked.sheets,
                "left_out": checked.left_out,
            }
            seq = uow.trail.append(TrailDraft("dossier.enclosed", detail), actor, now)
            uow.commit()
        return CommandResult(_TOPICS, seq, f"Đã ghi phần {checked.part.label}")

    def hand_in(self, actor: Actor, year_id: SchoolYearId, on: date, how: str) -> CommandResult:
        """Note that the dossier went out; refused before it was printed (M165)."""
        require(actor, "ghi việc nộp hồ sơ", *SETTERS)
        words = clean(how)
        refuse_too_long(words, "Cách nộp", _HOW_LIMIT)
        with self._uows.write() as uow:
            now = self._clock.now()
            actor = require_standing(uow, actor, now.date(), "ghi việc nộp hồ sơ", *SETTERS)
            year = uow.school.year(year_id)
            runs = [run for run in uow.prints.of_year(year_id) if run.kind == DOSSIER]
            if not runs:
                raise RuleRefused(
                    "dossier_not_printed",
                    "Hồ sơ sổ điểm của năm học này chưa in chính thức nên chưa nộp được; hãy in "
                    "hồ sơ trước.",
                )
            first = min(run.made_at for run in runs).date()
            if not first <= on <= now.date():
                raise RuleRefused(
                    "dossier_day",
                    f"Ngày nộp {date_vn(on)} không nằm từ ngày in {date_vn(first)} đến hôm nay "
                    f"{date_vn(now)}; hãy ghi lại.",
                )
            uow.letters.hand_in(year_id, on, words)
            detail = {"year": year.name, "on": on.isoformat(), "how": words}
            seq = uow.trail.append(TrailDraft("dossier.handed", detail), actor, now)
            uow.commit()
        return CommandResult(_TOPICS, seq, f"Đã ghi nộp hồ sơ ngày {date_vn(on)}")

    def preview(self, actor: Actor, year_id: SchoolYearId) -> RenderedPdf:
        """The dossier with what is there now, marked "bản làm việc"; missing parts are named."""
        now = self._clock.now()
        with self._uows.read() as uow:
            require_standing(uow, actor, now.date(), _PRINT, *PRINTERS)
            paper = _paper(uow, year_id, now.date())
            stamp = draft_stamp(uow, dossier_digest(paper), now)
        return self._press.dossier(paper, stamp)

    def print_dossier(self, actor: Actor, year_id: SchoolYearId) -> CommandResult:
        """One numbered run of the whole; refused `dossier_missing` while a part is not there."""
        with self._uows.write() as uow:
            now = self._clock.now()
            actor = require_standing(uow, actor, now.date(), _PRINT, *PRINTERS)
            board = _board(uow, year_id, now.date())
            if board.missing:
                names = "; ".join(part.label for part in board.missing)
                raise RuleRefused(
                    "dossier_missing",
                    f"Hồ sơ sổ điểm còn thiếu: {names}. Hãy in chính thức văn bản ấy, ghi giấy tờ "
                    "kèm theo, hoặc ghi lý do không có.",
                    missing=board.missing,
                )
            paper = _paper(uow, year_id, now.date())
            stamp = official_stamp(uow, year_id, dossier_digest(paper), now)
            pdf = self._press.dossier(paper, stamp)
            title = f"Hồ sơ sổ điểm điện tử, năm học {paper.school_year}"
            run = official_run(actor, year_id, DOSSIER, title, stamp, pdf)
            return keep_run(uow, actor, run, pdf)


def _checked(paper: EnclosedPaper) -> EnclosedPaper:
    title, left_out = clean(paper.title), clean(paper.left_out)
    refuse_too_long(title, "Tên giấy tờ", _TITLE_LIMIT)
    refuse_too_long(left_out, "Lý do", _TITLE_LIMIT)
    if left_out:
        return EnclosedPaper(paper.part, left_out=left_out)
    if title and not 1 <= paper.sheets <= _MOST_SHEETS:
        raise RuleRefused(
            "dossier_sheets",
            f"“{title}” ghi {paper.sheets} tờ; hãy ghi số tờ đóng kèm từ 1 đến {_MOST_SHEETS}.",
        )
    return EnclosedPaper(paper.part, title, paper.sheets if title else 0)


def _board(uow: UnitOfWork, year_id: SchoolYearId, today: date) -> DossierBoard:
    dossier = uow.letters.dossier(year_id)
    newest = _newest(uow, year_id)
    lines = tuple(_line(uow, dossier, part, newest) for part in DossierPart)
    waiting = dossier.due_on is not None and dossier.handed_on is None
    days = (dossier.due_on - today).days if waiting and dossier.due_on is not None else None
    printed = any(run.kind == DOSSIER for run in uow.prints.of_year(year_id))
    return DossierBoard(dossier, lines, days, printed)


def _newest(uow: UnitOfWork, year_id: SchoolYearId) -> dict[LetterKind, PrintRun]:
    """The newest official print of each kind of letter."""
    runs = sorted(uow.prints.of_year(year_id), key=lambda run: run.number)
    kinds = {kind.run_kind: kind for kind in LetterKind}
    return {kinds[run.kind]: run for run in runs if run.kind in kinds}


def _line(
    uow: UnitOfWork, dossier: Dossier, part: DossierPart, newest: dict[LetterKind, PrintRun]
) -> DossierLine:
    enclosed = dossier.enclosure(part)
    if enclosed is not None and enclosed.left_out:
        return DossierLine(part, (), f"không có: {enclosed.left_out}", True, enclosed)
    if enclosed is not None and enclosed.title:
        words = f"kèm {enclosed.title}, {enclosed.sheets} tờ"
        return DossierLine(part, (), words, True, enclosed)
    runs = [newest[kind] for kind in part.letters if kind in newest]
    ready = bool(part.letters) and len(runs) == len(part.letters)
    if not part.letters:
        return DossierLine(part, (), "chưa ghi giấy tờ kèm theo", False)
    year = uow.school.year(dossier.school_year_id)
    lacking = [kind.label for kind in part.letters if kind not in newest]
    if lacking:
        words = f"chưa in {'; '.join(lacking)}"
    else:
        documents = [registered(uow, year, kind) for kind in part.letters if kind.numbered]
        codes = [one.code for one in documents if one is not None and one.code]
        number = f"số {', '.join(codes)}" if codes else "chờ văn thư cấp số"
        words = f"{number}, bản in {', '.join(f'{run.number:04d}' for run in runs)}"
    return DossierLine(part, tuple(run.id for run in runs), words, ready)


def _paper(uow: UnitOfWork, year_id: SchoolYearId, today: date) -> DossierPaper:
    school = _school(uow)
    year = uow.school.year(year_id)
    board = _board(uow, year_id, today)
    people = uow.accounts.all(today)
    return DossierPaper(
        school=school_lines(school),
        school_year=year_words(year),
        receiver=board.dossier.receiver or school.authority,
        due=date_vn(board.dossier.due_on),
        year=today.year,
        entries=tuple(_entry(uow, at, line) for at, line in enumerate(board.lines, 1)),
        principal=next((a.full_name for a in people if Role.PRINCIPAL.value in a.roles), ""),
    )


def _entry(uow: UnitOfWork, position: int, line: DossierLine) -> DossierEntry:
    label, found = line.part.label, line.enclosed
    if found is not None:
        return DossierEntry(position, label, (), found.title, found.sheets, found.left_out)
    if not line.ready:
        return DossierEntry(position, label, left_out=line.words)
    letters = tuple(_issued(uow, run_id) for run_id in line.runs)
    return DossierEntry(position, label, letters)


def _issued(uow: UnitOfWork, run_id: PrintRunId) -> LetterPaper:
    """The facts that were printed, not what the text and the data say today; its number may have
    come since.
    """
    paper = letter_from_json(uow.prints.files(run_id)[FACTS_FILE])
    return as_registered(uow, uow.school.year(uow.prints.get(run_id).school_year_id), paper)


def _school(uow: UnitOfWork) -> School:
    school = uow.school.get()
    if school is None:
        raise RuleRefused("no_school", "Tệp chưa ghi tên trường; hãy điền ở trang Quản trị.")
    return school
