"""Kinds of printed papers that are numbered and kept, and the paper they are printed on."""

from __future__ import annotations

from enum import StrEnum

CLASS_BOOK = "class_book"
CLASS_BOOK_OPENING = "class_book_opening"
CLASS_BOOK_ATTENDANCE = "class_book_attendance"
CLASS_BOOK_MARKS = "class_book_marks"
CLASS_BOOK_CONFIRMATION = "class_book_confirmation"
CORRECTION_MINUTES = "correction_minutes"
SEALING_MINUTES = "sealing_minutes"
PERMISSION_SHEET = "permission_sheet"
ACCOUNT_LIST = "account_list"
YEAR_LISTS = "year_lists"
NET_CHANGE = "net_change"
CORRECTION_LOG = "correction_log"
FOLLOW_UP_BOOK = "follow_up_book"
TRANSFER_PACK = "transfer_pack"
PRIMARY_SUMMARY = "primary_summary"
MEDIUM_COVER = "medium_cover"
FORMULA_SHEET = "formula_sheet"
RULE_TABLE = "rule_table"
REPORT_BOOKLET = "report_booklet"
REPORT_BOOKLET_OPENING = "report_booklet_opening"
REPORT_BOOKLET_YEAR = "report_booklet_year"
PRINT_REGISTER = "print_register"
PROOF_TABLE = "proof_table"
DELEGATION_LETTER = "delegation_letter"
DUTY_LIST = "duty_list"
DOSSIER = "dossier"
TEACHER_BOOK_BLANK = "teacher_book_blank"
TEACHER_BOOK = "teacher_book"
RESULT_SLIP = "result_slip"
BOOKLET_RETURNS = "booklet_returns"
LOAN_SLIP = "loan_slip"
HANDOVER = "handover"
INQUIRY = "inquiry"
REMINDERS = "reminders"
DEPARTMENT_REPORT = "department_report"
CHECK_MINUTES = "check_minutes"

BOOK_KINDS = frozenset(
    {
        CLASS_BOOK,
        CLASS_BOOK_OPENING,
        CLASS_BOOK_ATTENDANCE,
        CLASS_BOOK_MARKS,
        CLASS_BOOK_CONFIRMATION,
    }
)
"""The class book, whole or a part of it."""

BOOKLET_KINDS = frozenset({REPORT_BOOKLET, REPORT_BOOKLET_OPENING, REPORT_BOOKLET_YEAR})
"""Học bạ of a class or of one pupil, whole or a part of it."""

BOOKS = frozenset({CLASS_BOOK, PRIMARY_SUMMARY})
"""A class's official record of a period, which the principal signs and the seal wants."""

TEACHER_BOOKS = frozenset({TEACHER_BOOK_BLANK, TEACHER_BOOK})
"""Sổ theo dõi và đánh giá học sinh của giáo viên: to be written in by hand, or filled."""

COMPARED_KINDS = BOOK_KINDS | BOOKS | BOOKLET_KINDS | {TEACHER_BOOK, RESULT_SLIP}
"""What can be compared with today's data; a book written by hand is its own record."""

PAPER_NAMES = {
    CLASS_BOOK: "so-theo-doi",
    CLASS_BOOK_OPENING: "so-theo-doi-mo-dau",
    CLASS_BOOK_ATTENDANCE: "so-theo-doi-chuyen-can",
    CLASS_BOOK_MARKS: "so-theo-doi-ghi-diem",
    CLASS_BOOK_CONFIRMATION: "bang-xac-nhan",
    CORRECTION_MINUTES: "bien-ban-sua-diem",
    SEALING_MINUTES: "bien-ban-niem-phong",
    PERMISSION_SHEET: "phieu-phan-quyen",
    ACCOUNT_LIST: "danh-sach-tai-khoan",
    YEAR_LISTS: "danh-sach-cuoi-nam",
    NET_CHANGE: "bang-thay-doi-diem",
    CORRECTION_LOG: "nhat-ky-sua-diem",
    FOLLOW_UP_BOOK: "so-theo-doi-su-dung-so-diem",
    TRANSFER_PACK: "goi-chuyen-truong",
    PRIMARY_SUMMARY: "bang-tong-hop",
    MEDIUM_COVER: "bia-vat-mang",
    FORMULA_SHEET: "phieu-kiem-tra-cong-thuc",
    RULE_TABLE: "bang-quy-dinh",
    REPORT_BOOKLET: "hoc-ba",
    REPORT_BOOKLET_OPENING: "hoc-ba-mo-dau",
    REPORT_BOOKLET_YEAR: "hoc-ba-trang-nam-hoc",
    PRINT_REGISTER: "so-theo-doi-ban-in",
    PROOF_TABLE: "bang-phan-cong-kiem-do",
    DELEGATION_LETTER: "giay-uy-quyen",
    DUTY_LIST: "phan-cong-nhiem-vu",
    DOSSIER: "ho-so-so-diem",
    "letter_board": "quyet-dinh-ban-quan-ly",
    "letter_rules_decision": "quyet-dinh-ban-hanh-quy-che",
    "letter_rules": "quy-che",
    "letter_keepers": "quyet-dinh-phan-cong",
    "letter_plan": "ke-hoach-so-diem",
    "letter_test_plan": "ke-hoach-kiem-tra",
    "letter_proof": "quyet-dinh-kiem-do",
    "letter_submission": "to-trinh",
    "letter_covering": "cong-van",
    "letter_meeting": "bien-ban-hop",
    TEACHER_BOOK_BLANK: "so-cua-giao-vien-ghi-tay",
    TEACHER_BOOK: "so-cua-giao-vien",
    RESULT_SLIP: "phieu-ket-qua",
    BOOKLET_RETURNS: "so-theo-doi-tra-hoc-ba",
    LOAN_SLIP: "phieu-muon-tra-so",
    HANDOVER: "bien-ban-ban-giao-hoc-sinh",
    INQUIRY: "phieu-tra-loi-thanh-tra",
    REMINDERS: "phieu-nhac-viec",
    DEPARTMENT_REPORT: "bao-cao-thang-cua-to",
    CHECK_MINUTES: "bien-ban-kiem-tra",
}
"""What a file holding such a paper is called in a sealed year, in ASCII."""


class PaperSize(StrEnum):
    """What a book is printed on; the value is stored with the run."""

    A4 = "A4"
    A3 = "A3"
    """The same pages with larger rows."""
    A3_SPREAD = "A3_SPREAD"
    """Lying sheets that show two facing pages, as the open book does."""
    A3_LYING = "A3_LYING"
    """Lying sheets of one wide table."""

    @property
    def words(self) -> str:
        """As chosen on screen and told in lists."""
        return _SIZE_WORDS[self]


BOOK_SIZES = (PaperSize.A4, PaperSize.A3, PaperSize.A3_SPREAD)
"""What the class book may be printed on."""

_SIZE_WORDS = {
    PaperSize.A4: "A4",
    PaperSize.A3: "A3 đứng, dòng cao",
    PaperSize.A3_SPREAD: "A3 nằm, hai trang liền",
    PaperSize.A3_LYING: "A3 nằm",
}
