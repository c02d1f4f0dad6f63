"""Văn bản về sổ điểm: words that the school may change, preview, official print, Word file.

What was official stays: the print keeps its bytes, its facts and its Word file; the register keeps
its number. A changed text is a new version, and every earlier one stays readable.
"""

from __future__ import annotations

from app.actor import Actor, require
from app.changes import CommandResult, Topic
from app.clock import Clock
from app.domain.accounts import refuse_too_long
from app.domain.ids import SchoolYearId
from app.domain.letters import Board, BoardMember, LetterKind, LetterText, LetterWords, Seat
from app.domain.roles import Role
from app.domain.trail import TrailDraft
from app.errors import RuleRefused
from app.letter_templates import SHIPPED
from app.ports import UnitOfWork, UowFactory
from app.presses import PaperPress
from app.readmodels.class_book import PrintStamp
from app.readmodels.letter import LetterDraft, LetterLine, letter_digest, letter_json
from app.readmodels.rendered_pdf import RenderedPdf
from app.services.account_papers import PRINTERS
from app.services.letter_drafting import current_text, draft_letter, refuse_strange_fields
from app.services.letter_fields import letter_title, registered
from app.services.print_keeping import (
    checkpoint_code,
    is_practice_print,
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
_NAME_LIMIT, _DUTY_LIMIT, _MOST_MEMBERS = 80, 300, 40


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
            code, practice = checkpoint_code(uow), is_practice_print(uow)
        digest = letter_digest(draft.paper)
        stamp = PrintStamp(
            "", self._clock.now(), digest, draft=True, checkpoint_code=code, practice=practice
        )
        return self._press.letter(draft.paper, stamp)

    def word_file(self, draft: LetterDraft) -> bytes:
        """The draft as .docx, for whoever finishes it by hand."""
        return self._press.letter_docx(draft.paper, self._clock.now())

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
                WORD_FILE: self._press.letter_docx(draft.paper, now),
            }
            return keep_run(uow, actor, run, pdf, files)

    # --- boards

    def members(self, year_id: SchoolYearId, board: Board) -> tuple[BoardMember, ...]:
        """Who sits on the board of the year."""
        with self._uows.read() as uow:
            return uow.letters.members(year_id, board)

    def propose_members(self, board: Board) -> tuple[BoardMember, ...]:
        """Whoever holds the offices today, in their seats; nothing is kept."""
        with self._uows.read() as uow:
            return _proposal(uow, board, self._clock)

    def set_members(
        self,
        actor: Actor,
        year_id: SchoolYearId,
        board: Board,
        members: tuple[BoardMember, ...],
    ) -> CommandResult:
        """Replace everybody on the board; what it still lacks is asked when it is printed."""
        what = f"lập {board.label}"
        require(actor, what, *SETTERS)
        checked = tuple(_checked_member(one) for one in members)
        if not 1 <= len(checked) <= _MOST_MEMBERS:
            raise RuleRefused(
                "board_size",
                f"{board.label} có {len(checked)} người; hãy ghi từ 1 đến {_MOST_MEMBERS} người.",
            )
        names = [(one.full_name, one.account_id) for one in checked]
        twice = next((name for name, _ in names if names.count((name, _)) > 1), "")
        if twice:
            raise RuleRefused(
                "member_twice", f"{twice} có hai dòng trong {board.label}; hãy bỏ một dòng."
            )
        with self._uows.write() as uow:
            now = self._clock.now()
            actor = require_standing(uow, actor, now.date(), what, *SETTERS)
            year = uow.school.year(year_id)
            if uow.letters.members(year_id, board) == checked:
                raise RuleRefused(
                    "members_same", f"Danh sách {board.label} không đổi nên không có gì để ghi."
                )
            uow.letters.put_members(year_id, board, checked)
            detail = {
                "board": board.value,
                "year": year.name,
                "members": [[one.full_name, one.seat.value, one.duty] for one in checked],
            }
            seq = uow.trail.append(TrailDraft("board.set", detail), actor, now)
            uow.commit()
        return CommandResult(_TOPICS, seq, f"Đã ghi {board.label}: {len(checked)} người")


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


def _checked_member(member: BoardMember) -> BoardMember:
    name = clean(member.full_name)
    if not name:
        raise RuleRefused("member_blank", "Có dòng chưa ghi họ tên; hãy ghi hoặc bỏ dòng ấy.")
    office, duty = clean(member.office), clean(member.duty)
    refuse_too_long(name, "Họ tên", _NAME_LIMIT)
    refuse_too_long(office, "Chức vụ", _NAME_LIMIT)
    refuse_too_long(duty, "Nhiệm vụ", _DUTY_LIMIT)
    return BoardMember(member.seat, name, office, duty, member.account_id)


_SEATS = (
    (Role.PRINCIPAL, Seat.HEAD, "Phụ trách chung; quyết định mở, khóa, chốt sổ; duyệt sửa điểm."),
    (Role.VICE_PRINCIPAL, Seat.DEPUTY, "Kiểm tra, giám sát tiến độ và chất lượng vào điểm."),
    (Role.SECRETARY, Seat.SECRETARY, "In sổ, đóng dấu, lưu bản in; ghi sổ văn bản; biên bản họp."),
    (
        Role.ADMINISTRATOR,
        Seat.MEMBER,
        "Quản trị tài khoản, sao lưu, bảo mật; đóng mở sổ theo lệnh.",
    ),
    (Role.DEPARTMENT_HEAD, Seat.MEMBER, "Đôn đốc, kiểm tra việc vào điểm của tổ; kiểm dò."),
)


def _proposal(uow: UnitOfWork, board: Board, clock: Clock) -> tuple[BoardMember, ...]:
    people = [a for a in uow.accounts.all(clock.today()) if a.disabled_on is None]
    seats = _SEATS if board is Board.MANAGEMENT else _SEATS[1:4]
    found: list[BoardMember] = []
    for role, seat, duty in seats:
        for account in people:
            if role.value not in account.roles or any(m.account_id == account.id for m in found):
                continue
            # A tổ is headed by whoever of the management is first on its list.
            first = not found or (seat is Seat.HEAD)
            taken = Seat.HEAD if first and role in (Role.PRINCIPAL, Role.VICE_PRINCIPAL) else seat
            found.append(BoardMember(taken, account.full_name, role.label, duty, account.id))
    return tuple(found)
