"""Gõ lại lần hai, hoặc danh sách đã công bố: every difference shown, no mark ever written.

What differs becomes a remark for the teacher only when the reader says so (Thanh Hóa, 2026: what
was announced and what was entered differed and were compared only afterwards).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.actor import Actor
from app.changes import CommandResult
from app.clock import Clock
from app.domain.marks import CellState, cell_text, parse_entry, trail_text
from app.domain.periods import Period, entry_term
from app.domain.proof_reading import CellAt, ComparedWith
from app.domain.subjects import column_title
from app.domain.trail import TrailDraft
from app.errors import RuleRefused
from app.importing.level_headings import subject_names
from app.importing.mark_sheet import MarkBook, SheetPupil
from app.importing.titles import Target
from app.ports import UnitOfWork, UowFactory
from app.readmodels.mark_sheet import CellKey, SheetId
from app.readmodels.proof_reading import ProofComparison, ProofDifference
from app.services.proof_facts import ProofFacts, column_list, read_as_reader, said_of
from app.services.proof_reading import PROOF_TOPICS, add_remark, tick_cells
from app.text import clean

Texts = Mapping[CellKey, str]
_WITHOUT_VALUE = (CellState.PENDING_MAKEUP, CellState.EXEMPT)


@dataclass(frozen=True, slots=True)
class ListTarget:
    """Class, subject and term that a list is about, its pupils, and the sheet's column keys."""

    target: Target
    book: MarkBook
    pupils: tuple[SheetPupil, ...]
    keys: Mapping[str, str]


class ProofComparing:
    """Compares a sheet's columns with what was typed again or announced."""

    def __init__(self, uows: UowFactory, clock: Clock) -> None:
        self._uows = uows
        self._clock = clock

    def list_target(self, actor: Actor, sheet: SheetId, period: Period) -> ListTarget:
        """What an announced list must be about, for whoever reads the sheet."""
        with self._uows.read() as uow:
            _, facts = read_as_reader(uow, actor, sheet, period, self._clock.now())
        at = facts.sheet
        codes = tuple(a.code for a in facts.columns.values())
        primary = at.subject.kind.is_primary
        also = subject_names(at.subject.name) if primary else ()
        kinds = {code: at.subject.kind_of(code) for code in codes} if primary else {}
        term = entry_term(period.value)
        return ListTarget(
            Target(at.klass.name, at.subject.name, term, at.year.name, also),
            MarkBook(codes, at.subject.kind, at.klass.name, kinds),
            tuple(
                SheetPupil(
                    e.pupil_id,
                    e.profile.full_name,
                    e.profile.ministry_code,
                    e.profile.birth_date,
                    e.left_on is not None,
                )
                for e in at.entries
            ),
            {a.code: key for key, a in facts.columns.items()},
        )

    def compare(
        self,
        actor: Actor,
        sheet: SheetId,
        period: Period,
        columns: Sequence[str],
        texts: Texts,
        source: str = "",
    ) -> ProofComparison:
        """Every difference of these columns; a cell `texts` does not name is blank there.

        Refused for anybody but the reader, and when no column of the sheet is named.
        """
        with self._uows.read() as uow:
            _, facts = read_as_reader(uow, actor, sheet, period, self._clock.now())
            return _compared(facts, columns, texts, source)

    def record(
        self,
        actor: Actor,
        sheet: SheetId,
        period: Period,
        columns: Sequence[str],
        texts: Texts,
        how: ComparedWith,
        source: str = "",
    ) -> CommandResult:
        """Keep the comparison: equal cells are found right, each difference becomes a remark, and a
        column without difference and without waiting remark is đã đối chiếu.

        Refused while a typed text is no mark. The payload is the `ProofComparison`.
        """
        now = self._clock.now()
        with self._uows.write() as uow:
            person, facts = read_as_reader(uow, actor, sheet, period, now)
            found = _compared(facts, columns, texts, source)
            faults = [d for d in found.differences if d.fault]
            if faults:
                first = faults[0]
                raise RuleRefused(
                    "cells_refused",
                    f"Chưa ghi kết quả đối chiếu {facts.name}: {len(faults)} ô gõ lại không phải "
                    f"điểm, ô đầu tiên của {first.name}, {first.column}: {first.fault}",
                    key=first.key,
                )
            remarks, proved = _keep(uow, person, facts, found, how, now)
            detail = said_of(facts) | {
                "columns": column_list(facts, [facts.columns[k].id for k in found.columns]),
                "how": how.value,
                "source": source,
                "same": found.same,
                "differences": [
                    [d.key.pupil_id, d.key.column, d.here, d.there] for d in found.differences
                ],
                "remarks": remarks,
                "proved": proved,
            }
            draft = TrailDraft("proof.compared", detail, sheet.class_id)
            seq = uow.trail.append(draft, person, now)
            uow.commit()
        summary = f"Đã ghi đối chiếu: {found.same} ô khớp, {remarks} nhận xét mới"
        return CommandResult(PROOF_TOPICS, seq, summary, sheet.class_id, found)


