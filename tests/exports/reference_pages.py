"""One page of each form with invented facts, and the small grey picture it was accepted as.

`python -m tests.exports.reference_pages FOLDER` writes the pages as they are drawn now, large
enough to look at. `--accept NAME …` puts today's picture of a form in the place of the kept one:
only after somebody looked at the large one beside the form's column list.
"""

from __future__ import annotations

import dataclasses
import os
import sys
import types
import typing
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from app.clock import VIETNAM
from app.digests import DataDigest
from app.domain.ids import ClassId, SchoolYearId
from app.domain.periods import Period
from app.domain.print_runs import PaperSize
from app.domain.school import SchoolClass
from app.domain.year_end import NO_SUMMER
from app.readmodels import account_papers, authority_papers, correction_log, work_board
from app.readmodels.book_parts import part_of
from app.readmodels.booklet_returns import booklet_returns_digest
from app.readmodels.check_minutes import CheckMinutes
from app.readmodels.class_book import BookPart, PrintStamp, SchoolLines
from app.readmodels.formula_sheet import FormulaSheet
from app.readmodels.handover import Handover
from app.readmodels.inquiry import InquiryPaper
from app.readmodels.letter import LetterForm
from app.readmodels.loan_slip import loan_slip_digest
from app.readmodels.medium_cover import MediumCover
from app.readmodels.net_change import NetChangePaper
from app.readmodels.primary_summary import SummaryHead
from app.readmodels.proof_table import ProofTable
from app.readmodels.rendered_pdf import RenderedPdf
from app.readmodels.result_slip import result_slips_digest
from app.readmodels.rule_table import RuleTable
from app.readmodels.teacher_book import teacher_book_digest
from app.readmodels.transfer_pack import TransferPack
from app.services.primary_inputs import PrimaryFacts
from app.services.primary_summary import summary_columns
from exports.press import Paper
from tests.exports.sample_book import sample_book, sample_stamp
from tests.exports.sample_booklet import booklet_stamp, sample_booklets
from tests.exports.sample_minutes import sample_correction, sample_sealing
from tests.exports.sample_own_papers import (
    own_stamp,
    sample_loan,
    sample_primary_slips,
    sample_returns,
    sample_slips,
)
from tests.exports.sample_primary_booklet import primary_stamp, sample_primary_booklets
from tests.exports.sample_roll_book import sample_roll_book
from tests.exports.sample_teacher_book import (
    level_columns,
    primary_columns,
    sample_teacher_book,
)
from tests.exports.test_class_book_attendance import month, with_months
from tests.exports.test_letters import dossier, dossier_pdf, letter
from tests.exports.test_letters import pdf as letter_pdf
from tests.exports.test_primary_summary_paper import drawn_summary, sample_table
from tests.exports.test_print_register import register
from tests.exports.test_print_register import stamp as register_stamp
from tests.exports.test_year_lists import lists
from tests.exports.test_year_lists import rendered as rendered_lists

PICTURES = Path(__file__).parent / "pictures"
_DIGEST = DataDigest("00" * 32, "AAAAAAAA")
_WORDS = "Nguyễn Thị Phương Thảo"


@dataclass(frozen=True)
class ReferencePage:
    """Page `number` (from 1) of what `draw` draws."""

    draw: Callable[[], RenderedPdf]
    number: int = 1


def invented(kind: type[typing.Any], depth: int = 0) -> typing.Any:
    """A paper whose every text is the same name, every number 5, every list of two.

    What has a default keeps it: a field that is added later changes no picture.
    """
    hints = typing.get_type_hints(kind, vars(sys.modules[kind.__module__]) | _KNOWN)
    fields = dataclasses.fields(typing.cast("typing.Any", kind))
    wanted = [f for f in fields if f.init and f.default is f.default_factory is dataclasses.MISSING]
    return kind(**{one.name: _value(hints[one.name], depth) for one in wanted})


def _value(hint: object, depth: int) -> object:
    if hint is str:
        return _WORDS
    if hint is int:
        return 5
    if hint is bool:
        return False
    if hint is SchoolLines:
        return _SCHOOL
    if typing.get_origin(hint) is tuple:
        return (_value(typing.get_args(hint)[0], depth + 1),) * 2
    if isinstance(hint, types.UnionType):
        return None
    return invented(typing.cast("type[object]", hint), depth + 1)


