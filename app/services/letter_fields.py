"""What the fields of a letter stand for, read from the file at the moment of printing.

A field that is a line of its own becomes paragraphs or a table; `lacks` says why one is empty and
where it is filled, so that an official print is refused with a way out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from app.actor import Actor
from app.domain.dossiers import Dossier, DossierPart
from app.domain.letters import BOARD_OF, Board, BoardMember, LetterKind, Seat
from app.domain.papers import OutgoingDocument
from app.domain.proof_reading import PROOF_PERIODS, proof_words
from app.domain.role_rights import HOMEROOM_RIGHT, RIGHTS, TEACHING_RIGHT
from app.domain.roles import Role
from app.domain.rule_catalogue import KEEPER
from app.domain.rules import RuleGroup
from app.domain.school import School, SchoolClass, SchoolYear
from app.ports import UnitOfWork
from app.readmodels.letter import BlockStyle, LetterBlock, LetterFacts
from app.regulations.registry import circular
from app.services.authority_papers import duty_list
from app.services.legal_bases import citing
from app.services.letter_test_table import test_table
from app.services.print_keeping import REGISTERED
from app.services.rule_book import rule_board
from app.services.rules_in_force import rules_of
from app.text import date_vn, name_key
from app.version import PROGRAM, VERSION

_TO_BASES = "ghi căn cứ ở Quản trị, Căn cứ và số"
_TO_BOARD = "lập danh sách ở nút Thành viên"
_LACKS = {
    "căn cứ": f"chưa có căn cứ nào dùng cho loại văn bản này: {_TO_BASES}",
    "bảng thành viên ban": f"chưa có thành viên ban: {_TO_BOARD}",
    "bảng thành viên tổ": f"chưa có thành viên tổ: {_TO_BOARD}",
    "số người trong ban": f"chưa có thành viên ban: {_TO_BOARD}",
    "trưởng ban": f"chưa có trưởng ban: {_TO_BOARD}",
    "thư ký ban": f"chưa có thư ký ban: {_TO_BOARD}",
    "bảng kiểm dò": "chưa phân công ai kiểm dò: làm ở trang Kiểm dò",
    "bảng lớp": "năm học chưa có lớp: lập ở Quản trị, Năm học và lớp",
    "bảng kiểm tra": "năm học chưa có môn: lập ở Quản trị, Năm học và lớp",
    "thông tư đánh giá": "năm học chưa có lớp: lập ở Quản trị, Năm học và lớp",
    "người lưu giữ": "chưa ai giữ chức danh lưu giữ bản in: giao vai trò ở Quản trị, Tài khoản",
    "hiệu trưởng": "chưa có tài khoản hiệu trưởng: giao vai trò ở Quản trị, Tài khoản",
}
_NOT_YET = {
    "bảng đợt nhập": "Đợt nhập do hiệu trưởng quyết định từng đợt bằng văn bản.",
    "bảng ủy quyền": "Ngày lập văn bản này chưa có ủy quyền nào.",
}
"""What stands in place of a table that may rightly be empty."""

VALUES = (
    "trường", "cơ quan chủ quản", "năm học", "số lớp", "số học sinh", "hiệu trưởng", "phần mềm",
    "phiên bản", "thông tư đánh giá", "ngày bắt đầu", "ngày học kì hai", "ngày kết thúc",
    "người lưu giữ", "cơ quan nhận hồ sơ", "số người trong ban", "trưởng ban", "thư ký ban",
)  # fmt: skip
"""Fields for use inside a sentence."""
RULE_FIELDS = {f"quy định: {group.value.lower()}": group for group in RuleGroup}
BLOCKS = (
    "căn cứ", "bảng phân công", "bảng quyền hạn", "bảng thành viên ban", "bảng thành viên tổ",
    "bảng đợt nhập", "bảng ủy quyền", "bảng kiểm dò", "bảng lớp", "bảng kiểm tra",
    "danh mục hồ sơ", *RULE_FIELDS,
)  # fmt: skip
"""Fields that want a line of their own."""


def letter_facts(
    uow: UnitOfWork, actor: Actor, year: SchoolYear, school: School, kind: LetterKind, today: date
) -> LetterFacts:
    """Every field of the year for one kind of letter."""
    classes = uow.school.classes(year.id)
    dossier = uow.letters.dossier(year.id)
    boards = {board: uow.letters.members(year.id, board) for board in Board}
    values = _values(uow, year, school, classes, dossier, today)
    values |= _board_values(boards[Board.MANAGEMENT])
    duties = duty_list(uow, actor, today)
    blocks = {
        "căn cứ": tuple(_grounds(citing(uow, year.id, kind.use))),
        "bảng phân công": _table(
            ("Chức danh", "Người giữ", "Nhiệm vụ"),
            (22, 26, 52),
            [
                (part.office, part.holders, " ".join(row.duty for row in part.rows))
                for part in duties.parts
            ],
        ),
        "bảng quyền hạn": _rights([part.office for part in duties.parts]),
        "bảng ủy quyền": tuple(LetterBlock(BlockStyle.TEXT, one) for one in duties.delegations),
        "bảng thành viên ban": _members(Board.MANAGEMENT, boards[Board.MANAGEMENT]),
        "bảng thành viên tổ": _members(Board.KEEPERS, boards[Board.KEEPERS]),
        "bảng đợt nhập": _windows(uow, year),
        "bảng kiểm dò": _table(
            ("Người kiểm dò", "Kỳ", "Môn, lớp"), (28, 22, 50), _readers(uow, year)
        ),
        "bảng lớp": _classes(uow, year, classes),
        "bảng kiểm tra": _table(
            ("Khối", "Môn", "Học kì I", "Học kì II"), (14, 30, 28, 28), test_table(uow, year)
        ),
        "danh mục hồ sơ": tuple(_contents(dossier)),
        **_rules(uow, actor, year, kind, today),
    }
    for name, words in _NOT_YET.items():
        blocks[name] = blocks[name] or (LetterBlock(BlockStyle.TEXT, words),)
    return LetterFacts(values, blocks, _LACKS)


def registered(uow: UnitOfWork, year: SchoolYear, kind: LetterKind) -> OutgoingDocument | None:
    """The letter's line in the register of the year; None while it was never printed."""
    wanted, title = REGISTERED.get(kind.run_kind), letter_title(kind, year)
    for document in uow.papers.documents(year.id):
        if document.kind is wanted and document.summary == title:
            return document
    return None


