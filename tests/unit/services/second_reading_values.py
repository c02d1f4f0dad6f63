"""A second reading of the values of a secondary `assess` case: what is at fault, and what is left.

Written from the paper of the file format alone; nothing of the program is imported. The readings of
the two circulars then only meet good values.
"""

from __future__ import annotations

import copy
import unicodedata
from fractions import Fraction

DIGITS = set("0123456789")
CONDUCT = {
    "TT22/2021": ("Tốt", "Khá", "Đạt", "Chưa đạt"),
    "TT58/2011": ("Tốt", "Khá", "Trung bình", "Yếu"),
}


def tx_wanted(case: dict, subject: dict) -> int:
    """The school's own number, else by the table of lessons; comments of TT22/2021 always two."""
    own = subject.get("tx_required")
    if own is not None:
        return own
    if subject["kind"] == "comments" and case["regulation"] == "TT22/2021":
        return 2
    return {(False, False): 2, (True, False): 3, (True, True): 4}[
        subject["periods"] > 35, subject["periods"] > 70
    ]


def cleaned(case: dict) -> tuple[dict, list[tuple[str, str]]]:
    """The case with null for every bad value, and (path, code) of each, in the order of reading."""
    case, faults = copy.deepcopy(case), []

    def keep(holder: dict | list, key: str | int, at: str, fault: str | None, value: object):
        if fault:
            faults.append((at, fault))
        holder[key] = None if fault else value  # type: ignore[index]

    for subject in case["subjects"]:
        name = subject["name"]
        judge = _mark if subject["kind"] == "marks" else _comment
        for term in ("hk1", "hk2"):
            entries = subject[term]
            if entries is None:
                continue
            entries.setdefault("gk", None)
            entries.setdefault("ck", None)
            tx = entries["tx"] = entries.get("tx") or []
            if len(tx) > tx_wanted(case, subject):
                faults.append((f"{name}.{term}.tx", "too_many_marks"))
            for at, raw in enumerate(tx):
                keep(tx, at, f"{name}.{term}.tx[{at}]", *judge(raw))
            for key in ("gk", "ck"):
                keep(entries, key, f"{name}.{term}.{key}", *judge(entries[key]))
        keep(subject, "reassessed", f"{name}.reassessed", *judge(subject.get("reassessed")))
    conduct = case["conduct"] = dict(case["conduct"] or {})
    known = CONDUCT[case["regulation"]]
    for key in ("hk1", "hk2", "year", "after_summer"):
        if key == "year" and case["regulation"] == "TT22/2021":
            continue
        keep(conduct, key, f"conduct.{key}", *_word(conduct.get(key), known))
    keep(case, "absences", "absences", *_days(case["absences"]))
    return case, faults


def _text(raw: object) -> str | None:
    return unicodedata.normalize("NFC", raw).strip() if isinstance(raw, str) else None


def _mark(raw: object) -> tuple[str | None, str | None]:
    if raw is None:
        return None, None
    text = _text(raw)
    if text is None:
        return "not_a_mark", None
    parts = text.removeprefix("-").replace(",", ".").split(".")
    if len(parts) > 2 or not all(part and set(part) <= DIGITS for part in parts):
        return "not_a_mark", None
    worth = Fraction(".".join(parts)) * (-1 if text[0] == "-" else 1)
    if not 0 <= worth <= 10:
        return "mark_out_of_range", None
    if len(parts) == 2 and len(parts[1]) > 1:
        return "mark_too_precise", None
    return None, f"{worth.numerator * (10 // worth.denominator) / 10}"


def _comment(raw: object) -> tuple[str | None, str | None]:
    return _word(raw, ("Đ", "CĐ"))


def _word(raw: object, known: tuple[str, ...]) -> tuple[str | None, str | None]:
    if raw is None:
        return None, None
    text = _text(raw)
    return (None, text) if text in known else ("not_a_level", None)


def _days(raw: object) -> tuple[str | None, object]:
    if raw is None:
        return None, None
    if type(raw) is not int:
        return "not_a_mark", None
    return ("mark_out_of_range", None) if raw < 0 else (None, raw)
