"""The end of the sample school's year: lists approved, and the summer lived through."""

from __future__ import annotations

from datetime import timedelta

from app.commands.sample_school import SampleYear
from app.domain.ids import ClassId
from app.domain.periods import Period
from app.domain.school import SchoolClass
from app.domain.subjects import SubjectKind
from app.domain.year_end import ListKind, YearStage
from app.readmodels.year_end import SummerLine
from app.regulations.registry import regulation

_AGAIN = {
    SubjectKind.MARKS: ("6,0", "4,0"),
    SubjectKind.COMMENTS: ("Đ", "CĐ"),
    SubjectKind.LEVELS: ("H", "C"),
    SubjectKind.TRAITS: ("Đ", "C"),
    SubjectKind.SCORES: ("6", "4"),
}
"""What the summer brings whoever passes, and whoever does not."""


def approve_lists(sample: SampleYear) -> None:
    """GVCN propose, the principal decides what the circular leaves open, approves and signs."""
    sample.at(sample.on(5, 29))
    for klass in sample.classes:
        _approve(sample, klass, sample.plan.decision(45))


def live_summer(sample: SampleYear) -> list[ClassId]:
    """Re-assessment and rèn luyện hè of whoever is listed; the classes that had any."""
    principal = sample.work.session.actor
    busy = [klass for klass in sample.classes if _summer(sample, klass.id)]
    if not busy:
        return []
    sample.at(sample.on(6, 1))
    sample.work.control.open_window(
        principal,
        sample.year_id,
        Period.HE,
        sample.on(6, 1),
        sample.on(7, 31),
        sample.plan.decision(50),
        sample.on(5, 31),
    )
    sample.at(sample.on(7, 27))
    for klass in busy:
        subjects = {s.id: s for s in sample.work.setup.subjects(klass.id)}
        for line in _summer(sample, klass.id):
            sample.clock.advance(timedelta(minutes=2))
            if line.subject_id is None:
                sample.work.summer.set_conduct(
                    sample.homeroom(klass.id),
                    klass.id,
                    line.pupil_id,
                    regulation(klass.regulation).conduct_levels[2],
                    "Báo cáo rèn luyện hè có chữ ký phụ huynh, ngày 24/7",
                )
                continue
            subject = subjects[line.subject_id]
            passed = sample.invent.chance(0.8)
            text = _AGAIN[line.kind or subject.kind][0 if passed else 1]
            sample.work.summer.set_reassessment(
                sample.teacher_of(klass.id, subject),
                klass.id,
                line.pupil_id,
                line.subject_id,
                text,
                "Biên bản kiểm tra, đánh giá lại ngày 25/7",
                code=line.code,
            )
    sample.at(sample.on(7, 30))
    for klass in busy:
        _approve(sample, klass, sample.plan.decision(58))
    return [klass.id for klass in busy]


def _approve(sample: SampleYear, klass: SchoolClass, number: str) -> None:
    work, signer = sample.work, sample.work.session.signer
    board = work.year_end.board(work.session.actor, klass.id)
    for line in board.lists[ListKind.UNDECIDED]:
        sample.clock.advance(timedelta(minutes=3))
        work.year_end.decide(
            signer,
            klass.id,
            line.pupil_id,
            promoted=False,
            reason="Hội đồng thống nhất theo biên bản họp cuối năm",
            decision_no=sample.plan.decision(44),
        )
    sample.clock.advance(timedelta(minutes=4))
    work.year_end.propose(sample.homeroom(klass.id), klass.id)
    work.year_end.approve(signer, klass.id, number)


def _summer(sample: SampleYear, class_id: ClassId) -> tuple[SummerLine, ...]:
    work = sample.work
    board = work.year_end.board(work.session.actor, class_id)
    return board.summer if board.stage is YearStage.SUMMER else ()