def letter_title(kind: LetterKind, year: SchoolYear) -> str:
    """What a print and the register call the letter; its wording may change, this does not."""
    return f"{kind.label}, năm học {year_words(year)}"


def year_words(year: SchoolYear) -> str:
    """2026–2027, as papers write it."""
    return year.name.replace("-", "–")


def board_of(kind: LetterKind) -> Board | None:
    """The board whose members the letter lists; the meeting is the management's."""
    return Board.MANAGEMENT if kind is LetterKind.MEETING else BOARD_OF.get(kind)


def _values(
    uow: UnitOfWork,
    year: SchoolYear,
    school: School,
    classes: tuple[SchoolClass, ...],
    dossier: Dossier,
    today: date,
) -> dict[str, str]:
    people = [a for a in uow.accounts.all(today) if a.disabled_on is None]
    # Where the school lays nothing down, papers lie with văn thư (Nghị định 30/2020, Điều 6).
    offices = rules_of(uow, year.id, today).offices(KEEPER) or (Role.SECRETARY,)
    keepers = [
        f"{a.full_name} ({role.label.lower()})"
        for role in offices
        for a in people
        if role.value in a.roles
    ]
    circulars = sorted({circular(k.regulation).number for k in classes})
    pupils = uow.progress.pupils(year.id)
    return {
        "trường": school.name,
        "cơ quan chủ quản": school.authority,
        "năm học": year_words(year),
        "số lớp": str(len(classes)),
        "số học sinh": str(sum(pupils.values())),
        "hiệu trưởng": next((a.full_name for a in people if Role.PRINCIPAL.value in a.roles), ""),
        "phần mềm": PROGRAM,
        "phiên bản": VERSION,
        "thông tư đánh giá": ", ".join(f"Thông tư số {number}" for number in circulars),
        "ngày bắt đầu": date_vn(year.starts_on),
        "ngày học kì hai": date_vn(year.term2_starts_on),
        "ngày kết thúc": date_vn(year.ends_on),
        "người lưu giữ": ", ".join(keepers),
        "cơ quan nhận hồ sơ": dossier.receiver or school.authority,
    }


def _board_values(members: tuple[BoardMember, ...]) -> dict[str, str]:
    def first(seat: Seat) -> str:
        return next((one.full_name for one in members if one.seat is seat), "")

    return {
        "số người trong ban": f"{len(members):02d}" if members else "",
        "trưởng ban": first(Seat.HEAD),
        "thư ký ban": first(Seat.SECRETARY),
    }


def _grounds(lines: tuple[str, ...]) -> list[LetterBlock]:
    return [
        LetterBlock(BlockStyle.GROUND, f"{line}{'.' if at == len(lines) else ';'}")
        for at, line in enumerate(lines, 1)
    ]


def _table(
    heads: tuple[str, ...], widths: tuple[int, ...], rows: Sequence[tuple[str, ...]]
) -> tuple[LetterBlock, ...]:
    if not rows:
        return ()
    return (LetterBlock(BlockStyle.TABLE, heads=heads, widths=widths, rows=tuple(rows)),)