_SCHOOL = SchoolLines(
    "UBND xã Đồng Xuân", "Trường THCS Đồng Xuân", "xã Đồng Xuân", "tỉnh Thanh Hóa"
)
_KNOWN = {"SchoolLines": SchoolLines}


def _stamp() -> PrintStamp:
    return PrintStamp("0007", datetime(2026, 5, 29, 16, 5, tzinfo=VIETNAM), _DIGEST)


@cache
def _class_book() -> RenderedPdf:
    book = sample_book(42)
    book = with_months(book, month(book, 10, 31))
    return Paper().class_book(book, sample_stamp(book))


@cache
def _roll_book() -> RenderedPdf:
    book = sample_roll_book(42)
    book = with_months(book, month(book, 10, 31))
    return Paper().class_book(book, sample_stamp(book))


def _confirmation() -> RenderedPdf:
    book = part_of(sample_book(42), BookPart.CONFIRMATION)
    return Paper().class_book(book, sample_stamp(book))


@cache
def _booklet() -> RenderedPdf:
    paper = sample_booklets()
    return Paper().report_booklets(paper, booklet_stamp(paper))


def _teacher_book(**how: typing.Any) -> RenderedPdf:
    book = sample_teacher_book(**how)
    return Paper().teacher_book(book, own_stamp(teacher_book_digest(book)))


def _primary_booklet() -> RenderedPdf:
    paper = sample_primary_booklets()
    return Paper().report_booklets(paper, primary_stamp(paper))


def _slips() -> RenderedPdf:
    slips = sample_slips(1)
    return Paper().result_slips(slips, own_stamp(result_slips_digest(slips)))


def _primary_slips() -> RenderedPdf:
    slips = sample_primary_slips()
    return Paper().result_slips(slips, own_stamp(result_slips_digest(slips)))


def _primary_summary() -> RenderedPdf:
    """Form 9, the widest: grade 4 at the year's end."""
    klass = SchoolClass(ClassId(1), SchoolYearId(1), 4, "4A", "TT27/2020")
    facts = PrimaryFacts(klass, (), (), (), {}, NO_SUMMER)
    columns = summary_columns(facts, Period.CN)
    heads = tuple(SummaryHead(one.heads, wide=one.tail == "note") for one in columns)
    return drawn_summary(sample_table(17, 4, heads, "T"))


def _returns() -> RenderedPdf:
    paper = sample_returns(45)
    return Paper().booklet_returns(paper, own_stamp(booklet_returns_digest(paper)))


def _loan() -> RenderedPdf:
    slip = sample_loan()
    return Paper().loan_slip(slip, own_stamp(loan_slip_digest(slip)))


def _register() -> RenderedPdf:
    paper = register(8)
    return Paper().print_register(paper, register_stamp(paper))


def _letter(draw: Callable[..., RenderedPdf], kind: type[object]) -> ReferencePage:
    return ReferencePage(lambda: draw(invented(kind), _stamp()))


