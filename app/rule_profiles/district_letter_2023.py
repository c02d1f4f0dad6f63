"""A district's letter on printing and archiving class books, September 2023 (002).

It lays down papers, signatures and media, nothing about entering or correcting: what it does not
name stays with the general rules. The tier of authority that sent it is gone since 1/7/2025
(requirements, Annex C 11); a school follows it by its own decision.
"""

from __future__ import annotations

from datetime import date

from app.rule_profiles.base import RuleProfile

PROFILE = RuleProfile(
    "district_letter_2023",
    "Tiểu học, THCS: in, lưu trữ, niêm phong sổ gọi tên và ghi điểm (CV 1589/GDĐT-HV, 2023)",
    "tiểu học, THCS",
    "1589/GDĐT-HV",
    date(2023, 9, 8),
    "Phòng Giáo dục và Đào tạo",
    "Cuối mỗi học kì kiểm dò, ký bảng xác nhận kết quả, đóng dấu giáp lai; cuối năm in sổ cả năm, "
    "lưu ổ cứng rời và đĩa có niêm phong, kèm mọi việc nhập, sửa điểm.",
    {
        "print.papers": "class_book,confirmation,correction_minutes,correction_log",
        "print.signed_before_seal": "1",
        "modules.required": "class_book",
    },
)
