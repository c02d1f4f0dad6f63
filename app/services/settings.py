"""Thiết lập: choices the school makes for itself, each with a default, limits and a trail entry."""

from __future__ import annotations

from dataclasses import dataclass

from app.actor import Actor, require
from app.changes import CommandResult, Topic
from app.clock import Clock
from app.domain.accounts import refuse_too_long
from app.domain.roles import Role
from app.domain.trail import TrailDraft
from app.errors import RuleRefused
from app.ports import UnitOfWork, UowFactory
from app.services.fast_entry import fast_entry_key, has_fast_entry
from app.services.standing import require_standing, standing
from app.text import clean, strange_letter

_KEEPERS = (Role.PRINCIPAL, Role.ADMINISTRATOR)
_OFFICE = (Role.PRINCIPAL, Role.VICE_PRINCIPAL, Role.ADMINISTRATOR, Role.SECRETARY)
_TOPICS = frozenset({Topic.SETTINGS, Topic.TRAIL})
_SYMBOL_LIMIT = 20


@dataclass(frozen=True, slots=True)
class NumberSetting:
    """A whole number between two limits, both allowed; `zero` says what 0 means when 0 is."""

    key: str
    title: str
    default: int
    low: int
    high: int
    unit: str
    hint: str
    setters: tuple[Role, ...]
    zero: str = ""


IDLE = NumberSetting(
    "idle_lock.minutes",
    "Tự khóa màn hình khi không ai dùng",
    10,
    2,
    60,
    "phút",
    "Máy dùng chung: rời máy bấy lâu thì phải gõ lại mật khẩu.",
    _KEEPERS,
)
BACKUP_HOURS = NumberSetting(
    "backup.every_hours",
    "Tự sao lưu khi đang làm việc",
    0,
    0,
    24,
    "giờ một lần",
    "Ngoài lần sao lưu khi đóng chương trình.",
    _OFFICE,
    zero="chỉ khi đóng chương trình",
)
NUMBERS = (IDLE, BACKUP_HOURS)
"""Every number setting, in the order of the page."""

SYMBOL = "document.symbol"
"""Settings key of the school's part of a paper's symbol ("THCSĐX" of "03/BB-THCSĐX")."""


def number_of(uow: UnitOfWork, setting: NumberSetting) -> int:
    """The number in force."""
    return int(uow.school.setting(setting.key, str(setting.default)))


class Settings:
    """Reads and changes the settings of one file."""

    def __init__(self, uows: UowFactory, clock: Clock) -> None:
        self._uows = uows
        self._clock = clock

    def number(self, setting: NumberSetting) -> int:
        """The number in force."""
        with self._uows.read() as uow:
            return number_of(uow, setting)

    def set_number(self, actor: Actor, setting: NumberSetting, value: int) -> CommandResult:
        """Change a number; refused outside its limits."""
        what = f"đặt “{setting.title}”"
        require(actor, what, *setting.setters)
        if not setting.low <= value <= setting.high:
            raise RuleRefused(
                "setting_out_of_range",
                f"{setting.title}: {value} {setting.unit} nằm ngoài khoảng {setting.low} đến "
                f"{setting.high}; hãy ghi lại.",
                value=value,
            )
        with self._uows.write() as uow:
            actor = require_standing(uow, actor, self._clock.today(), what, *setting.setters)
            before = number_of(uow, setting)
            return self._put(uow, actor, setting.key, setting.title, str(before), str(value))

    def symbol(self) -> str:
        """The school's part of a paper's symbol; empty until it is set."""
        with self._uows.read() as uow:
            return uow.school.setting(SYMBOL)

    def set_symbol(self, actor: Actor, text: str) -> CommandResult:
        """Ký hiệu of the school in the numbers of its papers."""
        require(actor, "đặt ký hiệu văn bản", *_OFFICE)
        symbol = clean(text).replace(" ", "")
        refuse_too_long(symbol, "Ký hiệu văn bản", _SYMBOL_LIMIT)
        odd = strange_letter("".join(ch for ch in symbol if not (ch.isdecimal() or ch in "-&.")))
        if odd or "/" in symbol:
            raise RuleRefused(
                "symbol_invalid",
                f"Ký hiệu “{symbol}” có dấu “{odd or '/'}” không dùng trong số văn bản; chỉ ghi "
                "phần của trường, thí dụ THCSĐX.",
                symbol=symbol,
            )
        with self._uows.write() as uow:
            today = self._clock.today()
            actor = require_standing(uow, actor, today, "đặt ký hiệu văn bản", *_OFFICE)
            before = uow.school.setting(SYMBOL)
            return self._put(uow, actor, SYMBOL, "Ký hiệu văn bản của trường", before, symbol)

    def fast_entry(self, actor: Actor) -> bool:
        """Whether this person chose it."""
        with self._uows.read() as uow:
            return has_fast_entry(uow, actor.uid)

    def set_fast_entry(self, actor: Actor, *, on: bool) -> CommandResult:
        """Everybody chooses for their own keyboard: "75" is 7,5 from now on, or refused again."""
        with self._uows.write() as uow:
            actor = standing(uow, actor, self._clock.today())
            before = has_fast_entry(uow, actor.uid)
            words = {True: "bật", False: "tắt"}
            return self._put(
                uow,
                actor,
                fast_entry_key(actor.uid),
                f"Gõ nhanh 75 = 7,5 của {actor.name}",
                words[before],
                words[on],
                stored="1" if on else "",
            )

    def _put(
        self,
        uow: UnitOfWork,
        actor: Actor,
        key: str,
        title: str,
        before: str,
        after: str,
        stored: str | None = None,
    ) -> CommandResult:
        if before == after:
            head, _ = uow.trail.head()
            return CommandResult(frozenset(), head, f"{title}: không đổi")
        uow.school.set_setting(key, after if stored is None else stored)
        draft = TrailDraft("setting.set", {"key": title, "old": before, "new": after})
        seq = uow.trail.append(draft, actor, self._clock.now())
        uow.commit()
        return CommandResult(_TOPICS, seq, f"{title}: {after}")
