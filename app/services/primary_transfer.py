"""What a primary pupil takes along to another school, from the facts of the class.

Điều lệ (TT28/2020, Điều 36): đơn, học bạ, tài liệu học tập and tiến độ thực hiện chương trình, the
table of results so far, kế hoạch giáo dục cá nhân of a pupil with disabilities.
"""

from __future__ import annotations

from dataclasses import fields

from app.domain.ids import PupilId
from app.domain.marks import cell_text
from app.domain.periods import PRIMARY_TERMS, Period, Term
from app.domain.pupils import RosterEntry
from app.domain.subjects import Subject, SubjectKind, column_title
from app.presses import PlainTable
from app.readmodels.primary_transfer import PackItem, PackKy, PrimaryTransferPack
from app.readmodels.transfer_pack import TransferPack
from app.regulations.primary_columns import LEVEL_CODE, SCORE_CODE, trait_column
from app.services.class_results import ClassFacts
from app.services.primary_inputs import PrimaryFacts

_ENCLOSURES = (
    "Đơn xin chuyển trường của cha mẹ hoặc người giám hộ",
    "học bạ",
    "thông tin về tài liệu học tập, tiến độ thực hiện chương trình",
    "bảng tổng hợp kết quả đánh giá rèn luyện và học tập (phiếu này)",
)


def primary_pack(
    pack: TransferPack,
    facts: ClassFacts,
    primary: PrimaryFacts,
    entry: RosterEntry,
    closed: frozenset[Period],
) -> PrimaryTransferPack:
    """`pack` with everything recorded of the pupil; kỳ without any value are left out."""
    values = _Values(facts, entry.pupil_id)
    terms = tuple(term for term in PRIMARY_TERMS if values.has(term))
    not_taken = primary.not_taken.get(entry.pupil_id, frozenset())
    sheet = next((s for s in facts.subjects if s.kind is SubjectKind.TRAITS), None)
    inclusion = entry.profile.inclusion
    return PrimaryTransferPack(
        **{field.name: getattr(pack, field.name) for field in fields(TransferPack)},
        periods=tuple(PackKy(term.label, term in closed) for term in terms),
        subjects=tuple(
            values.item(subject, subject.name, LEVEL_CODE, terms)
            for subject in facts.subjects
            if subject.kind is SubjectKind.LEVELS and subject.id not in not_taken
        ),
        traits=()
        if sheet is None
        else tuple(
            values.item(sheet, trait.name, trait_column(primary.rules.curriculum, trait), terms)
            for trait in primary.rules.traits(facts.klass.grade)
        ),
        remark="" if sheet is None else values.newest(sheet, terms),
        absences=tuple(_absences(facts, entry.pupil_id, term) for term in Term),
        inclusion=inclusion,
        enclosures=(*_ENCLOSURES, *(("kế hoạch giáo dục cá nhân",) if inclusion else ())),
    )


def primary_tables(pack: PrimaryTransferPack) -> list[PlainTable]:
    """Kết quả as one plain table: an item a row, two columns a kỳ."""
    head: list[str | int | None] = ["Nội dung"]
    for period in pack.periods:
        head += [f"{period.title}: {column_title(code)}" for code in (LEVEL_CODE, SCORE_CODE)]
    rows: list[list[str | int | None]] = [[*head, "Nhận xét"]]
    for item in (*pack.subjects, *pack.traits):
        pairs = zip(item.levels, item.scores, strict=True)
        rows.append([item.name, *(text for pair in pairs for text in pair), item.comment])
    return [PlainTable("Kết quả", rows)]


class _Values:
    """What is recorded of one pupil, by subject, kỳ and column."""

    def __init__(self, facts: ClassFacts, pupil: PupilId) -> None:
        self._facts, self._pupil = facts, pupil
        kinds = {subject.id: subject for subject in facts.subjects}
        self._texts: dict[tuple[int, str, str], str] = {}
        for column in facts.assessments:
            stored = facts.cells.get((column.id, pupil))
            subject = kinds.get(column.subject_id)
            if stored is not None and subject is not None:
                text = cell_text(stored.cell, subject.kind_of(column.code))
                self._texts[column.subject_id, column.term.value, column.code] = text

    def has(self, term: Period) -> bool:
        """Whether anything of the kỳ is recorded."""
        return any(text for (_, at, _), text in self._texts.items() if at == term.value)

    def item(self, subject: Subject, name: str, code: str, terms: tuple[Period, ...]) -> PackItem:
        """One line; a trait has no Điểm KTĐK and no comment of its own."""
        own = code == LEVEL_CODE
        return PackItem(
            name,
            tuple(self._texts.get((subject.id, t.value, code), "") for t in terms),
            tuple(
                self._texts.get((subject.id, t.value, SCORE_CODE), "") if own else "" for t in terms
            ),
            self.newest(subject, terms) if own else "",
        )

    def newest(self, subject: Subject, terms: tuple[Period, ...]) -> str:
        """The comment of the latest kỳ that has one."""
        said = (
            self._facts.comments.get((subject.id, term, self._pupil), "")
            for term in reversed(PRIMARY_TERMS)
            if term in terms
        )
        return next((text for text in said if text), "")


def _absences(facts: ClassFacts, pupil: PupilId, term: Term) -> str:
    """Days absent of a học kì, counted day by day where the class keeps điểm danh."""
    days: tuple[int | None, int | None] | None = None
    if facts.attendance is not None and term in facts.attendance.kept:
        days = facts.attendance.count(pupil, term)
    elif (row := facts.conduct.get((pupil, term))) is not None:
        days = (row.excused, row.unexcused)
    if days is None or None in days:
        return ""
    return f"{term.label}: có phép {days[0]}, không phép {days[1]}"
