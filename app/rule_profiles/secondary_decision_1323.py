"""A lower secondary plan of 2023-2024 under a provincial regulation of 22/09/2020 (001)."""

from __future__ import annotations

from datetime import date

from app.rule_profiles.base import RuleProfile

PROFILE = RuleProfile(
    "secondary_decision_1323",
    "THCS: quy chế sổ điểm, học bạ điện tử (QĐ 1323/QĐ-SGDĐT, 2020)",
    "THCS",
    "1323/QĐ-SGDĐT",
    date(2020, 9, 22),
    "Sở Giáo dục và Đào tạo",
    "Điểm thường xuyên vào trong 1 tuần, định kì trong 2 tuần; hiệu trưởng duyệt mọi việc sửa, có "
    "ba bên chứng kiến; hạn cuối 1 tuần trước kiểm tra học kì.",
    {
        "due.regular_days": "7",
        "due.periodic_days": "14",
        "attendance.due_day": "5",
        "profile.due_on": "09-15",
        "allocation.due_on": "09-01",
        "book.pressers": "principal,secretary,administrator",
        "correction.approve.marks": "principal",
        "correction.approve.conduct": "principal",
        "correction.approve.attendance": "principal",
        "correction.approve.profile": "principal",
        "correction.evidence": "book,paper",
        "correction.witnesses": "3",
        "correction.witness_parties": "leaders,board,requester",
        "correction.cutoff_days": "7",
        "print.teacher_book": "09-15",
        "print.record_cover": "09-30",
        "print.summary_term_1": "01-30",
        "print.summary_year": "05-30",
        "print.record_results": "06-15",
        "print.papers": "teacher_book,class_book,summary,attendance,learner_record,"
        "correction_minutes,correction_log",
        "modules.required": "class_book,learner_record,attendance",
    },
)
