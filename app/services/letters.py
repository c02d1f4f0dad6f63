"""Văn bản về sổ điểm: words that the school may change, preview, official print, Word file.

What was official stays: the print keeps its bytes, its facts and its Word file; the register keeps
its number. A changed text is a new version, and every earlier one stays readable.
"""

from __future__ import annotations

from app.actor import Actor, require
from app.changes import CommandResult, Topic
from app.clock import Clock
from app.domain.accounts import refuse_too_long
from app.domain.form_settings import BookForm
from app.domain.ids import SchoolYearId
from app.domain.letters import LetterKind, LetterText, LetterWords
from app.domain.trail import TrailDraft
from app.errors import RuleRefused
from app.letter_templates import SHIPPED
from app.ports import UowFactory
from app.presses import PaperPress
from app.readmodels.letter import LetterDraft, LetterLine, letter_digest, letter_json
from app.readmodels.rendered_pdf import RenderedPdf
from app.services.account_papers import PRINTERS
from app.services.letter_drafting import current_text, draft_letter, refuse_strange_fields
from app.services.letter_fields import letter_title, registered
from app.services.print_keeping import (
    draft_stamp,
    keep_run,
    official_run,
    official_stamp,
)
from app.services.school_setup import SETTERS
from app.services.standing import require_standing
from app.text import clean

FACTS_FILE, WORD_FILE = "van-ban.json", "van-ban.docx"
"""What is kept beside the bytes of an official letter."""
_TOPICS = frozenset({Topic.SETTINGS, Topic.TRAIL})
_WHAT, _PRINT = "sửa mẫu văn bản của trường", "in văn bản của trường"
_ABOUT_LIMIT, _LIST_LIMIT, _BODY_LIMIT = 300, 1000, 40_000


class Letters:
    """The letters of a school year and their texts."""

    def __init__(self, uows: UowFactory, clock: Clock, press: PaperPress) -> None:
        self._uows = uows
        self._clock = clock
        self._press = press

    def lines(self, actor: Actor, year_id: SchoolYearId) -> tuple[LetterLine, ...]:
        """Every kind with the version of its text, how often it was printed, and its number."""
        with self._uows.read() as uow:
            require_standing(uow, actor, self._clock.today(), "xem văn bản của trường", *PRINTERS)
            year = uow.school.year(year_id)
            runs = uow.prints.of_year(year_id)
            return tuple(
                LetterLine(
                    kind,
                    current_text(uow, kind).version,
                    sum(run.kind == kind.run_kind for run in runs),
                    registered(uow, year, kind),
                )
                for kind in LetterKind
            )

    def versions(self, kind: LetterKind) -> tuple[LetterText, ...]:
        """The shipped text and the school's own, the oldest first."""
        with self._uows.read() as uow:
            return (LetterText(kind, 0, SHIPPED[kind]), *uow.letters.texts(kind))

    def draft(
        self,
        actor: Actor,
        year_id: SchoolYearId,
        kind: LetterKind,
        words: LetterWords | None = None,
    ) -> LetterDraft:
        """The letter as it would be printed now; with `words`, as it would read under them."""
        with self._uows.read() as uow:
            today = self._clock.today()
            actor = require_standing(uow, actor, today, _PRINT, *PRINTERS)
            text = None if words is None else LetterText(kind, 0, _checked(words))
            return draft_letter(uow, actor, year_id, kind, today, text)

    def preview(self, draft: LetterDraft) -> RenderedPdf:
        """The draft on paper, marked "bản làm việc"; no number, nothing kept."""
        with self._uows.read() as uow:
            stamp = draft_stamp(uow, letter_digest(draft.paper), self._clock.now())
        return self._press.letter(draft.paper, stamp)

    def word_file(self, draft: LetterDraft) -> bytes:
        """The draft as .docx, for whoever finishes it by hand."""
        now = self._clock.now()
        with self._uows.read() as uow:
            form = uow.forms.on(now.date()).of(BookForm.LETTER)
        return self._press.letter_docx(draft.paper, now, form)

    def save_text(self, actor: Actor, kind: LetterKind, words: LetterWords) -> CommandResult:
        """A new version of the school's own words; refused when nothing differs."""
        require(actor, _WHAT, *SETTERS)
        checked = _checked(words)
        with self._uows.write() as uow:
            actor = require_standing(uow, actor, self._clock.today(), _WHAT, *SETTERS)
            now, last = self._clock.now(), current_text(uow, kind)
            if last.words == checked:
                raise RuleRefused(
                    "letter_same",
                    f"Nội dung {kind.label} giống hệt bản đang dùng nên không có gì để ghi.",
                )
            version = LetterText(kind, last.version + 1, checked, actor.name, now)
            uow.letters.add_text(version, actor.account_id)
            detail = {
                "letter": kind.value,
                "version": version.version,
                "shipped": checked == SHIPPED[kind],
            }
            seq = uow.trail.append(TrailDraft("letter.worded", detail), actor, now)
            uow.commit()
        said = f"Đã ghi bản {version.version} của {kind.label}"
        return CommandResult(_TOPICS, seq, said, payload=version)

    def print_letter(self, actor: Actor, year_id: SchoolYearId, kind: LetterKind) -> CommandResult:
        """One numbered run, with a line in the register; the payload is `Printed`.

        Refused `letter_gaps` while a field has nothing to say: a principal signs no dots.
        """
        with self._uows.write() as uow:
            now = self._clock.now()
            actor = require_standing(uow, actor, now.date(), _PRINT, *PRINTERS)
            draft = draft_letter(uow, actor, year_id, kind, now.date())
            title = letter_title(kind, uow.school.year(year_id))
            if draft.gaps:
                raise RuleRefused(
                    "letter_gaps",
                    f"{title} chưa in chính thức được: {'; '.join(draft.gaps)}.",
                    gaps=draft.gaps,
                )
            stamp = official_stamp(uow, year_id, letter_digest(draft.paper), now)
            pdf = self._press.letter(draft.paper, stamp)
            run = official_run(actor, year_id, kind.run_kind, title, stamp, pdf)
            files = {
                FACTS_FILE: letter_json(draft.paper),
                WORD_FILE: self._press.letter_docx(
                    draft.paper, now, stamp.forms.of(BookForm.LETTER)
                ),
            }
            return keep_run(uow, actor, run, pdf, files)


def _checked(words: LetterWords) -> LetterWords:
    about = clean(words.about)
    body = "\n".join(clean(line) for line in words.body.strip().splitlines())
    if not about or not body:
        raise RuleRefused(
            "letter_blank", "Trích yếu và nội dung không được để trống; hãy ghi cả hai."
        )
    recipients, addressee = (
        "\n".join(line for line in map(clean, text.splitlines()) if line)
        for text in (words.recipients, words.addressee)
    )
    refuse_too_long(about, "Trích yếu", _ABOUT_LIMIT)
    refuse_too_long(addressee, "Kính gửi", _LIST_LIMIT)
    refuse_too_long(recipients, "Nơi nhận", _LIST_LIMIT)
    refuse_too_long(body, "Nội dung", _BODY_LIMIT)
    checked = LetterWords(about, body, recipients, addressee)
    refuse_strange_fields(checked)
    return checked