def _members(board: Board, members: tuple[BoardMember, ...]) -> tuple[LetterBlock, ...]:
    rows = [
        (str(at), one.full_name, one.office, one.seat.label_on(board), one.duty)
        for at, one in enumerate(members, 1)
    ]
    heads = ("TT", "Họ và tên", "Chức vụ", "Vai trò", "Nhiệm vụ")
    return _table(heads, (7, 23, 20, 16, 34), rows)


def _rights(offices: list[str]) -> tuple[LetterBlock, ...]:
    own = {Role.HOMEROOM_TEACHER: (HOMEROOM_RIGHT,), Role.SUBJECT_TEACHER: (TEACHING_RIGHT,)}
    rows = [
        (role.label, " ".join((*RIGHTS[role], *own.get(role, ()))))
        for role in RIGHTS
        if role.label in offices
    ]
    return _table(("Chức danh", "Quyền trong sổ"), (26, 74), rows)


def _windows(uow: UnitOfWork, year: SchoolYear) -> tuple[LetterBlock, ...]:
    rows = [
        (
            window.period.label,
            window.scope.words,
            date_vn(window.opens_on),
            date_vn(window.closes_on),
            f"{window.decision_no} ngày {date_vn(window.decision_on)}",
        )
        for window in sorted(uow.control.windows(year.id), key=lambda w: (w.opens_on, w.id))
    ]
    heads = ("Kỳ đánh giá", "Phạm vi", "Từ ngày", "Đến hết ngày", "Theo quyết định")
    return _table(heads, (24, 18, 16, 16, 26), rows)


def _classes(
    uow: UnitOfWork, year: SchoolYear, classes: tuple[SchoolClass, ...]
) -> tuple[LetterBlock, ...]:
    pupils = uow.progress.pupils(year.id)
    grades = Counter(klass.grade for klass in classes)
    rows = []
    for grade, number in sorted(grades.items()):
        mine = sorted((k for k in classes if k.grade == grade), key=lambda k: k.order)
        total = sum(pupils.get(k.id, 0) for k in mine)
        rows.append((str(grade), str(number), str(total), ", ".join(k.name for k in mine)))
    return _table(("Khối", "Số lớp", "Số học sinh", "Các lớp"), (12, 14, 20, 54), rows)


def _readers(uow: UnitOfWork, year: SchoolYear) -> list[tuple[str, ...]]:
    """(reader, period, subjects with their classes): a line a person and period."""
    classes = {k.id: k for k in uow.school.classes(year.id)}
    subjects = {s.id: s.name for held in uow.studies.of_classes(year.id).values() for s in held}
    rows: list[tuple[str, ...]] = []
    for period in PROOF_PERIODS:
        sheets: dict[str, dict[str, list[SchoolClass]]] = {}
        for given in uow.proofs.assignments(year.id, period):
            if given.class_id in classes and given.subject_id in subjects:
                mine = sheets.setdefault(given.reader_name, {})
                mine.setdefault(subjects[given.subject_id], []).append(classes[given.class_id])
        for reader in sorted(sheets, key=name_key):
            said = [
                f"{subject} {', '.join(k.name for k in sorted(held, key=lambda k: k.order))}"
                for subject, held in sorted(sheets[reader].items())
            ]
            rows.append((reader, proof_words(period), "; ".join(said)))
    return rows


def _contents(dossier: Dossier) -> list[LetterBlock]:
    parts = [
        part
        for part in DossierPart
        if (found := dossier.enclosure(part)) is None or not found.left_out
    ]
    return [
        LetterBlock(BlockStyle.TEXT, f"- {part.label}{'.' if part is parts[-1] else ';'}")
        for part in parts
    ]


def _rules(
    uow: UnitOfWork, actor: Actor, year: SchoolYear, kind: LetterKind, today: date
) -> dict[str, tuple[LetterBlock, ...]]:
    """The sentences of each group: khoản 1, 2, … of a quy chế, dashes in any other paper."""
    lines = rule_board(uow, actor, year.id, today).lines
    found = {}
    for name, group in RULE_FIELDS.items():
        said = [line.words for line in lines if line.spec.group is group and line.value]
        said = said or ["Trường không quy định riêng; thực hiện theo quy định chung."]
        dash = "" if len(said) == 1 else "- "
        clauses = kind is LetterKind.RULES and len(said) > 1
        found[name] = tuple(
            LetterBlock(BlockStyle.TEXT, f"{at}. {words}" if clauses else f"{dash}{words}")
            for at, words in enumerate(said, 1)
        )
    return found
