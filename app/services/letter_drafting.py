"""From a text with fields to the letter as it is to be printed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.actor import Actor
from app.domain.ids import AccountId, SchoolYearId
from app.domain.letters import (
    DOTTED_LINE,
    LetterKind,
    LetterText,
    LetterWords,
    board_gaps,
    fields_in,
    fill,
    lone_field,
)
from app.domain.papers import DocumentKind
from app.domain.roles import Role
from app.domain.school import SchoolYear
from app.errors import RuleRefused
from app.letter_templates import SHIPPED
from app.ports import UnitOfWork
from app.readmodels.letter import (
    BlockStyle,
    LetterBlock,
    LetterDraft,
    LetterFacts,
    LetterForm,
    LetterPaper,
)
from app.services.book_assembly import school_lines
from app.services.letter_fields import (
    BLOCKS,
    VALUES,
    board_of,
    letter_facts,
    registered,
    year_words,
)
from app.services.settings import SYMBOL
from app.text import fold

_NO_NUMBER = "      "
"""Room in front of the symbol, where văn thư writes the number."""
_FORMS = {
    DocumentKind.DECISION: LetterForm.DECISION,
    DocumentKind.LETTER: LetterForm.OFFICIAL,
    DocumentKind.MINUTES: LetterForm.MINUTES,
    DocumentKind.RULES: LetterForm.ENCLOSED,
}
_MANAGERS = (Role.PRINCIPAL.value, Role.VICE_PRINCIPAL.value)


def current_text(uow: UnitOfWork, kind: LetterKind) -> LetterText:
    """The newest version of the school, or the shipped text."""
    own = uow.letters.texts(kind)
    return own[-1] if own else LetterText(kind, 0, SHIPPED[kind])


def draft_letter(
    uow: UnitOfWork,
    actor: Actor,
    year_id: SchoolYearId,
    kind: LetterKind,
    today: date,
    text: LetterText | None = None,
) -> LetterDraft:
    """The letter with today's data under `text` (None: the newest version)."""
    school = uow.school.get()
    if school is None:
        raise RuleRefused("no_school", "Tệp chưa ghi tên trường; hãy điền ở trang Quản trị.")
    year = uow.school.year(year_id)
    text = text or current_text(uow, kind)
    refuse_strange_fields(text.words)
    facts = letter_facts(uow, actor, year, school, kind, today)
    document = registered(uow, year, kind)
    day = (document and document.issued_on) or today
    words = text.words
    form = _FORMS.get(kind.document, LetterForm.NAMED)
    paper = LetterPaper(
        kind=kind.value,
        form=form,
        school=school_lines(school),
        school_year=year_words(year),
        title="" if form is LetterForm.OFFICIAL else kind.document.label.upper(),
        about=fill(words.about, facts.values),
        number=(document.code if document else "") or _unnumbered(uow, kind),
        day=day.day,
        month=day.month,
        year=day.year,
        addressee=_lines(words.addressee, facts),
        authority=f"HIỆU TRƯỞNG {school.name.upper()}" if form is LetterForm.DECISION else "",
        issued_with=_issued_with(uow, year_id) if form is LetterForm.ENCLOSED else "",
        blocks=_blocks(words.body, facts),
        recipients=_lines(words.recipients, facts),
        signers=_signers(form, facts),
    )
    return LetterDraft(paper, _gaps(uow, year_id, kind, words, facts, today))


def refuse_strange_fields(words: LetterWords) -> None:
    """Raises `letter_field` for a field that nothing fills or that cannot stand where it does."""
    known = {*VALUES, *BLOCKS}
    whole = "\n".join((words.about, words.addressee, words.body, words.recipients))
    if whole.count("{{") != whole.count("}}"):
        raise RuleRefused(
            "letter_field",
            "Có dấu {{ không có }} đi kèm; mỗi trường điền tự động phải viết như {{năm học}}.",
        )
    for name in fields_in(whole):
        if name in known:
            continue
        near = [one for one in (*VALUES, *BLOCKS) if fold(one) == fold(name)]
        hint = f"có phải {{{{{near[0]}}}}}" if near else "hãy chọn trong danh sách bên phải"
        raise RuleRefused(
            "letter_field", f"Không có trường {{{{{name}}}}} để điền; {hint}.", field=name
        )
    for line in whole.splitlines():
        table = next((name for name in fields_in(line) if name in BLOCKS), "")
        if table and (lone_field(line) != table or line not in words.body.splitlines()):
            raise RuleRefused(
                "letter_field",
                f"Trường {{{{{table}}}}} là cả một phần nên phải đứng riêng một dòng trong phần "
                "nội dung; hãy tách dòng.",
                field=table,
            )


