"""Phiếu kết quả of a pupil who leaves: in the words of the class's circular."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import datetime

from app.clock import VIETNAM
from app.digests import data_digest
from app.readmodels.class_book import PrintStamp, SchoolLines
from app.readmodels.transfer_pack import PackTerm, TransferPack, transfer_pack_digest
from app.services.transfer_packs import pack_tables
from exports.forms.transfer_pack import render_transfer_pack
from tests.exports.pdf_reading import all_text

TERM = PackTerm("Học kì I", True, (), "Khá", "Tốt", "", "1", "0")
NEW = TransferPack(
    school=SchoolLines("UBND xã Đồng Xuân", "Trường THCS Đồng Xuân", "xã Đồng Xuân", "Thanh Hóa"),
    number="", day=2, month=3, year=2024, name="Lê Thị Hương", birth_date="04/05/2009", sex="Nữ",
    birthplace="Thanh Hóa", ministry_code="", class_name="9A", school_year="2023–2024",
    circular="22/2021/TT-BGDĐT", joined="05/09/2023", left="01/03/2024", new_school="",
    document="", reason="Theo gia đình", terms=(TERM,), homeroom_teacher="Nguyễn Thị Bình",
    principal="Lê Văn Khải",
)  # fmt: skip
OLD = replace(
    NEW,
    circular="58/2011/TT-BGDĐT",
    learning_word="Học lực",
    conduct_word="Hạnh kiểm",
    book_name="Sổ gọi tên và ghi điểm",
)


def text_of(pack: TransferPack) -> str:
    at = datetime(2024, 3, 2, 8, 30, tzinfo=VIETNAM)
    stamp = PrintStamp("0001", at, transfer_pack_digest(pack))
    return " ".join(all_text(render_transfer_pack(pack, stamp)))


def test_the_words_of_tt22_2021():
    text = text_of(NEW)
    assert "PHIẾU KẾT QUẢ HỌC TẬP, RÈN LUYỆN" in text
    assert "Kết quả học tập: Khá; kết quả rèn luyện: Tốt;" in text
    assert "Sổ theo dõi và đánh giá học sinh" in text


def test_the_words_of_tt58_2011():
    text = text_of(OLD)
    assert "PHIẾU KẾT QUẢ HỌC LỰC, HẠNH KIỂM" in text
    assert "Học lực: Khá; hạnh kiểm: Tốt;" in text
    assert "Sổ gọi tên và ghi điểm" in text
    assert "rèn luyện" not in text.lower()
    rows = pack_tables(OLD)[1].rows
    assert [row[0] for row in rows[1:3]] == ["Học lực", "Hạnh kiểm"]


def test_packs_printed_before_keep_their_data_digest():
    later = ("learning_word", "conduct_word", "book_name")
    facts = {one.name: getattr(NEW, one.name) for one in fields(NEW) if one.name not in later}
    assert transfer_pack_digest(NEW) == data_digest({"form": "transfer_pack", "facts": facts})
    assert transfer_pack_digest(OLD) != transfer_pack_digest(replace(OLD, conduct_word="Xếp loại"))
