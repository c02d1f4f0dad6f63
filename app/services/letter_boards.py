"""Ban quản lý, tổ phụ trách: who sits on them in a school year, with a duty each (M95, M170)."""

from __future__ import annotations

from app.actor import Actor, require
from app.changes import CommandResult, Topic
from app.clock import Clock
from app.domain.accounts import refuse_too_long
from app.domain.ids import SchoolYearId
from app.domain.letters import Board, BoardMember, Seat
from app.domain.roles import Role
from app.domain.trail import TrailDraft
from app.errors import RuleRefused
from app.ports import UnitOfWork, UowFactory
from app.services.school_setup import SETTERS
from app.services.standing import require_standing
from app.text import clean, name_key

_TOPICS = frozenset({Topic.SETTINGS, Topic.TRAIL})
_NAME_LIMIT, _DUTY_LIMIT, _MOST_MEMBERS = 80, 300, 40


class LetterBoards:
    """Reads, proposes and settles the members of a board."""

    def __init__(self, uows: UowFactory, clock: Clock) -> None:
        self._uows = uows
        self._clock = clock

    def members(self, year_id: SchoolYearId, board: Board) -> tuple[BoardMember, ...]:
        """Who sits on the board of the year."""
        with self._uows.read() as uow:
            return uow.letters.members(year_id, board)

    def propose_members(self, board: Board) -> tuple[BoardMember, ...]:
        """Whoever holds the offices today, in their seats; nothing is kept."""
        with self._uows.read() as uow:
            return _proposal(uow, board, self._clock)

    def people(self) -> tuple[BoardMember, ...]:
        """Everybody with an account today, as a plain member with the office they hold."""
        with self._uows.read() as uow:
            people = [a for a in uow.accounts.all(self._clock.today()) if a.disabled_on is None]
        return tuple(
            BoardMember(Seat.MEMBER, a.full_name, _office(a.roles), "", a.id)
            for a in sorted(people, key=lambda a: name_key(a.full_name))
            if Role.INSPECTOR.value not in a.roles
        )

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


def _checked_member(member: BoardMember) -> BoardMember:
    name = clean(member.full_name)
    if not name:
        raise RuleRefused("member_blank", "Có dòng chưa ghi họ tên; hãy ghi hoặc bỏ dòng ấy.")
    office, duty = clean(member.office), clean(member.duty)
    refuse_too_long(name, "Họ tên", _NAME_LIMIT)
    refuse_too_long(office, "Chức vụ", _NAME_LIMIT)
    refuse_too_long(duty, "Nhiệm vụ", _DUTY_LIMIT)
    return BoardMember(member.seat, name, office, duty, member.account_id)


def _office(roles: tuple[str, ...]) -> str:
    return next((role.label for role in Role if role.value in roles), "Giáo viên")


_SEATS = (
    (Role.PRINCIPAL, Seat.HEAD, "Phụ trách chung; quyết định mở, khóa, chốt sổ; duyệt sửa điểm."),
    (Role.VICE_PRINCIPAL, Seat.DEPUTY, "Kiểm tra, giám sát tiến độ và chất lượng vào điểm."),
    (Role.SECRETARY, Seat.SECRETARY, "In sổ, đóng dấu, lưu bản in; ghi sổ văn bản; biên bản họp."),
    (
        Role.ADMINISTRATOR,
        Seat.MEMBER,
        "Quản trị tài khoản, sao lưu, bảo mật; đóng mở sổ khi được lệnh.",
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
            # A tổ is headed by the first phó hiệu trưởng on its list.
            taken = Seat.HEAD if not found and seat is Seat.DEPUTY else seat
            found.append(BoardMember(taken, account.full_name, role.label, duty, account.id))
    return tuple(found)
