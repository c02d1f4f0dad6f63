"""What the titles above a table say about class, subject, term and year, and whether they fit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from app.domain.periods import EntryTerm, Period, Term
from app.errors import RuleRefused
from app.importing.problems import Severity
from app.importing.tables import CellKind
from app.text import clean, fold

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.importing.header_finder import Header
    from app.importing.tables import RawSheet

_CLASS = re.compile(
    r"\blop\s*[:.-]?\s*"
    r"(\d{1,2}(?:\s?(?!hk|nh|mo)[a-z]{1,2}\d{0,2}|\s?[./_]\s?\d{1,2}|(?<=\d)-\d{1,2})?)(?![a-z0-9])"
)
_SUBJECT = re.compile(r"\bmon(?:\s+hoc)?\s*[:.]?\s+(.+)")
_SUBJECT_END = re.compile(
    r"\s+[-–—|]\s+|[;:(]|\s+20\d\d"
    r"|\s+(?:hoc k[iy]|hk\s?(?:i{1,2}|[12])|lop|khoi|nam hoc|hoc phan)\b"
)
_TERM = re.compile(r"\b(?:hoc k[iy]|hk)\s*[:.-]?\s*(i{1,2}|[12])(?![a-z0-9])")
_PERIOD = re.compile(
    r"\b(giua|gk|cuoi|ck)\s*(?:hoc\s*)?(?:k[iy]|hk)?\s*[:.-]?\s*(i{1,2}|[12])(?![a-z0-9])"
    r"|\bcuoi nam\b"
)
_YEAR = re.compile(r"\b(20\d\d)\s*[-–—/]\s*(20\d\d)\b")
_BARE_CLASS = re.compile(r"\d{1,2}\s?[a-z]\d{0,2}|\d{1,2}[./]\d{1,2}")

# Short names that schools use on sheets, folded, to the names of CT GDPT 2018.
_SUBJECT_ALIASES = {
    "van": "ngu van",
    "anh": "tieng anh",
    "ngoai ngu": "tieng anh",
    "ngoai ngu 1": "tieng anh",
    "ngoai ngu 1 tieng anh": "tieng anh",
    "tin": "tin hoc",
    "khtn": "khoa hoc tu nhien",
    "ls dl": "lich su va dia li",
    "lsdl": "lich su va dia li",
    "su dia": "lich su va dia li",
    "lich su va dia ly": "lich su va dia li",
    "lich su dia li": "lich su va dia li",
    "lich su dia ly": "lich su va dia li",
    "gdcd": "giao duc cong dan",
    "cong dan": "giao duc cong dan",
    "gdtc": "giao duc the chat",
    "the duc": "giao duc the chat",
    "gddp": "noi dung giao duc dia phuong",
    "giao duc dia phuong": "noi dung giao duc dia phuong",
    "noi dung giao duc cua dia phuong": "noi dung giao duc dia phuong",
    "hdtn": "hoat dong trai nghiem huong nghiep",
    "hdtn hn": "hoat dong trai nghiem huong nghiep",
    "hdtnhn": "hoat dong trai nghiem huong nghiep",
    "hoat dong trai nghiem": "hoat dong trai nghiem huong nghiep",
    "nghe thuat am nhac mi thuat": "nghe thuat",
    "nghe thuat am nhac my thuat": "nghe thuat",
    "cn": "cong nghe",
}
# Full names of the subjects above and of those that TT22 judges apart elsewhere.
_KNOWN_SUBJECTS = frozenset(_SUBJECT_ALIASES.values()) | {
    "toan",
    "nghe thuat",
    "am nhac",
    "mi thuat",
    "my thuat",
    "vat li",
    "vat ly",
    "hoa hoc",
    "sinh hoc",
    "lich su",
    "dia li",
    "dia ly",
    "tieng viet",
    "khoa hoc",
    "dao duc",
    "tu nhien va xa hoi",
}
_WORDS = re.compile(r"[a-z0-9]+")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class TitleFacts:
    """What the titles say; None when they say nothing. `school_year` is "2025-2026"."""

    class_name: str | None = None
    subject: str | None = None
    term: EntryTerm | None = None
    school_year: str | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """Where the user is about to import to; None where it does not matter (a roster).

    `also_called`: other names of the subject that a title may use.
    """

    class_name: str | None = None
    subject: str | None = None
    term: EntryTerm | None = None
    school_year: str | None = None
    also_called: tuple[str, ...] = ()

    @property
    def is_primary(self) -> bool:
        """Whether the titles name kỳ (giữa học kì I) and not học kì."""
        return isinstance(self.term, Period)


@dataclass(frozen=True, slots=True)
class TitleProblem:
    """A title that contradicts the target; ERROR refuses the whole file."""

    code: str
    sentence: str
    severity: Severity


def class_key(name: str) -> str:
    """A class name as compared: "6 A", "6a", "Lớp 6A" are one class."""
    key = "".join(_WORDS.findall(fold(name)))
    return key.removeprefix("lop")


def other_class(said: str, wanted: str) -> bool:
    """Whether a file's class contradicts the wanted one; a bare grade ("lớp 6") fits."""
    said_key, wanted_key = class_key(said), class_key(wanted)
    if said_key.isdecimal():
        grade = re.match(r"\d*", wanted_key)
        return grade is None or grade[0] != said_key
    return said_key != wanted_key


def subject_key(name: str) -> str:
    """A subject name as compared: short names stand for their full ones."""
    key = " ".join(_WORDS.findall(fold(name)))
    return _SUBJECT_ALIASES.get(key, key)


