"""A provincial department's letter on primary electronic books, December 2018 (004).

Its number cannot be read on the copy we have; the signature's day stands in the letter (M249). The
entry windows are those of 2018-2019; the department sets them anew every year (M222), so a school
changes them by the letter of its year.
"""

from __future__ import annotations

from app.rule_profiles.base import RuleProfile

PROFILE = RuleProfile(
    "primary_letter_2018",
    "Tiểu học: sổ tổng hợp và học bạ điện tử (công văn cấp Sở, 12/2018)",
    "tiểu học",
    "",
    None,
    "Sở Giáo dục và Đào tạo (công văn tháng 12/2018, nội dung theo CV 2949/SGDĐT-GDTH)",
    "Bốn đợt nhập theo ngày của Sở; hiệu trưởng quyết định thời điểm mở, khóa và nội dung sửa; "
    "ban quản trị thực hiện.",
    {
        "book.pressers": "principal,vice_principal,board_head,administrator",
        "correction.approve.marks": "principal",
        "correction.approve.conduct": "principal",
        "correction.approve.attendance": "principal",
        "correction.approve.profile": "principal",
        "window.gk1": "11-28/12-05",
        "window.ck1": "01-15/01-22",
        "window.gk2": "04-13/04-20",
        "window.cn": "05-25/06-02",
        "window.record": "05-25/06-02",
        "print.papers": "summary,learner_record,correction_minutes",
        "modules.required": "summary",
        "modules.optional": "learner_record",
    },
)
