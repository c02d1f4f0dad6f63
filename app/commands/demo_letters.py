"""Letters of the sample school and the dossier bound of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from app.domain.dossiers import DossierPart, EnclosedPaper
from app.domain.letters import Board, LetterKind
from app.domain.papers import BasisUse, DocumentKind
from app.domain.print_runs import PAPER_NAMES
from app.services.legal_bases import BasisDraft

if TYPE_CHECKING:
    from app.changes import CommandResult
    from app.commands.sample_school import SampleYear

_GROUND = BasisDraft(
    DocumentKind.DECREE,
    "30/2020/NĐ-CP",
    date(2020, 3, 5),
    "Chính phủ",
    "về công tác văn thư",
    tuple(BasisUse),
)


def print_letters(sample: SampleYear) -> Iterator[tuple[str, CommandResult]]:
    """Every letter that has its facts, with boards of whoever holds the offices; last the dossier.

    A school whose proof-readers were never appointed has no decision that names them.
    """
    work, secretary, year = sample.work, sample.actor("secretary"), sample.year_id
    if not any(BasisUse.DECISIONS in basis.uses for basis in work.bases.of_year(year)):
        work.bases.add(secretary, year, _GROUND)
    for board in Board:
        members = work.letter_boards.propose_members(board)
        work.letter_boards.set_members(secretary, year, board, members)
    for kind in LetterKind:
        if not work.letters.draft(secretary, year, kind).gaps:
            name = f"van-ban/{PAPER_NAMES[kind.run_kind]}"
            yield name, work.letters.print_letter(secretary, year, kind)
    enclosed = EnclosedPaper(DossierPart.ONE_SYSTEM, "Ảnh chụp màn hình kết nối", 2)
    work.dossiers.enclose(secretary, year, enclosed)
    yield "van-ban/ho-so-so-diem", work.dossiers.print_dossier(secretary, year)
