"""Cách hiểu thông tư: where a circular is silent or has two meanings, the school's own reading.

One rule a reading, its default the one the program starts from. A reading is of a whole school
year: the year's results are computed, explained and printed under the last one settled for it.
Titles are answered by "có" and "không" in a narrow column, so they are short.
Built into the settings of each circular by `app/regulations/readings.py`.
"""

from __future__ import annotations

from app.domain.rules import Keeping, RuleGroup, RuleKind, RuleSpec


def _reading(name: str, title: str, yes: str, no: str, source: str, default: str = "1") -> RuleSpec:
    return RuleSpec(
        f"reading.{name}", RuleGroup.READINGS, title, RuleKind.FLAG, default,
        f"{yes}|{no}", f"{source} · M19, M122", kept=Keeping.PROGRAM,
    )  # fmt: skip


TT22_COMMENT_RAISES = _reading(
    "tt22.comment_raises", "TT22/2021: môn nhận xét cũng được nâng",
    "Môn đánh giá bằng nhận xét Chưa đạt cũng được là “duy nhất một môn học” khi điều chỉnh kết "
    "quả học tập lên mức liền kề.",
    "Chỉ môn có điểm mới được là “duy nhất một môn học” khi điều chỉnh kết quả học tập lên mức "
    "liền kề.",
    "TT22/2021, Điều 9, khoản 3",
)  # fmt: skip
TT22_REMOVAL = _reading(
    "tt22.removal", "TT22/2021: bỏ môn ấy ra khi xét nâng",
    "Khi chỉ một môn kéo mức xuống: bỏ môn ấy ra rồi xét mức theo các môn còn lại.",
    "Khi chỉ một môn kéo mức xuống: coi môn ấy đạt mọi điều kiện, kể cả là một trong 6 môn mà mức "
    "cần.",
    "TT22/2021, Điều 9, khoản 3",
)  # fmt: skip
TT22_BOTH_FAILED = _reading(
    "tt22.both_failed", "TT22/2021: HT quyết khi cùng Chưa đạt",
    "Rèn luyện và học tập cả năm cùng Chưa đạt thì hiệu trưởng quyết định.",
    "Rèn luyện và học tập cả năm cùng Chưa đạt thì không được lên lớp.",
    "TT22/2021, Điều 12 đến Điều 14",
)  # fmt: skip
TT22_ALL_REASSESSED = _reading(
    "tt22.all_reassessed", "TT22/2021: đợi đủ môn đánh giá lại",
    "Đợi mọi môn trong danh sách có kết quả đánh giá lại rồi mới xét lên lớp.",
    "Đánh giá lại một số môn trong danh sách vẫn được xét lên lớp theo kết quả mới.",
    "TT22/2021, Điều 14", "0",
)  # fmt: skip
TT22_LOWER_REPLACES = _reading(
    "tt22.lower_replaces", "TT22/2021: đánh giá lại thấp vẫn thay",
    "Kết quả đánh giá lại thay kết quả cũ, kể cả khi thấp hơn.",
    "Kết quả đánh giá lại chỉ thay kết quả cũ khi cao hơn.",
    "TT22/2021, Điều 14",
)  # fmt: skip
TT22_RAISE_AGAIN = _reading(
    "tt22.raise_again", "TT22/2021: nâng mức sau đánh giá lại",
    "Sau đánh giá lại vẫn áp dụng điều chỉnh lên mức liền kề.",
    "Sau đánh giá lại không áp dụng điều chỉnh lên mức liền kề.",
    "TT22/2021, Điều 9, khoản 3 và Điều 14",
)  # fmt: skip
TT22_OPTIONAL = _reading(
    "tt22.optional", "TT22/2021: tính môn tự chọn",
    "Môn tự chọn tính trong “tất cả các môn học” và trong 6 môn.",
    "Môn tự chọn không tính khi xét kết quả học tập.",
    "TT22/2021, Điều 9, khoản 2",
)  # fmt: skip
TT22_OTHER_TERM = _reading(
    "tt22.other_term", "TT22/2021: miễn một kì lấy kì kia",
    "Môn miễn một học kì lấy kết quả học kì kia làm kết quả cả năm.",
    "Môn miễn một học kì để trống kết quả cả năm, hiệu trưởng quyết định.",
    "TT22/2021, Điều 11", "0",
)  # fmt: skip

