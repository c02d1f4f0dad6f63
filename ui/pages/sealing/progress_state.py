"""How far a seal is: phase, share and speed, from the writer's bare counts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

PASSES = 3
"""The bag writer counts KiB over three passes: write, compute the parity, read back."""


SLOW_SPEED = 3 * 1024
"""KiB a second: a USB 2 port gives five times that."""
SLOW_AFTER = 5.0
"""Seconds before a medium is called slow."""


class Phase(IntEnum):
    """What is being done to the medium."""

    PREPARE = 0
    WRITE = 1
    PARITY = 2
    READ_BACK = 3


@dataclass(slots=True)
class SealProgress:
    """Fed with every report; the first total counts classes, the next one KiB on the medium."""

    phase: Phase = Phase.PREPARE
    done: int = 0
    total: int = 0
    _totals: int = 0
    _since: float = 0.0
    _from: int = 0
    _now: float = 0.0

    def feed(self, done: int, total: int, now: float) -> None:
        """A report at `now` (seconds of any steady clock)."""
        if total != self.total or not self._totals:
            self._totals += 1
            self._since, self._from = now, done
        self.done, self.total, self._now = done, total, now
        if self._totals > 1 and total:
            self.phase = Phase(min(1 + done * PASSES // total, Phase.READ_BACK))

    @property
    def speed(self) -> int | None:
        """KiB a second over all passes; None while classes are prepared or too early to tell."""
        spent = self._now - self._since
        if self.phase is Phase.PREPARE or spent < 0.5:
            return None
        return int((self.done - self._from) / spent)

    @property
    def seconds_left(self) -> int | None:
        """What the rest takes at this speed; None while there is no speed."""
        speed = self.speed
        return (self.total - self.done) // speed if speed else None

    @property
    def is_slow(self) -> bool:
        """Whether the medium has kept everybody waiting: an old stick, or a slow port."""
        return self._now - self._since > SLOW_AFTER and 0 < (self.speed or 0) < SLOW_SPEED

    @property
    def share(self) -> int:
        """Percent of the present count."""
        return self.done * 100 // self.total if self.total else 0
