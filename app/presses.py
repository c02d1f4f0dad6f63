"""Ports to what puts facts on paper or into files; `exports` fulfils them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from app.domain.form_settings import FormSettings
from app.domain.print_runs import PaperSize
from app.importing.header_finder import Header
from app.importing.tables import RawSheet
from app.progress import Progress, no_progress
from app.readmodels.account_papers import AccountList, PermissionPaper
from app.readmodels.authority_papers import DelegationLetter, DutyList
from app.readmodels.booklet_returns import BookletReturns
from app.readmodels.check_minutes import CheckMinutes
from app.readmodels.class_book import ClassBook, PrintStamp
from app.readmodels.correction_log import CorrectionLog, FollowUpBook
from app.readmodels.correction_minutes import CorrectionMinutes
from app.readmodels.formula_sheet import FormulaSheet
from app.readmodels.handover import Handover
from app.readmodels.inquiry import InquiryPaper
from app.readmodels.letter import DossierPaper, LetterPaper
from app.readmodels.loan_slip import LoanSlip
from app.readmodels.medium_cover import MediumCover
from app.readmodels.net_change import NetChangePaper
from app.readmodels.password_slips import PasswordSlips
from app.readmodels.primary_summary import PrimarySummary
from app.readmodels.print_register import PrintRegister
from app.readmodels.proof_table import ProofTable
from app.readmodels.recovery_sheet import RecoverySheet
from app.readmodels.rendered_pdf import RenderedPdf
from app.readmodels.report_booklet import ReportBooklets
from app.readmodels.result_slip import ResultSlips
from app.readmodels.rule_table import RuleTable
from app.readmodels.sealing_minutes import SealingMinutes
from app.readmodels.teacher_book import TeacherBook
from app.readmodels.transfer_pack import TransferPack
from app.readmodels.work_board import DepartmentReport, Reminders
from app.readmodels.year_lists import YearLists


class PaperPress(Protocol):
    """Renders read models as PDF/A; the same model and stamp give the same bytes."""

    def class_book(
        self, book: ClassBook, stamp: PrintStamp, progress: Progress = no_progress
    ) -> RenderedPdf:
        """Sổ theo dõi và đánh giá học sinh (theo lớp học)."""
        ...

    def report_booklets(
        self, paper: ReportBooklets, stamp: PrintStamp, progress: Progress = no_progress
    ) -> RenderedPdf:
        """Học bạ of a class or of one pupil."""
        ...

    def margin_test(self, paper: PaperSize, at: datetime) -> RenderedPdf:
        """Trang thử lề: no paper of the school, no number."""
        ...

    def primary_summary(self, table: PrimarySummary, stamp: PrintStamp) -> RenderedPdf:
        """Bảng tổng hợp kết quả đánh giá giáo dục của lớp (tiểu học)."""
        ...

    def correction_minutes(self, minutes: CorrectionMinutes, stamp: PrintStamp) -> RenderedPdf:
        """Biên bản sửa điểm."""
        ...

    def correction_log(self, log: CorrectionLog, stamp: PrintStamp) -> RenderedPdf:
        """Nhật ký sửa điểm."""
        ...

    def follow_up_book(self, paper: FollowUpBook, stamp: PrintStamp) -> RenderedPdf:
        """Sổ theo dõi sử dụng sổ điểm điện tử."""
        ...

    def print_register(self, paper: PrintRegister, stamp: PrintStamp) -> RenderedPdf:
        """Sổ theo dõi bản in."""
        ...

    def booklet_returns(self, paper: BookletReturns, stamp: PrintStamp) -> RenderedPdf:
        """Sổ theo dõi trả học bạ of a class."""
        ...

    def loan_slip(self, slip: LoanSlip, stamp: PrintStamp) -> RenderedPdf:
        """Phiếu mượn, trả sổ."""
        ...

    def sealing_minutes(self, minutes: SealingMinutes, stamp: PrintStamp) -> RenderedPdf:
        """Biên bản niêm phong."""
        ...

    def medium_cover(self, cover: MediumCover, stamp: PrintStamp) -> RenderedPdf:
        """Nhãn và bìa of a sealed medium."""
        ...

    def year_lists(self, lists: YearLists, stamp: PrintStamp) -> RenderedPdf:
        """Danh sách học sinh cuối năm."""
        ...

    def handover(self, minutes: Handover, stamp: PrintStamp) -> RenderedPdf:
        """Biên bản bàn giao học sinh."""
        ...

    def net_changes(self, paper: NetChangePaper, stamp: PrintStamp) -> RenderedPdf:
        """Bảng thay đổi điểm."""
        ...

    def transfer_pack(self, pack: TransferPack, stamp: PrintStamp) -> RenderedPdf:
        """Phiếu kết quả học tập, rèn luyện of a pupil who changes school."""
        ...

    def permission_sheet(self, paper: PermissionPaper, stamp: PrintStamp) -> RenderedPdf:
        """Phiếu phân quyền of one account."""
        ...

    def account_list(self, paper: AccountList, stamp: PrintStamp) -> RenderedPdf:
        """Danh sách tài khoản."""
        ...

    def teacher_book(self, book: TeacherBook, stamp: PrintStamp) -> RenderedPdf:
        """Sổ theo dõi và đánh giá học sinh (của giáo viên)."""
        ...

    def result_slips(self, slips: ResultSlips, stamp: PrintStamp) -> RenderedPdf:
        """Phiếu kết quả for the parents, a page a pupil."""
        ...

    def formula_sheet(self, sheet: FormulaSheet, stamp: PrintStamp) -> RenderedPdf:
        """Phiếu kiểm tra công thức."""
        ...

    def rule_table(self, table: RuleTable, stamp: PrintStamp) -> RenderedPdf:
        """Bảng quy định đang áp dụng."""
        ...

    def proof_table(self, table: ProofTable, stamp: PrintStamp) -> RenderedPdf:
        """Bảng phân công kiểm dò."""
        ...

    def delegation_letter(self, letter: DelegationLetter, stamp: PrintStamp) -> RenderedPdf:
        """Giấy ủy quyền."""
        ...

    def duty_list(self, duties: DutyList, stamp: PrintStamp) -> RenderedPdf:
        """Bảng phân công nhiệm vụ."""
        ...

    def letter(self, paper: LetterPaper, stamp: PrintStamp) -> RenderedPdf:
        """Văn bản of the school in the layout of Nghị định 30/2020/NĐ-CP."""
        ...

    def letter_docx(self, paper: LetterPaper, made_at: datetime, form: FormSettings) -> bytes:
        """The same letter as .docx, to finish by hand; same paper, time and form, same bytes."""
        ...

    def dossier(self, paper: DossierPaper, stamp: PrintStamp) -> RenderedPdf:
        """Hồ sơ sổ điểm: cover, contents and every part with running page numbers."""
        ...

    def inquiry(self, paper: InquiryPaper, stamp: PrintStamp) -> RenderedPdf:
        """Phiếu trả lời các câu hỏi của thanh tra."""
        ...

    def reminders(self, paper: Reminders, stamp: PrintStamp) -> RenderedPdf:
        """Phiếu nhắc việc."""
        ...

    def department_report(self, paper: DepartmentReport, stamp: PrintStamp) -> RenderedPdf:
        """Báo cáo tháng của tổ chuyên môn."""
        ...

    def check_minutes(self, paper: CheckMinutes, stamp: PrintStamp) -> RenderedPdf:
        """Biên bản kiểm tra nội bộ."""
        ...

    def recovery_sheet(self, sheet: RecoverySheet) -> RenderedPdf:
        """Phiếu khôi phục; the bytes hold the secret: print them, never store them."""
        ...

    def password_slips(self, slips: PasswordSlips) -> RenderedPdf:
        """Phiếu mật khẩu ban đầu; secret in the same way."""
        ...


@dataclass(frozen=True, slots=True)
class PlainTable:
    """A table for a workbook sheet or a CSV file: text or whole numbers, first row the header.

    `titles` are lines above the header in a workbook; a CSV file has none.
    """

    name: str
    rows: Sequence[Sequence[str | int | None]]
    titles: tuple[str, ...] = ()


class TablePress(Protocol):
    """Writes plain tables; texts never become formulas, same tables give the same bytes."""

    def workbook(self, tables: Sequence[PlainTable], title: str) -> bytes:
        """An .xlsx with one sheet a table."""
        ...

    def csv(self, table: PlainTable) -> bytes:
        """UTF-8 with BOM, ";" between fields."""
        ...

    def bad_rows(
        self,
        sheet: RawSheet,
        header: Header,
        rows: Collection[int],
        reasons: Callable[[int], str],
    ) -> bytes:
        """An .xlsx of the refused rows of a file with their reasons, to mend and import again."""
        ...

    def save(self, path: Path, content: bytes) -> None:
        """Write a file the person asked for, whole or not at all; raises EnvironmentProblem."""
        ...
