"""Whose rows a copied block has: by name and code, round struck rows, or no question at all."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from app.domain.ids import PupilId
from app.importing.paste_plan import paste_by_name, paste_by_row
from app.importing.pupil_matching import SheetPupil

NAMES = ("Bùi Hoài An", "Trịnh Bảo An", "Đỗ Quỳnh Anh", "Lê Tuấn Anh", "Nguyễn Ngọc Ánh")


def pupils(*left: int, names=NAMES) -> list[SheetPupil]:
    return [
        SheetPupil(PupilId(at), name, f"{1000000000 + at}", date(2014, 1, 1 + at), at in left)
        for at, name in enumerate(names)
    ]


def column(*texts: str) -> list[list[str]]:
    return [[text] for text in texts]


class TestByRow:
    def test_nobody_left_is_no_question(self):
        assert paste_by_row(column(*"87654"), 0, pupils()) is None

    def test_a_list_without_the_departed_goes_round_the_struck_row(self):
        question = paste_by_row(column("8", "7", "6", "5"), 0, pupils(1))
        assert "Khối chép có 4 hàng" in question.sentence
        assert "sổ có 5 hàng, 4 em đang học" in question.sentence
        assert "Trịnh Bảo An" in question.sentence
        around, straight = question.ways
        assert around.words == "Bỏ qua hàng đã gạch"
        assert around.rows == {0: ["8"], 2: ["7"], 3: ["6"], 4: ["5"]}
        assert straight.rows == {0: ["8"], 2: ["6"], 3: ["5"]}

    def test_a_blank_where_the_struck_row_is_does_not_hide_the_slip(self):
        question = paste_by_row(column("8", "", "6", "5"), 0, pupils(1))
        assert question.ways[0].rows[PupilId(2)] == [""]

    def test_a_whole_list_with_a_blank_line_for_the_departed_is_no_question(self):
        assert paste_by_row(column("8", "", "6", "5", "4"), 0, pupils(1)) is None

    def test_a_whole_list_with_a_mark_of_the_departed_leaves_that_cell_alone(self):
        question = paste_by_row(column(*"87654"), 0, pupils(1))
        (straight,) = question.ways
        assert straight.words == "Dán thẳng hàng"
        assert straight.rows == {0: ["8"], 2: ["6"], 3: ["5"], 4: ["4"]}

    def test_a_block_above_the_struck_row_is_no_question(self):
        assert paste_by_row(column("8", "7"), 0, pupils(4)) is None

    def test_a_block_below_the_start_counts_from_there(self):
        question = paste_by_row(column("6", "5"), 2, pupils(3))
        assert question.ways[0].rows == {2: ["6"], 4: ["5"]}

    def test_too_many_rows_either_way_is_left_to_the_refusal(self):
        assert paste_by_row(column(*"8765432"), 0, pupils(1)) is None

    @given(
        left=st.sets(st.integers(0, 11), max_size=6),
        first=st.integers(0, 11),
        height=st.integers(1, 12),
    )
    def test_no_way_ever_writes_a_struck_row_or_changes_the_order(self, left, first, height):
        listed = pupils(*left, names=[f"Em {at}" for at in range(12)])
        values = column(*map(str, range(height)))
        question = paste_by_row(values, first, listed)
        for way in question.ways if question else ():
            assert not left & set(way.rows)
            assert min(way.rows, default=first) >= first
            order = [int(way.rows[pupil][0]) for pupil in sorted(way.rows)]
            assert order == sorted(order)
        if question and question.ways[0].words == "Bỏ qua hàng đã gạch":
            assert len(question.ways[0].rows) == height


class TestByName:
    def test_marks_alone_have_no_names(self):
        assert paste_by_name([["8", "7,5"], ["6", ""]], pupils()) is None

    def test_comments_are_not_names(self):
        assert paste_by_name(column("Có tiến bộ rõ.", "Chăm học, hiểu bài."), pupils()) is None

    def test_names_in_another_order_find_their_pupils(self):
        block = [["1", "Lê Tuấn Anh", "8"], ["2", "bui hoai an", "7"], ["3", "Đỗ Quỳnh Anh", ""]]
        question = paste_by_name(block, pupils())
        (way,) = question.ways
        assert way.words == "Dán theo họ tên"
        assert way.rows == {3: ["8"], 2: [""]}
        assert "1 hàng không khớp nên bỏ qua (bui hoai an)" in question.sentence
        assert not way.blanks_clear

    def test_a_heading_is_nobody_and_who_is_missing_is_said(self):
        block = [["Họ và tên", "TX1"], ["Lê Tuấn Anh", "8"], ["Bùi Hoài An", "9"]]
        question = paste_by_name(block, pupils(1))
        assert question.ways[0].rows == {3: ["8"], 0: ["9"]}
        assert "không khớp" not in question.sentence
        assert "2 em trong sổ không có hàng nào" in question.sentence

    def test_the_departed_and_strangers_are_named_and_left_out(self):
        block = [["Trịnh Bảo An", "8"], ["Lê Tuấn Anh", "7"], ["Phạm Lạ Mặt", "6"]]
        question = paste_by_name(block, pupils(1))
        assert question.ways[0].rows == {3: ["7"]}
        assert "Phạm Lạ Mặt" in question.sentence
        assert "Trịnh Bảo An không ghi ở đây nữa" in question.sentence

    def test_a_code_tells_namesakes_apart(self):
        twins = pupils(names=("Lê An", "Lê An", "Vũ Bình"))
        assert paste_by_name([["Lê An", "8"], ["Lê An", "7"]], twins) is None
        coded = [["1000000001", "Lê An", "8"], ["1000000000", "Lê An", "7"]]
        assert paste_by_name(coded, twins).ways[0].rows == {1: ["8"], 0: ["7"]}

    def test_family_and_given_name_in_two_columns_and_days_of_birth(self):
        block = [["Lê Tuấn", "Anh", "04/01/2014", "Nam", "8", "7"],
                 ["Bùi Hoài", "An", "01/01/2014", "Nữ", "6", "5"]]  # fmt: skip
        assert paste_by_name(block, pupils()).ways[0].rows == {3: ["8", "7"], 0: ["6", "5"]}

    def test_names_without_marks_are_no_paste_by_name(self):
        assert paste_by_name(column(*NAMES), pupils()) is None

    def test_the_list_of_another_class_is_left_to_the_refusal(self):
        assert paste_by_name([["Phan Văn Lạ", "8"], ["Hồ Thị Xa", "7"]], pupils()) is None
