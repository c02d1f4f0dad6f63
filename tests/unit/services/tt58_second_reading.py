"""A second reading of TT58/2011, both texts, written from them alone, over cases of `assess`.

A case whose "gk" are lists is read as the text before TT26/2020 says: those are its KTđk, Toán or
Ngữ văn leads, and lessons are counted by the week.

It takes a case with good values only and writes the whole result. Marks are Fractions, levels are
words, nothing of the program is imported.
"""

from __future__ import annotations

from fractions import Fraction
from math import floor

from tests.unit.services.second_reading_values import tx_wanted

ORDER = ["Giỏi", "Khá", "Trung bình", "Yếu", "Kém"]
GOOD_CONDUCT = {"Tốt", "Khá", "Trung bình"}
THREE = {"Toán", "Ngữ văn", "Ngoại ngữ"}
TWO = {"Toán", "Ngữ văn"}
K6 = {
    ("Giỏi", "Trung bình"): "Khá",
    ("Giỏi", "Yếu"): "Trung bình",
    ("Khá", "Yếu"): "Trung bình",
    ("Khá", "Kém"): "Yếu",
}
Result = Fraction | str | None


def rounded(value: Fraction) -> Fraction:
    """To one decimal, half up."""
    return Fraction(floor(value * 10 + Fraction(1, 2)), 10)


def number(text: str) -> Fraction:
    return Fraction(text.replace(",", "."))


def shown(value: Result) -> str | None:
    if value is None or isinstance(value, str):
        return value
    whole, tenth = divmod(int(value * 10), 10)
    return f"{whole},{tenth}"


def term(subject: dict, which: str) -> Result:
    marks = subject[which]
    wanted = tx_wanted({"regulation": "TT58/2011"}, subject)
    twos = [marks["gk"]]
    if isinstance(marks["gk"], list):
        twos = marks["gk"]
        a_week = Fraction(subject["periods"], 35)
        if subject.get("tx_required") is None:
            wanted = 2 if a_week <= 1 else 3 if a_week < 3 else 4
    tx = marks["tx"]
    entries = [*tx, *twos, marks["ck"]]
    if len(tx) != wanted or any(entry is None for entry in entries):
        return None
    if subject["kind"] == "comments":
        share = Fraction(sum(entry == "Đ" for entry in entries), len(entries))
        return "Đ" if share >= Fraction(2, 3) and marks["ck"] == "Đ" else "CĐ"
    weighted = [(number(one), 1) for one in tx]
    weighted += [*((number(one), 2) for one in twos), (number(marks["ck"]), 3)]
    return rounded(sum(m * w for m, w in weighted) / Fraction(sum(w for _, w in weighted)))


def taught(subject: dict) -> set[str]:
    """Semesters in which the pupil has this subject."""
    terms = {which for which in ("hk1", "hk2") if subject[which] is not None}
    free = {"hk1": {"hk1"}, "hk2": {"hk2"}, "year": {"hk1", "hk2"}, None: set()}
    return terms - free[subject["exempt"]]


def of_subject(subject: dict) -> dict[str, Result]:
    has = taught(subject)
    one = term(subject, "hk1") if "hk1" in has else None
    two = term(subject, "hk2") if "hk2" in has else None
    if has == {"hk1"}:
        year = one
    elif has == {"hk2"} or subject["kind"] == "comments":
        year = two
    elif one is None or two is None:
        year = None
    else:
        year = rounded((one + 2 * two) / 3)  # type: ignore[operator]
    return {"hk1": one, "hk2": two, "year": year}


def mean_of(listed: dict[str, Result], kinds: dict[str, str]) -> Fraction | None:
    marks = [value for name, value in listed.items() if kinds[name] == "marks"]
    if not marks or None in marks:
        return None
    return rounded(sum(marks) / Fraction(len(marks)))  # type: ignore[arg-type]


