"""Mười câu hỏi của thanh tra: what an inspection of marks asks, and how an answer is weighed.

The questions are those of inspections after results were announced: changes, approvals, evidence,
paper against file, the file itself, rights, ends, refused cases, signatures, unusual hours.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Question(Enum):
    """The ten, in the order they are asked; the value is the number on screen and paper."""

    AFTER_CLOSE = 1
    APPROVED_BY = 2
    EVIDENCE = 3
    PRINTED_TODAY = 4
    FILE_WHOLE = 5
    WHO_COULD = 6
    ENDED_DIFFERENT = 7
    NOT_CARRIED_OUT = 8
    PAPER_SIGNED = 9
    UNUSUAL_TIMES = 10

    @property
    def short(self) -> str:
        """A few words for the list and for the sheet of a workbook."""
        return _SHORT[self]

    @property
    def words(self) -> str:
        """The question as it is asked."""
        return _WORDS[self]

    @property
    def page(self) -> tuple[str, str]:
        """Page of the program that shows its facts one by one, and the part of that page."""
        return _PAGES[self]


class Verdict(Enum):
    """How an answer is weighed; the value is the word on screen and paper."""

    CLEAR = "không có gì phải xem"
    GROUNDED = "có, đều có căn cứ"
    ATTENTION = "có chỗ cần xem"
    SHOWN = "bảng kê"
    """A list to read, which nothing can be right or wrong about."""


_SHORT = {
    Question.AFTER_CLOSE: "Đổi sau khi chốt",
    Question.APPROVED_BY: "Ai duyệt",
    Question.EVIDENCE: "Minh chứng",
    Question.PRINTED_TODAY: "Sổ in và số liệu nay",
    Question.FILE_WHOLE: "Tệp có bị viết lại",
    Question.WHO_COULD: "Ai ghi được điểm",
    Question.ENDED_DIFFERENT: "Điểm sau cùng khác",
    Question.NOT_CARRIED_OUT: "Hồ sơ từ chối, rút",
    Question.PAPER_SIGNED: "Chữ ký trên giấy",
    Question.UNUSUAL_TIMES: "Ghi lúc đóng, ngoài giờ",
}
_WORDS = {
    Question.AFTER_CLOSE: "Sau khi chốt, công bố kết quả, ô điểm nào còn được ghi hoặc đổi?",
    Question.APPROVED_BY: "Mỗi lần sửa do ai đề nghị, ai kiểm dò, ai duyệt, lúc nào?",
    Question.EVIDENCE: "Mỗi hồ sơ sửa có minh chứng, người chứng kiến, biên bản không?",
    Question.PRINTED_TODAY: "Sổ đã in có đúng số liệu hôm nay trong tệp không?",
    Question.FILE_WHOLE: "Từ lúc chốt, ký duyệt, niêm phong, tệp có bị viết lại không?",
    Question.WHO_COULD: "Ai có thể đã ghi, đổi điểm của từng lớp, từng môn?",
    Question.ENDED_DIFFERENT: "Điểm nào sau cùng khác ban đầu, do ai sửa, tăng hay giảm?",
    Question.NOT_CARRIED_OUT: "Hồ sơ nào bị từ chối, rút lại hoặc để quá giờ?",
    Question.PAPER_SIGNED: "Sổ giấy đã đủ chữ ký, con dấu chưa, đang cất ở đâu, ai giữ?",
    Question.UNUSUAL_TIMES: "Có ai ghi điểm khi sổ đóng, hoặc làm việc trong sổ ngoài giờ?",
}
_PAGES = {
    Question.AFTER_CLOSE: ("trail", "net"),
    Question.APPROVED_BY: ("corrections", ""),
    Question.EVIDENCE: ("corrections", ""),
    Question.PRINTED_TODAY: ("printing", ""),
    Question.FILE_WHOLE: ("trail", "entries"),
    Question.WHO_COULD: ("administration", ""),
    Question.ENDED_DIFFERENT: ("trail", "net"),
    Question.NOT_CARRIED_OUT: ("corrections", ""),
    Question.PAPER_SIGNED: ("printing", ""),
    Question.UNUSUAL_TIMES: ("trail", "entries"),
}


@dataclass(frozen=True, slots=True)
class WorkHours:
    """When work in the book is nothing unusual: full hours from `begins` to before `ends`."""

    begins: int
    ends: int
    sunday_off: bool

    @property
    def outside(self) -> str:
        """What is outside of them: "Chủ nhật, trước 6 giờ, từ 21 giờ"."""
        hours = f"trước {self.begins} giờ, từ {self.ends} giờ"
        return f"Chủ nhật, {hours}" if self.sunday_off else hours
