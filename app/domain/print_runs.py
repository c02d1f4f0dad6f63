"""Kinds of printed papers that are numbered and kept."""

from __future__ import annotations

CLASS_BOOK = "class_book"
CORRECTION_MINUTES = "correction_minutes"
SEALING_MINUTES = "sealing_minutes"
PERMISSION_SHEET = "permission_sheet"
ACCOUNT_LIST = "account_list"
YEAR_LISTS = "year_lists"
