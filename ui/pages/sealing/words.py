"""Digests and verdicts as people read them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.media import VerifyVerdict


def grouped(digits: str, per_line: int = 8) -> str:
    """Hexadecimal in capital groups of four, `per_line` groups a line."""
    groups = [digits[at : at + 4].upper() for at in range(0, len(digits), 4)]
    lines = [" ".join(groups[at : at + per_line]) for at in range(0, len(groups), per_line)]
    return "\n".join(lines)


def verdict_words(verdict: VerifyVerdict) -> tuple[str, str, str]:
    """(icon, tone, sentence) of a verdict."""

    def say(text: str) -> str:
        return QCoreApplication.translate("Verdict", text)

    return {
        VerifyVerdict.INTACT: (
            "shield-check",
            "green",
            say("Nguyên vẹn: không tệp nào bị đổi, thiếu hay thêm; chữ ký đúng."),
        ),
        VerifyVerdict.DAMAGED: (
            "warning",
            "red",
            say("Hỏng: có tệp bị đổi, thiếu hoặc thừa. Giữ nguyên, đừng sửa gì trên vật mang."),
        ),
        VerifyVerdict.FORGED: (
            "warning",
            "red",
            say("Không đáng tin: nội dung khớp nhưng chữ ký không đúng với danh sách đã ký."),
        ),
        VerifyVerdict.OTHER_KEY: (
            "warning",
            "red",
            say("Gói nguyên vẹn nhưng ký bằng khóa khác, không phải khóa ghi trong sổ này."),
        ),
        VerifyVerdict.NOT_A_BAG: (
            "info",
            "amber",
            say("Thư mục này không phải gói niêm phong của Khóa Sổ; hãy chọn đúng thư mục gói."),
        ),
        VerifyVerdict.NOTHING_TO_READ: (
            "info",
            "amber",
            say("Không đọc được gì ở đây; hãy cắm lại ổ hoặc chọn thư mục khác."),
        ),
    }[verdict]
