"""Xét cuối năm of one class as a screen tells it: lists, the summer's work, whose turn it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from app.domain.ids import ClassId, PupilId, SubjectId
from app.domain.subjects import SubjectKind
from app.domain.year_end import ListKind, YearList, YearStage


@dataclass(frozen=True, slots=True)
class ListLine:
    """A pupil in a list; `detail` are the subjects, the title, or whose decision it was.

    `decidable`: the principal may decide about this pupil.
    """

    pupil_id: PupilId
    position: int
    name: str
    learning: str
    conduct: str
    absences: str
    detail: str
    decidable: bool = False


@dataclass(frozen=True, slots=True)
class SummerLine:
    """One result the summer owes: a subject to be assessed again, or rèn luyện (no subject).

    `old` is the year's result, `new` what came ("không dự" when the pupil did not come, "" while
    waiting), `editable` with `why` otherwise.
    """

    pupil_id: PupilId
    position: int
    name: str
    subject_id: SubjectId | None
    subject: str
    kind: SubjectKind | None
    old: str
    new: str
    document: str
    late: bool
    teacher: str
    outcome: str
    editable: bool
    why: str = ""
    code: str = ""
    """Column of a primary subject that is assessed again."""

    @property
    def settled(self) -> bool:
        """Whether the result came."""
        return bool(self.new)


@dataclass(frozen=True, slots=True)
class YearEndBoard:
    """Everything of the tabs Danh sách đề nghị and Sau hè.

    `stage` is the stage whose lists are shown; `standing` the list of that stage that stands;
    `stale`: it stands but the circular says something else by now; `voided` the last one voided.
    `next_step` says in one sentence what comes next and whose turn it is.
    """

    class_id: ClassId
    class_name: str
    year_name: str
    grade: int
    stage: YearStage
    lists: dict[ListKind, tuple[ListLine, ...]]
    labels: dict[ListKind, str]
    standing: YearList | None
    stale: bool
    voided: YearList | None
    next_step: str
    may_propose: bool
    may_approve: bool
    may_print: bool
    may_reopen: bool
    closed_at: datetime | None
    summer_closed_at: datetime | None
    summer: tuple[SummerLine, ...] = ()
    summer_words: str = ""
    conduct_levels: tuple[str, ...] = ()
    learning_word: str = "Học tập"
    conduct_word: str = "Rèn luyện"
    reassess_word: str = "Đánh giá lại"
    deciders: tuple[tuple[str, str], ...] = field(default_factory=tuple)
    """Whose signature approves: (sign-in name, name)."""

    @property
    def waiting(self) -> int:
        """Summer results that have not come."""
        return sum(not line.settled for line in self.summer)