def level(
    listed: dict[str, Result], kinds: dict[str, str], chuyen: str | None, leading: set[str]
) -> dict | None:
    mean = mean_of(listed, kinds)
    if mean is None or None in listed.values():
        return None
    marks = {name: value for name, value in listed.items() if kinds[name] == "marks"}
    comments = {name: value for name, value in listed.items() if kinds[name] == "comments"}
    bar = {"Giỏi": (8, 8, "6.5"), "Khá": ("6.5", "6.5", 5), "Trung bình": (5, 5, "3.5")}

    def heads(name: str) -> bool:
        wanted_mean, wanted_three, _ = (Fraction(x) for x in bar[name])
        three = [marks[one] for one in leading if one in marks]
        return (
            mean >= wanted_mean
            and any(one >= wanted_three for one in three)
            and (chuyen is None or (chuyen in marks and marks[chuyen] >= wanted_three))
        )

    def falling(name: str) -> list[str]:
        floor_ = Fraction(bar[name][2])
        low = [one for one, value in marks.items() if value < floor_]
        return low + [one for one, value in comments.items() if value == "CĐ"]

    base = next((name for name in bar if heads(name) and not falling(name)), None)
    if base is None:
        base = "Yếu" if mean >= Fraction("3.5") and min(marks.values()) >= 2 else "Kém"
    for name in ("Giỏi", "Khá"):
        if heads(name) and len(falling(name)) == 1 and (name, base) in K6:
            return {"base": base, "final": K6[name, base], "raised_by": falling(name)[0]}
    return {"base": base, "final": base, "raised_by": None}


def title(learning: dict | None, conduct: str | None) -> str | None:
    both = (learning and learning["final"], conduct)
    if both == ("Giỏi", "Tốt"):
        return "Học sinh giỏi"
    if both[0] in ("Giỏi", "Khá") and both[1] in ("Tốt", "Khá"):
        return "Học sinh tiên tiến"
    return None


def result(case: dict) -> dict:
    subjects = case["subjects"]
    kinds = {subject["name"]: subject["kind"] for subject in subjects}
    found = {subject["name"]: of_subject(subject) for subject in subjects}
    chuyen = case["specialised_subject"]
    terms = [s[which] for s in subjects for which in ("hk1", "hk2") if s[which] is not None]
    leading = TWO if any(isinstance(one["gk"], list) for one in terms) else THREE
    conduct, absences = case["conduct"], case["absences"]

    def listed(period: str) -> dict[str, Result]:
        if period == "year":
            inside = [s for s in subjects if s["exempt"] is None or taught(s)]
        else:
            inside = [s for s in subjects if period in taught(s)]
        return {s["name"]: found[s["name"]][period] for s in inside}

    periods = ("hk1", "hk2", "year")
    learning = {period: level(listed(period), kinds, chuyen, leading) for period in periods}
    after = None
    if any(s["reassessed"] is not None for s in subjects):
        new = listed("year")
        for s in subjects:
            if s["name"] in new and s["reassessed"] is not None:
                given = s["reassessed"]
                new[s["name"]] = given if s["kind"] == "comments" else number(given)
        after = level(new, kinds, chuyen, leading)
    promotion, reassess = outcome(learning["year"], after, conduct, absences)
    chosen = [
        name
        for name, value in listed("year").items()
        if value == "CĐ" or (isinstance(value, Fraction) and value < 5)
    ]
    return {
        "id": case["id"],
        "errors": [],
        "subjects": {
            name: {period: shown(value) for period, value in values.items()}
            for name, values in found.items()
        },
        "average": {period: shown(mean_of(listed(period), kinds)) for period in periods},
        "learning": {**learning, "after_reassessment": after},
        "conduct": {
            "year": conduct["year"],
            "final": conduct["after_summer"] or conduct["year"],
        },
        "promotion": promotion,
        "reassess": chosen if reassess else [],
        "titles": {period: title(learning[period], conduct[period]) for period in periods},
    }


def outcome(
    learning: dict | None, after: dict | None, conduct: dict, absences: int | None
) -> tuple[str, bool]:
    """Promotion, and whether Điều 16 was open."""
    if absences is not None and absences >= 46:
        return "retained", False
    if learning is None or conduct["year"] is None or absences is None:
        return "incomplete", False
    passes = {"Giỏi", "Khá", "Trung bình"}
    match learning["final"] in passes, conduct["year"] in GOOD_CONDUCT:
        case True, True:
            return "promoted", False
        case False, False:
            return "retained", False
        case True, False:
            summer = conduct["after_summer"]
            if summer is None:
                return "summer_conduct", False
            return ("promoted" if summer in GOOD_CONDUCT else "retained"), False
    if learning["final"] == "Kém":
        return "retained", False
    if after is None:
        return "reassess", True
    return ("promoted" if after["final"] in passes else "retained"), True
