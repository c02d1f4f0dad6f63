"""Thông tư 58/2011/TT-BGDĐT as first issued: THCS and THPT until 2019-2020.

TT26/2020 (in force 11/10/2020) brought giữa kì and cuối kì, Ngoại ngữ beside Toán and Ngữ văn, and
counts by lessons a year. Before it:

- Điều 7, khoản 2 and 3: KTtx (miệng; viết, thực hành dưới 1 tiết) of hệ số 1, KTđk (viết, thực
  hành từ 1 tiết) of hệ số 2, KThk of hệ số 3; of a comment subject every test counts once.
- Điều 8, khoản 1: how many KTđk there are is laid down in the kế hoạch dạy học, so the number here
  is only what a school starts from; khoản 2: at least 2, 3 or 4 KTtx by lessons a week; khoản 5:
  a missing test is made up, in the semester or at the year's end, else it is 0, or CĐ.
- Điều 10, khoản 1: ĐTBmhk = (TĐKTtx + 2 × TĐKTđk + 3 × ĐKThk) / (KTtx + 2 × KTđk + 3); khoản 2:
  a comment subject is Đ with every test done and 2/3 of them Đ, the KThk among these.
- Điều 13, khoản 1 to 3: "1 trong 2 môn Toán, Ngữ văn"; khoản 6: "một môn học nào đó", read as one
  subject alone, as TT26/2020 then wrote ("duy nhất").

Điều 3, 4, 11, 12 and 15 to 18 (hạnh kiểm, ĐTB các môn, miễn học, lên lớp, kiểm tra lại, rèn luyện
hè, danh hiệu) are those of `tt58_2011`; Điều 7 and 10 were read in excerpts of law pages, Điều 8,
khoản 1 and 5 in none that could be opened.
"""

from __future__ import annotations

from dataclasses import replace

from app.regulations.averages import WEEKS, tx_by_weekly_lessons
from app.regulations.tt58_2011 import TT58_2011
from app.regulations.tt58_edition import Tt58Edition

TT58_FIRST_ISSUE = replace(TT58_2011, id="TT58/2011 (gốc)", number="58/2011/TT-BGDĐT")


def dk_by_weekly_lessons(periods: int) -> int:
    """KTđk a semester a school starts from: 1 / 2 / 3, in the steps of Điều 8, khoản 2.

    No clause: it is the usual of the phân phối chương trình of those years.
    """
    if periods <= WEEKS:
        return 1
    return 2 if periods < 3 * WEEKS else 3


FIRST_ISSUE = Tt58Edition(
    circular=TT58_FIRST_ISSUE,
    core_codes=frozenset({"toan", "ngu_van"}),
    core_words="1 trong 2 môn Toán, Ngữ văn",
    tx_count=tx_by_weekly_lessons,
    dk_count=dk_by_weekly_lessons,
)
