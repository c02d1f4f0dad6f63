"""Hypothesis strategies: whole secondary cases of `khoaso assess`, sound ones and faulty ones."""

from __future__ import annotations

import copy

from hypothesis import strategies as st

NEAR = ["0", "1,9", "2", "3,4", "3,5", "4,9", "5", "6,4", "6,5", "7,9", "8", "8,1", "9", "10"]
marks = st.sampled_from(NEAR) | st.integers(0, 100).map(lambda n: f"{n // 10},{n % 10}")
comments = st.sampled_from(["Đ", "Đ", "Đ", "CĐ"])
WORDS = {
    "TT22/2021": ["Tốt", "Khá", "Đạt", "Chưa đạt"],
    "TT58/2011": ["Tốt", "Khá", "Trung bình", "Yếu"],
}
NAMES = ["Toán", "Ngữ văn", "Ngoại ngữ", "Lí", "Hóa", "Sử", "Địa", "Tin"]
COMMENT_NAMES = ["Thể dục", "Mĩ thuật", "Âm nhạc"]
STRANGE = [
    *("", " ", "8,", ",5", "8,,5", "l0", "75", "-1", "-0", "-0,5", "10,5", "10,0", "7,25", "8,50"),
    *("010", " 8 ", "\u00a09,5", "8.5", "Đ", "CĐ", "D", "CD", "Đạt", "Giỏi", "Tốt", "Chưa đạt"),
    *(8, 8.5, True, "9" * 300, [], {}, "Trung bình", "Tot", " Khá "),
]


@st.composite
def terms(draw: st.DrawFn, usual: str, kind: str, count: int) -> dict | None:
    if draw(st.integers(0, 19)) == 0:
        return None
    value = marks if kind == "marks" else comments
    entries: list[str | None] = [usual] * (count + 2)
    for _ in range(draw(st.sampled_from([0, 0, 0, 1, 2]))):
        entries[draw(st.integers(0, count + 1))] = draw(value)
    if draw(st.integers(0, 29)) == 0:
        entries[draw(st.integers(0, count + 1))] = None
    return {"tx": entries[:count], "gk": entries[-2], "ck": entries[-1]}


@st.composite
def subjects(draw: st.DrawFn, regulation: str, name: str, kind: str, usual: str) -> dict:
    periods = draw(st.sampled_from([18, 35, 36, 70, 71, 105]))
    count = draw(st.sampled_from([None, None, None, 0, 1, 3]))
    always_two = regulation == "TT22/2021" and kind == "comments"
    wanted = 2 if periods <= 35 or always_two else 3 if periods <= 70 else 4
    if count is not None:
        wanted = count
    rare = draw(st.integers(0, 29 if regulation == "TT22/2021" else 9))
    value = marks if kind == "marks" else comments
    made = {
        "name": name,
        "kind": kind,
        "periods": periods,
        "hk1": draw(terms(usual, kind, wanted)),
        "hk2": draw(terms(usual, kind, wanted)),
        "exempt": draw(st.sampled_from(["hk1", "hk2", "year"])) if rare == 9 else None,
        "reassessed": draw(value) if rare == 1 else None,
    }
    if count is not None:
        made["tx_required"] = count
    return made


@st.composite
def cases(draw: st.DrawFn, regulation: str) -> dict:
    """A case with good values and gaps; enough subjects for the "6 môn" of TT22/2021."""
    usual = draw(st.sampled_from(["5,2", "6,6", "7", "8,2", "8,8", "9,1"]) | marks)
    if regulation == "TT22/2021":
        first, last = 0, draw(st.sampled_from([0, 5, 6, 7, 8, 8]))
    else:
        first = draw(st.integers(0, 2))
        last = draw(st.integers(first + 1, 6))
    listed = []
    for name in NAMES[first:last]:
        own = draw(marks) if draw(st.integers(0, 4)) == 0 else usual
        listed.append(draw(subjects(regulation, name, "marks", own)))
    usual_level = st.sampled_from(["Đ"] * 6 + ["CĐ"])
    listed += [
        draw(subjects(regulation, name, "comments", draw(usual_level)))
        for name in COMMENT_NAMES[: draw(st.integers(0, 3))]
    ]
    free = [one["name"] for one in listed if one["exempt"] is None and one["kind"] == "marks"]
    words = WORDS[regulation]
    level = st.sampled_from([*words, *words, words[3], None])
    return {
        "id": draw(st.integers()),
        "regulation": regulation,
        "grade": draw(st.integers(6, 12)),
        "subjects": draw(st.permutations(listed)),
        "specialised_subject": draw(st.sampled_from([None, None, *free])),
        "conduct": {at: draw(level) for at in ("hk1", "hk2", "year")}
        | {"after_summer": draw(st.sampled_from([None, *words]))},
        "absences": draw(st.sampled_from([0, 12, 45, 46, None])),
    }


@st.composite
def faulty_cases(draw: st.DrawFn, regulation: str) -> dict:
    """A case some of whose values are wrong; its shape stays sound."""
    made = copy.deepcopy(draw(cases(regulation)))
    strange = st.sampled_from(STRANGE) | st.text(max_size=4)
    for _ in range(draw(st.integers(1, 5))):
        where = draw(st.integers(0, 9))
        if where == 0:
            made["conduct"][draw(st.sampled_from(["hk1", "hk2", "year", "after_summer"]))] = draw(
                strange
            )
        elif where == 1:
            made["absences"] = draw(st.sampled_from([-1, "12", 1.5, True, [], 10**30]))
        elif made["subjects"]:
            _spoil(draw, draw(st.sampled_from(made["subjects"])), strange)
    return made


def _spoil(draw: st.DrawFn, subject: dict, strange: st.SearchStrategy[object]) -> None:
    term = subject[draw(st.sampled_from(["hk1", "hk2"]))]
    if term is None or draw(st.integers(0, 5)) == 0:
        subject["reassessed"] = draw(strange)
        return
    match draw(st.integers(0, 5)):
        case 0:
            term["tx"] = [*(term.get("tx") or []), draw(strange | st.none())]
        case 1:
            term["tx"] = None
        case 2:
            term.pop(draw(st.sampled_from(["tx", "gk", "ck"])), None)
        case _ if term.get("tx"):
            term["tx"][draw(st.integers(0, len(term["tx"]) - 1))] = draw(strange)
        case _:
            term["gk"] = draw(strange)
