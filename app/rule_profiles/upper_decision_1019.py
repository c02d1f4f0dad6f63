"""An upper secondary regulation of 2017 under a provincial decision of 24/10/2017 (003)."""

from __future__ import annotations

from datetime import date

from app.rule_profiles.base import RuleProfile

PROFILE = RuleProfile(
    "upper_decision_1019",
    "THPT: quy chế sổ điểm điện tử (QĐ 1019/QĐ-SGDĐT, 2017)",
    "THPT",
    "1019/QĐ-SGDĐT",
    date(2017, 10, 24),
    "Sở Giáo dục và Đào tạo",
    "Vào điểm trong 5 ngày sau khi trả bài; phó hiệu trưởng chuyên môn duyệt sửa điểm, phó hiệu "
    "trưởng phụ trách chủ nhiệm duyệt sửa thông tin học sinh; ký sổ theo dõi sử dụng.",
    {
        "due.returned_days": "5",
        "attendance.due_day": "6",
        "profile.due_on": "09-30",
        "book.pressers": "principal,academic_vice,board_head,secretary,administrator",
        "correction.approve.marks": "principal,academic_vice",
        "correction.approve.conduct": "principal,homeroom_vice",
        "correction.approve.attendance": "principal,homeroom_vice",
        "correction.approve.profile": "principal,homeroom_vice",
        "correction.evidence": "book",
        "correction.witnesses": "",
        "correction.usage_book": "1",
        "print.papers": "class_book,learner_record,correction_minutes,usage_book",
        "modules.required": "class_book,attendance",
    },
)
