"""Primary cases of `khoaso assess` for its tests: builders and Hypothesis strategies."""

from __future__ import annotations

from hypothesis import strategies as st

LEVEL_NAMES = (*("Tiếng Việt", "Toán", "Ngoại ngữ 1", "Khoa học", "Đạo đức", "Âm nhạc", "Bơi lội"),)
TRAIT_NAMES = ("Yêu nước", "Tự chủ và tự học", "Khoa học", "Hợp tác")
TEST_NAMES = (
    *("Tiếng Việt", "Toán", "Ngoại ngữ 1", "Khoa học", "Đạo đức", "Tự nhiên và Xã hội"),
    *("Tiếng dân tộc", "Kĩ thuật", "Bơi lội", "Nghệ thuật (Âm nhạc)"),
)


def primary(**more: object) -> dict:
    """A case that is Hoàn thành in everything."""
    return {
        "id": "p",
        "regulation": "TT27/2020",
        "grade": 4,
        "levels": {"Tiếng Việt": "H", "Toán": "H", "Đạo đức": "T"},
        "traits": {"Yêu nước": "Đ", "Tự chủ và tự học": "T"},
        "tests": {"Tiếng Việt": "6", "Toán": "5"},
        "class_recognised": False,
        "standout": False,
        "supplementary": None,
        "principal_promotes": None,
        **more,
    }


def best(**more: object) -> dict:
    """A case that is perfect in everything."""
    return primary(
        **{
            "levels": {"Tiếng Việt": "T", "Toán": "T"},
            "traits": {"Yêu nước": "T"},
            "tests": {"Tiếng Việt": "9", "Toán": "10"},
            **more,
        }
    )


def _parts(
    levels: st.SearchStrategy[object],
    traits: st.SearchStrategy[object],
    tests: st.SearchStrategy[object],
) -> st.SearchStrategy[dict]:
    return st.fixed_dictionaries(
        {
            "levels": st.dictionaries(st.sampled_from(LEVEL_NAMES), levels, max_size=4),
            "traits": st.dictionaries(st.sampled_from(TRAIT_NAMES), traits, max_size=3),
            "tests": st.dictionaries(st.sampled_from(TEST_NAMES), tests, max_size=4),
        }
    )


GOOD_VALUES = (
    st.sampled_from("TTTTHHC"),
    st.sampled_from("TTTTĐĐC"),
    st.sampled_from([*"0123456789", "10", "9", "9", "7", "8"]),
)
ANY_VALUES = (
    st.sampled_from(["T", "H", "C", " T ", None, "Đ", "t", "", "9"]),
    st.sampled_from(["T", "Đ", "C", " C", None, "D", "H", "", "Tốt"]),
    st.sampled_from(
        [
            *(str(n) for n in range(11)),
            *("-0", "09", " 8 ", "9,0", "8.5", "11", "-1", "10,5", "0,0", "x", "", "8,,5"),
            None,
        ]
    ),
)


def cases(*, faulty: bool) -> st.SearchStrategy[dict]:
    """Whole cases: with correct values only, or with gaps and faults."""
    values = ANY_VALUES if faulty else GOOD_VALUES
    return st.builds(
        lambda parts, more: {"id": "p", **parts, **more},
        _parts(*values),
        st.fixed_dictionaries(
            {
                "regulation": st.sampled_from(["TT27/2020", "TT22/2016"]),
                "grade": st.integers(1, 5),
                "class_recognised": st.booleans(),
                "standout": st.booleans(),
                "supplementary": st.none() | st.just({}) | _parts(*values),
                "principal_promotes": st.none() | st.booleans(),
            }
        ),
    )
