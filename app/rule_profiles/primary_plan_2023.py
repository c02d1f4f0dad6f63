"""A primary school's plan for entering, keeping and printing the summary tables, 2023-2024 (000).

The plan rests on a department letter of 08/09/2023 whose number the plan and the letter's own copy
give differently (1539 and 1589, requirements Annex C 1); the letter's copy is followed.
"""

from __future__ import annotations

from datetime import date

from app.rule_profiles.base import RuleProfile

PROFILE = RuleProfile(
    "primary_plan_2023",
    "Tiểu học: ghi điểm, lưu điểm, in bảng tổng hợp (CV 1589/GDĐT-HV, 2023)",
    "tiểu học",
    "1589/GDĐT-HV",
    date(2023, 9, 8),
    "Phòng Giáo dục và Đào tạo",
    "Kiểm dò theo bảng phân công rồi mới chốt; bảng tổng hợp in từng kì, hiệu trưởng và giáo viên "
    "chủ nhiệm ký; phó hiệu trưởng lưu giữ.",
    {
        "correction.approve.marks": "principal",
        "correction.approve.conduct": "principal",
        "correction.approve.attendance": "principal",
        "correction.approve.profile": "principal",
        "close.needs_proof": "1",
        "print.papers": "summary,confirmation,correction_minutes",
        "print.keeper": "vice_principal",
        "modules.required": "summary,proof_reading",
        "modules.optional": "learner_record",
    },
)