def read_titles(sheet: RawSheet, header: Header, *, primary: bool = False) -> TitleFacts:
    """Facts from the lines above the header, and from the sheet's name when they are silent.

    `primary`: the term is a kỳ of a primary school.
    """
    texts = [
        clean(cell.text)
        for row in sheet.rows[: header.first_row - 1]
        for cell in row
        if cell.kind is CellKind.TEXT and not cell.is_blank
    ]
    name = clean(sheet.name)
    said = [*texts, name]
    term: EntryTerm | None = _first(period_in, said) if primary else _first(_term, said)
    return TitleFacts(
        class_name=_first(_class_name, [*texts, name]) or _bare_class(name),
        subject=_first(_subject, [*texts, name]) or _bare_subject(name),
        term=term,
        school_year=_first(_school_year, [*texts, name]),
    )


def _bare_class(sheet_name: str) -> str | None:
    """A sheet called "6A"."""
    return sheet_name.upper() if _BARE_CLASS.fullmatch(fold(sheet_name)) else None


def _bare_subject(sheet_name: str) -> str | None:
    """A sheet called "Toán". Any other name ("Sổ điểm", a CSV file's own) says nothing."""
    return sheet_name if subject_key(sheet_name) in _KNOWN_SUBJECTS else None


def _first(read: Callable[[str], T | None], texts: Sequence[str]) -> T | None:
    return next((found for text in texts if (found := read(text)) is not None), None)


def _class_name(text: str) -> str | None:
    found = _CLASS.search(fold(text))
    return re.sub(r"\s", "", found[1]).upper() if found else None


def _subject(text: str) -> str | None:
    folded = fold(text)
    found = _SUBJECT.search(folded)
    if found is None:
        return None
    end = _SUBJECT_END.search(folded, found.start(1))
    stop = end.start() if end else len(folded)
    # Folding keeps one character for one, so the words of the title itself can be shown.
    words = text if len(text) == len(folded) else folded
    subject = words[found.start(1) : stop].strip(" -–—.,")
    is_acronym = subject.isascii() and " " not in subject
    return (subject.capitalize() if subject.isupper() and not is_acronym else subject) or None


def _term(text: str) -> Term | None:
    terms = {found[1] for found in _TERM.finditer(fold(text))}
    if len(terms) != 1:
        return None
    return Term.HK1 if terms.pop() in ("i", "1") else Term.HK2


def period_in(text: str) -> Period | None:
    """The kỳ of a primary school that a text names; None for none, or for several."""
    found = {_period_of(match) for match in _PERIOD.finditer(fold(text))}
    return found.pop() if len(found) == 1 else None


def _period_of(match: re.Match[str]) -> Period:
    if match[1] is None:
        return Period.CN
    first = match[2] in ("i", "1")
    if match[1] in ("giua", "gk"):
        return Period.GK1 if first else Period.GK2
    return Period.CK1 if first else Period.CN


def _school_year(text: str) -> str | None:
    found = _YEAR.search(text)
    if found is None or int(found[2]) != int(found[1]) + 1:
        return None
    return f"{found[1]}-{found[2]}"


def title_problems(facts: TitleFacts, target: Target) -> tuple[TitleProblem, ...]:
    """Every contradiction between the titles and the target.

    A wrong class, subject or term is an ERROR: the marks would land on other people or columns.
    A wrong school year is a WARNING for a roster prepared early, an ERROR for marks.
    """
    problems = []
    if facts.class_name and target.class_name and other_class(facts.class_name, target.class_name):
        problems.append(
            TitleProblem(
                "wrong_class",
                f"Tệp này của lớp {facts.class_name}, không phải lớp {target.class_name}; "
                f"hãy chọn tệp của lớp {target.class_name} hoặc mở lớp {facts.class_name}.",
                Severity.ERROR,
            )
        )
    if (
        facts.subject
        and target.subject
        and subject_key(facts.subject)
        not in {subject_key(name) for name in (target.subject, *target.also_called)}
    ):
        problems.append(
            TitleProblem(
                "wrong_subject",
                f"Tệp này của môn {facts.subject}, không phải môn {target.subject}; hãy chọn "
                f"tệp của môn {target.subject} hoặc mở môn {facts.subject}.",
                Severity.ERROR,
            )
        )
    if facts.term and target.term and facts.term is not target.term:
        problems.append(
            TitleProblem(
                "wrong_term",
                f"Tệp này của {facts.term.words}, không phải {target.term.words}; hãy chọn "
                f"tệp của {target.term.words} hoặc chuyển sang {facts.term.words}.",
                Severity.ERROR,
            )
        )
    if facts.school_year and target.school_year and facts.school_year != target.school_year:
        what_to_do = (
            f"nên chưa nhận; hãy chọn bảng điểm năm học {target.school_year}, hoặc sửa năm học ghi "
            "ở đầu tệp nếu ghi nhầm"
            if target.subject
            else "hãy xem lại trước khi nhận"
        )
        problems.append(
            TitleProblem(
                "wrong_school_year",
                f"Tệp này ghi năm học {facts.school_year}, sổ đang mở năm học "
                f"{target.school_year}; {what_to_do}.",
                Severity.ERROR if target.subject else Severity.WARNING,
            )
        )
    return tuple(problems)


def refuse_wrong_sheet(facts: TitleFacts, target: Target) -> tuple[TitleProblem, ...]:
    """The warnings left after refusing. Raises RuleRefused with the first ERROR's sentence."""
    problems = title_problems(facts, target)
    for problem in problems:
        if problem.severity is Severity.ERROR:
            raise RuleRefused(problem.code, problem.sentence)
    return problems