TT58_TWO_THIRDS = _reading(
    "tt58.two_thirds", "TT58/2011: môn nhận xét cần 2/3 số bài",
    "Môn nhận xét xếp loại Đ khi ít nhất 2/3 số bài kiểm tra của học kì đạt.",
    "Môn nhận xét xếp loại Đ khi mọi bài kiểm tra của học kì đạt.",
    "TT58/2011, Điều 10, khoản 2",
)  # fmt: skip
TT58_FINAL_PASSES = _reading(
    "tt58.final_passes", "TT58/2011: bài cuối kì phải đạt",
    "Môn nhận xét chỉ xếp loại Đ khi bài cuối kì đạt.",
    "Môn nhận xét: bài cuối kì tính như các bài khác.",
    "TT58/2011, Điều 10, khoản 2",
)  # fmt: skip
TT58_ONE_TERM = _reading(
    "tt58.one_term", "TT58/2011: một học kì là cả năm",
    "Môn chỉ học, chỉ đánh giá một học kì: kết quả học kì ấy là kết quả cả năm.",
    "Môn chỉ học, chỉ đánh giá một học kì: kết quả cả năm để trống.",
    "TT58/2011, Điều 10, khoản 3 và Điều 12",
)  # fmt: skip
TT58_KHA_ROW = _reading(
    "tt58.kha_row", "TT58/2011: Giỏi xuống Kém thành Yếu",
    "ĐTB đạt loại Giỏi cũng là đạt loại Khá, nên chỉ do một môn mà Kém thì xếp loại Yếu.",
    "ĐTB đạt loại Giỏi mà chỉ do một môn xếp loại Kém thì giữ loại Kém.",
    "TT58/2011, Điều 13, khoản 6",
)  # fmt: skip
TT58_COMMENT_RAISES = _reading(
    "tt58.comment_raises", "TT58/2011: môn nhận xét cũng được nâng",
    "Môn nhận xét xếp loại CĐ cũng được là “duy nhất một môn học” khi điều chỉnh học lực.",
    "Chỉ môn có điểm mới được là “duy nhất một môn học” khi điều chỉnh học lực.",
    "TT58/2011, Điều 13, khoản 6",
)  # fmt: skip
TT58_LOWER_REPLACES = _reading(
    "tt58.lower_replaces", "TT58/2011: kiểm tra lại thấp vẫn thay",
    "Kết quả kiểm tra lại thay kết quả cũ, kể cả khi thấp hơn.",
    "Kết quả kiểm tra lại chỉ thay kết quả cũ khi cao hơn.",
    "TT58/2011, Điều 16",
)  # fmt: skip
TT58_RAISE_AGAIN = _reading(
    "tt58.raise_again", "TT58/2011: nâng loại sau kiểm tra lại",
    "Sau kiểm tra lại vẫn áp dụng điều chỉnh học lực.",
    "Sau kiểm tra lại không áp dụng điều chỉnh học lực.",
    "TT58/2011, Điều 13, khoản 6 và Điều 16",
)  # fmt: skip
TT58_OPTIONAL = _reading(
    "tt58.optional", "TT58/2011: tính môn tự chọn",
    "Môn tự chọn tính trong ĐTB các môn học và khi xếp loại học lực.",
    "Môn tự chọn không tính khi xếp loại học lực.",
    "TT58/2011, Điều 11 và Điều 13",
)  # fmt: skip

TT58_ORAL_WHOLE = _reading(
    "tt58.oral_whole", "TT58/2011 (gốc): điểm miệng là số nguyên",
    "Trước năm học 2020-2021, điểm kiểm tra miệng là số nguyên.",
    "Trước năm học 2020-2021, điểm kiểm tra miệng cũng có một chữ số thập phân.",
    "TT58/2011, Điều 8, khoản 4",
)  # fmt: skip

