"""Shipped texts of the school's papers about its record books; a school words its own over them."""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.letters import LetterKind, LetterWords
from app.letter_templates.decisions import BOARD, KEEPERS, PROOF, RULES_DECISION
from app.letter_templates.notes import COVERING, MEETING, SUBMISSION
from app.letter_templates.plans import PLAN, TEST_PLAN
from app.letter_templates.regulation import RULES

SHIPPED: Mapping[LetterKind, LetterWords] = {
    LetterKind.BOARD: BOARD,
    LetterKind.RULES_DECISION: RULES_DECISION,
    LetterKind.RULES: RULES,
    LetterKind.KEEPERS: KEEPERS,
    LetterKind.PLAN: PLAN,
    LetterKind.TEST_PLAN: TEST_PLAN,
    LetterKind.PROOF: PROOF,
    LetterKind.SUBMISSION: SUBMISSION,
    LetterKind.COVERING: COVERING,
    LetterKind.MEETING: MEETING,
}
"""The words of each kind as the program brings them."""
