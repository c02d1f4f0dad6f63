"""Kinds of printed papers that are numbered and kept."""

from __future__ import annotations

CLASS_BOOK = "class_book"
CORRECTION_MINUTES = "correction_minutes"
SEALING_MINUTES = "sealing_minutes"
PERMISSION_SHEET = "permission_sheet"
ACCOUNT_LIST = "account_list"
YEAR_LISTS = "year_lists"

PAPER_NAMES = {
    CLASS_BOOK: "so-theo-doi",
    CORRECTION_MINUTES: "bien-ban-sua-diem",
    SEALING_MINUTES: "bien-ban-niem-phong",
    PERMISSION_SHEET: "phieu-phan-quyen",
    ACCOUNT_LIST: "danh-sach-tai-khoan",
    YEAR_LISTS: "danh-sach-cuoi-nam",
}
"""What a file holding such a paper is called in a sealed year, in ASCII."""
