"""Mẫu sổ: what a school may adjust of each printed form, and what stays as the regulation says.

Names of forms, columns and parts are statutory and are not offered (the guidance in the book names
the column "Ghi chú", for one); a caption can be changed only where the circular leaves the wording
to the school: who signs, how, and the list of teachers on the inner cover. Who signs for the
principal follows NĐ 30/2020/NĐ-CP, Phụ lục I (Q., KT., TL.).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from app.digests import data_digest
from app.domain.accounts import refuse_too_long
from app.domain.print_runs import (
    BOOK_KINDS,
    BOOK_SIZES,
    BOOKLET_KINDS,
    PRIMARY_SUMMARY,
    TEACHER_BOOKS,
    PaperSize,
)
from app.errors import RuleRefused
from app.text import clean

PRINCIPAL = "HIỆU TRƯỞNG"
_ROOM = {"caption": 40, "place": 90, "tail": 24, "signer": 60}


class BookForm(StrEnum):
    """A family of papers that is adjusted together; the value is stored."""

    CLASS_BOOK = "class_book"
    TEACHER_BOOK = "teacher_book"
    REPORT_BOOKLET = "report_booklet"
    PRIMARY_SUMMARY = "primary_summary"
    LETTER = "letter"


class SignerForm(StrEnum):
    """Who signs where the form has HIỆU TRƯỞNG."""

    PRINCIPAL = "principal"
    ACTING = "acting"
    DEPUTY = "deputy"
    ON_ORDER = "on_order"

    @property
    def words(self) -> str:
        """As chosen on screen."""
        return {
            SignerForm.PRINCIPAL: "Hiệu trưởng",
            SignerForm.ACTING: "Q. Hiệu trưởng (quyền hiệu trưởng)",
            SignerForm.DEPUTY: "KT. Hiệu trưởng (phó hiệu trưởng ký thay)",
            SignerForm.ON_ORDER: "TL. Hiệu trưởng (ký thừa lệnh)",
        }[self]


@dataclass(frozen=True, slots=True)
class FormSettings:
    """One form's adjustments; the defaults are the form as shipped.

    `captions`: (shipped words, the school's); `place`: the line under the school's name; `dated`:
    the place before a date; `rows`: of a page, 0 as shipped; `tail`: headings of blank columns at
    the end of a list; `signer_name` is printed where somebody signs for the principal.
    """

    captions: tuple[tuple[str, str], ...] = ()
    place: str = ""
    dated: str = ""
    paper: PaperSize = PaperSize.A4
    rows: int = 0
    tail: tuple[str, ...] = ()
    signer: SignerForm = SignerForm.PRINCIPAL
    signer_title: str = ""
    signer_name: str = ""
    names: bool = True

    @property
    def digest(self) -> str:
        """Hex digest of all adjustments; a run keeps it."""
        return data_digest({"form": "form_settings", "facts": self.values()}).hex

    def caption(self, shipped: str) -> str:
        """What is printed for a caption of the form."""
        return dict(self.captions).get(shipped, shipped) if self.captions else shipped

    def signed(
        self, title: str, name: str, *, decided: bool = False, on_order: bool = True
    ) -> tuple[str, str]:
        """Title and printed name of a place to sign; a title of two lines has a line break.

        `decided`: the paper tells who decided, so nobody else is put in that place. Without
        `on_order` nobody signs thừa lệnh: what a school issues is signed by its head or KT.
        (NĐ 30/2020/NĐ-CP, Điều 13).
        """
        shipped_order = not on_order and self.signer is SignerForm.ON_ORDER
        if decided or shipped_order or not self._replaces(title):
            title = self._caption_of_lines(title)
        else:
            # Học bạ has words of the form over the signature; they stay.
            words = [] if title == PRINCIPAL else [title]
            title, name = "\n".join([*words, self._for_principal()]), self.signer_name
        return title, name if self.names else ""

    def values(self) -> dict[str, object]:
        """Plain values as stored and digested; `settings_of` reads them back."""
        return {
            "captions": [list(pair) for pair in self.captions],
            "place": self.place,
            "dated": self.dated,
            "paper": self.paper.value,
            "rows": self.rows,
            "tail": list(self.tail),
            "signer": self.signer.value,
            "signer_title": self.signer_title,
            "signer_name": self.signer_name,
            "names": self.names,
        }

    def _replaces(self, title: str) -> bool:
        """Whether somebody else signs in this place; "PHÓ HIỆU TRƯỞNG" is somebody already."""
        words = title.upper()
        is_principal = words.endswith(PRINCIPAL) and not words.endswith(f"PHÓ {PRINCIPAL}")
        return is_principal and self.signer is not SignerForm.PRINCIPAL

    def _for_principal(self) -> str:
        if self.signer is SignerForm.ACTING:
            return f"Q. {PRINCIPAL}"
        if self.signer is SignerForm.DEPUTY:
            return f"KT. {PRINCIPAL}\n{self.signer_title.upper() or f'PHÓ {PRINCIPAL}'}"
        return f"TL. {PRINCIPAL}\n{self.signer_title.upper()}"

    def _caption_of_lines(self, title: str) -> str:
        one = title.replace("\n", " ")
        changed = self.caption(one)
        return title if changed == one else changed


AS_SHIPPED = FormSettings()


def settings_of(values: Mapping[str, object]) -> FormSettings:
    """The settings behind `FormSettings.values`."""
    captions, tail, rows = values["captions"], values["tail"], values["rows"]
    if not isinstance(captions, list) or not isinstance(tail, list) or not isinstance(rows, int):
        raise TypeError("not form settings")
    return FormSettings(
        tuple((str(old), str(new)) for old, new in captions),
        str(values["place"]),
        str(values["dated"]),
        PaperSize(str(values["paper"])),
        rows,
        tuple(map(str, tail)),
        SignerForm(str(values["signer"])),
        str(values["signer_title"]),
        str(values["signer_name"]),
        bool(values["names"]),
    )


@dataclass(frozen=True, slots=True)
class FormSpec:
    """What may be adjusted of a form.

    `captions`: shipped words a school may change; `rows`: least and most rows of a page, both 0
    where the form rules them; `tail`: most blank columns; `dated`: it has a place before a date.
    """

    form: BookForm
    title: str
    about: str
    captions: tuple[str, ...] = ()
    papers: tuple[PaperSize, ...] = (PaperSize.A4,)
    rows: tuple[int, int] = (0, 0)
    tail: int = 0
    place: bool = True
    dated: bool = True
    signers: tuple[SignerForm, ...] = (
        SignerForm.PRINCIPAL,
        SignerForm.ACTING,
        SignerForm.DEPUTY,
    )


_SIGN, _SIGN_STAMPED = "(Ký, ghi rõ họ tên)", "(Ký, ghi rõ họ tên, đóng dấu)"
_HOMEROOM, _TEACHER = "GIÁO VIÊN CHỦ NHIỆM", "GIÁO VIÊN MÔN HỌC"

SPECS = {
    spec.form: spec
    for spec in (
        FormSpec(
            BookForm.CLASS_BOOK,
            "Sổ theo dõi, sổ gọi tên và ghi điểm của lớp",
            "Tên sổ, tên cột điểm và tên các phần theo mẫu của Bộ, không đổi.",
            captions=("Giáo viên giảng dạy", _HOMEROOM, _TEACHER, _SIGN, _SIGN_STAMPED),
            papers=BOOK_SIZES,
            rows=(30, 55),
            tail=3,
            dated=False,
        ),
        FormSpec(
            BookForm.TEACHER_BOOK,
            "Sổ theo dõi và đánh giá của giáo viên",
            "Hàng cao để ghi tay: ít hàng hơn thì mỗi hàng cao hơn.",
            captions=(_TEACHER, _SIGN, _SIGN_STAMPED),
            rows=(15, 25),
            tail=2,
            dated=False,
        ),
        FormSpec(
            BookForm.PRIMARY_SUMMARY,
            "Bảng tổng hợp kết quả đánh giá giáo dục",
            "Cột của bảng theo Phụ lục của thông tư, không đổi.",
            captions=(_HOMEROOM, _TEACHER, "(Ký xác nhận)", _SIGN),
            papers=(PaperSize.A3_LYING,),
            rows=(15, 31),
            tail=2,
            place=False,
        ),
        FormSpec(
            BookForm.REPORT_BOOKLET,
            "Học bạ",
            "Học bạ theo mẫu của Bộ; trường chỉ chọn địa danh và thể thức ký.",
        ),
        FormSpec(
            BookForm.LETTER,
            "Văn bản, biên bản, danh sách (Nghị định 30)",
            "Bố cục theo Nghị định 30/2020/NĐ-CP, không đổi. TL. chỉ dùng cho danh sách, bảng, sổ, "
            "không dùng cho quyết định, kế hoạch, tờ trình, công văn. Biên bản giữ đúng người đã "
            "duyệt.",
            captions=(_HOMEROOM, _SIGN, _SIGN_STAMPED),
            place=False,
            signers=tuple(SignerForm),
        ),
    )
}
"""Every form that may be adjusted."""


def form_of_kind(kind: str) -> BookForm:
    """Whose adjustments a kind of print run follows."""
    if kind in BOOK_KINDS:
        return BookForm.CLASS_BOOK
    if kind in TEACHER_BOOKS:
        return BookForm.TEACHER_BOOK
    if kind in BOOKLET_KINDS:
        return BookForm.REPORT_BOOKLET
    return BookForm.PRIMARY_SUMMARY if kind == PRIMARY_SUMMARY else BookForm.LETTER


def shipped(form: BookForm) -> FormSettings:
    """A form without adjustments."""
    return replace(AS_SHIPPED, paper=SPECS[form].papers[0])


@dataclass(frozen=True, slots=True)
class SchoolForms:
    """The adjustments in force on one day; what is not here is as shipped."""

    adjusted: tuple[tuple[BookForm, FormSettings], ...] = ()

    def of(self, form: BookForm) -> FormSettings:
        """One form's settings."""
        return dict(self.adjusted).get(form) or shipped(form)

    def digest_of(self, kind: str) -> str:
        """What a run of `kind` keeps: "" for a form as shipped."""
        form = form_of_kind(kind)
        settings = self.of(form)
        return "" if settings == shipped(form) else settings.digest


ALL_SHIPPED = SchoolForms()


@dataclass(frozen=True, slots=True)
class FormVersion:
    """The settings of a form from a day on, by a decision; never changed."""

    form: BookForm
    number: int
    starts_on: date
    decision_no: str
    decision_on: date
    note: str
    settings: FormSettings
    set_by: str
    set_at: datetime


def in_force(versions: tuple[FormVersion, ...], day: date) -> FormVersion | None:
    """The version of a day among those of one form, in the order of their numbers."""
    return next((one for one in reversed(versions) if one.starts_on <= day), None)


def checked_settings(form: BookForm, wanted: FormSettings) -> FormSettings:
    """The settings as stored: cleaned, and within what the form allows. Raises RuleRefused."""
    spec = SPECS[form]
    captions = tuple(
        (old, text)
        for old, new in sorted(wanted.captions)
        if (text := _line(new, "caption", f"Lời ghi “{old}”")) and text != old
    )
    for old, _ in captions:
        if old not in spec.captions:
            raise RuleRefused(
                "caption_statutory",
                f"“{old}” là lời ghi theo mẫu của Bộ trên {spec.title} nên không đổi được; chỉ đổi "
                "những lời ghi có trong danh sách.",
                caption=old,
            )
    if wanted.paper not in spec.papers:
        raise RuleRefused(
            "paper_size_unknown",
            f"{spec.title} không in trên khổ {wanted.paper.words}; hãy chọn "
            f"{', '.join(paper.words for paper in spec.papers)}.",
        )
    low, high = spec.rows
    if wanted.rows and not low <= wanted.rows <= high:
        raise RuleRefused(
            "rows_out_of_range",
            f"{wanted.rows} hàng một trang không hợp với {spec.title}; "
            + (f"hãy chọn từ {low} đến {high} hàng." if high else "mẫu này có số hàng cố định."),
            rows=wanted.rows,
        )
    tail = tuple(_line(head, "tail", "Đầu cột thêm") for head in wanted.tail)
    if len(tail) > spec.tail:
        most = f"nhiều nhất {spec.tail} cột" if spec.tail else "không thêm cột nào"
        raise RuleRefused(
            "too_many_columns",
            f"Mẫu {spec.title} có chỗ cho {most} ở cuối, đang ghi {len(tail)}; hãy bớt cột.",
            wanted=len(tail),
        )
    title, name = _signer(spec, wanted)
    return FormSettings(
        captions,
        _line(wanted.place, "place", "Dòng địa danh") if spec.place else "",
        _line(wanted.dated, "place", "Địa danh trước ngày tháng") if spec.dated else "",
        wanted.paper,
        0 if wanted.rows == high else wanted.rows,
        tail,
        wanted.signer,
        title,
        name,
        wanted.names,
    )


def _signer(spec: FormSpec, wanted: FormSettings) -> tuple[str, str]:
    """Chức danh and name of who signs for the principal; both empty where the principal signs."""
    if wanted.signer not in spec.signers:
        raise RuleRefused(
            "signer_not_allowed",
            f"{spec.title} không ký thừa lệnh (TL.); hãy chọn "
            f"{'; '.join(one.words for one in spec.signers)}.",
        )
    if wanted.signer is SignerForm.PRINCIPAL:
        return "", ""
    title = _line(wanted.signer_title, "signer", "Chức danh người ký")
    if wanted.signer is SignerForm.ON_ORDER and not title:
        raise RuleRefused(
            "signer_title_missing",
            "Ký thừa lệnh phải ghi chức danh của người ký (thí dụ Văn thư); hãy ghi chức danh.",
        )
    name = _line(wanted.signer_name, "signer", "Họ tên người ký")
    return "" if wanted.signer is SignerForm.ACTING else title, name


def _line(text: str, room: str, what: str) -> str:
    found = clean(text)
    refuse_too_long(found, what, _ROOM[room])
    return found
