"""Mười câu hỏi của thanh tra: each question answered from the file, on screen, paper and in Excel.

An inspector and the office ask; nothing is changed but the register of prints (M111, M216).
"""

from __future__ import annotations

from collections.abc import Sequence

from app.actor import Actor, require
from app.changes import CommandResult
from app.clock import Clock
from app.domain.inquiries import Question
from app.domain.print_runs import INQUIRY
from app.domain.roles import Role
from app.errors import RuleRefused
from app.ports import UnitOfWork, UowFactory
from app.presses import PaperPress, PlainTable
from app.progress import Progress, no_progress
from app.readmodels.inquiry import Answer, InquiryPaper, inquiry_digest, printed_part
from app.services.book_assembly import school_lines
from app.services.class_scope import OVERSEERS
from app.services.inquiry_cases import CaseAnswers
from app.services.inquiry_changes import after_close, ended_different, unusual_times
from app.services.inquiry_file import file_whole, who_could
from app.services.inquiry_papers import paper_signed, printed_today
from app.services.print_keeping import checkpoint_code, keep_run, official_run, official_stamp
from app.services.standing import require_standing
from app.text import date_vn
from app.trail_ports import ChangeScope

ASKERS = OVERSEERS
"""Who asks: inspectors, leaders, the office."""
EVERY_QUESTION = tuple(Question)


class Inquiries:
    """Reads and prints; changes nothing but the print register."""

    def __init__(self, uows: UowFactory, clock: Clock, press: PaperPress) -> None:
        self._uows = uows
        self._clock = clock
        self._press = press

    def answer(
        self,
        actor: Actor,
        scope: ChangeScope,
        question: Question,
        progress: Progress = no_progress,
    ) -> Answer:
        """The answer of this moment about a year or one class of it; a job."""
        require(actor, "hỏi các câu của thanh tra", *ASKERS)
        with self._uows.read() as uow:
            return self._answer(uow, scope, question, progress)

    def answers(
        self,
        actor: Actor,
        scope: ChangeScope,
        questions: Sequence[Question] = EVERY_QUESTION,
        progress: Progress = no_progress,
    ) -> tuple[Answer, ...]:
        """Several answers out of one reading of the file; a job."""
        require(actor, "hỏi các câu của thanh tra", *ASKERS)
        with self._uows.read() as uow:
            return self._answers(uow, scope, questions, progress)

    def print(
        self,
        actor: Actor,
        scope: ChangeScope,
        questions: Sequence[Question] = EVERY_QUESTION,
        progress: Progress = no_progress,
    ) -> CommandResult:
        """Phiếu trả lời as one numbered run; the payload is `Printed`.

        Refused without questions.
        """
        if not questions:
            raise RuleRefused(
                "nothing_to_print", "Chưa chọn câu hỏi nào để in; hãy chọn ít nhất một câu."
            )
        with self._uows.write() as uow:
            today = self._clock.today()
            actor = require_standing(uow, actor, today, "in phiếu trả lời thanh tra", *ASKERS)
            paper = self._paper(uow, actor, scope, self._answers(uow, scope, questions, progress))
            stamp = official_stamp(uow, scope.year_id, inquiry_digest(paper), self._clock.now())
            pdf = self._press.inquiry(paper, stamp)
            which = f"câu {questions[0].value}" if len(questions) == 1 else f"{len(questions)} câu"
            title = f"Phiếu trả lời thanh tra, {which}, {paper.scope}, ngày {date_vn(today)}"
            run = official_run(
                actor, scope.year_id, INQUIRY, title, stamp, pdf, class_id=scope.class_id
            )
            return keep_run(uow, actor, run, pdf)

    def _answers(
        self,
        uow: UnitOfWork,
        scope: ChangeScope,
        questions: Sequence[Question],
        progress: Progress,
    ) -> tuple[Answer, ...]:
        found = []
        for at, question in enumerate(questions):
            progress(at, len(questions), question.short)
            found.append(self._answer(uow, scope, question, no_progress))
        return tuple(found)

    def _answer(
        self, uow: UnitOfWork, scope: ChangeScope, question: Question, progress: Progress
    ) -> Answer:
        today = self._clock.today()
        match question:
            case Question.AFTER_CLOSE:
                return after_close(uow, scope)
            case Question.APPROVED_BY:
                return CaseAnswers(uow, scope, self._clock.now()).approved_by()
            case Question.EVIDENCE:
                return CaseAnswers(uow, scope, self._clock.now()).evidence()
            case Question.PRINTED_TODAY:
                return printed_today(uow, scope, today, progress)
            case Question.FILE_WHOLE:
                return file_whole(uow, scope, progress)
            case Question.WHO_COULD:
                return who_could(uow, scope, today)
            case Question.ENDED_DIFFERENT:
                return ended_different(uow, scope)
            case Question.NOT_CARRIED_OUT:
                return CaseAnswers(uow, scope, self._clock.now()).not_carried_out()
            case Question.PAPER_SIGNED:
                return paper_signed(uow, scope, today)
            case Question.UNUSUAL_TIMES:
                return unusual_times(uow, scope, today)

    def _paper(
        self, uow: UnitOfWork, actor: Actor, scope: ChangeScope, answers: Sequence[Answer]
    ) -> InquiryPaper:
        school = uow.school.get()
        if school is None:
            raise RuleRefused("no_school", "Tệp chưa ghi tên trường; hãy điền ở trang Quản trị.")
        today = self._clock.today()
        people = uow.accounts.all(today)
        seq, _ = uow.trail.head()
        words = "toàn trường"
        if scope.class_id is not None:
            words = f"lớp {uow.school.class_(scope.class_id).name}"
        return InquiryPaper(
            school=school_lines(school),
            school_year=uow.school.year(scope.year_id).name.replace("-", "–"),
            day=today.day,
            month=today.month,
            year=today.year,
            scope=words,
            parts=tuple(printed_part(answer) for answer in answers),
            trail_end=f"mục {seq}, mốc ký {checkpoint_code(uow) or 'chưa có'}",
            principal=next((a.full_name for a in people if Role.PRINCIPAL.value in a.roles), ""),
            maker=actor.name,
        )


def answer_tables(answers: Sequence[Answer]) -> list[PlainTable]:
    """A sheet a question: the question, its sentences as the last column's foot, the facts."""
    return [
        PlainTable(
            f"{answer.question.value}. {answer.question.short}",
            [
                tuple(column.title for column in answer.columns),
                *answer.rows,
                *((sentence,) for sentence in ("", answer.question.words, *answer.sentences)),
            ],
        )
        for answer in answers
    ]
