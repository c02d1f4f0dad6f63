"""Columns that a file may carry: their codes, their words on screen and their many spellings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from app.domain.pupils import FIELD_TITLES
from app.text import fold

_NOT_WORD = re.compile(r"[^a-z0-9]+")
_TX = re.compile(r"(?:ddgtx|dgtx|tx|diem tx|thuong xuyen|kttx|diem thuong xuyen)\s?(?:lan )?(\d)")
_BARE_NUMBER = re.compile(r"(?:lan |cot )?(\d)")


class Field(StrEnum):
    """What one column of a roster or a mark sheet means; profile fields carry their own names."""

    ORDER = "order"
    MINISTRY_CODE = "ministry_code"
    PERSONAL_ID = "personal_id"
    FULL_NAME = "full_name"
    FAMILY_NAMES = "family_names"
    GIVEN_NAME = "given_name"
    BIRTH_DATE = "birth_date"
    SEX = "sex"
    ETHNICITY = "ethnicity"
    BIRTHPLACE = "birthplace"
    ADDRESS = "address"
    PRIORITY_GROUP = "priority_group"
    FATHER = "father"
    FATHER_JOB = "father_job"
    MOTHER = "mother"
    MOTHER_JOB = "mother_job"
    PHONE = "phone"
    FATHER_PHONE = "father_phone"
    FATHER_EMAIL = "father_email"
    MOTHER_PHONE = "mother_phone"
    MOTHER_EMAIL = "mother_email"
    GUARDIAN = "guardian"
    GUARDIAN_JOB = "guardian_job"
    GUARDIAN_PHONE = "guardian_phone"
    GUARDIAN_EMAIL = "guardian_email"
    HOMETOWN = "hometown"
    RESIDENCE = "residence"
    INCLUSION = "inclusion"
    INCLUSION_DOCUMENT = "inclusion_document"
    PERSONAL_ID_VERIFIED_ON = "personal_id_verified_on"
    CLASS_NAME = "class_name"
    NOTE = "note"
    TX = "tx"
    GK = "gk"
    CK = "ck"
    AVERAGE = "average"
    REMARK = "remark"
    LEVEL = "muc"
    SCORE = "ktdk"


FIELD_LABELS: dict[Field, str] = {
    Field.ORDER: "STT",
    Field.FAMILY_NAMES: "Họ và tên đệm",
    Field.GIVEN_NAME: "Tên",
    Field.CLASS_NAME: "Lớp",
    Field.TX: "ĐĐGtx",
    Field.GK: "ĐĐGgk",
    Field.CK: "ĐĐGck",
    Field.AVERAGE: "Điểm trung bình",
    Field.REMARK: "Nhận xét",
    Field.LEVEL: "Mức đạt được",
    Field.SCORE: "Điểm KTĐK",
} | {field: FIELD_TITLES[field] for field in Field if field in FIELD_TITLES}

_IDENTITY = {
    Field.ORDER: "stt|so tt|tt|so thu tu|thu tu",
    Field.MINISTRY_CODE: (
        "ma dinh danh bo gd dt|ma dinh danh bo gddt|ma dinh danh bo|ma dinh danh moet|ma moet"
        "|ma hoc sinh|ma hs|ma so hoc sinh|ma dinh danh|ma dinh danh hoc sinh|ma dinh danh hs"
        "|ma dinh danh csdl|ma csdl|ma hoc sinh bo gd dt"
    ),
    Field.PERSONAL_ID: (
        "so dinh danh ca nhan|ma dinh danh ca nhan|ma dinh danh cong dan|so dinh danh|cccd"
        "|so cccd|can cuoc cong dan|so can cuoc|so can cuoc cong dan|can cuoc|ddcn|so ddcn"
        "|so dinh danh ca nhan cccd|ma dinh danh ca nhan cccd|cccd so dinh danh ca nhan"
    ),
    Field.FULL_NAME: (
        "ho va ten|ho ten|ten hoc sinh|ho va ten hoc sinh|ho ten hoc sinh|ho va ten hs|ho ten hs"
    ),
    Field.FAMILY_NAMES: (
        "ho dem|ho va dem|ho va ten dem|ho ten dem|ho va chu dem|ho lot|ho va ten lot|ho"
    ),
    Field.GIVEN_NAME: "ten|ten goi",
    Field.BIRTH_DATE: "ngay sinh|ngay thang nam sinh|nam sinh|ngay thang sinh|sinh ngay|ns",
    Field.CLASS_NAME: "lop|ten lop|lop hoc",
}

_ROSTER = _IDENTITY | {
    Field.SEX: "gioi tinh|gioi|phai|nam nu|gt",
    Field.ETHNICITY: "dan toc|dt",
    Field.BIRTHPLACE: "noi sinh|que quan|noi sinh tinh",
    Field.ADDRESS: (
        "cho o hien nay|dia chi|cho o|noi o|noi o hien nay|dia chi hien nay|thuong tru"
        "|dia chi thuong tru|ho khau thuong tru|noi thuong tru|cho o hien tai|dia chi lien he"
    ),
    Field.FATHER: ("ho ten cha|ho va ten cha|ten cha|cha|ho ten bo|ho va ten bo|bo|ho ten cha bo"),
    Field.FATHER_JOB: (
        "nghe nghiep cha|nghe nghiep cua cha|nghe cha|nghe nghiep bo|nghe nghiep cua bo"
    ),
    Field.MOTHER: "ho ten me|ho va ten me|ten me|me",
    Field.MOTHER_JOB: "nghe nghiep me|nghe nghiep cua me|nghe me",
    Field.PRIORITY_GROUP: (
        "doi tuong uu tien|doi tuong|dien uu tien|dien chinh sach|doi tuong chinh sach|che do"
        "|che do chinh sach|dien"
    ),
    Field.PHONE: (
        "so dien thoai|dien thoai|sdt|so dt|dtdd|di dong|so dien thoai lien he|dien thoai lien he"
        "|so dien thoai phu huynh|sdt phu huynh|sdt lien he|dien thoai phu huynh"
    ),
    Field.NOTE: "ghi chu",
    Field.FATHER_PHONE: (
        "dien thoai cha|dien thoai bo|sdt cha|sdt bo|so dien thoai cha|so dien thoai bo"
        "|dien thoai cua cha|so dt cha|so dt bo"
    ),
    Field.FATHER_EMAIL: "email cha|email bo|thu dien tu cha|email cua cha",
    Field.MOTHER_PHONE: ("dien thoai me|sdt me|so dien thoai me|dien thoai cua me|so dt me"),
    Field.MOTHER_EMAIL: "email me|thu dien tu me|email cua me",
    Field.GUARDIAN: (
        "nguoi giam ho|ho ten nguoi giam ho|ho va ten nguoi giam ho|ten nguoi giam ho|giam ho"
        "|nguoi do dau|ho ten nguoi do dau"
    ),
    Field.GUARDIAN_JOB: "nghe nghiep nguoi giam ho|nghe nghiep giam ho|nghe nguoi giam ho",
    Field.GUARDIAN_PHONE: (
        "dien thoai nguoi giam ho|sdt nguoi giam ho|so dien thoai nguoi giam ho|dien thoai giam ho"
    ),
    Field.GUARDIAN_EMAIL: "email nguoi giam ho|email giam ho",
    Field.HOMETOWN: "nguyen quan|que quan cua hoc sinh",
    Field.RESIDENCE: "noi dang ky thuong tru|noi dang ki thuong tru|ho khau",
    Field.INCLUSION: "hoa nhap|giao duc hoa nhap|hoc hoa nhap|khuyet tat hoc hoa nhap",
    Field.INCLUSION_DOCUMENT: "giay to hoa nhap|giay xac nhan khuyet tat|so giay khuyet tat",
    Field.PERSONAL_ID_VERIFIED_ON: (
        "ngay xac thuc dinh danh|ngay xac thuc|xac thuc dinh danh|trang thai xac thuc|xac thuc"
        "|trang thai xac thuc dinh danh|xac thuc csdlqg|da xac thuc"
    ),
}

_MARKS = _IDENTITY | {
    Field.TX: (
        "ddgtx|dgtx|tx|diem tx|thuong xuyen|diem thuong xuyen|danh gia thuong xuyen|kttx"
        "|diem danh gia thuong xuyen|kiem tra thuong xuyen|diem ddgtx"
    ),
    Field.GK: (
        "ddggk|dggk|gk|diem gk|giua ki|giua ky|danh gia giua ki|danh gia giua ky|diem giua ki"
        "|diem giua ky|giua hoc ki|giua hoc ky|ktgk|kiem tra giua ki|kiem tra giua ky|diem ddggk"
    ),
    Field.CK: (
        "ddgck|dgck|ck|diem ck|cuoi ki|cuoi ky|danh gia cuoi ki|danh gia cuoi ky|diem cuoi ki"
        "|diem cuoi ky|cuoi hoc ki|cuoi hoc ky|ktck|kiem tra cuoi ki|kiem tra cuoi ky|diem ddgck"
    ),
    Field.AVERAGE: (
        "dtbmhk|dtbmhki|dtbmhkii|dtbmhk1|dtbmhk2|dtb hk|dtb hk1|dtb hk2|dtb hki|dtb hkii|dtb|tbm"
        "|tbmhk|diem tb|diem trung binh|trung binh|dtbm|dtbmcn|ca nam|dtb mon|trung binh mon"
        "|diem trung binh mon|dtb hoc ki|dtb hoc ky|dtb mon hk1|dtb mon hk2|xep loai|hoc ki|hoc ky"
    ),
    Field.REMARK: "nhan xet|noi dung nhan xet|loi nhan xet|nhan xet cua giao vien|ghi chu",
}


_LEVELS = _IDENTITY | {
    Field.LEVEL: (
        "muc dat duoc|muc|muc do|muc dat|mddd|mdd|muc do dat duoc|danh gia|muc danh gia"
        "|muc hoan thanh|ket qua"
    ),
    Field.SCORE: (
        "diem ktdk|ktdk|diem|diem kt|diem kiem tra|diem kiem tra dinh ki|diem kiem tra dinh ky"
        "|kiem tra dinh ki|kiem tra dinh ky|diem dinh ki|diem bai kiem tra|diem so|diem thi"
    ),
    # Not "Ghi chú": in a table of the class that column is about inclusion and moves.
    Field.REMARK: "nhan xet|noi dung nhan xet|loi nhan xet|nhan xet cua giao vien",
}


def _spellings(table: dict[Field, str]) -> dict[str, Field]:
    return {spelling: field for field, all_ in table.items() for spelling in all_.split("|")}


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The spellings one kind of file uses; keys are `heading_key` texts."""

    spellings: dict[str, Field]
    has_marks: bool

    def field_of(self, heading: str) -> Field | None:
        """The meaning of one heading cell, or None for a heading nobody knows."""
        key = heading_key(heading)
        known = self.spellings.get(key)
        if known is not None:
            return known
        return Field.TX if self.has_marks and _TX.fullmatch(key) else None


ROSTER_VOCABULARY = Vocabulary(_spellings(_ROSTER), has_marks=False)
MARK_VOCABULARY = Vocabulary(_spellings(_MARKS), has_marks=True)
PRIMARY_VOCABULARY = Vocabulary(_spellings(_LEVELS), has_marks=False)


def heading_key(heading: str) -> str:
    """A heading as compared: folded, words and digits only ("Mã định danh Bộ GD&ĐT")."""
    return _NOT_WORD.sub(" ", fold(heading)).strip()


def tx_number(heading: str) -> int | None:
    """N of "TX2", "ĐĐGtx 3", or of a bare "1" under a joined ĐĐGtx heading; None without one."""
    key = heading_key(heading)
    found = _TX.fullmatch(key) or _BARE_NUMBER.fullmatch(key)
    return int(found[1]) if found else None
