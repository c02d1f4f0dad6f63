"""Chốt: a class x period is recomputed, found complete, digested and signed by the principal."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from app.actor import require
from app.changes import CommandResult, Topic
from app.clock import Clock
from app.digests import DataDigest, data_digest
from app.domain.attendance import ClassAttendance
from app.domain.ids import ClassId
from app.domain.locks import ClassLocks, PeriodClose
from app.domain.marks import EMPTY, CellState, trail_text
from app.domain.periods import EntryTerm, Period, Term
from app.domain.roles import Role
from app.domain.school import SchoolClass, term_of_day
from app.domain.subjects import SubjectKind, is_required, missing_words
from app.domain.trail import TrailDraft
from app.domain.year_end import Basis
from app.errors import RuleRefused
from app.ports import ConductRow, UnitOfWork, UowFactory
from app.regulations.registry import closing_of, closing_periods, is_primary, year_period
from app.regulations.thpt_choices import electives_wanted
from app.services.checkpoints import CheckpointReason, sign_checkpoint
from app.services.class_attendance import declarable_words
from app.services.class_results import ClassFacts, load_class
from app.services.homeroom_rule import homeroom_missing
from app.services.proof_rule import ProofStanding, proof_standing
from app.services.required_modules import attendance_unkept
from app.services.result_records import result_texts, results_digest, stored_form
from app.text import clean
from app.vault import Signer

_ATTENDANCE = "Điểm danh"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that stands in the way of a close, or that the principal should see.

    `blocking` findings need a written reason to close all the same.
    """

    subject: str
    text: str
    blocking: bool
    count: int = 0


@dataclass(frozen=True, slots=True)
class CloseReport:
    """What a close would freeze, and what is wrong with it."""

    class_id: ClassId
    class_name: str
    period: Period
    findings: tuple[Finding, ...]
    digest: DataDigest
    filled: int
    required: int
    homeroom_missing: bool = False
    """Whether the GVCN has yet to confirm, where the school asks for it."""

    @property
    def complete(self) -> bool:
        """Whether nothing blocks."""
        return not any(finding.blocking for finding in self.findings)


class PeriodClosing:
    """Reports on and performs the close of a class x period."""

    def __init__(self, uows: UowFactory, clock: Clock) -> None:
        self._uows = uows
        self._clock = clock

    def report(self, class_id: ClassId, period: Period) -> CloseReport:
        """Completeness and digest as they are now."""
        with self._uows.read() as uow:
            facts = load_class(uow, class_id)
            report = period_report(facts, period)
            today = self._clock.today()
            missing = homeroom_missing(uow, class_id, period, today)
            report = _with_proofs(report, proof_standing(uow, class_id, period, today))
            report = _with_attendance(uow, report, facts, today)
            return replace(report, homeroom_missing=missing)

    def close(
        self,
        signer: Signer,
        class_id: ClassId,
        period: Period,
        decision_no: str,
        missing_reason: str = "",
    ) -> CommandResult:
        """Close and sign. The signer's own account decides, whoever's session it is.

        Refused when already closed, when an earlier period is still open, when an entry is missing
        without a written reason, without a decision number, and always while a remark of kiểm dò
        waits. The payload is the `CloseReport`.
        """
        number, excuse = clean(decision_no), clean(missing_reason)
        now = self._clock.now()
        with self._uows.write() as uow:
            actor = uow.accounts.actor(signer.uid, self._clock.today())
            require(actor, "chốt sổ", Role.PRINCIPAL)
            facts = load_class(uow, class_id)
            locks = uow.control.class_locks(class_id)
            name = f"{period.label} lớp {facts.klass.name}"
            if not number:
                raise RuleRefused(
                    "decision_required",
                    f"Chưa ghi số quyết định nên chưa chốt {name}; hãy ghi số văn bản, thí dụ "
                    "57/QĐ-THCS.",
                )
            if period in locks.closes:
                done = locks.closes[period]
                raise RuleRefused(
                    "already_closed",
                    f"{name} đã chốt ngày {done.closed_at:%d/%m/%Y} theo QĐ số {done.decision_no} "
                    "nên không chốt lại; muốn đổi điểm phải lập hồ sơ sửa điểm.",
                )
            earlier = _earlier_open(facts.klass, period, locks)
            if earlier is not None:
                raise RuleRefused(
                    "earlier_period_open",
                    f"Lớp {facts.klass.name} chưa chốt {earlier.words} nên chưa chốt "
                    f"{period.words} được; hãy chốt {earlier.words} trước.",
                )
            proofs = proof_standing(uow, class_id, period, now.date())
            if proofs.remarks:
                raise RuleRefused(
                    "proof_remarks_open",
                    f"Chưa chốt {name}: kiểm dò {proofs.remark_words}. Giáo viên trả lời, người "
                    "kiểm dò giải quyết xong ở trang Kiểm dò rồi chốt; lý do không thay được việc "
                    "này.",
                )
            report = _with_proofs(period_report(facts, period), proofs)
            report = _with_attendance(uow, report, facts, now.date())
            if not report.complete and not excuse:
                first = next(f for f in report.findings if f.blocking)
                raise RuleRefused(
                    "incomplete",
                    f"Chưa chốt {name}: {first.subject} {first.text}. Hãy nhập đủ, hoặc ghi lý do "
                    "vì sao vẫn chốt.",
                    report=report,
                )
            if not excuse and homeroom_missing(uow, class_id, period, now.date()):
                raise RuleRefused(
                    "homeroom_missing",
                    f"Chưa chốt {name}: giáo viên chủ nhiệm chưa xác nhận, hoặc số liệu đã đổi sau "
                    "khi xác nhận. Hãy nhắc giáo viên chủ nhiệm xác nhận, hoặc ghi lý do vì sao "
                    "vẫn chốt.",
                )
            stored = stored_form(result_texts(facts, period))
            uow.reviews.store_results(class_id, period, Basis.CLOSE, stored)
            uow.control.close_period(
                class_id,
                PeriodClose(period, now, actor.name, number, report.digest.hex),
                actor.account_id,
                excuse,
            )
            draft = _draft(facts, report, number, excuse, results_digest(stored))
            seq = uow.trail.append(draft, actor, now)
            sign_checkpoint(uow, signer, actor, CheckpointReason.CLOSE, now)
            uow.commit()
        return CommandResult(
            frozenset({Topic.LOCKS, Topic.MARKS, Topic.RESULTS}),
            seq,
            f"Đã chốt {name}",
            class_id,
            report,
        )


