"""`verify`: judge a sealed medium from the command line, and mend a copy of it when asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.errors import RuleRefused
from app.media import BagChecker, BagRepairer, VerifyVerdict


@dataclass(frozen=True, slots=True)
class VerifyOptions:
    """What the command was asked; `out` None only judges."""

    path: Path
    fingerprint: str | None = None
    out: Path | None = None
    other: Path | None = None


def run_verify(
    check: BagChecker, repair: BagRepairer, options: VerifyOptions, say: Callable[[str], None]
) -> int:
    """0 intact, or mended into `out`; 1 damaged, forged or beyond repair; 2 nothing to judge.

    RuleRefused for a fingerprint that is none, and for an `out` that cannot be taken.
    """
    if options.out is None:
        judged = check(options.path, options.fingerprint)
        for line in judged.lines:
            say(line)
        return judged.exit_code
    try:
        mended = repair(options.path, options.out, options.other, options.fingerprint)
    except RuleRefused as refused:
        codes = {"nothing_to_repair": 0, "not_repairable": 1}
        if refused.code not in codes:
            raise
        say(refused.sentence)
        return codes[refused.code]
    for line in mended.before.lines:
        say(line)
    say("")
    say(f"ĐÃ PHỤC HỒI vào {mended.out}; gói hỏng không bị đụng tới.")
    for line in mended.after.lines:
        say(line)
    return 0 if mended.after.verdict is VerifyVerdict.INTACT else 1
