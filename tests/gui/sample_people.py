"""Invented accounts of a whole school for the sign-in page."""

from __future__ import annotations

from dataclasses import dataclass

from ui.pages.sign_in.people import SignInFacts, SignInPeople


@dataclass(frozen=True)
class FakePerson:
    uid: str
    display_name: str
    department: str
    note: str


_TEAM = "Tổ Toán – Tin"
_ROWS = [
    ("Nguyễn Văn Thuận", "Ban giám hiệu", "Hiệu trưởng"),
    ("Trần Thị Minh Hà", "Ban giám hiệu", "Phó hiệu trưởng"),
    ("Lê Quốc Bảo", "Ban giám hiệu", "Phó hiệu trưởng"),
    ("Nguyễn Thu Cúc", "Văn phòng", "Văn thư"),
    ("Đỗ Hồng Ngát", "Văn phòng", "Kế toán"),
    ("Lò Văn Pành", "Văn phòng", "Thiết bị"),
    ("Bế Thanh Tùng", _TEAM, "Toán 6A1, 6A2"),
    ("Cù Thị Lan Chi", _TEAM, "Toán 6A3, 6A4"),
    ("Giáp Văn Hưng", _TEAM, "Toán 8A1, 8A2"),
    ("Lê Hoàng Nam", _TEAM, "Tin học; tổ phó"),
    ("Nông Thúy Vân", _TEAM, "Toán 9A1, 9A3"),
    ("Phí Trọng Nghĩa", _TEAM, "Toán 7A1, 7A4"),
    ("Tống Khánh Vy", _TEAM, "Tin học"),
    ("Ứng Minh Tuệ", _TEAM, "Toán 8A3, 9A2"),
    ("Vũ Đình Khải", _TEAM, "Toán 7A2, 7A3; tổ trưởng"),
    ("Lê Thu Trang", "Tổ Ngữ văn", "Ngữ văn 7A2"),
    ("Phan Thị Diệu Hiền", "Tổ Ngữ văn", "Ngữ văn 7A1"),
    ("Ngô Sỹ Tuấn", "Tổ Khoa học tự nhiên", "KHTN 7A2"),
    ("Hà Kiều Oanh", "Tổ Ngoại ngữ", "Tiếng Anh 7A2"),
    ("Đỗ Mai Phương", "Tổ Sử – Địa – GDCD", "Lịch sử và Địa lí"),
    ("Mạc Đăng Tâm", "Tổ Nghệ thuật – Thể chất", "Giáo dục thể chất"),
]
PEOPLE = SignInPeople(tuple(FakePerson(f"p{at}", *row) for at, row in enumerate(_ROWS, 1)))
FACTS = SignInFacts(
    school="Trường THCS Sông Trăng",
    label={
        "Năm học": "2026–2027",
        "Sổ mở": "18 lớp, 786 học sinh",
        "Hiệu trưởng": "Nguyễn Văn Thuận",
        "Sao lưu": "hôm qua, 17:05",
    },
    file_name="song-trang.khoaso",
    file_line="Ổ D, thư mục Khóa Sổ. 38,4 MB, mở lần cuối hôm nay 11:20",
)


def uid_of(name: str) -> str:
    return next(person.uid for person in PEOPLE.people if person.display_name == name)