def _with_proofs(report: CloseReport, proofs: ProofStanding) -> CloseReport:
    """The report with what proof-reading still lacks; its digest is of the record alone."""
    said = (
        (proofs.remark_words, proofs.remarks),
        (proofs.unconfirmed_words, len(proofs.unconfirmed)),
    )
    found = [Finding("Kiểm dò", text, blocking=True, count=count) for text, count in said if text]
    return replace(report, findings=(*report.findings, *found))


def _with_attendance(
    uow: UnitOfWork, report: CloseReport, facts: ClassFacts, today: date
) -> CloseReport:
    """The report with học kì that have no điểm danh, where the school requires it."""
    terms = _semesters(facts.klass, report.period)
    report = replace(
        report, findings=tuple(_with_day(f, facts, terms, today) for f in report.findings)
    )
    text = attendance_unkept(uow, facts, facts.year.id, terms, today)
    if not text:
        return report
    found = Finding(_ATTENDANCE, text, blocking=True, count=len(terms))
    return replace(report, findings=(*report.findings, found))


def _with_day(finding: Finding, facts: ClassFacts, terms: tuple[Term, ...], today: date) -> Finding:
    """The finding of undeclared months with the day from which the running one can be declared."""
    if finding.subject != _ATTENDANCE or facts.attendance is None:
        return finding
    words = declarable_words(facts.attendance, terms, today)
    return replace(finding, text=f"{finding.text} ({words})") if words else finding


def period_digest(facts: ClassFacts, period: Period) -> DataDigest:
    """d1 of everything a close freezes: roster, marks, comments, conduct, results."""
    return data_digest(period_facts(facts, period))


def period_facts(facts: ClassFacts, period: Period) -> dict[str, object]:
    """The declared facts of a class x period, plain text and integers only.

    What the summer adds belongs to HE: a year that was signed stays what it was.
    """
    facts = facts.before_summer()
    terms = _terms(facts.klass, period)
    columns = [a for a in facts.assessments if a.term in terms]
    subjects = {s.id: s for s in facts.subjects}
    names = {s.id: s.name for s in facts.subjects}
    results = facts.results()
    of_year = period is year_period(facts.klass.regulation)
    pupils: list[dict[str, object]] = []
    for entry in facts.entries:
        pid = entry.pupil_id
        marks = {
            f"{names[a.subject_id]}|{a.term}.{a.code}": trail_text(
                facts.cells[a.id, pid].cell, subjects[a.subject_id].kind_of(a.code)
            )
            for a in columns
            if (a.id, pid) in facts.cells
        }
        comments = {
            f"{names[subject]}|{term}": text
            for (subject, term, who), text in facts.comments.items()
            if who == pid and term in terms and text
        }
        conduct = {
            term.value: [row.level, row.comment, row.excused, row.unexcused]
            for (who, term), row in facts.conduct.items()
            if who == pid and term in terms and row != ConductRow(pid, term, "", "", None, None)
        }
        found = results[pid]
        learning = found.learning_hk1
        if period is not Period.HK1:
            learning = found.learning_year if of_year else None
        pupils.append(
            {
                "position": entry.position,
                "name": entry.profile.full_name,
                "code": entry.profile.ministry_code,
                "left_on": "" if entry.left_on is None else entry.left_on.isoformat(),
                "marks": {k: v for k, v in marks.items() if v},
                "comments": comments,
                "conduct": conduct,
                "learning": "" if learning is None else learning.final,
                "conduct_year": (found.conduct_year or "") if of_year else "",
                "promotion": found.promotion.value if of_year else "",
            }
        )
    declared: dict[str, object] = {
        "class": facts.klass.name,
        "year": facts.year.name,
        "regulation": facts.klass.regulation,
        "period": period.value,
        "pupils": pupils,
    }
    own = _own_choices(facts)
    if own:
        # Only then, so that a close of a class whose pupils study alike keeps its digest.
        declared["own_choices"] = own
    kept = facts.attendance
    semesters = _semesters(facts.klass, period)
    if kept is not None and not kept.kept.isdisjoint(semesters):
        # Only then, so that a close without điểm danh keeps the digest it was signed with.
        declared["attendance"] = _attendance_facts(facts, kept, semesters)
    return declared


