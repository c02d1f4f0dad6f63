"""Kết quả as they were on a day: stored at xác nhận and chốt, compared with a fresh computation."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from app.digests import canonical_json, data_digest
from app.domain.ids import PupilId, SubjectId
from app.domain.marks import value_text
from app.domain.periods import Period, Term
from app.domain.primary_levels import score_text
from app.domain.subjects import column_words
from app.regulations.base import Promotion, PupilResults
from app.regulations.primary_columns import TRAIT_NAMES
from app.regulations.registry import circular, year_period
from app.services.class_results import ClassFacts
from app.services.primary_inputs import PrimaryFacts, split_key

_LABELS = {
    "absences": "Tổng số buổi nghỉ",
    "promotion": "Xét lên lớp",
    "title": "Khen thưởng",
    "result": "Đánh giá kết quả giáo dục",
}
_OWN_WORDS = {
    "learning": "{learning}",
    "learning_year": "{learning} cả năm",
    "conduct": "{conduct}",
    "conduct_year": "{conduct} cả năm",
    "learning_after": "{learning} sau {again}",
    "conduct_after": "{conduct} sau hè",
}
"""Results that each circular calls by its own words."""

ResultTexts = Mapping[PupilId, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Changed:
    """One result that is no longer what was stored; texts are "" where there was none."""

    pupil_id: PupilId
    field: str
    before: str
    now: str


def result_texts(facts: ClassFacts, period: Period) -> dict[PupilId, dict[str, str]]:
    """Every result a period stands for, by pupil and field, as text.

    "term|7" and "year|7" are the results of subject 7. HK1 and HK2 do not see the summer.
    """
    seen = facts if period is Period.HE else facts.before_summer()
    results = seen.results()
    return {
        entry.pupil_id: {
            name: text
            for name, text in _texts(seen, entry.pupil_id, results[entry.pupil_id], period).items()
            if text
        }
        for entry in seen.entries
    }


def stored_form(texts: ResultTexts) -> dict[PupilId, str]:
    """What the file keeps: canonical JSON a pupil."""
    return {pupil: canonical_json(dict(fields)).decode() for pupil, fields in texts.items()}


def from_stored(rows: Mapping[PupilId, str]) -> dict[PupilId, dict[str, str]]:
    """The reverse of `stored_form`."""
    return {pupil: dict(json.loads(text)) for pupil, text in rows.items()}


def results_digest(rows: Mapping[PupilId, str]) -> str:
    """SHA-256 (hex) of stored results, so that a rewritten row is noticed."""
    return data_digest({str(pupil): text for pupil, text in rows.items()}).hex


def differences(before: ResultTexts, now: ResultTexts) -> tuple[Changed, ...]:
    """Everything that differs, pupils in the order of `now`, those only in `before` last."""
    found: list[Changed] = []
    for pupil in dict.fromkeys((*now, *before)):
        old, new = before.get(pupil, {}), now.get(pupil, {})
        found += [
            Changed(pupil, name, old.get(name, ""), new.get(name, ""))
            for name in dict.fromkeys((*new, *old))
            if old.get(name, "") != new.get(name, "")
        ]
    return tuple(found)


def field_subject(field: str) -> SubjectId | None:
    """The subject a field belongs to; None for a result over all subjects."""
    name, _, key = field.partition("|")
    return split_key(key)[0] if name in ("term", "year", "level", "score") else None


def field_words(facts: ClassFacts, field: str) -> str:
    """A field as one reads it: "Toán, cả năm"."""
    subject = field_subject(field)
    if subject is None:
        own = circular(facts.klass.regulation)
        if field in _OWN_WORDS:
            return _OWN_WORDS[field].format(
                learning=own.learning_word,
                conduct=own.conduct_word,
                again=own.reassess_word.lower(),
            )
        return _LABELS.get(field, field)
    name = next((s.name for s in facts.subjects if s.id == subject), "môn đã bỏ")
    _, code = split_key(field.partition("|")[2])
    if code:
        return TRAIT_NAMES.get(code) or f"{name}, {column_words(code)}"
    return f"{name}, {'cả năm' if field.startswith('year') else 'học kì'}"


def _texts(
    facts: ClassFacts, pupil: PupilId, found: PupilResults, period: Period
) -> dict[str, str]:
    if period is Period.HE:
        after = found.after_reassessment
        changed = found.conduct_final != found.conduct_year
        return {
            "learning_after": "" if after is None else after.final,
            "conduct_after": (found.conduct_final or "") if changed else "",
            "promotion": _promotion(facts, found.promotion),
        }
    if facts.primary is not None:
        return _primary_texts(facts, facts.primary, pupil, period)
    term = Term.HK1 if period is Period.HK1 else Term.HK2
    texts: dict[str, str] = {}
    for subject, result in zip(facts.subjects, found.subjects, strict=True):
        value = result.hk1 if term is Term.HK1 else result.hk2
        texts[f"term|{subject.id}"] = "" if value is None else value_text(value, subject.kind)
        if term is Term.HK2 and result.year is not None:
            texts[f"year|{subject.id}"] = value_text(result.year, subject.kind)
    learning = found.learning_hk1 if term is Term.HK1 else found.learning_hk2
    row = facts.conduct.get((pupil, term))
    texts["learning"] = "" if learning is None else learning.final
    texts["conduct"] = "" if row is None else row.level
    if term is Term.HK2:
        absences = facts.absences(pupil)
        texts["learning_year"] = found.learning_year.final if found.learning_year else ""
        texts["conduct_year"] = found.conduct_year or ""
        texts["absences"] = "" if absences is None else str(absences)
        texts["promotion"] = _promotion(facts, found.promotion)
        texts["title"] = found.titles.year or ""
    return texts


def _primary_texts(
    facts: ClassFacts, primary: PrimaryFacts, pupil: PupilId, period: Period
) -> dict[str, str]:
    """Levels and scores of a kỳ; cuối năm adds what follows for the year."""
    values = primary.assessment(pupil, period)
    texts: dict[str, str] = {}
    for subject in values.levels:
        texts[f"level|{subject.key}"] = "" if subject.level is None else subject.level.value
    for trait in values.traits:
        texts[f"level|{trait.key}"] = "" if trait.level is None else trait.level.value
    for test in values.scores:
        texts[f"score|{test.key}"] = "" if test.score is None else score_text(test.score)
    if period is year_period(facts.klass.regulation):
        found = primary.results_of(pupil)
        texts["result"] = "" if found.learning_year is None else found.learning_year.final
        texts["promotion"] = _promotion(facts, found.promotion)
        texts["title"] = found.titles.year or ""
    return texts


def _promotion(facts: ClassFacts, promotion: Promotion) -> str:
    known = promotion is not Promotion.INCOMPLETE
    return promotion.label(facts.klass.grade) if known else ""