def as_registered(uow: UnitOfWork, year: SchoolYear, paper: LetterPaper) -> LetterPaper:
    """An issued letter with the number and day that văn thư has written on it since."""
    if paper.form is LetterForm.ENCLOSED:
        return replace(paper, issued_with=_issued_with(uow, year.id))
    document = registered(uow, year, LetterKind(paper.kind))
    if document is None or document.issued_on is None:
        return paper
    day = document.issued_on
    return replace(paper, number=document.code, day=day.day, month=day.month, year=day.year)


def _unnumbered(uow: UnitOfWork, kind: LetterKind) -> str:
    if not kind.numbered:
        return ""
    school = uow.school.setting(SYMBOL)
    symbol = "-".join(part for part in (kind.document.sign, school) if part)
    return f"{_NO_NUMBER}/{symbol}" if symbol else ""


def _issued_with(uow: UnitOfWork, year_id: SchoolYearId) -> str:
    """The line under the title of quy chế, which has no number and no day of its own."""
    decision = registered(uow, uow.school.year(year_id), LetterKind.RULES_DECISION)
    if decision is None or decision.issued_on is None:
        number = _unnumbered(uow, LetterKind.RULES_DECISION).strip() or "/QĐ"
        return f"(Ban hành kèm theo Quyết định số ……{number} ngày … tháng … năm …)"
    day = decision.issued_on
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return (
        f"(Ban hành kèm theo Quyết định số {decision.code} ngày {day.day:02d} tháng {month} năm "
        f"{day.year} của Hiệu trưởng)"
    )


def _lines(text: str, facts: LetterFacts) -> tuple[str, ...]:
    return tuple(fill(line.strip(), facts.values) for line in text.splitlines() if line.strip())


def _blocks(body: str, facts: LetterFacts) -> tuple[LetterBlock, ...]:
    found: list[LetterBlock] = []
    for line in body.splitlines():
        text = line.strip()
        if not text:
            continue
        whole = facts.blocks.get(lone_field(text))
        if whole is not None:
            found.extend(whole)
        elif text == DOTTED_LINE:
            found.append(LetterBlock(BlockStyle.DOTS))
        elif text.startswith("# "):
            found.append(LetterBlock(BlockStyle.HEADING, fill(text[2:], facts.values)))
        elif text.startswith("= "):
            found.append(LetterBlock(BlockStyle.CENTRED, fill(text[2:], facts.values)))
        elif text.startswith(("Theo đề nghị", "Căn cứ ")):
            found.append(LetterBlock(BlockStyle.GROUND, fill(text, facts.values)))
        else:
            found.append(LetterBlock(BlockStyle.TEXT, fill(text, facts.values)))
    return tuple(_joined_grounds(found))


def _joined_grounds(blocks: list[LetterBlock]) -> list[LetterBlock]:
    """Grounds that follow each other: ";" behind each, "." behind the last (Phụ lục I, II.5)."""
    found = list(blocks)
    for at, block in enumerate(found):
        if block.style is not BlockStyle.GROUND:
            continue
        goes_on = at + 1 < len(found) and found[at + 1].style is BlockStyle.GROUND
        found[at] = LetterBlock(
            BlockStyle.GROUND, f"{block.text.rstrip(';.')}{';' if goes_on else '.'}"
        )
    return found


def _signers(form: LetterForm, facts: LetterFacts) -> tuple[tuple[str, str], ...]:
    if form is LetterForm.MINUTES:
        return (
            ("THƯ KÝ", facts.values["thư ký ban"]),
            ("CHỦ TRÌ", facts.values["trưởng ban"]),
        )
    if form is LetterForm.ENCLOSED:
        return ()
    return (("HIỆU TRƯỞNG", facts.values["hiệu trưởng"]),)


def _gaps(
    uow: UnitOfWork,
    year_id: SchoolYearId,
    kind: LetterKind,
    words: LetterWords,
    facts: LetterFacts,
    today: date,
) -> tuple[str, ...]:
    whole = "\n".join((words.about, words.addressee, words.body, words.recipients))
    empty = [
        facts.lacks.get(name, f"{{{{{name}}}}} chưa có dữ liệu")
        for name in dict.fromkeys(fields_in(whole))
        if not (facts.values.get(name) or facts.blocks.get(name))
    ]
    board = board_of(kind)
    if board is not None:
        members = uow.letters.members(year_id, board)
        managers = frozenset(
            AccountId(a.id)
            for a in uow.accounts.all(today)
            if a.disabled_on is None and any(role in a.roles for role in _MANAGERS)
        )
        if members:
            lacks = board_gaps(board, members, managers)
            empty += [f"{board.label} còn thiếu {lack}" for lack in lacks]
    return tuple(dict.fromkeys(empty))