def _own_choices(facts: ClassFacts) -> dict[str, object]:
    """By position in the roster: what a pupil does not study, and an own môn chuyên."""
    names = {s.id: s.name for s in facts.subjects}
    found: dict[str, object] = {}
    for entry in facts.entries:
        own = facts.studies.choices.get(entry.pupil_id)
        if own is not None:
            special = "" if own.specialised is None else names[own.specialised]
            found[str(entry.position)] = [sorted(names[s] for s in own.not_taken), special]
    return found


def _attendance_facts(
    facts: ClassFacts, kept: ClassAttendance, terms: tuple[Term, ...]
) -> dict[str, object]:
    """Months declared and every day absent in the terms, by position in the roster."""
    year = facts.year
    found: dict[str, object] = {}
    former = {
        f"{entry.position} {term}": [days.excused, days.unexcused, days.school, days.document]
        for entry in facts.entries
        for term in terms
        if (days := kept.former.get((entry.pupil_id, term))) is not None
    }
    if former:
        # Only then, so that a class without such a pupil keeps the digest it was signed with.
        found["former"] = former
    return found | {
        "months": sorted(f"{month.iso} {term}" for month, term in kept.declared if term in terms),
        "days": {
            str(entry.position): {
                day.isoformat(): kind.value
                for day, kind in kept.absences.get(entry.pupil_id, {}).items()
                if term_of_day(year, day) in terms
            }
            for entry in facts.entries
            if kept.absences.get(entry.pupil_id)
        },
    }


def _terms(klass: SchoolClass, period: Period) -> tuple[EntryTerm, ...]:
    """HK2 closes with the whole year, a kỳ of primary schools by itself."""
    return (period,) if is_primary(klass.regulation) else _semesters(klass, period)


def _semesters(klass: SchoolClass, period: Period) -> tuple[Term, ...]:
    """Học kì whose điểm danh a close freezes; the middle of one freezes none."""
    last = next((t for t in reversed(Term) if closing_of(klass.regulation, t) is period), None)
    return tuple(t for t in Term if t <= last) if last is not None else ()


def _earlier_open(klass: SchoolClass, period: Period, locks: ClassLocks) -> Period | None:
    """The first period before this one that is not closed yet."""
    periods = closing_periods(klass.regulation)
    before = periods[: periods.index(period)] if period in periods else ()
    return next((one for one in before if one not in locks.closes), None)


def period_report(facts: ClassFacts, period: Period) -> CloseReport:
    """Completeness and digest of a class x period; raises for a period that is never closed."""
    periods = closing_periods(facts.klass.regulation)
    if period not in periods:
        raise RuleRefused(
            "no_such_period",
            f"Lớp {facts.klass.name} theo {facts.klass.regulation} không chốt kỳ "
            f"{period.words}; chỉ chốt {', '.join(one.words for one in periods)}.",
        )
    findings = _electives(facts)
    filled = required = 0
    for term in _terms(facts.klass, period):
        counted = _Counted(facts, term, named=period is Period.HK2)
        findings += [*counted.marks(), *counted.conduct(), *counted.notes()]
        if term is Term.HK2:
            findings += counted.year_conduct()
        filled += counted.filled
        required += counted.required
    if is_primary(facts.klass.regulation):
        findings += _undeclared(facts, _semesters(facts.klass, period))
    return CloseReport(
        facts.klass.id,
        facts.klass.name,
        period,
        tuple(findings),
        period_digest(facts, period),
        filled,
        required,
    )


