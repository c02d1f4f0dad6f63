"""Cases of `khoaso assess` for its tests: the two examples of the format, and builders."""

from __future__ import annotations

import copy
import json

from app.services.assess import assess

SECONDARY = {
    "id": "s1",
    "regulation": "TT22/2021",
    "grade": 8,
    "specialised_subject": None,
    "subjects": [
        {
            "name": "Toán",
            "kind": "marks",
            "periods": 140,
            "hk1": {"tx": ["8", "9", "7,5", "8"], "gk": "7", "ck": "8"},
            "hk2": {"tx": ["8", "9", "7,5", None], "gk": "7", "ck": None},
            "exempt": None,
            "reassessed": None,
        },
        {
            "name": "Giáo dục thể chất",
            "kind": "comments",
            "periods": 70,
            "hk1": {"tx": ["Đ", "Đ"], "gk": "Đ", "ck": "CĐ"},
            "hk2": {"tx": ["Đ", "Đ"], "gk": "Đ", "ck": "Đ"},
            "exempt": None,
            "reassessed": None,
        },
    ],
    "conduct": {"hk1": "Tốt", "hk2": "Khá", "year": None, "after_summer": None},
    "absences": 12,
}

PRIMARY = {
    "id": "p1",
    "regulation": "TT27/2020",
    "grade": 4,
    "levels": {"Tiếng Việt": "T", "Toán": "T", "Đạo đức": "T"},
    "traits": {"Yêu nước": "T", "Tự chủ và tự học": "T"},
    "tests": {"Tiếng Việt": "9", "Toán": "8"},
    "class_recognised": False,
    "standout": False,
    "supplementary": None,
    "principal_promotes": None,
}


def run(*cases: object) -> list[dict]:
    found = assess({"format": "khoaso-assess/1", "cases": list(cases)})
    assert found["format"] == "khoaso-assess-result/1"
    json.dumps(found)
    return found["results"]  # type: ignore[return-value]


def subject(name: str, mark: str | None = "6", kind: str = "marks", **more: object) -> dict:
    """A subject whose every entry is `mark`."""
    count = 2
    entries = {"tx": [mark] * count, "gk": mark, "ck": mark}
    return {
        "name": name,
        "kind": kind,
        "periods": 35,
        "hk1": copy.deepcopy(entries),
        "hk2": copy.deepcopy(entries),
        "exempt": None,
        "reassessed": None,
        **more,
    }


def case(subjects: list[dict] | None = None, **more: object) -> dict:
    return {
        "id": "x",
        "regulation": "TT22/2021",
        "grade": 7,
        "subjects": [subject(f"M{n}") for n in range(1, 9)] if subjects is None else subjects,
        "conduct": {"hk1": "Khá", "hk2": "Khá", "year": None, "after_summer": None},
        "absences": 0,
        **more,
    }


def with_entry(value: object, kind: str = "marks") -> dict:
    """A case with one subject "Toán" whose HK I giữa kì is `value`."""
    only = subject("Toán", "Đ" if kind == "comments" else "6", kind)
    only["hk1"]["gk"] = value
    return run(case([only]))[0]


def codes(result: dict) -> list[tuple[str, str]]:
    return [(error["at"], error["code"]) for error in result["errors"]]


CONDUCT58 = {"hk1": "Khá", "hk2": "Khá", "year": "Khá", "after_summer": None}


def three(mark: str = "6") -> list[dict]:
    """The three subjects of TT58/2011, Điều 13."""
    return [subject(name, mark) for name in ("Toán", "Ngữ văn", "Ngoại ngữ")]


def case58(subjects: list[dict] | None = None, **more: object) -> dict:
    return {
        "id": "x",
        "regulation": "TT58/2011",
        "grade": 9,
        "specialised_subject": None,
        "subjects": three() if subjects is None else subjects,
        "conduct": dict(CONDUCT58),
        "absences": 0,
        **more,
    }
