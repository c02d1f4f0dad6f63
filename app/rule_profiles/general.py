"""Quy định chung: nothing laid down but what the program itself needs."""

from __future__ import annotations

from app.rule_profiles.base import RuleProfile

PROFILE = RuleProfile(
    "general",
    "Quy định chung",
    "mọi cấp",
    "",
    None,
    "",
    "Chỉ những điều sổ cần để làm việc; trường chưa ban hành quy định riêng thì dùng tạm.",
    {},
)
