"""Xác nhận của giáo viên chủ nhiệm: the blocks of the class book that are ticked one by one."""

from __future__ import annotations

from enum import StrEnum

from app.domain.periods import Period


class ConfirmBlock(StrEnum):
    """What the GVCN checked: exactly the five blocks of the form, in its order."""

    PROFILES = "profiles"
    ATTENDANCE = "attendance"
    LEVELS = "levels"
    PROMOTION = "promotion"
    COMMENTS = "comments"

    @property
    def label(self) -> str:
        """Words beside the box."""
        return {
            ConfirmBlock.PROFILES: "Sơ yếu lý lịch học sinh",
            ConfirmBlock.ATTENDANCE: "Kiểm diện, số buổi nghỉ",
            ConfirmBlock.LEVELS: "Kết quả học tập, rèn luyện",
            ConfirmBlock.PROMOTION: "Lên lớp, khen thưởng",
            ConfirmBlock.COMMENTS: "Nhận xét",
        }[self]


_YEAR_PERIODS = (Period.HK2, Period.CN)


def blocks_of(period: Period) -> tuple[ConfirmBlock, ...]:
    """Blocks that exist at the end of a period: promotion and awards belong to the year."""
    return tuple(
        block
        for block in ConfirmBlock
        if block is not ConfirmBlock.PROMOTION or period in _YEAR_PERIODS
    )
