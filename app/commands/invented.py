"""Invented people and marks for the sample school: plausible, seeded, nobody real."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from app.domain.pupils import PupilProfile
from app.domain.subjects import SubjectKind

FAMILIES = (
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ",
    "Hồ", "Ngô", "Dương", "Lý", "Đinh", "Trịnh", "Mai", "Lưu", "Tạ", "Cao", "Phùng", "Quách",
)  # fmt: skip
MALE = ("Văn", "Đức", "Minh", "Quang", "Hữu", "Gia", "Tuấn", "Quốc", "Thành", "Hải", "Bảo")
FEMALE = ("Thị", "Ngọc", "Thu", "Hồng", "Khánh", "Phương", "Thùy", "Diệu", "Bích", "Mỹ", "Quỳnh")
GIVEN_MALE = (
    "An", "Bình", "Cường", "Dũng", "Duy", "Đạt", "Đức", "Hải", "Hiếu", "Hoàng", "Huy", "Khang",
    "Khoa", "Kiên", "Lâm", "Long", "Minh", "Nam", "Nghĩa", "Phong", "Phúc", "Quân", "Sơn", "Tài",
    "Thắng", "Thịnh", "Toàn", "Trung", "Tùng", "Việt", "Vinh",
)  # fmt: skip
GIVEN_FEMALE = (
    "An", "Anh", "Ánh", "Ân", "Châu", "Chi", "Dung", "Duyên", "Giang", "Hà", "Hạnh", "Hân", "Hiền",
    "Hoa", "Huệ", "Hương", "Lan", "Linh", "Ly", "Mai", "My", "Nga", "Ngân", "Nhi", "Oanh", "Quyên",
    "Thảo", "Thu", "Trang", "Trâm", "Uyên", "Vân", "Vy", "Yến",
)  # fmt: skip
JOBS = ("Nông dân", "Công nhân", "Giáo viên", "Buôn bán", "Lái xe", "Thợ may", "Kế toán", "Y tá")
HAMLETS = ("Thôn Đông", "Thôn Đoài", "Thôn Trung", "Xóm Mới", "Xóm Bến", "Tổ 3", "Tổ 7")
COMMENTS = (
    "Chăm chỉ, tiến bộ rõ so với đầu kì.",
    "Hiểu bài nhanh, trình bày cẩn thận.",
    "Cần luyện thêm kĩ năng trình bày.",
    "Tích cực phát biểu, hoàn thành bài đầy đủ.",
    "Nắm vững kiến thức cơ bản.",
    "Nên đọc kĩ đề trước khi làm bài.",
)
PRIMARY_COMMENTS = (
    "Nắm chắc kiến thức, tính toán nhanh và cẩn thận.",
    "Đọc to, rõ ràng; chữ viết đều, trình bày sạch.",
    "Tích cực phát biểu, biết giúp bạn cùng bàn.",
    "Có tiến bộ rõ; cần luyện thêm ở nhà.",
    "Hoàn thành các nội dung đã học; cần mạnh dạn hơn.",
    "Yêu thích môn học, làm bài sáng tạo.",
)
PRIMARY_NOTES = (
    "Chăm ngoan, lễ phép, biết giúp đỡ bạn.",
    "Tự giác học tập, giữ gìn đồ dùng cẩn thận.",
)
CONDUCT_COMMENTS = (
    "Ngoan, lễ phép, thực hiện tốt nội quy.",
    "Hòa đồng, có tinh thần trách nhiệm với lớp.",
    "Cần đi học đúng giờ hơn.",
    "Tự giác, biết giúp đỡ bạn.",
)


@dataclass(frozen=True, slots=True)
class Talent:
    """How an invented pupil does: `level` in tenths, `steady` smaller spreads, `sport` Đ chance."""

    level: int
    steady: int


class Inventor:
    """Everything invented from one seed, in one order."""

    def __init__(self, seed: int) -> None:
        # Not for secrets: the same seed must give the same school.
        self._random = Random(seed)  # noqa: S311
        self._names: set[str] = set()
        self._code = 0

    def person(self, *, female: bool | None = None) -> str:
        """A full name that was not given before."""
        pick = self._random.choice
        while True:
            woman = self._random.random() < 0.5 if female is None else female
            middle = pick(FEMALE if woman else MALE)
            given = pick(GIVEN_FEMALE if woman else GIVEN_MALE)
            parts = [pick(FAMILIES), middle]
            if self._random.random() < 0.3:
                parts.append(pick(FEMALE if woman else MALE))
            name = " ".join(dict.fromkeys([*parts, given]))
            if len(name.split()) >= 3 and name not in self._names:
                self._names.add(name)
                return name

    def pupil(self, grade: int, first_year: int) -> PupilProfile:
        """A pupil of the right age for a grade in the school year that begins in `first_year`."""
        r = self._random
        female = r.random() < 0.5
        self._code += 1
        born = date(first_year - grade - 5, 1, 1) + timedelta(days=r.randrange(365))
        home = r.choice(HAMLETS)
        return PupilProfile(
            full_name=self.person(female=female),
            birth_date=born,
            sex="Nữ" if female else "Nam",
            ministry_code=f"01{40_000_000 + self._code * 137:08d}",
            personal_id=f"038{3 if female else 2}{born.year % 100:02d}{self._code:06d}",
            ethnicity="Kinh" if r.random() < 0.85 else r.choice(("Mường", "Thái", "Tày", "Dao")),
            birthplace=r.choice(("Thanh Hóa", "Nghệ An", "Ninh Bình", "Hà Nội")),
            address=f"{home}, xã Sông Trăng",
            father=self.person(female=False),
            father_job=r.choice(JOBS),
            mother=self.person(female=True),
            mother_job=r.choice(JOBS),
            phone=f"09{r.randrange(10**8):08d}",
        )

    def talent(self) -> Talent:
        """Most pupils between 5,0 and 9,0; a few far better or weaker."""
        level = round(self._random.gauss(72, 13))
        return Talent(min(96, max(34, level)), self._random.randint(4, 11))

    def mark(self, talent: Talent, kind: SubjectKind) -> str:
        """An entry as a teacher types it: "7,5", or Đ/CĐ."""
        if kind is SubjectKind.COMMENTS:
            return "CĐ" if self._random.random() < (0.04 if talent.level < 50 else 0.004) else "Đ"
        tenths = round(self._random.gauss(talent.level, talent.steady))
        tenths = min(100, max(0, tenths))
        if self._random.random() < 0.5:
            tenths = min(100, (tenths + 2) // 5 * 5)
        return f"{tenths // 10},{tenths % 10}"

    def primary_score(self, talent: Talent) -> int:
        """Điểm KTĐK, 3 to 10: a primary school expects most pupils to finish well."""
        tenths = self._random.gauss(talent.level + 14, talent.steady)
        return min(10, max(3, round(tenths / 10)))

    def conduct(self, talent: Talent, levels: Sequence[str]) -> str:
        """One of a circular's levels of rèn luyện, best first, as a GVCN gives it."""
        chance = self._random.random()
        if talent.level < 45 and chance < 0.3:
            return levels[2]
        return levels[1] if chance < 0.25 else levels[0]

    def days_absent(self) -> tuple[int, int]:
        """Buổi nghỉ có phép, không phép of one term."""
        return self._random.choice((0, 0, 1, 1, 2, 3, 5)), self._random.choice((0, 0, 0, 0, 1))

    def choose(self, options: Sequence[str]) -> str:
        """One of the texts."""
        return self._random.choice(options)

    def chance(self, probability: float) -> bool:
        """True with this probability."""
        return self._random.random() < probability
