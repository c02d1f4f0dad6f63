"""TCVN3 and VNI names come out in Unicode; Unicode names are left alone."""

from __future__ import annotations

import pytest

from app.importing.old_encodings import OldEncoding, convert_text, detect, is_syllable, modernise
from tests.unit.importing.sheets import make_sheet

TCVN3_NAMES = ["NguyÔn ThÞ Ph­¬ng Th¶o", "§Æng V¨n QuyÕt", "Hoµng Ngäc B¶o", "¦ng Hßa", "Vò Tó"]
UNICODE_NAMES = ["Nguyễn Thị Phương Thảo", "Đặng Văn Quyết", "Hoàng Ngọc Bảo", "Ưng Hòa", "Vũ Tú"]
VNI_NAMES = ["Nguyeãn Thò Phöông Thaûo", "Ñaëng Vaên Quyeát", "Hoaøng Ngoïc AÙnh", "Traàn Vónh Kyø"]
VNI_IN_UNICODE = ["Nguyễn Thị Phương Thảo", "Đặng Văn Quyết", "Hoàng Ngọc Ánh", "Trần Vĩnh Kỳ"]


def test_tcvn3():
    assert detect(TCVN3_NAMES) is OldEncoding.TCVN3
    assert [convert_text(name, OldEncoding.TCVN3) for name in TCVN3_NAMES] == UNICODE_NAMES


def test_vni():
    assert detect(VNI_NAMES) is OldEncoding.VNI
    assert [convert_text(name, OldEncoding.VNI) for name in VNI_NAMES] == VNI_IN_UNICODE


def test_all_tcvn3_vowels():
    old = "µ¶·¸¹ »¼½¾Æ ÇÈÉÊË ÌÎÏÐÑ ÒÓÔÕÖ ×ØÜÝÞ ßáâãä åæçèé êëìíî ïñòóô õö÷øù úûüýþ ¨©ª«¬\u00ad®"
    new = "àảãáạ ằẳẵắặ ầẩẫấậ èẻẽéẹ ềểễếệ ìỉĩíị òỏõóọ ồổỗốộ ờởỡớợ ùủũúụ ừửữứự ỳỷỹýỵ ăâêôơưđ"
    assert convert_text(old, OldEncoding.TCVN3) == new


def test_all_vni_vowels():
    old = (
        "aù aø aû aõ aï aê aé aè aú aü aë aâ aá aà aå aã aä "
        "eù eø eâ eá eà eå eã eä où oø oâ oá oà oå oã oä ô ôù ôø ôû ôõ ôï "
        "uù uø uû uõ uï ö öù öø öû öõ öï í ì æ ó ò yù yø yû yõ î ñ"
    )
    new = (
        "á à ả ã ạ ă ắ ằ ẳ ẵ ặ â ấ ầ ẩ ẫ ậ "
        "é è ê ế ề ể ễ ệ ó ò ô ố ồ ổ ỗ ộ ơ ớ ờ ở ỡ ợ "
        "ú ù ủ ũ ụ ư ứ ừ ử ữ ự í ì ỉ ĩ ị ý ỳ ỷ ỹ ỵ đ"
    )
    assert convert_text(old, OldEncoding.VNI) == new
    assert convert_text("ÑAËNG VAÊN QUYEÁT", OldEncoding.VNI) == "ĐẶNG VĂN QUYẾT"


@pytest.mark.parametrize(
    "texts",
    [
        UNICODE_NAMES,
        ["Hà", "Lý", "Võ", "Tô", "Lê", "Bùi", "Hoàng", "Đào"],
        ["Y Blơ Niê", "Kră Jan", "H'Hen Êban", "Siu Cơr"],
        ["Tran Van A", "0149081935"],
        ["NguyÔn"],
        [],
        ["Café", "Zoë", "Ångström", "Müller"],
    ],
)
def test_unicode_foreign_names_and_too_little_text_are_left_alone(texts):
    assert detect(texts) is None
    sheet = make_sheet([[text] for text in texts])
    assert modernise(sheet) is sheet


def test_a_sheet_is_converted_with_a_note_and_unicode_cells_are_spared():
    sheet = make_sheet([["Họ và tên", "Ngày sinh"], *([name, 5] for name in TCVN3_NAMES)])
    converted = modernise(sheet)
    assert [row[0].text for row in converted.rows] == ["Họ và tên", *UNICODE_NAMES]
    assert converted.rows[0][1].text == "Ngày sinh"
    (note,) = converted.notes
    assert "TCVN3 (.VnTime)" in note
    assert "đã đổi 5 ô" in note


def test_syllables():
    for word in ("Nguyễn", "Quyết", "Nghiêng", "khuỷu", "ĐẶNG", "Yến", "gì", "quốc"):
        assert is_syllable(word), word
    for word in ("NguyÔn", "Müller", "Thaûo", "strong", "ngh", "àá"):
        assert not is_syllable(word), word
