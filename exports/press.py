"""The presses as one object each: paper and tables."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from pathlib import Path

from app.domain.form_settings import FormSettings
from app.domain.print_runs import PaperSize
from app.importing.header_finder import Header
from app.importing.tables import RawSheet
from app.presses import PlainTable
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
from exports.docx.letter import write_letter_docx
from exports.forms.account_list import render_account_list
from exports.forms.booklet_returns import render_booklet_returns
from exports.forms.check_minutes import render_check_minutes
from exports.forms.class_book import render_class_book
from exports.forms.correction_log import render_correction_log
from exports.forms.correction_minutes import render_correction_minutes
from exports.forms.delegation_letter import render_delegation_letter
from exports.forms.department_report import render_department_report
from exports.forms.dossier import render_dossier
from exports.forms.duty_list import render_duty_list
from exports.forms.follow_up_book import render_follow_up_book
from exports.forms.formula_sheet import render_formula_sheet
from exports.forms.handover import render_handover
from exports.forms.inquiry import render_inquiry
from exports.forms.letter import render_letter
from exports.forms.loan_slip import render_loan_slip
from exports.forms.margin_test import render_margin_test
from exports.forms.medium_cover import render_medium_cover
from exports.forms.net_changes import render_net_changes
from exports.forms.password_slips import render_password_slips
from exports.forms.permission_sheet import render_permission_sheet
from exports.forms.primary_summary import render_primary_summary
from exports.forms.print_register import render_print_register
from exports.forms.proof_table import render_proof_table
from exports.forms.recovery_sheet import render_recovery_sheet
from exports.forms.reminders import render_reminders
from exports.forms.report_booklet import render_report_booklets
from exports.forms.result_slip import render_result_slips
from exports.forms.rule_table import render_rule_table
from exports.forms.sealing_minutes import render_sealing_minutes
from exports.forms.teacher_book import render_teacher_book
from exports.forms.transfer_pack import render_transfer_pack
from exports.forms.year_lists import render_year_lists
from exports.saved_file import save_file
from exports.xlsx.layouts import bad_rows_sheet
from exports.xlsx.writers import SheetOut, write_csv, write_workbook


class Paper:
    """Fulfils `app.presses.PaperPress`."""

    def class_book(
        self, book: ClassBook, stamp: PrintStamp, progress: Progress = no_progress
    ) -> RenderedPdf:
        """Sổ theo dõi và đánh giá học sinh (theo lớp học)."""
        return render_class_book(book, stamp, progress)

    def report_booklets(
        self, paper: ReportBooklets, stamp: PrintStamp, progress: Progress = no_progress
    ) -> RenderedPdf:
        """Học bạ."""
        return render_report_booklets(paper, stamp, progress)

    def margin_test(self, paper: PaperSize, at: datetime) -> RenderedPdf:
        """Trang thử lề."""
        return render_margin_test(paper, at)

    def primary_summary(self, table: PrimarySummary, stamp: PrintStamp) -> RenderedPdf:
        """Bảng tổng hợp kết quả đánh giá giáo dục của lớp (tiểu học)."""
        return render_primary_summary(table, stamp)

    def correction_minutes(self, minutes: CorrectionMinutes, stamp: PrintStamp) -> RenderedPdf:
        """Biên bản sửa điểm."""
        return render_correction_minutes(minutes, stamp)

    def correction_log(self, log: CorrectionLog, stamp: PrintStamp) -> RenderedPdf:
        """Nhật ký sửa điểm."""
        return render_correction_log(log, stamp)

    def follow_up_book(self, paper: FollowUpBook, stamp: PrintStamp) -> RenderedPdf:
        """Sổ theo dõi sử dụng sổ điểm điện tử."""
        return render_follow_up_book(paper, stamp)

    def print_register(self, paper: PrintRegister, stamp: PrintStamp) -> RenderedPdf:
        """Sổ theo dõi bản in."""
        return render_print_register(paper, stamp)

    def booklet_returns(self, paper: BookletReturns, stamp: PrintStamp) -> RenderedPdf:
        """Sổ theo dõi trả học bạ of a class."""
        return render_booklet_returns(paper, stamp)

    def loan_slip(self, slip: LoanSlip, stamp: PrintStamp) -> RenderedPdf:
        """Phiếu mượn, trả sổ."""
        return render_loan_slip(slip, stamp)

    def sealing_minutes(self, minutes: SealingMinutes, stamp: PrintStamp) -> RenderedPdf:
        """Biên bản niêm phong."""
        return render_sealing_minutes(minutes, stamp)

    def medium_cover(self, cover: MediumCover, stamp: PrintStamp) -> RenderedPdf:
        """Nhãn và bìa of a sealed medium."""
        return render_medium_cover(cover, stamp)

    def year_lists(self, lists: YearLists, stamp: PrintStamp) -> RenderedPdf:
        """Danh sách học sinh cuối năm."""
        return render_year_lists(lists, stamp)

    def handover(self, minutes: Handover, stamp: PrintStamp) -> RenderedPdf:
        """Biên bản bàn giao học sinh."""
        return render_handover(minutes, stamp)

    def net_changes(self, paper: NetChangePaper, stamp: PrintStamp) -> RenderedPdf:
        """Bảng thay đổi điểm."""
        return render_net_changes(paper, stamp)

    def transfer_pack(self, pack: TransferPack, stamp: PrintStamp) -> RenderedPdf:
        """Phiếu kết quả học tập, rèn luyện of a pupil who changes school."""
        return render_transfer_pack(pack, stamp)

    def permission_sheet(self, paper: PermissionPaper, stamp: PrintStamp) -> RenderedPdf:
        """Phiếu phân quyền of one account."""
        return render_permission_sheet(paper, stamp)

    def account_list(self, paper: AccountList, stamp: PrintStamp) -> RenderedPdf:
        """Danh sách tài khoản."""
        return render_account_list(paper, stamp)

    def teacher_book(self, book: TeacherBook, stamp: PrintStamp) -> RenderedPdf:
        """Sổ theo dõi và đánh giá học sinh (của giáo viên)."""
        return render_teacher_book(book, stamp)

    def result_slips(self, slips: ResultSlips, stamp: PrintStamp) -> RenderedPdf:
        """Phiếu kết quả for the parents, a page a pupil."""
        return render_result_slips(slips, stamp)

    def formula_sheet(self, sheet: FormulaSheet, stamp: PrintStamp) -> RenderedPdf:
        """Phiếu kiểm tra công thức."""
        return render_formula_sheet(sheet, stamp)

    def rule_table(self, table: RuleTable, stamp: PrintStamp) -> RenderedPdf:
        """Bảng quy định đang áp dụng."""
        return render_rule_table(table, stamp)

    def proof_table(self, table: ProofTable, stamp: PrintStamp) -> RenderedPdf:
        """Bảng phân công kiểm dò."""
        return render_proof_table(table, stamp)

    def delegation_letter(self, letter: DelegationLetter, stamp: PrintStamp) -> RenderedPdf:
        """Giấy ủy quyền."""
        return render_delegation_letter(letter, stamp)

    def duty_list(self, duties: DutyList, stamp: PrintStamp) -> RenderedPdf:
        """Bảng phân công nhiệm vụ."""
        return render_duty_list(duties, stamp)

    def letter(self, paper: LetterPaper, stamp: PrintStamp) -> RenderedPdf:
        """Văn bản of the school."""
        return render_letter(paper, stamp)

    def letter_docx(self, paper: LetterPaper, made_at: datetime, form: FormSettings) -> bytes:
        """The same letter as .docx."""
        return write_letter_docx(paper, made_at, form)

    def dossier(self, paper: DossierPaper, stamp: PrintStamp) -> RenderedPdf:
        """Hồ sơ sổ điểm."""
        return render_dossier(paper, stamp)

    def inquiry(self, paper: InquiryPaper, stamp: PrintStamp) -> RenderedPdf:
        """Phiếu trả lời các câu hỏi của thanh tra."""
        return render_inquiry(paper, stamp)

    def reminders(self, paper: Reminders, stamp: PrintStamp) -> RenderedPdf:
        """Phiếu nhắc việc."""
        return render_reminders(paper, stamp)

    def department_report(self, paper: DepartmentReport, stamp: PrintStamp) -> RenderedPdf:
        """Báo cáo tháng của tổ chuyên môn."""
        return render_department_report(paper, stamp)

    def check_minutes(self, paper: CheckMinutes, stamp: PrintStamp) -> RenderedPdf:
        """Biên bản kiểm tra nội bộ."""
        return render_check_minutes(paper, stamp)

    def recovery_sheet(self, sheet: RecoverySheet) -> RenderedPdf:
        """Phiếu khôi phục; the bytes hold the secret."""
        return render_recovery_sheet(sheet)

    def password_slips(self, slips: PasswordSlips) -> RenderedPdf:
        """Phiếu mật khẩu ban đầu; the bytes hold secrets."""
        return render_password_slips(slips)


class Tables:
    """Fulfils `app.presses.TablePress`."""

    def workbook(self, tables: Sequence[PlainTable], title: str) -> bytes:
        """An .xlsx with one sheet a table."""
        sheets = [
            SheetOut(
                table.name,
                [*([title] for title in table.titles), *table.rows],
                header_rows=(len(table.titles) + 1,),
            )
            for table in tables
        ]
        return write_workbook(sheets, title=title)

    def csv(self, table: PlainTable) -> bytes:
        """UTF-8 with BOM, ";" between fields."""
        return write_csv(table.rows)

    def bad_rows(
        self,
        sheet: RawSheet,
        header: Header,
        rows: Collection[int],
        reasons: Callable[[int], str],
    ) -> bytes:
        """An .xlsx of the refused rows of a file with their reasons, to mend and import again."""
        return write_workbook([bad_rows_sheet(sheet, header, rows, reasons)], title="Dòng lỗi")

    def save(self, path: Path, content: bytes) -> None:
        """Write a file the person asked for, whole or not at all; raises EnvironmentProblem."""
        save_file(path, content)