def _keep(
    uow: UnitOfWork,
    actor: Actor,
    facts: ProofFacts,
    found: ProofComparison,
    how: ComparedWith,
    now: datetime,
) -> tuple[int, int]:
    """(remarks written, columns proved)."""
    waiting = facts.waiting
    differing = {facts.cell_at(d.key): d for d in found.differences}
    ids = {facts.columns[key].id for key in found.columns}
    same = [at for at in facts.filled if at[0] in ids and at not in differing]
    tick_cells(uow, actor, facts, [at for at in same if at not in waiting], now)
    fresh = [at for at in differing if at not in waiting]
    for at in fresh:
        difference = differing[at]
        text = f"Khác khi đối chiếu bằng {how.words}: {_pair(difference)}."
        add_remark(uow, actor, facts, at, text, difference.there, now)
    uow.proofs.untick(list(differing))
    uow.proofs.void({at[0] for at in fresh}, now, "Có nhận xét kiểm dò mới")
    held = {at[0] for at in (*differing, *waiting)}
    clean_columns = [c for c in ids if c not in held and any(at[0] == c for at in facts.filled)]
    if clean_columns:
        uow.proofs.prove_columns(clean_columns, how, actor.account_id, now)
    return len(fresh), len(clean_columns)


def _pair(difference: ProofDifference) -> str:
    here = difference.here or "trống"
    there = difference.there or "trống"
    return f"trong sổ {here}, bên kia {there}"


def _compared(
    facts: ProofFacts, columns: Sequence[str], texts: Texts, source: str
) -> ProofComparison:
    wanted = [key for key in facts.columns if key in set(columns)]
    if not wanted:
        raise RuleRefused(
            "no_column",
            f"Không có cột nào của {facts.name} để đối chiếu; hãy chọn cột điểm hoặc tệp khác.",
        )
    at = facts.sheet
    differences: list[ProofDifference] = []
    compared = 0
    for entry in at.entries:
        for key in wanted:
            place: CellAt = (facts.columns[key].id, entry.pupil_id)
            if place not in facts.texts:
                continue
            compared += 1
            there = clean(texts.get(CellKey(entry.pupil_id, key), ""))
            equal, shown, fault = _reads(facts, key, place, there)
            if not equal:
                differences.append(
                    ProofDifference(
                        CellKey(entry.pupil_id, key),
                        entry.position,
                        entry.profile.full_name,
                        column_title(facts.columns[key].code),
                        cell_text(at.cell(*place), at.subject.kind_of(facts.columns[key].code)),
                        shown,
                        fault,
                    )
                )
    return ProofComparison(tuple(wanted), compared, tuple(differences), source)


def _reads(facts: ProofFacts, key: str, place: CellAt, there: str) -> tuple[bool, str, str]:
    """(whether the cell agrees, the other text as a mark, why it is none)."""
    cell = facts.sheet.cell(*place)
    kind = facts.sheet.subject.kind_of(facts.columns[key].code)
    here = cell_text(cell, kind)
    if not there:
        # A list leaves a cell blank where the book says "miễn" or "chờ bù".
        return not here or cell.state in _WITHOUT_VALUE, "", ""
    if there == here:
        return True, there, ""
    try:
        shown = trail_text(parse_entry(there, kind), kind)
    except RuleRefused as refusal:
        return False, there, refusal.sentence
    return shown == here, shown, ""
