"""Mẫu sổ: adjust a printed form by a decision from a day on, and see it before it is kept.

A version is never changed. A run is drawn with what is in force on its day and keeps the digest of
those settings beside its own bytes, so what a paper looked like stays provable (M92, M225).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.actor import Actor, require
from app.changes import CommandResult, Topic
from app.clock import Clock
from app.digests import data_digest
from app.domain.accounts import refuse_too_long
from app.domain.form_settings import (
    SPECS,
    BookForm,
    FormSettings,
    FormSpec,
    FormVersion,
    SchoolForms,
    checked_settings,
    form_of_kind,
    in_force,
    shipped,
)
from app.domain.roles import SETTERS
from app.domain.school_levels import Level
from app.domain.trail import TrailDraft
from app.errors import RuleRefused
from app.ports import PrintRun, UnitOfWork, UowFactory
from app.presses import PaperPress
from app.readmodels import form_samples
from app.readmodels.class_book import PrintStamp, SchoolLines
from app.readmodels.rendered_pdf import RenderedPdf
from app.services.print_keeping import is_practice_print
from app.services.rule_book import RuleAct
from app.services.school_facts import USUAL_STAGE, levels_of
from app.services.standing import require_standing, standing
from app.text import clean, date_vn

_WHAT = "đổi mẫu sổ của trường"
_TOPICS = frozenset({Topic.SETTINGS, Topic.TRAIL})
_NUMBER_LIMIT, _NOTE_LIMIT = 60, 300


@dataclass(frozen=True, slots=True)
class FormBoard:
    """One form for the screen: what may be adjusted, what is in force today, every version."""

    spec: FormSpec
    now: FormSettings
    versions: tuple[FormVersion, ...]
    """The newest first; those that begin later too."""
    current: FormVersion | None
    may_change: bool


class FormDesk:
    """Reads, previews and settles the forms of one file."""

    def __init__(self, uows: UowFactory, clock: Clock, press: PaperPress) -> None:
        self._uows = uows
        self._clock = clock
        self._press = press

    def forms(self) -> tuple[FormSpec, ...]:
        """Those the school's levels print."""
        with self._uows.read() as uow:
            school = uow.school.get()
        levels = set(levels_of(USUAL_STAGE if school is None else school.stage))
        unused = set() if Level.PRIMARY in levels else {BookForm.PRIMARY_SUMMARY}
        if levels == {Level.PRIMARY}:
            unused = {BookForm.CLASS_BOOK}
        return tuple(spec for form, spec in SPECS.items() if form not in unused)

    def board(self, actor: Actor, form: BookForm) -> FormBoard:
        """One form as of today."""
        today = self._clock.today()
        with self._uows.read() as uow:
            versions = uow.forms.versions(form)
            may = standing(uow, actor, today).has(*SETTERS)
        current = in_force(versions, today)
        now = shipped(form) if current is None else current.settings
        return FormBoard(SPECS[form], now, tuple(reversed(versions)), current, may)

    def in_force(self, form: BookForm) -> FormSettings:
        """What is in force today, for whoever prints."""
        with self._uows.read() as uow:
            return uow.forms.on(self._clock.today()).of(form)

    def check(self, form: BookForm, wanted: FormSettings) -> FormSettings:
        """What would be kept of `wanted`; refused where the form does not allow it."""
        return checked_settings(form, wanted)

    def preview(self, form: BookForm, wanted: FormSettings) -> RenderedPdf:
        """An invented paper drawn as `wanted`; refused as it would be when settled."""
        settings = checked_settings(form, wanted)
        with self._uows.read() as uow:
            found = uow.school.get()
            practice = is_practice_print(uow)
        school = SchoolLines("", "Trường", "", "")
        if found is not None:
            school = SchoolLines(found.authority, found.name, found.commune, found.province)
        primary = found is not None and levels_of(found.stage) == (Level.PRIMARY,)
        stamp = PrintStamp(
            *("", self._clock.now(), data_digest({"form": "preview", "facts": form.value})),
            draft=True,
            practice=practice,
            paper=settings.paper,
            forms=SchoolForms(((form, settings),)),
        )
        press = self._press
        if form is BookForm.CLASS_BOOK:
            return press.class_book(form_samples.sample_class_book(school), stamp)
        if form is BookForm.TEACHER_BOOK:
            return press.teacher_book(form_samples.sample_teacher_book(school), stamp)
        if form is BookForm.PRIMARY_SUMMARY:
            return press.primary_summary(form_samples.sample_primary_summary(school), stamp)
        if form is BookForm.REPORT_BOOKLET:
            paper = form_samples.sample_booklets(school, primary=primary)
            return press.report_booklets(paper, stamp)
        return press.year_lists(form_samples.sample_letter(school), stamp)

    def settle(
        self, actor: Actor, form: BookForm, wanted: FormSettings, act: RuleAct
    ) -> CommandResult:
        """Keep a new version from a day on; the form as shipped is a version as any other."""
        require(actor, _WHAT, *SETTERS)
        settings = checked_settings(form, wanted)
        spec, today = SPECS[form], self._clock.today()
        with self._uows.write() as uow:
            actor = require_standing(uow, actor, today, _WHAT, *SETTERS)
            versions = uow.forms.versions(form)
            before = versions[-1].settings if versions else shipped(form)
            if settings == before:
                raise RuleRefused(
                    "form_same",
                    f"Mẫu {spec.title} đang đúng như vậy nên không có gì để ghi.",
                )
            number, decided, starts = _checked_act(act, versions, today)
            note = clean(act.note)
            refuse_too_long(note, "Ghi chú", _NOTE_LIMIT)
            now = self._clock.now()
            version = FormVersion(
                *(form, len(versions) + 1, starts, number, decided, note, settings),
                *(actor.name, now),
            )
            uow.forms.add(version, actor.account_id)
            seq = uow.trail.append(TrailDraft("form.set", _detail(version, before)), actor, now)
            uow.commit()
        return CommandResult(
            _TOPICS, seq, f"Mẫu {spec.title}: áp dụng từ {date_vn(starts)}", None, version
        )