PRIMARY_OPTIONAL = _reading(
    "primary.optional", "Tiểu học: tính môn tự chọn",
    "Môn tự chọn mà học sinh học tính trong kết quả giáo dục cuối năm.",
    "Môn tự chọn không tính trong kết quả giáo dục cuối năm.",
    "TT27/2020, Điều 9, khoản 2",
)  # fmt: skip
PRIMARY_SCIENCE = _reading(
    "primary.science_from_1", "Tiểu học: năng lực Khoa học từ lớp 1",
    "Đánh giá năng lực Khoa học từ lớp 1; tính với lớp lập sau khi chọn.",
    "Đánh giá năng lực Khoa học từ lớp 4.",
    "TT27/2020, Điều 5", "0",
)  # fmt: skip
PRIMARY_ONLY_FAILED = _reading(
    "primary.only_failed", "Tiểu học: chỉ thay nội dung chưa đạt",
    "Đánh giá bổ sung chỉ thay kết quả của nội dung chưa đạt.",
    "Đánh giá bổ sung thay kết quả của mọi nội dung được đánh giá.",
    "TT27/2020, Điều 11",
)  # fmt: skip
PRIMARY_DONE_AT_MOST = _reading(
    "primary.done_at_most", "Tiểu học: sau bổ sung là Hoàn thành",
    "Sau đánh giá bổ sung, kết quả cao nhất là Hoàn thành.",
    "Sau đánh giá bổ sung, xét lại đủ bốn mức theo kết quả mới.",
    "TT27/2020, Điều 9 và Điều 11",
)  # fmt: skip
PRIMARY_PLAN_TITLE = _reading(
    "primary.plan_title", "Tiểu học: khen học sinh theo KHGDCN",
    "Học sinh theo kế hoạch giáo dục cá nhân được xét khen thưởng như học sinh khác.",
    "Học sinh theo kế hoạch giáo dục cá nhân không xét danh hiệu cuối năm.",
    "TT27/2020, Điều 8 và Điều 13",
)  # fmt: skip


def _bound(name: str, title: str, say: str, default: str) -> RuleSpec:
    return RuleSpec(
        f"reading.primary.{name}", RuleGroup.READINGS, title, RuleKind.NUMBER, default,
        say, "TT27/2020, Điều 7 · M3, M4", none="Không nhắc.", low=1, high=10, unit="điểm",
        kept=Keeping.REMINDER,
    )  # fmt: skip


WARN_DONE = _bound(
    "warn_done", "Tiểu học: nhắc mức C với điểm từ",
    "Nhắc khi mức Hoàn thành trở lên mà điểm KTĐK dưới {}, hoặc Chưa hoàn thành mà từ đó trở lên.",
    "5",
)  # fmt: skip
WARN_GOOD = _bound(
    "warn_good", "Tiểu học: nhắc mức T với điểm đến",
    "Nhắc khi mức Hoàn thành tốt mà điểm KTĐK từ {} trở xuống.", "6",
)  # fmt: skip
WARN_EXPECTED = _bound(
    "warn_expected", "Tiểu học: nhắc mức H với điểm từ",
    "Nhắc khi mức Hoàn thành mà điểm KTĐK từ {} trở lên.", "9",
)  # fmt: skip

READINGS: tuple[RuleSpec, ...] = (
    TT22_COMMENT_RAISES, TT22_REMOVAL, TT22_BOTH_FAILED, TT22_ALL_REASSESSED,
    TT22_LOWER_REPLACES, TT22_RAISE_AGAIN, TT22_OPTIONAL, TT22_OTHER_TERM,
    TT58_TWO_THIRDS, TT58_FINAL_PASSES, TT58_ONE_TERM, TT58_KHA_ROW, TT58_COMMENT_RAISES,
    TT58_LOWER_REPLACES, TT58_RAISE_AGAIN, TT58_OPTIONAL, TT58_ORAL_WHOLE,
    PRIMARY_OPTIONAL, PRIMARY_SCIENCE, PRIMARY_ONLY_FAILED, PRIMARY_DONE_AT_MOST,
    PRIMARY_PLAN_TITLE, WARN_DONE, WARN_GOOD, WARN_EXPECTED,
)  # fmt: skip
"""Every reading in the order of the printed table."""