def _electives(facts: ClassFacts) -> list[Finding]:
    """Pupils who do not study as many môn lựa chọn as their programme wants."""
    wanted = electives_wanted(facts.klass.grade, facts.klass.regulation)
    if not wanted:
        return []
    offered = [s.id for s in facts.subjects if s.elective]
    wrong = sum(
        sum(facts.studies.takes(e.pupil_id, s) for s in offered) != wanted
        for e in facts.entries
        if e.left_on is None
    )
    text = f"còn {wrong} học sinh chưa học đúng {wanted} môn lựa chọn"
    return [Finding("Môn lựa chọn", text, blocking=True, count=wrong)] if wrong else []


class _Counted:
    """What a term still lacks; `named` when the sentences must say which term."""

    def __init__(self, facts: ClassFacts, term: EntryTerm, *, named: bool) -> None:
        self._facts = facts
        self._term = term
        self._where = f" ở {term.words}" if named else ""
        self._active = [e for e in facts.entries if e.left_on is None]
        self.filled = 0
        self.required = 0

    def marks(self) -> list[Finding]:
        """Empty and pending cells, subject by subject."""
        facts, found = self._facts, []
        for subject in facts.subjects:
            if self._term not in subject.terms:
                continue
            columns = [
                a
                for a in facts.assessments
                if a.subject_id == subject.id and a.term is self._term and is_required(a.code)
            ]
            empty = pending = 0
            for entry in self._active:
                if not facts.studies.takes(entry.pupil_id, subject.id):
                    continue
                cells = [facts.cells.get((a.id, entry.pupil_id)) for a in columns]
                gaps = sum(c is None or c.cell == EMPTY for c in cells)
                self.required += len(columns)
                self.filled += len(columns) - gaps
                empty += bool(gaps)
                pending += any(c and c.cell.state is CellState.PENDING_MAKEUP for c in cells)
            found += self._finding(subject.name, empty, missing_words(subject.kind))
            found += self._finding(subject.name, pending, "chờ kiểm tra bù")
        return found

    def conduct(self) -> list[Finding]:
        """Pupils without a level or without days absent; primary schools have no rèn luyện."""
        if not isinstance(self._term, Term):
            return []
        rows = [self._facts.conduct.get((e.pupil_id, self._term)) for e in self._active]
        no_level = sum(row is None or not row.level for row in rows)
        word = self._facts.regulation.circular.conduct_word
        found = self._finding(word, no_level, f"chưa có kết quả {word.lower()}")
        attendance = self._facts.attendance
        if attendance is not None and self._term in attendance.kept:
            return found + _undeclared(self._facts, (self._term,))
        no_days = sum(row is None or None in (row.excused, row.unexcused) for row in rows)
        return found + self._finding("Chuyên cần", no_days, "chưa ghi số buổi nghỉ")

    def year_conduct(self) -> list[Finding]:
        """Pupils without the year's level, where the circular has it entered."""
        facts = self._facts
        if facts.regulation.conduct_year_is_computed:
            return []
        missing = sum(e.pupil_id not in facts.studies.year_conduct for e in self._active)
        word = facts.regulation.circular.conduct_word
        text = f"còn {missing} học sinh chưa có {word.lower()} cả năm"
        return [Finding(word, text, blocking=True, count=missing)] if missing else []

    def notes(self) -> list[Finding]:
        """Pupils in inclusive education without the note the form wants (M7)."""
        facts = self._facts
        sheet = next((s for s in facts.subjects if s.kind is SubjectKind.TRAITS), None)
        if sheet is None:
            return []
        silent = sum(
            bool(e.profile.inclusion) and not facts.comments.get((sheet.id, self._term, e.pupil_id))
            for e in self._active
        )
        return self._finding("Ghi chú", silent, "khuyết tật học hòa nhập chưa có ghi chú")

    def _finding(self, subject: str, count: int, what: str) -> list[Finding]:
        if not count:
            return []
        text = f"còn {count} học sinh {what}{self._where}"
        return [Finding(subject, text, blocking=True, count=count)]


def _undeclared(facts: ClassFacts, semesters: tuple[Term, ...]) -> list[Finding]:
    """Months of điểm danh that nobody declared complete."""
    attendance = facts.attendance
    if attendance is None:
        return []
    found: list[Finding] = []
    for term in semesters:
        missing = attendance.missing(term) if term in attendance.kept else ()
        if missing:
            text = f"chưa báo đủ {attendance.missing_words(term)}"
            found.append(Finding(_ATTENDANCE, text, blocking=True, count=len(missing)))
    return found


def _draft(
    facts: ClassFacts, report: CloseReport, number: str, excuse: str, results: str
) -> TrailDraft:
    return TrailDraft(
        "period.close",
        {
            "class": facts.klass.name,
            "period": report.period.value,
            "decision": number,
            "data_digest": report.digest.hex,
            "results_digest": results,
            "filled": report.filled,
            "required": report.required,
            "missing_reason": excuse,
        },
        facts.klass.id,
    )
