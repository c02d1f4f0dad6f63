"""A second reading of TT22/2021, written from its text alone, over whole cases of `assess`.

It takes a case with good values only and writes the whole result. Every clause is a table or a
sentence of its own; marks are Fractions, levels are words, nothing of the program is imported.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import floor

from tests.unit.services.second_reading_values import tx_wanted

Found = Fraction | str | None

# Điều 9, khoản 2: level, no mark below, six marks from, comment subjects that may fail
LEVELS = (
    ("Tốt", Fraction("6.5"), Fraction(8), 0),
    ("Khá", Fraction(5), Fraction("6.5"), 0),
    ("Đạt", Fraction("3.5"), Fraction(5), 1),
)
# Điều 9, khoản 3: level without the one subject, level with it -> level given
RAISED = {
    ("Tốt", "Đạt"): "Khá",
    ("Tốt", "Chưa đạt"): "Đạt",
    ("Khá", "Chưa đạt"): "Đạt",
}
# Điều 8, khoản 2, the sentences of each level: year -> (học kì I, học kì II)
CONDUCT = {
    "Tốt": {("Tốt", "Tốt"), ("Khá", "Tốt")},
    "Khá": {
        *(("Tốt", "Khá"), ("Khá", "Khá"), ("Đạt", "Khá")),
        *(("Đạt", "Tốt"), ("Chưa đạt", "Tốt"), ("Tốt", "Đạt")),
    },
    "Đạt": {("Khá", "Đạt"), ("Đạt", "Đạt"), ("Chưa đạt", "Đạt"), ("Chưa đạt", "Khá")},
    "Chưa đạt": {(one, "Chưa đạt") for one in ("Tốt", "Khá", "Đạt", "Chưa đạt")},
}


def level_of(results: Sequence[Found]) -> str:
    marks = sorted((one for one in results if isinstance(one, Fraction)), reverse=True)
    failed = sum(one == "CĐ" for one in results)
    for level, lowest, six, may_fail in LEVELS:
        enough = len(marks) >= 6 and marks[5] >= six
        if enough and marks[-1] >= lowest and failed <= may_fail:
            return level
    return "Chưa đạt"


def judged(results: dict[str, Found]) -> dict | None:
    """`base`, `final` and `raised_by` of the results of one period by name, in input order."""
    if not results or None in results.values():
        return None
    base = level_of(list(results.values()))
    for name, value in results.items():
        if value == "Đ":
            continue
        others = [one for other, one in results.items() if other != name]
        given = RAISED.get((level_of(others), base))
        if given is not None:
            return {"base": base, "final": given, "raised_by": name}
    return {"base": base, "final": base, "raised_by": None}


def rounded(value: Fraction) -> Fraction:
    return Fraction(floor(value * 10 + Fraction(1, 2)), 10)


def term_of(case: dict, subject: dict, term: str) -> Found:
    entries = subject[term]
    listed = [*entries["tx"], entries["gk"], entries["ck"]]
    if len(entries["tx"]) != tx_wanted(case, subject) or None in listed:
        return None
    if subject["kind"] == "comments":
        return "CĐ" if "CĐ" in listed else "Đ"
    marks = [Fraction(one) for one in listed]
    weights = [1] * len(entries["tx"]) + [2, 3]
    return rounded(Fraction(sum(m * w for m, w in zip(marks, weights, strict=True)), sum(weights)))


def results_of(case: dict, subject: dict) -> dict[str, Found]:
    taught = [term for term in ("hk1", "hk2") if subject[term] is not None]
    free = {None: (), "year": ("hk1", "hk2")}.get(subject["exempt"], (subject["exempt"],))
    found: dict[str, Found] = {
        term: term_of(case, subject, term) if term in taught and term not in free else None
        for term in ("hk1", "hk2")
    }
    one, two = found["hk1"], found["hk2"]
    year: Found = None
    if taught == ["hk1"]:
        year = one
    elif taught == ["hk2"] or (taught and subject["kind"] == "comments"):
        year = two
    elif isinstance(one, Fraction) and isinstance(two, Fraction):
        year = rounded((one + 2 * two) / 3)
    if subject["exempt"] == "year":
        year = None
    return {**found, "year": year}


def result(case: dict) -> dict:
    subjects = {subject["name"]: subject for subject in case["subjects"]}
    found = {name: results_of(case, subject) for name, subject in subjects.items()}
    exempt = any(subject["exempt"] for subject in subjects.values())
    learning: dict[str, dict | None] = {}
    for term in ("hk1", "hk2"):
        learning[term] = judged(
            {name: found[name][term] for name, one in subjects.items() if one[term] is not None}
        )
    yearly = {name: found[name]["year"] for name in subjects}
    learning["year"] = judged(yearly)
    again = {
        name: one["reassessed"] if one["kind"] == "comments" else Fraction(one["reassessed"])
        for name, one in subjects.items()
        if one["reassessed"] is not None
    }
    learning["after_reassessment"] = judged({**yearly, **again}) if again else None
    if exempt:
        learning = dict.fromkeys(learning)
    first, second = case["conduct"]["hk1"], case["conduct"]["hk2"]
    conduct = next((year for year, pairs in CONDUCT.items() if (first, second) in pairs), None)
    summer = case["conduct"]["after_summer"]
    promotion = promoted(case["absences"], learning, conduct, summer) if not exempt else None
    failed = [name for name, one in yearly.items() if fails(one)]
    whole = learning["year"]
    title = None
    if whole is not None and (whole["final"], conduct) == ("Tốt", "Tốt"):
        nines = [one for one in yearly.values() if isinstance(one, Fraction) and one >= 9]
        title = "Học sinh Xuất sắc" if len(nines) >= 6 else "Học sinh Giỏi"
    asked = promotion == "reassess" or (promotion or "").startswith("again ")
    return {
        "id": case["id"],
        "errors": [],
        "subjects": {
            name: {term: shown(one) for term, one in periods.items()}
            for name, periods in found.items()
        },
        "average": {"hk1": None, "hk2": None, "year": None},
        "learning": learning,
        "conduct": {"year": conduct, "final": summer or conduct},
        "promotion": (promotion or "principal_decides").removeprefix("again "),
        "reassess": failed if asked else [],
        "titles": {"hk1": None, "hk2": None, "year": title},
    }


def promoted(
    absences: int | None, learning: dict[str, dict | None], conduct: str | None, summer: str | None
) -> str:
    """Điều 12 to 14; "again …" where the way led over Điều 14."""
    if absences is not None and absences >= 46:
        return "retained"
    year, again = learning["year"], learning["after_reassessment"]
    if year is None or conduct is None or absences is None:
        return "incomplete"
    ended = {True: "promoted", False: "retained"}
    table = {
        (True, True): "promoted",
        (False, False): "principal_decides",
        (False, True): "reassess"
        if again is None
        else f"again {ended[again['final'] != 'Chưa đạt']}",
        (True, False): "summer_conduct" if summer is None else ended[summer != "Chưa đạt"],
    }
    return table[year["final"] != "Chưa đạt", conduct != "Chưa đạt"]


def fails(value: Found) -> bool:
    return value == "CĐ" or (isinstance(value, Fraction) and value < 5)


def shown(value: Found) -> str | None:
    return f"{float(value):.1f}".replace(".", ",") if isinstance(value, Fraction) else value
