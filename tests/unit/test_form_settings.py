"""Mẫu sổ: what a form lets a school adjust, what stays, who signs, what a digest says."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.clock import VIETNAM
from app.domain.form_settings import (
    SPECS,
    BookForm,
    FormSettings,
    FormVersion,
    SchoolForms,
    SignerForm,
    checked_settings,
    form_of_kind,
    in_force,
    settings_of,
    shipped,
)
from app.domain.print_runs import PAPER_NAMES, PaperSize
from app.errors import RuleRefused

words = st.text(st.characters(whitelist_categories=("Lu", "Ll", "Nd")), max_size=20)
any_settings = st.builds(
    FormSettings,
    st.lists(st.tuples(words, words), max_size=3).map(tuple),
    words,
    words,
    st.sampled_from(PaperSize),
    st.integers(0, 99),
    st.lists(words, max_size=4).map(tuple),
    st.sampled_from(SignerForm),
    words,
    words,
    st.booleans(),
)


def refusal(form, **changed):
    with pytest.raises(RuleRefused) as caught:
        checked_settings(form, replace(shipped(form), **changed))
    return caught.value


@pytest.mark.parametrize("form", BookForm)
def test_a_form_as_shipped_is_allowed_and_changes_nothing(form):
    assert checked_settings(form, shipped(form)) == shipped(form)
    assert SchoolForms().of(form) == shipped(form)
    most = SPECS[form].rows[1]
    assert checked_settings(form, replace(shipped(form), rows=most)) == shipped(form)


@given(any_settings)
def test_stored_values_come_back_as_they_were_and_name_one_digest(settings):
    assert settings_of(settings.values()) == settings
    assert settings.digest == settings_of(settings.values()).digest
    assert replace(settings, rows=settings.rows + 1).digest != settings.digest


@given(st.sampled_from(BookForm), any_settings)
def test_what_is_allowed_is_within_the_form_and_allowed_again(form, wanted):
    spec = SPECS[form]
    try:
        kept = checked_settings(form, wanted)
    except RuleRefused:
        return
    assert checked_settings(form, kept) == kept
    assert {old for old, _ in kept.captions} <= set(spec.captions)
    assert kept.paper in spec.papers
    assert len(kept.tail) <= spec.tail
    assert kept.rows == 0 or spec.rows[0] <= kept.rows < spec.rows[1]
    assert kept.signer in spec.signers


def test_a_statutory_caption_stays():
    error = refusal(BookForm.CLASS_BOOK, captions=(("Ghi chú", "Lưu ý"),))
    assert (error.code, "Ghi chú" in error.sentence) == ("caption_statutory", True)


@pytest.mark.parametrize(
    ("form", "changed", "code"),
    [
        (BookForm.CLASS_BOOK, {"rows": 29}, "rows_out_of_range"),
        (BookForm.CLASS_BOOK, {"rows": 56}, "rows_out_of_range"),
        (BookForm.REPORT_BOOKLET, {"rows": 20}, "rows_out_of_range"),
        (BookForm.CLASS_BOOK, {"tail": ("",) * 4}, "too_many_columns"),
        (BookForm.REPORT_BOOKLET, {"tail": ("Ký",)}, "too_many_columns"),
        (BookForm.TEACHER_BOOK, {"paper": PaperSize.A3}, "paper_size_unknown"),
        (BookForm.REPORT_BOOKLET, {"signer": SignerForm.ON_ORDER}, "signer_not_allowed"),
        (BookForm.LETTER, {"signer": SignerForm.ON_ORDER}, "signer_title_missing"),
        (BookForm.LETTER, {"dated": "x" * 91}, "text_too_long"),
    ],
)
def test_what_a_form_has_no_room_for_is_refused(form, changed, code):
    assert refusal(form, **changed).code == code


def test_places_a_form_does_not_print_are_not_kept():
    wanted = replace(shipped(BookForm.LETTER), place="Xã A", dated=" Xã  B ")
    assert checked_settings(BookForm.LETTER, wanted) == replace(
        shipped(BookForm.LETTER), dated="Xã B"
    )


@pytest.mark.parametrize(
    ("settings", "place", "expected"),
    [
        (FormSettings(), ("HIỆU TRƯỞNG", "Lê A"), ("HIỆU TRƯỞNG", "Lê A")),
        (FormSettings(names=False), ("HIỆU TRƯỞNG", "Lê A"), ("HIỆU TRƯỞNG", "")),
        (
            FormSettings(signer=SignerForm.ACTING, signer_name="Ngô B"),
            ("HIỆU TRƯỞNG", "Lê A"),
            ("Q. HIỆU TRƯỞNG", "Ngô B"),
        ),
        (
            FormSettings(signer=SignerForm.DEPUTY),
            ("HIỆU TRƯỞNG", "Lê A"),
            ("KT. HIỆU TRƯỞNG\nPHÓ HIỆU TRƯỞNG", ""),
        ),
        (
            FormSettings(signer=SignerForm.ON_ORDER, signer_title="Văn thư"),
            ("HIỆU TRƯỞNG", "Lê A"),
            ("TL. HIỆU TRƯỞNG\nVĂN THƯ", ""),
        ),
        (
            FormSettings(signer=SignerForm.DEPUTY, signer_name="Ngô B"),
            ("Xác nhận của Hiệu trưởng", "Lê A"),
            ("Xác nhận của Hiệu trưởng\nKT. HIỆU TRƯỞNG\nPHÓ HIỆU TRƯỞNG", "Ngô B"),
        ),
        (
            FormSettings(signer=SignerForm.DEPUTY, signer_name="Ngô B"),
            ("GIÁO VIÊN CHỦ NHIỆM", "Lê C"),
            ("GIÁO VIÊN CHỦ NHIỆM", "Lê C"),
        ),
        (
            FormSettings(signer=SignerForm.ACTING, signer_name="Ngô B"),
            ("PHÓ HIỆU TRƯỞNG", "Lê C"),
            ("PHÓ HIỆU TRƯỞNG", "Lê C"),
        ),
        (
            FormSettings(captions=(("GIÁO VIÊN CHỦ NHIỆM", "GVCN"),)),
            ("GIÁO VIÊN\nCHỦ NHIỆM", "Lê C"),
            ("GVCN", "Lê C"),
        ),
    ],
)
def test_who_signs(settings, place, expected):
    assert settings.signed(*place) == expected


@pytest.mark.parametrize(
    ("signer", "decided", "on_order", "expected"),
    [
        (SignerForm.DEPUTY, True, True, ("HIỆU TRƯỞNG", "Lê A")),
        (SignerForm.ON_ORDER, False, False, ("HIỆU TRƯỞNG", "Lê A")),
        (SignerForm.DEPUTY, False, False, ("KT. HIỆU TRƯỞNG\nPHÓ HIỆU TRƯỞNG", "Ngô B")),
    ],
)
def test_nobody_takes_the_place_of_whoever_decided_nor_issues_on_order(
    signer, decided, on_order, expected
):
    settings = FormSettings(signer=signer, signer_name="Ngô B")
    assert settings.signed("HIỆU TRƯỞNG", "Lê A", decided=decided, on_order=on_order) == expected


def test_a_run_keeps_a_digest_only_of_an_adjusted_form():
    own = replace(shipped(BookForm.CLASS_BOOK), rows=40)
    forms = SchoolForms(((BookForm.CLASS_BOOK, own),))
    kept = {kind for kind in PAPER_NAMES if forms.digest_of(kind)}
    assert kept == {kind for kind in PAPER_NAMES if form_of_kind(kind) is BookForm.CLASS_BOOK}
    assert forms.digest_of("class_book") == own.digest


def test_the_version_of_a_day_is_the_last_that_had_begun():
    versions = tuple(
        FormVersion(
            BookForm.LETTER, n, date(2026, 9, day), "1/QĐ", date(2026, 9, 1), "",
            shipped(BookForm.LETTER), "Lê A", datetime(2026, 9, 1, tzinfo=VIETNAM),
        )
        for n, day in ((1, 5), (2, 5), (3, 20))
    )  # fmt: skip
    found = [in_force(versions, date(2026, 9, day)) for day in (4, 5, 19, 20)]
    assert [one and one.number for one in found] == [None, 2, 2, 3]