def version_of_run(uow: UnitOfWork, run: PrintRun) -> FormVersion | None:
    """The settings a run was drawn with; None for the form as shipped.

    Of versions with the same settings the one in force on the day of the print is meant.
    """
    if not run.form_digest:
        return None
    day = run.made_at.date()
    same = [
        version
        for version in uow.forms.versions(form_of_kind(run.kind))
        if version.settings.digest == run.form_digest and version.starts_on <= day
    ]
    return same[-1] if same else None


def changed_words(
    form: BookForm, before: FormSettings, after: FormSettings
) -> tuple[tuple[str, str, str], ...]:
    """(what, old words, new words) of everything that differs."""
    pairs = (
        *((f"Lời ghi “{old}”", before.caption(old), after.caption(old))
          for old in SPECS[form].captions),
        ("Dòng địa danh", before.place, after.place),
        ("Địa danh trước ngày tháng", before.dated, after.dated),
        ("Khổ giấy", before.paper.words, after.paper.words),
        ("Số hàng một trang", _rows(form, before), _rows(form, after)),
        ("Cột thêm ở cuối", _tail(before), _tail(after)),
        ("Thể thức ký", before.signer.words, after.signer.words),
        ("Chức danh người ký", before.signer_title, after.signer_title),
        ("Họ tên người ký", before.signer_name, after.signer_name),
        ("In sẵn họ tên ở chỗ ký", _yes(before), _yes(after)),
    )  # fmt: skip
    return tuple(
        (what, old or "theo mẫu", new or "theo mẫu") for what, old, new in pairs if old != new
    )


def _rows(form: BookForm, settings: FormSettings) -> str:
    return str(settings.rows or SPECS[form].rows[1])


def _tail(settings: FormSettings) -> str:
    heads = ", ".join(head or "(để trống)" for head in settings.tail)
    return heads or "không"


def _yes(settings: FormSettings) -> str:
    return "có" if settings.names else "không"


def _detail(version: FormVersion, before: FormSettings) -> dict[str, object]:
    changed = changed_words(version.form, before, version.settings)
    return {
        "form": version.form.value,
        "title": SPECS[version.form].title,
        "number": version.number,
        "starts_on": version.starts_on.isoformat(),
        "decision": version.decision_no,
        "decision_on": version.decision_on.isoformat(),
        "changed": [list(one) for one in changed],
        "digest": version.settings.digest,
        "note": version.note,
    }


def _checked_act(
    act: RuleAct, versions: tuple[FormVersion, ...], today: date
) -> tuple[str, date, date]:
    """Number, day and first day of the decision, or the refusal."""
    number = clean(act.decision_no)
    if not number or act.decision_on is None:
        raise RuleRefused(
            "decision_required",
            "Chưa ghi số và ngày quyết định của hiệu trưởng nên chưa đổi mẫu sổ; hãy ghi cả hai, "
            "thí dụ 41/QĐ-THCS ngày 01/09.",
        )
    refuse_too_long(number, "Số quyết định", _NUMBER_LIMIT)
    if act.decision_on > today:
        raise RuleRefused(
            "decision_day",
            f"Quyết định ghi ngày {date_vn(act.decision_on)}, sau hôm nay {date_vn(today)}; hãy "
            "ghi lại ngày trên văn bản.",
        )
    first = max([today, *(version.starts_on for version in versions[-1:])])
    if act.starts_on is None or act.starts_on < first:
        raise RuleRefused(
            "form_start",
            f"Mẫu mới chỉ áp dụng được từ {date_vn(first)} trở đi, vì bản in trước đó đã theo mẫu "
            "cũ; hãy chọn lại ngày.",
        )
    return number, act.decision_on, act.starts_on