_PAPER = Paper()
PAGES = {
    "class-book-cover": ReferencePage(_class_book, 1),
    "class-book-roster": ReferencePage(_class_book, 4),
    "class-book-attendance": ReferencePage(_class_book, 6),
    "class-book-subject": ReferencePage(_class_book, 8),
    "class-book-levels": ReferencePage(_class_book, 16),
    "class-book-summary": ReferencePage(_class_book, 20),
    "class-book-year": ReferencePage(_class_book, 37),
    "class-book-confirmation": ReferencePage(_confirmation, 1),
    "roll-book-cover": ReferencePage(_roll_book, 1),
    "roll-book-attendance": ReferencePage(_roll_book, 6),
    "roll-book-subjects": ReferencePage(_roll_book, 8),
    "roll-book-summary": ReferencePage(_roll_book, 14),
    "roll-book-year-left": ReferencePage(_roll_book, 24),
    "roll-book-year-right": ReferencePage(_roll_book, 25),
    "booklet-cover": ReferencePage(_booklet, 1),
    "booklet-year": ReferencePage(_booklet, 5),
    "booklet-primary-cover": ReferencePage(_primary_booklet, 1),
    "booklet-primary-particulars": ReferencePage(_primary_booklet, 3),
    "booklet-primary-year": ReferencePage(_primary_booklet, 5),
    "teacher-book-cover": ReferencePage(_teacher_book, 1),
    "teacher-book-marks": ReferencePage(_teacher_book, 6),
    "teacher-book-blank": ReferencePage(lambda: _teacher_book(blank=True), 4),
    "teacher-book-levels": ReferencePage(lambda: _teacher_book(columns=level_columns), 5),
    "teacher-book-primary": ReferencePage(lambda: _teacher_book(columns=primary_columns), 3),
    "teacher-book-handed-in": ReferencePage(_teacher_book, 7),
    "result-slip": ReferencePage(_slips),
    "result-slip-primary": ReferencePage(_primary_slips),
    "primary-summary": ReferencePage(_primary_summary),
    "booklet-returns": ReferencePage(_returns),
    "loan-slip": ReferencePage(_loan),
    "year-lists": ReferencePage(lambda: rendered_lists(lists())),
    "print-register": ReferencePage(_register),
    "correction-minutes": ReferencePage(
        lambda: _PAPER.correction_minutes(sample_correction(), _stamp())
    ),
    "sealing-minutes": ReferencePage(lambda: _PAPER.sealing_minutes(sample_sealing(), _stamp())),
    "correction-log": _letter(_PAPER.correction_log, correction_log.CorrectionLog),
    "follow-up-book": _letter(_PAPER.follow_up_book, correction_log.FollowUpBook),
    "transfer-pack": _letter(_PAPER.transfer_pack, TransferPack),
    "permission-sheet": _letter(_PAPER.permission_sheet, account_papers.PermissionPaper),
    "account-list": _letter(_PAPER.account_list, account_papers.AccountList),
    "delegation-letter": _letter(_PAPER.delegation_letter, authority_papers.DelegationLetter),
    "duty-list": _letter(_PAPER.duty_list, authority_papers.DutyList),
    "formula-sheet": _letter(_PAPER.formula_sheet, FormulaSheet),
    "medium-cover": _letter(_PAPER.medium_cover, MediumCover),
    "net-changes": _letter(_PAPER.net_changes, NetChangePaper),
    "handover": _letter(_PAPER.handover, Handover),
    "proof-table": _letter(_PAPER.proof_table, ProofTable),
    "inquiry": _letter(_PAPER.inquiry, InquiryPaper),
    "reminders": _letter(_PAPER.reminders, work_board.Reminders),
    "department-report": _letter(_PAPER.department_report, work_board.DepartmentReport),
    "check-minutes": _letter(_PAPER.check_minutes, CheckMinutes),
    "rule-table": _letter(_PAPER.rule_table, RuleTable),
    "letter-decision": ReferencePage(lambda: letter_pdf(letter())),
    "letter-official": ReferencePage(lambda: letter_pdf(letter(LetterForm.OFFICIAL))),
    "letter-minutes": ReferencePage(lambda: letter_pdf(letter(LetterForm.MINUTES))),
    "dossier-cover": ReferencePage(lambda: dossier_pdf(dossier())),
    "dossier-contents": ReferencePage(lambda: dossier_pdf(dossier()), 2),
    "margin-test": ReferencePage(
        lambda: _PAPER.margin_test(PaperSize.A4, datetime(2026, 5, 29, 16, 5, tzinfo=VIETNAM))
    ),
}
"""Every form that is printed for somebody to sign, by the name of its picture."""
SECRET = ("recovery_sheet", "password_slips")
"""Methods of the press whose papers hold secrets and are kept nowhere, in no picture either."""


def main(arguments: list[str]) -> None:
    """As the module says."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from tests.exports.pictures_of_pages import grey_page, save_picture

    if arguments[0] == "--accept":
        PICTURES.mkdir(exist_ok=True)
        for name in arguments[1:] or PAGES:
            page = PAGES[name]
            save_picture(grey_page(page.draw(), page.number), PICTURES / f"{name}.png")
        return
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    for name, page in PAGES.items():
        save_picture(grey_page(page.draw(), page.number, 900), folder / f"{name}.png", levels=256)


if __name__ == "__main__":
    main(sys.argv[1:])
